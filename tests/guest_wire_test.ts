// Holds the messages of src/guest/wire.ts against the flatbuffers library, and then against hostile bytes.
import { Buffer } from "node:buffer";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertInstanceOf, assertLess, assertThrows } from "@std/assert";
import fc from "fast-check";
import { GuestFailure, MismatchError, TooLargeError, WireError } from "../src/guest/error.ts";
import {
  CallEncoder,
  encodeHostFunctions,
  type HostFunction,
  pushHostError,
  ResultEncoder,
  type ResultType,
  Stack,
  type Value,
  type ValueType,
} from "../src/guest/wire.ts";
import {
  readCall,
  readError,
  readHostFunctions,
  readResult,
  RESULT_TYPES,
  type Style,
  VALUE_TYPES,
  writeCall,
  writeError,
  writeHostFunctions,
  writeLog,
  writeResult,
} from "./support/messages.ts";
import { ErrorCode, FunctionCallType } from "./support/schema.ts";

const anyValue: Readonly<Record<ResultType, fc.Arbitrary<Value>>> = {
  i32: fc.integer(),
  u32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  i64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  u64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  f32: fc.float(),
  f64: fc.double(),
  string: fc.string({ unit: "binary", maxLength: 100 }),
  bool: fc.boolean(),
  buffer: fc.uint8Array({ maxLength: 100 }),
  void: fc.constant(undefined),
};
const anyTypes = fc.array(fc.constantFrom(...VALUE_TYPES), { maxLength: 11 });
const anyArguments = anyTypes.chain((types) =>
  fc.record({
    types: fc.constant(types),
    values: fc.tuple(...types.map((type) => anyValue[type])) as fc.Arbitrary<Value[]>,
  })
);
const anyResult = fc.constantFrom(...RESULT_TYPES).chain((type) =>
  fc.record({ type: fc.constant(type), value: anyValue[type] })
);
const anyStyle: fc.Arbitrary<Style> = fc.record({
  force: fc.constantFrom("values", "all"),
  order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  emptyVectors: fc.boolean(),
  noEmptyValues: fc.boolean(),
}, { requiredKeys: [] });
const anyName = fc.string({ unit: "binary", minLength: 1, maxLength: 64 });

/** What stands beside the values under test. */
const OTHERS: Partial<Record<ResultType, Value>> = { i64: -5n, f64: 0.1, bool: true };

const EXTREMES: Readonly<Record<ResultType, readonly Value[]>> = {
  i32: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31)],
  u32: [0, 1, 2 ** 31, 2 ** 32 - 1],
  i64: [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)],
  u64: [0n, 1n, 2n ** 63n, 2n ** 64n - 1n],
  f32: [0, -0, 1.5, Infinity, -Infinity, NaN, Math.fround(1e-45)],
  f64: [0, -0, 0.1, Infinity, -Infinity, NaN, Number.MIN_VALUE, Number.MAX_VALUE],
  string: ["", "a", "abc", "abcd", "\0", "é", "\u{1f600}", "\ufeffmark", "x".repeat(1000)],
  bool: [false, true],
  buffer: [...[0, 1, 2, 3, 4, 5, 8, 1000]].map((length) => new Uint8Array(length).fill(0xff)),
  void: [undefined],
};

// --- a stack that a test looks into ---------------------------------------------------------------------------------

/** A stack in the middle of other memory, which must never change. */
class TestStack {
  readonly all: Uint8Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView;
  readonly stack: Stack;

  constructor(size = 8192) {
    this.all = new Uint8Array(size + 48).fill(0xcc);
    this.bytes = this.all.subarray(24, 24 + size);
    this.view = new DataView(this.all.buffer, 24, size);
    this.stack = new Stack(this.bytes.length, () => this.bytes);
    this.stack.reset();
  }

  get pointer(): bigint {
    return this.view.getBigUint64(0, true);
  }

  set pointer(value: bigint) {
    this.view.setBigUint64(0, value, true);
  }

  /** Pushes a message as a guest does. */
  push(message: Uint8Array): this {
    const start = Number(this.pointer);
    this.bytes.set(message, start);
    this.view.setBigUint64(start + message.length, BigInt(start), true);
    this.pointer = BigInt(start + message.length + 8);
    return this;
  }

  /** Takes the top message off as a guest does. */
  pop(): Uint8Array<ArrayBuffer> {
    const pointer = Number(this.pointer);
    const start = Number(this.view.getBigUint64(pointer - 8, true));
    assert(start >= 8 && start <= pointer - 16, `back pointer ${start}`);
    const length = this.view.getUint32(start, true) + 4;
    assertEquals(length, pointer - 8 - start, "the size prefix");
    this.pointer = BigInt(start);
    return this.bytes.slice(start, start + length);
  }

  assertSurroundings(): void {
    assert(this.all.subarray(0, 24).every((byte) => byte === 0xcc), "written before the stack");
    assert(this.all.subarray(-24).every((byte) => byte === 0xcc), "written behind the stack");
  }
}

// --- what we write -------------------------------------------------------------------------------------------------

/** How Hyperlight's own host would write it, except that values of 0 and false are there too. */
const OURS: Style = { force: "values" };

const GUEST = FunctionCallType.guest;

/** Property tests of what is written hold for this many values. */
const RUNS = { numRuns: 10_000 };

