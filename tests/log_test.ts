// What guests log and what the host says of them, through LogTape: categories, levels, and no more than a guest may.
import { test } from "node:test";
import { configureSync, resetSync } from "@logtape/logtape";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type LogLevel, Sandbox, type SandboxOptions } from "../mod.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { errorOf, guestBytes, HELLO } from "./support/guests.ts";
import { collectLogs } from "./support/logs.ts";
import { needsKvm } from "./support/skip.ts";
import { bestTimes } from "./support/times.ts";

const skip = needsKvm;

const OBSERVED = {
  log_each: { parameters: ["string"], result: "void" },
  log_named: { parameters: ["string"], result: "void" },
  log_often: { parameters: ["i32"], result: "void" },
  flood: { parameters: ["i32", "i32"], result: "void" },
  leave: { parameters: ["i32"], result: "void" },
} as const;

type Options = Pick<SandboxOptions, "log" | "logLevel" | "logRate">;

async function observed(ring: 0 | 3, options: Options = {}): Promise<Sandbox<typeof OBSERVED>> {
  const guest = await (ring === 3 ? buildGuest : buildRing0Guest)("observed.c");
  return await Sandbox.create({ guest, exports: OBSERVED, ...options });
}

test("Sandbox hands the guest's log to LogTape's category vmlet, guest", { skip }, async () => {
  using logs = collectLogs("trace");
  using sandbox = await observed(3);
  sandbox.exports.log_each("it is {not} a {{template}} \x1b[2J");
  const text = "it is {not} a {{template}} \ufffd[2J";
  assertEquals(logs.of("vmlet", "guest"), Array(5).fill(text));
  const records = logs.records.filter((it) => it.category[1] === "guest");
  assertEquals(records.map((it) => it.level), ["trace", "debug", "info", "warning", "error"]);
  const { guest, source, caller, file, line } = records[0]?.properties ?? {};
  assertEquals([source, caller], ["guest", "log_each"]);
  assert(/^\d+ bytes$/.test(String(guest)), String(guest));
  assert(String(file).endsWith("tests/guests/observed.c"), String(file));
  assert(Number(line) > 0);
});

test("Sandbox hands on what guests log as they wrote it, but for control characters", {
  skip,
}, async () => {
  using logs = collectLogs("trace");
  using sandbox = await observed(3);
  const texts = ["a } b", "}}", "{", "{}", "{{*}} {guest}", "}{"].map((it) => [it, it] as const);
  for (const [text, shown] of [...texts, ["\x1b[2J\r\x9b", "\ufffd[2J\ufffd\ufffd"] as const]) {
    sandbox.exports.log_named(text);
    assertEquals(logs.of("vmlet", "guest").at(-1), shown);
    const { source, caller, file } = logs.records.at(-1)?.properties ?? {};
    assertEquals([source, caller, file], [shown, shown, shown]);
  }
});

test("Sandbox does what it does when a filter of LogTape's throws, and LogTape says so", {
  skip,
}, async () => {
  const said: string[] = [];
  const boom = (): boolean => {
    throw new Error("filter");
  };
  configureSync({
    reset: true,
    sinks: { none: () => {}, list: ({ message }) => void said.push(message.join("")) },
    filters: { boom },
    loggers: [
      { category: "vmlet", sinks: ["none"], filters: ["boom"], lowestLevel: "trace" },
      { category: ["logtape", "meta"], sinks: ["list"] },
    ],
  });
  try {
    using sandbox = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO });
    using clean = sandbox.snapshot();
    assertEquals(errorOf(() => sandbox.exports.give_up(7)).guestCode, 7);
    sandbox.restore(clean);
    assertEquals(sandbox.exports.count(), 1);
  } finally {
    resetSync();
  }
  // Created, a call that failed, closed.
  assertEquals(said.filter((it) => it.includes("Error: filter")).length, 3, said.join());
});

test("Sandbox with log hands the guest's log to that alone", { skip }, async () => {
  using logs = collectLogs("trace");
  const levels: LogLevel[] = [];
  using sandbox = await observed(3, { log: ({ level }) => levels.push(level) });
  sandbox.exports.log_each("text");
  assertEquals([levels, logs.of("vmlet", "guest")], [["info", "warn", "error"], []]);
});

test("Sandbox tells the guest the level that LogTape has as it is made", { skip }, async () => {
  for (const [level, count] of [["fatal", 0], ["error", 1], ["info", 3], ["trace", 5]] as const) {
    using logs = collectLogs(level);
    using sandbox = await observed(3);
    sandbox.exports.log_each("text");
    assertEquals(logs.of("vmlet", "guest").length, count, level);
    assertEquals(
      sandbox.logLevel,
      ({ 0: "off", 1: "error", 3: "info", 5: "trace" } as const)[count],
    );
  }
  using sandbox = await observed(3);
  assertEquals(sandbox.logLevel, "off");
});

