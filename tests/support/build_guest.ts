/** Builds guests of tests/guests with the kit, once for each process. */

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
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
  const known = built.get(key) ?? kept(key, () => compile(source, kind, flags));
  built.set(key, known);
  return known;
}

/** $VMLET_TEST_GUESTS: a folder where built guests are kept and found again, for machines without a compiler. */
const KEPT = process.env.VMLET_TEST_GUESTS;

/** The guest that is kept under this key, or what `build` makes. */
async function kept(key: string, build: () => Promise<Uint8Array>): Promise<Uint8Array> {
  if (KEPT === undefined) return await build();
  const path = join(KEPT, `${createHash("sha256").update(key).digest("hex").slice(0, 16)}.elf`);
  if (existsSync(path)) return new Uint8Array(readFileSync(path));
  const bytes = await build();
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(path, bytes);
  return bytes;
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
