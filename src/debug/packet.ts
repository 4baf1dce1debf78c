/**
 * The packets of gdb's remote serial protocol: `$` data `#` checksum, with acknowledgements around them (gdb's manual,
 * "Remote Protocol"). Bytes in, bytes out.
 */

/** The longest data of a packet, in either direction and without its escapes. */
export const MAX_PACKET = 0x4000;

/** What arrived. */
export type Arrival =
  /** A packet whose checksum is right: its data without escapes. */
  | { readonly type: "packet"; readonly data: Uint8Array }
  /** A packet that is not what was sent, or too long: it is to be asked for again. */
  | { readonly type: "broken" }
  /** Ctrl-C, outside of any packet. */
  | { readonly type: "interrupt" }
  /** The other side got our packet. */
  | { readonly type: "ack" }
  /** The other side wants our packet again. */
  | { readonly type: "again" };

const START = 0x24; // $
const END = 0x23; // #
const ESCAPE = 0x7d; // }
const RUN = 0x2a; // *, the sign of a run of equal bytes
const ACK = 0x2b; // +
const AGAIN = 0x2d; // -
const INTERRUPT = 3;
const ESCAPE_MASK = 0x20;

/** Acknowledges a packet. */
export const ACKNOWLEDGED: Uint8Array = Uint8Array.of(ACK);
/** Asks for a packet again. */
export const SEND_AGAIN: Uint8Array = Uint8Array.of(AGAIN);

/** Finds packets in a stream of bytes, however they are cut. Never more than one packet is kept. */
export class PacketReader {
  readonly #data = new Uint8Array(MAX_PACKET);
  #length = 0;
  #sum = 0;
  /** The checksum's digits so far. */
  #digits = "";
  #state: "between" | "data" | "escaped" | "checksum" = "between";
  #isTooLong = false;

  /** Takes the next bytes. What is outside of packets and means nothing is dropped. */
  read(bytes: Uint8Array): Arrival[] {
    const arrivals: Arrival[] = [];
    for (const byte of bytes) {
      const arrival = this.#take(byte);
      if (arrival) arrivals.push(arrival);
    }
    return arrivals;
  }

  #take(byte: number): Arrival | undefined {
    switch (this.#state) {
      case "between":
        if (byte === START) this.#begin();
        else if (byte === INTERRUPT) return { type: "interrupt" };
        else if (byte === ACK) return { type: "ack" };
        else if (byte === AGAIN) return { type: "again" };
        return undefined;
      case "checksum":
        this.#digits += String.fromCharCode(byte);
        return this.#digits.length < 2 ? undefined : this.#end();
    }
    // The end of the packet before was lost.
    if (byte === START) return void this.#begin();
    if (byte === END) {
      // An escape without its byte is no packet's end.
      if (this.#state === "escaped") this.#isTooLong = true;
      this.#state = "checksum";
      return undefined;
    }
    this.#sum = (this.#sum + byte) & 0xff;
    if (this.#state === "escaped") {
      this.#state = "data";
      this.#put(byte ^ ESCAPE_MASK);
    } else if (byte === ESCAPE) this.#state = "escaped";
    else this.#put(byte);
    return undefined;
  }

  #begin(): void {
    this.#length = this.#sum = 0;
    this.#digits = "";
    this.#isTooLong = false;
    this.#state = "data";
  }

  #put(byte: number): void {
    if (this.#length < MAX_PACKET) this.#data[this.#length++] = byte;
    else this.#isTooLong = true;
  }

  #end(): Arrival {
    this.#state = "between";
    const fits = !this.#isTooLong && /^[\da-f]{2}$/i.test(this.#digits) &&
      Number.parseInt(this.#digits, 16) === this.#sum;
    return fits ? { type: "packet", data: this.#data.slice(0, this.#length) } : { type: "broken" };
  }
}

/** A packet around data, whose special bytes are escaped. */
export function encodePacket(data: Uint8Array): Uint8Array {
  const bytes: number[] = [START];
  let sum = 0;
  const put = (byte: number) => {
    bytes.push(byte);
    sum = (sum + byte) & 0xff;
  };
  for (const byte of data) {
    if (byte === START || byte === END || byte === ESCAPE || byte === RUN) {
      put(ESCAPE);
      put(byte ^ ESCAPE_MASK);
    } else put(byte);
  }
  bytes.push(END, ...text(sum.toString(16).padStart(2, "0")));
  return Uint8Array.from(bytes);
}

/** Text as bytes. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

/** Bytes as two hexadecimal digits each. */
export function toHex(bytes: Uint8Array): string {
  let digits = "";
  for (const byte of bytes) digits += byte.toString(16).padStart(2, "0");
  return digits;
}

/** The bytes of an even number of hexadecimal digits; undefined for anything else. */
export function fromHex(digits: string): Uint8Array | undefined {
  if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return undefined;
  const bytes = new Uint8Array(digits.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}

/** A number of at most 16 hexadecimal digits; undefined for anything else. */
export function parseNumber(digits: string): bigint | undefined {
  return /^[\da-f]{1,16}$/i.test(digits) ? BigInt(`0x${digits}`) : undefined;
}
