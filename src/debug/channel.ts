/**
 * What a socket's Worker and the guest's thread share: a ring of what arrived, by which a thread can wait that has no
 * time for its event loop. One side puts, the other takes.
 */

/** What arrives: a debugger connects, sends, or has gone. */
export const ARRIVAL = { opened: 1, data: 2, closed: 3 } as const;
/** One of {@linkcode ARRIVAL}. */
export type ArrivalType = typeof ARRIVAL[keyof typeof ARRIVAL];

const CAPACITY = 0x1_0000;

/** The most bytes in one record. */
export const MAX_RECORD = 0x4000;

const HEADER_SIZE = 4;

// Places in the header. Positions count bytes, modulo 2^32.
const WRITTEN = 0;
const TAKEN = 1;
/** 1 while the guest is stopped, so that nobody needs to interrupt it. */
const STOPPED = 2;
/** How many times the Worker has begun to interrupt the guest, and how many times it has done so. */
const PAUSES_BEGUN = 3;
const PAUSES_DONE = 4;
const WORDS = 5;

/** Both sides of the ring. */
export class Channel {
  /** What to hand to the other side. */
  readonly shared: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;
  #seenPauses = 0;

  /** Makes a channel, or takes the other side of one. */
  constructor(shared?: SharedArrayBuffer) {
    this.shared = shared ?? new SharedArrayBuffer(4 * WORDS + CAPACITY);
    this.#words = new Int32Array(this.shared, 0, WORDS);
    this.#bytes = new Uint8Array(this.shared, 4 * WORDS, CAPACITY);
  }

  /** Puts a record of at most {@linkcode MAX_RECORD} bytes; false if there is no room. */
  put(type: ArrivalType, bytes: Uint8Array = new Uint8Array(0)): boolean {
    const written = Atomics.load(this.#words, WRITTEN);
    const used = (written - Atomics.load(this.#words, TAKEN)) >>> 0;
    const size = HEADER_SIZE + bytes.length;
    if (bytes.length > MAX_RECORD || used + size > CAPACITY) return false;
    const header = Uint8Array.of(type, 0, bytes.length & 0xff, bytes.length >> 8);
    this.#copyIn(written, header);
    this.#copyIn(written + HEADER_SIZE, bytes);
    Atomics.store(this.#words, WRITTEN, (written + size) | 0);
    Atomics.notify(this.#words, WRITTEN);
    return true;
  }

  /** Takes the next record. */
  take(): { readonly type: number; readonly bytes: Uint8Array } | undefined {
    if (this.isEmpty) return undefined;
    const taken = Atomics.load(this.#words, TAKEN);
    const [type = 0, , low = 0, high = 0] = this.#copyOut(taken, HEADER_SIZE);
    const bytes = this.#copyOut(taken + HEADER_SIZE, low | high << 8);
    Atomics.store(this.#words, TAKEN, (taken + HEADER_SIZE + bytes.length) | 0);
    return { type, bytes };
  }

  /** Whether there is nothing to take. */
  get isEmpty(): boolean {
    return Atomics.load(this.#words, WRITTEN) === Atomics.load(this.#words, TAKEN);
  }

  /** Blocks the thread until there is something to take, or so many milliseconds have passed. */
  wait(milliseconds: number): void {
    const taken = Atomics.load(this.#words, TAKEN);
    Atomics.wait(this.#words, WRITTEN, taken, milliseconds);
  }

  /** Whether the guest is stopped. */
  get isStopped(): boolean {
    return Atomics.load(this.#words, STOPPED) === 1;
  }

  set isStopped(value: boolean) {
    Atomics.store(this.#words, STOPPED, Number(value));
  }

  /** Interrupts the guest, in such a way that its thread knows who it was. */
  pause(interrupt: () => void): void {
    Atomics.add(this.#words, PAUSES_BEGUN, 1);
    interrupt();
    Atomics.add(this.#words, PAUSES_DONE, 1);
  }

  /** Whether the Worker has interrupted the guest since the last time this was asked, or is about to. */
  takePause(): boolean {
    const begun = Atomics.load(this.#words, PAUSES_BEGUN);
    const done = Atomics.load(this.#words, PAUSES_DONE);
    const isNew = begun !== done || done !== this.#seenPauses;
    this.#seenPauses = done;
    return isNew;
  }

  #copyIn(position: number, bytes: Uint8Array): void {
    const at = (position >>> 0) % CAPACITY;
    const first = Math.min(bytes.length, CAPACITY - at);
    this.#bytes.set(bytes.subarray(0, first), at);
    this.#bytes.set(bytes.subarray(first), 0);
  }

  #copyOut(position: number, length: number): Uint8Array {
    const at = (position >>> 0) % CAPACITY;
    const bytes = new Uint8Array(length);
    const first = Math.min(length, CAPACITY - at);
    bytes.set(this.#bytes.subarray(at, at + first));
    bytes.set(this.#bytes.subarray(0, length - first), first);
    return bytes;
  }
}