for (const type of VALUE_TYPES) {
  test(`CallEncoder.push() writes each ${type} as flatbuffers does`, () => {
    for (const value of EXTREMES[type]) {
      const target = new TestStack();
      new CallEncoder("f", [type, type], "void").push(target.stack, [value, value]);
      const message = target.pop();
      const parameters = [{ type, value }, { type, value }];
      assertEquals(readCall(message), { name: "f", parameters, kind: GUEST, result: "void" });
      assertEquals(message, writeCall("f", [type, type], [value, value], "void", OURS, GUEST));
      target.assertSurroundings();
    }
  });

  test(`CallEncoder.push() writes any ${type} beside others as flatbuffers does`, () => {
    const encoders = [[type], [type, "f64"], ["string", type, "bool"], [type, "buffer", "i64"]]
      .map((types) => ({
        types: types as ValueType[],
        encoder: new CallEncoder("function", types as ValueType[], type),
      }));
    const target = new TestStack();
    fc.assert(
      fc.property(
        fc.constantFrom(...encoders),
        anyValue[type],
        fc.string({ unit: "binary", maxLength: 50 }),
        ({ types, encoder }, value, text) => {
          const values = types.map((it): Value =>
            it === type
              ? value
              : OTHERS[it] ?? (it === "buffer" ? new Uint8Array(text.length) : text)
          );
          encoder.push(target.stack, values);
          assertEquals(target.pop(), writeCall("function", types, values, type, OURS, GUEST));
        },
      ),
      RUNS,
    );
    target.assertSurroundings();
  });
}

for (const type of RESULT_TYPES) {
  test(`ResultEncoder.push() writes each ${type} as flatbuffers does`, () => {
    for (const value of EXTREMES[type]) {
      const target = new TestStack();
      new ResultEncoder(type).push(target.stack, value);
      const message = target.pop();
      assertEquals(readResult(message), { type, value });
      assertEquals(message, writeResult(type, value, OURS));
      target.assertSurroundings();
    }
  });
}

test("CallEncoder writes any call of 0 to 11 parameters, byte for byte as flatbuffers does", () => {
  const target = new TestStack();
  fc.assert(
    fc.property(anyName, anyArguments, fc.constantFrom(...RESULT_TYPES), (name, args, result) => {
      const { types, values } = args;
      target.bytes.fill(0xcc, 8);
      new CallEncoder(name, types, result).push(target.stack, values);
      const message = target.pop();
      assertEquals(message, writeCall(name, types, values, result, OURS, GUEST));
      assertEquals(readCall(message), {
        name,
        parameters: types.map((type, i) => ({ type, value: values[i] })),
        kind: GUEST,
        result,
      });
    }),
    RUNS,
  );
  target.assertSurroundings();
});

test("CallEncoder writes call after call of one function, whose strings have any lengths", () => {
  const types = ["string", "i64", "buffer", "string", "f64", "string", "string", "u64"] as const;
  const encoder = new CallEncoder("function", types, "i32");
  const target = new TestStack();
  fc.assert(
    fc.property(fc.tuple(...types.map((type) => anyValue[type])), (values) => {
      encoder.push(target.stack, values);
      assertEquals(target.pop(), writeCall("function", types, values, "i32", OURS, GUEST));
    }),
    RUNS,
  );
});

test("ResultEncoder writes any result, byte for byte as flatbuffers does", () => {
  const target = new TestStack();
  fc.assert(
    fc.property(anyResult, ({ type, value }) => {
      target.bytes.fill(0xcc, 8);
      new ResultEncoder(type).push(target.stack, value);
      const message = target.pop();
      assertEquals(message, writeResult(type, value, OURS));
      assertEquals(readResult(message), { type, value });
    }),
    RUNS,
  );
});

test("pushHostError() writes code 17 and any message, byte for byte as flatbuffers does", () => {
  const target = new TestStack();
  fc.assert(
    fc.property(anyValue.string as fc.Arbitrary<string>, (message) => {
      pushHostError(target.stack, message);
      const written = target.pop();
      assertEquals(written, writeError(BigInt(ErrorCode.HostError), message));
      assertEquals(readError(written), { code: 17n, message });
    }),
    RUNS,
  );
});

test("encodeHostFunctions() writes any functions, byte for byte as flatbuffers does", () => {
  const anyFunctions = fc.uniqueArray(
    fc.record<HostFunction>({
      name: anyName,
      parameters: anyTypes,
      result: fc.constantFrom(...RESULT_TYPES),
    }),
    { maxLength: 6, selector: ({ name }) => name },
  );
  fc.assert(
    fc.property(anyFunctions, (functions) => {
      const sorted = functions.toSorted((a, b) =>
        Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))
      );
      const written = encodeHostFunctions(functions);
      assertEquals(written, writeHostFunctions(sorted));
      assertEquals(readHostFunctions(written), sorted);
    }),
    RUNS,
  );
});

test("encodeHostFunctions() sorts by the bytes of names, not by their UTF-16", () => {
  const functions = ["\u{1f600}", "\uffee", "b", "a", "ab", ""].map((name): HostFunction => ({
    name,
    parameters: [],
    result: "i32",
  }));
  const names = readHostFunctions(encodeHostFunctions(functions)).map(({ name }) => name);
  assertEquals(names, ["", "a", "ab", "b", "\uffee", "\u{1f600}"]);
});

