/** A stopped guest that is made of JavaScript, for conversations with gdb's packets. */

import { RegisterSet, type RegisterState } from "../../src/debug/registers.ts";
import type { BreakpointKind, Target } from "../../src/debug/session.ts";
import { Regs, Sregs, Xsave } from "../../src/kvm/mod.ts";

/** Where its memory begins. */
export const MEMORY = 0x1000n;
/** How long its memory is. */
export const MEMORY_SIZE = 0x3000;

/** The target, with a note of all that was done to it. */
export class FakeTarget implements Target {
  readonly registers: RegisterSet = new RegisterSet(true);
  readonly memory: Uint8Array = Uint8Array.from({ length: MEMORY_SIZE }, (_, i) => i);
  readonly done: string[] = [];
  readonly execFile = "/guests/a.elf";
  readonly firstSegment = 0x20_0000n;
  readonly limits: string = "Watchpoints do not work\n";
  readonly #state: RegisterState = registerState();

  state(): RegisterState {
    return this.#state;
  }

  commit(part: string): void {
    this.done.push(`commit ${part}`);
  }

  readMemory(address: bigint, length: number): Uint8Array {
    const from = this.#offset(address);
    return from === undefined ? new Uint8Array(0) : this.memory.slice(from, from + length);
  }

  writeMemory(address: bigint, bytes: Uint8Array): boolean {
    const from = this.#offset(address);
    if (from === undefined || from + bytes.length > MEMORY_SIZE) return false;
    this.memory.set(bytes, from);
    return true;
  }

  insert(kind: BreakpointKind, address: bigint, length: number): boolean | undefined {
    if (kind > 2) return undefined;
    if (this.#offset(address) === undefined) return false;
    this.done.push(`insert ${kind} ${address.toString(16)} ${length}`);
    return true;
  }

  remove(kind: BreakpointKind, address: bigint, length: number): void {
    this.done.push(`remove ${kind} ${address.toString(16)} ${length}`);
  }

  memoryMap(): string {
    return "<memory-map/>";
  }

  monitor(command: string): string | undefined {
    return command === "hello" ? "hello, world\n" : undefined;
  }

  #offset(address: bigint): number | undefined {
    const offset = address - MEMORY;
    return offset < 0n || offset >= BigInt(MEMORY_SIZE) ? undefined : Number(offset);
  }
}

/** Registers, no two of which are alike. */
export function registerState(): RegisterState {
  const xsave = Xsave.create();
  const regs = Regs.create();
  regs.bytes.forEach((_, i) => regs.bytes[i] = i + 1);
  regs.rflags = 0x246n;
  const sregs = Sregs.create();
  sregs.cs.selector = 0x23;
  sregs.fs.base = 0x7f00_0000_0000n;
  xsave.fcw = 0x37f;
  xsave.mxcsr = 0x1f80;
  xsave.st.forEach((_, i) => xsave.st[i] = 200 - i);
  xsave.xmm.forEach((_, i) => xsave.xmm[i] = i);
  const ymmHigh = xsave.bytes.subarray(576, 832);
  ymmHigh.forEach((_, i) => ymmHigh[i] = 255 - i);
  return { regs, sregs, xsave, ymmHigh };
}
