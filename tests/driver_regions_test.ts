/** The regions of a guest's memory: mapping, unmapping, slots, and what a guest may not touch. */

import { test } from "node:test";
import { readFileSync } from "node:fs";
import process from "node:process";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { native, VmletError } from "../src/ffi/mod.ts";
import { Kvm, KvmError, Memory } from "../src/kvm/mod.ts";
import type { MemoryRegion } from "../src/driver/mod.ts";
import {
  CODE,
  CodeGuest,
  type CodeOptions,
  MMIO,
  MMIO_PHYSICAL,
  readAt,
  withPort,
  writeAt,
} from "./support/machine_code.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const HALT = 0xf4;
const PAGE = 4096;
/** `out 102, eax`: tells what was read. */
const tell = withPort(102, 0xef);
/** Reads 32 bits at an address of the guest's and tells them. */
const READ = (address: number) => [...readAt(address), ...tell, HALT];

const failure = (run: () => unknown): VmletError => assertThrows(run, VmletError);
const outOfRange = (run: () => unknown) =>
  assertEquals((assertThrows(run, RangeError) as { code?: string }).code, "ERR_OUT_OF_RANGE");

/** A region of memory of its own at the address that the guest sees at MMIO, plus an offset. */
function region(memory: Memory, more: Partial<MemoryRegion> = {}): MemoryRegion {
  const flags = { read: true, write: true };
  return {
    name: "test",
    guestAddress: MMIO_PHYSICAL,
    size: memory.size,
    memory,
    flags,
    ...more,
  };
}

/** A guest that reads at MMIO and tells, and one that writes there. */
const guestOf = (code: readonly number[], options?: CodeOptions) => new CodeGuest(code, 0, options);

/** The first mapping of this process that begins at an address. */
const isMapped = (address: number) =>
  readFileSync("/proc/self/maps", "latin1").includes(`${address.toString(16)}-`);

test("Driver.mapRegion() shows memory to the guest, unmapRegion() takes it away", { skip }, () => {
  using memory = new Memory(2 * PAGE);
  memory.write(0, Uint8Array.of(1, 2, 3, 4));
  memory.write(PAGE, Uint8Array.of(5, 6, 7, 8));
  using guest = guestOf(READ(MMIO));
  const { driver } = guest;
  const whole = region(memory);
  const second = region(memory, { offset: PAGE, size: PAGE });
  assertEquals(failure(() => guest.call()).code, "ERR_MEMORY_ACCESS");
  for (const [mapped, value] of [[whole, 0x4030201], [second, 0x8070605]] as const) {
    driver.mapRegion(mapped);
    assertEquals(driver.mappedRegions, [mapped]);
    assertEquals(guest.call(), [[102, value]]);
    driver.unmapRegion(mapped);
    assertEquals(driver.mappedRegions, []);
    const error = failure(() => guest.call());
    assertEquals([error.code, error.address], ["ERR_MEMORY_ACCESS", BigInt(MMIO_PHYSICAL)]);
  }
});

test("Driver.mapRegion() works from inside a call", { skip }, () => {
  using memory = new Memory(PAGE);
  memory.write(0, Uint8Array.of(9));
  const told: number[] = [];
  using guest: CodeGuest = guestOf([...tell, ...READ(MMIO)], {
    hooks: {
      out: (_, value) => {
        if (told.push(value) === 1) guest.driver.mapRegion(region(memory));
        return false;
      },
    },
  });
  guest.driver.dispatchCall(CODE);
  assertEquals(told, [0, 9]);
});

test("Driver.mapRegion() refuses what is not of whole pages, at all four ends", { skip }, () => {
  using memory = new Memory(4 * PAGE);
  using guest = guestOf(READ(MMIO));
  const { driver } = guest;
  const size = PAGE;
  for (
    const more of [
      { size, guestAddress: MMIO_PHYSICAL + 1 },
      { size: PAGE + 8 },
      { size, offset: 16 },
      { size: PAGE / 2, offset: PAGE / 2 },
      { size: 0 },
      { size: -PAGE },
      { size, guestAddress: -PAGE },
      { size, guestAddress: 2 ** 52 },
      { size, guestAddress: NaN },
      { size, offset: -PAGE },
      { size, offset: 4 * PAGE },
      { size: 5 * PAGE },
      { size: 1.5 },
    ]
  ) outOfRange(() => driver.mapRegion(region(memory, more)));
  assertEquals(driver.mappedRegions, []);
  driver.mapRegion(region(memory));
  guest.call();
});

