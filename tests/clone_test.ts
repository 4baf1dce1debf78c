/** Sandboxes made from a snapshot: what they share, and what they do not. */

import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  type FunctionDefinitions,
  type GuestLogRecord,
  Sandbox,
  type Snapshot,
  VmletError,
} from "../mod.ts";
import { CAPABILITY, IOCTL } from "../src/kvm/constants.ts";
import { Memory } from "../src/kvm/mod.ts";
import { answerCalls, failEachCall } from "./support/failing_calls.ts";
import {
  BENCH,
  errorOf,
  guestBytes,
  HELLO,
  hello,
  HOST_ADD,
  type HOSTILE,
  hostile,
  rejectionOf,
} from "./support/guests.ts";
import { Folder } from "./support/cli.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { BASE, CODE, rustMemory } from "./support/rust_memory.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;
const HEAP = 0x20_0000_0000n;
const ENOMEM = 12;
const EINVAL = 22;

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

test(
  "Sandbox.fromSnapshot() makes a guest that is like another was, and each goes its own way",
  { skip },
  async () => {
    using first = await hello();
    first.exports.count();
    using two = first.snapshot();
    first.exports.count();
    using clone = await Sandbox.fromSnapshot(two, { imports: HOST_ADD });
    assertEquals([clone.exports.count(), clone.exports.count()], [2, 3]);
    assertEquals(clone.exports.add_in_host(20, 22), 42);
    assertEquals(first.exports.count(), 3);
    using other = await Sandbox.fromSnapshot(two);
    assertEquals(other.exports.count(), 2);
    assertEquals(await other.async.count(), 3);
  },
);

test(
  "Sandbox.fromSnapshot() needs neither the first sandbox nor the snapshot any more",
  { skip },
  async () => {
    const first = await hello();
    const snapshot = first.snapshot();
    using clone = await Sandbox.fromSnapshot(snapshot);
    first.close();
    using second = await Sandbox.fromSnapshot(snapshot);
    snapshot.close();
    assertEquals((await rejectionOf(Sandbox.fromSnapshot(snapshot))).code, "ERR_CLOSED");
    assertEquals([clone.exports.count(), clone.exports.count(), second.exports.count()], [1, 2, 1]);
    using grandchild = await Sandbox.fromSnapshot(clone.snapshot());
    clone.close();
    assertEquals([grandchild.exports.count(), second.exports.count()], [3, 2]);
  },
);

test(
  "Snapshots can be restored in all sandboxes that go back to one, and in no other",
  { skip },
  async () => {
    using first = await hello();
    using zero = first.snapshot();
    using clone = await Sandbox.fromSnapshot(zero);
    clone.exports.count();
    using one = clone.snapshot();
    using sibling = await Sandbox.fromSnapshot(one);
    for (const it of [first, clone, sibling]) {
      for (const [snapshot, next] of [[one, 2], [zero, 1], [one, 2]] as const) {
        it.restore(snapshot);
        assertEquals(it.exports.count(), next);
      }
    }
    using stranger = await hello();
    for (const snapshot of [zero, one]) {
      assertEquals(errorOf(() => stranger.restore(snapshot)).code, "ERR_SNAPSHOT_MISMATCH");
    }
    assertEquals(errorOf(() => clone.restore(stranger.snapshot())).code, "ERR_SNAPSHOT_MISMATCH");
  },
);

test("A poisoned clone is restored like any other sandbox", { skip }, async () => {
  using first = await hostile();
  using snapshot = first.snapshot();
  using clone = await Sandbox.fromSnapshot(snapshot);
  for (let round = 0; round < 3; round++) {
    for (const attack of ["invalid_opcode", "recurse_endlessly", "flood_abort"] as const) {
      errorOf(() => clone.exports[attack]());
      assert(clone.poisoned);
      clone.restore(snapshot);
      assertEquals(clone.exports.hello(), 42);
    }
  }
});

test("A clone of a guest at ring 0 is what that was, and is restored", { skip }, async () => {
  const guest = await buildRing0Guest("guest/examples/hello.c");
  using first = await Sandbox.create({ guest, exports: HELLO, imports: HOST_ADD });
  first.exports.count();
  using snapshot = first.snapshot();
  using clone = await Sandbox.fromSnapshot(snapshot, { imports: HOST_ADD });
  for (let round = 0; round < 3; round++) {
    assertEquals([clone.exports.count(), clone.exports.add_in_host(20, 22)], [2, 42]);
    assertEquals(errorOf(() => clone.exports.give_up(3)).guestCode, 3);
    clone.restore(snapshot);
  }
  using other = await Sandbox.fromSnapshot(clone.snapshot());
  assertEquals([other.exports.count(), first.exports.count()], [2, 2]);
});

