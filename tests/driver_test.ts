/** The driver on guests of a few instructions: registers of an entry, exits, and what an exit leaves pending. */

import { test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { assert, assertEquals, assertInstanceOf, assertNotEquals, assertThrows } from "@std/assert";
import { native, VmletError } from "../src/ffi/mod.ts";
import { IOCTL, Kvm, KvmError, Memory, PAGE_SIZE, type Xsave } from "../src/kvm/mod.ts";
import { xsaveComponent } from "../src/kvm/xsave.ts";
import { type DebugStop, Driver, isHypervisorPresent } from "../src/driver/mod.ts";
import { isFloat, outValues } from "../src/driver/exits.ts";
import { platformOf } from "../src/driver/platform.ts";
import {
  CODE,
  CodeGuest,
  END,
  END_PORT,
  loop,
  MMIO,
  MMIO_PHYSICAL,
  readAt,
  withAddress,
  withPort,
  writeAt,
} from "./support/machine_code.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { condition, needsKvm } from "./support/skip.ts";

const skip = needsKvm;
/** KVM lets guests use protection keys where the kernel itself does. */
const needsPku = condition(
  "needsPku",
  needsKvm ||
    (/ ospke\b/.test(readFileSync("/proc/cpuinfo", "utf8"))
      ? false
      : "this CPU or kernel has no memory protection keys"),
);
/** There are instructions of SVM that many KVMs let any guest of ring 0 run. */
const needsSvm = condition(
  "needsSvm",
  needsKvm || (hasSvm() ? false : "KVM lets no guest use AMD's SVM on this machine"),
);
const KVM_GET_NESTED_STATE = 0xc080aebe;
const RINGS = [0, 3] as const;
const WAYS = [["through kvm_run", true], ["by ioctls", false]] as const;
const HALT = 0xf4;
const NOP = 0x90;
/** `mov al, VALUE; out PORT, al`. */
const say = (port: number, value: number) => [0xb0, value, 0xe6, port];

function hasSvm(): boolean {
  using kvm = Kvm.open();
  return kvm.supportedCpuid().entries.some((it) => it.function === 0x8000_0001 && it.ecx & 4);
}

const failure = (run: () => unknown): VmletError => assertThrows(run, VmletError);

test("isHypervisorPresent() is true where KVM is", { skip }, () => {
  assertEquals(isHypervisorPresent(), true);
});

for (const ring of RINGS) {
  for (const [way, syncRegisters] of WAYS) {
    test(`Driver.initialise() hands over its arguments ${way} at ring ${ring}`, { skip }, () => {
      using guest = new CodeGuest([NOP, ...END], ring, { syncRegisters });
      const { driver, layout } = guest;
      const seed = 2n ** 64n - 1n;
      for (let round = 0; round < 3; round++) {
        driver.initialise({ pebAddress: 2 ** 40, seed, pageSize: 4096, logLevel: 5 });
        const { rdi, rsi, rdx, rcx, rbx, rbp, r8, r15, rsp, rip, rflags } = driver.regs();
        assertEquals([rdi, rsi, rdx, rcx], [2n ** 40n, seed, 4096n, 5n]);
        assertEquals([rbx, rbp, r8, r15], [0n, 0n, 0n, 0n]);
        // The entry code of ring 3 has called the guest.
        assertEquals(rsp, BigInt(layout.stackPointer - (ring === 3 ? 8 : 0)));
        if (ring === 0) assertEquals(rflags & ~0x10000n, 2n);
        assert(rip === BigInt(CODE + 1) || rip === BigInt(CODE + 3), `${rip}`);
        assertEquals(driver.sregs().cs.dpl, ring);
        assertEquals(driver.sregs().cr3, layout.registers.cr3);
      }
    });

    test(
      `Driver.dispatchCall() resets the general registers ${way} at ring ${ring}`,
      { skip },
      () => {
        // mov rdi, rsp; mov r9, rsp; push rdi; then the end.
        const dirty = [0x48, 0x89, 0xe7, 0x49, 0x89, 0xe1, 0x57, ...END];
        using guest = new CodeGuest([...dirty, NOP, ...END], ring, { syncRegisters });
        const { driver, layout } = guest;
        // The entry code of ring 3 has called the guest.
        const top = BigInt(layout.stackPointer - (ring === 3 ? 8 : 0));
        guest.call();
        assertEquals(driver.regs().r9, top);
        guest.call(CODE + dirty.length);
        const { rdi, r9, rsp } = driver.regs();
        assertEquals([rdi, r9, rsp], [0n, 0n, top]);
      },
    );

    // What the guest does last, and how it is told from the next call's first instruction: that one writes 2 to 102.
    for (
      const [what, code, type] of [
        ["a port read", withPort(101, 0xec), "ERR_FORBIDDEN_PORT"],
        [
          "a string of port reads",
          // mov rdi, rsp; sub rdi, 64; mov ecx, 0x10000000; rep insb
          withPort(
            101,
            ...[0x48, 0x89, 0xe7, 0x48, 0x83, 0xef, 64],
            ...[0xb9, 0, 0, 0, 0x10],
            ...[0xf3, 0x6c],
          ),
          "ERR_FORBIDDEN_PORT",
        ],
        ["a memory read where no memory is", readAt(MMIO), "ERR_MEMORY_ACCESS"],
        ["a memory write where no memory is", writeAt(MMIO), "ERR_MEMORY_ACCESS"],
        [
          "a string of memory reads where no memory is",
          // mov rsi, rbx; mov rdi, rsp; sub rdi, 64; mov ecx, 8; rep movsb
          withAddress(
            MMIO,
            ...[0x48, 0x89, 0xde, 0x48, 0x89, 0xe7, 0x48, 0x83, 0xef, 64],
            ...[0xb9, 8, 0, 0, 0, 0xf3, 0xa4],
          ),
          "ERR_MEMORY_ACCESS",
        ],
      ] as const
    ) {
      test(
        `Driver.dispatchCall() begins where it should after ${what} at ring ${ring}, ${way}`,
        { skip },
        () => {
          // First what is left pending, with an instruction behind it that must never run; then the next call's code.
          const first = [...code, 0xe6, 103];
          using guest = new CodeGuest([...first, ...say(102, 2), ...END], ring, { syncRegisters });
          const error = failure(() => guest.call());
          assertEquals(error.code, type, error.message);
          if (type === "ERR_MEMORY_ACCESS") assertEquals(error.address, BigInt(MMIO_PHYSICAL));
          assertEquals(guest.call(CODE + first.length), [[102, 2], [END_PORT, 2]]);
        },
      );
    }
  }

  test(
    `Driver.dispatchCall() gives each call clean SSE registers and MXCSR at ring ${ring}`,
    { skip },
    () => {
      // The state that a guest could leave is set from outside: PVM has no SSE at ring 0.
      using guest = new CodeGuest([NOP, ...END], ring);
      const { driver } = guest;
      const dirty = driver.xsave();
      dirty.mxcsr = 0x1f00;
      dirty.fcw = 0x27f;
      dirty.xmm.fill(0xa5);
      dirty.xstateBv = 3n;
      driver.setXsave(dirty);
      assertEquals(driver.xsave().mxcsr, 0x1f00);
      guest.call();
      const { mxcsr, fcw, xmm, st } = driver.xsave();
      assertEquals([mxcsr, fcw], [0x1f80, 0x37f]);
      assertEquals([...xmm, ...st].some((byte) => byte !== 0), false);
    },
  );

  test(
    `Driver.dispatchCall() gives each call clean vector and mask registers at ring ${ring}`,
    { skip },
    () => {
      using kvm = Kvm.open();
      const cpuid = kvm.supportedCpuid();
      using guest = new CodeGuest([NOP, ...END], ring);
      const { driver } = guest;
      const parts = (xsave: Xsave) =>
        (["ymmHigh", "opmask", "zmmHigh", "highZmm"] as const)
          .flatMap((name) => xsaveComponent(xsave, cpuid, name) ?? []);
      const dirty = driver.xsave();
      for (const part of parts(dirty)) part.fill(0xa5);
      dirty.xstateBv = platformOf(kvm).xcr0 & 0xe7n;
      driver.setXsave(dirty);
      assertEquals(parts(driver.xsave()), parts(dirty));
      guest.call();
      assertEquals(parts(driver.xsave()).flatMap((it) => [...it]).some((it) => it !== 0), false);
    },
  );

  test(
    `Driver.dispatchCall() hands over each element of rep outs at ring ${ring}`,
    { skip },
    () => {
      // mov rsi, rbx; mov ecx, 3; cld; rep outsw; then the end. The elements are the code's own first bytes.
      const code = withPort(
        102,
        ...withAddress(CODE, 0x48, 0x89, 0xde, 0xb9, 3, 0, 0, 0, 0xfc, 0xf3, 0x66, 0x6f),
        ...END,
      );
      using guest = new CodeGuest(code, ring);
      const word = (at: number) => (code[at] ?? 0) | (code[at + 1] ?? 0) << 8;
      assertEquals(guest.call().filter(([port]) => port === 102), [
        [102, word(0)],
        [102, word(2)],
        [102, word(4)],
      ]);
    },
  );

  test(
    `Driver.dispatchCall() ends at an element of rep outs, and drops the rest, at ring ${ring}`,
    { skip },
    () => {
      // mov rsi, rbx; mov ecx, 0x10000000; cld; rep outsb to the port that ends a call
      const first = withPort(
        END_PORT,
        ...withAddress(CODE, 0x48, 0x89, 0xde, 0xb9, 0, 0, 0, 0x10, 0xfc, 0xf3, 0x6e),
      );
      using guest = new CodeGuest([...first, ...say(102, 2), ...END], ring);
      assertEquals(guest.call().length, 1);
      assertEquals(guest.call(CODE + first.length), [[102, 2], [END_PORT, 2]]);
    },
  );

  test(`Driver.dispatchCall() names a port that the guest reads at ring ${ring}`, { skip }, () => {
    using guest = new CodeGuest(withPort(101, 0xec), ring);
    const error = failure(() => guest.call());
    assertEquals([error.code, error.port, error.rip], [
      "ERR_FORBIDDEN_PORT",
      101,
      BigInt(CODE + 4),
    ]);
  });
}

test("Driver.dispatchCall() drops an exception that could not be delivered", { skip }, () => {
  // mov rsp, rbx; ud2: the stack is where no memory is.
  const first = withAddress(MMIO + 64, 0x48, 0x89, 0xdc, 0x0f, 0x0b);
  using guest = new CodeGuest([...first, NOP, ...END], 0);
  const error = failure(() => guest.call());
  assert(["ERR_UNEXPECTED_EXIT", "ERR_MEMORY_ACCESS"].includes(error.code), error.message);
  assertEquals(guest.call(CODE + first.length), [[END_PORT, 0]]);
});

test("Driver.dispatchCall() reads what an out of 1, 2 and 4 bytes wrote", { skip }, () => {
  // mov eax, 0x87654321; out 102, al; out 102, ax; out 102, eax; out 108, al
  const code = [0xb8, 0x21, 0x43, 0x65, 0x87, 0xe6, 102, 0x66, 0xe7, 102, 0xe7, 102, ...END];
  using guest = new CodeGuest(code, 3);
  assertEquals(guest.call().map(([, value]) => value), [0x21, 0x4321, 0x87654321, 0x21]);
});

test("outValues() splits a string into its elements, and refuses one without data", () => {
  const exit = { port: 102, size: 2, count: 2, data: Uint8Array.of(1, 2, 3, 4) };
  assertEquals(outValues(exit), [0x201, 0x403]);
  assertEquals(outValues({ ...exit, size: 4, count: 1 }), [0x4030201]);
  for (const data of [new Uint8Array(0), new Uint8Array(3)]) {
    const error = failure(() => outValues({ ...exit, data }));
    assertEquals([error.code, error.port], ["ERR_UNEXPECTED_EXIT", 102]);
  }
});

test("Driver.dispatchCall() ends in order when a guest of ring 0 halts", { skip }, () => {
  using guest = new CodeGuest([...say(102, 7), HALT, ...say(102, 8), HALT], 0);
  assertEquals(guest.call(), [[102, 7]]);
  assertEquals(guest.call(CODE + 5), [[102, 8]]);
  assertEquals(guest.call(), [[102, 7]]);
});

test("Driver.dispatchCall() calls a guest that ends in a triple fault crashed", { skip }, () => {
  // At ring 0 with a stack that is not mapped: the exception cannot be delivered, nor the one that this raises.
  using guest = new CodeGuest([0x0f, 0x0b], 0, { stackPointer: 0x1000 });
  const error = failure(() => guest.call());
  assertEquals(error.code, "ERR_UNEXPECTED_EXIT", error.message);
});

test(
  "Driver.dispatchCall() tells what KVM says of an instruction that it cannot run",
  { skip },
  () => {
    // movaps xmm0, [rsp] where no memory is: KVM would have to emulate it, and emulates no SSE arithmetic. addps.
    using guest = new CodeGuest(withAddress(MMIO, 0x0f, 0x58, 0x03), 0);
    const error = failure(() => guest.call());
    assertEquals(error.code, "ERR_UNEXPECTED_EXIT", error.message);
    assert(error.message.includes("KVM_EXIT_INTERNAL_ERROR"), error.message);
    assert(error.message.includes("at instruction 0x20000a"), error.message);
    assert(error.message.endsWith("C with -mno-implicit-float, floats by software"), error.message);
  },
);

test("isFloat() knows instructions of x87, SSE and AVX, which KVM does not emulate", () => {
  const cases: readonly [boolean, readonly number[][]][] = [
    [true, [
      [0xf3, 0x0f, 0x10, 0x40, 0x08], // movss
      [0x66, 0x0f, 0x6f, 0x00], // movdqa
      [0xf2, 0x48, 0x0f, 0x2a, 0xc0], // cvtsi2sd
      [0x66, 0x0f, 0x38, 0x00, 0xc1], // pshufb
      [0x66, 0x0f, 0x3a, 0x0f, 0xc1, 0x08], // palignr
      [0x0f, 0xef, 0xc0], // pxor
      [0xd9, 0xe8], // fld1
      [0xc5, 0xf8, 0x77], // vzeroupper
      [0x62, 0xf1, 0x7c, 0x48, 0x28, 0xc1], // vmovaps zmm
    ]],
    [false, [
      [],
      [0x66, 0x48],
      [0x0f, 0x0b], // ud2
      [0x0f, 0xff, 0xc0], // ud0
      [0x0f, 0x01, 0xc1], // vmcall
      [0x0f, 0xae, 0x00], // fxsave, which KVM emulates
      [0x0f, 0xc7, 0x0e], // cmpxchg8b
      [0xf2, 0x0f, 0x38, 0xf1, 0xc1], // crc32
      [0x48, 0x89, 0x03], // mov
      [0xcd, 0x80], // int
    ]],
  ];
  for (const [expected, codes] of cases) {
    for (const code of codes) assertEquals(isFloat(Uint8Array.from(code)), expected, `${code}`);
  }
});

test("Driver.dispatchCall() names an entry that the CPU refuses", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  const { driver } = guest;
  const sregs = driver.sregs();
  // A segment of 64-bit code that is one of 32-bit code too. PVM does not look at it.
  sregs.cs.db = 1;
  driver.setSregs(sregs);
  const refuses = readFileSync("/proc/cpuinfo", "latin1").match(/^flags\b.*\b(svm|vmx)\b/m);
  if (refuses) {
    const { code, message } = failure(() => guest.call());
    assertEquals(code, "ERR_UNEXPECTED_EXIT");
    assert(message.includes("KVM_EXIT_FAIL_ENTRY, hardwareReason 0x"), message);
  } else guest.call();
  sregs.cs.db = 0;
  driver.setSregs(sregs);
  guest.call();
});

