/** Memory for guests: whose pages are a file's, and what becomes of them when the file does not stay what it was. */

import { linkSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { Memory } from "../src/kvm/mod.ts";
import { Folder } from "./support/cli.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf } from "./support/guests.ts";
import { timesMapped } from "./support/rust_memory.ts";

const PAGE = 4096;
const ENOENT = 2;
const ENODEV = 19;

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("Memory.mapFile() shows a file, with zeroes behind its end, until it is closed", () => {
  using folder = new Folder({ file: "hello world", pages: new Uint8Array(2 * PAGE).fill(7) });
  const memory = Memory.mapFile(folder.at("file"), 11);
  assertEquals(memory.size, PAGE);
  assertEquals(text(memory.read(0, 11)), "hello world");
  assertEquals(memory.read(11, PAGE - 11), new Uint8Array(PAGE - 11));
  assertEquals(memory.read(PAGE, 0).length, 0);
  assertThrows(() => memory.read(1, PAGE), RangeError);
  assertEquals(timesMapped(folder.at("file")), 1);
  memory.close();
  memory.close();
  assertEquals(timesMapped(folder.at("file")), 0);
  assertEquals(errorOf(() => memory.read(0, 1)).code, "ERR_CLOSED");
  using part = Memory.mapFile(folder.at("pages"), PAGE);
  assertEquals(part.size, PAGE);
  assertEquals(part.read(0, PAGE), new Uint8Array(PAGE).fill(7));
});

test("Memory.mapFile() takes no writes, and the file stays as it is", () => {
  using folder = new Folder({ file: "hello world" });
  using memory = Memory.mapFile(folder.at("file"), 11);
  for (const change of [() => memory.write(0, Uint8Array.of(1)), () => memory.discard(0, PAGE)]) {
    const { message } = assertThrows(change, RangeError) as RangeError;
    assertStringIncludes(message, "it is a file's, to be read only");
  }
  assertEquals(readFileSync(folder.at("file"), "utf8"), "hello world");
});

test("Memory.mapFile() shows what is written to the file, and keeps one that is removed", () => {
  using folder = new Folder({ file: "hello world" });
  using memory = Memory.mapFile(folder.at("file"), 11);
  writeFileSync(folder.at("file"), "HELLO", { flag: "r+" });
  assertEquals(text(memory.read(0, 11)), "HELLO world");
  rmSync(folder.at("file"));
  assertEquals(text(memory.read(0, 11)), "HELLO world");
});

test("Memory.read() of a file that has become shorter is ERR_MEMORY, not the end of the process", () => {
  using folder = new Folder({ file: new Uint8Array(3 * PAGE).fill(7) });
  using memory = Memory.mapFile(folder.at("file"), 3 * PAGE);
  truncateSync(folder.at("file"), PAGE + 1);
  // The page in which the file ends is whole.
  assertEquals(memory.read(PAGE - 1, 3), Uint8Array.of(7, 7, 0));
  for (const [offset, length] of [[2 * PAGE, 1], [0, 3 * PAGE], [2 * PAGE - 1, 2]] as const) {
    const error = errorOf(() => memory.read(offset, length));
    assertEquals(error.code, "ERR_MEMORY");
    assertStringIncludes(error.message, "the file has become shorter than it was");
  }
  truncateSync(folder.at("file"), 0);
  assertEquals(errorOf(() => memory.read(0, 1)).code, "ERR_MEMORY");
  // Nothing is touched for no bytes.
  assertEquals(memory.read(0, 0).length, 0);
  truncateSync(folder.at("file"), 3 * PAGE);
  assertEquals(memory.read(0, 3 * PAGE), new Uint8Array(3 * PAGE));
});

test("Memory.mapFile() never maps behind a file: what is not there cannot be read", () => {
  using folder = new Folder({ file: "hello world" });
  using memory = Memory.mapFile(folder.at("file"), 2 * PAGE);
  assertEquals(text(memory.read(0, 5)), "hello");
  assertEquals(errorOf(() => memory.read(PAGE, 1)).code, "ERR_MEMORY");
});

test("Memory.mapFile() refuses what it cannot map with the system's reason", () => {
  using folder = new Folder({ file: "hello world" });
  linkSync(folder.at("file"), folder.at("link"));
  Memory.mapFile(folder.at("link"), 11).close();
  // What a C string cannot hold is no other file's name.
  for (const path of [folder.at("missing"), "", `${folder.at("file")}\0x`]) {
    const error = errorOf(() => Memory.mapFile(path, 1));
    assertEquals([error.code, error.errno], ["ERR_FILE", ENOENT]);
    assertStringIncludes(error.message, "ENOENT");
  }
  // Of a kind that has no pages.
  const folderError = errorOf(() => Memory.mapFile(folder.path, 1));
  assertEquals(folderError.code, "ERR_FILE");
  assertEquals(folderError.errno, ENODEV);
  for (const length of [0, -1, NaN, Infinity]) {
    assertThrows(() => Memory.mapFile(folder.at("file"), length), RangeError);
  }
  assertEquals(timesMapped(folder.at("file")), 0);
  const { length } = readFileSync("/proc/self/maps", "utf8").split("\n");
  for (let i = 0; i < 50; i++) errorOf(() => Memory.mapFile(folder.at("missing"), 1));
  assert(readFileSync("/proc/self/maps", "utf8").split("\n").length <= length + 5);
});

test("Memory.residentPages() counts what was touched, but not the pages of a file", () => {
  using memory = new Memory(2000 * PAGE);
  assertEquals(memory.residentPages(), 0);
  for (const page of [0, 3, 511, 512, 1999]) memory.write(page * PAGE, Uint8Array.of(1));
  assertEquals(memory.residentPages(), 5);
  // What the kernel says elsewhere.
  const maps = readFileSync("/proc/self/smaps", "latin1");
  const [, mapping = ""] = maps.split(`\n${memory.address.toString(16)}-`);
  assertEquals(Number(/^Rss: +(\d+) kB/m.exec(mapping)?.[1]) * 1024, 5 * PAGE);
  memory.discard(511 * PAGE, 2 * PAGE);
  assertEquals(memory.residentPages(), 3);
  using folder = new Folder({ file: "hello world" });
  using file = Memory.mapFile(folder.at("file"), 11);
  assertEquals(text(file.read(0, 5)), "hello");
  assertEquals(file.residentPages(), 0);
  memory.close();
  assertEquals(errorOf(() => memory.residentPages()).code, "ERR_CLOSED");
});

test("Memory.residentPages() finds single pages and long rows, wherever they are", () => {
  using memory = new Memory(20_000 * PAGE);
  const touched = new Set<number>();
  const touch = (first: number, count: number, step = 1) => {
    for (let page = first; page < first + count * step; page += step) {
      memory.write(page * PAGE + page % PAGE, Uint8Array.of(1));
      touched.add(page);
    }
    assertEquals(memory.residentPages(), touched.size);
  };
  touch(19_999, 1);
  touch(0, 1);
  // More rows than are asked for at once.
  touch(1000, 500, 2);
  touch(1001, 300, 2);
  touch(5000, 2000);
  touch(10_000, 64, 3);
  memory.discard(5000 * PAGE, 1000 * PAGE);
  assertEquals(memory.residentPages(), touched.size - 1000);
  memory.discard(0, memory.size);
  assertEquals(memory.residentPages(), 0);
});

test("Memory.residentPages() is undefined where the kernel does not say", async () => {
  using memory = new Memory(PAGE);
  const ENOENT = 2;
  const refuse = (name: string) => name === "countOwnPages" ? -ENOENT : undefined;
  assertEquals(await answerCalls(refuse, () => memory.residentPages()), undefined);
});

test("Memory for huge pages begins at a multiple of theirs, between pages without access", () => {
  const HUGE = 2 * 1024 * 1024;
  for (const size of [PAGE, HUGE, 3 * HUGE + PAGE]) {
    const memory = new Memory(size, { hugePages: true });
    assertEquals(memory.address % HUGE, 0);
    memory.write(size - 1, Uint8Array.of(7));
    assertEquals(memory.read(size - 1, 1), Uint8Array.of(7));
    const mappings = () =>
      readFileSync("/proc/self/maps", "latin1").split("\n").map((line) => {
        const [, start = "", end = "", rights = ""] = /^(\S+)-(\S+) (\S+)/.exec(line) ?? [];
        return { start: parseInt(start, 16), end: parseInt(end, 16), rights };
      });
    const at = (address: number) =>
      mappings().find(({ start, end }) => address >= start && address < end);
    const { address } = memory;
    assertEquals(at(address)?.rights, "rw-p");
    for (const guard of [address - 1, address + size]) assertEquals(at(guard)?.rights, "---p");
    memory.close();
  }
  const count = () => readFileSync("/proc/self/maps", "latin1").split("\n").length;
  const before = count();
  for (let i = 0; i < 100; i++) new Memory(PAGE, { hugePages: true }).close();
  assert(count() < before + 20, `${before} and then ${count()} mappings`);
});
