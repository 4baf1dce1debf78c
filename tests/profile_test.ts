// Profiles, flame graphs and timelines by themselves: what viewers get, whatever guests make of it.
import { test } from "node:test";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { Profile } from "../src/debug/profile.ts";
import { Timeline } from "../src/debug/timeline.ts";

/** Each element's name, attributes and text; throws unless all that is opened is closed. */
function parseXml(
  text: string,
): { name: string; attributes: Record<string, string>; text: string }[] {
  const found: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: typeof found = [];
  let at = 0;
  for (const match of text.matchAll(/<(\/?)([a-z]+)((?: [\w-]+="[^"<]*")*)(\/?)>|</gi)) {
    const before = text.slice(at, match.index);
    assert(!/&(?!(amp|lt|gt);)/.test(before), before);
    const inside = open.at(-1);
    if (inside) inside.text += before;
    const [all, closing, name = "", attributes = "", alone] = match;
    assert(all !== "<", `${text.slice(match.index, match.index + 60)} is no tag`);
    if (closing) assertEquals(open.pop()?.name, name);
    else {
      const pairs = attributes.matchAll(/([\w-]+)="([^"]*)"/g);
      const element = {
        name,
        attributes: Object.fromEntries(Array.from(pairs, ([, key, value]) => [key, value])),
        text: "",
      };
      found.push(element);
      if (!alone) open.push(element);
    }
    at = match.index + all.length;
  }
  assertEquals(open.length, 0);
  return found;
}

function example(): Profile {
  const profile = new Profile("samples");
  profile.add(["main", "read"], 30);
  profile.add(["main", "parse", "lex"], 50);
  profile.add(["main", "parse"], 10);
  profile.add(["other"], 10);
  return profile;
}

test("Profile.folded() has a line for each stack with an amount of its own", () => {
  const profile = example();
  profile.add(["main", "read"], 5);
  profile.add(["a;b", "c d\n"], 1);
  profile.add([], 2);
  assertEquals(
    profile.folded(),
    "[unknown] 2\na_b;c_d_ 1\nmain;parse 10\nmain;parse;lex 50\nmain;read 35\nother 10\n",
  );
  assertEquals(profile.total, 108);
});

test("Profile.flameGraph() draws each function above its caller, as wide as its amount", () => {
  const elements = parseXml(example().flameGraph("title"));
  const titles = elements.filter((it) => it.name === "title").map((it) => it.text);
  assertEquals(titles.toSorted(), [
    "all: 100 samples, 100.0 %",
    "lex: 50 samples, 50.0 %",
    "main: 90 samples, 90.0 %",
    "other: 10 samples, 10.0 %",
    "parse: 60 samples, 60.0 %",
    "read: 30 samples, 30.0 %",
  ]);
  const boxes = elements.filter((it) => it.name === "rect").slice(1);
  const box = (name: string) => {
    const { x, y, width } =
      boxes[titles.findIndex((it) => it.startsWith(`${name}:`))]?.attributes ??
        {};
    return { x: Number(x), y: Number(y), width: Number(width) };
  };
  const [all, main, parse, lex, read] = ["all", "main", "parse", "lex", "read"].map(box);
  assert(all && main && parse && lex && read);
  const near = (a: number, b: number) => assert(Math.abs(a - b) < 0.2, `${a}, ${b}`);
  near(main.width, 0.9 * all.width);
  near(lex.width, 0.5 * all.width);
  near(read.x, parse.x + parse.width);
  assert(all.y > main.y && main.y > parse.y && parse.y > lex.y && parse.y === read.y);
});

test("Profile.flameGraph() is sound XML, whatever the functions are called", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.array(fc.string({ unit: "binary" }), { maxLength: 5 }), fc.nat(1e6)),
        { maxLength: 20 },
      ),
      fc.string({ unit: "binary" }),
      (stacks, title) => {
        const profile = new Profile("bytes");
        for (const [stack, amount] of stacks) profile.add(stack, amount);
        const text = profile.flameGraph(title);
        parseXml(text);
        assert(text.isWellFormed());
        for (const line of profile.folded().split("\n").slice(0, -1)) {
          assert(/^\S+( \d+)$/u.test(line) || line.split(" ").length === 2, line);
        }
      },
    ),
    { numRuns: 500 },
  );
  assertStringIncludes(new Profile("bytes").flameGraph("nothing"), "all: 0 bytes");
});

test("Profile keeps a bounded number of functions apart, and no amount is lost", () => {
  const profile = new Profile("samples");
  for (let i = 0; i < 100_000; i++) profile.add([`a${i % 300}`, `b${i}`, `c${i}`], 1);
  const stacks = [...profile.stacks()];
  assert(stacks.length <= 40_000, `${stacks.length}`);
  assertEquals(stacks.reduce((sum, it) => sum + it.amount, 0), 100_000);
  assertEquals(profile.total, 100_000);
});

test("Profile takes stacks of any depth", () => {
  const profile = new Profile("samples");
  profile.add(Array.from({ length: 15_000 }, (_, i) => `f${i}`), 1);
  assert(profile.folded().length > 15_000 && profile.flameGraph("deep").length > 15_000);
});

test("Timeline.toJSON() is Chrome's format: microseconds, outer spans first", () => {
  const timeline = new Timeline(1000);
  timeline.take({
    startTsc: 0n,
    events: [
      {
        kind: "open",
        id: 1n,
        parent: undefined,
        name: "outer",
        target: "g",
        tsc: 100n,
        fields: [],
      },
      { kind: "open", id: 2n, parent: 1n, name: "inner", target: "g", tsc: 100n, fields: [] },
      { kind: "log", parent: 2n, name: "note", tsc: 150n, fields: [{ key: "k", value: "v" }] },
      { kind: "close", id: 2n, tsc: 200n },
    ],
  });
  timeline.endCall({ time: 1001, tsc: 100n }, { time: 1003, tsc: 300n });
  timeline.add("call f", 1001, 1003);
  const common = { pid: 1, tid: 1 };
  assertEquals(JSON.parse(JSON.stringify(timeline)), {
    displayTimeUnit: "ns",
    traceEvents: [
      { ph: "M", ...common, ts: 0, name: "process_name", args: { name: "vmlet" } },
      { ph: "M", ...common, ts: 0, name: "thread_name", args: { name: "guest" } },
      { name: "call f", cat: "host", ...common, ts: 1000, ph: "X", dur: 2000, args: {} },
      { name: "outer", cat: "g", ...common, ts: 1000, ph: "X", dur: 2000, args: {} },
      { name: "inner", cat: "g", ...common, ts: 1000, ph: "X", dur: 1000, args: {} },
      { name: "note", cat: "g", ...common, ts: 1500, ph: "i", s: "t", args: { k: "v" } },
    ],
  });
});

test("Timeline keeps no more text than it may", () => {
  const timeline = new Timeline(0);
  const value = "x".repeat(60_000);
  for (let i = 0; i < 200; i++) {
    timeline.take({
      startTsc: 0n,
      events: [{ kind: "log", parent: 0n, name: "n", tsc: 0n, fields: [{ key: "k", value }] }],
    });
  }
  timeline.endCall({ time: 0, tsc: 0n }, { time: 1, tsc: 0n });
  assert(timeline.dropped > 100 && timeline.entries.length + timeline.dropped === 200);
});
