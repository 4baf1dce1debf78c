/** Pools: equal sandboxes for any number of calls. */

import { test } from "node:test";
import { writeFileSync } from "node:fs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { type ImportDefinitions, Pool, type PoolOptions, Sandbox, VmletError } from "../mod.ts";
import { runners } from "../src/sandbox/runners.ts";
import { buildGuest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { BENCH, guestBytes, HELLO, HOST_ADD, rejectionOf } from "./support/guests.ts";
import { snapshotFiles } from "./support/memory_use.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
runners.limit = 2;

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type Options = Omit<PoolOptions, "sandbox">;

function hello(options: Options = {}) {
  const sandbox = { guest: guestBytes("hello"), exports: HELLO, imports: HOST_ADD };
  return Pool.create({ sandbox, ...options });
}

function bench(
  options: Options = {},
  callback: (a: number, b: number) => unknown = (a, b) => a + b,
  limits: { deadline?: number } = {},
) {
  const imports = { host_add: { parameters: ["i32", "i32"], result: "i32", callback } };
  return Pool.create({
    sandbox: {
      guest: guestBytes("bench"),
      exports: BENCH,
      imports: imports as unknown as ImportDefinitions<Record<never, never>, Record<never, never>>,
      ...limits,
    },
    ...options,
  });
}

test("Pool.run() calls functions, more at once than there are sandboxes", { skip }, async () => {
  await using pool = await hello({ size: 3 });
  const sums = await Promise.all(
    Array.from({ length: 100 }, (_, i) => pool.run(i % 2 ? "add" : "add_in_host", [i, 1])),
  );
  assertEquals(sums, Array.from({ length: 100 }, (_, i) => i + 1));
  const { size, busy, waiting, completed, failed, refused, replaced, latency, wait } = pool.stats();
  assertEquals([size, busy, waiting], [3, 0, 0]);
  assertEquals([completed, failed, refused, replaced], [100, 0, 0, 0]);
  for (const { p50, p90, p99, max } of [latency, wait]) {
    assert(0 <= p50 && p50 <= p90 && p90 <= p99 && p99 <= max, `${p50} ${p90} ${p99} ${max}`);
  }
  assert(latency.p50 > 0 && latency.p50 >= wait.p50 && wait.max > 0);
});

test("Pool.run() restores its sandbox after each call, unless told not to", { skip }, async () => {
  await using pool = await hello({ size: 1 });
  for (let i = 0; i < 3; i++) assertEquals(await pool.run("count", []), 1);
  await using kept = await hello({ size: 1, restore: "never" });
  for (let i = 1; i < 4; i++) assertEquals(await kept.run("count", []), i);
  // But for one whose call ended in the middle.
  assertEquals((await rejectionOf(kept.run("give_up", [1]))).code, "ERR_GUEST_ABORTED");
  assertEquals(await kept.run("count", []), 1);
});

test("Pool.run() serves calls in the order in which they came", { skip }, async () => {
  await using pool = await hello({ size: 1 });
  const order: number[] = [];
  const numbers = Array.from({ length: 40 }, (_, i) => i);
  await Promise.all(numbers.map((i) => pool.run("add", [i, 0]).then((it) => order.push(it))));
  assertEquals(order, numbers);
});

test("Pool.run() refuses calls when too many wait", { skip }, async () => {
  await using pool = await bench({ size: 1, queue: 2 });
  const calls = [0, 1, 2].map((i) => pool.run("add", [i, 1]));
  assertEquals([pool.stats().busy, pool.stats().waiting], [1, 2]);
  const error = await rejectionOf(pool.run("add", [1, 1]));
  assertEquals([error.code, pool.stats().refused], ["ERR_POOL_FULL", 1]);
  assertEquals(await Promise.all(calls), [1, 2, 3]);
  assertEquals(await pool.run("add", [1, 1]), 2);
});

test("Pool.run() ends by its signal or deadline, also while it waits", { skip }, async () => {
  await using pool = await bench({ size: 1 });
  const reason = new Error("enough");
  const controller = new AbortController();
  const { signal } = controller;
  await assertRejects(
    () => pool.run("add", [1, 2], { signal: AbortSignal.abort(reason) }),
    Error,
    "enough",
  );
  const running = pool.run("spin", [], { signal });
  const waiting = pool.run("add", [1, 2], { signal });
  const ended = Promise.allSettled([running, waiting]);
  const late = rejectionOf(pool.run("add", [1, 2], { deadline: 5 }));
  const patient = pool.run("add", [1, 2], { deadline: 60_000 });
  const { code, limit, message } = await late;
  assertEquals([code, limit, message.includes("waited")], ["ERR_DEADLINE", "deadline", true]);
  controller.abort(reason);
  assertEquals((await ended).map((it) => it.status === "rejected" && it.reason), [reason, reason]);
  assertEquals(await patient, 3);
  const { busy, completed, failed } = pool.stats();
  assertEquals([busy, pool.stats().waiting, completed, failed], [0, 0, 1, 3]);
});

test("Pool.run() counts the wait for the sandbox's own deadline", { skip }, async () => {
  await using pool = await bench({ size: 1 }, undefined, { deadline: 40 });
  const errors = await Promise.all(
    Array.from({ length: 3 }, () => rejectionOf(pool.run("spin", []))),
  );
  for (const { code, elapsed = 0 } of errors) {
    assertEquals(code, "ERR_DEADLINE");
    assert(elapsed >= 39, `${elapsed}`);
  }
  // One after the other would be 120 ms, and more of those that came late.
  assertEquals(await pool.run("add", [1, 2]), 3);
});

test("Pool.run() refuses what is wrong, and goes on", { skip }, async () => {
  await using pool = await hello({ size: 1 });
  const run = pool.run.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  await assertRejects(() => run("nothing", []), TypeError);
  await assertRejects(() => run("add", [1]), TypeError);
  await assertRejects(() => run("add", [1, 2], null), TypeError);
  await assertRejects(() => run("add", [1, 2], { signal: 1 }), TypeError);
  await assertRejects(() => run("add", [1, 2], { deadline: -1 }), RangeError);
  assertEquals(await pool.run("add", [1, 2]), 3);
});

test("Pool.create() refuses wrong options", { skip }, async () => {
  const wrong: [object, typeof TypeError | typeof RangeError][] = [
    [{ size: 0 }, RangeError],
    [{ size: "2" }, TypeError],
    [{ queue: -1 }, RangeError],
    [{ restore: "sometimes" }, RangeError],
  ];
  for (const [options, type] of wrong) await assertRejects(() => hello(options), type);
  await assertRejects(() => Pool.create(undefined as never), TypeError);
  await assertRejects(() => Pool.create({} as never), TypeError);
  const debugged = { guest: guestBytes("hello"), exports: HELLO, debug: {} };
  await assertRejects(() => Pool.create({ sandbox: debugged }), RangeError, "debugger");
});

test(
  "Pool.create() from a snapshot: each call finds the guest as it was then",
  { skip },
  async () => {
    using first = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO });
    first.exports.count();
    const snapshot = first.snapshot();
    const sandbox = { imports: HOST_ADD, deadline: 10_000 };
    await using pool = await Pool.create({ snapshot, sandbox, size: 3 });
    snapshot.close();
    first.close();
    const counts = await Promise.all(Array.from({ length: 30 }, () => pool.run("count", [])));
    assertEquals(counts, Array(30).fill(2));
    assertEquals(await pool.run("add_in_host", [20, 22]), 42);
    assertEquals((await rejectionOf(pool.run("give_up", [1]))).code, "ERR_GUEST_ABORTED");
    await failingRestore(() => pool.run("count", []));
    assertEquals([await pool.run("count", []), pool.stats().replaced], [2, 1]);
    assertEquals((await rejectionOf(Pool.create({ snapshot }))).code, "ERR_CLOSED");
  },
);

