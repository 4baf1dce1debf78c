/** Reads messages of guests: FlatBuffers with every bound checked, since a guest may write anything. */

import { WireError } from "./error.ts";
import type { ResultType, Value } from "./wire.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * One message in memory that its guest wrote. Every offset is checked before it is followed: against the message's end,
 * for alignment, and (vtables, vectors) for the length of what it points to. Alignment is the message's own, since it
 * may begin anywhere. All strings, buffers and vectors together may not exceed the message, so that it costs no more
 * than its length, whatever points to the same place several times.
 */
export class Message {
  #bytes!: Uint8Array;
  #view!: DataView;
  #start = 0;
  #end = 0;
  #spent = 0;

  /** Makes this the message of `end - start` bytes that begins with its size. One object serves all of a stack's. */
  become(bytes: Uint8Array, view: DataView, start: number, end: number): this {
    this.#bytes = bytes;
    this.#view = view;
    this.#start = start;
    this.#end = end;
    this.#spent = 0;
    this.#need(start, 8);
    if (view.getUint32(start, true) + 4 !== end - start) {
      throw new WireError("its size differs from the one that it begins with");
    }
    return this;
  }

  /** How many bytes it has. */
  get size(): number {
    return this.#end - this.#start;
  }

  root(): number {
    return this.#table(this.#follow(this.#start + 4));
  }

  /** The place of a field in a table, or 0 where the field is absent. */
  field(table: number, id: number, size: number): number {
    const vtable = table - this.#view.getInt32(table, true);
    const entry = 4 + id * 2;
    if (entry + 2 > this.#view.getUint16(vtable, true)) return 0;
    const offset = this.#view.getUint16(vtable + entry, true);
    if (offset === 0) return 0;
    if (offset < 4 || offset + size > this.#view.getUint16(vtable + 2, true)) {
      throw new WireError(`field ${id} lies outside of its table`);
    }
    if ((table + offset - this.#start) % size !== 0) {
      throw new WireError(`field ${id} is not aligned`);
    }
    return table + offset;
  }

  u8(table: number, id: number): number {
    const at = this.field(table, id, 1);
    return at === 0 ? 0 : this.#view.getUint8(at);
  }

  u32(table: number, id: number): number {
    const at = this.field(table, id, 4);
    return at === 0 ? 0 : this.#view.getUint32(at, true);
  }

  u64(table: number, id: number): bigint {
    const at = this.field(table, id, 8);
    return at === 0 ? 0n : this.#view.getBigUint64(at, true);
  }

  /** The table that a field points to. */
  child(table: number, id: number, what: string): number {
    const at = this.field(table, id, 4);
    if (at === 0) throw new WireError(`${what} is missing`);
    return this.#table(this.#follow(at));
  }

  string(table: number, id: number, what: string): string {
    const [start, length] = this.#content(table, id, what);
    if (this.#bytes[start + length] !== 0 || start + length >= this.#end) {
      throw new WireError(`${what} does not end with a zero byte`);
    }
    try {
      return utf8.decode(this.#bytes.subarray(start, start + length));
    } catch {
      throw new WireError(`${what} is not UTF-8`);
    }
  }

  buffer(table: number, id: number, what: string): Uint8Array {
    const [start, length] = this.#content(table, id, what);
    return this.#bytes.slice(start, start + length);
  }

  /** A vector of tables; absent is empty. */
  tables(table: number, id: number): { readonly length: number; at(index: number): number } {
    const at = this.field(table, id, 4);
    if (at === 0) return { length: 0, at: () => 0 };
    const vector = this.#follow(at);
    const length = this.#view.getUint32(vector, true);
    if (length > (this.#end - vector - 4) / 4) throw new WireError("a vector ends behind it");
    this.#spend(4 + length * 4);
    return { length, at: (index) => this.#table(this.#follow(vector + 4 + index * 4)) };
  }

  /**
   * The value of a type in the table that a union points to; `bufferField` is where bytes stand. What is left out is the
   * default of its type, empty for strings and bytes as well: Hyperlight's host takes it for that.
   */
  value(table: number, type: ResultType, what: string, bufferField = 0): Value {
    switch (type) {
      case "i32": {
        const at = this.field(table, 0, 4);
        return at === 0 ? 0 : this.#view.getInt32(at, true);
      }
      case "u32": {
        const at = this.field(table, 0, 4);
        return at === 0 ? 0 : this.#view.getUint32(at, true);
      }
      case "i64":
        return BigInt.asIntN(64, this.u64(table, 0));
      case "u64":
        return this.u64(table, 0);
      case "f32": {
        const at = this.field(table, 0, 4);
        return at === 0 ? 0 : this.#view.getFloat32(at, true);
      }
      case "f64": {
        const at = this.field(table, 0, 8);
        return at === 0 ? 0 : this.#view.getFloat64(at, true);
      }
      case "bool":
        return this.u8(table, 0) !== 0;
      case "string":
        return this.field(table, 0, 4) === 0 ? "" : this.string(table, 0, what);
      case "buffer":
        return this.field(table, bufferField, 4) === 0
          ? new Uint8Array(0)
          : this.buffer(table, bufferField, what);
      case "void":
        return undefined;
    }
  }

  #need(at: number, size: number): void {
    if (at < this.#start || at + size > this.#end) throw new WireError("an offset leads outside");
  }

  /** The place that the offset at `at` points to: behind it, aligned, with room for 4 bytes. */
  #follow(at: number): number {
    const target = at + this.#view.getUint32(at, true);
    this.#need(target, 4);
    if (target === at || (target - this.#start) % 4 !== 0) {
      throw new WireError("an offset is not aligned");
    }
    return target;
  }

  /** Checks a table and its vtable; what is left to check is where the fields lie. */
  #table(table: number): number {
    const vtable = table - this.#view.getInt32(table, true);
    this.#need(vtable, 4);
    if ((vtable - this.#start) % 2 !== 0) throw new WireError("a vtable is not aligned");
    const vtableSize = this.#view.getUint16(vtable, true);
    const tableSize = this.#view.getUint16(vtable + 2, true);
    if (vtableSize < 4 || vtableSize % 2 !== 0 || tableSize < 4) {
      throw new WireError("a vtable is too small");
    }
    this.#need(vtable, vtableSize);
    this.#need(table, tableSize);
    return table;
  }

  /** Where the bytes of a string or buffer are. */
  #content(table: number, id: number, what: string): [start: number, length: number] {
    const at = this.field(table, id, 4);
    if (at === 0) throw new WireError(`${what} is missing`);
    const vector = this.#follow(at);
    const length = this.#view.getUint32(vector, true);
    this.#need(vector + 4, length);
    this.#spend(4 + length);
    return [vector + 4, length];
  }

  /** Counts what a string, a buffer or a vector costs. */
  #spend(size: number): void {
    this.#spent += size;
    if (this.#spent > this.#end - this.#start) {
      throw new WireError("its strings, buffers and vectors overlap");
    }
  }
}
