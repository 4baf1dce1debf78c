/** The shim's functions, written once for both runtimes: C parameter names and types in the order of the call. */

import type { ShimFunctions } from "./native.ts";
import { RUNNER_SYMBOLS } from "./runner_symbols.ts";
import type { SymbolDefinition } from "./symbol.ts";

/** The functions of the shim. `vmlet_` and the name in snake case is the symbol in C. */
export const SHIM_SYMBOLS = {
  ...RUNNER_SYMBOLS,
  shimVersion: { parameters: {}, result: "u32" },

  ioctl: { parameters: { fd: "i32", request: "u32", argument: "address" }, result: "i32" },
  ioctlStruct: {
    parameters: { fd: "i32", request: "u32", argument: "buffer" },
    result: "i32",
  },
  mmap: {
    parameters: {
      address: "address",
      length: "address",
      protection: "i32",
      flags: "i32",
      fd: "i32",
      offset: "address",
    },
    result: "i64",
  },
  munmap: { parameters: { address: "address", length: "address" }, result: "i32" },
  mprotect: {
    parameters: { address: "address", length: "address", protection: "i32" },
    result: "i32",
  },
  madvise: {
    parameters: { address: "address", length: "address", advice: "i32" },
    result: "i32",
  },
  memfdCreate: { parameters: { name: "buffer", flags: "u32" }, result: "i32" },
  fcntl: { parameters: { fd: "i32", command: "i32", argument: "i32" }, result: "i32" },
  ftruncate: { parameters: { fd: "i32", length: "address" }, result: "i32" },
  open: { parameters: { path: "buffer", flags: "i32", mode: "u32" }, result: "i32" },
  close: { parameters: { fd: "i32" }, result: "i32" },
  read: { parameters: { fd: "i32", to: "buffer", length: "u32" }, result: "i32" },
  pwrite: {
    parameters: { fd: "i32", from: "buffer", length: "address", offset: "address" },
    result: "i64",
  },
  getrlimit: { parameters: { resource: "i32", limit: "buffer" }, result: "i32" },
  eventfd: { parameters: { value: "u32", flags: "i32" }, result: "i32" },
  poll: { parameters: { fds: "buffer", count: "u32", milliseconds: "i32" }, result: "i32" },

  copy: {
    parameters: { to: "address", from: "address", length: "address" },
    result: "void",
  },
  copyIn: {
    parameters: { to: "address", from: "buffer", length: "address" },
    result: "void",
  },
  copyOut: {
    parameters: { to: "buffer", from: "address", length: "address" },
    result: "void",
  },
  copyInGuarded: {
    parameters: { to: "address", from: "buffer", length: "address" },
    result: "i64",
  },
  copyOutGuarded: {
    parameters: { to: "buffer", from: "address", length: "address" },
    result: "i64",
  },

  addBits: {
    parameters: { to: "address", first: "address", from: "address", count: "address" },
    result: "void",
  },
  takeBits: {
    parameters: { to: "address", from: "address", first: "address", count: "address" },
    result: "void",
  },
  markPages: {
    parameters: { set: "address", first: "address", count: "address" },
    result: "void",
  },
  markOwnPages: { parameters: { set: "address" }, result: "i64" },
  countOwnPages: { parameters: { memory: "address", pages: "address" }, result: "i64" },
  pageFaults: { parameters: {}, result: "i64" },
  countPages: { parameters: { set: "address" }, result: "i64" },
  forgetPages: { parameters: { set: "address" }, result: "void" },
  countChanges: {
    parameters: { set: "address", base: "address", first_zero: "address", end_zero: "address" },
    result: "i64",
  },
  capturePages: {
    parameters: { set: "address", base: "address", arena: "address" },
    result: "i64",
  },
  tablePages: {
    parameters: { table: "address", pages: "address", set: "address" },
    result: "void",
  },
  writeTable: { parameters: { table: "address", pages: "address", fd: "i32" }, result: "i32" },
  makeTable: {
    parameters: { set: "address", pages: "address", memory: "address", arena: "address" },
    result: "i64",
  },
  restorePages: {
    parameters: { set: "address", base: "address", target: "address" },
    result: "i32",
  },
  discardPages: { parameters: { set: "address", table: "address" }, result: "i32" },

  gettid: { parameters: {}, result: "i32" },
  acquireCell: { parameters: { run: "address", signal: "i32" }, result: "i32" },
  releaseCell: { parameters: { index: "u32" }, result: "void" },
  guestTime: { parameters: { index: "u32" }, result: "i64" },
  hostTime: { parameters: { index: "u32" }, result: "i64" },
  cellEpoch: { parameters: { index: "u32" }, result: "u32" },
  beginCall: { parameters: { index: "u32" }, result: "i32" },
  endCall: { parameters: { index: "u32" }, result: "i32" },
  isCancelled: { parameters: { index: "u32" }, result: "i32" },
  kill: { parameters: { index: "u32", epoch: "u32" }, result: "i32" },
  pause: { parameters: { index: "u32", epoch: "u32" }, result: "i32" },
  preempt: { parameters: { index: "u32" }, result: "i32" },
  takePause: { parameters: { index: "u32" }, result: "i32" },
  settle: { parameters: { index: "u32", vcpu: "i32" }, result: "i32" },
} as const satisfies Record<keyof ShimFunctions, SymbolDefinition>;