// Made by Hyperlight's own code: the crate hyperlight-common 0.11.0.
for (
  const [what, encode, hex] of [
    [
      "a call with strings, buffers and wide values",
      (stack: Stack) =>
        new CallEncoder("Mix", ["string", "i64", "buffer", "f64", "bool"], "buffer")
          .push(stack, ["h\u00e9", -2n, Uint8Array.of(1, 2, 3), 0.5, true]),
      "ec000000100000000c00100008000c00060007000c00000000000109cc00000004000000050000009c00" +
      "00006c0000004c000000240000000400000080ffffff000000080c000000000006000800070006000000" +
      "00000001e4ffffff0000000604000000beffffff000000000000e03f0000000008000c00070008000800" +
      "00000000000904000000b6ffffff040000000300000001020300dcffffff000000030c00000000000600" +
      "1000040006000000feffffffffffffff0000000008000e000700080008000000000000070c0000000000" +
      "06000800040006000000040000000300000068c3a900030000004d697800",
    ],
    [
      "a result of string",
      (stack: Stack) => new ResultEncoder("string").push(stack, "hello\n"),
      "480000000c00000008000c000700080008000000000000010c00000008000e0007000800080000000000" +
      "00070c000000000006000800040006000000040000000600000068656c6c6f0a0000",
    ],
    [
      "a result of buffer",
      (stack: Stack) => new ResultEncoder("buffer").push(stack, Uint8Array.of(7, 8)),
      "4000000004000000f4ffffff000000010c00000008000c0007000800080000000000000a0c0000000800" +
      "0c00040008000800000002000000040000000200000007080000",
    ],
    [
      "an error",
      (stack: Stack) => pushHostError(stack, "it failed"),
      "44000000100000000000000008000c000700080008000000000000020c00000008001000080004000800" +
      "00000c0000001100000000000000090000006974206661696c6564000000",
    ],
  ] as const
) {
  test(`${what} has the bytes that Hyperlight's host writes`, () => {
    const target = new TestStack();
    encode(target.stack);
    assertEquals(Buffer.from(target.pop()).toString("hex"), hex);
  });
}

test("CallEncoder.push() writes messages of the sizes that guests of Hyperlight know them by", () => {
  // A guest in assembly that was made with Hyperlight's encoder compares the size in front of a message with these.
  const sizes = [
    [new CallEncoder("Echo", ["string"], "string"), ["hello\n"], 0x64],
    [new CallEncoder("Add", ["i32", "i32"], "i32"), [1, 41], 0x74],
  ] as const;
  for (const [encoder, values, size] of sizes) {
    const target = new TestStack();
    encoder.push(target.stack, values);
    assertEquals(new DataView(target.pop().buffer).getUint32(0, true), size);
  }
});

test("Stack.push() puts messages one on the other, and they come off in reverse", () => {
  const target = new TestStack();
  const encoder = new ResultEncoder("string");
  for (const text of ["one", "two", "three"]) encoder.push(target.stack, text);
  const values = [1, 2, 3].map(() => readResult(target.pop()).value);
  assertEquals(values, ["three", "two", "one"]);
  assertEquals(target.pointer, 8n);
});

test("CallEncoder.push() writes a message that fits exactly, and else leaves the stack as it was", () => {
  const wide = "\u00e9".repeat(45);
  const calls: readonly (readonly [types: readonly ValueType[], values: readonly Value[]])[] = [
    [["string", "i32"], ["h\u00e9llo, world", 7]],
    [["buffer", "i32"], [new Uint8Array(33), 7]],
    [["i64", "i32"], [5n, 7]],
    // Texts that are longer than they look, where the shape depends on that.
    ...["", "a", "ab", "abc"].map((end) =>
      [["string", "i64", "string"], [wide + end, 5n, end + wide]] as const
    ),
  ];
  for (const [types, values] of calls) {
    const encoder = new CallEncoder("function", types, "void");
    const roomy = new TestStack();
    encoder.push(roomy.stack, values);
    const needed = Number(roomy.pointer);
    for (let size = 16; size < needed; size++) {
      const target = new TestStack(size);
      assertThrows(
        () => encoder.push(target.stack, values),
        TooLargeError,
        `${needed - 16} bytes are needed and ${size - 16} are there`,
      );
      assertEquals(target.pointer, 8n);
      target.assertSurroundings();
    }
    const target = new TestStack(needed);
    encoder.push(target.stack, values);
    assertEquals(target.pop(), writeCall("function", types, values, "void", OURS, GUEST));
    target.assertSurroundings();
  }
});

test("CallEncoder.push() says how much is needed and how much is there", () => {
  const target = new TestStack(128);
  assertThrows(
    () => new CallEncoder("f", ["buffer"], "void").push(target.stack, [new Uint8Array(1000)]),
    TooLargeError,
    "bytes are needed and 112 are there",
  );
});

test("CallEncoder.push() writes text of several bytes a character where only one would fit", () => {
  const encoder = new CallEncoder("f", ["string"], "void");
  const text = "\u{1f600}".repeat(50);
  const roomy = new TestStack();
  encoder.push(roomy.stack, [text]);
  const target = new TestStack(Number(roomy.pointer) - 8);
  assertThrows(() => encoder.push(target.stack, [text]), TooLargeError);
  target.assertSurroundings();
});

// --- what we read --------------------------------------------------------------------------------------------------

for (const type of RESULT_TYPES) {
  test(`Stack.popResult() reads each ${type} that flatbuffers wrote`, () => {
    for (const value of EXTREMES[type]) {
      for (const style of [{}, OURS]) {
        const target = new TestStack().push(writeResult(type, value, style));
        // A default value that is left out says nothing of its sign.
        const zero = Object.is(value, -0) && style !== OURS ? 0 : value;
        assertEquals(target.stack.popResult(type), zero);
        assertEquals(target.pointer, 8n);
      }
    }
  });
}

for (const type of VALUE_TYPES) {
  test(`Stack.popHostCall() reads each ${type} that flatbuffers wrote`, () => {
    for (const value of EXTREMES[type]) {
      const target = new TestStack().push(writeCall("f", [type], [value], "i32", OURS));
      assertEquals(target.stack.popHostCall().values([type]), [value]);
    }
  });
}

test("Stack.popResult() reads any result that flatbuffers wrote, in any order of fields", () => {
  fc.assert(
    fc.property(anyResult, anyStyle, ({ type, value }, style) => {
      const target = new TestStack().push(writeResult(type, value, style));
      const zero = Object.is(value, -0) && style.force === undefined ? 0 : value;
      assertEquals(target.stack.popResult(type), zero);
    }),
    { numRuns: 500 },
  );
});

