/** Reads guest files: ELF64 executables for x86_64, static or position-independent, and nothing else. */

import { FUNCTIONS_SECTION, type GuestFunctions, readDescription } from "./description.ts";
import { GuestImageError } from "./error.ts";

/** A part of the image as it lies in the guest's memory, in units of pages. */
export interface ImagePages {
  /** The first byte's address in the guest. */
  readonly address: number;
  /** The length in bytes, a multiple of 4096. */
  readonly size: number;
  readonly writable: boolean;
  readonly executable: boolean;
}

/** A part of a guest's file that lies in its memory. */
export interface FileSegment {
  /** Its first byte's address in the guest. */
  readonly address: number;
  /** Where it begins in the file. */
  readonly fileOffset: number;
  /** Its length in the file, in bytes. */
  readonly fileSize: number;
}

/** An ELF note. */
export interface Note {
  readonly owner: string;
  readonly type: number;
  readonly content: Uint8Array;
}

/** A guest's image: what to put where, and where to begin. */
export interface Image {
  /** Whether the image was linked for any address (`ET_DYN`) and was moved. */
  readonly relocated: boolean;
  /** The lowest address, at a page's start. */
  readonly address: number;
  /** From the lowest address to the end of the last page, in bytes. */
  readonly size: number;
  /** The address of the first instruction. */
  readonly entry: number;
  /** The parts of the file that lie in memory, ascending. */
  readonly segments: readonly FileSegment[];
  /** How far it was moved from the addresses for which it was linked. */
  readonly moved: number;
  /** The ELF notes: who wrote each, its type and bytes. */
  readonly notes: readonly Note[];
  /** What the file says of the guest's functions; a file without section headers, or without the kit's, says nothing. */
  readonly functions?: GuestFunctions;
  /** The image's pages with equal permissions, ascending. Pages between them are not part of the image. */
  readonly pages: readonly ImagePages[];
  /** Copies the image to memory that begins at the lowest address, and applies the relocations. */
  load(memory: Uint8Array): void;
}

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly fileOffset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
}

interface Section {
  /** Where its name is in the names of all sections. */
  readonly name: number;
  readonly type: number;
  /** The index of the section that belongs to it: the names, for a table of symbols. */
  readonly link: number;
  readonly content: () => Uint8Array;
}

interface Relocation {
  readonly address: number;
  readonly addend: bigint;
}

const PAGE = 4096;
const ET_EXEC = 2;
const ET_DYN = 3;
const EM_X86_64 = 62;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const PT_NOTE = 4;
const PT_TLS = 7;
const PT_GNU_RELRO = 0x6474e552;
const PF_X = 1;
const PF_W = 2;
const DT_NEEDED = 1;
const DT_RELA = 7;
const DT_RELASZ = 8;
const DT_RELAENT = 9;
const DT_REL = 17;
const DT_RELR = 36;
const DT_JMPREL = 23;
const R_X86_64_NONE = 0;
const R_X86_64_RELATIVE = 8;
const RELA_SIZE = 24;
const SECTION_SIZE = 64;
const SHT_SYMTAB = 2;
const SHT_NOBITS = 8;
/** The longest name of a section that anybody reads here. */
const MAX_SECTION_NAME = 32;

/** No file needs more program headers; a larger number is nonsense that would cost time. */
const MAX_SEGMENTS = 64;

/** As much as a part of a guest's memory may have: a few bytes of a file must not cost the host more than that. */
const MAX_SIZE = 2 ** 30;

/** The segments of notes may all be the same bytes, so it is not the file's length that limits their number. */
const MAX_NOTES = 256;

function invalid(message: string): never {
  throw new GuestImageError("invalid", `Cannot load the guest: ${message}`);
}

function unsupported(message: string): never {
  throw new GuestImageError("unsupported", `Cannot load the guest: ${message}`);
}

const hex = (value: number | bigint) => `0x${value.toString(16)}`;
const down = (address: number) => address - address % PAGE;
const up = (address: number) => down(address + PAGE - 1);

/** Which images are taken, and where they go. */
export interface ImageRules {
  /** Where a position-independent image goes, at a page's start: it may depend on the image's size. */
  readonly base: number | ((size: number) => number);
  /** The first address that an image may not use. */
  readonly limit: number;
  /** Whether all pages are writable and executable, as at ring 0; otherwise images that want such a page are refused. */
  readonly isWritableCode?: boolean;
  /** Whether an image that was linked for one address is refused; false by default. */
  readonly onlyRelocatable?: boolean;
}

