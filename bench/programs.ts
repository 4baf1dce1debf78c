/** The guests of the benchmarks: exit loops of a few instructions, and calls of a guest's function. */

import type { SpecialRegisters } from "../src/driver/registers.ts";
import type { Image } from "../src/guest/elf.ts";
import { IMAGE_BASE, type Layout, layOut, type Sizes } from "../src/guest/layout.ts";
import { buildPageTables } from "../src/guest/page_tables.ts";
import { PEB_DISPATCH_OFFSET } from "../src/guest/peb.ts";
import { PORT } from "../src/guest/ports.ts";
import { ring3Registers } from "../src/guest/ring3.ts";
import {
  CallEncoder,
  ResultEncoder,
  type ResultType,
  Stack,
  type Value,
  type ValueType,
} from "../src/guest/wire.ts";
import type { Program } from "./image.ts";

const PAGE = 4096;

/** What the exit loops write. */
const LOOP_PORT = PORT.DEBUG_PRINT;
const LOOP_VALUE = 42;

/** `mov al, 42`, then for ever `out 103, al`. */
const LOOP = Uint8Array.of(0xb0, LOOP_VALUE, 0xe6, LOOP_PORT, 0xeb, 0xfc);

/** An exit loop at ring 3, in the address space and with the host's pages of every vmlet guest. */
export function ring3Loop(): Program {
  const image: Image = {
    relocated: false,
    address: IMAGE_BASE,
    size: PAGE,
    entry: IMAGE_BASE,
    segments: [],
    moved: 0,
    notes: [],
    pages: [{ address: IMAGE_BASE, size: PAGE, writable: false, executable: true }],
    load: (memory) => memory.set(LOOP),
  };
  const layout = layOut(image, { heap: PAGE, stack: PAGE, input: PAGE, output: PAGE }, 0n);
  return {
    memorySize: layout.size,
    contents: contents(image, layout),
    registers: layout.registers,
    entryPoint: image.entry,
    stackPointer: layout.stackPointer,
    entryCode: layout.entry,
    port: LOOP_PORT,
    value: LOOP_VALUE,
  };
}

/** An exit loop at ring 0, of one page. */
export function ring0Loop(): Program {
  const code = { virtual: PAGE, physical: PAGE, size: PAGE };
  const rights = { user: false, writable: false, executable: true };
  const tables = buildPageTables([{ ...code, ...rights }], 2 * PAGE);
  return {
    memorySize: 2 * PAGE + tables.length,
    contents: [
      { physical: PAGE, bytes: LOOP },
      { physical: 2 * PAGE, bytes: tables },
    ],
    registers: ring0Registers(2 * PAGE),
    entryPoint: PAGE,
    stackPointer: 2 * PAGE,
    port: LOOP_PORT,
    value: LOOP_VALUE,
  };
}

function ring0Registers(cr3: number): SpecialRegisters {
  const user = ring3Registers(cr3);
  const data = { ...user.ds, selector: 0x10, dpl: 0 };
  const none = { base: 0n, limit: 0 };
  return {
    ...user,
    cs: { ...user.cs, selector: 0x08, dpl: 0 },
    ...{ ds: data, es: data, fs: data, gs: data, ss: data },
    ...{ gdt: none, idt: none },
  };
}

/** A function's call: what it is defined as, what it is given, and what it answers. */
export interface FunctionCall {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ResultType;
  readonly args: readonly Value[];
  /** The result's bytes, as they stand in the guest's message. */
  readonly answer: Uint8Array;
  /** What the import that the guest calls returns, an i32; absent where it calls none. */
  readonly imported?: number;
}

/** A guest of the kit, laid out as a sandbox does it, with one call ready. */
export function guestCall(image: Image, sizes: Sizes, call: FunctionCall): Program {
  const layout = layOut(image, sizes, 0n);
  const logErrors = 1;
  return {
    memorySize: layout.size,
    contents: contents(image, layout),
    registers: layout.registers,
    entryPoint: image.entry,
    stackPointer: layout.stackPointer,
    entryCode: layout.entry,
    initial: { pebAddress: layout.pebAddress, seed: 0n, pageSize: PAGE, logLevel: logErrors },
    dispatch: layout.pebPhysical + PEB_DISPATCH_OFFSET,
    port: PORT.HALT,
    message: {
      input: layout.inputPhysical,
      output: layout.outputPhysical,
      result: call.answer,
      ...inputStack(sizes.input, call),
    },
  };
}

function contents(image: Image, layout: Layout): Program["contents"] {
  const bytes = new Uint8Array(image.size);
  image.load(bytes);
  return [...layout.contents, { physical: layout.imagePhysical, bytes }];
}

/** The input stack up to its top with the call on it, and what the answer to an import adds. */
function inputStack(
  size: number,
  { name, parameters, result, args, imported }: FunctionCall,
): { bytes: Uint8Array; answer: Uint8Array } {
  const memory = new Uint8Array(size);
  const stack = new Stack(size, () => memory);
  const top = () => new DataView(memory.buffer).getUint32(0, true);
  stack.reset();
  new CallEncoder(name, parameters, result).push(stack, args);
  const bytes = memory.slice(0, top());
  if (imported !== undefined) new ResultEncoder("i32").push(stack, imported);
  return { bytes, answer: memory.slice(bytes.length, top()) };
}
