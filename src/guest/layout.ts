/** Where everything of a ring 3 guest lies: in its address space, and packed in its physical memory. */

import type { Image } from "./elf.ts";
import { buildPageTables, LARGE_PAGE, type Mapping } from "./page_tables.ts";
import { encodePeb, type Span } from "./peb.ts";
import {
  ENTRY_ADDRESS,
  HANDLER_STACK_PAGE,
  HOST_MAPPINGS,
  hostPages,
  ring3Registers,
  type SpecialRegisterValues,
} from "./ring3.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

// The address space, below 512 GiB so that one root entry serves it. Between the parts lies nothing: an access there
// is a page fault. Below the stack that is at least 16 GiB, so that no frame, however large, reaches another part.
/** Where a position-independent image goes. */
export const IMAGE_BASE = 0x20_0000;
/** The first address that an image may not use. */
export const IMAGE_LIMIT = 16 * GIB;
const PEB_ADDRESS = 0x10_0000_0000;
const INPUT_ADDRESS = 0x11_0000_0000;
const OUTPUT_ADDRESS = 0x18_0000_0000;
const HEAP_ADDRESS = 0x20_0000_0000;
const STACK_TOP = 0x78_0000_0000;
/** How far below the stack a fault counts as the stack's overflow. */
const STACK_GUARD = 16 * GIB;

/** The sizes that a sandbox's options decide, in bytes, rounded up to pages here. */
export interface Sizes {
  readonly heap: number;
  readonly stack: number;
  readonly input: number;
  readonly output: number;
}

/** A part of the guest's memory with a name, for messages. */
export interface Part extends Mapping {
  readonly name: string;
}

/** A piece of physical memory and what the guest may do with it there, whatever its page tables say. */
export interface Region {
  readonly name: string;
  readonly guestAddress: number;
  /** In bytes, a multiple of 4096. */
  readonly size: number;
  readonly flags: {
    readonly read?: boolean;
    readonly write?: boolean;
    readonly execute?: boolean;
    /** Whether a touch means that the stack has overflowed. */
    readonly stackGuard?: boolean;
  };
}

/** A guest's memory, ready to be written: what guests of both rings have. */
export interface Layout {
  /** The ring that the guest runs at. */
  readonly ring: 0 | 3;
  /** How much physical memory the guest has, in bytes. */
  readonly size: number;
  /** The pieces of physical memory. */
  readonly regions: readonly Region[];
  /** The parts, by their place in the address space. */
  readonly parts: readonly Part[];
  /** Where the image goes in physical memory. */
  readonly imagePhysical: number;
  /** Where the block for the guest is in physical memory. */
  readonly pebPhysical: number;
  /** Its address in the guest. */
  readonly pebAddress: number;
  readonly inputPhysical: number;
  readonly inputSize: number;
  readonly outputPhysical: number;
  readonly outputSize: number;
  /** The stack pointer of each entry. */
  readonly stackPointer: number;
  readonly registers: SpecialRegisterValues;
  /** What to write to physical memory, besides the image. */
  readonly contents: readonly { readonly physical: number; readonly bytes: Uint8Array }[];
}

/** The same for a guest of ring 3. */
export interface Ring3Layout extends Layout {
  readonly ring: 3;
  /** The page on which exception frames are pushed, in physical memory. */
  readonly handlerStackPhysical: number;
  /** Where each entry begins. */
  readonly entry: number;
  /** The page-directory-pointer table, in physical memory. */
  readonly directoryPointersPhysical: number;
}

const up = (size: number, unit: number) => Math.ceil(size / unit) * unit;
const modulo = (value: number, unit: number) => (value % unit + unit) % unit;

