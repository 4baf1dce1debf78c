/** Breakpoints and watchpoints of one guest: bytes that take the place of instructions, and the four debug registers. */

import type { Abilities } from "./abilities.ts";
import { type BreakpointKind, KIND } from "./session.ts";

/** The guest's memory by its own addresses. */
export interface LinearMemory {
  /** Where an address is in physical memory; undefined if it is not mapped. */
  translate(address: bigint): number | undefined;
  /** Whether the host learns of the guest's coming there by the instruction; undefined if it is not mapped. */
  isReached(address: bigint): boolean | undefined;
  readPhysical(address: number, length: number): Uint8Array | undefined;
  writePhysical(address: number, bytes: Uint8Array): boolean;
}

/** A use of a debug register. */
export interface Watch {
  readonly kind: BreakpointKind;
  /** What was asked for, of which this may be a part. */
  readonly asked: { readonly address: bigint; readonly length: number };
  readonly address: bigint;
  readonly length: number;
}

/** How many debug registers for addresses there are. */
export const DEBUG_REGISTERS = 4;

// DR7 (Intel SDM volume 3, 19.2.4): bit 10 is always one; a register is on by bit 1 of its two.
const DR7_ONE = 0x400n;
const CONDITIONS = { [KIND.hardware]: 0n, [KIND.write]: 1n, [KIND.read]: 3n, [KIND.access]: 3n };
const LENGTHS = new Map([[1, 0n], [2, 1n], [4, 3n], [8, 2n]]);

/**
 * The breakpoints. Their bytes are in the guest's memory only while it runs, so that whoever reads memory meanwhile, gdb
 * or a snapshot, sees what the guest is.
 */
export class Breakpoints {
  readonly #memory: LinearMemory;
  readonly #abilities: Abilities;
  readonly #trap: Uint8Array;
  readonly #software = new Set<bigint>();
  /** Those for which a debug register was wanted, on a machine whose debug registers do not do that. */
  readonly #instead = new Set<bigint>();
  #watches: readonly Watch[] = [];
  /** Where the guest shall stop once. */
  temporary: bigint | undefined;
  /** What is in the guest's memory now, and what was there before. */
  readonly #planted = new Map<bigint, { readonly physical: number; readonly byte: Uint8Array }>();

  /** @param trap The instruction of one byte that stops the guest. */
  constructor(memory: LinearMemory, abilities: Abilities, trap: number) {
    this.#memory = memory;
    this.#abilities = abilities;
    this.#trap = Uint8Array.of(trap);
  }

  /** See {@linkcode Target.insert}. */
  insert(kind: BreakpointKind, address: bigint, length: number): boolean | undefined {
    const wantsRegister = this.#abilities.breakpoints && this.#memory.isReached(address) === false;
    if (kind === KIND.software && !wantsRegister) {
      return this.#insertSoftware(this.#software, address);
    }
    if (kind === KIND.hardware && !this.#abilities.breakpoints) {
      const isFull = this.#instead.size >= DEBUG_REGISTERS && !this.#instead.has(address);
      return isFull ? false : this.#insertSoftware(this.#instead, address);
    }
    const isCode = kind === KIND.hardware || kind === KIND.software;
    if (!isCode && !this.#abilities.watchpoints) return undefined;
    if (this.#watches.some((it) => isSame(it, kind, address, length))) return true;
    const added = pieces(kind, address, isCode ? 1 : length);
    if (this.#watches.length + added.length > DEBUG_REGISTERS) return false;
    this.#watches = [...this.#watches, ...added];
    return true;
  }

  /** See {@linkcode Target.remove}. */
  remove(kind: BreakpointKind, address: bigint, length: number): void {
    if (kind === KIND.software) this.#software.delete(address);
    if (kind === KIND.hardware) this.#instead.delete(address);
    this.#watches = this.#watches.filter((it) => !isSame(it, kind, address, length));
  }

  /** Forgets all. */
  clear(): void {
    this.#software.clear();
    this.#instead.clear();
    this.#watches = [];
    this.temporary = undefined;
  }

  /** How many there are of each kind, for people. */
  describe(): string {
    return `${this.#software.size} software breakpoints, ` +
      `${this.#watches.length + this.#instead.size} of ${DEBUG_REGISTERS} debug registers in use\n`;
  }

  /** Puts the bytes into the guest's memory. */
  plant(): void {
    const temporary = this.temporary === undefined ? [] : [this.temporary];
    for (const address of new Set([...this.#software, ...this.#instead, ...temporary])) {
      const physical = this.#memory.translate(address);
      if (physical === undefined) continue;
      const byte = this.#memory.readPhysical(physical, 1);
      if (byte && this.#memory.writePhysical(physical, this.#trap)) {
        this.#planted.set(address, { physical, byte });
      }
    }
  }

  /** Takes them away again, unless the guest itself has written something else there. */
  unplant(): void {
    for (const { physical, byte } of this.#planted.values()) {
      const now = this.#memory.readPhysical(physical, 1);
      if (now?.[0] === this.#trap[0]) this.#memory.writePhysical(physical, byte);
    }
    this.#planted.clear();
  }

  /** What a trap at this address is, if it is one of these. */
  hit(address: bigint): "software" | "hardware" | "temporary" | undefined {
    if (!this.#planted.has(address)) return undefined;
    if (this.#software.has(address)) return "software";
    return this.#instead.has(address) ? "hardware" : "temporary";
  }

  /** The debug registers' addresses and DR7; undefined if none is in use. */
  debugRegisters(): { readonly addresses: readonly bigint[]; readonly dr7: bigint } | undefined {
    if (this.#watches.length === 0) return undefined;
    let dr7 = DR7_ONE;
    this.#watches.forEach(({ kind, length }, i) => {
      dr7 |= 2n << BigInt(2 * i);
      const condition = kind === KIND.software ? 0n : CONDITIONS[kind];
      dr7 |= condition << BigInt(16 + 4 * i);
      dr7 |= (LENGTHS.get(length) ?? 0n) << BigInt(18 + 4 * i);
    });
    return { addresses: this.#watches.map(({ address }) => address), dr7 };
  }

  /** The use of a debug register that DR6 says was hit. Data comes first: gdb finds breakpoints by itself. */
  watchOf(dr6: bigint): Watch | undefined {
    const hits = this.#watches.filter((_, i) => dr6 >> BigInt(i) & 1n);
    return hits.find(({ kind }) => kind !== KIND.hardware && kind !== KIND.software) ?? hits[0];
  }

  #insertSoftware(set: Set<bigint>, address: bigint): boolean {
    const physical = this.#memory.translate(address);
    const byte = physical === undefined ? undefined : this.#memory.readPhysical(physical, 1);
    // Written back, which says whether it can be written at all.
    if (physical === undefined || !byte || !this.#memory.writePhysical(physical, byte)) {
      return false;
    }
    set.add(address);
    return true;
  }
}

function isSame({ kind, asked }: Watch, other: BreakpointKind, address: bigint, length: number) {
  return kind === other && asked.address === address && asked.length === length;
}

/** A range as debug registers have it: 1, 2, 4 or 8 bytes each, aligned. */
function pieces(kind: BreakpointKind, address: bigint, length: number): Watch[] {
  const found: Watch[] = [];
  const asked = { address, length };
  for (let at = address, left = length; left > 0 && found.length <= DEBUG_REGISTERS;) {
    const size = [8, 4, 2, 1].find((it) => it <= left && at % BigInt(it) === 0n) ?? 1;
    found.push({ kind, asked, address: at, length: size });
    at += BigInt(size);
    left -= size;
  }
  return found;
}
