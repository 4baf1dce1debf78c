/** The structures of the KVM API on x86_64, with the kernel's field names in camelCase. */

import {
  array,
  bytes,
  nested,
  type Struct,
  struct,
  type StructType,
  u16,
  u32,
  u64,
  u8,
  words,
} from "./struct.ts";

/** `struct kvm_regs`: the general registers. */
export interface Regs extends Struct {
  /** RAX. */
  rax: bigint;
  /** RBX. */
  rbx: bigint;
  /** RCX: the count of string instructions. */
  rcx: bigint;
  /** RDX. */
  rdx: bigint;
  /** RSI: the source of string instructions. */
  rsi: bigint;
  /** RDI: the destination of string instructions. */
  rdi: bigint;
  /** RSP: the stack pointer. */
  rsp: bigint;
  /** RBP. */
  rbp: bigint;
  /** R8. */
  r8: bigint;
  /** R9. */
  r9: bigint;
  /** R10. */
  r10: bigint;
  /** R11. */
  r11: bigint;
  /** R12. */
  r12: bigint;
  /** R13. */
  r13: bigint;
  /** R14. */
  r14: bigint;
  /** R15. */
  r15: bigint;
  /** RIP: the address of the next instruction. */
  rip: bigint;
  /** RFLAGS; bit 1 is always one. */
  rflags: bigint;
}

/** `struct kvm_regs`. */
export const Regs: StructType<Regs> = struct<Regs>("kvm_regs", 144, {
  rax: u64(0),
  rbx: u64(8),
  rcx: u64(16),
  rdx: u64(24),
  rsi: u64(32),
  rdi: u64(40),
  rsp: u64(48),
  rbp: u64(56),
  r8: u64(64),
  r9: u64(72),
  r10: u64(80),
  r11: u64(88),
  r12: u64(96),
  r13: u64(104),
  r14: u64(112),
  r15: u64(120),
  rip: u64(128),
  rflags: u64(136),
});

/** `struct kvm_segment`: a segment register with its hidden part (Intel SDM volume 3, 3.4.3). */
export interface Segment extends Struct {
  /** The linear address at which the segment begins. */
  base: bigint;
  /** The last offset inside the segment in bytes, already scaled by {@linkcode Segment.g}. */
  limit: number;
  /** The visible part: index, table indicator and requested privilege level. */
  selector: number;
  /** The type field: for code and data bit 3 code, bit 2 expand-down or conforming, bit 1 writable or readable, bit 0 accessed; 11 for a busy 64-bit TSS. */
  type: number;
  /** P: 1 if the segment is present. */
  present: number;
  /** DPL: the descriptor privilege level, 0 to 3. */
  dpl: number;
  /** D/B: 1 for 32-bit operands and stack, 0 in 64-bit code. */
  db: number;
  /** S: 1 for code and data, 0 for system segments such as a TSS. */
  s: number;
  /** L: 1 for 64-bit code. */
  l: number;
  /** G, granularity: 1 if the descriptor counts the limit in pages of 4096 bytes. */
  g: number;
  /** AVL: free for the use of system software. */
  avl: number;
  /** 1 if the register holds no segment, as after loading a null selector. */
  unusable: number;
}

/** `struct kvm_segment`. */
export const Segment: StructType<Segment> = struct<Segment>("kvm_segment", 24, {
  base: u64(0),
  limit: u32(8),
  selector: u16(12),
  type: u8(14),
  present: u8(15),
  dpl: u8(16),
  db: u8(17),
  s: u8(18),
  l: u8(19),
  g: u8(20),
  avl: u8(21),
  unusable: u8(22),
});

/** `struct kvm_dtable`: GDTR or IDTR. */
export interface DescriptorTable extends Struct {
  /** The linear address of the table. */
  base: bigint;
  /** The table's last byte: its length minus 1. */
  limit: number;
}

/** `struct kvm_dtable`. */
export const DescriptorTable: StructType<DescriptorTable> = struct<DescriptorTable>(
  "kvm_dtable",
  16,
  { base: u64(0), limit: u16(8) },
);

