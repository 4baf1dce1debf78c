/** Hyperlight's behaviours A4: functions of the host that guests call. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { VmletError } from "../mod.ts";
import { buildHyperlightGuest } from "../scripts/hyperlight_guests.ts";
import { ROOT } from "../scripts/tools.ts";
import { buildGuest } from "./support/build_guest.ts";
import { errorOf, hello, helloWith } from "./support/guests.ts";
import { type AnyImports, rust, sandboxOf } from "./support/hyperlight.ts";
import { runRuntime } from "./support/runtime.ts";
import { condition, needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const needsTerminal = condition(
  "needsTerminal",
  needsHyperlightGuest ||
    (spawnSync("script", ["--version"]).status === 0
      ? false
      : "script (util-linux), which makes a terminal, is not there"),
);

/** The arguments by which the runtime prints texts from the guest. */
async function printArguments(...texts: string[]): Promise<string[]> {
  const program = join(ROOT, "tests/support/print_program.ts");
  const run = process.versions.bun === undefined ? ["run", "-A", program] : [program];
  return [...run, await buildHyperlightGuest(), ...texts];
}

// --- HostPrint ---

test(
  "A4.1 HostPrint is there by default: it writes to standard output and returns the length in bytes",
  { skip: needsHyperlightGuest },
  async () => {
    const finished = runRuntime(await printArguments("text\n", "", "é ✓", "\x1b[31mred"));
    assertEquals(finished.code, 0, finished.error);
    assertEquals(finished.out, "text\né ✓\x1b[31mred");
    assertEquals(finished.error, "5\n0\n6\n8\n");
  },
);

test(
  "A4.1 HostPrint's default is green on a terminal, which no guest can command",
  { skip: needsTerminal },
  async () => {
    const words = [process.execPath, ...await printArguments("text", "\x1b[31mred\x07")];
    const line = words.map((it) => `'${it}'`).join(" ");
    const { status, stdout } = spawnSync("script", ["-qec", `${line} 2>/dev/null`, "/dev/null"], {
      encoding: "utf8",
      env: { ...process.env, SHELL: "/bin/sh" },
    });
    assertEquals(status, 0);
    assertStringIncludes(stdout, "\x1b[32mtext\x1b[0m\x1b[32m\ufffd[31mred\ufffd\x1b[0m");
  },
);

test(
  "A4.2 an import of that name replaces HostPrint",
  { skip: needsHyperlightGuest },
  async () => {
    const printed: string[] = [];
    const callback = (text: string) => {
      printed.push(text);
      return 7;
    };
    using sandbox = await rust({
      imports: { HostPrint: { parameters: ["string"], result: "i32", callback } },
    });
    assertEquals(sandbox.exports.Print("text\n"), 7);
    assertEquals(printed, ["text\n"]);
  },
);

// --- what can be registered ---

const I32 = { parameters: [], result: "i32" } as const;

test(
  "A4.3 host functions have as many parameters as they want, and are fixed when the guest is made",
  { skip: needsHyperlightGuest },
  async () => {
    const imports: Record<string, AnyImports[string]> = {
      HostOne: { ...I32, callback: () => 1 },
      HostInt: { ...I32, parameters: ["i32"], callback: (a: number) => a + 1 },
      HostAdd: { ...I32, parameters: ["i32", "i32"], callback: (a: number, b: number) => a + b },
    };
    using sandbox = await rust({ imports });
    const { CallHostNoArgs, CallHost, Add } = sandbox.exports;
    imports["HostOne"] = { ...I32, callback: () => 2 };
    imports["HostLate"] = { ...I32, callback: () => 3 };
    assertEquals([CallHostNoArgs("HostOne"), CallHost("HostInt", 1), Add(1, 41)], [1, 2, 42]);
    assertStringIncludes(errorOf(() => CallHostNoArgs("HostLate")).message, "was not found");
  },
);

test("A4.3 host functions have up to 11 parameters of any types", { skip: needsKvm }, async () => {
  const parameters = [
    ...["i32", "u32", "i64", "u64", "f32", "f64"] as const,
    ...["bool", "string", "buffer", "i32", "i32"] as const,
  ];
  let got: unknown[] = [];
  const callback = (...args: unknown[]) => {
    got = args;
    return args.length;
  };
  const eleven = { eleven: { parameters: [], result: "i32" } } as const;
  using sandbox = await sandboxOf(await buildGuest("kit.c"), eleven, {
    imports: { host_eleven: { parameters, result: "i32", callback } },
  });
  assertEquals(sandbox.exports.eleven(), 11);
  const bytes = Uint8Array.of(8, 9);
  assertEquals(got, [-1, 2, -3n, 4n, 5.5, 6.25, true, "seven", bytes, 10, 11]);
});

