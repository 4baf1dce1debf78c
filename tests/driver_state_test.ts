/** What can be seen and set of a guest from outside: registers, core dumps, and how a driver prints. */

import { test } from "node:test";
import { inspect } from "node:util";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { VmletError } from "../src/ffi/mod.ts";
import { retire, takeOver } from "../src/driver/driver.ts";
import { GuestDebug, Memory } from "../src/kvm/mod.ts";
import { CODE, CodeGuest, MMIO_PHYSICAL, withAddress } from "./support/machine_code.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const HALT = 0xf4;
const PAGE = 4096;

/** `mov REGISTER, VALUE` for each of the 16 registers but RSP: RAX gets 0x1001…, R15 0x100f…. */
const SET_ALL = Array.from({ length: 16 }, (_, i) => i).filter((i) => i !== 4).flatMap((i) => [
  ...[i < 8 ? 0x48 : 0x49, 0xb8 + i % 8],
  ...[0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, i],
]);
const valueOf = (register: number) => 0x22_3344_5566_7788n | BigInt(register) << 56n;

test("Driver.regs() and setRegs() carry all 64 bits of each register", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  const { driver } = guest;
  const regs = driver.regs();
  const names = ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12"];
  const all = [...names, "r13", "r14", "r15", "rsp", "rip"] as (keyof typeof regs & "rax")[];
  all.forEach((name, i) => regs[name] = 0x0fed_cba9_8765_4321n * BigInt(i) & 0x7fff_ffff_ffffn);
  regs.r15 = 2n ** 64n - 1n;
  driver.setRegs(regs);
  assertEquals(driver.regs().toJSON(), regs.toJSON());
});

test("Driver.sregs() and setSregs() carry segments, tables and control registers", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  const { driver } = guest;
  const sregs = driver.sregs();
  sregs.fs.base = 0x7fff_1234_5678n;
  sregs.gs.base = 0x7fff_8765_4321n;
  sregs.cr2 = 0x1234_5678_9abcn;
  sregs.gdt.base = 0x5000n;
  sregs.gdt.limit = 0x17;
  driver.setSregs(sregs);
  assertEquals(driver.sregs().toJSON(), sregs.toJSON());
});

test("Driver.fpu() and setFpu() carry the x87 and SSE registers", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  const { driver } = guest;
  // What is not in use counts as zero until XSTATE_BV says otherwise (Linux 6.1).
  const xsave = driver.xsave();
  xsave.xstateBv = 3n;
  driver.setXsave(xsave);
  const fpu = driver.fpu();
  fpu.fpr.forEach((_, i) => fpu.fpr[i] = i % 16 < 10 ? i : 0);
  fpu.xmm.forEach((_, i) => fpu.xmm[i] = 255 - i);
  fpu.fcw = 0x27f;
  driver.setFpu(fpu);
  const read = driver.fpu();
  assertEquals([[...read.fpr], [...read.xmm], read.fcw], [[...fpu.fpr], [...fpu.xmm], 0x27f]);
});

test(
  "Driver.dispatchCall() resets the extended state, also before the first entry",
  { skip },
  () => {
    const stateOf = ({ driver }: CodeGuest) => {
      const { fcw, mxcsr } = driver.xsave();
      const { xmm } = driver.fpu();
      return { fcw, mxcsr, xmm: [...xmm] };
    };
    const initial = { fcw: 0x37f, mxcsr: 0x1f80, xmm: Array(256).fill(0) };
    // A new vCPU has it.
    using untouched = new CodeGuest([HALT], 0);
    untouched.call();
    assertEquals(stateOf(untouched), initial);

    using guest = new CodeGuest([HALT], 0);
    const { driver } = guest;
    for (const entry of ["the first", "another"]) {
      const xsave = driver.xsave();
      Object.assign(xsave, { fcw: 0x27f, mxcsr: 0x1fc0, xstateBv: 3n });
      xsave.xmm.fill(0xa5);
      driver.setXsave(xsave);
      assertNotEquals(stateOf(guest), initial, entry);
      guest.call();
      assertEquals(stateOf(guest), initial, entry);
    }
  },
);

test("Driver.crashdumpContext() has the registers in a core file's order", { skip }, () => {
  using memory = new Memory(PAGE);
  const code = [...SET_ALL, ...withAddress(MMIO_PHYSICAL, HALT)];
  using guest = new CodeGuest(code, 0, { binaryPath: "/some/where/guest.elf" });
  const { driver } = guest;
  const region = {
    name: "mapped",
    guestAddress: MMIO_PHYSICAL,
    size: PAGE,
    memory,
    flags: { read: true },
  };
  driver.mapRegion(region);
  guest.call();
  const sregs = driver.sregs();
  sregs.fs.base = 0x1000n;
  sregs.gs.base = 0x2000n;
  driver.setSregs(sregs);
  const context = driver.crashdumpContext();
  const [rip = 0n, , rflags = 0n, rsp] = context.registers.slice(16, 20);
  assertEquals(context.registers.length, 27);
  // r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi, in the numbers of their encoding.
  assertEquals(
    context.registers.slice(0, 15),
    [15, 14, 13, 12, 5, 3, 11, 10, 9, 8, 0, 1, 2, 6, 7].map((register) =>
      register === 3 ? BigInt(MMIO_PHYSICAL) : valueOf(register)
    ),
  );
  assertEquals(context.registers[15], 0n);
  assertEquals(rip, BigInt(CODE + code.length));
  assertEquals(rflags & 2n, 2n);
  assertEquals(rsp, BigInt(guest.layout.stackPointer));
  assertEquals(context.registers[17], 0x08n);
  assertEquals(context.registers[20], 0x10n);
  assertEquals(context.registers.slice(21, 23), [0x1000n, 0x2000n]);
  assertEquals(context.registers.slice(23, 25), [0x10n, 0x10n]);
  assertEquals(context.extendedState.length >= 576, true);
  assertEquals(context.regions.map(({ name }) => name), ["guest memory", "mapped"]);
  assertEquals([context.entryPoint, context.binaryPath], [BigInt(CODE), "/some/where/guest.elf"]);
  assertEquals(context.fileName, "guest.elf");
});

