/** Why KVM_RUN returned, decoded from the kvm_run page (kernel: Documentation/virt/kvm/api.rst, section 5). */

import { EXIT, exitName } from "./constants.ts";
import { hexDigits } from "./struct.ts";

/** The guest wrote to a port. */
export interface IoOut {
  /** Which kind of exit. */
  readonly type: "io-out";
  /** The port. */
  readonly port: number;
  /** The width of one element: 1, 2 or 4 bytes. */
  readonly size: number;
  /** How many elements: more than 1 for `rep outs`. */
  readonly count: number;
  /** The elements, copied. */
  readonly data: Uint8Array;
}

/** The guest reads from a port. */
export interface IoIn {
  /** Which kind of exit. */
  readonly type: "io-in";
  /** The port. */
  readonly port: number;
  /** The width of one element: 1, 2 or 4 bytes. */
  readonly size: number;
  /** How many elements: more than 1 for `rep ins`. */
  readonly count: number;
}

/** The guest wrote where no memory is, or to a read-only slot. */
export interface MmioWrite {
  /** Which kind of exit. */
  readonly type: "mmio-write";
  /** The address in the guest's physical memory. */
  readonly address: bigint;
  /** The bytes, at most 8, copied. */
  readonly data: Uint8Array;
}

/** The guest reads where no memory is. */
export interface MmioRead {
  /** Which kind of exit. */
  readonly type: "mmio-read";
  /** The address in the guest's physical memory. */
  readonly address: bigint;
  /** How many bytes, at most 8. */
  readonly length: number;
}

/** KVM could not go on, for instance since it cannot emulate an instruction. */
export interface InternalError {
  /** Which kind of exit. */
  readonly type: "internal-error";
  /** `KVM_INTERNAL_ERROR_*`: 1 is emulation. */
  readonly suberror: number;
  /** What KVM adds, at most 16 words; their meaning depends on the suberror. */
  readonly data: readonly bigint[];
  /** The bytes that KVM could not emulate, where it gives them. They may hold more than the one instruction. */
  readonly instruction?: Uint8Array;
}

/** The CPU refused to enter the guest. */
export interface FailEntry {
  /** Which kind of exit. */
  readonly type: "fail-entry";
  /** The CPU's own code: a VM-instruction error or basic exit reason (Intel), an exit code (AMD). */
  readonly hardwareReason: bigint;
  /** The host CPU that refused. */
  readonly cpu: number;
}

/** A breakpoint or a single step. */
export interface Debug {
  /** Which kind of exit. */
  readonly type: "debug";
  /** The vector: 1 for a step or a hardware breakpoint, 3 for `int3`. */
  readonly exception: number;
  /** The guest's instruction address (linear). */
  readonly pc: bigint;
  /** DR6: which condition it was. */
  readonly dr6: bigint;
  /** DR7: which breakpoints were on. */
  readonly dr7: bigint;
}

/** KVM does not know why the CPU left the guest. */
export interface UnknownExit {
  /** Which kind of exit. */
  readonly type: "unknown";
  /** The CPU's own code for the exit. */
  readonly hardwareReason: bigint;
}

/** An exception that the host wanted to see. */
export interface ExceptionExit {
  /** Which kind of exit. */
  readonly type: "exception";
  /** The vector. */
  readonly exception: number;
  /** The error code. */
  readonly errorCode: number;
}

/** The guest calls its hypervisor. */
export interface Hypercall {
  /** Which kind of exit. */
  readonly type: "hypercall";
  /** The call's number. */
  readonly nr: bigint;
  /** Its six arguments. */
  readonly args: readonly bigint[];
  /** `KVM_EXIT_HYPERCALL_*`: bit 0 for 64-bit code. */
  readonly flags: bigint;
}

/** The guest set its task priority (CR8). */
export interface SetTpr {
  /** Which kind of exit. */
  readonly type: "set-tpr";
  /** CR8. */
  readonly tpr: bigint;
}

