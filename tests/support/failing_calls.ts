/** Native calls that fail on request, one after the other, for tests of what a failure leaves behind. */

import { native } from "../../src/ffi/mod.ts";
import type { ShimFunctions } from "../../src/ffi/native.ts";

/** All that the kernel can refuse, or a table of the shim. What gives something back is not among them. */
const CALLS = [
  ...["open", "ioctl", "ioctlStruct", "mmap", "mprotect", "madvise", "countOwnPages"] as const,
  ...["memfdCreate", "ftruncate", "fcntl", "pwrite", "writeTable"] as const,
  ...["installSignal", "attachThread", "acquireCell", "run", "settle"] as const,
] as const satisfies (keyof ShimFunctions)[];

type Arguments = readonly unknown[];
type Call = (...args: Arguments) => number;

/** Runs something while each of those calls is answered by `answer`, or carried out where that has no answer. */
export async function answerCalls<T>(
  answer: (name: typeof CALLS[number], args: Arguments) => number | undefined,
  run: () => T | Promise<T>,
): Promise<T> {
  const shim = native() as unknown as Record<string, Call>;
  const originals = CALLS.map((name) => [name, shim[name] as Call] as const);
  for (const [name, original] of originals) {
    shim[name] = (...args) => answer(name, args) ?? original(...args);
  }
  try {
    return await run();
  } finally {
    for (const [name, original] of originals) shim[name] = original;
  }
}

/** What became of a run in which one call failed. */
export interface Failure {
  /** The call, and the beginning of its arguments. */
  readonly call: string;
  /** What the run threw, if it did. */
  readonly error: unknown;
}

/** Runs something again and again, and lets one call fail each time: first the first, in the end none. */
export async function failEachCall(
  errno: number,
  run: () => unknown,
  check: (failure: Failure) => void,
): Promise<number> {
  for (let number = 0;; number++) {
    let count = 0;
    let call = "";
    let error: unknown;
    const answer = (name: string, args: Arguments) => {
      if (count++ !== number) return undefined;
      call = `call ${number}, ${name}(${args.slice(0, 2).map((it) => Number(it).toString(16))})`;
      return -errno;
    };
    try {
      await answerCalls(answer, run);
    } catch (thrown) {
      error = thrown;
    }
    if (call === "") {
      if (error) throw error;
      return number;
    }
    check({ call, error });
  }
}
