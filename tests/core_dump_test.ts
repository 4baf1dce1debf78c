/** Core dumps of guests at both rings: gdb, readelf and eu-readelf open them, and no guest makes them large. */

import { spawnSync } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import process from "node:process";
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { ROOT } from "../scripts/tools.ts";
import { PHYSICAL_VIEW } from "../src/debug/core_file.ts";
import { type CoreDumpOptions, Sandbox } from "../mod.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { Folder, isDeno } from "./support/cli.ts";
import { type CoreFile, coreFile } from "./support/core_file.ts";
import { DEBUGGED, debuggedGuest, GDB, needsGdb } from "./support/gdb.ts";
import { errorOf, guestBytes, HELLO, hello, HOST_ADD, hostile } from "./support/guests.ts";
import { runRuntime } from "./support/runtime.ts";
import { condition, needsKvm } from "./support/skip.ts";

const RINGS = [0, 3] as const;

const needsReadelf = condition(
  "needsReadelf",
  needsKvm ||
    (["readelf", "eu-readelf"].every((tool) => spawnSync(tool, ["--version"]).status === 0)
      ? false
      : "readelf (binutils) or eu-readelf (elfutils) is not there"),
);

const HOST = {
  host_add: {
    parameters: ["i32", "i32"],
    result: "i32",
    callback: (a: number, b: number): number => a + b,
  },
} as const;

/** A sandbox of tests/guests/debugged.c, from a file in a folder. */
async function debugged(folder: Folder, ring: 0 | 3, coreDumps?: CoreDumpOptions) {
  const guest = folder.at("guest.elf");
  folder.write("guest.elf", await debuggedGuest(ring));
  const options = { guest, exports: DEBUGGED, imports: HOST };
  return Sandbox.create(coreDumps ? { ...options, coreDumps } : options);
}

/** What gdb writes when it has opened a dump. */
function gdb(guest: string, core: string, ...commands: string[]): string {
  const { status, stdout, stderr } = spawnSync("timeout", [
    ...["100", GDB, "-nx", "-batch", "-iex", "set debuginfod enabled off", guest, core],
    ...commands.flatMap((command) => ["-ex", command]),
  ], { encoding: "utf8" });
  assertEquals(status, 0, stderr);
  assertEquals(stderr, "");
  return stdout;
}

