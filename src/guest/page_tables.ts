/** Builds x86_64 page tables of four levels (Intel SDM volume 3, 4.5), as few pages as the mappings need. */

/** What a mapping allows. Reading is always allowed to those who may use it at all. */
export interface Permissions {
  /** Whether ring 3 may use it. */
  readonly user: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
}

/** Pages of the guest: where in its address space, where in its physical memory. */
export interface Mapping extends Permissions {
  readonly virtual: number;
  readonly physical: number;
  /** In bytes, a multiple of 4096. */
  readonly size: number;
}

const PRESENT = 1n;
const WRITABLE = 2n;
const USER = 4n;
// Preset, or the CPU writes these bits into the tables later and the writes show up as dirty pages.
const ACCESSED_DIRTY = 0x60n;
const LARGE = 0x80n;
const NO_EXECUTE = 1n << 63n;

const PAGE = 4096;
/** What a large page has: as much as a page table leads to. */
export const LARGE_PAGE: number = 2 * 1024 * 1024;

/** An entry that leads to another table. It allows all, to ring 3 too by default; the last entry of each way decides. */
export function tableEntry(physical: number, user = true): bigint {
  return BigInt(physical) | PRESENT | WRITABLE | (user ? USER : 0n) | ACCESSED_DIRTY;
}

/** An entry that leads to a page. */
export function leafEntry(
  physical: number,
  { user, writable, executable }: Permissions,
  pageSize: "large" | "small",
): bigint {
  return BigInt(physical) | PRESENT | ACCESSED_DIRTY | (user ? USER : 0n) |
    (writable ? WRITABLE : 0n) | (executable ? 0n : NO_EXECUTE) |
    (pageSize === "large" ? LARGE : 0n);
}

/** How page tables are built. */
export interface TableOptions {
  /** `large`, the default, has pages of 2 MiB where both addresses and the length allow it, `small` has none. */
  readonly pageSize?: "large" | "small";
  /**
   * Whether ring 3 may use what its mapping allows; true by default. Otherwise it may use nothing, and all pages are a
   * supervisor's to the CPU (SMEP, SMAP, protection keys).
   */
  readonly user?: boolean;
}

/**
 * Builds the tables for these mappings.
 *
 * @param mappings Page-aligned and without overlaps.
 * @param physical Where in the guest's physical memory the tables will lie, page-aligned. The root comes first, the
 * others in the order in which the mappings need them.
 * @returns The tables' bytes, a multiple of 4096.
 */
export function buildPageTables(
  mappings: readonly Mapping[],
  physical: number,
  { pageSize = "large", user = true }: TableOptions = {},
): Uint8Array {
  const tables: BigUint64Array[] = [new BigUint64Array(512)];

  /** The table below an entry, made where it is missing. */
  const below = (table: BigUint64Array, index: number): BigUint64Array => {
    const entry = table[index] ?? 0n;
    if (entry !== 0n) {
      const child = tables[(Number(entry & 0x000ffffffffff000n) - physical) / PAGE];
      if (!child || (entry & LARGE) !== 0n) throw new RangeError("Mappings overlap");
      return child;
    }
    const child = new BigUint64Array(512);
    table[index] = tableEntry(physical + tables.length * PAGE, user);
    tables.push(child);
    return child;
  };

  for (const it of mappings) {
    for (let done = 0; done < it.size;) {
      const virtual = it.virtual + done;
      const target = it.physical + done;
      const large = pageSize === "large" && virtual % LARGE_PAGE === 0 &&
        target % LARGE_PAGE === 0 &&
        it.size - done >= LARGE_PAGE;
      const pml4 = tables[0] as BigUint64Array;
      const pdpt = below(pml4, index(virtual, 39));
      const directory = below(pdpt, index(virtual, 30));
      const table = large ? directory : below(directory, index(virtual, 21));
      const slot = index(virtual, large ? 21 : 12);
      if (table[slot] !== 0n) throw new RangeError("Mappings overlap");
      table[slot] = leafEntry(target, it, large ? "large" : "small");
      done += large ? LARGE_PAGE : PAGE;
    }
  }

  const bytes = new Uint8Array(tables.length * PAGE);
  tables.forEach((table, i) => bytes.set(new Uint8Array(table.buffer), i * PAGE));
  return bytes;
}

/** The index into a table: nine bits of the address from bit `shift` on. */
function index(address: number, shift: number): number {
  return Math.floor(address / 2 ** shift) % 512;
}
