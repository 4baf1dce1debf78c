/** Registers as gdb has them: their description, and their bytes both ways. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { RegisterSet } from "../src/debug/registers.ts";
import { toHex } from "../src/debug/packet.ts";
import { registerState } from "./support/fake_target.ts";

const set = new RegisterSet(true);
/** The registers by name: number and size in bytes. */
const places = new Map(
  [...set.xml.matchAll(/<reg name="(\w+)" bitsize="(\d+)"/g)].map((
    [, name = "", bits],
    index,
  ) => [name, { index, size: Number(bits) / 8 }]),
);
const place = (name: string) => places.get(name) ?? { index: -1, size: 0 };

test("RegisterSet describes general, x87, SSE and AVX registers in gdb's order", () => {
  const names = [...places.keys()];
  assertEquals(
    names.slice(0, 18).join(" "),
    "rax rbx rcx rdx rsi rdi rbp rsp r8 r9 r10 r11 r12 r13 r14 r15 rip eflags",
  );
  assertEquals(
    names.slice(24, 41).join(" "),
    "st0 st1 st2 st3 st4 st5 st6 st7 fctrl fstat ftag fiseg fioff foseg fooff fop xmm0",
  );
  assertEquals(names.slice(56).join(" ").slice(0, 37), "mxcsr fs_base gs_base ymm0h ymm1h ymm");
  assertEquals(set.count, 75);
  // gdb's own description of a CPU with SSE has 536 bytes; then come two bases and 16 halves of 16 bytes.
  assertEquals(set.size, 536 + 2 * 8 + 16 * 16);
  assertEquals(new RegisterSet(false).count, 59);
});

test("RegisterSet reads registers in little-endian order", () => {
  const state = registerState();
  const read = (name: string) => toHex(set.read(state, place(name).index) ?? new Uint8Array(0));
  state.regs.rip = 0x1122_3344_5566_7788n;
  assertEquals(read("rip"), "8877665544332211");
  assertEquals(read("eflags"), "46020000");
  assertEquals(read("cs"), "23000000");
  assertEquals(read("st1"), toHex(state.xsave.st.subarray(16, 26)));
  assertEquals(read("xmm15"), toHex(state.xsave.xmm.subarray(240)));
  assertEquals(read("ymm0h"), toHex(state.xsave.bytes.subarray(576, 592)));
  assertEquals(read("fs_base"), "00000000007f0000");
  assertEquals(set.read(state, set.count), undefined);
});

test("RegisterSet writes each register to where it reads it, and says which part that was", () => {
  fc.assert(fc.property(fc.nat(set.count - 1), fc.uint8Array({ minLength: 16, maxLength: 16 }), (
    index,
    random,
  ) => {
    const state = registerState();
    const before = set.readAll(state);
    const size = (set.read(state, index) ?? random).length;
    const part = set.write(state, index, random.subarray(0, size));
    const after = set.readAll(state);
    if (part === undefined) return assertEquals(after, before);
    // Nothing but this register has changed.
    let at = 0;
    for (let i = 0; i < index; i++) at += set.read(state, i)?.length ?? 0;
    before.set(set.read(state, index) ?? [], at);
    assertEquals(after, before);
    assertEquals(set.writeAll(registerState(), after)?.has(part) ?? true, true);
  }));
});

test("RegisterSet.writeAll() takes what readAll() gave, and changes nothing", () => {
  const state = registerState();
  assertEquals(set.writeAll(state, set.readAll(state)), new Set());
  assertEquals(set.writeAll(state, new Uint8Array(3)), undefined);
});

test("RegisterSet refuses values that a register cannot have", () => {
  const state = registerState();
  const refuses = (name: string, digits: number[]) =>
    assertEquals(set.write(state, place(name).index, Uint8Array.from(digits)), undefined, name);
  refuses("cs", [0x2b, 0, 0, 0]);
  refuses("fs_base", [0, 0, 0, 0, 0, 0, 0, 0x80]);
  refuses("mxcsr", [0, 0, 1, 0]);
  refuses("rax", [1, 2, 3]);
  assertEquals(set.write(state, place("cs").index, Uint8Array.of(0x23, 0, 0, 0)), "sregs");
  // Bits that do not exist are left out, and the one that is always there is.
  set.write(state, place("eflags").index, Uint8Array.of(0, 1, 0, 0xff));
  assertEquals(state.regs.rflags, 0x102n);
});

test("RegisterSet makes the x87 unit's full tags from the short ones, and back", () => {
  const state = registerState();
  const { xsave } = state;
  xsave.st.fill(0);
  // Top is 6: st0 is physical register 6. One, zero, infinity, and five empty ones.
  xsave.fsw = 6 << 11;
  xsave.ftw = 0b1100_0001;
  xsave.st.set([0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0x3f], 0);
  xsave.st.set([0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0x7f], 32);
  const tag = place("ftag").index;
  assertEquals(toHex(set.read(state, tag) ?? new Uint8Array(0)), "fe4f0000");
  assert(set.write(state, tag, Uint8Array.of(0xff, 0xff, 0, 0)) === "xsave");
  assertEquals(xsave.ftw, 0);
});