for (const ring of RINGS) {
  test(
    `A10.8 better: gdb opens the dump of a crash at ring ${ring} with registers, variables and lines`,
    { skip: needsGdb },
    async () => {
      using folder = new Folder();
      using sandbox = await debugged(folder, ring, { directory: folder.at("dumps") });
      sandbox.exports.compute(5);
      const error = errorOf(() => sandbox.exports.crash(7));
      const dump = error.coreDump ?? "";
      const output = gdb(
        ...[folder.at("guest.elf"), dump, "print table", "print steps", "info symbol $pc"],
        ...["print $_siginfo.si_signo", "print/x $_siginfo._sifields._sigfault.si_addr"],
        ...["info registers rip", "print/x $mxcsr", "print $ymm3", "backtrace"],
      );
      assertMatch(output, /terminated with signal SIGSEGV/);
      assertStringIncludes(output, "$1 = {1, 2, 3, 4}\n$2 = 5\n");
      assertStringIncludes(output, "= 11\n");
      assertStringIncludes(output, "= 0x123456789000\n");
      assertStringIncludes(output, "= 0x1f80\n");
      assert(!/warning|unavailable/i.test(output), output);
      assert(statSync(dump).mode % 0o1000 === 0o600);
      if (ring === 0) assertStringIncludes(output, "<signal handler called>");
      assertMatch(output, /#\d .*crash \(value=7\) at .*debugged\.c:31\n/);
    },
  );

  test(
    `Sandbox.dumpCore() writes a guest at ring ${ring} between two calls, which goes on`,
    { skip: needsGdb },
    async () => {
      using folder = new Folder();
      using sandbox = await debugged(folder, ring);
      sandbox.exports.compute(5);
      const core = folder.at("core");
      sandbox.dumpCore(core);
      assertEquals(sandbox.exports.compute(2), 6);
      const output = gdb(folder.at("guest.elf"), core, "print steps");
      assertStringIncludes(output, "$1 = 5\n");
      assert(!/warning|Program terminated/.test(output), output);
      // In place of what is there.
      sandbox.dumpCore(new URL(`file://${core}`));
      assertStringIncludes(gdb(folder.at("guest.elf"), core, "print steps"), "$1 = 7\n");
      assertEquals(readdirSync(folder.path).sort(), ["core", "guest.elf"]);
    },
  );

  test(
    `Sandbox.dumpCore() of ring ${ring} is a file that readelf and eu-readelf take without a warning`,
    { skip: needsReadelf },
    async () => {
      using folder = new Folder();
      using sandbox = await debugged(folder, ring, { directory: folder.path });
      const core = folder.at("core");
      sandbox.dumpCore(core);
      const crashed = errorOf(() => sandbox.exports.crash(7)).coreDump ?? "";
      for (const file of [core, crashed]) {
        for (const [tool, ...args] of [["readelf", "-aW"], ["eu-readelf", "-a"]] as const) {
          const { status, stdout, stderr } = spawnSync(tool, [...args, file], { encoding: "utf8" });
          assertEquals([status, stderr], [0, ""], tool);
          assert(!/warning/i.test(stdout), stdout);
          for (const note of ["PRSTATUS", "AUXV", "FPREGSET", "X86_XSTATE"]) {
            assertStringIncludes(stdout, note);
          }
          // Debian's readelf decodes no list of files.
          if (tool === "eu-readelf") assertStringIncludes(stdout, folder.at("guest.elf"));
        }
      }
    },
  );

  test(
    `Sandbox.dumpCore() of ring ${ring} has every region, and takes no room for zeroes`,
    { skip: needsKvm },
    async () => {
      using folder = new Folder();
      using sandbox = await Sandbox.create({
        guest: await debuggedGuest(ring),
        exports: DEBUGGED,
        imports: HOST,
        memory: { heap: 64 * 1024 * 1024 },
      });
      sandbox.dumpCore(folder.at("core"));
      const { size, blocks } = statSync(folder.at("core"));
      assertGreater(size, 64 * 1024 * 1024);
      assertLess(blocks * 512, 1024 * 1024);
      const core = coreFile(readFileSync(folder.at("core")));
      // The same bytes by the guest's addresses and by physical ones.
      const table = core.loads.filter(({ address }) => address < 2n ** 47n);
      const views = core.loads.filter(({ address }) => address >= PHYSICAL_VIEW);
      assertEquals(views.length, ring === 3 ? 1 : 9);
      for (const load of table) {
        const bytes = core.read(load.address, 4096);
        assertEquals(core.read(PHYSICAL_VIEW + load.physical, 4096), bytes);
      }
      // From bytes: there is no file to name.
      assert(!core.hasNote("CORE", 0x46494c45));
    },
  );
}

test(
  "A10.8 better: each kind of crash leaves a dump that names its signal",
  { skip: needsKvm },
  async () => {
    using folder = new Folder();
    const coreDumps = { directory: folder.at("a/b") };
    const signals: Record<string, number> = {};
    const crash = async (
      name: string,
      run: (sandbox: Awaited<ReturnType<typeof hostile>>) => unknown,
    ) => {
      using sandbox = await hostile({ coreDumps });
      const { coreDump = "", message } = errorOf(() => run(sandbox));
      assertMatch(coreDump, /\/a\/b\/vmlet_core_\d{8}T\d{6}\.\d{3}_[\da-f]{8}\.elf$/, message);
      signals[name] = coreFile(readFileSync(coreDump)).signal;
    };
    await crash("write", ({ exports }) => exports.write_at(0n));
    await crash("division", ({ exports }) => exports.divide(1, 0));
    await crash("opcode", ({ exports }) => exports.invalid_opcode());
    await crash("breakpoint", ({ exports }) => exports.breakpoint());
    await crash("port", ({ exports }) => exports.write_port(0x3f8));
    await crash("abort", ({ exports }) => exports.flood_abort());
    assertEquals(signals, { write: 11, division: 8, opcode: 4, breakpoint: 5, port: 11, abort: 6 });
    assertEquals(statSync(folder.at("a/b")).mode % 0o1000, 0o700);
    assertEquals(readdirSync(folder.at("a/b")).length, 6);
  },
);

test("A dump has the registers of the guest, where the host's handler was reached", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder();
  using sandbox = await hostile({ coreDumps: { directory: folder.path } });
  const { rip, coreDump = "" } = errorOf(() => sandbox.exports.write_at(0n));
  const core = coreFile(readFileSync(coreDump));
  assertEquals([core.register("rip"), core.register("cs")], [rip, 0x23n]);
  const stack = core.register("rsp");
  assert(stack < 0x78_0000_0000n && stack > 0x77_fff0_0000n, stack.toString(16));
  // Its code is where the guest has it.
  assertEquals(core.read(rip ?? 0n, 4).length, 4);
});

