/**
 * The messages between host and guest: size-prefixed FlatBuffers of Hyperlight v0.11's schema. What is written has the
 * bytes that Hyperlight's own host writes, except that a value of 0 or false is written too; what is read may be lies.
 */

import { GuestFailure, MismatchError, TooLargeError, WireError } from "./error.ts";
import { Message } from "./message.ts";
import { Draft, Template } from "./template.ts";

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

/** What a function takes and gives. */
export interface Signature {
  /** The types of its parameters. */
  readonly parameters: readonly ValueType[];
  /** The type of its result. */
  readonly result: ResultType;
}

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
/** The field of `hlsizeprefixedbuffer` that has the bytes: the first one is their number. */
const RESULT_BUFFER_FIELD = 1;
const RESULT_ERROR = 2;
const MAX_LOG_LEVEL = 6;
/** The code of an error that the host reports to the guest. */
const HOST_ERROR = 17n;

const encoder = new TextEncoder();

/** The name of a tag, for messages. */
function tagName(tags: Readonly<Record<string, number>>, tag: number): string {
  return Object.entries(tags).find(([, it]) => it === tag)?.[0] ?? `type ${tag}`;
}

/** How much of a text a message shows. */
const SHOWN = 32;

/** A value in a few words, for messages. */
function inWords(type: string, value: Value): string {
  if (value === undefined) return type;
  if (value instanceof Uint8Array) return `a buffer of ${value.length} bytes`;
  if (typeof value !== "string") return `the ${type} ${value}`;
  const shown = value.length > SHOWN ? `${value.slice(0, SHOWN).toWellFormed()}…` : value;
  // JSON leaves these control characters as they are, and terminals obey them.
  return `the string ${JSON.stringify(shown).replace(/[\x7f-\x9f]/g, "\ufffd")}`;
}

// --- encoding -------------------------------------------------------------------------------------------------------

/** How many encoders of calls are kept. */
const MAX_ENCODERS = 256;

/** Encoders by what they encode: sandboxes of one guest share them, so that each message is built once. */
const callEncoders = new Map<string, CallEncoder>();
const resultEncoders = new Map<ResultType, ResultEncoder>();

/** Encodes the calls of one guest function. */
export class CallEncoder {
  readonly #template: Template;

  /** The encoder for a function's name, parameters and result. */
  static of(name: string, parameters: readonly ValueType[], result: ResultType): CallEncoder {
    const key = `${parameters} ${result} ${name}`;
    let encoder = callEncoders.get(key);
    if (encoder === undefined) {
      if (callEncoders.size === MAX_ENCODERS) callEncoders.clear();
      callEncoders.set(key, encoder = new CallEncoder(name, [...parameters], result));
    }
    return encoder;
  }

  /** Prepares the message for a function's name, parameters and result. */
  constructor(name: string, parameters: readonly ValueType[], result: ResultType) {
    this.#template = new Template((draft, lengths) => {
      const text = draft.text(name);
      const items = parameters.map((type, i) => {
        const value = draft.value(type, i, lengths[i] ?? 0, false);
        // Parameter: value_type, value
        return draft.table().link(1, value).u8(0, VALUE_TAG[type]).end();
      });
      const vector = items.length > 0 ? draft.offsets(items) : undefined;
      // FunctionCall: function_name, parameters, function_call_type, expected_return_type
      draft.table();
      if (vector !== undefined) draft.link(1, vector);
      return draft.link(0, text).u8(3, RETURN_TYPE[result]).u8(2, CALL_OF_GUEST).end();
    });
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

/** A function that a guest offers, as its calls need it. */
export class GuestFunction implements Signature {
  /** Its name. */
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ResultType;
  #encoder: CallEncoder | undefined;

  /** A function of this name. Nobody may change its signature. */
  constructor(name: string, { parameters, result }: Signature) {
    this.name = name;
    this.parameters = parameters;
    this.result = result;
  }

