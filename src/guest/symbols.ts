/** What a guest's file says of its code for people: functions, lines, and how to find who called whom. */

import { CallFrames, type FrameSection } from "./call_frames.ts";
import { type DebugSection, readDebugSections } from "./elf.ts";
import { findLines, type SourceLine } from "./line_table.ts";

/** A function, and where in it. */
export interface FunctionPlace {
  readonly name: string;
  /** How many bytes behind its beginning. */
  readonly offset: number;
}

const SYMBOL_SIZE = 24;
const STT_FUNC = 2;
const SHF_EXECINSTR = 4;
const SHF_COMPRESSED = 0x800;
/** How much of each table is looked at, in bytes. */
const MAX_SIZE = 8 * 1024 * 1024;
/** How much of a name is shown: those of C++ and Rust have no end. */
const MAX_NAME = 200;
/** How many lines are remembered, for guests that crash again and again. */
const MAX_LINES = 1024;

const NOTHING = new Uint8Array(0);

/**
 * The symbols of a file, by the addresses for which it was linked. Nothing is read before it is asked for, and of a
 * broken file as much as there is.
 */
export class Symbols {
  readonly #sections: ReadonlyMap<string, DebugSection>;
  /** Where the code begins and ends. */
  readonly #code: readonly [number, number];
  #functions: { readonly starts: Float64Array; readonly entries: Uint32Array } | undefined;
  #frames: CallFrames | undefined;
  readonly #lines = new Map<number, SourceLine | undefined>();

  private constructor(sections: ReadonlyMap<string, DebugSection>) {
    this.#sections = sections;
    const code = [...sections.values()].filter(({ flags }) => (flags & SHF_EXECINSTR) !== 0);
    this.#code = [
      Math.min(...code.map(({ address }) => address)),
      Math.max(...code.map(({ address, size }) => address + size)),
    ];
  }

  /** The symbols of a file; undefined for one that was stripped of them. */
  static of(file: Uint8Array): Symbols | undefined {
    const sections = readDebugSections(file);
    const has = (name: string) => (sections.get(name)?.bytes.length ?? 0) > 0;
    return has(".symtab") || has(".debug_line") ? new Symbols(sections) : undefined;
  }

  /** How the code at an address was called. */
  get frames(): CallFrames {
    const section = (name: string, isEhFrame: boolean): FrameSection => {
      const { address = 0 } = this.#sections.get(name) ?? {};
      return { bytes: this.#bytes(name), address, isEhFrame };
    };
    return this.#frames ??= new CallFrames([
      section(".debug_frame", false),
      section(".eh_frame", true),
    ]);
  }

  /** The function at an address. */
  functionAt(address: number): FunctionPlace | undefined {
    const { starts, entries } = this.#functions ??= this.#readFunctions();
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    const start = starts[low - 1];
    const entry = entries[low - 1];
    if (start === undefined || entry === undefined) return undefined;
    const table = this.#bytes(".symtab");
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    const size = view.getUint32(entry + 16, true);
    const offset = address - start;
    // One without a length, as in assembly, reaches to the next.
    if (size !== 0 && offset >= size) return undefined;
    const strings = this.#bytes(".strtab");
    const at = view.getUint32(entry, true);
    const bytes = strings.subarray(at, at + 4 * MAX_NAME);
    const end = bytes.indexOf(0);
    const name = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
    return name === "" ? undefined : { name: readableName(name).slice(0, MAX_NAME), offset };
  }

  /** The lines of instructions; those that nobody knows are left out. */
  linesAt(addresses: readonly number[]): ReadonlyMap<number, SourceLine> {
    const known = this.#lines;
    if (known.size > MAX_LINES) known.clear();
    const unknown = addresses.filter((it) => !known.has(it));
    if (unknown.length > 0) {
      const sections = {
        lines: this.#bytes(".debug_line"),
        lineStrings: this.#bytes(".debug_line_str"),
        strings: this.#bytes(".debug_str"),
      };
      const [start, end] = this.#code;
      const found = findLines(sections, unknown, (address) => address >= start && address < end);
      for (const address of unknown) known.set(address, found.get(address));
    }
    const lines = new Map<number, SourceLine>();
    for (const address of addresses) {
      const line = known.get(address);
      if (line) lines.set(address, line);
    }
    return lines;
  }

  #bytes(name: string): Uint8Array {
    const section = this.#sections.get(name);
    // Nothing here is worth the library that would be needed.
    return !section || section.flags & SHF_COMPRESSED ? NOTHING : section.bytes;
  }

  #readFunctions(): { readonly starts: Float64Array; readonly entries: Uint32Array } {
    const table = this.#bytes(".symtab").subarray(0, MAX_SIZE);
    const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
    const found: { readonly start: number; readonly entry: number }[] = [];
    for (let entry = 0; entry + SYMBOL_SIZE <= table.length; entry += SYMBOL_SIZE) {
      if ((view.getUint8(entry + 4) & 0xf) !== STT_FUNC) continue;
      const high = view.getUint32(entry + 12, true);
      const start = high * 2 ** 32 + view.getUint32(entry + 8, true);
      if (view.getUint16(entry + 6, true) !== 0) found.push({ start, entry });
    }
    found.sort((a, b) => a.start - b.start);
    return {
      starts: Float64Array.from(found, ({ start }) => start),
      entries: Uint32Array.from(found, ({ entry }) => entry),
    };
  }
}

