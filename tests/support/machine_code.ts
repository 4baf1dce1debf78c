/** Guests of a few instructions, for tests of the driver: at ring 3 in the usual layout, or at ring 0. */

import type { Image } from "../../src/guest/elf.ts";
import { buildPageTables } from "../../src/guest/page_tables.ts";
import { type Layout, layOut } from "../../src/guest/layout.ts";
import type { SegmentValue, SpecialRegisterValues } from "../../src/guest/ring3.ts";
import {
  Driver,
  type DriverHooks,
  type DriverOptions,
  type MemoryRegion,
} from "../../src/driver/mod.ts";
import { Memory } from "../../src/kvm/mod.ts";
import { createDriver } from "../../src/sandbox/guest_driver.ts";

/** Where the code lies. */
export const CODE = 0x20_0000;
/** An address that is mapped to physical memory that is not there, so that touching it is MMIO. */
export const MMIO = 0x30_0000;
/** The physical address of that. */
export const MMIO_PHYSICAL = 0x4000_0000;
/** How many bytes from there on are mapped. */
const MMIO_SIZE = 0x4_0000;
/** The port whose `out` ends a call. */
export const END_PORT = 108;
/** `out 108, al`: ends the call. */
export const END = [0xe6, END_PORT];

const SIZES = { heap: 4096, stack: 8192, input: 4096, output: 4096 };

const littleEndian = (value: number, size: number) =>
  Array.from({ length: size }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);

/** `mov dx, PORT`, then the instruction. */
export const withPort = (port: number, ...instruction: number[]) => [
  ...[0x66, 0xba, ...littleEndian(port, 2)],
  ...instruction,
];
/** `mov rbx, ADDRESS`, then the instruction. */
export const withAddress = (address: number, ...instruction: number[]) => [
  ...[0x48, 0xbb, ...littleEndian(address, 8)],
  ...instruction,
];
/** Reads 32 bits at an address. */
export const readAt = (address: number) => withAddress(address, 0x8b, 0x03);
/** Writes 32 bits at an address. */
export const writeAt = (address: number) => withAddress(address, 0x89, 0x03);
/** Counts down from a number, in a register. */
export const loop = (count: number) => [0xb9, ...littleEndian(count, 4), 0xff, 0xc9, 0x75, 0xfc];

/** A guest of these instructions, at CODE. */
export function codeImage(code: Uint8Array): Image {
  return {
    relocated: false,
    address: CODE,
    size: 4096,
    entry: CODE,
    segments: [],
    moved: 0,
    notes: [],
    pages: [{ address: CODE, size: 4096, writable: false, executable: true }],
    load: (memory) => memory.set(code),
  };
}

/** The special registers of ring 3, at ring 0. */
function ring0(registers: SpecialRegisterValues): SpecialRegisterValues {
  const kernel = (segment: SegmentValue, selector: number) => ({ ...segment, dpl: 0, selector });
  const { cs, ss, ds, es } = registers;
  return {
    ...registers,
    cs: kernel(cs, 0x08),
    ss: kernel(ss, 0x10),
    ds: kernel(ds, 0x10),
    es: kernel(es, 0x10),
  };
}

/** What tests choose of a guest. */
export interface CodeOptions extends Partial<DriverOptions> {
  /** What stands beside the usual memory. */
  readonly extra?: readonly MemoryRegion[];
  /** How much heap there is; a page by default. */
  readonly heap?: number;
}

/** A driver around a few instructions. */
export class CodeGuest {
  readonly memory: Memory;
  readonly layout: Layout;
  readonly driver: Driver;
  /** The special registers of a guest at ring 0. */
  readonly registers: SpecialRegisterValues;
  /** What the guest wrote to ports, unless the test has hooks of its own. */
  outs: [port: number, value: number][] = [];

  /** Lays out and loads the code; `ring` is where it runs. */
  constructor(
    code: readonly number[],
    ring: 0 | 3,
    { extra = [], heap, ...options }: CodeOptions = {},
  ) {
    const image = codeImage(Uint8Array.from(code));
    const layout = layOut(image, { ...SIZES, ...(heap === undefined ? {} : { heap }) }, 0n);
    this.layout = layout;
    this.memory = new Memory(layout.size);
    for (const { physical, bytes } of layout.contents) this.memory.write(physical, bytes);
    // The pages behind the code's share its lowest table, so the tables stay as long as they were.
    const tables = Number(layout.registers.cr3);
    const mmio = { virtual: MMIO, physical: MMIO_PHYSICAL, size: MMIO_SIZE, user: true };
    const mapping = { ...mmio, writable: true, executable: true };
    this.memory.write(tables, buildPageTables([...layout.parts, mapping], tables));
    this.memory.write(layout.imagePhysical, Uint8Array.from(code));
    const hooks: DriverHooks = {
      out: (port, value) => {
        this.outs.push([port, value]);
        return port === END_PORT;
      },
    };
    const common = { entryPoint: CODE, hooks, ...options };
    this.registers = ring0(layout.registers);
    const memory = this.memory;
    const flags = { read: true, write: true, execute: true };
    this.driver = ring === 3 ? createDriver(memory, layout, common) : Driver.create({
      regions: [
        { name: "guest memory", guestAddress: 0, size: memory.size, memory, flags },
        ...extra,
      ],
      registers: this.registers,
      stackPointer: layout.stackPointer,
      ...common,
    });
  }

  /** Calls the code at an address; returns what it wrote to ports. */
  call(address: number = CODE): [port: number, value: number][] {
    this.outs = [];
    this.driver.dispatchCall(address);
    return this.outs;
  }

  [Symbol.dispose](): void {
    this.driver.close();
    this.memory.close();
  }
}