  /** Encodes its calls. Found for the first one: a guest may have many functions that nobody calls. */
  get encoder(): CallEncoder {
    return this.#encoder ??= CallEncoder.of(this.name, this.parameters, this.result);
  }
}

/** Encodes the results of one host function. */
export class ResultEncoder {
  readonly #template: Template;

  /** The encoder for a type of result. */
  static of(type: ResultType): ResultEncoder {
    let encoder = resultEncoders.get(type);
    if (encoder === undefined) resultEncoders.set(type, encoder = new ResultEncoder(type));
    return encoder;
  }

  /** Prepares the message for a type of result. */
  constructor(type: ResultType) {
    this.#template = new Template((draft, [length = 0]) => {
      const value = draft.value(type, 0, length, true);
      // ReturnValueBox: value_type, value
      const box = draft.table().link(1, value).u8(0, RETURN_TAG[type]).end();
      // FunctionCallResult: result_type, result
      return draft.table().link(1, box).u8(0, RESULT_VALUE).end();
    });
  }

  /** Pushes a result on a stack; throws like {@linkcode CallEncoder.push}. */
  push(stack: Stack, value: Value): void {
    stack.push(this.#template, [value]);
  }
}

/** Pushes an error of the host on a stack; throws like {@linkcode CallEncoder.push}. */
export function pushHostError(stack: Stack, message: string): void {
  errorTemplate ??= new Template((draft, [length = 0]) => {
    const text = draft.message(0, length);
    // GuestError: code, message
    const error = draft.table().u64(0, HOST_ERROR).link(1, text).end();
    return draft.table().link(1, error).u8(0, RESULT_ERROR).end();
  });
  stack.push(errorTemplate, [message]);
}

let errorTemplate: Template | undefined;

/** A function that the host offers to its guest. */
export interface HostFunction extends Signature {
  readonly name: string;
}

/**
 * Encodes what the host offers, for the region of its own that guests of Hyperlight read it from. Functions are sorted
 * by the bytes of their names, as FlatBuffers has it for keys.
 */
export function encodeHostFunctions(functions: readonly HostFunction[]): Uint8Array {
  const draft = new Draft();
  const sorted = functions.map((it) => ({ ...it, key: encoder.encode(it.name) }))
    .sort((a, b) => compareBytes(a.key, b.key));
  const items = sorted.map(({ name, parameters, result }) => {
    const text = draft.text(name);
    // ParameterType has the order of ParameterValue, without its first member.
    const types = draft.bytes(Uint8Array.from(parameters, (type) => VALUE_TAG[type] - 1));
    // HostFunctionDefinition: function_name, parameters, return_type
    return draft.table().link(1, types).link(0, text).u8(2, RETURN_TYPE[result]).end();
  });
  const vector = draft.offsets(items);
  // HostFunctionDetails: functions
  return draft.finish(draft.table().link(0, vector).end()).head;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

// --- decoding -------------------------------------------------------------------------------------------------------

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

function decodeResult(message: Message, expected: ResultType): Value {
  const root = message.root();
  const kind = message.u8(root, 0);
  const result = message.child(root, 1, "the result");
  if (kind === RESULT_ERROR) {
    const code = message.u64(result, 0);
    const absent = message.field(result, 1, 4) === 0;
    throw new GuestFailure(
      Number(code),
      absent ? "" : message.string(result, 1, "the error's message"),
    );
  }
  if (kind !== RESULT_VALUE) throw new WireError(`its result is of kind ${kind}`);
  const tag = message.u8(result, 0);
  if (tag !== RETURN_TAG[expected]) {
    const found = valueInWords(message, result, RETURN_TAG, RESULT_BUFFER_FIELD);
    throw new MismatchError(`it returns ${found} instead of ${expected}`);
  }
  const value = message.child(result, 1, "the result's value");
  return message.value(value, expected, "the result", RESULT_BUFFER_FIELD);
}

/** The value in a table of a type's tag and a value, of whatever type it is; `bufferField` is where bytes stand. */
function valueInWords(
  message: Message,
  table: number,
  tags: Readonly<Record<string, number>>,
  bufferField: number,
): string {
  const tag = message.u8(table, 0);
  const type = tagName(tags, tag);
  if (!(type in tags)) return type;
  const what = "the value";
  const value = message.child(table, 1, what);
  return inWords(type, message.value(value, type as ResultType, what, bufferField));
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
            `parameter ${i} is ${
              valueInWords(message, parameter, VALUE_TAG, 0)
            } instead of ${type}`,
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
    file: message.string(root, 4, "its source file"),
    line: message.u32(root, 5),
  };
}

