/** Memory of the host's in guests of ring 3: files, bytes and regions, what guests may do there, and what becomes of it. */

import { createHash } from "node:crypto";
import { truncateSync, writeFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type MemoryRegion, type RegionToMap, Sandbox, type Snapshot } from "../mod.ts";
import { native } from "../src/ffi/mod.ts";
import { Memory } from "../src/kvm/mod.ts";
import { Folder } from "./support/cli.ts";
import { failEachCall } from "./support/failing_calls.ts";
import { errorOf, guestBytes, type HOSTILE, hostile } from "./support/guests.ts";
import { collectUntil, PAGE, timesMapped } from "./support/rust_memory.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const MIB = 1024 * 1024;
const LARGE = 2 * MIB;
const START = 0x30_0000_0000;
const END = 0x70_0000_0000;
const FLAGS = { read: true, execute: true };

/** Bytes that tell where they are: the first two and the last word of each page. */
function words(bytes: number, salt = 0n): Uint8Array {
  const numbers = new BigUint64Array(bytes / 8);
  for (let page = 0; page < bytes / 8; page += PAGE / 8) {
    for (const i of [page, page + 1, page + PAGE / 8 - 1]) numbers[i] = salt + BigInt(i) * 8n;
  }
  return new Uint8Array(numbers.buffer);
}

function region(memory: Memory, rest: Partial<MemoryRegion> = {}): RegionToMap {
  return { name: "shared", size: memory.size, memory, flags: FLAGS, ...rest };
}

function codeOf(call: () => unknown): unknown {
  return (assertThrows(call, Error) as Error & { code?: string }).code;
}

/** Throws unless a guest finds nothing at an address. */
function assertUnmapped(sandbox: Sandbox<typeof HOSTILE>, address: number): void {
  const error = errorOf(() => sandbox.exports.read_at(BigInt(address)));
  assertEquals([error.code, error.address], ["ERR_MEMORY_ACCESS", BigInt(address)]);
  assertStringIncludes(error.message, "an address that is not mapped");
}

test("Sandbox.mapFile() shows a file at an address that it tells", { skip }, async () => {
  const bytes = crypto.getRandomValues(new Uint8Array(50_000));
  using folder = new Folder({ file: bytes });
  using sandbox = await Sandbox.create({
    guest: guestBytes("sha256"),
    exports: { sha256_at: { parameters: ["u64", "u64"], result: "buffer" } },
  });
  const digest = new Uint8Array(createHash("sha256").update(bytes).digest());
  for (const file of [folder.at("file"), pathToFileURL(folder.at("file")), bytes]) {
    const { guestAddress, size, name } = sandbox.mapFile(file);
    assertEquals(size, 13 * PAGE);
    assertEquals(name, file instanceof Uint8Array ? "bytes" : folder.at("file"));
    assertEquals(sandbox.exports.sha256_at(BigInt(guestAddress), 50_000n), digest);
  }
  assertEquals(sandbox.mappedRegions.length, 3);
});

// Each has what can differ: pages in a table of their own, large pages, both.
for (const size of [PAGE, 3 * PAGE, LARGE - PAGE, LARGE, LARGE + PAGE, 5 * LARGE]) {
  test(`a guest reads a mapping of ${size} bytes, and nothing around it`, { skip }, async () => {
    using sandbox = await hostile();
    const clean = sandbox.snapshot();
    const first = sandbox.mapFile(words(size));
    const second = sandbox.mapFile(words(size, 7n));
    const mapped = sandbox.snapshot();
    const { peek } = sandbox.exports;
    for (const [{ guestAddress }, salt] of [[first, 0n], [second, 7n]] as const) {
      for (const at of [0, 8, Math.floor(size / 2 / PAGE) * PAGE, size - PAGE, size - 8]) {
        assertEquals(peek(BigInt(guestAddress + at)), salt + BigInt(at), `${at}`);
      }
      for (const outside of [guestAddress - 1, guestAddress + size]) {
        assertUnmapped(sandbox, outside);
        sandbox.restore(mapped);
      }
      // Half in, half out.
      const { code, address } = errorOf(() => peek(BigInt(guestAddress + size - 4)));
      assertEquals([code, address], ["ERR_MEMORY_ACCESS", BigInt(guestAddress + size)]);
      sandbox.restore(mapped);
    }
    sandbox.restore(clean);
    for (const { guestAddress } of [first, second]) {
      assertUnmapped(sandbox, guestAddress);
      sandbox.restore(clean);
    }
  });
}

