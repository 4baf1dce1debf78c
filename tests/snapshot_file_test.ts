/** Snapshots in files: they are as they were saved, or refused. */

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { assert, assertEquals, assertInstanceOf, assertMatch, assertRejects } from "@std/assert";
import fc from "fast-check";
import { Sandbox, Snapshot, VmletError } from "../mod.ts";
import { Memory } from "../src/kvm/mod.ts";
import { Folder, isDeno } from "./support/cli.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf, HELLO, hello, HOST_ADD, rejectionOf } from "./support/guests.ts";
import { FAST, fast, HOST_ADD as FAST_HOST_ADD } from "./support/hyperlight.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGE = 4096;
const HEADER = 64;
const PROGRAM = new URL("support/snapshot_program.ts", import.meta.url).pathname;
const PROGRAM_ARGS = isDeno ? ["run", "--quiet", "--no-check", "-A", PROGRAM] : [PROGRAM];

/** A file with a snapshot of hello after one count. */
async function saved(folder: Folder, name = "hello"): Promise<string> {
  using sandbox = await hello();
  sandbox.exports.count();
  using snapshot = sandbox.snapshot();
  await snapshot.save(folder.at(name));
  return folder.at(name);
}

/** A small one: of a guest at ring 0 that does next to nothing. */
async function savedSmall(folder: Folder): Promise<string> {
  using sandbox = await fast();
  using snapshot = sandbox.snapshot();
  await snapshot.save(folder.at("small"));
  return folder.at("small");
}

async function loadError(path: string): Promise<VmletError> {
  return await rejectionOf(Snapshot.load(path));
}

test(
  "Snapshot.load() brings back what save() wrote, in any number of sandboxes",
  { skip },
  async () => {
    using folder = new Folder();
    const path = await saved(folder);
    using snapshot = await Snapshot.load(pathToFileURL(path));
    assertEquals<unknown>({ ...snapshot.exports }, HELLO);
    using one = await Sandbox.fromSnapshot(snapshot, { exports: HELLO, imports: HOST_ADD });
    assertEquals([one.exports.count(), one.exports.add_in_host(20, 22)], [2, 42]);
    errorOf(() => one.exports.give_up(1));
    one.restore(snapshot);
    using two = await Sandbox.fromSnapshot(snapshot);
    assertEquals([one.exports.count(), two.call("count", [])], [2, 2]);
    // A loaded snapshot is one like any other.
    await one.snapshot().save(folder.at("again"));
    using again = await Snapshot.load(folder.at("again"));
    using three = await Sandbox.fromSnapshot(again, { exports: HELLO });
    assertEquals(three.exports.count(), 3);
    assertEquals(errorOf(() => three.restore(snapshot)).code, "ERR_SNAPSHOT_MISMATCH");
  },
);

test(
  "Snapshot.load() works in another process, and after the first one has ended",
  { skip },
  async () => {
    using folder = new Folder();
    const path = await saved(folder);
    const { code, out, error } = runRuntime([...PROGRAM_ARGS, "load", path]);
    assertEquals([code, out.trim()], [0, "2"], error);
  },
);

test("Snapshot.save() and load() keep a guest at ring 0", { skip }, async () => {
  using folder = new Folder();
  const path = await savedSmall(folder);
  using snapshot = await Snapshot.load(path);
  using clone = await Sandbox.fromSnapshot(snapshot, { exports: FAST, imports: FAST_HOST_ADD });
  for (let round = 0; round < 3; round++) {
    assertEquals(clone.exports.Add(1, 41), 42);
    clone.restore(snapshot);
  }
  // The cookie of its stack is the one that lies there.
  assert(!clone.poisoned);
});

