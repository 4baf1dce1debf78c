/** What is measured: each case does in TypeScript what it asks of the other side. */

import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sandbox } from "../mod.ts";
import { GuestFile } from "../src/sandbox/guest_file.ts";
import type { Sizes } from "../src/guest/layout.ts";
import { type Case, now, type Prepared } from "./case.ts";
import { createMachine, encodeImage, type Program } from "./image.ts";
import { PEER_CASES } from "./peer_cases.ts";
import { type FunctionCall, guestCall, ring0Loop, ring3Loop } from "./programs.ts";
import { Reference } from "./reference.ts";

/** The defaults of Sandbox.create. */
const SIZES: Sizes = { heap: 128 * 1024, stack: 64 * 1024, input: 16 << 20, output: 16 << 20 };
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

/** How many pages a call writes to before the guest is restored, and how many MiB the guest has. */
const RESTORES = [[4, 1], [64, 1], [4, 64], [64, 64], [512, 64], [4, 1024], [64, 1024], [
  512,
  1024,
]] as const;

/** How many MiB of heap sandboxes are made with. */
const CREATIONS = [1, 1024, 16384] as const;

/** What a case gives the floor to do. */
type FloorCase = Omit<Prepared, "start" | "unit"> & { readonly program: Program };

const FLOOR_CASES: readonly Case[] = [
  floorCase("exit-ring3", "leave ring 3 by `out` and enter again", () => {
    return exitLoop(ring3Loop(), 100);
  }),
  floorCase("exit-ring0", "leave ring 0 by `out` and enter again", () => {
    return exitLoop(ring0Loop(), 300);
  }),
  floorCase("noop", "call noop()", () => {
    return call({ name: "noop", ...NOTHING, args: [], answer: new Uint8Array(0) }, undefined);
  }),
  floorCase("add", "call add(i32, i32) -> i32", () => call(ADD_CALL, SUM)),
  floorCase("add-deadline", "call add under a deadline", () => {
    return call(ADD_CALL, SUM, { deadline: 1000 });
  }),
  floorCase("add-memory-limit", "call add under a limit of memory", () => {
    return call(ADD_CALL, SUM, { memoryLimit: 16 * 1024 * 1024 });
  }),
  floorCase("add-async", "call add with the guest on another thread", () => callAsync()),
  floorCase("host-add", "call a function that calls an import", () => {
    return call({ ...ADD_CALL, name: "host_add", imported: SUM }, SUM);
  }),
  ...[10, 1000, 100_000].map((length) =>
    floorCase(`string-${length}`, `pass a string of ${length} characters and back`, () => {
      return echoString(length);
    })
  ),
  ...[100, 10_000, 1_000_000, 8_000_000].map((length) =>
    floorCase(`buffer-${length}`, `pass ${length} bytes and back`, () => echoBuffer(length))
  ),
  ...RESTORES.map(([pages, mebibytes]) =>
    floorCase(
      `restore-${pages}-${mebibytes}m`,
      `call, and restore ${pages} pages of ${mebibytes} MiB`,
      () => callAndRestore(pages, mebibytes),
    )
  ),
  floorCase("create", "make a sandbox", () => lifetime("create")),
  floorCase("create-again", "the same in the VM of one that was closed", () => {
    return lifetime("create", SIZES, true);
  }),
  ...CREATIONS.map((mebibytes) =>
    floorCase(`create-${mebibytes}m`, `make a sandbox with a heap of ${mebibytes} MiB`, () => {
      return lifetime("create", heapOf(mebibytes));
    })
  ),
  floorCase("clone", "make a sandbox from a snapshot", () => cloning()),
  floorCase("clone-again", "the same in the VM of one that was closed", () => {
    return cloning(SIZES, true);
  }),
  ...CREATIONS.map((mebibytes) =>
    floorCase(`clone-${mebibytes}m`, `the same with a heap of ${mebibytes} MiB`, () => {
      return cloning(heapOf(mebibytes));
    })
  ),
  floorCase("close", "close a sandbox", () => lifetime("close")),
  floorCase("close-again", "close one whose VM is left for the next", () => {
    return lifetime("close", SIZES, true);
  }),
];