test("Driver.mapRegion() refuses a region that overlaps with another", { skip }, () => {
  using memory = new Memory(8 * PAGE);
  const at = (page: number, pages: number) =>
    region(memory, { guestAddress: MMIO_PHYSICAL + page * PAGE, size: pages * PAGE });
  using guest = guestOf(READ(MMIO), { extra: [at(10, 2)] });
  const { driver } = guest;
  driver.mapRegion(at(2, 4));
  for (
    const [page, pages] of [[2, 4], [1, 2], [5, 2], [3, 1], [1, 8], [2, 1], [5, 1], [9, 2], [
      11,
      2,
    ]] as const
  ) {
    const error = failure(() => driver.mapRegion(at(page, pages)));
    assertEquals(error.code, "ERR_REGION_OVERLAP", `${page}, ${pages}`);
  }
  const own = region(memory, { guestAddress: 0, size: PAGE });
  const error = failure(() => driver.mapRegion(own));
  assert(error.message.includes('"guest memory"'), error.message);
  // Neighbours do not overlap.
  driver.mapRegion(at(0, 2));
  driver.mapRegion(at(6, 4));
  assertEquals(driver.mappedRegions, [at(2, 4), at(0, 2), at(6, 4)]);
});

test("Driver.unmapRegion() refuses a region that was not mapped just like that", { skip }, () => {
  using memory = new Memory(2 * PAGE);
  using other = new Memory(2 * PAGE);
  using guest = guestOf(READ(MMIO));
  const { driver } = guest;
  const mapped = region(memory);
  driver.mapRegion(mapped);
  for (
    const not of [
      { ...mapped, size: PAGE },
      { ...mapped, size: PAGE, offset: PAGE },
      { ...mapped, guestAddress: MMIO_PHYSICAL + PAGE },
      { ...mapped, memory: other },
      { ...mapped, flags: { read: true } },
      driver.regions[0] as MemoryRegion,
    ]
  ) assertEquals(failure(() => driver.unmapRegion(not)).code, "ERR_REGION_NOT_MAPPED");
  assertEquals(driver.mappedRegions, [mapped]);
  guest.call();
  driver.unmapRegion({ ...mapped });
  assertEquals(failure(() => driver.unmapRegion(mapped)).code, "ERR_REGION_NOT_MAPPED");
});

test("Driver.mapRegion() that KVM refuses changes nothing", { skip }, () => {
  // One page more than KVM allows a slot: 2^31 - 1.
  using large = new Memory(2 ** 31 * PAGE);
  using memory = new Memory(PAGE);
  memory.write(0, Uint8Array.of(3));
  using guest = guestOf(READ(MMIO));
  const { driver } = guest;
  const refused = region(large);
  const error = assertThrows(() => driver.mapRegion(refused), KvmError);
  assertEquals(error.ioctl, "KVM_SET_USER_MEMORY_REGION");
  assertEquals(driver.mappedRegions, []);
  assertEquals(failure(() => driver.unmapRegion(refused)).code, "ERR_REGION_NOT_MAPPED");
  driver.mapRegion(region(memory));
  assertEquals(guest.call(), [[102, 3]]);
  large.close();
  assertEquals(isMapped(large.address), false);
});

