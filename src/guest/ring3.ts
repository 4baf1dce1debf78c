/**
 * The pages of a ring 3 guest that belong to the host: entry code, exception handlers, descriptor tables, the task
 * state segment with its port permissions, and the register values that go with them.
 */

import { PORT, RING3_PORTS } from "./ports.ts";

const PAGE = 4096;

/** Where the host's pages lie in the guest's address space; each is followed by pages that are not mapped. */
export const HOST_BASE = 0x7f_0000_0000;
const ENTRY_CODE = HOST_BASE;
const ENTRY_DATA = HOST_BASE + PAGE;
const DESCRIPTORS = HOST_BASE + 0x10000;
const HANDLERS = HOST_BASE + 0x20000;
const HANDLER_STACK = HOST_BASE + 0x30000;

/** The host's pages in the order of {@linkcode hostPages}, with what each is for. */
export const HOST_MAPPINGS = [
  { name: "entry code", virtual: ENTRY_CODE, user: true, writable: false, executable: true },
  { name: "entry data", virtual: ENTRY_DATA, user: true, writable: false, executable: false },
  { name: "descriptors", virtual: DESCRIPTORS, user: false, writable: true, executable: false },
  { name: "handlers", virtual: HANDLERS, user: false, writable: false, executable: true },
  { name: "handler stack", virtual: HANDLER_STACK, user: false, writable: true, executable: false },
] as const;

/** Where the pages' index in {@linkcode HOST_MAPPINGS} of the exception frame is. */
export const HANDLER_STACK_PAGE = 4;

// Inside the page of descriptors.
const GDT_OFFSET = 0;
const IDT_OFFSET = 0x400;
const TSS_OFFSET = 0x800;

const KERNEL_CODE = 0x08;
const KERNEL_DATA = 0x10;
const USER_DATA = 0x1b; // index 3, ring 3
const USER_CODE = 0x23; // index 4, ring 3
const TASK = 0x28;
const GDT_SIZE = 0x38;

const VECTORS = 32;
const HANDLER_SIZE = 4;
const BREAKPOINT = 3;

const TSS_SIZE = 104;
const TSS_RSP0 = 4;
const TSS_BITMAP_BASE = 102;

/**
 * The code by which every entry into the guest goes: it resets all extended state (x87, SSE, AVX, …) to its initial
 * values, calls the address in rax, and reports the end when that returns. `rdi`, `rsi`, `rdx` and `rcx` pass through.
 */
function entryCode(): Uint8Array {
  const code = [
    ...[0x49, 0x89, 0xc2], // mov r10, rax
    ...[0x49, 0x89, 0xd3], // mov r11, rdx
    ...[0xb8, 0xff, 0xff, 0xff, 0xff], // mov eax, -1
    ...[0xba, 0xff, 0xff, 0xff, 0xff], // mov edx, -1
    ...[0x48, 0x0f, 0xae, 0x2d, 0, 0, 0, 0], // xrstor64 [rip + …]
    ...[0x4c, 0x89, 0xda], // mov rdx, r11
    ...[0x31, 0xc0], // xor eax, eax
    // PVM keeps no segment registers for ring 3: an earlier call's selectors, also of another VM, are still here.
    ...[0x8e, 0xd8], // mov ds, eax
    ...[0x8e, 0xc0], // mov es, eax
    ...[0x8e, 0xe0], // mov fs, eax
    ...[0x8e, 0xe8], // mov gs, eax
    ...[0x45, 0x31, 0xdb], // xor r11d, r11d
    ...[0x41, 0xff, 0xd2], // call r10
    ...[0xe6, PORT.HALT], // out HALT, al
    ...[0xeb, 0xfc], // jmp to the out
  ];
  const afterXrstor = 24;
  const bytes = Uint8Array.from(code);
  new DataView(bytes.buffer).setInt32(afterXrstor - 4, ENTRY_DATA - ENTRY_CODE - afterXrstor, true);
  return bytes;
}

/** The image for `xrstor`: XSTATE_BV is 0, so that every component takes its initial value; MXCSR is read from here. */
function entryData(): Uint8Array {
  const bytes = new Uint8Array(576);
  new DataView(bytes.buffer).setUint32(24, 0x1f80, true);
  return bytes;
}

/** One handler a vector: it reports by `out`, and the host reads the vector from where that happened. */
function handlers(): Uint8Array {
  const bytes = new Uint8Array(VECTORS * HANDLER_SIZE);
  for (let vector = 0; vector < VECTORS; vector++) {
    bytes.set([0xe6, PORT.EXCEPTION, 0xeb, 0xfc], vector * HANDLER_SIZE); // out; jmp to it
  }
  return bytes;
}