test("a guest may not write to a mapping, nor execute what is only to be read", {
  skip,
}, async () => {
  using sandbox = await hostile();
  const RET = 0xc3;
  const bytes = new Uint8Array(LARGE + PAGE).fill(RET);
  using memory = Memory.from(bytes);
  const code = sandbox.mapRegion(region(memory));
  const data = sandbox.mapRegion(region(memory, { name: "data", flags: { read: true } }));
  using mapped = sandbox.snapshot();
  for (const at of [0, LARGE]) {
    for (const it of [code, data]) {
      const address = BigInt(it.guestAddress + at);
      const error = errorOf(() => sandbox.exports.write_at(address));
      assertEquals(
        [error.code, error.address, error.access],
        ["ERR_MEMORY_ACCESS", address, "write"],
      );
      assertStringIncludes(error.message, `the guest's mapped region "${it.name}"`);
      assert(sandbox.poisoned);
      sandbox.restore(mapped);
    }
    sandbox.exports.jump_to(BigInt(code.guestAddress + at));
    const address = BigInt(data.guestAddress + at);
    const error = errorOf(() => sandbox.exports.jump_to(address));
    assertEquals([error.code, error.access], ["ERR_MEMORY_ACCESS", "execute"]);
    assertEquals(error.address, address);
    assertStringIncludes(error.message, 'region "data", which it may read');
    sandbox.restore(mapped);
  }
  assertEquals(memory.read(0, memory.size), bytes);
});

test("code in a mapping has no more rights than the guest's own", { skip }, async () => {
  using sandbox = await hostile();
  // in al, 0x60; mov rax, cr3
  const bytes = Uint8Array.of(0xe4, 0x60, 0xc3, 0, 0x0f, 0x20, 0xd8, 0xc3);
  const { guestAddress } = sandbox.mapFile(bytes);
  using mapped = sandbox.snapshot();
  const port = errorOf(() => sandbox.exports.jump_to(BigInt(guestAddress)));
  assertEquals([port.code, port.port], ["ERR_FORBIDDEN_PORT", 0x60]);
  sandbox.restore(mapped);
  const register = errorOf(() => sandbox.exports.jump_to(BigInt(guestAddress + 4)));
  assertEquals(register.code, "ERR_GUEST_EXCEPTION");
});

test("a guest can neither see nor change the page tables of its mappings", { skip }, async () => {
  using sandbox = await hostile();
  sandbox.mapFile(words(PAGE));
  using mapped = sandbox.snapshot();
  for (const address of [0x7e_0000_0000, 0x7e_0000_0000 + 256 * PAGE]) {
    assertUnmapped(sandbox, address);
    sandbox.restore(mapped);
    assertEquals(
      errorOf(() => sandbox.exports.write_at(BigInt(address))).code,
      "ERR_MEMORY_ACCESS",
    );
    sandbox.restore(mapped);
  }
});

test("what the host writes to a mapped memory is what guests read next", { skip }, async () => {
  using memory = new Memory(2 * LARGE);
  using one = await hostile();
  using two = await hostile();
  const addresses = [one, two].map((it) => BigInt(it.mapRegion(region(memory)).guestAddress));
  for (let i = 1n; i < 4n; i++) {
    memory.write(LARGE + 8, new Uint8Array(BigUint64Array.of(i).buffer));
    for (const [j, it] of [one, two].entries()) {
      assertEquals(it.exports.peek(addresses[j] as bigint + BigInt(LARGE) + 8n), i);
    }
  }
});

