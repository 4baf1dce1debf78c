/** Hyperlight's behaviours A5: interrupts. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { readFileSync } from "node:fs";
import { assert, assertEquals } from "@std/assert";
import { InterruptHandle, type InterruptToken, VmletError } from "../mod.ts";
import { native } from "../src/ffi/mod.ts";
import { INTERRUPT_SIGNAL } from "../src/kvm/thread.ts";
import { crash, fast, fastGuest, RUST, rustWith } from "./support/hyperlight.ts";
import type { Answer, Request } from "./support/interrupted_worker.ts";
import { Killer } from "./support/killer.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

/** Long enough for the other thread to find the guest running, in microseconds. */
const SOON = 20_000;
/** How many sandboxes a process can have. */
const PLACES = 65536;

const EXPORTS = {
  Echo: RUST.Echo,
  Spin: { parameters: [], result: "void" },
  SpinThenReturn: { parameters: ["u64", "i32"], result: "i32" },
  CallHostTimes: { parameters: ["string", "i32"], result: "i32" },
} as const;

/** Whether a call ends cancelled; other errors are the test's. */
function isCancelled(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch (error) {
    if (error instanceof VmletError && error.code === "ERR_CANCELLED") return true;
    throw error;
  }
}

const random = (limit: number) => Math.floor(Math.random() * limit);

test(
  "A5.1 a kill when no call runs is false, and the next call is not touched",
  { skip: needsKvm },
  async () => {
    using sandbox = await fast();
    const handle = sandbox.interruptHandle();
    for (let i = 0; i < 3; i++) {
      assertEquals([handle.kill(), handle.kill()], [false, false]);
      assertEquals(sandbox.exports.Add(1, 41), 42);
    }
  },
);

test("A5.2 a kill ends an endless call as ERR_CANCELLED, and restore heals", {
  skip: needsHyperlightGuest,
}, async () => {
  using killer = await Killer.start();
  using sandbox = await rustWith(EXPORTS);
  const clean = sandbox.snapshot();
  for (let i = 0; i < 3; i++) {
    const error = crash(sandbox, clean, () => {
      killer.ask(sandbox.interruptHandle().token, SOON);
      sandbox.exports.Spin();
    });
    assertEquals([error.code, killer.answer()], ["ERR_CANCELLED", true]);
  }
});

test(
  "A5.3 a kill lets a host function end, and the guest not go on; it is true [Q: Hyperlight's is false]",
  { skip: needsHyperlightGuest },
  async () => {
    using killer = await Killer.start();
    let kill: () => boolean = () => false;
    const kills: boolean[] = [];
    let ended = 0;
    using sandbox = await rustWith(EXPORTS, {
      imports: {
        HostOne: {
          parameters: [],
          result: "i32",
          callback: () => {
            kills.push(kill());
            ended++;
            return 1;
          },
        },
      },
    });
    const clean = sandbox.snapshot();
    const handle = sandbox.interruptHandle();
    const fromElsewhere = () => {
      killer.ask(handle.token, 0);
      return killer.answer();
    };
    for (const way of [() => handle.kill(), fromElsewhere]) {
      ended = kills.length = 0;
      kill = way;
      const error = crash(sandbox, clean, () => sandbox.exports.CallHostTimes("HostOne", 3));
      assertEquals([error.code, ended, kills], ["ERR_CANCELLED", 1, [true]]);
    }
    // Nothing of it is left.
    kill = () => false;
    assertEquals(sandbox.exports.CallHostTimes("HostOne", 3), 1);
  },
);

