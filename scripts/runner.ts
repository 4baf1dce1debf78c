/** Bundles the runner (src/runner/main.ts) to one script and embeds it; `--check` proves that a rebuild gives the same. */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { bun, ROOT, run } from "./tools.ts";

const MODULE = join(ROOT, "src/runner/script.ts");

/** One script, without imports and exports, as a Worker evaluates it. */
async function bundle(): Promise<string> {
  const flags = ["--target=browser", "--format=iife", "--minify-whitespace", "--minify-syntax"];
  const { code, output } = await run([...bun(), "build", ...flags, "src/runner/main.ts"], {
    capture: true,
    env: { NO_COLOR: "1" },
  });
  if (code !== 0) {
    throw new Error(`Cannot bundle the runner: bun ended with code ${code}\n${output}`);
  }
  const lines = output.trim().match(/.{1,88}/gs) ?? [];
  return [
    "/** The runner, bundled from src/runner/main.ts by `deno task runner`: do not edit. */",
    "// deno-fmt-ignore-file",
    "",
    `/** A script of ${output.trim().length} characters. */`,
    "export const RUNNER_SCRIPT: string =",
    `${lines.map((line) => `  ${JSON.stringify(line)}`).join(" +\n")};`,
    "",
  ].join("\n");
}

const bundled = await bundle();
if (process.argv.includes("--check")) {
  if (bundled !== await readFile(MODULE, "utf8").catch(() => "")) {
    console.error("The embedded runner is not what src/runner bundles to: run `deno task runner`");
    process.exit(1);
  }
} else {
  await writeFile(MODULE, bundled);
}
