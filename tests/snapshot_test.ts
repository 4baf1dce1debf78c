/** Snapshots: a guest made what it was, whatever happened since. */

import { readFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Snapshot } from "../mod.ts";
import { errorOf, hello, helloWith, hostile } from "./support/guests.ts";
import { collectUntil } from "./support/holdings.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

test(
  "Sandbox.restore() brings back what the guest kept, forwards and backwards",
  { skip },
  async () => {
    using sandbox = await hello();
    const zero = sandbox.snapshot();
    assertEquals([sandbox.exports.count(), sandbox.exports.count()], [1, 2]);
    const two = sandbox.snapshot();
    assertEquals(sandbox.exports.count(), 3);
    for (let round = 0; round < 3; round++) {
      sandbox.restore(zero);
      assertEquals(sandbox.exports.count(), 1);
      sandbox.restore(two);
      assertEquals(sandbox.exports.count(), 3);
    }
  },
);

test("Sandbox.restore() heals a poisoned sandbox, again and again", { skip }, async () => {
  using sandbox = await hostile();
  const clean = sandbox.snapshot();
  const attacks = [
    () => sandbox.exports.write_at(0n),
    () => sandbox.exports.recurse_endlessly(),
    () => sandbox.exports.read_port(101),
    () => sandbox.exports.invalid_opcode(),
    () => sandbox.exports.lie(2n ** 63n, 0n, 0, true),
    () => sandbox.exports.flood_abort(),
  ];
  for (let round = 0; round < 3; round++) {
    for (const attack of attacks) {
      errorOf(attack);
      assert(sandbox.poisoned);
      assertEquals(errorOf(() => sandbox.snapshot()).code, "ERR_POISONED");
      sandbox.restore(clean);
      assert(!sandbox.poisoned);
      assertEquals(sandbox.exports.hello(), 42);
    }
  }
});

// Places that a guest can write, by src/guest/layout.ts: the block from the host, both ends of each part.
const MIB = 2n ** 20n;
const PLACES: Readonly<Record<string, bigint>> = {
  "the environment block": 0x10_0000_0800n,
  "the input buffer's start": 0x11_0000_0000n + 0x1000n,
  "the input buffer's end": 0x11_0000_0000n + 16n * MIB - 8n,
  "the output buffer's start": 0x18_0000_0000n + 0x1000n,
  "the output buffer's end": 0x18_0000_0000n + 16n * MIB - 8n,
  "the heap's start": 0x20_0000_0000n,
  "the heap's end": 0x20_0000_0000n + 131072n - 8n,
  "the stack's low end": 0x78_0000_0000n - 65536n,
};

test("Sandbox.restore() leaves nothing of what a call wrote anywhere", { skip }, async () => {
  using sandbox = await hostile();
  const { peek, poke } = sandbox.exports;
  const clean = sandbox.snapshot();
  const before = Object.values(PLACES).map((it) => peek(it));
  const secret = 0x5ec2_e75e_c2e7_5ec2n;
  for (const [place, address] of Object.entries(PLACES)) {
    poke(address, secret);
    assertEquals(peek(address), secret, place);
  }
  sandbox.restore(clean);
  Object.entries(PLACES).forEach(([place, address], i) =>
    assertEquals(peek(address), before[i], place)
  );
});

test("Sandbox.restore() leaves no registers of an earlier call", { skip }, async () => {
  using sandbox = await hostile();
  const clean = sandbox.snapshot();
  sandbox.exports.dirty_registers();
  sandbox.restore(clean);
  assertEquals(sandbox.exports.find_registers(), 0n);
});

test(
  "Sandbox.restore() refuses snapshots of others, and what is no snapshot",
  { skip },
  async () => {
    using one = await hello();
    using other = await hello();
    assertEquals(errorOf(() => one.restore(other.snapshot())).code, "ERR_SNAPSHOT_MISMATCH");
    const error = assertThrows(() => one.restore({} as Snapshot), TypeError) as TypeError & {
      code?: string;
    };
    assertEquals(error.code, "ERR_INVALID_ARG_TYPE");
    assert(one.snapshot() instanceof Snapshot);
  },
);

test("Snapshot.size counts what a guest touched, ownSize what no other has", { skip }, async () => {
  using sandbox = await hello({ memory: { heap: 1 << 28 } });
  const first = sandbox.snapshot();
  assert(first.size > 0 && first.size < 1 << 20, `${first.size} bytes`);
  assertEquals([first.ownSize, first.size % 4096], [first.size, 0]);
  sandbox.exports.count();
  const second = sandbox.snapshot();
  assert(second.size >= first.size);
  // Few pages: its data, its stack, and tables.
  assert(second.ownSize > 0 && second.ownSize <= 16 * 4096, `${second.ownSize} bytes`);
});

