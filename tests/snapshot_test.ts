/** Snapshots: a guest made what it was, whatever happened since. */

import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Snapshot } from "../mod.ts";
import { errorOf, hello, helloWith, hostile } from "./support/guests.ts";
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
    assert(one.snapshot().size >= 128 * 1024 + 64 * 1024);
  },
);

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
