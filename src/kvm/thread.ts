/** This thread as the shim knows it: ready to take the signal that interrupts a vCPU. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";

/**
 * The signal that interrupts a vCPU. The kernel's real-time signals begin at 32; glibc keeps 32 and 33, musl 32 to 34,
 * and neither Deno nor Bun uses one.
 */
export const INTERRUPT_SIGNAL = 35;

const EAGAIN = 11;

let thread: number | undefined;

/** The calling thread's index for running vCPUs. A Worker of Deno or Bun never moves to another thread. */
export function currentThread(): number {
  if (thread !== undefined) return thread;
  const installed = native().installSignal(INTERRUPT_SIGNAL);
  const index = installed < 0 ? installed : native().attachThread();
  if (index === -EAGAIN) {
    throw new VmletError(
      "ERR_LIMIT",
      "Cannot run a vCPU on this thread: EAGAIN, the user's limit of pending signals is used up (ulimit -i)",
      { errno: EAGAIN },
    );
  }
  if (index < 0) {
    throw new VmletError(
      "ERR_LIMIT",
      `Cannot run a vCPU on this thread: ${
        errnoSymbol(-index)
      }, 1024 threads of this process run others already`,
      { errno: -index },
    );
  }
  return thread = index;
}
