/**
 * Hyperlight's guest-debugging, as far as it goes without a debugger: what an error says of a guest that crashed.
 * Attaching gdb comes later.
 *
 * Run it as `deno run -A examples/hyperlight/guest_debugging.ts [GUEST]` or
 * `bun examples/hyperlight/guest_debugging.ts [GUEST]`.
 */

import { Sandbox, VmletError } from "../../mod.ts";
import { guest } from "./guest.ts";

using sandbox = await Sandbox.create({
  guest: guest(),
  exports: {
    Echo: { parameters: ["string"], result: "string" },
    TriggerException: { parameters: [], result: "void" },
    StackOverflow: { parameters: ["i32"], result: "i32" },
    GuestAbortWithMessage: { parameters: ["i32", "string"], result: "void" },
  },
});
const { Echo, TriggerException, StackOverflow, GuestAbortWithMessage } = sandbox.exports;
const clean = sandbox.snapshot();

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
