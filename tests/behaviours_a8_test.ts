/** Hyperlight's behaviours A8: snapshots. docs/behaviours.md has the rows. */

import { rmSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type MemoryRegion, Snapshot } from "../mod.ts";
import { Folder } from "./support/cli.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf } from "./support/guests.ts";
import { BASE, collectUntil, PAGE, rustMemory, timesMapped } from "./support/rust_memory.ts";
import { needsHyperlightGuest } from "./support/skip.ts";

const skip = needsHyperlightGuest;
const AT = BigInt(BASE);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const words = (bytes: Uint8Array) => Array.from(new BigUint64Array(bytes.slice().buffer));

test(
  "A8.1 a snapshot is a copy of the guest's memory, and the list of its mapped regions",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    using sandbox = await rustMemory();
    const snapshot = sandbox.snapshot();
    assert(snapshot instanceof Snapshot);
    // Code and what the guest has touched; pages of zeroes take nothing.
    assert(snapshot.size > 256 * 1024 && snapshot.size % PAGE === 0, `${snapshot.size}`);
    sandbox.mapFile(folder.at("file"), BASE);
    // What is mapped is not copied, and what has not changed is shared.
    assertEquals([sandbox.snapshot().size, sandbox.snapshot().ownSize], [snapshot.size, 0]);
    // It does not change, so it can be restored more than once.
    for (const value of [5, 6]) {
      sandbox.exports.AddToStatic(value);
      sandbox.restore(snapshot);
      assertEquals([sandbox.exports.GetStatic(), sandbox.mappedRegions.length], [0, 0]);
    }
  },
);

test("A8.2 a snapshot without a change since the last one is that one", { skip }, async () => {
  using folder = new Folder({ file: "hello world" });
  using sandbox = await rustMemory();
  const first = sandbox.snapshot();
  assertStrictEquals(sandbox.snapshot(), first);
  // All that can change a guest makes it another one: a call, a region, no region.
  sandbox.exports.GetStatic();
  const second = sandbox.snapshot();
  assert(second !== first);
  assertStrictEquals(sandbox.snapshot(), second);
  const region = sandbox.mapFile(folder.at("file"), BASE);
  const mapped = sandbox.snapshot();
  assert(mapped !== second);
  sandbox.unmapRegion(region);
  assert(sandbox.snapshot() !== mapped);
  // The one that was restored is the one that is taken.
  sandbox.restore(first);
  assertStrictEquals(sandbox.snapshot(), first);
  // What failed before it changed anything changes nothing here either.
  errorOf(() => sandbox.mapFile(folder.at("missing"), BASE));
  assertStrictEquals(sandbox.snapshot(), first);
});

test("A8.3 a restore of the snapshot that is current does nothing", { skip }, async () => {
  using sandbox = await rustMemory();
  const snapshot = sandbox.snapshot();
  // A real one sets registers and gives the pages of the buffers back.
  const callsOfRestore = async () => {
    let count = 0;
    const countCall = () => {
      count++;
      return undefined;
    };
    await answerCalls(countCall, () => sandbox.restore(snapshot));
    return count;
  };
  assertEquals(await callsOfRestore(), 0);
  // After a call it is not current any more, whether or not the call changed anything.
  assertEquals(sandbox.exports.GetStatic(), 0);
  assert(await callsOfRestore() > 0);
  assertEquals(await callsOfRestore(), 0);
  assertEquals(sandbox.exports.AddToStatic(5), 5);
  sandbox.restore(snapshot);
  assertEquals(sandbox.exports.GetStatic(), 0);
});

test("A8.4 a snapshot of another sandbox is ERR_SNAPSHOT_MISMATCH", { skip }, async () => {
  using one = await rustMemory();
  using other = await rustMemory();
  const foreign = other.snapshot();
  one.exports.AddToStatic(5);
  const error = errorOf(() => one.restore(foreign));
  assertEquals(error.code, "ERR_SNAPSHOT_MISMATCH");
  assertEquals(error.message, "Cannot restore: the snapshot was taken of another sandbox");
  // It has changed nothing.
  assert(!one.poisoned);
  assertEquals(one.exports.GetStatic(), 5);
  // Nor does it heal.
  errorOf(() => one.exports.Panic("on purpose"));
  assertEquals(errorOf(() => one.restore(foreign)).code, "ERR_SNAPSHOT_MISMATCH");
  assert(one.poisoned);
});

test("A8.5 restores go back and forth any number of times", { skip }, async () => {
  using sandbox = await rustMemory();
  const { AddToStatic, GetStatic } = sandbox.exports;
  const snapshots = [sandbox.snapshot()];
  for (const value of [5, 10, 20]) {
    AddToStatic(value);
    snapshots.push(sandbox.snapshot());
  }
  const values = [0, 5, 15, 35];
  for (const i of [1, 3, 0, 2, 2, 1, 0, 3, 1]) {
    sandbox.restore(snapshots[i] as Snapshot);
    assertEquals(GetStatic(), values[i]);
    // And from there onwards as from the first time.
    assertEquals(AddToStatic(1), (values[i] as number) + 1);
  }
});

