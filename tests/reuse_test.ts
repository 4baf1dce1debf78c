/** Sandboxes that get the VM of one of the same guest that was closed: when they do, and that nothing is left in it. */

import { test } from "node:test";
import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import { Sandbox, VmletError } from "../mod.ts";
import { keepsTables } from "../src/driver/kept_tables.ts";
import { IOCTL, MSR } from "../src/kvm/constants.ts";
import { Memory } from "../src/kvm/mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls, failEachCall } from "./support/failing_calls.ts";
import {
  BENCH,
  errorOf,
  guestBytes,
  hello,
  helloWith,
  HOST_ADD,
  hostile,
} from "./support/guests.ts";
import { holdings } from "./support/holdings.ts";
import { countSecrets, createWithSecrets, OTHERS, SECRET } from "./support/secrets.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const ENOMEM = 12;

/** How many VMs are made meanwhile. */
async function newVms(run: () => unknown): Promise<number> {
  // It makes one of its own, once.
  keepsTables();
  let count = 0;
  const watch = (_: string, [, request]: readonly unknown[]) => {
    if (request === IOCTL.KVM_CREATE_VM) count++;
    return undefined;
  };
  await answerCalls(watch, run);
  return count;
}

test("Sandbox gets the VM of one of the same guest that was closed before", { skip }, async () => {
  (await hello()).close();
  const before = holdings();
  {
    using _ = await hello();
    const first = await hello();
    const both = holdings();
    first.close();
    assertEquals(holdings(), both);
    const count = await newVms(async () => {
      using next = await hello();
      assertEquals(next.exports.add(1, 2), 3);
      assertEquals(holdings(), both);
    });
    assertEquals(count, 0);
  }
  assertEquals(holdings(), before);
});

test("Sandbox that was closed last leaves nothing to others", { skip }, async () => {
  (await hello()).close();
  const before = holdings();
  for (let i = 0; i < 3; i++) {
    const all = await Promise.all([1, 2, 3, 4].map(() => hello()));
    for (const sandbox of all) sandbox.close();
    assertEquals(holdings(), before);
  }
});

test("Sandbox keeps one VM at most for the next one", { skip }, async () => {
  using _ = await hello();
  const before = holdings();
  const all = await Promise.all([1, 2, 3, 4].map(() => hello()));
  for (const sandbox of all) sandbox.close();
  assertEquals(holdings(), {
    kvm: before.kvm + 2,
    runs: before.runs + 1,
    guests: before.guests + 1,
  });
});

const SPIN = { spin: BENCH.spin } as const;

for (
  const [what, end] of [
    ["a call of which did not end", (it) => {
      assertEquals(errorOf(() => it.call("spin", [], { deadline: 5 })).code, "ERR_DEADLINE");
    }],
    ["of which there was a snapshot", (it) => it.snapshot().close()],
    ["into which memory is mapped", (it) => {
      const memory = Memory.from(new Uint8Array(4096));
      it.mapRegion({ name: "page", size: 4096, memory, flags: { read: true } });
      memory.close();
    }],
  ] as readonly [string, (sandbox: Sandbox<typeof SPIN>) => void][]
) {
  test(`Sandbox does not get the VM of one ${what}`, { skip }, async () => {
    const create = () => Sandbox.create({ guest: guestBytes("bench"), exports: SPIN });
    using _ = await create();
    const first = await create();
    end(first);
    first.close();
    assertEquals(await newVms(async () => (await create()).close()), 1);
  });
}

for (
  const [what, other] of [
    ["of another guest", () => hostile()],
    ["of other sizes", () => hello({ memory: { heap: 65536 } })],
    ["with huge pages", () => hello({ memory: { hugePages: true } })],
  ] as readonly [string, () => Promise<Sandbox>][]
) {
  test(`Sandbox does not get the VM of one ${what}, which goes then`, { skip }, async () => {
    using _ = await hello();
    (await other()).close();
    const before = holdings();
    assertEquals(await newVms(async () => (await hello()).close()), 1);
    // What the other one left made room for what this one did.
    assert(holdings().kvm <= before.kvm + 2);
    assertEquals(await newVms(async () => (await hello()).close()), 0);
  });
}

test(
  "Sandbox with huge pages closes the VM that was kept, which it cannot use",
  { skip },
  async () => {
    using _ = await hello();
    (await hello()).close();
    const { kvm } = holdings();
    using huge = await hello({ memory: { hugePages: true } });
    assertEquals(huge.exports.add(1, 2), 3);
    assertEquals(holdings().kvm, kvm);
  },
);

test("Sandbox gets the VM of one that had other limits, signals and logs", { skip }, async () => {
  using _ = await hello();
  const levels = [{ interruptSignalOffset: 3, deadline: 1000 }, { memoryLimit: 1 << 20 }, {
    logLevel: "trace",
    log: () => {},
  }, { interruptSignalOffset: 7 }] as const;
  (await hello()).close();
  for (const options of levels) {
    const count = await newVms(async () => {
      using next = await hello(options);
      assertEquals(next.exports.add(2, 2), 4);
    });
    assertEquals(count, 0);
  }
});

