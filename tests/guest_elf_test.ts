// Reads guest files: built ones, ones made by hand that break one rule each, and mutated ones.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ROOT, zig } from "../scripts/tools.ts";
import { type Image, readElf } from "../src/guest/elf.ts";
import { GuestImageError } from "../src/guest/error.ts";
import { IMAGE_BASE, IMAGE_LIMIT } from "../src/guest/layout.ts";
import { condition } from "./support/skip.ts";

const PAGE = 4096;
const GIB = 2 ** 30;

const read = (file: Uint8Array) => readElf(file, { base: IMAGE_BASE, limit: IMAGE_LIMIT });

/** The image in memory of its own. */
function load(image: Image): DataView {
  const memory = new Uint8Array(image.size);
  image.load(memory);
  return new DataView(memory.buffer);
}

/** What holds for every image, whatever its file says. */
function checkImage(image: Image, limit = IMAGE_LIMIT): void {
  assert(image.address >= PAGE && image.address % PAGE === 0, "address");
  assert(image.size > 0 && image.size % PAGE === 0 && image.size <= GIB, "size");
  assert(image.address + image.size <= limit, "limit");
  let end = image.address;
  for (const pages of image.pages) {
    assert(pages.address >= end && pages.address % PAGE === 0, "pages are ascending");
    assert(pages.size > 0 && pages.size % PAGE === 0, "pages are whole");
    assert(!(pages.writable && pages.executable), "W^X");
    end = pages.address + pages.size;
  }
  assert(end <= image.address + image.size, "pages lie in the image");
  const entry = image.pages.find((it) =>
    image.entry >= it.address && image.entry < it.address + it.size
  );
  assert(entry?.executable, "the entry is executable");
  assert(image.notes.length <= 256);
}

// --- files made by hand -----------------------------------------------------------------------------------------------

const ET_EXEC = 2;
const ET_DYN = 3;
const LOAD = 1;
const DYNAMIC = 2;
const NOTE = 4;
const RELRO = 0x6474e552;
const X = 1;
const W = 2;
const R = 4;

/** Where the fields of the header and of program headers are. */
const HEADER = {
  bits: 4,
  endian: 5,
  type: 16,
  machine: 18,
  entry: 24,
  table: 32,
  entrySize: 54,
  count: 56,
};
const SEGMENT = { type: 0, flags: 4, offset: 8, address: 16, fileSize: 32, memorySize: 40 };
const segment = (index: number, field: keyof typeof SEGMENT) => 64 + index * 56 + SEGMENT[field];

type Change = readonly [at: number, size: 1 | 2 | 4 | 8, value: number | bigint];

/** A copy of a file with other bytes. */
function change(file: Uint8Array, ...changes: readonly Change[]): Uint8Array {
  const copy = file.slice();
  const view = new DataView(copy.buffer);
  for (const [at, size, value] of changes) {
    if (size === 8) view.setBigUint64(at, BigInt(value), true);
    else if (size === 4) view.setUint32(at, Number(value), true);
    else if (size === 2) view.setUint16(at, Number(value), true);
    else view.setUint8(at, Number(value));
  }
  return copy;
}

const TEXT = 1; // the indices of the segments below
const DATA = 2;
const RELROS = 3;
const DYNAMICS = 4;
const NOTES = 5;
const SPARE = 6;
const RELA = 0x300; // places in the file, which are addresses too in the first segment
const TAGS = 0x348;
const NOTE_BYTES = 0x3a0;