/** The guest touched the task priority in its APIC. */
export interface TprAccess {
  /** Which kind of exit. */
  readonly type: "tpr-access";
  /** The instruction's address. */
  readonly rip: bigint;
  /** Whether it writes. */
  readonly isWrite: boolean;
}

/** The guest asks its machine for something, such as to be reset. */
export interface SystemEvent {
  /** Which kind of exit. */
  readonly type: "system-event";
  /** `KVM_SYSTEM_EVENT_*`: 1 shutdown, 2 reset, 3 crash. */
  readonly event: number;
  /** What KVM adds, at most 16 words. */
  readonly data: readonly bigint[];
}

/** The guest acknowledged an interrupt of the IOAPIC. */
export interface IoapicEoi {
  /** Which kind of exit. */
  readonly type: "ioapic-eoi";
  /** The vector. */
  readonly vector: number;
}

/** The guest set up Hyper-V's synthetic interrupts. */
export interface HypervSynic {
  /** Which kind of exit. */
  readonly type: "hyperv-synic";
  /** The MSR that it wrote. */
  readonly msr: number;
  /** SCONTROL. */
  readonly control: bigint;
  /** SIEFP: the page of events. */
  readonly eventPage: bigint;
  /** SIMP: the page of messages. */
  readonly messagePage: bigint;
}

/** The guest made a hypercall of Hyper-V's. */
export interface HypervHypercall {
  /** Which kind of exit. */
  readonly type: "hyperv-hypercall";
  /** The call's code and flags. */
  readonly input: bigint;
  /** Its two parameters. */
  readonly params: readonly bigint[];
}

/** The guest used Hyper-V's synthetic debugger. */
export interface HypervDebugger {
  /** Which kind of exit. */
  readonly type: "hyperv-debugger";
  /** The MSR that it wrote. */
  readonly msr: number;
  /** The control register. */
  readonly control: bigint;
  /** The status register. */
  readonly status: bigint;
  /** The page to send. */
  readonly sendPage: bigint;
  /** The page to receive into. */
  readonly receivePage: bigint;
  /** The page of what waits. */
  readonly pendingPage: bigint;
}

/** The guest reads an MSR that its host wants to see. */
export interface Rdmsr {
  /** Which kind of exit. */
  readonly type: "rdmsr";
  /** The MSR. */
  readonly index: number;
  /** `KVM_MSR_EXIT_REASON_*`: 1 invalid, 2 unknown to KVM, 4 filtered. */
  readonly why: number;
}

/** The guest writes an MSR that its host wants to see. */
export interface Wrmsr {
  /** Which kind of exit. */
  readonly type: "wrmsr";
  /** The MSR. */
  readonly index: number;
  /** `KVM_MSR_EXIT_REASON_*`: 1 invalid, 2 unknown to KVM, 4 filtered. */
  readonly why: number;
  /** The value. */
  readonly data: bigint;
}

/** The guest made a hypercall of Xen's. */
export interface XenHypercall {
  /** Which kind of exit. */
  readonly type: "xen-hypercall";
  /** Whether it runs 64-bit code. */
  readonly longMode: boolean;
  /** Its privilege level. */
  readonly cpl: number;
  /** The call's number. */
  readonly input: bigint;
  /** Its six parameters. */
  readonly params: readonly bigint[];
}

/** The guest kept the CPU for longer than its host wants (KVM_CAP_X86_NOTIFY_VMEXIT). */
export interface Notify {
  /** Which kind of exit. */
  readonly type: "notify";
  /** Bit 0: the guest's state is lost. */
  readonly flags: number;
}

/** Guest memory that its host took away, or that is private where it should not be. */
export interface MemoryFault {
  /** Which kind of exit. */
  readonly type: "memory-fault";
  /** `KVM_MEMORY_EXIT_FLAG_*`: bit 3 for private memory. */
  readonly flags: bigint;
  /** The address in the guest's physical memory. */
  readonly address: bigint;
  /** How many bytes from there. */
  readonly size: bigint;
}

/** A guest of Intel's TDX calls its host. */
export interface Tdx {
  /** Which kind of exit. */
  readonly type: "tdx";
  /** `TDVMCALL` flags. */
  readonly flags: bigint;
  /** The call's number. */
  readonly nr: bigint;
}