// --- what goes wrong ---

test(
  "A4.4 an unknown host function is an error that the guest sees and passes on, and nothing else",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const { HostErrorOf, CallHostNoArgs } = sandbox.exports;
    const text = "HostFunction HostNone was not found";
    assertEquals(HostErrorOf("HostNone"), `HostFunctionError: ${text}`);
    const error = errorOf(() => CallHostNoArgs("HostNone"));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertStringIncludes(error.message, text);
    // Not even what all objects have.
    assertStringIncludes(HostErrorOf("constructor"), "HostFunction constructor was not found");
    assert(!sandbox.poisoned);
  },
);

/** A host function that throws. */
const throwing = (value: unknown) => ({
  HostFail: {
    ...I32,
    callback: () => {
      throw value;
    },
  },
});

test(
  "A4.5 a host function's error is the guest's error with its message, and the caller's with its cause",
  { skip: needsHyperlightGuest },
  async () => {
    const thrown = new Error("hi");
    using sandbox = await rust({ imports: throwing(thrown) });
    assertEquals(sandbox.exports.HostErrorOf("HostFail"), "HostFunctionError: hi");
    const error = errorOf(() => sandbox.exports.CallHostNoArgs("HostFail"));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertStringIncludes(error.message, "hi");
    assert(error.cause === thrown);
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.Echo("text"), "text");
  },
);

test(
  "A4.5 the cause of a call's error is what the host function threw whose error the guest returns",
  { skip: needsHyperlightGuest },
  async () => {
    const thrown = new Error("hi");
    const imports = { ...throwing(thrown), HostOne: { ...I32, callback: () => 1 } };
    using sandbox = await rust({ imports });
    const { exports, async } = sandbox;
    const cases: readonly [[string, string, boolean], Error | undefined][] = [
      [["HostFail", "HostOne", true], thrown],
      [["HostOne", "HostFail", false], thrown],
      [["HostFail", "Missing", true], thrown],
      // The guest has got over the first one.
      [["HostFail", "Missing", false], undefined],
    ];
    for (const [args, cause] of cases) {
      const errors = [
        errorOf(() => exports.CallHostTwice(...args)),
        await assertRejects(() => async.CallHostTwice(...args), VmletError),
      ];
      for (const error of errors) {
        assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
        assert(error.cause === cause, `${args}: ${error.cause}`);
      }
    }
    assertEquals(exports.CallHostTwice("HostFail", "HostOne", false), 1);
  },
);

test(
  "A4.6 a call with the wrong arguments is refused with both counts, or the value and both types",
  { skip: needsHyperlightGuest },
  async () => {
    let calls = 0;
    const callback = () => ++calls;
    using sandbox = await rust({
      imports: {
        HostOne: { ...I32, callback },
        HostAdd: { ...I32, parameters: ["i32", "i32"], callback },
        HostText: { ...I32, parameters: ["string"], callback },
        HostString: { parameters: ["string"], result: "string", callback },
      },
    });
    const { HostErrorOf, CallHost, CallHostString } = sandbox.exports;
    const count = "The number of arguments to the function is wrong: got";
    assertStringIncludes(HostErrorOf("HostAdd"), `${count} 0 expected 2`);
    const cases = [
      [() => CallHost("HostOne", 1), `${count} 1 expected 0`],
      [() => CallHost("HostAdd", 1), `${count} 1 expected 2`],
      [() => CallHost("HostText", 1), "HostText: parameter 0 is the i32 1 instead of string"],
      [() => CallHost("HostString", 1), "HostString returns string, and i32 is expected"],
      [() => CallHostString("HostOne", ""), `${count} 1 expected 0`],
    ] as const;
    for (const [call, text] of cases) {
      const error = errorOf(call);
      assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
      assertStringIncludes(error.message, text);
    }
    assertEquals(calls, 0);
    assert(!sandbox.poisoned);
  },
);

