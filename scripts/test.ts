// Runs tests/*_test.ts in Deno and in Bun, and ends with one counted line for both.
//
//   deno task test [--deno | --bun] [--failed=N] [part of a file name...] [-- runner's arguments...]
//
// --failed=N counts N failures that came before, such as those of the checks in .ci/run.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { bun, type Command, deno, install, ROOT, run } from "./tools.ts";

/** A file that takes so many milliseconds hangs; its process is killed. */
const TIMEOUT = 10 * 60_000;

interface Case {
  readonly line: number;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

interface Runtime {
  readonly name: string;
  readonly program: () => Command;
  readonly args: (file: string, junit: string) => readonly string[];
}

const RUNTIMES: readonly Runtime[] = [
  {
    name: "deno",
    program: deno,
    args: (file, junit) => [
      ...["test", "--no-check", "-A", "--v8-flags=--expose-gc"],
      ...["--reporter=dot", `--junit-path=${junit}`, file],
    ],
  },
  {
    name: "bun",
    program: bun,
    args: (file, junit) => [
      ...["test", "--timeout=120000", "--only-failures"],
      ...["--reporter=junit", `--reporter-outfile=${junit}`, `./${file}`],
    ],
  },
];

/**
 * Runs one file in one runtime, prints what there is to say, and counts.
 *
 * Each file has a process of its own: a crash or a hang then costs that file alone, and no file
 * meets the signal handlers, threads and descriptors of another.
 */
async function runFile(
  { name, args }: Runtime,
  program: Command,
  file: string,
  rest: readonly string[],
): Promise<Counts> {
  const scratch = mkdtempSync(join(tmpdir(), "vmlet-test-"));
  try {
    const junit = join(scratch, "junit.xml");
    const reasons = join(scratch, "reasons");
    const began = performance.now();
    const { code, output } = await run([...program, ...args(file, junit), ...rest], {
      capture: true,
      timeout: TIMEOUT,
      env: { VMLET_SKIP_REASONS: reasons, NO_COLOR: "1" },
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const cases = existsSync(junit) ? readCases(readFileSync(junit, "utf8")) : [];
    const passed = cases.filter(({ outcome }) => outcome === "passed");
    const skipped = cases.filter(({ outcome }) => outcome === "skipped");
    const failed = cases.filter(({ outcome }) => outcome === "failed").map((test) => test.name);
    if (failed.length === 0 && (cases.length === 0 || code !== 0)) {
      failed.push(`the runner ended with code ${code} after ${cases.length} tests`);
    }

    if (failed.length > 0) console.log(`\n${output.trim()}\n`);
    const counts = { passed: passed.length, failed: failed.length, skipped: skipped.length };
    console.log(`${name} ${file}: ${inWords(counts)} (${seconds} s)`);
    for (const test of failed) console.log(`  failed: ${test}`);
    const known = readReasons(reasons);
    for (const test of skipped) {
      console.log(`  skipped: ${test.name}: ${reasonOf(file, test.line, known)}`);
    }
    return counts;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** The test cases of a JUnit file; those that a runner announced but never ran have failed. */
function readCases(xml: string): Case[] {
  return Array.from(xml.matchAll(/<testcase ([^>]*?)(?:\/>|>([^]*?)<\/testcase>)/g), (match) => {
    const [, head = "", body = ""] = match;
    const attribute = (name: string) => unescape(head.match(`\\b${name}="([^"]*)"`)?.[1] ?? "");
    const skipped = body.includes("<skipped");
    const failed = /<(failure|error)\b/.test(body) || (!skipped && !/\btime="/.test(head));
    return {
      line: Number(attribute("line")),
      name: attribute("name"),
      outcome: failed ? "failed" : skipped ? "skipped" : "passed",
    };
  });
}

function unescape(text: string): string {
  const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
  return text.replace(
    /&(?:#(\d+)|(\w+));/g,
    (all, code?: string, name?: string) =>
      code ? String.fromCodePoint(Number(code)) : named[name ?? ""] ?? all,
  );
}

/** What the conditions of tests/support/skip.ts stood for in this run. */
function readReasons(path: string): Map<string, string> {
  const lines = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  return new Map(lines.map((line) => JSON.parse(line) as [string, string]));
}

/** Why a test was skipped: the `skip` at its call, as a string or as a condition's name. */
function reasonOf(file: string, line: number, known: ReadonlyMap<string, string>): string {
  const source = readFileSync(join(ROOT, file), "utf8").split("\n").slice(line - 1).join("\n");
  const skip = source.match(/\bskip:\s*((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^,}"`])+)/)?.[1]?.trim();
  if (skip === undefined) return "no reason found at the test";
  const literal = skip.match(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/);
  return literal?.[1] ?? literal?.[2] ?? known.get(skip) ?? skip;
}

const args = process.argv.slice(2);
const rest = args.includes("--") ? args.splice(args.indexOf("--")).slice(1) : [];
const flags = args.filter((arg) => arg.startsWith("--"));
const parts = args.filter((arg) => !arg.startsWith("--"));
const total: Counts = { passed: 0, failed: 0, skipped: 0 };
let runtimes = RUNTIMES;
for (const flag of flags) {
  const chosen = RUNTIMES.filter(({ name }) => flag === `--${name}`);
  if (chosen.length > 0) runtimes = chosen;
  else if (/^--failed=\d+$/.test(flag)) total.failed += Number(flag.slice("--failed=".length));
  else throw new Error(`Unknown flag ${flag}: the runner's own come after --`);
}
const files = readdirSync(join(ROOT, "tests"))
  .filter((name) => name.endsWith("_test.ts"))
  .filter((name) => parts.length === 0 || parts.some((part) => `tests/${name}`.includes(part)))
  .map((name) => `tests/${name}`).sort();

const installed = await install();
if (installed.code !== 0) {
  console.log(installed.output);
  total.failed++;
} else if (files.length === 0) {
  console.log(`No test file's name contains ${parts.join(" or ")}`);
  total.failed++;
} else {
  for (const runtime of runtimes) {
    const program = runtime.program();
    for (const file of files) {
      const counts = await runFile(runtime, program, file, rest);
      for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
    }
  }
}
console.log(inWords(total));
process.exitCode = total.failed === 0 ? 0 : 1;