test("A call that is cancelled, late or refused leaves no dump", { skip: needsKvm }, async () => {
  using folder = new Folder();
  using sandbox = await hello({ coreDumps: { directory: folder.path } });
  assertEquals(errorOf(() => sandbox.exports.refuse(3)).coreDump, undefined);
  using late = await hostile({ coreDumps: { directory: folder.path }, deadline: 5 });
  assertEquals(errorOf(() => late.exports.spin()).code, "ERR_DEADLINE");
  assertEquals(readdirSync(folder.path), []);
  // Which can be looked at nevertheless.
  late.dumpCore(folder.at("core"));
  assertEquals(coreFile(readFileSync(folder.at("core"))).signal, 0);
});

test("An asynchronous call that crashes leaves a dump", { skip: needsKvm }, async () => {
  using folder = new Folder();
  await using sandbox = await hostile({ coreDumps: { directory: folder.path } });
  const error = await sandbox.async.write_at(0n).catch((error) => error);
  assertEquals(coreFile(readFileSync(error.coreDump)).register("rip"), error.rip);
});

test("A1.10 better: no crash leaves a dump unless an option or the environment says so", {
  skip: needsKvm,
}, () => {
  using folder = new Folder({ "guest.elf": guestBytes("hostile") });
  const program = `import { Sandbox } from ${
    JSON.stringify(new URL("../mod.ts", import.meta.url).href)
  };
    using sandbox = await Sandbox.create({ guest: ${JSON.stringify(folder.at("guest.elf"))} });
    try { sandbox.call("write_at", [0n]); } catch (error) { console.log(error.code, error.coreDump); }`;
  folder.write("program.ts", program);
  const config = `${ROOT}deno.json`;
  const run = (env: boolean, ...more: string[]) => {
    const set = env ? ["env", `VMLET_CORE_DUMPS=${folder.at("dumps")}`] : [];
    const flags = ["run", "--no-prompt", "--quiet", "--no-check", "--config", config];
    const allowed = ["--allow-ffi", "--allow-read", "--allow-write", ...more];
    const args = isDeno ? [...flags, ...allowed] : [];
    const { code, out, error } = runRuntime([...args, folder.at("program.ts")], set);
    assertEquals(code, 0, error);
    return out.trim();
  };
  assertEquals(run(false, "--allow-env"), "ERR_MEMORY_ACCESS undefined");
  // Nobody is asked for a permission.
  if (isDeno) assertEquals(run(true), "ERR_MEMORY_ACCESS undefined");
  assertMatch(
    run(true, "--allow-env=VMLET_CORE_DUMPS"),
    /^ERR_MEMORY_ACCESS \/.*\/dumps\/vmlet_core_/,
  );
});

/** The warnings of this process that have a code, while something runs. */
async function warningsOf(code: string, run: () => void): Promise<string[]> {
  const seen: string[] = [];
  const listener = (warning: Error & { code?: string }) => {
    if (warning.code === code) seen.push(warning.message);
  };
  process.on("warning", listener);
  run();
  // They are told a moment later.
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off("warning", listener);
  return seen;
}

test(
  "A folder holds no more dumps than its user says, which is a warning",
  { skip: needsKvm },
  async () => {
    using folder = new Folder();
    const coreDumps = { directory: folder.path, maxFiles: 2 };
    const found: (string | undefined)[] = [];
    const sandboxes = await Promise.all(Array.from({ length: 4 }, () => hostile({ coreDumps })));
    const warnings = await warningsOf("VMLET_NO_CORE_DUMP", () => {
      for (const sandbox of sandboxes) {
        const { code, coreDump } = errorOf(() => sandbox.exports.write_at(0n));
        assertEquals(code, "ERR_MEMORY_ACCESS");
        found.push(coreDump);
        sandbox.close();
      }
    });
    assertEquals(found.map((it) => it !== undefined), [true, true, false, false]);
    assertEquals(readdirSync(folder.path).length, 2);
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0] ?? "", "coreDumps.maxFiles");
  },
);

test("A dump that is too large, or cannot be written, leaves nothing and hides no crash", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder({ file: "" });
  for (
    const [coreDumps, reason] of [
      [{ directory: folder.at("small"), maxBytes: 50_000 }, "coreDumps.maxBytes"],
      [{ directory: folder.at("file") }, "file"],
    ] as const
  ) {
    using sandbox = await hostile({ coreDumps });
    const warnings = await warningsOf("VMLET_NO_CORE_DUMP", () => {
      const { code, coreDump } = errorOf(() => sandbox.exports.write_at(0n));
      assertEquals([code, coreDump], ["ERR_MEMORY_ACCESS", undefined]);
    });
    assertStringIncludes(warnings.join("\n"), reason);
  }
  assertEquals(readdirSync(folder.at("small")), []);
});