test(
  "Snapshot.save() writes a small file for its owner alone, and nothing beside it",
  { skip },
  async () => {
    using folder = new Folder();
    using sandbox = await hello({ memory: { heap: 1 << 28 } });
    using snapshot = sandbox.snapshot();
    await snapshot.save(folder.at("one"));
    const { size, mode } = statSync(folder.at("one"));
    assertEquals(mode & 0o777, 0o600);
    assert(size < 1 << 20, `${size} bytes`);
    // What was there is replaced, and with it its mode.
    writeFileSync(folder.at("one"), "another file", { mode: 0o644 });
    await snapshot.save(folder.at("one"));
    assertEquals([statSync(folder.at("one")).size, readdirSync(folder.path)], [size, ["one"]]);
  },
);

test(
  "Snapshot.save() of a snapshot that is closed meanwhile writes all of it",
  { skip },
  async () => {
    using folder = new Folder();
    const sandbox = await hello();
    const snapshot = sandbox.snapshot();
    const saving = [0, 1, 2, 3].map((i) => snapshot.save(folder.at(`${i}`)));
    snapshot.close();
    sandbox.close();
    await Promise.all(saving);
    for (let i = 0; i < 4; i++) (await Snapshot.load(folder.at(`${i}`))).close();
    assertEquals((await rejectionOf(snapshot.save(folder.at("late")))).code, "ERR_CLOSED");
  },
);

