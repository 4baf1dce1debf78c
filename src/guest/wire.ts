/**
 * The messages between host and guest: size-prefixed FlatBuffers of Hyperlight v0.11's schema, encoded by templates and
 * decoded with every bound checked, since a guest may write anything.
 */

import { GuestFailure, MismatchError, TooLargeError, WireError } from "./error.ts";

/** The types of parameters and results by their names here. */
export type ValueType =
  | "i32"
  | "u32"
  | "i64"
  | "u64"
  | "f32"
  | "f64"
  | "bool"
  | "string"
  | "buffer";

/** What a function may return. */
export type ResultType = ValueType | "void";

/** A value of any type as JavaScript has it. */
export type Value = number | bigint | boolean | string | Uint8Array | undefined;

/** Members of the union `ParameterValue`; `ReturnValue` differs from 9 on. */
const VALUE_TAG: Readonly<Record<ValueType, number>> = {
  i32: 1,
  u32: 2,
  i64: 3,
  u64: 4,
  f32: 5,
  f64: 6,
  string: 7,
  bool: 8,
  buffer: 9,
};
const RETURN_TAG: Readonly<Record<ResultType, number>> = { ...VALUE_TAG, void: 9, buffer: 10 };
/** The enumeration `ReturnType`. */
const RETURN_TYPE: Readonly<Record<ResultType, number>> = {
  i32: 0,
  u32: 1,
  i64: 2,
  u64: 3,
  f32: 4,
  f64: 5,
  string: 6,
  bool: 7,
  void: 8,
  buffer: 9,
};

const CALL_OF_GUEST = 1;
const CALL_OF_HOST = 2;
const RESULT_VALUE = 1;
const RESULT_ERROR = 2;
const MAX_LOG_LEVEL = 6;
/** The code of an error that the host reports to the guest. */
const HOST_ERROR = 17;

const encoder = new TextEncoder();

/** The name of a tag, for messages. */
function tagName(tags: Readonly<Record<string, number>>, tag: number): string {
  return Object.entries(tags).find(([, it]) => it === tag)?.[0] ?? `type ${tag}`;
}

// --- encoding -------------------------------------------------------------------------------------------------------

/** Where a template takes a value: its place and type. */
interface Slot {
  readonly type: ResultType;
  readonly offset: number;
  /** Where a buffer's length is repeated in a field of its own, or 0. */
  readonly lengthOffset: number;
}

/** A message whose fixed part was encoded once; values of fixed size are written in place, others behind it. */
class Template {
  readonly #head: Uint8Array;
  readonly #slots: readonly Slot[];

  constructor(head: Uint8Array, slots: readonly Slot[]) {
    this.#head = head;
    this.#slots = slots;
  }

  /**
   * Writes the message at `base`, a multiple of 4, up to `limit` at most.
   *
   * @returns Its length. It ends at a multiple of 8.
   * @throws {TooLargeError} If it does not fit.
   */
  write(
    target: Uint8Array,
    view: DataView,
    base: number,
    limit: number,
    values: readonly Value[],
  ): number {
    // On the hot path: one copy, and a store for each value of fixed size.
    const head = this.#head;
    let end = base + head.length;
    if (end > limit) throw tooLarge(base, end, limit);
    target.set(head, base);
    for (let i = 0; i < this.#slots.length; i++) {
      const slot = this.#slots[i] as Slot;
      const offset = base + slot.offset;
      const value = values[i];
      switch (slot.type) {
        case "i32":
          view.setInt32(offset, value as number, true);
          break;
        case "u32":
          view.setUint32(offset, value as number, true);
          break;
        case "i64":
          view.setBigInt64(offset, value as bigint, true);
          break;
        case "u64":
          view.setBigUint64(offset, value as bigint, true);
          break;
        case "f32":
          view.setFloat32(offset, value as number, true);
          break;
        case "f64":
          view.setFloat64(offset, value as number, true);
          break;
        case "bool":
          view.setUint8(offset, value ? 1 : 0);
          break;
        case "string":
          view.setUint32(offset, end - offset, true);
          end = writeString(target, view, base, end, limit, value as string);
          break;
        case "buffer":
          view.setUint32(offset, end - offset, true);
          end = writeBytes(target, view, base, end, limit, value as Uint8Array);
          if (slot.lengthOffset !== 0) {
            view.setInt32(base + slot.lengthOffset, (value as Uint8Array).length, true);
          }
          break;
        case "void":
      }
    }
    end = (end + 7) & ~7;
    if (end > limit) throw tooLarge(base, end, limit);
    view.setUint32(base, end - base - 4, true);
    return end - base;
  }
}

