// vmlet build, with the real compiler: guests of C and C++, what the compiler says, modules with guests in them.
import { chmodSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { spawnSync } from "node:child_process";
import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import ts from "typescript";
import { inspectGuest, Sandbox } from "../mod.ts";
import { ROOT, run, VERSIONS, zig } from "../scripts/tools.ts";
import { ToolError } from "../src/cli/command.ts";
import { guestModule } from "../src/cli/embed.ts";
import { openKit } from "../src/cli/kit.ts";
import { KIT_FILES } from "../src/cli/kit_files.ts";
import { ZIG_VERSION } from "../src/cli/zig.ts";
import { readElf } from "../src/guest/elf.ts";
import { BUILD, Folder, isDeno, useZig, vmlet } from "./support/cli.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsKvm } from "./support/skip.ts";

useZig();

const ADDER = `#include <vmlet.h>
VMLET_EXPORT(i32, add, (i32, a), (i32, b)) { return a + b; }
`;

const ASKER = `#include <vmlet.h>
VMLET_IMPORT(i64, ask, (string, question));
VMLET_EXPORT(i64, answer, (string, question), (bool, twice)) { return ask(question) * (twice ? 2 : 1); }
VMLET_EXPORT(void, __proto__) {}
VMLET_EXPORT_AS("of.its-own", i32, own) { return 7; }
`;

const build = (...args: string[]) => vmlet(BUILD, "build", ...args);

/** Builds what must succeed, and reads the guest. */
function built(folder: Folder, ...args: string[]): Uint8Array<ArrayBuffer> {
  const { code, error } = build(...args, "-o", folder.at("guest.elf"));
  assertEquals([code, error], [0, ""]);
  return new Uint8Array(readFileSync(folder.at("guest.elf")));
}

test("vmlet build compiles C and says what the guest offers", async () => {
  using folder = new Folder({ "adder.c": ADDER });
  const target = folder.at("adder.elf");
  const { code, out, error } = build(folder.at("adder.c"), "-o", target);
  assertEquals([code, error], [0, ""]);
  const size = readFileSync(target).length;
  assertEquals(out, `${target}: a guest of ${size} bytes\n  export add(i32, i32) -> i32\n`);
  const { exports } = await inspectGuest(target);
  assertEquals({ ...exports }, { add: { parameters: ["i32", "i32"], result: "i32" } });
  assertEquals(readdirSync(folder.path).sort(), ["adder.c", "adder.elf"]);
});

test("vmlet build makes a guest that runs", { skip: needsKvm }, async () => {
  using folder = new Folder({ "adder.c": ADDER });
  using sandbox = await Sandbox.create({ guest: built(folder, folder.at("adder.c")) });
  assertEquals(sandbox.call("add", [40, 2]), 42);
});

test("vmlet build gives equal bytes for equal sources", () => {
  using one = new Folder({ "a.c": ADDER, "b.cc": "int unused() { return 1; }" });
  using other = new Folder({ "a.c": ADDER, "b.cc": "int unused() { return 1; }" });
  const bytes = (folder: Folder) => built(folder, folder.at("a.c"), folder.at("b.cc"));
  assertEquals(bytes(one), bytes(other));
});

test("vmlet build joins C and C++, constructors and the compiler's own arguments", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder({
    "seven.h": '#ifdef __cplusplus\nextern "C"\n#endif\nint seven(void);\n',
    "seven.c": '#include "seven.h"\nint seven(void) { return SEVEN; }\n',
    "twice.cc": `#include <vmlet.h>
#include "seven.h"
struct Counter { int value; Counter() : value(seven()) {} };
static Counter counter;
template <typename T> static T twice(T x) { return x + x; }
VMLET_EXPORT(i64, twice_and_more, (i64, x)) { return twice(x) + counter.value; }
`,
    "more.cpp": "#include <vmlet.h>\nVMLET_EXPORT(i32, more) { return SEVEN; }\n",
    "most.cxx": "#include <vmlet.h>\nVMLET_EXPORT(i32, most) { return SEVEN; }\n",
  });
  const sources = ["seven.c", "twice.cc", "more.cpp", "most.cxx"].map((name) => folder.at(name));
  const { code, error } = build(...sources, "-o", folder.at("g.elf"), "--", "-DSEVEN=7", "-O1");
  assertEquals([code, error], [0, ""]);
  using sandbox = await Sandbox.create({ guest: folder.at("g.elf") });
  assertEquals(sandbox.call("twice_and_more", [-5n]), -3n);
  assertEquals([sandbox.call("more", []), sandbox.call("most", [])], [7, 7]);
});