test("Sandbox.dumpCore() says why it cannot", { skip: needsKvm }, async () => {
  using folder = new Folder();
  let during: unknown;
  const sandbox = await Sandbox.create({
    guest: guestBytes("hello"),
    exports: HELLO,
    imports: {
      host_add: {
        ...HOST_ADD.host_add,
        callback: (a: number, b: number): number => {
          during = errorOf(() => sandbox.dumpCore(folder.at("core"))).code;
          return a + b;
        },
      },
    },
  });
  const error = errorOf(() => sandbox.dumpCore(folder.at("no/such/folder")));
  assertEquals(error.code, "ERR_FILE");
  assertMatch(error.message, /^Cannot write the core dump .*no\/such\/folder: .*/);
  assertEquals(errorOf(() => sandbox.dumpCore("a\0b")).code, "ERR_FILE");
  // A folder is in its place: what was written for it goes too.
  folder.write("x", "");
  assertEquals(errorOf(() => sandbox.dumpCore(folder.path)).code, "ERR_FILE");
  assertThrows(() => sandbox.dumpCore(7 as unknown as string), TypeError, "neither a path");
  sandbox.exports.add_in_host(1, 2);
  assertEquals(during, "ERR_BUSY");
  sandbox.close();
  assertEquals(errorOf(() => sandbox.dumpCore(folder.at("core"))).code, "ERR_CLOSED");
  assertEquals(readdirSync(folder.path), ["x"]);
});

test(
  "Sandbox.create() refuses core dump options that make no sense",
  { skip: needsKvm },
  async () => {
    for (
      const [coreDumps, type, text] of [
        [7, TypeError, "coreDumps is not an object"],
        [{}, TypeError, "coreDumps.directory is not a string"],
        [{ directory: "" }, RangeError, "coreDumps.directory is no path"],
        [{ directory: "a\0" }, RangeError, "coreDumps.directory is no path"],
        [{ directory: "a", maxFiles: "1" }, TypeError, "coreDumps.maxFiles is not a number"],
        [{ directory: "a", maxFiles: 0 }, RangeError, "coreDumps.maxFiles is 0"],
        [{ directory: "a", maxBytes: NaN }, RangeError, "coreDumps.maxBytes is NaN"],
      ] as const
    ) {
      const error = await hello({ coreDumps: coreDumps as unknown as CoreDumpOptions })
        .catch((error) => error);
      assert(error instanceof type, String(error));
      assertStringIncludes(error.message, text);
    }
  },
);

test(
  "A dump has the pages of mapped files, as far as they are there",
  { skip: needsKvm },
  async () => {
    using folder = new Folder();
    const file = folder.at("data");
    writeFileSync(file, new Uint8Array(3 * 4096).fill(7));
    chmodSync(file, 0o600);
    using sandbox = await Sandbox.create({
      guest: await buildRing0Guest("tables.c"),
      exports: { loop_tables: { parameters: [], result: "void" } },
    });
    const address = 0x2_0000_0000;
    sandbox.mapFile(file, address);
    // It becomes shorter: what has gone is a hole.
    writeFileSync(file, new Uint8Array(4096).fill(7));
    sandbox.dumpCore(folder.at("core"));
    const core = coreFile(readFileSync(folder.at("core")));
    const at = PHYSICAL_VIEW + BigInt(address);
    assertEquals(core.read(at, 4096), new Uint8Array(4096).fill(7));
    assertEquals(core.read(at + 8192n, 4096), new Uint8Array(4096));
  },
);

test("A dump of a guest at ring 3 shows mapped files where the guest has them, and names them", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder();
  const file = folder.at("data");
  writeFileSync(file, new Uint8Array(2 * 4096).fill(9));
  using sandbox = await hello();
  const { guestAddress } = sandbox.mapFile(file);
  sandbox.dumpCore(folder.at("core"));
  const bytes = readFileSync(folder.at("core"));
  const core = coreFile(bytes);
  assertEquals(core.read(BigInt(guestAddress), 4096), new Uint8Array(4096).fill(9));
  assert(core.hasNote("CORE", 0x46494c45));
  assert(bytes.includes(`${file}\0`));
});

test(
  "A guest whose page tables have no end has a small dump, soon",
  { skip: needsKvm },
  async () => {
    using folder = new Folder();
    using sandbox = await Sandbox.create({
      guest: await buildRing0Guest("tables.c"),
      exports: { loop_tables: { parameters: [], result: "void" } },
    });
    sandbox.exports.loop_tables();
    const began = performance.now();
    sandbox.dumpCore(folder.at("core"));
    assertLess(performance.now() - began, 20_000);
    const { size } = statSync(folder.at("core"));
    assertLess(size, 2 * 1024 * 1024);
    const core: CoreFile = coreFile(readFileSync(folder.at("core")));
    assertLess(core.loads.length, 5000);
    // All of its memory is in the file once.
    assertEquals(
      core.loads.filter(({ address }) => address >= PHYSICAL_VIEW && address < 2n ** 61n).length,
      9,
    );
  },
);