test("Driver.dispatchCall() names a task priority that the guest lowers", { skip }, () => {
  // mov eax, 5; mov cr8, rax; xor eax, eax; mov cr8, rax
  const code = [0xb8, 5, 0, 0, 0, 0x44, 0x0f, 0x22, 0xc0, 0x31, 0xc0, 0x44, 0x0f, 0x22, 0xc0];
  using guest = new CodeGuest([...code, HALT, HALT], 0);
  try {
    // PVM emulates it, and needs no host for it.
    guest.call();
  } catch (error) {
    assertInstanceOf(error, VmletError);
    assert(error.message.includes("KVM_EXIT_SET_TPR, tpr 0x0"), error.message);
  }
  guest.call(CODE + code.length + 1);
});

test("Driver.dispatchCall() tells a stack's guard that was overwritten", { skip }, () => {
  const cookie = crypto.getRandomValues(new Uint8Array(16));
  using memory = new Memory(4096);
  memory.write(0, cookie);
  const flags = { read: true, write: true };
  const region = { name: "guarded", guestAddress: MMIO_PHYSICAL, size: 4096, memory, flags };
  const second = [...writeAt(MMIO + 8), HALT];
  using guest = new CodeGuest([HALT, ...second, ...readAt(MMIO + 4096)], 0, {
    extra: [region],
    stackGuard: { address: MMIO_PHYSICAL, cookie },
  });
  guest.call();
  assertEquals(guest.driver.checkStackGuard(), true);
  // The end in order is no excuse.
  assertEquals(failure(() => guest.call(CODE + 1)).code, "ERR_STACK_OVERFLOW");
  assertEquals(guest.driver.checkStackGuard(), false);
  // A touch of nothing is then one of the stack's.
  const touch = () => guest.call(CODE + 1 + second.length);
  assertEquals(failure(touch).code, "ERR_STACK_OVERFLOW");
  memory.write(0, cookie);
  assertEquals(failure(touch).code, "ERR_MEMORY_ACCESS");
});