test("Driver.mapRegion() uses freed slots again, and says when none is left", { skip }, () => {
  using kvm = Kvm.open();
  const slots = kvm.checkExtension("KVM_CAP_NR_MEMSLOTS");
  using memory = new Memory(PAGE);
  memory.write(0, Uint8Array.of(3));
  using guest = guestOf(READ(MMIO));
  const { driver } = guest;
  // Far behind what the guest sees; the last one is for the end of the test.
  const far = (i: number) => region(memory, { guestAddress: 2 * MMIO_PHYSICAL + i * 2 * PAGE });
  // One slot is the guest's own. A nested hypervisor is too slow to fill all.
  const count = process.env.NESTED_KVM ? 50 : slots - 2;
  for (let i = 0; i < count; i++) driver.mapRegion(far(i));
  for (let i = 0; i < 10; i++) {
    driver.mapRegion(region(memory));
    assertEquals(guest.call(), [[102, 3]]);
    if (count === slots - 2) {
      const error = failure(() => driver.mapRegion(far(count)));
      assertEquals([error.code, error.message.includes(`${slots}`)], ["ERR_LIMIT", true]);
      assertEquals(driver.mappedRegions.length, count + 1);
    }
    driver.unmapRegion(region(memory));
  }
});

test("Driver.create() puts neighbours that KVM treats alike into one slot", { skip }, () => {
  // More regions than there are slots.
  using kvm = Kvm.open();
  const count = kvm.checkExtension("KVM_CAP_NR_MEMSLOTS") + 10;
  using memory = new Memory(count * PAGE);
  memory.write(5 * PAGE, Uint8Array.of(4));
  const extra = Array.from({ length: count }, (_, i) =>
    region(memory, {
      name: `${i}`,
      guestAddress: MMIO_PHYSICAL + i * PAGE,
      offset: i * PAGE,
      size: PAGE,
    }));
  // In any order.
  extra.reverse();
  // KVM knows writing, or reading and executing; what else differs needs no slot of its own.
  const alike = [
    [{ read: true, write: true }, { read: true, write: true, execute: true }],
    [{ read: true }, { read: true, execute: true }],
    [{ execute: true }, { read: true }],
  ];
  for (const rights of alike) {
    const regions = extra.map((it, i) => ({ ...it, flags: rights[i % 2] ?? {} }));
    using guest = guestOf(READ(MMIO + 5 * PAGE), { extra: regions });
    assertEquals(guest.call(), [[102, 4]]);
    assertEquals(guest.driver.regions.map(({ flags }) => flags).slice(1), [
      ...regions.map(({ flags }) => flags),
    ]);
  }
  // Nor do guards, which are in no slot; a touch still names the one that it hit.
  const guards = extra.map((it, i) => ({ ...it, flags: i % 2 ? { stackGuard: true } : {} }));
  using guarded = guestOf(READ(MMIO + 5 * PAGE), { extra: guards });
  const touched = guards.find(({ name }) => name === "5")?.flags.stackGuard;
  assertEquals(
    failure(() => guarded.call()).code,
    touched ? "ERR_STACK_OVERFLOW" : "ERR_MEMORY_ACCESS",
  );
  // Every second one cannot be written: now each needs a slot of its own. A nested hypervisor is too slow to fill all.
  if (process.env.NESTED_KVM) return;
  const mixed = extra.map((it, i) => i % 2 ? it : { ...it, flags: { read: true } });
  assertEquals(failure(() => guestOf([HALT], { extra: mixed })).code, "ERR_LIMIT");
});

test("Driver.create() refuses regions that overlap, and lets their memory go", { skip }, () => {
  const memory = new Memory(2 * PAGE);
  const extra = [region(memory), region(memory, { guestAddress: MMIO_PHYSICAL + PAGE })];
  assertEquals(failure(() => guestOf([HALT], { extra })).code, "ERR_REGION_OVERLAP");
  outOfRange(() => guestOf([HALT], { extra: [region(memory, { size: 1 })] }));
  memory.close();
  assertEquals(isMapped(memory.address), false);
});

