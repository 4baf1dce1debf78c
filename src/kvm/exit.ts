/** Why KVM_RUN returned, decoded from the kvm_run page (kernel: Documentation/virt/kvm/api.rst, section 5). */

import { EXIT, exitName } from "./constants.ts";

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

/** An exit without details of its own. */
export interface PlainExit {
  /** Which kind of exit. */
  readonly type: "halt" | "shutdown" | "interrupted";
}

/** Every other exit. */
export interface UnsupportedExit {
  /** Which kind of exit. */
  readonly type: "unsupported";
  /** The `KVM_EXIT_*` number. */
  readonly reason: number;
  /** The reason's name, such as `KVM_EXIT_HYPERV`. */
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
  | PlainExit
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
  failEntryReason: 32,
  failEntryCpu: 40,
  debugException: 32,
  debugPc: 40,
  debugDr6: 48,
  debugDr7: 56,
  validRegs: 288,
  dirtyRegs: 296,
  syncRegs: 304,
  syncSregs: 448,
} as const;

/** `KVM_EXIT_IO_OUT`: the direction of a port write. */
export const IO_OUT = 1;

/** Decodes the exit that a kvm_run page holds. */
export function decodeExit(run: DataView): Exit {
  const at = RUN_OFFSET;
  const u8 = (offset: number) => run.getUint8(offset);
  const u32 = (offset: number) => run.getUint32(offset, true);
  const u64 = (offset: number) => run.getBigUint64(offset, true);
  const copy = (offset: number, length: number) =>
    new Uint8Array(run.buffer as ArrayBuffer, run.byteOffset + offset, length).slice();
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
      const count = Math.min(16, u32(at.internalCount));
      const data = Array.from({ length: count }, (_, i) => u64(at.internalData + i * 8));
      return { type: "internal-error", suberror: u32(at.internalSuberror), data };
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
    case EXIT.KVM_EXIT_HLT:
      return { type: "halt" };
    case EXIT.KVM_EXIT_SHUTDOWN:
      return { type: "shutdown" };
    case EXIT.KVM_EXIT_INTR:
      return { type: "interrupted" };
    default:
      return { type: "unsupported", reason, name: exitName(reason) };
  }
}
