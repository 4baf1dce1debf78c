// A C library that many use, unmodified, as a guest: cmark-gfm passes its own tests in a sandbox.
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { Sandbox } from "../mod.ts";
import { buildGuest, fetchSources, type Sources } from "../examples/cmark/build.ts";
import { Folder, useZig } from "./support/cli.ts";
import { condition, needsKvm } from "./support/skip.ts";

const folder = new Folder();
process.on("exit", () => folder[Symbol.dispose]());

let sources: Sources | undefined;
let reason: string | false = needsKvm;
if (reason === false) {
  try {
    sources = fetchSources(folder.path);
  } catch (error) {
    const [message = ""] = (error as Error).message.split("\n");
    // Sources that came and are other ones than they were are no reason to skip.
    if (!message.startsWith("npm pack failed")) throw error;
    reason = `npm's registry cannot be reached (${message})`;
  }
}
const needsSources = condition("needsSources", reason);

test("cmark-gfm, built unmodified, renders every example of CommonMark's specification", {
  skip: needsSources,
}, async () => {
  assert(sources);
  useZig();
  buildGuest(sources, folder.at("cmark.elf"));
  using sandbox = await Sandbox.create({
    guest: folder.at("cmark.elf"),
    exports: { markdown_to_html: { parameters: ["string"], result: "string" } },
    memory: { heap: 64 * 1024 * 1024, stack: 1024 * 1024 },
  });
  const render = (markdown: string) => sandbox.exports.markdown_to_html(markdown);
  assertEquals(sources.vectors.length, 649);
  for (const { markdown, html } of sources.vectors) assertEquals(render(markdown), html, markdown);
  // That the comparison can fail.
  assertNotEquals(render("*a*"), "<p>a</p>\n");
  // And a large text, with the library's memory given back each time.
  const large = "- a *list* of [links](https://example.com)\n".repeat(20_000);
  const html = render(large);
  assertEquals(html.split("<li>").length - 1, 20_000);
  for (let i = 0; i < 5; i++) assertEquals(render(large), html);
});
