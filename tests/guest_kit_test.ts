/** The guest kit: the heap, formatting, strings, the log, C++, and guests that are built with it. */

import { test } from "node:test";
import process from "node:process";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import { Builder } from "flatbuffers";
import { type GuestLogRecord, Sandbox, type SandboxOptions, VmletError } from "../mod.ts";
import { WireError } from "../src/guest/error.ts";
import { Stack } from "../src/guest/wire.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { BENCH, errorOf, guestBytes, HELLO, HOST_ADD } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const SEED = Number(process.env.VMLET_SEED ?? crypto.getRandomValues(new Int32Array(1))[0]);
console.log(`guest_kit_test: VMLET_SEED=${SEED}`);
const random = (runs: number) => ({ numRuns: runs, seed: SEED });

type Ring = 3 | 0;

/** The kit's guests built for one ring, and how much work is in order there. */
interface Built {
  readonly ring: Ring;
  readonly kit: (options?: KitOptions) => Promise<Sandbox<typeof KIT>>;
  readonly cxx: (options?: KitOptions) => Promise<Sandbox<typeof CXX>>;
  /** So many rounds of something, or a few of them at ring 0, which some KVMs emulate. */
  readonly rounds: (count: number) => number;
}

type KitOptions = Pick<SandboxOptions, "memory" | "log" | "logLevel">;

/** A test of the kit at ring 3, and the same of the kit at ring 0. */
function testKit(name: string, run: (built: Built) => Promise<void>): void {
  for (const ring of [3, 0] as const) {
    const built = {
      ring,
      kit: (options?: KitOptions) => kit(ring, options),
      cxx: (options?: KitOptions) => cxx(ring, options),
      rounds: (count: number) => ring === 3 ? count : Math.ceil(count / 200),
    };
    test(`${name} (ring ${ring})`, { skip }, () => run(built));
  }
}

const KIT = {
  format_none: { parameters: ["string"], result: "string" },
  format_i32: { parameters: ["string", "i32"], result: "string" },
  format_i64: { parameters: ["string", "i64"], result: "string" },
  format_f64: { parameters: ["string", "f64"], result: "string" },
  format_long_double: { parameters: ["string", "f64"], result: "string" },
  format_string: { parameters: ["string", "string"], result: "string" },
  format_stars: { parameters: ["string", "i32", "i32", "i32"], result: "string" },
  format_many: { parameters: [], result: "string" },
  format_cut: { parameters: ["i32"], result: "string" },
  read_double: { parameters: ["string"], result: "f64" },
  read_float: { parameters: ["string"], result: "f32" },
  read_integer: { parameters: ["string", "i32"], result: "string" },
  fuzz_heap: { parameters: ["u32", "i32", "u32"], result: "i32" },
  exhaust: { parameters: ["u32"], result: "i32" },
  exhaust_typed: { parameters: [], result: "void" },
  take_too_much: { parameters: ["u64"], result: "void" },
  free_twice: { parameters: ["bool"], result: "void" },
  free_wrong: { parameters: ["i64"], result: "void" },
  free_stack: { parameters: [], result: "void" },
  write_behind: { parameters: [], result: "void" },
  write_after_free: { parameters: [], result: "void" },
  fuzz_memory: { parameters: ["u32", "i32"], result: "void" },
  strings: { parameters: [], result: "void" },
  sort: { parameters: ["buffer"], result: "buffer" },
  jump: { parameters: ["i32"], result: "i32" },
  compute: { parameters: ["string", "f64", "f64"], result: "f64" },
  random: { parameters: [], result: "u64" },
  random_of_c: { parameters: ["u32"], result: "i32" },
  log_all: { parameters: ["string"], result: "i32" },
  log_line: { parameters: [], result: "i32" },
  log_bytes: { parameters: ["buffer"], result: "void" },
  fail_bytes: { parameters: ["buffer"], result: "void" },
  log_often: { parameters: ["i32"], result: "void" },
  print: { parameters: ["string", "bool"], result: "void" },
  print_and_abort: { parameters: ["string"], result: "void" },
  debug_print: { parameters: ["buffer", "bool"], result: "void" },
  log_broken: { parameters: [], result: "void" },
  build_text: { parameters: ["i32"], result: "string" },
  build_bytes: { parameters: ["i32"], result: "buffer" },
  build_other: { parameters: ["i32"], result: "string" },
  avx2: { parameters: [], result: "bool" },
  sum_avx2: { parameters: ["buffer"], result: "i32" },
  renamed: { parameters: ["bool"], result: "i32" },
  assert_falsely: { parameters: [], result: "void" },
} as const;

const HOST_TEXT = {
  host_text: { parameters: ["string"], result: "string", callback: () => "an answer" },
} as const;

/** What the kit does not have at ring 0: x87 and vector registers. */
const RING3_ONLY: readonly string[] = ["format_long_double", "avx2", "sum_avx2"];

const KIT_OF_RING0 = Object.fromEntries(
  Object.entries(KIT).filter(([name]) => !RING3_ONLY.includes(name)),
) as typeof KIT;

/** Hyperlight's buffers, which guests of ring 0 have by default, are small for some tests. */
function memoryOf(ring: Ring, memory: KitOptions["memory"]): KitOptions["memory"] {
  return ring === 3 ? memory : { input: 1 << 20, output: 1 << 20, ...memory };
}

async function kit(ring: Ring, options: KitOptions = {}): Promise<Sandbox<typeof KIT>> {
  return await Sandbox.create({
    guest: await (ring === 3 ? buildGuest("kit.c") : buildRing0Guest("kit.c")),
    exports: ring === 3 ? KIT : KIT_OF_RING0,
    imports: HOST_TEXT,
    ...options,
    memory: memoryOf(ring, options.memory) ?? {},
  });
}

