// examples/hyperlight, run as its files say: with the guest that they build, and with one that is named. And the program
// of docs/hyperlight.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { ROOT } from "../scripts/tools.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { Folder, isDeno, useZig } from "./support/cli.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
useZig();

const folder = new Folder();
process.on("exit", () => folder[Symbol.dispose]());

/** What an example prints, with the guest built before. */
async function outputOf(name: string): Promise<string> {
  const guest = folder.at("guest.elf");
  writeFileSync(guest, await buildRing0Guest("examples/hyperlight/guest.c"));
  return example(name, guest);
}

function example(name: string, ...args: string[]): string {
  return outputOfFile(join(ROOT, `examples/hyperlight/${name}.ts`), ...args);
}

function outputOfFile(path: string, ...args: string[]): string {
  const finished = runRuntime([...(isDeno ? ["run", "-A", "--quiet"] : []), path, ...args]);
  assertEquals([finished.error, finished.code], ["", 0]);
  return finished.out;
}

test("examples/hyperlight/hello_world.ts prints from inside of a VM", { skip }, () => {
  // Builds its own guest, as all of them do where none is named.
  assertEquals(example("hello_world"), "Hello, World! I am executing inside of a VM :)\n");
});

test("examples/hyperlight/func_ctx.ts has functions that keep something", { skip }, async () => {
  assertEquals(
    await outputOf("func_ctx"),
    `got Echo res: hello
got CallMalloc res: 200
got Add res: 42, 42
got PrintOutput res: 1, 2
the host has 42 and 42, and one and two
`,
  );
});

test("examples/hyperlight/logging.ts prints records down to the level", { skip }, async () => {
  assertEquals(
    await outputOf("logging"),
    `--- up to level warn
error [guest] a record of error
warning [guest] a record of warn
ERR_DEADLINE: the sandbox is poisoned
--- up to level trace
error [guest] a record of error
warning [guest] a record of warn
info [guest] a record of info
debug [guest] a record of debug
trace [guest] a record of trace
ERR_DEADLINE: the sandbox is poisoned
`,
  );
});

test("examples/hyperlight/map_file.ts shows the guest a file", { skip }, async () => {
  assertMatch(
    await outputOf("map_file"),
    /^12288 bytes at 0x100000000\nApache License\n +Vers\n0 regions are mapped\n$/,
  );
});

test("examples/hyperlight/guest_debugging.ts says what is known of crashes", { skip }, async () => {
  const number = "0x[\\da-f]+";
  const restored = "  restored: all is well\n";
  assertMatch(
    await outputOf("guest_debugging"),
    new RegExp(
      `^ERR_GUEST_EXCEPTION: Guest crashed: InvalidOpcode at .*\n  instruction ${number}\n` +
        `  exception vector 6\n  the guest's code 15\n${restored}` +
        `ERR_STACK_OVERFLOW: .*\n  instruction ${number}\n  address ${number} \n${restored}` +
        `ERR_GUEST_ABORTED: Guest aborted with code 42: Oh no\n  the guest's code 42\n${restored}$`,
    ),
  );
});

test("examples/hyperlight/metrics.ts counts calls, errors and exits", { skip }, async () => {
  const lines = (await outputOf("metrics")).split("\n");
  for (
    const line of [
      "vmlet.create.duration 3",
      "vmlet.call.duration 3 vmlet.function=Echo",
      "vmlet.call.duration 3 error.type=ERR_DEADLINE vmlet.function=Spin",
      "vmlet.restore.duration 6",
      "vmlet.errors 3 error.type=ERR_GUEST_ABORTED vmlet.function=GuestAbortWithMessage",
      "vmlet.cancellations 3 error.type=ERR_DEADLINE vmlet.function=Spin",
      "vmlet.exits 3 vmlet.exit.reason=KVM_EXIT_HLT vmlet.function=Echo",
      "vmlet.sandboxes 0",
    ]
  ) assert(lines.includes(line), `${line} is not in ${lines.join("\n")}`);
});

test("examples/hyperlight/tracing.ts prints spans, one inside of another", { skip }, async () => {
  const lines = (await outputOf("tracing")).trimEnd().split("\n");
  assertEquals(lines.map((it) => it.replace(/ \(Guest crashed: .*\)$/, " (crash)")), [
    "create sandbox > initialise guest",
    "the program > create sandbox",
    "call Add > import HostAdd",
    "the program > call Add",
    "call Add > import HostAdd",
    "the program > call Add",
    "the program > call TriggerException (crash)",
    "the program > restore sandbox",
    " > the program",
  ]);
});

test("docs/hyperlight.md has a program that prints what the page says", { skip }, async () => {
  const page = readFileSync(join(ROOT, "docs/hyperlight.md"), "utf8");
  const block = (words: string) => page.split(`\`\`\`${words}\n`)[1]?.split("```")[0];
  const program = block("ts hyperlight.ts");
  const printed = block("text");
  assert(program !== undefined && printed !== undefined);
  const { imports } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  using own = new Folder({
    "deno.json": JSON.stringify({ imports }),
    "guest.elf": await buildRing0Guest("examples/hyperlight/guest.c"),
    "hyperlight.ts": program
      .replace('"@vmlet/vmlet"', JSON.stringify(join(ROOT, "mod.ts")))
      .replace('"guest.elf"', 'new URL("guest.elf", import.meta.url)'),
  });
  const out = outputOfFile(own.at("hyperlight.ts"));
  assertEquals(out.replace(/0x[\da-f]+/, "0x…"), printed);
});
