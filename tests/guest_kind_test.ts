/** What kind of guest a file is: by its notes, by its symbols, or not at all. */

import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { inspectGuest, Sandbox } from "../mod.ts";
import { run, zig } from "../scripts/tools.ts";
import { GuestImageError } from "../src/guest/error.ts";
import { type GuestKind, guestKind, supportedKind } from "../src/guest/kind.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { guestBytes, rejectionOf } from "./support/guests.ts";
import { buildFastGuest } from "../scripts/peer.ts";
import { buildHyperlightGuest } from "../scripts/hyperlight_guests.ts";
import { needsHyperlightGuest } from "./support/skip.ts";

// --- files made by hand -----------------------------------------------------------------------------------------------

interface Note {
  readonly owner: string;
  readonly type: number;
  readonly content: Uint8Array;
}

/** What tells one file from another. */
interface Traits {
  /** Position-independent, by default; else linked for one address. */
  readonly fixed?: boolean;
  readonly notes?: readonly Note[];
  /** How content and notes are aligned. */
  readonly alignment?: 4 | 8;
  /** Undefined for a file that was stripped. */
  readonly symbols?: readonly string[];
}

const PT_LOAD = 1;
const PT_NOTE = 4;
const SHT_SYMTAB = 2;
const SHT_STRTAB = 3;
const CODE = 0x1000;

/** A file with one page of code, these notes, and symbols of these names. */
function elf({ fixed = false, notes = [], alignment = 4, symbols }: Traits = {}): Uint8Array {
  const noteBytes = encodeNotes(notes, alignment);
  const names = new TextEncoder().encode(`\0${(symbols ?? []).join("\0")}\0`);
  const noteAt = 64 + 2 * 56;
  const namesAt = noteAt + noteBytes.length;
  const sectionsAt = Math.ceil((namesAt + names.length) / 8) * 8;
  const bytes = new Uint8Array(sectionsAt + (symbols ? 3 * 64 : 0));
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, fixed ? 2 : 3, true);
  view.setUint16(18, 62, true);
  view.setBigUint64(24, BigInt(CODE), true);
  view.setBigUint64(32, 64n, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 2, true);
  const segments = [[PT_LOAD, 5, 0, CODE, 64, CODE], [
    PT_NOTE,
    4,
    noteAt,
    0,
    noteBytes.length,
    alignment,
  ]];
  segments.forEach(([type = 0, flags = 0, offset = 0, address = 0, size = 0, align = 0], i) => {
    const at = 64 + i * 56;
    view.setUint32(at, type, true);
    view.setUint32(at + 4, flags, true);
    const fields = [[8, offset], [16, address], [24, address], [32, size], [40, size], [48, align]];
    for (const [field = 0, value = 0] of fields) {
      view.setBigUint64(at + field, BigInt(value), true);
    }
  });
  bytes.set(noteBytes, noteAt);
  bytes.set(names, namesAt);
  if (symbols) {
    view.setBigUint64(40, BigInt(sectionsAt), true);
    view.setUint16(58, 64, true);
    view.setUint16(60, 3, true);
    const table = sectionsAt + 64;
    view.setUint32(table + 4, SHT_SYMTAB, true);
    view.setUint32(table + 40, 2, true);
    view.setUint32(table + 68, SHT_STRTAB, true);
    view.setBigUint64(table + 64 + 24, BigInt(namesAt), true);
    view.setBigUint64(table + 64 + 32, BigInt(names.length), true);
  }
  return bytes;
}

function encodeNotes(notes: readonly Note[], alignment: number): Uint8Array {
  const bytes: number[] = [];
  const fill = (from: number) => {
    while ((bytes.length - from) % alignment !== 0) bytes.push(0);
  };
  for (const { owner, type, content } of notes) {
    const from = bytes.length;
    const head = Uint32Array.of(owner.length + 1, content.length, type);
    bytes.push(...new Uint8Array(head.buffer), ...new TextEncoder().encode(`${owner}\0`));
    fill(from);
    bytes.push(...content);
    fill(from);
  }
  return Uint8Array.from(bytes);
}

const text = (value: string) => new TextEncoder().encode(value);

