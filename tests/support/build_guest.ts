/** Builds guests of tests/guests with the kit, once for each process. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "@std/assert";
import { C_FLAGS, CXX_FLAGS, KIT_FLAGS, RING0_FLAGS } from "../../src/cli/guest_flags.ts";
import { type Command, ROOT, run, zig } from "../../scripts/tools.ts";

const KIT = join(ROOT, "guest");
const STRICT = ["-Wall", "-Wextra", "-Werror", "-I", KIT, "-I", join(KIT, "include")];

const built = new Map<string, Promise<Uint8Array>>();

/** The guest of a source in tests/guests, or of the kit's examples for a path from the project's folder. */
export function buildGuest(source: string, ...flags: string[]): Promise<Uint8Array> {
  return once(source, KIT_FLAGS, flags);
}

/** The same for ring 0: a guest as those of Hyperlight v0.11. */
export function buildRing0Guest(source: string, ...flags: string[]): Promise<Uint8Array> {
  return once(source, [...KIT_FLAGS, ...RING0_FLAGS], flags);
}

function once(
  source: string,
  kind: readonly string[],
  flags: readonly string[],
): Promise<Uint8Array> {
  const key = [source, ...kind, ...flags].join(" ");
  const known = built.get(key) ?? compile(source, kind, flags);
  built.set(key, known);
  return known;
}

async function compile(
  source: string,
  given: readonly string[],
  flags: readonly string[],
): Promise<Uint8Array> {
  // What -g adds is stripped otherwise.
  const kind = given.filter((flag) => !flags.includes("-g") || flag !== "-Wl,-s");
  const folder = mkdtempSync(join(tmpdir(), "vmlet-test-guest-"));
  try {
    const kit = readdirSync(KIT).filter((name) => name.endsWith(".c")).map((it) => join(KIT, it));
    const path = source.includes("/") ? join(ROOT, source) : join(ROOT, "tests/guests", source);
    const output = join(folder, "guest.elf");
    let input = path;
    if (!source.endsWith(".c")) {
      input = join(folder, "guest.o");
      const own = kind.filter((it) => !it.startsWith("-Wl,") && it !== "-pie");
      await zigRun("c++", ...own, ...CXX_FLAGS, ...STRICT, ...flags, "-c", path, "-o", input);
    }
    const all = source.endsWith(".c") ? flags : [];
    await zigRun("cc", ...kind, ...C_FLAGS, ...STRICT, ...all, ...kit, input, "-o", output);
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function zigRun(...args: string[]): Promise<void> {
  const command: Command = [...zig(), ...args];
  const { code, output } = await run(command, { capture: true });
  if (code !== 0) fail(output);
}