/** A position-independent file with one of everything: constants, code, data with relocations, notes. */
function sample(): Uint8Array {
  const segments = [
    [LOAD, R, 0, 0, 0x400, 0x400],
    [LOAD, R | X, 0x400, 0x1000, 0x10, 0x10],
    [LOAD, R | W, 0x410, 0x2000, 0x30, 0x2800],
    [RELRO, R, 0x410, 0x2000, 0x30, 0x1000],
    [DYNAMIC, R, TAGS, TAGS, 0x50, 0x50],
    [NOTE, R, NOTE_BYTES, NOTE_BYTES, 0x2c, 0x2c],
    [0x6474e551, R | W, 0, 0, 0, 0], // PT_GNU_STACK, which means nothing here
  ] as const;
  const changes: Change[] = [
    [0, 4, 0x464c457f],
    [HEADER.bits, 1, 2],
    [HEADER.endian, 1, 1],
    [HEADER.type, 2, ET_DYN],
    [HEADER.machine, 2, 62],
    [HEADER.entry, 8, 0x1004],
    [HEADER.table, 8, 64],
    [HEADER.entrySize, 2, 56],
    [HEADER.count, 2, segments.length],
  ];
  segments.forEach(([type, flags, offset, address, fileSize, memorySize], i) => {
    changes.push(
      [segment(i, "type"), 4, type],
      [segment(i, "flags"), 4, flags],
      [segment(i, "offset"), 8, offset],
      [segment(i, "address"), 8, address],
      [segment(i, "fileSize"), 8, fileSize],
      [segment(i, "memorySize"), 8, memorySize],
    );
  });
  // R_X86_64_RELATIVE twice: the last word of the file's data, and one behind it.
  const relocations = [[0x2028, 8, 0x1234n], [0x4000, 8, -8n], [0, 0, 0n]] as const;
  relocations.forEach(([address, type, addend], i) => {
    const at = RELA + i * 24;
    changes.push([at, 8, address], [at + 8, 8, type], [at + 16, 8, BigInt.asUintN(64, addend)]);
  });
  // The size below leaves the third one out, which does nothing.
  const tags = [[7, RELA], [8, 48], [9, 24], [0x6ffffef5, 0], [0, 0]] as const;
  tags.forEach(([tag, value], i) =>
    changes.push([TAGS + i * 16, 8, tag], [TAGS + i * 16 + 8, 8, value])
  );
  changes.push([NOTE_BYTES, 4, 6], [NOTE_BYTES + 4, 4, 8], [NOTE_BYTES + 8, 4, 1]);
  [..."vmlet"].forEach((letter, i) => changes.push([NOTE_BYTES + 12 + i, 1, letter.charCodeAt(0)]));
  changes.push([NOTE_BYTES + 20, 4, 1], [NOTE_BYTES + 24, 4, 3]);
  changes.push([NOTE_BYTES + 28, 4, 4], [NOTE_BYTES + 32, 4, 0], [NOTE_BYTES + 36, 4, 5]);
  [..."GNU"].forEach((letter, i) => changes.push([NOTE_BYTES + 40 + i, 1, letter.charCodeAt(0)]));
  for (let i = 0; i < 0x40; i++) changes.push([0x400 + i, 1, i + 1]);
  return change(new Uint8Array(0x440), ...changes);
}

test("readElf() reads a position-independent file: addresses, permissions, notes, content", () => {
  const image = read(sample());
  checkImage(image);
  const { load: _, ...facts } = image;
  const pages = (address: number, size: number, writable: boolean, executable: boolean) => ({
    address,
    size,
    writable,
    executable,
  });
  assertEquals(facts, {
    relocated: true,
    address: 0x200000,
    size: 0x5000,
    entry: 0x201004,
    moved: 0x200000,
    segments: [
      { address: 0x200000, fileOffset: 0, fileSize: 0x400 },
      { address: 0x201000, fileOffset: 0x400, fileSize: 0x10 },
      { address: 0x202000, fileOffset: 0x410, fileSize: 0x30 },
    ],
    notes: [
      { owner: "vmlet", type: 1, content: Uint8Array.of(1, 0, 0, 0, 3, 0, 0, 0) },
      { owner: "GNU", type: 5, content: new Uint8Array(0) },
    ],
    pages: [
      pages(0x200000, PAGE, false, false),
      pages(0x201000, PAGE, false, true),
      // Only relocation writes here, and the host has done that.
      pages(0x202000, PAGE, false, false),
      pages(0x203000, 2 * PAGE, true, false),
    ],
  });
  const memory = load(image);
  assertEquals(
    new Uint8Array(memory.buffer, 0x1000, 17),
    Uint8Array.from({ length: 17 }, (_, i) => (i + 1) % 17),
  );
  assertEquals(memory.getBigUint64(0x2028, true), 0x201234n);
  assertEquals(memory.getBigUint64(0x4000, true), 0x1ffff8n);
  assertEquals(memory.getBigUint64(0x2030, true), 0n);
});