test("Driver.checkStackGuard() reads memory that its owner has closed", { skip }, () => {
  const cookie = Uint8Array.of(1, 2, 3, 4);
  using memory = new Memory(4096);
  memory.write(4092, cookie);
  const flags = { read: true, write: true };
  const region = { name: "guarded", guestAddress: MMIO_PHYSICAL, size: 4096, memory, flags };
  const stackGuard = { address: MMIO_PHYSICAL + 4092, cookie };
  using guest = new CodeGuest([HALT], 0, { extra: [region], stackGuard });
  memory.close();
  guest.call();
  assertEquals(guest.driver.checkStackGuard(), true);
  guest.driver.close();
  assertEquals(failure(() => guest.driver.checkStackGuard()).code, "ERR_CLOSED");
  // What does not fit into one region is not the guard.
  using other = new Memory(4096);
  using wrong = new CodeGuest([HALT], 0, {
    extra: [{ ...region, memory: other }],
    stackGuard: { ...stackGuard, cookie: new Uint8Array(8) },
  });
  assertEquals(wrong.driver.checkStackGuard(), false);
});

test("Driver stops a guest at its entry point for the debugger, once", { skip }, () => {
  const stops: DebugStop[] = [];
  using guest = new CodeGuest([NOP, NOP, HALT], 0, {
    debug: true,
    hooks: { out: () => true, debug: (stop) => void stops.push(stop) },
  });
  const args = { pebAddress: 0, seed: 0n, pageSize: 4096, logLevel: 0 };
  guest.driver.initialise(args);
  assertEquals(stops.map(({ reason, rip }) => [reason, rip]), [["entry", BigInt(CODE)]]);
  guest.driver.initialise(args);
  assertEquals(stops.length, 1);
});

