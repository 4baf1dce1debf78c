/**
 * Hyperlight's map_file_cow: a guest reads a file of the host's without a copy.
 *
 * Run it as `deno run -A examples/hyperlight/map_file.ts [GUEST]` or `bun examples/hyperlight/map_file.ts [GUEST]`.
 */

import { Sandbox } from "../../mod.ts";
import { guest } from "./guest.ts";

using sandbox = await Sandbox.create({
  guest: guest(),
  exports: { ReadMappedBuffer: { parameters: ["u64", "u64"], result: "buffer" } },
});
using before = sandbox.snapshot();

const license = new URL("../../LICENSE", import.meta.url);
const region = sandbox.mapFile(license, 0x1_0000_0000);
console.log(`${region.size} bytes at 0x${region.guestAddress.toString(16)}`);

const bytes = sandbox.exports.ReadMappedBuffer(BigInt(region.guestAddress), 80n);
console.log(new TextDecoder().decode(bytes).trim());

// Regions are part of what a snapshot keeps.
sandbox.restore(before);
console.log(`${sandbox.mappedRegions.length} regions are mapped`);
