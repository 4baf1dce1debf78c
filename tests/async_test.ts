/** Asynchronous calls: the guest on another thread, its imports here, and all that can end such a call. */

import { test } from "node:test";
import process from "node:process";
import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { type ImportDefinitions, InterruptHandle, Sandbox, VmletError } from "../mod.ts";
import { Runner } from "../src/runner/runner.ts";
import { runners } from "../src/sandbox/runners.ts";
import { BENCH, errorOf, guestBytes, hello, helloWith, rejectionOf } from "./support/guests.ts";
import { Killer } from "./support/killer.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

/** As many on every machine: the tests count on guests that wait for a thread. */
runners.limit = 2;

const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

type HostAdd = (a: number, b: number) => unknown;

function bench(options: object = {}, callback: HostAdd = (a, b) => a + b) {
  const imports = { host_add: { parameters: ["i32", "i32"], result: "i32", callback } };
  return Sandbox.create({
    guest: guestBytes("bench"),
    exports: BENCH,
    imports: imports as unknown as ImportDefinitions<Record<never, never>, Record<never, never>>,
    ...options,
  });
}

/** What a promise is rejected with. */
async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The promise was fulfilled");
}

/** Holds all runners with guests that never end, until it is called. */
async function holdAll(): Promise<() => Promise<void>> {
  const sandboxes = await Promise.all(Array.from({ length: runners.limit }, () => bench()));
  const controller = new AbortController();
  const calls = sandboxes.map((it) => reasonOf(it.async.spin({ signal: controller.signal })));
  await sleep(1);
  return async () => {
    controller.abort();
    await Promise.all(calls);
    for (const it of sandboxes) it.close();
  };
}

test("Sandbox.async gives a promise of the result", { skip }, async () => {
  using sandbox = await hello();
  assertEquals(await sandbox.async.add(40, 2), 42);
  assertEquals(await sandbox.callAsync("add", [1, 2]), 3);
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i);
  assertEquals(await sandbox.async.reverse(bytes), bytes.slice().reverse());
  // Both kinds of calls take turns.
  for (let i = 0; i < 20; i++) {
    assertEquals([sandbox.exports.add(i, 1), await sandbox.async.add(i, 2)], [i + 1, i + 2]);
  }
  assertEquals(Object.getPrototypeOf(sandbox.async), null);
  assert(Object.isFrozen(sandbox.async));
});

test("Sandbox.async reads its arguments before it gives a promise", { skip }, async () => {
  using sandbox = await hello();
  const bytes = Uint8Array.of(1, 2, 3);
  const result = sandbox.async.reverse(bytes);
  bytes.fill(0);
  assertEquals(await result, Uint8Array.of(3, 2, 1));
});

test(
  "Sandbox.async refuses wrong arguments by a rejection, and stays usable",
  { skip },
  async () => {
    using sandbox = await hello();
    const { add } = sandbox.async as unknown as Record<
      string,
      (...args: unknown[]) => Promise<void>
    >;
    assert(add);
    for (const args of [["1", 2], [1], [1, 2, 3], [1, 2, null], [1, 2, {}, 4]]) {
      await assertRejects(() => add(...args), TypeError);
    }
    await assertRejects(() => add(1, 2 ** 31), RangeError);
    await assertRejects(() => add(1, 2, { signal: {} }), TypeError, "signal");
    await assertRejects(() => add(1, 2, { deadline: "5" }), TypeError, "deadline");
    await assertRejects(() => add(1, 2, { cpuBudget: -1 }), RangeError, "cpuBudget");
    await assertRejects(() => sandbox.callAsync("nothing" as "add", [1, 2]), TypeError);
    assertEquals(await sandbox.async.add(1, 2), 3);
  },
);

test("Sandbox.async ends as a synchronous call does when the guest fails", { skip }, async () => {
  using sandbox = await hello();
  assertEquals((await rejectionOf(sandbox.async.refuse(100))).code, "ERR_GUEST_ERROR");
  assertEquals(sandbox.poisoned, false);
  assertEquals((await rejectionOf(sandbox.async.give_up(5))).code, "ERR_GUEST_ABORTED");
  assertEquals(sandbox.poisoned, true);
  assertEquals((await rejectionOf(sandbox.async.add(1, 2))).code, "ERR_POISONED");
});

