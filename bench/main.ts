/** Measures in the runtime that runs this, and prints one line of JSON: what scripts/bench.ts starts. */

import process from "node:process";
import { CASES } from "./cases.ts";
import { measure, type Measured } from "./measure.ts";

/** What one runtime measured. */
export interface RuntimeReport {
  readonly runtime: "deno" | "bun";
  readonly version: string;
  readonly cases: readonly Measured[];
}

const [program = "", mode = "", ...names] = process.argv.slice(2);
const effort = mode === "quick" ? { pairs: 25, warmUp: 1000 } : { pairs: 301, warmUp: 4000 };
const cases: Measured[] = [];
for (const it of CASES) {
  if (names.includes(it.name)) cases.push(await measure(it, program, effort));
}
const { deno, bun } = process.versions;
const report: RuntimeReport = bun === undefined
  ? { runtime: "deno", version: deno ?? "", cases }
  : { runtime: "bun", version: bun, cases };
console.log(JSON.stringify(report));
