/** The driver on guests of a few instructions: registers of an entry, exits, and what an exit leaves pending. */

import { test } from "node:test";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { native, VmletError } from "../src/ffi/mod.ts";
import { INTERRUPTED, Kvm, KvmError, Memory } from "../src/kvm/mod.ts";
import { Driver, isHypervisorPresent } from "../src/driver/mod.ts";
import { CODE, CodeGuest, MMIO, MMIO_PHYSICAL } from "./support/machine_code.ts";
import { needsKvm, needsPrlimit } from "./support/skip.ts";

const skip = needsKvm;
const RINGS = [0, 3] as const;
const WAYS = [["through kvm_run", true], ["by ioctls", false]] as const;

/** `mov dx, PORT`, then the instruction. */
const withPort = (
  port: number,
  ...instruction: number[]
) => [0x66, 0xba, port & 255, port >> 8, ...instruction];
/** `mov ADDRESS to rbx`, then the instruction. */
const withMmio = (...instruction: number[]) => [
  ...[0x48, 0xbb, MMIO & 255, MMIO >> 8 & 255, MMIO >> 16 & 255, 0, 0, 0, 0, 0],
  ...instruction,
];
const OUT_108 = [0xe6, 108];

test("isHypervisorPresent() is true where KVM is", { skip }, () => {
  assertEquals(isHypervisorPresent(), true);
});

for (const ring of RINGS) {
  for (const [way, syncRegisters] of WAYS) {
    test(`Driver.enter() sets the registers ${way} at ring ${ring}`, { skip }, () => {
      // Not the `out` first: see Driver.prepare().
      using guest = new CodeGuest([0x90, ...OUT_108], ring, { syncRegisters });
      const { driver, layout } = guest;
      const entry = driver.prepare({
        rip: CODE,
        rsp: layout.stackPointer,
        rax: 1,
        rcx: 2,
        rdx: 2 ** 40,
        rdi: 4,
        rsi: 2n ** 64n - 1n,
      });
      for (let call = 0; call < 3; call++) {
        let port = 0;
        driver.enter(entry, (it) => {
          port = it;
          return true;
        });
        const { rax, rbx, rcx, rdx, rdi, rsi, rsp, r15, rflags } = driver.regs();
        assertEquals(port, 108);
        assertEquals([rax, rbx, rcx, rdx], [1n, 0n, 2n, 2n ** 40n]);
        assertEquals([rdi, rsi, r15], [4n, 2n ** 64n - 1n, 0n]);
        assertEquals([rsp, rflags & ~0x10000n], [BigInt(layout.stackPointer), 2n]);
        assertEquals(driver.sregs().cs.dpl, ring);
        assertEquals(driver.sregs().cr3, layout.registers.cr3);
      }
    });

    // What the guest does last, and how it is told from the next call's first instruction: that one writes 2 to 102.
    for (
      const [what, code, type] of [
        ["a port read", withPort(101, 0xec), "ERR_FORBIDDEN_PORT"],
        [
          "a string of port reads",
          withPort(101, 0xb9, 0, 0, 0, 0x10, 0xf3, 0x6c),
          "ERR_FORBIDDEN_PORT",
        ],
        ["a memory read where no memory is", withMmio(0x8b, 0x03), "ERR_MEMORY_ACCESS"],
        ["a memory write where no memory is", withMmio(0x89, 0x03), "ERR_MEMORY_ACCESS"],
        [
          "a string of memory reads where no memory is",
          // mov rsi, rbx; mov rdi, rsp; sub rdi, 64; mov ecx, 8; rep movsb
          withMmio(
            0x48,
            0x89,
            0xde,
            0x48,
            0x89,
            0xe7,
            0x48,
            0x83,
            0xef,
            64,
            0xb9,
            8,
            0,
            0,
            0,
            0xf3,
            0xa4,
          ),
          "ERR_MEMORY_ACCESS",
        ],
      ] as const
    ) {
      test(
        `Driver.enter() begins where it should after ${what} at ring ${ring}, ${way}`,
        { skip },
        () => {
          // First what is left pending, with an instruction behind it that must never run; then the next call's code.
          const first = [...code, 0xe6, 103];
          const next = CODE + first.length;
          // mov al, 2; out 102, al; out 108, al
          using guest = new CodeGuest([...first, 0xb0, 2, 0xe6, 102, ...OUT_108], ring, {
            syncRegisters,
          });
          const { driver, layout } = guest;
          const rsp = layout.stackPointer;
          const error = assertThrows(
            () => driver.enter(driver.prepare({ rip: CODE, rsp, rdi: rsp - 64 }), () => true),
            VmletError,
          );
          assertEquals(error.code, type, error.message);
          if (type === "ERR_MEMORY_ACCESS") assertEquals(error.address, BigInt(MMIO_PHYSICAL));
          const seen: [number, number][] = [];
          driver.enter(driver.prepare({ rip: next, rsp }), (port, value) => {
            seen.push([port, value]);
            return port !== 102;
          });
          assertEquals(seen, [[102, 2], [108, 2]]);
        },
      );
    }
  }
}

test("Driver.enter() drops an exception that could not be delivered", { skip }, () => {
  // ud2, with a stack where no memory is.
  using guest = new CodeGuest([0x0f, 0x0b, 0x90, 0x90, ...OUT_108], 0);
  const { driver, layout } = guest;
  const crash = () => driver.enter(driver.prepare({ rip: CODE, rsp: MMIO + 64 }), () => true);
  const error = assertThrows(crash, VmletError);
  assert(["ERR_UNEXPECTED_EXIT", "ERR_MEMORY_ACCESS"].includes(error.code), error.message);
  const ports: number[] = [];
  driver.enter(driver.prepare({ rip: CODE + 3, rsp: layout.stackPointer }), (port) => {
    ports.push(port);
    return true;
  });
  assertEquals(ports, [108]);
});