/** `struct kvm_sregs`: segment, control and descriptor table registers. */
export interface Sregs extends Struct {
  /** The code segment. */
  readonly cs: Segment;
  /** The data segment. */
  readonly ds: Segment;
  /** The extra data segment. */
  readonly es: Segment;
  /** FS, whose base counts in 64-bit code. */
  readonly fs: Segment;
  /** GS, whose base counts in 64-bit code. */
  readonly gs: Segment;
  /** The stack segment; its DPL is the privilege level in force. */
  readonly ss: Segment;
  /** The task register: the task state segment. */
  readonly tr: Segment;
  /** LDTR: the local descriptor table. */
  readonly ldt: Segment;
  /** GDTR: the global descriptor table. */
  readonly gdt: DescriptorTable;
  /** IDTR: the interrupt descriptor table. */
  readonly idt: DescriptorTable;
  /** CR0: protection, paging and x87 control. */
  cr0: bigint;
  /** CR2: the linear address of the last page fault. */
  cr2: bigint;
  /** CR3: the physical address of the root page table, and its caching bits. */
  cr3: bigint;
  /** CR4: which extensions are on. */
  cr4: bigint;
  /** CR8: the task priority. */
  cr8: bigint;
  /** IA32_EFER: long mode, no-execute and `syscall`. */
  efer: bigint;
  /** IA32_APIC_BASE: where the local APIC is, and whether it is on. */
  apicBase: bigint;
  /** 256 bits, of which at most one is set: the external interrupt that waits for injection. */
  readonly interruptBitmap: Uint8Array;
}

/** `struct kvm_sregs`. */
export const Sregs: StructType<Sregs> = struct<Sregs>("kvm_sregs", 312, {
  cs: nested(0, Segment),
  ds: nested(24, Segment),
  es: nested(48, Segment),
  fs: nested(72, Segment),
  gs: nested(96, Segment),
  ss: nested(120, Segment),
  tr: nested(144, Segment),
  ldt: nested(168, Segment),
  gdt: nested(192, DescriptorTable),
  idt: nested(208, DescriptorTable),
  cr0: u64(224),
  cr2: u64(232),
  cr3: u64(240),
  cr4: u64(248),
  cr8: u64(256),
  efer: u64(264),
  apicBase: u64(272),
  interruptBitmap: bytes(280, 32),
});

/** `struct kvm_userspace_memory_region`: one memory slot. */
export interface UserspaceMemoryRegion extends Struct {
  /** The slot's number in the low 16 bits, the address space in the high ones. */
  slot: number;
  /** `KVM_MEM_*`, see {@linkcode MEMORY_FLAG}. */
  flags: number;
  /** Where the slot begins in the guest's physical memory, page-aligned. */
  guestPhysAddr: bigint;
  /** The length in bytes, whole pages; 0 deletes the slot. */
  memorySize: bigint;
  /** Where the memory is in this process, page-aligned. */
  userspaceAddr: bigint;
}

/** `struct kvm_userspace_memory_region`. */
export const UserspaceMemoryRegion: StructType<UserspaceMemoryRegion> = struct<
  UserspaceMemoryRegion
>("kvm_userspace_memory_region", 32, {
  slot: u32(0),
  flags: u32(4),
  guestPhysAddr: u64(8),
  memorySize: u64(16),
  userspaceAddr: u64(24),
});

/** `struct kvm_cpuid_entry2`: one leaf of CPUID. */
export interface CpuidEntry extends Struct {
  /** The leaf: EAX before CPUID. */
  function: number;
  /** The subleaf: ECX before CPUID, where the leaf has subleaves. */
  index: number;
  /** `KVM_CPUID_FLAG_*`: 1 if {@linkcode CpuidEntry.index} matters. */
  flags: number;
  /** EAX after CPUID. */
  eax: number;
  /** EBX after CPUID. */
  ebx: number;
  /** ECX after CPUID. */
  ecx: number;
  /** EDX after CPUID. */
  edx: number;
}

