// Runs the vmlet command as its users do, and makes folders for it to work in.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { ROOT, zig } from "../../scripts/tools.ts";
import { type Finished, runRuntime } from "./runtime.ts";

/** Whether this is Deno, which has permissions. */
export const isDeno: boolean = process.versions.bun === undefined;

const MAIN = join(ROOT, "src/cli/main.ts");

/** Runs the command; in Deno with these permissions alone. */
export function vmlet(permissions: readonly string[], ...args: string[]): Finished {
  return runRuntime(
    isDeno ? ["run", "--no-prompt", "--quiet", ...permissions, MAIN, ...args] : [MAIN, ...args],
  );
}

/** What each command needs, as its help says. */
export const BUILD = ["--allow-read", "--allow-write", "--allow-run", "--allow-env"] as const;
export const RUN = ["--allow-ffi", "--allow-read"] as const;
export const INSPECT = ["--allow-read"] as const;

/** Lets the command find the compiler at once, where it would ask npm each time. */
export function useZig(): void {
  process.env.ZIG ??= zig()[0];
}

/** A folder with files, which disposing removes. */
export class Folder {
  /** Its path. */
  readonly path: string = mkdtempSync(join(tmpdir(), "vmlet-test-"));

  /** Writes the files. */
  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [name, content] of Object.entries(files)) this.write(name, content);
  }

  /** The path of a file in it. */
  at(name: string): string {
    return join(this.path, name);
  }

  /** Writes a file. */
  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.at(name), content);
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
