/** Hyperlight's behaviours A3: calls of the guest's functions. docs/behaviours.md has the rows. */

import { test } from "node:test";
import process from "node:process";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf, hello } from "./support/guests.ts";
import { fast, rust, rustWith } from "./support/hyperlight.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const SEED = Number(process.env.VMLET_SEED ?? crypto.getRandomValues(new Int32Array(1))[0]);
const RUNS = 150;

/** How often the guest is entered while something runs. */
async function entries(run: () => unknown): Promise<number> {
  let count = 0;
  await answerCalls((name) => {
    if (name === "run") count++;
    return undefined;
  }, run);
  return count;
}

// --- state ---

test(
  "A3.1 what the guest keeps in statics is there at the next call",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const { AddToStatic, GetStatic } = sandbox.exports;
    assertEquals([AddToStatic(5), GetStatic(), AddToStatic(10), GetStatic()], [5, 5, 15, 15]);
  },
);

test(
  "A3.2 nothing persists where the caller restores the snapshot from before the call",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const before = sandbox.snapshot();
    for (let i = 0; i < 3; i++) {
      assertEquals(sandbox.exports.AddToStatic(5), 5);
      sandbox.restore(before);
    }
    assertEquals(sandbox.exports.GetStatic(), 0);
  },
);

// --- functions that are not as the host says ---

test(
  "A3.3 an unknown function is ERR_GUEST_FUNCTION_NOT_FOUND, and the sandbox goes on",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rustWith({
      FunctionDoesntExist: { parameters: [], result: "void" },
      EchoInt: { parameters: ["i32"], result: "i32" },
      GuestErrorWith: { parameters: ["i32", "string"], result: "void" },
    });
    const error = errorOf(() => sandbox.exports.FunctionDoesntExist());
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_FUNCTION_NOT_FOUND", 4]);
    assertEquals(error.message, 'The guest has no function "FunctionDoesntExist"');
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.EchoInt(1), 1);
    // What the guest says of it is not lost.
    const { message } = errorOf(() => sandbox.exports.GuestErrorWith(4, "not that either"));
    assertEquals(message, 'The guest has no function "GuestErrorWith": not that either');
  },
);

test(
  "A3.4 a parameter of the wrong type is ERR_GUEST_FUNCTION_MISMATCH with both types",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rustWith({
      Echo: { parameters: ["i32"], result: "string" },
      EchoInt: { parameters: ["i32"], result: "i32" },
    });
    const error = errorOf(() => sandbox.exports.Echo(2));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_FUNCTION_MISMATCH", 14]);
    assertStringIncludes(
      error.message,
      "Expected parameter type String for parameter index 0 of function Echo but got Int.",
    );
    assert(!sandbox.poisoned);
    assertEquals(sandbox.exports.EchoInt(1), 1);
  },
);

test(
  "A3.5 too many or too few parameters are ERR_GUEST_FUNCTION_MISMATCH with both counts",
  { skip: needsHyperlightGuest },
  async () => {
    for (const [parameters, args] of [[[], []], [["string", "i32"], ["1", 2]]] as const) {
      using sandbox = await rustWith({ Echo: { parameters, result: "string" } });
      const error = errorOf(() => sandbox.call("Echo", args as never));
      assertEquals([error.code, error.guestCode], ["ERR_GUEST_FUNCTION_MISMATCH", 5]);
      assertStringIncludes(
        error.message,
        `Called function Echo with ${args.length} parameters but it takes 1.`,
      );
      assert(!sandbox.poisoned);
    }
  },
);

test(
  "A3.6 better: more than 11 parameters are refused before the guest is made",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const eleven = sandbox.exports.ManyParams;
    const bytes = Uint8Array.of(8, 9);
    assertEquals(
      eleven(1, 2, -3n, 4n, 5.5, 6.25, true, "seven", bytes, 10, 11),
      "1 2 -3 4 5.5 6.25 true seven [8, 9] 10 11",
    );
    const twelve = { EchoInt: { parameters: new Array(12).fill("i32"), result: "i32" } } as const;
    const error = await assertRejects(() => rustWith(twelve), RangeError);
    assertStringIncludes(error.message, '"EchoInt": it has 12 parameters, and 11 are the most');
  },
);

