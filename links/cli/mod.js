// Stands in for jsr:@std/cli where JSR is not at hand: the same code, from npm, where only this
// part of it is complete.
// @ts-self-types="./mod.d.ts"
export * from "deno-std/cli/parse_args.js";
