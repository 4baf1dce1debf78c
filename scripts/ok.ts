// Everything a contributor runs, in one task: one line for each check, then the tests.
//
//   deno task ok [--no-tests]
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type Command, deno, ROOT, run, VERSIONS } from "./tools.ts";

interface Package {
  readonly version: string;
  readonly imports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
}

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const manifest = JSON.parse(read("deno.json")) as Package;
const script = (name: string, ...args: string[]): Command => [
  ...deno(),
  ...["run", "-A", `scripts/${name}.ts`, ...args],
];

const CHECKS: readonly (readonly [name: string, command: Command])[] = [
  ["deno install --frozen", [...deno(), "install", "--frozen"]],
  ["deno fmt --check", [...deno(), "fmt", "--check"]],
  ["deno lint", [...deno(), "lint"]],
  ["deno check", [...deno(), "check"]],
  ["tsc --noEmit", [...deno(), "run", "-A", "node_modules/typescript/bin/tsc", "--noEmit"]],
  ["deno doc --lint", [...deno(), "doc", "--lint", ...Object.values(manifest.exports)]],
  ["import matrix", script("imports")],
  ["publish --dry-run", script("publish")],
  ["shim --check", script("shim", "--check")],
  ["workers --check", script("workers", "--check")],
  ["guests --check", script("guests", "--check")],
  ["schema --check", script("schema", "--check")],
  ["behaviours --check", script("behaviours", "--check")],
];

let failed = 0;

function report(name: string, problem: string | undefined, began: number): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${problem === undefined ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (problem === undefined) return;
  console.log(problem.trim().replace(/^/gm, "       "));
  failed++;
}

/** Versions stand once in scripts/tools.ts; what cannot import them has to agree. */
function versions(): string | undefined {
  const problems: string[] = [];
  const { version, dependencies = {} } = JSON.parse(read("package.json")) as Package;
  for (const [name, range] of Object.entries(dependencies)) {
    if (manifest.imports?.[name] === `npm:${name}@${range}`) continue;
    problems.push(`package.json and deno.json differ in ${name}`);
  }
  if (version !== manifest.version) problems.push("package.json and deno.json differ in version");
  for (const file of [".ci/run", "package.json", "README.md", "CONTRIBUTING.md"]) {
    for (const [named, tool, version] of read(file).matchAll(/\b(deno|bun|cli)@(\d[\w.]*\w)/g)) {
      const known = tool === "cli" ? VERSIONS.zig : VERSIONS[tool as "deno" | "bun"];
      if (version !== known) problems.push(`${file} names ${named}, scripts/tools.ts ${known}`);
    }
  }
  return problems.length === 0 ? undefined : problems.join("\n");
}

for (const [name, command] of CHECKS) {
  const began = performance.now();
  const { code, output } = await run(command, { capture: true, env: { NO_COLOR: "1" } });
  report(name, code === 0 ? undefined : output || `ended with code ${code}`, began);
}
report("versions agree", versions(), performance.now());

if (process.argv.includes("--no-tests")) process.exitCode = failed === 0 ? 0 : 1;
else process.exitCode = (await run(script("test", `--failed=${failed}`))).code;
