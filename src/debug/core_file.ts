/** Core files: an ELF file with what a guest's registers and memory were, as gdb and lldb open it. */

import type { CrashDumpContext, MemoryRegion } from "../driver/mod.ts";
import { mappedRanges, type Paging, type PhysicalMemory, type WalkLimits } from "./memory.ts";

/** A part of a file that lies in the guest's memory. */
export interface MappedFile {
  /** The file's absolute path. */
  readonly path: string;
  /** Where it lies in the guest's address space, at a page's start. */
  readonly address: number | bigint;
  /** In bytes, a multiple of 4096. */
  readonly size: number;
  /** Where it begins in the file, a multiple of 4096. */
  readonly offset: number;
}

/** What a core file is made from. */
export interface CoreFacts {
  readonly context: CrashDumpContext;
  readonly paging: Paging;
  readonly memory: PhysicalMemory;
  /** The signal by which gdb is told why the guest stopped; 0 if nothing was wrong. */
  readonly signal: number;
  /** The address that was touched, if it was that. */
  readonly address: bigint | undefined;
  /** What of the guest's file lies where. */
  readonly image: readonly MappedFile[];
  /** The absolute path of the file that is a region's memory, if it is one. */
  pathOf(region: MemoryRegion): string | undefined;
}

/** A core file that is still to be written. */
export interface CoreFile {
  /** All that comes before the memory. */
  readonly head: Uint8Array;
  /** The regions, and where in the file each begins: a multiple of 4096. */
  readonly regions: readonly { readonly region: MemoryRegion; readonly offset: number }[];
  /** The file's length in bytes, holes included. */
  readonly size: number;
}

/**
 * Where the guest's physical memory is to be seen, region by region: addresses from here on are canonical neither with
 * four nor with five levels of page tables, so no guest has them.
 */
export const PHYSICAL_VIEW = 2n ** 60n;

/**
 * A guest of 1 GiB in pages of 4 KiB has 515 tables; a guest that lies has as many as it likes. What lies behind the
 * limits can still be seen as physical memory.
 */
const LIMITS: WalkLimits = { tables: 8192, ranges: 4096 };

const PAGE = 4096;
const ELF_HEADER = 64;
const PROGRAM_HEADER = 56;
const ET_CORE = 4;
const EM_X86_64 = 62;
const PT_LOAD = 1;
const PT_NOTE = 4;
const PF = { x: 1, w: 2, r: 4 } as const;

// Linux's notes in core files (<linux/elf.h>, <sys/procfs.h>).
const NT_PRSTATUS = 1;
const NT_FPREGSET = 2;
const NT_AUXV = 6;
const NT_X86_XSTATE = 0x202;
const NT_FILE = 0x46494c45;
const NT_SIGINFO = 0x53494749;

const AT_NULL = 0n;
const AT_PAGESZ = 6n;
const AT_ENTRY = 9n;

const PRSTATUS_SIZE = 336;
const PRSTATUS_REGISTERS = 112;
const PRSTATUS_HAS_FPU = 328;
const SIGINFO_SIZE = 128;
const FPREGSET_SIZE = 512;
/** The code of a signal that has an address. */
const SEGV_MAPERR = 1;
/** gdb wants a number for the one thread. */
const THREAD = 1;

const up = (size: number, unit: number) => Math.ceil(size / unit) * unit;

interface Load {
  readonly address: bigint;
  readonly physical: number;
  readonly size: number;
  readonly flags: number;
  readonly offset: number;
}

/**
 * Lays a core file out. Its memory is in it once; its segments are views of it: one for each range of addresses that the
 * guest's page tables map, and one for each region at {@linkcode PHYSICAL_VIEW} and its physical address. So however a
 * guest maps its memory, the file is no longer than that and 230 KiB.
 */
