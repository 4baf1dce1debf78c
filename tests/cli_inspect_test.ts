// vmlet inspect: what it says of a guest's file, as text and JSON.
import { test } from "node:test";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { inspectGuest } from "../mod.ts";
import { Folder, INSPECT, vmlet } from "./support/cli.ts";
import { guestBytes } from "./support/guests.ts";

const HELLO = "guest/examples/hello.elf";
const inspect = (...args: string[]) => vmlet(INSPECT, "inspect", ...args);

test("vmlet inspect prints kind, segments, memory and functions", () => {
  const { code, out, error } = inspect(HELLO);
  assertEquals([code, error], [0, ""]);
  assertMatch(
    out,
    /^guest\/examples\/hello\.elf: a vmlet guest, version 1 of the kit, runs at ring 3\n/,
  );
  assertMatch(out, /\nposition-independent, begins at 0x20[0-9a-f]{4}\n/);
  assertMatch(out, /\n\nSegments\n {2}0x200000 +\d+ {2}r--\n {2}0x20[0-9a-f]{4} +\d+ {2}r-x\n/);
  assertMatch(out, /\n\nMemory by default\n(?: {2}.*\n)* {2}0x2000000000 +131072 {2}rw- {2}heap\n/);
  assertMatch(out, /\n\nExports\n(?: {2}.*\n)* {2}add\(i32, i32\) -> i32\n/);
  assertMatch(out, /\n\nImports\n {2}host_add\(i32, i32\) -> i32\n$/);
  assert(out.split("\n").every((line) => line === line.trimEnd()), "blanks at a line's end");
});

test("vmlet inspect --json prints what inspectGuest() finds", async () => {
  const { code, out } = inspect(HELLO, "--json");
  assertEquals(code, 0);
  const found = await inspectGuest(HELLO);
  const text = JSON.stringify(
    found,
    (_, value) => typeof value === "bigint" ? `0x${value.toString(16)}` : value,
  );
  assertEquals(JSON.parse(out), JSON.parse(text));
});

test("vmlet inspect says where a file says nothing of functions", () => {
  const bytes = guestBytes("hello");
  new DataView(bytes.buffer).setBigUint64(40, 0n, true);
  using folder = new Folder({ "guest.elf": bytes });
  const { code, out } = inspect(folder.at("guest.elf"));
  assertEquals(code, 0);
  assertMatch(out, /\nExports\n {2}the file does not say\n\nImports\n {2}the file does not say\n$/);
  const { exports, imports } = JSON.parse(inspect(folder.at("guest.elf"), "--json").out);
  assertEquals([exports, imports], [undefined, undefined]);
});

test("vmlet inspect ends with 1 where the file is no guest", () => {
  const { code, out, error } = inspect("README.md");
  assertEquals([code, out], [1, ""]);
  assertMatch(error, /^ERR_INVALID_GUEST: .*magic number\n$/);
});

for (
  const [args, message] of [
    [[], "vmlet inspect needs a guest's file"],
    [[HELLO, "more"], "vmlet inspect takes no argument more"],
    [["--fly", HELLO], "Unknown option --fly"],
  ] as const
) {
  test(`vmlet ${["inspect", ...args].join(" ")} is refused with 2`, () => {
    assertEquals(inspect(...args), { code: 2, out: "", error: `${message}, see vmlet --help\n` });
  });
}

test("vmlet inspect --help tells the options and the exit codes", () => {
  const { code, out } = inspect("--help");
  assertEquals(code, 0);
  assertStringIncludes(out, "--json");
  assertStringIncludes(out, "Exit codes: 0");
});