/** `struct kvm_cpuid_entry2`. */
export const CpuidEntry: StructType<CpuidEntry> = struct<CpuidEntry>("kvm_cpuid_entry2", 40, {
  function: u32(0),
  index: u32(4),
  flags: u32(8),
  eax: u32(12),
  ebx: u32(16),
  ecx: u32(20),
  edx: u32(24),
});

/** `struct kvm_xcr`: one extended control register. */
export interface Xcr extends Struct {
  /** Which register: 0 for XCR0. */
  xcr: number;
  /** Its value. */
  value: bigint;
}

/** `struct kvm_xcr`. */
export const Xcr: StructType<Xcr> = struct<Xcr>("kvm_xcr", 16, { xcr: u32(0), value: u64(8) });

/** `struct kvm_xcrs`: the extended control registers. */
export interface Xcrs extends Struct {
  /** How many of {@linkcode Xcrs.xcrs} count. */
  nrXcrs: number;
  /** Always 0 so far. */
  flags: number;
  /** Room for 16 registers. */
  readonly xcrs: readonly Xcr[];
}

/** `struct kvm_xcrs`. */
export const Xcrs: StructType<Xcrs> = struct<Xcrs>("kvm_xcrs", 392, {
  nrXcrs: u32(0),
  flags: u32(4),
  xcrs: array(8, 16, Xcr),
});

/** `struct kvm_msr_entry`: one model-specific register. */
export interface MsrEntry extends Struct {
  /** Which register. */
  index: number;
  /** Its value. */
  data: bigint;
}

/** `struct kvm_msr_entry`. */
export const MsrEntry: StructType<MsrEntry> = struct<MsrEntry>("kvm_msr_entry", 16, {
  index: u32(0),
  data: u64(8),
});

/** `struct kvm_msrs`: how many {@linkcode MsrEntry} follow it. */
export interface Msrs extends Struct {
  /** How many. */
  nmsrs: number;
}

/** `struct kvm_msrs`. */
export const Msrs: StructType<Msrs> = struct<Msrs>("kvm_msrs", 8, { nmsrs: u32(0) });

/** `struct kvm_fpu`: the x87 and SSE registers. */
export interface Fpu extends Struct {
  /** ST0 to ST7, 16 bytes each, of which 10 are the number. */
  readonly fpr: Uint8Array;
  /** FCW: the x87 control word. */
  fcw: number;
  /** FSW: the x87 status word. */
  fsw: number;
  /** Which of ST0 to ST7 are in use, one bit each (the abridged tag word of `fxsave`). */
  ftwx: number;
  /** The last x87 instruction's opcode. */
  lastOpcode: number;
  /** The last x87 instruction's address. */
  lastIp: bigint;
  /** The last x87 operand's address. */
  lastDp: bigint;
  /** XMM0 to XMM15, 16 bytes each. */
  readonly xmm: Uint8Array;
  /** MXCSR. KVM neither fills nor reads it: see {@linkcode Xsave}. */
  mxcsr: number;
}

/** `struct kvm_fpu`. */
export const Fpu: StructType<Fpu> = struct<Fpu>("kvm_fpu", 416, {
  fpr: bytes(0, 128),
  fcw: u16(128),
  fsw: u16(130),
  ftwx: u8(132),
  lastOpcode: u16(134),
  lastIp: u64(136),
  lastDp: u64(144),
  xmm: bytes(152, 256),
  mxcsr: u32(408),
});

/** `struct kvm_debugregs`: the debug registers that the guest sees. */
export interface DebugRegs extends Struct {
  /** DR0 to DR3: the addresses of breakpoints. */
  readonly db: BigUint64Array;
  /** DR6: which condition was met. */
  dr6: bigint;
  /** DR7: which breakpoints are on, and what for. */
  dr7: bigint;
}

/** `struct kvm_debugregs`. */
export const DebugRegs: StructType<DebugRegs> = struct<DebugRegs>("kvm_debugregs", 128, {
  db: words(0, 4),
  dr6: u64(32),
  dr7: u64(40),
});

