/** Foreign functions in Deno: `Deno.dlopen` behind {@linkcode Adapter}. */

import type { Adapter, NativeFunction } from "./adapter.ts";
import type { ParameterType, ResultType } from "./symbol.ts";

/** What is used of the `Deno` global. */
export interface DenoGlobal {
  dlopen(
    path: string,
    symbols: Record<string, { parameters: string[]; result: string }>,
  ): { symbols: Record<string, NativeFunction> };
  UnsafePointer: { create(address: bigint): unknown };
  UnsafePointerView: { getArrayBuffer(pointer: unknown, length: number): ArrayBuffer };
}

const TYPES: Readonly<Record<ParameterType | ResultType, string>> = {
  i32: "i32",
  u32: "u32",
  i64: "i64",
  address: "usize",
  buffer: "buffer",
  void: "void",
};

/** The adapter for a process that runs in Deno. */
export function denoAdapter(deno: DenoGlobal): Adapter {
  return {
    open(path, symbols) {
      const definitions = Object.fromEntries(
        Object.entries(symbols).map(([name, { parameters, result }]) => [name, {
          parameters: Object.values(parameters).map((type) => TYPES[type]),
          result: TYPES[result],
        }]),
      );
      const functions = { ...deno.dlopen(path, definitions).symbols };
      for (const [name, { result }] of Object.entries(symbols)) {
        const native = functions[name];
        // Deno gives 64-bit results as bigint always.
        if (native && result === "i64") functions[name] = (...args) => Number(native(...args));
      }
      return functions;
    },
    view: (address, length) =>
      deno.UnsafePointerView.getArrayBuffer(deno.UnsafePointer.create(BigInt(address)), length),
  };
}