test(
  "A4.7 better: a C guest whose host function fails returns its message as an error, and goes on",
  { skip: needsKvm },
  async () => {
    using sandbox = await helloWith(() => {
      throw new Error("hi");
    });
    const error = errorOf(() => sandbox.exports.add_in_host(1, 2));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertStringIncludes(error.message, "hi");
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.add(1, 2), 3);
  },
);

test("A4.8 host functions take and return every type", { skip: needsHyperlightGuest }, async () => {
  const same = (type: "u32" | "i64" | "u64" | "f32" | "f64" | "bool" | "string" | "buffer") => ({
    parameters: [type],
    result: type,
    callback: (value: never) => value,
  });
  const heard: string[] = [];
  using sandbox = await rust({
    imports: {
      HostInt: { ...I32, parameters: ["i32"], callback: (a: number) => -a },
      HostUInt: same("u32"),
      HostLong: same("i64"),
      HostULong: same("u64"),
      HostFloat: same("f32"),
      HostDouble: same("f64"),
      HostBool: { parameters: ["bool"], result: "bool", callback: (a: boolean) => !a },
      HostString: same("string"),
      HostBytes: same("buffer"),
      HostVoid: { parameters: [], result: "void", callback: () => void heard.push("void") },
    },
  });
  const { exports } = sandbox;
  assertEquals(exports.CallHost("HostInt", 2 ** 31 - 1), 1 - 2 ** 31);
  assertEquals(exports.CallHostUInt("HostUInt", 2 ** 32 - 1), 2 ** 32 - 1);
  assertEquals(exports.CallHostLong("HostLong", -(2n ** 63n)), -(2n ** 63n));
  assertEquals(exports.CallHostULong("HostULong", 2n ** 64n - 1n), 2n ** 64n - 1n);
  assertEquals(exports.CallHostFloat("HostFloat", 1.5), 1.5);
  assertEquals(exports.CallHostDouble("HostDouble", -0.1), -0.1);
  assertEquals(exports.CallHostBool("HostBool", false), true);
  assertEquals(exports.CallHostString("HostString", "é ✓"), "é ✓");
  assertEquals(exports.CallHostBytes("HostBytes", Uint8Array.of(0, 9)), Uint8Array.of(0, 9));
  exports.CallHostVoid("HostVoid");
  assertEquals(heard, ["void"]);
});

test(
  "A4.9 a host function that calls back into its sandbox gets ERR_BUSY, into another an answer",
  { skip: needsHyperlightGuest },
  async () => {
    using other = await hello();
    const got: unknown[] = [];
    const imports = {
      HostOne: {
        ...I32,
        callback: (): number => {
          for (const what of [() => sandbox.exports.Echo(""), () => sandbox.snapshot()]) {
            got.push(errorOf(what).code);
          }
          return other.exports.add(40, 2);
        },
      },
      HostFail: { ...I32, callback: () => sandbox.exports.EchoInt(1) },
    };
    using sandbox = await rust({ imports });
    assertEquals(sandbox.exports.CallHostNoArgs("HostOne"), 42);
    assertEquals(got, ["ERR_BUSY", "ERR_BUSY"]);
    const error = errorOf(() => sandbox.exports.CallHostNoArgs("HostFail"));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
    assertInstanceOf(error.cause, VmletError);
    assertEquals(error.cause.code, "ERR_BUSY");
    assert(!sandbox.poisoned);
  },
);

test(
  "A4.10 better: whatever a host function throws or returns, the guest gets an error and lives on",
  { skip: needsHyperlightGuest },
  async () => {
    const strange: unknown[] = [
      undefined,
      null,
      7,
      "text",
      {},
      Symbol("s"),
      { toString: () => 7 },
      () => {},
    ];
    const unprintable = {
      toString: () => {
        throw new Error("not that either");
      },
    };
    for (const value of [...strange, unprintable, new RangeError("é".repeat(5000))]) {
      using sandbox = await rust({ imports: throwing(value) });
      const error = errorOf(() => sandbox.exports.CallHostNoArgs("HostFail"));
      assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 17]);
      if (value !== undefined) assert(error.cause === value);
      assert(!sandbox.poisoned);
      assertEquals(sandbox.exports.EchoInt(1), 1);
    }
    using wrong = await rust({ imports: { HostOne: { ...I32, callback: () => "text" } } });
    const { message } = errorOf(() => wrong.exports.CallHostNoArgs("HostOne"));
    assertStringIncludes(message, 'The result of import "HostOne" is the string "text"');
    assertEquals(wrong.exports.EchoInt(1), 1);
  },
);