test("Driver calls a stop that no debugger takes an error", { skip }, () => {
  using guest = new CodeGuest([NOP, HALT], 0, { debug: true });
  const error = failure(() => guest.call());
  assertEquals([error.code, error.rip], ["ERR_UNEXPECTED_EXIT", BigInt(CODE)]);
});

test("Driver calls hooks.trace before each out and each halt", { skip }, () => {
  const events: (string | bigint)[] = [];
  using guest = new CodeGuest([...say(102, 7), HALT], 0, {
    hooks: {
      out: () => events.push("out") < 0,
      trace: () => events.push(guest.driver.regs().rax),
    },
  });
  guest.driver.dispatchCall(CODE);
  assertEquals(events, [7n, "out", 7n]);
});

test("Driver passes on what a hook throws, and can be entered again", { skip }, () => {
  using guest = new CodeGuest([...say(102, 7), HALT, NOP, HALT], 0, {
    hooks: {
      out: () => {
        throw new RangeError("of the hook");
      },
    },
  });
  assertThrows(() => guest.driver.dispatchCall(CODE), RangeError, "of the hook");
  guest.driver.dispatchCall(CODE + 5);
});

test("Driver refuses a call from inside a call with ERR_BUSY", { skip }, () => {
  const inner: unknown[] = [];
  using guest = new CodeGuest([...say(102, 7), HALT], 0, {
    hooks: {
      out: () => {
        inner.push(failure(() => guest.driver.dispatchCall(CODE)).code);
        return false;
      },
    },
  });
  guest.driver.dispatchCall(CODE);
  assertEquals(inner, ["ERR_BUSY"]);
});