/** Lays a guest out. `cookie` is a random number for its stack protector. */
export function layOut(image: Image, sizes: Sizes, cookie: bigint): Ring3Layout {
  let next = 0;
  const take = (size: number): number => {
    const start = next;
    next += up(size, PAGE);
    return start;
  };
  const parts: Part[] = HOST_MAPPINGS.map((it) => ({ ...it, physical: take(PAGE), size: PAGE }));
  const data = { user: true, writable: true, executable: false };
  const add = (name: string, virtual: number, size: number): Part => {
    const rounded = up(size, PAGE);
    // Large pages need both addresses aligned alike; a small part has none, so it needs no gap before it.
    if (rounded >= LARGE_PAGE) next += modulo(virtual - next, LARGE_PAGE);
    const part = { name, virtual, physical: take(rounded), size: rounded, ...data };
    parts.push(part);
    return part;
  };

  const peb = add("PEB", PEB_ADDRESS, PAGE);
  const imagePhysical = take(image.size);
  for (const pages of image.pages) {
    parts.push({
      name: "image",
      virtual: pages.address,
      physical: imagePhysical + pages.address - image.address,
      size: pages.size,
      user: true,
      writable: pages.writable,
      executable: pages.executable,
    });
  }
  const heap = add("heap", HEAP_ADDRESS, sizes.heap);
  const stack = add("stack", STACK_TOP - up(sizes.stack, PAGE), sizes.stack);
  const input = add("input", INPUT_ADDRESS, sizes.input);
  const output = add("output", OUTPUT_ADDRESS, sizes.output);

  const tables = take(0);
  const tableBytes = buildPageTables(parts, tables);
  const span = (part: Part): Span => ({ address: part.virtual, size: part.size });
  const none: Span = { address: 0, size: 0 };
  const block = encodePeb({
    securityCookieSeed: cookie,
    codeAddress: image.address,
    input: span(input),
    output: span(output),
    initData: none,
    heap: span(heap),
    stack: span(stack),
    hostFunctionDefinitions: none,
  });

  const size = tables + tableBytes.length;
  const all = { read: true, write: true, execute: true };
  return {
    ring: 3,
    size,
    // One slot of KVM's: the page tables alone say what the guest may do.
    regions: [{ name: "guest memory", guestAddress: 0, size, flags: all }],
    parts,
    imagePhysical,
    pebPhysical: peb.physical,
    pebAddress: peb.virtual,
    inputPhysical: input.physical,
    inputSize: input.size,
    outputPhysical: output.physical,
    outputSize: output.size,
    handlerStackPhysical: HANDLER_STACK_PAGE * PAGE,
    stackPointer: stack.virtual + stack.size,
    entry: ENTRY_ADDRESS,
    // There is one, since all lies below 512 GiB, and it comes behind the root.
    directoryPointersPhysical: tables + PAGE,
    registers: ring3Registers(tables),
    contents: [
      ...hostPages().map((bytes, i) => ({ physical: i * PAGE, bytes })),
      { physical: peb.physical, bytes: block },
      { physical: tables, bytes: tableBytes },
    ],
  };
}

/** What lies at an address of the guest, in words for a message. */
export function describeAddress(layout: Layout, address: bigint): string {
  const at = Number(address);
  const part = layout.parts.find((it) => at >= it.virtual && at < it.virtual + it.size);
  if (part) {
    // At ring 0 all pages are the guest's.
    if (!part.user && layout.ring === 3) return "a page of the host";
    const { writable, executable } = part;
    const rights = ["read", ...(writable ? ["write"] : []), ...(executable ? ["execute"] : [])];
    return `the guest's ${part.name}, which it may ${rights.join(" and ")}`;
  }
  return at < PAGE ? "address 0, which is never mapped" : "an address that is not mapped";
}

/** Whether an access at this address means that the stack was used up. */
export function isStackOverflow(layout: Layout, address: bigint): boolean {
  const stack = layout.parts.find((it) => it.name === "stack");
  return stack !== undefined && Number(address) < stack.virtual &&
    Number(address) >= stack.virtual - STACK_GUARD;
}