test("readElf() reads a file that lies in the middle of a buffer", () => {
  const whole = new Uint8Array(0x1000).fill(0xff);
  whole.set(sample(), 0x123);
  const image = read(whole.subarray(0x123, 0x123 + 0x440));
  assertEquals(image.notes[0]?.owner, "vmlet");
  assertEquals(load(image).getBigUint64(0x2028, true), 0x201234n);
});

test("readElf() leaves a static file where it was linked", () => {
  const file = change(
    sample(),
    [HEADER.type, 2, ET_EXEC],
    [HEADER.entry, 8, 0x401004],
    [segment(0, "address"), 8, 0x400000],
    [segment(TEXT, "address"), 8, 0x401000],
    [segment(DATA, "address"), 8, 0x402000],
    [segment(RELROS, "type"), 4, 0],
    [segment(DYNAMICS, "type"), 4, 0],
  );
  const image = read(file);
  checkImage(image);
  assertEquals([image.relocated, image.address, image.entry], [false, 0x400000, 0x401004]);
  assertEquals(load(image).getUint8(0x2000), 0x11);
});

test("readElf() skips relocations that do nothing", () => {
  const image = read(change(sample(), [TAGS + 24, 8, 72]));
  assertEquals(load(image).getBigUint64(0x2028, true), 0x201234n);
});

test("readElf() joins pages that two segments share, with the permissions of both", () => {
  // Constants at the end of the code's page, then data from the page's end on.
  const file = change(
    sample(),
    [segment(0, "memorySize"), 8, 0x1100],
    [segment(TEXT, "address"), 8, 0x1200],
    [HEADER.entry, 8, 0x1200],
    [segment(RELROS, "type"), 4, 0],
  );
  const image = read(file);
  checkImage(image);
  assertEquals(
    image.pages.map((it) => [it.address - IMAGE_BASE, it.size, it.writable, it.executable]),
    [[0, PAGE, false, false], [0x1000, PAGE, false, true], [0x2000, 3 * PAGE, true, false]],
  );
});

test("readElf() keeps a shared page writable whichever segment comes first", () => {
  // Data up to the middle of a page, then constants in the same page.
  const file = change(
    sample(),
    [segment(0, "address"), 8, 0x1800],
    [segment(0, "flags"), 4, R | W],
    [segment(0, "memorySize"), 8, 0xc00],
    [segment(TEXT, "address"), 8, 0x2400],
    [segment(TEXT, "flags"), 4, R],
    [segment(DATA, "address"), 8, 0x3000],
    [segment(DATA, "flags"), 4, R | X],
    [segment(RELROS, "type"), 4, 0],
    [segment(DYNAMICS, "type"), 4, 0],
    [HEADER.entry, 8, 0x3000],
  );
  const image = read(file);
  checkImage(image);
  assertEquals(
    image.pages.map((it) => [it.address - IMAGE_BASE, it.size, it.writable, it.executable]),
    [
      [0, PAGE, true, false],
      [0x1000, PAGE, true, false],
      [0x2000, 3 * PAGE, false, true],
    ],
  );
});

test("readElf() makes only whole pages constant that a RELRO segment has from the data's start on", () => {
  const writable = (...changes: Change[]) =>
    read(change(sample(), ...changes)).pages.filter((it) => it.writable)
      .map((it) => [it.address - IMAGE_BASE, it.size]);
  assertEquals(writable([segment(RELROS, "memorySize"), 8, 0xfff]), [[0x2000, 3 * PAGE]]);
  assertEquals(writable([segment(RELROS, "memorySize"), 8, 0x1fff]), [[0x3000, 2 * PAGE]]);
  assertEquals(writable([segment(RELROS, "memorySize"), 8, 0x2000]), [[0x4000, PAGE]]);
  assertEquals(writable([segment(RELROS, "memorySize"), 8, 0x9000]), []);
  assertEquals(writable([segment(RELROS, "address"), 8, 0x3000]), [[0x2000, 3 * PAGE]]);
});

test("readElf() ignores segments without memory, and what follows the end of the dynamic section", () => {
  const image = read(change(
    sample(),
    [segment(SPARE, "type"), 4, LOAD],
    [segment(SPARE, "address"), 8, 0x7fff_0000],
    [TAGS + 48, 8, 0],
    [TAGS + 64, 8, 1],
  ));
  assertEquals(image.size, 0x5000);
});