test("Driver refuses close() and settle() from inside a call with ERR_BUSY", { skip }, () => {
  const inner: unknown[] = [];
  using guest: CodeGuest = new CodeGuest([...say(102, 7), HALT], 0, {
    hooks: {
      out: () => {
        const { driver } = guest;
        const attempts = [
          () => driver.close(),
          () => driver.resources[Symbol.dispose](),
          () => driver.settle(),
        ];
        inner.push(...attempts.map((attempt) => failure(attempt).code));
        return false;
      },
    },
  });
  guest.driver.dispatchCall(CODE);
  assertEquals(inner, ["ERR_BUSY", "ERR_BUSY", "ERR_BUSY"]);
  guest.driver.settle();
  guest.driver.close();
  assertEquals(failure(() => guest.driver.dispatchCall(CODE)).code, "ERR_CLOSED");
});

test("Driver refuses calls after close()", { skip }, () => {
  using guest = new CodeGuest([HALT], 0);
  guest.driver.close();
  assertEquals(failure(() => guest.call()).code, "ERR_CLOSED");
});

const resources = () => ({
  fds: readdirSync("/proc/self/fd").length,
  memory: process.memoryUsage().rss,
});

test(
  "Driver.create() names the ioctl that KVM refuses, and leaves nothing behind",
  { skip },
  () => {
    using guest = new CodeGuest(END, 3);
    const { memory, layout: { registers, stackPointer } } = guest;
    const flags = { read: true, write: true, execute: true };
    const regions = [{ name: "all", guestAddress: 0, size: memory.size, memory, flags }];
    const common = { regions, stackPointer, entryPoint: CODE, hooks: { out: () => true } };
    const create = () =>
      Driver.create({ ...common, registers: { ...registers, cr4: 1n << 63n } }).close();
    const error = assertThrows(create, KvmError);
    assertEquals([error.code, error.ioctl, error.symbol], ["ERR_KVM", "KVM_SET_SREGS", "EINVAL"]);
    const before = resources();
    for (let i = 0; i < 10; i++) assertThrows(create, KvmError);
    assertEquals(resources().fds, before.fds);
    // Nor does its memory stay held: closing it unmaps it.
    const own = new Memory(4096);
    const bad = { ...regions[0]!, size: 4096, memory: own };
    assertThrows(() =>
      Driver.create({ ...common, regions: [bad], registers: { ...registers, cr4: 1n << 63n } })
    );
    own.close();
    assertThrows(() => own.read(0, 1), VmletError);
  },
);

test("Driver.create() refuses a signal that it may not use", { skip }, () => {
  for (const interruptSignalOffset of [-1, 30, 1.5, NaN]) {
    const error = assertThrows(() => new CodeGuest(END, 0, { interruptSignalOffset }), RangeError);
    assertEquals((error as { code?: string }).code, "ERR_OUT_OF_RANGE");
  }
  assertThrows(
    () => new CodeGuest(END, 0, { interruptSignalOffset: "1" as unknown as number }),
    TypeError,
  );
});

