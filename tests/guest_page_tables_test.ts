// Walks the page tables of src/guest as the CPU does (Intel SDM volume 3, 4.5), and compares with what was asked for.
import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { buildPageTables, type Mapping } from "../src/guest/page_tables.ts";
import { layOut } from "../src/guest/layout.ts";

const PAGE = 4096n;
const LARGE = 2n * 1024n * 1024n;

interface Translation {
  readonly physical: bigint;
  readonly user: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  /** How much of the address space the entry covers. */
  readonly size: bigint;
}

/** Translates an address, from the architecture's rules alone; undefined is a page fault. */
function walk(tables: Uint8Array, cr3: number, address: bigint): Translation | undefined {
  const view = new DataView(tables.buffer, tables.byteOffset, tables.byteLength);
  let user = true;
  let writable = true;
  let executable = true;
  let table = BigInt(cr3);
  for (const level of [4n, 3n, 2n, 1n]) {
    const shift = 12n + 9n * (level - 1n);
    const at = Number(table - BigInt(cr3) + (address >> shift & 511n) * 8n);
    assert(at >= 0 && at < tables.length, "an entry points outside of the tables");
    const entry = view.getBigUint64(at, true);
    if ((entry & 1n) === 0n) {
      assertEquals(entry, 0n, "an entry that is not present holds something");
      return undefined;
    }
    assertEquals(entry & 0x60n, 0x60n, "accessed and dirty are not preset");
    assertEquals(entry & 0x18n, 0n, "caching is changed");
    assertEquals(entry >> 52n & 0x7ffn, 0n, "reserved or ignored bits are set");
    user &&= (entry & 4n) !== 0n;
    writable &&= (entry & 2n) !== 0n;
    executable &&= entry >> 63n === 0n;
    const target = entry & 0x000f_ffff_ffff_f000n;
    const isLarge = level > 1n && (entry & 0x80n) !== 0n;
    if (level > 1n && !isLarge) {
      table = target;
      continue;
    }
    assert(level < 3n, "a page of 1 GiB");
    assertEquals(entry & 0x100n, 0n, "a page is global");
    const size = isLarge ? LARGE : PAGE;
    assertEquals(target % size, 0n, "a page's physical address is not aligned to its size");
    return { physical: target + address % size, user, writable, executable, size };
  }
  return undefined;
}

/** Checks that every page of each mapping is there as asked for, and that nothing else is. */
function check(mappings: readonly Mapping[], cr3: number): Uint8Array {
  const tables = buildPageTables(mappings, cr3);
  assertEquals(tables.length % 4096, 0);
  for (const mapping of mappings) {
    const { user, writable, executable } = mapping;
    for (let done = 0; done < mapping.size;) {
      const address = BigInt(mapping.virtual + done);
      const found = walk(tables, cr3, address);
      assert(found, `0x${address.toString(16)} is not mapped`);
      assertEquals(
        [found.physical, found.user, found.writable, found.executable],
        [BigInt(mapping.physical + done), user, writable, executable],
        `0x${address.toString(16)}`,
      );
      const last = walk(tables, cr3, address + found.size - 1n);
      assertEquals(last?.physical, found.physical + found.size - 1n);
      done += Number(found.size);
      assert(done <= mapping.size, "a large page reaches behind its mapping");
    }
  }
  assertEquals(leaves(tables, cr3), mappings.reduce((sum, { size }) => sum + size, 0));
  return tables;
}

/** How many bytes the tables map in all: more than was asked for would be somebody else's memory. */
function leaves(tables: Uint8Array, cr3: number): number {
  const entries = new BigUint64Array(tables.buffer, tables.byteOffset, tables.length / 8);
  const below = (table: bigint, level: number): number => {
    let size = 0;
    const first = Number(table - BigInt(cr3)) / 8;
    for (const entry of entries.subarray(first, first + 512)) {
      if (entry === 0n) continue;
      if (level === 1) size += 4096;
      else if ((entry & 0x80n) !== 0n) size += level === 2 ? 2 ** 21 : 2 ** 30;
      else size += below(entry & 0x000f_ffff_ffff_f000n, level - 1);
    }
    return size;
  };
  return below(BigInt(cr3), 4);
}