test("Stack takes a string or bytes that a guest left out for empty, as Hyperlight's host does", () => {
  const style = { noEmptyValues: true };
  for (const [type, empty] of [["string", ""], ["buffer", new Uint8Array(0)]] as const) {
    const result = writeResult(type, empty, style);
    const call = writeCall("f", [type], [empty], "i32", style);
    assertLess(result.length, writeResult(type, empty).length, "nothing was left out");
    assertEquals(new TestStack().push(result).stack.popResult(type), empty);
    assertEquals(new TestStack().push(call).stack.popHostCall().values([type]), [empty]);
  }
});

test("Stack.popHostCall() reads any call that flatbuffers wrote, in any order of fields", () => {
  fc.assert(
    fc.property(
      anyName,
      anyArguments,
      fc.constantFrom(...RESULT_TYPES),
      anyStyle,
      (name, { types, values }, result, style) => {
        const target = new TestStack().push(writeCall(name, types, values, result, style));
        const call = target.stack.popHostCall();
        const expected = style.force !== undefined
          ? values
          : values.map((value) => Object.is(value, -0) ? 0 : value);
        assertEquals([call.name, call.count, call.result], [name, types.length, result]);
        assertEquals(call.values(types), expected);
      },
    ),
    { numRuns: 500 },
  );
});

test("Stack.popResult() reads any error that flatbuffers wrote", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
      fc.option(anyValue.string as fc.Arbitrary<string>, { nil: undefined }),
      anyStyle,
      (code, message, style) => {
        const target = new TestStack().push(writeError(code, message, style));
        const error = assertThrows(() => target.stack.popResult("i32"), GuestFailure);
        assertEquals([error.code, error.message], [Number(code), message ?? ""]);
      },
    ),
  );
});

test("Stack.popResult() takes no code of an error past 2 ** 53 for one that means something", () => {
  for (const code of [2n ** 53n + 4n, 2n ** 63n + 2n ** 53n, 2n ** 64n - 1n]) {
    const target = new TestStack().push(writeError(code, "no"));
    const error = assertThrows(() => target.stack.popResult("i32"), GuestFailure, "no");
    assertEquals(error.code, Number(code));
  }
});

test("Stack.popResult() reads every code of an error that the schema has", () => {
  for (const code of Object.values(ErrorCode)) {
    const target = new TestStack().push(writeError(BigInt(code), "no"));
    const error = assertThrows(() => target.stack.popResult("i32"), GuestFailure, "no");
    assertEquals(error.code, Number(code));
  }
});

test("Stack.popLog() reads any record that flatbuffers wrote, in any order of fields", () => {
  const text = anyValue.string as fc.Arbitrary<string>;
  const anyRecord = fc.record({
    level: fc.nat(6),
    message: text,
    source: text,
    caller: text,
    file: text,
    line: anyValue.u32 as fc.Arbitrary<number>,
  });
  fc.assert(
    fc.property(anyRecord, anyStyle, (record, style) => {
      assertEquals(new TestStack().push(writeLog(record, style)).stack.popLog(), record);
    }),
    RUNS,
  );
});

test("Stack.popLog() names the string that a record lacks", () => {
  const record = { level: 1, message: "m", source: "s", caller: "c", file: "f", line: 5 };
  for (
    const [key, what] of [
      ["message", "message"],
      ["source", "source"],
      ["caller", "caller"],
      ["file", "source file"],
    ] as const
  ) {
    const target = new TestStack().push(writeLog({ ...record, [key]: undefined }));
    const error = assertThrows(() => target.stack.popLog(), WireError);
    assertEquals(error.message, `its ${what} is missing`);
  }
  const plain = { ...record, level: 0, line: 0 };
  assertEquals(new TestStack().push(writeLog(plain)).stack.popLog(), plain);
});

test("Stack.popLog() refuses a level that there is not", () => {
  const record = { message: "m", source: "s", caller: "c", file: "f", line: 5 };
  for (const level of [7, 8, 255]) {
    const target = new TestStack().push(writeLog({ ...record, level }));
    assertThrows(() => target.stack.popLog(), WireError, `it has the level ${level}`);
  }
});

test("Stack.popResult() reads messages that are whole words of 4 bytes and not of 8", () => {
  const messages = ["", "a", "abcd", "abcdefgh"].map((text) => writeCall(text, [], [], "i32"));
  assert(messages.some((message) => message.length % 8 === 4), "the library pads to 8 by now");
  for (const message of messages) {
    const target = new TestStack().push(message).push(writeResult("u32", 7));
    assertEquals(target.stack.popResult("u32"), 7);
    assertEquals(target.stack.popHostCall().count, 0);
    assertEquals(target.pointer, 8n);
  }
});

test("Stack.popResult() copies: a buffer stays when the guest's memory changes", () => {
  const target = new TestStack().push(writeResult("buffer", Uint8Array.of(1, 2, 3)));
  const result = target.stack.popResult("buffer");
  target.bytes.fill(0);
  assertEquals(result, Uint8Array.of(1, 2, 3));
});

test("Stack.popResult() names the value and both types where they differ", () => {
  const target = new TestStack().push(writeResult("string", "text"));
  const error = assertThrows(() => target.stack.popResult("i32"), MismatchError);
  assertEquals(error.message, 'it returns the string "text" instead of i32');
  const long = new TestStack().push(writeResult("string", `${"x".repeat(31)}\u{1f600}`));
  assertEquals(
    assertThrows(() => long.stack.popResult("i32"), MismatchError).message,
    `it returns the string "${"x".repeat(31)}\ufffd…" instead of i32`,
  );
  const command = new TestStack().push(writeResult("string", "\x1b[2J\x9b2J\x7f"));
  assertEquals(
    assertThrows(() => command.stack.popResult("i32"), MismatchError).message,
    'it returns the string "\\u001b[2J\ufffd2J\ufffd" instead of i32',
  );
});