for (const [way, syncRegisters] of WAYS) {
  test(
    `Driver.saveCpu() and restoreCpu() undo what a guest of ring 0 did to its vCPU (${way})`,
    { skip },
    () => {
      const code = withAddress(
        5,
        ...[0x0f, 0x23, 0xc3], // mov dr0, rbx
        ...[0x0f, 0x22, 0xd3], // mov cr2, rbx
        ...[0x44, 0x0f, 0x22, 0xc3], // mov cr8, rbx
        ...[0x31, 0xc9, 0x31, 0xd2, 0xb8, 1, 0, 0, 0, 0x0f, 0x01, 0xd1], // xsetbv: XCR0 = 1
        HALT,
      );
      // mov rax, dr0; out 102, eax; mov rax, cr2; out 102, eax; mov rax, cr8; out 102, eax; hlt
      const tell = [0xe7, 102];
      const find = [0x0f, 0x21, 0xc0, ...tell, 0x0f, 0x20, 0xd0, ...tell];
      const all = [...code, ...find, 0x44, 0x0f, 0x20, 0xc0, ...tell, HALT];
      using guest = new CodeGuest(all, 0, { syncRegisters });
      const { driver } = guest;
      const found = () => guest.call(CODE + code.length).map(([, value]) => value);
      const before = driver.saveCpu();
      guest.call();
      const dirty = driver.saveCpu();
      assertEquals(driver.sregs().cr2, 5n);
      for (const part of ["debugRegs", "xcrs"] as const) {
        assertNotEquals(dirty[part], before[part], part);
      }
      assertEquals(found(), [5, 5, 5]);
      for (const [state, expected] of [[before, [0, 0, 0]], [dirty, [5, 5, 5]]] as const) {
        driver.restoreCpu(state);
        assertEquals(driver.saveCpu(), state);
        assertEquals(driver.sregs().bytes, state.sregs);
        assertEquals(found(), [...expected]);
        // As KVM has it from another process: it took nothing of this before.
        driver.restoreCpu({ ...state });
        assertEquals(driver.saveCpu(), state);
        assertEquals(found(), [...expected]);
      }
      guest.call();
      assertEquals(driver.saveCpu(), dirty);
    },
  );

  test(
    `Driver.restoreCpu() holds also where the next entry ends before the guest runs (${way})`,
    { skip },
    () => {
      // mov cr2, rbx; hlt
      const change = withAddress(0x1234_5000, 0x0f, 0x22, 0xd3, HALT);
      // mov rax, cr2; out 102, eax; hlt
      const find = [0x0f, 0x20, 0xd0, 0xe7, 102, HALT];
      using guest = new CodeGuest([...change, ...find], 0, { syncRegisters });
      const { driver } = guest;
      const clean = driver.saveCpu();
      let before: number;
      let error: unknown;
      do {
        guest.call();
        driver.restoreCpu(clean);
        before = driver.stats().guestTime;
        try {
          // Mostly it is over before the guest is entered.
          driver.dispatchCall(CODE, { deadline: 1e-6 });
        } catch (thrown) {
          error = thrown;
        }
      } while (driver.stats().guestTime !== before);
      assertEquals((error as VmletError).code, "ERR_DEADLINE");
      assertEquals(driver.sregs().bytes, clean.sregs);
      assertEquals(guest.call(CODE + change.length), [[102, 0]]);
    },
  );

  test(
    `Driver.setSregs() after restoreCpu() is what the guest gets (${way})`,
    { skip },
    () => {
      // mov rax, cr2; out 102, eax; mov rax, cr8; out 102, eax; hlt
      const find = [0x0f, 0x20, 0xd0, 0xe7, 102, 0x44, 0x0f, 0x20, 0xc0, 0xe7, 102, HALT];
      using guest = new CodeGuest(find, 0, { syncRegisters });
      const { driver } = guest;
      driver.restoreCpu(driver.saveCpu());
      const sregs = driver.sregs();
      sregs.cr2 = 0x1234n;
      sregs.cr8 = 6n;
      driver.setSregs(sregs);
      assertEquals(driver.sregs().bytes, sregs.bytes);
      assertEquals(guest.call(), [[102, 0x1234], [102, 6]]);
    },
  );

  test(
    `Driver.restoreCpu() brings no exception that the next entry would have dropped (${way})`,
    { skip },
    () => {
      // pushf; or qword [rsp], 0x100; popf; hlt: an exception waits for the step that the last one was.
      const step = [0x9c, 0x48, 0x81, 0x0c, 0x24, 0x00, 0x01, 0x00, 0x00, 0x9d, HALT];
      using guest = new CodeGuest([...step, ...say(102, 7), HALT], 0, { syncRegisters });
      const { driver } = guest;
      // What no handler expects may go on for ever.
      const found = () => {
        guest.outs = [];
        driver.dispatchCall(CODE + step.length, { deadline: 5000 });
        return guest.outs;
      };
      guest.call();
      const state = driver.saveCpu();
      assertEquals(found(), [[102, 7]]);
      driver.restoreCpu(state);
      assertEquals(found(), [[102, 7]]);
      driver.restoreCpu({ ...state });
      assertEquals(found(), [[102, 7]]);
    },
  );
}

