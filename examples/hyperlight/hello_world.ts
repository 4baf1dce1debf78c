/**
 * Hyperlight's hello-world: a guest prints through its host.
 *
 * Run it as `deno task example:hyperlight [GUEST]` or `bun examples/hyperlight/hello_world.ts [GUEST]`.
 */

import { Sandbox } from "../../mod.ts";
import { guest } from "./guest.ts";

using sandbox = await Sandbox.create({
  guest: guest(),
  exports: { PrintOutput: { parameters: ["string"], result: "i32" } },
});

// HostPrint, which the guest calls for this, is there unless the imports have one of their own.
sandbox.exports.PrintOutput("Hello, World! I am executing inside of a VM :)\n");
