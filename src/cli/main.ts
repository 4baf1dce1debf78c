/**
 * The `vmlet` command.
 *
 * @example What it can do
 * ```sh
 * deno run --allow-ffi jsr:@vmlet/vmlet/cli --help
 * ```
 *
 * @module
 */

import process from "node:process";
import { parseArgs } from "@std/cli";
import { VERSION, VmletError } from "../../mod.ts";
import { build } from "./build.ts";
import {
  type Command,
  type Output,
  refuseUnknownOption,
  ToolError,
  UsageError,
} from "./command.ts";
import { debug } from "./debug.ts";
import { doctor } from "./doctor.ts";
import { profile } from "./profile.ts";
import { inspect } from "./inspect.ts";
import { run } from "./run.ts";

export type { Output } from "./command.ts";

/** The commands by their names. */
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["build", build],
  ["run", run],
  ["debug", debug],
  ["profile", profile],
  ["inspect", inspect],
  ["doctor", doctor],
]);

const FAILURE = 1;
const USAGE_ERROR = 2;

/**
 * Runs a command line and returns its exit code: 0 if all is well, 1 if not, 2 for a command line that makes no sense.
 *
 * @param args What follows `vmlet`.
 * @param output Where to write.
 */
export async function main(args: readonly string[], output: Output): Promise<number> {
  try {
    // What follows the command's name is the command's.
    const first = args.findIndex((arg) => !arg.startsWith("-"));
    const end = first === -1 ? args.length : first;
    const { help, version } = parseArgs(args.slice(0, end), {
      boolean: ["help", "version"],
      unknown: refuseUnknownOption,
    });
    const name = args[end];
    if (help || version) {
      output.out(help ? helpText() : `vmlet ${VERSION}\n`);
      return 0;
    }
    if (name === undefined) {
      output.error(helpText());
      return USAGE_ERROR;
    }
    const command = COMMANDS.get(name);
    if (command === undefined) throw new UsageError(`Unknown command ${name}`);
    return await command.run(args.slice(end + 1), output);
  } catch (error) {
    if (error instanceof VmletError || error instanceof ToolError) {
      const code = error instanceof VmletError ? `${error.code}: ` : "";
      output.error(`${code}${error.message}\n`);
      return FAILURE;
    }
    if (error instanceof Error && error.name === "NotCapable") {
      // Deno says which permission is missing, and where it was wanted does not matter.
      output.error(`${error.message}\n`);
      return FAILURE;
    }
    if (!(error instanceof UsageError)) throw error;
    output.error(`${error.message}, see vmlet --help\n`);
    return USAGE_ERROR;
  }
}

function helpText(): string {
  const width = Math.max(...Array.from(COMMANDS.keys(), (name) => name.length));
  const commands = Array.from(
    COMMANDS,
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return `Usage: vmlet COMMAND [OPTIONS]

Untrusted native code in hardware-isolated micro-VMs.

${commands.join("\n")}

  --help     print this, or with a command what that can do
  --version  print the version
`;
}

if (import.meta.main) {
  // The exit code is set and not forced, so that a pipe receives all that was written.
  process.exitCode = await main(process.argv.slice(2), {
    out: (content) => process.stdout.write(content),
    error: (text) => process.stderr.write(text),
  });
}
