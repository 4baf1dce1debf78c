/** One virtual CPU: its registers, its kvm_run page, and running it. */

import { native, VmletError } from "../ffi/mod.ts";
import { type CAPABILITY, EXIT, IOCTL, SYNC } from "./constants.ts";
import { check, KvmError } from "./error.ts";
import { decodeExit, type Exit, IO_OUT, RUN_OFFSET } from "./exit.ts";
import type { Cpuid } from "./kvm.ts";
import type { Struct } from "./struct.ts";
import {
  DebugRegs,
  Fpu,
  type GuestDebug,
  MsrEntry,
  Msrs,
  Regs,
  Sregs,
  Translation,
  VcpuEvents,
  Xcrs,
} from "./structs.ts";
import { enableCap } from "./enable_cap.ts";
import { currentThread, takeSignal } from "./thread.ts";
import { Xsave } from "./xsave.ts";

const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;
const EINTR = 4;
const EAGAIN = 11;
const EINVAL = 22;

/** An access to memory that is not there comes in at most this many parts, each of which is an exit of its own. */
const MAX_SETTLE_ROUNDS = 16;

/** What travels through the kvm_run page: which bit stands for it, and where it lies. */
const SYNCED = {
  regs: { bit: SYNC.KVM_SYNC_X86_REGS, offset: RUN_OFFSET.syncRegs },
  sregs: { bit: SYNC.KVM_SYNC_X86_SREGS, offset: RUN_OFFSET.syncSregs },
  events: { bit: SYNC.KVM_SYNC_X86_EVENTS, offset: RUN_OFFSET.syncEvents },
} as const;

/** What new vCPUs are told, made once for a thread: making structures took a tenth of a sandbox's creation. */
let xcr0: Xcrs | undefined;

/** Where CR8 is in `struct kvm_sregs`. */
const SREGS_CR8 = 256;

/** A `struct kvm_msrs` with room for entries, made once for a thread like {@linkcode xcr0}. */
let msrs: { bytes: Uint8Array; head: Msrs; entries: readonly MsrEntry[] } | undefined;

function roomForMsrs(count: number): NonNullable<typeof msrs> {
  if (msrs && msrs.entries.length >= count) return msrs;
  const bytes = new Uint8Array(Msrs.size + count * MsrEntry.size);
  const { buffer } = bytes;
  const entryAt = (_: unknown, i: number) => MsrEntry.at(buffer, Msrs.size + i * MsrEntry.size);
  return msrs = { bytes, head: Msrs.at(buffer), entries: Array.from({ length: count }, entryAt) };
}

/** In place of a cell's number. */
const NO_CELL = -1;

/** What {@linkcode Vcpu.run} returns when a signal or a cancellation ended it instead of the guest. */
export const INTERRUPTED: number = -EINTR;

/** A vCPU, from {@linkcode Vm.createVcpu}. Its owner uses it on one thread at a time. */
export class Vcpu {
  #fd: number;
  readonly #runSize: number;
  readonly #runAddress: number;
  #cell: number;
  #signal: number;
  #run: DataView;
  #runBytes: Uint8Array;

  private constructor(
    fd: number,
    runSize: number,
    runAddress: number,
    cell: number,
    signal: number,
  ) {
    this.#fd = fd;
    this.#signal = signal;
    this.#runSize = runSize;
    this.#runAddress = runAddress;
    this.#cell = cell;
    const run = native().view(runAddress, runSize);
    this.#run = new DataView(run);
    this.#runBytes = new Uint8Array(run);
  }

  /** Takes over a vCPU's file descriptor and maps its kvm_run; on failure the descriptor is closed. */
  static adopt(fd: number, runSize: number, signal: number): Vcpu {
    const shim = native();
    const address = shim.mmap(0, runSize, PROT_READ_WRITE, MAP_SHARED, fd, 0);
    if (address < 0) {
      shim.close(fd);
      throw new KvmError("mmap of kvm_run", -address);
    }
    try {
      return new Vcpu(fd, runSize, address, takeCell(address, signal), signal);
    } catch (error) {
      shim.munmap(address, runSize);
      shim.close(fd);
      throw error;
    }
  }

