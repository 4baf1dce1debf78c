// What is recorded of a guest: its trace on the host's clock, its allocations, and where its time goes.
import { test } from "node:test";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import {
  type GuestTrace,
  type RecordingOptions,
  Sandbox,
  type SandboxOptions,
  type TimelineEntry,
} from "../mod.ts";
import type { TraceEvent } from "../src/guest/trace.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { errorOf, guestBytes, HELLO, HOST_ADD } from "./support/guests.ts";
import { writeTrace } from "./support/messages.ts";
import { needsKvm } from "./support/skip.ts";
import { bestTimes } from "./support/times.ts";

const skip = needsKvm;

const EXPORTS = {
  work: { parameters: ["i32"], result: "u64" },
  work_and_fail: { parameters: [], result: "void" },
  trace_often: { parameters: ["i32"], result: "void" },
  allocate: { parameters: ["i32"], result: "void" },
  allocate_often: { parameters: ["i32"], result: "void" },
  hand_over: { parameters: ["buffer", "u64", "u64", "i32", "bool"], result: "void" },
  leave: { parameters: ["i32"], result: "void" },
} as const;

type Ring = 0 | 3;
type Options = RecordingOptions & Pick<SandboxOptions, "memory">;

/** The guest with symbols, for one ring. */
async function observed(ring: Ring, options: Options = {}): Promise<Sandbox<typeof EXPORTS>> {
  const guest = await (ring === 3 ? buildGuest : buildRing0Guest)("observed.c", "-g");
  return await Sandbox.create({ guest, exports: EXPORTS, ...options });
}

/** The same as a guest of ring 0 that is none of the kit's. */
async function foreign(options: Options): Promise<Sandbox<typeof EXPORTS>> {
  const guest = (await buildRing0Guest("observed.c", "-g")).slice();
  const text = new TextDecoder("latin1").decode(guest);
  // The note: the lengths of its name and its content, its type, and the name.
  const at = text.indexOf("\x06\0\0\0\x08\0\0\0\x01\0\0\0vmlet\0");
  assert(at > 0);
  guest[at + 12] = 0x78;
  return await Sandbox.create({ guest, exports: EXPORTS, ...options });
}

/** How much work takes a few milliseconds. */
const rounds = (ring: Ring) => ring === 3 ? 4_000_000 : 500;

function traceOf(sandbox: Sandbox): GuestTrace {
  const { trace } = sandbox.recording();
  assert(trace);
  return trace;
}

const endOf = ({ start, duration = 0 }: TimelineEntry) => start + duration;

/** The names of what lies inside of each call, nested by their times. */
function nested(entries: readonly TimelineEntry[]): string[] {
  const inOrder = entries.toSorted((a, b) =>
    a.start - b.start || (b.duration ?? 0) - (a.duration ?? 0)
  );
  return inOrder.map((entry) => {
    const around = inOrder.filter((it) =>
      it !== entry && it.duration !== undefined && it.start <= entry.start &&
      endOf(it) >= endOf(entry) && inOrder.indexOf(it) < inOrder.indexOf(entry)
    );
    return [...around, entry].map(({ name }) => name).join(" > ");
  });
}

