/**
 * Calls a guest that never ends, for at most three seconds, and says so before; the arguments are where bench.elf is,
 * `sync` or `async`, and `handle` to handle SIGINT.
 */

import process from "node:process";
import { Sandbox, VmletError } from "../../mod.ts";

const [guest = "", way = "", handles] = process.argv.slice(2);
using sandbox = await Sandbox.create({
  guest,
  exports: { spin: { parameters: [], result: "void" } },
  deadline: 3000,
});
if (handles === "handle") {
  process.on("SIGINT", () => {
    console.log("handled");
    sandbox.interruptHandle().kill();
  });
}
console.log("spins");
try {
  if (way === "async") await sandbox.async.spin();
  else sandbox.exports.spin();
} catch (error) {
  console.log(error instanceof VmletError ? error.code : error);
}
// An event loop that turns hears of the signal, if it was handled.
await new Promise((resolve) => setTimeout(resolve, 50));
