/** Hyperlight's behaviours A10: what a guest logs and prints. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { join } from "node:path";
import process from "node:process";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import {
  type GuestLogRecord,
  type LogLevel,
  Sandbox,
  type SandboxOptions,
  VmletError,
} from "../mod.ts";
import { buildHyperlightGuest } from "../scripts/hyperlight_guests.ts";
import { ROOT } from "../scripts/tools.ts";
import { Folder } from "./support/cli.ts";
import { crash, RUST, rustWith } from "./support/hyperlight.ts";
import { collectLogs } from "./support/logs.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsHyperlightGuest } from "./support/skip.ts";

const skip = needsHyperlightGuest;

const EXPORTS = {
  Echo: RUST.Echo,
  GetLogLevel: { parameters: [], result: "u64" },
  LogMessage: { parameters: ["string", "i32"], result: "void" },
  LogAllLevels: { parameters: [], result: "void" },
  LogAt: { parameters: ["i32", "string"], result: "void" },
  LogLarge: { parameters: ["i32"], result: "void" },
  DebugPrint: { parameters: ["string"], result: "void" },
  OutPort: { parameters: ["i32", "i32"], result: "void" },
} as const;

/** A sandbox, and the records that its log receives. */
async function logging(
  options: Pick<SandboxOptions, "logLevel" | "printDebug"> = {},
): Promise<{ sandbox: Sandbox<typeof EXPORTS>; records: GuestLogRecord[] }> {
  const records: GuestLogRecord[] = [];
  const log = (record: GuestLogRecord) => void records.push(record);
  return { sandbox: await rustWith(EXPORTS, { log, ...options }), records };
}

const LEVELS = ["off", "error", "warn", "info", "debug", "trace"] as const;

test(
  "A10.1 the guest is told the level that the options say; without, info with a log, else LogTape's",
  {
    skip,
  },
  async () => {
    for (const [number, logLevel] of LEVELS.entries()) {
      const { sandbox } = await logging({ logLevel });
      using it = sandbox;
      assertEquals(it.exports.GetLogLevel(), BigInt(number));
    }
    const { sandbox } = await logging();
    using withLog = sandbox;
    using without = await rustWith(EXPORTS);
    assertEquals([withLog.exports.GetLogLevel(), without.exports.GetLogLevel()], [3n, 0n]);
    for (const [lowestLevel, number] of [["error", 1n], ["warning", 2n], ["debug", 4n]] as const) {
      using _log = collectLogs(lowestLevel);
      using configured = await rustWith(EXPORTS);
      assertEquals(configured.exports.GetLogLevel(), number);
    }
  },
);

test(
  "A10.2 a record arrives if its level is wanted: 0 of 5 for off, all for trace",
  { skip },
  async () => {
    for (const [count, logLevel] of LEVELS.entries()) {
      const { sandbox, records } = await logging({ logLevel });
      using it = sandbox;
      it.exports.LogAllLevels();
      assertEquals(records.map(({ level }) => level), LEVELS.slice(1, count + 1) as LogLevel[]);
      records.length = 0;
      LEVELS.forEach((name, level) => it.exports.LogMessage(name, level));
      assertEquals(records.map(({ message }) => message), LEVELS.slice(1, count + 1));
    }
    // Without a level it is info; Hyperlight's is error.
    const { sandbox, records } = await logging();
    using it = sandbox;
    it.exports.LogAllLevels();
    assertEquals(records.map(({ level }) => level), ["error", "warn", "info"]);
  },
);

test(
  "A10.3 the guest's levels become those of records: critical is error, none is trace",
  { skip },
  async () => {
    const { sandbox, records } = await logging({ logLevel: "trace" });
    using it = sandbox;
    for (let level = 0; level <= 7; level++) it.exports.LogAt(level, `level ${level}`);
    assertEquals(records.map(({ level, message }) => [level, message]), [
      ["trace", "level 0"],
      ["debug", "level 1"],
      ["info", "level 2"],
      ["warn", "level 3"],
      ["error", "level 4"],
      ["error", "level 5"],
      ["trace", "level 6"],
      // The crate makes it none.
      ["trace", "level 7"],
    ]);
  },
);

test(
  "A10.3 records past the wanted level do not arrive, although the guest sends them",
  { skip },
  async () => {
    const { sandbox, records } = await logging({ logLevel: "warn" });
    using it = sandbox;
    for (let level = 0; level <= 6; level++) it.exports.LogAt(level, `level ${level}`);
    assertEquals(records.map(({ message }) => message), ["level 3", "level 4", "level 5"]);
  },
);