  /**
   * Hands the vCPU over to another object and closes this one: whoever has this one, or could interrupt the vCPU, reaches
   * it no more. It must not run until {@linkcode attach}.
   */
  transfer(): Vcpu {
    const other = new Vcpu(this.fd, this.#runSize, this.#runAddress, NO_CELL, this.#signal);
    this.#leave();
    return other;
  }

  /**
   * Takes a cell again, which only new handles interrupt.
   *
   * @param signal As for {@linkcode Vm.createVcpu}.
   * @throws {VmletError} `ERR_LIMIT` if there is none.
   */
  attach(signal: number): void {
    takeSignal(signal);
    this.#cell = takeCell(this.#runAddress, signal);
    this.#signal = signal;
  }

  /** KVM_GET_REGS; what was handed over and KVM did not take yet, if {@linkcode syncRegisters} did. */
  getRegs(): Regs {
    return this.#getSynced("KVM_GET_REGS", Regs.create(), SYNCED.regs);
  }

  /** KVM_SET_REGS. */
  setRegs(regs: Regs): void {
    this.#setSynced("KVM_SET_REGS", regs.bytes, SYNCED.regs);
  }

  /** KVM_GET_SREGS; what was handed over and KVM did not take yet, if {@linkcode syncState} did. */
  getSregs(): Sregs {
    return this.#getSynced("KVM_GET_SREGS", Sregs.create(), SYNCED.sregs);
  }

  /** KVM_SET_SREGS, with CR8 also where KVM has no local APIC of its own. */
  setSregs(sregs: Sregs): void {
    this.#setSynced("KVM_SET_SREGS", sregs.bytes, SYNCED.sregs);
    this.#setCr8(sregs.bytes, 0);
  }

  /** KVM_GET_FPU. */
  getFpu(): Fpu {
    return this.#get("KVM_GET_FPU", Fpu.create());
  }

  /** KVM_SET_FPU. MXCSR, and what came after SSE, stay as they are. */
  setFpu(fpu: Fpu): void {
    this.#set("KVM_SET_FPU", fpu.bytes);
  }

  /** KVM_GET_XSAVE. */
  getXsave(): Xsave {
    return this.#get("KVM_GET_XSAVE", Xsave.create());
  }

  /** KVM_SET_XSAVE. What {@linkcode Xsave.xstateBv} leaves out gets its initial value. */
  setXsave(xsave: Xsave): void {
    this.#set("KVM_SET_XSAVE", xsave.bytes);
  }

  /** KVM_GET_DEBUGREGS. */
  getDebugRegs(): DebugRegs {
    return this.#get("KVM_GET_DEBUGREGS", DebugRegs.create());
  }

  /** KVM_SET_DEBUGREGS. */
  setDebugRegs(registers: DebugRegs): void {
    this.#set("KVM_SET_DEBUGREGS", registers.bytes);
  }

  /** KVM_GET_VCPU_EVENTS; what was handed over and KVM did not take yet, if {@linkcode syncState} did. */
  getVcpuEvents(): VcpuEvents {
    return this.#getSynced("KVM_GET_VCPU_EVENTS", VcpuEvents.create(), SYNCED.events);
  }

  /** KVM_SET_VCPU_EVENTS. */
  setVcpuEvents(events: VcpuEvents): void {
    this.#setSynced("KVM_SET_VCPU_EVENTS", events.bytes, SYNCED.events);
  }

  /** KVM_SET_GUEST_DEBUG: what the guest stops for with a {@linkcode Debug} exit. */
  setGuestDebug(debug: GuestDebug): void {
    this.#set("KVM_SET_GUEST_DEBUG", debug.bytes);
  }

  /** KVM_TRANSLATE: what the guest's page tables make of a linear address. */
  translate(linearAddress: bigint): Translation {
    const translation = Translation.create();
    translation.linearAddress = linearAddress;
    return this.#get("KVM_TRANSLATE", translation);
  }

  /** KVM_GET_XCRS. */
  getXcrs(): Xcrs {
    return this.#get("KVM_GET_XCRS", Xcrs.create());
  }

  /** KVM_SET_XCRS. */
  setXcrs(xcrs: Xcrs): void {
    this.#set("KVM_SET_XCRS", xcrs.bytes);
  }

  /** KVM_SET_XCRS with one register, XCR0: which parts of the extended state the guest may use. */
  setXcr0(value: bigint): void {
    if (xcr0 === undefined) {
      xcr0 = Xcrs.create();
      xcr0.nrXcrs = 1;
    }
    xcr0.xcrs[0]!.value = value;
    this.setXcrs(xcr0);
  }

  /**
   * KVM_GET_MSRS of one register. The host may read those that the guest is denied.
   *
   * @throws {KvmError} `EINVAL` if KVM has no such register.
   */
  getMsr(index: number): bigint {
    return this.#msrs("KVM_GET_MSRS", [[index, 0n]]).data;
  }

  /**
   * KVM_SET_MSRS, in this order.
   *
   * @throws {KvmError} `EINVAL` if KVM has no such register, or not with this value. Those before it are set.
   */
  setMsrs(registers: readonly (readonly [index: number, value: bigint])[]): void {
    this.#msrs("KVM_SET_MSRS", registers);
  }

  /** KVM_SET_CPUID2: what CPUID answers in the guest. */
  setCpuid(cpuid: Cpuid): void {
    this.#set("KVM_SET_CPUID2", cpuid.bytes);
  }

  /** KVM_ENABLE_CAP on this vCPU, with one argument. */
  enableCap(capability: keyof typeof CAPABILITY, argument: bigint): void {
    this.#set("KVM_ENABLE_CAP", enableCap(capability, argument));
  }

  /**
   * Hands registers over with the next {@linkcode run} instead of by ioctls of their own: the bytes of
   * {@linkcode Regs}, or of {@linkcode Regs} and {@linkcode Sregs} one after the other. Needs KVM_CAP_SYNC_REGS.
   */
  syncRegisters(registers: Uint8Array): void {
    // On the hot path: one copy of at most 456 bytes and one store, against two ioctls of 5 us each.
    this.#runBytes.set(registers, SYNCED.regs.offset);
    let handedOver: number = SYNCED.regs.bit;
    if (registers.length > Regs.size) {
      handedOver |= SYNCED.sregs.bit;
      this.#setCr8(registers, Regs.size);
    }
    this.#handOver(handedOver);
  }

  /** Hands special registers and events over in the same way. */
  syncState(sregs: Sregs, events: VcpuEvents): void {
    this.#runBytes.set(sregs.bytes, SYNCED.sregs.offset);
    this.#runBytes.set(events.bytes, SYNCED.events.offset);
    this.#setCr8(sregs.bytes, 0);
    this.#handOver(SYNCED.sregs.bit | SYNCED.events.bit);
  }

  /**
   * Puts CR8 of the special registers at this offset where KVM_RUN takes it from: without a local APIC of its own, KVM
   * sets it at each entry to what kvm_run has, and that is what the guest had as it left.
   */
  #setCr8(bytes: Uint8Array, offset: number): void {
    // It has four bits; what else KVM_SET_SREGS is given there, it ignores, but KVM_RUN would fail.
    this.#run.setUint8(RUN_OFFSET.cr8, (bytes[offset + SREGS_CR8] as number) & 0xf);
  }