for (const barrier of [true, false]) {
  const when = barrier ? "while it runs" : "at any moment";
  test(
    `A5.4 of three sandboxes on a thread, a kill ${when} reaches one alone, 500 times`,
    { skip: needsKvm },
    async () => {
      using killer = await Killer.start();
      let inCall = () => {};
      const callback = (a: number, b: number) => {
        inCall();
        return a + b;
      };
      const imports = { HostAdd: { parameters: ["i32", "i32"], result: "i32", callback } } as const;
      using first = await fast();
      using target = await fast({ imports });
      using last = await fast();
      const clean = target.snapshot();
      const { token } = target.interruptHandle();
      const others = () => {
        for (const it of [first, last]) {
          assertEquals([it.exports.Add(1, 41), it.poisoned], [42, false]);
        }
      };
      if (barrier) {
        inCall = () => {
          killer.ask(token, 0);
          killer.answer();
        };
      }
      let hits = 0;
      for (let i = 0; i < 500; i++) {
        if (!barrier) killer.ask(token, random(600));
        others();
        const cancelled = isCancelled(() => target.exports.Add(1, 41));
        others();
        assertEquals(killer.answer(), cancelled, `iteration ${i}`);
        assertEquals(target.poisoned, cancelled);
        if (cancelled) target.restore(clean);
        hits += Number(cancelled);
      }
      assert(barrier ? hits === 500 : hits < 500, `${hits} kills reached the call`);
    },
  );
}

interface Scope {
  readonly worker: Worker;
  next(): Promise<Answer>;
}

/** Starts a Worker with sandboxes of its own. */
function startWorker(request: Request): Scope & Disposable {
  const worker = new Worker(new URL("./support/interrupted_worker.ts", import.meta.url).href, {
    type: "module",
  });
  const answers: Answer[] = [];
  let waiting: ((answer: Answer) => void) | undefined;
  worker.onmessage = ({ data }) => {
    if (waiting) waiting(data);
    else answers.push(data);
    waiting = undefined;
  };
  worker.postMessage(request);
  return {
    worker,
    next: () =>
      new Promise((resolve) => {
        const answer = answers.shift();
        if (answer) resolve(answer);
        else waiting = resolve;
      }),
    [Symbol.dispose]: () => worker.terminate(),
  };
}