test("Driver.restoreCpu() takes back what `sti` holds back for an instruction", { skip }, () => {
  // mov rbx, MMIO; sti; mov eax, [rbx]: the exit comes in between, where KVM shows it if the CPU runs ring 0 itself.
  using guest = new CodeGuest(withAddress(MMIO, 0xfb, 0x8b, 0x03), 0);
  const { driver } = guest;
  const before = driver.saveCpu();
  failure(() => guest.call());
  driver.restoreCpu(before);
  assertEquals(driver.saveCpu().events, before.events);
});

/** `mov rax, cr4; or eax, BIT; mov cr4, rax`. */
const setCr4 = (bit: number) => [
  ...[0x0f, 0x20, 0xe0, 0x0d, ...[0, 8, 16, 24].map((shift) => (1 << bit) >>> shift & 0xff)],
  ...[0x0f, 0x22, 0xe0],
];
const FSGSBASE = 16;
const PKE = 22;

test(
  "Driver.restoreCpu() leaves nothing that `swapgs` hid from a guest's registers",
  { skip },
  () => {
    const secret = 0x7fff_1234_5678;
    // wrgsbase rbx; swapgs; hlt
    const hide = [
      ...setCr4(FSGSBASE),
      ...withAddress(secret, 0xf3, 0x48, 0x0f, 0xae, 0xdb, 0x0f, 0x01, 0xf8, HALT),
    ];
    // swapgs; rdgsbase rbx; mov eax, ebx; out 102, eax; shr rbx, 32; mov eax, ebx; out 102, eax; hlt
    const find = [
      ...setCr4(FSGSBASE),
      ...[0x0f, 0x01, 0xf8, 0xf3, 0x48, 0x0f, 0xae, 0xcb],
      ...[0x89, 0xd8, 0xe7, 102, 0x48, 0xc1, 0xeb, 0x20, 0x89, 0xd8, 0xe7, 102, HALT],
    ];
    using guest = new CodeGuest([...hide, ...find], 0);
    const clean = guest.driver.saveCpu();
    const found = () => guest.call(CODE + hide.length).map(([, value]) => value);
    guest.call(CODE);
    const dirty = guest.driver.saveCpu();
    assertEquals(dirty.kernelGsBase, BigInt(secret));
    // The guest would find it.
    assertEquals(found(), [secret % 2 ** 32, Math.floor(secret / 2 ** 32)]);
    for (const [state, expected] of [[dirty, [0x1234_5678, 0x7fff]], [clean, [0, 0]]] as const) {
      guest.driver.restoreCpu(state);
      assertEquals(found(), [...expected]);
    }
  },
);

/** `mov eax, PRIORITY; mov cr8, rax`. */
const setCr8 = (priority: number) => [0xb8, priority, 0, 0, 0, 0x44, 0x0f, 0x22, 0xc0];
/** `mov rax, cr8; out 102, eax; hlt`. */
const SAY_CR8 = [0x44, 0x0f, 0x20, 0xc0, 0xe7, 102, HALT];

for (const syncRegisters of [true, false]) {
  const way = syncRegisters ? "through kvm_run" : "by ioctls";
  test(`Driver.restoreCpu() brings the task priority back, ${way}`, { skip }, () => {
    const hide = [...setCr8(5), HALT];
    using guest = new CodeGuest([...hide, ...SAY_CR8], 0, { syncRegisters });
    const { driver } = guest;
    const found = () => guest.call(CODE + hide.length);
    const clean = driver.saveCpu();
    guest.call();
    const dirty = driver.saveCpu();
    assertEquals(found(), [[102, 5]]);
    for (const [state, expected] of [[clean, 0], [dirty, 5], [clean, 0]] as const) {
      driver.restoreCpu(state);
      assertEquals(found(), [[102, expected]]);
    }
  });

  test(
    `Driver.dispatchCall() sets the task priority where it sets all special registers, ${way}`,
    { skip },
    () => {
      // jmp rax: the address of the call is there.
      const hide = [...setCr8(5), HALT];
      const enter = [0xff, 0xe0];
      const code = [...enter, ...hide, ...SAY_CR8];
      using guest = new CodeGuest(code, 0, { syncRegisters, entryCode: CODE });
      guest.call(CODE + enter.length);
      assertEquals(guest.call(CODE + enter.length + hide.length), [[102, 0]]);
    },
  );
}

