/** What is measured: each case does in TypeScript what it asks of the C floor. */

import { readFile } from "node:fs/promises";
import { Sandbox } from "../mod.ts";
import { parseGuest } from "../src/sandbox/guest_file.ts";
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
const HELLO = new URL("../guest/examples/hello.elf", import.meta.url);

/** Both numbers and their sum have bytes that stand nowhere else in a message. */
const LEFT = 0x0123_4567;
const RIGHT = 0x1357_9bdf;
const SUM = LEFT + RIGHT;
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
  { name: "add", what: "call add(i32, i32) -> i32", prepare: add },
  { name: "create", what: "make a sandbox", prepare: () => lifetime("create") },
  { name: "close", what: "close a sandbox", prepare: () => lifetime("close") },
];

const now = () => performance.now() * 1e6;

function exitLoop(program: Program, operations: number): Prepared {
  const { memory, driver } = createMachine(program);
  const entry = driver.prepare(program.call);
  let left = 0;
  const onOut = (port: number, value: number): boolean => {
    if (port !== program.port || value !== program.value) {
      throw new Error(`The guest wrote ${value} to port ${port}`);
    }
    return --left === 0;
  };
  return {
    program,
    command: "exits",
    operations,
    batch: (operations) => {
      const began = now();
      left = operations;
      driver.enter(entry, onOut);
      return now() - began;
    },
    close: () => {
      driver.close();
      memory.close();
    },
  };
}

async function add(): Promise<Prepared> {
  const file = await readFile(HELLO);
  const sandbox = await Sandbox.create({ guest: file, exports: { add: ADD } });
  return {
    program: guestCall(parseGuest(file), SIZES, ADD_CALL),
    command: "calls",
    operations: 100,
    batch: (operations) => {
      const began = now();
      for (let i = 0; i < operations; i++) {
        if (sandbox.exports.add(LEFT, RIGHT) !== SUM) throw new Error("The sum is wrong");
      }
      return now() - began;
    },
    close: () => sandbox.close(),
  };
}

async function lifetime(command: "create" | "close"): Promise<Prepared> {
  const file = await readFile(HELLO);
  return {
    program: guestCall(parseGuest(file), SIZES, ADD_CALL),
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
