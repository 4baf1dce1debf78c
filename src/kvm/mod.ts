/**
 * KVM, typed: one class for each kind of file descriptor, one method for each ioctl, named after it; structures are
 * views over their own memory; exits are a discriminated union. It decides nothing: what a guest is and what its exits
 * mean is the business of the layers above.
 *
 * @example A guest of one instruction
 * ```ts
 * import { Kvm, Memory } from "@vmlet/vmlet/kvm";
 *
 * using kvm = Kvm.open();
 * using memory = new Memory(4096);
 * memory.write(0, Uint8Array.of(0xf4)); // hlt
 * using vm = kvm.createVm();
 * vm.setUserMemoryRegion({ slot: 0, guestAddress: 0x1000, size: 4096, hostAddress: memory.address });
 * using vcpu = vm.createVcpu(0);
 * const sregs = vcpu.getSregs();
 * sregs.cs.base = 0n;
 * sregs.cs.selector = 0;
 * vcpu.setSregs(sregs);
 * const regs = vcpu.getRegs();
 * regs.rip = 0x1000n;
 * vcpu.setRegs(regs);
 * vcpu.run();
 * console.log(vcpu.exit()); // { type: "halt" }
 * ```
 *
 * @module
 */

export {
  CAPABILITY,
  DIRTY_LOG,
  EXIT,
  exitName,
  GUEST_DEBUG,
  IOCTL,
  MEMORY_FLAG,
  MSR,
  PAGE_SIZE,
  SYNC,
} from "./constants.ts";
export { KvmError } from "./error.ts";
export type * from "./exit.ts";
export { describeExit } from "./exit.ts";
export { Cpuid, Kvm } from "./kvm.ts";
export { Memory } from "./memory.ts";
export type { Field, Fields, Struct, StructType } from "./struct.ts";
export * from "./structs.ts";
export { INTERRUPTED, Vcpu } from "./vcpu.ts";
export { Xsave, XSAVE_COMPONENT, xsaveComponent } from "./xsave.ts";
export { type DirtyRange, type MemorySlot, Vm } from "./vm.ts";
export { type Access, type ErrorCode, type ErrorDetails, VmletError } from "../ffi/mod.ts";
