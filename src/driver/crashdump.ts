/** What a core dump holds of a guest's vCPU and memory. */

import {
  type Cpuid,
  type Regs,
  type Sregs,
  Xsave,
  XSAVE_COMPONENT,
  xsaveComponent,
} from "../kvm/mod.ts";
import type { MemoryRegion } from "./regions.ts";

/** The state of a guest for a core dump. */
export interface CrashDumpContext {
  /**
   * The 27 registers of a core file's NT_PRSTATUS (`struct user_regs_struct` of `<sys/user.h>`): r15, r14, r13, r12,
   * rbp, rbx, r11, r10, r9, r8, rax, rcx, rdx, rsi, rdi, orig_rax (0), rip, cs, eflags, rsp, ss, fs_base, gs_base, ds,
   * es, fs, gs.
   */
  readonly registers: readonly bigint[];
  /**
   * The extended state for NT_X86_XSTATE: an XSAVE area with the CPU's components in the places that gdb knows, and XCR0
   * where Linux puts it, in the bytes from 464 on. The first 512 bytes are what NT_FPREGSET wants.
   */
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

/** Where Linux keeps XCR0 in what the CPU leaves to software (`xfeatures` of `struct _fpx_sw_bytes`). */
const XCR0_OFFSET = 464;
/** The legacy area and the header behind it, which every XSAVE area has. */
const XSAVE_MINIMUM = 576;
const X87_AND_SSE = 3n;

/**
 * Where the components lie on Intel's first CPUs that had them all. Others pack them in another way, which no core file
 * of Linux's says: gdb 13 knows this one alone, later ones tell some by the length.
 */
const CORE_OFFSETS: Readonly<Record<keyof typeof XSAVE_COMPONENT, number>> = {
  ymmHigh: 576,
  bndregs: 960,
  bndcsr: 1024,
  opmask: 1088,
  zmmHigh: 1152,
  highZmm: 1664,
  pkru: 2688,
};

/** The extended state for a core file. */
export function coreExtendedState(xsave: Xsave, cpuid: Cpuid, xcr0: bigint): Uint8Array {
  const bytes = new Uint8Array(Xsave.size);
  bytes.set(xsave.bytes.subarray(0, XSAVE_MINIMUM));
  let components = X87_AND_SSE;
  let size = XSAVE_MINIMUM;
  for (const [name, offset] of Object.entries(CORE_OFFSETS)) {
    const component = name as keyof typeof CORE_OFFSETS;
    const content = xsaveComponent(xsave, cpuid, component);
    const bit = 1n << BigInt(XSAVE_COMPONENT[component]);
    if (!content || (xcr0 & bit) === 0n) continue;
    bytes.set(content, offset);
    components |= bit;
    size = offset + content.length;
  }
  const area = Xsave.at(bytes.buffer);
  area.xstateBv &= components;
  new DataView(bytes.buffer).setBigUint64(XCR0_OFFSET, components, true);
  return bytes.slice(0, size);
}