const CXX = {
  areas: { parameters: ["f64", "f64"], result: "f64" },
  statics: { parameters: [], result: "i32" },
  lives: { parameters: [], result: "i32" },
  add_with_lambda: { parameters: ["i32", "i32"], result: "i32" },
  make_string: { parameters: ["string", "bool"], result: "string" },
  heap_of_new: { parameters: [], result: "u64" },
  exhaust_new: { parameters: [], result: "void" },
  call_pure_virtual: { parameters: [], result: "void" },
} as const;

async function cxx(ring: Ring, options: KitOptions = {}): Promise<Sandbox<typeof CXX>> {
  const build = ring === 3 ? buildGuest : buildRing0Guest;
  const guest = await build("cxx.cpp", "-std=c++17");
  return await Sandbox.create({ guest, exports: CXX, imports: HOST_ADD, ...options });
}

// --- building -------------------------------------------------------------------------------------------------------

for (const [flag, source] of [["-std=c11", "hello.c"], ["-std=c23", "hello.c"]] as const) {
  test(`vmlet.h compiles with ${flag}`, { skip }, async () => {
    const guest = await buildGuest(`guest/examples/${source}`, flag);
    using sandbox = await Sandbox.create({ guest, exports: HELLO, imports: HOST_ADD });
    assertEquals(sandbox.exports.add_in_host(1, 2), 3);
  });
}

test("the examples are as small as their code", () => {
  for (const name of ["hello", "echo", "sha256"]) {
    const { length } = guestBytes(name);
    assert(length < 24 * 1024, `${name}.elf has ${length} bytes`);
  }
});

testKit("VMLET_EXPORT_AS() gives a function another name for the host", async ({ kit }) => {
  using sandbox = await kit();
  assertEquals([sandbox.exports.renamed(true), sandbox.exports.renamed(false)], [1, 0]);
});

// --- formatting -----------------------------------------------------------------------------------------------------

/** Flags, width and precision of a conversion. */
interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
}

const conversion: fc.Arbitrary<Conversion> = fc.record({
  flags: fc.uniqueArray(fc.constantFrom("-", "0", "+", " ", "#"), { maxLength: 5 })
    .map((flags) => flags.join("")),
  width: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 })),
  precision: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
});

function specification({ flags, width, precision }: Conversion): string {
  return `%${flags}${width || ""}${precision === undefined ? "" : `.${precision}`}`;
}

/** Puts a sign or prefix before digits, and fills up to the width. */
function padded(
  { flags, width }: Conversion,
  prefix: string,
  body: string,
  zeroes: boolean,
): string {
  if (flags.includes("-")) return (prefix + body).padEnd(width);
  if (zeroes && flags.includes("0")) return prefix + body.padStart(width - prefix.length, "0");
  return (prefix + body).padStart(width);
}

function signOf({ flags }: Conversion, negative: boolean): string {
  return negative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
}

/** What C prints for a whole number. */
function formatInteger(it: Conversion, letter: string, value: bigint): string {
  const base = { o: 8, x: 16, X: 16 }[letter] ?? 10;
  const size = value < 0n ? -value : value;
  let digits = size === 0n && it.precision === 0 ? "" : size.toString(base);
  digits = digits.padStart(it.precision ?? 1, "0");
  if (letter === "o" && it.flags.includes("#") && !digits.startsWith("0")) digits = `0${digits}`;
  if (letter === "X") digits = digits.toUpperCase();
  const prefix = letter === "d"
    ? signOf(it, value < 0n)
    : it.flags.includes("#") && value !== 0n && base === 16
    ? `0${letter}`
    : "";
  return padded(it, prefix, digits, it.precision === undefined);
}

/** A positive double as a quotient of whole numbers. */
function quotient(value: number): [bigint, bigint] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0) & (2n ** 63n - 1n);
  const exponent = Number(bits >> 52n);
  const fraction = (bits & (2n ** 52n - 1n)) + (exponent === 0 ? 0n : 2n ** 52n);
  const power = BigInt(Math.max(exponent, 1) - 1075);
  return power < 0n ? [fraction, 2n ** -power] : [fraction * 2n ** power, 1n];
}

/** A quotient times 10^shift, rounded to a whole number; ties go to the even one. */
function rounded([top, bottom]: [bigint, bigint], shift: number): bigint {
  if (shift < 0) bottom *= 10n ** BigInt(-shift);
  else top *= 10n ** BigInt(shift);
  const whole = top / bottom;
  const rest = (top % bottom) * 2n;
  return rest > bottom || (rest === bottom && whole % 2n === 1n) ? whole + 1n : whole;
}

/** The digits of a number with so many after the first, and the exponent of the first. */
function scientific(value: number, precision: number): [string, number] {
  if (value === 0) return ["0".repeat(precision + 1), 0];
  const [top, bottom] = quotient(value);
  const isBelow = (power: number) =>
    power < 0 ? top * 10n ** BigInt(-power) < bottom : top < bottom * 10n ** BigInt(power);
  let exponent = Math.floor(Math.log10(value)) + 2;
  while (isBelow(exponent)) exponent--;
  const digits = rounded([top, bottom], precision - exponent).toString();
  return [digits.slice(0, precision + 1), exponent + digits.length - precision - 1];
}

