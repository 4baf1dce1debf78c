/** Which line of which source an instruction is of: DWARF's line tables, versions 2 to 5 (DWARF 5, 6.2). */

import { ByteReader, FormatError } from "./byte_reader.ts";

/** A place in a source. */
export interface SourceLine {
  /** The file's path as the compiler knew it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1; 0 where the compiler does not say. */
  readonly column: number;
}

/** The sections that line tables are made of. */
export interface LineSections {
  /** `.debug_line`. */
  readonly lines: Uint8Array;
  /** `.debug_line_str`. */
  readonly lineStrings: Uint8Array;
  /** `.debug_str`. */
  readonly strings: Uint8Array;
}

/**
 * How many bytes of line tables are read: those of guests that are in order take far less, and a file of which all is
 * one must not hold its host for longer than a part of a second.
 */
const MAX_SIZE = 8 * 1024 * 1024;

/** The longest name of a file in bytes: Linux has no longer paths. */
const MAX_NAME = 4096;
/** How many files, and how many directories, a unit may name. */
const MAX_NAMES = 65_536;

// Opcodes (DWARF 5, 7.22).
const OPCODE = {
  extended: 0,
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  negateStatement: 6,
  setBasicBlock: 7,
  constAddPc: 8,
  fixedAdvancePc: 9,
} as const;
const EXTENDED = { endSequence: 1, setAddress: 2 } as const;

// What an entry of version 5 has, and how (7.22, 7.5.6).
const CONTENT = { path: 1, directory: 2 } as const;
const FORM = {
  block2: 0x03,
  block4: 0x04,
  data2: 0x05,
  data4: 0x06,
  data8: 0x07,
  string: 0x08,
  block: 0x09,
  block1: 0x0a,
  data1: 0x0b,
  strp: 0x0e,
  udata: 0x0f,
  data16: 0x1e,
  lineStrp: 0x1f,
} as const;

/** A name, of which nothing is read until somebody wants it: there are thousands, and one is needed. */
interface FileName {
  readonly name: () => string;
  readonly directory: number;
}

interface Header {
  readonly version: number;
  readonly minimumLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly lengths: readonly number[];
  readonly directories: readonly (() => string)[];
  readonly files: readonly FileName[];
}

