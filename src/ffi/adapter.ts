/** What a runtime's foreign function interface must offer here, so that all else is the same in both. */

import type { SymbolTable } from "./symbol.ts";

/** A native function as JavaScript calls it: numbers and Uint8Arrays in, a number or nothing out. */
// deno-lint-ignore no-explicit-any -- the callers cast to the typed interface of the library
export type NativeFunction = (...args: any[]) => any;

/** Foreign functions in one runtime. */
export interface Adapter {
  /** Opens a library and binds the symbols. The library stays open for the life of the process. */
  open(path: string, symbols: SymbolTable): Record<string, NativeFunction>;
  /** Native memory as an ArrayBuffer. */
  view(address: number, length: number): ArrayBuffer;
}