test(
  "A clone has the mapped regions of its snapshot, and what a guest in Rust keeps",
  { skip: needsHyperlightGuest },
  async () => {
    using first = await rustMemory();
    using memory = new Memory(PAGE);
    memory.write(0, CODE);
    const flags = { read: true, execute: true };
    first.mapRegion({ name: "code", guestAddress: BASE, size: PAGE, memory, flags });
    first.exports.AddToStatic(5);
    using snapshot = first.snapshot();
    first.close();
    memory.close();
    using clone = await Sandbox.fromSnapshot(snapshot);
    assertEquals(clone.mappedRegions.map(({ name }) => name), ["code"]);
    assertEquals(clone.exports.ExecMapped(BigInt(BASE), true), 42);
    assertEquals(clone.exports.GetStatic(), 5);
    errorOf(() => clone.exports.TriggerUd2());
    clone.restore(snapshot);
    assertEquals([clone.exports.AddToStatic(1), clone.exports.ExecMapped(BigInt(BASE), true)], [
      6,
      42,
    ]);
  },
);

/** Three ways in which KVM may log what is written, by what it answers to questions. */
const LOGS = {
  manual: () => undefined,
  plain: (name: string, [, request, capability]: readonly unknown[]) =>
    name === "ioctl" && request === IOCTL.KVM_CHECK_EXTENSION &&
      capability === CAPABILITY.KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2
      ? 0
      : undefined,
  none: (name: string, [, request, bytes]: readonly unknown[]) =>
    name === "ioctlStruct" && request === IOCTL.KVM_SET_USER_MEMORY_REGION &&
      ((bytes as Uint8Array)[4] ?? 0) & 1
      ? -EINVAL
      : undefined,
} as const;

for (const [log, answer] of Object.entries(LOGS)) {
  test(
    `Clones, snapshots and restores at random are what they should be, ${log} log`,
    { skip },
    () => {
      return answerCalls(answer, async () => {
        const pages = 120;
        const next = random(log.length);
        const first = await hostile({ memory: { heap: pages * PAGE } });
        type State = ReadonlyMap<number, bigint>;
        const members: { sandbox: Sandbox<typeof HOSTILE>; state: Map<number, bigint> }[] = [];
        const snapshots: { snapshot: Snapshot<typeof HOSTILE>; state: State }[] = [];
        // What the allocator of the kit keeps is in its first page.
        const address = (page: number) => HEAP + BigInt(page * PAGE + 64);
        const initial = range(pages).map((page) =>
          [page, first.exports.peek(address(page))] as const
        );
        members.push({ sandbox: first, state: new Map(initial) });
        const check = ({ sandbox, state }: typeof members[number], what: string) => {
          for (const [page, value] of state) {
            assertEquals(sandbox.exports.peek(address(page)), value, `${what}, page ${page}`);
          }
        };
        for (let step = 0; step < (process.env.NESTED_KVM ? 40 : 160); step++) {
          const member = members[next(members.length)] as typeof members[number];
          const { sandbox, state } = member;
          const chosen = snapshots[next(snapshots.length || 1)];
          const action = next(10);
          if (action < 4) {
            for (let i = 0; i < 1 + next(30); i++) {
              // Zero now and then, since pages of zeroes are special.
              const [page, value] = [1 + next(pages - 1), BigInt(next(3))];
              sandbox.exports.poke(address(page), value);
              state.set(page, value);
            }
          } else if (action < 6 || !chosen) {
            const snapshot = sandbox.snapshot();
            // It may be one that is there already.
            if (snapshots.every((it) => it.snapshot !== snapshot)) {
              snapshots.push({ snapshot, state: new Map(state) });
            }
          } else if (action === 6 && members.length < 12) {
            const clone = await Sandbox.fromSnapshot(chosen.snapshot);
            members.push({ sandbox: clone, state: new Map(chosen.state) });
          } else if (action === 7 && members.length > 4) {
            members.splice(members.indexOf(member), 1);
            sandbox.close();
          } else if (action === 8 && snapshots.length > 8) {
            snapshots.splice(snapshots.indexOf(chosen), 1);
            chosen.snapshot.close();
          } else {
            sandbox.restore(chosen.snapshot);
            member.state = new Map(chosen.state);
            check(member, `step ${step}`);
          }
        }
        members.forEach((it, i) => check(it, `member ${i} in the end`));
        for (const { sandbox } of members) sandbox.close();
        for (const { snapshot } of snapshots) snapshot.close();
      });
    },
  );
}

