/** What a guest's memory holds at a moment, and how it is made so again: by the pages that were written to since. */

import type { DirtyLog, Driver } from "../driver/mod.ts";
import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import {
  holdMemory,
  Memory,
  readHeldMemory,
  releaseMemory,
  sealMemory,
  viewMemory,
} from "../kvm/memory.ts";
import { type PageRange, SealedFile } from "../kvm/sealed_file.ts";
import { dropSpare } from "./spare.ts";

/** Bytes that a leaf of a table has, and the pages that it is for (shim/shim.c). */
const LEAF_SIZE = PAGE_SIZE;
const LEAF_PAGES = 512;

// The places of `struct working_set` (shim/shim.c), and of what follows it.
const FIRST_COLD = 48;
const END_COLD = 56;
const COPIED = 64;
const HOT_PAGES = 72;
const GROWN = 80;
const MAPPED = 88;
const HEADER_SIZE = 128;

/** In how many pieces a clone maps its memory at most, and the least number of pages that lie between two. */
const MOST_RANGES = 8;
const SMALLEST_GAP = 64;

/**
 * When all images that one is made of take this many times what itself needs, or are this many, the next one is a full
 * copy, so that a long row of snapshots costs what the last one does.
 */
const MOST_WASTE = 2;
const MOST_PARTS = 32;

/** Where an image's bytes are. */
interface ImageContent {
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
}

/** What clones of an image map. */
export interface SharedPages {
  /** The guest's memory; pages of zeroes are not there. */
  readonly file: SealedFile;
  /** Which pages are there, in the order of their places. */
  readonly ranges: readonly PageRange[];
}

/**
 * What a guest's memory held, immutable: a table that leads to each page's bytes, which lie in memory of its own or of
 * earlier images, or once it is shared in a file that clones map. It stays for as long as somebody holds it.
 */
export class MemoryImage {
  /** How many pages the guest's memory has. */
  readonly memoryPages: number;
  #content: ImageContent;
  #shared: SharedPages | undefined;
  /** What clones map of it, found out for the first. */
  #mapped: readonly PageRange[] | undefined;
  #users = 1;

  /** An image that whoever makes it holds. It takes over the last of the parts, and holds the others. */
  constructor(memoryPages: number, content: ImageContent) {
    this.memoryPages = memoryPages;
    this.#content = content;
  }

  /** An image of what is in these pages of a file. It takes the file over, unless this fails. */
  static of(shared: SharedPages): MemoryImage {
    const image = new MemoryImage(shared.file.size / PAGE_SIZE, contentOf(shared));
    image.#shared = shared;
    return image;
  }

  /** Where its bytes are. Another place after {@linkcode share}. */
  get content(): ImageContent {
    return this.#content;
  }

