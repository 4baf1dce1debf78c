/** Guests under the real gdb, which runs a list of commands while this thread is inside of the guest. */

import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import process from "node:process";
import { type DebugOptions, Sandbox, type SandboxOptions } from "../../mod.ts";
import { buildGuest, buildRing0Guest } from "./build_guest.ts";
import { Folder } from "./cli.ts";
import { condition, needsKvm } from "./skip.ts";

/** gdb: $GDB, or the one on PATH. */
export const GDB: string = process.env.GDB ?? "gdb";

/** Skips where KVM is missing, or gdb, which .ci/run installs. */
export const needsGdb: string | false = condition(
  "needsGdb",
  needsKvm ||
    (spawnSync(GDB, ["-nx", "--version"]).status === 0 ? false : "gdb is not there"),
);

/** The functions of tests/guests/debugged.c. */
export const DEBUGGED = {
  compute: { parameters: ["i32"], result: "i32" },
  spin: { parameters: [], result: "i32" },
  crash: { parameters: ["i32"], result: "i32" },
  ask_host: { parameters: ["i32"], result: "i32" },
} as const;

const IMPORTS = {
  host_add: {
    parameters: ["i32", "i32"],
    result: "i32",
    callback: (a: number, b: number): number => a + b,
  },
} as const;

/** tests/guests/debugged.c with its symbols. */
export function debuggedGuest(ring: 0 | 3): Promise<Uint8Array> {
  const build = ring === 0 ? buildRing0Guest : buildGuest;
  return build("debugged.c", "-g", "-O0");
}

/** A run of gdb that is under way. */
export class GdbRun {
  readonly #folder = new Folder();
  readonly #ended: Promise<number | null>;

  /** Starts it with these commands, for a guest's file. */
  constructor(file: string, commands: readonly string[]) {
    const log = openSync(this.#folder.at("log"), "a");
    // A machine may be slow: gdb gives its answers two seconds otherwise.
    const all = [
      "set width 0",
      "set confirm off",
      "set debuginfod enabled off",
      "set remotetimeout 60",
    ];
    const child = spawn("timeout", [
      ...["100", GDB, "-nx", "-batch"],
      ...all.flatMap((command) => ["-iex", command]),
      file,
      ...commands.flatMap((command) => ["-ex", command]),
    ], { stdio: ["ignore", log, log] });
    closeSync(log);
    this.#ended = new Promise((resolve) => child.on("close", resolve));
  }

  /** What it wrote, when it has ended. */
  async output(): Promise<string> {
    const code = await this.#ended;
    const text = readFileSync(this.#folder.at("log"), "utf8");
    this.#folder[Symbol.dispose]();
    return code === 0 ? text : `${text}\ngdb ended with code ${code}`;
  }
}

/** What became of a call under gdb. */
export interface Debugged {
  /** What gdb wrote. */
  readonly output: string;
  readonly result: unknown;
}

type Options = Omit<SandboxOptions, "guest" | "exports" | "imports" | "debug"> & {
  readonly debug?: DebugOptions;
};

/** Calls functions of the guest under gdb; what one throws is its result. */
export async function underGdb(
  ring: 0 | 3,
  commands: readonly string[],
  call: (sandbox: Sandbox<typeof DEBUGGED>) => unknown,
  options: Options = {},
): Promise<Debugged> {
  using folder = new Folder({ "guest.elf": await debuggedGuest(ring) });
  const file = folder.at("guest.elf");
  let run: GdbRun | undefined;
  let result: unknown;
  {
    await using sandbox = await Sandbox.create({
      ...options,
      guest: file,
      exports: DEBUGGED,
      imports: IMPORTS,
      debug: {
        ...options.debug,
        listening: ({ target }) => {
          run = new GdbRun(file, [`target remote ${target}`, ...commands]);
        },
      },
    });
    try {
      result = await call(sandbox);
    } catch (error) {
      result = error;
    }
  }
  if (!run) throw new Error("The debugger did not listen");
  return { output: await run.output(), result };
}
