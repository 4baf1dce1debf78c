/** What a sandbox says of itself: its memory, its exits and its time. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { Sandbox, type SandboxStats } from "../mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { BENCH, errorOf, guestBytes, HELLO, hello, helloWith } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;

const ADD = { parameters: ["i32", "i32"], result: "i32" } as const;

/** A sandbox of bench.c. */
function bench(heap = 4 * 1024 * 1024) {
  const imports = { host_add: { ...ADD, callback: (a: number, b: number) => a + b } };
  return Sandbox.create({ guest: guestBytes("bench"), exports: BENCH, imports, memory: { heap } });
}

/** Takes that long. */
function wait(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

/** What happened between two looks. */
function between(before: SandboxStats, after: SandboxStats) {
  const io = (stats: SandboxStats) => stats.exits.KVM_EXIT_IO ?? 0;
  return {
    io: io(after) - io(before),
    guestTime: after.guestTime - before.guestTime,
    hostTime: after.hostTime - before.hostTime,
  };
}

test("Sandbox.stats() counts exits by reason", { skip }, async () => {
  using sandbox = await hello();
  const { exits } = sandbox.stats();
  // The end of its initialisation.
  assertEquals(exits.KVM_EXIT_IO, 1);
  for (let i = 0; i < 10; i++) sandbox.exports.add(i, 1);
  assertEquals(sandbox.stats().exits.KVM_EXIT_IO, 11);
  // Each import is one more.
  for (let i = 0; i < 10; i++) sandbox.exports.add_in_host(i, 1);
  assertEquals(sandbox.stats().exits.KVM_EXIT_IO, 31);
  // What was told is a copy.
  assertEquals(exits.KVM_EXIT_IO, 1);
});

test("Sandbox.stats() counts the exits of asynchronous calls too", { skip }, async () => {
  await using sandbox = await hello();
  for (let i = 0; i < 5; i++) await sandbox.async.add_in_host(i, 1);
  assertEquals(sandbox.stats().exits.KVM_EXIT_IO, 11);
});

test("Sandbox.stats() counts the halts of a guest of ring 0", { skip }, async () => {
  const guest = await buildRing0Guest("guest/examples/hello.c");
  const imports = { host_add: { ...ADD, callback: () => 0 } };
  using sandbox = await Sandbox.create({ guest, exports: HELLO, imports });
  for (let i = 0; i < 3; i++) sandbox.exports.add(i, 1);
  assertEquals(sandbox.stats().exits.KVM_EXIT_HLT, 4);
});

test("Sandbox.stats() counts interruptions", { skip }, async () => {
  using sandbox = await bench();
  const clean = sandbox.snapshot();
  for (let i = 1; i <= 3; i++) {
    errorOf(() => sandbox.call("spin", [], { deadline: 5 }));
    assert((sandbox.stats().exits.KVM_EXIT_INTR ?? 0) >= i);
    sandbox.restore(clean);
  }
});

test("Sandbox.stats() tells the guest's time from its host's", { skip }, async () => {
  using sandbox = await bench();
  const started = sandbox.stats();
  assert(started.guestTime > 0, "it initialised");
  const began = performance.now();
  errorOf(() => sandbox.call("spin", [], { deadline: 40 }));
  const took = performance.now() - began;
  const ran = between(started, sandbox.stats());
  assert(ran.guestTime > 30 && ran.guestTime <= took + 1, `${ran.guestTime} of ${took} ms`);
  assert(ran.hostTime < took - ran.guestTime + 1, `${ran.hostTime} of ${took} ms`);
});

test("Sandbox.stats() counts imports as the host's time, however they end", { skip }, async () => {
  let fails = false;
  using sandbox = await helloWith((a, b) => {
    wait(30);
    if (fails) throw new Error("no");
    return a + b;
  });
  for (fails of [false, true]) {
    const before = sandbox.stats();
    const began = performance.now();
    if (fails) errorOf(() => sandbox.exports.add_in_host(1, 2));
    else sandbox.exports.add_in_host(1, 2);
    const took = performance.now() - began;
    const { guestTime, hostTime } = between(before, sandbox.stats());
    assert(hostTime > 29 && hostTime < took + 1, `${hostTime} of ${took} ms`);
    assert(guestTime < took - 29, `${guestTime} of ${took} ms`);
  }
  // A call that an import ends, since its time is up then.
  const before = sandbox.stats();
  errorOf(() => sandbox.call("add_in_host", [1, 2], { deadline: 10 }));
  assert(between(before, sandbox.stats()).hostTime > 29);
  assert(sandbox.poisoned);
});

test("Sandbox.stats() does not count the time between calls", { skip }, async () => {
  using sandbox = await hello();
  sandbox.exports.add(1, 2);
  const before = sandbox.stats();
  const began = performance.now();
  for (let i = 0; i < 5; i++) {
    sandbox.exports.add(1, 2);
    wait(10);
  }
  const took = performance.now() - began;
  const { guestTime, hostTime } = between(before, sandbox.stats());
  assert(guestTime + hostTime < took - 49, `${guestTime} and ${hostTime} of ${took} ms`);
});

test("Sandbox.stats() counts the time of asynchronous calls, and waiting as the host's", {
  skip,
}, async () => {
  await using sandbox = await helloWith((a, b) =>
    new Promise((resolve) => setTimeout(() => resolve(a + b), 30))
  );
  const before = sandbox.stats();
  const began = performance.now();
  assertEquals(await sandbox.async.add_in_host(1, 2), 3);
  const took = performance.now() - began;
  const { guestTime, hostTime } = between(before, sandbox.stats());
  assert(hostTime > 28 && hostTime < took + 1, `${hostTime} of ${took} ms`);
  assert(guestTime < took - 28, `${guestTime} of ${took} ms`);
});

test("Sandbox.stats() may be asked during a call, from an import and beside a guest that runs", {
  skip,
}, async () => {
  let seen: SandboxStats | undefined;
  using sandbox = await helloWith((a, b) => {
    seen = sandbox.stats();
    return a + b;
  });
  using clean = sandbox.snapshot();
  sandbox.exports.add_in_host(1, 2);
  assertEquals(seen?.exits.KVM_EXIT_IO, 2);
  assert((seen?.dirtiedPages ?? 0) > 0);
  // What was asked in between does not hide pages from the restore.
  sandbox.restore(clean);
  assertEquals(sandbox.exports.count(), 1);
  await using other = await bench();
  const running = other.callAsync("spin", [], { deadline: 300 }).catch((error) => error.code);
  let last = 0;
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { guestTime } = other.stats();
    assert(guestTime >= last);
    last = guestTime;
  }
  assertEquals(await running, "ERR_DEADLINE");
  assert(other.stats().guestTime > 200, `${other.stats().guestTime} ms`);
});