test("Driver.crashdumpContext() of a guest from bytes names no file", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  const { binaryPath, fileName } = guest.driver.crashdumpContext();
  assertEquals([binaryPath, fileName], [undefined, undefined]);
});

const { Deno, Bun } = globalThis as {
  Deno?: { inspect(value: unknown): string };
  Bun?: { inspect(value: unknown): string };
};

for (
  const [name, print] of [
    ["node:util's inspect", inspect],
    ["the runtime's inspect", (value: unknown) => (Bun ?? Deno)?.inspect(value) ?? ""],
    ["JSON.stringify", JSON.stringify],
  ] as const
) {
  test(`Driver prints its regions and registers through ${name}`, { skip }, () => {
    using memory = new Memory(PAGE);
    using guest = new CodeGuest([...SET_ALL, HALT], 0);
    const { driver } = guest;
    driver.mapRegion({
      name: "a mapped file",
      guestAddress: MMIO_PHYSICAL,
      size: PAGE,
      memory,
      flags: { read: true, execute: true },
    });
    guest.call();
    const text = print(driver);
    for (
      const part of [
        "guest memory",
        "a mapped file",
        "0x40000000-0x40001000",
        "read, execute",
        memory.address.toString(16),
        `0x${valueOf(15).toString(16)}`,
        "cr3",
      ]
    ) assert(text.includes(part), `${part} is not in ${text}`);
    driver.close();
    assert(print(driver).includes("closed"));
  });
}

test("Driver gives no registers after close()", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  guest.driver.close();
  for (const read of ["regs", "sregs", "fpu", "xsave", "saveCpu", "crashdumpContext"] as const) {
    assertEquals(assertThrows(() => guest.driver[read](), VmletError).code, "ERR_CLOSED", read);
  }
});

test("Driver that was retired reaches nothing of the one that took its VM over", { skip }, () => {
  using memory = new Memory(PAGE);
  const guest = new CodeGuest([HALT], 0);
  const { driver, layout } = guest;
  guest.call();
  const [regs, sregs, fpu, xsave] = [driver.regs(), driver.sregs(), driver.fpu(), driver.xsave()];
  const state = driver.saveCpu();
  const region = {
    name: "next",
    guestAddress: layout.size,
    size: PAGE,
    memory,
    flags: { read: true },
  };
  const uses: Record<string, () => unknown> = {
    regs: () => driver.regs(),
    setRegs: () => driver.setRegs(regs),
    sregs: () => driver.sregs(),
    setSregs: () => driver.setSregs(sregs),
    fpu: () => driver.fpu(),
    setFpu: () => driver.setFpu(fpu),
    xsave: () => driver.xsave(),
    setXsave: () => driver.setXsave(xsave),
    saveCpu: () => driver.saveCpu(),
    restoreCpu: () => driver.restoreCpu(state),
    timeStamp: () => driver.timeStamp(),
    setGuestDebug: () => driver.setGuestDebug(GuestDebug.create()),
    crashdumpContext: () => driver.crashdumpContext(regs, sregs),
    stats: () => driver.stats(),
    logWrites: () => driver.logWrites(),
    mapRegion: () => driver.mapRegion(region),
    unmapRegion: () => driver.unmapRegion(region),
    readPhysical: () => driver.readPhysical(0, 8),
    writePhysical: () => driver.writePhysical(0, new Uint8Array(8)),
    initialise: () => driver.initialise({ pebAddress: 0, seed: 0n, pageSize: PAGE, logLevel: 0 }),
    dispatchCall: () => driver.dispatchCall(CODE),
    run: () => driver.run(),
  };
  const idle = retire(driver);
  assert(idle);
  using next = takeOver(idle, {
    regions: driver.regions,
    registers: guest.registers,
    entryPoint: CODE,
    stackPointer: layout.stackPointer,
    hooks: { out: () => true },
  });
  next.mapRegion(region);
  for (const [name, use] of Object.entries(uses)) {
    assertEquals(assertThrows(use, VmletError, "", name).code, "ERR_CLOSED", name);
  }
  // What changes nothing says that nothing is there.
  assertEquals([driver.mappedRegions, driver.interruptHandle().dropped], [[], true]);
  assert(inspect(driver).includes("closed"));
  guest[Symbol.dispose]();
  next.dispatchCall(CODE);
  assertEquals(next.mappedRegions.length, 1);
});
