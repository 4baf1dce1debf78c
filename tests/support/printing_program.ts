/**
 * Calls a function of a guest that prints, for half a second at most: `guest result function [text]`. The result is a file
 * for the code of its error, and by how many MiB the process grew meanwhile at most.
 */

import process from "node:process";
import { readFileSync, writeFileSync } from "node:fs";
import { VmletError } from "../../mod.ts";
import { FLOOD_IMPORTS, sandboxOf } from "./hyperlight.ts";
import { peakOf } from "./memory_use.ts";

const [guest = "", result = "", name = "", text] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(guest));
const parameters = text === undefined ? [] : ["string"] as const;
const exports = { [name]: { parameters, result: "void" } } as const;
using sandbox = await sandboxOf(bytes, exports, { imports: FLOOD_IMPORTS, printDebug: true });
let code = "no error";
const grown = peakOf(() => {
  try {
    sandbox.call(name, (text === undefined ? [] : [text]) as [], { deadline: 500 });
  } catch (error) {
    code = error instanceof VmletError ? error.code : String(error);
  }
});
writeFileSync(result, JSON.stringify({ code, grown }));