/** `struct kvm_vcpu_events`: what waits to be delivered to the guest. */
export interface VcpuEvents extends Struct {
  /** The exception: injected, number, has an error code, pending (a byte each), error code (4 bytes). */
  readonly exception: Uint8Array;
  /** The interrupt: injected, number, soft, shadow of `sti` or `mov ss`. */
  readonly interrupt: Uint8Array;
  /** The NMI: injected, pending, masked. */
  readonly nmi: Uint8Array;
  /** The vector of a start-up IPI. */
  sipiVector: number;
  /** `KVM_VCPUEVENT_VALID_*`: which of the rest count. */
  flags: number;
  /** System management mode: in it, pending, in an NMI, a latched INIT. */
  readonly smi: Uint8Array;
  /** Whether a triple fault waits. */
  readonly tripleFault: Uint8Array;
  /** Whether the exception has a payload. */
  exceptionHasPayload: number;
  /** The exception's payload: CR2 of a page fault, DR6 of a debug exception. */
  exceptionPayload: bigint;
}

/** `struct kvm_vcpu_events`. */
export const VcpuEvents: StructType<VcpuEvents> = struct<VcpuEvents>("kvm_vcpu_events", 64, {
  exception: bytes(0, 8),
  interrupt: bytes(8, 4),
  nmi: bytes(12, 4),
  sipiVector: u32(16),
  flags: u32(20),
  smi: bytes(24, 4),
  tripleFault: bytes(28, 1),
  exceptionHasPayload: u8(55),
  exceptionPayload: u64(56),
});

/** `struct kvm_guest_debug_arch`: the debug registers that the host uses on the guest. */
export interface GuestDebugArch extends Struct {
  /** DR0 to DR7. */
  readonly debugreg: BigUint64Array;
}

/** `struct kvm_guest_debug_arch`. */
export const GuestDebugArch: StructType<GuestDebugArch> = struct<GuestDebugArch>(
  "kvm_guest_debug_arch",
  64,
  { debugreg: words(0, 8) },
);

/** `struct kvm_guest_debug`: what a guest stops for. */
export interface GuestDebug extends Struct {
  /** {@linkcode GUEST_DEBUG} flags. */
  control: number;
  /** The debug registers. */
  readonly arch: GuestDebugArch;
}

/** `struct kvm_guest_debug`. */
export const GuestDebug: StructType<GuestDebug> = struct<GuestDebug>("kvm_guest_debug", 72, {
  control: u32(0),
  arch: nested(8, GuestDebugArch),
});

/** `struct kvm_translation`: what the guest's page tables make of an address. */
export interface Translation extends Struct {
  /** The address that was asked for. */
  linearAddress: bigint;
  /** The address in the guest's physical memory; -1 where nothing is mapped. */
  physicalAddress: bigint;
  /** 1 if the page tables map the address. */
  valid: number;
  /** Always 1: KVM does not look. */
  writeable: number;
  /** Always 0: KVM does not look. */
  usermode: number;
}

/** `struct kvm_translation`. */
export const Translation: StructType<Translation> = struct<Translation>("kvm_translation", 24, {
  linearAddress: u64(0),
  physicalAddress: u64(8),
  valid: u8(16),
  writeable: u8(17),
  usermode: u8(18),
});

/** `struct kvm_enable_cap`: a capability to switch on, with its arguments. */
export interface EnableCap extends Struct {
  /** The number of the capability, see {@linkcode CAPABILITY}. */
  cap: number;
  /** Always 0 so far. */
  flags: number;
  /** Four arguments of 64 bits; what they mean depends on the capability. */
  readonly args: Uint8Array;
}

/** `struct kvm_enable_cap`. */
export const EnableCap: StructType<EnableCap> = struct<EnableCap>("kvm_enable_cap", 104, {
  cap: u32(0),
  flags: u32(4),
  args: bytes(8, 32),
});

/** `struct kvm_dirty_log`: where KVM_GET_DIRTY_LOG writes to. */
export interface DirtyLog extends Struct {
  /** The slot's number. */
  slot: number;
  /** The address in this process of one bit for each page of the slot. */
  dirtyBitmap: bigint;
}

