/** One virtual machine: its memory slots, capabilities and vCPUs. */

import { native, VmletError } from "../ffi/mod.ts";
import { CAPABILITY, IOCTL, MEMORY_FLAG, PAGE_SIZE } from "./constants.ts";
import { enableCap } from "./enable_cap.ts";
import { check } from "./error.ts";
import { Memory } from "./memory.ts";
import { ClearDirtyLog, DirtyLog, MsrFilter, UserspaceMemoryRegion } from "./structs.ts";
import { INTERRUPT_SIGNAL, takeSignal } from "./thread.ts";
import { Vcpu } from "./vcpu.ts";

/** What KVM_SET_USER_MEMORY_REGION is told. */
export interface MemorySlot {
  /** The slot's number: below KVM_CAP_NR_MEMSLOTS. */
  readonly slot: number;
  /** Where the slot begins in the guest's physical memory. */
  readonly guestAddress: number;
  /** How long it is in bytes; 0 deletes the slot. */
  readonly size: number;
  /** Where the memory is in the host, from {@linkcode Memory.address}. */
  readonly hostAddress: number;
  /** Whether a guest's write ends in an MMIO exit. */
  readonly readOnly?: boolean;
  /** Whether KVM logs which pages are written to, for {@linkcode Vm.getDirtyLog}. An existing slot may change it. */
  readonly logDirtyPages?: boolean;
}

/** A range of a slot's pages for {@linkcode Vm.clearDirtyLog}. */
export interface DirtyRange {
  /** The slot's number. */
  readonly slot: number;
  /** The first page of the range, counted from the slot's beginning: a multiple of 64. */
  readonly firstPage: number;
  /** How many pages: a multiple of 64, or all up to the slot's end. */
  readonly numPages: number;
}

const KVM_MSR_FILTER_DEFAULT_DENY = 1;
const KVM_MSR_FILTER_READ = 1;
const KVM_MSR_FILTER_WRITE = 2;

/** What KVM is told of a slot, made once for a thread: each is filled anew. */
let memoryRegion: UserspaceMemoryRegion | undefined;

/** Made at the first use; nobody writes to it. */
let denyAll: MsrFilter | undefined;

/** A filter that denies every MSR. */
function denyingFilter(): MsrFilter {
  const filter = MsrFilter.create();
  filter.flags = KVM_MSR_FILTER_DEFAULT_DENY;
  // KVM refuses a filter without a range; this one allows nothing either, since its bitmap is empty. KVM copies from the
  // bitmap each time, so it stays for as long as this thread lives.
  const zeroes = new Memory(PAGE_SIZE);
  const range = filter.ranges[0]!;
  range.flags = KVM_MSR_FILTER_READ | KVM_MSR_FILTER_WRITE;
  range.nmsrs = 1;
  range.bitmap = BigInt(zeroes.address);
  return filter;
}

/** A VM, from {@linkcode Kvm.createVm}. */
export class Vm {
  #fd: number;
  readonly #runSize: number;
  // Made once: a restore uses them each time.
  #dirtyLog: DirtyLog | undefined;
  #clearDirtyLog: ClearDirtyLog | undefined;

  /** Takes over the VM's file descriptor. `runSize` is KVM_GET_VCPU_MMAP_SIZE. */
  constructor(fd: number, runSize: number) {
    this.#fd = fd;
    this.#runSize = runSize;
  }

  /** KVM_CHECK_EXTENSION on this VM. */
  checkExtension(capability: keyof typeof CAPABILITY): number {
    const result = native().ioctl(this.fd, IOCTL.KVM_CHECK_EXTENSION, CAPABILITY[capability]);
    return check("KVM_CHECK_EXTENSION", result);
  }