test(
  "Snapshot.save() that is killed leaves the file that was there, or the new one",
  { skip },
  async () => {
    using folder = new Folder();
    const path = folder.at("snapshot");
    for (let round = 0; round < (process.env.NESTED_KVM ? 2 : 12); round++) {
      const child = spawn(process.execPath, [...PROGRAM_ARGS, "save", path], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let written = 0;
      const ended = new Promise((resolve) => child.on("close", resolve));
      child.stdout.on("data", () => {
        // In the middle of one that follows.
        if (written++ === 0) setTimeout(() => child.kill("SIGKILL"), Math.random() * 20);
      });
      await ended;
      assert(written > 0);
      using snapshot = await Snapshot.load(path);
      using sandbox = await Sandbox.fromSnapshot(snapshot, { exports: HELLO });
      assert(sandbox.exports.count() > 1);
      for (const name of readdirSync(folder.path)) {
        assertMatch(
          name,
          /^snapshot(\.[\da-f]+\.tmp)?$/,
        );
      }
    }
  },
);

test("Snapshot.load() refuses a file of which any byte was changed", { skip }, async () => {
  using folder = new Folder();
  const path = await savedSmall(folder);
  const bytes = readFileSync(path);
  // Several copies, since most of the time goes into waiting for the runtime's files.
  const copies = 4;
  const step = process.env.NESTED_KVM ? 97 : 1;
  await Promise.all(Array.from({ length: copies }, async (_, i) => {
    const copy = folder.at(`copy${i}`);
    copyFileSync(path, copy);
    const fd = openSync(copy, "r+");
    for (let at = i * step; at < bytes.length; at += copies * step) {
      const byte = bytes[at] ?? 0;
      writeSync(fd, Uint8Array.of(byte ^ 1 << at % 8), 0, 1, at);
      const { code } = await loadError(copy);
      // Only the version of the format is looked at before the checksum.
      const isVersion = at >= 8 && at < 12;
      assertEquals(
        code,
        isVersion ? "ERR_UNSUPPORTED_SNAPSHOT" : "ERR_INVALID_SNAPSHOT",
        `byte ${at}`,
      );
      writeSync(fd, Uint8Array.of(byte), 0, 1, at);
    }
    closeSync(fd);
    (await Snapshot.load(copy)).close();
  }));
});

test(
  "Snapshot.load() refuses a file that was cut off or added to, at any length",
  { skip },
  async () => {
    using folder = new Folder();
    const path = await savedSmall(folder);
    const { length } = readFileSync(path);
    const fd = openSync(path, "r+");
    for (let size = length - 1; size >= 0; size -= process.env.NESTED_KVM ? 501 : 1) {
      ftruncateSync(fd, size);
      assertEquals((await loadError(path)).code, "ERR_INVALID_SNAPSHOT", `${size} bytes`);
    }
    closeSync(fd);
    await savedSmall(folder);
    for (const size of [length + 1, length + PAGE]) {
      truncateSync(path, size);
      const { code, message } = await loadError(path);
      assertEquals(code, "ERR_INVALID_SNAPSHOT");
      assertMatch(message, /added to/);
    }
  },
);

test("A file that changes after it was loaded changes nothing", { skip }, async () => {
  using folder = new Folder();
  const path = await saved(folder);
  using snapshot = await Snapshot.load(path);
  using early = await Sandbox.fromSnapshot(snapshot, { exports: HELLO });
  writeFileSync(path, new Uint8Array(statSync(path).size).fill(0xcc));
  truncateSync(path, 10);
  using late = await Sandbox.fromSnapshot(snapshot, { exports: HELLO });
  for (const it of [early, late]) {
    assertEquals(it.exports.count(), 2);
    it.restore(snapshot);
    assertEquals(it.exports.count(), 2);
  }
});

/** The parts of a file. */
interface Parts {
  readonly numbers: number[];
  description: { [name: string]: unknown };
  guest: Uint8Array;
  ranges: number[];
  pages: Uint8Array;
}

function partsOf(file: Uint8Array): Parts {
  const view = new DataView(file.buffer, file.byteOffset);
  const numbers = Array.from({ length: 6 }, (_, i) => view.getUint32(8 + i * 4, true));
  const [, text = 0, guest = 0, ranges = 0] = numbers;
  const at = HEADER + text + guest;
  return {
    numbers,
    description: JSON.parse(new TextDecoder().decode(file.subarray(HEADER, HEADER + text))),
    guest: file.slice(HEADER + text, at),
    ranges: Array.from({ length: ranges * 2 }, (_, i) => view.getUint32(at + i * 4, true)),
    pages: file.slice(at + ranges * 8),
  };
}

/** A file with a checksum that is right, whatever it holds. */
function fileOf({ numbers, description, guest, ranges, pages }: Parts): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(description));
  const [format, , , , memoryPages] = numbers;
  const header = new Uint8Array(32);
  header.set(new TextEncoder().encode("VMLETSNP"));
  const all = [
    format,
    text.length,
    guest.length,
    ranges.length / 2,
    memoryPages,
    pages.length / PAGE,
  ];
  all.forEach((it, i) => new DataView(header.buffer).setUint32(8 + i * 4, it ?? 0, true));
  const rest = [text, guest, new Uint8Array(Uint32Array.from(ranges).buffer), pages];
  const hash = createHash("sha256").update(header);
  for (const it of rest) hash.update(it);
  return Buffer.concat([header, hash.digest(), ...rest]);
}

