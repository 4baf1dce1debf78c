/** Guests with gibibytes of memory: reserved, and paid for page by page. */

import { test } from "node:test";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Sandbox, type SandboxOptions } from "../mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { BENCH, guestBytes, hello, HOST_ADD, hostile } from "./support/guests.ts";
import { needsHugePages, needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;
const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const HEAP = 0x20_0000_0000n;

function bench(heap: number, options: Partial<SandboxOptions> = {}) {
  const guest = guestBytes("bench");
  return Sandbox.create({
    ...options as object,
    guest,
    exports: BENCH,
    imports: HOST_ADD,
    memory: { heap },
  });
}

test("a guest has a heap of 16 GiB, and pays for the pages that it touches", { skip }, async () => {
  using sandbox = await hostile({ memory: { heap: 16 * GIB } });
  const { peek, poke } = sandbox.exports;
  const before = sandbox.stats().residentPages ?? NaN;
  // From its beginning to its end, and in no order.
  const places = Array.from(
    { length: 33 },
    (_, i) => HEAP + BigInt(i * 7 % 33) * BigInt(GIB / 2) - (i * 7 % 33 === 32 ? 8n : 0n),
  );
  places.forEach((place, i) => poke(place, BigInt(i + 1)));
  assertEquals(places.map((place) => peek(place)), places.map((_, i) => BigInt(i + 1)));
  const after = sandbox.stats().residentPages ?? NaN;
  assert(after >= before + 33 && after < before + 60, `${before} and then ${after} pages`);
});

test("malloc gives out what a heap of 16 GiB has", { skip }, async () => {
  using sandbox = await bench(16 * GIB);
  // bench.c allocates all of it but for the ends.
  const pages = 16 * GIB / PAGE - 2;
  sandbox.exports.dirty(0, 1);
  sandbox.exports.dirty(pages - 1, 1);
  sandbox.exports.dirty(Math.floor(pages / 2), 3);
});

test("a guest of 16 GiB goes back to a snapshot", { skip }, async () => {
  using sandbox = await hostile({ memory: { heap: 16 * GIB } });
  const { peek, poke } = sandbox.exports;
  const last = HEAP + 16n * BigInt(GIB) - 8n;
  poke(HEAP, 1n);
  using first = sandbox.snapshot();
  poke(last, 2n);
  using second = sandbox.snapshot();
  assert(second.ownSize < 100 * PAGE, `${second.ownSize} bytes`);
  for (let i = 0; i < 3; i++) {
    sandbox.restore(first);
    assertEquals([peek(HEAP), peek(last)], [1n, 0n]);
    poke(last, 3n);
    sandbox.restore(second);
    assertEquals([peek(HEAP), peek(last)], [1n, 2n]);
  }
  using clone = await Sandbox.fromSnapshot(second);
  assertEquals([clone.exports.peek(HEAP), clone.exports.peek(last)], [1n, 2n]);
});

test("a guest of 1 GiB is made as one of 1 MiB: by the same calls, with the same pages", {
  skip,
}, async () => {
  const made = async (heap: number) => {
    const names: string[] = [];
    const count = (name: string, args: readonly unknown[]) => {
      names.push(
        name === "ioctlStruct" ? `ioctl ${((args[1] as number) & 0xff).toString(16)}` : name,
      );
      return undefined;
    };
    using sandbox = await answerCalls(count, () => bench(heap));
    return { names, pages: sandbox.stats().residentPages ?? NaN };
  };
  // What is found out once, is now known.
  await made(MIB);
  const small = await made(MIB);
  const slots = small.names.filter((it) => it === "ioctl 46");
  assertEquals(slots.length, 1);
  const large = await made(GIB);
  assertEquals(large.names, small.names);
  assert(large.pages <= small.pages + 2, `${large.pages} and ${small.pages} pages`);
  // A page of tables for each GiB.
  const largest = await made(16 * GIB);
  assertEquals(largest.names, small.names);
  assert(largest.pages <= small.pages + 20, `${largest.pages} and ${small.pages} pages`);
});

test("heaps end at 16 GiB, and all else at 1 GiB", { skip }, async () => {
  for (
    const [part, most] of [
      ["heap", 16 * GIB],
      ["stack", GIB],
      ["input", GIB],
      ["output", GIB],
    ] as const
  ) {
    const error = await assertRejects(() => hello({ memory: { [part]: most + 1 } }), RangeError);
    assertEquals((error as RangeError & { code?: string }).code, "ERR_OUT_OF_RANGE");
    assertStringIncludes(error.message, `memory.${part}`);
    assertStringIncludes(error.message, `at most ${most} bytes`);
  }
  using sandbox = await hello({ memory: { stack: GIB, input: GIB, output: GIB } });
  assertEquals(sandbox.exports.add(1, 2), 3);
});

test("a guest of ring 0 has no more than 1 GiB in all, as in Hyperlight", { skip }, async () => {
  const guest = await buildRing0Guest("guest/examples/hello.c");
  const create = () => Sandbox.create({ guest, imports: HOST_ADD, memory: { heap: 2 * GIB } });
  const error = await assertRejects(create, RangeError);
  assertEquals((error as RangeError & { code?: string }).code, "ERR_OUT_OF_RANGE");
  assertStringIncludes(error.message, "1073741824 are the most for a guest of Hyperlight's");
});

test("a guest with huge pages takes them at a touch", { skip: needsHugePages }, async () => {
  const touch = async (hugePages: boolean) => {
    using sandbox = await hostile({ memory: { heap: 256 * MIB, hugePages } });
    const before = sandbox.stats().residentPages ?? NaN;
    for (let i = 0n; i < 16n; i++) sandbox.exports.poke(HEAP + i * 4n * BigInt(MIB), 1n);
    return (sandbox.stats().residentPages ?? NaN) - before;
  };
  const small = await touch(false);
  assert(small >= 16 && small < 40, `${small} pages`);
  // Not all, where memory is in pieces.
  const huge = await touch(true);
  assert(huge >= 512, `${huge} pages`);
});

test("a guest with huge pages goes back to a snapshot, without a log of what it wrote to", {
  skip,
}, async () => {
  using sandbox = await hostile({ memory: { heap: 64 * MIB, hugePages: true } });
  const { peek, poke } = sandbox.exports;
  const places = Array.from({ length: 20 }, (_, i) => HEAP + BigInt(i * 3 * MIB + i * 8));
  for (const place of places) poke(place, 1n);
  let logs = 0;
  const count = (name: string, args: readonly unknown[]) => {
    // KVM_GET_DIRTY_LOG, KVM_CLEAR_DIRTY_LOG
    if (name === "ioctlStruct" && [0x42, 0xc0].includes((args[1] as number) & 0xff)) logs++;
    return undefined;
  };
  await answerCalls(count, async () => {
    using first = sandbox.snapshot();
    for (const place of places.slice(10)) poke(place, 2n);
    using second = sandbox.snapshot();
    for (let i = 0; i < 4; i++) {
      for (const place of places) poke(place + 4096n, 3n);
      const [snapshot, value] = i % 2 === 0 ? [first, 1n] : [second, 2n];
      sandbox.restore(snapshot);
      assertEquals(peek(places[0] as bigint), 1n);
      assertEquals(peek(places[19] as bigint), value);
      for (const place of places) assertEquals(peek(place + 4096n), 0n);
    }
    assertEquals(logs, 0);
    using clone = await Sandbox.fromSnapshot(second);
    assertEquals(clone.exports.peek(places[19] as bigint), 2n);
  });
});

test("memory.hugePages is nothing where the kernel has none", { skip }, async () => {
  const EINVAL = 22;
  const refuse = (name: string) => name === "madvise" ? -EINVAL : undefined;
  await answerCalls(refuse, async () => {
    using sandbox = await hello({ memory: { hugePages: true } });
    assertEquals(sandbox.exports.add(1, 2), 3);
  });
});

test("memory.hugePages is a boolean, and not for guests with a memoryLimit", async () => {
  const wrong = { memory: { hugePages: 1 } } as unknown as SandboxOptions;
  const type = await assertRejects(() => hello(wrong), TypeError);
  assertEquals((type as TypeError & { code?: string }).code, "ERR_INVALID_ARG_TYPE");
  const both = { memory: { hugePages: true }, memoryLimit: MIB };
  const range = await assertRejects(() => hello(both), RangeError);
  assertEquals((range as RangeError & { code?: string }).code, "ERR_OUT_OF_RANGE");
});
