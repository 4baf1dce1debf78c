/**
 * Bundles the scripts that run in Workers, each into a string that a Worker can be started from wherever the package
 * comes from; `--check` proves that a rebuild gives the same.
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { bun, ROOT, run } from "./tools.ts";

/** One script. */
interface Bundle {
  readonly entry: string;
  /** Where its bundle goes, and as what. */
  readonly module: string;
  readonly name: string;
  /** `esm` for a Worker that is a module, `iife` for one that evaluates its script. */
  readonly format: "esm" | "iife";
}

const BUNDLES: readonly Bundle[] = [
  {
    entry: "src/runner/main.ts",
    module: "src/runner/script.ts",
    name: "RUNNER_SCRIPT",
    format: "iife",
  },
  {
    entry: "src/debug/worker.ts",
    module: "src/debug/worker_source.ts",
    name: "WORKER_SOURCE",
    format: "esm",
  },
];

const LINE = 100;

async function build({ entry, name, format }: Bundle): Promise<string> {
  const flags = ["--target=browser", `--format=${format}`];
  const command = [...bun(), "build", entry, ...flags, "--minify-whitespace", "--minify-syntax"];
  const { code, output } = await run(command as [string, ...string[]], {
    capture: true,
    env: { NO_COLOR: "1" },
  });
  if (code !== 0) throw new Error(`Cannot bundle ${entry}: bun ended with code ${code}\n${output}`);
  const script = output.trim();
  // JSON's strings are JavaScript's, and never longer than a line.
  const pieces = script.match(new RegExp(`[^]{1,${LINE}}`, "gu")) ?? [];
  return [
    `/** ${entry} with all that it imports, by \`deno task workers\`: do not edit. */`,
    "// deno-fmt-ignore-file",
    "",
    `/** A script of ${script.length} characters. */`,
    `export const ${name}: string =`,
    `${pieces.map((piece) => `  ${JSON.stringify(piece)}`).join(" +\n")};`,
    "",
  ].join("\n");
}

for (const bundle of BUNDLES) {
  const path = join(ROOT, bundle.module);
  const built = await build(bundle);
  if (!process.argv.includes("--check")) await writeFile(path, built);
  else if (built !== await readFile(path, "utf8").catch(() => "")) {
    const { module, entry } = bundle;
    console.error(
      `${module} is not what ${entry} bundles to: run \`deno task workers\` and commit`,
    );
    process.exitCode = 1;
  }
}
