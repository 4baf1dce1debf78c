/**
 * Messages as the flatbuffers library writes and reads them, with the code that flatc compiled from schema/: what the
 * codec of src/guest is held against. Without a style, fields and tables come in the order in which Hyperlight v0.11's
 * host and guests make them, so the bytes are theirs.
 */

import { assert, assertEquals } from "@std/assert";
import { Builder, ByteBuffer, Encoding, type Offset } from "flatbuffers";
import type { TraceBatch, TraceEvent, TraceField } from "../../src/guest/trace.ts";
import type {
  HostFunction,
  LogRecord,
  ResultType,
  Value,
  ValueType,
} from "../../src/guest/wire.ts";
import {
  CloseSpanType,
  FunctionCall,
  FunctionCallResult,
  FunctionCallResultType,
  FunctionCallType,
  GuestError,
  GuestEventEnvelopeType,
  GuestEventType,
  GuestLogData,
  GuestTraceDataType,
  hlbool,
  hldouble,
  hlfloat,
  hlint,
  hllong,
  hlsizeprefixedbuffer,
  hlstring,
  hluint,
  hlulong,
  hlvecbytes,
  hlvoid,
  HostFunctionDefinition,
  HostFunctionDetails,
  KeyValue,
  LogEventType,
  OpenSpanType,
  Parameter,
  ParameterType,
  ParameterValue,
  ReturnType,
  ReturnValue,
  ReturnValueBox,
} from "./schema.ts";

/** Types of values by the names of their tables. */
const TABLES: Readonly<Record<ValueType, keyof typeof ParameterType>> = {
  i32: "hlint",
  u32: "hluint",
  i64: "hllong",
  u64: "hlulong",
  f32: "hlfloat",
  f64: "hldouble",
  string: "hlstring",
  bool: "hlbool",
  buffer: "hlvecbytes",
};
const RESULT_TABLES: Readonly<Record<ResultType, keyof typeof ReturnType>> = {
  ...TABLES as Readonly<Record<Exclude<ValueType, "buffer">, keyof typeof ReturnType>>,
  buffer: "hlsizeprefixedbuffer",
  void: "hlvoid",
};

/** The type of a table's name. */
function typeOf<T extends string>(tables: Readonly<Record<T, string>>, table: string): T {
  const type = (Object.keys(tables) as T[]).find((it) => tables[it] === table);
  assert(type !== undefined, `there is no type ${table}`);
  return type;
}

export const VALUE_TYPES = Object.keys(TABLES) as ValueType[];
export const RESULT_TYPES = Object.keys(RESULT_TABLES) as ResultType[];

// --- writing -----------------------------------------------------------------------------------------------------------

/** What a writer is free to choose. */
export interface Style {
  /** Which fields to write that have their default value: values, as our encoders do, or all. */
  readonly force?: "values" | "all";
  /** The order of a table's fields: numbers that the fields are sorted by. */
  readonly order?: readonly number[];
  /** Write a vector even if it is empty. */
  readonly emptyVectors?: boolean;
  /** Leave a value out of its table that is an empty string or has no bytes. */
  readonly noEmptyValues?: boolean;
}

/** Adds a field to the table that is being built. */
type Add = (builder: Builder) => void;

class Writer {
  readonly #builder = new Builder(64);
  readonly #style: Style;

  constructor(style: Style) {
    this.#style = style;
    this.#builder.forceDefaults(style.force === "all");
  }

  finish(root: Offset): Uint8Array {
    this.#builder.finishSizePrefixed(root);
    return this.#builder.asUint8Array().slice();
  }

