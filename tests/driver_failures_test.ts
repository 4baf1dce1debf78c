/** Each native call of a driver's life fails once: what is said of it, and that nothing stays behind. */

import { test } from "node:test";
import { inspect } from "node:util";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { native, VmletError } from "../src/ffi/mod.ts";
import { CAPABILITY, IOCTL } from "../src/kvm/constants.ts";
import { Kvm, KvmError, Memory } from "../src/kvm/mod.ts";
import { Driver, isHypervisorPresent, type MemoryRegion } from "../src/driver/mod.ts";
import { CODE, CodeGuest, END, MMIO_PHYSICAL, readAt } from "./support/machine_code.ts";
import { answerCalls, failEachCall } from "./support/failing_calls.ts";
import { hello } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;
const HALT = 0xf4;
const ENOMEM = 12;
const EAGAIN = 11;
const EFAULT = 14;
const EINTR = 4;
const EIO = 5;

/** The descriptors and mappings of KVM that this process has. */
function held(): unknown {
  const links = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ""; // the folder's own
    }
  });
  return {
    descriptors: links.filter((it) => it.includes("kvm")).sort(),
    runs: readFileSync("/proc/self/maps", "latin1").match(/kvm-vcpu/g)?.length ?? 0,
  };
}
const isMapped = (memory: Memory) =>
  readFileSync("/proc/self/maps", "latin1").includes(`${memory.address.toString(16)}-`);

test("Driver.create() undoes what it did whichever call fails", { skip }, async () => {
  using guest = new CodeGuest(END, 3);
  const { layout: { registers, stackPointer } } = guest;
  const before = held();
  // The calls of a cell's life: a cell that was not given back would be skipped.
  const count = await failEachCall(ENOMEM, () => {
    const memory = new Memory(3 * PAGE);
    try {
      const regions = [0, 1, 2].map((i): MemoryRegion => ({
        name: `${i}`,
        guestAddress: i * PAGE,
        offset: i * PAGE,
        size: PAGE,
        memory,
        flags: i === 1 ? { read: true } : { read: true, write: true },
      }));
      const common = { stackPointer, entryPoint: CODE, hooks: { out: () => true } };
      using driver = Driver.create({ ...common, regions, registers, debug: true });
      assertEquals(driver.regions.length, 3);
    } finally {
      memory.close();
      assertEquals(isMapped(memory), false);
    }
  }, ({ call, error }) => {
    assertInstanceOf(error, VmletError, call);
    assertEquals(error.errno ?? (error.code === "ERR_LIMIT" && ENOMEM), ENOMEM, call);
    assertEquals(held(), before, call);
  });
  assert(count > 15, `${count} calls`);
});

test("Kvm.createVm() is not put off by signals", { skip }, async () => {
  using kvm = Kvm.open();
  let signals = 3;
  const answer = (_: string, [, request]: readonly unknown[]) =>
    request === IOCTL.KVM_CREATE_VM && signals-- > 0 ? -EINTR : undefined;
  await answerCalls(answer, () => kvm.createVm().close());
  assertEquals(signals, -1);
});

test("Sandbox.create() undoes what it did whichever call fails", { skip }, async () => {
  (await hello()).close();
  const before = held();
  const count = await failEachCall(ENOMEM, async () => (await hello()).close(), (failure) => {
    assertInstanceOf(failure.error, VmletError, failure.call);
    assertEquals(held(), before, failure.call);
  });
  assert(count > 15, `${count} calls`);
});

for (const syncRegisters of [true, false]) {
  const way = syncRegisters ? "through kvm_run" : "by ioctls";
  test(`Driver.dispatchCall() works after whichever call failed, ${way}`, { skip }, async () => {
    // What is left pending by the first is settled by the second.
    const first = readAt(0x30_0000);
    using guest = new CodeGuest([...first, HALT, ...END], 0, { syncRegisters });
    const leave = () => assertThrows(() => guest.call(), VmletError);
    leave();
    const again = () => guest.call(CODE + first.length + 1);
    const count = await failEachCall(ENOMEM, again, ({ call, error }) => {
      assertInstanceOf(error, KvmError, call);
      assertEquals(error.errno, ENOMEM, call);
      assertEquals(again(), [[108, 0]], call);
      leave();
    });
    assert(count >= 4, `${count} calls`);
  });
}