/** An exit without details of its own. */
export interface PlainExit {
  /** Which kind of exit. */
  readonly type:
    | "halt"
    | "shutdown"
    | "interrupted"
    | "irq-window-open"
    | "nmi"
    | "dirty-ring-full"
    | "ap-reset-hold"
    | "bus-lock";
}

/** An exit that only other architectures than x86_64 have. */
export interface ForeignExit {
  /** Which kind of exit. */
  readonly type: "foreign";
  /** The `KVM_EXIT_*` number. */
  readonly reason: number;
  /** The reason's name, such as `KVM_EXIT_ARM_NISV`. */
  readonly name: string;
}

/** An exit that came to KVM after this table was made, or an unknown one of Hyper-V's or Xen's. */
export interface UnsupportedExit {
  /** Which kind of exit. */
  readonly type: "unsupported";
  /** The `KVM_EXIT_*` number. */
  readonly reason: number;
  /** The reason's name, such as `KVM_EXIT_HYPERV`, or its number. */
  readonly name: string;
}

/** Why KVM_RUN returned. */
export type Exit =
  | IoOut
  | IoIn
  | MmioWrite
  | MmioRead
  | InternalError
  | FailEntry
  | Debug
  | UnknownExit
  | ExceptionExit
  | Hypercall
  | SetTpr
  | TprAccess
  | SystemEvent
  | IoapicEoi
  | HypervSynic
  | HypervHypercall
  | HypervDebugger
  | Rdmsr
  | Wrmsr
  | XenHypercall
  | Notify
  | MemoryFault
  | Tdx
  | PlainExit
  | ForeignExit
  | UnsupportedExit;

/** Where things lie in kvm_run: the union of exits begins at 32. */
export const RUN_OFFSET = {
  exitReason: 8,
  ioDirection: 32,
  ioSize: 33,
  ioPort: 34,
  ioCount: 36,
  ioDataOffset: 40,
  mmioAddress: 32,
  mmioData: 40,
  mmioLength: 48,
  mmioIsWrite: 52,
  internalSuberror: 32,
  internalCount: 36,
  internalData: 40,
  emulationFlags: 40,
  emulationSize: 48,
  emulationBytes: 49,
  failEntryReason: 32,
  failEntryCpu: 40,
  debugException: 32,
  debugPc: 40,
  debugDr6: 48,
  debugDr7: 56,
  cr8: 16,
  unknownReason: 32,
  exceptionVector: 32,
  exceptionErrorCode: 36,
  hypercallNr: 32,
  hypercallArgs: 40,
  hypercallFlags: 96,
  tprRip: 32,
  tprIsWrite: 40,
  eventType: 32,
  eventCount: 36,
  eventData: 40,
  eoiVector: 32,
  hypervType: 32,
  synicMsr: 40,
  synicControl: 48,
  synicEventPage: 56,
  synicMessagePage: 64,
  hcallInput: 40,
  hcallParams: 56,
  syndbgMsr: 40,
  syndbgControl: 48,
  syndbgStatus: 56,
  syndbgSendPage: 64,
  syndbgReceivePage: 72,
  syndbgPendingPage: 80,
  msrReason: 40,
  msrIndex: 44,
  msrData: 48,
  xenType: 32,
  xenLongMode: 40,
  xenCpl: 44,
  xenInput: 48,
  xenParams: 64,
  notifyFlags: 32,
  faultFlags: 32,
  faultAddress: 40,
  faultSize: 48,
  tdxFlags: 32,
  tdxNr: 40,
  validRegs: 288,
  dirtyRegs: 296,
  syncRegs: 304,
  syncSregs: 448,
  syncEvents: 760,
} as const;

/** `KVM_EXIT_IO_OUT`: the direction of a port write. */
export const IO_OUT = 1;

