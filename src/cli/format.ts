/** How the command line writes what a guest's functions take and give. */

import type { FunctionDefinition } from "../../mod.ts";

/** A function in one line: `add(i32, i32) -> i32`. */
export function formatFunction(name: string, { parameters, result }: FunctionDefinition): string {
  return `${name}(${parameters.join(", ")}) -> ${result}`;
}
