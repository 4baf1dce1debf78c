/** The types of sandboxes, proven by `deno check` and tsc: what must compile does, and what must not is marked so. */

import { test } from "node:test";
import { assertEquals } from "@std/assert";
import {
  type AsyncCallOptions,
  type FunctionDefinitions,
  Pool,
  Sandbox,
  type SandboxOptions,
  type Snapshot,
} from "../mod.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true
  : false;

/** Compiles if the type is `true`. */
function proven<_ extends true>(): void {}

/** As a generated module of `vmlet build --embed` looks. */
const adder = {
  guest: new Uint8Array(),
  exports: {
    add: { parameters: ["i32", "i32"], result: "i32" },
    greet: { parameters: ["string"], result: "string" },
  },
} as const satisfies SandboxOptions;

// Never called: it is here to be checked.
export async function positive(): Promise<void> {
  const sandbox = await Sandbox.create({
    guest: "x.elf",
    exports: {
      add: { parameters: ["i32", "i32"], result: "i32" },
      wide: { parameters: ["i64", "u64", "bool"], result: "u64" },
      text: { parameters: ["string", "buffer", "f64", "f32", "u32"], result: "buffer" },
      nothing: { parameters: [], result: "void" },
    },
    imports: {
      now: { parameters: [], result: "i64", callback: () => 5n },
      mixed: {
        parameters: ["string", "i64", "buffer", "bool"],
        result: "f64",
        callback: (text, wide, bytes, flag) => {
          proven<Equal<typeof text, string>>();
          proven<Equal<typeof wide, bigint>>();
          proven<Equal<typeof bytes, Uint8Array>>();
          proven<Equal<typeof flag, boolean>>();
          return flag ? text.length : bytes.length;
        },
      },
      later: {
        parameters: ["u32"],
        result: "string",
        callback: async (n) => await `${n.toFixed()}`,
      },
      done: { parameters: ["i32"], result: "void", callback: (n) => void n },
      doneLater: { parameters: [], result: "void", callback: async () => {} },
    },
    memory: { heap: 1 << 20 },
  });
  proven<Equal<typeof sandbox.exports.add, (a: number, b: number) => number>>();
  proven<Equal<Parameters<typeof sandbox.exports.wide>, [bigint, bigint, boolean]>>();
  proven<Equal<ReturnType<typeof sandbox.exports.wide>, bigint>>();
  proven<
    Equal<Parameters<typeof sandbox.exports.text>, [string, Uint8Array, number, number, number]>
  >();
  proven<Equal<ReturnType<typeof sandbox.exports.text>, Uint8Array>>();
  proven<Equal<ReturnType<typeof sandbox.exports.nothing>, void>>();
  proven<
    Equal<
      typeof sandbox.async.add,
      (a: number, b: number, options?: AsyncCallOptions) => Promise<number>
    >
  >();
  proven<Equal<ReturnType<typeof sandbox.async.wide>, Promise<bigint>>>();
  proven<Equal<ReturnType<typeof sandbox.async.nothing>, Promise<void>>>();
  const snapshot = sandbox.snapshot();
  const clone = await Sandbox.fromSnapshot(snapshot, {
    imports: { now: { parameters: [], result: "i64", callback: () => 5n } },
  });
  proven<Equal<typeof clone.exports.add, (a: number, b: number) => number>>();
  proven<Equal<typeof snapshot.exports.nothing.result, "void">>();
  const unknown: Snapshot = snapshot;
  const typed = await Sandbox.fromSnapshot(unknown, {
    exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
    imports: { log: { parameters: ["string"], result: "void", callback: (it) => void it.length } },
  });
  proven<Equal<typeof typed.exports.add, (a: number, b: number) => number>>();
  const clones = await Pool.create({ snapshot, sandbox: { deadline: 5 } });
  proven<Equal<Awaited<ReturnType<typeof clones.run<"add">>>, number>>();
  const { signal } = new AbortController();
  const text: Uint8Array = await sandbox.async.text("", new Uint8Array(), 1, 2, 3, { signal });
  const later: number = await sandbox.callAsync("add", [1, 2], { signal, deadline: 5 });
  await sandbox.async.nothing({ cpuBudget: text.length + later });
  const sum: number = sandbox.call("add", [1, 2]);
  const bytes: Uint8Array = sandbox.call("text", ["", new Uint8Array(), sum, 1, 2]);
  sandbox.restore(snapshot);

  // A generated module, spread and completed.
  const embedded = await Sandbox.create({ ...adder, imports: {} });
  proven<Equal<typeof embedded.exports.greet, (name: string) => string>>();

  // Options inside of other options.
  const pool = { size: 2, sandbox: { ...adder, memory: { stack: bytes.length } } };
  const nested = await Sandbox.create(pool.sandbox);
  proven<Equal<ReturnType<typeof nested.exports.add>, number>>();

  const pooled = await Pool.create(pool);
  proven<Equal<typeof pooled, Pool<typeof adder.exports>>>();
  const greeting: string = await pooled.run("greet", ["all"], { signal });
  const some: Pool = pooled;
  await some.run("add", [1, greeting.length]);

  // Every sandbox is a Sandbox, and one whose functions are known only at run time can be used.
  const all: Sandbox[] = [sandbox, embedded, nested];
  const definitions: FunctionDefinitions = JSON.parse("{}");
  const dynamic: Sandbox = await Sandbox.create({ guest: "x.elf", exports: definitions });
  const result: unknown = dynamic.exports.anything?.(1, "two", 3n);
  dynamic.call("anything", [1, "two", result === undefined]);
  await dynamic.async.anything?.(1, "two", { signal });
  const described = await Sandbox.create({ guest: "x.elf" });
  proven<Equal<typeof described, Sandbox>>();
  for (const it of all) it.close();
}

