// Measures the same work in C and in TypeScript, in Deno and in Bun.
//
//   deno task bench [--quick] [--json] [--runtime deno|bun] [--only NAME,...]
//
// Batches of both sides alternate within one run. The table shows the median of either side for one
// operation, the median of the pairs' ratios and the middle half of them, and for calls how much of
// TypeScript's time is spent outside of KVM_RUN. The cases are in bench/cases.ts.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { CASES } from "../bench/cases.ts";
import type { RuntimeReport } from "../bench/main.ts";
import type { Measured } from "../bench/measure.ts";
import { bun, type Command, deno, install, ROOT, run, VERSIONS, zig } from "./tools.ts";

const RUNTIMES: Readonly<Record<string, () => Command>> = {
  deno: () => [...deno(), "run", "--no-check", "-A"],
  bun: () => [...bun()],
};

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    runtime: { type: "string", multiple: true, default: Object.keys(RUNTIMES) },
    only: { type: "string", multiple: true, default: CASES.map(({ name }) => name) },
  },
});
const runtimes = chosen("runtime", options.runtime, Object.keys(RUNTIMES));
const names = chosen("only", options.only, CASES.map(({ name }) => name));

const folder = await mkdtemp(join(tmpdir(), "vmlet-bench-"));
try {
  await succeed(install());
  const floor = await buildFloor(folder);
  const reports: RuntimeReport[] = [];
  for (const runtime of runtimes) reports.push(await measureIn(runtime, floor));
  if (options.json) {
    const machine = { kernel: release(), cpu: cpus()[0]?.model ?? "unknown" };
    const run = { ...machine, zig: VERSIONS.zig, quick: options.quick, runtimes: reports };
    console.log(JSON.stringify(run, null, 2));
  } else {
    for (const line of table(reports)) console.log(line);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}

/** The values of an option, which may be separated by commas too. */
function chosen(option: string, values: readonly string[], known: readonly string[]): string[] {
  const list = values.flatMap((value) => value.split(","));
  const wrong = list.find((value) => !known.includes(value));
  if (wrong === undefined) return list;
  console.error(`--${option} knows no ${wrong}, only ${known.join(", ")}`);
  process.exit(2);
}

/** What a program printed; if it fails, that is the end. */
async function succeed(program: ReturnType<typeof run>): Promise<string> {
  const { code, output } = await program;
  if (code === 0) return output;
  throw new Error(`Cannot measure: a program ended with code ${code}\n${output}`);
}

async function buildFloor(folder: string): Promise<string> {
  const path = join(folder, "floor");
  const flags = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fno-sanitize=undefined"];
  const target = ["-target", "x86_64-linux-musl", "-static"];
  const source = join(ROOT, "bench", "floor.c");
  await succeed(run([...zig(), "cc", ...flags, ...target, "-o", path, source], { capture: true }));
  return path;
}

async function measureIn(runtime: string, floor: string): Promise<RuntimeReport> {
  const program = RUNTIMES[runtime]?.() as Command;
  const main = join(ROOT, "bench", "main.ts");
  const mode = options.quick ? "quick" : "full";
  console.error(`Measuring in ${runtime}: ${names.join(", ")}`);
  const command: Command = [...program, main, floor, mode, ...names];
  const output = await succeed(run(command, { capture: true, env: { NO_COLOR: "1" } }));
  const line = output.split("\n").find((line) => line.startsWith("{"));
  return JSON.parse(line ?? "null") as RuntimeReport;
}

function table(reports: readonly RuntimeReport[]): string[] {
  const head = ["", "", "C", "TypeScript", "ratio", "middle half", "outside KVM_RUN"];
  const rows = reports.flatMap(({ runtime, version, cases }) =>
    cases.map((it) => [it.name, `${runtime} ${version}`, ...columns(it)])
  );
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))
      .join("  ").trimEnd();
  return [
    `Linux ${release()}, ${cpus()[0]?.model ?? "unknown CPU"}`,
    "",
    ...[head, ...rows].map(line),
  ];
}

function columns(it: Measured): string[] {
  return [
    microseconds(it.floor),
    microseconds(it.typescript),
    it.ratio.toFixed(3),
    it.spread.map((ratio) => ratio.toFixed(3)).join(" to "),
    it.typescriptOutside === undefined ? "" : microseconds(it.typescriptOutside),
  ];
}

function microseconds(nanoseconds: number): string {
  return `${(nanoseconds / 1000).toFixed(2)} us`;
}
