/**
 * Where everything of a Hyperlight v0.11 guest lies: one piece of physical memory from address 0 on, mapped to the same
 * addresses, in which the guest runs at ring 0 (hyperlight_host 0.11: `mem/layout.rs`, `mem/mgr.rs`).
 */

import { type Image, type ImageRules, readElf } from "./elf.ts";
import type { Layout, Part, Region, Sizes } from "./layout.ts";
import { buildPageTables, type Mapping } from "./page_tables.ts";
import { encodePeb, PEB_SIZE, type Span } from "./peb.ts";
import type { SpecialRegisterValues } from "./ring3.ts";

const PAGE = 4096;
/** What one page table maps. */
const TABLE_SPAN = 2 * 1024 * 1024;
/** What the one page directory maps. */
const MEMORY_LIMIT = 2 ** 30;
/** The tables above the page tables: PML4, PDPT and PD. */
const UPPER_TABLES = 3;

/** How far below the stack's end the stack pointer begins. */
const STACK_START = 0x28;

/** The random bytes at the stack's lowest address by which an overflow shows. */
export const COOKIE_SIZE = 16;

/** The sizes of a guest whose host says nothing (`sandbox/config.rs`, `mem/exe.rs`). */
export const HYPERLIGHT_SIZES: Sizes = {
  heap: 128 * 1024,
  stack: 64 * 1024,
  input: 16 * 1024,
  output: 16 * 1024,
};

/** The smallest buffers: what is given for less. */
export const HYPERLIGHT_MINIMUM_BUFFER = 8 * 1024;

/** The smallest region of definitions of the host's functions. */
const MINIMUM_DEFINITIONS = PAGE;

/** Bytes that a guest finds in its memory when it begins, and what it may do with them besides reading. */
export interface InitData {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** Whether the guest may write to them. */
  readonly write: boolean;
  /** Whether the guest may execute them. */
  readonly execute: boolean;
}

/** What a guest is laid out from, besides its file. */
export interface HyperlightOptions {
  readonly sizes: Sizes;
  /** The definitions of the host's functions, as a message. */
  readonly hostFunctions: Uint8Array;
  readonly initData?: InitData | undefined;
  readonly executableHeap: boolean;
  /** A random number for the guest's own use. */
  readonly cookieSeed: bigint;
  /** {@linkcode COOKIE_SIZE} random bytes. */
  readonly cookie: Uint8Array;
}

/** A guest's memory, ready to be written. */
export interface HyperlightLayout extends Layout {
  readonly ring: 0;
  /** Where the cookie lies, and its bytes. */
  readonly stackGuard: { readonly address: number; readonly cookie: Uint8Array };
}

/** Less memory than the sizes ask for. */
export class MemoryLimitError extends RangeError {
  /** `"MemoryLimitError"`. */
  override name = "MemoryLimitError";
}

const up = (size: number) => Math.ceil(size / PAGE) * PAGE;

/**
 * Reads a guest's file and lays it out.
 *
 * @throws {GuestImageError} If the file is no guest that can be loaded.
 * @throws {MemoryLimitError} If it all takes more than 1 GiB.
 */