/** `struct kvm_dirty_log`. */
export const DirtyLog: StructType<DirtyLog> = struct<DirtyLog>("kvm_dirty_log", 16, {
  slot: u32(0),
  dirtyBitmap: u64(8),
});

/** `struct kvm_clear_dirty_log`: which pages KVM_CLEAR_DIRTY_LOG takes out of the log. */
export interface ClearDirtyLog extends Struct {
  /** The slot's number. */
  slot: number;
  /** How many pages the bitmap has: a multiple of 64, or all up to the slot's end. */
  numPages: number;
  /** The page of the slot with which the bitmap begins: a multiple of 64. */
  firstPage: bigint;
  /** The address in this process of one bit for each of those pages: 1 takes it out of the log. */
  dirtyBitmap: bigint;
}

/** `struct kvm_clear_dirty_log`. */
export const ClearDirtyLog: StructType<ClearDirtyLog> = struct<ClearDirtyLog>(
  "kvm_clear_dirty_log",
  24,
  { slot: u32(0), numPages: u32(4), firstPage: u64(8), dirtyBitmap: u64(16) },
);

/** `struct kvm_msr_filter_range`: which MSRs of a range are allowed. */
export interface MsrFilterRange extends Struct {
  /** What the range is about: 1 reading, 2 writing. */
  flags: number;
  /** How many MSRs the range has. */
  nmsrs: number;
  /** The first MSR. */
  base: number;
  /** The address in this process of one bit for each MSR: 1 allows it. */
  bitmap: bigint;
}

/** `struct kvm_msr_filter_range`. */
export const MsrFilterRange: StructType<MsrFilterRange> = struct<MsrFilterRange>(
  "kvm_msr_filter_range",
  24,
  { flags: u32(0), nmsrs: u32(4), base: u32(8), bitmap: u64(16) },
);

/** `struct kvm_msr_filter`: which MSRs a guest may use. */
export interface MsrFilter extends Struct {
  /** 0 allows what no range covers, 1 denies it. */
  flags: number;
  /** Room for 16 ranges; those of 0 MSRs do not count. */
  readonly ranges: readonly MsrFilterRange[];
}

/** `struct kvm_msr_filter`. */
export const MsrFilter: StructType<MsrFilter> = struct<MsrFilter>("kvm_msr_filter", 392, {
  flags: u32(0),
  ranges: array(8, 16, MsrFilterRange),
});

/** `struct kvm_run` without the union of exits, which {@linkcode Vcpu.exit} decodes. */
export interface Run extends Struct {
  /** In: 1 asks for an exit as soon as an interrupt can be injected. */
  requestInterruptWindow: number;
  /** In: 1 makes KVM_RUN return at once with EINTR. */
  immediateExit: number;
  /** Out: a `KVM_EXIT_*` number, see {@linkcode EXIT}. */
  exitReason: number;
  /** Out: 1 if an interrupt can be injected. */
  readyForInterruptInjection: number;
  /** Out: the interrupt flag of RFLAGS. */
  ifFlag: number;
  /** Out: `KVM_RUN_X86_*`, such as 1 in system management mode. */
  flags: number;
  /** In and out: CR8, where KVM has no local APIC of its own. */
  cr8: bigint;
  /** In and out: IA32_APIC_BASE, where KVM has no local APIC of its own. */
  apicBase: bigint;
  /** In: which registers KVM stores to the page at an exit, see {@linkcode SYNC}. */
  kvmValidRegs: bigint;
  /** In: which registers KVM loads from the page at the next KVM_RUN, see {@linkcode SYNC}. */
  kvmDirtyRegs: bigint;
}

/** `struct kvm_run`. */
export const Run: StructType<Run> = struct<Run>("kvm_run", 2352, {
  requestInterruptWindow: u8(0),
  immediateExit: u8(1),
  exitReason: u32(8),
  readyForInterruptInjection: u8(12),
  ifFlag: u8(13),
  flags: u16(14),
  cr8: u64(16),
  apicBase: u64(24),
  kvmValidRegs: u64(288),
  kvmDirtyRegs: u64(296),
});
