// Puts what the tests of gdb, core dumps and crash reports need into a folder: gdb with its libraries, and the guests
// that the tests build. So they run where neither gdb nor a compiler is, such as in a VM whose KVM is another one.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { type Command, deno, ROOT, run } from "./tools.ts";

/** The test files that the folder is for. */
const TESTS = ["debugger", "core_dump", "crash_report"].map((name) => `tests/${name}_test.ts`);

const [given] = process.argv.slice(2);
if (given === undefined) {
  console.error("Usage: deno task gdb:portable FOLDER");
  process.exit(2);
}
const folder = resolve(given);
const scratch = mkdtempSync(join(tmpdir(), "vmlet-gdb-"));
try {
  // Debian's build without Python, which would need its library too.
  await succeed(
    ["sh", "-c", "apt-get download gdb-minimal && dpkg-deb -x gdb-minimal_*.deb ."],
    scratch,
  );
  const gdb = join(scratch, "usr/bin/gdb");
  const { output } = await succeed(["ldd", gdb], scratch);
  mkdirSync(join(folder, "lib"), { recursive: true });
  copyFileSync(gdb, join(folder, "lib/gdb"));
  for (const [path] of output.matchAll(/\/\S+(?= \()/g)) {
    copyFileSync(path, join(folder, "lib", basename(path)));
  }
  // By these gdb reads the characters of a program.
  cpSync("/usr/lib/x86_64-linux-gnu/gconv", join(folder, "lib/gconv"), { recursive: true });
  const start = `#!/bin/sh
folder=$(dirname "$(readlink -f "$0")")/lib
export GCONV_PATH="$folder/gconv"
exec "$folder/ld-linux-x86-64.so.2" --library-path "$folder" "$folder/gdb" "$@"
`;
  writeFileSync(join(folder, "gdb"), start);
  chmodSync(join(folder, "gdb"), 0o755);
  // The tests themselves build the guests, anew.
  rmSync(join(folder, "guests"), { recursive: true, force: true });
  const env = { VMLET_TEST_GUESTS: join(folder, "guests"), GDB: join(folder, "gdb") };
  await succeed(
    [...deno(), "test", "-A", "--quiet", "--v8-flags=--expose-gc", ...TESTS],
    ROOT,
    env,
  );
} finally {
  rmSync(scratch, { recursive: true });
}
console.log(`There, and in Bun with \`bun test\`:
  export GDB=${folder}/gdb VMLET_TEST_GUESTS=${folder}/guests
  deno test -A --v8-flags=--expose-gc ${TESTS.join(" ")}`);

async function succeed(command: Command, cwd: string, env: Record<string, string> = {}) {
  const finished = await run(command, { cwd, env, capture: true });
  if (finished.code !== 0) {
    console.error(`${command.join(" ")} failed\n${finished.output}`);
    process.exit(1);
  }
  return finished;
}