/**
 * The name of a function as its source has it, where that is a name with namespaces alone: `_ZN5guest4loadEPKc` is
 * `guest::load`, and `_RNvCs1_5guest4load` too. Parameters are left out, and what is more difficult stays as it is.
 */
export function readableName(symbol: string): string {
  const parts = symbol.startsWith("_R") ? rustParts(symbol) : cxxParts(symbol);
  return parts ? parts.join("::") : symbol;
}

/** Names in C++, and in Rust as it had them before 2025 (Itanium C++ ABI, 5.1). */
function cxxParts(symbol: string): string[] | undefined {
  const [start, nested] = /^_Z(N[rVK]{0,3})?/.exec(symbol) ?? [];
  if (start === undefined) return undefined;
  const parts: string[] = [];
  for (let rest = symbol.slice(start.length);;) {
    const [digits] = /^[1-9]\d{0,3}/.exec(rest) ?? [];
    if (digits === undefined) return undefined;
    const end = digits.length + Number(digits);
    if (end > rest.length) return undefined;
    parts.push(rest.slice(digits.length, end));
    rest = rest.slice(end);
    if (nested === undefined) return parts;
    if (!rest.startsWith("E")) continue;
    // Rust ends its names with a number of the build's.
    if (parts.length > 1 && /^h[\da-f]{16}$/.test(parts.at(-1) ?? "")) parts.pop();
    return parts;
  }
}

/** Names in Rust (its reference, "v0 symbol format"): a crate, and what is nested in it. */
function rustParts(symbol: string): string[] | undefined {
  const [start = "", nesting = ""] = /^_R((?:N[A-Za-z])*)C/.exec(symbol) ?? [];
  const parts: string[] = [];
  let rest = symbol.slice(start.length);
  for (let left = start === "" ? 0 : nesting.length / 2 + 1; left > 0; left--) {
    // Numbers tell names apart that are the same; an underscore stands before a name that begins with a digit.
    const [before, digits] = /^(?:s[\da-zA-Z]*_)?([1-9]\d{0,3})_?/.exec(rest) ?? [];
    if (before === undefined) return undefined;
    const end = before.length + Number(digits);
    if (end > rest.length) return undefined;
    parts.push(rest.slice(before.length, end));
    rest = rest.slice(end);
  }
  return parts.length > 0 ? parts : undefined;
}