// --- errors and results ---

test(
  "A3.7 an error that the guest returns has its code and message, and changes nothing else",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const { GuestErrorWith, AddToStaticAndFail, GetStatic, Fail } = sandbox.exports;
    for (const code of [0, 2, 3, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17]) {
      const error = errorOf(() => GuestErrorWith(code, `the message of ${code}`));
      assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", code]);
      assertStringIncludes(error.message, `the message of ${code}`);
      assert(!sandbox.poisoned);
    }
    const error = errorOf(() => AddToStaticAndFail(10));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 15]);
    assertStringIncludes(error.message, "Crash on purpose");
    assertEquals(GetStatic(), 10);
    assertStringIncludes(errorOf(() => Fail("é ✓")).message, "é ✓");
  },
);

test(
  "A3.7 an error of code 9 is a stack overflow, and the sandbox is poisoned",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const error = errorOf(() => sandbox.exports.GuestErrorWith(9, "over"));
    assertEquals([error.code, error.guestCode], ["ERR_STACK_OVERFLOW", 9]);
    assertStringIncludes(error.message, "over");
    assert(sandbox.poisoned);
  },
);

test(
  "A3.8 a result of another type than defined is ERR_GUEST_FUNCTION_MISMATCH with the value",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rustWith({
      Echo: { parameters: ["string"], result: "i32" },
      ReturnVoid: { parameters: [], result: "i32" },
      EchoLong: { parameters: ["i64"], result: "f64" },
      EchoBytes: { parameters: ["buffer"], result: "string" },
      ReturnsWrongType: { parameters: [], result: "string" },
      EchoInt: { parameters: ["i32"], result: "i32" },
    });
    const { exports } = sandbox;
    const cases = [
      [() => exports.Echo("wrong return"), 'the string "wrong return" instead of i32'],
      [() => exports.ReturnVoid(), "void instead of i32"],
      [() => exports.EchoLong(-7n), "the i64 -7 instead of f64"],
      [() => exports.EchoBytes(new Uint8Array(5)), "a buffer of 5 bytes instead of string"],
      // Defined as a String in the guest, too.
      [() => exports.ReturnsWrongType(), "the i32 42 instead of string"],
    ] as const;
    for (const [call, text] of cases) {
      const error = errorOf(call);
      assertEquals(error.code, "ERR_GUEST_FUNCTION_MISMATCH");
      assertStringIncludes(error.message, text);
      assert(!sandbox.poisoned);
    }
    assertEquals(exports.EchoInt(1), 1);
    using other = await rustWith({ ReturnsWrongType: { parameters: [], result: "i32" } });
    assertEquals(other.exports.ReturnsWrongType(), 42);
  },
);

test(
  "A3.9 parameters that the input buffer cannot hold are ERR_TOO_LARGE, and the guest is not entered",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    const large = "x".repeat(20_000);
    const entered = await entries(() => {
      const error = errorOf(() => sandbox.exports.Echo(large));
      assertEquals(error.code, "ERR_TOO_LARGE");
      const [, needed, there] = /(\d+) bytes are needed and (\d+) are there/.exec(error.message) ??
        [];
      assert(Number(needed) > 20_000 && Number(there) < 16_384, error.message);
    });
    assertEquals(entered, 0);
    assert(!sandbox.poisoned);
    assertEquals(await entries(() => sandbox.exports.Echo("text")), 1);
    using roomy = await rust({ memory: { input: 65536, output: 65536, heap: 2 ** 20 } });
    assertEquals(roomy.exports.Echo(large), large);
  },
);

test(
  "A3.10 a result that the output buffer cannot hold is the guest's panic",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    assertEquals(sandbox.exports.LargeReturn(16_000), new Uint8Array(16_000).fill(0x5a));
    const error = errorOf(() => sandbox.exports.LargeReturn(20_000));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 8]);
    assertStringIncludes(error.message, "Failed to serialize function call result");
    assert(sandbox.poisoned);
  },
);