test("Sandbox.async waits for an import's promise, on this thread", { skip }, async () => {
  const steps: string[] = [];
  using sandbox = await helloWith(async (a, b) => {
    steps.push("called");
    await sleep(5);
    steps.push("answered");
    return a + b;
  });
  const result = sandbox.async.add_in_host(40, 2);
  result.then(() => steps.push("over"));
  assertEquals(await result, 42);
  assertEquals(steps, ["called", "answered", "over"]);
  // A synchronous call cannot.
  assertEquals(errorOf(() => sandbox.exports.add_in_host(1, 2)).code, "ERR_ASYNC_IMPORT");
  assertEquals(await sandbox.async.add_in_host(1, 2), 3);
});

test("Sandbox.async hands what an import throws to the guest", { skip }, async () => {
  const thrown = new Error("no such sum");
  for (
    const callback of [
      () => {
        throw thrown;
      },
      () => Promise.reject(thrown),
      async () => {
        await sleep(1);
        throw thrown;
      },
    ]
  ) {
    using sandbox = await helloWith(callback);
    const error = await rejectionOf(sandbox.async.add_in_host(1, 2));
    assertEquals([error.code, error.cause, sandbox.poisoned], ["ERR_GUEST_ERROR", thrown, false]);
  }
  using sandbox = await helloWith(() => Promise.resolve("text"));
  const { cause } = await rejectionOf(sandbox.async.add_in_host(1, 2));
  assertInstanceOf(cause, TypeError);
});

test("Sandbox.async with a signal that is aborted never enters the guest", { skip }, async () => {
  using sandbox = await hello();
  const clean = sandbox.snapshot();
  const reason = { why: "too late" };
  const signal = AbortSignal.abort(reason);
  assertEquals(await reasonOf(sandbox.async.count({ signal })), reason);
  assertEquals(sandbox.poisoned, false);
  assertEquals(await sandbox.async.count(), 1);
  sandbox.restore(clean);
});

test(
  "Sandbox.async ends when its signal is aborted, with the signal's reason",
  { skip },
  async () => {
    using sandbox = await bench();
    const clean = sandbox.snapshot();
    for (let i = 0; i < 5; i++) {
      const controller = new AbortController();
      const reason = new Error("enough");
      setTimeout(() => controller.abort(reason), i * 3);
      assertEquals(await reasonOf(sandbox.async.spin({ signal: controller.signal })), reason);
      assertEquals(sandbox.poisoned, true);
      sandbox.restore(clean);
      assertEquals(await sandbox.async.add(1, i), 1 + i);
    }
    const error = await reasonOf(sandbox.async.spin({ signal: AbortSignal.timeout(5) }));
    assertEquals((error as Error).name, "TimeoutError");
  },
);

test("Sandbox.async listens to its signal no longer than the call takes", { skip }, async () => {
  using sandbox = await bench();
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (type: string, listener: EventListener) => {
    listeners.add(listener);
    addEventListener.call(signal, type, listener);
  };
  signal.removeEventListener = (type: string, listener: EventListener) => {
    listeners.delete(listener);
    removeEventListener.call(signal, type, listener);
  };
  assertEquals(await sandbox.async.add(1, 2, { signal }), 3);
  assertEquals(listeners.size, 0);
  controller.abort();
  assertEquals([await sandbox.async.add(1, 2), sandbox.poisoned], [3, false]);
});

test("Sandbox.async ends at once while an import's promise is pending", { skip }, async () => {
  const { promise: never } = Promise.withResolvers<number>();
  using aborted = await helloWith(() => never);
  const signal = AbortSignal.timeout(10);
  const error = await reasonOf(aborted.async.add_in_host(1, 2, { signal }));
  assertEquals([error, aborted.poisoned], [signal.reason, true]);

  using late = await helloWith(() => never);
  const { code, limit, elapsed } = await rejectionOf(
    late.async.add_in_host(1, 2, { deadline: 10 }),
  );
  assertEquals([code, limit, late.poisoned], ["ERR_DEADLINE", "deadline", true]);
  assert((elapsed ?? 0) >= 10, `${elapsed}`);
});

