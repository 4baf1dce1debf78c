/** Guests that take more memory than they may. */

import { test } from "node:test";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Pool, Sandbox, type SandboxOptions, type VmletError } from "../mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { BENCH, errorOf, guestBytes, hello, hostile, rejectionOf } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;
const MIB = 1024 * 1024;
const HEAP = 0x20_0000_0000n;

/** A sandbox of bench.c with a large heap. */
function bench(memoryLimit: number, options: Omit<SandboxOptions, "guest"> = {}) {
  const heap = 512 * MIB;
  const guest = guestBytes("bench");
  const add = (a: number, b: number) => a + b;
  const imports = {
    host_add: { parameters: ["i32", "i32"], result: "i32", callback: add },
  } as const;
  return Sandbox.create({
    guest,
    exports: BENCH,
    imports,
    memory: { heap },
    memoryLimit,
    ...options as object,
  });
}

test("a call that takes more than memoryLimit is ERR_MEMORY_LIMIT, and a restore heals", {
  skip,
}, async () => {
  using sandbox = await bench(16 * MIB);
  sandbox.exports.dirty(0, 1);
  using clean = sandbox.snapshot();
  for (let i = 0; i < 3; i++) {
    // In 16 MiB are 4096 pages, and in the heap some 130,000.
    const error = errorOf(() => sandbox.exports.dirty(0, 130_000));
    assertEquals(error.code, "ERR_MEMORY_LIMIT");
    assertStringIncludes(error.message, "its memoryLimit is 16777216");
    assert(sandbox.poisoned);
    // It was ended long before it had all.
    const { residentPages = NaN } = sandbox.stats();
    assert(residentPages > 4096 && residentPages < 60_000, `${residentPages} pages`);
    sandbox.restore(clean);
    assert((sandbox.stats().residentPages ?? NaN) < 300, "the memory was given back");
    // What it may take it still can.
    sandbox.exports.dirty(0, 3000);
    assertEquals(sandbox.exports.add(1, 2), 3);
    sandbox.restore(clean);
  }
});

test("an asynchronous call that takes more than memoryLimit is ERR_MEMORY_LIMIT", {
  skip,
}, async () => {
  await using sandbox = await bench(16 * MIB);
  using clean = sandbox.snapshot();
  for (let i = 0; i < 3; i++) {
    const error = await rejectionOf(sandbox.async.dirty(0, 130_000));
    assertEquals(error.code, "ERR_MEMORY_LIMIT");
    const { residentPages = NaN } = sandbox.stats();
    assert(residentPages > 4096 && residentPages < 60_000, `${residentPages} pages`);
    sandbox.restore(clean);
    await sandbox.async.dirty(0, 2000);
  }
});

test("a guest that takes a page in each call is stopped at memoryLimit, not before", {
  skip,
}, async () => {
  const limit = 2 * MIB;
  using sandbox = await hostile({ memory: { heap: 16 * MIB }, memoryLimit: limit });
  using clean = sandbox.snapshot();
  for (let round = 0; round < 2; round++) {
    // Every second page, so that what a restore makes zero are not runs of pages.
    let error: VmletError | undefined;
    let calls = 0;
    for (; calls < 2000 && !error; calls++) {
      const { residentPages = NaN } = sandbox.stats();
      const poke = () => sandbox.exports.poke(HEAP + BigInt(2 * calls * PAGE), 1n);
      if (residentPages < limit / PAGE) poke();
      else error = errorOf(poke);
    }
    assertEquals(error?.code, "ERR_MEMORY_LIMIT");
    assert(calls > 100 && calls <= limit / PAGE, `${calls} calls`);
    sandbox.restore(clean);
    assertEquals(sandbox.exports.peek(HEAP), 0n);
  }
});

test("what the host writes into the guest's buffers counts too", { skip }, async () => {
  using sandbox = await bench(4 * MIB);
  const clean = sandbox.snapshot();
  assertEquals(sandbox.exports.echo_buffer(new Uint8Array(MIB)).length, MIB);
  const { code } = errorOf(() => sandbox.exports.echo_buffer(new Uint8Array(8 * MIB)));
  assertEquals(code, "ERR_MEMORY_LIMIT");
  sandbox.restore(clean);
  assertEquals(sandbox.exports.echo_buffer(new Uint8Array(MIB)).length, MIB);
});

test("a guest of ring 0 has a memoryLimit too", { skip }, async () => {
  const guest = await buildRing0Guest("guest/examples/hostile.c");
  const poke = { parameters: ["u64", "u64"], result: "void" } as const;
  const peek = { parameters: ["u64"], result: "u64" } as const;
  using sandbox = await Sandbox.create({
    guest,
    exports: { poke, peek },
    memory: { heap: 16 * MIB },
    memoryLimit: 2 * MIB,
  });
  using clean = sandbox.snapshot();
  // All that lies behind the image may be written to, and the heap is most of it.
  const touch = () => {
    for (let i = 0n; i < 2000n; i++) sandbox.exports.poke(0x80_0000n + i * 4096n, 1n);
  };
  assertEquals(errorOf(touch).code, "ERR_MEMORY_LIMIT");
  sandbox.restore(clean);
  assertEquals(sandbox.exports.peek(0x80_0000n), 0n);
});

test("calls under a memoryLimit go on while the process itself takes memory", {
  skip,
}, async () => {
  using sandbox = await bench(2 * MIB);
  using clean = sandbox.snapshot();
  const kept: Uint8Array[] = [];
  for (let i = 0; i < 300; i++) {
    kept.push(new Uint8Array(100_000).fill(i));
    sandbox.exports.dirty(0, 100);
    if (i % 3 === 0) sandbox.restore(clean);
  }
  assertEquals(kept.length, 300);
});

