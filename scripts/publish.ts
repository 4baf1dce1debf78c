// Rehearses `deno publish` in a staged copy and `npm pack`, and checks that exactly the right files would ship.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { KIT_FILES } from "../src/cli/kit_files.ts";
import { deno, ROOT, run } from "./tools.ts";

/** What ships: each of these files, the guest kit, which `vmlet build` compiles, and modules of src/. */
const SHIPPED = [
  ...["LICENSE", "README.md", "CHANGELOG.md", "mod.ts"],
  ...KIT_FILES.map((name) => `guest/${name}`),
];
const SHIPPED_MODULE = /^src\/.+\.ts$/;

/** Links inside the package would ship or be refused, so they are staged beside it. */
const NOT_STAGED = [".git", "node_modules", "links"];

const scratch = mkdtempSync(join(tmpdir(), "vmlet-publish-"));
try {
  const target = join(scratch, "package");
  for (const name of readdirSync(ROOT).filter((name) => !NOT_STAGED.includes(name))) {
    cpSync(join(ROOT, name), join(target, name), { recursive: true });
  }
  cpSync(join(ROOT, "links"), join(scratch, "links"), { recursive: true });
  edit(join(target, "deno.json"), '"./links/', '"../links/');
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const link of readdirSync(join(ROOT, "links"), { withFileTypes: true })) {
    if (!link.isDirectory()) continue;
    // Outside the package, its package.json no longer says where deno-std is.
    const module = join(scratch, "links", link.name, "mod.js");
    edit(module, '"deno-std/', `"npm:deno-std@${devDependencies["deno-std"]}/`);
  }

  const { code, output } = await run([...deno(), "publish", "--dry-run"], {
    cwd: target,
    env: { NO_COLOR: "1" },
    capture: true,
  });
  const files = Array.from(
    output.matchAll(/^ +file:\/\/\S*?\/package\/(\S+) \(/gm),
    ([, f = ""]) => f,
  );
  const problems = code !== 0 ? [output.trimEnd()] : compare("JSR", files, "deno.json");

  // Without scripts, which only a package of someone else's could have here.
  const pack = [
    "npm",
    "pack",
    "--dry-run",
    "--json",
    "--ignore-scripts",
    "--loglevel=error",
  ] as const;
  const npm = await run(pack, { capture: true });
  if (npm.code !== 0) problems.push(npm.output.trimEnd());
  else {
    const [{ files: packed }] = JSON.parse(npm.output) as [{ files: { path: string }[] }];
    problems.push(...compare("npm", packed.map(({ path }) => path), "package.json"));
  }
  console.log(problems.length > 0 ? problems.join("\n") : `${files.length} files would ship`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(scratch, { recursive: true });
}

function edit(path: string, old: string, replacement: string): void {
  writeFileSync(path, readFileSync(path, "utf8").replaceAll(old, replacement));
}

/** What is wrong with the files that a registry would get, which are the same for all but for the manifest. */
function compare(registry: string, files: readonly string[], manifest: string): string[] {
  const shipped = [...SHIPPED, manifest];
  return [
    ...files.filter((file) => !shipped.includes(file) && !SHIPPED_MODULE.test(file))
      .map((file) =>
        `${file} would ship to ${registry}, and is not on the list of scripts/publish.ts`
      ),
    ...shipped.filter((file) => !files.includes(file))
      .map((file) => `${file} would not ship to ${registry}`),
  ];
}