/** The note that hyperlight-guest-bin writes from 0.13.1 on. */
function versionNote(version: string): Note {
  return { owner: "Hyperlight", type: 1, content: text(`${version}\0`) };
}

function vmletNote(kitVersion: number, ring: number): Note {
  const content = new Uint8Array(Uint32Array.of(kitVersion, ring).buffer);
  return { owner: "vmlet", type: 1, content };
}

const LINKER: Note = { owner: "GNU", type: 3, content: new Uint8Array(20) };
const HYPERLIGHT: GuestKind = { kind: "hyperlight" };

function refusalOf(file: Uint8Array): GuestImageError {
  return assertThrows(() => supportedKind(file), GuestImageError) as GuestImageError;
}

// --- vmlet's own ------------------------------------------------------------------------------------------------------

test("guestKind() knows the kit's guests of both rings by their note", async () => {
  assertEquals(guestKind(guestBytes("hello")), { kind: "vmlet", kitVersion: 1, ring: 3 });
  const ring0 = await buildRing0Guest("guest/examples/hello.c");
  assertEquals(supportedKind(ring0), { kind: "vmlet", kitVersion: 1, ring: 0 });
  // Whatever else the file has, or has not.
  for (const symbols of [undefined, [], ["entrypoint", "hyperlight_main"]]) {
    for (const alignment of [4, 8] as const) {
      const notes = [LINKER, versionNote("0.13.1"), vmletNote(1, 0)];
      const file = elf({ notes, alignment, ...(symbols ? { symbols } : {}) });
      assertEquals(guestKind(file), { kind: "vmlet", kitVersion: 1, ring: 0 });
    }
  }
});

test("supportedKind() refuses guests of another kit or ring", () => {
  for (const [kitVersion, ring] of [[2, 3], [0, 3], [1, 1], [1, 2 ** 32 - 1]] as const) {
    const file = elf({ notes: [vmletNote(kitVersion, ring)] });
    assertEquals(guestKind(file), { kind: "vmlet", kitVersion, ring });
    const { reason, message } = refusalOf(file);
    assertEquals(reason, "unsupported");
    assertStringIncludes(message, `version ${kitVersion} of the kit for ring ${ring}`);
    assertStringIncludes(message, "build it anew");
  }
});

test("guestKind() takes a note of another owner, type or length for none of its own", () => {
  const note = vmletNote(1, 3);
  for (
    const notes of [
      [{ ...note, owner: "vmlets" }],
      [{ ...note, owner: "vmle" }],
      [{ ...note, type: 2 }],
      [{ ...note, content: note.content.subarray(0, 4) }],
      [],
      [LINKER],
    ]
  ) {
    const file = elf({ notes, symbols: ["main"] });
    assertEquals(guestKind(file), undefined);
    const { reason, message } = refusalOf(file);
    assertEquals(reason, "unsupported");
    assertStringIncludes(message, "neither built with vmlet's kit (`vmlet build`) nor a guest for");
  }
});

// --- Hyperlight's -----------------------------------------------------------------------------------------------------

test("guestKind() knows guests of Hyperlight 0.11 and 0.12 by their symbols", () => {
  for (const symbol of ["hyperlight_main", "guest_dispatch_function", "entrypoint"]) {
    assertEquals(supportedKind(elf({ symbols: ["a", symbol, "z"] })), HYPERLIGHT);
    assertEquals(supportedKind(elf({ symbols: [symbol], notes: [LINKER] })), HYPERLIGHT);
    // A part of another name is not the name.
    assertEquals(guestKind(elf({ symbols: [`_${symbol}`, `${symbol}2`] })), undefined);
  }
});

test("guestKind() knows guests on Hyperlight's Rust crates", {
  skip: needsHyperlightGuest,
}, async () => {
  const file = new Uint8Array(readFileSync(await buildHyperlightGuest()));
  assertEquals(supportedKind(file), HYPERLIGHT);
});