test("Driver.enter() reads what an out of 1, 2 and 4 bytes wrote", { skip }, () => {
  // mov eax, 0x87654321; out 102, al; out 102, ax; out 102, eax; out 108, al
  const code = [0xb8, 0x21, 0x43, 0x65, 0x87, 0xe6, 102, 0x66, 0xe7, 102, 0xe7, 102, ...OUT_108];
  using guest = new CodeGuest(code, 3);
  const values: number[] = [];
  const entry = guest.driver.prepare({ rip: CODE, rsp: guest.layout.stackPointer });
  guest.driver.enter(entry, (port, value) => {
    values.push(value);
    return port === 108;
  });
  assertEquals(values, [0x21, 0x4321, 0x87654321, 0x21]);
});

test("Driver.enter() calls a guest that ends in a triple fault crashed", { skip }, () => {
  // At ring 0 with a stack that is not mapped: the exception cannot be delivered, nor the one that this raises.
  using guest = new CodeGuest([0x0f, 0x0b], 0);
  const entry = guest.driver.prepare({ rip: CODE, rsp: 0x1000 });
  const error = assertThrows(() => guest.driver.enter(entry, (port) => port === 110), VmletError);
  assertEquals(error.code, "ERR_UNEXPECTED_EXIT", error.message);
});

test("Driver.enter() names a halt in the middle of a call", { skip }, () => {
  using guest = new CodeGuest([0xf4], 0);
  const entry = guest.driver.prepare({ rip: CODE, rsp: guest.layout.stackPointer });
  const error = assertThrows(() => guest.driver.enter(entry, () => true), VmletError);
  assertEquals([error.code, error.message], [
    "ERR_UNEXPECTED_EXIT",
    "The guest halted in the middle of a call",
  ]);
});

test("Driver.create() names the ioctl that KVM refuses", { skip }, () => {
  using guest = new CodeGuest(OUT_108, 3);
  const registers = { ...guest.layout.registers, cr4: 1n << 63n };
  const create = () => Driver.create({ memory: guest.memory, registers });
  const error = assertThrows(create, KvmError);
  assertEquals([error.code, error.ioctl, error.symbol], ["ERR_KVM", "KVM_SET_SREGS", "EINVAL"]);
});

test(
  "Vcpu.run() is interrupted by a kill from another Worker, and by nothing else",
  { skip },
  async () => {
    using guest = new CodeGuest([0xeb, 0xfe], 3); // jmp to itself
    const worker = new Worker(new URL("./support/worker.ts", import.meta.url).href, {
      type: "module",
    });
    await new Promise((resolve) => worker.onmessage = resolve);
    const { driver } = guest;
    const entry = driver.prepare({ rip: CODE, rsp: guest.layout.stackPointer });
    const shim = native();
    for (let i = 0; i < 5; i++) {
      const answer = new Promise<MessageEvent>((resolve) => worker.onmessage = resolve);
      const cell = driver.interruptCell;
      driver.beginCall();
      worker.postMessage({ kill: [cell, shim.cellEpoch(cell)], after: 30 });
      const error = assertThrows(() => driver.enter(entry, () => true), VmletError);
      assertEquals(error.code, "ERR_CANCELLED");
      assertEquals(driver.endCall(), true);
      assertEquals((await answer).data, { killed: 1 });
    }
    worker.terminate();
  },
);

test(
  "Vcpu.run() is interrupted by a kill even when no signal can be queued",
  { skip: needsPrlimit },
  async () => {
    using guest = new CodeGuest([0xeb, 0xfe], 3);
    const { driver, layout } = guest;
    const worker = new Worker(new URL("./support/worker.ts", import.meta.url).href, {
      type: "module",
    });
    await new Promise((resolve) => worker.onmessage = resolve);
    const limit = (soft: string) => {
      const args = ["--pid", `${process.pid}`, `--sigpending=${soft}:`];
      assertEquals(spawnSync("prlimit", args).status, 0);
    };
    const limits = readFileSync("/proc/self/limits", "utf8");
    const [, usual = ""] = /Max pending signals\s+(\d+)/.exec(limits) ?? [];
    limit("0");
    try {
      const answer = new Promise<MessageEvent>((resolve) => worker.onmessage = resolve);
      const cell = driver.interruptCell;
      driver.beginCall();
      worker.postMessage({ kill: [cell, native().cellEpoch(cell)], after: 30 });
      const entry = driver.prepare({ rip: CODE, rsp: layout.stackPointer });
      const error = assertThrows(() => driver.enter(entry, () => true), VmletError);
      assertEquals([error.code, driver.endCall()], ["ERR_CANCELLED", true]);
      assertEquals((await answer).data, { killed: 1 });
    } finally {
      limit(usual);
      worker.terminate();
    }
  },
);

test("Vcpu.run() returns INTERRUPTED at once when the call was cancelled before", { skip }, () => {
  using kvm = Kvm.open();
  using memory = new Memory(4096);
  memory.write(0, Uint8Array.of(0xeb, 0xfe));
  using vm = kvm.createVm();
  vm.setUserMemoryRegion({
    slot: 0,
    guestAddress: 0x1000,
    size: 4096,
    hostAddress: memory.address,
  });
  using vcpu = vm.createVcpu(0);
  const shim = native();
  shim.beginCall(vcpu.cell);
  assertEquals(shim.kill(vcpu.cell, shim.cellEpoch(vcpu.cell)), 1);
  assertEquals(vcpu.run(), INTERRUPTED);
  assertEquals(shim.endCall(vcpu.cell), 1);
});
