/** What KVM_ENABLE_CAP is told, of VMs and of vCPUs. */

import { CAPABILITY } from "./constants.ts";
import { EnableCap } from "./structs.ts";

/** Made once for a thread; each is filled anew. */
let enable: EnableCap | undefined;

/** The bytes for a capability with one argument, until the next call. */
export function enableCap(capability: keyof typeof CAPABILITY, argument: bigint): Uint8Array {
  enable ??= EnableCap.create();
  enable.cap = CAPABILITY[capability];
  new DataView(enable.args.buffer, enable.args.byteOffset).setBigUint64(0, argument, true);
  return enable.bytes;
}
