/** A guest that puts a secret wherever it can and hunts for it, and all memory that KVM gives it. */

import { Buffer } from "node:buffer";
import { Sandbox } from "../../mod.ts";
import { native } from "../../src/ffi/mod.ts";
import { UserspaceMemoryRegion } from "../../src/kvm/mod.ts";
import { buildGuest, buildRing0Guest } from "./build_guest.ts";
import { answerCalls } from "./failing_calls.ts";

const KVM_SET_USER_MEMORY_REGION = 0x4020ae46;
/** Even, and an address that a register for addresses takes. */
export const SECRET = 0x5ec2_e75e_c2e6n;
/** What the guest is told to hunt for, which is not the secret. */
export const OTHERS = SECRET ^ (1n << 64n) - 1n;

/** The guest, and what is in the memory that KVM gives it. */
export async function createWithSecrets(ring: 0 | 3) {
  const build = ring === 3 ? buildGuest : buildRing0Guest;
  const slots: Record<string, { readonly address: number; readonly size: number }> = {};
  const watch = (_: string, [, request, bytes]: readonly unknown[]) => {
    if (request !== KVM_SET_USER_MEMORY_REGION) return undefined;
    const region = UserspaceMemoryRegion.at((bytes as Uint8Array<ArrayBuffer>).buffer);
    const [address, size] = [region.userspaceAddr, region.memorySize].map(Number);
    slots[String(region.slot)] = { address: address as number, size: size as number };
    return undefined;
  };
  const guest = await build("secrets.c");
  const sandbox = await answerCalls(watch, () =>
    Sandbox.create({
      guest,
      exports: {
        plant: { parameters: ["u64", "bool"], result: "void" },
        hunt: { parameters: ["u64"], result: "u64" },
      },
      // At ring 0 the guest may be emulated, and then it looks for long.
      memory: ring === 3 ? { input: 1 << 20, output: 1 << 20 } : { heap: 65536 },
    }));
  const content = () =>
    Object.values(slots).map(({ address, size }) => {
      const bytes = new Uint8Array(size);
      native().copyOut(bytes, address, size);
      return bytes;
    });
  return { sandbox, content };
}

/** In how many places the secret is, wherever it begins. */
export function countSecrets(memory: readonly Uint8Array[]): number {
  const secret = new Uint8Array(BigUint64Array.of(SECRET).buffer);
  let found = 0;
  for (const { buffer } of memory) {
    const bytes = Buffer.from(buffer);
    for (let at = -1; (at = bytes.indexOf(secret, at + 1)) >= 0;) found++;
  }
  return found;
}