/** What a file says of itself before it is loaded. */
export interface Identity {
  /** Whether it was linked for any address (`ET_DYN`). */
  readonly relocatable: boolean;
  /** The ELF notes. */
  readonly notes: readonly Note[];
  /** The names of its symbols, each between zero bytes; undefined for a file that was stripped of them. */
  readonly symbols: string | undefined;
}

/**
 * Reads what tells guests of different kinds apart.
 *
 * @throws {GuestImageError} If the file is no ELF64 file for x86_64, or breaks the format.
 */
export function readIdentity(file: Uint8Array): Identity {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const type = readHeader(file, view);
  const notes = readNotes(file, view, readSegments(view));
  const sections = readSections(file, view);
  const table = sections.find((it) => it.type === SHT_SYMTAB);
  const names = table && sections[table.link]?.content();
  return {
    relocatable: type === ET_DYN,
    notes,
    symbols: names && new TextDecoder("latin1").decode(names),
  };
}

/**
 * Reads an ELF file.
 *
 * @param file The file's bytes. They are kept and not changed.
 * @throws {GuestImageError} If the file is not a static or position-independent ELF64 executable for x86_64, or breaks
 * the format.
 */
export function readElf(file: Uint8Array, rules: ImageRules): Image {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const type = readHeader(file, view);
  if (type === ET_EXEC && rules.onlyRelocatable) {
    unsupported(
      "it was linked for one address, and its kind goes where its host puts it: use -pie",
    );
  }
  const segments = readSegments(view);
  const loads = segments.filter((it) => it.type === PT_LOAD && it.memorySize > 0);
  const first = loads[0] ?? invalid("the ELF file has no PT_LOAD segment, so nothing to run");
  const last = loads[loads.length - 1] ?? first;
  const size = up(last.address + last.memorySize) - down(first.address);
  const base = typeof rules.base === "number" ? rules.base : rules.base(size);
  const offset = type === ET_DYN ? base - down(first.address) : 0;
  checkLoads(loads, file.length, offset, rules);

  const lowest = down(first.address) + offset;
  if (size > MAX_SIZE) {
    unsupported(
      `its image takes ${size} bytes of memory, and ${MAX_SIZE} are the most: use the heap`,
    );
  }
  const entry = readU64(view, 24, "entry address") + offset;
  const inCode = loads.some((it) =>
    (it.flags & PF_X) !== 0 && entry >= it.address + offset &&
    entry < it.address + offset + it.memorySize
  );
  if (!inCode) invalid(`its entry address ${hex(entry)} is not in an executable segment`);

  const relocations = readRelocations(view, segments, loads);
  const description = findSection(file, view, FUNCTIONS_SECTION);
  return {
    relocated: type === ET_DYN,
    address: lowest,
    size,
    entry,
    moved: offset,
    segments: loads.map(({ address, fileOffset, fileSize }) => ({
      address: address + offset,
      fileOffset,
      fileSize,
    })),
    notes: readNotes(file, view, segments),
    ...(description ? { functions: readDescription(description) } : {}),
    pages: rules.isWritableCode
      ? [{ address: lowest, size, writable: true, executable: true }]
      : imagePages(loads, segments.filter((it) => it.type === PT_GNU_RELRO), offset),
    load(memory) {
      for (const it of loads) {
        const bytes = file.subarray(it.fileOffset, it.fileOffset + it.fileSize);
        memory.set(bytes, it.address + offset - lowest);
      }
      const target = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
      for (const { address, addend } of relocations) {
        const value = BigInt.asUintN(64, addend + BigInt(offset));
        target.setBigUint64(address + offset - lowest, value, true);
      }
    },
  };
}

function readHeader(file: Uint8Array, view: DataView): number {
  if (file.length < 64) {
    invalid(`the file has ${file.length} bytes, and an ELF header alone has 64`);
  }
  if (view.getUint32(0, false) !== 0x7f454c46) {
    invalid("the file does not begin with the ELF magic number");
  }
  if (view.getUint8(4) !== 2) unsupported("it is a 32-bit ELF file, build it for x86_64");
  if (view.getUint8(5) !== 1) unsupported("it is a big-endian ELF file, build it for x86_64");
  const machine = view.getUint16(18, true);
  if (machine !== EM_X86_64) {
    unsupported(`it is built for ELF machine ${machine}, and only 62 (x86_64) runs here`);
  }
  const type = view.getUint16(16, true);
  if (type !== ET_EXEC && type !== ET_DYN) {
    unsupported(`its ELF type is ${type}: link it to an executable (type 2, or 3 for PIE)`);
  }
  return type;
}

