/** Checks what JavaScript passes to a guest, before anything of it reaches the guest. */

import { outOfRange, wrongType } from "../ffi/mod.ts";
import type { ResultType, Value, ValueType } from "../guest/wire.ts";

/** The types of definitions, and of results besides. */
const VALUE_TYPES: ReadonlySet<string> = new Set<ValueType>([
  "i32",
  "u32",
  "i64",
  "u64",
  "f32",
  "f64",
  "bool",
  "string",
  "buffer",
]);

/** The most parameters that a function may have: Hyperlight's limit, and the guest kit's. */
export const MAX_PARAMETERS = 11;

/** The longest name of a function in UTF-8 bytes. */
const MAX_NAME = 256;
/** What a unit of JavaScript's text takes at most in UTF-8. */
const MAX_UNIT = 3;

/** Checks a definition that may come from JavaScript without types: a copy of it, so that what is checked is used. */
export function checkDefinition(
  kind: "export" | "import",
  name: string,
  definition: { parameters?: unknown; result?: unknown } | undefined,
): { parameters: readonly ValueType[]; result: ResultType } {
  const what = `${kind} "${name}"`;
  if (name === "" || !name.isWellFormed() || name.includes("\0")) {
    throw outOfRange(`Cannot define ${what}: a name is text that is not empty, without zero bytes`);
  }
  if (name.length * MAX_UNIT > MAX_NAME && new TextEncoder().encode(name).length > MAX_NAME) {
    throw outOfRange(`Cannot define ${what}: a name has at most ${MAX_NAME} bytes`);
  }
  const parameters = definition?.parameters;
  const result = definition?.result;
  if (!Array.isArray(parameters)) {
    throw wrongType(`Cannot define ${what}: its parameters are not an array`);
  }
  const { length } = parameters;
  if (length > MAX_PARAMETERS) {
    throw outOfRange(
      `Cannot define ${what}: it has ${length} parameters, and ${MAX_PARAMETERS} are the most`,
    );
  }
  const types: ValueType[] = [];
  for (let i = 0; i < length; i++) {
    const type: unknown = parameters[i];
    if (!isValueType(type)) throw wrongType(`Cannot define ${what}: ${unknownType(type)}`);
    types.push(type);
  }
  if (result !== "void" && !isValueType(result)) {
    throw wrongType(`Cannot define ${what}: ${unknownType(result)}`);
  }
  return { parameters: types, result };
}

function isValueType(type: unknown): type is ValueType {
  return VALUE_TYPES.has(type as string);
}

function unknownType(type: unknown): string {
  return `${describe(type)} is no type of a guest's, those are ${[...VALUE_TYPES].join(", ")}`;
}

/** Which value is wrong, in words: parameter `index` of a function, or its result. */
function place(name: string, index: number): string {
  return index === RESULT ? `The result of import "${name}"` : `Argument ${index} of "${name}"`;
}

/** The index that stands for a result. */
export const RESULT = -1;

/**
 * Checks a value against its type. On the hot path: it allocates nothing where the value is right.
 *
 * @throws {TypeError} If it is of another kind.
 * @throws {RangeError} If the type has no such value.
 */
export function checkValue(
  type: ResultType,
  value: unknown,
  name: string,
  index: number,
): asserts value is Value {
  switch (type) {
    case "i32":
      if (typeof value !== "number") break;
      if ((value | 0) !== value) {
        throw outOfRange(
          `${place(name, index)} is ${
            describe(value)
          }, and an i32 is a whole number from -2^31 to 2^31 - 1`,
        );
      }
      return;
    case "u32":
      if (typeof value !== "number") break;
      if (value >>> 0 !== value) {
        throw outOfRange(
          `${place(name, index)} is ${
            describe(value)
          }, and a u32 is a whole number from 0 to 2^32 - 1`,
        );
      }
      return;
    case "i64":
      if (typeof value !== "bigint") break;
      if (BigInt.asIntN(64, value) !== value) {
        throw outOfRange(`${place(name, index)} is ${value}, and an i64 is from -2^63 to 2^63 - 1`);
      }
      return;
    case "u64":
      if (typeof value !== "bigint") break;
      if (BigInt.asUintN(64, value) !== value) {
        throw outOfRange(`${place(name, index)} is ${value}, and a u64 is from 0 to 2^64 - 1`);
      }
      return;
    case "f32":
    case "f64":
      if (typeof value !== "number") break;
      return;
    case "bool":
      if (typeof value !== "boolean") break;
      return;
    case "string":
      if (typeof value !== "string") break;
      if (!value.isWellFormed()) {
        throw outOfRange(
          `${
            place(name, index)
          } has a lone surrogate, and such text has no UTF-8: use toWellFormed()`,
        );
      }
      return;
    case "buffer":
      if (!(value instanceof Uint8Array)) break;
      return;
    case "void":
      if (value !== undefined) break;
      return;
  }
  throw wrongType(`${place(name, index)} is ${describe(value)} instead of ${EXPECTED[type]}`);
}

const EXPECTED: Readonly<Record<ResultType, string>> = {
  i32: "a number (i32)",
  u32: "a number (u32)",
  i64: "a bigint (i64)",
  u64: "a bigint (u64)",
  f32: "a number (f32)",
  f64: "a number (f64)",
  bool: "a boolean",
  string: "a string",
  buffer: "a Uint8Array (buffer)",
  void: "undefined (void)",
};

/** A value in a few words, for messages. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "string":
      return `the string ${JSON.stringify(value.length > 32 ? `${value.slice(0, 32)}…` : value)}`;
    case "bigint":
      return `the bigint ${value}n`;
    case "number":
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : `an object (${value.constructor?.name ?? "no prototype"})`;
    default:
      return `a ${typeof value}`;
  }
}
