/**
 * A Worker with sandboxes of the fast guest, which calls them at random and counts in shared memory how often each ended
 * cancelled. It kills nothing itself.
 */

import type { InterruptToken, Sandbox } from "../../mod.ts";
import { VmletError } from "../../mod.ts";
import { FAST, HOST_ADD, sandboxOf } from "./hyperlight.ts";

/** What the Worker is asked. */
export interface Request {
  readonly guest: Uint8Array;
  /** How many sandboxes there are. */
  readonly sandboxes: number;
  /** How many calls are made, of all together. */
  readonly calls: number;
  /** How many calls in a hundred end by a kill alone. */
  readonly endless: number;
  /** Where each sandbox's cancelled calls are counted. */
  readonly cancelled: Int32Array;
}

/** What the Worker says first: how to kill each sandbox; then what became of its calls. */
export type Answer = { readonly tokens: readonly InterruptToken[] } | {
  readonly cancelled: number;
  readonly finished: number;
  /** What should not have happened. */
  readonly wrong: readonly string[];
};

interface Scope {
  postMessage(message: Answer): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

const random = (limit: number) => Math.floor(Math.random() * limit);

function call(sandbox: Sandbox<typeof FAST>, isEndless: boolean): string {
  try {
    if (isEndless) sandbox.exports.Spin();
    const sum = sandbox.exports.Add(1, 41);
    return sum === 42 && !isEndless ? "finished" : `a call returned ${sum}`;
  } catch (error) {
    return error instanceof VmletError && error.code === "ERR_CANCELLED"
      ? "cancelled"
      : String(error);
  }
}

async function serve({ guest, sandboxes, calls, endless, cancelled }: Request): Promise<void> {
  const all = await Promise.all(
    Array.from({ length: sandboxes }, () => sandboxOf(guest, FAST, { imports: HOST_ADD })),
  );
  const clean = all.map((it) => it.snapshot());
  scope.postMessage({ tokens: all.map((it) => it.interruptHandle().token) });
  const counts = { cancelled: 0, finished: 0 };
  const wrong: string[] = [];
  for (let i = 0; i < calls; i++) {
    const which = random(sandboxes);
    const sandbox = all[which] as typeof all[number];
    const outcome = call(sandbox, random(100) < endless);
    if (outcome === "cancelled" || outcome === "finished") counts[outcome]++;
    else wrong.push(outcome);
    if (sandbox.poisoned !== (outcome === "cancelled")) wrong.push(`poisoned after ${outcome}`);
    if (sandbox.poisoned) sandbox.restore(clean[which] as typeof clean[number]);
    if (outcome === "cancelled") Atomics.add(cancelled, which, 1);
  }
  for (const it of all) it.close();
  scope.postMessage({ ...counts, wrong });
}

scope.onmessage = ({ data }) => void serve(data as Request);