const HOST_LARGE = {
  HostLarge: {
    parameters: ["string"],
    result: "string",
    callback: () => "x".repeat(20_000),
  },
} as const;

test(
  "A3.11 better: a host function's result that the input buffer cannot hold is ERR_TOO_LARGE and poisons",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust({ imports: HOST_LARGE });
    const before = sandbox.snapshot();
    const error = errorOf(() => sandbox.exports.CallHostString("HostLarge", "a"));
    assertEquals(error.code, "ERR_TOO_LARGE");
    assertStringIncludes(error.message, 'The result of import "HostLarge"');
    assertStringIncludes(error.message, "bytes are needed");
    // The guest waits for an answer in the middle of its call.
    assert(sandbox.poisoned);
    assertEquals(errorOf(() => sandbox.exports.Echo("")).code, "ERR_POISONED");
    sandbox.restore(before);
    assertEquals(sandbox.exports.Echo("text"), "text");
  },
);

// --- many calls ---

test("A3.12 1000 calls and 1000 errors leave nothing in the buffers", {
  skip: needsKvm,
}, async () => {
  // Room for some twenty messages.
  using sandbox = await hello({ memory: { input: 4096, output: 4096 } });
  for (let i = 0; i < 1000; i++) {
    assertEquals(sandbox.exports.add_in_host(i, 1), i + 1);
    const error = errorOf(() => sandbox.exports.refuse(i + 300));
    assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", i + 300]);
  }
  using other = await fast();
  for (let i = 0; i < 1000; i++) assertEquals(other.exports.Add(1, 41), 42);
});

test(
  "A3.12 whatever ends a call of the Rust guest, both stacks are empty at the next",
  { skip: needsHyperlightGuest },
  async () => {
    const imports = {
      HostOne: { parameters: [], result: "i32", callback: () => 1 },
      HostFail: {
        parameters: [],
        result: "i32",
        callback: () => {
          throw new Error("hi");
        },
      },
    } as const;
    using sandbox = await rust({ imports });
    const { exports } = sandbox;
    const ways = [
      () => exports.Echo("text"),
      () => errorOf(() => exports.Fail("on purpose")),
      () => errorOf(() => exports.Echo("x".repeat(20_000))),
      () => exports.CallHostNoArgs("HostOne"),
      () => errorOf(() => exports.CallHostNoArgs("HostFail")),
      () => errorOf(() => exports.CallHostNoArgs("HostNone")),
      // Messages that nobody asked for, below the result.
      () => exports.LeaveOutput(Uint8Array.of(4, 0, 0, 0, 1, 2, 3, 4), 3),
    ];
    for (let i = 0; i < 4 * ways.length; i++) {
      ways[i % ways.length]?.();
      assertEquals([exports.InputStack(), exports.OutputStack()], [8n, 8n]);
    }
  },
);

// --- values ---

const view = new DataView(new ArrayBuffer(8));
const bitsOf = (value: number) => {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
};
const fromBits64 = (bits: bigint) => {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
};
const fromBits32 = (bits: number) => {
  view.setUint32(0, bits);
  return view.getFloat32(0);
};

/**
 * Whether a float came back with all its bits. A number of JavaScript's has no payload for NaN, and the FlatBuffers of
 * Rust guests leave out a value that equals the default, so that -0 returns as 0.
 */
function assertSame(got: number, sent: number): void {
  if (Number.isNaN(sent)) assert(Number.isNaN(got), `${got}`);
  else assertEquals(bitsOf(got), bitsOf(sent + 0), `${sent} came back as ${got}`);
}

const EXTREMES_32 = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  2 ** -149,
  Math.fround(5.877472e-39),
  3.4028234663852886e38,
];
const EXTREMES_64 = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  5e-324,
  -2.2e-308,
  1.7976931348623157e308,
  0.1,
];

