/** Walks a stopped guest's stack: where it is, who called that, and so on. All of it is the guest's word. */

import { FRAME_REGISTER, type FrameRegisters, type ReadWord } from "./call_frames.ts";
import type { Symbols } from "./symbols.ts";

/** A function that runs. */
export interface Frame {
  /** The instruction at which it stopped, or to which it will be returned. */
  readonly address: bigint;
  /** The instruction that it is busy with: for a caller, the call before {@linkcode Frame.address}. */
  readonly busyAt: bigint;
  /** Its registers, as far as they are known. */
  readonly registers: FrameRegisters;
}

/** What a walk needs of the guest. */
export interface WalkedGuest {
  /** Reads the guest's memory by its own addresses; fewer bytes where it ends. */
  read(address: bigint, length: number): Uint8Array;
  /** Whether the image has code there. */
  isCode(address: bigint): boolean;
  readonly symbols: Symbols | undefined;
  /** How far the image was moved from where the symbols have it. */
  readonly moved: number;
}

/** How many functions are told, where nobody wants more. */
const MAX_FRAMES = 32;

const { rbp, rsp, rip } = FRAME_REGISTER;

/**
 * The functions that run, the innermost first. Callers are found by the file's call frame information; code without any
 * is taken to keep a frame pointer, and where that cannot be, the walk ends.
 *
 * @param registers Those of the innermost; what is undefined there is not known.
 * @param isBehind Whether the instruction pointer is already behind the instruction that counts.
 * @param most How many are told.
 */
export function walkStack(
  guest: WalkedGuest,
  registers: FrameRegisters,
  isBehind: boolean,
  most = MAX_FRAMES,
): Frame[] {
  const frames: Frame[] = [];
  const word: ReadWord = (address) => {
    const bytes = guest.read(address, 8);
    if (bytes.length < 8) return undefined;
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  };
  let current = registers;
  let isReturn = isBehind;
  while (frames.length < most) {
    const address = current[rip];
    // A call returns to the image, or it was the host's.
    const isCalled = frames.length > 0 && isReturn;
    if (address === undefined || (isCalled && !guest.isCode(address))) break;
    const busyAt = isReturn ? BigInt.asUintN(64, address - 1n) : address;
    frames.push({ address, busyAt, registers: current });
    const linked = Number(busyAt) - guest.moved;
    const caller = guest.symbols?.frames.callerOf(linked, current, word) ??
      callerByPointer(guest, current, word);
    if (!caller) break;
    const [before, after] = [current[rsp], caller.registers[rsp]];
    // A stack grows downwards; an exception may have been handled on another one.
    const isLoop = before === undefined || after === undefined || after <= before;
    if (isLoop && !caller.isInterrupted) break;
    isReturn = !caller.isInterrupted;
    current = caller.registers;
  }
  return frames;
}

/** The caller of code that says nothing of its frame. */
function callerByPointer(
  guest: WalkedGuest,
  registers: FrameRegisters,
  word: ReadWord,
): { readonly registers: FrameRegisters; readonly isInterrupted: boolean } | undefined {
  const { [rip]: at = 0n, [rsp]: stack, [rbp]: frame } = registers;
  const caller = (slot: bigint | undefined, pointer: bigint | undefined) => {
    const address = slot === undefined ? undefined : word(slot);
    if (slot === undefined || address === undefined || !isReturnAddress(guest, address)) {
      return undefined;
    }
    const found = [...registers];
    found[rip] = address;
    found[rsp] = slot + 8n;
    found[rbp] = pointer;
    return { registers: found, isInterrupted: false };
  };
  // A call to where no code is has pushed its return address, and nothing else has happened.
  if (!guest.isCode(at)) return caller(stack, frame);
  if (frame === undefined || frame % 8n !== 0n || (stack !== undefined && frame < stack)) {
    return undefined;
  }
  return caller(BigInt.asUintN(64, frame + 8n), word(frame));
}

/** Whether a call stands before an address of the image: `call rel32`, or one through a register or memory. */
function isReturnAddress(guest: WalkedGuest, address: bigint): boolean {
  if (address < 7n || !guest.isCode(address - 1n)) return false;
  const bytes = guest.read(address - 7n, 7);
  if (bytes.length < 7) return false;
  if (bytes[2] === 0xe8) return true;
  // The opcode's second half is in three bits of the byte behind it.
  return bytes.some((byte, i) => byte === 0xff && i < 6 && ((bytes[i + 1] ?? 0) >> 3 & 7) === 2);
}