for (
  const [what, flags, code, expected] of [
    ["a write to a region that is for reading", { read: true }, writeAt(MMIO), [
      "ERR_MEMORY_ACCESS",
      "write",
    ]],
    ["a write to a region that is for executing", { read: true, execute: true }, writeAt(MMIO), [
      "ERR_MEMORY_ACCESS",
      "write",
    ]],
    ["a read of a region that is for nothing", {}, readAt(MMIO), ["ERR_MEMORY_ACCESS", "read"]],
    ["a write to a region that is for nothing", {}, writeAt(MMIO), ["ERR_MEMORY_ACCESS", "write"]],
  ] as const
) {
  test(
    `Driver.dispatchCall() names the address, the access and the region at ${what}`,
    { skip },
    () => {
      using memory = new Memory(PAGE);
      const neighbour = new Memory(PAGE);
      using guest = guestOf([...code, HALT], {
        extra: [
          region(memory, { name: "wanted", flags }),
          region(neighbour, { name: "other", guestAddress: MMIO_PHYSICAL + PAGE, flags }),
        ],
      });
      const error = failure(() => guest.call());
      assertEquals([error.code, error.access], [...expected]);
      // The two instructions are of 10 and 2 bytes; a write has been carried out but for its effect.
      const rip = CODE + (error.access === "read" ? 10 : 12);
      assertEquals([error.address, error.rip], [BigInt(MMIO_PHYSICAL), BigInt(rip)]);
      assert(error.message.includes("wanted"), error.message);
      neighbour.close();
    },
  );
}

test("Driver.dispatchCall() names the region whose memory is gone", { skip }, () => {
  using memory = new Memory(PAGE);
  using guest = guestOf([...readAt(MMIO), HALT], { extra: [region(memory, { name: "wanted" })] });
  native().mprotect(memory.address, PAGE, 0);
  const error = failure(() => guest.call());
  assertEquals(error.code, "ERR_MEMORY_ACCESS");
  // PVM takes it for MMIO; elsewhere KVM_RUN fails, without an address.
  if (!(error.cause instanceof KvmError)) {
    assertEquals(error.address, BigInt(MMIO_PHYSICAL));
    assert(error.message.includes("wanted, whose memory is gone"), error.message);
  }
  native().mprotect(memory.address, PAGE, 3);
  assertEquals(guest.call(), []);
});

test("Driver.dispatchCall() calls a touch of a stack's guard an overflow", { skip }, () => {
  using memory = new Memory(PAGE);
  const guard = region(memory, { flags: { stackGuard: true } });
  for (const code of [readAt(MMIO), writeAt(MMIO)]) {
    using guest = guestOf([...code, HALT], { extra: [guard] });
    const error = failure(() => guest.call());
    assertEquals([error.code, error.address], ["ERR_STACK_OVERFLOW", BigInt(MMIO_PHYSICAL)]);
  }
});

test("Memory that is closed stays mapped for as long as a guest has it", { skip }, () => {
  const memory = new Memory(PAGE);
  memory.write(0, Uint8Array.of(7));
  using guest = guestOf(READ(MMIO));
  const mapped = region(memory);
  guest.driver.mapRegion(mapped);
  memory.close();
  assertEquals(isMapped(memory.address), true);
  assertEquals(guest.call(), [[102, 7]]);
  guest.driver.unmapRegion(mapped);
  assertEquals(isMapped(memory.address), false);
  // Closed memory cannot be mapped again.
  assertEquals(failure(() => guest.driver.mapRegion(mapped)).code, "ERR_CLOSED");
});

test("Driver.close() lets the memory of its regions go", { skip }, () => {
  const memory = new Memory(PAGE);
  const guest = guestOf([HALT]);
  guest.driver.mapRegion(region(memory));
  memory.close();
  guest[Symbol.dispose]();
  assertEquals(isMapped(memory.address), false);
  assertEquals(failure(() => guest.driver.mapRegion(region(memory))).code, "ERR_CLOSED");
});

test(
  "Driver.mapRegion() reads a region once, also a frozen one whose values change",
  { skip },
  () => {
    using guest = new CodeGuest([HALT], 0);
    using memory = new Memory(4096);
    let asked = 0;
    const region: MemoryRegion = Object.freeze({
      name: "changing",
      guestAddress: 0x5000_0000,
      size: 4096,
      memory,
      // What comes behind the memory is not the guest's.
      get offset() {
        return asked++ === 0 ? 0 : 4096 * asked;
      },
      flags: Object.freeze({ read: true }),
    });
    guest.driver.mapRegion(region);
    assertEquals([asked, guest.driver.mappedRegions[0]?.offset], [1, 0]);
  },
);
