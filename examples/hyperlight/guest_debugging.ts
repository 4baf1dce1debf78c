/**
 * Hyperlight's guest-debugging: what an error says of a guest that crashed, and with GDB_PORT=8080 in the environment
 * also gdb, which the guest then waits for at its entry point: `gdb -ex "target remote :8080" GUEST`.
 *
 * Run it as `deno run -A examples/hyperlight/guest_debugging.ts [GUEST]` or
 * `bun examples/hyperlight/guest_debugging.ts [GUEST]`.
 */

import process from "node:process";
import { Sandbox, VmletError } from "../../mod.ts";
import { guest } from "./guest.ts";

const port = process.env.GDB_PORT;
using sandbox = await Sandbox.create({
  guest: guest(),
  ...(port === undefined ? {} : { debug: { port: Number(port) } }),
  exports: {
    Echo: { parameters: ["string"], result: "string" },
    TriggerException: { parameters: [], result: "void" },
    StackOverflow: { parameters: ["i32"], result: "i32" },
    GuestAbortWithMessage: { parameters: ["i32", "string"], result: "void" },
  },
});
const { Echo, TriggerException, StackOverflow, GuestAbortWithMessage } = sandbox.exports;
using clean = sandbox.snapshot();

const hex = (value: bigint) => `0x${value.toString(16)}`;

for (
  const crash of [
    () => TriggerException(),
    () => StackOverflow(100),
    () => GuestAbortWithMessage(42, "Oh no"),
  ]
) {
  try {
    crash();
  } catch (error) {
    if (!(error instanceof VmletError)) throw error;
    const { code, message, rip, address, access, vector, guestCode } = error;
    console.log(`${code}: ${message}`);
    // What is not known of this kind of crash is undefined.
    if (rip !== undefined) console.log(`  instruction ${hex(rip)}`);
    if (address !== undefined) console.log(`  address ${hex(address)} ${access ?? ""}`);
    if (vector !== undefined) console.log(`  exception vector ${vector}`);
    if (guestCode !== undefined) console.log(`  the guest's code ${guestCode}`);
  }
  sandbox.restore(clean);
  console.log(`  restored: ${Echo("all is well")}`);
}
