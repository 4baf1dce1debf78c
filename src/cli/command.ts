/** What a command of the command line is. */

/** A command of `vmlet`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  /**
   * Runs it with the arguments after its name; returns the exit code.
   *
   * @throws {UsageError} If the arguments make no sense.
   */
  run(args: readonly string[], output: Output): number | Promise<number>;
}

/** Where a command writes. */
export interface Output {
  /** Writes to the standard output. */
  out(content: string | Uint8Array): void;
  /** Writes to the standard error. */
  error(text: string): void;
}

/** A command line that makes no sense: exit code 2. */
export class UsageError extends Error {
  /** `"UsageError"`. */
  override name = "UsageError";
}

/** Something that a command needs and that is not there: exit code 1. */
export class ToolError extends Error {
  /** `"ToolError"`. */
  override name = "ToolError";
}

/** For `unknown` of parseArgs: refuses options that are not defined, and keeps arguments that are none. */
export function refuseUnknownOption(argument: string, key?: string): boolean {
  if (key === undefined) return true;
  throw new UsageError(`Unknown option ${argument}`);
}