test(
  "Sandbox.async ends when its signal is aborted as the guest calls an import",
  { skip },
  async () => {
    let called = 0;
    using sandbox = await helloWith(() => {
      called++;
      return new Promise(() => {});
    });
    const clean = sandbox.snapshot();
    for (let i = 0; i < 50; i++) {
      const controller = new AbortController();
      const call = reasonOf(sandbox.async.add_in_host(1, 2, { signal: controller.signal }));
      // The guest leaves for its import meanwhile, and this thread has not heard of it yet.
      const until = performance.now() + i / 25;
      while (performance.now() < until);
      controller.abort(i);
      assertEquals(await call, i);
      sandbox.restore(clean);
    }
    // After the signal, no function of the host is begun.
    assertEquals(called, 0);
  },
);

test("Sandbox.async drops the answer of an import whose call was ended", { skip }, async () => {
  const answers: PromiseWithResolvers<number>[] = [];
  using sandbox = await helloWith(() => {
    answers.push(Promise.withResolvers());
    return answers.at(-1)?.promise;
  });
  const clean = sandbox.snapshot();
  // Long enough that the guest gets to its import, also on a busy machine.
  await rejectionOf(sandbox.async.add_in_host(1, 2, { deadline: 300 }));
  assertEquals(answers.length, 1);
  sandbox.restore(clean);
  const second = sandbox.async.add_in_host(1, 2);
  while (answers.length < 2) await sleep(1);
  answers[0]?.resolve(100);
  await sleep(1);
  answers[1]?.resolve(3);
  assertEquals(await second, 3);
});

for (const limit of ["deadline", "cpuBudget"] as const) {
  test(`Sandbox.async ends by a ${limit}, and restore heals`, { skip }, async () => {
    using sandbox = await bench({ [limit]: 20 });
    const clean = sandbox.snapshot();
    for (const options of [undefined, { [limit]: 10 }]) {
      const error = await rejectionOf(sandbox.callAsync("spin", [], options));
      assertEquals([error.code, error.limit], ["ERR_DEADLINE", limit], error.message);
      const allowed = options === undefined ? 20 : 10;
      assert((error.elapsed ?? 0) >= allowed - 1, `${error.elapsed}`);
      assertEquals([error.message.includes(`${limit} of ${allowed} ms`), sandbox.poisoned], [
        true,
        true,
      ]);
      sandbox.restore(clean);
      assertEquals(await sandbox.async.add(40, 2), 42);
    }
  });

  test(
    `Sandbox.async with a ${limit} is not ended early by what others need`,
    { skip },
    async () => {
      using short = await bench();
      const clean = short.snapshot();
      using long = await bench({ [limit]: 60_000 });
      const end = performance.now() + 500;
      while (performance.now() < end) {
        const ended = rejectionOf(short.callAsync("spin", [], { [limit]: 5 }));
        for (let i = 0; i < 10; i++) assertEquals(await long.async.add(i, 1), i + 1);
        assertEquals((await ended).limit, limit);
        short.restore(clean);
      }
    },
  );
}

test("Sandbox.async gives its deadline to the calls that its imports make", { skip }, async () => {
  using inner = await bench();
  const clean = inner.snapshot();
  for (
    const call of [
      () => Promise.try(() => inner.call("spin", [], { deadline: 60_000 })),
      () => inner.callAsync("spin", [], { deadline: 60_000 }),
    ]
  ) {
    const ends: Promise<VmletError>[] = [];
    using outer = await bench({}, () => {
      const called = call();
      ends.push(rejectionOf(called));
      return called;
    });
    const all = [rejectionOf(outer.async.host_add(1, 2, { deadline: 50 }))];
    all.push(...(await Promise.all(all), ends));
    for (const { code, limit, message } of await Promise.all(all)) {
      assertEquals([code, limit], ["ERR_DEADLINE", "deadline"], message);
    }
    assertEquals(all.length, 2);
    inner.restore(clean);
  }
});

