/** What is measured: each case does in TypeScript what it asks of the C floor. */

import { readFile } from "node:fs/promises";
import { Sandbox } from "../mod.ts";
import { loadGuest } from "../src/sandbox/guest_file.ts";
import type { FloorCommand } from "./floor.ts";
import { createMachine, type Program } from "./image.ts";
import { type FunctionCall, guestCall, ring0Loop, ring3Loop } from "./programs.ts";

/** One case, made ready. */
export interface Prepared {
  /** The machine for the floor. */
  readonly program: Program;
  /** What the floor does. */
  readonly command: FloorCommand;
  /** How many operations a batch has: some milliseconds of work, in which little changes. */
  readonly operations: number;
  /** Does as many operations; returns the nanoseconds that they took. */
  readonly batch: (operations: number) => number | Promise<number>;
  /** Releases what was made. */
  readonly close: () => void;
}

/** One case. */
export interface Case {
  readonly name: string;
  readonly what: string;
  readonly prepare: () => Prepared | Promise<Prepared>;
}

/** The defaults of Sandbox.create. */
const SIZES = { heap: 128 * 1024, stack: 64 * 1024, input: 16 << 20, output: 16 << 20 };
const GUEST = new URL("../guest/examples/bench.elf", import.meta.url);

/** Both numbers and their sum have bytes that stand nowhere else in a message. */
const LEFT = 0x0123_4567;
const RIGHT = 0x1357_9bdf;
const SUM = LEFT + RIGHT;
const NOTHING = { parameters: [], result: "void" } as const;
const ADD = { parameters: ["i32", "i32"], result: "i32" } as const;
const ADD_CALL: FunctionCall = {
  name: "add",
  ...ADD,
  args: [LEFT, RIGHT],
  answer: new Uint8Array(Int32Array.of(SUM).buffer),
};

/** All cases, in the order of the table. */
export const CASES: readonly Case[] = [
  {
    name: "exit-ring3",
    what: "leave ring 3 by `out` and enter again",
    prepare: () => exitLoop(ring3Loop(), 100),
  },
  {
    name: "exit-ring0",
    what: "leave ring 0 by `out` and enter again",
    prepare: () => exitLoop(ring0Loop(), 300),
  },
  {
    name: "noop",
    what: "call noop()",
    prepare: () =>
      call({ name: "noop", ...NOTHING, args: [], answer: new Uint8Array(0) }, undefined),
  },
  { name: "add", what: "call add(i32, i32) -> i32", prepare: () => call(ADD_CALL, SUM) },
  {
    name: "host-add",
    what: "call a function that calls an import",
    prepare: () => call({ ...ADD_CALL, name: "host_add", imported: SUM }, SUM),
  },
  ...[10, 1000, 100_000].map((length): Case => ({
    name: `string-${length}`,
    what: `pass a string of ${length} characters and back`,
    prepare: () => echoString(length),
  })),
  ...[100, 10_000, 1_000_000, 8_000_000].map((length): Case => ({
    name: `buffer-${length}`,
    what: `pass ${length} bytes and back`,
    prepare: () => echoBuffer(length),
  })),
  { name: "create", what: "make a sandbox", prepare: () => lifetime("create") },
  { name: "close", what: "close a sandbox", prepare: () => lifetime("close") },
];

const now = () => performance.now() * 1e6;

function exitLoop(program: Program, operations: number): Prepared {
  let left = 0;
  const { memory, driver } = createMachine(program, (port, value) => {
    if (port !== program.port || value !== program.value) {
      throw new Error(`The guest wrote ${value} to port ${port}`);
    }
    return --left === 0;
  });
  return {
    program,
    command: "exits",
    operations,
    batch: (operations) => {
      const began = now();
      left = operations;
      driver.dispatchCall(program.entryPoint);
      return now() - began;
    },
    close: () => {
      driver.close();
      memory.close();
    },
  };
}

/** Calls a function over and over; a batch is about 3 ms of work. */
async function call(
  { imported, ...it }: FunctionCall,
  expected: unknown,
  isExpected: (value: unknown) => boolean = (value) => value === expected,
  operations = 100,
): Promise<Prepared> {
  const file = await readFile(GUEST);
  const { name, parameters, result } = it;
  const sandbox = await Sandbox.create({
    guest: file,
    exports: { [name]: { parameters, result } },
    imports: { host_add: { ...ADD, callback: (a, b) => (a + b) | 0 } },
  });
  const callee = sandbox.exports[name] as (...args: unknown[]) => unknown;
  const [first, second] = it.args;
  // As programs write it: with as many arguments as there are.
  const once = [() => callee(), () => callee(first), () => callee(first, second)][it.args.length];
  if (!once) throw new Error(`${name} takes more arguments than any case here`);
  const full = imported === undefined ? it : { ...it, imported };
  return {
    program: guestCall(loadGuest(file).image, SIZES, full),
    command: "calls",
    operations,
    batch: (operations) => {
      const began = now();
      for (let i = 0; i < operations; i++) {
        if (!isExpected(once())) throw new Error(`The result of ${name} is wrong`);
      }
      return now() - began;
    },
    close: () => sandbox.close(),
  };
}

function echoString(length: number): Promise<Prepared> {
  const text = "vmlet! ".repeat(length / 7 + 1).slice(0, length);
  const it: FunctionCall = {
    name: "echo_string",
    parameters: ["string"],
    result: "string",
    args: [text],
    answer: new TextEncoder().encode(text),
  };
  return call(it, text, undefined, length > 10_000 ? 20 : 100);
}

function echoBuffer(length: number): Promise<Prepared> {
  const bytes = new Uint8Array(length).map((_, i) => i * 31);
  const it: FunctionCall = {
    name: "echo_buffer",
    parameters: ["buffer"],
    result: "buffer",
    args: [bytes],
    answer: bytes,
  };
  const isExpected = (value: unknown) =>
    value instanceof Uint8Array && value.length === length && value[0] === bytes[0] &&
    value[length - 1] === bytes[length - 1];
  return call(it, undefined, isExpected, length > 100_000 ? 2 : 50);
}

async function lifetime(command: "create" | "close"): Promise<Prepared> {
  const file = await readFile(GUEST);
  return {
    program: guestCall(loadGuest(file).image, SIZES, ADD_CALL),
    command,
    operations: 3,
    batch: async (operations) => {
      let time = 0;
      for (let i = 0; i < operations; i++) {
        const began = now();
        const sandbox = await Sandbox.create({ guest: file, exports: { add: ADD } });
        const created = now();
        sandbox.close();
        time += command === "create" ? created - began : now() - created;
      }
      return time;
    },
    close: () => {},
  };
}