/** `KVM_INTERNAL_ERROR_*`, in words. */
const SUBERRORS: Readonly<Record<number, string>> = {
  1: "it cannot emulate an instruction",
  2: "several exceptions at once",
  3: "it cannot deliver an exception",
  4: "an exit that it does not know",
};
const EMULATION = 1;
const EMULATION_HAS_INSTRUCTION = 1n;
/** How many words flags and instruction take. */
const EMULATION_WORDS = 3;
const MAX_INSTRUCTION = 15;

const HYPERV = { synic: 1, hypercall: 2, debugger: 3 };
const XEN_HYPERCALL = 1;

/** Exits without details. */
const PLAIN: Readonly<Record<number, PlainExit["type"]>> = {
  [EXIT.KVM_EXIT_HLT]: "halt",
  [EXIT.KVM_EXIT_SHUTDOWN]: "shutdown",
  [EXIT.KVM_EXIT_INTR]: "interrupted",
  [EXIT.KVM_EXIT_IRQ_WINDOW_OPEN]: "irq-window-open",
  [EXIT.KVM_EXIT_NMI]: "nmi",
  [EXIT.KVM_EXIT_DIRTY_RING_FULL]: "dirty-ring-full",
  [EXIT.KVM_EXIT_AP_RESET_HOLD]: "ap-reset-hold",
  [EXIT.KVM_EXIT_X86_BUS_LOCK]: "bus-lock",
};

/** Exits of S390, PowerPC, ARM, RISC-V and LoongArch. */
const FOREIGN: ReadonlySet<number> = new Set([
  EXIT.KVM_EXIT_S390_SIEIC,
  EXIT.KVM_EXIT_S390_RESET,
  EXIT.KVM_EXIT_DCR,
  EXIT.KVM_EXIT_OSI,
  EXIT.KVM_EXIT_PAPR_HCALL,
  EXIT.KVM_EXIT_S390_UCONTROL,
  EXIT.KVM_EXIT_WATCHDOG,
  EXIT.KVM_EXIT_S390_TSCH,
  EXIT.KVM_EXIT_EPR,
  EXIT.KVM_EXIT_S390_STSI,
  EXIT.KVM_EXIT_ARM_NISV,
  EXIT.KVM_EXIT_RISCV_SBI,
  EXIT.KVM_EXIT_RISCV_CSR,
  EXIT.KVM_EXIT_LOONGARCH_IOCSR,
  EXIT.KVM_EXIT_ARM_SEA,
]);