for (const ring of [3, 0] as const) {
  test(
    `Sandbox.logLevel changes what a guest of ring ${ring} logs, also in asynchronous calls`,
    { skip },
    async () => {
      const messages: string[] = [];
      const log = ({ level }: { level: LogLevel }) => void messages.push(level);
      using sandbox = await observed(ring, { log, logLevel: "off" });
      const logged = () => messages.splice(0);
      sandbox.exports.log_each("text");
      assertEquals(logged(), []);
      const silent = sandbox.snapshot();
      sandbox.logLevel = "trace";
      sandbox.exports.log_each("text");
      assertEquals(logged().length, 5);
      await sandbox.async.log_each("text");
      assertEquals(logged().length, 5);
      // It is the host's wish, and no state of the guest's.
      sandbox.restore(silent);
      sandbox.exports.log_each("text");
      assertEquals(logged().length, 5);
      sandbox.logLevel = "error";
      sandbox.exports.log_each("text");
      assertEquals([logged(), sandbox.logLevel], [["error"], "error"]);
    },
  );
}

test("Sandbox.logLevel refuses what is no level, and stays as it is", { skip }, async () => {
  using sandbox = await observed(3, { logLevel: "warn" });
  const set = (level: unknown) => () => sandbox.logLevel = level as LogLevel;
  assertThrows(set(3), TypeError, "logLevel is not a string");
  assertThrows(set("loud"), RangeError, "off, error, warn, info, debug, trace");
  assertEquals(sandbox.logLevel, "warn");
});

test("Sandbox.create() refuses a logRate that is none", async () => {
  const create = (logRate: unknown) => () =>
    Sandbox.create({ guest: guestBytes("hello"), exports: HELLO, logRate: logRate as number });
  await assertRejects(create("1"), TypeError, "logRate is not a number");
  for (const rate of [0, -1, NaN]) await assertRejects(create(rate), RangeError, "logRate");
});

test("Sandbox drops records beyond logRate, and says how many", { skip }, async () => {
  using logs = collectLogs("warning");
  let count = 0;
  using sandbox = await observed(3, { log: () => void count++, logRate: 50 });
  const began = performance.now();
  sandbox.exports.log_often(1000);
  const seconds = (performance.now() - began) / 1000;
  assert(count >= 50 && count <= 51 + 50 * seconds, `${count} of 1000 in ${seconds} s`);
  assertEquals(logs.of("vmlet", "sandbox").length, 1);
  const [warning] = logs.records;
  assertEquals([warning?.level, warning?.properties.count], ["warning", 1000 - count]);
  // A second later there is room again.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  count = 0;
  sandbox.exports.log_often(50);
  assertEquals([count, logs.records.length], [50, 1]);
});

test("Sandbox with a logRate of Infinity drops nothing", { skip }, async () => {
  let count = 0;
  using sandbox = await observed(3, { log: () => void count++, logRate: Infinity });
  sandbox.exports.log_often(3000);
  assertEquals(count, 3000);
});

test("Sandbox counts a long record as one for each KiB", { skip }, async () => {
  const lengths: number[] = [];
  const log = ({ message }: { message: string }) => void lengths.push(message.length);
  using sandbox = await observed(3, { log, logRate: 100 });
  // A KiB of it is the names of its fields and the like.
  sandbox.exports.flood(1, 60_000);
  sandbox.exports.flood(5, 30_000);
  assertEquals(lengths.slice(0, 2), [60_000, 30_000]);
  assert(lengths.length < 4, `${lengths.length} arrived`);
  // More than there is ever room for.
  sandbox.exports.flood(1, 10_000_000);
  assert(Math.max(...lengths) === 60_000);
});

test("Sandbox of a guest that floods its log costs its host little more than the exits", {
  skip,
}, async () => {
  using sandbox = await observed(3, { log: () => {}, logRate: 10 });
  const [plain, flood] = bestTimes(
    7,
    () => sandbox.exports.leave(500),
    () => sandbox.exports.flood(500, 8_000_000),
  );
  // The guest writes its 8 MB once in each call.
  assert(flood < 3 * plain + 30, `500 exits took ${plain} ms, 500 records ${flood} ms`);
});

test("Sandbox still ends a call whose record lies about its place", { skip }, async () => {
  using sandbox = await observed(3, { log: () => {}, logRate: 1 });
  sandbox.exports.log_often(10);
  // Longer than the output buffer.
  assert(["ERR_GUEST_PROTOCOL", "ERR_MEMORY_ACCESS"].includes(
    errorOf(() => sandbox.exports.flood(1, 16 * 1024 * 1024)).code,
  ));
});
