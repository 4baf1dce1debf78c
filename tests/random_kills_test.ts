/**
 * 100 sandboxes, whose calls of all kinds are killed at random from another thread, for a while: 8 seconds, or as many as
 * VMLET_KILL_SECONDS says.
 */

import { test } from "node:test";
import { readdirSync } from "node:fs";
import process from "node:process";
import { assert, assertEquals, assertLess } from "@std/assert";
import { type Sandbox, VmletError } from "../mod.ts";
import { runners } from "../src/sandbox/runners.ts";
import { prepareSandbox } from "../src/sandbox/sandbox.ts";
import { holdings } from "./support/holdings.ts";
import { BENCH, guestBytes } from "./support/guests.ts";
import type { Shared } from "./support/random_killer.ts";
import { needsKvm } from "./support/skip.ts";

const nested = Boolean(process.env.NESTED_KVM);
const COUNT = nested ? 8 : 100;
const SECONDS = Number(process.env.VMLET_KILL_SECONDS ?? (nested ? 20 : 8));
/** A call that nobody kills, though it runs for so long, was missed. */
const PATIENCE = 5000;

const random = (limit: number) => Math.floor(Math.random() * limit);
const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
const threads = () => readdirSync("/proc/self/task").length;

type Guest = Sandbox<typeof BENCH>;

/** One kind of call: makes it, and says how it ended where that was not by an error. */
type Way = (sandbox: Guest, n: number) => Promise<string> | string;

/** Calls that a kill may end at any moment, or that nothing else ends. */
const WAYS: Readonly<Record<string, Way>> = {
  add: ({ exports }, n) => sum(exports.add(n, 1), n + 1),
  addAsync: async (sandbox, n) => sum(await sandbox.async.add(n, 2), n + 2),
  import: async (sandbox, n) => sum(await sandbox.async.host_add(n, 3), n + 3),
  busy: ({ exports }) => (exports.busy(random(500)), "fulfilled"),
  endless: (sandbox) => never(sandbox.call("spin", [], { deadline: PATIENCE })),
  endlessAsync: async ({ async }) => never(await async.spin({ deadline: PATIENCE })),
  late: (sandbox) => never(sandbox.call("spin", [], { deadline: 1 + random(5) })),
  lateAsync: async ({ async }) => never(await async.spin({ deadline: 1 + random(20) })),
  aborted: async ({ async }) =>
    never(await async.spin({ signal: AbortSignal.timeout(random(20)) })),
  abortedInImport: async ({ async }, n) =>
    sum(await async.host_add(n, 4, { signal: AbortSignal.timeout(random(3)) }), n + 4),
};
/** What ends soon by itself is called more often, so that others get their turns. */
const NAMES = Object.keys(WAYS).flatMap((name) =>
  Array<string>(["add", "addAsync", "import", "busy"].includes(name) ? 8 : 1).fill(name)
);

function sum(found: number, expected: number): string {
  assertEquals(found, expected);
  return "fulfilled";
}

function never(_: void): never {
  throw new Error("A function that does not return did");
}

/** What ended a call early, if it is one of what may. */
function endOf(error: unknown): string {
  if (error instanceof VmletError && ["ERR_CANCELLED", "ERR_DEADLINE"].includes(error.code)) {
    return error.elapsed !== undefined && error.elapsed >= PATIENCE ? "missed" : error.code;
  }
  if (error instanceof Error && error.name === "TimeoutError") return "aborted";
  throw error;
}

async function startKiller(shared: Shared): Promise<() => Promise<void>> {
  const worker = new Worker(new URL("./support/random_killer.ts", import.meta.url).href, {
    type: "module",
  });
  await new Promise((resolve) => worker.onmessage = resolve);
  worker.postMessage(shared);
  return async () => {
    Atomics.store(shared.end, 0, 1);
    while (Atomics.load(shared.end, 0) !== 2) await sleep(1);
    worker.terminate();
  };
}

test(
  "100 sandboxes are killed at random: each kill that was true cancels a call, and nothing is left",
  { skip: needsKvm },
  async () => {
    const numbers = (count: number) => new Int32Array(new SharedArrayBuffer(count * 4));
    const shared: Shared = {
      tokens: numbers(COUNT * 2),
      killed: numbers(COUNT),
      cancelled: numbers(COUNT),
      end: numbers(1),
    };
    const make = await prepareSandbox({
      guest: guestBytes("bench"),
      exports: BENCH,
      imports: {
        host_add: {
          parameters: ["i32", "i32"],
          result: "i32",
          callback: (a, b) => random(2) ? a + b : sleep(random(3)).then(() => a + b),
        },
      },
    });
    // What the process keeps is there before it is counted: runners, and threads of the runtime's own.
    runners.start(runners.limit);
    const endKiller = await startKiller(shared);
    make().close();
    await sleep(500);
    const before = holdings();
    const threadsBefore = threads();

    const outcomes = new Map<string, number>();
    const count = (what: string) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1);
    const end = performance.now() + SECONDS * 1000;
    const memory: number[] = [];
    const slot = async (n: number) => {
      while (performance.now() < end) {
        using sandbox = make();
        const clean = sandbox.snapshot();
        const { index, generation } = sandbox.interruptHandle().token;
        Atomics.store(shared.tokens, n * 2, index);
        Atomics.store(shared.tokens, n * 2 + 1, generation);
        for (let calls = 20 + random(200); calls > 0 && performance.now() < end; calls--) {
          const name = NAMES[random(NAMES.length)] as string;
          let outcome: string;
          try {
            outcome = await (WAYS[name] as Way)(sandbox, n);
          } catch (error) {
            outcome = endOf(error);
          }
          count(outcome);
          assert(!(outcome === "fulfilled" && sandbox.poisoned));
          if (outcome === "ERR_CANCELLED") Atomics.add(shared.cancelled, n, 1);
          if (sandbox.poisoned) sandbox.restore(clean);
          // Synchronous calls leave the others no turn.
          await sleep(0);
        }
        Atomics.store(shared.tokens, n * 2 + 1, 0);
        clean.close();
        count("closed");
      }
    };
    const slots = Promise.all(Array.from({ length: COUNT }, (_, n) => slot(n)));
    const watch = setInterval(() => memory.push(process.memoryUsage().rss / 2 ** 20), 500);
    await slots;
    clearInterval(watch);
    const threadsAfter = threads();
    await endKiller();

    assertEquals([...shared.killed], [...shared.cancelled]);
    const total = shared.killed.reduce((sum, it) => sum + it, 0);
    console.log(SECONDS, "seconds:", total, "kills,", Object.fromEntries(outcomes));
    assertEquals(outcomes.get("missed"), undefined);
    for (const outcome of ["fulfilled", "ERR_CANCELLED", "ERR_DEADLINE", "aborted", "closed"]) {
      // On a machine that is busy with other things, few aborts come in the middle of a call.
      assert((outcomes.get(outcome) ?? 0) >= COUNT / 20, `${outcome}: ${outcomes.get(outcome)}`);
    }
    assertEquals(holdings(), before);
    // Runtimes start threads for their compilers and collectors when they like.
    assertLess(threadsAfter, threadsBefore + 8);
    // After the first quarter, memory stays what it is but for garbage.
    const early = Math.max(...memory.slice(0, Math.ceil(memory.length / 4)));
    assertLess(Math.min(...memory.slice(-Math.ceil(memory.length / 4))), early + 64);
  },
);