test("A10.4 a record has the guest's source, caller, file and line", { skip }, async () => {
  const { sandbox, records } = await logging({ logLevel: "trace" });
  using it = sandbox;
  it.exports.LogAt(2, "é ✓");
  it.exports.LogMessage("through the log crate", 1);
  const [first, second] = records;
  assertEquals(first, {
    level: "info",
    message: "é ✓",
    source: "a source",
    caller: "a caller",
    file: "a_file.rs",
    line: 123,
  });
  assertEquals([second?.level, second?.message, second?.file], [
    "error",
    "through the log crate",
    "src/logs.rs",
  ]);
  assertMatch(second?.source ?? "", /^hyperlight_test_guest/);
});

test("A10.4 a record that is too large for its buffer is the guest's panic", { skip }, async () => {
  const { sandbox, records } = await logging();
  using it = sandbox;
  const error = crash(it, it.snapshot(), () => it.exports.LogLarge(16_300));
  assertEquals([error.code, error.guestCode, records], ["ERR_GUEST_ABORTED", 8, []]);
});

test("A10.6 debug print is a record of level debug for each line", { skip }, async () => {
  const { sandbox, records } = await logging({ logLevel: "debug" });
  using it = sandbox;
  const clean = it.snapshot();
  it.exports.DebugPrint("first é\nsecond");
  for (const character of [0x41, 0x2713, 0xd800, 0xffffffff | 0]) {
    it.exports.OutPort(103, character);
  }
  crash(it, clean, () => {
    it.exports.OutPort(103, 0x42);
    it.exports.OutPort(98, 0);
  });
  const common = { level: "debug", source: "debug-print", caller: "", file: "", line: 0 } as const;
  assertEquals(
    records,
    // Each call ends its line; what is no character is shown as one that says so.
    ["first é", "second", "A", "✓", "\ufffd", "\ufffd", "B"].map((message) => ({
      ...common,
      message,
    })),
  );
});

test("A10.6 debug print goes to standard error with printDebug, and nowhere below level debug", {
  skip,
}, async () => {
  using folder = new Folder();
  const program = join(ROOT, "tests/support/printing_program.ts");
  const run = process.versions.bun === undefined ? ["run", "-A", program] : [program];
  const finished = runRuntime([
    ...run,
    ...[await buildHyperlightGuest(), folder.at("result"), "DebugPrint", "first é\nsecond"],
  ]);
  assertEquals([finished.code, finished.error], [0, "first é\nsecond\n"]);
  const { sandbox, records } = await logging({ logLevel: "info" });
  using it = sandbox;
  it.exports.DebugPrint("not wanted");
  assertEquals(records, []);
});

test(
  "A10.9 guests built with trace_guest and mem_profile are recorded, without a build of the host",
  {
    skip,
  },
  async () => {
    const guest = await buildHyperlightGuest("trace_guest", "mem_profile");
    const options = { guest, exports: { Echo: RUST.Echo }, memory: { heap: 1 << 20 } };
    // These guests make spans when they are told the level of traces.
    using sandbox = await Sandbox.create({
      ...options,
      ...{ traceGuest: true, memProfile: true, logLevel: "trace" },
    });
    assertEquals(sandbox.exports.Echo("é"), "é");
    const { trace, allocated, live } = sandbox.recording();
    const entries = trace?.entries ?? [];
    const call = entries.find((it) => it.name === "call Echo");
    const inside = entries.filter((it) =>
      call && it !== call && it.start >= call.start &&
      it.start + (it.duration ?? 0) <= call.start + (call.duration ?? 0)
    );
    for (const name of ["internal_dispatch_function", "call_guest_function", "halt"]) {
      assert(inside.some((it) => it.name === name), name);
    }
    assert(inside.every((it) => it.target.startsWith("hyperlight_guest")));
    assertEquals(trace?.dropped, 0);
    const [all = 0, kept = 0] = [allocated?.total, live?.total];
    assert(kept > 0 && all > kept, `${all}, ${kept}`);
    // Without the option, the port of an allocation is one that nobody serves.
    const error = await assertRejects(() => Sandbox.create(options), VmletError);
    assertEquals([error.code, error.port], ["ERR_FORBIDDEN_PORT", 105]);
  },
);