test("Sandbox.stats() counts the pages that the guest takes, and that restores give back", {
  skip,
}, async () => {
  using sandbox = await bench();
  sandbox.exports.dirty(0, 1);
  const { residentPages: before = NaN } = sandbox.stats();
  assert(before > 0 && before < 200, `${before} pages`);
  using clean = sandbox.snapshot();
  sandbox.exports.dirty(0, 500);
  const { residentPages: after = NaN } = sandbox.stats();
  assert(after >= before + 499 && after < before + 520, `${before} and then ${after} pages`);
  sandbox.restore(clean);
  const { residentPages: last = NaN } = sandbox.stats();
  assert(last < before + 20, `${before} and in the end ${last} pages`);
});

test("Sandbox.stats() counts dirtied and hot pages, restores and what they copied", {
  skip,
}, async () => {
  using sandbox = await bench();
  sandbox.exports.dirty(0, 100);
  const { dirtiedPages, hotPages, restores, copiedBytes } = sandbox.stats();
  assertEquals([dirtiedPages, hotPages, restores, copiedBytes], [0, 0, 0, 0]);
  using clean = sandbox.snapshot();
  for (let i = 1; i <= 4; i++) {
    sandbox.exports.dirty(0, 100);
    const dirtied = sandbox.stats();
    assert(dirtied.dirtiedPages >= 100, `${dirtied.dirtiedPages} pages`);
    sandbox.restore(clean);
    // Without a call in between there is nothing to do.
    sandbox.restore(clean);
    const restored = sandbox.stats();
    assertEquals(restored.restores, i);
    const copied = restored.copiedBytes - dirtied.copiedBytes;
    assert(copied % PAGE === 0 && copied >= 100 * PAGE && copied < 150 * PAGE, `${copied} bytes`);
    // From the second time on they are hot.
    if (i > 1) assert(restored.hotPages >= 100, `${restored.hotPages} pages`);
  }
});

test("Sandbox.stats() of a closed sandbox is ERR_CLOSED", { skip }, async () => {
  const sandbox = await hello();
  sandbox.close();
  assertEquals(errorOf(() => sandbox.stats()).code, "ERR_CLOSED");
  // Nor does another one begin with its numbers, whose cell it may get.
  using next = await hello();
  assertEquals(next.stats().exits.KVM_EXIT_IO, 1);
  assert(next.stats().guestTime < 1000);
});
