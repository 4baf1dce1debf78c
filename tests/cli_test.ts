// The vmlet command, run as its users run it: as a process of the current runtime.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Diagnosis, VERSION } from "../mod.ts";
import { ROOT } from "../scripts/tools.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsKvm } from "./support/skip.ts";

const MAIN = join(ROOT, "src/cli/main.ts");
const VMLET = process.versions.bun === undefined
  ? ["run", "--no-prompt", "--allow-ffi", MAIN]
  : [MAIN];

const vmlet = (...args: string[]) => runRuntime([...VMLET, ...args]);

test("VERSION is that of deno.json and package.json", () => {
  for (const name of ["deno.json", "package.json"]) {
    const { version } = JSON.parse(readFileSync(join(ROOT, name), "utf8"));
    assertEquals(version, VERSION, name);
  }
});

test("vmlet --version prints the version", () => {
  assertEquals(vmlet("--version"), { code: 0, out: `vmlet ${VERSION}\n`, error: "" });
});

test("vmlet --help lists the commands", () => {
  const { code, out, error } = vmlet("--help");
  assertEquals([code, error], [0, ""]);
  assertMatch(out, /^Usage: vmlet COMMAND/);
  assertMatch(out, /^ {2}doctor {2}/m);
});

test("vmlet without a command prints the help to stderr and ends with 2", () => {
  const { code, out, error } = vmlet();
  assertEquals([code, out], [2, ""]);
  assertMatch(error, /^Usage: vmlet COMMAND/);
});

for (
  const [args, message] of [
    [["fly"], "Unknown command fly"],
    [["constructor"], "Unknown command constructor"],
    [["--fly"], "Unknown option --fly"],
    [["doctor", "--fly"], "Unknown option --fly"],
    [["doctor", "-j"], "Unknown option -j"],
    [["doctor", "7"], "vmlet doctor takes no argument 7"],
  ] as const
) {
  test(`vmlet ${args.join(" ")} is refused with 2`, () => {
    assertEquals(vmlet(...args), { code: 2, out: "", error: `${message}, see vmlet --help\n` });
  });
}

test("vmlet doctor --help tells the options and the exit codes", () => {
  const { code, out } = vmlet("doctor", "--help");
  assertEquals(code, 0);
  assertStringIncludes(out, "--json");
  assertStringIncludes(out, "Exit codes: 0");
});

test("vmlet doctor ends with a summary and 0 where guests can run", { skip: needsKvm }, () => {
  const { code, out, error } = vmlet("doctor");
  assertEquals([code, error], [0, ""]);
  assertStringIncludes(out, `vmlet ${VERSION}\n\nHost\n`);
  for (const heading of ["KVM", "Capabilities of KVM", "Limits"]) {
    assertStringIncludes(out, `\n\n${heading}\n`);
  }
  assertMatch(out, /\nGuests can run here: \d+ ok, \d+ warnings?, 0 failures\n$/);
  assert(out.split("\n").every((line) => line === line.trimEnd()), "blanks at a line's end");
});

test("vmlet doctor and vmlet doctor --json agree, and so does the exit code", () => {
  const { code, out } = vmlet("doctor", "--json");
  const diagnosis = JSON.parse(out) as Diagnosis;
  assertEquals(code, diagnosis.usable ? 0 : 1);
  const text = vmlet("doctor");
  assertEquals(text.code, code);
  for (const { name } of diagnosis.checks) assertStringIncludes(text.out, `  ${name} `);
});

test("vmlet doctor without permission for native code says so and ends with 1", {
  skip: process.versions.bun === undefined ? false : "Bun has no permissions",
}, () => {
  const { code, out } = runRuntime(["run", "--no-prompt", MAIN, "doctor"]);
  assertEquals(code, 1);
  assertMatch(out, / FAILURE {2}native shim {2}.*\n +to do: run it with --allow-ffi\n/);
  assertMatch(out, /\nGuests cannot run here: 1 ok, 0 warnings, 1 failure\n$/);
});
