/** The functions of the shim that runners use too, apart from the others so that their script holds no more. */

import type { ShimFunctions } from "./native.ts";
import type { SymbolDefinition } from "./symbol.ts";

/** As in {@linkcode SHIM_SYMBOLS}, of which these are a part. */
export const RUNNER_SYMBOLS = {
  tgkill: { parameters: { tid: "i32", signal: "i32" }, result: "i32" },
  installSignal: { parameters: { number: "i32" }, result: "i32" },
  unblockSignal: { parameters: { signal: "i32" }, result: "void" },
  attachThread: { parameters: { signal: "i32" }, result: "i32" },
  run: { parameters: { index: "u32", thread_index: "u32", vcpu: "i32" }, result: "i32" },
  threadTimer: {
    parameters: { thread_index: "u32", clock: "i32", signal: "i32" },
    result: "i32",
  },
  setTimer: { parameters: { timer: "i32", nanoseconds: "address" }, result: "i32" },
  threadTime: { parameters: {}, result: "i64" },
} as const satisfies Partial<Record<keyof ShimFunctions, SymbolDefinition>>;
