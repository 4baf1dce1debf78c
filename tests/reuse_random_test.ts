/** Sandboxes in a VM that was used before do what those in a new one do, whatever was done in it and is done with them. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Sandbox, type Snapshot } from "../mod.ts";
import { keepsTables } from "../src/driver/kept_tables.ts";
import { IOCTL } from "../src/kvm/constants.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { guestBytes } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;

const EXPORTS = {
  add: { parameters: ["i32", "i32"], result: "i32" },
  echo_buffer: { parameters: ["buffer"], result: "buffer" },
  dirty: { parameters: ["i32", "i32"], result: "void" },
  host_add: { parameters: ["i32", "i32"], result: "i32" },
  spin: { parameters: [], result: "void" },
} as const;
type Guest = Sandbox<typeof EXPORTS>;

/** A sandbox, what was taken of it, and what its import does next. */
class Subject {
  readonly sandbox: Guest;
  readonly #imported: { fails: boolean };
  readonly #snapshots: Snapshot<typeof EXPORTS>[] = [];
  /** Whether a deadline has ended a call: how far the guest came by then, nobody knows. */
  #wasStopped = false;

  private constructor(sandbox: Guest, imported: { fails: boolean }) {
    this.sandbox = sandbox;
    this.#imported = imported;
  }

  static async create(guest: Uint8Array, memoryLimit?: number): Promise<Subject> {
    const imported = { fails: false };
    const callback = (a: number, b: number) => {
      if (imported.fails) throw new Error("refused by its host");
      return (a + b) | 0;
    };
    const host_add = { parameters: ["i32", "i32"], result: "i32", callback } as const;
    const sandbox = await Sandbox.create({
      guest,
      exports: EXPORTS,
      imports: { host_add },
      memory: { heap: 256 * 1024, input: 64 * 1024, output: 64 * 1024 },
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
    });
    return new Subject(sandbox, imported);
  }

  /** Does something; returns all that it can be told by. */
  async do([what, a, b]: Step): Promise<unknown> {
    const { sandbox } = this;
    const outcome = await this.#do(what, a, b).catch(told);
    const { exits, guestTime: _g, hostTime: _h, ...stats } = sandbox.stats();
    const { poisoned, mappedRegions: { length } } = sandbox;
    const exact = this.#wasStopped ? {} : stats;
    return { outcome, exits: withoutSignals(exits), stats: exact, poisoned, regions: length };
  }

  async #do(what: typeof STEPS[number], a: number, b: number): Promise<unknown> {
    const { sandbox } = this;
    const { exports } = sandbox;
    const snapshot = this.#snapshots[a % Math.max(1, this.#snapshots.length)];
    switch (what) {
      case "add":
        return exports.add(a, b);
      case "add elsewhere":
        return await sandbox.async.add(a, b);
      case "echo":
        // The longest do not fit into the buffers.
        return exports.echo_buffer(new Uint8Array(a * 300).fill(b));
      case "dirty":
        return exports.dirty(a % 64, b % 16);
      case "import":
      case "failing import":
        this.#imported.fails = what === "failing import";
        return exports.host_add(a, b);
      case "wrong arguments":
        return exports.add(a, "b" as unknown as number);
      case "spin":
        this.#wasStopped = true;
        return sandbox.call("spin", [], { deadline: 2 });
      case "snapshot":
        this.#snapshots.push(sandbox.snapshot());
        return this.#snapshots.at(-1)?.ownSize;
      case "restore":
        return snapshot && sandbox.restore(snapshot);
      case "clone": {
        if (!snapshot) return;
        const host_add = { parameters: ["i32", "i32"], result: "i32", callback: () => b } as const;
        using clone = await Sandbox.fromSnapshot(snapshot, { imports: { host_add } });
        clone.exports.dirty(a % 64, 1);
        return [clone.exports.host_add(a, b), withoutSignals(clone.stats().exits)];
      }
      case "map":
        return sandbox.mapFile(new Uint8Array(PAGE).fill(b), (1 << 30) * (a % 2 + 1)).size;
      case "unmap": {
        const region = sandbox.mappedRegions[a % Math.max(1, sandbox.mappedRegions.length)];
        return region && sandbox.unmapRegion(region);
      }
    }
  }

  [Symbol.dispose](): void {
    for (const snapshot of this.#snapshots) snapshot.close();
    this.sandbox.close();
  }
}

/** What an error says, but for how long and how much it was. */
function told(error: Error & { code?: string }): unknown {
  const { name, code, message } = error;
  return { name, code, message: message.replace(/after [\d.]+ ms|taken \d+ bytes/, "…") };
}

/** Signals come when they do. */
function withoutSignals({ KVM_EXIT_INTR: _, ...exits }: Readonly<Record<string, number>>) {
  return exits;
}

const STEPS = [
  ...["add", "add elsewhere", "echo", "dirty", "import", "failing import"] as const,
  ...["wrong arguments", "spin", "snapshot", "restore", "clone", "map", "unmap"] as const,
] as const;
type Step = readonly [what: typeof STEPS[number], a: number, b: number];
const HARMLESS = STEPS.filter((it) => !["spin", "failing import", "snapshot"].includes(it));

/** How many VMs are made meanwhile. */
async function newVms(run: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const watch = (_: string, [, request]: readonly unknown[]) => {
    if (request === IOCTL.KVM_CREATE_VM) count++;
    return undefined;
  };
  await answerCalls(watch, run);
  return count;
}

const steps = (of: readonly (typeof STEPS)[number][], maxLength: number) => {
  const number = fc.nat(255);
  return fc.array(fc.tuple(fc.constantFrom(...of), number, number), { maxLength });
};

for (const ring of [3, 0] as const) {
  test(`Sandbox in a used VM does what one in a new VM does, ring ${ring}`, { skip }, async () => {
    const guest = ring === 3
      ? guestBytes("bench")
      : await buildRing0Guest("guest/examples/bench.c");
    keepsTables();
    using _ = await Subject.create(guest);
    let reused = 0;
    const property = fc.asyncProperty(
      fc.oneof(steps(HARMLESS, 12), steps(STEPS, 8)),
      steps(STEPS, 12),
      fc.constantFrom(undefined, 1, 1000),
      async (before, after, pages) => {
        const memoryLimit = pages === undefined ? undefined : pages * PAGE;
        {
          using first = await Subject.create(guest);
          for (const step of before) await first.do(step);
        }
        const create = () => Subject.create(guest, memoryLimit).catch(told);
        let used: unknown;
        const made = await newVms(async () => used = await create());
        if (made === 0) reused++;
        const fresh = await create();
        if (!(used instanceof Subject && fresh instanceof Subject)) {
          return assertEquals(used, fresh);
        }
        using subject = used;
        using other = fresh;
        for (const step of after) assertEquals(await subject.do(step), await other.do(step));
      },
    );
    await fc.assert(property, { numRuns: 150, endOnFailure: true });
    assert(reused > 30, `${reused} VMs were used again`);
  });
}
