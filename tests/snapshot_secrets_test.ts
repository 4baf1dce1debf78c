/** After a restore nothing of an earlier call is left: secrets are put wherever a guest can write, and hunted for. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { errorOf } from "./support/guests.ts";
import { countSecrets, createWithSecrets, OTHERS, SECRET } from "./support/secrets.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
for (const ring of [3, 0] as const) {
  test(`Sandbox.restore() leaves no secret anywhere, ring ${ring}`, { skip }, async () => {
    const { sandbox, content } = await createWithSecrets(ring);
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
        const planted = countSecrets(content());
        assert(planted > 40, `${planted} secrets`);
        if (round === 0) {
          const found = Number(hunt(OTHERS));
          assert(found > 40, `${found} secrets`);
        }
      }
      sandbox.restore(clean);
      assertEquals(countSecrets(content()), 0);
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