function readSegments(view: DataView): Segment[] {
  const table = readU64(view, 32, "program header offset");
  const entrySize = view.getUint16(54, true);
  const count = view.getUint16(56, true);
  if (count > 0 && entrySize !== 56) {
    invalid(`its program headers have ${entrySize} bytes each instead of 56`);
  }
  if (count > MAX_SEGMENTS) {
    unsupported(`it has ${count} program headers, and at most ${MAX_SEGMENTS} are read`);
  }
  if (table + count * 56 > view.byteLength) invalid("its program headers lie behind its end");
  return Array.from({ length: count }, (_, i) => {
    const at = table + i * 56;
    const segment = {
      type: view.getUint32(at, true),
      flags: view.getUint32(at + 4, true),
      fileOffset: readU64(view, at + 8, `file offset of segment ${i}`),
      address: readU64(view, at + 16, `address of segment ${i}`),
      fileSize: readU64(view, at + 32, `file size of segment ${i}`),
      memorySize: readU64(view, at + 40, `memory size of segment ${i}`),
      alignment: readU64(view, at + 48, `alignment of segment ${i}`, Infinity),
    };
    if (segment.type === PT_INTERP) {
      unsupported("it wants a dynamic loader (PT_INTERP), link it with -static or -static-pie");
    }
    if (segment.type === PT_TLS) {
      unsupported("it has thread-local variables (PT_TLS), and a guest has no threads");
    }
    return segment;
  });
}

function checkLoads(
  loads: readonly Segment[],
  fileSize: number,
  offset: number,
  { limit, isWritableCode = false }: ImageRules,
): void {
  let end = 0;
  for (const it of loads) {
    const at = `segment at ${hex(it.address)}`;
    if (it.fileSize > it.memorySize) invalid(`its ${at} is larger in the file than in memory`);
    if (it.fileOffset + it.fileSize > fileSize) {
      invalid(
        `its ${at} ends at byte ${
          it.fileOffset + it.fileSize
        } of a file of ${fileSize} bytes: truncated?`,
      );
    }
    if (it.address < end) invalid(`its ${at} overlaps the one before, or is out of order`);
    end = it.address + it.memorySize;
    if (it.address + offset < PAGE) {
      unsupported(`its ${at} covers address 0, which is never mapped: link it higher or as PIE`);
    }
    if (end + offset > limit) {
      unsupported(`its ${at} ends above ${hex(limit)}, the highest address for a guest's image`);
    }
    if (!isWritableCode && (it.flags & (PF_W | PF_X)) === (PF_W | PF_X)) {
      unsupported(
        `its ${at} is writable and executable, and guests are W^X: link without -N or -z rwx`,
      );
    }
  }
}

/** Joins the segments' pages; where two segments meet in one page, it has the permissions of both. */
function imagePages(
  loads: readonly Segment[],
  relros: readonly Segment[],
  offset: number,
): ImagePages[] {
  const pages: { address: number; size: number; writable: boolean; executable: boolean }[] = [];
  const add = (start: number, end: number, writable: boolean, executable: boolean) => {
    const last = pages[pages.length - 1];
    if (last && start < last.address + last.size) {
      // One page of two segments.
      if (last.writable === writable && last.executable === executable) {
        start = last.address + last.size;
      } else {
        const shared = last.address + last.size - PAGE;
        writable ||= last.writable;
        executable ||= last.executable;
        if (writable && executable) {
          unsupported(
            `its page at ${hex(shared)} is writable and executable, and guests are W^X: ` +
              "link with -z separate-code or 4096-byte alignment",
          );
        }
        last.size -= PAGE;
        if (last.size === 0) pages.pop();
        start = shared;
      }
    }
    if (end > start) pages.push({ address: start, size: end - start, writable, executable });
  };
  for (const it of loads) {
    const start = down(it.address) + offset;
    const end = up(it.address + it.memorySize) + offset;
    const writable = (it.flags & PF_W) !== 0;
    const executable = (it.flags & PF_X) !== 0;
    // What only relocation writes is constant here, since the host relocates: whole pages of it become read-only.
    const relro = relros.find((r) =>
      r.address >= it.address && r.address < it.address + it.memorySize
    );
    const constantEnd = relro && writable && down(relro.address) + offset === start
      ? Math.min(end, down(relro.address + relro.memorySize) + offset)
      : start;
    if (constantEnd > start) add(start, constantEnd, false, executable);
    if (end > constantEnd) add(constantEnd, end, writable, executable);
  }
  return pages;
}