test("Pool's sandboxes share memory where each call is restored, and numbers only there", {
  skip,
}, async () => {
  const sandbox = {
    guest: await buildGuest("kit.c"),
    exports: { random: { parameters: [], result: "u64" } },
  } as const;
  for (const restore of ["call", "never"] as const) {
    await using pool = await Pool.create({ sandbox, size: 3, restore });
    const numbers = await Promise.all([0, 1, 2].map(() => pool.run("random", [])));
    assertEquals(new Set(numbers).size, restore === "call" ? 1 : 3);
  }
});

test("Pool.create() that fails leaves no file of its clones open", { skip }, async () => {
  using first = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO });
  const fail = async (sandbox: object) => {
    first.exports.count();
    using snapshot = first.snapshot();
    await assertRejects(() => Pool.create({ snapshot, sandbox }), RangeError);
  };
  // What the first sandbox was like last is in a file from now on.
  await fail({ interruptSignalOffset: 99 });
  const before = snapshotFiles();
  for (const wrong of [{ deadline: -1 }, { logRate: 0 }, { interruptSignalOffset: 99 }]) {
    for (let i = 0; i < 3; i++) await fail(wrong);
    assert(snapshotFiles() <= before, JSON.stringify(wrong));
  }
});

test("Pool.create() makes all sandboxes of the options as they were when it was called", {
  skip,
}, async () => {
  const host_add = (result: number) =>
    ({ parameters: ["i32", "i32"], result: "i32", callback: () => result }) as const;
  const imports = { host_add: host_add(1) };
  const created = Pool.create({
    sandbox: { guest: guestBytes("hello"), exports: HELLO, imports },
    size: 3,
  });
  imports.host_add = host_add(2);
  await using pool = await created;
  const results = await Promise.all([1, 2, 3].map((it) => pool.run("add_in_host", [it, it])));
  assertEquals(results, [1, 1, 1]);
});