test("HostCall.values() names the value and both types where they differ, and both numbers", () => {
  const message = writeCall("f", ["i32", "buffer"], [1, new Uint8Array(1)], "void");
  const call = new TestStack().push(message).stack.popHostCall();
  const values = (...types: ValueType[]) =>
    assertThrows(() => call.values(types), MismatchError).message;
  assertEquals(values("i32", "string"), "parameter 1 is a buffer of 1 bytes instead of string");
  assertEquals(values("bool", "buffer"), "parameter 0 is the i32 1 instead of bool");
  assertEquals(values("i32"), "it has 2 parameters instead of 1");
  assertEquals(values("i32", "buffer", "i32"), "it has 2 parameters instead of 3");
});

test("Stack.popHostCall() refuses a call that is meant for the guest", () => {
  for (const kind of [0, 1, 3]) {
    const target = new TestStack().push(writeCall("f", [], [], "void", {}, kind));
    assertThrows(() => target.stack.popHostCall(), WireError, "no call of a host function");
  }
});

// --- hostile stacks ------------------------------------------------------------------------------------------------

const SIZE = 8192;
const FAR = [
  2n ** 31n - 8n,
  2n ** 31n,
  2n ** 32n - 8n,
  2n ** 32n,
  2n ** 32n + 8n,
  2n ** 32n + 64n,
  2n ** 53n - 8n,
  2n ** 53n,
  2n ** 53n + 8n,
  2n ** 63n,
  2n ** 64n - 8n,
  2n ** 64n - 1n,
];

/** Does something a guest provokes, over and over: it may take neither time nor memory, whatever it comes to. */
function assertCheap(action: () => void): void {
  const times = 1000;
  action();
  const { rss } = process.memoryUsage();
  const began = performance.now();
  for (let i = 0; i < times; i++) action();
  const took = performance.now() - began;
  assert(took < times, `${took} ms for ${times} times`);
  assert(process.memoryUsage().rss - rss < 2 ** 26, "it took more than 64 MiB");
}

/** Every use of a stack is refused in the same words, and changes nothing. */
function assertRefused(pointer: bigint): void {
  const target = new TestStack(SIZE);
  target.pointer = pointer;
  const before = target.all.slice();
  const encoder = new ResultEncoder("i32");
  for (
    const action of [
      () => target.stack.popResult("i32"),
      () => target.stack.popHostCall(),
      () => target.stack.popLog(),
      () => encoder.push(target.stack, 1),
      () => pushHostError(target.stack, "text"),
    ]
  ) {
    const error = assertThrows(action, WireError);
    assertEquals(error.message, `a stack pointer of ${pointer} is not in a stack of 8192 bytes`);
  }
  assertCheap(() => assertThrows(() => target.stack.popResult("i32"), WireError));
  assertEquals(target.all, before);
}

test("Stack refuses a stack pointer below 8", () => {
  for (const pointer of [0n, 1n, 4n, 7n]) assertRefused(pointer);
});

test("Stack refuses a stack pointer above its size, however far", () => {
  for (const pointer of [8193n, 8196n, 8200n, 8208n, ...FAR]) assertRefused(pointer);
});

test("Stack.popResult() refuses a stack pointer with no room for a message below it", () => {
  for (const pointer of [8n, 9n, 12n, 15n]) {
    const target = new TestStack(SIZE);
    target.pointer = pointer;
    assertCheap(() =>
      assertThrows(() => target.stack.popResult("i32"), WireError, "the stack is empty")
    );
    assertEquals(target.pointer, pointer);
  }
});

test("Stack.popResult() finds nothing under an odd stack pointer that a guest made up", () => {
  for (const odd of [1n, 2n, 3n, 5n, 7n]) {
    const target = new TestStack(SIZE).push(writeResult("i32", 5));
    target.pointer += odd;
    const before = target.all.slice();
    assertCheap(() => assertThrows(() => target.stack.popResult("i32"), WireError));
    assertEquals(target.all, before);
  }
});

test("Stack reads and writes at an odd stack pointer: no message has to be aligned", () => {
  for (let pointer = 8; pointer < 24; pointer++) {
    for (const type of RESULT_TYPES) {
      const value = EXTREMES[type].at(-1);
      const target = new TestStack(SIZE);
      target.pointer = BigInt(pointer);
      target.push(writeResult(type, value));
      assertEquals(target.stack.popResult(type), value);
      new ResultEncoder(type).push(target.stack, value);
      assertEquals(target.pop(), writeResult(type, value, OURS));
      assertEquals(target.pointer, BigInt(pointer));
      target.assertSurroundings();
    }
  }
});

test("Stack pops what a guest pushed one on the other, each of any length", () => {
  // Hyperlight's guests push as many bytes as they have; a message's own size says where it ends.
  const record = { level: 2, source: "guest", caller: "main", file: "main.rs", line: 7 };
  for (let length = 0; length < 9; length++) {
    for (let more = 0; more < 9; more++) {
      const padded = (message: Uint8Array, bytes: number) => {
        const longer = new Uint8Array(message.length + bytes).fill(0xff);
        longer.set(message);
        return longer;
      };
      const first = { ...record, message: "a".repeat(length) };
      const second = { ...record, message: "" };
      const target = new TestStack()
        .push(padded(writeLog(first), more))
        .push(padded(writeLog(second), length))
        .push(padded(writeResult("i64", -1n), more));
      assertEquals(target.stack.popResult("i64"), -1n);
      assertEquals(target.stack.popLog(), second);
      assertEquals(target.stack.popLog(), first);
      assertEquals(target.pointer, 8n);
    }
  }
});

test("Stack.push() throws TooLargeError on a stack that is full to its end", () => {
  for (const pointer of [8192n, 8188n, 8184n, 8183n, 8176n, 8168n]) {
    const target = new TestStack(SIZE);
    target.pointer = pointer;
    const before = target.all.slice();
    assertThrows(() => new ResultEncoder("void").push(target.stack, undefined), TooLargeError);
    assertThrows(() => pushHostError(target.stack, ""), TooLargeError);
    assertEquals(target.all, before);
  }
});