test("Driver.dispatchCall() resets the protection keys of ring 0", { skip: needsPku }, () => {
  // xor ecx, ecx; xor edx, edx; mov eax, …; wrpkru; hlt
  const common = [...setCr4(PKE), 0x31, 0xc9, 0x31, 0xd2];
  const hide = [...common, 0xb8, 0x54, 0x55, 0x55, 0x55, 0x0f, 0x01, 0xef, HALT];
  // rdpkru; out 102, eax; hlt
  using guest = new CodeGuest([...hide, ...common, 0x0f, 0x01, 0xee, 0xe7, 102, HALT], 0);
  guest.call(CODE);
  assertEquals(guest.call(CODE + hide.length), [[102, 0]]);
});

/** What a vCPU's ioctl with a structure answers, and the structure. */
function vcpuIoctl(guest: CodeGuest, request: number, bytes: Uint8Array): Promise<number> {
  let vcpu = -1;
  const watch = (_: string, [fd]: readonly unknown[]) => {
    vcpu = fd as number;
    return undefined;
  };
  return answerCalls(watch, () => guest.driver.fpu()).then(() =>
    native().ioctlStruct(vcpu, request, bytes)
  );
}

test("Driver.restoreCpu() resets registers that `vmload` sets although they are denied", {
  skip,
}, async () => {
  // STAR, LSTAR, CSTAR, FMASK, SYSENTER_CS, _ESP, _EIP. Few CPUs and kernels let the guest do it, so the host does.
  const denied = [0xc000_0081, 0xc000_0082, 0xc000_0083, 0xc000_0084, 0x174, 0x175, 0x176];
  const list = (value: bigint) =>
    new Uint8Array(
      BigUint64Array.of(7n, ...denied.flatMap((index) => [BigInt(index), value])).buffer,
    );
  using guest = new CodeGuest([HALT], 0);
  const clean = guest.driver.saveCpu();
  assertEquals(await vcpuIoctl(guest, IOCTL.KVM_SET_MSRS, list(0x1234n)), 7);
  guest.driver.restoreCpu(clean);
  guest.call();
  const found = list(1n);
  assertEquals(await vcpuIoctl(guest, IOCTL.KVM_GET_MSRS, found), 7);
  assertEquals(found, list(0n));
});

test("Driver.restoreCpu() ends what `clgi` holds back", { skip: needsSvm }, async () => {
  const nested = async () => {
    const bytes = new Uint8Array(128 + PAGE_SIZE);
    new DataView(bytes.buffer).setUint32(4, bytes.length, true);
    assertEquals(await vcpuIoctl(guest, KVM_GET_NESTED_STATE, bytes), 0);
    return bytes;
  };
  using guest = new CodeGuest([HALT, 0x0f, 0x01, 0xdd, HALT], 0);
  const clean = guest.driver.saveCpu();
  guest.call();
  const before = await nested();
  for (let round = 0; round < 2; round++) {
    try {
      guest.driver.dispatchCall(CODE + 1, { deadline: 20 });
    } catch (error) {
      // Where KVM lets no guest do it, the exception has no handler.
      assertInstanceOf(error, VmletError);
    }
    guest.driver.restoreCpu(clean);
    guest.call();
    assertEquals(await nested(), before);
  }
});

test("Driver.restoreCpu() makes a vCPU usable again after a triple fault", { skip }, () => {
  // xor rsp, rsp; ud2. AMD's CPUs leave nothing of the state, so KVM resets the vCPU.
  const crash = [0x48, 0x31, 0xe4, 0x0f, 0x0b];
  using guest = new CodeGuest([...crash, ...say(102, 7), HALT], 0);
  const clean = guest.driver.saveCpu();
  for (let round = 0; round < 3; round++) {
    const error = failure(() => guest.call());
    assert(error.message.includes("triple fault, KVM_EXIT_SHUTDOWN"), error.message);
    guest.driver.restoreCpu(clean);
    assertEquals(guest.call(CODE + crash.length), [[102, 7]]);
  }
});

test("Driver runs a million calls without growing or slowing down", { skip }, () => {
  using guest = new CodeGuest([...loop(1), HALT], 0);
  const { driver } = guest;
  // A nested hypervisor takes a hundred times as long.
  const rounds = process.env.NESTED_KVM ? 10 : 100;
  const calls = process.env.NESTED_KVM ? 200 : 10_000;
  const times: number[] = [];
  const round = () => {
    // The thread's own time: what else the machine does is no growth.
    const start = native().threadTime();
    for (let i = 0; i < calls; i++) driver.dispatchCall(CODE);
    return native().threadTime() - start;
  };
  for (let i = 0; i < 5; i++) round();
  const before = resources();
  for (let i = 0; i < rounds; i++) times.push(round());
  const after = resources();
  const fastest = (part: number[]) => Math.min(...part);
  const tenth = rounds / 10;
  assertEquals(after.fds, before.fds);
  assert(after.memory - before.memory < 32 * 1024 * 1024, JSON.stringify([before, after]));
  const ratio = fastest(times.slice(-tenth)) / fastest(times.slice(0, tenth));
  assert(ratio < 1.5, `the last calls take ${ratio} times as long as the first`);
});