test("a call inside a call is ended by its own sandbox's memoryLimit", { skip }, async () => {
  using inner = await bench(16 * MIB);
  let seen: VmletError | undefined;
  const callback = (a: number, b: number) => {
    seen = errorOf(() => inner.exports.dirty(0, 130_000));
    return a + b;
  };
  using outer = await hello({
    memoryLimit: MIB,
    imports: { host_add: { parameters: ["i32", "i32"], result: "i32", callback } },
  } as object);
  assertEquals(outer.exports.add_in_host(1, 2), 3);
  assertEquals(seen?.code, "ERR_MEMORY_LIMIT");
  assertEquals([inner.poisoned, outer.poisoned], [true, false]);
});

test("a clone has a memoryLimit of its own, in which what it shares does not count", {
  skip,
}, async () => {
  using sandbox = await bench(64 * MIB);
  sandbox.exports.dirty(0, 5000);
  using snapshot = sandbox.snapshot();
  const callback = (a: number, b: number) => a + b;
  const imports = { host_add: { parameters: ["i32", "i32"], result: "i32", callback } } as const;
  using clone = await Sandbox.fromSnapshot(snapshot, { imports, memoryLimit: 8 * MIB });
  for (let i = 0; i < 2; i++) {
    clone.exports.dirty(0, 1000);
    // Pages that it shares become its own as it writes to them.
    assertEquals(errorOf(() => clone.exports.dirty(0, 5000)).code, "ERR_MEMORY_LIMIT");
    clone.restore(snapshot);
  }
});

test("a deadline ends a call under a memoryLimit, and the other way round", { skip }, async () => {
  using sandbox = await bench(16 * MIB, { deadline: 50 });
  using clean = sandbox.snapshot();
  assertEquals(errorOf(() => sandbox.exports.spin()).code, "ERR_DEADLINE");
  sandbox.restore(clean);
  const { code } = errorOf(() => sandbox.call("dirty", [0, 130_000], { deadline: 60_000 }));
  assertEquals(code, "ERR_MEMORY_LIMIT");
});

test("a guest that needs more than memoryLimit to begin is ERR_MEMORY_LIMIT", {
  skip,
}, async () => {
  const error = await rejectionOf(hello({ memoryLimit: 5 * PAGE }));
  assertEquals(error.code, "ERR_MEMORY_LIMIT");
  assertStringIncludes(error.message, "its memoryLimit is 20480");
});

test("a memoryLimit of all that the guest has costs nothing", { skip }, async () => {
  let counts = 0;
  const count = (name: string) => {
    if (name === "countOwnPages") counts++;
    return undefined;
  };
  await answerCalls(count, async () => {
    using sandbox = await hello({ memoryLimit: 1024 * MIB });
    for (let i = 0; i < 100; i++) sandbox.exports.add(i, 1);
  });
  assertEquals(counts, 0);
});

test("memoryLimit where the kernel does not count pages is ERR_UNSUPPORTED_PLATFORM", {
  skip,
}, async () => {
  const ENOENT = 2;
  const refuse = (name: string) => name === "countOwnPages" ? -ENOENT : undefined;
  await answerCalls(refuse, async () => {
    const error = await rejectionOf(hello({ memoryLimit: MIB }));
    assertEquals(error.code, "ERR_UNSUPPORTED_PLATFORM");
    assertStringIncludes(error.message, "/proc/self/pagemap");
  });
});

test("memoryLimit where too many files are open is ERR_LIMIT", { skip }, async () => {
  using sandbox = await hostile({ memory: { heap: 16 * MIB }, memoryLimit: 2 * MIB });
  using clean = sandbox.snapshot();
  const EMFILE = 24;
  const refuse = (name: string) => name === "countOwnPages" ? -EMFILE : undefined;
  const take = () => {
    for (let i = 0n; i < 1000n; i++) sandbox.exports.poke(HEAP + i * BigInt(PAGE), 1n);
  };
  await answerCalls(refuse, () => {
    assertEquals(errorOf(() => sandbox.stats()).code, "ERR_LIMIT");
    const error = errorOf(take);
    assertEquals([error.code, error.errno], ["ERR_LIMIT", EMFILE]);
    assertStringIncludes(error.message, "ulimit -n");
  });
  sandbox.restore(clean);
  assertEquals(errorOf(take).code, "ERR_MEMORY_LIMIT");
});

test("memoryLimit is a number above zero", async () => {
  for (const memoryLimit of [0, -1, NaN, -Infinity]) {
    const error = await assertRejects(() => hello({ memoryLimit }), RangeError);
    assertEquals((error as RangeError & { code?: string }).code, "ERR_OUT_OF_RANGE");
  }
  for (const memoryLimit of ["1", 1n, null, {}]) {
    const options = { memoryLimit } as unknown as SandboxOptions;
    const error = await assertRejects(() => hello(options), TypeError);
    assertEquals((error as TypeError & { code?: string }).code, "ERR_INVALID_ARG_TYPE");
  }
});

test("a pool goes on after a call that took too much memory", { skip }, async () => {
  await using pool = await Pool.create({
    sandbox: {
      guest: guestBytes("bench"),
      exports: BENCH,
      memory: { heap: 512 * MIB },
      memoryLimit: 16 * MIB,
      imports: {
        host_add: {
          parameters: ["i32", "i32"],
          result: "i32",
          callback: (a: number, b: number) => a + b,
        },
      },
    },
    size: 1,
  });
  for (let i = 0; i < 3; i++) {
    assertEquals((await rejectionOf(pool.run("dirty", [0, 130_000]))).code, "ERR_MEMORY_LIMIT");
    assertEquals(await pool.run("add", [1, 2]), 3);
  }
});