test("sandboxes share the bytes that one of them was given", { skip }, async () => {
  using one = await hostile();
  using two = await hostile();
  const bytes = one.mapFile(words(16 * MIB));
  const before = two.stats().residentPages ?? NaN;
  const shared = two.mapRegion(bytes);
  assertEquals(shared.guestAddress, bytes.guestAddress);
  one.close();
  const last = 16 * MIB - 8;
  assertEquals(two.exports.peek(BigInt(shared.guestAddress + last)), BigInt(last));
  assert((two.stats().residentPages ?? NaN) < before + 50);
  two.unmapRegion(bytes);
  // Nobody has it any more.
  assertEquals(errorOf(() => two.mapRegion(bytes)).code, "ERR_CLOSED");
});

test("a memfd is mapped by its path, and many sandboxes share it", { skip }, async () => {
  const fd = native().memfdCreate(new TextEncoder().encode("shared\0"), 1);
  assert(fd > 0);
  try {
    const path = `/proc/self/fd/${fd}`;
    writeFileSync(path, words(3 * LARGE));
    const sandboxes = await Promise.all(Array.from({ length: 4 }, () => hostile()));
    try {
      for (const sandbox of sandboxes) {
        const { guestAddress, size } = sandbox.mapFile(path);
        assertEquals(size, 3 * LARGE);
        assertEquals(sandbox.exports.peek(BigInt(guestAddress + LARGE)), BigInt(LARGE));
        // It is the same page for all: none has one of its own for it.
        assert((sandbox.stats().residentPages ?? NaN) < 200);
      }
      native().ftruncate(fd, 0);
      for (const sandbox of sandboxes) {
        const [{ guestAddress } = { guestAddress: 0 }] = sandbox.mappedRegions;
        const { code } = errorOf(() => sandbox.exports.peek(BigInt(guestAddress + LARGE)));
        assertEquals(code, "ERR_MEMORY_ACCESS");
      }
    } finally {
      for (const sandbox of sandboxes) sandbox.close();
    }
  } finally {
    native().close(fd);
  }
});

test("a mapping takes no memory of the guest's, however large the file is", { skip }, async () => {
  using folder = new Folder({ file: "x" });
  // All of it holes.
  truncateSync(folder.at("file"), 16 * 1024 * MIB + PAGE);
  using sandbox = await hostile();
  const before = sandbox.stats().residentPages ?? NaN;
  const { guestAddress, size } = sandbox.mapFile(folder.at("file"));
  assertEquals(size, 16 * 1024 * MIB + PAGE);
  assertEquals(sandbox.exports.peek(BigInt(guestAddress + size - 8)), 0n);
  assertEquals(sandbox.exports.peek(BigInt(guestAddress)), BigInt("x".charCodeAt(0)));
  assert((sandbox.stats().residentPages ?? NaN) < before + 50);
});

test("a file that shrinks ends the call that reads it, and a restore heals", {
  skip,
}, async () => {
  for (const size of [3 * PAGE, LARGE + 3 * PAGE]) {
    using folder = new Folder({ file: words(size) });
    const path = folder.at("file");
    using sandbox = await hostile();
    const { peek, jump_to } = sandbox.exports;
    const { guestAddress } = sandbox.mapFile(path);
    const last = BigInt(guestAddress + size - PAGE);
    assertEquals(peek(last), BigInt(size - PAGE));
    using mapped = sandbox.snapshot();
    truncateSync(path, PAGE);
    for (let i = 0; i < 2; i++) {
      assertEquals(errorOf(() => peek(last)).code, "ERR_MEMORY_ACCESS");
      assert(sandbox.poisoned);
      sandbox.restore(mapped);
      // What is still there can still be read.
      assertEquals(peek(BigInt(guestAddress + 8)), 8n);
      // Not every KVM says that it is memory which is not there.
      const { code } = errorOf(() => jump_to(last));
      assert(code === "ERR_MEMORY_ACCESS" || code === "ERR_UNEXPECTED_EXIT", code);
      sandbox.restore(mapped);
    }
    // A file that grows again is there again.
    truncateSync(path, size);
    assertEquals(peek(last), 0n);
  }
});