interface Row {
  readonly address: number;
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

/**
 * Finds the lines of instructions, by the addresses for which the file was linked. A table that breaks the format ends
 * there: what comes behind it has no lines.
 *
 * @param isCode Whether there is code at an address. What a linker left out it often leaves in the tables, as if it lay
 * at address 0.
 */
export function findLines(
  sections: LineSections,
  addresses: readonly number[],
  isCode: (address: number) => boolean,
): Map<number, SourceLine> {
  const found = new Map<number, SourceLine>();
  // Those that are still to be found: each is looked for until the first row that it lies in.
  const wanted = [...new Set(addresses)].sort((a, b) => a - b);
  const { lines } = sections;
  const all = new ByteReader(lines, 0, Math.min(lines.length, MAX_SIZE));
  try {
    while (all.hasMore && wanted.length > 0) {
      let size = all.u32();
      // 0xffffffff says that lengths and offsets have 64 bits.
      const offsetSize = size === 0xffff_ffff ? 8 : 4;
      if (offsetSize === 8) size = all.u64();
      const unit = all.part(size);
      const header = readHeader(unit, offsetSize, sections);
      if (header) runProgram(unit, header, wanted, isCode, found);
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
  return found;
}

/** Undefined for a version that nobody knows; `unit` is then at no place in particular. */
function readHeader(
  unit: ByteReader,
  offsetSize: 4 | 8,
  sections: LineSections,
): Header | undefined {
  const version = unit.u16();
  if (version < 2 || version > 5) return undefined;
  if (version === 5) {
    const addressSize = unit.u8();
    unit.u8(); // the size of segment selectors
    if (addressSize !== 8) return undefined;
  }
  const length = unit.unsigned(offsetSize);
  const header = unit.part(length);
  const minimumLength = header.u8();
  if (version >= 4) header.u8(); // operations in an instruction: 1 but for VLIW
  header.u8(); // whether rows begin statements
  const lineBase = header.i8();
  const lineRange = header.u8();
  const opcodeBase = header.u8();
  if (lineRange === 0 || opcodeBase === 0) throw new FormatError("no opcodes");
  const lengths = Array.from({ length: opcodeBase - 1 }, () => header.u8());
  const common = { version, minimumLength, lineBase, lineRange, opcodeBase, lengths };
  if (version < 5) return { ...common, ...readNames(header) };
  const text = (entry: Entry) => entry.path;
  const directories = readEntries(header, offsetSize, sections).map(text);
  const files = readEntries(header, offsetSize, sections)
    .map(({ path, directory }) => ({ name: path, directory }));
  return { ...common, directories, files };
}

/** The lists of directories and files before version 5. The first of each is the unit's own, which stands elsewhere. */
function readNames(header: ByteReader): Pick<Header, "directories" | "files"> {
  const unknown = () => "";
  const directories = [unknown];
  for (let name = header.text(MAX_NAME); name !== ""; name = header.text(MAX_NAME)) {
    if (directories.length === MAX_NAMES) throw new FormatError("too many names");
    const directory = name;
    directories.push(() => directory);
  }
  const files: FileName[] = [{ name: unknown, directory: 0 }];
  for (let name = header.text(MAX_NAME); name !== ""; name = header.text(MAX_NAME)) {
    if (files.length === MAX_NAMES) throw new FormatError("too many names");
    const file = name;
    const directory = header.uleb();
    header.uleb(); // when it was changed
    header.uleb(); // how long it is
    files.push({ name: () => file, directory });
  }
  return { directories, files };
}

interface Entry {
  readonly path: () => string;
  readonly directory: number;
}

/** A list of version 5, which says itself what an entry has. */
function readEntries(header: ByteReader, offsetSize: 4 | 8, sections: LineSections): Entry[] {
  const format = Array.from(
    { length: header.u8() },
    () => ({ content: header.uleb(), form: header.uleb() }),
  );
  const count = header.uleb();
  if (count > MAX_NAMES) throw new FormatError("too many names");
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    let path = () => "";
    let directory = 0;
    for (const { content, form } of format) {
      const value = readForm(header, form, offsetSize, sections);
      if (content === CONTENT.path && typeof value === "function") path = value;
      if (content === CONTENT.directory && typeof value === "number") directory = value;
    }
    entries.push({ path, directory });
  }
  return entries;
}

function readForm(
  reader: ByteReader,
  form: number,
  offsetSize: 4 | 8,
  { lineStrings, strings }: LineSections,
): number | (() => string) | undefined {
  const textAt = (section: Uint8Array) => {
    const offset = reader.unsigned(offsetSize);
    return () => offset < section.length ? new ByteReader(section, offset).text(MAX_NAME) : "";
  };
  switch (form) {
    case FORM.string: {
      const text = reader.text(MAX_NAME);
      return () => text;
    }
    case FORM.lineStrp:
      return textAt(lineStrings);
    case FORM.strp:
      return textAt(strings);
    case FORM.udata:
      return reader.uleb();
    case FORM.data1:
      return reader.u8();
    case FORM.data2:
      return reader.u16();
    case FORM.data4:
      return reader.u32();
    case FORM.data8:
      return reader.u64();
    case FORM.data16:
      reader.skip(16);
      return undefined;
    case FORM.block:
      reader.skip(reader.uleb());
      return undefined;
    case FORM.block1:
      reader.skip(reader.u8());
      return undefined;
    case FORM.block2:
      reader.skip(reader.u16());
      return undefined;
    case FORM.block4:
      reader.skip(reader.u32());
      return undefined;
    default:
      throw new FormatError(`form ${form}`);
  }
}

/** Runs a unit's program, which makes rows of ascending addresses; each is for what lies up to the next one. */
function runProgram(
  unit: ByteReader,
  header: Header,
  wanted: number[],
  isCode: (address: number) => boolean,
  found: Map<number, SourceLine>,
): void {
  const { minimumLength, lineBase, lineRange, opcodeBase, lengths } = header;
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  let last: Row | undefined;
  let isWanted = false;
  const emit = () => {
    if (!last) {
      isWanted = isCode(address);
    } else if (isWanted && address > last.address) {
      const first = firstFrom(wanted, last.address);
      const end = firstFrom(wanted, address);
      if (end > first) {
        const place = placeOf(header, last);
        for (const at of wanted.splice(first, end - first)) if (place) found.set(at, place);
      }
    }
    last = { address, file, line, column };
  };
  while (unit.hasMore) {
    const opcode = unit.u8();
    if (opcode >= opcodeBase) {
      const special = opcode - opcodeBase;
      address += Math.floor(special / lineRange) * minimumLength;
      line += lineBase + special % lineRange;
      emit();
      continue;
    }
    switch (opcode) {
      case OPCODE.extended: {
        const operation = unit.part(unit.uleb());
        if (!operation.hasMore) break;
        const type = operation.u8();
        if (type === EXTENDED.setAddress) {
          address = operation.unsigned(operation.end - operation.at);
        }
        if (type !== EXTENDED.endSequence) break;
        emit();
        last = undefined;
        [address, file, line, column] = [0, 1, 1, 0];
        break;
      }
      case OPCODE.copy:
        emit();
        break;
      case OPCODE.advancePc:
        address += unit.uleb() * minimumLength;
        break;
      case OPCODE.advanceLine:
        line += unit.sleb();
        break;
      case OPCODE.setFile:
        file = unit.uleb();
        break;
      case OPCODE.setColumn:
        column = unit.uleb();
        break;
      case OPCODE.negateStatement:
      case OPCODE.setBasicBlock:
        break;
      case OPCODE.constAddPc:
        address += Math.floor((255 - opcodeBase) / lineRange) * minimumLength;
        break;
      case OPCODE.fixedAdvancePc:
        address += unit.u16();
        break;
      default:
        for (let i = lengths[opcode - 1] ?? 0; i > 0; i--) unit.uleb();
    }
  }
}

/** The index of the first number that is not less. */
function firstFrom(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Undefined for code that is of no line: compilers give it line 0. */
function placeOf(header: Header, { file, line, column }: Row): SourceLine | undefined {
  const entry = header.files[file];
  const name = entry?.name();
  if (!entry || !name || !(line > 0 && line < 2 ** 32)) return undefined;
  const directory = name.startsWith("/") ? "" : header.directories[entry.directory]?.() ?? "";
  return { file: directory === "" ? name : `${directory}/${name}`, line, column };
}