  table(start: Add, end: (builder: Builder) => Offset, ...fields: readonly Add[]): Offset {
    const { order } = this.#style;
    start(this.#builder);
    fields.map((add, i) => ({ add, place: order?.[i % order.length] ?? i }))
      .sort((a, b) => a.place - b.place)
      .forEach(({ add }) => add(this.#builder));
    return end(this.#builder);
  }

  string(text: string): Offset {
    return this.#builder.createString(new TextEncoder().encode(text));
  }

  /** A vector of offsets, or undefined where it may be left out. */
  vector(items: readonly Offset[]): Offset | undefined {
    if (items.length === 0 && this.#style.emptyVectors !== true) return undefined;
    return FunctionCall.createParametersVector(
      this.#builder,
      [...items],
    );
  }

  #unlessEmpty({ length }: string | Uint8Array, add: Add): Add {
    return length === 0 && this.#style.noEmptyValues === true ? () => {} : add;
  }

  value(type: ResultType, value: Value, isResult: boolean): Offset {
    const builder = this.#builder;
    const { force } = this.#style;
    const forced = (add: Add): Add => (b) => {
      b.forceDefaults(force !== undefined);
      add(b);
      b.forceDefaults(force === "all");
    };
    const [number, bigint] = [value as number, value as bigint];
    switch (type) {
      case "i32":
        return this.table(
          hlint.starthlint,
          hlint.endhlint,
          forced((b) => hlint.addValue(b, number)),
        );
      case "u32":
        return this.table(
          hluint.starthluint,
          hluint.endhluint,
          forced((b) => hluint.addValue(b, number)),
        );
      case "i64":
        return this.table(
          hllong.starthllong,
          hllong.endhllong,
          forced((b) => hllong.addValue(b, bigint)),
        );
      case "u64":
        return this.table(
          hlulong.starthlulong,
          hlulong.endhlulong,
          forced((b) => hlulong.addValue(b, bigint)),
        );
      case "f32":
        return this.table(
          hlfloat.starthlfloat,
          hlfloat.endhlfloat,
          forced((b) => hlfloat.addValue(b, number)),
        );
      case "f64":
        return this.table(
          hldouble.starthldouble,
          hldouble.endhldouble,
          forced((b) => hldouble.addValue(b, number)),
        );
      case "bool":
        return this.table(
          hlbool.starthlbool,
          hlbool.endhlbool,
          forced((b) => hlbool.addValue(b, value as boolean)),
        );
      case "string": {
        const text = this.string(value as string);
        return this.table(
          hlstring.starthlstring,
          hlstring.endhlstring,
          this.#unlessEmpty(value as string, (b) => hlstring.addValue(b, text)),
        );
      }
      case "buffer": {
        const bytes = value as Uint8Array;
        const vector = builder.createByteVector(bytes);
        if (!isResult) {
          return this.table(
            hlvecbytes.starthlvecbytes,
            hlvecbytes.endhlvecbytes,
            this.#unlessEmpty(bytes, (b) => hlvecbytes.addValue(b, vector)),
          );
        }
        return this.table(
          hlsizeprefixedbuffer.starthlsizeprefixedbuffer,
          hlsizeprefixedbuffer.endhlsizeprefixedbuffer,
          this.#unlessEmpty(bytes, (b) => hlsizeprefixedbuffer.addValue(b, vector)),
          forced((b) => hlsizeprefixedbuffer.addSize(b, bytes.length)),
        );
      }
      case "void":
        return this.table(hlvoid.starthlvoid, hlvoid.endhlvoid);
    }
  }
}

/** A call, of a host's function if nothing else is said. */
export function writeCall(
  name: string,
  types: readonly ValueType[],
  values: readonly Value[],
  result: ResultType,
  style: Style = {},
  kind: number = FunctionCallType.host,
): Uint8Array {
  const writer = new Writer(style);
  const text = writer.string(name);
  const parameters = types.map((type, i) => {
    const value = writer.value(type, values[i], false);
    return writer.table(
      Parameter.startParameter,
      Parameter.endParameter,
      (b) => Parameter.addValue(b, value),
      (b) => Parameter.addValueType(b, ParameterValue[TABLES[type]]),
    );
  });
  const vector = writer.vector(parameters);
  return writer.finish(writer.table(
    FunctionCall.startFunctionCall,
    FunctionCall.endFunctionCall,
    (b) => vector !== undefined && FunctionCall.addParameters(b, vector),
    (b) => FunctionCall.addFunctionName(b, text),
    (b) => FunctionCall.addExpectedReturnType(b, ReturnType[RESULT_TABLES[result]]),
    (b) => FunctionCall.addFunctionCallType(b, kind),
  ));
}

function writeFunctionCallResult(
  writer: Writer,
  type: FunctionCallResultType,
  result: Offset,
): Uint8Array {
  return writer.finish(writer.table(
    FunctionCallResult.startFunctionCallResult,
    FunctionCallResult.endFunctionCallResult,
    (b) => FunctionCallResult.addResult(b, result),
    (b) => FunctionCallResult.addResultType(b, type),
  ));
}

/** A result. */
export function writeResult(type: ResultType, value: Value, style: Style = {}): Uint8Array {
  const writer = new Writer(style);
  const inner = writer.value(type, value, true);
  const box = writer.table(
    ReturnValueBox.startReturnValueBox,
    ReturnValueBox.endReturnValueBox,
    (b) => ReturnValueBox.addValue(b, inner),
    (b) => ReturnValueBox.addValueType(b, ReturnValue[RESULT_TABLES[type]]),
  );
  return writeFunctionCallResult(writer, FunctionCallResultType.ReturnValueBox, box);
}

/** An error in place of a result. */
export function writeError(
  code: bigint,
  message: string | undefined,
  style: Style = {},
): Uint8Array {
  const writer = new Writer(style);
  const text = message === undefined ? undefined : writer.string(message);
  const error = writer.table(
    GuestError.startGuestError,
    GuestError.endGuestError,
    (b) => GuestError.addCode(b, code),
    (b) => text !== undefined && GuestError.addMessage(b, text),
  );
  return writeFunctionCallResult(writer, FunctionCallResultType.GuestError, error);
}

/** A record of a guest's log; strings that are undefined are missing. */
export function writeLog(
  record: { readonly [K in keyof LogRecord]: LogRecord[K] | undefined },
  style: Style = {},
): Uint8Array {
  const writer = new Writer(style);
  const text = (text: string | undefined) => text === undefined ? undefined : writer.string(text);
  const message = text(record.message);
  const source = text(record.source);
  const caller = text(record.caller);
  const file = text(record.file);
  return writer.finish(writer.table(
    GuestLogData.startGuestLogData,
    GuestLogData.endGuestLogData,
    (b) => GuestLogData.addLine(b, record.line ?? 0),
    (b) => file !== undefined && GuestLogData.addSourceFile(b, file),
    (b) => caller !== undefined && GuestLogData.addCaller(b, caller),
    (b) => source !== undefined && GuestLogData.addSource(b, source),
    (b) => message !== undefined && GuestLogData.addMessage(b, message),
    (b) => GuestLogData.addLevel(b, record.level ?? 0),
  ));
}

/** What a host offers, in the order given. */
export function writeHostFunctions(functions: readonly HostFunction[]): Uint8Array {
  const builder = new Builder(64);
  const items = functions.map(({ name, parameters, result }) => {
    const text = builder.createString(new TextEncoder().encode(name));
    const types = HostFunctionDefinition.createParametersVector(
      builder,
      parameters.map((type) => ParameterType[TABLES[type]]),
    );
    HostFunctionDefinition.startHostFunctionDefinition(builder);
    HostFunctionDefinition.addParameters(builder, types);
    HostFunctionDefinition.addFunctionName(builder, text);
    HostFunctionDefinition.addReturnType(builder, ReturnType[RESULT_TABLES[result]]);
    return HostFunctionDefinition.endHostFunctionDefinition(builder);
  });
  const vector = HostFunctionDetails.createFunctionsVector(builder, items);
  builder.finishSizePrefixed(HostFunctionDetails.createHostFunctionDetails(builder, vector));
  return builder.asUint8Array().slice();
}

/** A batch of trace events. */
export function writeTrace({ startTsc, events }: TraceBatch, style: Style = {}): Uint8Array {
  const writer = new Writer(style);
  const fields = (fields: readonly TraceField[]) =>
    writer.vector(fields.map(({ key, value }) => {
      const [first, second] = [writer.string(key), writer.string(value)];
      return writer.table(
        KeyValue.startKeyValue,
        KeyValue.endKeyValue,
        (b) => KeyValue.addValue(b, second),
        (b) => KeyValue.addKey(b, first),
      );
    }));
  const envelopes = events.map((event) => {
    const written = writeEvent(writer, event, fields);
    return writer.table(
      GuestEventEnvelopeType.startGuestEventEnvelopeType,
      GuestEventEnvelopeType.endGuestEventEnvelopeType,
      (b) => GuestEventEnvelopeType.addEvent(b, written.event),
      (b) => GuestEventEnvelopeType.addEventType(b, written.type),
    );
  });
  const vector = writer.vector(envelopes);
  return writer.finish(writer.table(
    GuestTraceDataType.startGuestTraceDataType,
    GuestTraceDataType.endGuestTraceDataType,
    (b) => GuestTraceDataType.addStartTsc(b, startTsc),
    (b) => vector !== undefined && GuestTraceDataType.addEvents(b, vector),
  ));
}

function writeEvent(
  writer: Writer,
  event: TraceEvent,
  writeFields: (fields: readonly TraceField[]) => Offset | undefined,
): { type: GuestEventType; event: Offset } {
  if (event.kind === "close") {
    const table = writer.table(
      CloseSpanType.startCloseSpanType,
      CloseSpanType.endCloseSpanType,
      (b) => CloseSpanType.addTsc(b, event.tsc),
      (b) => CloseSpanType.addId(b, event.id),
    );
    return { type: GuestEventType.CloseSpanType, event: table };
  }
  const name = writer.string(event.name);
  if (event.kind === "log") {
    const fields = writeFields(event.fields);
    const table = writer.table(
      LogEventType.startLogEventType,
      LogEventType.endLogEventType,
      (b) => LogEventType.addTsc(b, event.tsc),
      (b) => LogEventType.addParentId(b, event.parent),
      (b) => fields !== undefined && LogEventType.addFields(b, fields),
      (b) => LogEventType.addName(b, name),
    );
    return { type: GuestEventType.LogEventType, event: table };
  }
  const target = writer.string(event.target);
  const fields = writeFields(event.fields);
  const { parent } = event;
  const table = writer.table(
    OpenSpanType.startOpenSpanType,
    OpenSpanType.endOpenSpanType,
    (b) => OpenSpanType.addTsc(b, event.tsc),
    (b) => parent !== undefined && OpenSpanType.addParent(b, parent),
    (b) => OpenSpanType.addId(b, event.id),
    (b) => fields !== undefined && OpenSpanType.addFields(b, fields),
    (b) => OpenSpanType.addTarget(b, target),
    (b) => OpenSpanType.addName(b, name),
  );
  return { type: GuestEventType.OpenSpanType, event: table };
}

// --- reading -----------------------------------------------------------------------------------------------------------

function open(message: Uint8Array): ByteBuffer {
  const buffer = new ByteBuffer(message);
  assertEquals(buffer.readUint32(0), message.length - 4, "the size");
  return buffer;
}

/** A text of the library's, which would take a byte order mark away itself. */
function text(bytes: string | Uint8Array | null): string {
  assert(bytes instanceof Uint8Array, "a string is missing");
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Reads the value in the table that a union points to. */
function readValue(box: Parameter | ReturnValueBox, type: ResultType): Value {
  switch (type) {
    case "i32":
      return (box.value(new hlint()) as hlint).value();
    case "u32":
      return (box.value(new hluint()) as hluint).value();
    case "i64":
      return (box.value(new hllong()) as hllong).value();
    case "u64":
      return (box.value(new hlulong()) as hlulong).value();
    case "f32":
      return (box.value(new hlfloat()) as hlfloat).value();
    case "f64":
      return (box.value(new hldouble()) as hldouble).value();
    case "bool":
      return (box.value(new hlbool()) as hlbool).value();
    case "string":
      return text((box.value(new hlstring()) as hlstring).value(Encoding.UTF8_BYTES));
    case "buffer": {
      if (box instanceof Parameter) {
        return (box.value(new hlvecbytes()) as hlvecbytes).valueArray()?.slice();
      }
      const buffer = box.value(new hlsizeprefixedbuffer()) as hlsizeprefixedbuffer;
      assertEquals(buffer.size(), buffer.valueLength());
      return buffer.valueArray()?.slice();
    }
    case "void":
      assert(box.value(new hlvoid()) instanceof hlvoid);
      return undefined;
  }
}

/** A call. */
export function readCall(message: Uint8Array): {
  name: string;
  parameters: { type: ValueType; value: Value }[];
  kind: FunctionCallType;
  result: ResultType;
} {
  const call = FunctionCall.getSizePrefixedRootAsFunctionCall(open(message));
  return {
    name: text(call.functionName(Encoding.UTF8_BYTES)),
    parameters: Array.from({ length: call.parametersLength() }, (_, i) => {
      const parameter = call.parameters(i) as Parameter;
      const type = typeOf(TABLES, ParameterValue[parameter.valueType()] as string);
      return { type, value: readValue(parameter, type) };
    }),
    kind: call.functionCallType(),
    result: typeOf(RESULT_TABLES, ReturnType[call.expectedReturnType()] as string),
  };
}

/** A result. */
export function readResult(message: Uint8Array): { type: ResultType; value: Value } {
  const root = FunctionCallResult.getSizePrefixedRootAsFunctionCallResult(open(message));
  assertEquals(root.resultType(), FunctionCallResultType.ReturnValueBox);
  const box = root.result(new ReturnValueBox()) as ReturnValueBox;
  const type = typeOf(RESULT_TABLES, ReturnValue[box.valueType()] as string);
  return { type, value: readValue(box, type) };
}

/** An error. */
export function readError(message: Uint8Array): { code: bigint; message: string } {
  const root = FunctionCallResult.getSizePrefixedRootAsFunctionCallResult(open(message));
  assertEquals(root.resultType(), FunctionCallResultType.GuestError);
  const error = root.result(new GuestError()) as GuestError;
  return { code: BigInt(error.code()), message: text(error.message(Encoding.UTF8_BYTES)) };
}

/** What a host offers. */
export function readHostFunctions(message: Uint8Array): HostFunction[] {
  const details = HostFunctionDetails.getSizePrefixedRootAsHostFunctionDetails(open(message));
  return Array.from({ length: details.functionsLength() }, (_, i) => {
    const it = details.functions(i) as HostFunctionDefinition;
    return {
      name: text(it.functionName(Encoding.UTF8_BYTES)),
      parameters: Array.from(
        { length: it.parametersLength() },
        (_, i) => typeOf(TABLES, ParameterType[it.parameters(i) as ParameterType] as string),
      ),
      result: typeOf(RESULT_TABLES, ReturnType[it.returnType()] as string),
    };
  });
}
