/** Binds the shim's functions in a library that is in the process already. */

import type { Adapter } from "./adapter.ts";
import type { ShimFunctions } from "./native.ts";
import type { SymbolDefinition } from "./symbol.ts";

/** These functions of the shim. Whether the library is the right one, the caller has to know. */
export function bindShim<K extends keyof ShimFunctions>(
  adapter: Adapter,
  path: string,
  definitions: Readonly<Record<K, SymbolDefinition>>,
): Pick<ShimFunctions, K> {
  const names = Object.keys(definitions) as K[];
  const symbols = Object.fromEntries(names.map((name) => [cName(name), definitions[name]]));
  const library = adapter.open(path, symbols);
  const functions = Object.fromEntries(names.map((name) => [name, library[cName(name)]]));
  return functions as unknown as Pick<ShimFunctions, K>;
}

function cName(name: string): string {
  return `vmlet_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}