/** Of a guest of 16 MiB. */
const IDLE_SIZES: Sizes = { heap: 8 << 20, stack: 64 * 1024, input: 4 << 20, output: 4 << 20 };

const IDLE_CASES: readonly Case[] = [
  floorCase("idle", "the system's memory for a clone that does nothing", () => {
    return idle("idle", () => -kibibytes("/proc/meminfo", "MemAvailable"));
  }, "bytes"),
  floorCase("resident", "the process's resident memory for one", () => {
    return idle("resident", () => kibibytes("/proc/self/status", "VmRSS"));
  }, "bytes"),
];

/** All cases, in the order of the table. */
export const CASES: readonly Case[] = [...FLOOR_CASES, ...IDLE_CASES, ...PEER_CASES];

function floorCase(
  name: string,
  what: string,
  prepare: () => FloorCase | Promise<FloorCase>,
  unit: Prepared["unit"] = "ns",
): Case {
  return {
    name,
    what,
    against: "C",
    needs: ["floor"],
    prepare: async ({ floor }) => {
      const { program, ...prepared } = await prepare();
      return { ...prepared, unit, start: () => startFloor(floor, program) };
    },
  };
}

/** Starts the floor with a machine. */
async function startFloor(path: string, program: Program): Promise<Reference> {
  const folder = await mkdtemp(join(tmpdir(), "vmlet-bench-"));
  try {
    const image = join(folder, "image");
    await writeFile(image, encodeImage(program));
    return await Reference.start(path, image);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function exitLoop(program: Program, operations: number): FloorCase {
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

interface CallOptions {
  readonly isExpected?: (value: unknown) => boolean;
  readonly operations?: number;
  readonly deadline?: number;
  readonly memoryLimit?: number;
}

/** Calls a function over and over; a batch is about 3 ms of work. */
async function call(
  { imported, ...it }: FunctionCall,
  expected: unknown,
  { isExpected = (value) => value === expected, operations = 100, ...limits }: CallOptions = {},
): Promise<FloorCase> {
  const file = await readFile(GUEST);
  const { name, parameters, result } = it;
  const sandbox = await Sandbox.create({
    guest: file,
    exports: { [name]: { parameters, result } },
    imports: { host_add: { ...ADD, callback: (a, b) => (a + b) | 0 } },
    ...limits,
  });
  const callee = sandbox.exports[name] as (...args: unknown[]) => unknown;
  const [first, second] = it.args;
  // As programs write it: with as many arguments as there are.
  const once = [() => callee(), () => callee(first), () => callee(first, second)][it.args.length];
  if (!once) throw new Error(`${name} takes more arguments than any case here`);
  const full = imported === undefined ? it : { ...it, imported };
  return {
    program: guestCall(GuestFile.of(file).load().image, SIZES, full),
    command: "calls",
    inside: "inside",
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

/** Calls add, one call after the other, each of which crosses to another thread and back. */
async function callAsync(): Promise<FloorCase> {
  const file = await readFile(GUEST);
  const sandbox = await Sandbox.create({ guest: file, exports: { add: ADD } });
  return {
    program: guestCall(GuestFile.of(file).load().image, SIZES, ADD_CALL),
    command: "calls",
    inside: "inside",
    operations: 100,
    needsTwoCpus: true,
    batch: async (operations) => {
      const began = now();
      for (let i = 0; i < operations; i++) {
        if (await sandbox.async.add(LEFT, RIGHT) !== SUM) throw new Error("The sum is wrong");
      }
      return now() - began;
    },
    close: () => sandbox.close(),
  };
}

function echoString(length: number): Promise<FloorCase> {
  const text = "vmlet! ".repeat(length / 7 + 1).slice(0, length);
  const it: FunctionCall = {
    name: "echo_string",
    parameters: ["string"],
    result: "string",
    args: [text],
    answer: new TextEncoder().encode(text),
  };
  return call(it, text, { operations: length > 10_000 ? 20 : 100 });
}

function echoBuffer(length: number): Promise<FloorCase> {
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
  return call(it, undefined, { isExpected, operations: length > 100_000 ? 2 : 50 });
}

/** Calls a function that writes to pages, and makes the guest what it was before. */
async function callAndRestore(pages: number, mebibytes: number): Promise<FloorCase> {
  const file = await readFile(GUEST);
  const sizes = heapOf(mebibytes - 0.5);
  const dirty = { parameters: ["i32", "i32"], result: "void" } as const;
  const sandbox = await Sandbox.create({ guest: file, exports: { dirty }, memory: sizes });
  const first = 5;
  sandbox.exports.dirty(first, pages);
  const clean = sandbox.snapshot();
  const args = [first, pages];
  const one = { name: "dirty", ...dirty, args, answer: new Uint8Array(0) };
  return {
    program: guestCall(GuestFile.of(file).load().image, sizes, one),
    command: "restores",
    simple: "copies",
    operations: 50,
    batch: (operations) => {
      const began = now();
      for (let i = 0; i < operations; i++) {
        sandbox.exports.dirty(first, pages);
        sandbox.restore(clean);
      }
      return now() - began;
    },
    close: () => {
      clean.close();
      sandbox.close();
    },
  };
}

/** Sizes with that much heap, and little else. */
function heapOf(mebibytes: number): Sizes {
  const others = 64 * 1024;
  return { heap: mebibytes * 1024 * 1024, stack: others, input: others, output: others };
}

/** Of sandboxes with new VMs, as those of the floor are, or `again` with that of the one before: then another one stays. */
async function lifetime(
  command: "create" | "close",
  sizes = SIZES,
  again = false,
): Promise<FloorCase> {
  const file = await readFile(GUEST);
  const options = { guest: file, exports: { add: ADD }, memory: sizes };
  const kept = again ? await Sandbox.create(options) : undefined;
  return {
    program: guestCall(GuestFile.of(file).load().image, sizes, ADD_CALL),
    command,
    operations: 1,
    batch: async (operations) => {
      let time = 0;
      for (let i = 0; i < operations; i++) {
        const began = now();
        const sandbox = await Sandbox.create(options);
        const created = now();
        sandbox.close();
        time += command === "create" ? created - began : now() - created;
      }
      return time;
    },
    close: () => kept?.close(),
  };
}

/** A snapshot of a guest after it was initialised, and the guest, unless it is not to stay. */
async function snapshotOf(sizes: Sizes, stays = false) {
  const guest = await readFile(GUEST);
  const first = await Sandbox.create({ guest, exports: { add: ADD }, memory: sizes });
  const snapshot = first.snapshot();
  if (!stays) first.close();
  const close = () => {
    snapshot.close();
    first.close();
  };
  return { program: guestCall(GuestFile.of(guest).load().image, sizes, ADD_CALL), snapshot, close };
}

/** As {@linkcode lifetime}. */
async function cloning(sizes = SIZES, again = false): Promise<FloorCase> {
  const { program, snapshot, close } = await snapshotOf(sizes, again);
  return {
    program,
    command: "clone",
    operations: 1,
    batch: async (operations) => {
      let time = 0;
      for (let i = 0; i < operations; i++) {
        const began = now();
        const sandbox = await Sandbox.fromSnapshot(snapshot);
        time += now() - began;
        sandbox.close();
      }
      return time;
    },
    close,
  };
}

/** Clones that are made and kept. */
async function idle(command: "idle" | "resident", memory: () => number): Promise<FloorCase> {
  const { program, snapshot, close } = await snapshotOf(IDLE_SIZES);
  const kept: Sandbox[] = [];
  return {
    program,
    command,
    // Ten batches are 3000 of them, and 6000 files: `ulimit -n 8192`. What other programs do to the system's memory
    // meanwhile counts for less so.
    operations: 300,
    keeps: true,
    batch: async (operations) => {
      const before = memory();
      for (let i = 0; i < operations; i++) kept.push(await Sandbox.fromSnapshot(snapshot));
      return Math.max(0, memory() - before) * 1024;
    },
    close: () => {
      for (const it of kept) it.close();
      close();
    },
  };
}

/** A number of a file of /proc's, in KiB. */
function kibibytes(path: string, name: string): number {
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(path, "utf8"))?.[1]);
}