async function tokensOf(worker: Scope): Promise<readonly InterruptToken[]> {
  const answer = await worker.next();
  assert("tokens" in answer);
  return answer.tokens;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test(
  "A5.5 a sandbox of another thread can be killed from this one",
  { skip: needsKvm },
  async () => {
    const cancelled = new Int32Array(new SharedArrayBuffer(4));
    const guest = await fastGuest();
    using worker = startWorker({ guest, sandboxes: 1, calls: 1, endless: 100, cancelled });
    const [token] = await tokensOf(worker);
    assert(token);
    const handle = InterruptHandle.from(token);
    assertEquals(handle.dropped, false);
    while (!handle.kill()) await sleep(1);
    assertEquals(await worker.next(), { cancelled: 1, finished: 0, wrong: [] });
    assertEquals([handle.dropped, handle.kill()], [true, false]);
  },
);

test(
  "A5.6 a handle's dropped is false until its sandbox is closed, then true",
  { skip: needsKvm },
  async () => {
    const sandbox = await fast();
    const handle = sandbox.interruptHandle();
    assertEquals(handle.dropped, false);
    sandbox.exports.Add(1, 41);
    assertEquals(handle.dropped, false);
    sandbox.close();
    assertEquals([handle.dropped, handle.kill()], [true, false]);
  },
);

test("A5.7 kills by another signal work", { skip: needsKvm }, async () => {
  using killer = await Killer.start();
  using sandbox = await fast({ interruptSignalOffset: 5 });
  const clean = sandbox.snapshot();
  for (let i = 0; i < 3; i++) {
    killer.ask(sandbox.interruptHandle().token, SOON);
    assert(isCancelled(() => sandbox.exports.Spin()));
    assertEquals(killer.answer(), true);
    sandbox.restore(clean);
    assertEquals(sandbox.exports.Add(1, 41), 42);
  }
  const [, caught = "0"] =
    /SigCgt:\s*([0-9a-f]+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  assertEquals(BigInt(`0x${caught}`) >> 39n & 1n, 1n, "signal 40 is caught");
});

test("A5.8 kills at random, of 32 sandboxes in 4 threads: none is spurious, none is missed", {
  skip: needsKvm,
}, async () => {
  const sandboxes = 8;
  const calls = 250;
  const guest = await fastGuest();
  const counts = Array.from(
    { length: 4 },
    () => new Int32Array(new SharedArrayBuffer(4 * sandboxes)),
  );
  const workers = counts.map((cancelled) =>
    startWorker({ guest, sandboxes, calls, endless: 20, cancelled })
  );
  try {
    const targets = (await Promise.all(workers.map(tokensOf))).flatMap((tokens, worker) =>
      tokens.map((token, i) => {
        const cancelled = () => Atomics.load(counts[worker] as Int32Array, i);
        return { handle: InterruptHandle.from(token), cancelled, kills: 0 };
      })
    );
    const finished = Promise.all(workers.map((it) => it.next()));
    let answers: Answer[] | undefined;
    finished.then((all) => answers = all);
    const end = performance.now() + 20_000;
    while (!answers && performance.now() < end) {
      for (let i = 0; i < 64; i++) {
        const target = targets[random(targets.length)] as typeof targets[number];
        // A call can be killed twice; its second kill is true as well. So each has to show before the next.
        if (target.cancelled() === target.kills && target.handle.kill()) target.kills++;
      }
      await sleep(0);
    }
    assert(
      answers,
      `within 20 s: ${JSON.stringify(targets.map((it) => [it.kills, it.cancelled()]))}`,
    );
    for (const answer of answers) {
      assert("wrong" in answer);
      assertEquals(answer.wrong, []);
      assertEquals(answer.cancelled + answer.finished, calls);
      assert(answer.cancelled > 0 && answer.finished > 0, JSON.stringify(answer));
    }
    assertEquals(targets.map((it) => it.cancelled()), targets.map((it) => it.kills));
  } finally {
    for (const it of workers) it[Symbol.dispose]();
  }
});

test("A5.9 a handle of a closed sandbox does not reach the one that took its place", {
  skip: needsKvm,
}, async () => {
  const closed = await fast();
  const stale = closed.interruptHandle();
  closed.close();
  const kills: boolean[] = [];
  const callback = (a: number, b: number) => {
    kills.push(stale.kill(), InterruptHandle.from(structuredClone(stale.token)).kill());
    return a + b;
  };
  const imports = { HostAdd: { parameters: ["i32", "i32"], result: "i32", callback } } as const;
  // Places are given out in turn: all the others are used up once.
  const shim = native();
  let place: number;
  do {
    place = shim.acquireCell(0, INTERRUPT_SIGNAL);
    shim.releaseCell(place);
  } while ((place + 1) % PLACES !== stale.token.index);
  using sandbox = await fast({ imports });
  assertEquals(sandbox.interruptHandle().token.index, stale.token.index);
  assertEquals([sandbox.exports.Add(1, 41), kills], [42, [false, false]]);
});

test(
  "A5.10 a signal that cancels nothing is nothing to the guest",
  { skip: needsHyperlightGuest },
  async () => {
    using killer = await Killer.start();
    using sandbox = await rustWith(EXPORTS);
    const { token } = sandbox.interruptHandle();
    let interrupted = 0;
    for (let i = 0; i < 5; i++) {
      // A pause signals like a kill; without a debugger nothing comes of it.
      killer.ask(token, SOON, true);
      assertEquals(sandbox.exports.SpinThenReturn(60_000n, 7), 7);
      interrupted += Number(killer.answer());
    }
    assert(interrupted > 0, "a signal came during a call");
  },
);

test("A5.11 calls have time limits: the deadline and the CPU budget [Q: Hyperlight has none]", {
  skip: needsHyperlightGuest,
}, async () => {
  for (const limit of ["deadline", "cpuBudget"] as const) {
    using sandbox = await rustWith(EXPORTS, { [limit]: 5000 });
    const clean = sandbox.snapshot();
    const error = crash(sandbox, clean, () => sandbox.call("Spin", [], { [limit]: 30 }));
    assertEquals([error.code, error.limit], ["ERR_DEADLINE", limit]);
  }
});