test("readElf() leaves holes between segments out of the pages", () => {
  const image = read(
    change(sample(), [segment(DATA, "address"), 8, 0x12000], [segment(RELROS, "type"), 4, 0], [
      segment(DYNAMICS, "type"),
      4,
      0,
    ]),
  );
  checkImage(image);
  assertEquals(image.size, 0x15000);
  assertEquals(image.pages.map((it) => it.address - IMAGE_BASE), [0, 0x1000, 0x12000]);
});

// --- refusals ---------------------------------------------------------------------------------------------------------

interface Refusal {
  readonly what: string;
  readonly file: Uint8Array;
  readonly reason?: "unsupported";
  readonly says: string;
}

const FILE = sample();
const text = new TextEncoder();

const REFUSALS: readonly Refusal[] = [
  {
    what: "no bytes",
    file: new Uint8Array(0),
    says: "the file has 0 bytes, and an ELF header alone has 64",
  },
  {
    what: "less than a header",
    file: FILE.slice(0, 63),
    says: "the file has 63 bytes, and an ELF header alone has 64",
  },
  {
    what: "a script",
    file: text.encode("#!/bin/sh\n".padEnd(64)),
    says: "the file does not begin with the ELF magic number",
  },
  {
    what: "a 32-bit file",
    file: change(FILE, [HEADER.bits, 1, 1]),
    reason: "unsupported",
    says: "it is a 32-bit ELF file, build it for x86_64",
  },
  {
    what: "a big-endian file",
    file: change(FILE, [HEADER.endian, 1, 2]),
    reason: "unsupported",
    says: "it is a big-endian ELF file, build it for x86_64",
  },
  {
    what: "another machine",
    file: change(FILE, [HEADER.machine, 2, 183]),
    reason: "unsupported",
    says: "it is built for ELF machine 183, and only 62 (x86_64) runs here",
  },
  {
    what: "an object file",
    file: change(FILE, [HEADER.type, 2, 1]),
    reason: "unsupported",
    says: "its ELF type is 1: link it to an executable (type 2, or 3 for PIE)",
  },
  {
    what: "a core dump",
    file: change(FILE, [HEADER.type, 2, 4]),
    reason: "unsupported",
    says: "its ELF type is 4: link it to an executable (type 2, or 3 for PIE)",
  },
  {
    what: "no program headers",
    file: change(FILE, [HEADER.count, 2, 0]),
    says: "the ELF file has no PT_LOAD segment, so nothing to run",
  },
  {
    what: "program headers of another size",
    file: change(FILE, [HEADER.entrySize, 2, 32]),
    says: "its program headers have 32 bytes each instead of 56",
  },
  {
    what: "65535 program headers",
    file: change(FILE, [HEADER.count, 2, 65535]),
    reason: "unsupported",
    says: "it has 65535 program headers, and at most 64 are read",
  },
  {
    what: "program headers behind the end",
    file: change(FILE, [HEADER.table, 8, 0x440 - 7 * 56 + 1]),
    says: "its program headers lie behind its end",
  },
  {
    what: "program headers near 2^64",
    file: change(FILE, [HEADER.table, 8, 2n ** 64n - 1n]),
    says: "its program header offset is 0xffffffffffffffff",
  },
  {
    what: "a dynamic loader",
    file: change(FILE, [segment(SPARE, "type"), 4, 3]),
    reason: "unsupported",
    says: "it wants a dynamic loader (PT_INTERP), link it with -static or -static-pie",
  },
  {
    what: "thread-local variables",
    file: change(FILE, [segment(SPARE, "type"), 4, 7]),
    reason: "unsupported",
    says: "it has thread-local variables (PT_TLS), and a guest has no threads",
  },
  {
    what: "a segment that is writable and executable",
    file: change(FILE, [segment(DATA, "flags"), 4, R | W | X]),
    reason: "unsupported",
    says:
      "its segment at 0x2000 is writable and executable, and guests are W^X: link without -N or -z rwx",
  },
  {
    what: "a page of code and data",
    file: change(FILE, [segment(DATA, "address"), 8, 0x1800], [segment(RELROS, "type"), 4, 0], [
      segment(DYNAMICS, "type"),
      4,
      0,
    ]),
    reason: "unsupported",
    says:
      "its page at 0x201000 is writable and executable, and guests are W^X: link with -z separate-code or 4096-byte alignment",
  },
  {
    what: "an entry address in data",
    file: change(FILE, [HEADER.entry, 8, 0x2000]),
    says: "its entry address 0x202000 is not in an executable segment",
  },
  {
    what: "an entry address behind the code",
    file: change(FILE, [HEADER.entry, 8, 0x1010]),
    says: "its entry address 0x201010 is not in an executable segment",
  },
  {
    what: "an entry address near 2^64",
    file: change(FILE, [HEADER.entry, 8, 2n ** 64n - 1n]),
    says: "its entry address is 0xffffffffffffffff",
  },
  {
    what: "a segment behind the file's end",
    file: change(FILE, [segment(DATA, "fileSize"), 8, 0x31]),
    says: "its segment at 0x2000 ends at byte 1089 of a file of 1088 bytes: truncated?",
  },
  {
    what: "a segment that is larger in the file",
    file: change(FILE, [segment(TEXT, "fileSize"), 8, 0x11]),
    says: "its segment at 0x1000 is larger in the file than in memory",
  },
  {
    what: "a file offset near 2^64",
    file: change(FILE, [segment(TEXT, "offset"), 8, 2n ** 64n - 16n]),
    says: "its file offset of segment 1 is 0xfffffffffffffff0",
  },
  {
    what: "a memory size near 2^53",
    file: change(FILE, [segment(DATA, "memorySize"), 8, 2n ** 53n]),
    says: "its memory size of segment 2 is 0x20000000000000",
  },
  {
    what: "segments that overlap",
    file: change(FILE, [segment(DATA, "address"), 8, 0x100f]),
    says: "its segment at 0x100f overlaps the one before, or is out of order",
  },
  {
    what: "segments in descending order",
    file: change(FILE, [segment(0, "address"), 8, 0x8000]),
    says: "its segment at 0x1000 overlaps the one before, or is out of order",
  },
  {
    what: "a static file at address 0",
    file: change(FILE, [HEADER.type, 2, ET_EXEC]),
    reason: "unsupported",
    says: "its segment at 0x0 covers address 0, which is never mapped: link it higher or as PIE",
  },
  {
    what: "a segment above the limit",
    file: change(FILE, [segment(DATA, "address"), 8, IMAGE_LIMIT]),
    reason: "unsupported",
    says:
      "its segment at 0x400000000 ends above 0x400000000, the highest address for a guest's image",
  },
  {
    what: "an image of more than 1 GiB",
    file: change(FILE, [segment(DATA, "memorySize"), 8, GIB - 0x2000 + 1]),
    reason: "unsupported",
    says: "its image takes 1073745920 bytes of memory, and 1073741824 are the most: use the heap",
  },
  {
    what: "an image with a hole of 8 GiB",
    file: change(FILE, [segment(DATA, "address"), 8, 8 * GIB]),
    reason: "unsupported",
    says: "its image takes 8589946880 bytes of memory, and 1073741824 are the most: use the heap",
  },
  {
    what: "a dynamic section behind the end",
    file: change(FILE, [segment(DYNAMICS, "fileSize"), 8, 0x101]),
    says: "its dynamic section lies behind its end",
  },
  {
    what: "shared libraries",
    file: change(FILE, [TAGS + 48, 8, 1]),
    reason: "unsupported",
    says: "it needs shared libraries, link it with -static-pie",
  },
  ...([[17, "REL"], [36, "RELR"], [23, "PLT"]] as const).map(([tag, name]): Refusal => ({
    what: `${name} relocations`,
    file: change(FILE, [TAGS + 48, 8, tag]),
    reason: "unsupported",
    says:
      `it has ${name} relocations, and only RELA is read: link with -z pack-relative-relocs off`,
  })),
  {
    what: "relocations of another size",
    file: change(FILE, [TAGS + 40, 8, 16]),
    says: "its relocations do not have 24 bytes each",
  },
  {
    what: "relocations that nothing loads",
    file: change(FILE, [TAGS + 8, 8, 0x3ff]),
    says: "its relocations lie outside of its segments",
  },
  {
    what: "relocations of 2^64 - 1 bytes",
    file: change(FILE, [TAGS + 24, 8, 2n ** 64n - 1n]),
    says: "its relocations lie outside of its segments",
  },
  ...[1, 6, 7, 37].map((type): Refusal => ({
    what: `a relocation of type ${type}`,
    file: change(FILE, [RELA + 8, 4, type]),
    reason: "unsupported",
    says:
      `it has an x86_64 relocation of type ${type}, and only RELATIVE is applied: link it with -static-pie`,
  })),
  ...[0x3f9, 0x1009, 0x47f9, 0x10000].map((address): Refusal => ({
    what: `a relocation at ${address.toString(16)}, which is not all in a segment`,
    file: change(FILE, [RELA, 8, address]),
    says: `its relocation at 0x${address.toString(16)} lies outside of its segments`,
  })),
  {
    what: "a relocation near 2^64",
    file: change(FILE, [RELA, 8, 2n ** 64n - 8n]),
    says: "its relocation address is 0xfffffffffffffff8",
  },
  {
    what: "notes behind the end",
    file: change(FILE, [segment(NOTES, "fileSize"), 8, 0xa1]),
    says: "its notes lie behind its end",
  },
  {
    what: "a note that is too long",
    file: change(FILE, [NOTE_BYTES + 4, 4, 29]),
    says: "one of its notes is longer than all of them together",
  },
  {
    what: "a note's owner of 2^32 - 1 bytes",
    file: change(FILE, [NOTE_BYTES, 4, 2 ** 32 - 1]),
    says: "one of its notes is longer than all of them together",
  },
  {
    what: "more notes than anybody needs",
    file: manyNotes(),
    reason: "unsupported",
    says: "it has more than 256 notes",
  },
];

