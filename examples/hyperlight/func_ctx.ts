/**
 * Hyperlight's func_ctx: several calls of one guest, and functions of the host that keep something between them.
 *
 * Run it as `deno run -A examples/hyperlight/func_ctx.ts [GUEST]` or `bun examples/hyperlight/func_ctx.ts [GUEST]`.
 */

import { Sandbox } from "../../mod.ts";
import { guest } from "./guest.ts";

// What an import closes over is the host's: the guest sees arguments and results, and restores do not touch it.
const sums: number[] = [];
const printed: string[] = [];

using sandbox = await Sandbox.create({
  guest: guest(),
  exports: {
    Echo: { parameters: ["string"], result: "string" },
    CallMalloc: { parameters: ["i32"], result: "i32" },
    Add: { parameters: ["i32", "i32"], result: "i32" },
    PrintOutput: { parameters: ["string"], result: "i32" },
  },
  imports: {
    HostAdd: {
      parameters: ["i32", "i32"],
      result: "i32",
      callback: (a, b) => {
        sums.push(a + b);
        return a + b;
      },
    },
    // In the place of the one that writes to standard output.
    HostPrint: {
      parameters: ["string"],
      result: "i32",
      callback: (text) => printed.push(text),
    },
  },
});

const { Echo, CallMalloc, Add, PrintOutput } = sandbox.exports;
console.log(`got Echo res: ${Echo("hello")}`);
console.log(`got CallMalloc res: ${CallMalloc(200)}`);
console.log(`got Add res: ${Add(1, 41)}, ${Add(20, 22)}`);
console.log(`got PrintOutput res: ${PrintOutput("one")}, ${PrintOutput("two")}`);
console.log(`the host has ${sums.join(" and ")}, and ${printed.join(" and ")}`);