test("a deadline ends a call in a VM whose last guest had another signal", { skip }, async () => {
  const create = (interruptSignalOffset: number) =>
    Sandbox.create({ guest: guestBytes("bench"), exports: SPIN, interruptSignalOffset });
  using _ = await create(0);
  (await create(1)).close();
  const count = await newVms(async () => {
    using next = await create(2);
    assertEquals(errorOf(() => next.call("spin", [], { deadline: 5 })).code, "ERR_DEADLINE");
  });
  assertEquals(count, 0);
});

test(
  "InterruptHandle of a sandbox that was closed does nothing to the next one",
  { skip },
  async () => {
    using _ = await helloWith(() => 0);
    const first = await helloWith(() => 0);
    const stale = first.interruptHandle();
    first.close();
    assertEquals(stale.dropped, true);
    const killed: boolean[] = [];
    const count = await newVms(async () => {
      using next = await helloWith(() => {
        killed.push(stale.kill());
        return 5;
      });
      assertEquals(next.exports.add_in_host(1, 2), 5);
      assertEquals(next.interruptHandle().dropped, false);
    });
    assertEquals([count, killed], [0, [false]]);
  },
);

test(
  "Sandbox in a used VM asks KVM to forget branches, once if that is refused",
  { skip },
  async () => {
    using _ = await hello();
    const barriers = async (refuses: boolean) => {
      let count = 0;
      const answer = (_: string, [, request, bytes]: readonly unknown[]) => {
        if (request !== IOCTL.KVM_SET_MSRS) return undefined;
        const [, index] = new BigUint64Array((bytes as Uint8Array<ArrayBuffer>).buffer);
        if (index !== BigInt(MSR.IA32_PRED_CMD)) return undefined;
        count++;
        // None of the registers was set.
        return refuses ? 0 : undefined;
      };
      (await hello()).close();
      await answerCalls(answer, async () => {
        using next = await hello();
        assertEquals(next.exports.add(1, 2), 3);
      });
      return count;
    };
    // Some KVM may have refused it before.
    assert([0, 1].includes(await barriers(false)));
    await barriers(true);
    assertEquals(await barriers(false), 0);
  },
);

for (const ring of [3, 0] as const) {
  test(`Sandbox that was closed says nothing of the next one in its VM, ring ${ring}`, {
    skip,
  }, async () => {
    const create = async () => (await createWithSecrets(ring)).sandbox;
    using _ = await create();
    const first = await create();
    first.close();
    const count = await newVms(async () => {
      using next = await create();
      next.mapFile(new Uint8Array(4096), ring === 0 ? 1 << 30 : undefined);
      assertEquals([first.mappedRegions, next.mappedRegions.length], [[], 1]);
      const uses: (() => unknown)[] = [
        () => first.stats(),
        () => first.snapshot(),
        () => first.mapFile(new Uint8Array(4096), ring === 0 ? 1 << 31 : undefined),
        () => first.exports.hunt(OTHERS),
        () => first.dumpCore("/dev/null"),
      ];
      for (const use of uses) assertEquals(errorOf(use).code, "ERR_CLOSED");
      first.close();
      assertEquals([first.poisoned, first.recording(), next.exports.hunt(OTHERS)], [false, {}, 0n]);
    });
    assertEquals(count, 0);
  });
}

test("Sandbox.stats() begins anew in a VM that is used again", { skip }, async () => {
  const create = () => Sandbox.create({ guest: guestBytes("bench"), exports: BENCH, imports: {} });
  using fresh = await create();
  const { exits, residentPages = 0 } = fresh.stats();
  {
    using first = await create();
    first.exports.dirty(0, 20);
    first.exports.echo_buffer(new Uint8Array(1 << 20));
    assert((first.stats().residentPages ?? Infinity) > residentPages + 200);
  }
  using next = await create();
  const stats = next.stats();
  assertEquals(stats.exits, exits);
  assert((stats.residentPages ?? 0) <= residentPages, `${stats.residentPages} pages`);
});

test("Sandbox that was called asynchronously leaves its VM too", { skip }, async () => {
  using _ = await hello();
  for (let i = 0; i < 3; i++) {
    const count = await newVms(async () => {
      using next = await hello();
      assertEquals(await next.async.add(i, 1), i + 1);
      assertEquals(next.exports.count(), 1);
    });
    assertEquals(count, i === 0 ? 1 : 0);
  }
});

test(
  "Sandbox undoes what it did whichever call fails as it takes a VM over",
  { skip },
  async () => {
    using _ = await hello();
    (await hello()).close();
    const before = holdings();
    const live = async () => {
      using next = await hello();
      next.exports.count();
    };
    const count = await failEachCall(ENOMEM, live, ({ call, error }) => {
      // Where the VM cannot be made like new, it ends, and nobody is told.
      if (error) assertInstanceOf(error, VmletError, call);
      const { kvm } = holdings();
      assert(kvm === before.kvm || kvm === before.kvm - 2, `${call}: ${kvm} descriptors`);
      // The next failure is of a VM that is there again.
    });
    assert(count > 3, `${count} calls`);
    await live();
    assertEquals(holdings(), before);
  },
);