/** Numbers that are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 >>> 0;
    return ((state ^ state >>> 13) >>> 0) % below;
  };
}

test("Clones share what none of them writes to, and take nothing for what they do not touch", {
  skip,
}, async () => {
  const pages = process.env.NESTED_KVM ? 2048 : 8192;
  const memory = { heap: (pages + 64) * PAGE };
  using first = await Sandbox.create({ guest: guestBytes("bench"), exports: BENCH, memory });
  first.exports.dirty(0, pages);
  using snapshot = first.snapshot();
  first.close();
  using warm = await Sandbox.fromSnapshot(snapshot);
  assertEquals(warm.exports.add(1, 2), 3);
  const before = residentKiB();
  const clones = await Promise.all(range(10).map(() => Sandbox.fromSnapshot(snapshot)));
  for (const { exports } of clones) assertEquals(exports.add(20, 22), 42);
  const each = (residentKiB() - before) / clones.length;
  assert(each < pages * 4 / 16, `${each} KiB for each of them, and the guest has ${pages * 4}`);
  // What the guest writes to is its own.
  clones[0]?.exports.dirty(0, pages);
  assert(residentKiB() - before > pages * 2);
  for (const it of clones) it.close();
});

function residentKiB(): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]);
}

test(
  "A clone's memory is made of few mappings, however its snapshot is scattered",
  { skip },
  async () => {
    using first = await hostile({ memory: { heap: 4096 * PAGE } });
    for (let page = 0; page < 4096; page += 40) first.exports.poke(HEAP + BigInt(page * PAGE), 7n);
    using snapshot = first.snapshot();
    using warm = await Sandbox.fromSnapshot(snapshot);
    const before = mappings();
    using clone = await Sandbox.fromSnapshot(snapshot);
    assert(mappings() - before <= 24, `${mappings() - before} mappings`);
    for (let page = 0; page < 4096; page += 10) {
      const expected = page % 40 === 0 ? 7n : 0n;
      assertEquals(clone.exports.peek(HEAP + BigInt(page * PAGE)), expected, `page ${page}`);
    }
    assertEquals(warm.exports.hello(), 42);
  },
);

const mappings = () => readFileSync("/proc/self/maps", "latin1").split("\n").length;

test(
  "Sandbox.fromSnapshot() has the imports that it is given, and no other",
  { skip },
  async () => {
    using first = await hello();
    using snapshot = first.snapshot();
    using without = await Sandbox.fromSnapshot(snapshot);
    const error = errorOf(() => without.exports.add_in_host(1, 2));
    assertEquals(error.code, "ERR_GUEST_ERROR");
    assert(error.message.includes("host_add was not found"), error.message);
    using other = await Sandbox.fromSnapshot(snapshot, {
      imports: { host_add: { parameters: ["i32", "i32"], result: "i32", callback: () => 7 } },
    });
    assertEquals(other.exports.add_in_host(1, 2), 7);
    const wrong = { host_add: { parameters: ["i32"], result: "i32", callback: () => 7 } } as const;
    assertEquals(
      (await rejectionOf(Sandbox.fromSnapshot(snapshot, { imports: wrong }))).code,
      "ERR_GUEST_FUNCTION_MISMATCH",
    );
  },
);

test(
  "Snapshot.exports defines a clone's functions, and options may only agree",
  { skip },
  async () => {
    using first = await hello();
    using snapshot = first.snapshot();
    assertEquals({ ...snapshot.exports }, HELLO);
    // It is the definition of all sandboxes that go back to one.
    assert(Object.isFrozen(snapshot.exports));
    assert(
      Object.isFrozen(snapshot.exports.add) && Object.isFrozen(snapshot.exports.add.parameters),
    );
    const { add } = HELLO;
    using some = await Sandbox.fromSnapshot(snapshot, { exports: { add } });
    assertEquals([Object.keys(some.exports), some.exports.add(1, 2)], [["add"], 3]);
    for (
      const [exports, code] of [
        [{ add: { parameters: ["i32"], result: "i32" } }, "ERR_GUEST_FUNCTION_MISMATCH"],
        [{ toString: { parameters: [], result: "i32" } }, "ERR_GUEST_FUNCTION_NOT_FOUND"],
      ] as const
    ) {
      const options: { exports: FunctionDefinitions } = { exports };
      assertEquals((await rejectionOf(Sandbox.fromSnapshot(snapshot, options))).code, code);
    }
  },
);

test("Sandbox.fromSnapshot() refuses what is wrong", { skip }, async () => {
  using first = await hello();
  using snapshot = first.snapshot();
  const make = Sandbox.fromSnapshot as (...args: unknown[]) => Promise<unknown>;
  for (const it of [undefined, null, {}, first]) await assertRejects(() => make(it), TypeError);
  for (
    const [options, type] of [
      [null, TypeError],
      [{ imports: 1 }, TypeError],
      [{ imports: { host_add: { parameters: [], result: "i32" } } }, TypeError],
      [{ log: 1 }, TypeError],
      [{ logLevel: "loud" }, RangeError],
      [{ deadline: -1 }, RangeError],
      [{ interruptSignalOffset: 30 }, RangeError],
    ] as const
  ) await assertRejects(() => make(snapshot, options), type);
});

test("A clone has limits and a log of its own", { skip }, async () => {
  const guest = guestBytes("bench");
  using first = await Sandbox.create({ guest, exports: BENCH, deadline: 10_000 });
  using snapshot = first.snapshot();
  const heard: GuestLogRecord[] = [];
  using clone = await Sandbox.fromSnapshot(snapshot, { deadline: 20, log: (it) => heard.push(it) });
  assertEquals(errorOf(() => clone.exports.spin()).code, "ERR_DEADLINE");
  clone.restore(snapshot);
  const handle = clone.interruptHandle();
  assertEquals([handle.kill(), handle.dropped, clone.exports.add(1, 2)], [false, false, 3]);
  assertEquals(heard, []);
});

test("A clone that crashes leaves a core dump where its options say", { skip }, async () => {
  using folder = new Folder({});
  using first = await hostile();
  using clone = await Sandbox.fromSnapshot(first.snapshot(), {
    coreDumps: { directory: folder.path },
  });
  const { coreDump } = errorOf(() => clone.exports.invalid_opcode());
  assert(coreDump !== undefined && readFileSync(coreDump).length > 100_000);
});

test(
  "Clones of a snapshot draw the same random numbers, other sandboxes do not",
  { skip },
  async () => {
    const guest = await buildGuest("kit.c");
    const exports = { random: { parameters: [], result: "u64" } } as const;
    using first = await Sandbox.create({ guest, exports });
    using stranger = await Sandbox.create({ guest, exports });
    using snapshot = first.snapshot();
    using clone = await Sandbox.fromSnapshot(snapshot);
    const number = first.exports.random();
    assertEquals(clone.exports.random(), number);
    assert(stranger.exports.random() !== number);
  },
);

test(
  "Sandbox.fromSnapshot() leaves nothing behind when a call fails, and says so",
  { skip },
  async () => {
    const first = await hello();
    using snapshot = first.snapshot();
    // So that none leaves its VM to the next.
    first.close();
    // All that is made once for a thread is there.
    (await Sandbox.fromSnapshot(snapshot)).close();
    const open = () => readdirSync("/proc/self/fd").length;
    const before = [open(), mappings()];
    const clone = async () => {
      using sandbox = await Sandbox.fromSnapshot(snapshot);
      assertEquals(sandbox.exports.count(), 1);
    };
    const count = await failEachCall(ENOMEM, clone, ({ call, error }) => {
      if (error) assertInstanceOf(error, VmletError, call);
      assertEquals(open(), before[0], call);
      assert(Math.abs(mappings() - (before[1] ?? 0)) < 8, `${call}: ${mappings()} mappings`);
    });
    assert(count > 8, `${count} calls`);
  },
);

test(
  "Sandbox.fromSnapshot() says so when the kernel has no file for the snapshot",
  { skip },
  async () => {
    using first = await hello();
    using snapshot = first.snapshot();
    for (const errno of [1, 24]) {
      const refuse = (name: string) => name === "memfdCreate" ? -errno : undefined;
      const error = await answerCalls(refuse, () => rejectionOf(Sandbox.fromSnapshot(snapshot)));
      assertEquals([error.code, error.errno], [errno === 24 ? "ERR_LIMIT" : "ERR_MEMORY", errno]);
    }
    for (const call of ["ftruncate", "writeTable", "pwrite", "fcntl"] as const) {
      const refuse = (name: string) => name === call ? -ENOMEM : undefined;
      const error = await answerCalls(refuse, () => rejectionOf(Sandbox.fromSnapshot(snapshot)));
      assertEquals([error.code, error.errno], ["ERR_MEMORY", ENOMEM], call);
    }
    using clone = await Sandbox.fromSnapshot(snapshot);
    first.restore(snapshot);
    assertEquals([clone.exports.count(), first.exports.count()], [1, 1]);
  },
);