test("guestKind() takes a stripped file that says nothing for one of Hyperlight's", async () => {
  using folder = new Folder();
  const fast = new Uint8Array(readFileSync(await buildFastGuest(folder.path)));
  assertEquals(supportedKind(fast), HYPERLIGHT);
  assertEquals(guestKind(elf()), HYPERLIGHT);
  assertEquals(guestKind(elf({ notes: [LINKER, { ...LINKER, type: 5 }] })), HYPERLIGHT);
  // Not one that goes to one address only, as Hyperlight's may not, or that is somebody else's.
  assertEquals(guestKind(elf({ fixed: true })), undefined);
  for (const owner of ["Xen", "Linux", "FreeBSD", "stapsdt", "Solo5"]) {
    assertEquals(guestKind(elf({ notes: [LINKER, { ...LINKER, owner }] })), undefined);
  }
});

test("guestKind() reads the version that Hyperlight's guests have from 0.13.1 on", () => {
  for (const version of ["0.13.1", "0.14.0", "0.17.0", "0.18.0-rc.1", "0.100.0", "1.0.0"]) {
    for (const alignment of [4, 8] as const) {
      for (const symbols of [undefined, ["entrypoint"]]) {
        const notes = [LINKER, versionNote(version)];
        const file = elf({ notes, alignment, ...(symbols ? { symbols } : {}) });
        assertEquals(guestKind(file), { kind: "hyperlight", version });
        const { reason, message } = refusalOf(file);
        assertEquals(reason, "unsupported");
        assertStringIncludes(message, `it was built for Hyperlight ${version}, and this speaks`);
        assertStringIncludes(message, "hyperlight-guest-bin 0.11 or 0.12");
      }
    }
  }
});

test("supportedKind() takes a note of a version whose ABI is that of 0.11", () => {
  for (const version of ["0.11.0", "0.12.0", "0.12.3-dev"]) {
    const file = elf({ notes: [versionNote(version)], alignment: 8 });
    assertEquals(supportedKind(file), { kind: "hyperlight", version });
  }
});

test("supportedKind() refuses versions that make no sense, and prints nothing of a terminal's", () => {
  const said = (content: Uint8Array) => {
    const { reason, message } = refusalOf(elf({ notes: [{ ...versionNote(""), content }] }));
    assertEquals(reason, "unsupported");
    return /for Hyperlight (.*), and this/.exec(message)?.[1];
  };
  assertEquals(said(new Uint8Array(0)), "");
  assertEquals(said(text("\0")), "");
  assertEquals(said(text("0.12\0")), "0.12");
  assertEquals(said(text("0.10.9\0")), "0.10.9");
  assertEquals(said(text("1.11.0\0")), "1.11.0");
  assertEquals(said(text("v0.11.0")), "v0.11.0");
  assertEquals(said(text("\x1b[2J\u00e9\n")), "?[2J???");
  assertEquals(said(text("9".repeat(1000))), "9".repeat(64));
});

test("guestKind() knows guests of other versions that have no note by symbols of the crates", () => {
  const impl = "_$LT$impl$u20$hyperlight_guest..guest_handle..handle..GuestHandle$GT$";
  for (
    const [symbol, version] of [
      ["_ZN20hyperlight_guest_bin12generic_init17h0123456789abcdefE", "0.13.0 or later"],
      ["_RNvCs1234_20hyperlight_guest_bin12generic_init", "0.13.0 or later"],
      [
        `_ZN16hyperlight_guest12guest_handle9host_comm69${impl}11write_error17h0123456789abcdefE`,
        "0.10 or before",
      ],
      [
        "_RNvMNtNtCs1234_16hyperlight_guest12guest_handle9host_commNtNtB4_6handle11GuestHandle11write_error",
        "0.10 or before",
      ],
    ] as const
  ) {
    const file = elf({ symbols: ["entrypoint", symbol, "hyperlight_main"] });
    assertEquals(guestKind(file), { kind: "hyperlight", version });
    assertStringIncludes(refusalOf(file).message, `it was built for Hyperlight ${version}`);
  }
});

test("Sandbox.create() and inspectGuest() refuse a later Hyperlight's guest, and say what to do", async () => {
  const guest = elf({ notes: [versionNote("0.16.0")], alignment: 8 });
  for (const use of [Sandbox.create({ guest }), inspectGuest(guest)]) {
    const { code, message } = await rejectionOf(use);
    assertEquals(code, "ERR_UNSUPPORTED_GUEST");
    assertEquals(
      message,
      "Cannot load the guest: it was built for Hyperlight 0.16.0, and this speaks the ABI of Hyperlight 0.11: " +
        "build it with hyperlight-guest and hyperlight-guest-bin 0.11 or 0.12",
    );
  }
});