/** What C prints for a double. */
function formatDouble(it: Conversion, letter: string, value: number): string {
  const capital = letter === letter.toUpperCase();
  const prefix = signOf(it, value < 0 || Object.is(value, -0));
  const size = Math.abs(value);
  const cased = (text: string) => capital ? text.toUpperCase() : text;
  if (!Number.isFinite(value)) {
    return padded(it, prefix, cased(Number.isNaN(value) ? "nan" : "inf"), false);
  }
  const dot = it.flags.includes("#");
  const fixed = (precision: number) => {
    const digits = rounded(quotient(size), precision).toString().padStart(precision + 1, "0");
    const whole = digits.slice(0, digits.length - precision);
    return precision > 0 || dot ? `${whole}.${digits.slice(digits.length - precision)}` : whole;
  };
  const powered = (precision: number, trim: boolean) => {
    const [digits, exponent] = scientific(size, precision);
    let rest = digits.slice(1);
    if (trim) rest = rest.replace(/0+$/, "");
    const mantissa = rest !== "" || dot ? `${digits[0]}.${rest}` : digits[0];
    const number = Math.abs(exponent).toString().padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${number}`;
  };
  const precision = it.precision ?? 6;
  switch (letter.toLowerCase()) {
    case "f":
      return padded(it, prefix, fixed(precision), true);
    case "e":
      return padded(it, prefix, cased(powered(precision, false)), true);
    default: {
      const digits = precision || 1;
      const [, exponent] = scientific(size, digits - 1);
      if (exponent < -4 || exponent >= digits) {
        return padded(it, prefix, cased(powered(digits - 1, !dot)), true);
      }
      let text = fixed(digits - 1 - exponent);
      if (!dot && text.includes(".")) text = text.replace(/\.?0+$/, "");
      return padded(it, prefix, text, true);
    }
  }
}

const LENGTHS = {
  hh: { bits: 8, wide: false },
  h: { bits: 16, wide: false },
  "": { bits: 32, wide: false },
  l: { bits: 64, wide: true },
  ll: { bits: 64, wide: true },
  z: { bits: 64, wide: true },
  j: { bits: 64, wide: true },
  t: { bits: 64, wide: true },
} as const;

testKit("snprintf() formats whole numbers as C says", async ({ kit, rounds }) => {
  using sandbox = await kit();
  const { format_i32, format_i64 } = sandbox.exports;
  const values = fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -300n, max: 300n }),
  );
  const lengths = fc.constantFrom(...(Object.keys(LENGTHS) as (keyof typeof LENGTHS)[]));
  const letters = fc.constantFrom("d", "i", "u", "x", "X", "o");
  fc.assert(
    fc.property(conversion, lengths, letters, values, (it, length, letter, value) => {
      const { bits, wide } = LENGTHS[length];
      const format = `<${specification(it)}${length}${letter}>`;
      const signed = letter === "d" || letter === "i";
      const seen = signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
      const expected = `<${formatInteger(it, letter === "i" ? "d" : letter, seen)}>`;
      const actual = wide
        ? format_i64(format, BigInt.asIntN(64, value))
        : format_i32(format, Number(BigInt.asIntN(32, value)));
      assertEquals(actual, expected, `${format} of ${value}`);
    }),
    random(rounds(4000)),
  );
});

testKit("snprintf() formats doubles as C says, rounded to even", async ({ ring, kit, rounds }) => {
  using sandbox = await kit();
  const { format_f64, format_long_double } = sandbox.exports;
  const values = fc.oneof(
    fc.double(),
    fc.double({ min: -1e6, max: 1e6 }),
    fc.integer({ min: -10_000, max: 10_000 }).map((it) => it / 16),
    fc.integer({ min: -12, max: 12 }).map((it) => 10 ** it),
    fc.constantFrom(0, -0, 0.5, 1.5, 2.5, 9.5, 0.05, 0.25, 99.5, 999999.5, 1e21, 1e22, 5e-324),
    fc.constantFrom(1.7976931348623157e308, 2.2250738585072014e-308, NaN, Infinity, -Infinity),
  );
  const letters = fc.constantFrom("f", "F", "e", "E", "g", "G");
  fc.assert(
    fc.property(conversion, letters, values, (it, letter, value) => {
      const format = `<${specification(it)}${letter}>`;
      const expected = `<${formatDouble(it, letter, value)}>`;
      assertEquals(format_f64(format, value), expected, `${format} of ${value}`);
    }),
    random(rounds(4000)),
  );
  if (ring === 3) assertEquals(format_long_double("%.3Lf", 2.0005), "2.001");
  assertEquals(format_f64("%.1100f", 5e-324).length, 1102);
  assertEquals(Number(format_f64("%.1100f", 5e-324)), 5e-324);
});

testKit("snprintf() formats text, pointers and what it does not know", async ({ kit }) => {
  using sandbox = await kit();
  const { format_none, format_i32, format_i64, format_string, format_stars } = sandbox.exports;
  const cases: readonly (readonly [actual: string, expected: string])[] = [
    [format_none("100%"), "100%"],
    [format_string("%s|%%|", "text"), "text|%|"],
    [format_string("%10s|", "text"), "      text|"],
    [format_string("%-10s|", "text"), "text      |"],
    [format_string("%.2s|", "text"), "te|"],
    [format_string("%6.2s|", "text"), "    te|"],
    [format_string("%.0s|", "text"), "|"],
    [format_string("%.s|", "text"), "|"],
    [format_string("é%s", "ü\u{1f600}"), "éü\u{1f600}"],
    [format_i64("%s|", 0n), "(null)|"],
    [format_i64("%p", 0x1234abcdn), "0x1234abcd"],
    [format_i64("%p", 0n), "0x0"],
    [format_i64("%20p|", 255n), "                0xff|"],
    [format_i32("%c%%", 65), "A%"],
    [format_i32("%4c|", 65), "   A|"],
    [format_i32("%-4c|", 65), "A   |"],
    [format_stars("%*.*d|", 8, 4, 42), "    0042|"],
    [format_stars("%*.*d|", -8, 4, 42), "0042    |"],
    [format_stars("%0*.*d|", 8, -1, 42), "00000042|"],
    [format_i32("%d %n %d", 7), "7 %n %d"],
    [format_i32("%a", 7), "%a"],
    [format_i32("%", 7), "%"],
    [format_i32("%-", 7), "%-"],
    [
      sandbox.exports.format_many(),
      "1 1.5 two 2 2.5 c 3 3.5 4 4.5 5 5.5 6 6.5 7 7.5 8 8.5 9 9.5 %",
    ],
    [sandbox.exports.format_cut(0), "12 ####################"],
    [sandbox.exports.format_cut(1), "12 0###################"],
    [sandbox.exports.format_cut(5), "12 abcd0###############"],
    [sandbox.exports.format_cut(13), "12 abcdef-123450#######"],
  ];
  for (const [actual, expected] of cases) assertEquals(actual, expected);
});

testKit("strtod() reads every number as JavaScript does", async ({ ring, kit, rounds }) => {
  using sandbox = await kit();
  const { read_double, read_float } = sandbox.exports;
  const digits = fc.stringMatching(/^[0-9]{1,30}$/);
  const texts = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(digits, digits, fc.integer({ min: -340, max: 320 }))
      .map(([whole, part, exponent]) => `${whole}.${part}e${exponent}`),
    fc.tuple(digits, digits).map(([whole, part]) => `-${whole}.${part}`),
    // Halfway between two doubles, and a bit beside.
    fc.tuple(fc.double({ min: 1e-300, max: 1e300 }), fc.constantFrom("", "0001", "1")).map(
      ([value, more]) => halfway(value) + more,
    ),
  );
  const check = (text: string) => {
    // Hundreds of digits take seconds where ring 0 is emulated.
    if (ring === 0 && text.length > 100) return;
    assert(Object.is(read_double(text), Number(text)), `${text} is ${read_double(text)}`);
  };
  fc.assert(fc.property(texts, check), random(rounds(3000)));
  for (
    const text of [
      ...["0", "-0", ".5", "5.", "1e5", "1E+5", "1e-5", "1e400", "-1e400", "1e-400", "4.9e-324"],
      ...["2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308"],
      ...["1.7976931348623158e308", "1.7976931348623159e308", "9007199254740993", "1e22", "1e23"],
      ...["9007199254740993.0000000000000000000000000000000000001", `0.${"0".repeat(400)}1e401`],
      ...[`1${"0".repeat(900)}e-900`, `${"1234567890".repeat(100)}e-999`, "  +1.25"],
    ]
  ) check(text);
  assertEquals(read_double("inf"), Infinity);
  assertEquals(read_double("-Infinity"), -Infinity);
  assertEquals(read_double("nan"), NaN);
  for (const value of [0.1, 16777217, 3.4028235e38, 1e-45, 1e39, 8388609.5]) {
    assertEquals(read_float(String(value)), Math.fround(value));
  }
});

/** The decimal digits of the number halfway between a double and the next. */
function halfway(value: number): string {
  const [top, bottom] = quotient(value);
  // Twice the fraction and one more, over twice the divisor; both divide a power of ten.
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  const [nextTop, nextBottom] = quotient(view.getFloat64(0));
  const common = bottom > nextBottom ? bottom : nextBottom;
  const sum = top * (common / bottom) + nextTop * (common / nextBottom);
  const divisor = common * 2n;
  let digits = 0;
  for (let rest = divisor; rest > 1n; rest /= 2n) digits++;
  const scaled = (sum * 10n ** BigInt(digits) / divisor).toString().padStart(digits + 1, "0");
  return `${scaled.slice(0, scaled.length - digits)}.${scaled.slice(scaled.length - digits)}`;
}

testKit("strtol() and strtoul() read whole numbers of every base", async ({ kit }) => {
  using sandbox = await kit();
  const { read_integer } = sandbox.exports;
  const RANGE = 34;
  const max = 2n ** 63n - 1n;
  const cases: readonly (readonly [text: string, base: number, expected: string])[] = [
    ["42", 10, "42 0 2, 42 0 2"],
    ["  -42x", 10, `-42 0 5, ${2n ** 64n - 42n} 0 5`],
    ["0x1fg", 0, "31 0 4, 31 0 4"],
    ["0x1f", 16, "31 0 4, 31 0 4"],
    ["0xg", 16, "0 0 1, 0 0 1"],
    ["0755", 0, "493 0 4, 493 0 4"],
    ["zz", 36, "1295 0 2, 1295 0 2"],
    ["102", 2, "2 0 2, 2 0 2"],
    ["", 10, "0 0 0, 0 0 0"],
    ["abc", 10, "0 0 0, 0 0 0"],
    [String(max), 10, `${max} 0 19, ${max} 0 19`],
    [String(max + 1n), 10, `${max} ${RANGE} 19, ${max + 1n} 0 19`],
    [String(-max - 1n), 10, `${-max - 1n} 0 20, ${max + 1n} 0 20`],
    [String(-max - 2n), 10, `${-max - 1n} ${RANGE} 20, ${max} 0 20`],
    ["18446744073709551616", 10, `${max} ${RANGE} 20, ${2n ** 64n - 1n} ${RANGE} 20`],
    ["99999999999999999999999", 10, `${max} ${RANGE} 23, ${2n ** 64n - 1n} ${RANGE} 23`],
  ];
  for (const [text, base, expected] of cases) {
    assertEquals(read_integer(text, base), expected, `${text} to base ${base}`);
  }
});

// --- the heap -------------------------------------------------------------------------------------------------------

for (
  const [heap, largest] of [[128 * 1024, 20_000], [1 << 20, 20_000], [16 << 20, 100_000]] as const
) {
  testKit(
    `malloc() and its kin keep blocks apart in a heap of ${heap} bytes, and lose nothing`,
    async ({ ring, kit, rounds }) => {
      // A tenth at ring 0, where each byte that is filled takes its time.
      const part = ring === 3 ? 1 : 10;
      using sandbox = await kit({ memory: { heap: Math.ceil(heap / part) } });
      for (let round = 0; round < 3; round++) {
        const seed = SEED + round >>> 0;
        const refused = sandbox.exports.fuzz_heap(seed, rounds(10_000), largest / part);
        if (ring === 3 && heap === 128 * 1024) assert(refused > 0, "the small heap was never full");
      }
    },
  );
}

testKit(
  "malloc() gives all of the heap, NULL where it is exhausted, and all of it again",
  async ({ ring, kit }) => {
    const heap = ring === 3 ? 1 << 20 : 1 << 14;
    using sandbox = await kit({ memory: { heap } });
    const { exhaust, take_too_much } = sandbox.exports;
    for (const size of [8, 24, 100, 1000, 5000, 100_000]) {
      const count = exhaust(size);
      const each = Math.max(32, Math.ceil((size + 16) / 16) * 16);
      assertEquals(count, Math.floor((heap - 16) / each), `blocks of ${size} bytes`);
      assertEquals(exhaust(size), count);
    }
    for (const size of [1n << 20n, 1n << 32n, 2n ** 63n, 2n ** 64n - 1n]) take_too_much(size);
  },
);

testKit(
  "vmlet_malloc() ends the call with code 13 where the heap is exhausted",
  async ({ kit }) => {
    using sandbox = await kit();
    const error = errorOf(() => sandbox.exports.exhaust_typed());
    assertEquals([error.code, error.guestCode], ["ERR_OUT_OF_MEMORY", 13]);
    assertStringIncludes(error.message, "the heap is exhausted: 1000 bytes are wanted");
    assert(sandbox.poisoned);
  },
);

const CORRUPTIONS: readonly [string, (it: Sandbox<typeof KIT>["exports"]) => unknown, string][] = [
  ["a block freed twice", (it) => it.free_twice(false), "double free"],
  ["a block freed twice after it was joined", (it) => it.free_twice(true), "double free"],
  ["a pointer into a block", (it) => it.free_wrong(16n), "malloc never returned"],
  ["a pointer that is not aligned", (it) => it.free_wrong(3n), "malloc never returned"],
  ["a pointer far away", (it) => it.free_wrong(1n << 40n), "malloc never returned"],
  ["a pointer to the stack", (it) => it.free_stack(), "malloc never returned"],
  ["a block whose header was overwritten", (it) => it.write_behind(), "was overwritten"],
  ["a neighbour that was written to when free", (it) => it.write_after_free(), "was overwritten"],
];
for (const [what, call, message] of CORRUPTIONS) {
  testKit(`free() of ${what} ends the call`, async ({ kit }) => {
    using sandbox = await kit();
    const error = errorOf(() => call(sandbox.exports));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 15]);
    assertStringIncludes(error.message, message);
  });
}

// --- memory, strings, sorting, numbers ------------------------------------------------------------------------------

testKit("memcpy() and its kin do what byte by byte does", async ({ kit, rounds }) => {
  using sandbox = await kit();
  sandbox.exports.fuzz_memory(SEED >>> 0, rounds(5000));
});

testKit("string.h, ctype.h, stdlib.h, time.h and inttypes.h do what C says", async ({ kit }) => {
  using sandbox = await kit();
  sandbox.exports.strings();
});

testKit("qsort() sorts and bsearch() finds", async ({ kit, rounds }) => {
  using sandbox = await kit();
  const inputs = fc.oneof(
    fc.array(fc.integer(), { maxLength: 200 }),
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 200 }),
  );
  fc.assert(
    fc.property(inputs, (numbers) => {
      const sorted = sandbox.exports.sort(new Uint8Array(Int32Array.from(numbers).buffer));
      assertEquals(new Int32Array(sorted.buffer), Int32Array.from(numbers).sort());
    }),
    random(rounds(300)),
  );
});

testKit("longjmp() comes back to setjmp()", async ({ kit }) => {
  using sandbox = await kit();
  for (const depth of [0, 1, 100]) assertEquals(sandbox.exports.jump(depth), 42);
});

testKit("math.h computes what JavaScript does", async ({ kit, rounds }) => {
  using sandbox = await kit();
  const { compute } = sandbox.exports;
  const exact = ["abs", "floor", "ceil", "trunc", "sqrt"] as const;
  const near = [
    ...["exp", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan"] as const,
  ];
  const doubles = fc.oneof(fc.double(), fc.double({ min: -10, max: 10 }));
  const close = (actual: number, expected: number, what: string, tolerance = 2e-15) => {
    if (Object.is(actual, expected)) return;
    assertAlmostEquals(actual, expected, Math.max(Math.abs(expected) * tolerance, 1e-307), what);
  };
  fc.assert(
    fc.property(doubles, doubles, (x, y) => {
      for (const name of exact) {
        assert(Object.is(compute(name, x, 0), Math[name](x)), `${name}(${x})`);
      }
      assert(Object.is(compute("frexp", x, 0), x), `frexp(${x})`);
      assert(Object.is(compute("fmod", x, y), x % y), `fmod(${x}, ${y})`);
      const small = x % 100;
      for (const name of near) {
        close(compute(name, small, 0), Math[name](small), `${name}(${small})`);
      }
      close(compute("atan2", x, y), Math.atan2(x, y), `atan2(${x}, ${y})`);
      close(compute("hypot", x, y), Math.hypot(x, y), `hypot(${x}, ${y})`);
      // JavaScript has NaN for 1 to a power that is none, C has 1; and some engines multiply, and round each time.
      const power = y % 50;
      if (Math.abs(x) !== 1) {
        close(compute("pow", x, power), x ** power, `pow(${x}, ${power})`, 3e-14);
      }
    }),
    random(rounds(1000)),
  );
  for (const exponent of [-2000, -1074, -1073, -1022, -1, 0, 1, 1023, 2000]) {
    const expected = exponent < -1074 ? 0 : 1.5 * 2 ** Math.max(exponent, -1074);
    if (exponent >= -1022) assertEquals(compute("ldexp", 1.5, exponent), expected);
    assertEquals(compute("ldexp", 1, exponent), 2 ** exponent);
  }
  for (
    const [x, expected] of [[0.5, 0], [1.5, 2], [2.5, 2], [-0.5, -0], [-1.5, -2], [1e300, 1e300]]
  ) {
    assert(Object.is(compute("rint", x as number, 0), expected), `rint(${x})`);
  }
});

testKit("vmlet_random() differs from sandbox to sandbox, and srand() repeats", async ({ kit }) => {
  const seen = new Set<bigint>();
  const ofC = new Set<number>();
  for (let i = 0; i < 4; i++) {
    using sandbox = await kit();
    for (let j = 0; j < 100; j++) seen.add(sandbox.exports.random());
    ofC.add(sandbox.exports.random_of_c(5));
  }
  assertEquals(seen.size, 400);
  assertEquals(ofC.size, 1);
  const bits = [...seen].reduce((sum, it) => sum + it.toString(2).replaceAll("0", "").length, 0);
  assertAlmostEquals(bits / 400, 32, 1.5);
  using sandbox = await kit();
  assertNotEquals(sandbox.exports.random_of_c(5), sandbox.exports.random_of_c(6));
});

// --- the log --------------------------------------------------------------------------------------------------------

const LEVELS = ["error", "warn", "info", "debug", "trace"] as const;

testKit("vmlet_log() hands records to the option log, down to logLevel", async ({ kit }) => {
  for (const logLevel of ["off", undefined, ...LEVELS] as const) {
    const records: GuestLogRecord[] = [];
    using sandbox = await kit({
      log: (record) => records.push(record),
      ...(logLevel ? { logLevel } : {}),
    });
    const wanted = logLevel === "off" ? 0 : LEVELS.indexOf(logLevel ?? "info") + 1;
    assertEquals(
      records.map((it) => it.message),
      wanted >= 3 ? [`constructed at level ${5 - wanted}`] : [],
    );
    records.length = 0;
    // Arguments of records that nobody wants are not evaluated.
    assertEquals(sandbox.exports.log_all("message é"), wanted);
    assertEquals(records.map((it) => it.level), LEVELS.slice(0, wanted).toReversed());
    records.forEach((it, i) => {
      assertEquals(it.message, `message é ${i + 1}`);
      assertEquals([it.source, it.caller], ["guest", "log_all"]);
    });
  }
});

testKit("vmlet_log() says where in the source it stands", async ({ kit }) => {
  const records: GuestLogRecord[] = [];
  using sandbox = await kit({ log: (record) => records.push(record) });
  records.length = 0;
  const line = sandbox.exports.log_line();
  assertEquals(records.length, 1);
  const { file, ...rest } = records[0] as GuestLogRecord;
  assert(file.endsWith("tests/guests/kit.c"), file);
  assertEquals(rest, {
    level: "error",
    message: "here",
    source: "guest",
    caller: "log_line",
    line,
  });
});

testKit("vmlet_log() without the option costs nothing and says nothing", async ({ kit }) => {
  using sandbox = await kit();
  assertEquals(sandbox.exports.log_all("nobody"), 0);
  sandbox.exports.print("nobody\n", false);
});

testKit("vmlet_log() cuts long messages, and makes them UTF-8", async ({ kit }) => {
  const messages: string[] = [];
  using sandbox = await kit({ log: ({ message }) => messages.push(message) });
  messages.length = 0;
  const { log_bytes } = sandbox.exports;
  const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
  const utf8 = (text: string) => new TextEncoder().encode(text);
  log_bytes(utf8("x".repeat(5000)));
  log_bytes(utf8("x" + "é".repeat(5000)));
  log_bytes(utf8("xx" + "\u{1f600}".repeat(5000)));
  log_bytes(bytes(0x61, 0xff, 0x62, 0xc3, 0x63, 0xc3));
  log_bytes(
    bytes(0xed, 0xa0, 0x80, 0xc0, 0x80, 0xf5, 0x80, 0xe0, 0x80, 0x80, 0xf4, 0x90, 0x80, 0x80),
  );
  log_bytes(utf8("\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}"));
  assertEquals(messages, [
    "x".repeat(1000),
    "x" + "é".repeat(499),
    "xx" + "\u{1f600}".repeat(249),
    "a?b?c?",
    "?".repeat(14),
    "\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\u{10000}\u{10ffff}",
  ]);
  const error = errorOf(() => sandbox.exports.fail_bytes(bytes(0x61, 0xff, 0x62)));
  assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 505]);
  assertStringIncludes(error.message, "a?b");
});

testKit("vmlet_log() can be called any number of times in a call", async ({ kit }) => {
  let count = 0;
  using sandbox = await kit({ log: () => count++, memory: { output: 8192 } });
  count = 0;
  sandbox.exports.log_often(1000);
  assertEquals(count, 1000);
});

testKit(
  "Sandbox.create({ log }) ends a call with what log throws, and is poisoned",
  async ({ kit }) => {
    const thrown = new Error("the disk is full");
    let armed = false;
    using sandbox = await kit({
      log: () => {
        if (armed) throw thrown;
      },
    });
    armed = true;
    assertEquals(assertThrows(() => sandbox.exports.log_line()), thrown);
    assert(sandbox.poisoned);
    await assertRejects(
      () =>
        kit({
          log: () => {
            throw thrown;
          },
        }),
      Error,
      "the disk is full",
    );
  },
);

testKit(
  "Sandbox.create({ log }) refuses a call of the sandbox from inside log",
  async ({ kit }) => {
    const codes: string[] = [];
    const calls: (() => void)[] = [];
    using sandbox = await kit({
      log: () => {
        for (const call of calls) codes.push(errorOf(call).code);
      },
    });
    calls.push(() => sandbox.exports.random());
    sandbox.exports.log_line();
    assertEquals(codes, ["ERR_BUSY"]);
  },
);

test("Sandbox.create() refuses a wrong log or logLevel", async () => {
  const create = (options: unknown) => () =>
    Sandbox.create({ guest: guestBytes("hello"), exports: HELLO, ...(options as object) });
  const cases: [unknown, ErrorConstructor, string][] = [
    [{ log: 5 }, TypeError, "log is not a function"],
    [{ logLevel: 5 }, TypeError, "logLevel is not a string"],
    [{ logLevel: "loud" }, RangeError, "off, error, warn, info, debug, trace"],
  ];
  for (const [options, kind, message] of cases) {
    await assertRejects(create(options), kind, message);
  }
});

testKit(
  "Sandbox ends a call whose record breaks the format as a broken protocol",
  async ({ kit }) => {
    for (const options of [{}, { log: () => {} }]) {
      using sandbox = await kit(options);
      assertEquals(errorOf(() => sandbox.exports.log_broken()).code, "ERR_GUEST_PROTOCOL");
      assert(sandbox.poisoned);
    }
  },
);

/** A stack with a record as the flatbuffers library writes it. */
function stackWithRecord(level: number, omit?: number): Uint8Array<ArrayBuffer> {
  const builder = new Builder(256);
  const strings = ["message é", "source", "", "caller", "file.c"].map((it) =>
    builder.createString(it)
  );
  builder.startObject(6);
  strings.forEach((offset, id) => {
    if (id !== 2 && id !== omit) builder.addFieldOffset(id, offset, 0);
  });
  builder.addFieldInt8(2, level, 0);
  builder.addFieldInt32(5, 2 ** 32 - 1, 0);
  builder.finishSizePrefixed(builder.endObject());
  const message = builder.asUint8Array();
  const bytes = new Uint8Array(1024);
  const view = new DataView(bytes.buffer);
  bytes.set(message, 8);
  view.setBigUint64(8 + message.length, 8n, true);
  view.setBigUint64(0, BigInt(16 + message.length), true);
  return bytes;
}

const popLog = (bytes: Uint8Array) =>
  new Stack(bytes.length, (length) => bytes.subarray(0, length)).popLog();

test("Stack.popLog() reads what flatbuffers writes", () => {
  for (let level = 0; level <= 6; level++) {
    assertEquals(popLog(stackWithRecord(level)), {
      level,
      message: "message é",
      source: "source",
      caller: "caller",
      file: "file.c",
      line: 2 ** 32 - 1,
    });
  }
  assertThrows(() => popLog(stackWithRecord(7)), WireError, "level 7");
  for (const [id, name] of [[0, "message"], [1, "source"], [3, "caller"], [4, "file"]] as const) {
    assertThrows(() => popLog(stackWithRecord(1, id)), WireError, `${name} is missing`);
  }
});

test("Stack.popLog() reads or refuses whatever a guest writes", () => {
  const length = Number(new DataView(stackWithRecord(1).buffer).getBigUint64(0, true));
  let refused = 0;
  let tried = 0;
  for (let at = 0; at < length; at++) {
    for (const value of [0, 1, 4, 8, 0x7f, 0x80, 0xff, length & 0xff]) {
      for (const width of [1, 2, 4, 8]) {
        const bytes = stackWithRecord(1);
        bytes.fill(value, at, Math.min(at + width, length));
        tried++;
        try {
          popLog(bytes);
        } catch (error) {
          assertInstanceOf(error, WireError);
          refused++;
        }
      }
    }
  }
  assert(refused > tried / 2, `${refused} of ${tried} were refused`);
});

testKit(
  "printf() writes lines to the log, and what has no end when the call ends",
  async ({ kit }) => {
    const records: [string, string, string][] = [];
    using sandbox = await kit({
      log: ({ level, source, message }) => records.push([level, source, message]),
    });
    records.length = 0;
    const { print } = sandbox.exports;
    print("one\ntwo\n\nthree", false);
    print("é".repeat(700) + "\n", true);
    const out = (text: string) => ["info", "stdout", text] as [string, string, string];
    const err = (text: string) => ["warn", "stderr", text] as [string, string, string];
    assertEquals(records, [
      ...["one", "two", "", "three"].map(out),
      ...["é".repeat(500), "é".repeat(200)].map(err),
    ]);
    records.length = 0;
    const error = errorOf(() => sandbox.exports.print_and_abort("last words"));
    assertStringIncludes(error.message, "abort() was called");
    assertEquals(records, [out("last words")]);
  },
);

testKit("Sandbox hands debug print to log by lines of at most 1024 bytes", async ({ kit }) => {
  const records: [string, string, string][] = [];
  using sandbox = await kit({
    log: ({ level, source, message }) => records.push([level, source, message]),
    logLevel: "debug",
  });
  records.length = 0;
  const { debug_print } = sandbox.exports;
  const utf8 = (text: string) => new TextEncoder().encode(text);
  debug_print(utf8("one é\n\nthree"), false);
  debug_print(utf8("x".repeat(1500)), false);
  assertEquals(
    errorOf(() => debug_print(utf8("before the crash"), true)).code,
    "ERR_GUEST_EXCEPTION",
  );
  const line = (text: string) => ["debug", "debug-print", text] as [string, string, string];
  assertEquals(
    records,
    ["one é", "", "three", "x".repeat(1024), "x".repeat(476), "before the crash"].map(line),
  );
});

testKit("Sandbox drops debug print that nobody wants", async ({ kit }) => {
  for (const options of [{}, { log: () => assert(false) }] as const) {
    using sandbox = await kit({ ...options, logLevel: "warn" });
    sandbox.exports.debug_print(new TextEncoder().encode("one\ntwo"), false);
  }
});

// --- results without a copy -----------------------------------------------------------------------------------------

testKit(
  "vmlet_result() and vmlet_text_result() survive the log and imports",
  async ({ ring, kit }) => {
    for (const options of [{}, { log: () => {} }]) {
      using sandbox = await kit(options);
      const { build_text, build_bytes, build_other } = sandbox.exports;
      for (const size of [0, 1, 3, 4, 5, 100, 4096, ring === 3 ? 100_000 : 9000]) {
        const letters = Array.from({ length: size }, (_, i) => String.fromCharCode(97 + i % 26));
        assertEquals(build_text(size), letters.join(""), `${size}`);
        assertEquals(build_bytes(size), new Uint8Array(size).map((_, i) => i), `${size}`);
        assertEquals(build_other(size), "another string", `${size}`);
      }
    }
  },
);

testKit("vmlet_result() that does not fit ends the call", async ({ kit }) => {
  const memory = { output: 8192 };
  using sandbox = await kit({ memory });
  for (const name of ["build_text", "build_bytes"] as const) {
    using other = await kit({ memory });
    const error = errorOf(() => other.exports[name](8192));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 8]);
    assertStringIncludes(error.message, "does not fit into the output buffer");
  }
  // With room for the result and none for the call of the import.
  const error = errorOf(() => sandbox.exports.build_text(8096));
  assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 8]);
});

// --- the CPU --------------------------------------------------------------------------------------------------------

test("a guest may use AVX2 where the CPU has it", { skip }, async () => {
  using sandbox = await kit(3);
  const numbers = Int32Array.from({ length: 800 }, (_, i) => i * 7919);
  const bytes = new Uint8Array(numbers.buffer);
  if (sandbox.exports.avx2()) {
    assertEquals(sandbox.exports.sum_avx2(bytes), numbers.reduce((sum, it) => sum + it | 0, 0));
  } else {
    assertStringIncludes(errorOf(() => sandbox.exports.sum_avx2(bytes)).message, "no AVX2");
  }
});

testKit("assert() of the C header ends the call with its text and place", async ({ kit }) => {
  using sandbox = await kit();
  const error = errorOf(() => sandbox.exports.assert_falsely());
  assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 8]);
  assert(
    /tests\/guests\/kit\.c:\d+: assertion failed: 1 \+ 1 == 3/.test(error.message),
    error.message,
  );
});

// --- C++ ------------------------------------------------------------------------------------------------------------

testKit(
  "a guest in C++17 has classes, templates, static objects and the kit's macros",
  async ({ cxx }) => {
    const messages: string[] = [];
    using sandbox = await cxx({ log: ({ message }) => messages.push(message) });
    const { areas, statics, lives, add_with_lambda, make_string } = sandbox.exports;
    assertEquals(messages, ["registry 4"]);
    assertEquals(lives(), 100);
    assertEquals(areas(2, 3), 4 + 27 + 1);
    assertEquals(lives(), 302);
    assertEquals([statics(), statics()], [1002, 1002]);
    assertEquals(messages, ["registry 4", "registry 4"]);
    assertEquals(add_with_lambda(3, 4), 14);
    assertEquals(make_string("straße", true), "STRAßE");
    assertEquals(make_string("straße", false), "straße");
  },
);

testKit(
  "operator new takes from the heap, aligned, and ends the call where there is none",
  async ({ cxx }) => {
    using sandbox = await cxx();
    assertEquals(sandbox.exports.heap_of_new(), 0n);
    const error = errorOf(() => sandbox.exports.exhaust_new());
    assertEquals([error.code, error.guestCode], ["ERR_OUT_OF_MEMORY", 13]);
  },
);

testKit("a pure virtual function that is called ends the call", async ({ cxx }) => {
  using sandbox = await cxx();
  const error = errorOf(() => sandbox.exports.call_pure_virtual());
  assertStringIncludes(error.message, "a pure virtual function was called");
});

// --- the guest of the benchmarks ------------------------------------------------------------------------------------

function bench(heap: number): Promise<Sandbox<typeof BENCH>> {
  const guest = guestBytes("bench");
  return Sandbox.create({ guest, exports: BENCH, imports: HOST_ADD, memory: { heap } });
}

test("bench.c does what the benchmarks call", { skip }, async () => {
  using sandbox = await bench(1 << 20);
  const { noop, add, echo_string, echo_buffer, host_add, dirty } = sandbox.exports;
  assertEquals(noop(), undefined);
  assertEquals(add(2 ** 31 - 1, 1), -(2 ** 31));
  assertEquals(echo_string("é"), "é");
  assertEquals(echo_buffer(Uint8Array.of(1, 2)), Uint8Array.of(1, 2));
  assertEquals(host_add(40, 2), 42);
  dirty(0, 254);
  dirty(253, 1);
  dirty(100, 0);
  for (const [page, count] of [[0, 255], [254, 1], [-1, 1], [1, -1], [2 ** 31 - 1, 2 ** 31 - 1]]) {
    const error = errorOf(() => dirty(page as number, count as number));
    assertInstanceOf(error, VmletError);
    assertStringIncludes(error.message, "are not all among the 254");
  }
});

test("bench.c's busy() takes the time that it is told, once calibrated", { skip }, async () => {
  using sandbox = await bench(1 << 20);
  const { busy, ticks, calibrate } = sandbox.exports;
  busy(0);
  busy(1);
  const start = performance.now();
  const first = ticks();
  while (performance.now() < start + 20);
  const rate = Number(ticks() - first) / ((performance.now() - start) * 1000);
  calibrate(Math.round(rate));
  const before = performance.now();
  busy(20_000);
  const took = performance.now() - before;
  assert(took > 15, `busy(20000) took ${took} ms at ${rate} ticks a microsecond`);
});