function tooLarge(base: number, end: number, limit: number): TooLargeError {
  return new TooLargeError(`${end - base} bytes are needed and ${limit - base} are there`);
}

/** Writes a string at `at`, with its length before and a zero byte behind it; the new end. */
function writeString(
  target: Uint8Array,
  view: DataView,
  base: number,
  at: number,
  limit: number,
  text: string,
): number {
  const start = at + 4;
  // Even if each character is one byte, the zero byte must fit.
  if (start + text.length + 1 > limit) throw tooLarge(base, start + text.length + 1, limit);
  const { read, written } = encoder.encodeInto(text, target.subarray(start, limit - 1));
  if (read !== text.length) {
    throw tooLarge(base, start + encoder.encode(text).length + 1, limit);
  }
  view.setUint32(at, written, true);
  target[start + written] = 0;
  return align4(start + written + 1);
}

/** Writes a vector of bytes at `at`; the new end. */
function writeBytes(
  target: Uint8Array,
  view: DataView,
  base: number,
  at: number,
  limit: number,
  bytes: Uint8Array,
): number {
  const start = at + 4;
  const end = start + bytes.length;
  if (end > limit) throw tooLarge(base, end, limit);
  view.setUint32(at, bytes.length, true);
  target.set(bytes, start);
  return align4(end);
}

const align4 = (offset: number) => (offset + 3) & ~3;

/** Builds the fixed part of a message, from its start on. */
class Head {
  readonly #bytes = new Uint8Array(4096);
  readonly #view = new DataView(this.#bytes.buffer);
  readonly slots: Slot[] = [];
  length = 8; // the size prefix, and the offset of the root table