test(
  "InterruptHandle.kill() ends an asynchronous call, from here and from a Worker",
  { skip },
  async () => {
    using sandbox = await bench();
    const clean = sandbox.snapshot();
    const handle = sandbox.interruptHandle();
    assertEquals(handle.kill(), false);
    for (let i = 0; i < 3; i++) {
      const call = rejectionOf(sandbox.async.spin());
      await sleep(i * 5);
      assertEquals(InterruptHandle.from(handle.token).kill(), true);
      assertEquals([(await call).code, sandbox.poisoned], ["ERR_CANCELLED", true]);
      assertEquals(handle.kill(), false);
      sandbox.restore(clean);
    }
    using killer = await Killer.start();
    killer.ask(handle.token, 20_000);
    assertEquals((await rejectionOf(sandbox.async.spin())).code, "ERR_CANCELLED");
    assertEquals(killer.answer(), true);
  },
);

test("Sandbox refuses every other use while an asynchronous call runs", { skip }, async () => {
  const { promise, resolve } = Promise.withResolvers<number>();
  const fromInside: unknown[] = [];
  const sandbox: Awaited<ReturnType<typeof hello>> = await helloWith(async () => {
    fromInside.push(errorOf(() => sandbox.exports.add(1, 2)).code);
    fromInside.push((await rejectionOf(sandbox.async.add(1, 2))).code);
    return await promise;
  });
  const clean = sandbox.snapshot();
  const call = sandbox.async.add_in_host(1, 2);
  for (let i = 0; i < 2; i++) {
    for (
      const use of [
        () => sandbox.exports.add(1, 2),
        () => sandbox.call("add", [1, 2]),
        () => sandbox.snapshot(),
        () => sandbox.restore(clean),
        () => sandbox.close(),
      ]
    ) assertEquals(errorOf(use).code, "ERR_BUSY");
    assertEquals((await rejectionOf(sandbox.async.add(1, 2))).code, "ERR_BUSY");
    assertEquals((await rejectionOf(sandbox.callAsync("add", [1, 2]))).code, "ERR_BUSY");
    await sleep(10);
  }
  resolve(7);
  assertEquals([await call, fromInside], [7, ["ERR_BUSY", "ERR_BUSY"]]);
  sandbox.close();
  assertEquals((await rejectionOf(sandbox.async.add(1, 2))).code, "ERR_CLOSED");
});

test("await using waits for an asynchronous call", { skip }, async () => {
  let call: Promise<number>;
  let sandbox: Awaited<ReturnType<typeof helloWith>>;
  {
    await using inside = await helloWith(async (a, b) => {
      await sleep(20);
      return a * b;
    });
    sandbox = inside;
    call = inside.async.add_in_host(6, 7);
  }
  assertEquals([sandbox.closed, await call], [true, 42]);
  await sandbox[Symbol.asyncDispose]();
  // Asked for inside of a synchronous call, it is done after that.
  const other: Awaited<ReturnType<typeof helloWith>> = await helloWith((a, b) => {
    other[Symbol.asyncDispose]();
    return a + b;
  });
  assertEquals([other.exports.add_in_host(1, 2), other.closed], [3, false]);
  await sleep(1);
  assertEquals(other.closed, true);
});

test("Sandbox cannot go to another Worker", { skip }, async () => {
  using sandbox = await hello();
  assertThrows(() => structuredClone(sandbox));
});

test("20 sandboxes run at once on two threads", { skip }, async () => {
  const sandboxes = await Promise.all(
    Array.from({ length: 20 }, () =>
      bench({}, async (a, b) => {
        await sleep(Math.random() * 2);
        return a + b;
      })),
  );
  await Promise.all(sandboxes.map(async (sandbox, n) => {
    for (let i = 0; i < 30; i++) {
      assertEquals(await sandbox.async.add(n, i), n + i);
      assertEquals(await sandbox.async.host_add(n, i), n + i);
      const text = `${n} ${i} ${"x".repeat(n * i)}`;
      assertEquals(await sandbox.async.echo_string(text), text);
    }
  }));
  assertEquals(runners.all.length, 2);
  for (const it of sandboxes) it.close();
});