test("a file that shrinks ends an asynchronous call too", { skip }, async () => {
  using folder = new Folder({ file: words(2 * PAGE) });
  await using sandbox = await hostile();
  const { guestAddress } = sandbox.mapFile(folder.at("file"));
  assertEquals(await sandbox.async.peek(BigInt(guestAddress + PAGE)), BigInt(PAGE));
  truncateSync(folder.at("file"), 0);
  const error = await sandbox.async.peek(BigInt(guestAddress + PAGE)).catch((error) => error);
  assertEquals(error.code, "ERR_MEMORY_ACCESS");
});

test("Sandbox.unmapRegion() takes a mapping away, and another takes its place", {
  skip,
}, async () => {
  using sandbox = await hostile();
  const { peek } = sandbox.exports;
  for (let round = 0; round < 3; round++) {
    for (const size of [PAGE, LARGE, LARGE + 2 * PAGE]) {
      const salt = BigInt(round * 100_000_000 + size);
      const mapped = sandbox.mapFile(words(size, salt));
      // The place of the one before it: nobody may remember what was there.
      assertEquals(mapped.guestAddress, START);
      const last = BigInt(size - 8);
      assertEquals(peek(BigInt(START)), salt);
      assertEquals(peek(BigInt(START) + last), salt + last);
      const clean = sandbox.snapshot();
      sandbox.unmapRegion(mapped);
      assertEquals(sandbox.mappedRegions, []);
      assertUnmapped(sandbox, START);
      sandbox.restore(clean);
      assertEquals(peek(BigInt(START) + last), salt + last);
      sandbox.unmapRegion(sandbox.mappedRegions[0] as MemoryRegion);
    }
  }
});

test("Sandbox.unmapRegion() of what is not mapped like that is ERR_REGION_NOT_MAPPED", {
  skip,
}, async () => {
  using sandbox = await hostile();
  using memory = new Memory(2 * PAGE);
  const mapped = sandbox.mapRegion(region(memory));
  const guestAddress = mapped.guestAddress;
  for (
    const rest of [
      { guestAddress: guestAddress + LARGE },
      { guestAddress: 0 },
      { guestAddress: 0x7e_0000_0000 },
      { guestAddress: NaN },
      { size: PAGE },
      { flags: { read: true } },
    ]
  ) {
    const { code } = errorOf(() => sandbox.unmapRegion({ ...mapped, ...rest }));
    assertEquals(code, "ERR_REGION_NOT_MAPPED");
  }
  assertEquals(sandbox.mappedRegions.length, 1);
  assertEquals(sandbox.exports.peek(BigInt(guestAddress)), 0n);
});

test("a restore brings mappings back and takes them away, in any direction", {
  skip,
}, async () => {
  using sandbox = await hostile();
  const { peek } = sandbox.exports;
  using none = sandbox.snapshot();
  const a = sandbox.mapFile(words(LARGE + PAGE, 1n));
  using withA = sandbox.snapshot();
  const b = sandbox.mapFile(words(PAGE, 2n));
  using withBoth = sandbox.snapshot();
  sandbox.unmapRegion(a);
  using withB = sandbox.snapshot();
  sandbox.unmapRegion(b);
  // Another where the first was.
  const c = sandbox.mapFile(words(3 * PAGE, 3n));
  assertEquals(c.guestAddress, a.guestAddress);
  using withC = sandbox.snapshot();
  const states = [
    { snapshot: none, there: [] },
    { snapshot: withA, there: [[a, 1n]] },
    { snapshot: withBoth, there: [[a, 1n], [b, 2n]] },
    { snapshot: withB, there: [[b, 2n]] },
    { snapshot: withC, there: [[c, 3n]] },
  ] as const;
  let state = 1;
  for (let i = 0; i < 40; i++) {
    state = (state * 7 + i) % 1009;
    const { snapshot, there } = states[state % states.length] as (typeof states)[number];
    sandbox.restore(snapshot);
    assertEquals(
      sandbox.mappedRegions.map((it) => it.guestAddress),
      there.map(([it]) => it.guestAddress),
    );
    for (const [it, salt] of there) {
      const at = BigInt(it.size - 8);
      assertEquals(peek(BigInt(it.guestAddress) + at), salt + at);
    }
    for (const it of [a, b]) {
      if (there.some(([other]) => other.guestAddress === it.guestAddress)) continue;
      assertUnmapped(sandbox, it.guestAddress);
      sandbox.restore(snapshot);
    }
  }
});

