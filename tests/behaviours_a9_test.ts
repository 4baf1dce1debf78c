/** Hyperlight's behaviours A9: memory of the host's that is mapped into a guest. docs/behaviours.md has the rows. */

import { spawnSync } from "node:child_process";
import { chmodSync, constants, readFileSync, rmSync, truncateSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { MemoryRegion } from "../mod.ts";
import { Kvm, Memory } from "../src/kvm/mod.ts";
import { Folder } from "./support/cli.ts";
import { answerCalls, failEachCall } from "./support/failing_calls.ts";
import { errorOf, hostile } from "./support/guests.ts";
import { BASE, CODE, collectUntil, PAGE, rustMemory, timesMapped } from "./support/rust_memory.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const skip = needsHyperlightGuest;
const AT = BigInt(BASE);
const O_CLOEXEC = 0o2000000;

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A region of memory that is the host's own. */
function region(memory: Memory, rest: Partial<MemoryRegion> = {}): MemoryRegion {
  const flags = { read: true, execute: true };
  return { name: "shared", guestAddress: BASE, size: memory.size, memory, flags, ...rest };
}

/** The code of an error about arguments. */
function codeOf(call: () => unknown): unknown {
  return (assertThrows(call, Error) as Error & { code?: string }).code;
}

test(
  "A9.1, A9.2 a region may be neither a guard nor writable: ERR_OUT_OF_RANGE",
  { skip },
  async () => {
    using sandbox = await rustMemory();
    using memory = new Memory(PAGE);
    for (
      const [flags, words] of [
        [{ stackGuard: true }, "only a guest's own stack has a guard"],
        [{ read: true, write: true }, "guests may not write to a mapped region"],
      ] as const
    ) {
      const map = () => sandbox.mapRegion(region(memory, { flags }));
      const error = assertThrows(map, RangeError) as RangeError & { code?: string };
      assertEquals(error.code, "ERR_OUT_OF_RANGE");
      assertStringIncludes(error.message, words);
    }
    assertEquals(sandbox.mappedRegions, []);
  },
);

test("Sandbox.mapRegion() maps with the rights that it checked", { skip }, async () => {
  using sandbox = await rustMemory();
  using memory = new Memory(PAGE);
  let asked = 0;
  const flags = {
    read: true,
    get write() {
      return asked++ > 0;
    },
  };
  sandbox.mapRegion(region(memory, { flags }));
  assertEquals([asked, sandbox.mappedRegions[0]?.flags.write], [1, false]);
});

test("A9.3 what is not of whole pages is ERR_OUT_OF_RANGE", { skip }, async () => {
  using sandbox = await rustMemory();
  using memory = new Memory(2 * PAGE);
  for (
    const [rest, word] of [
      [{ guestAddress: BASE + 1 }, "address"],
      [{ guestAddress: BASE + 0x800 }, "address"],
      [{ size: PAGE - 1 }, "size"],
      [{ size: 0 }, "size"],
      [{ size: PAGE, offset: 16 }, "offset"],
      // And what is not there: more than the memory has, no address at all.
      [{ offset: PAGE }, "behind its memory"],
      [{ size: 3 * PAGE }, "behind its memory"],
      [{ guestAddress: -PAGE }, "address"],
      [{ guestAddress: 2 ** 52 }, "2^52"],
      [{ guestAddress: NaN }, "address"],
    ] as const
  ) {
    const map = () => sandbox.mapRegion(region(memory, rest));
    const error = assertThrows(map, RangeError) as RangeError & { code?: string };
    assertEquals(error.code, "ERR_OUT_OF_RANGE", JSON.stringify(rest));
    assertStringIncludes(error.message, word);
  }
  assertEquals(sandbox.mappedRegions, []);
});

test("A9.3 what is no region is ERR_INVALID_ARG_TYPE", { skip }, async () => {
  using folder = new Folder({ file: "hello world" });
  using sandbox = await rustMemory();
  using memory = new Memory(PAGE);
  const wrong = [
    undefined,
    null,
    7,
    {},
    { ...region(memory), memory: new Uint8Array(PAGE) },
    { ...region(memory), flags: null },
    { ...region(memory), flags: undefined },
    { ...region(memory), guestAddress: AT },
    { ...region(memory), guestAddress: undefined },
    { ...region(memory), size: "4096" },
    { ...region(memory), offset: 0n },
    { ...region(memory), name: undefined },
  ] as unknown as MemoryRegion[];
  for (const it of wrong) {
    assertEquals(codeOf(() => sandbox.mapRegion(it)), "ERR_INVALID_ARG_TYPE");
    assertEquals(codeOf(() => sandbox.unmapRegion(it)), "ERR_INVALID_ARG_TYPE");
  }
  const mapFile = sandbox.mapFile.bind(sandbox) as (file: unknown, address: unknown) => unknown;
  for (
    const [file, address] of [[7, BASE], [new URL("http://localhost/"), BASE], [undefined, BASE], [
      folder.at("file"),
      AT,
    ], [folder.at("file"), undefined]]
  ) {
    assertEquals(codeOf(() => mapFile(file, address)), "ERR_INVALID_ARG_TYPE");
  }
  assertEquals(sandbox.mappedRegions, []);
});

test(
  "A9.4 better: a region over the guest's memory or another region is ERR_REGION_OVERLAP, with the other's name",
  { skip },
  async () => {
    using sandbox = await rustMemory();
    using memory = new Memory(4 * PAGE);
    const map = (guestAddress: number, size = PAGE) => () =>
      sandbox.mapRegion(region(memory, { guestAddress, size }));
    // All of the guest's own memory, also the guard of its stack, which has no memory in KVM.
    const peb = new DataView(sandbox.exports.PebBytes().buffer);
    const heapEnd = Number(peb.getBigUint64(72, true) + peb.getBigUint64(80, true));
    const end = Number(peb.getBigUint64(96, true));
    for (
      const [address, name] of [
        [0, "page tables"],
        [heapEnd - PAGE, "heap"],
        [heapEnd, "stack guard"],
        [heapEnd + PAGE, "stack"],
        [end - PAGE, "stack"],
      ] as const
    ) {
      const error = errorOf(map(address));
      assertEquals(error.code, "ERR_REGION_OVERLAP");
      assertStringIncludes(error.message, `region "${name}"`);
    }
    assertEquals(errorOf(map(end - PAGE, 2 * PAGE)).code, "ERR_REGION_OVERLAP");
    // Right behind it is free, and around another region is not.
    map(end)();
    map(BASE, 2 * PAGE)();
    for (
      const [address, size] of [[BASE, PAGE], [BASE + PAGE, PAGE], [BASE - PAGE, 2 * PAGE], [
        BASE - PAGE,
        4 * PAGE,
      ], [end, PAGE]] as const
    ) assertEquals(errorOf(map(address, size)).code, "ERR_REGION_OVERLAP");
    map(BASE - PAGE)();
    map(BASE + 2 * PAGE)();
    assertEquals(sandbox.mappedRegions.map((it) => it.guestAddress), [
      end,
      BASE,
      BASE - PAGE,
      BASE + 2 * PAGE,
    ]);
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.Echo("after"), "after");
  },
);