test("vmlet build -g keeps debug information, and nothing else does", () => {
  using folder = new Folder({ "adder.c": ADDER });
  const has = (bytes: Uint8Array) =>
    new TextDecoder("latin1").decode(bytes).includes(".debug_info");
  assertEquals(has(built(folder, folder.at("adder.c"))), false);
  assertEquals(has(built(folder, "-g", folder.at("adder.c"))), true);
});

test("vmlet build --ring0 makes a guest of Hyperlight's", () => {
  using folder = new Folder({
    "adder.c": ADDER,
    "more.cc": "double half(double x) { return x / 2; }",
  });
  const bytes = built(folder, "--ring0", folder.at("adder.c"), folder.at("more.cc"));
  const { notes, functions } = readElf(bytes, { base: 0x4000, limit: 2 ** 30 });
  assertEquals(Array.from(new Uint32Array(notes[0]?.content.slice().buffer ?? [])), [1, 0]);
  assertEquals([...functions?.exports.keys() ?? []], ["add"]);
});

test("vmlet build --ring0 makes a guest that runs here", { skip: needsKvm }, async () => {
  using folder = new Folder({ "adder.c": ADDER });
  const guest = built(folder, "--ring0", folder.at("adder.c"));
  using sandbox = await Sandbox.create({
    guest,
    exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
  });
  assertEquals(sandbox.exports.add(40, 2), 42);
});

test("vmlet build shows the compiler's errors and ends with its code", () => {
  for (const name of ["broken.c", "broken.cc"]) {
    using folder = new Folder({ [name]: `#include <vmlet.h>\nint f(void) { return missing; }\n` });
    const { code, out, error } = build(folder.at(name), "-o", folder.at("broken.elf"));
    assertEquals([code, out], [1, ""]);
    assertMatch(error, /broken\.cc?:2:\d+: error: use of undeclared identifier 'missing'/);
    assertEquals(existsSync(folder.at("broken.elf")), false);
  }
});

test("vmlet build shows the linker's errors", () => {
  using folder = new Folder({
    "open.c":
      "#include <vmlet.h>\nint missing(void);\nVMLET_EXPORT(i32, f) { return missing(); }\n",
  });
  const { code, out, error } = build(folder.at("open.c"), "-o", folder.at("open.elf"));
  assertEquals([code, out], [1, ""]);
  assertStringIncludes(error, "undefined symbol: missing");
});

test("vmlet build says that a guest offers nothing", () => {
  using folder = new Folder({ "nothing.c": "int f(void) { return 1; }\n" });
  const { code, error } = build(folder.at("nothing.c"), "-o", folder.at("nothing.elf"));
  assertEquals(code, 0);
  assertMatch(error, /^The guest offers no function: define one with VMLET_EXPORT\n$/);
});

test("vmlet build refuses what would be no guest", () => {
  using folder = new Folder({
    "thread.c":
      "#include <vmlet.h>\nstatic _Thread_local int n;\nVMLET_EXPORT(i32, f) { return ++n; }\n",
  });
  const { code, out, error } = build(folder.at("thread.c"), "-o", folder.at("thread.elf"));
  assertEquals([code, out, existsSync(folder.at("thread.elf"))], [1, "", false]);
  assertMatch(error, /^ERR_UNSUPPORTED_GUEST: .*thread-local/m);
});

for (
  const [args, message] of [
    [[], "vmlet build needs a source"],
    [["-o", "x.elf"], "vmlet build needs a source"],
    [["x.c"], "vmlet build needs -o FILE, where to write"],
    [["x.c", "-o"], "vmlet build needs -o FILE, where to write"],
    [["x.rs", "-o", "x.elf"], "Cannot build x.rs: it is neither C (.c) nor C++ (.cc, .cpp, .cxx)"],
    [["no.c", "-o", "x.elf"], "Cannot build no.c: it is not there"],
    [["-O3", "x.c", "-o", "x.elf"], "Unknown option -O3"],
    [["--fly", "x.c"], "Unknown option --fly"],
  ] as const
) {
  test(`vmlet ${["build", ...args].join(" ")} is refused with 2`, () => {
    assertEquals(build(...args), { code: 2, out: "", error: `${message}, see vmlet --help\n` });
  });
}

test("vmlet build says where it cannot write", () => {
  using folder = new Folder({ "adder.c": ADDER });
  const { code, error } = build(folder.at("adder.c"), "-o", folder.at("no/adder.elf"));
  assertEquals(code, 1);
  assertMatch(error, /^Cannot write \S+\/no\/adder\.elf: ENOENT/);
});

test("vmlet build --help tells the options and the exit codes", () => {
  const { code, out } = build("--help");
  assertEquals(code, 0);
  for (const part of ["--embed", "-g ", "Exit codes: 0"]) assertStringIncludes(out, part);
});