const data = { user: true, writable: true, executable: false };

test("buildPageTables() maps pages of every permission, and not their neighbours", () => {
  let physical = 0x10000;
  const mappings: Mapping[] = [];
  for (const user of [false, true]) {
    for (const writable of [false, true]) {
      for (const executable of [false, true]) {
        mappings.push({
          virtual: 0x7f_0000_0000 + mappings.length * 0x5000,
          physical,
          size: 0x3000,
          user,
          writable,
          executable,
        });
        physical += 0x3000;
      }
    }
  }
  const tables = check(mappings, 0x3000);
  for (const { virtual, size } of mappings) {
    assertEquals(walk(tables, 0x3000, BigInt(virtual - 1)), undefined);
    assertEquals(walk(tables, 0x3000, BigInt(virtual + size)), undefined);
  }
  assertEquals(walk(tables, 0x3000, 0n), undefined);
  assertEquals(tables.length, 4 * 4096);
});

test("buildPageTables() of nothing is a root that maps nothing", () => {
  assertEquals(buildPageTables([], 0x1000), new Uint8Array(4096));
});

test("buildPageTables() uses large pages where both addresses and the length allow it", () => {
  const size = (virtual: number, physical: number, length: number, at: number) =>
    walk(
      check([{ virtual, physical, size: length, ...data }], 0x1000),
      0x1000,
      BigInt(virtual + at),
    )?.size;
  const large = 2 ** 21;
  assertEquals(size(0x4000_0000, 0x4000_0000, 16 * large, 0), LARGE);
  assertEquals(size(0x4000_0000, 0x40_0000, large, large - 1), LARGE);
  assertEquals(size(0x4000_0000, 0x40_0000, large - 4096, 0), PAGE);
  assertEquals(size(0x4000_1000, 0x40_0000, large, 0), PAGE);
  assertEquals(size(0x4000_0000, 0x40_1000, large, 0), PAGE);
  // Small pages up to the first large one, and behind the last.
  assertEquals(size(0x4000_0000 - 4096, 0x40_0000 - 4096, large + 8192, 0), PAGE);
  assertEquals(size(0x4000_0000 - 4096, 0x40_0000 - 4096, large + 8192, 4096), LARGE);
  assertEquals(size(0x4000_0000 - 4096, 0x40_0000 - 4096, large + 8192, 4096 + large), PAGE);
});

test("buildPageTables() needs three tables for 512 GiB of address space with large pages in it", () => {
  const tables = check(
    [{ virtual: 0x11_0000_0000, physical: 0x40_0000, size: 2 ** 24, ...data }],
    0,
  );
  assertEquals(tables.length, 3 * 4096);
});

test("buildPageTables() maps at the ends of tables and of the lower half", () => {
  for (const end of [2 ** 12, 2 ** 21, 2 ** 30, 2 ** 39, 2 ** 47]) {
    for (const size of [4096, 8192]) {
      if (end > size) check([{ virtual: end - size, physical: 0x5000, size, ...data }], 0x9000);
      if (end < 2 ** 47) {
        check([{ virtual: end - 4096, physical: 0x5000, size: size + 4096, ...data }], 0);
      }
    }
  }
});

test("buildPageTables() maps physical addresses up to 2^51 exactly", () => {
  check([{ virtual: 0x20_0000, physical: 2 ** 51 - 8192, size: 8192, ...data }], 0x1000);
});