/** Decodes the exit that a kvm_run page holds. */
export function decodeExit(run: DataView): Exit {
  const at = RUN_OFFSET;
  const u8 = (offset: number) => run.getUint8(offset);
  const u32 = (offset: number) => run.getUint32(offset, true);
  const u64 = (offset: number) => run.getBigUint64(offset, true);
  const copy = (offset: number, length: number) =>
    new Uint8Array(run.buffer as ArrayBuffer, run.byteOffset + offset, length).slice();
  const words = (offset: number, count: number) =>
    Array.from({ length: count }, (_, i) => u64(offset + i * 8));
  const reason = u32(at.exitReason);
  switch (reason) {
    case EXIT.KVM_EXIT_IO: {
      const size = u8(at.ioSize);
      const count = u32(at.ioCount);
      const port = run.getUint16(at.ioPort, true);
      if (u8(at.ioDirection) !== IO_OUT) return { type: "io-in", port, size, count };
      const offset = Math.min(run.byteLength, Number(u64(at.ioDataOffset)));
      // KVM never gives more than one page of elements (KVM_PIO_PAGE_OFFSET).
      const length = Math.min(size * count, run.byteLength - offset);
      return { type: "io-out", port, size, count, data: copy(offset, length) };
    }
    case EXIT.KVM_EXIT_MMIO: {
      const address = u64(at.mmioAddress);
      const length = Math.min(8, u32(at.mmioLength));
      return u8(at.mmioIsWrite)
        ? { type: "mmio-write", address, data: copy(at.mmioData, length) }
        : { type: "mmio-read", address, length };
    }
    case EXIT.KVM_EXIT_INTERNAL_ERROR: {
      const suberror = u32(at.internalSuberror);
      const data = words(at.internalData, Math.min(16, u32(at.internalCount)));
      const hasInstruction = suberror === EMULATION && data.length >= EMULATION_WORDS &&
        u64(at.emulationFlags) & EMULATION_HAS_INSTRUCTION;
      if (!hasInstruction) return { type: "internal-error", suberror, data };
      const length = Math.min(MAX_INSTRUCTION, u8(at.emulationSize));
      const instruction = copy(at.emulationBytes, length);
      return { type: "internal-error", suberror, data, instruction };
    }
    case EXIT.KVM_EXIT_FAIL_ENTRY:
      return {
        type: "fail-entry",
        hardwareReason: u64(at.failEntryReason),
        cpu: u32(at.failEntryCpu),
      };
    case EXIT.KVM_EXIT_DEBUG:
      return {
        type: "debug",
        exception: u32(at.debugException),
        pc: u64(at.debugPc),
        dr6: u64(at.debugDr6),
        dr7: u64(at.debugDr7),
      };
    case EXIT.KVM_EXIT_UNKNOWN:
      return { type: "unknown", hardwareReason: u64(at.unknownReason) };
    case EXIT.KVM_EXIT_EXCEPTION:
      return {
        type: "exception",
        exception: u32(at.exceptionVector),
        errorCode: u32(at.exceptionErrorCode),
      };
    case EXIT.KVM_EXIT_HYPERCALL:
      return {
        type: "hypercall",
        nr: u64(at.hypercallNr),
        args: words(at.hypercallArgs, 6),
        flags: u64(at.hypercallFlags),
      };
    case EXIT.KVM_EXIT_SET_TPR:
      return { type: "set-tpr", tpr: u64(at.cr8) };
    case EXIT.KVM_EXIT_TPR_ACCESS:
      return { type: "tpr-access", rip: u64(at.tprRip), isWrite: u32(at.tprIsWrite) !== 0 };
    case EXIT.KVM_EXIT_SYSTEM_EVENT:
      return {
        type: "system-event",
        event: u32(at.eventType),
        data: words(at.eventData, Math.min(16, u32(at.eventCount))),
      };
    case EXIT.KVM_EXIT_IOAPIC_EOI:
      return { type: "ioapic-eoi", vector: u8(at.eoiVector) };
    case EXIT.KVM_EXIT_HYPERV:
      return decodeHyperv(run) ?? { type: "unsupported", reason, name: exitName(reason) };
    case EXIT.KVM_EXIT_X86_RDMSR:
      return { type: "rdmsr", index: u32(at.msrIndex), why: u32(at.msrReason) };
    case EXIT.KVM_EXIT_X86_WRMSR:
      return {
        type: "wrmsr",
        index: u32(at.msrIndex),
        why: u32(at.msrReason),
        data: u64(at.msrData),
      };
    case EXIT.KVM_EXIT_XEN:
      if (u32(at.xenType) !== XEN_HYPERCALL) break;
      return {
        type: "xen-hypercall",
        longMode: u32(at.xenLongMode) !== 0,
        cpl: u32(at.xenCpl),
        input: u64(at.xenInput),
        params: words(at.xenParams, 6),
      };
    case EXIT.KVM_EXIT_NOTIFY:
      return { type: "notify", flags: u32(at.notifyFlags) };
    case EXIT.KVM_EXIT_MEMORY_FAULT:
      return {
        type: "memory-fault",
        flags: u64(at.faultFlags),
        address: u64(at.faultAddress),
        size: u64(at.faultSize),
      };
    case EXIT.KVM_EXIT_TDX:
      return { type: "tdx", flags: u64(at.tdxFlags), nr: u64(at.tdxNr) };
  }
  const plain = PLAIN[reason];
  if (plain) return { type: plain };
  const type = FOREIGN.has(reason) ? "foreign" : "unsupported";
  return { type, reason, name: exitName(reason) };
}

