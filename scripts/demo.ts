// Runs examples/demo.ts in the runtime that runs this, on the files named or on its own.
//
//   deno task demo [FILES...]      bun run demo [FILES...]
//
// In Deno the demo gets exactly the permissions that README.md names: native calls, and reading the
// files and the example guests.
import { randomFillSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { type Command, ROOT, run } from "./tools.ts";

const DEMO = "examples/demo.ts";
const GUESTS = "guest/examples";
const RANDOM_BYTES = 64 * 1024 * 1024;

/** How to run the demo on files, in this runtime. */
function command(files: readonly string[]): Command {
  if (process.versions.deno === undefined) return [process.execPath, DEMO, ...files];
  const readable = [GUESTS, ...files].map((path) => path.replaceAll(",", ",,")).join(",");
  return [
    process.execPath,
    ...["run", "--no-prompt", "--allow-ffi", `--allow-read=${readable}`, DEMO, ...files],
  ];
}

const scratch = mkdtempSync(join(tmpdir(), "vmlet-demo-"));
// Ctrl-C reaches the demo too; this process outlives it to remove the file.
process.on("SIGINT", () => {});
try {
  const named = process.argv.slice(2).map((file) => resolve(process.env.INIT_CWD ?? ".", file));
  const files = named.length > 0 ? named : [join(ROOT, "README.md"), join(scratch, "random.bin")];
  if (named.length === 0) {
    writeFileSync(join(scratch, "random.bin"), randomFillSync(new Uint8Array(RANDOM_BYTES)));
  }
  const [, ...shown] = command(files.map((file) => basename(file)));
  console.log(`$ ${process.versions.deno ? "deno" : "bun"} ${shown.join(" ")}\n`);
  process.exitCode = (await run(command(files))).code;
} finally {
  rmSync(scratch, { recursive: true });
}