test("Pool.create() refuses options of the wrong kind", { skip }, async () => {
  using first = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO });
  using snapshot = first.snapshot();
  const create = Pool.create as (options: object) => Promise<unknown>;
  for (
    const [options, type, code] of [
      [{ snapshot, sandbox: 5 }, TypeError, "ERR_INVALID_ARG_TYPE"],
      [{ snapshot, sandbox: null }, TypeError, "ERR_INVALID_ARG_TYPE"],
      [{ sandbox: null }, TypeError, "ERR_INVALID_ARG_TYPE"],
      [{ snapshot, restore: Symbol("never") }, RangeError, "ERR_OUT_OF_RANGE"],
    ] as const
  ) {
    const error = await assertRejects(() => create(options), type);
    assertEquals((error as Error & { code?: string }).code, code);
  }
});

test("Pool closes its snapshot with its sandboxes", { skip }, async () => {
  const before = snapshotFiles();
  const pool = await hello({ size: 3 });
  assertEquals(snapshotFiles(), before + 1);
  await pool.drain();
  assertEquals(snapshotFiles(), before);
});

test("Pool reads its guest once", { skip }, async () => {
  using folder = new Folder({ "guest.elf": guestBytes("hello") });
  const guest = folder.at("guest.elf");
  await using pool = await Pool.create({ sandbox: { guest, exports: HELLO }, size: 2 });
  writeFileSync(guest, "no guest any more");
  await failingRestore(() => pool.run("add", [1, 2]));
  assertEquals([await pool.run("add", [1, 2]), pool.stats().replaced], [3, 1]);
});

/** Lets the next restore fail. */
async function failingRestore<T>(run: () => Promise<T>, failures = 1): Promise<T> {
  const { restore } = Sandbox.prototype;
  Sandbox.prototype.restore = function (snapshot) {
    if (failures-- > 0) throw new VmletError("ERR_KVM", "no");
    restore.call(this, snapshot);
  };
  try {
    return await run();
  } finally {
    Sandbox.prototype.restore = restore;
  }
}

test(
  "Pool restores sandboxes whose calls were ended, and replaces those that it cannot",
  { skip },
  async () => {
    await using pool = await bench({ size: 2 });
    for (let i = 0; i < 4; i++) {
      assertEquals((await rejectionOf(pool.run("spin", [], { deadline: 5 }))).code, "ERR_DEADLINE");
      assertEquals(await pool.run("add", [i, 1]), i + 1);
    }
    assertEquals(pool.stats().replaced, 0);
    await failingRestore(async () => {
      assertEquals((await rejectionOf(pool.run("spin", [], { deadline: 5 }))).code, "ERR_DEADLINE");
    });
    const { size, replaced } = pool.stats();
    assertEquals([size, replaced], [2, 1]);
    for (let i = 0; i < 6; i++) assertEquals(await pool.run("add", [i, 1]), i + 1);
  },
);