function readRelocations(
  view: DataView,
  segments: readonly Segment[],
  loads: readonly Segment[],
): Relocation[] {
  const dynamic = segments.find((it) => it.type === PT_DYNAMIC);
  if (!dynamic) return [];
  if (dynamic.fileOffset + dynamic.fileSize > view.byteLength) {
    invalid("its dynamic section lies behind its end");
  }
  const tags = new Map<number, number>();
  for (let at = 0; at + 16 <= dynamic.fileSize; at += 16) {
    const tag = readU64(view, dynamic.fileOffset + at, "dynamic tag", Infinity);
    if (tag === 0) break;
    if (tag === DT_NEEDED) unsupported("it needs shared libraries, link it with -static-pie");
    tags.set(tag, readU64(view, dynamic.fileOffset + at + 8, "dynamic value", Infinity));
  }
  for (const [tag, name] of [[DT_REL, "REL"], [DT_RELR, "RELR"], [DT_JMPREL, "PLT"]] as const) {
    if (tags.has(tag)) {
      unsupported(
        `it has ${name} relocations, and only RELA is read: link with -z pack-relative-relocs off`,
      );
    }
  }
  const table = tags.get(DT_RELA);
  if (table === undefined) return [];
  if ((tags.get(DT_RELAENT) ?? RELA_SIZE) !== RELA_SIZE) {
    invalid("its relocations do not have 24 bytes each");
  }
  const size = tags.get(DT_RELASZ) ?? 0;
  const holder = loads.find((it) =>
    table >= it.address && table + size <= it.address + it.fileSize
  );
  if (!holder) invalid("its relocations lie outside of its segments");
  const start = holder.fileOffset + table - holder.address;
  const relocations: Relocation[] = [];
  for (let at = start; at + RELA_SIZE <= start + size; at += RELA_SIZE) {
    const type = view.getUint32(at + 8, true);
    if (type === R_X86_64_NONE) continue;
    if (type !== R_X86_64_RELATIVE) {
      unsupported(
        `it has an x86_64 relocation of type ${type}, and only RELATIVE is applied: link it with -static-pie`,
      );
    }
    const address = readU64(view, at, "relocation address");
    if (!loads.some((it) => address >= it.address && address + 8 <= it.address + it.memorySize)) {
      invalid(`its relocation at ${hex(address)} lies outside of its segments`);
    }
    relocations.push({ address, addend: view.getBigInt64(at + 16, true) });
  }
  return relocations;
}

function readNotes(file: Uint8Array, view: DataView, segments: readonly Segment[]): Note[] {
  const notes: Note[] = [];
  for (const segment of segments.filter((it) => it.type === PT_NOTE)) {
    const end = segment.fileOffset + segment.fileSize;
    if (end > file.length) invalid("its notes lie behind its end");
    // Content and next note are aligned like the segment, counted from the note's start.
    const unit = segment.alignment === 8 ? 8 : 4;
    const aligned = (start: number, at: number) => start + Math.ceil((at - start) / unit) * unit;
    for (let at = segment.fileOffset; at + 12 <= end;) {
      const nameSize = view.getUint32(at, true);
      const size = view.getUint32(at + 4, true);
      const name = at + 12;
      const content = aligned(at, name + nameSize);
      if (content + size > end) invalid("one of its notes is longer than all of them together");
      if (notes.length === MAX_NOTES) unsupported(`it has more than ${MAX_NOTES} notes`);
      notes.push({
        owner: new TextDecoder().decode(file.subarray(name, name + Math.max(0, nameSize - 1))),
        type: view.getUint32(at + 8, true),
        content: file.subarray(content, content + size),
      });
      at = aligned(at, content + size);
    }
  }
  return notes;
}

/**
 * The sections of a file. Nothing that runs depends on them, so a file may be without their headers; those that are
 * there are kept to the format as far as they are read.
 */
