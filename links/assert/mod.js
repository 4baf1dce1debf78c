// Stands in for jsr:@std/assert where JSR is not at hand: the same code, from npm.
// @ts-self-types="./mod.d.ts"
export * from "deno-std/assert/mod.js";
