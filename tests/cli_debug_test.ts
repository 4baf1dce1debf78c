// vmlet debug, and docs/debugging.md as it stands: its file, its commands, and what gdb then says.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { ROOT } from "../scripts/tools.ts";
import { BUILD, Folder, isDeno, RUN, useZig, vmlet } from "./support/cli.ts";
import { GdbRun, needsGdb } from "./support/gdb.ts";

useZig();

const PAGE = readFileSync(join(ROOT, "docs/debugging.md"), "utf8");

/** The text of the code block with these words behind its fence. */
function block(words: string): string {
  const found = PAGE.split("```" + words + "\n")[1]?.split("```")[0];
  assert(found !== undefined, `docs/debugging.md has no block ${words}`);
  return found;
}

/** Starts `vmlet debug` and gives its output, once it has ended, and where gdb can attach, before. */
function debugged(...args: string[]) {
  const main = join(ROOT, "src/cli/main.ts");
  const runtime = isDeno ? ["run", "--no-prompt", "--quiet", ...RUN, "--allow-net=127.0.0.1"] : [];
  const child = spawn("sh", [
    "-c",
    'exec "$VMLET_RUNTIME" "$@"',
    "sh",
    ...runtime,
    main,
    "debug",
    ...args,
  ], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", VMLET_RUNTIME: process.execPath },
  });
  let [out, error] = ["", ""];
  const address = Promise.withResolvers<string>();
  child.stdout.on("data", (bytes: Uint8Array) => out += new TextDecoder().decode(bytes));
  child.stderr.on("data", (bytes: Uint8Array) => {
    error += new TextDecoder().decode(bytes);
    const [, target] = /target remote ([^"]+)"/.exec(error) ?? [];
    if (target !== undefined) address.resolve(target);
  });
  const ended = new Promise<{ code: number | null; out: string; error: string }>((resolve) => {
    child.on("close", (code) => {
      address.reject(new Error(`vmlet debug ended: ${error}`));
      resolve({ code, out, error });
    });
  });
  return { target: address.promise, ended };
}

test(
  "docs/debugging.md leads to a breakpoint and a changed variable",
  { skip: needsGdb },
  async () => {
    using folder = new Folder({ "squares.c": block("c squares.c") });
    const [build = "", start = ""] = block("sh").split("\n");
    const inFolder = (line: string) =>
      line.split(" ").slice(2).map((arg) => /^squares\./.test(arg) ? folder.at(arg) : arg);
    assertEquals(vmlet(BUILD, "build", ...inFolder(build)).code, 0);
    const args = inFolder(start);
    assertEquals(args.slice(0, 2), ["--port", "1234"]);
    const { target, ended } = debugged("--port", "0", ...args.slice(2));
    const commands = block("gdb").trim().split("\n");
    const run = new GdbRun(folder.at("squares.elf"), [
      `target remote ${await target}`,
      ...commands,
    ]);
    const output = await run.output();
    const { code, out, error } = await ended;
    assertMatch(
      output,
      /Breakpoint 1, square \(number=1\)[^]*\$1 = 1\n[^]*squares \(count=3\)[^]*\$2 = 10\n/,
    );
    assertEquals([code, out], [0, "113\n"], error);
    assertStringIncludes(PAGE, "prints 113");
  },
);

test("vmlet debug refuses command lines that make no sense", () => {
  const run = (...args: string[]) => vmlet(RUN, "debug", ...args);
  for (
    const [args, message] of [
      [[], "vmlet debug needs a guest's file"],
      [["a.elf"], "vmlet debug needs a function's name"],
      [["--port", "x", "a.elf", "f"], "--port x is no port"],
      [["--port=65536", "a.elf", "f"], "--port 65536 is no port"],
      [["--port", "1", "--path", "s", "a.elf", "f"], "not both"],
      [["--path", "", "a.elf", "f"], "--path needs"],
      [["--fast", "a.elf", "f"], "Unknown option --fast"],
    ] as const
  ) {
    const { code, error } = run(...args);
    assertEquals(code, 2, error);
    assertStringIncludes(error, message);
  }
  const help = run("--help");
  assertEquals(help.code, 0);
  assertStringIncludes(help.out, "vmlet debug [--port N | --path SOCKET] GUEST FUNCTION");
});
