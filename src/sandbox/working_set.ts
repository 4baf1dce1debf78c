/** What a guest's memory holds at a moment, and how it is made so again: by the pages that were written to since. */

import type { DirtyLog, Driver } from "../driver/mod.ts";
import { native } from "../ffi/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { holdMemory, Memory, releaseMemory, sealMemory, viewMemory } from "../kvm/memory.ts";

/** Bytes that a leaf of a table has, and the pages that it is for (shim/shim.c). */
const LEAF_SIZE = PAGE_SIZE;
const LEAF_PAGES = 512;

// The places of `struct working_set` (shim/shim.c), and of what follows it.
const FIRST_COLD = 48;
const END_COLD = 56;
const COPIED = 64;
const HOT_PAGES = 72;
const GROWN = 80;
const HEADER_SIZE = 128;

/**
 * When all images that one is made of take this many times what itself needs, or are this many, the next one is a full
 * copy, so that a long row of snapshots costs what the last one does.
 */
const MOST_WASTE = 2;
const MOST_PARTS = 32;

/**
 * What a guest's memory held, immutable: a table that leads to each page's bytes, which lie in memory of its own or of
 * earlier images. It stays for as long as somebody holds it.
 */
export class MemoryImage {
  /** The address of the table. */
  readonly table: number;
  /** How many bytes it takes besides those of earlier images. */
  readonly size: number;
  /** How many pages, of tables too, lead to what it holds. */
  readonly pages: number;
  /** The memory in which it lies: that of earlier images, and behind them its own. */
  readonly parts: readonly Memory[];
  /** How many pages that memory has in all. */
  readonly allPages: number;
  #users = 1;

  /** An image that whoever makes it holds. It takes over the last of the parts, and holds the others. */
  constructor(image: Pick<MemoryImage, "table" | "size" | "pages" | "parts" | "allPages">) {
    this.table = image.table;
    this.size = image.size;
    this.pages = image.pages;
    this.parts = image.parts;
    this.allPages = image.allPages;
  }

  /** Keeps the image until it is released as often. */
  hold(): void {
    this.#users++;
  }

  /** The other half of {@linkcode hold}. */
  release(): void {
    if (--this.#users === 0) { for (const part of this.parts) releaseMemory(part); }
  }
}

/** What is outside of JavaScript's memory. It knows no driver, so that a finalizer can hold it. */
class Held {
  /** `struct working_set` and its sets. */
  set: Memory | undefined;
  /** A view on the structure. */
  view = new DataView(new ArrayBuffer(HEADER_SIZE));
  /** What the memory was like last. */
  base: MemoryImage | undefined;

  [Symbol.dispose](): void {
    this.view = new DataView(new ArrayBuffer(HEADER_SIZE));
    this.set?.close();
    this.base?.release();
    this.set = this.base = undefined;
  }
}

/** Buffers in the guest's memory, which hold nothing between two calls. */
export interface Buffers {
  /** Where they begin in the guest's physical memory, a multiple of 4096. */
  readonly start: number;
  /** Where they end. */
  readonly end: number;
}

/** What restores did so far, and what the next one has to do. */
export interface WorkingSetStats {
  /** How many pages the next restore looks at: those that may have been written to, and the hot ones. */
  readonly dirtied: number;
  /** How many pages are expected to be written to again, and so left writable. */
  readonly hot: number;
  /** How many restores there were. */
  readonly restores: number;
  /** How many pages they made what they were. */
  readonly copied: number;
}

/** The pages of a guest's memory that were written to since it was last like an image. Costs nothing before the first. */
export class WorkingSet {
  readonly #memory: Memory;
  readonly #driver: Driver;
  readonly #buffers: Buffers;
  readonly #held = new Held();
  #log: DirtyLog | undefined;
  // The addresses of the sets of written and of cold pages, and of room for one as KVM has it.
  #written = 0;
  #cold = 0;
  #scratch = 0;
  #restores = 0;
  #copied = 0;

  /** For a guest whose physical memory begins at address 0 and is all in `memory`. */
  constructor(memory: Memory, driver: Driver, buffers: Buffers) {
    this.#memory = memory;
    this.#driver = driver;
    this.#buffers = buffers;
  }

  /** What is to dispose of. */
  get resources(): Disposable {
    return this.#held;
  }

  /**
   * Counts, also during a call. Before the first capture there is nothing to count.
   *
   * @throws {VmletError} `ERR_KVM`.
   */
  stats(): WorkingSetStats {
    const { set, view } = this.#held;
    if (set) this.#collect(set);
    return {
      dirtied: set ? native().countPages(set.address) : 0,
      hot: view.getUint32(HOT_PAGES, true),
      restores: this.#restores,
      copied: this.#copied,
    };
  }

  /** Says that the host may have written to this part of the memory, by other ways than {@linkcode restore}. */
  wrote(start: number, length: number): void {
    const { set } = this.#held;
    if (!set || length === 0) return;
    const first = Math.floor(start / PAGE_SIZE);
    native().markPages(set.address, first, Math.ceil((start + length) / PAGE_SIZE) - first);
  }