function decodeHyperv(run: DataView): Exit | undefined {
  const at = RUN_OFFSET;
  const u64 = (offset: number) => run.getBigUint64(offset, true);
  switch (run.getUint32(at.hypervType, true)) {
    case HYPERV.synic:
      return {
        type: "hyperv-synic",
        msr: run.getUint32(at.synicMsr, true),
        control: u64(at.synicControl),
        eventPage: u64(at.synicEventPage),
        messagePage: u64(at.synicMessagePage),
      };
    case HYPERV.hypercall:
      return {
        type: "hyperv-hypercall",
        input: u64(at.hcallInput),
        params: [u64(at.hcallParams), u64(at.hcallParams + 8)],
      };
    case HYPERV.debugger:
      return {
        type: "hyperv-debugger",
        msr: run.getUint32(at.syndbgMsr, true),
        control: u64(at.syndbgControl),
        status: u64(at.syndbgStatus),
        sendPage: u64(at.syndbgSendPage),
        receivePage: u64(at.syndbgReceivePage),
        pendingPage: u64(at.syndbgPendingPage),
      };
    default:
      return undefined;
  }
}

/** The `KVM_EXIT_*` names of the arms. */
const NAMES: Readonly<Record<Exclude<Exit["type"], "foreign" | "unsupported">, keyof typeof EXIT>> =
  {
    "io-out": "KVM_EXIT_IO",
    "io-in": "KVM_EXIT_IO",
    "mmio-write": "KVM_EXIT_MMIO",
    "mmio-read": "KVM_EXIT_MMIO",
    "internal-error": "KVM_EXIT_INTERNAL_ERROR",
    "fail-entry": "KVM_EXIT_FAIL_ENTRY",
    debug: "KVM_EXIT_DEBUG",
    unknown: "KVM_EXIT_UNKNOWN",
    exception: "KVM_EXIT_EXCEPTION",
    hypercall: "KVM_EXIT_HYPERCALL",
    "set-tpr": "KVM_EXIT_SET_TPR",
    "tpr-access": "KVM_EXIT_TPR_ACCESS",
    "system-event": "KVM_EXIT_SYSTEM_EVENT",
    "ioapic-eoi": "KVM_EXIT_IOAPIC_EOI",
    "hyperv-synic": "KVM_EXIT_HYPERV",
    "hyperv-hypercall": "KVM_EXIT_HYPERV",
    "hyperv-debugger": "KVM_EXIT_HYPERV",
    rdmsr: "KVM_EXIT_X86_RDMSR",
    wrmsr: "KVM_EXIT_X86_WRMSR",
    "xen-hypercall": "KVM_EXIT_XEN",
    notify: "KVM_EXIT_NOTIFY",
    "memory-fault": "KVM_EXIT_MEMORY_FAULT",
    tdx: "KVM_EXIT_TDX",
    halt: "KVM_EXIT_HLT",
    shutdown: "KVM_EXIT_SHUTDOWN",
    interrupted: "KVM_EXIT_INTR",
    "irq-window-open": "KVM_EXIT_IRQ_WINDOW_OPEN",
    nmi: "KVM_EXIT_NMI",
    "dirty-ring-full": "KVM_EXIT_DIRTY_RING_FULL",
    "ap-reset-hold": "KVM_EXIT_AP_RESET_HOLD",
    "bus-lock": "KVM_EXIT_X86_BUS_LOCK",
  };

/** An exit in words: its `KVM_EXIT_*` name and all its details, for messages. */
export function describeExit(exit: Exit): string {
  if (exit.type === "foreign" || exit.type === "unsupported") return exit.name;
  const { type, ...details } = exit;
  const parts = Object.entries(details).map(([key, value]) => `${key} ${inWords(value)}`);
  if (exit.type === "internal-error" && SUBERRORS[exit.suberror]) {
    parts.unshift(`${SUBERRORS[exit.suberror]}`);
  }
  return [NAMES[type], ...parts].join(", ");
}

function inWords(value: unknown): string {
  if (typeof value === "bigint") return `0x${value.toString(16)}`;
  if (value instanceof Uint8Array) {
    return value.length === 0 ? "none" : hexDigits(value, " ");
  }
  return Array.isArray(value) ? value.map(inWords).join(" ") || "none" : String(value);
}
