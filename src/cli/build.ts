/** `vmlet build`: compiles C and C++ to a guest. */

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { parseArgs } from "@std/cli";
import { type FunctionDefinitions, inspectGuest } from "../../mod.ts";
import { type Command, refuseUnknownOption, ToolError, UsageError } from "./command.ts";
import { guestModule } from "./embed.ts";
import { formatFunction } from "./format.ts";
import { C_FLAGS, CXX_FLAGS, KIT_FLAGS, RING0_FLAGS } from "./guest_flags.ts";
import { type Kit, openKit } from "./kit.ts";
import { findZig, runCompiler, ZIG_VERSION } from "./zig.ts";

const CXX_SUFFIXES: readonly string[] = [".cc", ".cpp", ".cxx"];

/** `vmlet build`. */
export const build: Command = {
  summary: "compile C or C++ to a guest",
  help: `Usage: vmlet build SOURCE… -o GUEST [-g] [--ring0] [-- COMPILER'S ARGUMENTS…]
       vmlet build SOURCE… -o MODULE --embed [-g] [--ring0] [-- COMPILER'S ARGUMENTS…]

Compiles C (.c) and C++ (.cc, .cpp, .cxx) to a guest, with zig ${ZIG_VERSION}: $ZIG, or the one on PATH if
it has this version, or npm's. The guest kit comes with this tool: #include <vmlet.h>, and the headers of
C that the kit has. Compiled as C11 and C++17 with GNU extensions and -O2; what follows -- is added,
such as -O3, -DNAME=VALUE or -Ifolder.
Deno: --allow-read, --allow-write, --allow-run and --allow-env, and --allow-net where vmlet itself came
from a server.

  -o FILE  where to write
  --embed  write a TypeScript module with the guest's bytes and definitions, to be spread into the
           options of a sandbox: Sandbox.create({ ...guest })
  -g       keep symbols and debug information
  --ring0  make a guest of Hyperlight v0.11, which runs at ring 0, also under Hyperlight's own host:
           without vector registers and long double, and with float and double by software
  --help   print this

Exit codes: 0, the compiler's if it fails, 1 if what was linked is no guest, 2 for a command line that
makes no sense
`,
  async run(args, output) {
    const { _: positional, "--": extra, ...options } = parseArgs(args, {
      boolean: ["embed", "g", "help", "ring0"],
      string: ["o", "_"],
      "--": true,
      unknown: refuseUnknownOption,
    });
    const { embed, g: debug, help, o: target, ring0 } = options;
    if (help) {
      output.out(build.help);
      return 0;
    }
    const sources = positional.map(String);
    if (sources.length === 0) throw new UsageError("vmlet build needs a source");
    if (!target) throw new UsageError("vmlet build needs -o FILE, where to write");
    for (const source of sources) {
      if (!isC(source) && !isCxx(source)) {
        throw new UsageError(
          `Cannot build ${source}: it is neither C (.c) nor C++ (${CXX_SUFFIXES.join(", ")})`,
        );
      }
      // The compiler's own message would not say so.
      if (!existsSync(source)) throw new UsageError(`Cannot build ${source}: it is not there`);
    }

    const scratch = await mkdtemp(join(tmpdir(), "vmlet-build-"));
    try {
      const guest = join(scratch, "guest.elf");
      await using kit = await openKit();
      const code = await compile({ kit, sources, extra, debug, ring0, scratch, guest });
      if (code !== 0) return code;
      const bytes = new Uint8Array(await readFile(guest));
      const origin = sources.map((source) => basename(source)).join(", ");
      const { exports = {}, imports = {} } = await inspectGuest(bytes);
      await write(target, embed ? guestModule({ origin, bytes, exports, imports }) : bytes);
      output.out(summary(target, bytes.length, exports, imports));
      if (Object.keys(exports).length === 0) {
        output.error("The guest offers no function: define one with VMLET_EXPORT\n");
      }
      return 0;
    } finally {
      await rm(scratch, { recursive: true });
    }
  },
};

const isC = (path: string) => extname(path) === ".c";
const isCxx = (path: string) => CXX_SUFFIXES.includes(extname(path));
const isLinkersFlag = (flag: string) => flag.startsWith("-Wl,") || flag === "-pie";

interface Job {
  readonly kit: Kit;
  readonly sources: readonly string[];
  readonly extra: readonly string[];
  readonly debug: boolean;
  readonly ring0: boolean;
  /** A folder for object files. */
  readonly scratch: string;
  /** Where the guest goes. */
  readonly guest: string;
}

/** Compiles and links; returns the exit code of the compiler's first run that failed. */
async function compile(
  { kit, sources, extra, debug, ring0, scratch, guest }: Job,
): Promise<number> {
  const zig = findZig();
  const flags = [
    ...KIT_FLAGS.filter((flag) => !debug || flag !== "-Wl,-s"),
    ...(debug ? ["-g"] : []),
    ...(ring0 ? RING0_FLAGS : []),
    ...["-I", kit.folder, "-I", join(kit.folder, "include")],
    // The guest is the same wherever the kit lies.
    `-ffile-prefix-map=${kit.folder.replace(/\/*$/, "/")}=`,
  ];
  // One run of the compiler takes one standard for all of its sources, so C++ is compiled apart.
  const objects: string[] = [];
  for (const source of sources.filter(isCxx)) {
    const object = join(scratch, `${objects.length}.o`);
    const own = [...flags.filter((flag) => !isLinkersFlag(flag)), ...CXX_FLAGS, ...extra];
    const code = await runCompiler([...zig, "c++", ...own, "-c", source, "-o", object]);
    if (code !== 0) return code;
    objects.push(object);
  }
  const inputs = [...kit.sources, ...sources.filter(isC), ...objects, "-o", guest];
  return await runCompiler([...zig, "cc", ...flags, ...C_FLAGS, ...extra, ...inputs]);
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(path, content);
  } catch (error) {
    throw new ToolError(`Cannot write ${path}: ${(error as Error).message}`);
  }
}

function summary(
  path: string,
  size: number,
  exports: FunctionDefinitions,
  imports: FunctionDefinitions,
): string {
  return [
    `${path}: a guest of ${size} bytes`,
    ...Object.entries(exports).map(([name, it]) => `  export ${formatFunction(name, it)}`),
    ...Object.entries(imports).map(([name, it]) => `  import ${formatFunction(name, it)}`),
  ].join("\n") + "\n";
}
