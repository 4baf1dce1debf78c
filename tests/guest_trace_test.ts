// Holds src/guest/trace.ts against the flatbuffers library, and against hostile bytes.
import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Builder, type Offset } from "flatbuffers";
import { WireError } from "../src/guest/error.ts";
import { decodeTrace, type TraceBatch, type TraceEvent } from "../src/guest/trace.ts";
import { type Style, writeTrace } from "./support/messages.ts";
import {
  CloseSpanType,
  GuestEventEnvelopeType,
  GuestEventType,
  GuestTraceDataType,
  KeyValue,
  LogEventType,
  OpenSpanType,
} from "./support/schema.ts";

const anyText = fc.string({ unit: "binary", maxLength: 30 });
const anyId = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const anyFields = fc.array(fc.record({ key: anyText, value: anyText }), { maxLength: 4 });
const anyEvent: fc.Arbitrary<TraceEvent> = fc.oneof(
  fc.record({
    kind: fc.constant("open" as const),
    id: anyId,
    parent: fc.option(anyId, { nil: undefined }),
    name: anyText,
    target: anyText,
    tsc: anyId,
    fields: anyFields,
  }),
  fc.record({ kind: fc.constant("close" as const), id: anyId, tsc: anyId }),
  fc.record({
    kind: fc.constant("log" as const),
    parent: anyId,
    name: anyText,
    tsc: anyId,
    fields: anyFields,
  }),
);
const anyBatch = fc.record({ startTsc: anyId, events: fc.array(anyEvent, { maxLength: 6 }) });
const anyStyle: fc.Arbitrary<Style> = fc.record({
  force: fc.constantFrom("values", "all"),
  order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
  emptyVectors: fc.boolean(),
}, { requiredKeys: [] });

const BATCH: TraceBatch = {
  startTsc: 1000n,
  events: [
    {
      kind: "open",
      id: 1n,
      parent: undefined,
      name: "call",
      target: "guest",
      tsc: 1001n,
      fields: [],
    },
    {
      kind: "open",
      id: 2n,
      parent: 1n,
      name: "inner",
      target: "guest::part",
      tsc: 1002n,
      fields: [{ key: "size", value: "42" }, { key: "", value: "" }],
    },
    {
      kind: "log",
      parent: 2n,
      name: "event",
      tsc: 1003n,
      fields: [{ key: "message", value: "hi" }],
    },
    { kind: "close", id: 2n, tsc: 1004n },
    { kind: "close", id: 1n, tsc: 2n ** 64n - 1n },
  ],
};

test("decodeTrace() reads spans that open and close, and events in them", () => {
  assertEquals(decodeTrace(writeTrace(BATCH)), BATCH);
});

test("decodeTrace() reads any batch that flatbuffers wrote, in any order of fields", () => {
  fc.assert(
    fc.property(anyBatch, anyStyle, (batch, style) => {
      assertEquals(decodeTrace(writeTrace(batch, style)), batch);
    }),
    { numRuns: 10_000 },
  );
});

test("decodeTrace() tells a parent of 0 from none", () => {
  for (const parent of [0n, undefined]) {
    const event = { ...BATCH.events[0], parent } as TraceEvent;
    assertEquals(decodeTrace(writeTrace({ startTsc: 0n, events: [event] })).events, [event]);
  }
});

test("decodeTrace() reads bytes that lie anywhere, and ignores what is behind them", () => {
  const message = writeTrace(BATCH);
  for (let at = 0; at < 9; at++) {
    const around = new Uint8Array(message.length + 24).fill(0xff);
    around.set(message, at);
    assertEquals(decodeTrace(around.subarray(at)), BATCH);
  }
});

test("decodeTrace() refuses what is shorter than its size says, and what is no message", () => {
  const message = writeTrace(BATCH);
  for (let length = 0; length < message.length; length++) {
    assertThrows(() => decodeTrace(message.slice(0, length)), WireError);
  }
  for (const size of [0, 3, 2 ** 31, 2 ** 32 - 4, 2 ** 32 - 1]) {
    const broken = message.slice();
    new DataView(broken.buffer).setUint32(0, size, true);
    assertThrows(() => decodeTrace(broken), WireError);
  }
});

