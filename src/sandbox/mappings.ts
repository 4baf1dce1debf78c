/** Memory of the host's in a guest of ring 3: regions of the driver, and the host's page tables that show them. */

import type { Driver, MemoryRegion } from "../driver/mod.ts";
import { outOfRange, VmletError } from "../ffi/mod.ts";
import type { Part } from "../guest/layout.ts";
import {
  directoryPointers,
  findPlace,
  hide,
  MAPPING_ALIGNMENT,
  MAPPINGS_END,
  MAPPINGS_START,
  MAX_TABLES,
  needsTable,
  type Piece,
  show,
  TABLES_ADDRESS,
  TABLES_SIZE,
} from "../guest/mappings.ts";
import { Memory } from "../kvm/mod.ts";

/** What maps regions into a guest: the driver alone where the guest has page tables of its own. */
export type RegionMapper = Pick<Driver, "mapRegion" | "unmapRegion" | "mappedRegions">;

const hex = (value: number) => `0x${value.toString(16)}`;
const spanOf = ({ guestAddress, size }: MemoryRegion) => ({ start: guestAddress, size });

/** Whether the guest may see the region at all. */
const isVisible = ({ flags }: MemoryRegion) => flags.read === true || flags.execute === true;

/** The regions that are mapped into a guest of ring 3, at the same addresses of its address space and physical memory. */
export class Mappings implements RegionMapper {
  readonly #driver: Driver;
  /** Where the guest's page-directory-pointer table is, in its physical memory. */
  readonly #pointers: number;
  readonly #wrote: (start: number, length: number) => void;
  #hasTables = false;
  /** The page tables that are in use, by the addresses of their regions, and those that are free again. */
  readonly #used = new Map<number, number>();
  readonly #freed: number[] = [];

  /**
   * For a guest in which nothing is mapped.
   *
   * @param pointers Where its page-directory-pointer table is, in its physical memory.
   * @param wrote What is told that the host wrote to the guest's own memory.
   */
  constructor(driver: Driver, pointers: number, wrote: (start: number, length: number) => void) {
    this.#driver = driver;
    this.#pointers = pointers;
    this.#wrote = wrote;
  }

  /** The regions, in the order in which they were mapped. */
  get mappedRegions(): readonly MemoryRegion[] {
    return this.#driver.mappedRegions.filter((it) => it.guestAddress !== TABLES_ADDRESS);
  }

  /** The same as parts of the guest's address space, for messages. */
  get parts(): readonly Part[] {
    return this.mappedRegions.filter(isVisible).map(({ name, guestAddress, size, flags }) => ({
      name: `mapped region "${name}"`,
      virtual: guestAddress,
      physical: guestAddress,
      size,
      user: true,
      writable: false,
      executable: flags.execute === true,
    }));
  }

  /**
   * The first free address for a region of this size.
   *
   * @throws {VmletError} `ERR_LIMIT` if there is none.
   */
  findPlace(size: number): number {
    // What is wrong with such a size is said when the region is mapped.
    if (Number.isNaN(size)) return MAPPINGS_START;
    const place = findPlace(size, this.mappedRegions.map(spanOf));
    if (place !== undefined) return place;
    throw new VmletError(
      "ERR_LIMIT",
      `Cannot map ${size} bytes: the guest's address space for mappings has no room for them`,
    );
  }

  /**
   * Maps a region and shows it to the guest. What fails changes nothing.
   *
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if its place is none for mappings; as {@linkcode Driver.mapRegion}.
   * @throws {VmletError} As {@linkcode Driver.mapRegion}; `ERR_LIMIT` also if no page table is left.
   */
  mapRegion(region: MemoryRegion): void {
    const { name, guestAddress, size } = region;
    if (guestAddress % MAPPING_ALIGNMENT !== 0 || guestAddress < MAPPINGS_START) {
      throw outOfRange(
        `Cannot map region "${name}": guests of ring 3 see it at a multiple of ${MAPPING_ALIGNMENT} from ${
          hex(MAPPINGS_START)
        } on, and not at ${hex(guestAddress)}`,
      );
    }
    if (guestAddress + size > MAPPINGS_END) {
      throw outOfRange(
        `Cannot map region "${name}": it ends at ${hex(guestAddress + size)}, behind ${
          hex(MAPPINGS_END)
        }, where the guest's address space for mappings ends`,
      );
    }
    const span = spanOf(region);
    const table = needsTable(span) ? this.#freeTable(name) : 0;
    this.#makeTables();
    this.#driver.mapRegion(region);
    if (!isVisible(region)) return;
    if (needsTable(span)) {
      this.#used.set(guestAddress, table);
      if (this.#freed.at(-1) === table) this.#freed.pop();
    }
    // Only entries that led nowhere change: the CPU, and KVM where it keeps page tables of its own, remember no such.
    for (const piece of show(span, region.flags.execute === true, table)) this.#write(piece);
    this.#point(true);
  }

  /**
   * Takes a region away again, and hides its place.
   *
   * @throws {VmletError} As {@linkcode Driver.unmapRegion}.
   */
  unmapRegion(region: MemoryRegion): void {
    // This makes KVM and the CPU forget what they know of the tables. The guest runs no sooner than they have changed.
    this.#driver.unmapRegion(region);
    this.#write(hide(spanOf(region)));
    const table = this.#used.get(region.guestAddress);
    if (table !== undefined) this.#freed.push(table);
    this.#used.delete(region.guestAddress);
    if (!this.mappedRegions.some(isVisible)) this.#point(false);
  }

  #freeTable(name: string): number {
    const table = this.#freed.at(-1) ?? this.#used.size;
    if (table < MAX_TABLES) return table;
    throw new VmletError(
      "ERR_LIMIT",
      `Cannot map region "${name}": ${MAX_TABLES} regions of a size that is no multiple of ${MAPPING_ALIGNMENT} are mapped already`,
    );
  }

  /** Gives the VM memory for the tables, once. */
  #makeTables(): void {
    if (this.#hasTables) return;
    // The driver holds it.
    using memory = new Memory(TABLES_SIZE);
    this.#driver.mapRegion({
      name: "page tables of mapped regions",
      guestAddress: TABLES_ADDRESS,
      size: TABLES_SIZE,
      memory,
      // The guest sees it nowhere, but KVM counts the CPU's looks at page tables as writes.
      flags: { read: true, write: true },
    });
    this.#hasTables = true;
  }

  /** Lets the guest's own tables lead to these, or nowhere. Nothing is written that is there already: clones share it. */
  #point(arePresent: boolean): void {
    const piece = directoryPointers(this.#pointers, arePresent);
    const { physical, bytes } = piece;
    const there = this.#driver.readPhysical(physical, bytes.length);
    if (there?.every((byte, i) => byte === bytes[i])) return;
    this.#write(piece);
    this.#wrote(physical, bytes.length);
  }

  #write({ physical, bytes }: Piece): void {
    if (this.#driver.writePhysical(physical, bytes)) return;
    throw new Error(`No memory of the host's is at ${hex(physical)}, where page tables go`);
  }
}
