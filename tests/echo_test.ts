/** Random values of every type go into a guest and come back the same. VMLET_SEED=… repeats a run. */

import { test } from "node:test";
import process from "node:process";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Sandbox, VmletError } from "../mod.ts";
import { ECHO, guestBytes } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const RUNS = 10_000;
const SEED = Number(process.env.VMLET_SEED ?? crypto.getRandomValues(new Int32Array(1))[0]);
console.log(`echo_test: VMLET_SEED=${SEED}, ${RUNS} values of each type`);

type Echo = Sandbox<typeof ECHO>["exports"];

function echo(): Promise<Sandbox<typeof ECHO>> {
  return Sandbox.create({ guest: guestBytes("echo"), exports: ECHO });
}

/** Every pattern of bits: numbers as they are used, and such as nobody thinks of. */
const bits64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const view = new DataView(new ArrayBuffer(8));
const fromBits64 = (bits: bigint) => {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};
const fromBits32 = (bits: number) => {
  view.setUint32(0, bits);
  return view.getFloat32(0);
};
/** All of Unicode but lone surrogates. */
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 10 }),
  fc.constantFrom(
    "",
    "\0",
    "a\0b",
    "\ufeff",
    "\uffff",
    "\u{10ffff}",
    "\ud7ff\ue000",
    "x".repeat(5000),
  ),
);
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const CASES: {
  readonly [K in keyof Echo & `echo_${string}`]?: {
    readonly values: fc.Arbitrary<Parameters<Echo[K]>[0]>;
    readonly extremes: readonly Parameters<Echo[K]>[0][];
  };
} = {
  echo_i32: { values: fc.integer(), extremes: [0, -0 | 0, 1, -1, 2 ** 31 - 1, -(2 ** 31)] },
  echo_u32: { values: u32, extremes: [0, 1, 2 ** 31, 2 ** 32 - 1] },
  echo_i64: {
    values: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    extremes: [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n],
  },
  echo_u64: { values: bits64, extremes: [0n, 1n, 2n ** 63n, 2n ** 64n - 1n] },
  echo_f32: {
    values: fc.oneof(fc.float(), u32.map(fromBits32)),
    extremes: [0, -0, NaN, Infinity, -Infinity, 1.401298464324817e-45, 3.4028234663852886e38],
  },
  echo_f64: {
    values: fc.oneof(fc.double(), bits64.map(fromBits64)),
    extremes: [0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 0.1],
  },
  echo_bool: { values: fc.boolean(), extremes: [false, true] },
  echo_string: { values: text, extremes: ["", "\0", "\u{1f600}", "é".repeat(100_000)] },
  echo_buffer: {
    values: fc.uint8Array({ maxLength: 60 }),
    extremes: [...[0, 1, 7, 4095, 4096, 65537, 1 << 20]].map((length) =>
      new Uint8Array(length).map((_, i) => i * 31)
    ),
  },
};

function same(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array && b instanceof Uint8Array)) return Object.is(a, b);
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

for (const [name, { values, extremes }] of Object.entries(CASES)) {
  test(`Sandbox.exports.${name} gives back ${RUNS} random values`, { skip }, async () => {
    using sandbox = await echo();
    const call = sandbox.exports[name as keyof Echo] as (value: unknown) => unknown;
    for (const value of extremes) assert(same(call(value), value), `${value}`.slice(0, 50));
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => same(call(value), value)),
      { numRuns: RUNS, seed: SEED },
    );
  });
}

test("Sandbox.exports.echo_f32 rounds as Math.fround does", { skip }, async () => {
  using sandbox = await echo();
  const { echo_f32 } = sandbox.exports;
  fc.assert(
    fc.property(fc.double(), (value) => Object.is(echo_f32(value), Math.fround(value))),
    { numRuns: 1000, seed: SEED },
  );
});

test("Sandbox.exports.echo_void returns nothing", { skip }, async () => {
  using sandbox = await echo();
  assertEquals(sandbox.exports.echo_void(), undefined);
});

test(
  "Sandbox.exports.echo_buffer and echo_string fill the input buffer to its last byte",
  { skip },
  async () => {
    const input = 16 * 1024 * 1024;
    using sandbox = await Sandbox.create({
      guest: guestBytes("echo"),
      exports: ECHO,
      memory: { input, output: input + 4096 },
    });
    /** The largest length that is not refused, and the result for it. */
    const largest = <T>(call: (length: number) => T): [number, T] => {
      for (let length = input; length > input - 1000; length--) {
        try {
          return [length, call(length)];
        } catch (error) {
          if (!(error instanceof VmletError) || error.code !== "ERR_TOO_LARGE") throw error;
        }
      }
      throw new Error("nothing fits");
    };
    const bytes = new Uint8Array(input).map((_, i) => i >> 3);
    const [length, result] = largest((length) =>
      sandbox.exports.echo_buffer(bytes.subarray(0, length))
    );
    assert(length > input - 200, `${length} bytes`);
    assertEquals(result.length, length);
    assert(result.every((byte, i) => byte === ((i >> 3) & 255)));
    const characters = "abcdefgh".repeat(input / 8);
    const [size, text] = largest((size) => sandbox.exports.echo_string(characters.slice(0, size)));
    assert(size > input - 200, `${size} bytes`);
    assert(text === characters.slice(0, size));
    assert(!sandbox.poisoned);
  },
);