/** Empty notes in one segment, which the others repeat. */
function manyNotes(): Uint8Array {
  const file = new Uint8Array(0x440 + 12 * 200);
  file.set(FILE);
  return change(
    file,
    ...[NOTES, SPARE].flatMap((index): Change[] => [
      [segment(index, "type"), 4, NOTE],
      [segment(index, "offset"), 8, 0x440],
      [segment(index, "fileSize"), 8, 12 * 200],
    ]),
  );
}

for (const { what, file, reason = "invalid", says } of REFUSALS) {
  test(`readElf() refuses ${what}`, () => {
    const error = assertThrows(() => read(file), GuestImageError);
    assertEquals([error.reason, error.message], [reason, `Cannot load the guest: ${says}`]);
  });
}

test("readElf() takes relocations that end where a segment ends", () => {
  for (const address of [0x3f8, 0x1008, 0x47f8]) read(change(sample(), [RELA, 8, address]));
});

test("readElf() takes an image of exactly 1 GiB, and one that ends at the limit", () => {
  const { size } = read(change(sample(), [segment(DATA, "memorySize"), 8, GIB - 0x2000]));
  assertEquals(size, GIB);
  const { address } = readElf(sample(), { base: 0x10000, limit: 0x14800 });
  assertEquals(address, 0x10000);
  assertThrows(
    () => readElf(sample(), { base: 0x10000, limit: 0x147ff }),
    GuestImageError,
    "ends above 0x147ff",
  );
});

