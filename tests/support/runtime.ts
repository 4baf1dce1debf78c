// Starts the runtime that runs the tests, with exactly the given arguments.
import { spawnSync } from "node:child_process";
import process from "node:process";

/** What a process left. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs the current runtime to its end. `launcher` is a program that starts another one, with its arguments.
 *
 * Deno's node:child_process adds `-A` where it finds Deno's path and `run` among the arguments, so a test of
 * permissions would have them all. Here the path comes as a variable.
 */
export function runRuntime(args: readonly string[], launcher: readonly string[] = []): Finished {
  const [program = "", ...rest] = [...launcher, "sh", "-c", 'exec "$VMLET_RUNTIME" "$@"', "sh"];
  const { status, stdout, stderr } = spawnSync(program, [...rest, ...args], {
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", VMLET_RUNTIME: process.execPath },
  });
  return { code: status, out: stdout, error: stderr };
}