test("decodeTrace() names the string that a span, an event or a field lacks", () => {
  /** A table with one text in each of the fields, which the compiled code would not leave out. */
  const table = (builder: Builder, count: number, ...fields: readonly number[]): Offset => {
    const text = builder.createString("text");
    builder.startObject(count);
    for (const id of fields) builder.addFieldOffset(id, text, 0);
    return builder.endObject();
  };
  const refusal = (type: GuestEventType, event: (builder: Builder) => Offset) => {
    const builder = new Builder();
    const message = finish(builder, [envelope(builder, type, event(builder))]);
    return assertThrows(() => decodeTrace(message), WireError).message;
  };
  const span = (...fields: readonly number[]) =>
    refusal(GuestEventType.OpenSpanType, (builder) => table(builder, 6, ...fields));
  assertEquals(span(3), "a span's name is missing");
  assertEquals(span(2), "a span's target is missing");
  const event = (builder: Builder) => table(builder, 4);
  assertEquals(refusal(GuestEventType.LogEventType, event), "an event's name is missing");
  const field = (...fields: readonly number[]) =>
    refusal(GuestEventType.LogEventType, (builder) => {
      const vector = LogEventType.createFieldsVector(builder, [table(builder, 2, ...fields)]);
      return LogEventType.createLogEventType(builder, 1n, builder.createString("n"), 2n, vector);
    });
  assertEquals(field(1), "a field's key is missing");
  assertEquals(field(0), "a field's value is missing");
});

test("decodeTrace() refuses kinds of events that there are not", () => {
  for (const kind of [0, 4, 255]) {
    const builder = new Builder();
    const event = CloseSpanType.createCloseSpanType(builder, 1n, 2n);
    assertThrows(
      () => decodeTrace(finish(builder, [envelope(builder, kind, event)])),
      WireError,
      `an event is of kind ${kind}`,
    );
  }
});

const envelope = (builder: Builder, type: GuestEventType, event: Offset) =>
  GuestEventEnvelopeType.createGuestEventEnvelopeType(builder, type, event);

function finish(builder: Builder, events: Offset[]): Uint8Array {
  const vector = GuestTraceDataType.createEventsVector(builder, events);
  builder.finishSizePrefixed(GuestTraceDataType.createGuestTraceDataType(builder, 0n, vector));
  return builder.asUint8Array().slice();
}

test("decodeTrace() makes no more of a batch than its bytes: all of it shared, it is refused", () => {
  // 32,768 events that are one event with 32,768 fields that are one field: 128 KiB for each of two vectors.
  const count = 32_768;
  for (const shared of [count, 1]) {
    const builder = new Builder();
    const text = builder.createString("");
    const field = KeyValue.createKeyValue(builder, text, text);
    const fields = OpenSpanType.createFieldsVector(builder, Array<Offset>(count).fill(field));
    const span = OpenSpanType.createOpenSpanType(builder, 1n, null, text, text, 2n, fields);
    const event = envelope(builder, GuestEventType.OpenSpanType, span);
    const message = finish(builder, Array<Offset>(shared).fill(event));
    const began = performance.now();
    assertThrows(() => decodeTrace(message), WireError, "its strings, buffers and vectors overlap");
    assert(performance.now() - began < 1000);
  }
});

test("decodeTrace() survives every byte set to anything: it decodes or is refused", () => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const message = writeTrace(BATCH);
    const outcomes = new Set<string>();
    const began = performance.now();
    let count = 0;
    for (let at = 0; at < message.length; at++) {
      for (let value = 0; value < 256; value++) {
        const mutated = message.slice();
        mutated[at] = value;
        count++;
        try {
          assert(decodeTrace(mutated).events.length <= message.length / 4);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
          outcomes.add(error.message.replace(/\d+/g, "N"));
        }
      }
    }
    assert(outcomes.size > 8, "the mutations are not what they were");
    assert(performance.now() - began < count, "a batch took more than 1 ms on average");
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
});
