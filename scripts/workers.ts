/**
 * Bundles the modules that run in Workers, each into a string that a Worker can be started from wherever the package
 * comes from; `--check` proves that a rebuild gives the same.
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { bun, ROOT, run } from "./tools.ts";

/** The modules, and where their bundles go. */
const WORKERS = [{ entry: "src/debug/worker.ts", bundle: "src/debug/worker_source.ts" }];

const LINE = 100;

async function build(entry: string): Promise<string> {
  const flags = ["--target=browser", "--format=esm", "--minify-whitespace", "--minify-syntax"];
  const { code, output } = await run([...bun(), "build", entry, ...flags], { capture: true });
  if (code !== 0) {
    console.error(output);
    process.exit(code);
  }
  // JSON's strings are JavaScript's, and never longer than a line.
  const pieces = output.match(new RegExp(`[^]{1,${LINE}}`, "gu")) ?? [];
  return [
    `/** ${entry} with all that it imports, by \`deno task workers\`: do not edit. */`,
    "// deno-fmt-ignore-file",
    "",
    "/** The Worker's module. */",
    "export const WORKER_SOURCE: string =",
    `${pieces.map((piece) => `  ${JSON.stringify(piece)}`).join(" +\n")};`,
    "",
  ].join("\n");
}

for (const { entry, bundle } of WORKERS) {
  const path = join(ROOT, bundle);
  const built = await build(entry);
  if (!process.argv.includes("--check")) await writeFile(path, built);
  else if (built !== await readFile(path, "utf8")) {
    console.error(
      `${bundle} is not what ${entry} bundles to: run \`deno task workers\` and commit`,
    );
    process.exitCode = 1;
  }
}
