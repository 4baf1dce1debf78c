/** The guest's memory by its own addresses: a walk through its page tables (Intel SDM volume 3, 4.5). */

/** The guest's physical memory. */
export interface PhysicalMemory {
  /** A copy; undefined where not all of it is memory. */
  readPhysical(address: number, length: number): Uint8Array | undefined;
  /** False where not all of it is memory that can be written to. */
  writePhysical(address: number, bytes: Uint8Array): boolean;
}

/** The control registers that say how addresses are translated. */
export interface Paging {
  readonly cr0: bigint;
  readonly cr3: bigint;
  readonly cr4: bigint;
}

const PAGE = 4096;
const PRESENT = 1n;
const LARGE = 0x80n;
const NO_EXECUTE = 1n << 63n;
const ADDRESS = 0x000f_ffff_ffff_f000n;
/** The same as {@linkcode LARGE}, and the bit of writing, in an entry's lower half. */
const LARGE_BIT = 0x80;
const WRITE_RIGHT = 2;
/** Not the entry's bit, which forbids. */
const EXECUTE_RIGHT = 1;
const CR0_PG = 1n << 31n;
const CR4_LA57 = 1n << 12n;

/** The physical address of a linear one; undefined where nothing is mapped. Rights do not matter here. */
export function translate(
  memory: PhysicalMemory,
  paging: Paging,
  address: bigint,
): number | undefined {
  return lookUp(memory, paging, address)?.physical;
}

/** Whether the page tables let anybody execute what is at an address; undefined where nothing is mapped. */
export function isExecutable(
  memory: PhysicalMemory,
  paging: Paging,
  address: bigint,
): boolean | undefined {
  return lookUp(memory, paging, address)?.executable;
}

function lookUp(
  memory: PhysicalMemory,
  { cr0, cr3, cr4 }: Paging,
  address: bigint,
): { readonly physical: number; readonly executable: boolean } | undefined {
  if ((cr0 & CR0_PG) === 0n) return { physical: Number(address), executable: true };
  const levels = cr4 & CR4_LA57 ? 5 : 4;
  const width = 12 + 9 * levels;
  // The CPU refuses an address that is not canonical.
  if (BigInt.asUintN(64, BigInt.asIntN(width, address)) !== address) return undefined;
  let table = cr3 & ADDRESS;
  let executable = true;
  for (let level = levels; level > 0; level--) {
    const shift = BigInt(12 + 9 * (level - 1));
    const index = Number(address >> shift & 0x1ffn);
    const bytes = memory.readPhysical(Number(table) + 8 * index, 8);
    if (!bytes) return undefined;
    const entry = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
    if ((entry & PRESENT) === 0n) return undefined;
    executable &&= (entry & NO_EXECUTE) === 0n;
    const isLeaf = level === 1 || (level <= 3 && (entry & LARGE) !== 0n);
    if (isLeaf) {
      const inside = (1n << shift) - 1n;
      return { physical: Number(entry & ADDRESS & ~inside | address & inside), executable };
    }
    table = entry & ADDRESS;
  }
  return undefined;
}

/** Addresses side by side that the page tables map to memory side by side, with the same rights. */
export interface MappedRange {
  readonly address: bigint;
  readonly physical: number;
  /** In bytes. */
  readonly size: number;
  readonly writable: boolean;
  readonly executable: boolean;
}

/** How much of page tables is looked at that a guest may have made so that they never end. */
export interface WalkLimits {
  /** How many tables are read; each costs about 20 us. */
  readonly tables: number;
  /** How many ranges are told. */
  readonly ranges: number;
}

/**
 * All that the page tables map, by ascending addresses, up to the limits: a table may be its own, so that there are
 * 2^36 pages to be found in one.
 */