  /**
   * Moves the image into a file, when it is first shared, so that any number of guests can map it.
   *
   * @throws {VmletError} `ERR_MEMORY`, `ERR_LIMIT`. The image is then what it was.
   */
  share(): SharedPages {
    if (this.#shared) return this.#shared;
    const { table, parts } = this.#content;
    const pages = this.memoryPages;
    const file = SealedFile.create(pages * PAGE_SIZE);
    try {
      file.writeTable(table);
      file.seal();
      const shared = { file, ranges: rangesOf(table, pages) };
      this.#content = contentOf(shared);
      this.#shared = shared;
    } catch (error) {
      file.close();
      throw error;
    }
    for (const part of parts) releaseMemory(part);
    return this.#shared;
  }

  /** A copy of pages of the image, which is shared. */
  read({ first, count }: PageRange): Uint8Array<ArrayBuffer> {
    this.share();
    const [mapping] = this.#content.parts as [Memory];
    return readHeldMemory(mapping, first * PAGE_SIZE, count * PAGE_SIZE);
  }

  /**
   * Memory that is like the image, for a clone: it shares the image's pages until it writes to them.
   *
   * @throws {VmletError} As {@linkcode share}.
   */
  copyOnWrite(): Memory {
    const { file, ranges } = this.share();
    return file.copyOnWrite(this.#mapped ??= withoutSmallGaps(ranges));
  }

  /** Keeps the image until it is released as often. */
  hold(): void {
    this.#users++;
  }

  /** The other half of {@linkcode hold}. */
  release(): void {
    if (--this.#users > 0) return;
    // What a clone left for the next one has the file mapped.
    dropSpare(this);
    for (const part of this.#content.parts) releaseMemory(part);
    this.#shared?.file.close();
  }
}

/** Maps a file, and makes the table of its pages. */
function contentOf({ file, ranges }: SharedPages): ImageContent {
  const memoryPages = file.size / PAGE_SIZE;
  const leaves = leafCount(memoryPages);
  const arena = new Memory(tableSize(memoryPages) + leaves * LEAF_SIZE);
  let mapping: Memory | undefined;
  try {
    mapping = file.map();
    using set = setOf(ranges, memoryPages);
    const size = native().makeTable(set.address, memoryPages, mapping.address, arena.address);
    sealMemory(arena);
    const pages = size / PAGE_SIZE + ranges.reduce((sum, { count }) => sum + count, 0);
    const all = { pages, allPages: pages, size: pages * PAGE_SIZE };
    return { table: arena.address, parts: [mapping, arena], ...all };
  } catch (error) {
    mapping?.close();
    arena.close();
    throw error;
  }
}

const leafCount = (pages: number) => Math.ceil(pages / LEAF_PAGES);
const tableSize = (pages: number) => roundUp(leafCount(pages) * 8);
const roundUp = (size: number) => Math.ceil(size / PAGE_SIZE) * PAGE_SIZE;
/** How many bytes a set of pages takes, in whole lines of the CPU's caches. */
const setSize = (pages: number) => Math.ceil(pages / 512) * 64;

/** An address as 8 bytes. */
const bigBytes = (value: number) => new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);

/** A set of pages in native memory. */
function setOf(ranges: readonly PageRange[], pages: number): Memory {
  const bits = new Uint8Array(setSize(pages));
  for (const { first, count } of ranges) {
    for (let page = first; page < first + count; page++) {
      bits[page >> 3] = (bits[page >> 3] ?? 0) | 1 << (page & 7);
    }
  }
  const set = new Memory(roundUp(bits.length));
  set.write(0, bits);
  return set;
}

/** The pages that a table has bytes of. */
function rangesOf(table: number, pages: number): PageRange[] {
  using set = new Memory(roundUp(setSize(pages)));
  native().tablePages(table, pages, set.address);
  const bits = set.read(0, setSize(pages));
  const ranges: { first: number; count: number }[] = [];
  for (let page = 0; page < pages; page++) {
    // Most of a large memory is zero.
    if (bits[page >> 3] === 0) page |= 7;
    else if ((bits[page >> 3] ?? 0) >> (page & 7) & 1) {
      const last = ranges.at(-1);
      if (last && last.first + last.count === page) last.count++;
      else ranges.push({ first: page, count: 1 });
    }
  }
  return ranges;
}

/**
 * The ranges as a clone maps them: each mapping costs its process one of 65530, and each gap between two of them leaves
 * memory that is not the file's, where the guest's first write to a page makes no page of zeroes in the file.
 */
function withoutSmallGaps(ranges: readonly PageRange[]): PageRange[] {
  const gap = (i: number) => {
    const [before, after] = [ranges[i - 1], ranges[i]];
    return before && after ? after.first - before.first - before.count : Infinity;
  };
  const largest = ranges.map((_, i) => gap(i)).sort((a, b) => b - a);
  const least = Math.max(SMALLEST_GAP, largest[MOST_RANGES - 1] ?? 0);
  const joined: { first: number; count: number }[] = [];
  for (const [i, { first, count }] of ranges.entries()) {
    const last = joined.at(-1);
    if (last && (gap(i) < least || joined.length === MOST_RANGES)) {
      last.count = first + count - last.first;
    } else joined.push({ first, count });
  }
  return joined;
}

/** The structure where there is none: nothing was counted. */
const NOTHING = new DataView(new ArrayBuffer(HEADER_SIZE));

/** What is outside of JavaScript's memory. It knows no driver, so that a finalizer can hold it. */
class Held {
  /** `struct working_set` and its sets. */
  set: Memory | undefined;
  /** A view on the structure. */
  view = NOTHING;
  /** What the memory was like last. */
  base: MemoryImage | undefined;
  /** Of a clone, what its memory maps. */
  mapped: MemoryImage | undefined;

  [Symbol.dispose](): void {
    this.view = NOTHING;
    this.set?.close();
    this.base?.release();
    this.mapped?.release();
    this.set = this.base = this.mapped = undefined;
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

  /**
   * For a guest whose physical memory begins at address 0 and is all in `memory`; of a clone, it is like this image, and
   * from {@linkcode MemoryImage.copyOnWrite}.
   */
  constructor(memory: Memory, driver: Driver, buffers: Buffers, image?: MemoryImage) {
    this.#memory = memory;
    this.#driver = driver;
    this.#buffers = buffers;
    if (!image) return;
    image.hold();
    image.hold();
    this.#held.base = this.#held.mapped = image;
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

  /** How many pages restores copied so far. */
  get copied(): number {
    return this.#copied;
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
    const set = this.#sets();
    const { base } = held;
    if (base) this.#collect(set);
    const isWasteful = base !== undefined &&
      (base.content.allPages > MOST_WASTE * base.content.pages ||
        base.content.parts.length >= MOST_PARTS);
    const parent = isWasteful ? undefined : base;
    if (!parent) {
      const { start, end } = this.#buffers;
      this.#memory.discard(start, end - start);
      // A full copy has the pages of the base too; the others that have memory were collected.
      if (base) native().tablePages(base.content.table, base.memoryPages, this.#written);
      else this.#markOwn(set);
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
    const { base } = held;
    if (!base) throw new Error("A memory that was never captured cannot be restored");
    const set = this.#sets();
    this.#collect(set);
    const cold = native().restorePages(set.address, base.content.table, image.content.table);
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

  /** The sets, made when they are first needed. */
  #sets(): Memory {
    const held = this.#held;
    if (held.set) return held.set;
    const set = this.#begin();
    // What a clone wrote to until now is in no log.
    if (held.mapped) this.#markOwn(set);
    return held.set = set;
  }

  /**
   * Gives the pages back that the last restore left, since they may be needed again, though the same would be there without
   * them: zeroes, or of a clone what it shares. The next call pays for that, so this is for guests that may not have them.
   *
   * @throws {VmletError} `ERR_MEMORY` if the kernel refuses.
   */
  discardPages(): void {
    const { set, base } = this.#held;
    if (!set || !base) return;
    const result = native().discardPages(set.address, base.content.table);
    if (result < 0) {
      const symbol = errnoSymbol(-result);
      throw new VmletError("ERR_MEMORY", `Cannot give a guest's memory back: ${symbol}`, {
        errno: -result,
      });
    }
  }

  /** Makes the sets, and lets KVM log. */
  #begin(): Memory {
    const pages = this.#memory.size / PAGE_SIZE;
    const oneSet = setSize(pages);
    // Written, hot and cold pages, room for one as KVM has it, and the pages' ages.
    const set = new Memory(roundUp(HEADER_SIZE + 4 * oneSet + pages));
    try {
      this.#written = set.address + HEADER_SIZE;
      const hot = this.#written + oneSet;
      this.#cold = hot + oneSet;
      this.#scratch = this.#cold + oneSet;
      const ages = this.#scratch + oneSet;
      const fields = [this.#memory.address, pages, this.#written, hot, this.#cold, ages];
      set.write(0, new Uint8Array(BigUint64Array.from(fields, BigInt).buffer));
      const { mapped } = this.#held;
      if (mapped) set.write(MAPPED, bigBytes(mapped.content.table));
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
    else this.#markOwn(set);
  }

  /** All pages that have memory of their own. The others are zero, or what a clone maps. */
  #markOwn(set: Memory): void {
    // Where the kernel does not say: all.
    if (native().markOwnPages(set.address) >= 0) return;
    native().markPages(set.address, 0, this.#memory.size / PAGE_SIZE);
  }

  /** Copies what differs from the parent, or everything. */
  #copy(set: Memory, parent: MemoryImage | undefined): MemoryImage {
    const shim = native();
    const { start, end } = this.#buffers;
    const zeroes = [start / PAGE_SIZE, end / PAGE_SIZE] as const;
    const from = parent?.content;
    const table = from?.table ?? 0;
    const count = shim.countChanges(set.address, table, ...zeroes);
    const memoryPages = this.#memory.size / PAGE_SIZE;
    if (from && count === 0) {
      for (const part of from.parts) holdMemory(part);
      return new MemoryImage(memoryPages, { ...from, size: 0 });
    }
    const leaves = Math.min(count, leafCount(memoryPages));
    const arena = new Memory(tableSize(memoryPages) + leaves * LEAF_SIZE + count * PAGE_SIZE);
    try {
      const size = shim.capturePages(set.address, table, arena.address);
      sealMemory(arena);
      for (const part of from?.parts ?? []) holdMemory(part);
      return new MemoryImage(memoryPages, {
        table: arena.address,
        size,
        pages: from ? from.pages + this.#held.view.getInt32(GROWN, true) : size / PAGE_SIZE,
        parts: [...from?.parts ?? [], arena],
        allPages: (from?.allPages ?? 0) + size / PAGE_SIZE,
      });
    } catch (error) {
      arena.close();
      throw error;
    }
  }
}
