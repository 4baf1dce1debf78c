/** The registers with which a guest is entered: what the driver is told of them, and the bytes that KVM takes. */

import { Regs, Sregs, type Struct } from "../kvm/mod.ts";

/** A segment register's fields; what is absent is zero. */
export type SegmentValues = Partial<Omit<Sregs["cs"], keyof Struct>>;

/** The special registers that matter; the rest is zero. */
export interface SpecialRegisters {
  /** CR0: protection, paging and x87 control. */
  readonly cr0: bigint;
  /** CR3: the physical address of the guest's root page table. */
  readonly cr3: bigint;
  /** CR4: which extensions are on. */
  readonly cr4: bigint;
  /** IA32_EFER: long mode, no-execute and `syscall`. */
  readonly efer: bigint;
  /** The code segment. */
  readonly cs: SegmentValues;
  /** The data segment. */
  readonly ds: SegmentValues;
  /** The extra data segment. */
  readonly es: SegmentValues;
  /** FS. */
  readonly fs: SegmentValues;
  /** GS. */
  readonly gs: SegmentValues;
  /** The stack segment; its DPL is the ring in which the guest runs. */
  readonly ss: SegmentValues;
  /** The task register. */
  readonly tr: SegmentValues;
  /** GDTR: address and length minus 1. */
  readonly gdt: { readonly base: bigint; readonly limit: number };
  /** IDTR: address and length minus 1. */
  readonly idt: { readonly base: bigint; readonly limit: number };
}

/** What a guest finds in its registers when it begins. */
export interface InitialArguments {
  /** RDI: the address of the process environment block. */
  readonly pebAddress: number;
  /** RSI: a random number. */
  readonly seed: bigint;
  /** RDX: the size of a page in bytes. */
  readonly pageSize: number;
  /** RCX: the most detailed log level that the host wants, 0 (off) to 5 (trace). */
  readonly logLevel: number;
  /** R8: what the guest's own protocol has there; 0 by default. */
  readonly argument?: number;
}

/** The bit of rflags that is always one. */
const RFLAGS = 2n;

/** CR4.OSXSAVE: the guest may use XCR0 and what it switches on. */
export const CR4_OSXSAVE = 1n << 18n;

/** The special registers that were made of the same values before. */
const known = new WeakMap<SpecialRegisters, Sregs>();

/** The structure of these special registers, which nobody may write to. */
export function specialRegisters(values: SpecialRegisters, apicBase: bigint): Sregs {
  const found = known.get(values);
  if (found?.apicBase === apicBase) return found;
  const sregs = Sregs.create();
  for (const name of ["cs", "ds", "es", "fs", "gs", "ss", "tr"] as const) {
    Object.assign(sregs[name], values[name]);
  }
  Object.assign(sregs.gdt, values.gdt);
  Object.assign(sregs.idt, values.idt);
  sregs.ldt.unusable = 1;
  sregs.cr0 = values.cr0;
  sregs.cr3 = values.cr3;
  sregs.cr4 = values.cr4;
  sregs.efer = values.efer;
  sregs.apicBase = apicBase;
  known.set(values, sregs);
  return sregs;
}

/** What an entry's registers are made from. */
interface Entry {
  /** The guest's instruction. */
  readonly address: number;
  readonly stackPointer: number;
  /** The special registers that go with an entry through code of the host's. */
  readonly sregs: Sregs;
  readonly entryCode: number | undefined;
  /** What it is told: at its beginning, or a number in RDI. */
  readonly args: InitialArguments | number;
}

/**
 * The bytes of an entry's registers, as the kvm_run page has them: the general registers, all zero but for these, and
 * behind them the special registers where the guest is entered through code of the host's.
 */
export function entryBytes({ address, stackPointer, sregs, entryCode, args }: Entry): Uint8Array {
  const bytes = new Uint8Array(Regs.size + (entryCode === undefined ? 0 : Sregs.size));
  const regs = Regs.at(bytes.buffer);
  regs.rip = BigInt(entryCode ?? address);
  regs.rsp = BigInt(stackPointer);
  regs.rflags = RFLAGS;
  if (entryCode !== undefined) {
    regs.rax = BigInt(address);
    bytes.set(sregs.bytes, Regs.size);
  }
  if (typeof args === "number") regs.rdi = BigInt(args);
  else {
    regs.rdi = BigInt(args.pebAddress);
    regs.rsi = args.seed;
    regs.rdx = BigInt(args.pageSize);
    regs.rcx = BigInt(args.logLevel);
    regs.r8 = BigInt(args.argument ?? 0);
  }
  return bytes;
}
