/**
 * Breaks features one by one, in a copy of the project, and sees the tests of their rows in docs/behaviours.md fail.
 *
 *     deno task behaviours:break [ROW…]
 *
 * Fails where a row's tests pass although its feature is broken, or fail although it is not.
 */

import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { deno, ROOT, run } from "./tools.ts";

/** A feature that is broken: what stands once in a file of the sources, and what stands there instead. */
interface Break {
  readonly row: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const LAYOUT = "src/guest/hyperlight.ts";
const WIRE = "src/guest/wire.ts";
const MACHINE = "src/sandbox/machine.ts";
const SANDBOX = "src/sandbox/sandbox.ts";
const OUTPUT = "src/sandbox/guest_output.ts";
const DRIVER = "src/driver/driver.ts";
const REGIONS = "src/driver/regions.ts";
const MEMORY = "src/kvm/memory.ts";

const broken = (row: string, file: string, from: string, to: string): Break => ({
  row,
  file,
  from,
  to,
});

const BREAKS: readonly Break[] = [
  broken(
    "A1.2",
    LAYOUT,
    "HYPERLIGHT_MINIMUM_BUFFER = 8 * 1024",
    "HYPERLIGHT_MINIMUM_BUFFER = 4 * 1024",
  ),
  broken("A1.4", LAYOUT, "heap: 128 * 1024", "heap: 124 * 1024"),
  broken("A1.6", LAYOUT, "input: span(input, sizes.input)", "input: span(input, up(sizes.input))"),
  broken("A1.13", LAYOUT, "if (next > MEMORY_LIMIT)", "if (next > 2 * MEMORY_LIMIT)"),
  broken("A2.5", "src/guest/elf.ts", "if (type === R_X86_64_NONE) continue;", ""),
  broken("A2.7", MACHINE, "dispatch === 0n || dispatch >=", "dispatch >="),
  broken(
    "A2.10",
    LAYOUT,
    "Math.max(MINIMUM_DEFINITIONS, up(hostFunctions.length))",
    "MINIMUM_DEFINITIONS",
  ),
  broken(
    "A2.12",
    MEMORY,
    "mprotect(address, size, PROT_READ_WRITE)",
    "mprotect(start, reserved, PROT_READ_WRITE)",
  ),
  broken("A2.14", SANDBOX, "private readonly thread = UNSENDABLE;", ""),
  broken("A2.17", LAYOUT, "initData: span(init, initSize)", "initData: span(init, up(initSize))"),
  broken("A2.19", LAYOUT, "sizes.output, initSize]", "sizes.output]"),
  broken(
    "A3.8",
    WIRE,
    "`it returns ${found} instead of ${expected}`",
    "`it does not return ${expected}`",
  ),
  broken(
    "A3.13",
    "src/guest/template.ts",
    "view.setFloat64(at, value as number, true)",
    "view.setFloat64(at, (value as number) + 0, true)",
  ),
  broken("A4.1", OUTPUT, "return new TextEncoder().encode(text).length;", "return text.length;"),
  broken("A4.5", MACHINE, "last && message.includes(last.told)", "last"),
  broken("A4.6", MACHINE, "if (result !== definition.result) {", "if (!result) {"),
  broken(
    "A5.9",
    "src/driver/interrupt_handle.ts",
    "native().kill(this.#index, this.#generation)",
    "native().kill(this.#index, native().cellEpoch(this.#index))",
  ),
  broken("A6.3", SANDBOX, 'this.#checkPoison("take a snapshot");', ""),
  broken("A7.4", MACHINE, "ABORT_LIMIT = 1024", "ABORT_LIMIT = 1023"),
  broken(
    "A7.9",
    LAYOUT,
    'add("heap", sizes.heap, all, CODE)',
    'add("heap", sizes.heap, all, USER_DATA)',
  ),
  broken(
    "A7.10",
    LAYOUT,
    'add("stack guard", PAGE, { stackGuard: true }, USER_DATA)',
    'add("stack guard", PAGE, data, USER_DATA)',
  ),
  broken(
    "A7.14",
    DRIVER,
    ": memoryAccess(exit, exit.region,",
    ": memoryAccess({ ...exit, address: BigInt(exit.region.guestAddress) }, exit.region,",
  ),
  broken("A7.19", MACHINE, "if (!report || Number(report[1]) !== vector)", "if (!report)"),
  broken(
    "A8.2",
    SANDBOX,
    "if (!this.#current || this.#current.closed) {",
    "if (this.#current !== null) {",
  ),
  broken("A8.6", MACHINE, "if (!wanted.includes(region)) this.unmapRegion(region);", ""),
  broken(
    "A9.4",
    REGIONS,
    "[this.#sorted[index - 1], this.#sorted[index]]",
    "[this.#sorted[index - 1]]",
  ),
  broken("A9.7", MEMORY, "shim.open(cPath, O_CLOEXEC, 0)", "shim.open(cPath, O_CLOEXEC | 2, 0)"),
  broken("A10.1", MACHINE, "logLevel: this.#said.levelNumber,", "logLevel: 5,"),
  broken(
    "A10.3",
    OUTPUT,
    '"error", "error", "trace"] as const',
    '"error", "warn", "trace"] as const',
  ),
  broken(
    "A10.4",
    WIRE,
    'caller: message.string(root, 3, "its caller")',
    'caller: message.string(root, 4, "its caller")',
  ),
];

/** What of the project the tests need, besides its packages. */
const COPIED = ["src", "tests", "scripts", "guest", "bench", "examples", "schema", "links", "shim"];
const FILES = ["mod.ts", "deno.json", "deno.lock", "package.json", "LICENSE"];

/** A minute for each file of tests, which take seconds. */
const TIMEOUT = 60_000;

async function copyProject(folder: string): Promise<void> {
  for (const name of [...COPIED, ...FILES]) {
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
}

/** The files that have tests of each row. */
async function filesOfRows(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const name of await readdir(join(ROOT, "tests"))) {
    if (!name.endsWith("_test.ts")) continue;
    const source = await readFile(join(ROOT, "tests", name), "utf8");
    for (const row of new Set(source.match(/(?<=["`])A\d+\.\d+(?= )/g))) {
      found.set(row, [...found.get(row) ?? [], `tests/${name}`]);
    }
  }
  return found;
}

/** Whether the tests of a row pass. */
async function passes(folder: string, row: string, files: readonly string[]): Promise<boolean> {
  const filter = `/^${row.replace(".", "\\.")} /`;
  const flags = ["--no-check", "-q", "-A", "--v8-flags=--expose-gc", "--filter", filter];
  const { code } = await run([...deno(), "test", ...flags, ...files], {
    cwd: folder,
    capture: true,
    timeout: TIMEOUT,
    env: { VMLET_REQUIRE_KVM: "1", VMLET_REQUIRE_HYPERLIGHT: "1" },
  });
  return code === 0;
}

async function main(wanted: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "vmlet-broken-"));
  let wrong = 0;
  try {
    await copyProject(folder);
    const files = await filesOfRows();
    for (const { row, file, from, to } of BREAKS) {
      if (wanted.length > 0 && !wanted.includes(row)) continue;
      const tests = files.get(row) ?? [];
      const path = join(folder, file);
      const source = await readFile(path, "utf8");
      if (source.split(from).length !== 2) throw new Error(`${file} has not once: ${from}`);
      const whole = await passes(folder, row, tests);
      await writeFile(path, source.replace(from, () => to));
      const without = await passes(folder, row, tests);
      await writeFile(path, source);
      const isRight = whole && !without;
      if (!isRight) wrong++;
      const said = isRight ? "fails" : whole ? "PASSES" : "FAILS ALREADY";
      console.log(`${row.padEnd(6)} ${said} with ${to || "nothing"} in place of ${from}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  console.log(wrong === 0 ? "each row noticed" : `${wrong} rows did not notice`);
  return wrong === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
