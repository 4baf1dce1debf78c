/**
 * Guests of ring 0 where KVM keeps what their page tables led to. KVMs that do are rare, so this process takes every KVM
 * for one; whether stale page tables lead nowhere is tested in reuse_test.ts, on each KVM as it is.
 */

import { test } from "node:test";
import { assertEquals } from "@std/assert";
import { Sandbox } from "../mod.ts";
import { keepsTables } from "../src/driver/kept_tables.ts";
import { IOCTL, Memory, UserspaceMemoryRegion } from "../src/kvm/mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf } from "./support/guests.ts";
import { CODE, CodeGuest, MMIO, MMIO_PHYSICAL, readAt } from "./support/machine_code.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const HALT = 0xf4;
const PAGE = 4096;
const ENOMEM = 12;

/** The sizes with which slots are made and deleted meanwhile, of which the one with this number fails. */
async function slotChanges(run: () => unknown, failing = -1): Promise<number[]> {
  const sizes: number[] = [];
  await answerCalls((_, [, request, bytes]) => {
    if (request !== IOCTL.KVM_SET_USER_MEMORY_REGION) return undefined;
    const { memorySize } = UserspaceMemoryRegion.at((bytes as Uint8Array<ArrayBuffer>).buffer);
    return sizes.push(Number(memorySize)) === failing + 1 ? -ENOMEM : undefined;
  }, run);
  return sizes;
}

test("KVM that does not say whether it keeps page tables is taken for one that does", {
  skip,
}, async () => {
  // No VM can be made.
  assertEquals(
    await answerCalls((name) => name === "mmap" ? -ENOMEM : undefined, keepsTables),
    true,
  );
  // Nothing runs, so nothing halts.
  const answer = (name: string) => name === "run" ? 0 : undefined;
  assertEquals(await answerCalls(answer, keepsTables), true);
});

test("Driver.restoreCpu() lets a slot come and go, so that KVM forgets page tables", {
  skip,
}, async () => {
  using guest = new CodeGuest([HALT, ...readAt(MMIO), HALT], 0);
  const { driver, layout } = guest;
  const clean = driver.saveCpu();
  // Nothing is there for the guest afterwards, and a region may be.
  const region = {
    name: "next",
    guestAddress: layout.size,
    size: PAGE,
    memory: guest.memory,
    flags: { read: true },
  };
  for (let round = 0; round < 3; round++) {
    assertEquals(await slotChanges(() => driver.restoreCpu(clean)), [PAGE, 0]);
    guest.call();
    if (round === 0) driver.mapRegion(region);
  }
  driver.unmapRegion(region);
});

test("Driver.restoreCpu() that fails half-way leaves the guest no memory", { skip }, async () => {
  using guest = new CodeGuest([HALT, ...readAt(MMIO), HALT], 0);
  const { driver, layout } = guest;
  const clean = driver.saveCpu();
  // All that lies before what the guest reads is taken, so the slot comes and goes there.
  const size = MMIO_PHYSICAL - layout.size;
  using memory = new Memory(size);
  driver.mapRegion({
    name: "before",
    guestAddress: layout.size,
    size,
    memory,
    flags: {},
  });
  const restore = () => driver.restoreCpu(clean);
  for (const failing of [0, 1]) {
    const attempt = () => assertEquals(errorOf(restore).code, "ERR_KVM");
    assertEquals((await slotChanges(attempt, failing)).length, failing + 1);
    // What was left is taken away before another comes.
    assertEquals(await slotChanges(restore), failing === 0 ? [PAGE, 0] : [0]);
    guest.call();
    assertEquals(errorOf(() => guest.call(CODE + 1)).code, "ERR_MEMORY_ACCESS");
    assertEquals(await slotChanges(restore), [PAGE, 0]);
  }
});

test("Sandbox at ring 0 is restored and leaves its VM where KVM keeps page tables", {
  skip,
}, async () => {
  const exports = {
    plant: { parameters: ["u64", "bool"], result: "void" },
    hunt: { parameters: ["u64"], result: "u64" },
  } as const;
  const guest = await buildRing0Guest("secrets.c");
  const create = () => Sandbox.create({ guest, exports, memory: { heap: 65536 } });
  const secret = 0x5ec2_e75e_c2e6n;
  const others = secret ^ (1n << 64n) - 1n;
  using first = await create();
  using clean = first.snapshot();
  for (let round = 0; round < 3; round++) {
    first.exports.plant(secret, false);
    first.restore(clean);
    assertEquals(first.exports.hunt(others), 0n);
    const next = await create();
    next.exports.plant(secret, false);
    // The slot that comes and goes, and none of a new VM in all rounds but the first.
    assertEquals(await slotChanges(() => next.close()), [PAGE, 0]);
  }
  const changes = await slotChanges(async () => {
    using last = await create();
    assertEquals(last.exports.hunt(others), 0n);
  });
  assertEquals(changes, [PAGE, 0]);
});
