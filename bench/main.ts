/** Measures one case in the runtime that runs this, and prints a line of JSON: what scripts/bench.ts starts. */

import process from "node:process";
import { CASES } from "./cases.ts";
import { measure } from "./measure.ts";
import { measureOverrun, OVERRUNS } from "./overruns.ts";

const [builds = "", effort = "", name = ""] = process.argv.slice(2);
const overrun = OVERRUNS.find((it) => it.name === name);
const found = CASES.find((it) => it.name === name);
if (overrun) console.log(JSON.stringify(await measureOverrun(overrun, JSON.parse(effort))));
else if (found) {
  console.log(JSON.stringify(await measure(found, JSON.parse(builds), JSON.parse(effort))));
} else throw new RangeError(`There is no case ${name}`);
