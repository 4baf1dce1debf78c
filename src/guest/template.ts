/**
 * Messages that are built once and then filled in: the bytes are those that FlatBuffers' own builders write, which build
 * from the end to the start, so what is made first lies last.
 */

import { TooLargeError } from "./error.ts";
import type { ResultType, Value, ValueType } from "./wire.ts";

const encoder = new TextEncoder();

/** Up to this length a loop is faster than TextEncoder: measured in both runtimes. */
const SHORT = 32;

// --- the shape of a message ------------------------------------------------------------------------------------------

/** A field that points elsewhere, across strings or buffers, so that the distance depends on their lengths. */
interface Link {
  readonly at: number;
  /** How many strings and buffers lie before the field. */
  readonly before: number;
  /** The distance without strings and buffers, and how many of them lie before either end of it. */
  readonly distance: number;
  readonly plus: number;
  readonly minus: number;
}

/** Where a message takes a value. Places do not count the strings and buffers that lie before them. */
interface Slot {
  /** Which of the values. */
  readonly index: number;
  readonly type: ValueType;
  /** Where a value of fixed size goes, or a buffer's length once more; 0 for nowhere. */
  readonly at: number;
  /** What follows a string or a buffer up to the next: 0 or 2 bytes, and words of 4. */
  readonly rest: number;
  readonly odd: number;
  readonly tail: readonly number[];
}

/** A message without its values: what precedes the first string or buffer, and then slot by slot. */
interface Shape {
  readonly head: Uint8Array;
  /** All of the fixed part. */
  readonly size: number;
  readonly slots: readonly Slot[];
  readonly links: readonly Link[];
  /** Whether something must begin at a multiple of 8, so that the shape depends on the lengths of what is behind. */
  readonly wide: boolean;
}

/** What a slot for a value of fixed size has behind it. */
const NOTHING = { rest: 0, odd: 0, tail: [] };

/** A string or a buffer in a draft, by the bytes that were used before and after it was made. */
interface Hole {
  readonly from: number;
  readonly to: number;
}

/**
 * A message that is being built, in the order of FlatBuffers' builders. A place is the number of bytes from there to the
 * message's end.
 */
export class Draft {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #used = 0;
  #alignment = 1;
  /** Where the table began that is being built, and the places of its fields by their ids. */
  #table = 0;
  #fields: number[] = [];
  readonly #vtables: number[] = [];
  readonly #links: { readonly at: number; readonly from: number; readonly to: number }[] = [];
  readonly #slots: { index: number; type: ValueType; at: number; hole: Hole | undefined }[] = [];

  /** A string, the same in each message. */
  text(text: string): number {
    const bytes = encoder.encode(text);
    const hole = this.#content(bytes.length, 1);
    this.#bytes.set(bytes, this.#bytes.length - hole.to + 4);
    return hole.to;
  }

  /** A vector of bytes, the same in each message. */
  bytes(bytes: Uint8Array): number {
    const hole = this.#content(bytes.length, 0);
    this.#bytes.set(bytes, this.#bytes.length - hole.to + 4);
    return hole.to;
  }

  /** A vector of offsets. */
  offsets(targets: readonly number[]): number {
    this.#align(4, targets.length * 4);
    for (const target of targets.toReversed()) this.#offset(target);
    this.#u32(targets.length);
    return this.#used;
  }

  /** Begins a table. Fields come in the order in which the generated code of Hyperlight adds them: large ones first. */
  table(): this {
    this.#table = this.#used;
    this.#fields = [];
    return this;
  }

  /** A field of one byte, absent if it is 0. */
  u8(id: number, value: number): this {
    if (value === 0) return this;
    this.#align(1, 0);
    this.#claim(1);
    this.#bytes[this.#bytes.length - this.#used] = value;
    return this.#field(id);
  }

  /** A field of 8 bytes. */
  u64(id: number, value: bigint): this {
    this.#align(8, 0);
    this.#claim(8);
    this.#view.setBigUint64(this.#bytes.length - this.#used, value, true);
    return this.#field(id);
  }

  /** A field that points to what was made before. */
  link(id: number, target: number): this {
    this.#align(4, 0);
    this.#offset(target);
    return this.#field(id);
  }