export function mappedRanges(
  memory: PhysicalMemory,
  { cr0, cr3, cr4 }: Paging,
  limits: WalkLimits,
): MappedRange[] {
  if ((cr0 & CR0_PG) === 0n) {
    return [{ address: 0n, physical: 0, size: 2 ** 32, writable: true, executable: true }];
  }
  const levels = cr4 & CR4_LA57 ? 5 : 4;
  // In pages, so that all are whole numbers below 2^53.
  const found: { page: number; frame: number; pages: number; rights: number }[] = [];
  let tables = 0;
  const add = (page: number, frame: number, pages: number, rights: number): boolean => {
    const last = found[found.length - 1];
    const follows = last !== undefined && last.page + last.pages === page &&
      last.frame + last.pages === frame && last.rights === rights;
    if (follows) last.pages += pages;
    else if (found.length === limits.ranges) return false;
    else found.push({ page, frame, pages, rights });
    return true;
  };
  /** False when the limits are reached. */
  const walk = (table: number, level: number, first: number, rights: number): boolean => {
    if (tables++ === limits.tables) return false;
    const bytes = memory.readPhysical(table * PAGE, PAGE);
    if (!bytes) return true;
    const words = new DataView(bytes.buffer, bytes.byteOffset, PAGE);
    const pages = 512 ** (level - 1);
    for (let index = 0; index < 512; index++) {
      const low = words.getUint32(8 * index, true);
      if ((low & 1) === 0) continue;
      const high = words.getUint32(8 * index + 4, true);
      const frame = (high & 0xf_ffff) * 2 ** 20 + (low >>> 12);
      const own = rights & ((low & WRITE_RIGHT) | (high >>> 31 === 0 ? EXECUTE_RIGHT : 0));
      const page = first + index * pages;
      const isLeaf = level === 1 || (level <= 3 && (low & LARGE_BIT) !== 0);
      const goesOn = isLeaf
        ? add(page, frame - frame % pages, pages, own)
        : walk(frame, level - 1, page, own);
      if (!goesOn) return false;
    }
    return true;
  };
  walk(Number(cr3 & ADDRESS) / PAGE, levels, 0, WRITE_RIGHT | EXECUTE_RIGHT);
  return found.flatMap(({ page, frame, pages, rights }) => {
    const range = (first: number, count: number) => ({
      address: BigInt.asUintN(64, BigInt.asIntN(12 + 9 * levels, BigInt(first) * BigInt(PAGE))),
      physical: (frame + first - page) * PAGE,
      size: count * PAGE,
      writable: (rights & WRITE_RIGHT) !== 0,
      executable: (rights & EXECUTE_RIGHT) !== 0,
    });
    // The upper half of the addresses is far from the lower one, where they are neighbours here.
    const half = 512 ** levels / 2;
    if (page >= half || page + pages <= half) return [range(page, pages)];
    return [range(page, half - page), range(half, page + pages - half)];
  });
}

/** The pieces of a range that lie in one page each: linear address, offset in the range, length. */
function* pieces(address: bigint, length: number): Generator<[bigint, number, number]> {
  for (let done = 0; done < length;) {
    const at = BigInt.asUintN(64, address + BigInt(done));
    const size = Math.min(length - done, PAGE - Number(at & 0xfffn));
    yield [at, done, size];
    done += size;
  }
}

/** Reads up to the first byte that is not mapped. */
export function readLinear(
  memory: PhysicalMemory,
  paging: Paging,
  address: bigint,
  length: number,
): Uint8Array {
  const bytes = new Uint8Array(length);
  for (const [at, done, size] of pieces(address, length)) {
    const physical = translate(memory, paging, at);
    const part = physical === undefined ? undefined : memory.readPhysical(physical, size);
    if (!part) return bytes.slice(0, done);
    bytes.set(part, done);
  }
  return bytes;
}

/** Writes; false if not all of it is mapped, and then nothing was written but what came before the gap. */
export function writeLinear(
  memory: PhysicalMemory,
  paging: Paging,
  address: bigint,
  bytes: Uint8Array,
): boolean {
  const all = Array.from(pieces(address, bytes.length), ([at, done, size]) => ({
    physical: translate(memory, paging, at),
    part: bytes.subarray(done, done + size),
  }));
  if (all.some(({ physical }) => physical === undefined)) return false;
  return all.every(({ physical = 0, part }) => memory.writePhysical(physical, part));
}
