/**
 * The KVM driver, for those who build a sandbox of their own: it makes a VM around a guest's memory, enters it with
 * fresh registers and handles its exits. What the guest's memory holds is its user's business.
 *
 * @example Is there a hypervisor?
 * ```ts
 * import { isHypervisorPresent } from "@vmlet/vmlet/driver";
 *
 * console.log(isHypervisorPresent() ? "KVM is there" : "no KVM, ask `vmlet doctor`");
 * ```
 *
 * @module
 */

export { AsyncCall, type Turn, type TurnResult, type VcpuRunner } from "./async_call.ts";
export {
  type CpuState,
  Driver,
  type DriverHooks,
  type DriverOptions,
  type DriverStats,
  type StackGuard,
} from "./driver.ts";
export type { Sampler, Sampling } from "./sampler.ts";
export type { CrashDumpContext } from "./crashdump.ts";
export { DirtyLog, type DirtyLogMode, type LoggedSlot } from "./dirty_log.ts";
export type { DebugStop, DriverExit } from "./exits.ts";
export { InterruptHandle, type InterruptToken } from "./interrupt_handle.ts";
export { type CallLimits, checkLimits, isTimeUp, type LimitName } from "./limits.ts";
export type { MemoryLimit } from "./memory_limit.ts";
export { isHypervisorPresent } from "./platform.ts";
export type { MemoryRegion, RegionFlags } from "./regions.ts";
export type { InitialArguments, SegmentValues, SpecialRegisters } from "./registers.ts";
export {
  type Access,
  DescriptorTable,
  type ErrorCode,
  type ErrorDetails,
  type Exit,
  type Field,
  type Fields,
  Fpu,
  GuestDebug,
  GuestDebugArch,
  type IoOut,
  KvmError,
  Memory,
  Regs,
  Segment,
  Sregs,
  type Struct,
  type StructType,
  type Vm,
  VmletError,
  Xsave,
} from "../kvm/mod.ts";
