/** Which pages of its memory a guest wrote to, as KVM logs it. */

import { native } from "../ffi/mod.ts";
import { PAGE_SIZE, type Vm } from "../kvm/mod.ts";

/**
 * How much of KVM's log of dirty pages is used: with pages that stay in the log until they are taken out
 * (KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2), emptied whenever it is read, or nothing of it.
 */
export type DirtyLogMode = "manual" | "plain" | "none";

/** A slot whose pages are logged. */
export interface LoggedSlot {
  /** The slot's number. */
  readonly slot: number;
  /** Where it begins in the guest's physical memory. */
  readonly guestAddress: number;
  /** How long it is in bytes. */
  readonly size: number;
}

/**
 * The log of the pages to which a guest writes, from {@linkcode Driver.logWrites}. Sets of pages have a bit for each page
 * of the guest's physical memory from address 0 on, in words of 64, and are given by their addresses in this process.
 */
export class DirtyLog {
  /** Whether pages stay in the log, and writable, until {@linkcode protect} takes them out. */
  readonly manual: boolean;
  readonly #vm: Vm;
  readonly #slots: readonly LoggedSlot[];

  /** For the driver alone. */
  constructor(vm: Vm, slots: readonly LoggedSlot[], manual: boolean) {
    this.#vm = vm;
    this.#slots = slots;
    this.manual = manual;
  }

  /**
   * Adds the pages in the log to a set.
   *
   * @param set Where the set is.
   * @param scratch Where there is room for as much.
   * @throws {KvmError} If KVM refuses. What was read before is in the set.
   */
  collect(set: number, scratch: number): void {
    for (const { slot, guestAddress, size } of this.#slots) {
      this.#vm.getDirtyLog(slot, scratch);
      native().addBits(set, guestAddress / PAGE_SIZE, scratch, size / PAGE_SIZE);
    }
  }

  /**
   * Takes pages out of the log and protects them, so that the next write to them shows.
   *
   * @param set Where the set of these pages is.
   * @param first The first page to look at.
   * @param end The page behind the last.
   * @param scratch Where there is room for a set.
   * @throws {KvmError} If KVM refuses. Pages that were not reached stay in the log.
   */
  protect(set: number, first: number, end: number, scratch: number): void {
    for (const { slot, guestAddress, size } of this.#slots) {
      const start = guestAddress / PAGE_SIZE;
      const pages = size / PAGE_SIZE;
      // KVM wants multiples of 64 from the slot's beginning on, or its end.
      const firstPage = Math.max(0, first - start) & ~63;
      const endPage = Math.min(pages, Math.max(0, end - start) + 63 & ~63);
      const numPages = endPage - firstPage;
      if (numPages <= 0) continue;
      native().takeBits(scratch, set, start + firstPage, numPages);
      this.#vm.clearDirtyLog({ slot, firstPage, numPages }, scratch);
    }
  }
}