test("a clone has the mappings of its snapshot, and its own", { skip }, async () => {
  using sandbox = await hostile();
  const a = sandbox.mapFile(words(LARGE + PAGE, 1n));
  using snapshot = sandbox.snapshot();
  sandbox.unmapRegion(a);
  using empty = sandbox.snapshot();
  using clone = await Sandbox.fromSnapshot(snapshot);
  using other = await Sandbox.fromSnapshot(empty);
  assertEquals(clone.exports.peek(BigInt(a.guestAddress)), 1n);
  const b = clone.mapFile(words(PAGE, 2n));
  assert(b.guestAddress > a.guestAddress);
  assertEquals(clone.exports.peek(BigInt(b.guestAddress + 8)), 10n);
  assertUnmapped(other, a.guestAddress);
  other.restore(snapshot);
  assertEquals(other.exports.peek(BigInt(a.guestAddress + 8)), 9n);
  other.restore(empty);
  assertUnmapped(other, a.guestAddress);
  clone.restore(snapshot);
  assertUnmapped(clone, b.guestAddress);
});

test("regions of a guest of ring 3 begin at multiples of 2 MiB in their part of its addresses", {
  skip,
}, async () => {
  using sandbox = await hostile();
  using memory = new Memory(PAGE);
  for (
    const [guestAddress, word] of [
      [0, "at a multiple of 2097152"],
      [PAGE, "at a multiple of 2097152"],
      [START - LARGE, "from 0x3000000000 on"],
      [START + PAGE, "at a multiple of 2097152"],
      [END, "behind 0x7000000000"],
      [0x7e_0000_0000, "behind 0x7000000000"],
      [0x78_0000_0000 - LARGE, "behind 0x7000000000"],
      [2 ** 52, "behind 0x7000000000"],
      [-LARGE, "from 0x3000000000 on"],
      [NaN, "at a multiple of 2097152"],
      [Infinity, "at a multiple of 2097152"],
      [START + 0.5, "at a multiple of 2097152"],
    ] as const
  ) {
    const map = () => sandbox.mapRegion(region(memory, { guestAddress }));
    const error = assertThrows(map, RangeError) as RangeError & { code?: string };
    assertEquals(error.code, "ERR_OUT_OF_RANGE");
    assertStringIncludes(error.message, word);
  }
  for (
    const rest of [{ size: 0 }, { size: 17 }, { size: 2 * PAGE }, { offset: PAGE }, { size: NaN }]
  ) assertEquals(codeOf(() => sandbox.mapRegion(region(memory, rest))), "ERR_OUT_OF_RANGE");
  for (const flags of [{ write: true, read: true }, { stackGuard: true }]) {
    assertEquals(codeOf(() => sandbox.mapRegion(region(memory, { flags }))), "ERR_OUT_OF_RANGE");
  }
  assertEquals(codeOf(() => sandbox.mapFile(new Uint8Array(0))), "ERR_OUT_OF_RANGE");
  for (const wrong of [undefined, null, 7, {}, { ...region(memory), name: 7 }]) {
    const it = wrong as unknown as RegionToMap;
    assertEquals(codeOf(() => sandbox.mapRegion(it)), "ERR_INVALID_ARG_TYPE");
  }
  const mapFile = sandbox.mapFile.bind(sandbox) as (...args: unknown[]) => unknown;
  for (const args of [[undefined], [7], [{}], ["/dev/null", "7"], [new Uint8Array(8), 1n]]) {
    assertEquals(codeOf(() => mapFile(...args)), "ERR_INVALID_ARG_TYPE");
  }
  assertEquals(sandbox.mappedRegions, []);
  const last = sandbox.mapRegion(region(memory, { guestAddress: END - LARGE }));
  assertEquals(sandbox.exports.peek(BigInt(last.guestAddress)), 0n);
  const overlap = errorOf(() => sandbox.mapRegion(last));
  assertEquals(overlap.code, "ERR_REGION_OVERLAP");
});