/** GDT, IDT and TSS (Intel SDM volume 3, 3.4.5, 6.14.1, 7.7, 18.5.2). */
function descriptors(): Uint8Array {
  const bytes = new Uint8Array(TSS_OFFSET + TSS_SIZE + 32);
  const view = new DataView(bytes.buffer);

  const segment = (selector: number, access: number, flags: number) =>
    view.setBigUint64(
      GDT_OFFSET + (selector & ~7),
      0x0000_0000_0000_ffffn | BigInt(access) << 40n | 0xfn << 48n | BigInt(flags) << 52n,
      true,
    );
  // Present, code or data, accessed; flags: granularity and 64-bit.
  segment(KERNEL_CODE, 0x9b, 0xa);
  segment(KERNEL_DATA, 0x93, 0xc);
  segment(USER_DATA, 0xf3, 0xc);
  segment(USER_CODE, 0xfb, 0xa);
  const base = BigInt(DESCRIPTORS + TSS_OFFSET);
  view.setBigUint64(
    GDT_OFFSET + TASK,
    BigInt(tssLimit()) | (base & 0xffffffn) << 16n | 0x8bn << 40n | (base >> 24n & 0xffn) << 56n,
    true,
  );
  view.setBigUint64(GDT_OFFSET + TASK + 8, base >> 32n, true);

  for (let vector = 0; vector < VECTORS; vector++) {
    const handler = BigInt(HANDLERS + vector * HANDLER_SIZE);
    // Only a breakpoint may be raised by an instruction of ring 3 (`int3`); the others come from the CPU.
    const access = vector === BREAKPOINT ? 0xee : 0x8e;
    view.setBigUint64(
      IDT_OFFSET + vector * 16,
      (handler & 0xffffn) | BigInt(KERNEL_CODE) << 16n | BigInt(access) << 40n |
        (handler >> 16n & 0xffffn) << 48n,
      true,
    );
    view.setBigUint64(IDT_OFFSET + vector * 16 + 8, handler >> 32n, true);
  }

  view.setBigUint64(TSS_OFFSET + TSS_RSP0, BigInt(HANDLER_STACK + PAGE), true);
  view.setUint16(TSS_OFFSET + TSS_BITMAP_BASE, TSS_SIZE, true);
  // A port whose bit is set is forbidden, and so is every port behind the limit.
  bytes.fill(0xff, TSS_OFFSET + TSS_SIZE);
  for (const port of RING3_PORTS) {
    const at = TSS_OFFSET + TSS_SIZE + (port >> 3);
    bytes[at] = (bytes[at] ?? 0) & ~(1 << (port & 7));
  }
  return bytes;
}

/** The TSS with the bitmap's bytes up to the last allowed port, and one byte of ones behind them. */
function tssLimit(): number {
  return TSS_SIZE + (Math.max(...RING3_PORTS) >> 3) + 1;
}

/** The bytes of the host's pages, one array for each of {@linkcode HOST_MAPPINGS}. */
export function hostPages(): Uint8Array[] {
  return [entryCode(), entryData(), descriptors(), handlers(), new Uint8Array(0)];
}

/** A segment register, as KVM wants it. */
export interface SegmentValue {
  readonly base: bigint;
  readonly limit: number;
  readonly selector: number;
  readonly type: number;
  readonly present: number;
  readonly dpl: number;
  readonly s: number;
  readonly l: number;
  readonly db: number;
  readonly g: number;
}

/** The special registers that matter; the rest is zero. */
export interface SpecialRegisterValues {
  readonly cr0: bigint;
  readonly cr3: bigint;
  readonly cr4: bigint;
  readonly efer: bigint;
  readonly cs: SegmentValue;
  readonly ds: SegmentValue;
  readonly es: SegmentValue;
  readonly fs: SegmentValue;
  readonly gs: SegmentValue;
  readonly ss: SegmentValue;
  readonly tr: SegmentValue;
  readonly gdt: { readonly base: bigint; readonly limit: number };
  readonly idt: { readonly base: bigint; readonly limit: number };
}

// Intel SDM volume 3, 2.5 and 2.2.1.
const CR0_PE_MP_ET_NE_WP_AM_PG = 0x8005_0033n;
const CR4_PAE_OSFXSR_OSXMMEXCPT_OSXSAVE = 0x4_0620n;
const EFER_LME_LMA_NXE = 0xd00n; // without SCE: `syscall` is not a way into ring 0