  /** KVM_SET_USER_MEMORY_REGION: makes, changes or (size 0) deletes a slot. */
  setUserMemoryRegion(slot: MemorySlot): void {
    const region = memoryRegion ??= UserspaceMemoryRegion.create();
    region.slot = slot.slot;
    region.flags = (slot.readOnly ? MEMORY_FLAG.KVM_MEM_READONLY : 0) |
      (slot.logDirtyPages ? MEMORY_FLAG.KVM_MEM_LOG_DIRTY_PAGES : 0);
    region.guestPhysAddr = BigInt(slot.guestAddress);
    region.memorySize = BigInt(slot.size);
    region.userspaceAddr = BigInt(slot.hostAddress);
    const result = native().ioctlStruct(
      this.fd,
      IOCTL.KVM_SET_USER_MEMORY_REGION,
      region.bytes,
    );
    check("KVM_SET_USER_MEMORY_REGION", result);
  }

  /** KVM_ENABLE_CAP on this VM, with one argument. */
  enableCap(capability: keyof typeof CAPABILITY, argument: bigint): void {
    const bytes = enableCap(capability, argument);
    check("KVM_ENABLE_CAP", native().ioctlStruct(this.fd, IOCTL.KVM_ENABLE_CAP, bytes));
  }

  /**
   * KVM_GET_DIRTY_LOG: one bit for each page of a slot that was written to. Pages then leave the log and are protected
   * against writing, so that the next write shows; with KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2 they do neither, until
   * {@linkcode clearDirtyLog}.
   *
   * @param slot The slot's number; it must have {@linkcode MemorySlot.logDirtyPages}.
   * @param bitmap Where in this process the bits go, in words of 64; the rest of the last one is zero.
   */
  getDirtyLog(slot: number, bitmap: number): void {
    const log = this.#dirtyLog ??= DirtyLog.create();
    log.slot = slot;
    log.dirtyBitmap = BigInt(bitmap);
    const result = native().ioctlStruct(this.fd, IOCTL.KVM_GET_DIRTY_LOG, log.bytes);
    check("KVM_GET_DIRTY_LOG", result);
  }

  /**
   * KVM_CLEAR_DIRTY_LOG: takes pages out of the log and protects them against writing, so that the next write shows.
   * It is of use where KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2 is enabled.
   *
   * @param range The slot and the pages that the bitmap is about.
   * @param bitmap Where in this process the bits are, in words of 64: 1 takes the page out.
   */
  clearDirtyLog(range: DirtyRange, bitmap: number): void {
    const clear = this.#clearDirtyLog ??= ClearDirtyLog.create();
    clear.slot = range.slot;
    clear.numPages = range.numPages;
    clear.firstPage = BigInt(range.firstPage);
    clear.dirtyBitmap = BigInt(bitmap);
    const result = native().ioctlStruct(this.fd, IOCTL.KVM_CLEAR_DIRTY_LOG, clear.bytes);
    check("KVM_CLEAR_DIRTY_LOG", result);
  }

  /** KVM_X86_SET_MSR_FILTER that denies every MSR: rdmsr and wrmsr are #GP in the guest. */
  denyAllMsrs(): void {
    denyAll ??= denyingFilter();
    const result = native().ioctlStruct(this.fd, IOCTL.KVM_X86_SET_MSR_FILTER, denyAll.bytes);
    check("KVM_X86_SET_MSR_FILTER", result);
  }

  /**
   * KVM_CREATE_VCPU.
   *
   * @param id The vCPU's number, from 0 on.
   * @param signal The signal by which it is interrupted, 35 to 64. The calling thread is made to take it.
   * @throws {RangeError} If the signal is another.
   */
  createVcpu(id: number, signal: number = INTERRUPT_SIGNAL): Vcpu {
    takeSignal(signal);
    const fd = check("KVM_CREATE_VCPU", native().ioctl(this.fd, IOCTL.KVM_CREATE_VCPU, id));
    return Vcpu.adopt(fd, this.#runSize, signal);
  }

  /** The file descriptor. */
  get fd(): number {
    if (this.#fd < 0) throw new VmletError("ERR_CLOSED", "Cannot use the VM: it is closed");
    return this.#fd;
  }

  /** Closes the VM. It ends when its vCPUs are closed too. Closing twice is harmless. */
  close(): void {
    if (this.#fd >= 0) native().close(this.#fd);
    this.#fd = -1;
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}
