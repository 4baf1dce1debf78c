/**
 * Calls a guest that prints without end to a pipe that nobody reads: `guest result function way`. The way is `deadline`,
 * `kill`, `async`, or `end` for a guest that only prints a word, and the result is a file for the code of the call's error and how many milliseconds it took.
 */

import process from "node:process";
import { readFileSync, writeFileSync } from "node:fs";
import { VmletError } from "../../mod.ts";
import { FLOOD_IMPORTS, sandboxOf } from "./hyperlight.ts";
import { Killer } from "./killer.ts";

const [guest = "", result = "", name = "", way] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(guest));
const exports = { [name]: { parameters: [], result: "void" } } as const;
using sandbox = await sandboxOf(bytes, exports, { imports: FLOOD_IMPORTS, printDebug: true });
using killer = await Killer.start();
// A pipe takes 65536 bytes: the guest does not need long for the rest.
writeFileSync(1, "x".repeat(way === "end" ? 65_536 : 60_000));
const began = performance.now();
let code = "no error";
try {
  if (way === "kill") {
    killer.ask(sandbox.interruptHandle().token, 300_000);
    sandbox.call(name, []);
  } else if (way === "end") sandbox.call(name, []);
  else if (way === "async") await sandbox.callAsync(name, [], { deadline: 300 });
  else sandbox.call(name, [], { deadline: 300 });
} catch (error) {
  code = error instanceof VmletError ? error.code : String(error);
}
writeFileSync(result, JSON.stringify({ code, took: performance.now() - began }));