for (const ring of [3, 0] as const) {
  test(
    `Sandbox.recording() has the spans of a guest of ring ${ring} inside of its calls`,
    { skip },
    async () => {
      using sandbox = await observed(ring, { traceGuest: true });
      const before = performance.now();
      sandbox.exports.work(rounds(ring));
      const after = performance.now();
      const { entries, dropped } = traceOf(sandbox);
      assertEquals(dropped, 0);
      assertEquals(nested(entries), [
        "initialise guest",
        "call work",
        "call work > outer",
        "call work > outer > inner",
        "call work > outer > inner > summed",
        "call work > outer > inner",
        "call work > outer > inner > summed",
      ]);
      const own = entries.filter((it) => it.target !== "host");
      assert(own.every((it) => it.start >= before && endOf(it) <= after));
      assertEquals(own.map((it) => it.target), Array(own.length).fill("guest"));
      const messages = own.flatMap((it) => it.fields).map(({ key, value }) => `${key} ${value}`);
      assertEquals(messages, [1, 2].map((it) => `message ${it * rounds(ring)} rounds`));
      const lasted = (name: string) =>
        own.filter((it) => it.name === name).reduce((sum, it) => sum + (it.duration ?? 0), 0);
      assert(lasted("inner") > 0 && lasted("inner") <= lasted("outer"));
    },
  );

  test(
    `Sandbox.recording() ends the spans of a call that fails at ring ${ring}, and begins anew`,
    { skip },
    async () => {
      using sandbox = await observed(ring, { traceGuest: true });
      assertEquals(errorOf(() => sandbox.exports.work_and_fail()).code, "ERR_GUEST_ERROR");
      sandbox.exports.work(10);
      assertEquals(nested(traceOf(sandbox).entries).slice(1, 6), [
        "call work_and_fail",
        "call work_and_fail > outer",
        "call work_and_fail > outer > failing",
        "call work",
        "call work > outer",
      ]);
    },
  );

  test(
    `Sandbox.recording() sums up what a guest of ring ${ring} allocates, by functions`,
    { skip },
    async () => {
      using sandbox = await observed(ring, { memProfile: true });
      sandbox.exports.allocate(1000);
      const clean = sandbox.snapshot();
      sandbox.exports.allocate(500);
      const { allocated, live } = sandbox.recording();
      const of = (profile: typeof allocated, name: string) =>
        Array.from(profile?.stacks() ?? []).filter(({ stack }) => stack.includes(name))
          .reduce((sum, { amount }) => sum + amount, 0);
      assertEquals([of(allocated, "leak"), of(allocated, "borrow")], [1500, 3000]);
      assertEquals(allocated?.total, 1500 + 3000 + 2 * 16 + 1500);
      assertEquals([live?.total, of(live, "leak"), of(live, "borrow")], [1500, 1500, 0]);
      const [stack] = Array.from(live?.stacks() ?? [], (it) => it.stack.join(" "));
      assert(stack?.includes("dispatch allocate leak malloc"), stack);
      // What a restore takes back is not allocated any more; a clone has what its snapshot had.
      sandbox.restore(clean);
      assertEquals(sandbox.recording().live?.total, 1000);
      using clone = await Sandbox.fromSnapshot(clean, { exports: EXPORTS, memProfile: true });
      clone.exports.allocate(1);
      assertEquals(clone.recording().live?.total, 1001);
    },
  );

  test(
    `Sandbox.recording() says where a guest of ring ${ring} spends its time, also on another thread`,
    { skip },
    async () => {
      using sandbox = await observed(ring, { cpuProfile: true });
      for (const call of [() => sandbox.exports.work, () => sandbox.async.work]) {
        const before = sandbox.recording().cpu?.total ?? 0;
        const began = performance.now();
        do await call()(10 * rounds(ring)); while (performance.now() - began < 150);
        const elapsed = performance.now() - began;
        const { cpu } = sandbox.recording();
        const samples = (cpu?.total ?? 0) - before;
        // A busy machine takes samples late; none is taken twice.
        assert(samples > elapsed / 20 && samples <= elapsed + 1, `${samples} in ${elapsed} ms`);
        let inner = 0;
        for (const { stack, amount } of cpu?.stacks() ?? []) {
          if (stack.join(" ").includes("dispatch work outer inner")) inner += amount;
        }
        assert(inner > 0.8 * (cpu?.total ?? 0), cpu?.folded());
      }
    },
  );
}

test("Sandbox.recording() samples calls that are shorter than the interval", { skip }, async () => {
  using sandbox = await observed(3, { cpuProfile: { interval: 0.5 } });
  const began = performance.now();
  while (performance.now() - began < 200) sandbox.exports.work(10_000);
  const { total = 0 } = sandbox.recording().cpu ?? {};
  assert(total > 20, `${total} samples`);
});

