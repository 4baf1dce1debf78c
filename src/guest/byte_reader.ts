/** Reads numbers of a file one after the other, never behind its end. */

/** What a reader throws at the end of its bytes, or at a number that nobody needs. */
export class FormatError extends Error {
  /** `"FormatError"`. */
  override name = "FormatError";
}

/** A place in bytes. */
export class ByteReader {
  /** Where the next number begins. */
  at: number;
  /** Where the last one ends. */
  readonly end: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  /** Reads from `at` on to `end`. */
  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    if (!(at >= 0 && at <= end && end <= bytes.length)) throw new FormatError("behind the end");
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = at;
    this.end = end;
  }

  /** Whether anything is left. */
  get hasMore(): boolean {
    return this.at < this.end;
  }

  /** Goes on behind so many bytes, and says where they began. */
  skip(count: number): number {
    const start = this.at;
    if (!(count >= 0 && count <= this.end - start)) throw new FormatError("behind the end");
    this.at = start + count;
    return start;
  }

  /** A part of what is left as a reader of its own; this one goes on behind it. */
  part(length: number): ByteReader {
    const start = this.skip(length);
    return new ByteReader(this.#bytes, start, start + length);
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  i8(): number {
    return this.#view.getInt8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  i16(): number {
    return this.#view.getInt16(this.skip(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  /** 64 bits that are an address or a length: above 2^53, nonsense, it is 2^53. */
  u64(): number {
    const start = this.skip(8);
    const high = this.#view.getUint32(start + 4, true);
    return high >= 2 ** 21 ? 2 ** 53 : high * 2 ** 32 + this.#view.getUint32(start, true);
  }

  /** 64 bits with a sign, to the next number that JavaScript has. */
  i64(): number {
    return Number(this.#view.getBigInt64(this.skip(8), true));
  }

  /** A number of 1, 2, 4 or 8 bytes. */
  unsigned(size: number): number {
    switch (size) {
      case 1:
        return this.u8();
      case 2:
        return this.u16();
      case 4:
        return this.u32();
      case 8:
        return this.u64();
      default:
        throw new FormatError(`a number of ${size} bytes`);
    }
  }

  /** A number without a sign in groups of seven bits (LEB128). */
  uleb(): number {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = this.u8();
      // Longer ones are zeroes or nonsense.
      if (scale < 2 ** 53) value += (byte & 0x7f) * scale;
      if (byte < 0x80) return Math.min(value, 2 ** 53);
    }
  }

  /** The same with a sign. */
  sleb(): number {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = this.u8();
      if (scale < 2 ** 53) value += (byte & 0x7f) * scale;
      if (byte < 0x80) return (byte & 0x40) !== 0 && scale < 2 ** 46 ? value - scale * 128 : value;
    }
  }

  /** Text up to a zero byte, which must be among so many bytes: longer text is nonsense that would cost time. */
  text(limit: number): string {
    const bytes = this.#bytes.subarray(this.at, Math.min(this.end, this.at + limit));
    const length = bytes.indexOf(0);
    if (length < 0) throw new FormatError("text without an end");
    this.skip(length + 1);
    return new TextDecoder().decode(bytes.subarray(0, length));
  }
}
