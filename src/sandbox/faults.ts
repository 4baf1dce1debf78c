/** Turns a CPU exception of a guest into the error that tells what the guest did. */

import { type Access, VmletError } from "../ffi/mod.ts";
import { describeAddress, isStackOverflow, type Layout } from "../guest/layout.ts";
import { EXCEPTION_NAMES, type GuestException } from "../guest/ring3.ts";

const GENERAL_PROTECTION = 13;
const PAGE_FAULT = 14;

// The error code of a page fault (Intel SDM volume 3, 4.7).
const FAULT_WRITE = 2;
const FAULT_FETCH = 16;

/** Each access in words. */
const ACCESSES = { read: "read from", write: "write to", execute: "jump to" } as const;

/** The longest instruction of x86. */
export const MAX_INSTRUCTION = 15;

/** What the host knows of a guest that raised an exception. */
export interface Fault {
  readonly exception: GuestException;
  /** CR2: the address of a page fault. */
  readonly cr2: bigint;
  /** The guest's rdx, which holds the port of some port instructions. */
  readonly rdx: bigint;
  /** Reads the guest's memory by its own addresses; shorter where memory ends. */
  read(address: bigint, length: number): Uint8Array;
}

/** The name of an exception. */
export function exceptionName(vector: number): string {
  return EXCEPTION_NAMES[vector] ?? `exception ${vector}`;
}

/** The error for an exception. */
export function faultError(layout: Layout, fault: Fault): VmletError {
  const { vector, errorCode, rip } = fault.exception;
  const at = `at instruction 0x${rip.toString(16)}`;
  if (vector === PAGE_FAULT) {
    const address = fault.cr2;
    const access: Access = errorCode & FAULT_FETCH
      ? "execute"
      : errorCode & FAULT_WRITE
      ? "write"
      : "read";
    const details = { address, access, rip, vector };
    if (layout.ring === 3 && access !== "execute" && isStackOverflow(layout, address)) {
      return new VmletError(
        "ERR_STACK_OVERFLOW",
        `Guest crashed: stack overflow ${at}, give it more with memory.stack or recurse less`,
        details,
      );
    }
    return new VmletError(
      "ERR_MEMORY_ACCESS",
      `Guest crashed: ${ACCESSES[access]} 0x${address.toString(16)} ${at}: ` +
        describeAddress(layout, address),
      details,
    );
  }
  if (vector === GENERAL_PROTECTION) {
    const port = portOf(fault.read(rip, MAX_INSTRUCTION), fault.rdx);
    if (port !== undefined) {
      return new VmletError(
        "ERR_FORBIDDEN_PORT",
        `Guest crashed: forbidden port ${port} ${at}`,
        { port, rip, vector },
      );
    }
  }
  const name = exceptionName(vector);
  const detail = errorCode === 0 ? "" : `, error code 0x${errorCode.toString(16)}`;
  return new VmletError("ERR_GUEST_EXCEPTION", `Guest crashed: ${name} ${at}${detail}`, {
    rip,
    vector,
  });
}

/** Whether code begins with a port instruction. */
export function isPortInstruction(code: Uint8Array): boolean {
  return portOf(code, 0n) !== undefined;
}

/** The port of a port instruction (`in`, `out`, `ins`, `outs` behind any prefixes), if it is one. */
function portOf(code: Uint8Array, rdx: bigint): number | undefined {
  const prefixes = code.findIndex((byte) =>
    !(byte === 0x66 || byte === 0x67 || byte === 0xf2 || byte === 0xf3 || (byte & 0xf0) === 0x40)
  );
  const opcode = code[prefixes] ?? 0;
  if (opcode >= 0xe4 && opcode <= 0xe7) return code[prefixes + 1];
  const byRdx = (opcode >= 0xec && opcode <= 0xef) || (opcode >= 0x6c && opcode <= 0x6f);
  return byRdx ? Number(rdx & 0xffffn) : undefined;
}