test("Snapshot.load() refuses what does not fit this machine or this vmlet, with the reason", {
  skip,
}, async () => {
  using folder = new Folder();
  const file = new Uint8Array(readFileSync(await saved(folder)));
  const path = folder.at("changed");
  const all = { "7.0.ebx": 0xffff_ffff, "1.0.ecx": 0xf7ff_ffff };
  const cases: [(parts: Parts) => void, code: string, message: RegExp][] = [
    [(it) => it.numbers[0] = 2, "ERR_UNSUPPORTED_SNAPSHOT", /format is version 2/],
    [
      (it) => it.description.cpu = { bits: all, xcr0: 7 },
      "ERR_UNSUPPORTED_SNAPSHOT",
      /the CPU has no CPUID|the CPU has no [A-Z]/,
    ],
    [
      (it) => (it.description.cpu as { xcr0: number }).xcr0 = 1,
      "ERR_UNSUPPORTED_SNAPSHOT",
      /extended state is 0x[\da-f]+ \(XCR0\) instead of 0x1/,
    ],
    [(it) => it.description.layout = "0", "ERR_UNSUPPORTED_SNAPSHOT", /taken by vmlet 0/],
    [
      (it) => (it.description.memory as { sizes: { heap: number } }).sizes.heap = 1 << 20,
      "ERR_UNSUPPORTED_SNAPSHOT",
      /lays guests out otherwise/,
    ],
    [(it) => it.guest.fill(0), "ERR_INVALID_SNAPSHOT", /description is damaged/],
    [(it) => it.description.dispatch = -1, "ERR_INVALID_SNAPSHOT", /damaged/],
    [(it) => it.description.dispatch = 2 ** 47, "ERR_INVALID_SNAPSHOT", /damaged/],
    [(it) => it.description.registers = {}, "ERR_INVALID_SNAPSHOT", /registers are damaged/],
    [(it) => it.description.exports = 5, "ERR_INVALID_SNAPSHOT", /damaged/],
    [(it) => it.description = [] as never, "ERR_INVALID_SNAPSHOT", /damaged/],
    [(it) => it.numbers[4] = 2 ** 25, "ERR_INVALID_SNAPSHOT", /damaged/],
    [(it) => it.numbers[4] = (it.numbers[4] ?? 0) + 1, "ERR_INVALID_SNAPSHOT", /another size/],
    [(it) => it.ranges[0] = 2 ** 24, "ERR_INVALID_SNAPSHOT", /list of pages/],
    [(it) => it.ranges[1] = 0, "ERR_INVALID_SNAPSHOT", /list of pages/],
    [(it) => it.ranges[2] = 0, "ERR_INVALID_SNAPSHOT", /list of pages/],
  ];
  for (const [change, code, message] of cases) {
    const parts = partsOf(file);
    change(parts);
    writeFileSync(path, fileOf(parts));
    const error = await loadError(path);
    assertEquals(error.code, code, `${change}: ${error.message}`);
    assertMatch(error.message, message);
    assert(error.message.includes(path));
  }
  writeFileSync(path, fileOf(partsOf(file)));
  (await Snapshot.load(path)).close();
});

/** What is changed of a file. */
interface Change {
  /** Of which one. */
  readonly which: number;
  readonly keys: readonly (readonly [key: string, value: unknown])[];
  /** Places and values. */
  readonly pages: readonly (readonly [at: number, value: number])[];
  readonly ranges: readonly (readonly [at: number, value: number])[];
  readonly dispatch: number | null;
}

test(
  "Snapshot.load() survives files that somebody made up, and so do their guests",
  { skip },
  async () => {
    using folder = new Folder();
    const path = folder.at("forged");
    const files = [await saved(folder), await savedSmall(folder)]
      .map((it) => new Uint8Array(readFileSync(it)));
    const keys = [
      "cpu",
      "name",
      "memory",
      "exports",
      "imports",
      "dispatch",
      "registers",
      "layout",
      "vmlet",
    ];
    const anything = fc.jsonValue({ maxDepth: 2 });
    const change = fc.record({
      which: fc.nat(1),
      keys: fc.array(fc.tuple(fc.constantFrom(...keys), anything), { maxLength: 2 }),
      pages: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 200 }),
      ranges: fc.array(fc.tuple(fc.nat(20), fc.nat(10_000)), { maxLength: 1 }),
      dispatch: fc.option(fc.nat(), { freq: 5 }),
    });
    let loaded = 0;
    const check = async (it: Change) => {
      const parts = partsOf(files[it.which] ?? new Uint8Array());
      for (const [key, value] of it.keys) parts.description[key] = value;
      for (const [at, value] of it.pages) parts.pages[at % parts.pages.length] = value;
      for (const [at, value] of it.ranges) parts.ranges[at % parts.ranges.length] = value;
      if (it.dispatch !== null) parts.description.dispatch = it.dispatch;
      writeFileSync(path, fileOf(parts));
      try {
        using snapshot = await Snapshot.load(path);
        loaded++;
        using sandbox = await Sandbox.fromSnapshot(snapshot, { deadline: 20 });
        const name = it.which === 0 ? "count" : "Add";
        try {
          sandbox.call(name, it.which === 0 ? [] : [1, 2]);
        } catch (error) {
          if (!(error instanceof TypeError)) assertInstanceOf(error, VmletError);
        }
        sandbox.restore(snapshot);
      } catch (error) {
        assertInstanceOf(error, VmletError, String(error));
      }
    };
    await fc.assert(fc.asyncProperty(change, check), {
      numRuns: process.env.NESTED_KVM ? 30 : 400,
      seed: 7,
    });
    assert(loaded > 10, `${loaded} were loaded`);
  },
);