test("a region for nothing hides its place from the guest", { skip }, async () => {
  using sandbox = await hostile();
  using memory = new Memory(PAGE);
  const { guestAddress } = sandbox.mapRegion(region(memory, { flags: {} }));
  assertUnmapped(sandbox, guestAddress);
});

test("there is room for many small mappings, with nothing between them", { skip }, async () => {
  using sandbox = await hostile();
  using memory = Memory.from(words(PAGE));
  const count = process.env.NESTED_KVM ? 10 : 300;
  const all = Array.from({ length: count }, () => sandbox.mapRegion(region(memory)));
  for (const { guestAddress } of all) assertEquals(sandbox.exports.peek(BigInt(guestAddress)), 0n);
  assertEquals(new Set(all.map((it) => it.guestAddress)).size, count);
  // Every second one goes, and their places are found again.
  const gone = all.filter((_, i) => i % 2 === 0);
  for (const it of gone) sandbox.unmapRegion(it);
  for (const { guestAddress } of gone) {
    assertEquals(sandbox.mapRegion(region(memory)).guestAddress, guestAddress);
  }
  for (const { guestAddress } of all) {
    assertEquals(sandbox.exports.peek(BigInt(guestAddress + 8)), 8n);
  }
});

test("each system call of mapFile() may fail: nothing is mapped then, and the guest goes on", {
  skip,
}, async () => {
  using folder = new Folder({ file: words(PAGE) });
  const path = folder.at("file");
  const ENOMEM = 12;
  using sandbox = await hostile();
  const clean = sandbox.snapshot();
  for (const round of [1, 2]) {
    const count = await failEachCall(ENOMEM, () => sandbox.mapFile(path), ({ call, error }) => {
      assert(error instanceof Error && "code" in error, call);
      assertEquals([sandbox.mappedRegions.length, timesMapped(path)], [0, 0], call);
      assertUnmapped(sandbox, START);
      sandbox.restore(clean);
    });
    // The tables need memory once.
    assert(count >= (round === 1 ? 8 : 4), `${count} calls`);
    const [mapped] = sandbox.mappedRegions;
    assert(mapped);
    assertEquals(sandbox.exports.peek(BigInt(mapped.guestAddress + 8)), 8n);
    await failEachCall(ENOMEM, () => sandbox.unmapRegion(mapped), ({ call, error }) => {
      assert(error instanceof Error && "code" in error, call);
      assertEquals(sandbox.exports.peek(BigInt(mapped.guestAddress + 8)), 8n, call);
    });
    assertEquals(sandbox.mappedRegions, []);
    sandbox.restore(clean);
  }
});