  /** Ends a table; a vtable that is there already serves it too. */
  end(): number {
    this.#align(4, 0);
    this.#claim(4);
    const table = this.#used;
    const count = this.#fields.length;
    this.#claim(4 + count * 2);
    const start = this.#bytes.length - this.#used;
    this.#view.setUint16(start, 4 + count * 2, true);
    this.#view.setUint16(start + 2, table - this.#table, true);
    for (let id = 0; id < count; id++) {
      const place = this.#fields[id];
      if (place !== undefined) this.#view.setUint16(start + 4 + id * 2, table - place, true);
    }
    const vtable = this.#vtables.find((it) => this.#same(it, this.#used, 4 + count * 2));
    if (vtable === undefined) this.#vtables.push(this.#used);
    else {
      this.#bytes.fill(0, start, start + 4 + count * 2);
      this.#used = table;
    }
    const to = vtable ?? this.#used;
    // From a vtable to its table, though the field is the table's.
    this.#view.setInt32(this.#bytes.length - table, to - table, true);
    this.#links.push({ at: table, from: to, to: table });
    return table;
  }

  /** A table that holds one value, which is written even where it is 0 or false, so that the shape is one. */
  value(type: ResultType, index: number, length: number, isResult: boolean): number {
    if (type === "void") return this.table().end();
    if (isHole(type)) {
      const hole = this.hole(type, length);
      this.table();
      if (type === "buffer" && isResult) {
        // hlsizeprefixedbuffer: size, value
        this.link(1, hole.to);
        this.#align(4, 0);
        this.#u32(0);
        this.#field(0);
      } else this.link(0, hole.to);
      this.#slots.push({ index, type, at: type === "buffer" && isResult ? this.#used : 0, hole });
      return this.end();
    }
    const size = type === "bool" ? 1 : type === "i32" || type === "u32" || type === "f32" ? 4 : 8;
    this.table();
    this.#align(size, 0);
    this.#claim(size);
    this.#slots.push({ index, type, at: this.#used, hole: undefined });
    return this.#field(0).end();
  }

  /** The place of a string that is a value by itself. */
  message(index: number, length: number): number {
    const hole = this.hole("string", length);
    this.#slots.push({ index, type: "string", at: 0, hole });
    return hole.to;
  }

  /** The place of a string or a buffer. Only its length's residue modulo 8 has a say in what the message looks like. */
  hole(type: "string" | "buffer", length: number): Hole {
    return this.#content(length % 8, type === "string" ? 1 : 0);
  }

