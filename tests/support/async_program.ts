/** Calls guests from other threads, and prints what comes of it; the argument is where bench.elf is. */

import process from "node:process";
import { Sandbox } from "../../mod.ts";

const [guest = ""] = process.argv.slice(2);
const sandbox = await Sandbox.create({
  guest,
  exports: {
    add: { parameters: ["i32", "i32"], result: "i32" },
    host_add: { parameters: ["i32", "i32"], result: "i32" },
    spin: { parameters: [], result: "void" },
  },
  imports: {
    host_add: {
      parameters: ["i32", "i32"],
      result: "i32",
      callback: (a, b) => new Promise<number>((resolve) => setTimeout(() => resolve(a + b), 5)),
    },
  },
});
console.log(await sandbox.async.add(20, 3), await sandbox.async.host_add(40, 2));
// Nothing else keeps the process alive until this is over; the thread that did it then does not either.
sandbox.async.spin({ deadline: 150 }).catch(({ code }) => {
  console.log(code);
  sandbox.close();
});