test(
  "A9.5 a guest reads and executes a region once it has mapped it itself, and may not write",
  { skip },
  async () => {
    using memory = new Memory(2 * PAGE);
    memory.write(0, CODE);
    memory.write(PAGE, new TextEncoder().encode("hello world"));
    using sandbox = await rustMemory();
    const { ReadMapped, ExecMapped, WriteMapped } = sandbox.exports;
    const whole = region(memory);
    sandbox.mapRegion(whole);
    const clean = sandbox.snapshot();
    // The host makes no entry in the guest's page tables.
    const early = errorOf(() => ReadMapped(AT, 1n, false));
    assertEquals([early.code, early.address], ["ERR_MEMORY_ACCESS", AT]);
    sandbox.restore(clean);
    assertEquals(text(ReadMapped(AT + 4096n, 11n, true)), "hello world");
    assertEquals(ExecMapped(AT, true), 42);
    // What the host writes there is what the guest reads next: it is one memory.
    memory.write(PAGE, new TextEncoder().encode("HELLO"));
    assertEquals(text(ReadMapped(AT + 4096n, 11n, false)), "HELLO world");
    const { code, address, access, message } = errorOf(() => WriteMapped(AT, 1, false));
    assertEquals([code, address, access], ["ERR_MEMORY_ACCESS", AT, "write"]);
    assertStringIncludes(message, "shared, whose rights are: read, execute");
    assert(sandbox.poisoned);
    assertEquals(memory.read(0, CODE.length), CODE);
    // A part of a memory, for reading.
    sandbox.restore(clean);
    sandbox.unmapRegion(whole);
    sandbox.mapRegion(region(memory, { offset: PAGE, size: PAGE, flags: { read: true } }));
    assertEquals(text(ReadMapped(AT, 5n, true)), "HELLO");
  },
);

