/** How a function of a library is written down, for both runtimes. */

/**
 * The types that cross the boundary. `address` is a 64-bit unsigned integer below 2^53 as a JavaScript number;
 * `buffer` is a Uint8Array whose memory the callee uses during the call only; `i64` arrives as a JavaScript number,
 * which is exact for every address, length and errno.
 */
export type ParameterType = "i32" | "u32" | "address" | "buffer";
/** The types that a function can return. */
export type ResultType = "i32" | "u32" | "i64" | "void";

/** One function: its parameters' names with their types, in order, and what it returns. */
export interface SymbolDefinition {
  readonly parameters: Readonly<Record<string, ParameterType>>;
  readonly result: ResultType;
}

/** The functions of a library by their symbols in C. */
export type SymbolTable = Readonly<Record<string, SymbolDefinition>>;
