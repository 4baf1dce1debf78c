/** The guest of these examples. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The ELF file that the command line names, with functions as in guest.c, or else guest.c itself, built for ring 0. */
export function guest(): Uint8Array {
  const [path = ""] = process.argv.slice(2);
  if (path !== "") return readFileSync(path);
  const folder = mkdtempSync(join(tmpdir(), "vmlet-example-"));
  try {
    const file = join(folder, "guest.elf");
    vmlet("build", "--ring0", fileURLToPath(new URL("guest.c", import.meta.url)), "-o", file);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs the command of this checkout, in the runtime that runs this. */
function vmlet(...args: string[]): void {
  const command = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const runtime = process.versions.bun === undefined ? ["run", "-A", "--quiet"] : [];
  const { status, stderr } = spawnSync(process.execPath, [...runtime, command, ...args]);
  if (status !== 0) throw new Error(`vmlet ${args[0]} failed: ${stderr}`);
}