/** A stack with one message whose back pointer is another: every pop is refused, and the stack stays as it is. */
function assertBackPointerRefused(back: (pointer: bigint) => bigint): void {
  const message = writeResult("i32", 5);
  const target = new TestStack(SIZE).push(message);
  const pointer = target.pointer;
  const wrong = BigInt.asUintN(64, back(pointer));
  target.view.setBigUint64(8 + message.length, wrong, true);
  const before = target.all.slice();
  assertCheap(() => {
    const error = assertThrows(() => target.stack.popResult("i32"), WireError);
    assertEquals(error.message, `a back pointer of ${wrong} is not below it`);
  });
  assertEquals(target.all, before);
}

test("Stack.popResult() refuses a back pointer above the stack pointer", () => {
  for (const by of [1n, 4n, 8n, 16n]) assertBackPointerRefused((pointer) => pointer + by);
  for (const far of [BigInt(SIZE) - 8n, BigInt(SIZE), ...FAR]) assertBackPointerRefused(() => far);
});

test("Stack.popResult() refuses a back pointer equal to the stack pointer, which would pop for ever", () => {
  assertBackPointerRefused((pointer) => pointer);
});

test("Stack.popResult() refuses a back pointer with no room for a message above it", () => {
  for (const by of [15n, 12n, 9n, 8n, 7n, 4n, 1n]) {
    assertBackPointerRefused((pointer) => pointer - by);
  }
});

test("Stack.popResult() refuses a back pointer into the stack pointer itself", () => {
  for (const back of [0n, 1n, 4n, 7n]) assertBackPointerRefused(() => back);
});

test("Stack.popResult() refuses a back pointer of another message, or none", () => {
  for (let back = 9n; back < 24n; back++) {
    const message = writeResult("i32", 5);
    const target = new TestStack(SIZE).push(message);
    target.view.setBigUint64(8 + message.length, back, true);
    assertCheap(() => {
      target.pointer = BigInt(8 + message.length + 8);
      assertThrows(() => target.stack.popResult("i32"), WireError);
    });
  }
});

test("Stack.popResult() comes to an end whatever loops the back pointers form", () => {
  for (const step of [16, 17, 24, 4096]) {
    const target = new TestStack(SIZE);
    // Wherever a pop leads to, there is a back pointer again, to the next above or below in turn.
    for (let at = 8; at + 8 <= SIZE; at++) target.bytes[at] = 0;
    for (let at = 16; at + 8 <= SIZE; at += 8) {
      const back = at % 16 === 0 ? at + 8 - step : at + step;
      target.view.setBigUint64(at, BigInt(Math.max(8, Math.min(SIZE, back))), true);
    }
    target.pointer = BigInt(SIZE);
    let pops = 0;
    for (let before = target.pointer;; before = target.pointer) {
      assertThrows(() => target.stack.popResult("i32"), WireError);
      pops++;
      if (target.pointer === before) break;
      assert(target.pointer < before, "a pop moved the stack pointer up");
    }
    assert(pops <= SIZE / 16, `${pops} pops`);
    target.stack.reset();
    assertEquals(target.pointer, 8n);
  }
});

test("Stack.popResult() refuses a size that reaches its back pointer", () => {
  const message = writeResult("i32", 5);
  const fits = message.length - 4;
  for (const size of [fits + 1, fits + 4, fits + 8, SIZE - 8, SIZE]) {
    assertSizeRefused(message, size);
  }
});

test("Stack.popResult() refuses a size near 2 ** 32 without making room for it", () => {
  const message = writeResult("buffer", new Uint8Array(100));
  for (
    const size of [
      2 ** 31 - 4,
      2 ** 31,
      2 ** 32 - 16,
      2 ** 32 - 8,
      2 ** 32 - 5,
      2 ** 32 - 4,
      2 ** 32 - 3,
      2 ** 32 - 1,
    ]
  ) {
    assertSizeRefused(message, size);
  }
});

function assertSizeRefused(message: Uint8Array, size: number): void {
  const target = new TestStack(SIZE).push(message);
  target.view.setUint32(8, size, true);
  const before = target.all.slice();
  assertCheap(() => {
    const error = assertThrows(() => target.stack.popResult("i32"), WireError);
    assertEquals(
      error.message,
      `a message of ${size + 4} bytes does not fit below its back pointer`,
    );
  });
  assertEquals(target.all, before);
}

test("Stack.popResult() refuses a size that is smaller than a message can be", () => {
  for (const size of [0, 1, 3]) {
    const message = writeResult("i32", 5);
    const target = new TestStack(SIZE).push(message);
    const pointer = target.pointer;
    target.view.setUint32(8, size, true);
    assertCheap(() => {
      target.pointer = pointer;
      assertThrows(() => target.stack.popResult("i32"), WireError);
    });
  }
});

// --- hostile messages ----------------------------------------------------------------------------------------------

