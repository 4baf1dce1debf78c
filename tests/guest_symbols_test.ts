/** What a guest's file says of its code: real files against binutils, broken and hostile ones against time and memory. */

import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import fc from "fast-check";
import { walkStack } from "../src/guest/backtrace.ts";
import { CallFrames, type FrameRegisters } from "../src/guest/call_frames.ts";
import { readDebugSections } from "../src/guest/elf.ts";
import { findLines } from "../src/guest/line_table.ts";
import { readableName, Symbols } from "../src/guest/symbols.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { guestBytes } from "./support/guests.ts";
import { condition } from "./support/skip.ts";

const needsAddr2line = condition(
  "needsAddr2line",
  spawnSync("addr2line", ["--version"]).status === 0 ? false : "addr2line (binutils) is not there",
);

const NOTHING = new Uint8Array(0);
const always = () => true;
/** As much of each as is ever looked at. */
const MOST = 8 * 1024 * 1024;
/** What a hostile file may cost, in milliseconds, on a machine that is busy. */
const SOON = 10_000;

for (const version of [2, 3, 4, 5]) {
  test(
    `Symbols finds the functions and lines that addr2line does, of DWARF ${version}`,
    { skip: needsAddr2line },
    async () => {
      const file = await buildGuest("faults.c", "-g", `-gdwarf-${version}`, "-O1", "-fno-inline");
      using folder = new Folder({ "guest.elf": file });
      const symbols = Symbols.of(file);
      assert(symbols);
      const text = readDebugSections(file).get(".text");
      assert(text);
      const addresses = Array.from(
        { length: Math.floor(text.size / 7) },
        (_, i) => text.address + 7 * i,
      );
      const lines = new Map(
        // As many as a backtrace may have at once.
        addresses.flatMap((_, i) =>
          i % 64 === 0 ? [...symbols.linesAt(addresses.slice(i, i + 64))] : []
        ),
      );
      const { stdout } = spawnSync("addr2line", ["-fe", folder.at("guest.elf")], {
        input: addresses.map((it) => `0x${it.toString(16)}\n`).join(""),
        encoding: "utf8",
      });
      const output = stdout.split("\n");
      let lined = 0;
      const wrong = addresses.filter((address, i) => {
        const [, name, line] = /([^/]+):(\d+)/.exec(output[2 * i + 1] ?? "") ?? [];
        const found = lines.get(address);
        if (line === undefined || line === "0") return found !== undefined;
        lined++;
        return found?.file.split("/").at(-1) !== name || found?.line !== Number(line);
      });
      // Binutils has an opinion of its own where two rows are of one address.
      assertLess(wrong.length, addresses.length / 50);
      assertGreater(lined, addresses.length / 2);
      const misnamed = addresses.filter((address, i) => {
        const found = symbols.functionAt(address);
        return found !== undefined && found.name !== output[2 * i];
      });
      assertLess(misnamed.length, addresses.length / 50);
      assert(addresses.filter((it) => symbols.functionAt(it)).length > addresses.length / 2);
    },
  );
}

test("Symbols of a file that was stripped is none", () => {
  assertEquals(Symbols.of(guestBytes("hello")), undefined);
});

test("readableName() makes names of C++ and Rust what their sources have, where that is simple", () => {
  for (
    const [symbol, name] of [
      ["main", "main"],
      ["_Z5outeri", "outer"],
      ["_ZN2ns3fooEPKc", "ns::foo"],
      ["_ZNK2ns5Class3getEv", "ns::Class::get"],
      ["_ZN5guest4main17h0123456789abcdefE", "guest::main"],
      ["_ZN3fooIiE3barEv", "_ZN3fooIiE3barEv"],
      ["_RNvNvNtCsN2ZP3zQofd_5guest6faults6OFFERSs4_7offered", "guest::faults::OFFERS::offered"],
      ["_RNvCs1_5guest4load", "guest::load"],
      ["_RNvMCs1_5guest4load", "_RNvMCs1_5guest4load"],
      ["_RNvCs1_5guest4loa", "_RNvCs1_5guest4loa"],
      ["_R", "_R"],
      ["_ZplRK1AS1_", "_ZplRK1AS1_"],
      ["_Z9999x", "_Z9999x"],
      ["_ZN5guest4mai", "_ZN5guest4mai"],
      ["_Z", "_Z"],
      ["", ""],
    ] as const
  ) assertEquals(readableName(symbol), name);
  fc.assert(fc.property(fc.string(), (text) => {
    readableName(`_ZN${text}`);
    readableName(`_Z${text}`);
    readableName(`_RNv${text}`);
  }));
});

/** Every question that a crash asks, whatever the file is. */
function ask(file: Uint8Array): void {
  const symbols = Symbols.of(file);
  if (!symbols) return;
  const addresses = [0, 0x1000, 0x1850, 0x4000, 0x6200, 2 ** 40];
  symbols.linesAt(addresses);
  for (const address of addresses) symbols.functionAt(address);
  const registers: FrameRegisters = new Array(17).fill(0x1000n);
  registers[16] = 0x4000n;
  const frames = walkStack(
    {
      read: (address, length) => new Uint8Array(length).fill(Number(address % 256n)),
      isCode: always,
      symbols,
      moved: 0,
    },
    registers,
    false,
  );
  assert(frames.length <= 32);
}

