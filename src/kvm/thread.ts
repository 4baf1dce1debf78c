/** This thread as the shim knows it: ready to take the signals that interrupt its vCPUs. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";

/**
 * The signal that interrupts a vCPU unless its maker chooses another. The kernel's real-time signals begin at 32; glibc
 * keeps 32 and 33, musl 32 to 34, and neither Deno nor Bun uses one.
 */
export const INTERRUPT_SIGNAL = 35;
/** The last real-time signal. */
export const LAST_SIGNAL = 64;

const EAGAIN = 11;

let thread: number | undefined;

/**
 * Makes the calling thread take a signal that interrupts vCPUs.
 *
 * @throws {RangeError} If it is not one of 35 to 64.
 */
export function takeSignal(signal: number): void {
  if (!Number.isInteger(signal) || signal < INTERRUPT_SIGNAL || signal > LAST_SIGNAL) {
    throw new RangeError(
      `Cannot interrupt a vCPU with signal ${signal}: only ${INTERRUPT_SIGNAL} to ${LAST_SIGNAL} are free for it`,
    );
  }
  const result = native().installSignal(signal);
  if (result < 0) {
    throw new VmletError(
      "ERR_LIMIT",
      `Cannot install a handler for signal ${signal}: ${errnoSymbol(-result)}`,
      { errno: -result },
    );
  }
  native().unblockSignal(signal);
}

/**
 * The calling thread's index for running vCPUs. A Worker of Deno or Bun never moves to another thread.
 *
 * @param signal What the thread's own timer sends when no signal can be queued.
 */
export function currentThread(signal: number): number {
  if (thread !== undefined) return thread;
  const index = native().attachThread(signal);
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