/** What came of a message: its content as text, or the error. Any other error than ours fails the test. */
function outcome(decode: () => unknown): string {
  try {
    return JSON.stringify(
      decode() ?? "nothing",
      (_, value) =>
        typeof value === "bigint" || typeof value === "number"
          ? String(value)
          : value instanceof Uint8Array
          ? [...value].join(" ")
          : value,
    );
  } catch (error) {
    const expected = [WireError, MismatchError, GuestFailure];
    if (!(error instanceof Error) || !expected.some((it) => error instanceof it)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

interface Target {
  readonly name: string;
  readonly message: Uint8Array;
  decode(stack: Stack): unknown;
}

const ARGUMENTS: readonly Value[] = [1, 2, 3n, 4n, 5.5, 6.5, "seven", true, Uint8Array.of(1, 2, 3)];

const TARGETS: readonly Target[] = [
  ...RESULT_TYPES.map((type): Target => ({
    name: `a result of ${type}`,
    message: writeResult(type, ARGUMENTS[VALUE_TYPES.indexOf(type as ValueType)]),
    decode: (stack) => stack.popResult(type),
  })),
  {
    name: "an error",
    message: writeError(11n, "message"),
    decode: (stack) => stack.popResult("i32"),
  },
  {
    name: "a record of the log",
    message: writeLog({ level: 3, message: "m", source: "so", caller: "c", file: "f", line: 9 }),
    decode: (stack) => stack.popLog(),
  },
  {
    name: "a host call without parameters",
    message: writeCall("function", [], [], "void"),
    decode: (stack) => readHostCall(stack, []),
  },
  {
    name: "a host call with a parameter of each type",
    message: writeCall("function", VALUE_TYPES, ARGUMENTS, "u64"),
    decode: (stack) => readHostCall(stack, VALUE_TYPES),
  },
];

function readHostCall(stack: Stack, types: readonly ValueType[]): unknown {
  const { name, count, result, values } = stack.popHostCall();
  return { name, count, result, values: values(types) };
}

/** Where messages stand in hostile stacks: not at the bottom, and not at the top. */
const START = 512;

/**
 * Decodes a message among other memory, twice, with different bytes around: an outcome that differs would have been
 * read from there. Of the `gap` between a message and its back pointer, too, nobody may read.
 */
function decodeAmong(target: Target, message: Uint8Array, gap = 0): string {
  const outcomes = [0x00, 0xff].map((filling) => {
    const stack = new TestStack(2048);
    stack.bytes.fill(filling);
    stack.pointer = BigInt(START);
    const padded = new Uint8Array(message.length + gap).fill(filling);
    padded.set(message);
    stack.push(padded);
    return outcome(() => target.decode(stack.stack));
  });
  assertEquals(outcomes[0], outcomes[1], "the outcome depends on memory outside of the message");
  return outcomes[0] as string;
}

const SIZES = [
  { size: 1, values: [0, 1, 2, 3, 7, 9, 10, 0x7f, 0x80, 0xff] },
  { size: 2, values: [0, 1, 2, 3, 4, 5, 6, 8, 0x7fff, 0x8000, 0xfffe, 0xffff] },
  {
    size: 4,
    values: [0, 1, 2, 3, 4, 8, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 8, 2 ** 32 - 4, 2 ** 32 - 1],
  },
] as const;
const NEAR = [-8, -4, -2, -1, 1, 2, 4, 8];

/** Every mutation of a message by one field: its place, its size, and what it becomes. */
function* mutations(message: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  for (const { size, values } of SIZES) {
    const limit = 2 ** (8 * size);
    for (let at = 0; at + size <= message.length; at += size) {
      const old = size === 1
        ? view.getUint8(at)
        : size === 2
        ? view.getUint16(at, true)
        : view.getUint32(at, true);
      const others = [
        ...values,
        ...NEAR.map((it) => old + it),
        // To the message's ends from here, as an offset forwards and backwards.
        ...[message.length - at, -at, -old].flatMap((it) => [it - 4, it - 1, it, it + 1, it + 4]),
      ];
      for (const value of new Set(others.map((it) => ((it % limit) + limit) % limit))) {
        if (value === old) continue;
        const mutated = message.slice();
        for (let i = 0; i < size; i++) mutated[at + i] = Math.floor(value / 2 ** (8 * i)) % 256;
        yield mutated;
      }
    }
  }
}

for (const target of TARGETS) {
  test(`Stack survives every mutation of ${target.name}: it decodes or is refused`, () => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      const outcomes = new Map<string, number>();
      const began = performance.now();
      let count = 0;
      for (const mutated of mutations(target.message)) {
        const result = decodeAmong(target, mutated).replace(/\d+/g, "N").slice(0, 60);
        outcomes.set(result, (outcomes.get(result) ?? 0) + 1);
        count++;
      }
      assert(count > 500 && outcomes.size > 3, "the mutations are not what they were");
      assert(performance.now() - began < count * 2, "a message took more than 2 ms on average");
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  });

  test(`Stack refuses ${target.name} that was cut off, wherever`, () => {
    const whole = decodeAmong(target, target.message);
    for (let length = 4; length < target.message.length; length++) {
      const cut = target.message.slice(0, length);
      new DataView(cut.buffer).setUint32(0, length - 4, true);
      const result = decodeAmong(target, cut, 8 + (4 - length % 4) % 4);
      assert(/^(WireError|MismatchError): /.test(result) || result === whole, result);
    }
  });

  test(`Stack survives several random mutations of ${target.name}`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(target.message.length - 1), fc.nat(255)), {
          minLength: 1,
          maxLength: 6,
        }),
        (changes) => {
          const mutated = target.message.slice();
          for (const [at, value] of changes) mutated[at] = value;
          decodeAmong(target, mutated);
        },
      ),
      { numRuns: 300 },
    );
  });
}

