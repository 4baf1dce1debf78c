/** Guests of a few instructions, for tests of the driver: at ring 3 in the usual layout, or at ring 0. */

import type { Image } from "../../src/guest/elf.ts";
import { buildPageTables } from "../../src/guest/page_tables.ts";
import { type Layout, layOut } from "../../src/guest/layout.ts";
import type { SegmentValue, SpecialRegisterValues } from "../../src/guest/ring3.ts";
import { Driver, type DriverOptions } from "../../src/driver/mod.ts";
import { Memory } from "../../src/kvm/mod.ts";
import { createDriver } from "../../src/sandbox/ring3_driver.ts";

/** Where the code lies. */
export const CODE = 0x20_0000;
/** An address that is mapped to physical memory that is not there, so that touching it is MMIO. */
export const MMIO = 0x30_0000;
/** The physical address of that. */
export const MMIO_PHYSICAL = 0x4000_0000;

const SIZES = { heap: 4096, stack: 8192, input: 4096, output: 4096 };

/** A guest of these instructions, at CODE. */
export function codeImage(code: Uint8Array): Image {
  return {
    relocated: false,
    address: CODE,
    size: 4096,
    entry: CODE,
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

/** A driver around a few instructions. */
export class CodeGuest {
  readonly memory: Memory;
  readonly layout: Layout;
  readonly driver: Driver;

  /** Lays out and loads the code; `ring` is where it runs. */
  constructor(
    code: readonly number[],
    ring: 0 | 3,
    options: Pick<DriverOptions, "syncRegisters"> = {},
  ) {
    const image = codeImage(Uint8Array.from(code));
    const layout = layOut(image, SIZES, 0n);
    this.layout = layout;
    this.memory = new Memory(layout.size);
    for (const { physical, bytes } of layout.contents) this.memory.write(physical, bytes);
    // The page behind the code's shares its lowest table, so the tables stay as long as they were.
    const tables = Number(layout.registers.cr3);
    const mmio = { virtual: MMIO, physical: MMIO_PHYSICAL, size: 4096, user: true };
    const mapping = { ...mmio, writable: true, executable: false };
    this.memory.write(tables, buildPageTables([...layout.parts, mapping], tables));
    this.memory.write(layout.imagePhysical, Uint8Array.from(code));
    this.driver = ring === 3
      ? createDriver(this.memory, layout, options)
      : Driver.create({ ...options, memory: this.memory, registers: ring0(layout.registers) });
  }

  [Symbol.dispose](): void {
    this.driver.close();
    this.memory.close();
  }
}
