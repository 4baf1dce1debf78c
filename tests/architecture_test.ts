/** The table of the seed's items in ARCHITECTURE.md: what it names exists. */

import { test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { assert, assertEquals } from "@std/assert";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const [, section = ""] = read("ARCHITECTURE.md").split("\n## The seed, item by item\n");
const ROWS = section.split("\n").filter((line) => /^\| (?!item |-)/.test(line))
  .map((line) => line.split(" | "));

/** What a test may be called: for names that are put together, everything that fits. `testKit` adds the ring. */
const NAMES = readdirSync(new URL(".", import.meta.url)).filter((it) => it.endsWith("_test.ts"))
  .flatMap((file) => [...read(`tests/${file}`).matchAll(/\btest(?:Kit)?\(\s*(["`])(.*?)\1,/gs)])
  .map(([, , name = ""]) => name).filter((name) => !name.startsWith("${"))
  .map((name) => {
    const parts = name.split(/\$\{.*?\}/s).map((part) => part.replace(/[^\w\s]/g, "\\$&"));
    return new RegExp(`^${parts.join(".+")}$`);
  });

test("ARCHITECTURE.md names files and symbols that exist, for each item of the seed", () => {
  assert(ROWS.length > 90, `${ROWS.length} rows`);
  for (const [item = "", here = ""] of ROWS) {
    const places = [...here.matchAll(/`([\w./]+)#(\w+)`/g)];
    assert(places.length > 0, `${item} is nowhere`);
    for (const [, file = "", symbol = ""] of places) {
      const source = read(file.startsWith("shim/") ? file : `src/${file}`);
      assert(new RegExp(`\\b${symbol}\\b`).test(source), `${symbol} is not in ${file}`);
    }
  }
});

test("ARCHITECTURE.md names tests that exist, for each item of the seed but hooks", () => {
  for (const [item = "", here = "", ...rest] of ROWS) {
    const tests = [...rest.join(" | ").matchAll(/"(.+?)"/g)].map(([, name = ""]) => name);
    const unknown = tests.filter((name) => !NAMES.some((it) => it.test(name)));
    assertEquals(unknown, [], item);
    assert(tests.length > 0 || rest[0]?.trim() === "none" || here.startsWith("hook:"), item);
  }
});