test("Stack.popResult() refuses what breaks FlatBuffers, and says which rule", () => {
  const message = new Uint8Array(56);
  const view = new DataView(message.buffer);
  const u16 = (at: number, ...values: number[]) =>
    values.forEach((value, i) => view.setUint16(at + 2 * i, value, true));
  const u32 = (at: number, value: number) => view.setUint32(at, value, true);
  u32(0, 52);
  u32(4, 12); // the root, at 16
  u16(8, 8, 12, 8, 4); // the vtable of root and box
  u32(16, 8);
  u32(20, 8); // the box, at 28
  message[24] = 1;
  u32(28, 20);
  u32(32, 16); // hlint, at 48
  message[36] = 1;
  u16(40, 6, 8, 4); // its vtable
  u32(48, 8);
  u32(52, 7);

  const pop = (bytes: Uint8Array) => new TestStack().push(bytes).stack.popResult("i32");
  assertEquals(pop(message), 7);
  const cases: readonly (readonly [at: number, value: number, says: string])[] = [
    [14, 5, "field 1 is not aligned"],
    [14, 12, "field 1 lies outside of its table"],
    [14, 0, "the result is missing"],
    [12, 1, "field 0 lies outside of its table"],
    [12, 12, "field 0 lies outside of its table"],
    [12, 0, "its result is of kind 0"],
    [20, 0, "an offset is not aligned"],
    [20, 9, "an offset is not aligned"],
    [20, 36, "an offset leads outside"],
    [16, 7, "a vtable is not aligned"],
    [16, 17, "an offset leads outside"],
    [8, 2, "a vtable is too small"],
    [8, 7, "a vtable is too small"],
    [8, 64, "an offset leads outside"],
    [10, 2, "a vtable is too small"],
    [10, 41, "an offset leads outside"],
    [24, 3, "its result is of kind 3"],
    [36, 0, "it returns type 0 instead of i32"],
    [36, 11, "it returns type 11 instead of i32"],
    [44, 8, "field 0 lies outside of its table"],
  ];
  for (const [at, value, says] of cases) {
    const broken = message.slice();
    broken[at] = value;
    assertEquals(outcome(() => pop(broken)).replace(/^\w+: /, ""), says, `byte ${at} as ${value}`);
  }
  for (const size of [0, 4, 7]) {
    const broken = message.slice();
    broken[0] = size - 4 & 0xff;
    assertThrows(() => pop(broken), WireError);
  }
});

test("Stack.popResult() refuses text that is not UTF-8 and text without its zero byte", () => {
  const message = writeResult("string", "text");
  const at = message.length - 8 + [...message.slice(-8)].indexOf(0x74);
  for (const [index, value, says] of [[0, 0xff, "is not UTF-8"], [4, 1, "zero byte"]] as const) {
    const broken = message.slice();
    broken[at + index] = value;
    assertThrows(() => new TestStack().push(broken).stack.popResult("string"), WireError, says);
  }
});

test("HostCall.values() copies no byte twice: parameters that share one string are refused", () => {
  const text = "x".repeat(1024 * 1024);
  const message = writeCall(
    "f",
    Array(11).fill("string"),
    [text, ...Array(10).fill("")],
    "void",
  );
  // Each of the short strings' tables is made to point to the long string.
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  const long = find(view, 1024 * 1024);
  let shared = 0;
  for (let at = 0; at + 4 <= long; at += 4) {
    const target = at + view.getUint32(at, true);
    if (
      target > at && target < message.length - 8 && target % 4 === 0 &&
      view.getUint32(target, true) === 0
    ) {
      view.setUint32(at, long - at, true);
      shared++;
    }
  }
  assert(shared >= 10, "no strings were made to point elsewhere");
  const target = new TestStack(message.length + 64).push(message);
  const call = target.stack.popHostCall();
  const began = performance.now();
  assertThrows(
    () => call.values(Array(11).fill("string")),
    WireError,
    "its strings, buffers and vectors overlap",
  );
  assert(performance.now() - began < 1000);
});

/** The place of a 32-bit number. */
function find(view: DataView, value: number): number {
  for (let at = 0; at + 4 <= view.byteLength; at += 4) {
    if (view.getUint32(at, true) === value) return at;
  }
  throw new Error(`no ${value}`);
}

test("Stack.popHostCall() reports a huge number of parameters without making any", () => {
  // As many as fit: all of them one and the same table.
  const count = 200_000;
  const message = new Uint8Array(64 + count * 4);
  const small = writeCall("f", ["i32"], [1], "void");
  message.set(small);
  const view = new DataView(message.buffer);
  const root = 4 + view.getUint32(4, true);
  const vtable = root - view.getInt32(root, true);
  const field = root + view.getUint16(vtable + 6, true);
  // The vector moves behind the small message.
  const vector = Math.ceil(small.length / 4) * 4;
  view.setUint32(field, vector - field, true);
  const room = (message.length - vector - 4) / 4;
  view.setUint32(vector, room, true);
  view.setUint32(0, message.length - 4, true);
  const target = new TestStack(message.length + 64).push(message);
  const began = performance.now();
  const call = target.stack.popHostCall();
  assertEquals(call.count, room);
  assertInstanceOf(assertThrows(() => call.values(["i32"])), MismatchError);
  assert(performance.now() - began < 1000);
  // One more than fits.
  const other = new TestStack(message.length + 64);
  view.setUint32(vector, room + 1, true);
  other.push(message);
  assertThrows(() => other.stack.popHostCall(), WireError, "a vector ends behind it");
});

test("CallEncoder.of() and ResultEncoder.of() share what encodes the same, and nothing else", () => {
  const one = CallEncoder.of("f", ["i32"], "i32");
  assertEquals(CallEncoder.of("f", ["i32"], "i32") === one, true);
  const others = [
    CallEncoder.of("g", ["i32"], "i32"),
    CallEncoder.of("f", ["u32"], "i32"),
    CallEncoder.of("f", ["i32", "i32"], "i32"),
    CallEncoder.of("f", ["i32"], "u32"),
    CallEncoder.of("i32 f", [], "i32"),
  ];
  assertEquals(new Set([one, ...others]).size, 6);
  const [first, second] = [ResultEncoder.of("i32"), ResultEncoder.of("i32")];
  assertEquals(first === second, true);
  assertEquals(ResultEncoder.of("i32") === ResultEncoder.of("u32"), false);
  // Only so many are kept, and what was let go is encoded as before.
  for (let i = 0; i < 300; i++) CallEncoder.of(`f${i}`, [], "void");
  assertEquals(CallEncoder.of("f", ["i32"], "i32") === one, false);
});