test("Guests that never end let others have their turns", { skip }, async () => {
  const release = await holdAll();
  using sandbox = await bench({}, (a, b) => a * b);
  const began = performance.now();
  for (let i = 0; i < 5; i++) assertEquals(await sandbox.async.host_add(i, 3), i * 3);
  const took = performance.now() - began;
  // Ten turns, each behind at most 10 ms of another guest's.
  assert(took < 1000, `${took} ms`);
  await release();
});

test(
  "A call that waits for a thread ends by its signal or deadline, untouched",
  { skip },
  async () => {
    // With one thread, which no guest leaves at once.
    await runners.terminate();
    runners.limit = 1;
    const release = await holdAll();
    using sandbox = await bench();
    const controller = new AbortController();
    const reason = new Error("never mind");
    const aborted = reasonOf(sandbox.async.add(1, 2, { signal: controller.signal }));
    controller.abort(reason);
    assertEquals([await aborted, sandbox.poisoned], [reason, false]);
    const error = await rejectionOf(sandbox.async.add(1, 2, { deadline: 0.1 }));
    assertEquals([error.code, error.limit], ["ERR_DEADLINE", "deadline"]);
    await release();
    runners.limit = 2;
    if (!sandbox.poisoned) assertEquals(await sandbox.async.add(1, 2), 3);
  },
);

test("Short calls hardly wait for guests that never end", { skip }, async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const endless = await Promise.all(Array.from({ length: 20 }, () => bench()));
  const calls = endless.map((it) => reasonOf(it.async.spin({ signal })));
  // Each has had a turn by then.
  await sleep(200);
  using sandbox = await bench({}, (a, b) => a * b);
  const times: number[] = [];
  for (let i = 0; i < 50; i++) {
    const began = performance.now();
    assertEquals(await sandbox.async.host_add(i, 3), i * 3);
    times.push(performance.now() - began);
  }
  // In the order of arrival each of two turns would be behind ten others of 10 ms.
  const [median = Infinity] = times.sort((a, b) => a - b).slice(25);
  assert(median < 40, `${median} ms`);
  controller.abort("over");
  assertEquals(await Promise.all(calls), calls.map(() => "over"));
  for (const it of endless) it.close();
});

test("Long calls come to an end among short ones without end", { skip }, async () => {
  using long = await bench();
  const others = await Promise.all(Array.from({ length: 8 }, () => bench()));
  // The guest's time, by its own clock.
  const began = long.exports.ticks();
  await sleep(20);
  long.exports.calibrate(Math.max(1, Math.round(Number(long.exports.ticks() - began) / 20_000)));
  let over = false;
  let short = 0;
  const load = others.map(async ({ async }) => {
    for (; !over; short++) assertEquals(await async.add(20, 3), 23);
  });
  const start = performance.now();
  await long.async.busy(200_000);
  const took = performance.now() - start;
  over = true;
  await Promise.all(load);
  // It has a thread of its own but for the others' turns on it, and these do not wait for it.
  assert(took < 5000, `${took} ms`);
  assert(short > 100, `${short}`);
  for (const it of others) it.close();
});

test("The event loop goes on while a guest computes", { skip }, async () => {
  using sandbox = await bench();
  await sandbox.async.add(1, 2);
  const call = rejectionOf(sandbox.async.spin({ deadline: 100 }));
  let over = false;
  call.then(() => over = true);
  const lags: number[] = [];
  for (let last = performance.now(); !over;) {
    await sleep(1);
    const now = performance.now();
    lags.push(now - last);
    last = now;
  }
  assertEquals((await call).code, "ERR_DEADLINE");
  // A synchronous call would leave one lag of 100 ms.
  const [median = Infinity] = lags.sort((a, b) => a - b).slice(lags.length >> 1);
  assert(lags.length > 8 && median < 10, `${lags.length} turns, median ${median} ms`);
});