test("vmlet build says which permission is missing", {
  skip: isDeno ? false : "Bun has no permissions",
}, () => {
  using folder = new Folder({ "adder.c": ADDER });
  const args = ["build", folder.at("adder.c"), "-o", folder.at("adder.elf")];
  for (const missing of BUILD) {
    const { code, out, error } = vmlet(BUILD.filter((it) => it !== missing), ...args);
    assertEquals([code, out], [1, ""]);
    assertMatch(error, new RegExp(`^(Cannot run .*: )?Requires \\w+ access .*${missing}`));
  }
});

// --- the compiler -----------------------------------------------------------------------------------------------------

test("ZIG_VERSION is that of scripts/tools.ts", () => assertEquals(ZIG_VERSION, VERSIONS.zig));

/** Runs with another environment. */
function withEnvironment<T>(env: Record<string, string | undefined>, run: () => T): T {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined) => {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(env)) set(name, value);
  try {
    return run();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}

test("vmlet build takes $ZIG, and zig on PATH where its version is ours", () => {
  // By the path of the one on PATH: the script below bears its name and comes before it.
  const [name] = zig();
  const real = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).stdout.trim();
  const script = (version: string) =>
    `#!/bin/sh
echo "$1" >> "$0.log"
[ "$1" = version ] && echo ${version} && exit
exec "${real}" "$@"
`;
  using folder = new Folder({ "adder.c": ADDER });
  const { PATH } = process.env;
  const args = [folder.at("adder.c"), "-o", folder.at("adder.elf")];
  const log = (name: string) =>
    existsSync(folder.at(name)) ? readFileSync(folder.at(name), "utf8").trim().split("\n") : [];
  const write = (name: string, version: string) => {
    folder.write(name, script(version));
    chmodSync(folder.at(name), 0o755);
  };

  write("mine", "of its own");
  withEnvironment({ ZIG: folder.at("mine") }, () => assertEquals(build(...args).code, 0));
  assertEquals(log("mine.log"), ["cc"]);

  write("zig", ZIG_VERSION);
  const env = { ZIG: undefined, PATH: `${folder.path}:${PATH}` };
  withEnvironment(env, () => assertEquals(build(...args).code, 0));
  assertEquals(log("zig.log"), ["version", "cc"]);
});

test("vmlet build says that $ZIG cannot be run", () => {
  using folder = new Folder({ "adder.c": ADDER });
  const { code, error } = withEnvironment(
    { ZIG: folder.at("nothing") },
    () => build(folder.at("adder.c"), "-o", folder.at("adder.elf")),
  );
  assertEquals(code, 1);
  assertMatch(error, /^Cannot run \S+\/nothing: .*ENOENT/);
});

// --- the kit ----------------------------------------------------------------------------------------------------------

test("KIT_FILES are the files of the kit", () => {
  const names = readdirSync(join(ROOT, "guest"), { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name).slice(join(ROOT, "guest/").length))
    .filter((name) => !name.startsWith("examples/"));
  assertEquals([...KIT_FILES].sort(), names.sort());
});

