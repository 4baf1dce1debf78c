/** The machine of a benchmark: built here in TypeScript, and written down for the same machine in C (bench/floor.c). */

import { Driver, type DriverHooks, type DriverOptions } from "../src/driver/driver.ts";
import { type Platform, platformOf } from "../src/driver/platform.ts";
import { entryBytes, type InitialArguments, specialRegisters } from "../src/driver/registers.ts";
import { Kvm } from "../src/kvm/kvm.ts";
import { Memory } from "../src/kvm/memory.ts";
import { Regs, Sregs } from "../src/kvm/structs.ts";

/** What a guest is made of. */
export interface Program
  extends Pick<DriverOptions, "registers" | "entryPoint" | "stackPointer" | "entryCode"> {
  readonly memorySize: number;
  /** What its physical memory holds; the rest is zero. */
  readonly contents: readonly { readonly physical: number; readonly bytes: Uint8Array }[];
  /** What initialises the guest at its entry point; without it, calls begin there. */
  readonly initial?: InitialArguments;
  /** Where the guest leaves the address of its dispatch function, in physical memory. */
  readonly dispatch?: number;
  /** The port at which a call ends, and the value that is written there in an exit loop. */
  readonly port: number;
  readonly value?: number;
  /** What a call takes and gives; none for a guest that only leaves. */
  readonly message?: Message;
}

/** A call as it lies in the guest's memory. */
export interface Message {
  /** Where the input and output stacks are in physical memory. */
  readonly input: number;
  readonly output: number;
  /** The input stack with the call on it. */
  readonly bytes: Uint8Array;
  /** The result's bytes, wherever they are in the output. */
  readonly result: Uint8Array;
  /** What the host pushes on the input stack when the guest calls an import; empty where it calls none. */
  readonly answer: Uint8Array;
}

/** Makes the memory and the driver of a program, as a sandbox does. */
export function createMachine(
  program: Program,
  out: DriverHooks["out"] = () => true,
): { memory: Memory; driver: Driver } {
  const memory = new Memory(program.memorySize);
  for (const { physical, bytes } of program.contents) memory.write(physical, bytes);
  const flags = { read: true, write: true, execute: true };
  const regions = [{ name: "all", guestAddress: 0, size: memory.size, memory, flags }];
  try {
    return { memory, driver: Driver.create({ ...program, regions, hooks: { out } }) };
  } catch (error) {
    memory.close();
    throw error;
  }
}

/** What KVM can do here. */
export function platform(): Platform {
  using kvm = Kvm.open();
  return platformOf(kvm);
}

/** Writes a program down: `struct image` of bench/floor.c and what follows it. */
export function encodeImage(program: Program): Uint8Array {
  const { syncRegisters, msrFilter, enforceCpuid, cpuid, xcr0 } = platform();
  if (!syncRegisters) {
    throw new Error("Cannot compare with C: this KVM does not take registers through kvm_run");
  }
  // The same bytes that the driver sets.
  const { memory, driver } = createMachine(program);
  const sregs = specialRegisters(program.registers, driver.sregs().apicBase);
  driver.close();
  memory.close();
  const { entryPoint, stackPointer, entryCode, initial } = program;
  const registers = (args?: InitialArguments) => {
    const entry = { address: entryPoint, stackPointer, sregs, entryCode, args: args ?? 0 };
    const bytes = new Uint8Array(Regs.size + Sregs.size);
    bytes.set(entryBytes(entry));
    bytes.set(sregs.bytes, Regs.size);
    return bytes;
  };

  const parts = program.contents.filter(({ bytes }) => bytes.length > 0);
  const { message } = program;
  return concatenate([
    words(
      program.memorySize,
      xcr0,
      Number(msrFilter),
      Number(enforceCpuid),
      message?.input ?? 0,
      message?.output ?? 0,
      program.dispatch ?? 0,
      program.port,
      program.value ?? 0,
      cpuid.bytes.length,
      message?.bytes.length ?? 0,
      message?.result.length ?? 0,
      message?.answer.length ?? 0,
      parts.length,
    ),
    registers(initial),
    registers(),
    cpuid.bytes,
    message?.bytes ?? new Uint8Array(0),
    message?.result ?? new Uint8Array(0),
    message?.answer ?? new Uint8Array(0),
    ...parts.flatMap(({ physical, bytes }) => [words(physical, bytes.length), bytes]),
  ]);
}

function words(...numbers: (number | bigint)[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(numbers, BigInt).buffer);
}

/** Joins pieces, each rounded up to 8 bytes. */
function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const padded = (length: number) => Math.ceil(length / 8) * 8;
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + padded(length), 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += padded(piece.length);
  }
  return all;
}
