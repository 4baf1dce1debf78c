/** Foreign functions in Bun: `bun:ffi` behind {@linkcode Adapter}. */

import type { Adapter, NativeFunction } from "./adapter.ts";
import type { ParameterType, ResultType } from "./symbol.ts";

/** What is used of the module `bun:ffi`. */
export interface BunFfi {
  dlopen(
    path: string,
    symbols: Record<string, { args: string[]; returns: string }>,
  ): { symbols: Record<string, NativeFunction> };
  toArrayBuffer(address: number, offset: number, length: number): ArrayBuffer;
}

const TYPES: Readonly<Record<ParameterType | ResultType, string>> = {
  i32: "i32",
  u32: "u32",
  i64: "i64_fast",
  address: "u64_fast",
  buffer: "ptr",
  void: "void",
};

/** The adapter for a process that runs in Bun. */
export function bunAdapter(ffi: BunFfi): Adapter {
  return {
    open(path, symbols) {
      const definitions = Object.fromEntries(
        Object.entries(symbols).map(([name, { parameters, result }]) => [name, {
          args: Object.values(parameters).map((type) => TYPES[type]),
          returns: TYPES[result],
        }]),
      );
      return { ...ffi.dlopen(path, definitions).symbols };
    },
    view: (address, length) => ffi.toArrayBuffer(address, 0, length),
  };
}