test("Sandbox.snapshot() is the one before until something happens", { skip }, async () => {
  using sandbox = await hello();
  const first = sandbox.snapshot();
  assert(sandbox.snapshot() === first);
  sandbox.exports.count();
  const second = sandbox.snapshot();
  assert(second !== first);
  sandbox.restore(first);
  assert(sandbox.snapshot() === first);
  first.close();
  const third = sandbox.snapshot();
  assert(third !== first && !third.closed);
  sandbox.restore(second);
  assertEquals(sandbox.exports.count(), 2);
  sandbox.restore(third);
  assertEquals(sandbox.exports.count(), 1);
});

test("Snapshot.close() leaves other snapshots as they are, in any order", { skip }, async () => {
  using sandbox = await hello();
  const snapshots = [sandbox.snapshot()];
  for (let i = 1; i < 6; i++) {
    sandbox.exports.count();
    // A tree: every other one is taken of an earlier state.
    if (i % 2 === 0) sandbox.restore(snapshots[i - 2] as Snapshot);
    sandbox.exports.count();
    snapshots.push(sandbox.snapshot());
  }
  const counts = snapshots.map((it) => {
    sandbox.restore(it);
    return sandbox.exports.count();
  });
  assertEquals(counts[0], 1);
  for (const closed of [0, 4, 2, 5]) {
    const it = snapshots[closed] as Snapshot;
    it.close();
    it[Symbol.dispose]();
    assert(it.closed);
    assertEquals(errorOf(() => sandbox.restore(it)).code, "ERR_CLOSED");
    snapshots.forEach((it, i) => {
      if (it.closed) return;
      sandbox.restore(it);
      assertEquals(sandbox.exports.count(), counts[i], `${i} after ${closed}`);
    });
  }
});

test("Snapshot keeps no import of its sandbox alive", { skip }, async () => {
  const collected = new Set<number>();
  const registry = new FinalizationRegistry<number>((i) => collected.add(i));
  const snapshots: Snapshot[] = [];
  await (async () => {
    for (let i = 0; i < 5; i++) {
      const callback = (a: number, b: number) => a + b + i;
      registry.register(callback, i);
      using sandbox = await helloWith(callback);
      assertEquals(sandbox.exports.add_in_host(1, 2), 3 + i);
      snapshots.push(sandbox.snapshot());
    }
  })();
  // A conservative collector may keep the last one a while, since its address is still on the stack.
  await collectUntil(() => collected.size >= 4);
  assert(collected.size >= 4, `${collected.size} of 5 are gone`);
  for (const it of snapshots) it.close();
});

test("Snapshot that was forgotten gives its memory back", { skip }, async () => {
  const { gc, Bun } = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };
  using sandbox = await hello();
  const mappings = () => readFileSync("/proc/self/maps", "latin1").split("\n").length;
  const before = mappings();
  const rounds = process.env.NESTED_KVM ? 3 : 15;
  let most = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < 20; i++) {
      sandbox.exports.count();
      sandbox.snapshot();
    }
    most = Math.max(most, mappings());
    for (let i = 0; i < 2; i++) {
      if (Bun) Bun.gc(true);
      else gc?.();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  // Each has at least two, and those before them that it needs are few.
  assert(most < before + 200, `${most} mappings, ${before} before`);
  assert(sandbox.exports.count() === rounds * 20 + 1);
});

test(
  "Sandbox.snapshot() and restore() are refused during a call and after closing",
  { skip },
  async () => {
    const codes: string[] = [];
    const sandbox: Awaited<ReturnType<typeof hello>> = await helloWith((a, b) => {
      codes.push(
        errorOf(() => sandbox.snapshot()).code,
        errorOf(() => sandbox.restore(clean)).code,
      );
      return a + b;
    });
    const clean = sandbox.snapshot();
    assertEquals(sandbox.exports.add_in_host(1, 2), 3);
    assertEquals(codes, ["ERR_BUSY", "ERR_BUSY"]);
    sandbox.close();
    assertEquals(errorOf(() => sandbox.snapshot()).code, "ERR_CLOSED");
    assertEquals(errorOf(() => sandbox.restore(clean)).code, "ERR_CLOSED");
  },
);

test("Sandbox.call() calls by name, as exports does", { skip }, async () => {
  using sandbox = await hello();
  assertEquals(sandbox.call("add", [20, 22]), 42);
  assertEquals(errorOf(() => sandbox.call("refuse", [3])).guestCode, 3);
  const call = sandbox.call.bind(sandbox) as unknown as (name: string, args: unknown) => unknown;
  for (
    const [name, args] of [["nope", []], ["toString", []], ["add", [1]], ["add", "12"], [
      "add",
      undefined,
    ]]
  ) {
    const error = assertThrows(() => call(name as string, args), TypeError) as TypeError & {
      code?: string;
    };
    assertEquals(error.code, "ERR_INVALID_ARG_TYPE");
  }
});