test(
  "A8.6 a restore brings the mapped regions back too, and the guest reads them",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world", other: "another one" });
    using sandbox = await rustMemory();
    const { ReadMapped } = sandbox.exports;
    const without = sandbox.snapshot();
    const address = 0x2_0000_0000;
    const region = sandbox.mapFile(folder.at("file"), address);
    const found = () => text(ReadMapped(BigInt(address), 11n, false));
    assertEquals(text(ReadMapped(BigInt(address), 11n, true)), "hello world");
    const withRegion = sandbox.snapshot();
    const shown = () => sandbox.mappedRegions.map((it) => [it.name, it.guestAddress, it.size]);
    assertEquals(shown(), [[folder.at("file"), address, PAGE]]);
    for (let i = 0; i < 3; i++) {
      sandbox.restore(without);
      assertEquals(shown(), []);
      // The guest's page tables are what they were, so to it there is no such address.
      assertEquals(errorOf(found).code, "ERR_MEMORY_ACCESS");
      sandbox.restore(withRegion);
      assertEquals(shown(), [[region.name, address, region.size]]);
      assertEquals(found(), "hello world");
    }
    assertEquals(
      errorOf(() => sandbox.mapFile(folder.at("file"), address)).code,
      "ERR_REGION_OVERLAP",
    );
    // A snapshot of one region takes the place of another that was mapped at the same address since.
    sandbox.unmapRegion(sandbox.mappedRegions[0] as MemoryRegion);
    sandbox.mapFile(folder.at("other"), address);
    assertEquals(found(), "another one");
    sandbox.restore(withRegion);
    assertEquals(found(), "hello world");
    // And a region that was unmapped comes back.
    sandbox.unmapRegion(sandbox.mappedRegions[0] as MemoryRegion);
    sandbox.restore(withRegion);
    assertEquals(found(), "hello world");
  },
);

test(
  "A8.6 better: a snapshot keeps the memory of its regions, and then lets it go",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    const path = folder.at("file");
    using sandbox = await rustMemory();
    const without = sandbox.snapshot();
    // In a function of its own, so that nothing but the sandbox knows the snapshot later.
    const keepOne = () => {
      sandbox.mapFile(path, BASE);
      sandbox.exports.ReadMapped(AT, 1n, true);
      return { snapshot: sandbox.snapshot() };
    };
    let kept: { snapshot: Snapshot } | undefined = keepOne();
    sandbox.restore(without);
    // The VM has it no more, and the snapshot does, also when the file has gone.
    assertEquals([sandbox.mappedRegions.length, timesMapped(path)], [0, 1]);
    rmSync(path);
    assertEquals(timesMapped(`${path} (deleted)`), 1);
    sandbox.restore(kept.snapshot);
    assertEquals(text(sandbox.exports.ReadMapped(AT, 11n, false)), "hello world");
    sandbox.restore(without);
    kept = undefined;
    assert(await collectUntil(() => timesMapped(`${path} (deleted)`) === 0), "still mapped");
  },
);

test(
  "A8.7 better: a restore brings the vCPU's other registers back too",
  { skip },
  async () => {
    using sandbox = await rustMemory();
    const { ControlRegisters, DirtyRegisters, DispatchRegisters, LoseTables, TriggerUd2 } =
      sandbox.exports;
    // cr0 cr2 cr3 cr4 dr0 dr1 dr2 dr3 dr6 dr7
    const before = words(ControlRegisters());
    const general = words(DispatchRegisters());
    const clean = sandbox.snapshot();
    DirtyRegisters();
    const dirty = words(ControlRegisters());
    for (const register of [1, 4, 5, 6, 7]) assertEquals(dirty[register], 0x4141414141414141n);
    // General registers are new at each dispatch, without a restore.
    assertEquals(words(DispatchRegisters()), general);
    sandbox.restore(clean);
    assertEquals(words(ControlRegisters()), before);
    // Descriptor tables: without them any exception is a triple fault, with them the guest reports it.
    LoseTables();
    assertEquals(errorOf(TriggerUd2).code, "ERR_UNEXPECTED_EXIT");
    for (let i = 0; i < 2; i++) {
      sandbox.restore(clean);
      const { code, vector } = errorOf(TriggerUd2);
      assertEquals([code, vector], ["ERR_GUEST_EXCEPTION", 6]);
    }
    // Those of a snapshot that was taken without tables are back when that is restored.
    sandbox.restore(clean);
    LoseTables();
    const lost = sandbox.snapshot();
    sandbox.restore(clean);
    sandbox.restore(lost);
    assertEquals(errorOf(TriggerUd2).code, "ERR_UNEXPECTED_EXIT");
  },
);

test(
  "A8.7 better: a restore ends what an interrupted instruction would still do",
  { skip },
  async () => {
    using sandbox = await rustMemory();
    const { DispatchRegisters, Echo, InPort, ReadMapped } = sandbox.exports;
    const registers = words(DispatchRegisters());
    const clean = sandbox.snapshot();
    // KVM holds the other half of these: Hyperlight's next call begins with it, and ends in a triple fault.
    for (
      const [interrupted, code] of [
        [() => InPort(98), "ERR_FORBIDDEN_PORT"],
        [() => ReadMapped(0x1_0000_0000n, 8n, true), "ERR_MEMORY_ACCESS"],
      ] as const
    ) {
      assertEquals(errorOf(interrupted).code, code);
      assert(sandbox.poisoned);
      sandbox.restore(clean);
      assertEquals(words(DispatchRegisters()), registers);
      assertEquals(Echo("after"), "after");
    }
  },
);
