/** What a core dump holds of a guest's vCPU and memory. */

import type { Regs, Sregs } from "../kvm/mod.ts";
import type { MemoryRegion } from "./regions.ts";

/** The state of a guest for a core dump. */
export interface CrashDumpContext {
  /**
   * The 27 registers of a core file's NT_PRSTATUS (`struct user_regs_struct` of `<sys/user.h>`): r15, r14, r13, r12,
   * rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, orig_rax (0), rip, cs, eflags, rsp, ss, fs_base, gs_base, ds,
   * es, fs, gs.
   */
  readonly registers: readonly bigint[];
  /** The extended state as KVM_GET_XSAVE gives it: the XSAVE area, for NT_X86_XSTATE. */
  readonly extendedState: Uint8Array;
  /** All regions, those mapped later behind those of the beginning. */
  readonly regions: readonly MemoryRegion[];
  /** The guest's first instruction. */
  readonly entryPoint: bigint;
  /** The path of the guest's file, if it came from one. */
  readonly binaryPath?: string;
  /** The last part of that path. */
  readonly fileName?: string;
}

/** The registers in the order of a core file. */
export function coreRegisters(regs: Regs, sregs: Sregs): bigint[] {
  const originalRax = 0n;
  return [
    ...[regs.r15, regs.r14, regs.r13, regs.r12, regs.rbp, regs.rbx],
    ...[regs.r11, regs.r10, regs.r9, regs.r8],
    ...[regs.rax, regs.rcx, regs.rdx, regs.rsi, regs.rdi, originalRax],
    ...[regs.rip, BigInt(sregs.cs.selector), regs.rflags, regs.rsp, BigInt(sregs.ss.selector)],
    ...[sregs.fs.base, sregs.gs.base],
    ...[sregs.ds, sregs.es, sregs.fs, sregs.gs].map(({ selector }) => BigInt(selector)),
  ];
}