test("A deadline ends a call that is sampled", { skip }, async () => {
  using sandbox = await observed(3, { cpuProfile: { interval: 0.2 } });
  const call = () => sandbox.call("work", [2_000_000_000], { deadline: 30 });
  assertEquals(errorOf(call).code, "ERR_DEADLINE");
  assert((sandbox.recording().cpu?.total ?? 0) > 3);
});

test("Sandbox.recording() has imports, also those that return promises", { skip }, async () => {
  const sleep = async (a: number, b: number) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return a + b;
  };
  const imports = { host_add: { ...HOST_ADD.host_add, callback: sleep } };
  const guest = guestBytes("hello");
  using sandbox = await Sandbox.create({ guest, exports: HELLO, imports, traceGuest: true });
  await sandbox.async.add_in_host(1, 2);
  const { entries } = traceOf(sandbox);
  assertEquals(nested(entries).slice(1), [
    "call add_in_host",
    "call add_in_host > import host_add",
  ]);
  assert((entries.find((it) => it.name === "import host_add")?.duration ?? 0) >= 19);
});

test("Sandbox.recording() is empty where nothing is recorded, and kept when it is closed", {
  skip,
}, async () => {
  const plain = await observed(3);
  plain.exports.work(10);
  assertEquals(plain.recording(), {});
  // Nor may a guest tell what nobody asked for.
  const error = errorOf(() => plain.exports.hand_over(new Uint8Array(8), 0n, 0n, 1, false));
  assertEquals([error.code, error.port], ["ERR_FORBIDDEN_PORT", 104]);
  plain.close();
  const all = await observed(3, { traceGuest: true, memProfile: true, cpuProfile: true });
  all.exports.allocate(100);
  all.close();
  assertEquals(Object.keys(all.recording()).sort(), ["allocated", "cpu", "live", "trace"]);
  assertEquals(all.recording().live?.total, 100);
});

test("Sandbox.create() refuses options of recordings that are none", async () => {
  const create = (options: unknown) => () =>
    Sandbox.create({ guest: guestBytes("hello"), exports: HELLO, ...options as object });
  await assertRejects(create({ traceGuest: 1 }), TypeError, "traceGuest is not a boolean");
  await assertRejects(create({ memProfile: null }), TypeError, "memProfile is not a boolean");
  await assertRejects(create({ cpuProfile: 5 }), TypeError, "cpuProfile is neither");
  await assertRejects(create({ cpuProfile: { interval: "1" } }), TypeError, "not a number");
  for (const interval of [0, 0.05, -1, NaN, Infinity]) {
    await assertRejects(create({ cpuProfile: { interval } }), RangeError, "cpuProfile.interval");
  }
});

// --- guests that lie --------------------------------------------------------------------------------------------------

const span = (id: bigint, tsc: bigint, parent?: bigint): TraceEvent => ({
  ...{ kind: "open", id, parent, name: `span ${id}`, target: "t", tsc, fields: [] },
});

test("A guest's times never leave its call, whatever it says", { skip }, async () => {
  using sandbox = await observed(3, { traceGuest: true });
  const events: TraceEvent[] = [
    span(1n, 0n),
    span(2n, 2n ** 64n - 1n),
    { kind: "close", id: 1n, tsc: 2n ** 64n - 1n },
    { kind: "close", id: 2n, tsc: 0n },
    { kind: "close", id: 77n, tsc: 0n },
    {
      kind: "log",
      parent: 99n,
      name: "event",
      tsc: 1n,
      fields: [{ key: "__proto__", value: "x" }],
    },
  ];
  const before = performance.now();
  sandbox.exports.hand_over(writeTrace({ startTsc: 5n, events }), 0n, 0n, 1, false);
  const after = performance.now();
  const trace = traceOf(sandbox);
  const own = trace.entries.filter((it) => it.target !== "host");
  assertEquals(own.map((it) => it.name), ["span 1", "span 2", "event"]);
  for (const entry of own) {
    assert(entry.start >= before && endOf(entry) <= after && (entry.duration ?? 0) >= 0);
  }
  assertEquals(JSON.parse(JSON.stringify(trace)).traceEvents.length, 2 + trace.entries.length);
});