  finish(): Template {
    return new Template(this.#bytes.slice(0, this.length), this.slots);
  }

  /** Makes the next table the root. */
  root(table: number): void {
    this.#view.setUint32(4, table - 4, true);
  }

  /** Appends a table: each field's size and the offset of its place, in the order of their ids; 0 for none. */
  table(size: number, offsets: readonly number[], alignment: 4 | 8 = 4): number {
    const vtable = this.length;
    this.#view.setUint16(vtable, 4 + offsets.length * 2, true);
    this.#view.setUint16(vtable + 2, size, true);
    offsets.forEach((offset, i) => this.#view.setUint16(vtable + 4 + i * 2, offset, true));
    let table = align4(vtable + 4 + offsets.length * 2);
    // An 8-byte value stands behind the 4 bytes that point to the vtable.
    if (alignment === 8 && table % 8 === 0) table += 4;
    this.#view.setInt32(table, table - vtable, true);
    this.length = align4(table + size);
    return table;
  }

  u8(at: number, value: number): void {
    this.#view.setUint8(at, value);
  }

  u32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  /** Points the field at `at` to `target`, which stands behind it. */
  link(at: number, target: number): void {
    this.#view.setUint32(at, target - at, true);
  }

  /** Appends a string that is the same in each message. */
  text(text: string): number {
    const at = this.length;
    this.length = writeString(this.#bytes, this.#view, 0, at, this.#bytes.length, text);
    return at;
  }

  /** Appends a vector of offsets; their places begin 4 bytes behind it. */
  offsets(count: number): number {
    const at = this.length;
    this.#view.setUint32(at, count, true);
    this.length = at + 4 + count * 4;
    return at;
  }

  /** Appends the table that holds one value, such as `hlint`, and notes where the value goes. */
  value(type: ResultType, isResult: boolean): number {
    let table: number;
    if (type === "void") return this.table(4, []);
    if (type === "buffer" && isResult) {
      table = this.table(12, [4, 8]); // hlsizeprefixedbuffer: size, value
      this.slots.push({ type, offset: table + 8, lengthOffset: table + 4 });
      return table;
    }
    const wide = type === "i64" || type === "u64" || type === "f64";
    table = wide ? this.table(12, [4], 8) : this.table(8, [4]);
    this.slots.push({ type, offset: table + 4, lengthOffset: 0 });
    return table;
  }
}

/** Encodes the calls of one guest function. */
export class CallEncoder {
  readonly #template: Template;

  /** Prepares the message for a function's name, parameters and result. */
  constructor(name: string, parameters: readonly ValueType[], result: ResultType) {
    const head = new Head();
    // FunctionCall: function_name, parameters, function_call_type, expected_return_type
    const call = head.table(16, [4, parameters.length > 0 ? 8 : 0, 12, 13]);
    head.root(call);
    head.u8(call + 12, CALL_OF_GUEST);
    head.u8(call + 13, RETURN_TYPE[result]);
    head.link(call + 4, head.text(name));
    if (parameters.length > 0) {
      const vector = head.offsets(parameters.length);
      head.link(call + 8, vector);
      parameters.forEach((type, i) => {
        // Parameter: value_type, value
        const parameter = head.table(12, [8, 4]);
        head.link(vector + 4 + i * 4, parameter);
        head.u8(parameter + 8, VALUE_TAG[type]);
        head.link(parameter + 4, head.value(type, false));
      });
    }
    this.#template = head.finish();
  }

  /**
   * Pushes a call on a stack.
   *
   * @throws {TooLargeError} If it does not fit; the stack is as before then.
   */
  push(stack: Stack, values: readonly Value[]): void {
    stack.push(this.#template, values);
  }
}

/** Encodes the results of one host function. */
export class ResultEncoder {
  readonly #template: Template;

  /** Prepares the message for a type of result. */
  constructor(type: ResultType) {
    const head = new Head();
    // FunctionCallResult: result_type, result
    const root = head.table(12, [8, 4]);
    head.root(root);
    head.u8(root + 8, RESULT_VALUE);
    // ReturnValueBox: value_type, value
    const box = head.table(12, [8, 4]);
    head.link(root + 4, box);
    head.u8(box + 8, RETURN_TAG[type]);
    head.link(box + 4, head.value(type, true));
    this.#template = head.finish();
  }

  /** Pushes a result on a stack; throws like {@linkcode CallEncoder.push}. */
  push(stack: Stack, value: Value): void {
    stack.push(this.#template, [value]);
  }
}

/** Pushes an error of the host on a stack; throws like {@linkcode CallEncoder.push}. */
export function pushHostError(stack: Stack, message: string): void {
  errorTemplate ??= (() => {
    const head = new Head();
    const root = head.table(12, [8, 4]);
    head.root(root);
    head.u8(root + 8, RESULT_ERROR);
    // GuestError: code, message
    const error = head.table(16, [4, 12], 8);
    head.link(root + 4, error);
    head.u32(error + 4, HOST_ERROR);
    head.slots.push({ type: "string", offset: error + 12, lengthOffset: 0 });
    return head.finish();
  })();
  stack.push(errorTemplate, [message]);
}

let errorTemplate: Template | undefined;

// --- decoding -------------------------------------------------------------------------------------------------------

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A record of a guest's log, as Hyperlight has it. */
export interface LogRecord {
  /** Trace, debug, information, warning, error, critical and none, from 0 on. */
  readonly level: number;
  readonly message: string;
  readonly source: string;
  readonly caller: string;
  readonly file: string;
  readonly line: number;
}

/** A call of a host function by its guest, with the parameters still in the message. */
export interface HostCall {
  readonly name: string;
  /** How many parameters the guest passed. */
  readonly count: number;
  /**
   * Copies the parameters out.
   *
   * @throws {MismatchError} If they have other types or are not as many.
   * @throws {WireError} If the message is broken.
   */
  values(types: readonly ValueType[]): Value[];
  /** The type that the guest expects back. */
  readonly result: string;
}

/**
 * One message in memory that its guest wrote. Every offset is checked before it is followed: against the message's end,
 * for alignment, and (vtables, vectors) for the length of what it points to. Nothing is followed twice, so a message
 * costs no more than its length: the bytes of all strings and buffers together may not exceed the message.
 */
class Message {
  #bytes!: Uint8Array;
  #view!: DataView;
  #start = 0;
  #end = 0;
  #copied = 0;

  /** Makes this the message of `end - start` bytes that begins with its size. One object serves all of a stack's. */
  become(bytes: Uint8Array, view: DataView, start: number, end: number): this {
    this.#bytes = bytes;
    this.#view = view;
    this.#start = start;
    this.#end = end;
    this.#copied = 0;
    this.#need(start, 8);
    if (view.getUint32(start, true) + 4 !== end - start) {
      throw new WireError("its size differs from the one that it begins with");
    }
    return this;
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
    return { length, at: (index) => this.#table(this.#follow(vector + 4 + index * 4)) };
  }

  /** The value of a type in the table that a union points to. */
  value(table: number, type: ResultType, what: string): Value {
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
        return this.string(table, 0, what);
      case "buffer":
        return this.buffer(table, 0, what);
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
    this.#copied += length;
    if (this.#copied > this.#end - this.#start) {
      throw new WireError("its strings and buffers overlap");
    }
    return [vector + 4, length];
  }
}

function decodeResult(message: Message, expected: ResultType): Value {
  const root = message.root();
  const kind = message.u8(root, 0);
  const result = message.child(root, 1, "the result");
  if (kind === RESULT_ERROR) {
    const code = message.u64(result, 0);
    const absent = message.field(result, 1, 4) === 0;
    throw new GuestFailure(
      Number(BigInt.asUintN(53, code)),
      absent ? "" : message.string(result, 1, "the error's message"),
    );
  }
  if (kind !== RESULT_VALUE) throw new WireError(`its result is of kind ${kind}`);
  const tag = message.u8(result, 0);
  if (tag !== RETURN_TAG[expected]) {
    throw new MismatchError(`it returns ${tagName(RETURN_TAG, tag)} instead of ${expected}`);
  }
  const value = message.child(result, 1, "the result's value");
  // hlsizeprefixedbuffer has its bytes in the second field.
  return expected === "buffer"
    ? message.buffer(value, 1, "the result")
    : message.value(value, expected, "the result");
}

function decodeHostCall(message: Message): HostCall {
  const root = message.root();
  const name = message.string(root, 0, "the function's name");
  if (message.u8(root, 2) !== CALL_OF_HOST) throw new WireError("it is no call of a host function");
  const parameters = message.tables(root, 1);
  return {
    name,
    count: parameters.length,
    result: tagName(RETURN_TYPE, message.u8(root, 3)),
    values: (types) => {
      if (types.length !== parameters.length) {
        throw new MismatchError(
          `it has ${parameters.length} parameters instead of ${types.length}`,
        );
      }
      return types.map((type, i) => {
        const parameter = parameters.at(i);
        const tag = message.u8(parameter, 0);
        if (tag !== VALUE_TAG[type]) {
          throw new MismatchError(
            `parameter ${i} is ${tagName(VALUE_TAG, tag)} instead of ${type}`,
          );
        }
        const what = `parameter ${i}`;
        return message.value(message.child(parameter, 1, what), type, what);
      });
    },
  };
}

function decodeLog(message: Message): LogRecord {
  const root = message.root();
  const level = message.u8(root, 2);
  if (level > MAX_LOG_LEVEL) throw new WireError(`it has the level ${level}`);
  return {
    level,
    message: message.string(root, 0, "its message"),
    source: message.string(root, 1, "its source"),
    caller: message.string(root, 3, "its caller"),
    file: message.string(root, 4, "its file"),
    line: message.u32(root, 5),
  };
}

// --- the stacks -----------------------------------------------------------------------------------------------------

/** The stack pointer of an empty stack: the pointer itself takes 8 bytes. */
const EMPTY = 8;

/** How much of a stack is enough for most messages. */
const SMALL = 64 * 1024;

/** FlatBuffers are whole words of 4 bytes, and 8 only where one holds a wider value. */
const ALIGNMENT = 4;

/**
 * The stack of messages in one direction. It lies in the guest's memory, so all that is read from it may be a lie:
 * pointers are checked before they are followed, and nothing is repeated until the guest's data says stop.
 */
export class Stack {
  readonly #size: number;
  readonly #open: (length: number) => Uint8Array;
  readonly #message = new Message();
  #bytes!: Uint8Array;
  #view!: DataView;

  /**
   * A stack of `size` bytes. `open` gives its first `length` bytes; it is asked for all of them when a message needs
   * more than the first few, since runtimes count each byte that they can see as memory of theirs and collect garbage
   * for it.
   */
  constructor(size: number, open: (length: number) => Uint8Array) {
    this.#size = size;
    this.#open = open;
    this.#see(Math.min(size, SMALL));
  }

  #see(length: number): void {
    const bytes = this.#open(length);
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Empties the stack. */
  reset(): void {
    this.#setPointer(EMPTY);
  }

  /**
   * Writes a message on top.
   *
   * @throws {TooLargeError} If it does not fit.
   * @throws {WireError} If the stack pointer is not in the stack.
   */
  push(template: Template, values: readonly Value[]): void {
    const base = this.#pointer();
    let length: number;
    try {
      // Behind the message stands where it began.
      length = template.write(this.#bytes, this.#view, base, this.#bytes.length - 8, values);
    } catch (error) {
      if (!(error instanceof TooLargeError) || this.#bytes.length === this.#size) throw error;
      this.#see(this.#size);
      length = template.write(this.#bytes, this.#view, base, this.#size - 8, values);
    }
    const view = this.#view;
    view.setUint32(base + length, base, true);
    view.setUint32(base + length + 4, 0, true);
    this.#setPointer(base + length + 8);
  }

  /**
   * Takes the top message off as the answer to a call.
   *
   * @throws {GuestFailure} If it is an error.
   * @throws {WireError} If the stack or the message is broken.
   * @throws {MismatchError} If it holds another type than `expected`.
   */
  popResult(expected: ResultType): Value {
    return decodeResult(this.#pop(), expected);
  }

  /**
   * Takes the top message off as a call of a host function.
   *
   * @throws {WireError} If the stack or the message is broken.
   */
  popHostCall(): HostCall {
    return decodeHostCall(this.#pop());
  }

  /**
   * Takes the top message off as a record of the guest's log.
   *
   * @throws {WireError} If the stack or the message is broken.
   */
  popLog(): LogRecord {
    return decodeLog(this.#pop());
  }

  #pop(): Message {
    const pointer = this.#pointer();
    const view = this.#view;
    if (pointer < EMPTY + 8) throw new WireError("the stack is empty");
    const start = view.getUint32(pointer - 8, true);
    const sane = view.getUint32(pointer - 4, true) === 0 && start >= EMPTY &&
      start <= pointer - 16 && start % ALIGNMENT === 0;
    if (!sane) {
      throw new WireError(
        `a back pointer of ${view.getBigUint64(pointer - 8, true)} is not below it`,
      );
    }
    const length = view.getUint32(start, true) + 4;
    if (length > pointer - 8 - start) {
      throw new WireError(`a message of ${length} bytes does not fit below its back pointer`);
    }
    this.#setPointer(start);
    return this.#message.become(this.#bytes, view, start, start + length);
  }

  /** The stack pointer, if it is one: aligned, and inside the stack. What is below it can be seen afterwards. */
  #pointer(): number {
    const view = this.#view;
    const pointer = view.getUint32(0, true);
    const sane = view.getUint32(4, true) === 0 && pointer >= EMPTY && pointer % ALIGNMENT === 0 &&
      pointer <= this.#size;
    if (!sane) {
      throw new WireError(
        `a stack pointer of ${view.getBigUint64(0, true)} is not in a stack of ${this.#size} bytes`,
      );
    }
    if (pointer > view.byteLength) this.#see(this.#size);
    return pointer;
  }

  #setPointer(pointer: number): void {
    this.#view.setUint32(0, pointer, true);
    this.#view.setUint32(4, 0, true);
  }
}
