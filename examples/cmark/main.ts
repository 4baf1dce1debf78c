/**
 * GitHub's Markdown parser, C as it is, in a virtual machine: checks it against every example of the CommonMark
 * specification, then renders a file.
 *
 * Run it as `deno task example:cmark [FILE]` or `bun examples/cmark/main.ts [FILE]`. The sources come from npm.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Sandbox } from "../../mod.ts";
import { buildGuest, fetchSources } from "./build.ts";

const folder = await mkdtemp(join(tmpdir(), "vmlet-cmark-"));
try {
  const sources = fetchSources(folder);
  const guest = join(folder, "cmark.elf");
  buildGuest(sources, guest);

  using sandbox = await Sandbox.create({
    guest,
    exports: { markdown_to_html: { parameters: ["string"], result: "string" } },
    memory: { heap: 64 * 1024 * 1024, stack: 1024 * 1024 },
  });
  const { vectors } = sources;
  const started = performance.now();
  const failed = vectors.filter(({ markdown, html }) =>
    sandbox.exports.markdown_to_html(markdown) !== html
  );
  const ms = (performance.now() - started).toFixed(0);
  console.log(`${vectors.length - failed.length} of ${vectors.length} examples, in ${ms} ms`);
  for (const { markdown } of failed) console.log(`failed: ${JSON.stringify(markdown)}`);
  process.exitCode = failed.length === 0 && vectors.length > 0 ? 0 : 1;

  const [file] = process.argv.slice(2);
  if (file !== undefined) {
    console.log(sandbox.exports.markdown_to_html(await readFile(file, "utf8")));
  }
} finally {
  await rm(folder, { recursive: true });
}