  /**
   * Makes an image of what the memory holds. The buffers become zero, in it and in the guest. What fails changes nothing
   * but them. Whoever takes the image must hold it before the next capture or restore.
   *
   * @throws {VmletError} `ERR_MEMORY`, `ERR_KVM`.
   */
  capture(): MemoryImage {
    const held = this.#held;
    const set = held.set ??= this.#begin();
    const { base } = held;
    if (base) this.#collect(set);
    const isWasteful = base !== undefined &&
      (base.allPages > MOST_WASTE * base.pages || base.parts.length >= MOST_PARTS);
    const parent = isWasteful ? undefined : base;
    if (!parent) {
      const { start, end } = this.#buffers;
      this.#memory.discard(start, end - start);
      this.#markPresent(set);
    }
    const image = this.#copy(set, parent);
    native().forgetPages(set.address);
    base?.release();
    held.base = image;
    return image;
  }

  /**
   * Makes the memory what the image has.
   *
   * @throws {VmletError} `ERR_KVM`. The memory may then be neither what it was nor what the image has; another restore
   * mends that.
   */
  restore(image: MemoryImage): void {
    const held = this.#held;
    const { set, base } = held;
    if (!set || !base) throw new Error("A memory that was never captured cannot be restored");
    this.#collect(set);
    const cold = native().restorePages(set.address, base.table, image.table);
    this.#restores++;
    this.#copied += held.view.getUint32(COPIED, true);
    if (image !== base) {
      image.hold();
      held.base = image;
      base.release();
    }
    if (cold === 0 || !this.#log?.manual) return;
    const pages = (field: number) => held.view.getUint32(field, true) * 64;
    this.#log.protect(this.#cold, pages(FIRST_COLD), pages(END_COLD), this.#scratch);
  }

  /** Makes the sets, and lets KVM log. */
  #begin(): Memory {
    const pages = this.#memory.size / PAGE_SIZE;
    // In whole lines of the CPU's caches.
    const setSize = Math.ceil(pages / 512) * 64;
    // Written, hot and cold pages, room for one as KVM has it, and the pages' ages.
    const size = HEADER_SIZE + 4 * setSize + pages;
    const set = new Memory(Math.ceil(size / PAGE_SIZE) * PAGE_SIZE);
    try {
      this.#written = set.address + HEADER_SIZE;
      const hot = this.#written + setSize;
      this.#cold = hot + setSize;
      this.#scratch = this.#cold + setSize;
      const ages = this.#scratch + setSize;
      const fields = [this.#memory.address, pages, this.#written, hot, this.#cold, ages];
      set.write(0, new Uint8Array(BigUint64Array.from(fields, BigInt).buffer));
      this.#log = this.#driver.logWrites();
      const { buffer, byteOffset } = viewMemory(set, 0, HEADER_SIZE);
      this.#held.view = new DataView(buffer, byteOffset, HEADER_SIZE);
    } catch (error) {
      set.close();
      throw error;
    }
    return set;
  }

  /** Adds what the guest wrote to. */
  #collect(set: Memory): void {
    if (this.#log) this.#log.collect(this.#written, this.#scratch);
    else this.#markPresent(set);
  }

  /** Without a log, and for a full copy: all pages that were ever touched. The others are zero. */
  #markPresent(set: Memory): void {
    // Where the kernel does not say: all.
    if (native().markPresentPages(set.address) < 0) this.wrote(0, this.#memory.size);
  }

  /** Copies what differs from the parent, or everything. */
  #copy(set: Memory, parent: MemoryImage | undefined): MemoryImage {
    const shim = native();
    const count = shim.countPages(set.address);
    const leaves = Math.ceil(this.#memory.size / PAGE_SIZE / LEAF_PAGES);
    const tableSize = Math.ceil(leaves * 8 / PAGE_SIZE) * PAGE_SIZE;
    const arena = new Memory(tableSize + Math.min(count, leaves) * LEAF_SIZE + count * PAGE_SIZE);
    try {
      const { start, end } = this.#buffers;
      const zeroes = [start / PAGE_SIZE, end / PAGE_SIZE] as const;
      const size = shim.capturePages(set.address, parent?.table ?? 0, arena.address, ...zeroes);
      if (parent && size === tableSize) {
        arena.close();
        for (const part of parent.parts) holdMemory(part);
        return new MemoryImage({ ...parent, size: 0 });
      }
      sealMemory(arena);
      for (const part of parent?.parts ?? []) holdMemory(part);
      return new MemoryImage({
        table: arena.address,
        size,
        pages: parent ? parent.pages + this.#held.view.getInt32(GROWN, true) : size / PAGE_SIZE,
        parts: [...parent?.parts ?? [], arena],
        allPages: (parent?.allPages ?? 0) + size / PAGE_SIZE,
      });
    } catch (error) {
      arena.close();
      throw error;
    }
  }
}
