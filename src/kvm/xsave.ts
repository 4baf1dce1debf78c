/** The extended state of a vCPU: x87, SSE and what came after them, in the layout of the XSAVE instruction. */

import type { Cpuid } from "./kvm.ts";
import { bytes, type Struct, struct, type StructType, u16, u32, u64 } from "./struct.ts";

/**
 * `struct kvm_xsave`: the XSAVE area in its standard format (Intel SDM volume 1, 13.4). 4096 bytes hold everything but
 * AMX's tiles, which a process must ask the kernel for; vmlet does not.
 */
export interface Xsave extends Struct {
  /** FCW: the x87 control word. */
  fcw: number;
  /** FSW: the x87 status word. */
  fsw: number;
  /** Which of ST0 to ST7 are in use, one bit each. */
  ftw: number;
  /** The last x87 instruction's opcode. */
  fop: number;
  /** The last x87 instruction's address. */
  rip: bigint;
  /** The last x87 operand's address. */
  rdp: bigint;
  /** MXCSR: control and status of SSE. */
  mxcsr: number;
  /** Which bits of MXCSR the CPU has. */
  mxcsrMask: number;
  /** ST0 to ST7, 16 bytes each, of which 10 are the number. */
  readonly st: Uint8Array;
  /** XMM0 to XMM15, 16 bytes each. */
  readonly xmm: Uint8Array;
  /** XSTATE_BV: which components are here; the others have their initial values. */
  xstateBv: bigint;
}

/** `struct kvm_xsave`. */
export const Xsave: StructType<Xsave> = struct<Xsave>("kvm_xsave", 4096, {
  fcw: u16(0),
  fsw: u16(2),
  ftw: u16(4),
  fop: u16(6),
  rip: u64(8),
  rdp: u64(16),
  mxcsr: u32(24),
  mxcsrMask: u32(28),
  st: bytes(32, 128),
  xmm: bytes(160, 256),
  xstateBv: u64(512),
});

/** The bits of XSTATE_BV and XCR0 for what the named fields hold. */
const X87_AND_SSE = 3n;

/** The components behind the legacy area by their bits in XSTATE_BV (Intel SDM volume 1, 13.1). */
export const XSAVE_COMPONENT = {
  ymmHigh: 2,
  bndregs: 3,
  bndcsr: 4,
  opmask: 5,
  zmmHigh: 6,
  highZmm: 7,
  pkru: 9,
} as const;

/**
 * A component of the extended state, in place: writing to it changes the structure. Its bit in
 * {@linkcode Xsave.xstateBv} says whether it counts. Where it lies differs between CPUs: CPUID leaf 13 tells.
 *
 * @returns Undefined if the CPU has no such component.
 */
export function xsaveComponent(
  xsave: Xsave,
  cpuid: Cpuid,
  name: keyof typeof XSAVE_COMPONENT,
): Uint8Array | undefined {
  const index = XSAVE_COMPONENT[name];
  const leaf = cpuid.entries.find((it) => it.function === 13 && it.index === index);
  const { eax: size = 0, ebx: offset = 0 } = leaf ?? {};
  return size === 0 ? undefined : xsave.bytes.subarray(offset, offset + size);
}

/**
 * The extended state after a reset, for guests with this CPUID. The x87 and SSE parts are given, although all of it is
 * as XSTATE_BV = 0 would make it: without them, XRSTOR in the standard format would leave MXCSR as the structure has
 * it. So is PKRU: until 6.2, Linux left it as the guest had it when it was not.
 */
export function initialXsave(cpuid: Cpuid): Xsave {
  const xsave = Xsave.create();
  xsave.fcw = 0x37f;
  xsave.mxcsr = 0x1f80;
  xsave.xstateBv = X87_AND_SSE;
  if (xsaveComponent(xsave, cpuid, "pkru")) xsave.xstateBv |= 1n << BigInt(XSAVE_COMPONENT.pkru);
  return xsave;
}
