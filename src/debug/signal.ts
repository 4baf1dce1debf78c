/** Which signal tells of an error, as if the guest were a process. */

import { VmletError } from "../driver/mod.ts";

/** A signal of a process that crashes. */
export type CrashSignal = "illegal" | "trap" | "abort" | "arithmetic" | "bus" | "segment";

/** The signals by Linux's numbers, for core files. gdb's protocol has its own. */
export const LINUX_SIGNAL: Readonly<Record<CrashSignal, number>> = {
  illegal: 4,
  trap: 5,
  abort: 6,
  bus: 7,
  arithmetic: 8,
  segment: 11,
};

/** The exceptions that are other signals than a wrong access to memory. */
const SIGNALS: Readonly<Record<number, CrashSignal>> = {
  0: "arithmetic",
  1: "trap",
  3: "trap",
  6: "illegal",
  16: "arithmetic",
  19: "arithmetic",
};

/** The signal of an error with which a call ended in the middle of the guest; undefined if it is no crash. */
export function signalOf(error: unknown): CrashSignal | undefined {
  if (!(error instanceof VmletError)) return undefined;
  switch (error.code) {
    case "ERR_CANCELLED":
    case "ERR_DEADLINE":
    case "ERR_MEMORY_LIMIT":
    case "ERR_RUNNER":
    case "ERR_BUSY":
    case "ERR_CLOSED":
      return undefined;
    case "ERR_GUEST_ABORTED":
    case "ERR_OUT_OF_MEMORY":
      return "abort";
    case "ERR_GUEST_EXCEPTION":
      return SIGNALS[error.vector ?? -1] ?? "segment";
    case "ERR_KVM":
      return "bus";
    default:
      return "segment";
  }
}
