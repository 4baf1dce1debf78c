// Reads what guests say of their functions: right lines, wrong lines, and files whose section headers lie.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { inspectGuest } from "../mod.ts";
import { ROOT } from "../scripts/tools.ts";
import { type GuestFunctions, readDescription, signature } from "../src/guest/description.ts";
import { readElf } from "../src/guest/elf.ts";
import { GuestImageError } from "../src/guest/error.ts";
import { IMAGE_BASE, IMAGE_LIMIT } from "../src/guest/layout.ts";
import type { Signature } from "../src/guest/wire.ts";
import { guestBytes, HELLO, HOST_ADD, rejectionOf } from "./support/guests.ts";

const NO_FUNCTIONS: GuestFunctions = { exports: new Map(), imports: new Map() };

const signatures = (functions: Iterable<readonly [string, Signature]>): Record<string, Signature> =>
  Object.fromEntries(
    Array.from(functions, ([name, { parameters, result }]) => [name, { parameters, result }]),
  );

const describe = (text: string) => readDescription(new TextEncoder().encode(text));

test("readDescription() reads lines with zero bytes between them, as C lays strings out", () => {
  const functions = describe(
    "export i32 add i32 i32\n\0\0\0\0\0\0\0\0import void log string\n\0export buffer all i32 u32 i64 u64 f32 f64 _Bool " +
      "bool string buffer i32\n\0export _Bool Größe$_1\n\0\0export i32 math.add-1\n\0",
  );
  assertEquals(signatures(functions.exports), {
    add: { parameters: ["i32", "i32"], result: "i32" },
    all: {
      parameters: [
        ...([
          "i32",
          "u32",
          "i64",
          "u64",
          "f32",
          "f64",
          "bool",
          "bool",
          "string",
          "buffer",
        ] as const),
        "i32",
      ],
      result: "buffer",
    },
    "Größe$_1": { parameters: [], result: "bool" },
    "math.add-1": { parameters: [], result: "i32" },
  });
  assertEquals(signatures(functions.imports), {
    log: { parameters: ["string"], result: "void" },
  });
});

test("readDescription() of no bytes is of no functions", () => {
  for (const text of ["", "\0", "\n\0\n"]) {
    assertEquals(describe(text), NO_FUNCTIONS);
  }
});

test("readDescription() keeps names that objects have already", () => {
  const { exports } = describe("export i32 __proto__\nexport i32 constructor\n");
  assertEquals([...exports.keys()], ["__proto__", "constructor"]);
  for (const it of exports.values()) assertEquals(signature(it), "() -> i32");
});

test("readDescription() takes the same import twice, as two sources declare it", () => {
  const { imports } = describe("import i32 f bool\n\0import i32 f _Bool\n\0");
  assertEquals(signatures(imports), { f: { parameters: ["bool"], result: "i32" } });
});

for (
  const [text, reason] of [
    ["export i32", 'broken, "export i32" has no name'],
    ["export  f", 'broken, "export  f" has a type that is none'],
    ["export i32 ", "has no name"],
    ["export i32 f ", "has a type that is none"],
    ["export i32 f  i32", "has a type that is none"],
    ["export i33 f", "has a type that is none"],
    ["export i32 f void", "has a type that is none"],
    ["export toString f", "has a type that is none"],
    ["Export i32 f", "is neither an export nor an import"],
    [" export i32 f", "is neither an export nor an import"],
    ["export i32 \u0085", "has no name"],
    ["export i32 f\tg", "has no name"],
    [`export i32 ${"f".repeat(257)}`, "has a name of more than 256 bytes"],
    [`export i32 ${"ö".repeat(129)}`, "has a name of more than 256 bytes"],
    [`export i32 f${" i32".repeat(12)}`, "has more than 11 parameters"],
    ["export i32 f\nexport i32 f", 'export "f" is there twice'],
    ["import i32 f\nimport u32 f", 'import "f" is there twice'],
    ["import i32 f i32\nimport i32 f", 'import "f" is there twice'],
    ["x".repeat(2 ** 20 + 1), "has 1048577 bytes, and 1048576 are the most"],
  ] as const
) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  test(`readDescription() refuses ${JSON.stringify(shown)}`, () => {
    assertThrows(() => describe(text), GuestImageError, reason);
  });
}