// --- built files ------------------------------------------------------------------------------------------------------

const EXAMPLES = join(ROOT, "guest/examples");
const examples = readdirSync(EXAMPLES).filter((name) => name.endsWith(".elf"));
const needsGuests = condition(
  "needsGuests",
  examples.length > 0 ? false : "the example guests are not built: run deno task guests",
);

test("readElf() reads the example guests", { skip: needsGuests }, () => {
  for (const name of examples) {
    const image = read(new Uint8Array(readFileSync(join(EXAMPLES, name))));
    checkImage(image);
    assertEquals([image.relocated, image.address], [true, IMAGE_BASE], name);
    const note = image.notes.find(({ owner }) => owner === "vmlet");
    assertEquals([note?.type, note?.content], [1, Uint8Array.of(1, 0, 0, 0, 3, 0, 0, 0)], name);
    load(image);
  }
});

/** A program whose data points to itself, with two words to find it by. */
const PROGRAM = `
struct list { unsigned long long mark; const struct list *next; char room[5000]; };
static struct list second;
struct list first = { 0x1122334455667788, &second };
static struct list second = { 0x99aabbccddeeff00, &first };
const struct list *const constant = &first;
void begin(void) { for (;;) __asm__ volatile("hlt" : : "r"(constant->next->mark)); }
`;