test("A9.6 a region that is not mapped like that is ERR_REGION_NOT_MAPPED", { skip }, async () => {
  using sandbox = await rustMemory();
  using memory = new Memory(2 * PAGE);
  using other = new Memory(2 * PAGE);
  const mapped = region(memory);
  const unmap = (it: MemoryRegion) => errorOf(() => sandbox.unmapRegion(it));
  assertEquals(unmap(mapped).code, "ERR_REGION_NOT_MAPPED");
  sandbox.mapRegion(mapped);
  for (
    const rest of [
      { guestAddress: BASE + PAGE },
      { size: PAGE },
      { memory: other },
      { size: PAGE, offset: PAGE },
      { flags: { read: true } },
    ]
  ) assertEquals(unmap({ ...mapped, ...rest }).code, "ERR_REGION_NOT_MAPPED");
  // Nor may the guest's own memory be taken away.
  assertEquals(unmap({ ...mapped, guestAddress: 0 }).code, "ERR_REGION_NOT_MAPPED");
  assertEquals(sandbox.mappedRegions.length, 1);
  // The same in all that counts is the region, whatever it is called.
  sandbox.unmapRegion({ ...mapped, name: "another name" });
  assertEquals(sandbox.mappedRegions, []);
  assertEquals(unmap(mapped).code, "ERR_REGION_NOT_MAPPED");
  assertEquals(sandbox.exports.Echo("after"), "after");
});

test(
  "A9.7 mapFile() shows a file, by its path or URL, in whole pages, and leaves it alone",
  { skip },
  async () => {
    const long = "x".repeat(PAGE) + "the second page";
    using folder = new Folder({ file: "hello world", code: CODE, long });
    using sandbox = await rustMemory();
    const { ReadMapped, ExecMapped, WriteMapped } = sandbox.exports;
    const file = sandbox.mapFile(folder.at("file"), BASE);
    assertEquals([file.guestAddress, file.size, file.name], [BASE, PAGE, folder.at("file")]);
    assertEquals(file.flags, { read: true, execute: true });
    assertEquals(text(ReadMapped(AT, 11n, true)), "hello world");
    // Behind the file's end the page is zero.
    assertEquals(ReadMapped(AT + 11n, 4085n, true), new Uint8Array(PAGE - 11));
    const code = sandbox.mapFile(pathToFileURL(folder.at("code")), BASE + PAGE);
    assertEquals(ExecMapped(AT + 4096n, true), 42);
    assertEquals(sandbox.mapFile(folder.at("long"), BASE + 2 * PAGE).size, 2 * PAGE);
    assertEquals(text(ReadMapped(AT + 3n * 4096n, 15n, true)), "the second page");
    const mapped = sandbox.snapshot();
    const { access, message } = errorOf(() => WriteMapped(AT, 1, true));
    assertEquals(access, "write");
    assertStringIncludes(message, folder.at("file"));
    sandbox.restore(mapped);
    assertEquals(readFileSync(folder.at("file"), "utf8"), "hello world");
    sandbox.unmapRegion(file);
    sandbox.unmapRegion(code);
    assertEquals(sandbox.mappedRegions.length, 1);
  },
);

test("A9.7 better: mapFile() takes bytes too, and sandboxes share them", { skip }, async () => {
  const bytes = new TextEncoder().encode("hello world");
  using sandbox = await rustMemory();
  using other = await hostile();
  const region = sandbox.mapFile(bytes, BASE);
  // They were copied.
  bytes.fill(0);
  assertEquals([region.name, region.size], ["bytes", PAGE]);
  assertEquals(text(sandbox.exports.ReadMapped(AT, 12n, true)), "hello world\0");
  // A guest of ring 3 sees the same memory elsewhere.
  const { guestAddress: _, ...memory } = region;
  const { guestAddress } = other.mapRegion(memory);
  const first = other.exports.peek(BigInt(guestAddress));
  assertEquals(text(new Uint8Array(BigUint64Array.of(first).buffer)), "hello wo");
});

test(
  "A9.7 better: a file that may only be read can be mapped",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    using sandbox = await rustMemory();
    const path = folder.at("file");
    chmodSync(path, 0o444);
    // To root, permissions are nothing: so how it is opened counts too.
    const opened: unknown[] = [];
    await answerCalls((name, [, flags]) => {
      if (name === "open") opened.push(flags);
      return undefined;
    }, () => sandbox.mapFile(path, BASE));
    assertEquals(opened, [constants.O_RDONLY | O_CLOEXEC]);
    assertEquals(text(sandbox.exports.ReadMapped(AT, 11n, true)), "hello world");
  },
);