test("buildPageTables() throws where mappings overlap, large or small", () => {
  const large = 2 ** 21;
  const at = (virtual: number, size: number): Mapping => ({
    virtual,
    physical: virtual,
    size,
    ...data,
  });
  const overlaps: readonly (readonly [Mapping, Mapping])[] = [
    [at(0x1000, 0x1000), at(0x1000, 0x1000)],
    [at(0x1000, 0x3000), at(0x2000, 0x1000)],
    [at(0x1000, 0x3000), at(0x3000, 0x2000)],
    [at(large, large), at(large, large)],
    [at(large, large), at(large + 0x1000, 0x1000)],
    [at(large, 2 * large), at(3 * large - 4096, 4096)],
    [at(large, 2 * large), at(2 * large, large)],
  ];
  // Also with tables where a large page's own memory is: its address is no reason to take it for one of them.
  for (const root of [0, large]) {
    for (const [one, other] of overlaps) {
      assertThrows(() => buildPageTables([one, other], root), RangeError, "Mappings overlap");
      assertThrows(() => buildPageTables([other, one], root), RangeError, "Mappings overlap");
    }
  }
});

test("buildPageTables() takes mappings that touch", () => {
  const large = 2 ** 21;
  const at = (virtual: number, size: number, writable: boolean): Mapping => ({
    virtual,
    physical: virtual,
    size,
    user: true,
    writable,
    executable: false,
  });
  check([at(large, large, true), at(large - 4096, 4096, false), at(2 * large, 4096, false)], 0);
});

test("buildPageTables() maps whatever does not overlap", () => {
  const page = fc.record({
    gap: fc.constantFrom(0, 1, 2, 511, 512, 2 ** 18, 2 ** 18 + 1, 2 ** 25),
    pages: fc.constantFrom(1, 2, 3, 511, 512, 513, 1024),
    physical: fc.oneof(fc.nat(2 ** 20), fc.nat(2 ** 12).map((it) => it * 512)),
    user: fc.boolean(),
    writable: fc.boolean(),
    executable: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 6 }), fc.nat(2 ** 20), (items, root) => {
      let next = 0;
      const mappings = items.map(({ gap, pages, physical, ...permissions }): Mapping => {
        const virtual = next + gap * 4096;
        next = virtual + pages * 4096;
        return { virtual, physical: physical * 4096, size: pages * 4096, ...permissions };
      });
      check(mappings, root * 4096);
    }),
    { numRuns: 60 },
  );
});

test("layOut() gives its page tables what its parts say, and ring 3 no page of the tables", () => {
  const image = {
    relocated: true,
    address: 0x20_0000,
    size: 0x5000,
    entry: 0x20_1000,
    segments: [],
    moved: 0,
    notes: [],
    pages: [
      { address: 0x20_0000, size: 0x1000, writable: false, executable: false },
      { address: 0x20_1000, size: 0x1000, writable: false, executable: true },
      { address: 0x20_3000, size: 0x2000, writable: true, executable: false },
    ],
    load() {},
  };
  for (const buffers of [4096, 16384, 2 ** 21, 2 ** 24, 2 ** 24 + 4096]) {
    const layout = layOut(
      image,
      { heap: 131072, stack: 65536, input: buffers, output: buffers },
      1n,
    );
    const cr3 = Number(layout.registers.cr3);
    const tables = layout.contents.find(({ physical }) => physical === cr3)?.bytes;
    assert(tables);
    assertEquals(tables, check(layout.parts, cr3));
    // No physical page twice, and none of the tables' own.
    const taken = [...layout.parts, { name: "tables", physical: cr3, size: tables.length }]
      .toSorted((a, b) => a.physical - b.physical);
    taken.reduce((end, part) => {
      assert(part.physical >= end, `${part.name} lies on another part`);
      return part.physical + part.size;
    }, 0);
    assertEquals(layout.size, cr3 + tables.length);
    // A hole of the image, address 0, both sides of the stack.
    for (
      const address of [
        0,
        0x20_2000,
        0x20_5000,
        layout.stackPointer,
        layout.stackPointer - 65536 - 1,
      ]
    ) {
      assertEquals(walk(tables, cr3, BigInt(address)), undefined, `0x${address.toString(16)}`);
    }
    for (const part of layout.parts) {
      assert(!(part.writable && part.executable), `${part.name} is writable and executable`);
    }
  }
});