function build(flags: readonly string[]): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "vmlet-elf-"));
  try {
    const source = join(folder, "program.c");
    const executable = join(folder, "program.elf");
    writeFileSync(source, PROGRAM);
    const [program, ...args] = [
      ...zig(),
      ...["cc", "-target", "x86_64-freestanding-none", "-O1", "-ffreestanding", "-nostdlib"],
      ...["-fno-sanitize=undefined", "-fno-stack-protector", "-Wl,-e,begin", "-Wl,-s"],
      ...[...flags, source, "-o", executable],
    ];
    const { status, stderr } = spawnSync(program as string, args, { encoding: "utf8" });
    assertEquals(status, 0, stderr);
    return new Uint8Array(readFileSync(executable));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Follows the program's pointers through the loaded image. */
function checkProgram(image: Image): void {
  checkImage(image);
  const memory = load(image);
  const marks: number[] = [];
  for (let at = 0; at + 16 <= image.size; at += 8) {
    if (memory.getBigUint64(at, true) === 0x1122334455667788n) marks.push(at);
  }
  // The code may hold one of the words as a number: the one in data is followed by a pointer.
  const next = (at: number) => Number(memory.getBigUint64(at + 8, true)) - image.address;
  const first = marks.find((at) => next(at) > 0 && next(at) < image.size);
  assert(first !== undefined, "no pointer was relocated");
  assertEquals(memory.getBigUint64(next(first), true), 0x99aabbccddeeff00n);
  assertEquals(next(next(first)), first);
}

test("readElf() reads and relocates a PIE that zig links", () => {
  const image = read(build(["-fPIE", "-pie"]));
  checkProgram(image);
  assertEquals([image.relocated, image.address], [true, IMAGE_BASE]);
});

test("readElf() reads a static file that zig links, wherever it is linked to", () => {
  for (const base of [0x400000, 0x2_0000_0000]) {
    // Addresses above 2 GiB need code for them.
    const model = base > 2 ** 31 ? ["-mcmodel=large"] : [];
    const image = read(build(["-fno-pie", "-no-pie", ...model, `-Wl,--image-base=${base}`]));
    checkProgram(image);
    assertEquals([image.relocated, image.address], [false, base]);
  }
});

// --- hostile files ----------------------------------------------------------------------------------------------------

/** Images up to this size are loaded when fuzzing; larger ones differ in nothing but zeros. */
const LOADED = 4 * 1024 * 1024;

/** Reads a file as bad as it may be: an image in order or a GuestImageError, nothing else. */
function survive(file: Uint8Array): "image" | "refused" {
  let image: Image;
  try {
    image = read(file);
  } catch (error) {
    if (error instanceof GuestImageError) return "refused";
    throw error;
  }
  checkImage(image);
  if (image.size > LOADED) return "image";
  // In the middle of other memory, which must stay as it is.
  const memory = new Uint8Array(image.size + 128);
  image.load(memory.subarray(64, 64 + image.size));
  for (let i = 0; i < 64; i++) {
    assert(memory[i] === 0 && memory[memory.length - 1 - i] === 0, "written outside of the image");
  }
  let end = 64;
  for (const pages of image.pages) {
    const start = 64 + pages.address - image.address;
    assert(isZero(memory.subarray(end, start)), "written between the pages");
    end = start + pages.size;
  }
  assert(isZero(memory.subarray(end)), "written behind the pages");
  return "image";
}

function isZero(bytes: Uint8Array): boolean {
  return !bytes.some((byte) => byte !== 0);
}

/** Runs without the cost of stack traces, which is that of nearly all of a refusal. */
function quickly(run: () => void): void {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

test("readElf() refuses a file that was cut off, at every length", () => {
  quickly(() => {
    for (let length = 0; length < FILE.length; length++) {
      assertEquals(survive(FILE.slice(0, length)), "refused", `${length} bytes`);
    }
  });
});

test("readElf() survives every mutation of every field", () => {
  const small = [
    0n,
    1n,
    2n,
    3n,
    7n,
    8n,
    23n,
    36n,
    56n,
    0xffn,
    0xfffn,
    0x1000n,
    0x1001n,
    0x7fffn,
    0xffffn,
  ];
  const large = [30n, 31n, 32n, 33n, 34n, 35n, 46n, 47n, 52n, 53n, 63n, 64n].flatMap((power) => [
    2n ** power - 1n,
    2n ** power,
    2n ** power - 0x1000n,
  ]);
  const outcomes = { image: 0, refused: 0 };
  quickly(() => {
    const view = new DataView(FILE.buffer);
    for (const size of [1, 2, 4, 8] as const) {
      const limit = 2n ** BigInt(8 * size);
      for (let at = 0; at + size <= 0x400; at += size) {
        const old = size === 8
          ? view.getBigUint64(at, true)
          : BigInt(view.getUint32(at & ~3, true)) % limit;
        const near = [-0x1000n, -8n, -1n, 1n, 8n, 0x1000n].map((step) =>
          (old + step + limit) % limit
        );
        const values = new Set([...small, ...near, ...(size < 4 ? [] : large)]);
        for (const value of values) {
          if (value < limit) outcomes[survive(change(FILE, [at, size, value]))]++;
        }
      }
    }
  });
  assert(outcomes.image > 1000 && outcomes.refused > 1000, JSON.stringify(outcomes));
});

test("readElf() survives several mutations at once", () => {
  const place = fc.oneof(
    fc.nat(0x3ff),
    fc.tuple(fc.nat(6), fc.constantFrom(...Object.keys(SEGMENT) as (keyof typeof SEGMENT)[]))
      .map(([index, field]) => segment(index, field)),
  );
  const value = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 0n, max: 0x5000n }),
    fc.nat(0x3f).map((power) => 2n ** BigInt(power)),
  );
  const mutation = fc.tuple(place, fc.constantFrom(1, 2, 4, 8), value);
  quickly(() =>
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 2, maxLength: 5 }), (mutations) => {
        const changes = mutations.map(([at, size, value]): Change => [
          at,
          size as 1 | 2 | 4 | 8,
          BigInt.asUintN(8 * size, value),
        ]);
        survive(change(FILE, ...changes));
      }),
      { numRuns: 3000 },
    )
  );
});

