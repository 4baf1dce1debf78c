/** Builds guest/examples/*.c to the .elf files beside them; `--check` proves that a rebuild gives the same bytes. */

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { C_FLAGS, KIT_FLAGS } from "../src/cli/guest_flags.ts";
import { ROOT, run, zig } from "./tools.ts";

const FLAGS = [...KIT_FLAGS, ...C_FLAGS, "-Wall", "-Wextra", "-Werror", "-I.", "-Iinclude"];

const kit = join(ROOT, "guest");
const folder = join(kit, "examples");
const cFiles = async (path: string) =>
  (await readdir(path)).filter((name) => name.endsWith(".c")).sort();
const kitSources = await cFiles(kit);
const temporary = await mkdtemp(join(tmpdir(), "vmlet-guests-"));
try {
  for (const source of await cFiles(folder)) {
    const name = `${basename(source, ".c")}.elf`;
    const output = join(temporary, name);
    const inputs = [...kitSources, join("examples", source)];
    const { code } = await run([...zig(), "cc", ...FLAGS, "-o", output, ...inputs], { cwd: kit });
    if (code !== 0) process.exit(code);
    const built = await readFile(output);
    const committed = join(folder, name);
    if (!process.argv.includes("--check")) {
      await writeFile(committed, built);
    } else if (!built.equals(await readFile(committed).catch(() => new Uint8Array()))) {
      console.error(
        `guest/examples/${name} is not what its source builds to: run \`deno task guests\``,
      );
      process.exitCode = 1;
    }
  }
} finally {
  await rm(temporary, { recursive: true });
}