test("readDescription() refuses what is not UTF-8", () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode("export i32 f"), 0xff, 0x0a);
  assertThrows(() => readDescription(bytes), GuestImageError, "is not UTF-8");
});

test("readDescription() gives functions or a GuestImageError, whatever the bytes", () => {
  const word = fc.constantFrom(
    "export",
    "import",
    "i32",
    "_Bool",
    "void",
    "f",
    "g",
    "",
    "\n",
    "\0",
  );
  const survive = (bytes: Uint8Array) => {
    try {
      readDescription(bytes);
    } catch (error) {
      if (!(error instanceof GuestImageError)) throw error;
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), survive));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 24 }), (words) => {
      survive(new TextEncoder().encode(words.join(" ")));
    }),
  );
});

// --- in files ---------------------------------------------------------------------------------------------------------

const read = (file: Uint8Array) => readElf(file, { base: IMAGE_BASE, limit: IMAGE_LIMIT });

/** A guest's file, and where its section headers are. */
function withSections() {
  const file = guestBytes("hello");
  const view = new DataView(file.buffer);
  const table = Number(view.getBigUint64(40, true));
  const count = view.getUint16(60, true);
  const names = view.getUint16(62, true);
  const offsetOf = (index: number) => Number(view.getBigUint64(table + index * 64 + 24, true));
  const nameOf = (index: number) => {
    const start = offsetOf(names) + view.getUint32(table + index * 64, true);
    return new TextDecoder().decode(file.subarray(start, file.indexOf(0, start)));
  };
  const described = Array.from({ length: count }, (_, i) => i)
    .find((index) => nameOf(index) === "vmlet_functions") as number;
  return { file, view, table, count, names, described, at: table + described * 64 };
}

test("readElf() reads the functions of a guest that the kit describes", () => {
  const { functions } = read(guestBytes("hello"));
  const { callback: _, ...hostAdd } = HOST_ADD.host_add;
  const exports: Record<string, unknown> = signatures(functions?.exports ?? []);
  for (const [name, definition] of Object.entries(HELLO)) assertEquals(exports[name], definition);
  assertEquals<unknown>(functions?.imports, new Map([["host_add", hostAdd]]));
});

test("readElf() knows no functions of a file without section headers", () => {
  for (const at of [40, 60, 62]) {
    const { file, view } = withSections();
    if (at === 40) view.setBigUint64(at, 0n, true);
    else view.setUint16(at, 0, true);
    assertEquals("functions" in read(file), false);
  }
});

test("readElf() knows no functions where the section has another name", () => {
  const { file, view, at } = withSections();
  view.setUint32(at, view.getUint32(at, true) + 1, true);
  assertEquals("functions" in read(file), false);
  view.setUint32(at, 2 ** 32 - 1, true);
  assertEquals("functions" in read(file), false);
});

test("readElf() reads no bytes for a section that has none in the file", () => {
  const { file, view, at } = withSections();
  view.setUint32(at + 4, 8, true);
  view.setBigUint64(at + 24, 2n ** 46n, true);
  assertEquals(read(file).functions, NO_FUNCTIONS);
});

test("readElf() refuses section headers that lie", () => {
  type Lie = (it: ReturnType<typeof withSections>) => void;
  const lies: readonly (readonly [string, Lie])[] = [
    ["have 63 bytes each", ({ view }) => view.setUint16(58, 63, true)],
    ["lie behind its end", ({ view, file }) => view.setBigUint64(40, BigInt(file.length), true)],
    ["section header offset is", ({ view }) => view.setBigUint64(40, 2n ** 64n - 64n, true)],
    ["lie behind its end", ({ view }) => view.setUint16(60, 65535, true)],
    ["which is not there", ({ view, count }) => view.setUint16(62, count, true)],
    [
      "lies behind its end",
      ({ view, at, file }) => view.setBigUint64(at + 24, BigInt(file.length), true),
    ],
    ["file offset of section", ({ view, at }) => view.setBigUint64(at + 24, 2n ** 63n, true)],
    [
      "lies behind its end",
      ({ view, at, file }) => view.setBigUint64(at + 32, BigInt(file.length), true),
    ],
    ["size of section", ({ view, at }) => view.setBigUint64(at + 32, 2n ** 64n - 1n, true)],
    [
      "lies behind its end",
      ({ view, table, names }) => view.setBigUint64(table + names * 64 + 32, 2n ** 40n, true),
    ],
    ["two sections vmlet_functions", ({ view, at, table }) => {
      view.setUint32(table + 64, view.getUint32(at, true), true);
    }],
    ["is broken", ({ file, view, at }) => {
      file[Number(view.getBigUint64(at + 24, true))] = 0x78;
    }],
  ];
  for (const [reason, lie] of lies) {
    const sections = withSections();
    lie(sections);
    assertThrows(() => read(sections.file), GuestImageError, reason);
  }
});