test(
  "readElf() survives flipped bytes in the headers of a real guest",
  { skip: needsGuests },
  () => {
    const file = new Uint8Array(readFileSync(join(EXAMPLES, examples[0] as string)));
    quickly(() => {
      for (let at = 0; at < 64 + 56 * 12; at++) {
        for (const flip of [0x01, 0x10, 0x80, 0xff]) {
          survive(change(file, [at, 1, (file[at] ?? 0) ^ flip]));
        }
      }
    });
  },
);

test("readElf() costs a tiny file's host little, whatever the file claims", () => {
  // The header area alone, as often as allowed: 64 segments of every kind that point to the same bytes.
  const count = 64;
  const file = new Uint8Array(64 + count * 56 + 65536);
  file.set(FILE.slice(0, 64));
  const kinds = [LOAD, NOTE, DYNAMIC, RELRO];
  const began = performance.now();
  for (const kind of kinds) {
    const changes: Change[] = [[HEADER.count, 2, count]];
    for (let i = 0; i < count; i++) {
      const isCode = i === 0 || kind === LOAD;
      changes.push(
        [segment(i, "type"), 4, i === 0 ? LOAD : kind],
        [segment(i, "flags"), 4, isCode ? R | X : R],
        [segment(i, "offset"), 8, 64 + count * 56],
        [segment(i, "address"), 8, 0x1000 + i * 0x1000],
        [segment(i, "fileSize"), 8, kind === LOAD || i === 0 ? 0x1000 : 65536],
        [segment(i, "memorySize"), 8, kind === LOAD || i === 0 ? 0x1000 : 65536],
      );
    }
    survive(change(file, ...changes));
  }
  assert(performance.now() - began < 1000);
});