export function layOutCore(facts: CoreFacts): CoreFile {
  const regions = [...facts.context.regions].sort((a, b) => a.guestAddress - b.guestAddress);
  // As if memory began with the file, until it is known how long the head is.
  let next = 0;
  const placed = regions.map((region) => {
    const offset = next;
    next += region.size;
    return { region, offset };
  });
  const views = placed.map(({ region, offset }): Load => {
    const { guestAddress, size, flags } = region;
    const { read, write, execute } = flags;
    const bits = (read ? PF.r : 0) | (write ? PF.w : 0) | (execute ? PF.x : 0);
    const address = PHYSICAL_VIEW + BigInt(guestAddress);
    return { address, physical: guestAddress, size, flags: bits, offset };
  });
  const mapped = mappedLoads(facts, placed);
  const loads = [...mapped, ...views].sort((a, b) => a.address < b.address ? -1 : 1);
  const notes = encodeNotes(facts, mappedFiles(facts, mapped));
  const notesAt = ELF_HEADER + PROGRAM_HEADER * (1 + loads.length);
  const start = up(notesAt + notes.length, PAGE);

  const head = new Uint8Array(start);
  const view = new DataView(head.buffer);
  writeElfHeader(head, view, 1 + loads.length);
  const note = { address: 0n, physical: 0, size: notes.length, flags: PF.r, offset: notesAt };
  writeProgramHeader(view, ELF_HEADER, PT_NOTE, note, 0, 4);
  loads.forEach((load, i) => {
    const at = ELF_HEADER + PROGRAM_HEADER * (i + 1);
    const inFile = { ...load, offset: start + load.offset };
    writeProgramHeader(view, at, PT_LOAD, inFile, load.size, PAGE);
  });
  head.set(notes, notesAt);
  return {
    head,
    regions: placed.map(({ region, offset }) => ({ region, offset: start + offset })),
    size: start + next,
  };
}

/** What of the guest's address space is memory, as its page tables say. */
function mappedLoads({ memory, paging }: CoreFacts, placed: CoreFile["regions"]): Load[] {
  // Regions side by side are so in the file too.
  const extents: { start: number; end: number; offset: number }[] = [];
  for (const { region: { guestAddress: start, size }, offset } of placed) {
    const last = extents.at(-1);
    if (last?.end === start) last.end += size;
    else extents.push({ start, end: start + size, offset });
  }
  const loads: Load[] = [];
  for (const range of mappedRanges(memory, paging, LIMITS)) {
    const end = range.physical + range.size;
    const flags = PF.r | (range.writable ? PF.w : 0) | (range.executable ? PF.x : 0);
    for (let i = firstBehind(extents, range.physical); i < extents.length; i++) {
      const extent = extents[i] as typeof extents[number];
      const from = Math.max(range.physical, extent.start);
      const to = Math.min(end, extent.end);
      if (from >= to) break;
      if (loads.length === LIMITS.ranges) return loads;
      loads.push({
        address: range.address + BigInt(from - range.physical),
        physical: from,
        size: to - from,
        flags,
        offset: extent.offset + from - extent.start,
      });
    }
  }
  return loads;
}