test("readElf() survives every mutation of every field of section headers", () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const outcomes = { read: 0, refused: 0 };
  try {
    const { file, view, table, count } = withSections();
    const values = [
      0n,
      1n,
      8n,
      0xffn,
      0xffffn,
      2n ** 31n,
      2n ** 32n - 1n,
      2n ** 47n,
      2n ** 64n - 1n,
    ];
    const places = Array.from({ length: 12 }, (_, i) => 40 + i * 2);
    for (let at = table; at < table + count * 64; at += 4) places.push(at);
    for (const at of places) {
      for (const size of [2, 4, 8].filter((size) => at + size <= file.length)) {
        const before = file.slice(at, at + size);
        for (const value of values) {
          if (size === 8) view.setBigUint64(at, value, true);
          else if (size === 4) view.setUint32(at, Number(value & 0xffff_ffffn), true);
          else view.setUint16(at, Number(value & 0xffffn), true);
          try {
            read(file);
            outcomes.read++;
          } catch (error) {
            if (!(error instanceof GuestImageError)) throw error;
            outcomes.refused++;
          }
          file.set(before, at);
        }
      }
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  assert(outcomes.read > 1000 && outcomes.refused > 100, JSON.stringify(outcomes));
});

// --- inspectGuest -----------------------------------------------------------------------------------------------------

test("inspectGuest() says what a guest is and what it offers", async () => {
  const bytes = guestBytes("hello");
  const found = await inspectGuest(bytes);
  assertEquals([found.kind, found.kitVersion, found.ring], ["vmlet", 1, 3]);
  assertEquals(found.positionIndependent, true);
  assertEquals(found.exports?.add, HELLO.add);
  assertEquals(Object.keys(found.imports ?? {}), ["host_add"]);
  const code = found.segments.find((it) =>
    found.entry >= it.address && found.entry < it.address + BigInt(it.size)
  );
  assertEquals(code?.permissions, "r-x");
  assertEquals(found.layout.filter(({ name }) => name === "image").length, found.segments.length);
  assertEquals(found.layout.find(({ name }) => name === "heap")?.size, 131072);
  assertEquals(found.layout.find(({ name }) => name === "handlers")?.permissions, "---");
  const path = join(ROOT, "guest/examples/hello.elf");
  const data = `data:application/octet-stream;base64,${readFileSync(path).toString("base64")}`;
  assertEquals(await inspectGuest(path), found);
  assertEquals(await inspectGuest(data), found);
});

test("inspectGuest() says nothing of functions where the file does not", async () => {
  const { file, view } = withSections();
  view.setBigUint64(40, 0n, true);
  const { exports, imports } = await inspectGuest(file);
  assertEquals([exports, imports], [undefined, undefined]);
});

test("inspectGuest() refuses what is no guest", async () => {
  const code = async (bytes: Uint8Array) => (await rejectionOf(inspectGuest(bytes))).code;
  assertEquals(await code(new Uint8Array(100)), "ERR_INVALID_GUEST");
  const { file, view, at } = withSections();
  file[Number(view.getBigUint64(at + 24, true))] = 0;
  assertEquals(await code(file), "ERR_INVALID_GUEST");
  const host = guestBytes("hello");
  host[18] = 3;
  assertEquals(await code(host), "ERR_UNSUPPORTED_GUEST");
});