test(
  "A3.13 f32 and f64 arrive bit by bit and come back, but for a NaN's payload and the sign of -0",
  { skip: needsHyperlightGuest },
  async () => {
    console.log(`VMLET_SEED=${SEED}`);
    using sandbox = await rust();
    const { EchoFloat, EchoDouble, ManyParams } = sandbox.exports;
    for (const value of EXTREMES_32) assertSame(EchoFloat(value), value);
    for (const value of EXTREMES_64) assertSame(EchoDouble(value), value);
    // The guest itself sees the sign of -0.
    const seen = ManyParams(1, 2, 3n, 4n, -0, -0, true, "", new Uint8Array(0), 5, 6);
    assertEquals(seen, "1 2 3 4 -0 -0 true  [] 5 6");
    const settings = { numRuns: RUNS, seed: SEED };
    const any32 = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map(fromBits32);
    fc.assert(fc.property(any32, (value) => assertSame(EchoFloat(value), value)), settings);
    const any64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(fromBits64);
    fc.assert(fc.property(any64, (value) => assertSame(EchoDouble(value), value)), settings);
  },
);

test("A3.14 bytes come back, as they were or changed", { skip: needsHyperlightGuest }, async () => {
  using sandbox = await rust();
  const { EchoBytes, SetByteArrayToZero } = sandbox.exports;
  for (const length of [0, 1, 3, 4, 7, 8, 1000]) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    const sent = bytes.slice();
    assertEquals(EchoBytes(bytes), sent);
    assertEquals(SetByteArrayToZero(bytes), new Uint8Array(length));
    assertEquals(bytes, sent, "the host's own bytes stay");
  }
});

test("A3.15 2 to 11 parameters of mixed types arrive in order", {
  skip: needsHyperlightGuest,
}, async () => {
  const types = [
    ...["string", "i32", "i64", "string", "string"] as const,
    ...["bool", "bool", "u32", "u64", "i32", "f32"] as const,
  ];
  const values = ["1", 2, 3n, "4", "5", true, false, 8, 9n, 10, Math.fround(3.123)];
  const texts = ["1", "2", "3", "4", "5", "true", "false", "8", "9", "10", "3.123"];
  const names = [
    ...["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven"],
  ].map((it) => `Print${it}Args`);
  const printed: string[] = [];
  const exports = Object.fromEntries(names.map((name, i) => {
    return [name, { parameters: types.slice(0, i + 2), result: "i32" } as const];
  }));
  const callback = (text: string) => printed.push(text) && text.length;
  using sandbox = await rustWith(exports, {
    imports: { HostPrint: { parameters: ["string"], result: "i32", callback } },
  });
  names.forEach((name, i) => {
    const text = texts.slice(0, i + 2).map((it, at) => `arg${at + 1}:${it}`).join(" ");
    assertEquals(sandbox.call(name, values.slice(0, i + 2) as never), `Message: ${text}.`.length);
    assertEquals(printed.at(-1), `Message: ${text}.`);
  });
});

test(
  "A3.16 large statics and variables work, and functions that only the guest's dispatcher knows",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust();
    assertEquals(sandbox.exports.SetStatic(), 1024 * 1024);
    assertEquals(sandbox.exports.SmallVar(), 1024);
    assertEquals(sandbox.exports.ThisIsNotARealFunctionButTheNameIsImportant(), 99);
  },
);

test("A3.17 values of all nine types come back, and nothing from a function without a result", {
  skip: needsHyperlightGuest,
}, async () => {
  using sandbox = await rust();
  const { exports } = sandbox;
  const same = <T>(echo: (value: T) => T, ...values: T[]) => {
    for (const value of values) assertEquals(echo(value), value);
  };
  same(exports.EchoInt, 0, -5, 2 ** 31 - 1, -(2 ** 31));
  same(exports.EchoUInt, 0, 2 ** 31, 2 ** 32 - 1);
  same(exports.EchoLong, 0n, -1n, 2n ** 63n - 1n, -(2n ** 63n));
  same(exports.EchoULong, 0n, 2n ** 63n, 2n ** 64n - 1n);
  same(exports.EchoFloat, 0, 1.5);
  same(exports.EchoDouble, 0, 0.1);
  same(exports.EchoBool, true, false);
  same(exports.Echo, "", "text", "é ✓ \u{1f600}", "a\0b");
  same(exports.EchoBytes, Uint8Array.of(), Uint8Array.of(0, 255, 1));
  assertEquals(exports.ReturnVoid(), undefined);
});