  /** Ends the message, and cuts the strings and buffers out of it. */
  finish(root: number): Shape {
    this.#align(this.#alignment, 8);
    this.#offset(root);
    this.#u32(this.#used);
    const size = this.#used;
    const whole = this.#bytes.subarray(this.#bytes.length - size);
    // By address from here on, and so in the reverse order of their making.
    const slots = this.#slots.toReversed();
    const holes = slots.flatMap(({ hole }) => hole ?? []);
    const before = (place: number) => holes.filter(({ to }) => to > place).length;
    const address = (place: number) =>
      holes.reduce((sum, { from, to }) => to > place ? sum - (to - from) : sum, size - place);
    const fixed = holes.map(({ from }, i) =>
      whole.slice(size - from, size - (holes[i + 1]?.to ?? 0))
    );
    const head = whole.slice(0, size - (holes[0]?.to ?? 0));
    return {
      head,
      size: fixed.reduce((sum, { length }) => sum + length, head.length),
      slots: slots.map(({ index, type, at, hole }) => ({
        index,
        type,
        at: at === 0 ? 0 : address(at),
        ...(hole === undefined ? NOTHING : split(fixed[holes.indexOf(hole)] as Uint8Array)),
      })),
      links: this.#links.filter(({ from, to }) => before(from) !== before(to)).map((
        { at, from, to },
      ) => ({
        at: address(at),
        before: before(at),
        distance: address(to) - address(from),
        plus: before(to),
        minus: before(from),
      })),
      wide: this.#alignment === 8,
    };
  }

  #content(length: number, zero: number): Hole {
    const from = this.#used;
    this.#align(4, length + zero);
    this.#claim(length + zero);
    this.#u32(length);
    return { from, to: this.#used };
  }

  #field(id: number): this {
    this.#fields[id] = this.#used;
    return this;
  }

  #offset(target: number): void {
    this.#u32(this.#used + 4 - target);
    this.#links.push({ at: this.#used, from: this.#used, to: target });
  }

  #u32(value: number): void {
    this.#claim(4);
    this.#view.setUint32(this.#bytes.length - this.#used, value, true);
  }

  #same(a: number, b: number, length: number): boolean {
    const [x, y] = [this.#bytes.length - a, this.#bytes.length - b];
    for (let i = 0; i < length; i++) if (this.#bytes[x + i] !== this.#bytes[y + i]) return false;
    return true;
  }

  /** Pads so that what comes ends at a multiple of `alignment` after `size` more bytes. */
  #align(alignment: number, size: number): void {
    this.#alignment = Math.max(this.#alignment, alignment);
    this.#claim(-(this.#used + size) & (alignment - 1));
  }

  /** Takes zero bytes in front of what is there. */
  #claim(size: number): void {
    const length = this.#bytes.length;
    this.#used += size;
    if (this.#used <= length) return;
    const grown = new Uint8Array(2 * this.#used);
    grown.set(this.#bytes, grown.length - length);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}

/** Splits what follows a string or a buffer. */
function split(bytes: Uint8Array): { rest: number; odd: number; tail: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rest = bytes.length % 4;
  return {
    rest,
    odd: rest === 0 ? 0 : view.getUint16(0, true),
    tail: Array.from(
      { length: (bytes.length - rest) / 4 },
      (_, i) => view.getInt32(rest + i * 4, true),
    ),
  };
}

// --- filling in ------------------------------------------------------------------------------------------------------

/** Builds a message in a draft for values of these lengths, and returns its root. */
type Build = (draft: Draft, lengths: readonly number[]) => number;

/** How many shapes of one message are kept. */
const MAX_SHAPES = 256;

/** A message was not written: there is no room, or a text was longer than it looked, and the shape has to be another. */
const NO_ROOM = 0;
const WRONG_SHAPE = -1;

/**
 * A message whose fixed parts are encoded once, when it is first written. What is 8 bytes wide is aligned from the
 * message's end on, so where there are strings or buffers too, there is a shape for each residue of their lengths that
 * matters.
 */
export class Template {
  readonly #build: Build;
  /** The shape without strings and buffers, or with, or undefined where it is not known or depends on lengths. */
  #plain: Shape | undefined;
  #only: Shape | undefined;
  readonly #shapes = new Map<number, Shape>();
  /** The strings and buffers among the values. */
  #holes: readonly Slot[] | undefined;
  /** How long they are, by the index of the value. */
  readonly #lengths: number[] = [];
  /** How many bytes the strings and buffers take that lie before each part. */
  readonly #shifts: number[] = [0];

  /** Takes what builds the message. */
  constructor(build: Build) {
    this.#build = build;
  }

  /**
   * Writes the message at `base`, up to `limit` at most.
   *
   * @returns Its length, a multiple of 4.
   * @throws {TooLargeError} If it does not fit.
   */
  write(
    target: Uint8Array,
    view: DataView,
    base: number,
    limit: number,
    values: readonly Value[],
  ): number {
    // On the hot path: a copy, and a store for each value.
    const plain = this.#plain;
    if (plain === undefined) {
      const only = this.#only;
      const length = only === undefined
        ? NO_ROOM
        : this.#fill(only, target, view, base, limit, values);
      return length > 0 ? length : this.#writeAnyShape(target, view, base, limit, values);
    }
    const { head, slots } = plain;
    const length = head.length;
    if (base + length > limit) throw tooLarge(length, base, limit);
    target.set(head, base);
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as Slot;
      store(view, base + slot.at, slot.type, values[slot.index]);
    }
    return length;
  }

  /** Writes a message that may not fit, or whose shape is not known yet. */
  #writeAnyShape(
    target: Uint8Array,
    view: DataView,
    base: number,
    limit: number,
    values: readonly Value[],
  ): number {
    if (this.#holes === undefined) {
      this.#prepare();
      return this.write(target, view, base, limit, values);
    }
    let length = NO_ROOM;
    if (this.#only === undefined) {
      length = this.#fill(this.#guess(values), target, view, base, limit, values);
      if (length === WRONG_SHAPE) {
        // The lengths are known by now.
        length = this.#fill(this.#shape(), target, view, base, limit, values);
      }
    }
    if (length === NO_ROOM) {
      for (const { type, index } of this.#holes) {
        const value = values[index] as string | Uint8Array;
        this.#lengths[index] = type === "string" ? lengthOf(value as string) : value.length;
      }
      const shape = this.#only ?? this.#shape();
      let needed = shape.size;
      for (const { type, index, rest } of shape.slots) {
        if (!isHole(type)) continue;
        needed += sizeOf((this.#lengths[index] as number) + zeroByte(type), rest);
      }
      if (base + needed > limit) throw tooLarge(needed, base, limit);
      length = this.#fill(shape, target, view, base, limit, values);
    }
    return length;
  }

  /** Writes a message with strings or buffers in a shape; its length, or why it was not written. */
  #fill(
    shape: Shape,
    target: Uint8Array,
    view: DataView,
    base: number,
    limit: number,
    values: readonly Value[],
  ): number {
    // On the hot path.
    const { head, slots, links } = shape;
    const shifts = this.#shifts;
    const checked = this.#only === undefined;
    let free = limit - base - shape.size;
    if (free < 0) return NO_ROOM;
    target.set(head, base);
    let end = base + head.length;
    let shift = 0;
    let holes = 0;
    let wrong = false;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as Slot;
      const value = values[slot.index];
      const at = base + shift + slot.at;
      const start = end + 4;
      let length: number;
      let size: number;
      if (slot.type === "string") {
        const text = value as string;
        if (text.length > free - 5) return NO_ROOM;
        length = writeText(target, start, end + free - 1, text);
        if (length < 0) return NO_ROOM;
        if (checked) {
          if (kind(length + 1) !== kind((this.#lengths[slot.index] as number) + 1)) wrong = true;
          this.#lengths[slot.index] = length;
        }
        size = sizeOf(length + 1, slot.rest);
        if (size > free) return NO_ROOM;
        for (let i = start + length; i < end + size; i++) target[i] = 0;
      } else if (slot.type === "buffer") {
        const bytes = value as Uint8Array;
        length = bytes.length;
        size = sizeOf(length, slot.rest);
        if (size > free) return NO_ROOM;
        for (let i = start + length; i < end + size; i++) target[i] = 0;
        target.set(bytes, start);
        if (slot.at !== 0) view.setInt32(at, length, true);
      } else {
        store(view, at, slot.type, value);
        continue;
      }
      view.setUint32(end, length, true);
      end += size;
      free -= size;
      shift += size;
      shifts[++holes] = shift;
      const { tail } = slot;
      if (slot.rest !== 0) {
        view.setUint16(end, slot.odd, true);
        end += 2;
      }
      for (let i = 0; i < tail.length; i++) {
        view.setInt32(end, tail[i] as number, true);
        end += 4;
      }
    }
    if (wrong) return WRONG_SHAPE;
    view.setUint32(base, end - base - 4, true);
    for (let i = 0; i < links.length; i++) {
      const { at, before, distance, plus, minus } = links[i] as Link;
      view.setInt32(
        base + at + (shifts[before] as number),
        distance + (shifts[plus] as number) - (shifts[minus] as number),
        true,
      );
    }
    return end - base;
  }

  /** Sees what the message looks like. */
  #prepare(): void {
    const draft = new Draft();
    const shape = draft.finish(this.#build(draft, this.#lengths));
    this.#holes = shape.slots.filter(({ type }) => isHole(type));
    if (this.#holes.length === 0) this.#plain = shape;
    else if (!shape.wide) this.#only = shape;
  }

  /** The shape that these values will probably have. Most long texts are ASCII: as long in bytes as in characters. */
  #guess(values: readonly Value[]): Shape {
    const holes = this.#holes as readonly Slot[];
    for (let i = 0; i < holes.length; i++) {
      const { type, index } = holes[i] as Slot;
      const value = values[index] as string | Uint8Array;
      const short = type === "string" && value.length <= SHORT;
      this.#lengths[index] = short ? lengthOf(value as string) : value.length;
    }
    return this.#shape();
  }

  /** The shape for strings and buffers of the lengths noted. */
  #shape(): Shape {
    const holes = this.#holes as readonly Slot[];
    let key = 0;
    for (let i = 0; i < holes.length; i++) {
      const { type, index } = holes[i] as Slot;
      key = key * 4 + kind((this.#lengths[index] as number) + zeroByte(type));
    }
    const known = this.#shapes.get(key);
    if (known !== undefined) return known;
    if (this.#shapes.size === MAX_SHAPES) this.#shapes.clear();
    const draft = new Draft();
    const shape = draft.finish(this.#build(draft, this.#lengths));
    this.#shapes.set(key, shape);
    return shape;
  }
}

/** Writes a value of fixed size. */
function store(view: DataView, at: number, type: ValueType, value: Value): void {
  switch (type) {
    case "i32":
      view.setInt32(at, value as number, true);
      break;
    case "u32":
      view.setUint32(at, value as number, true);
      break;
    case "i64":
      view.setBigInt64(at, value as bigint, true);
      break;
    case "u64":
      view.setBigUint64(at, value as bigint, true);
      break;
    case "f32":
      view.setFloat32(at, value as number, true);
      break;
    case "f64":
      view.setFloat64(at, value as number, true);
      break;
    case "bool":
      view.setUint8(at, value ? 1 : 0);
      break;
  }
}

function tooLarge(needed: number, base: number, limit: number): TooLargeError {
  const there = Math.max(0, limit - base);
  return new TooLargeError(`${needed} bytes are needed and ${there} are there`);
}

const isHole = (type: ResultType): type is "string" | "buffer" =>
  type === "string" || type === "buffer";

/** How many bytes end what a type holds. */
const zeroByte = (type: ValueType) => type === "string" ? 1 : 0;

/**
 * What the lengths of strings (with their zero byte) and buffers have in common that make a message of one shape. They
 * are padded to 4 bytes, behind them may stand 2 bytes more, and what is in front is aligned to 8: that is two lengths
 * of eight.
 */
const kind = (content: number) => ((content + 1) >> 1) & 3;

/** What a string or a buffer takes, its length and its padding included. */
const sizeOf = (content: number, rest: number) => 4 + ((content + rest + 3) & ~3) - rest;

/** Writes a text at `start`, up to `limit` at most, and returns how many bytes it takes, or -1 where it has no room. */
function writeText(target: Uint8Array, start: number, limit: number, text: string): number {
  const length = text.length;
  if (length <= SHORT && start + length * 3 <= limit) {
    let at = start;
    for (let i = 0; i < length; i++) {
      let code = text.charCodeAt(i);
      if (code <= 0x7f) {
        target[at++] = code;
        continue;
      }
      if (code <= 0x7ff) {
        target[at++] = 0xc0 | code >> 6;
        target[at++] = 0x80 | code & 0x3f;
        continue;
      }
      if (code >= 0xd800 && code <= 0xdfff) {
        const point = text.codePointAt(i) as number;
        if (point > 0xffff) {
          target[at++] = 0xf0 | point >> 18;
          target[at++] = 0x80 | point >> 12 & 0x3f;
          target[at++] = 0x80 | point >> 6 & 0x3f;
          target[at++] = 0x80 | point & 0x3f;
          i++;
          continue;
        }
        code = 0xfffd;
      }
      target[at++] = 0xe0 | code >> 12;
      target[at++] = 0x80 | code >> 6 & 0x3f;
      target[at++] = 0x80 | code & 0x3f;
    }
    return at - start;
  }
  const { read, written } = encoder.encodeInto(text, target.subarray(start, limit));
  return read === length ? written : -1;
}

/** How many bytes a text takes in UTF-8, where half a surrogate pair becomes U+FFFD. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x7f) continue;
    if (code <= 0x7ff) length++;
    else {
      // Two bytes more: also for a pair of surrogates, which are two characters and four bytes.
      length += 2;
      if (code >= 0xd800 && code <= 0xdbff && (text.codePointAt(i) as number) > 0xffff) i++;
    }
  }
  return length;
}
