/** Guests on Hyperlight's crates of other versions: those of 0.12 run, the others end with what to do about them. */

import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inspectGuest, type VmletError } from "../mod.ts";
import { buildVersionGuest, type OtherVersion } from "../scripts/hyperlight_guests.ts";
import { run, zig } from "../scripts/tools.ts";
import { Folder } from "./support/cli.ts";
import { errorOf, rejectionOf } from "./support/guests.ts";
import { HOST_ADD, sandboxOf } from "./support/hyperlight.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

/** What the guests offer. */
const EXPORTS = {
  Echo: { parameters: ["string"], result: "string" },
  AddByHost: { parameters: ["i32", "i32"], result: "i32" },
  Panic: { parameters: ["string"], result: "void" },
  Crash: { parameters: [], result: "void" },
  Missing: { parameters: [], result: "void" },
} as const;

const REMEDY = "build it with hyperlight-guest and hyperlight-guest-bin 0.11 or 0.12";

/** The version of the guest's note, and where PT_NOTE says that it is. */
function noteOf(file: Uint8Array): { version: string; header: number } | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let i = 0; i < view.getUint16(56, true); i++) {
    const header = Number(view.getBigUint64(32, true)) + 56 * i;
    if (view.getUint32(header, true) !== PT_NOTE) continue;
    const at = Number(view.getBigUint64(header + 8, true));
    const text = new TextDecoder("latin1").decode(file.subarray(at, at + 64));
    const [, version] = /Hyperlight\0+([0-9.]+)\0/.exec(text) ?? [];
    if (version !== undefined) return { version, header };
  }
  return undefined;
}

const PT_NOTE = 4;

/** The same file without its note, as `objcopy --remove-section` would leave it. */
function withoutNote(file: Uint8Array): Uint8Array {
  const note = noteOf(file);
  assert(note, "the guest has no note");
  const copy = file.slice();
  copy[note.header] = 0;
  return copy;
}

/** The bytes of the guests on the crates of a version. */
async function guestsOf(version: OtherVersion) {
  const { whole, stripped } = await buildVersionGuest(version);
  const bytes = (path: string) => new Uint8Array(readFileSync(path));
  return { whole: bytes(whole), stripped: bytes(stripped) };
}

/** Refused by its file, before anything runs. */
async function assertRefused(guest: Uint8Array, version: string): Promise<void> {
  for (const use of [sandboxOf(guest, EXPORTS), inspectGuest(guest)]) {
    const { code, message } = await rejectionOf(use);
    assertEquals(code, "ERR_UNSUPPORTED_GUEST");
    assertEquals(
      message,
      `Cannot load the guest: it was built for Hyperlight ${version}, and this speaks the ABI of Hyperlight 0.11: ${REMEDY}`,
    );
  }
}

/** Taken for a guest of 0.11, and stopped by what it does first. */
async function silentCrashOf(guest: Uint8Array): Promise<VmletError> {
  assertEquals((await inspectGuest(guest)).kind, "hyperlight");
  const error = await rejectionOf(sandboxOf(guest, EXPORTS, { deadline: 10_000 }));
  assertEquals(error.code, "ERR_UNEXPECTED_EXIT");
  assertStringIncludes(error.message, "Guest crashed: triple fault, KVM_EXIT_SHUTDOWN");
  return error;
}

async function assertMayBeNewer(guest: Uint8Array): Promise<void> {
  const error = await silentCrashOf(guest);
  const hint = `as guests for Hyperlight 0.13 and later do: if it is one, ${REMEDY}`;
  assertStringIncludes(error.message, `before it said anything, ${hint}`);
  assertEquals(typeof error.rip, "bigint");
  assertStringIncludes(error.report(), hint);
}

// --- on the crates ----------------------------------------------------------------------------------------------------

test("Sandbox.create() runs guests on the crates of Hyperlight 0.12, stripped or not", {
  skip: needsHyperlightGuest,
}, async () => {
  for (const guest of Object.values(await guestsOf("0.12.0"))) {
    using sandbox = await sandboxOf(guest, EXPORTS, { imports: HOST_ADD });
    const { Echo, AddByHost, Missing, Panic, Crash } = sandbox.exports;
    const clean = sandbox.snapshot();
    for (let i = 0; i < 10; i++) assertEquals(Echo(`call ${i}`), `call ${i}`);
    assertEquals(AddByHost(40, 2), 42);
    assertEquals(errorOf(() => Missing()).code, "ERR_GUEST_FUNCTION_NOT_FOUND");
    const { code, message } = errorOf(() => Panic("out of ideas"));
    assertEquals(code, "ERR_GUEST_ABORTED");
    assertStringIncludes(message, "out of ideas");
    sandbox.restore(clean);
    const crash = errorOf(() => Crash());
    assertEquals([crash.code, crash.vector], ["ERR_GUEST_EXCEPTION", 6]);
    sandbox.restore(clean);
    assertEquals(Echo("again"), "again");
  }
});