test("Symbols survives files with any bytes changed", async () => {
  for (
    const file of [
      await buildGuest("faults.c", "-g", "-gdwarf-5"),
      await buildRing0Guest("faults.c", "-g"),
    ]
  ) {
    const sections = readDebugSections(file);
    const targets = [
      ".debug_line",
      ".debug_line_str",
      ".debug_frame",
      ".eh_frame",
      ".symtab",
      ".strtab",
    ]
      .flatMap((name) => sections.get(name) ?? [])
      .map(({ bytes }) => [bytes.byteOffset - file.byteOffset, bytes.length] as const);
    const table = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(40, true));
    targets.push([40, 24], [table, file.length - table]);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 8,
        }),
        (changes) => {
          const copy = file.slice();
          for (const [which, where, value] of changes) {
            const [start, length] = targets[which % targets.length] ?? [0, 1];
            copy[start + Math.floor(where * length)] = value;
          }
          ask(copy);
        },
      ),
      { numRuns: 300 },
    );
    ask(file.slice(0, 64));
  }
});

test("findLines() and CallFrames survive any bytes", () => {
  const registers: FrameRegisters = new Array(17).fill(0x1000n);
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.nat(5),
      fc.boolean(),
      (bytes, version, isEhFrame) => {
        // A length that fits, and a version that is known: else little of it is looked at.
        const lines = new Uint8Array(6 + bytes.length);
        new DataView(lines.buffer).setUint32(0, 2 + bytes.length, true);
        lines[4] = version;
        lines.set(bytes, 6);
        findLines({ lines, lineStrings: bytes, strings: bytes }, [0, 1, 0x1000], always);
        const frames = new CallFrames([{ bytes: lines, address: 0x1000, isEhFrame }]);
        frames.callerOf(1, registers, () => 7n);
      },
    ),
    { numRuns: 3000 },
  );
});

/** Runs something of 8 MiB that wants to take long. */
function soon(what: string, run: () => void): void {
  const began = performance.now();
  run();
  assertLess(performance.now() - began, SOON, what);
}

/** A line table of version 4 in one unit: no directories, one file, and a program of these bytes again and again. */
function lineTable(program: readonly number[], names: readonly number[] = []): Uint8Array {
  const header = [1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1, ...names, 0];
  const bytes = new Uint8Array(MOST);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MOST - 4, true);
  view.setUint16(4, 4, true);
  view.setUint32(6, header.length + (names.length === 0 ? 3 : 0), true);
  bytes.set([...header.slice(0, 18), 0, 0x78, 0, 0, 0, 0, 0], 10);
  if (names.length > 0) bytes.set(header, 10);
  for (let at = 64; at + program.length <= MOST; at += program.length) bytes.set(program, at);
  return bytes;
}

test("Line tables that want to take long are read soon", () => {
  const wanted = Array.from({ length: 32 }, (_, i) => i * 7 + 1);
  const find = (lines: Uint8Array) =>
    findLines({ lines, lineStrings: NOTHING, strings: NOTHING }, wanted, always);
  soon("rows", () => find(lineTable([0x20])));
  soon("rows without addresses", () => find(lineTable([1])));
  soon("sequences", () => find(lineTable([0, 1, 1])));
  soon(
    "sequences of all addresses",
    () => find(lineTable([0, 9, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0x7f, 0, 1, 1])),
  );
  soon("long numbers", () => find(lineTable([2, ...new Array(1000).fill(0xff), 1])));
  soon("unknown opcodes", () => find(lineTable([12, 1])));
  // Units without an end, each of a few bytes.
  const units = new Uint8Array(MOST);
  for (let at = 0; at + 6 <= MOST; at += 6) units.set([2, 0, 0, 0, 9, 0], at);
  soon("units", () => find(units));
  // A version 5 that promises more names than it has bytes.
  const names = new Uint8Array(MOST);
  new DataView(names.buffer).setUint32(0, MOST - 4, true);
  names.set(
    [5, 0, 8, 0, 0xf0, 0xff, 0x7f, 0, 1, 1, 1, 0xfb, 14, 1, 1, 2, 0x0b, 0xff, 0xff, 0x7f],
    4,
  );
  soon("names", () => find(names));
});

test("Call frame information that wants to take long is read soon", () => {
  const registers: FrameRegisters = new Array(17).fill(0x1000n);
  const read = () => 0x1234n;
  // As many functions as there is room for, each with a function in common of its own.
  const bytes = new Uint8Array(MOST);
  const view = new DataView(bytes.buffer);
  const common = [1, 0, 1, 0x78, 16, 0x0c, 7, 8, 0x90, 1];
  let at = 0;
  for (let i = 0; at + 64 < MOST; i++) {
    view.setUint32(at, 20, true);
    view.setUint32(at + 4, 0xffff_ffff, true);
    bytes.set(common, at + 8);
    view.setUint32(at + 24, 28, true);
    view.setUint32(at + 28, at, true);
    view.setBigUint64(at + 32, BigInt(1 + i), true);
    view.setBigUint64(at + 40, 2n ** 40n, true);
    at += 56;
  }
  soon("functions", () => {
    const frames = new CallFrames([{ bytes, address: 0, isEhFrame: false }]);
    for (let i = 0; i < 32; i++) frames.callerOf(1000 + i, registers, read);
  });
  // Instructions that copy all rules again and again.
  const long = new Uint8Array(MOST);
  const words = new DataView(long.buffer);
  words.setUint32(0, 20, true);
  words.setUint32(4, 0xffff_ffff, true);
  long.set(common, 8);
  words.setUint32(24, 8000 + 20, true);
  words.setBigUint64(32, 1n, true);
  words.setBigUint64(40, 2n ** 40n, true);
  for (let i = 0; i < 16; i++) long.set([0x80 | i, 1], 48 + 2 * i);
  for (let i = 80; i < 8040; i += 2) long.set([0x0a, 0x0b], i);
  soon("rules", () => {
    const frames = new CallFrames([{ bytes: long, address: 0, isEhFrame: false }]);
    for (let i = 0; i < 32; i++) frames.callerOf(1000, registers, read);
  });
});
