/**
 * Where a ring 3 guest sees memory of its host's, and the page tables that show it there: made by the host, and apart from
 * those of the guest's own memory, so that mapping changes nothing else.
 */

import { LARGE_PAGE, leafEntry, tableEntry } from "./page_tables.ts";

const PAGE = 4096;
const GIB = 2 ** 30;
const ENTRY = 8;

/** The first address for mappings; behind the heap, and in physical memory behind all of the guest's. */
export const MAPPINGS_START = 0x30_0000_0000;
/** The address behind the last: far below the stack. */
export const MAPPINGS_END = 0x70_0000_0000;
/** Each mapping begins at a multiple of this, so that its pages are large ones, and no two share a page table. */
export const MAPPING_ALIGNMENT = LARGE_PAGE;

/** Where the tables lie in physical memory. */
export const TABLES_ADDRESS = 0x7e_0000_0000;
/** The page directories come first, one for each GiB: together they are one row of entries for 2 MiB each. */
const DIRECTORIES = (MAPPINGS_END - MAPPINGS_START) / GIB;
/** How many page tables there may be behind them, each for what a mapping has behind its last 2 MiB. */
export const MAX_TABLES = 3840;
/** How much memory all of them take, if all are needed. */
export const TABLES_SIZE: number = (DIRECTORIES + MAX_TABLES) * PAGE;

/** Bytes for the guest's physical memory. */
export interface Piece {
  /** Where they go. */
  readonly physical: number;
  readonly bytes: Uint8Array;
}

/** A piece of the address space for mappings, at the same addresses of physical memory. */
export interface MappedSpan {
  /** A multiple of {@linkcode MAPPING_ALIGNMENT}. */
  readonly start: number;
  /** In bytes, a multiple of 4096. */
  readonly size: number;
}

/** Entries of 64 bits as bytes. */
function bytesOf(entries: BigUint64Array): Uint8Array {
  return new Uint8Array(entries.buffer);
}

/**
 * The entries of the guest's page-directory-pointer table that lead to the tables, or none.
 *
 * @param table Where that table is in physical memory.
 */
export function directoryPointers(table: number, arePresent: boolean): Piece {
  const entries = new BigUint64Array(DIRECTORIES);
  if (arePresent) entries.forEach((_, i) => entries[i] = tableEntry(TABLES_ADDRESS + i * PAGE));
  return { physical: table + MAPPINGS_START / GIB * ENTRY, bytes: bytesOf(entries) };
}

/** Whether a span needs a page table of its own: it does not end with a large page. */
export function needsTable({ size }: MappedSpan): boolean {
  return size % LARGE_PAGE !== 0;
}

/** The entries that a span has in the page directories. */
function entriesOf({ start, size }: MappedSpan): { physical: number; entries: BigUint64Array } {
  const physical = TABLES_ADDRESS + (start - MAPPINGS_START) / LARGE_PAGE * ENTRY;
  return { physical, entries: new BigUint64Array(Math.ceil(size / LARGE_PAGE)) };
}

/**
 * What shows a span to the guest, to be read, or to be executed too.
 *
 * @param table The number of the page table that it may use, if it {@linkcode needsTable}.
 */
export function show(span: MappedSpan, isExecutable: boolean, table: number): Piece[] {
  const { start, size } = span;
  const rights = { user: true, writable: false, executable: isExecutable };
  const { physical, entries } = entriesOf(span);
  const pieces = [{ physical, bytes: bytesOf(entries) }];
  const large = Math.floor(size / LARGE_PAGE);
  for (let i = 0; i < large; i++) {
    entries[i] = leafEntry(start + i * LARGE_PAGE, rights, "large");
  }
  if (!needsTable(span)) return pieces;
  const tableAddress = TABLES_ADDRESS + (DIRECTORIES + table) * PAGE;
  entries[large] = tableEntry(tableAddress);
  const small = new BigUint64Array(PAGE / ENTRY);
  for (let done = large * LARGE_PAGE, i = 0; done < size; done += PAGE, i++) {
    small[i] = leafEntry(start + done, rights, "small");
  }
  return [{ physical: tableAddress, bytes: bytesOf(small) }, ...pieces];
}

/** What hides a span from the guest again. */
export function hide(span: MappedSpan): Piece {
  const { physical, entries } = entriesOf(span);
  return { physical, bytes: bytesOf(entries) };
}

/**
 * The first place where so many bytes fit, with at least 2 MiB between them and each other span where nothing is.
 *
 * @param spans Those that are there, in any order.
 * @returns Undefined if there is none.
 */
export function findPlace(size: number, spans: readonly MappedSpan[]): number | undefined {
  let place = MAPPINGS_START;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (place + size + LARGE_PAGE <= span.start) return place;
    const end = span.start + span.size;
    place = Math.max(place, Math.ceil(end / LARGE_PAGE) * LARGE_PAGE + LARGE_PAGE);
  }
  return place + size <= MAPPINGS_END ? place : undefined;
}