test("Sandbox.create() refuses a guest of a C compiler's with Hyperlight's note", async () => {
  using folder = new Folder({
    "guest.S": `.globl _start
_start: hlt
.section .note.hyperlight-version, "a", @note
.balign 8
.long 11, 7, 1
.asciz "Hyperlight"
.balign 8
.asciz "0.18.0"
.balign 8
`,
  });
  const target = ["-target", "x86_64-linux-none", "-nostdlib", "-pie", "-Wl,-s"];
  const command = ["cc", ...target, "-o", folder.at("guest.elf"), folder.at("guest.S")];
  const { code: ended, output } = await run([...zig(), ...command], { capture: true });
  assertEquals(ended, 0, output);
  const { code, message } = await rejectionOf(Sandbox.create({ guest: folder.at("guest.elf") }));
  assertEquals(code, "ERR_UNSUPPORTED_GUEST");
  assertStringIncludes(message, "it was built for Hyperlight 0.18.0");
});

// --- no guests --------------------------------------------------------------------------------------------------------

test("Sandbox.create() says of programs that they are no guests", async () => {
  using folder = new Folder({ "main.c": "void _start(void) { for (;;); }\n" });
  for (const flags of [["-static"], ["-static", "-Wl,-s"], ["-pie"]]) {
    const target = ["-target", "x86_64-linux-none", "-nostdlib", ...flags];
    const command = ["cc", ...target, "-o", folder.at("main"), folder.at("main.c")];
    const { code, output } = await run([...zig(), ...command], { capture: true });
    assertEquals(code, 0, output);
    const error = await rejectionOf(Sandbox.create({ guest: folder.at("main") }));
    assertEquals(error.code, "ERR_UNSUPPORTED_GUEST");
    assertStringIncludes(error.message, "it is neither built with vmlet's kit");
  }
  // One that was stripped could be a guest of Hyperlight's, but for what it asks of its host.
  const PT_INTERP = 3;
  const dynamic = change(elf(), 64 + 56, PT_INTERP);
  const { code, message } = await rejectionOf(Sandbox.create({ guest: dynamic, exports: {} }));
  assertEquals(code, "ERR_UNSUPPORTED_GUEST");
  assertStringIncludes(message, "it wants a dynamic loader");
});

test("guestKind() refuses broken files with a reason, and nothing else", () => {
  const whole = elf({ notes: [LINKER, versionNote("0.13.1")], symbols: ["entrypoint"] });
  for (
    const [bytes, reason] of [
      [new Uint8Array(0), "invalid"],
      [text("#!/bin/sh\n".repeat(10)), "invalid"],
      [whole.subarray(0, 63), "invalid"],
      [whole.subarray(0, 100), "invalid"],
      [whole.subarray(0, 200), "invalid"],
      [whole.subarray(0, whole.length - 1), "invalid"],
      [change(whole, 4, 1), "unsupported"],
      [change(whole, 5, 2), "unsupported"],
      [change(whole, 18, 183), "unsupported"],
      [change(whole, 16, 1), "unsupported"],
      [change(whole, 54, 32), "invalid"],
      [change(whole, 57, 1), "unsupported"],
      [change(whole, 64 + 56 + 32 + 1, 0xff), "invalid"],
      [change(whole, 64 + 112 + 3, 0x7f), "invalid"],
      [change(whole, 58, 32), "invalid"],
    ] as const
  ) assertEquals(refusalOf(bytes).reason, reason);
});

function change(file: Uint8Array, at: number, value: number): Uint8Array {
  const copy = file.slice();
  copy[at] = value;
  return copy;
}

test("guestKind() answers or refuses whatever the bytes are, in no time", () => {
  const whole = elf({
    notes: [LINKER, versionNote("0.13.1")],
    alignment: 8,
    symbols: ["entrypoint"],
  });
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), fc.nat(whole.length), (changes, cut) => {
      const bytes = whole.slice(0, cut < 64 ? whole.length : cut);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      try {
        const kind = guestKind(bytes);
        assert(kind === undefined || kind.kind === "vmlet" || kind.kind === "hyperlight");
      } catch (error) {
        if (!(error instanceof GuestImageError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
