// Measures the same work in C and in TypeScript, and in Hyperlight's own host, in Deno and in Bun.
//
//   deno task bench [--quick] [--json] [--runtime deno|bun] [--only NAME,...]
//
// Batches of both sides alternate within one run. The tables show the median of either side for one operation, the
// median of the pairs' ratios and the middle half of them, and for calls beside C how much of TypeScript's time is spent
// outside of KVM_RUN. The cases are in bench/cases.ts.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import type { Builds, Case } from "../bench/case.ts";
import { CASES } from "../bench/cases.ts";
import type { Effort, Measured } from "../bench/measure.ts";
import { type Overrun, OVERRUNS } from "../bench/overruns.ts";
import { buildHyperlightGuest, hyperlightToolchain } from "./hyperlight_guests.ts";
import { buildFastGuest, buildPeer } from "./peer.ts";
import { table } from "./table.ts";
import { bun, type Command, deno, install, ROOT, run, succeed, VERSIONS, zig } from "./tools.ts";

const RUNTIMES: Readonly<Record<string, () => Command>> = {
  deno: () => [...deno(), "run", "--no-check", "-A"],
  bun: () => [...bun()],
};

/** What one runtime measured. */
interface RuntimeReport {
  readonly runtime: string;
  readonly version: string;
  readonly cases: readonly Measured[];
  /** How long calls ran over their deadlines. */
  readonly overruns: readonly Overrun[];
}

const NAMES = [...CASES, ...OVERRUNS].map(({ name }) => name);

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    runtime: { type: "string", multiple: true, default: Object.keys(RUNTIMES) },
    only: { type: "string", multiple: true, default: NAMES },
  },
});
const runtimes = chosen("runtime", options.runtime, Object.keys(RUNTIMES));
const names = chosen("only", options.only, NAMES);
const effort: Effort = options.quick
  ? { pairs: 25, seconds: 5, warmUp: 1000 }
  : { pairs: 301, seconds: 30, warmUp: 4000 };

const folder = await mkdtemp(join(tmpdir(), "vmlet-bench-"));
try {
  await succeed(install());
  const wanted = CASES.filter(({ name }) => names.includes(name));
  const builds = await build(wanted, folder);
  const cases = wanted.filter(({ needs }) => needs.every((it) => builds[it] !== undefined));
  const reports: RuntimeReport[] = [];
  for (const runtime of runtimes) reports.push(await measureIn(runtime, cases, builds));
  if (options.json) {
    const machine = { kernel: release(), cpu: cpus()[0]?.model ?? "unknown" };
    const run = { ...machine, zig: VERSIONS.zig, quick: options.quick, runtimes: reports };
    console.log(JSON.stringify(run, null, 2));
  } else {
    for (const line of tables(reports)) console.log(line);
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

/** Builds what the cases need, as far as that is possible here, and says what is left out. */
async function build(cases: readonly Case[], folder: string): Promise<Partial<Builds>> {
  const needed = new Set(cases.flatMap(({ needs }) => needs));
  const builds: { -readonly [K in keyof Builds]?: Builds[K] } = {};
  if (needed.has("floor")) builds.floor = await buildFloor(folder);
  if (!needed.has("peer")) return builds;
  console.error("Building Hyperlight's own host, which takes half a minute the first time");
  builds.peer = await buildPeer();
  if (builds.peer === undefined) {
    leftOut("Hyperlight's own host", "cargo is not there (https://rustup.rs has it)");
    return builds;
  }
  builds.fastGuest = await buildFastGuest(folder);
  if (!needed.has("rustGuest")) return builds;
  const missing = hyperlightToolchain();
  if (missing === undefined) builds.rustGuest = await buildHyperlightGuest();
  else leftOut("Hyperlight's own host with a guest in Rust", missing);
  return builds;
}

function leftOut(what: string, why: string): void {
  console.error(`The comparison with ${what} is left out: ${why}`);
}

async function buildFloor(folder: string): Promise<string> {
  const path = join(folder, "floor");
  const flags = ["-O2", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-fno-sanitize=undefined"];
  const target = ["-target", "x86_64-linux-musl", "-static"];
  const source = join(ROOT, "bench", "floor.c");
  await succeed(run([...zig(), "cc", ...flags, ...target, "-o", path, source], { capture: true }));
  return path;
}

async function measureIn(
  runtime: string,
  cases: readonly Case[],
  builds: Partial<Builds>,
): Promise<RuntimeReport> {
  const program = RUNTIMES[runtime]?.() as Command;
  const version = await succeed(run([program[0], "--version"], { capture: true }));
  const measureAll = async <T>(names: readonly string[]): Promise<T[]> => {
    const measured: T[] = [];
    for (const name of names) {
      console.error(`Measuring in ${runtime}: ${name}`);
      measured.push(await measureCase<T>(program, name, builds));
    }
    return measured;
  };
  return {
    runtime,
    version: /\d+\.\d+\.\d+/.exec(version)?.[0] ?? "",
    cases: await measureAll(cases.map(({ name }) => name)),
    overruns: await measureAll(OVERRUNS.map(({ name }) => name).filter((it) => names.includes(it))),
  };
}

/** In a process of its own: what a compiler learned from another case, and the CPU of that one, count for nothing. */
async function measureCase<T>(
  program: Command,
  name: string,
  builds: Partial<Builds>,
): Promise<T> {
  const main = join(ROOT, "bench", "main.ts");
  const command: Command = [...program, main, JSON.stringify(builds), JSON.stringify(effort), name];
  const output = await succeed(run(command, { capture: true, env: { NO_COLOR: "1" } }));
  const line = output.split("\n").find((line) => line.startsWith("{"));
  return JSON.parse(line ?? "null") as T;
}

/** A table for each program that vmlet is compared with, and one of deadlines. */
function tables(reports: readonly RuntimeReport[]): string[] {
  const rows = (against: Case["against"]) =>
    reports.flatMap(({ runtime, version, cases }) =>
      cases.filter((it) => it.against === against)
        .map((it) => [it.name, `${runtime} ${version}`, ...columns(it)])
    );
  return [
    `Linux ${release()}, ${cpus()[0]?.model ?? "unknown CPU"}`,
    ...table(
      ["", "", "C", "TypeScript", "ratio", "middle half", "outside KVM_RUN", "C, copying all"],
      rows("C"),
    ),
    ...table(["", "", "Rust", "vmlet", "ratio", "middle half"], rows("Rust")),
    ...table(
      ["after a deadline", "", "median", "p99", "longest", "a loop's median", "its p99", "calls"],
      reports.flatMap(({ runtime, version, overruns }) =>
        overruns.map(({ name, median, p99, longest, loop, calls }) => {
          const times = [median, p99, longest, loop.median, loop.p99].map(microseconds);
          return [name, `${runtime} ${version}`, ...times, String(calls)];
        })
      ),
    ),
  ];
}

function columns(it: Measured): string[] {
  const amount = it.unit === "bytes" ? kibibytes : microseconds;
  return [
    amount(it.reference),
    amount(it.typescript),
    it.ratio.toFixed(3),
    it.spread.map((ratio) => ratio.toFixed(3)).join(" to "),
    it.typescriptOutside === undefined ? "" : microseconds(it.typescriptOutside),
    it.simple === undefined ? "" : microseconds(it.simple),
  ];
}

function microseconds(nanoseconds: number): string {
  return `${(nanoseconds / 1000).toFixed(2)} us`;
}

function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