  /**
   * KVM_RUN, once: 0 when the guest left by itself, and {@linkcode exit} says why; {@linkcode INTERRUPTED} when a
   * signal or a cancellation came before or during it.
   *
   * @throws {KvmError} For every other error.
   */
  run(): number {
    for (;;) {
      const result = native().run(this.#cell, currentThread(this.#signal), this.fd);
      if (result === 0 || result === -EINTR) return result;
      if (result !== -EAGAIN) throw new KvmError("KVM_RUN", -result);
    }
  }

  /**
   * Completes what the last exit left pending (a port or memory read) without running the guest. Registers must be
   * set anew afterwards.
   *
   * Without this, KVM finishes the old instruction at the next KVM_RUN and moves the instruction pointer, even if the
   * registers were set in between: the next call would begin inside the code of the former one.
   */
  settle(): void {
    const neutral = Regs.create();
    neutral.rflags = 2n;
    // A string instruction must end, whatever count the guest chose, but not before it took what KVM holds for it:
    // with rcx = 0, KVM keeps the data of a `rep ins` and asks for it for ever. So one more element, whose addresses
    // are not canonical: nothing is read or written, and the exception that waits instead goes when registers are set.
    neutral.rcx = 1n;
    neutral.rsi = neutral.rdi = 1n << 63n;
    for (let round = 0; round < MAX_SETTLE_ROUNDS; round++) {
      this.setRegs(neutral);
      const result = native().settle(this.#cell, this.fd);
      if (result === -EINTR) return;
      if (result < 0) throw new KvmError("KVM_RUN", -result);
    }
    throw new KvmError("KVM_RUN", EINTR, "the last exit does not come to an end");
  }

  /** The exit's reason, a `KVM_EXIT_*` number. */
  get exitReason(): number {
    return this.#run.getUint32(RUN_OFFSET.exitReason, true);
  }

  /**
   * The port of a single `out` that writes up to 4 bytes, or -1 for every other exit. Allocates nothing: most exits
   * are of this kind.
   */
  outPort(): number {
    const run = this.#run;
    const single = this.exitReason === EXIT.KVM_EXIT_IO &&
      run.getUint8(RUN_OFFSET.ioDirection) === IO_OUT &&
      run.getUint32(RUN_OFFSET.ioCount, true) === 1;
    return single ? run.getUint16(RUN_OFFSET.ioPort, true) : -1;
  }

  /** The value that a single `out` wrote, zero-extended. Only valid when {@linkcode outPort} is not -1. */
  outValue(): number {
    const offset = this.#run.getUint32(RUN_OFFSET.ioDataOffset, true);
    switch (this.#run.getUint8(RUN_OFFSET.ioSize)) {
      case 1:
        return this.#run.getUint8(offset);
      case 2:
        return this.#run.getUint16(offset, true);
      default:
        return this.#run.getUint32(offset, true);
    }
  }

  /** Why the last {@linkcode run} returned, decoded. */
  exit(): Exit {
    return decodeExit(this.#run);
  }

  /** The cell that interrupts this vCPU (see shim/shim.c). */
  get cell(): number {
    return this.#cell;
  }

  /** The signal that interrupts this vCPU. */
  get signal(): number {
    return this.#signal;
  }

  /** The file descriptor. */
  get fd(): number {
    if (this.#fd < 0) throw new VmletError("ERR_CLOSED", "Cannot use the vCPU: it is closed");
    return this.#fd;
  }

  /** Closes the vCPU and unmaps its kvm_run. Closing twice is harmless. */
  close(): void {
    if (this.#fd < 0) return;
    const shim = native();
    const fd = this.#fd;
    this.#leave();
    shim.munmap(this.#runAddress, this.#runSize);
    shim.close(fd);
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Makes this object one of a vCPU that is closed. */
  #leave(): void {
    if (this.#cell !== NO_CELL) native().releaseCell(this.#cell);
    this.#run = new DataView(new ArrayBuffer(this.#runSize));
    this.#runBytes = new Uint8Array(this.#run.buffer);
    this.#fd = -1;
  }

  /** Returns the first register. */
  #msrs(
    name: "KVM_GET_MSRS" | "KVM_SET_MSRS",
    registers: readonly (readonly [index: number, value: bigint])[],
  ): MsrEntry {
    const { bytes, head, entries } = roomForMsrs(registers.length);
    head.nmsrs = registers.length;
    for (const [i, [index, value]] of registers.entries()) {
      const entry = entries[i] as MsrEntry;
      entry.index = index;
      entry.data = value;
    }
    const done = check(name, native().ioctlStruct(this.fd, IOCTL[name], bytes));
    const refused = registers[done];
    if (!refused) return entries[0] as MsrEntry;
    const detail = `it has no register 0x${refused[0].toString(16)} of this value`;
    throw new KvmError(name, EINVAL, detail);
  }

  #handOver(bits: number): void {
    const run = this.#run;
    run.setUint32(RUN_OFFSET.dirtyRegs, run.getUint32(RUN_OFFSET.dirtyRegs, true) | bits, true);
  }

  #getSynced<T extends Struct>(
    name: keyof typeof IOCTL,
    into: T,
    { bit, offset }: typeof SYNCED[keyof typeof SYNCED],
  ): T {
    if ((this.#run.getUint32(RUN_OFFSET.dirtyRegs, true) & bit) === 0) return this.#get(name, into);
    into.bytes.set(this.#runBytes.subarray(offset, offset + into.bytes.length));
    return into;
  }

  #setSynced(
    name: keyof typeof IOCTL,
    from: Uint8Array,
    { bit }: typeof SYNCED[keyof typeof SYNCED],
  ): void {
    this.#set(name, from);
    const run = this.#run;
    run.setUint32(RUN_OFFSET.dirtyRegs, run.getUint32(RUN_OFFSET.dirtyRegs, true) & ~bit, true);
  }

  #get<T extends Struct>(name: keyof typeof IOCTL, into: T): T {
    check(name, native().ioctlStruct(this.fd, IOCTL[name], into.bytes));
    return into;
  }

  #set(name: keyof typeof IOCTL, from: Uint8Array): void {
    check(name, native().ioctlStruct(this.fd, IOCTL[name], from));
  }
}

/** A cell of the shim's for a vCPU with its kvm_run at this address. */
function takeCell(run: number, signal: number): number {
  const cell = native().acquireCell(run, signal);
  if (cell >= 0) return cell;
  throw new VmletError(
    "ERR_LIMIT",
    "Cannot create a vCPU: 65536 exist in this process, close sandboxes that are not needed",
  );
}
