/** After a restore nothing of an earlier call is left: secrets are put wherever a guest can write, and hunted for. */

import { Buffer } from "node:buffer";
import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { Sandbox } from "../mod.ts";
import { native } from "../src/ffi/mod.ts";
import { UserspaceMemoryRegion } from "../src/kvm/mod.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const KVM_SET_USER_MEMORY_REGION = 0x4020ae46;
/** Even, and an address that a register for addresses takes. */
const SECRET = 0x5ec2_e75e_c2e6n;
const OTHERS = SECRET ^ (1n << 64n) - 1n;

/** The guest, and all memory that KVM gives it. */
async function create(ring: 0 | 3) {
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
function count(memory: readonly Uint8Array[]): number {
  const secret = new Uint8Array(BigUint64Array.of(SECRET).buffer);
  let found = 0;
  for (const { buffer } of memory) {
    const bytes = Buffer.from(buffer);
    for (let at = -1; (at = bytes.indexOf(secret, at + 1)) >= 0;) found++;
  }
  return found;
}

for (const ring of [3, 0] as const) {
  test(`Sandbox.restore() leaves no secret anywhere, ring ${ring}`, { skip }, async () => {
    const { sandbox, content } = await create(ring);
    using _ = sandbox;
    const { plant, hunt } = sandbox.exports;
    assertEquals(hunt(OTHERS), 0n);
    using clean = sandbox.snapshot();
    const before = content();
    // Pages become hot, and cold again when calls write elsewhere.
    for (let round = 0; round < 12; round++) {
      const crash = round % 3 === 1;
      if (round !== 5) {
        if (crash) errorOf(() => plant(SECRET, true));
        else plant(SECRET, false);
        assertEquals(sandbox.poisoned, crash);
        const planted = count(content());
        assert(planted > 40, `${planted} secrets`);
        if (round === 0) {
          const found = Number(hunt(OTHERS));
          assert(found > 40, `${found} secrets`);
        }
      }
      sandbox.restore(clean);
      assertEquals(count(content()), 0);
      content().forEach((bytes, i) => {
        const expected = before[i] as Uint8Array;
        const at = bytes.findIndex((byte, i) => byte !== expected[i]);
        assertEquals(at, -1, `slot ${i} differs in round ${round}`);
      });
      assertEquals(hunt(OTHERS), 0n, `round ${round}`);
      sandbox.restore(clean);
    }
  });
}