test(
  "Sandbox.create() refuses guests on the crates of Hyperlight 0.18 by their note, stripped or not",
  {
    skip: needsHyperlightGuest,
  },
  async () => {
    for (const guest of Object.values(await guestsOf("0.18.0"))) {
      assertEquals(noteOf(guest)?.version, "0.18.0");
      await assertRefused(guest, "0.18.0");
    }
  },
);

test("Sandbox.create() refuses later guests without a note by a symbol of the crates", {
  skip: needsHyperlightGuest,
}, async () => {
  const oldest = await guestsOf("0.13.0");
  assertEquals(noteOf(oldest.whole), undefined);
  await assertRefused(oldest.whole, "0.13.0 or later");
  const newest = await guestsOf("0.18.0");
  await assertRefused(withoutNote(newest.whole), "0.13.0 or later");
});

test("Sandbox.create() refuses guests on the crates of Hyperlight 0.10 by a symbol", {
  skip: needsHyperlightGuest,
}, async () => {
  const { whole, stripped } = await guestsOf("0.10.0");
  await assertRefused(whole, "0.10 or before");
  // Nothing tells this one from a guest of 0.11: it initialises, and its results are of another form.
  using sandbox = await sandboxOf(stripped, EXPORTS);
  const { code } = errorOf(() => sandbox.exports.Echo("hello"));
  assertEquals(code, "ERR_GUEST_PROTOCOL");
  assert(sandbox.poisoned);
});

test(
  "Sandbox.create() says what may be wrong with later guests that nothing tells from those of 0.11",
  {
    skip: needsHyperlightGuest,
  },
  async () => {
    const [oldest, newest] = [await guestsOf("0.13.0"), await guestsOf("0.18.0")];
    await assertMayBeNewer(oldest.stripped);
    await assertMayBeNewer(withoutNote(newest.stripped));
  },
);

// --- in assembly ------------------------------------------------------------------------------------------------------

/** What a later guest does first: it reads the memory at the top of its address space. */
const READ_TOP = "movabs 0xffffffffffffe000, %rax";
/** A character for the host (port 103). */
const SAY = "mov $103, %edx; mov $65, %eax; out %eax, %dx";
/** The note of vmlet's kit, for ring 0. */
const KIT_NOTE = `.section .note.vmlet, "a", @note
.long 6, 8, 1
.asciz "vmlet"
.balign 4
.long 1, 0
`;

/** A stripped guest that begins with these instructions and halts. */
async function assembled(instructions: string, sections = ""): Promise<Uint8Array> {
  using folder = new Folder({
    "guest.S": `.globl entrypoint
entrypoint: ${instructions}; hlt
${sections}`,
  });
  const target = ["-target", "x86_64-linux-none", "-nostdlib", "-pie", "-Wl,-s,-e,entrypoint"];
  const command = ["cc", ...target, "-o", folder.at("guest.elf"), folder.at("guest.S")];
  const { code, output } = await run([...zig(), ...command], { capture: true });
  assertEquals(code, 0, output);
  return new Uint8Array(readFileSync(folder.at("guest.elf")));
}

test("Sandbox.create() says of a guest that begins as later ones do what may be wrong", {
  skip: needsKvm,
}, async () => {
  await assertMayBeNewer(await assembled(READ_TOP));
});

test(
  "Sandbox.create() says nothing of versions of a guest that has spoken, is of the kit, or halts",
  {
    skip: needsKvm,
  },
  async () => {
    const said = await silentCrashOf(await assembled(`${SAY}; ${READ_TOP}`));
    assert(!said.message.includes("0.13"), said.message);
    const ofKit = await rejectionOf(sandboxOf(await assembled(READ_TOP, KIT_NOTE), EXPORTS));
    assertEquals(ofKit.code, "ERR_UNEXPECTED_EXIT");
    assert(!ofKit.message.includes("0.13"), ofKit.message);
    const halted = await rejectionOf(sandboxOf(await assembled("nop"), EXPORTS));
    assertEquals(halted.code, "ERR_INVALID_GUEST");
    assert(!halted.message.includes("0.13"), halted.message);
  },
);