// --- the stacks -----------------------------------------------------------------------------------------------------

/** The stack pointer of an empty stack: the pointer itself takes 8 bytes. */
const EMPTY = 8;

/** How much of a stack is enough for most messages. */
const SMALL = 64 * 1024;

/**
 * The stack of messages in one direction. It lies in the guest's memory, so all that is read from it may be a lie:
 * pointers are checked before they are followed, and nothing is repeated until the guest's data says stop.
 */
export class Stack {
  readonly #size: number;
  readonly #open: (length: number) => Uint8Array;
  readonly #message = new Message();
  /** How far from its start on the host has written to it. */
  #written = 0;
  #traffic = 0;
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

  /** How many bytes of messages the host has pushed or popped so far. */
  get traffic(): number {
    return this.#traffic;
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
      length = this.#write(template, base, values);
    } catch (error) {
      if (!(error instanceof TooLargeError) || this.#bytes.length === this.#size) throw error;
      this.#see(this.#size);
      length = this.#write(template, base, values);
    }
    const view = this.#view;
    view.setUint32(base + length, base, true);
    view.setUint32(base + length + 4, 0, true);
    const end = base + length + 8;
    this.#traffic += length;
    if (end > this.#written) this.#written = end;
    this.#setPointer(end);
  }

  #write(template: Template, base: number, values: readonly Value[]): number {
    const bytes = this.#bytes;
    try {
      // Behind the message stands where it began.
      return template.write(bytes, this.#view, base, bytes.length - 8, values);
    } catch (error) {
      // Some of it may be there.
      this.#written = bytes.length;
      throw error;
    }
  }

  /** How many bytes from its start on the host may have written to since it was asked last. */
  takeWritten(): number {
    const written = this.#written;
    this.#written = 0;
    return written;
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
   * @param accepts Whether a record of so many bytes is to be decoded; undefined is what comes of another.
   * @throws {WireError} If the stack or the message is broken.
   */
  popLog(accepts?: (size: number) => boolean): LogRecord | undefined {
    const message = this.#pop();
    return accepts && !accepts(message.size) ? undefined : decodeLog(message);
  }

  #pop(): Message {
    const pointer = this.#pointer();
    const view = this.#view;
    if (pointer < EMPTY + 8) throw new WireError("the stack is empty");
    const start = view.getUint32(pointer - 8, true);
    const sane = view.getUint32(pointer - 4, true) === 0 && start >= EMPTY &&
      start <= pointer - 16;
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
    this.#traffic += length;
    return this.#message.become(this.#bytes, view, start, start + length);
  }

  /**
   * The stack pointer, if it is one: inside the stack. What is below it can be seen afterwards. It may be odd: guests
   * push what they have, and Hyperlight asks for no alignment. FlatBuffers are whole words of 4 bytes.
   */
  #pointer(): number {
    const view = this.#view;
    const pointer = view.getUint32(0, true);
    const sane = view.getUint32(4, true) === 0 && pointer >= EMPTY && pointer <= this.#size;
    if (!sane) {
      throw new WireError(
        `a stack pointer of ${view.getBigUint64(0, true)} is not in a stack of ${this.#size} bytes`,
      );
    }
    if (pointer > view.byteLength) this.#see(this.#size);
    return pointer;
  }

  #setPointer(pointer: number): void {
    if (this.#written < EMPTY) this.#written = EMPTY;
    this.#view.setUint32(0, pointer, true);
    this.#view.setUint32(4, 0, true);
  }
}