test(
  "Clone gets the VM of one of the same snapshot, and what the snapshot has",
  { skip },
  async () => {
    using first = await hello();
    first.exports.count();
    using snapshot = first.snapshot();
    const made: number[] = [];
    const resident: (number | undefined)[] = [];
    for (let i = 0; i < 4; i++) {
      const count = await newVms(async () => {
        using clone = await Sandbox.fromSnapshot(snapshot, { imports: HOST_ADD });
        resident.push(clone.stats().residentPages);
        assertEquals(clone.exports.count(), 2);
        assertEquals(clone.exports.reverse(new Uint8Array(100_000).fill(i)).length, 100_000);
      });
      made.push(count);
    }
    assertEquals(made, [1, 0, 0, 0]);
    assertEquals(resident, resident.map(() => resident[0]));
    // One with snapshots of its own leaves nothing, and the first sandbox's kind is another.
    {
      using clone = await Sandbox.fromSnapshot(snapshot, { imports: HOST_ADD });
      clone.exports.count();
      using later = clone.snapshot();
      using other = await Sandbox.fromSnapshot(later, { imports: HOST_ADD });
      assertEquals(other.exports.count(), 3);
    }
    assertEquals(await newVms(async () => (await hello()).close()), 1);
    assertEquals(first.exports.count(), 2);
  },
);

test("Clone's VM is kept no longer than its snapshot", { skip }, async () => {
  using _ = await hello();
  const before = holdings();
  const first = await hello();
  const snapshot = first.snapshot();
  first.close();
  (await Sandbox.fromSnapshot(snapshot, { imports: HOST_ADD })).close();
  assertEquals(holdings().kvm, before.kvm + 2);
  snapshot.close();
  assertEquals(holdings(), before);
});

for (const ring of [3, 0] as const) {
  test(`Clone finds no secret of the one before it in its VM, ring ${ring}`, { skip }, async () => {
    using first = (await createWithSecrets(ring)).sandbox;
    using snapshot = first.snapshot();
    for (let round = 0; round < 3; round++) {
      const count = await newVms(async () => {
        using clone = await Sandbox.fromSnapshot(snapshot);
        assertEquals(clone.exports.hunt(OTHERS), 0n, `round ${round}`);
        clone.exports.plant(SECRET, false);
      });
      assertEquals(count, round === 0 ? 1 : 0);
    }
  });

  test(
    `Sandbox finds no secret of the one before it in its VM, ring ${ring}`,
    { skip },
    async () => {
      using fresh = (await createWithSecrets(ring)).sandbox;
      assertEquals(fresh.exports.hunt(OTHERS), 0n);
      for (let round = 0; round < 3; round++) {
        const { sandbox: first, content } = await createWithSecrets(ring);
        const planted = () => countSecrets(content());
        first.exports.plant(SECRET, false);
        // Those of a VM that was made for an earlier round are watched no more.
        if (round === 0) assert(planted() > 40, `${planted()} secrets`);
        assert(Number(first.exports.hunt(OTHERS)) > 40);
        // Again, since an entry resets the extended state.
        first.exports.plant(SECRET, false);
        first.close();
        assertEquals(planted(), 0);
        const count = await newVms(async () => {
          using next = (await createWithSecrets(ring)).sandbox;
          assertEquals(next.exports.hunt(OTHERS), 0n, `round ${round}`);
        });
        assertEquals(count, 0);
      }
    },
  );
}

const ALIASES = {
  show_by_root: { parameters: ["u64"], result: "u64" },
  show_by_directory: { parameters: ["u64"], result: "u64" },
  reach: { parameters: ["u64"], result: "u64" },
} as const;
const aliases = async () =>
  await Sandbox.create({ guest: await buildRing0Guest("aliases.c"), exports: ALIASES });

for (
  const [way, level] of [["show_by_root", 39n], ["show_by_directory", 21n]] as const
) {
  const checkNothingAt = ({ exports }: Sandbox<typeof ALIASES>, index: bigint) => {
    // By the same tables, so that whoever keeps translations of them has one that is right.
    assertEquals(exports[way](index + 1n), 0x600dn);
    const error = errorOf(() => exports.reach(index << level));
    assertEquals(error.code, "ERR_MEMORY_ACCESS", error.message);
  };
  test(
    `page tables of an earlier guest lead nowhere in the next one: ${way}`,
    { skip },
    async () => {
      using _ = await aliases();
      for (let i = 0; i < 3; i++) {
        {
          using first = await aliases();
          assertEquals(first.exports[way](100n), 0x600dn);
        }
        using next = await aliases();
        checkNothingAt(next, 100n);
      }
    },
  );

  test(
    `page tables of an earlier call lead nowhere after a restore: ${way}`,
    { skip },
    async () => {
      using sandbox = await aliases();
      using clean = sandbox.snapshot();
      for (let i = 0; i < 3; i++) {
        assertEquals(sandbox.exports[way](100n), 0x600dn);
        sandbox.restore(clean);
        checkNothingAt(sandbox, 100n);
        sandbox.restore(clean);
      }
    },
  );
}