test("whatever is mapped, unmapped, kept and restored, the guest sees what there should be", {
  skip,
}, async () => {
  const sizes = [PAGE, 3 * PAGE, LARGE, LARGE + PAGE, 2 * LARGE - PAGE];
  const operation = fc.oneof(
    fc.record({ do: fc.constant("map" as const), which: fc.nat(), place: fc.nat(5) }),
    fc.record({ do: fc.constant("unmap" as const), which: fc.nat(), place: fc.nat(5) }),
    fc.record({ do: fc.constant("keep" as const), which: fc.nat(), place: fc.nat(5) }),
    fc.record({ do: fc.constant("restore" as const), which: fc.nat(), place: fc.nat(5) }),
  );
  const memories = sizes.map((size, i) => Memory.from(words(size, BigInt(i + 1) << 32n)));
  const placeOf = (place: number) => START + place * 3 * LARGE;
  using sandbox = await hostile();
  const first = sandbox.snapshot();
  const look = (expected: ReadonlyMap<number, number>) => {
    for (const [place, which] of expected) {
      const address = BigInt(placeOf(place));
      const last = BigInt((sizes[which] as number) - 8);
      const salt = BigInt(which + 1) << 32n;
      assertEquals(sandbox.exports.peek(address), salt);
      assertEquals(sandbox.exports.peek(address + last), salt + last);
    }
    const now = sandbox.snapshot();
    for (let place = 0; place <= 5; place++) {
      if (expected.has(place)) continue;
      assertUnmapped(sandbox, placeOf(place));
      sandbox.restore(now);
    }
  };
  const property = fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
    sandbox.restore(first);
    let mapped = new Map<number, number>();
    const kept: { snapshot: Snapshot; mapped: typeof mapped }[] = [];
    const back = { snapshot: first, mapped: new Map<number, number>() };
    for (const { do: name, which, place } of operations) {
      const region = (index: number) => ({
        name: "it",
        guestAddress: placeOf(place),
        size: sizes[index] as number,
        memory: memories[index] as Memory,
        flags: FLAGS,
      });
      if (name === "map") {
        const index = which % sizes.length;
        if (mapped.has(place)) {
          assertEquals(
            errorOf(() => sandbox.mapRegion(region(index))).code,
            "ERR_REGION_OVERLAP",
          );
        } else {
          sandbox.mapRegion(region(index));
          mapped.set(place, index);
        }
      } else if (name === "unmap") {
        const index = mapped.get(place);
        if (index === undefined) {
          assertEquals(
            errorOf(() => sandbox.unmapRegion(region(0))).code,
            "ERR_REGION_NOT_MAPPED",
          );
        } else {
          sandbox.unmapRegion(region(index));
          mapped.delete(place);
        }
      } else if (name === "keep") {
        kept.push({ snapshot: sandbox.snapshot(), mapped: new Map(mapped) });
      } else {
        const state = kept[which % (kept.length + 1)] ?? back;
        sandbox.restore(state.snapshot);
        mapped = new Map(state.mapped);
      }
      const there = sandbox.mappedRegions.map((it) => (it.guestAddress - START) / (3 * LARGE));
      assertEquals(there.sort(), [...mapped.keys()].sort());
      look(mapped);
    }
  });
  fc.assert(property, { numRuns: process.env.NESTED_KVM ? 5 : 60 });
  for (const memory of memories) memory.close();
});

test("each system call of a restore with other mappings may fail, and the next one heals", {
  skip,
}, async () => {
  const ENOMEM = 12;
  using sandbox = await hostile();
  using none = sandbox.snapshot();
  const a = sandbox.mapFile(words(LARGE + PAGE, 1n));
  using withA = sandbox.snapshot();
  sandbox.unmapRegion(a);
  const b = sandbox.mapFile(words(2 * PAGE, 2n));
  using withB = sandbox.snapshot();
  assertEquals(b.guestAddress, a.guestAddress);
  const states = [[none, undefined], [withA, 1n], [withB, 2n]] as const;
  const look = (value: bigint | undefined, call: string) => {
    if (value === undefined) return assertUnmapped(sandbox, START);
    assertEquals(sandbox.exports.peek(BigInt(START)), value, call);
  };
  for (const [from] of states) {
    for (const [to, value] of states) {
      if (from === to) continue;
      const run = () => {
        sandbox.restore(from);
        sandbox.exports.hello();
        sandbox.restore(to);
      };
      const count = await failEachCall(ENOMEM, run, ({ call, error }) => {
        assert(error instanceof Error && "code" in error, call);
        for (const [other, expected] of states) {
          sandbox.restore(other);
          look(expected, call);
        }
      });
      assert(count > 3, `${count} calls`);
      look(value, "in the end");
    }
  }
});

test("mappings and their tables go with the sandbox", { skip }, async () => {
  using folder = new Folder({ file: words(PAGE) });
  const path = folder.at("file");
  for (let i = 0; i < 3; i++) {
    const sandbox = await hostile();
    sandbox.mapFile(path);
    const snapshot = sandbox.snapshot();
    assertEquals(timesMapped(path), 1);
    sandbox.close();
    // A snapshot may bring it back.
    assertEquals(timesMapped(path), 1);
    snapshot.close();
    assertEquals(timesMapped(path), 0);
  }
  (await hostile()).mapFile(path);
  assert(await collectUntil(() => timesMapped(path) === 0));
});