test("Pool is fair: guests that never end leave the others their share", { skip }, async () => {
  await using pool = await bench({ size: 6 });
  const controller = new AbortController();
  const { signal } = controller;
  const hostile = [0, 1, 2].map(() => pool.run("spin", [], { signal }).catch(() => "ended"));
  await sleep(1);
  const began = performance.now();
  for (let i = 0; i < 10; i++) assertEquals(await pool.run("add", [i, 1]), i + 1);
  const took = performance.now() - began;
  // Each waits for at most two of the others' 10 ms.
  assert(took < 2000, `${took} ms`);
  controller.abort();
  assertEquals(await Promise.all(hostile), ["ended", "ended", "ended"]);
});

test(
  "Pool is not held by slow imports: they take a sandbox each, and no thread",
  { skip },
  async () => {
    const answers: PromiseWithResolvers<number>[] = [];
    await using pool = await bench({ size: 5 }, () => {
      answers.push(Promise.withResolvers());
      return answers.at(-1)?.promise;
    });
    // Twice as many as there are threads.
    const slow = [0, 1, 2, 3].map(() => pool.run("host_add", [1, 2]));
    while (answers.length < 4) await sleep(1);
    for (let i = 0; i < 30; i++) assertEquals(await pool.run("add", [i, 1]), i + 1);
    assertEquals([pool.stats().busy, pool.stats().waiting], [4, 0]);
    answers.forEach(({ resolve }, i) => resolve(i));
    assertEquals((await Promise.all(slow)).sort(), [0, 1, 2, 3]);
  },
);

test("Pool.drain() lets calls end, takes no more, and closes the sandboxes", { skip }, async () => {
  const pool = await bench({ size: 1 }, async (a, b) => {
    await sleep(5);
    return a + b;
  });
  const calls = [1, 2, 3].map((i) => pool.run("host_add", [i, i]));
  const drained = Promise.all([pool.drain(), pool.drain({ deadline: 60_000 })]);
  assertEquals((await rejectionOf(pool.run("add", [1, 2]))).code, "ERR_CLOSED");
  assertEquals(await Promise.all(calls), [2, 4, 6]);
  await drained;
  assertEquals([pool.stats().size, pool.stats().completed], [0, 3]);
  await pool[Symbol.asyncDispose]();
});

test("Pool.drain() kills what is not over by its deadline", { skip }, async () => {
  for (const deadline of [0, 20]) {
    const pool = await bench({ size: 2 }, () => new Promise(() => {}));
    const calls = [
      pool.run("spin", []),
      pool.run("host_add", [1, 2]),
      pool.run("spin", []),
      pool.run("add", [1, 2]),
    ].map((it) => rejectionOf(it));
    await sleep(5);
    const began = performance.now();
    await pool.drain({ deadline });
    assert(performance.now() - began < 1000);
    assertEquals(
      (await Promise.all(calls)).map(({ code }) => code),
      Array(4).fill("ERR_CANCELLED"),
    );
    assertEquals(pool.stats().size, 0);
  }
  const pool = await hello({ size: 1 });
  await assertRejects(() => pool.drain({ deadline: -1 }), RangeError);
  await pool.drain();
});

test("Pool survives calls of all kinds at random", { skip }, async () => {
  const pool = await bench({ size: 4, queue: 50 });
  const random = (limit: number) => Math.floor(Math.random() * limit);
  const outcomes = new Map<string, number>();
  const end = performance.now() + 3000;
  await Promise.all(Array.from({ length: 20 }, async () => {
    while (performance.now() < end) {
      let outcome = "fulfilled";
      try {
        if (random(3) === 0) {
          if (random(2)) await pool.run("spin", [], { deadline: 1 + random(20) });
          else await pool.run("spin", [], { signal: AbortSignal.timeout(1 + random(20)) });
        } else assertEquals(await pool.run("host_add", [20, 3]), 23);
      } catch (error) {
        outcome = (error as VmletError).code === "ERR_DEADLINE"
          ? "late"
          : (error as Error).name === "TimeoutError"
          ? "aborted"
          : String(error);
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  }));
  await pool.drain({ deadline: 1000 });
  assertEquals([...outcomes.keys()].sort(), ["aborted", "fulfilled", "late"]);
  assertEquals(pool.stats().replaced, 0);
});