test(
  "A9.7 better: a file that shrinks ends the call that reads it, and a restore heals",
  { skip },
  async () => {
    using folder = new Folder({ file: new Uint8Array(3 * PAGE).fill(7) });
    const path = folder.at("file");
    using sandbox = await rustMemory();
    const { ReadMapped, ExecMapped, Echo } = sandbox.exports;
    sandbox.mapFile(path, BASE);
    assertEquals(ReadMapped(AT + 8192n, 3n, true), Uint8Array.of(7, 7, 7));
    const mapped = sandbox.snapshot();
    truncateSync(path, PAGE);
    for (let i = 0; i < 2; i++) {
      assertEquals(errorOf(() => ReadMapped(AT + 8192n, 3n, true)).code, "ERR_MEMORY_ACCESS");
      assert(sandbox.poisoned);
      sandbox.restore(mapped);
      // What is still there can still be read.
      assertEquals(ReadMapped(AT, 3n, true), Uint8Array.of(7, 7, 7));
      // KVM says only of the emulation of ring 0 that it cannot fetch from there.
      const { code } = errorOf(() => ExecMapped(AT + 8192n, true));
      assert(code === "ERR_MEMORY_ACCESS" || code === "ERR_UNEXPECTED_EXIT", code);
      sandbox.restore(mapped);
    }
    // A file that grows again is there again.
    truncateSync(path, 3 * PAGE);
    assertEquals(ReadMapped(AT + 8192n, 3n, true), Uint8Array.of(0, 0, 0));
    assertEquals(Echo("after"), "after");
  },
);

test(
  "A9.8 a file that cannot be mapped is ERR_FILE with the reason, and changes nothing",
  { skip },
  async () => {
    using folder = new Folder({ empty: "" });
    spawnSync("mkfifo", [folder.at("pipe")]);
    using sandbox = await rustMemory();
    for (
      const [path, reason] of [
        [folder.at("missing"), "ENOENT"],
        [folder.at("missing/file"), "ENOENT"],
        [folder.at("empty"), "it is empty"],
        [folder.path, "it is not a file"],
        // Which must not be opened: that would wait for a writer.
        [folder.at("pipe"), "it is not a file"],
        ["/dev/zero", "it is not a file"],
      ] as const
    ) {
      const error = errorOf(() => sandbox.mapFile(path, BASE));
      assertEquals(error.code, "ERR_FILE");
      assertStringIncludes(error.message, `Cannot map the file ${path}: `);
      assertStringIncludes(error.message, reason);
    }
    assertEquals(errorOf(() => sandbox.mapFile("a\0b", BASE)).code, "ERR_FILE");
    const url = new URL("file:///%zz");
    assertEquals(errorOf(() => sandbox.mapFile(url, BASE)).code, "ERR_FILE");
    assert(!sandbox.poisoned);
    assertEquals([sandbox.mappedRegions.length, sandbox.exports.Echo("after")], [0, "after"]);
  },
);

test(
  "A9.8 each system call of mapFile() may fail: nothing is mapped then, and the guest goes on",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    const path = folder.at("file");
    using sandbox = await rustMemory();
    const clean = sandbox.snapshot();
    const ENOMEM = 12;
    const count = await failEachCall(
      ENOMEM,
      () => sandbox.mapFile(path, BASE),
      ({ call, error }) => {
        assert(error instanceof Error && "code" in error, call);
        assertEquals([sandbox.mappedRegions.length, timesMapped(path)], [0, 0], call);
        assertEquals(sandbox.exports.Echo("after"), "after");
        sandbox.restore(clean);
      },
    );
    assert(count >= 4, `${count} calls`);
    assertEquals(text(sandbox.exports.ReadMapped(AT, 11n, true)), "hello world");
  },
);

