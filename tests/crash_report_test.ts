/** What a crash looks like to people: messages with functions and lines, and reports with the rest. */

import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { Pool, Sandbox, VmletError } from "../mod.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { coreFile } from "./support/core_file.ts";
import { errorOf, hostile, rejectionOf } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const SOURCE = readFileSync(new URL("guests/faults.c", import.meta.url), "utf8").split("\n");

/** The lines of faults.c that a mark stands at, counted from 1. */
function linesOf(mark: string): number[] {
  return SOURCE.flatMap((text, i) => text.endsWith(`// ${mark}`) ? [i + 1] : []);
}

/** The exported functions that crash, the function in which they do, and the mark of its line. */
const FAULTS = {
  write_null: ["parse_header", "write_null"],
  read_far: ["load", "read_far"],
  divide_by_zero: ["divide", "divide"],
  undefined_instruction: ["undefined", "undefined_instruction"],
  own_breakpoint: ["breakpoint", "breakpoint"],
  forbidden_port: ["port", "port"],
  read_control: ["privileged", "privileged"],
  overflow: ["recurse", "recurse"],
  write_constant: ["constants", "write_constant"],
  call_null: ["call", "call_null"],
} as const;

/** What a guest of ring 0 may do, which owns its machine; its page tables begin at address 0. */
const ALLOWED_AT_0 = ["read_control", "write_constant", "write_null"];

function build(ring: 0 | 3, ...flags: string[]): Promise<Uint8Array> {
  return (ring === 0 ? buildRing0Guest : buildGuest)("faults.c", "-g", ...flags);
}

async function crash(guest: Uint8Array, name: string): Promise<VmletError> {
  using sandbox = await Sandbox.create({ guest });
  return errorOf(() => sandbox.call(name as never, [] as never));
}

for (const ring of [3, 0] as const) {
  for (const flags of [["-O0", "-gdwarf-4"], ["-O0", "-gdwarf-5"], ["-O0", "-gdwarf-3"]]) {
    test(
      `${ring === 3 ? "Ten" : "Seven"} faults at ring ${ring} name function and line, built with ${
        flags.join(" ")
      }`,
      { skip },
      async () => {
        const guest = await build(ring, ...flags, "-fno-optimize-sibling-calls");
        for (const [name, [place, mark]] of Object.entries(FAULTS)) {
          if (ring === 0 && ALLOWED_AT_0.includes(name)) continue;
          const { message } = await crash(guest, name);
          const [, line] = new RegExp(`\\b${place} \\(faults\\.c:(\\d+)\\)`).exec(message) ?? [];
          assert(line !== undefined, `${name}: ${message}`);
          assert(linesOf(`FAULT(${mark})`).includes(Number(line)), `${name}: ${message}`);
        }
      },
    );
  }
}

test("A message says what was done, in which function and line, and who called it", {
  skip,
}, async () => {
  const guest = await build(3, "-O0");
  const [fault] = linesOf("FAULT(write_null)");
  const [call] = linesOf("CALL(write_null)");
  const { message, rip, address, access, code } = await crash(guest, "write_null");
  assertEquals(
    message,
    `Guest crashed: write to 0x0 in parse_header (faults.c:${fault}), ` +
      `called from write_null (faults.c:${call}): address 0, which is never mapped`,
  );
  assertEquals([code, address, access], ["ERR_MEMORY_ACCESS", 0n, "write"]);
  assertEquals(typeof rip, "bigint");
  const [place] = linesOf("FAULT(call_null)");
  assertEquals(
    (await crash(guest, "call_null")).message,
    `Guest crashed: jump to 0x0 called from call (faults.c:${place}): address 0, which is never mapped`,
  );
});