test("Snapshot.load() says what is wrong with a path", { skip }, async () => {
  using folder = new Folder({
    text: "not a snapshot, but long enough for its header to be read".repeat(3),
  });
  mkdirSync(folder.at("folder"));
  assertEquals(spawnSync("mkfifo", [folder.at("pipe")]).status, 0);
  for (
    const [name, code, message] of [
      ["missing", "ERR_FILE", /ENOENT|[Nn]o such file/],
      ["folder", "ERR_FILE", /no file/],
      ["pipe", "ERR_FILE", /no file/],
      ["text", "ERR_INVALID_SNAPSHOT", /it is no snapshot/],
      ["no\0path", "ERR_FILE", /./],
    ] as const
  ) {
    const error = await loadError(folder.at(name));
    assertEquals(error.code, code, error.message);
    assertMatch(error.message, message);
  }
  const load = Snapshot.load as (file: unknown) => Promise<unknown>;
  for (const it of [undefined, 5, new URL("http://x/y")]) {
    await assertRejects(() => load(it), TypeError);
  }
});

test("Snapshot.save() that fails leaves nothing beside what was there", { skip }, async () => {
  using folder = new Folder({ old: "what was there" });
  mkdirSync(folder.at("folder/in"), { recursive: true });
  using sandbox = await hello();
  using snapshot = sandbox.snapshot();
  const refuse = (name: string) => name === "pwrite" || name === "writeTable" ? -28 : undefined;
  const error = await answerCalls(refuse, () => rejectionOf(snapshot.save(folder.at("old"))));
  assertEquals([error.code, error.errno], ["ERR_MEMORY", 28]);
  for (const name of ["missing/file", "folder", "no\0path"]) {
    const error = await rejectionOf(snapshot.save(folder.at(name)));
    assertEquals(error.code, "ERR_FILE", name);
  }
  assertEquals(readdirSync(folder.path).sort(), ["folder", "old"]);
  assertEquals(readFileSync(folder.at("old"), "utf8"), "what was there");
  await snapshot.save(folder.at("old"));
  const full = await answerCalls(refuse, () => loadError(folder.at("old")));
  assertEquals([full.code, full.errno], ["ERR_MEMORY", 28]);
  const save = snapshot.save.bind(snapshot) as (file: unknown) => Promise<unknown>;
  for (const it of [undefined, 5, {}]) await assertRejects(() => save(it), TypeError);
});

test("Snapshot.save() and token refuse a snapshot with mapped regions", { skip }, async () => {
  using folder = new Folder();
  using sandbox = await fast();
  using memory = new Memory(PAGE);
  const flags = { read: true };
  sandbox.mapRegion({ name: "dictionary", guestAddress: 2 ** 32, size: PAGE, memory, flags });
  using snapshot = sandbox.snapshot();
  const error = await rejectionOf(snapshot.save(folder.at("file")));
  assertEquals(error.code, "ERR_UNSUPPORTED_SNAPSHOT");
  assertMatch(error.message, /dictionary.*unmap it/);
  assertEquals(errorOf(() => snapshot.token).code, "ERR_UNSUPPORTED_SNAPSHOT");
  assertEquals(readdirSync(folder.path), []);
});
