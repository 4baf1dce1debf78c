/**
 * A generated table of lies: each field of each record that a guest writes, set to each value that could confuse its
 * host, in results and in calls of imports. Every lie ends in a typed error or in a value of the right type, and after
 * a restore the sandbox answers.
 */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { type ErrorCode, Sandbox, VmletError } from "../mod.ts";
import {
  CallEncoder,
  pushHostError,
  ResultEncoder,
  type ResultType,
  Stack,
  type Value,
  type ValueType,
} from "../src/guest/wire.ts";
import { undescribed } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

const VALUES: readonly (readonly [ResultType, Value])[] = [
  ["i32", -5],
  ["u32", 5],
  ["i64", -5n],
  ["u64", 5n],
  ["f32", 1.5],
  ["f64", 2.5],
  ["bool", true],
  ["string", "text"],
  ["buffer", Uint8Array.of(1, 2, 3)],
  ["void", undefined],
];
const PARAMETERS = VALUES.filter(([type]) => type !== "void") as [ValueType, Value][];

/** The bytes of a stack with one message, from its pointer to its top. */
function stackWith(write: (stack: Stack) => void): Uint8Array {
  const bytes = new Uint8Array(4096);
  const stack = new Stack(bytes.length, () => bytes);
  stack.reset();
  write(stack);
  return bytes.slice(0, new DataView(bytes.buffer).getUint32(0, true));
}

const result = (type: ResultType, value: Value) =>
  stackWith((stack) => new ResultEncoder(type).push(stack, value));

/** A call of the import `take`: the host's own message, made one of the guest's. */
function importCall(types: readonly ValueType[], values: readonly Value[]): Uint8Array {
  const bytes = stackWith((stack) => new CallEncoder("take", types, "string").push(stack, values));
  const view = new DataView(bytes.buffer);
  const table = 12 + view.getUint32(12, true);
  const vtable = table - view.getInt32(table, true);
  const type = table + view.getUint16(vtable + 8, true);
  assertEquals(view.getUint8(type), 1, "function_call_type: a call of the guest's");
  view.setUint8(type, 2);
  return bytes;
}

/** Every lie that one field can tell: an offset, a width and a value. */
function* lies(honest: Uint8Array): Generator<Uint8Array> {
  const size = honest.length;
  const view = new DataView(honest.buffer);
  for (const width of [1, 2, 4, 8] as const) {
    for (let offset = 0; offset + width <= size; offset += width) {
      const is = width === 1
        ? BigInt(view.getUint8(offset))
        : width === 2
        ? BigInt(view.getUint16(offset, true))
        : width === 4
        ? BigInt(view.getUint32(offset, true))
        : view.getBigUint64(offset, true);
      const max = 2n ** BigInt(8 * width) - 1n;
      const sizes = [size, size - 1, size + 1, size - offset, offset, 4, 8].map(BigInt);
      const values = [0n, 1n, max, max - 3n, max >> 1n, is + 1n, is - 1n, is * 2n, ...sizes];
      for (const value of new Set(values.map((it) => it & max))) {
        if (value === is) continue;
        const lie = honest.slice();
        for (let i = 0; i < width; i++) lie[offset + i] = Number(value >> BigInt(8 * i) & 255n);
        yield lie;
      }
    }
  }
  for (let length = 0; length < size; length++) yield honest.slice(0, length);
}

const EXPECTED: ReadonlySet<ErrorCode> = new Set([
  "ERR_GUEST_PROTOCOL",
  "ERR_GUEST_FUNCTION_MISMATCH",
  "ERR_GUEST_FUNCTION_NOT_FOUND",
  "ERR_GUEST_ERROR",
]);

const IS: Readonly<Record<ResultType, (value: unknown) => boolean>> = {
  i32: (it) => typeof it === "number" && (it | 0) === it,
  u32: (it) => typeof it === "number" && it >>> 0 === it,
  i64: (it) => typeof it === "bigint" && BigInt.asIntN(64, it) === it,
  u64: (it) => typeof it === "bigint" && BigInt.asUintN(64, it) === it,
  f32: (it) => typeof it === "number",
  f64: (it) => typeof it === "number",
  bool: (it) => typeof it === "boolean",
  string: (it) => typeof it === "string",
  buffer: (it) => it instanceof Uint8Array,
  void: (it) => it === undefined,
};

/** Tells every lie, and returns how many those were. */
async function tell(honest: Uint8Array, type: ResultType, asImport: boolean): Promise<number> {
  const seen: unknown[][] = [];
  const parameters = PARAMETERS.map(([it]) => it);
  using sandbox = await Sandbox.create({
    guest: undescribed("hostile"),
    exports: {
      forge: { parameters: ["buffer", "bool"], result: type },
      hello: { parameters: [], result: "i32" },
    },
    imports: {
      take: {
        parameters,
        result: "string",
        callback: (...args: unknown[]) => {
          seen.push(args);
          return "taken";
        },
      },
    },
  });
  const clean = sandbox.snapshot();
  let count = 0;
  for (const lie of lies(honest)) {
    count++;
    try {
      const value: unknown = sandbox.exports.forge(lie, asImport);
      assert(IS[type](value), `${value} is no ${type}`);
    } catch (error) {
      assert(error instanceof VmletError && EXPECTED.has(error.code), `${error}`);
    }
    for (const args of seen.splice(0)) {
      args.forEach((arg, i) =>
        assert(IS[parameters[i] as ValueType](arg), `${arg} is no ${parameters[i]}`)
      );
    }
    sandbox.restore(clean);
    if (count % 50 === 0) assertEquals(sandbox.exports.hello(), 42);
  }
  assertEquals(sandbox.exports.hello(), 42);
  return count;
}

for (const [type, value] of VALUES) {
  test(
    `a guest that lies anywhere in a result of type ${type} ends in a typed error`,
    { skip },
    async () => {
      const count = await tell(result(type, value), type, false);
      console.log(`${count} lies in a result of type ${type}`);
      assert(count > 500);
    },
  );
}

test("a guest that lies anywhere in an error ends in a typed error", { skip }, async () => {
  const count = await tell(stackWith((stack) => pushHostError(stack, "no")), "i32", false);
  console.log(`${count} lies in an error`);
  assert(count > 500);
});

test(
  "a guest that lies anywhere in a call of an import ends in a typed error",
  { skip },
  async () => {
    const honest = importCall(
      PARAMETERS.map(([type]) => type),
      PARAMETERS.map(([, value]) => value),
    );
    const count = await tell(honest, "i32", true);
    console.log(`${count} lies in a call of an import with parameters of every type`);
    assert(count > 2000);
  },
);