function readSections(file: Uint8Array, view: DataView): Section[] {
  const table = readU64(view, 40, "section header offset");
  const count = view.getUint16(60, true);
  if (table === 0 || count === 0) return [];
  const entrySize = view.getUint16(58, true);
  if (entrySize !== SECTION_SIZE) {
    invalid(`its section headers have ${entrySize} bytes each instead of ${SECTION_SIZE}`);
  }
  if (table + count * SECTION_SIZE > file.length) {
    invalid("its section headers lie behind its end: truncated?");
  }
  return Array.from({ length: count }, (_, index): Section => {
    const at = table + index * SECTION_SIZE;
    const type = view.getUint32(at + 4, true);
    const content = () => {
      if (type === SHT_NOBITS) return file.subarray(0, 0);
      const start = readU64(view, at + 24, `file offset of section ${index}`);
      const end = start + readU64(view, at + 32, `size of section ${index}`);
      if (end > file.length) invalid(`its section ${index} lies behind its end`);
      return file.subarray(start, end);
    };
    return { name: view.getUint32(at, true), type, link: view.getUint32(at + 40, true), content };
  });
}

/** The bytes of the section of a name. */
function findSection(file: Uint8Array, view: DataView, name: string): Uint8Array | undefined {
  const sections = readSections(file, view);
  const namesIndex = view.getUint16(62, true);
  if (sections.length === 0 || namesIndex === 0) return undefined;
  const names = (sections[namesIndex] ??
    invalid(`the names of its sections are in section ${namesIndex}, which is not there`))
    .content();
  const wanted = new TextEncoder().encode(`${name}\0`);
  const named = sections.slice(1).filter(({ name: at }) =>
    at + wanted.length <= names.length && wanted.every((byte, i) => names[at + i] === byte)
  );
  if (named.length > 1) invalid(`it has two sections ${name}`);
  return named[0]?.content();
}

/** A 64-bit number that must be an address or a length: anything near 2^53 is nonsense. */
function readU64(view: DataView, at: number, what: string, limit = 2 ** 47): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || Number(value) >= limit) {
    if (limit === Infinity) return Number.MAX_SAFE_INTEGER;
    invalid(`its ${what} is ${hex(value)}`);
  }
  return Number(value);
}

/** A section that tells debuggers something, or holds code. */
export interface DebugSection {
  /** The address for which it was linked. */
  readonly address: number;
  readonly size: number;
  readonly flags: number;
  readonly bytes: Uint8Array;
}

/** No file needs more sections, but for those with one for each function, which linkers join. */
const MAX_DEBUG_SECTIONS = 1024;

/**
 * The sections of a file that begins with an ELF header, by name; of two with one name, the first. Nothing that runs
 * depends on them, so what breaks the format is left out.
 */
export function readDebugSections(file: Uint8Array): ReadonlyMap<string, DebugSection> {
  const found = new Map<string, DebugSection>();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const table = Number(view.getBigUint64(40, true));
  const count = Math.min(view.getUint16(60, true), MAX_DEBUG_SECTIONS);
  if (view.getUint16(58, true) !== SECTION_SIZE || table + count * SECTION_SIZE > file.length) {
    return found;
  }
  const word = (index: number, offset: number) =>
    Number(view.getBigUint64(table + index * SECTION_SIZE + offset, true));
  const bytesOf = (index: number) => {
    const hasNone = view.getUint32(table + index * SECTION_SIZE + 4, true) === SHT_NOBITS;
    return hasNone
      ? file.subarray(0, 0)
      : file.subarray(word(index, 24), word(index, 24) + word(index, 32));
  };
  const namesIndex = view.getUint16(62, true);
  if (namesIndex >= count) return found;
  const names = bytesOf(namesIndex);
  for (let index = 1; index < count; index++) {
    const at = view.getUint32(table + index * SECTION_SIZE, true);
    const bytes = names.subarray(at, at + MAX_SECTION_NAME);
    const name = new TextDecoder("latin1").decode(bytes.subarray(0, bytes.indexOf(0)));
    if (name === "" || found.has(name)) continue;
    const [flags, address, size] = [word(index, 8), word(index, 16), word(index, 32)];
    found.set(name, { address, size, flags: flags % 2 ** 32, bytes: bytesOf(index) });
  }
  return found;
}