/** The index of the first extent that ends behind an address. */
function firstBehind(extents: readonly { readonly end: number }[], address: number): number {
  let low = 0;
  let high = extents.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((extents[middle]?.end ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What of the guest's address space is a file's: that of its image, and of regions whose memory is a file. */
function mappedFiles({ context, image, pathOf }: CoreFacts, loads: readonly Load[]): MappedFile[] {
  const files = new Map<MemoryRegion, string>();
  for (const region of context.regions) {
    const path = pathOf(region);
    if (path !== undefined) files.set(region, path);
  }
  const mapped = [...files].flatMap(([region, path]) => {
    const { guestAddress, size, offset = 0 } = region;
    const inside = loads.filter(({ physical, size: length }) =>
      physical >= guestAddress && physical + length <= guestAddress + size
    );
    return inside.map((load): MappedFile => ({
      path,
      address: load.address,
      size: load.size,
      offset: offset + load.physical - guestAddress,
    }));
  });
  // The list has its own length before each name, so no more than there may be segments.
  return [...image, ...mapped].slice(0, LIMITS.ranges);
}

function writeElfHeader(head: Uint8Array, view: DataView, segments: number): void {
  // 64 bits, little-endian, version 1, for System V.
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]);
  view.setUint16(16, ET_CORE, true);
  view.setUint16(18, EM_X86_64, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(32, BigInt(ELF_HEADER), true);
  view.setUint16(52, ELF_HEADER, true);
  view.setUint16(54, PROGRAM_HEADER, true);
  view.setUint16(56, segments, true);
}

function writeProgramHeader(
  view: DataView,
  at: number,
  type: number,
  { address, physical, size, flags, offset }: Load,
  memorySize: number,
  alignment: number,
): void {
  view.setUint32(at, type, true);
  view.setUint32(at + 4, flags, true);
  const words = [offset, address, physical, size, memorySize, alignment];
  words.forEach((word, i) => view.setBigUint64(at + 8 + 8 * i, BigInt(word), true));
}

function encodeNotes(facts: CoreFacts, files: readonly MappedFile[]): Uint8Array {
  const { extendedState, entryPoint } = facts.context;
  const auxiliary = BigUint64Array.of(AT_PAGESZ, BigInt(PAGE), AT_ENTRY, entryPoint, AT_NULL, 0n);
  return joined([
    note("CORE", NT_PRSTATUS, processStatus(facts)),
    note("CORE", NT_SIGINFO, signalInformation(facts)),
    note("CORE", NT_AUXV, new Uint8Array(auxiliary.buffer)),
    ...files.length === 0 ? [] : [note("CORE", NT_FILE, fileList(files))],
    note("CORE", NT_FPREGSET, extendedState.subarray(0, FPREGSET_SIZE)),
    note("LINUX", NT_X86_XSTATE, extendedState),
  ]);
}

function note(owner: string, type: number, content: Uint8Array): Uint8Array {
  const name = new TextEncoder().encode(`${owner}\0`);
  const start = 12 + up(name.length, 4);
  const bytes = new Uint8Array(start + up(content.length, 4));
  new Uint32Array(bytes.buffer, 0, 3).set([name.length, content.length, type]);
  bytes.set(name, 12);
  bytes.set(content, start);
  return bytes;
}

/** `struct elf_prstatus`. */
function processStatus({ context, signal }: CoreFacts): Uint8Array {
  const bytes = new Uint8Array(PRSTATUS_SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, signal, true);
  view.setInt16(12, signal, true);
  view.setInt32(32, THREAD, true);
  context.registers.forEach((value, i) =>
    view.setBigUint64(PRSTATUS_REGISTERS + 8 * i, value, true)
  );
  view.setInt32(PRSTATUS_HAS_FPU, 1, true);
  return bytes;
}

/** `siginfo_t`, of which gdb shows `$_siginfo`. */
function signalInformation({ signal, address }: CoreFacts): Uint8Array {
  const bytes = new Uint8Array(SIGINFO_SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, signal, true);
  if (address !== undefined) {
    view.setInt32(8, SEGV_MAPERR, true);
    view.setBigUint64(16, address, true);
  }
  return bytes;
}

/** The places of files in the guest's address space, then their names. */
function fileList(files: readonly MappedFile[]): Uint8Array {
  const places = files.flatMap(({ address, size, offset }) => {
    const start = BigInt(address);
    return [start, start + BigInt(size), BigInt(offset / PAGE)];
  });
  const numbers = BigUint64Array.of(BigInt(files.length), BigInt(PAGE), ...places);
  const names = new TextEncoder().encode(files.map(({ path }) => `${path}\0`).join(""));
  return joined([new Uint8Array(numbers.buffer), names]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