test("Runner whose script fails makes its turn ERR_RUNNER", { skip }, async () => {
  const vcpu = { cell: 0, fd: -1, signal: 35 } as never;
  const turn = {
    vcpu,
    isBound: false,
    isLong: false,
    begin: () => ({ deadline: 50, cpuBudget: Infinity }),
  };
  const broken = new Runner("setTimeout(() => { throw new Error('broken'); }, 20)");
  const error = await rejectionOf(broken.run(turn));
  assertEquals([error.code, error.message.includes("broken"), broken.isDead], [
    "ERR_RUNNER",
    true,
    true,
  ]);
  const ended = new Runner("process.exit(3)");
  assertEquals((await rejectionOf(ended.run(turn))).code, "ERR_RUNNER");
  assertEquals((await rejectionOf(ended.run(turn))).code, "ERR_RUNNER");
});

test(
  "Runners that were terminated make their calls ERR_RUNNER and are replaced",
  { skip },
  async () => {
    const sandboxes = await Promise.all(Array.from({ length: 3 }, () => bench()));
    const snapshots = sandboxes.map((it) => it.snapshot());
    for (let round = 0; round < 3; round++) {
      await Promise.all(sandboxes.map((it) => it.async.add(1, 2)));
      const controller = new AbortController();
      const { signal } = controller;
      const calls = sandboxes.map((it) => reasonOf(it.async.spin({ signal })));
      await sleep(20);
      await runners.terminate();
      // The third one had no thread, and gets another.
      await sleep(5);
      controller.abort({ code: "of the signal" });
      const codes = (await Promise.all(calls)).map((it) => (it as VmletError).code);
      assertEquals(codes.sort(), ["ERR_RUNNER", "ERR_RUNNER", "of the signal"]);
      sandboxes.forEach((it, i) => it.restore(snapshots[i] as never));
      for (const it of sandboxes) assertEquals(await it.async.add(round, 2), round + 2);
    }
    for (const it of sandboxes) it.close();
  },
);

test("100 sandboxes are called and killed at random, and each end is the one that was asked for", {
  skip,
}, async () => {
  const nested = Boolean(process.env.NESTED_KVM);
  const count = nested ? 6 : 100;
  const end = performance.now() + (nested ? 20_000 : 8000);
  const outcomes = { fulfilled: 0, killed: 0, aborted: 0, late: 0 };
  const random = (limit: number) => Math.floor(Math.random() * limit);
  await Promise.all(Array.from({ length: count }, async (_, n) => {
    await using sandbox = await bench({}, (a, b) => random(2) ? a + b : sleep(1).then(() => a + b));
    const clean = sandbox.snapshot();
    const handle = sandbox.interruptHandle();
    while (performance.now() < end) {
      const controller = new AbortController();
      const { signal } = controller;
      let killed = false;
      const way = random(5);
      const timer = way < 2
        ? setTimeout(() => {
          if (way === 0) controller.abort("aborted");
          else killed = handle.kill();
        }, random(20))
        : undefined;
      try {
        if (way === 4) {
          const error = await rejectionOf(sandbox.async.spin({ deadline: 1 + random(10) }));
          assertEquals(error.code, "ERR_DEADLINE");
          outcomes.late++;
        } else if (way === 3) {
          assertEquals(sandbox.exports.add(n, 1), n + 1);
          outcomes.fulfilled++;
        } else {
          // Half of those that will be ended run for ever.
          if (timer !== undefined && random(2)) await sandbox.async.spin({ signal });
          const sum = await sandbox.async.host_add(n, 5, { signal });
          assertEquals([sum, killed, signal.aborted], [n + 5, false, false]);
          outcomes.fulfilled++;
        }
      } catch (error) {
        if (error === "aborted") {
          assert(signal.aborted);
          outcomes.aborted++;
        } else if (error instanceof VmletError && error.code === "ERR_CANCELLED") {
          assert(killed);
          outcomes.killed++;
        } else throw error;
      } finally {
        clearTimeout(timer);
      }
      if (sandbox.poisoned) sandbox.restore(clean);
    }
  }));
  assert(Object.values(outcomes).every((it) => it >= count / 2), JSON.stringify(outcomes));
});