test("Driver.mapRegion() and unmapRegion() change nothing when KVM refuses", { skip }, async () => {
  using memory = new Memory(PAGE);
  memory.write(0, Uint8Array.of(7));
  using guest = new CodeGuest([...readAt(0x30_0000), 0xe6, 102, HALT], 0);
  const { driver } = guest;
  const flags = { read: true };
  const region = { name: "it", guestAddress: MMIO_PHYSICAL, size: PAGE, memory, flags };
  const isThere = () => assertEquals(guest.call(), [[102, 7]]);
  const isNotThere = () =>
    assertEquals(assertThrows(() => guest.call(), VmletError).code, "ERR_MEMORY_ACCESS");
  for (let round = 0; round < 3; round++) {
    await failEachCall(ENOMEM, () => driver.mapRegion(region), ({ call, error }) => {
      assertInstanceOf(error, KvmError, call);
      assertEquals(driver.mappedRegions, []);
      isNotThere();
    });
    assertEquals(driver.mappedRegions, [region]);
    isThere();
    await failEachCall(ENOMEM, () => driver.unmapRegion(region), ({ call, error }) => {
      assertInstanceOf(error, KvmError, call);
      assertEquals(driver.mappedRegions, [region]);
      isThere();
    });
    assertEquals(driver.mappedRegions, []);
    isNotThere();
  }
});

test("Driver prints what it can when KVM refuses to tell registers", { skip }, async () => {
  using guest = new CodeGuest(END, 3);
  for (const request of [IOCTL.KVM_GET_REGS, IOCTL.KVM_GET_SREGS]) {
    const answer = (_: string, args: readonly unknown[]) =>
      args[1] === request ? -EFAULT : undefined;
    const text = await answerCalls(answer, () => inspect(guest.driver));
    assert(text.includes("guest memory"), text);
    assertEquals(text.includes("rip"), request !== IOCTL.KVM_GET_REGS, text);
    assertEquals(text.includes("cr3"), request !== IOCTL.KVM_GET_SREGS, text);
  }
});

test("Kvm.assertUsable() names the version that is not 12", { skip }, async () => {
  using kvm = Kvm.open();
  const answer = (_: string, [, request]: readonly unknown[]) =>
    request === IOCTL.KVM_GET_API_VERSION ? 11 : undefined;
  await answerCalls(answer, () => {
    const error = assertThrows(() => kvm.assertUsable(), VmletError, "its API version is 11");
    assertEquals([error.code, isHypervisorPresent()], ["ERR_NO_HYPERVISOR", false]);
  });
});

for (const name of ["KVM_CAP_USER_MEMORY", "KVM_CAP_IMMEDIATE_EXIT"] as const) {
  test(`Kvm.assertUsable() names ${name} where it is missing`, { skip }, async () => {
    using kvm = Kvm.open();
    const answer = (_: string, [, request, capability]: readonly unknown[]) =>
      request === IOCTL.KVM_CHECK_EXTENSION && capability === CAPABILITY[name] ? 0 : undefined;
    await answerCalls(answer, () => {
      const error = assertThrows(() => kvm.assertUsable(), VmletError, name);
      assertEquals([error.code, isHypervisorPresent()], ["ERR_NO_HYPERVISOR", false]);
    });
  });
}

test("Vcpu.run() tries again after EAGAIN, until a kill comes", { skip }, async () => {
  using guest = new CodeGuest([0x90, ...END], 3);
  const { driver } = guest;
  let rounds = 0;
  const busy = (name: string) => name === "run" && rounds++ < 1000 ? -EAGAIN : undefined;
  assertEquals(await answerCalls(busy, () => guest.call()), [[108, 0]]);
  assert(rounds > 1000);
  // For ever; the shim looks for a kill before each KVM_RUN.
  const { token: { index } } = driver.interruptHandle();
  const kill = (name: string) => {
    if (name !== "run") return undefined;
    if (rounds++ === 5000) driver.interruptHandle().kill();
    return native().isCancelled(index) ? -EINTR : -EAGAIN;
  };
  const error = await answerCalls(kill, () => assertThrows(() => guest.call(), VmletError));
  assertEquals(error.code, "ERR_CANCELLED");
});

test(
  "Driver.dispatchCall() names KVM_RUN and the errno that it failed with",
  { skip },
  async () => {
    // By ioctls, since registers that KVM did not take from the kvm_run page can be read without it.
    using guest = new CodeGuest([0x90, ...END], 3, { syncRegisters: false });
    const broken = (name: string) => name === "run" ? -EIO : undefined;
    const error = await answerCalls(broken, () => assertThrows(() => guest.call(), KvmError));
    assertEquals([error.ioctl, error.symbol, error.code], ["KVM_RUN", "EIO", "ERR_KVM"]);
    assertEquals(guest.call(), [[108, 0]]);
    // The call ends even if what its error needs cannot be read.
    const silent = (name: string, [, request]: readonly unknown[]) =>
      name === "run" || request === IOCTL.KVM_GET_REGS ? -EFAULT : undefined;
    await answerCalls(silent, () => assertThrows(() => guest.call(), KvmError));
    assertEquals(guest.call(), [[108, 0]]);
  },
);
