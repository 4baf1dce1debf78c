// docs/getting-started.md, run as it stands: its files and commands, in an empty folder, in the runtime under test.
import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assertEquals, assertMatch } from "@std/assert";
import { ROOT } from "../scripts/tools.ts";
import { Folder, isDeno, useZig } from "./support/cli.ts";
import { needsKvm } from "./support/skip.ts";

useZig();

const PAGE = readFileSync(join(ROOT, "docs/getting-started.md"), "utf8");
const RUNTIME = isDeno ? "deno" : "bun";

/** The text of the code block with these words behind its fence. */
function block(words: string): string {
  const found = PAGE.split("```" + words + "\n")[1]?.split("```")[0];
  if (found === undefined) throw new Error(`docs/getting-started.md has no block ${words}`);
  return found;
}

/** Runs commands in a folder as the page's reader would: both names on PATH, and where the checkout is. */
function inFolder(folder: Folder, commands: string): string {
  using bin = new Folder();
  symlinkSync(process.execPath, bin.at(RUNTIME));
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", commands], {
    cwd: folder.path,
    encoding: "utf8",
    env: {
      ...process.env,
      NO_COLOR: "1",
      VMLET: ROOT.replace(/\/$/, ""),
      PATH: `${bin.path}:${process.env.PATH}`,
    },
  });
  assertEquals(status, 0, stderr);
  return stdout;
}

/** The commands that make the page's program run. */
const COMMANDS = block(`sh ${RUNTIME}`);

test("docs/getting-started.md needs three commands", () => {
  assertEquals(COMMANDS.trimEnd().split("\n").length, 3);
});

test("docs/getting-started.md prints what it says, in an empty folder", { skip: needsKvm }, () => {
  using folder = new Folder({ "adder.c": block("c adder.c"), "main.ts": block("ts main.ts") });
  const out = inFolder(folder, COMMANDS);
  assertEquals(out.split("\n").slice(-2).join("\n"), block("text"));
});

test("docs/getting-started.md calls a guest without a module", {
  skip: isDeno ? needsKvm : "these commands are Deno's",
}, () => {
  using folder = new Folder({ "adder.c": block("c adder.c") });
  const out = inFolder(folder, block("sh file"));
  assertMatch(out, /^42$/m);
  assertMatch(out, /^ {2}add\(i32, i32\) -> i32$/m);
});

test("docs/getting-started.md hands a guest a function", { skip: needsKvm }, () => {
  using folder = new Folder({
    "people.c": block("c people.c"),
    "people.ts": block("ts people.ts"),
  });
  const commands = COMMANDS.replaceAll("adder", "people").replaceAll("main.ts", "people.ts")
    .replaceAll("src/cli/people.ts", "src/cli/main.ts");
  const out = inFolder(folder, commands);
  assertEquals(out.split("\n").slice(-2), ["50n", ""]);
});