// Never called either: each marked line must be an error.
export async function negative(): Promise<void> {
  const sandbox = await Sandbox.create({
    guest: "x.elf",
    exports: {
      add: { parameters: ["i32", "i32"], result: "i32" },
      wide: { parameters: ["i64"], result: "void" },
    },
  });
  // @ts-expect-error a number is no bigint
  sandbox.exports.wide(1);
  // @ts-expect-error too few arguments
  sandbox.exports.add(1);
  // @ts-expect-error too many arguments
  sandbox.exports.add(1, 2, 3);
  // @ts-expect-error a string is no number
  sandbox.exports.add("1", 2);
  // @ts-expect-error no such function
  sandbox.exports.subtract(1, 2);
  // @ts-expect-error the result is a number
  const text: string = sandbox.exports.add(1, 2);
  // @ts-expect-error no such function
  sandbox.call("subtract", []);
  // @ts-expect-error a promise is no number
  const sum: number = sandbox.async.add(1, 2);
  // @ts-expect-error too few arguments
  sandbox.async.add(1, { deadline: sum });
  // @ts-expect-error no such option
  sandbox.async.add(1, 2, { timeout: 5 });
  // @ts-expect-error a signal, not its controller
  sandbox.async.add(1, 2, { signal: new AbortController() });
  // @ts-expect-error too few arguments
  sandbox.callAsync("add", [1]);
  // @ts-expect-error too few arguments
  sandbox.call("add", [1]);
  // @ts-expect-error the functions cannot be replaced
  sandbox.exports.add = () => 5;
  // @ts-expect-error a snapshot is needed
  sandbox.restore(text);
  const pool = await Pool.create({
    sandbox: { guest: "x.elf", exports: { f: { parameters: ["i32"], result: "void" } } },
    // @ts-expect-error no such choice
    restore: "always",
  });
  // @ts-expect-error a number is needed
  await pool.run("f", ["text"]);
  // @ts-expect-error no such function
  await pool.run("g", []);
  await Sandbox.create({
    guest: "x.elf",
    // @ts-expect-error no such type
    exports: { f: { parameters: ["int"], result: "i32" } },
  });
  await Sandbox.create({
    guest: "x.elf",
    // @ts-expect-error a parameter cannot be void
    exports: { f: { parameters: ["void"], result: "i32" } },
  });
  await Sandbox.create({
    guest: "x.elf",
    exports: {},
    imports: {
      // @ts-expect-error an i64 is a bigint
      now: { parameters: [], result: "i64", callback: () => 5 },
    },
  });
  await Sandbox.create({
    guest: "x.elf",
    exports: {},
    imports: {
      // @ts-expect-error one parameter, not two
      one: { parameters: ["i32"], result: "i32", callback: (a: number, b: number) => a + b },
    },
  });
  await Sandbox.create({
    guest: "x.elf",
    exports: {},
    imports: {
      // @ts-expect-error the parameter is a string
      text: { parameters: ["string"], result: "i32", callback: (text: number) => text },
    },
  });
  await Sandbox.create({
    guest: "x.elf",
    exports: {},
    imports: {
      // @ts-expect-error a promise of the wrong type
      later: { parameters: [], result: "i32", callback: async () => await "text" },
    },
  });
  // @ts-expect-error a guest is needed
  await Sandbox.create({ exports: {} });
  // @ts-expect-error no such part of the memory
  await Sandbox.create({ guest: "x.elf", exports: {}, memory: { heep: 5 } });
}

test("the types of a generated module's functions follow from its definitions", () => {
  assertEquals(Object.keys(adder.exports), ["add", "greet"]);
});
