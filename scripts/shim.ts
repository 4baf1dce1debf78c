/** Builds the native shim with zig and embeds its bytes in src/ffi; `--check` proves that a rebuild gives the same. */

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { run, zig } from "./tools.ts";

const FOLDER = fileURLToPath(new URL("../shim/", import.meta.url));
const EMBEDDED = new URL("../src/ffi/shim_x86_64.ts", import.meta.url);
const SOURCES = ["shim.c", "x86_64.h"];

const FLAGS = [
  ...["-target", "x86_64-linux-none", "-shared", "-nostdlib", "-ffreestanding", "-fPIC"],
  ...[
    "-std=c11",
    "-O2",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-fvisibility=hidden",
    "-fomit-frame-pointer",
  ],
  ...["-fno-sanitize=undefined", "-fno-stack-protector", "-fno-asynchronous-unwind-tables"],
  ...["-Wl,-s", "-Wl,--hash-style=gnu", "-Wl,-z,nodelete"],
];

async function build(): Promise<string> {
  const sources = createHash("sha256");
  for (const name of SOURCES) sources.update(await readFile(join(FOLDER, name)));
  const version = `0x${sources.digest("hex").slice(0, 8)}`;
  const folder = await mkdtemp(join(tmpdir(), "vmlet-shim-"));
  try {
    const output = join(folder, "shim.so");
    const flags = [...FLAGS, `-DSHIM_VERSION=${version}u`, "-o", output, "shim.c"];
    const { code } = await run([...zig(), "cc", ...flags], { cwd: FOLDER });
    if (code !== 0) process.exit(code);
    const bytes = await readFile(output);
    const hash = createHash("sha256").update(bytes).digest("hex");
    const lines = bytes.toString("base64").match(/.{1,96}/g) ?? [];
    return [
      "/** The native shim for x86_64, built from shim/ by `deno task shim`: do not edit. */",
      "",
      "/** The first 32 bits of the SHA-256 of the shim's sources, as the shim itself answers. */",
      `export const SHIM_VERSION = ${version};`,
      "",
      `/** The first 64 bits of the SHA-256 of the library below. */`,
      `export const SHIM_HASH = "${hash.slice(0, 16)}";`,
      "",
      `/** The library, ${bytes.length} bytes. */`,
      "export const SHIM_BASE64: string =",
      `${lines.map((line) => `  "${line}"`).join(" +\n")};`,
      "",
    ].join("\n");
  } finally {
    await rm(folder, { recursive: true });
  }
}

const built = await build();
if (process.argv.includes("--check")) {
  if (built !== await readFile(EMBEDDED, "utf8")) {
    console.error("The embedded shim is not what shim/ builds to: run `deno task shim` and commit");
    process.exit(1);
  }
} else {
  await writeFile(EMBEDDED, built);
}