test(
  "A9.9 better: a mapping ends with its region and with its sandbox",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    const path = folder.at("file");
    const sandbox = await rustMemory();
    const first = sandbox.mapFile(path, BASE);
    const second = sandbox.mapFile(path, BASE + PAGE);
    assertEquals(timesMapped(path), 2);
    sandbox.unmapRegion(first);
    assertEquals(timesMapped(path), 1);
    sandbox.unmapRegion(second);
    assertEquals(timesMapped(path), 0);
    sandbox.mapFile(path, BASE);
    sandbox.mapFile(path, BASE + PAGE);
    sandbox.close();
    assertEquals(timesMapped(path), 0);
    assertEquals(sandbox.mappedRegions, []);
    // A region's memory belongs to whoever made it, and stays.
    using memory = new Memory(PAGE);
    {
      using another = await rustMemory();
      another.mapRegion(region(memory));
    }
    memory.write(0, CODE);
    assertEquals(memory.read(0, 6), CODE);
  },
);

test(
  "A9.9 better: memory that is closed stays for those who have it mapped, and no longer",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    const path = folder.at("file");
    using one = await rustMemory();
    using other = await rustMemory();
    const shared = region(Memory.mapFile(path, 11));
    one.mapRegion(shared);
    other.mapRegion(shared);
    shared.memory.close();
    assertEquals(text(other.exports.ReadMapped(AT, 11n, true)), "hello world");
    one.unmapRegion(shared);
    assertEquals(text(other.exports.ReadMapped(AT, 11n, false)), "hello world");
    other.close();
    assertEquals(timesMapped(path), 0);
    assertEquals(errorOf(() => one.mapRegion(shared)).code, "ERR_CLOSED");
    assert(!one.poisoned);
  },
);

test(
  "A9.9 better: a sandbox that was closed keeps no snapshot, and with it no mapping",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    const path = folder.at("file");
    const sandbox = await rustMemory();
    const take = () => {
      sandbox.mapFile(path, BASE);
      sandbox.snapshot();
    };
    take();
    sandbox.close();
    assert(await collectUntil(() => timesMapped(path) === 0), "still mapped");
    assert(sandbox.closed);
  },
);

test("A9.10 the numbers of memory slots are used again", { skip }, async () => {
  using sandbox = await rustMemory();
  using memory = new Memory(PAGE);
  memory.write(0, CODE);
  using kvm = Kvm.open();
  // More often than there are slots, had each mapping one of its own.
  const slots = kvm.checkExtension("KVM_CAP_NR_MEMSLOTS");
  const it = region(memory);
  for (let i = 0; i <= slots; i++) {
    sandbox.mapRegion(it);
    sandbox.unmapRegion(it);
  }
  sandbox.mapRegion(it);
  assertEquals(sandbox.exports.ExecMapped(AT, true), 42);
});

test("A9.5 a guest of ring 3 sees a region at once, in page tables of the host's", {
  skip: needsKvm,
}, async () => {
  using memory = Memory.from(CODE);
  using sandbox = await hostile();
  const { guestAddress } = sandbox.mapRegion({
    name: "shared",
    size: PAGE,
    memory,
    flags: { read: true, execute: true },
  });
  const address = BigInt(guestAddress);
  assertEquals(
    sandbox.exports.peek(address),
    new DataView(memory.read(0, 8).buffer).getBigUint64(0, true),
  );
  sandbox.exports.jump_to(address);
  const { code, access } = errorOf(() => sandbox.exports.write_at(address));
  assertEquals([code, access], ["ERR_MEMORY_ACCESS", "write"]);
});

test(
  "A6.3 a poisoned sandbox refuses mappings before it looks at the arguments",
  { skip },
  async () => {
    using folder = new Folder({ file: "hello world" });
    using sandbox = await rustMemory();
    const clean = sandbox.snapshot();
    const file = sandbox.mapFile(folder.at("file"), BASE);
    errorOf(() => sandbox.exports.Panic("on purpose"));
    const nonsense = undefined as unknown as MemoryRegion;
    for (
      const use of [
        () => sandbox.mapFile(folder.at("missing"), 1),
        () => sandbox.mapRegion(nonsense),
        () => sandbox.unmapRegion(nonsense),
        () => sandbox.unmapRegion(file),
        () => sandbox.snapshot(),
      ]
    ) assertEquals(errorOf(use).code, "ERR_POISONED");
    sandbox.restore(clean);
    assertEquals(sandbox.mapFile(folder.at("file"), BASE).size, PAGE);
    rmSync(folder.at("file"));
    sandbox.close();
    for (
      const use of [
        () => sandbox.mapFile(folder.at("missing"), 1),
        () => sandbox.mapRegion(nonsense),
        () => sandbox.unmapRegion(nonsense),
      ]
    ) assertEquals(errorOf(use).code, "ERR_CLOSED");
  },
);
