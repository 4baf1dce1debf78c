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
const ADDRESS = 0x000f_ffff_ffff_f000n;
const CR0_PG = 1n << 31n;
const CR4_LA57 = 1n << 12n;

/** The physical address of a linear one; undefined where nothing is mapped. Rights do not matter here. */
export function translate(
  memory: PhysicalMemory,
  { cr0, cr3, cr4 }: Paging,
  address: bigint,
): number | undefined {
  if ((cr0 & CR0_PG) === 0n) return Number(address);
  const levels = cr4 & CR4_LA57 ? 5 : 4;
  const width = 12 + 9 * levels;
  // The CPU refuses an address that is not canonical.
  if (BigInt.asUintN(64, BigInt.asIntN(width, address)) !== address) return undefined;
  let table = cr3 & ADDRESS;
  for (let level = levels; level > 0; level--) {
    const shift = BigInt(12 + 9 * (level - 1));
    const index = Number(address >> shift & 0x1ffn);
    const bytes = memory.readPhysical(Number(table) + 8 * index, 8);
    if (!bytes) return undefined;
    const entry = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
    if ((entry & PRESENT) === 0n) return undefined;
    const isLeaf = level === 1 || (level <= 3 && (entry & LARGE) !== 0n);
    if (isLeaf) {
      const inside = (1n << shift) - 1n;
      return Number(entry & ADDRESS & ~inside | address & inside);
    }
    table = entry & ADDRESS;
  }
  return undefined;
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
