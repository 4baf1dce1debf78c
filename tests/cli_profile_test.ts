// vmlet profile: the files that it writes of a guest's function.
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { buildGuest } from "./support/build_guest.ts";
import { Folder, RUN, vmlet } from "./support/cli.ts";
import { needsKvm } from "./support/skip.ts";

const profile = (...args: string[]) => vmlet([...RUN, "--allow-write"], "profile", ...args);

test("vmlet profile writes flame graphs, folded stacks and a trace", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder({ "words.elf": await buildGuest("examples/profile/words.c", "-g") });
  const prefix = folder.at("words");
  const { code, out, error } = profile(
    ...[folder.at("words.elf"), "most_frequent", "2000"],
    ...["--times", "300", "--output", prefix],
  );
  assertEquals([code, error], [0, ""]);
  assertMatch(out, /^(\S+words\.\w+\.\w+: \d+ [^\n]+\n){7}$/);
  const read = (suffix: string) => readFileSync(`${prefix}.${suffix}`, "utf8");
  for (const name of ["cpu", "heap", "live"]) {
    assertMatch(read(`${name}.svg`), /^<svg [^]*words\.elf: most_frequent, [^]*<\/svg>\n$/);
    assertMatch(read(`${name}.folded`), /^(\S+ \d+\n)+$/);
  }
  assertMatch(read("cpu.folded"), /^dispatch;most_frequent;count_all;find\S* \d+$/m);
  assertMatch(read("heap.folded"), /^dispatch;most_frequent;make_text;vmlet_malloc\S* 3000300$/m);
  assertMatch(read("live.folded"), /^dispatch;most_frequent;count_all;find;vmlet_malloc\S* \d+\n$/);
  const { traceEvents } = JSON.parse(read("trace.json"));
  const names = traceEvents.map(({ name }: { name: string }) => name);
  for (const name of ["call most_frequent", "make text", "count", "counted", "sort"]) {
    assertEquals(names.filter((it: string) => it === name).length, 300, name);
  }
});

test("vmlet profile says where it cannot write, and that calls are too short", {
  skip: needsKvm,
}, () => {
  using folder = new Folder();
  const add = ["guest/examples/hello.elf", "add", "1", "2"] as const;
  const nowhere = profile(...add, "--output", folder.at("nothing/add"));
  assertEquals(nowhere.code, 1);
  assertMatch(nowhere.error, /^Cannot write \S+\/nothing\/add\.cpu\.svg: .*ENOENT/);
  const short = profile(...add, "--output", folder.at("add"));
  assertEquals(short.code, 0);
  assertMatch(short.error, /^The guest was found running \d times only/);
});

for (
  const [args, message] of [
    [[], "vmlet profile needs a guest's file"],
    [["guest/examples/hello.elf"], "vmlet profile needs a function's name"],
    [["guest/examples/hello.elf", "add", "1", "2", "--times", "0"], "--times 0 is no number"],
    [["guest/examples/hello.elf", "add", "1", "2", "--times=x"], "--times x is no number"],
    [["guest/examples/hello.elf", "add", "1", "2", "--json"], "vmlet profile prints no result"],
    [["guest/examples/hello.elf", "add", "1", "2", "--output="], "--output needs how"],
    [["guest/examples/hello.elf", "nothing"], "The guest has no function nothing"],
  ] as const
) {
  test(`vmlet profile ${args.join(" ")} says what is wrong`, () => {
    const { code, error } = profile(...args);
    assertEquals(code, 2);
    assert(error.startsWith(message), error);
  });
}

test("vmlet profile --help prints what it does", () => {
  const { code, out } = profile("--help");
  assertEquals(code, 0);
  assertMatch(out, /^Usage: vmlet profile GUEST FUNCTION/);
});
