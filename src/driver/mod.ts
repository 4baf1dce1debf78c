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

export {
  Driver,
  type DriverOptions,
  type Entry,
  type EntryRegisters,
  type OutHandler,
  type SegmentValues,
  type SpecialRegisters,
} from "./driver.ts";
export { isHypervisorPresent } from "./platform.ts";
export {
  type Access,
  DescriptorTable,
  type ErrorCode,
  type ErrorDetails,
  type Field,
  type Fields,
  KvmError,
  Memory,
  Regs,
  Segment,
  Sregs,
  type Struct,
  type StructType,
  VmletError,
} from "../kvm/mod.ts";
