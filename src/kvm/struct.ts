/** Describes C structures by their fields' offsets, and makes views that read and write them in place. */

import { INSPECT } from "../ffi/mod.ts";

/** How a field lies in memory and what JavaScript sees of it. */
export interface Field<T> {
  /** Where the field begins, in bytes from the structure's start. */
  readonly offset: number;
  /** How long the field is in bytes. */
  readonly size: number;
  /** Reads the field of the structure that begins where `view` does. */
  get(view: DataView): T;
  /** Writes the field; nested structures and arrays are written through their own fields instead. */
  set?(view: DataView, value: T): void;
}

/** A view over one structure: named fields that read and write its memory. It prints as its C name and fields. */
export interface Struct {
  /** The structure's memory. */
  readonly bytes: Uint8Array;
  /** The fields as JSON can have them: 64-bit numbers as `0x…`, raw bytes as hexadecimal digits. */
  toJSON(): Record<string, unknown>;
}

/** The fields of a structure's view, without what every view has. */
export type Fields<T extends Struct> = {
  readonly [K in Exclude<keyof T, keyof Struct>]: Field<T[K]>;
};

/** A C structure: its name and size, its fields, and views over it. */
export interface StructType<T extends Struct> {
  /** The name in C. */
  readonly name: string;
  /** The size in bytes. */
  readonly size: number;
  /** The fields by name: the C names in camelCase. */
  readonly fields: Fields<T>;
  /** A new structure of zeros in memory of its own. */
  create(): T;
  /** A view over a structure that begins at `offset` of `buffer`. */
  at(buffer: ArrayBuffer, offset?: number): T;
}

/** Structures that are longer than this when printed go over several lines. */
const PRINT_WIDTH = 160;

/** Describes a structure. */
export function struct<T extends Struct>(
  name: string,
  size: number,
  fields: Fields<T>,
): StructType<T> {
  class View {
    // Private, so that only the fields show when a view is printed.
    readonly #bytes: Uint8Array;
    readonly #view: DataView;
    constructor(buffer: ArrayBuffer, offset: number) {
      this.#bytes = new Uint8Array(buffer, offset, size);
      this.#view = new DataView(buffer, offset, size);
    }
    get bytes(): Uint8Array {
      return this.#bytes;
    }
    get view(): DataView {
      return this.#view;
    }
    toJSON(): Record<string, unknown> {
      return Object.fromEntries(values(this).map(([key, value]) => [key, toJson(value)]));
    }
    toString(): string {
      const parts = values(this).map(([key, value]) => `${key}: ${print(value)}`);
      const line = `${name} { ${parts.join(", ")} }`;
      if (line.length <= PRINT_WIDTH && !line.includes("\n")) return line;
      return `${name} {\n  ${parts.join(",\n").replaceAll("\n", "\n  ")}\n}`;
    }
    [INSPECT](): string {
      return this.toString();
    }
  }
  const values = (view: View): [string, unknown][] =>
    Object.entries<Field<unknown>>(fields).map(([key, field]) => [key, field.get(view.view)]);
  for (const [key, field] of Object.entries<Field<unknown>>(fields)) {
    Object.defineProperty(View.prototype, key, {
      enumerable: true,
      get(this: View): unknown {
        return field.get(this.view);
      },
      set(this: View, value: unknown): void {
        if (!field.set) throw new TypeError(`Cannot assign ${name}.${key}: set its own fields`);
        field.set(this.view, value);
      },
    });
  }
  const at = (buffer: ArrayBuffer, offset = 0) => new View(buffer, offset) as unknown as T;
  return { name, size, fields, at, create: () => at(new ArrayBuffer(size)) };
}

function toJson(value: unknown): unknown {
  if (typeof value === "bigint") return hex(value);
  if (value instanceof BigUint64Array) return Array.from(value, hex);
  return value instanceof Uint8Array ? hexDigits(value) : value;
}

function print(value: unknown): string {
  if (typeof value === "bigint") return hex(value);
  if (value instanceof Uint8Array) return `<${hexDigits(value)}>`;
  if (value instanceof BigUint64Array) return `[${Array.from(value, hex).join(", ")}]`;
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  return String(value);
}

const hex = (value: bigint) => `0x${value.toString(16)}`;

/** Bytes as two hexadecimal digits each. */
export function hexDigits(bytes: Uint8Array, separator = ""): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(separator);
}

/** An unsigned 8-bit field. */
export const u8 = (offset: number): Field<number> => ({
  offset,
  size: 1,
  get: (view) => view.getUint8(offset),
  set: (view, value) => view.setUint8(offset, value),
});

/** An unsigned 16-bit field. */
export const u16 = (offset: number): Field<number> => ({
  offset,
  size: 2,
  get: (view) => view.getUint16(offset, true),
  set: (view, value) => view.setUint16(offset, value, true),
});

/** An unsigned 32-bit field. */
export const u32 = (offset: number): Field<number> => ({
  offset,
  size: 4,
  get: (view) => view.getUint32(offset, true),
  set: (view, value) => view.setUint32(offset, value, true),
});

/** An unsigned 64-bit field. */
export const u64 = (offset: number): Field<bigint> => ({
  offset,
  size: 8,
  get: (view) => view.getBigUint64(offset, true),
  set: (view, value) => view.setBigUint64(offset, value, true),
});

/** A field of raw bytes. */
export const bytes = (offset: number, size: number): Field<Uint8Array> => ({
  offset,
  size,
  get: (view) => new Uint8Array(view.buffer as ArrayBuffer, view.byteOffset + offset, size),
});

/** An array of unsigned 64-bit numbers; the structure must begin at a multiple of 8. */
export const words = (offset: number, count: number): Field<BigUint64Array> => ({
  offset,
  size: count * 8,
  get: (view) => new BigUint64Array(view.buffer as ArrayBuffer, view.byteOffset + offset, count),
});

/** A structure inside a structure. */
export const nested = <T extends Struct>(offset: number, type: StructType<T>): Field<T> => ({
  offset,
  size: type.size,
  get: (view) => type.at(view.buffer as ArrayBuffer, view.byteOffset + offset),
});

/** An array of structures inside a structure. */
export const array = <T extends Struct>(
  offset: number,
  count: number,
  type: StructType<T>,
): Field<readonly T[]> => ({
  offset,
  size: count * type.size,
  get: (view) =>
    Array.from(
      { length: count },
      (_, i) => type.at(view.buffer as ArrayBuffer, view.byteOffset + offset + i * type.size),
    ),
});