/** Serves the checkout's files while something runs. */
async function serving<T>(run: (base: string) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const path = join(ROOT, new URL(request.url ?? "/", "http://host").pathname);
    if (!existsSync(path)) return response.writeHead(404).end();
    const type = path.endsWith(".ts") ? "application/typescript" : "text/javascript";
    return response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  try {
    return await run(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test("openKit() fetches the kit where the tool came from a server, and removes it again", async () => {
  await serving(async (base) => {
    let folder = "";
    {
      await using kit = await openKit(new URL("guest/", base));
      folder = kit.folder;
      for (const name of KIT_FILES) {
        assertEquals(readFileSync(join(folder, name)), readFileSync(join(ROOT, "guest", name)));
      }
      assert(kit.sources.includes(join(folder, "start.c")));
    }
    assertEquals(existsSync(folder), false);
  });
});

test("openKit() says that the kit is not there", async () => {
  await serving((base) =>
    assertRejects(() => openKit(new URL("nothing/", base)), ToolError, "the server answered 404")
  );
  await assertRejects(() => openKit(new URL("http://127.0.0.1:9/")), ToolError, "Cannot fetch");
  await assertRejects(
    () => openKit(new URL("file:///nothing/")),
    ToolError,
    "this vmlet came without its folder guest",
  );
});

test("vmlet build works when it runs from a server", {
  skip: isDeno ? false : "Bun imports no modules over http",
}, async () => {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { imports } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  await serving(async (base) => {
    using folder = new Folder({
      "adder.c": ADDER,
      // What JSR would do for the dependency.
      "deno.json": JSON.stringify({
        imports: {
          ...imports,
          "@std/cli": `${base}links/cli/mod.js`,
          "deno-std/": `npm:/deno-std@${devDependencies["deno-std"]}/`,
        },
      }),
    });
    const target = folder.at("adder.elf");
    const tool = ["--config", folder.at("deno.json"), `${base}src/cli/main.ts`];
    const { code, output } = await run([
      ...[process.execPath, "run", "--quiet", "--no-lock", "-A", ...tool] as const,
      ...["build", folder.at("adder.c"), "-o", target],
    ], { capture: true });
    assertEquals(code, 0, output);
    assertEquals(new Uint8Array(readFileSync(target)), built(folder, folder.at("adder.c")));
  });
});

// --- modules ----------------------------------------------------------------------------------------------------------

const OTHER = "#include <vmlet.h>\nVMLET_EXPORT(void, nothing) {}\n";

const CONSUMER = `
import { Sandbox } from "@vmlet/vmlet";
import asker, { imports } from "./asker.guest.ts";
import other from "./other.guest.ts";

const ask = { ...imports.ask, callback: (question: string) => BigInt(question.length) };
using sandbox = await Sandbox.create({ ...asker, imports: { ask } });
const answer: bigint = sandbox.exports.answer("four", true);
sandbox.exports.__proto__();
const own: number = sandbox.exports["of.its-own"]();
using nothing = await Sandbox.create({ ...other, memory: { heap: 4096 } });
nothing.exports.nothing();
console.log(String(answer), own);

export async function wrong() {
  // @ts-expect-error: a bigint is no number
  const answer: number = sandbox.exports.answer("four", true);
  // @ts-expect-error: a number is no string
  sandbox.exports.answer(4, true);
  // @ts-expect-error: there is no such function
  sandbox.exports.ask("four");
  // @ts-expect-error: a callback gets a string
  await Sandbox.create({ ...asker, imports: { ask: { ...imports.ask, callback: (a: number) => 1n } } });
  return answer;
}
`;

/** A program with two guests as modules. */
function consumer(): Folder {
  const folder = new Folder({
    "asker.c": ASKER,
    "other.c": OTHER,
    "main.ts": CONSUMER,
    "tsconfig.json": JSON.stringify({
      extends: join(ROOT, "tsconfig.json"),
      compilerOptions: {
        paths: { "@vmlet/vmlet": [join(ROOT, "mod.ts")] },
        typeRoots: [join(ROOT, "node_modules/@types")],
      },
      include: ["main.ts"],
    }),
    "deno.json": JSON.stringify({ imports: { "@vmlet/vmlet": join(ROOT, "mod.ts") } }),
  });
  for (const name of ["asker", "other"]) {
    const module = folder.at(`${name}.guest.ts`);
    const { code, error } = build("--embed", folder.at(`${name}.c`), "-o", module);
    assertEquals([code, error], [0, ""]);
  }
  return folder;
}

test(
  "vmlet build --embed writes a module whose guest runs without any file",
  { skip: needsKvm },
  () => {
    using folder = consumer();
    const main = folder.at("main.ts");
    const { code, out, error } = runRuntime(
      isDeno ? ["run", "--quiet", "--no-prompt", "--no-lock", "--allow-ffi", main] : [main],
    );
    assertEquals([code, out, error], [0, "8 7\n", ""]);
  },
);

test("vmlet build --embed writes a module that types the sandbox", () => {
  using folder = consumer();
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const args = [tsc, "-p", folder.path];
  const { code, out } = runRuntime(isDeno ? ["run", "-A", "--quiet", ...args] : args);
  assertEquals([code, out], [0, ""]);
});

test("vmlet build --embed writes a module that declares its types itself", () => {
  using folder = consumer();
  for (const name of ["asker.guest.ts", "other.guest.ts"]) {
    const text = readFileSync(folder.at(name), "utf8");
    const { diagnostics = [], outputText } = ts.transpileDeclaration(text, {
      fileName: name,
      compilerOptions: { isolatedDeclarations: true, declaration: true, strict: true },
    });
    assertEquals(diagnostics.map(({ messageText }) => messageText), []);
    assertStringIncludes(outputText, 'readonly result: "');
  }
});

test("guestModule() of equal guests is equal text", () => {
  const functions = { f: { parameters: ["u32"], result: "void" } } as const;
  const guest = (size: number) => ({
    origin: "f.c",
    bytes: Uint8Array.from({ length: size }, (_, i) => i),
    exports: functions,
    imports: {},
  });
  assertEquals(guestModule(guest(100_000)), guestModule(guest(100_000)));
  assert(guestModule(guest(100_000)).split("\n").every((line) => line.length <= 120));
  assertStringIncludes(guestModule(guest(0)), "decode(`\n\n`)");
});