export function layOutHyperlight(
  file: Uint8Array,
  options: HyperlightOptions,
): { image: Image; layout: HyperlightLayout } {
  const { sizes, hostFunctions, initData } = options;
  const definitions = Math.max(MINIMUM_DEFINITIONS, up(hostFunctions.length));
  const initSize = initData?.bytes.length ?? 0;
  const rules: ImageRules = {
    base: (code) =>
      tablesSize([code, sizes.stack, sizes.heap, definitions, sizes.input, sizes.output, initSize]),
    limit: MEMORY_LIMIT,
    isWritableCode: true,
    onlyRelocatable: true,
  };
  const image = readElf(file, rules);

  const parts: Part[] = [];
  const regions: Region[] = [];
  let next = 0;
  const add = (name: string, size: number, flags: Region["flags"], rights: Rights): Part => {
    const part = { name, virtual: next, physical: next, size: up(size), ...rights };
    next += part.size;
    if (part.size === 0) return part;
    // The guard of the stack stands in the page tables too: it is the host's memory that is missing.
    parts.push(part);
    regions.push({ name, guestAddress: part.physical, size: part.size, flags });
    return part;
  };
  const all = { read: true, write: true, execute: true };
  const data = { read: true, write: true };
  const tables = add("page tables", image.address, data, DATA);
  add("code", image.size, all, CODE);
  const peb = add("PEB", PEB_SIZE, data, DATA);
  const functions = add("host function definitions", definitions, { read: true }, CONSTANT);
  const input = add("input", sizes.input, data, DATA);
  const output = add("output", sizes.output, data, DATA);
  const heap = options.executableHeap
    ? add("heap", sizes.heap, all, CODE)
    : add("heap", sizes.heap, data, USER_DATA);
  add("stack guard", PAGE, { stackGuard: true }, USER_DATA);
  const stack = add("stack", sizes.stack, data, USER_DATA);
  const { write = false, execute = false } = initData ?? {};
  const init = add("init data", initSize, { read: true, write, execute }, {
    user: execute,
    writable: write,
    executable: execute,
  });
  if (next > MEMORY_LIMIT) {
    throw new MemoryLimitError(
      `its memory takes ${next} bytes in all, and ${MEMORY_LIMIT} are the most for a guest of Hyperlight's`,
    );
  }

  const span = ({ virtual }: Part, size: number): Span => ({ address: virtual, size });
  const stackSize = up(sizes.stack);
  const block = encodePeb({
    securityCookieSeed: options.cookieSeed,
    codeAddress: image.address,
    input: span(input, sizes.input),
    output: span(output, sizes.output),
    initData: span(init, initSize),
    heap: span(heap, sizes.heap),
    stack: span(stack, stackSize),
    hostFunctionDefinitions: span(functions, definitions),
  });
  return {
    image,
    layout: {
      ring: 0,
      size: next,
      parts,
      regions,
      imagePhysical: image.address,
      pebPhysical: peb.physical,
      pebAddress: peb.virtual,
      inputPhysical: input.physical,
      inputSize: sizes.input,
      outputPhysical: output.physical,
      outputSize: sizes.output,
      stackPointer: stack.virtual + stackSize - STACK_START,
      stackGuard: { address: stack.physical, cookie: options.cookie },
      registers: ring0Registers(),
      contents: [
        { physical: tables.physical, bytes: pageTables(parts, next, tables.size) },
        { physical: peb.physical, bytes: block },
        { physical: functions.physical, bytes: hostFunctions },
        { physical: stack.physical, bytes: options.cookie },
        ...(initData ? [{ physical: init.physical, bytes: initData.bytes }] : []),
      ],
    },
  };
}

type Rights = Pick<Mapping, "user" | "writable" | "executable">;
const CODE: Rights = { user: true, writable: true, executable: true };
const USER_DATA: Rights = { user: true, writable: true, executable: false };
const DATA: Rights = { user: false, writable: true, executable: false };
const CONSTANT: Rights = { user: false, writable: false, executable: false };

/**
 * How much the page tables take: Hyperlight's formula, which counts the tables' own greatest size besides what they
 * map. It leaves out the guard page and the init data, so that a guest with much of these found tables written over its
 * code; here they count.
 */
function tablesSize(sizes: readonly number[]): number {
  const mapped = sizes.reduce((sum, size) => sum + up(size), 0) + up(PEB_SIZE) + PAGE;
  const own = (UPPER_TABLES + 512) * PAGE;
  return (Math.ceil((mapped + own) / TABLE_SPAN) + UPPER_TABLES) * PAGE;
}

/**
 * The tables, in Hyperlight's places: PML4, PDPT, PD, and the page tables one after the other. Only those that exist
 * are in the PD; Hyperlight fills it with the addresses of whatever follows. Ring 3 has no way through the upper ones.
 */
function pageTables(parts: readonly Part[], end: number, size: number): Uint8Array {
  const bytes = buildPageTables(parts, 0, { pageSize: "small", user: false });
  const needed = (Math.ceil(end / TABLE_SPAN) + UPPER_TABLES) * PAGE;
  if (bytes.length !== needed || bytes.length > size) {
    throw new Error(`The page tables take ${bytes.length} bytes, and ${size} were kept for them`);
  }
  return bytes;
}

/** The special registers with which a guest begins (`hypervisor/regs/special_regs.rs`). */
function ring0Registers(): SpecialRegisterValues {
  const none = {
    base: 0n,
    limit: 0,
    selector: 0,
    type: 0,
    present: 0,
    dpl: 0,
    s: 0,
    l: 0,
    db: 0,
    g: 0,
  };
  const table = { base: 0n, limit: 0 };
  return {
    cr0: 0x8005_0033n, // PE, MP, ET, NE, WP, AM, PG
    cr3: 0n,
    cr4: 0x620n, // PAE, OSFXSR, OSXMMEXCPT
    efer: 0xd01n, // SCE, LME, LMA, NXE
    cs: { ...none, type: 11, present: 1, s: 1, l: 1 },
    ...{ ds: none, es: none, fs: none, gs: none, ss: none },
    tr: { ...none, type: 11, limit: 65535, present: 1 },
    gdt: table,
    idt: table,
  };
}