/** The special registers of a vCPU in ring 3. `cr3` is the physical address of the page tables. */
export function ring3Registers(cr3: number): SpecialRegisterValues {
  const flat = { base: 0n, limit: 0xffff_ffff, present: 1, dpl: 3, s: 1, g: 1 };
  const data = { ...flat, selector: USER_DATA, type: 3, l: 0, db: 1 };
  return {
    cr0: CR0_PE_MP_ET_NE_WP_AM_PG,
    cr3: BigInt(cr3),
    cr4: CR4_PAE_OSFXSR_OSXMMEXCPT_OSXSAVE,
    efer: EFER_LME_LMA_NXE,
    cs: { ...flat, selector: USER_CODE, type: 11, l: 1, db: 0 },
    ds: data,
    es: data,
    fs: data,
    gs: data,
    ss: data,
    tr: {
      base: BigInt(DESCRIPTORS + TSS_OFFSET),
      limit: tssLimit(),
      selector: TASK,
      type: TASK_TYPES.busy,
      present: 1,
      dpl: 0,
      s: 0,
      l: 0,
      db: 0,
      g: 0,
    },
    gdt: { base: BigInt(DESCRIPTORS + GDT_OFFSET), limit: GDT_SIZE - 1 },
    idt: { base: BigInt(DESCRIPTORS + IDT_OFFSET), limit: VECTORS * 16 - 1 },
  };
}

/** Where every entry into the guest begins. */
export const ENTRY_ADDRESS = ENTRY_CODE;

/** Where the entry code reports the end of a call. Nothing of the guest is needed to run it. */
export const END_ADDRESS: number = ENTRY_CODE + entryCode().length - 4;

/**
 * The types of a 64-bit task state segment (Intel SDM volume 3, table 3-2). VMX enters a guest with a busy one only;
 * QEMU's software CPU looks at the port permissions of an available one only. The host tries which of them works.
 */
export const TASK_TYPES = { busy: 11, available: 9 } as const;

/** A CPU exception as the host's handler reports it. */
export interface GuestException {
  readonly vector: number;
  /** The error code, or 0 where the vector has none. */
  readonly errorCode: number;
  /** The instruction that raised it. */
  readonly rip: bigint;
  /** The guest's stack pointer there. */
  readonly rsp: bigint;
}

/** The vectors with an error code (Intel SDM volume 3, table 7-1). */
const WITH_ERROR_CODE = new Set([8, 10, 11, 12, 13, 14, 17, 21, 29, 30]);

/**
 * Reads the exception that a handler reported.
 *
 * @param handlerRip The instruction pointer in the handler.
 * @param stack The page of the handler's stack.
 * @returns undefined where `handlerRip` is not in a handler.
 */
export function readException(handlerRip: bigint, stack: Uint8Array): GuestException | undefined {
  const offset = Number(handlerRip - BigInt(HANDLERS));
  const vector = Math.floor(offset / HANDLER_SIZE);
  if (vector < 0 || vector >= VECTORS) return undefined;
  const view = new DataView(stack.buffer, stack.byteOffset, stack.byteLength);
  // Pushed from the page's end on: ss, rsp, rflags, cs, rip and, for some vectors, the error code.
  return {
    vector,
    errorCode: WITH_ERROR_CODE.has(vector) ? view.getUint32(PAGE - 48, true) : 0,
    rip: view.getBigUint64(PAGE - 40, true),
    rsp: view.getBigUint64(PAGE - 16, true),
  };
}

/** RFLAGS at the exception that the handlers report, from the page of their stack. */
export function flagsAtException(stack: Uint8Array): bigint {
  return new DataView(stack.buffer, stack.byteOffset).getBigUint64(PAGE - 24, true);
}

/** The names of the exceptions by vector (Hyperlight v0.11 uses the same in its messages). */
export const EXCEPTION_NAMES: Readonly<Record<number, string>> = {
  0: "DivideByZero",
  1: "Debug",
  2: "NonMaskableInterrupt",
  3: "Breakpoint",
  4: "Overflow",
  5: "BoundRangeExceeded",
  6: "InvalidOpcode",
  7: "DeviceNotAvailable",
  8: "DoubleFault",
  9: "CoprocessorSegmentOverrun",
  10: "InvalidTSS",
  11: "SegmentNotPresent",
  12: "StackSegmentFault",
  13: "GeneralProtectionFault",
  14: "PageFault",
  15: "Reserved",
  16: "X87FloatingPointException",
  17: "AlignmentCheck",
  18: "MachineCheck",
  19: "SIMDFloatingPointException",
  20: "VirtualizationException",
  30: "SecurityException",
};
