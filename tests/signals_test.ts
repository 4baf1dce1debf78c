/** Signals that are not ours: Ctrl-C ends the process as a person expects, and profilers go on. */

import { test } from "node:test";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../scripts/tools.ts";
import { Folder, isDeno } from "./support/cli.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const GUEST = join(ROOT, "guest/examples/bench.elf");
const RUN = isDeno ? ["run", "-A", "--no-check", "--quiet"] : [];

/** Interrupts the program 100 ms after it called its guest: how it ended, and how long that took. */
async function interrupted(way: string, handles = "") {
  // By a shell, as tests/support/runtime.ts has it.
  const args = [...RUN, join(ROOT, "tests/support/sigint_program.ts"), GUEST, way, handles];
  const child = spawn("sh", ["-c", 'exec "$VMLET_RUNTIME" "$@"', "sh", ...args], {
    env: { ...process.env, NO_COLOR: "1", VMLET_RUNTIME: process.execPath },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = Promise.withResolvers<[code: number | null, signal: string | null]>();
  child.on("close", (code, signal) => ended.resolve([code, signal]));
  let output = "";
  let sent = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (sent > 0 || !output.includes("spins")) return;
    sent = performance.now() + 100;
    // Deno says of what child.kill() was used on that it ended by that, however it did.
    setTimeout(() => process.kill(child.pid as number, "SIGINT"), 100);
  });
  const [code, signal] = await ended.promise;
  return { code, signal, output, took: performance.now() - sent };
}

for (const way of ["sync", "async"]) {
  test(
    `SIGINT during a call (${way}) ends a process that does not handle it`,
    { skip },
    async () => {
      const { code, signal, output, took } = await interrupted(way);
      assertEquals([code, signal, output], [null, "SIGINT", "spins\n"]);
      // The guest itself would go on for three seconds.
      assert(took < 2000, `${took} ms`);
    },
  );
}

test("SIGINT that a program handles is heard during an asynchronous call", { skip }, async () => {
  const { code, output, took } = await interrupted("async", "handle");
  assertEquals([code, output], [0, "spins\nhandled\nERR_CANCELLED\n"]);
  assert(took < 2000, `${took} ms`);
});

test("SIGINT that a program handles is heard after a synchronous call", { skip }, async () => {
  const { code, output } = await interrupted("sync", "handle");
  assertEquals([code, output], [0, "spins\nERR_DEADLINE\nhandled\n"]);
});

test("The runtime's CPU profiler goes on while guests run", { skip }, () => {
  using folder = new Folder();
  const profile = ["--cpu-prof", `--cpu-prof-dir=${folder.path}`];
  const args = isDeno ? ["run", ...profile, ...RUN.slice(1)] : profile;
  const { code, out, error } = runRuntime([
    ...args,
    join(ROOT, "tests/support/async_program.ts"),
    GUEST,
  ]);
  assertEquals([code, out], [0, "23 42\nERR_DEADLINE\n"], error);
  const [name = ""] = readdirSync(folder.path).filter((it) => it.endsWith(".cpuprofile"));
  const { samples } = JSON.parse(readFileSync(folder.at(name), "utf8"));
  assert(samples.length > 0);
});
