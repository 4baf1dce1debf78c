/**
 * Runs untrusted native code in hardware-isolated micro-VMs (Linux KVM, no guest operating system) from Deno and Bun.
 *
 * @example A guest's function, called as a function
 * ```ts
 * import { Sandbox } from "@vmlet/vmlet";
 *
 * using sandbox = await Sandbox.create({
 *   guest: "guest/examples/hello.elf",
 *   exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
 * });
 * console.log(sandbox.exports.add(1, 2)); // 3
 * ```
 *
 * @module
 */

export {
  type CallLimits,
  type CloneOptions,
  type InitDataOptions,
  InterruptHandle,
  type InterruptToken,
  type LimitName,
  type MemoryOptions,
  type MemoryRegion,
  type RegionFlags,
  type RegionToMap,
  Sandbox,
  type SandboxOptions,
  type SandboxStats,
} from "./src/sandbox/sandbox.ts";
export type { CoreDumpOptions } from "./src/sandbox/core_dump.ts";
export type { DebugAddress, DebugOptions } from "./src/sandbox/debug.ts";
export {
  type ClonePoolOptions,
  type Percentiles,
  Pool,
  type PoolLimits,
  type PoolOptions,
  type PoolStats,
} from "./src/sandbox/pool.ts";
export type {
  GuestProfile,
  GuestTrace,
  Recording,
  RecordingOptions,
  TimelineEntry,
  TraceField,
} from "./src/sandbox/recorder.ts";
export { Snapshot, type SnapshotToken } from "./src/sandbox/snapshot.ts";
export type { GuestLogRecord, LogLevel, LogOptions } from "./src/sandbox/guest_output.ts";
export type { GuestSource } from "./src/sandbox/guest_file.ts";
export {
  type GuestInspection,
  type GuestMemoryPart,
  type GuestSegment,
  inspectGuest,
  type Permissions,
} from "./src/sandbox/inspect.ts";
export type * from "./src/sandbox/types.ts";
export { type Access, type ErrorCode, type ErrorDetails, VmletError } from "./src/sandbox/error.ts";
export {
  type Check,
  type CheckArea,
  type CheckStatus,
  type ContainerKind,
  diagnose,
  type Diagnosis,
  type HostCpu,
  type HostEnvironment,
  type HostLimits,
  type ResourceLimit,
} from "./src/sandbox/doctor.ts";
export { VERSION } from "./src/sandbox/version.ts";
