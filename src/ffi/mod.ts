/** Native code for TypeScript, the same in Deno and Bun: {@linkcode native} is all that the other layers use. */

import { loadShim } from "./loader.ts";
import type { Native } from "./native.ts";
import { adapterFor, type Globals } from "./runtime.ts";

export * from "./error.ts";
export type { Native, ShimFunctions } from "./native.ts";
export { adapterFor, INSPECT } from "./runtime.ts";

let loaded: Native | undefined;

/**
 * Native code for this thread, loaded at the first use.
 *
 * @throws {VmletError} `ERR_UNSUPPORTED_RUNTIME` outside Deno and Bun, `ERR_UNSUPPORTED_PLATFORM` outside Linux on
 * x86_64, `ERR_SHIM` where the shim cannot be loaded.
 */
export function native(): Native {
  return loaded ??= loadShim(adapterFor(globalThis as unknown as Globals));
}