for (const ring of [3, 0] as const) {
  test(`VmletError.report() has the whole stack of a guest at ring ${ring}`, { skip }, async () => {
    for (const flags of [["-O0"], ["-O2"]]) {
      using folder = new Folder();
      using sandbox = await Sandbox.create({
        guest: await build(ring, ...flags),
        coreDumps: { directory: folder.path },
      });
      const error = errorOf(() => sandbox.call("copy_far" as never, [] as never));
      const report = error.report();
      assert(report.startsWith(`${error.message}\n`));
      const functions = [
        ...report.matchAll(/^#\d+ +0x[\da-f]{16} in (\w+)\+0x[\da-f]+ \((.*)\)$/gm),
      ];
      const names = functions.map(([, name]) => name);
      const files = functions.map(([, , place = ""]) => place.replace(/^.*\/|:.*$/g, ""));
      // Only some are inlined.
      assertEquals(names.slice(-4).filter((it) => it !== "copy_far"), [
        ...(flags[0] === "-O0" ? [] : ["memcpy"]),
        ...["copy", "vmlet_invoke_copy_far", "dispatch"],
      ]);
      assertEquals(files.slice(-2), ["faults.c", "start.c"]);
      const [at] = linesOf("FAULT(copy)");
      assertMatch(report, new RegExp(`in copy\\+0x[\\da-f]+ \\(\\S*faults\\.c:${at}:\\d+\\)`));
      // The registers of the place, also where a handler of the guest's own ran.
      const rip = error.rip?.toString(16).padStart(16, "0");
      assertStringIncludes(report, `rip 0x${rip}`);
      assertMatch(report, /^r[a-z]+ +0x0000123456789000/m);
      assert(!report.includes("unknown"), report);
      assertMatch(report, /^code at rip: (?:[\da-f]{2} ?){16}$/m);
      assertStringIncludes(report, `core dump: ${error.coreDump}\n`);
    }
  });
}

test("VmletError.report() of an abort and of a late call says where the guest was", {
  skip,
}, async () => {
  const guest = await build(3, "-O0");
  const abort = await crash(guest, "give_up");
  assertEquals(abort.message, "Guest aborted with code 42: had enough");
  assertMatch(abort.report(), /in vmlet_abort\+.*start\.c:[\s\S]* in give_up\+.*faults\.c:/);
  using late = await Sandbox.create({ guest, deadline: 10 });
  const error = errorOf(() => late.call("spin" as never, [] as never));
  assertEquals(error.code, "ERR_DEADLINE");
  const [line] = linesOf("LOOP");
  assertMatch(error.report(), new RegExp(`^#0 .* in spin\\+.*faults\\.c:${line}:`, "m"));
});

for (const ring of [3, 0] as const) {
  test(
    `VmletError.report() of a call that was ended at ring ${ring} tells the guest as it was then, whenever it is asked`,
    { skip },
    async () => {
      const guest = await build(ring, "-O0");
      const sandbox = await Sandbox.create({ guest });
      const ended = () =>
        errorOf(() => sandbox.call("spin" as never, [] as never, { deadline: 10 }));
      const [line] = linesOf("LOOP");
      const check = (error: VmletError) => {
        const report = error.report();
        assertEquals(error.code, "ERR_DEADLINE");
        assertMatch(report, new RegExp(`^#0 .* in spin\\+.*faults\\.c:${line}:`, "m"));
        assertMatch(report, /^rip 0x[\da-f]{16}$/m);
        assertMatch(report, /^code at rip: [\da-f]{2} /m);
        assertEquals(error.report(), report);
      };
      const snapshot = sandbox.snapshot();
      check(ended());
      sandbox.restore(snapshot);
      const restored = ended();
      sandbox.restore(snapshot);
      const crash = errorOf(() => sandbox.call("read_far" as never, [] as never));
      check(restored);
      assertStringIncludes(crash.message, "in load");
      sandbox.restore(snapshot);
      snapshot.close();
      const closed = ended();
      sandbox.close();
      check(closed);
    },
  );
}

test("Crashes of asynchronous calls are explained too", { skip }, async () => {
  await using sandbox = await Sandbox.create({ guest: await build(3, "-O0") });
  const error = await rejectionOf(sandbox.callAsync("read_far" as never, [] as never));
  const [line] = linesOf("FAULT(read_far)");
  assertStringIncludes(error.message, `in load (faults.c:${line}), called from read_far`);
  assertStringIncludes(error.report(), "in load+");
});

test("Crashes of clones and of pools are explained too, and leave dumps", { skip }, async () => {
  using folder = new Folder();
  const guest = await build(3, "-O0");
  const coreDumps = { directory: folder.path };
  const [line] = linesOf("FAULT(read_far)");
  const check = (error: VmletError) => {
    assertStringIncludes(error.message, `in load (faults.c:${line}), called from read_far`);
    assertStringIncludes(error.report(), `core dump: ${folder.path}/`);
    const core = coreFile(readFileSync(error.coreDump ?? ""));
    assertEquals(core.register("rip"), error.rip);
    // The code of a clone is the snapshot's.
    const [, bytes = ""] = /^code at rip: (.*)$/m.exec(error.report()) ?? [];
    const found = Array.from(
      core.read(error.rip ?? 0n, 16),
      (it) => it.toString(16).padStart(2, "0"),
    );
    assertEquals(found.join(" "), bytes);
  };
  using sandbox = await Sandbox.create({ guest });
  using snapshot = sandbox.snapshot();
  using clone = await Sandbox.fromSnapshot(snapshot, { coreDumps });
  check(errorOf(() => clone.call("read_far" as never, [] as never)));
  await using pool = await Pool.create({ sandbox: { guest, coreDumps }, size: 1 });
  check(await rejectionOf(pool.run("read_far" as never, [] as never)));
});

test("A guest without symbols crashes with the message and the registers", { skip }, async () => {
  using sandbox = await hostile();
  const error = errorOf(() => sandbox.exports.write_at(0n));
  const rip = error.rip?.toString(16) ?? "";
  assertEquals(
    error.message,
    `Guest crashed: write to 0x0 at instruction 0x${rip}: address 0, which is never mapped`,
  );
  const report = error.report();
  assertStringIncludes(report, `#0   0x${rip.padStart(16, "0")}\n`);
  assertStringIncludes(report, `rip 0x${rip.padStart(16, "0")}\n`);
  assertMatch(report, /^code at rip: [\da-f]{2} /m);
});

test("VmletError.report() of what is no crash is its message", () => {
  assertEquals(new VmletError("ERR_CLOSED", "It is closed").report(), "It is closed");
});

test("A guest whose stack pointer leads nowhere has a report nevertheless", { skip }, async () => {
  for (const pointer of [0n, 0x8000_0000_0000_0000n, 2n ** 64n - 8n, 0x78_0000_0000n]) {
    using sandbox = await hostile();
    const error = errorOf(() => sandbox.exports.push_at(pointer));
    assertMatch(error.report(), /^#0 {3}0x/m);
    assertLess(error.report().length, 10_000);
  }
});

test("A guest whose frames lead to themselves has a report that ends", { skip }, async () => {
  using sandbox = await Sandbox.create({ guest: await build(3, "-O0") });
  const error = errorOf(() => sandbox.call("own_frame" as never, [] as never));
  assertLess(error.report().split("\n").filter((it) => it.startsWith("#")).length, 33);
});