test("Batches that are broken, too long or nowhere are counted, and the call goes on", {
  skip,
}, async () => {
  const batch = writeTrace({ startTsc: 0n, events: [span(1n, 0n)] });
  for (const ring of [3, 0] as const) {
    using sandbox = await observed(ring, { traceGuest: true });
    const cases: [Uint8Array, bigint, bigint][] = [
      [batch.slice(0, 20), 0n, 0n],
      [Uint8Array.of(1, 2, 3), 0n, 0n],
      [batch, 0n, 2n ** 64n - 1n],
      [batch, 0n, 2n ** 21n],
      [batch, 0x1000n, 64n],
      [batch, 2n ** 63n, 64n],
      [batch, 2n ** 64n - 1n, 64n],
    ];
    for (const [index, [bytes, address, size]] of cases.entries()) {
      sandbox.exports.hand_over(bytes, address, size, 1, false);
      assertEquals(traceOf(sandbox).dropped, index + 1, `${index}`);
    }
    sandbox.exports.hand_over(batch, 0n, 0n, 1, false);
    assert(traceOf(sandbox).entries.some((it) => it.name === "span 1"));
  }
});

test("Any bytes are a batch or are dropped", { skip }, async () => {
  using sandbox = await observed(3, { traceGuest: true });
  const batch = writeTrace({ startTsc: 0n, events: [span(1n, 0n), span(2n, 1n, 1n)] });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(batch.length - 1), fc.nat(255)), { maxLength: 8 }),
      (changes) => {
        const bytes = batch.slice();
        for (const [at, value] of changes) bytes[at] = value;
        sandbox.exports.hand_over(bytes, 0n, 0n, 1, false);
        return Promise.resolve(!sandbox.poisoned);
      },
    ),
    { numRuns: 500 },
  );
  assert(traceOf(sandbox).dropped > 0);
});

test("A guest that is none of the kit's hands batches over at any exit", { skip }, async () => {
  using sandbox = await foreign({ traceGuest: true });
  const batch = writeTrace({ startTsc: 0n, events: [span(1n, 0n)] });
  sandbox.exports.hand_over(batch, 0n, 0n, 1, true);
  sandbox.exports.hand_over(batch, 0n, 0n, 1, false);
  const { entries, dropped } = traceOf(sandbox);
  assertEquals([entries.filter((it) => it.name === "span 1").length, dropped], [2, 0]);
});

test("A guest that floods its trace is kept to what there is room for", { skip }, async () => {
  using sandbox = await observed(3, { traceGuest: true });
  const events = Array.from({ length: 1000 }, (_, i) => span(BigInt(i), 0n));
  const batch = writeTrace({ startTsc: 0n, events });
  sandbox.exports.hand_over(batch, 0n, 0n, 1000, false);
  const { entries, dropped } = traceOf(sandbox);
  assert(entries.length <= 100_000 && dropped >= 100, `${entries.length}, ${dropped}`);
  // From there on, what it hands over costs its host about what its exits do.
  const [plain, flood] = bestTimes(
    7,
    () => sandbox.exports.leave(300),
    () => sandbox.exports.hand_over(batch, 0n, 0n, 300, false),
  );
  assert(flood < 4 * plain + 20, `300 exits took ${plain} ms, 300 batches ${flood} ms`);
});

test("A guest that floods its host with allocations costs it a few times their exits", {
  skip,
}, async () => {
  using sandbox = await observed(3, { memProfile: true });
  const [plain, flood] = bestTimes(
    7,
    () => sandbox.exports.leave(1000),
    () => sandbox.exports.allocate_often(500),
  );
  assert(flood < 8 * plain, `1000 exits took ${plain} ms, 500 allocations ${flood} ms`);
  assertAlmostEquals(sandbox.recording().allocated?.total ?? 0, 7 * 500 * 100);
});
