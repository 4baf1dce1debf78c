/**
 * Builds cmark-gfm, GitHub's Markdown parser in C, to a guest: its sources come from npm, are not changed, and are
 * compiled by `vmlet build` with guest.c beside this file. The CommonMark specification, whose examples are cmark's own
 * tests, comes from npm too.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The packages: the versions belong together, and the digests are those of npm's registry. */
const PACKAGES = {
  "cmark-gfm@0.9.0":
    "sha512-zt++V303Zh+kqS3PERSq1knHT21TpKjbVUF/U63QhLktEH+eeZymv+mHz+6IhcTN5Hy85LdkgdKlroa/Jc6Wvg==",
  "commonmark-spec@0.29.0":
    "sha512-jmvWU8f4BFfg10eOBrhZwTqRlfSYTkhGAuaFDlfPOCF6d/bgSSV3xPlpw4e7AzCwj7sUDzDsLS7ceLsmIpFV8w==",
} as const;

/** The library's sources, as its own build lists them. */
const SOURCES = [
  ...["arena", "blocks", "buffer", "cmark", "cmark_ctype", "commonmark", "footnotes"],
  ...["houdini_href_e", "houdini_html_e", "houdini_html_u", "html", "inlines", "iterator"],
  ...["latex", "linked_list", "man", "map", "node", "plaintext", "plugin", "references"],
  ...["registry", "render", "scanners", "syntax_extension", "utf8", "xml"],
];

/** An example of the specification. */
export interface Vector {
  readonly markdown: string;
  readonly html: string;
}

/** The sources in a folder. */
export interface Sources {
  /** Where cmark's .c and .h files are. */
  readonly cmark: string;
  /** The examples of the specification that this version of cmark implements. */
  readonly vectors: readonly Vector[];
}

/**
 * Gets the sources from npm.
 *
 * @param folder An empty folder for them.
 */
export function fetchSources(folder: string): Sources {
  for (const [name, digest] of Object.entries(PACKAGES)) {
    const into = join(folder, packageFolder(name));
    mkdirSync(into);
    const pack = ["pack", name, "--ignore-scripts", "--loglevel=error", "--fetch-retries=0"];
    const file = run("npm", [...pack, `--pack-destination=${into}`], folder).trim();
    const archive = readFileSync(join(into, file));
    if (`sha512-${createHash("sha512").update(archive).digest("base64")}` !== digest) {
      throw new Error(`${name} is not what it was: its digest is another one`);
    }
    run("tar", ["-xzf", file, "--strip-components=1"], into);
  }
  const spec = join(folder, packageFolder("commonmark-spec"), "spec.txt");
  return {
    cmark: join(folder, packageFolder("cmark-gfm"), "vendor/cmark"),
    vectors: readVectors(readFileSync(spec, "utf8")),
  };
}

/** Builds the guest to a file. */
export function buildGuest({ cmark }: Sources, file: string): void {
  const command = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const runtime = process.versions.bun === undefined ? ["run", "-A", "--quiet"] : [];
  const glue = fileURLToPath(new URL("guest.c", import.meta.url));
  const sources = SOURCES.map((name) => join(cmark, `${name}.c`));
  run(process.execPath, [
    ...[...runtime, command, "build", glue, ...sources, "-o", file],
    ...["--", `-I${cmark}`, "-DCMARK_GFM_STATIC_DEFINE"],
  ]);
}

/** In the specification, each example stands between two lines of backticks, and an arrow is a tab. */
function readVectors(spec: string): Vector[] {
  const examples = spec.matchAll(/^`{32} example\n([^]*?)^\.\n([^]*?)^`{32}$/gm);
  return Array.from(examples, ([, markdown = "", html = ""]) => ({
    markdown: markdown.replaceAll("→", "\t"),
    html: html.replaceAll("→", "\t"),
  }));
}

function packageFolder(name: string): string {
  return name.split("@")[0] ?? name;
}

function run(program: string, args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (status !== 0) {
    throw new Error(`${program} ${args[0]} failed: ${error?.message ?? stderr.trim()}`);
  }
  return stdout;
}
