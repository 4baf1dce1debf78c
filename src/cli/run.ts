/** `vmlet run`: calls one function of a guest. */

import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import process from "node:process";
import {
  type DebugOptions,
  type FunctionDefinition,
  type GuestInspection,
  inspectGuest,
  type ResultType,
  Sandbox,
  type SandboxOptions,
  type ValueType,
  type ValueTypes,
} from "../../mod.ts";
import { type Command, type Output, UsageError } from "./command.ts";
import { formatFunction } from "./format.ts";

type Value = ValueTypes[ValueType];

const VALUE_TYPES: readonly ValueType[] = [
  ...(["i32", "u32", "i64", "u64", "f32", "f64", "bool", "string", "buffer"] as const),
];

/** `vmlet run`. */
export const run: Command = {
  summary: "call a function of a guest",
  help: `Usage: vmlet run GUEST FUNCTION [ARGUMENTS…] [--result TYPE] [--json]

Calls a function of a guest, a path or a URL, in a sandbox of its own, and prints the result. The
function's types are those that the guest's file describes, and an argument may name its own:

  5, -0x10, i32:5, u64:5          whole numbers: i32 u32 i64 u64
  1.5, f64:1e9, f32:NaN           numbers: f32 f64
  true, bool:false                bool
  hi, string:hi                   string
  hi, buffer:hi, buffer:@FILE     buffer: the text's bytes in UTF-8, or a file's

A string that begins like another type, or like an option, is written with its own: string:i32:5,
string:--json. What follows -- is an argument. A buffer as result is written as it is, in a terminal
in hexadecimal. There are no imports: a guest that calls one ends with an error.
Deno: --allow-ffi and --allow-read, and --allow-net for a URL.

  --result TYPE  what the function gives, where the guest's file does not say; also void
  --json         print {"type":…,"result":…}: 64-bit numbers as text, buffers in base64
  --help         print this

Exit codes: 0, 1 if the guest or its call fails, 2 for a command line that makes no sense
`,
  run: (args, output) => runFunction("run", args, output),
};

/**
 * Calls the function that a command line names, and prints what it gives.
 *
 * @param command The command whose line it is.
 * @param debugOf Makes the sandbox's option `debug`.
 */
export async function runFunction(
  command: "run" | "debug",
  args: readonly string[],
  output: Output,
  debugOf?: (guest: string) => DebugOptions,
): Promise<number> {
  const line = parse(args);
  if (line.help) {
    output.out(run.help);
    return 0;
  }
  const { options, type, call } = await functionOf(command, line);
  using sandbox = await Sandbox.create({
    ...options,
    ...(debugOf ? { debug: debugOf(options.guest) } : {}),
  });
  const value = call(sandbox);
  output.out(line.json ? toJson(type, value) : toText(value));
  return 0;
}

/** What a command line makes of a guest's function. */
export interface NamedFunction {
  readonly name: string;
  /** For a sandbox of the guest. */
  readonly options: SandboxOptions<Record<string, FunctionDefinition>> & { readonly guest: string };
  /** The type of the function's result. */
  readonly type: ResultType;
  /** Calls it with the line's arguments. */
  readonly call: (sandbox: Sandbox<Record<string, FunctionDefinition>>) => Value | void;
}

/**
 * Reads the guest that a command line names, and what the line says of its function.
 *
 * @throws {UsageError} If the line makes no sense, also for that guest.
 */
export async function functionOf(
  command: "run" | "debug" | "profile",
  { guest, name, texts, result }: CommandLine,
): Promise<NamedFunction> {
  if (guest === undefined) throw new UsageError(`vmlet ${command} needs a guest's file`);
  if (name === undefined) throw new UsageError(`vmlet ${command} needs a function's name`);

  const { exports, imports } = await inspectGuest(guest);
  const described = describedFunction(exports, name);
  const values = texts.map((text, i) => readArgument(text, i, described));
  const type = result ?? described?.result;
  if (type === undefined) {
    throw new UsageError(
      `The guest's file does not say what ${name} gives: write --result TYPE`,
    );
  }
  const definition = { parameters: values.map((it) => it.type), result: type };
  if (described && formatFunction(name, definition) !== formatFunction(name, described)) {
    throw new UsageError(
      `The guest has ${formatFunction(name, described)}, not ${formatFunction(name, definition)}`,
    );
  }
  const size = values.reduce((sum, { value }) => sum + byteLength(value), MESSAGE_SIZE);
  const options = {
    guest,
    exports: { [name]: definition } as Record<string, FunctionDefinition>,
    imports: unavailable(command, imports),
    memory: { input: Math.max(size, BUFFER_SIZE), output: Math.max(size, BUFFER_SIZE) },
  };
  const given = values.map((it) => it.value);
  return { name, options, type, call: (sandbox) => checked(() => sandbox.call(name, given)) };
}

/** The default of `memory.input`, and how much of it a message takes beside what its arguments do. */
const BUFFER_SIZE = 16 * 1024 * 1024;
const MESSAGE_SIZE = 64 * 1024;

/** A command line that calls a function. */
export interface CommandLine {
  guest?: string;
  name?: string;
  texts: string[];
  result?: ResultType;
  json: boolean;
  help: boolean;
}

/** By hand: parseArgs would take a negative number for an option. */
export function parse(args: readonly string[]): CommandLine {
  const line: CommandLine = { texts: [], json: false, help: false };
  let plain = false;
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (plain || !arg.startsWith("--")) {
      if (line.guest === undefined) line.guest = arg;
      else if (line.name === undefined) line.name = arg;
      else line.texts.push(arg);
    } else if (arg === "--") plain = true;
    else if (arg === "--json") line.json = true;
    else if (arg === "--help") line.help = true;
    else if (arg === "--result" || arg.startsWith("--result=")) {
      const type = arg === "--result" ? rest.shift() : arg.slice("--result=".length);
      if (type !== "void" && !isValueType(type)) {
        throw new UsageError(`--result ${type ?? ""} is no type: ${VALUE_TYPES.join(", ")}, void`);
      }
      line.result = type;
    } else throw new UsageError(`Unknown option ${arg}`);
  }
  return line;
}

function isValueType(type: string | undefined): type is ValueType {
  return VALUE_TYPES.includes(type as ValueType);
}

function describedFunction(
  exports: GuestInspection["exports"],
  name: string,
): FunctionDefinition | undefined {
  if (exports === undefined) return undefined;
  const found = Object.hasOwn(exports, name) ? exports[name] : undefined;
  if (found === undefined) {
    const names = Object.keys(exports);
    const offer = names.length === 0 ? "nothing" : names.join(", ");
    throw new UsageError(`The guest has no function ${name}, it offers ${offer}`);
  }
  return found;
}

/** Reads an argument as the command line has it. */
function readArgument(
  text: string,
  index: number,
  described: FunctionDefinition | undefined,
): { type: ValueType; value: Value } {
  const colon = text.indexOf(":");
  const prefix = colon === -1 ? undefined : text.slice(0, colon);
  if (isValueType(prefix)) {
    return { type: prefix, value: readValue(prefix, text.slice(colon + 1), text) };
  }
  const type = described?.parameters[index];
  if (described && type === undefined) {
    const count = described.parameters.length;
    throw new UsageError(`${text} is argument ${index + 1} of a function that takes ${count}`);
  }
  if (type === undefined) {
    throw new UsageError(
      `The guest's file does not describe its functions: write the type of ${text}, as in i32:5`,
    );
  }
  return { type, value: readValue(type, text, text) };
}

function readValue(type: ValueType, text: string, shown: string): Value {
  switch (type) {
    case "i32":
    case "u32":
      return Number(wholeNumber(text, type, shown));
    case "i64":
    case "u64":
      return wholeNumber(text, type, shown);
    case "f32":
    case "f64": {
      const value = Number(text);
      if (text.trim() === "" || (Number.isNaN(value) && text !== "NaN")) {
        throw new UsageError(`${shown} is no number, and ${type} is one`);
      }
      return value;
    }
    case "bool":
      if (text !== "true" && text !== "false") {
        throw new UsageError(`${shown} is neither true nor false, and a bool is one of them`);
      }
      return text === "true";
    case "string":
      return text;
    case "buffer":
      return text.startsWith("@") ? readFile(text.slice(1)) : new TextEncoder().encode(text);
  }
}

function wholeNumber(text: string, type: ValueType, shown: string): bigint {
  const [, minus, digits] = /^([-+]?)(\d+|0x[0-9a-f]+)$/i.exec(text) ?? [];
  if (digits === undefined) {
    throw new UsageError(`${shown} is no whole number, and ${type} is one`);
  }
  return minus === "-" ? -BigInt(digits) : BigInt(digits);
}

function readFile(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${(error as Error).message}`);
  }
}

function byteLength(value: Value): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  return value instanceof Uint8Array ? value.length : 8;
}

/** Stands in for each import, and says why it does nothing. */
function unavailable(command: string, imports: GuestInspection["imports"]) {
  return Object.fromEntries(
    Object.entries(imports ?? {}).map(([name, definition]) => {
      const callback = (): never => {
        throw new Error(
          `the guest called its import ${name}, and vmlet ${command} offers no imports`,
        );
      };
      return [name, { ...definition, callback }];
    }),
  );
}

/** A value that its type does not have is a mistake of the command line. */
function checked<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const isArgument = error instanceof TypeError || error instanceof RangeError;
    if (isArgument && "code" in error) throw new UsageError(error.message);
    throw error;
  }
}

const numberText = (value: number) => Object.is(value, -0) ? "-0" : String(value);

function toText(value: Value | void): string | Uint8Array {
  if (value === undefined) return "";
  if (value instanceof Uint8Array) {
    return process.stdout.isTTY ? `${Buffer.from(value).toString("hex")}\n` : value;
  }
  return `${typeof value === "number" ? numberText(value) : value}\n`;
}

/** JSON has neither 64-bit numbers nor NaN nor infinities: those are text, and void is null. */
function toJson(type: ResultType, value: Value | void): string {
  let result: string;
  if (value === undefined) result = "null";
  else if (value instanceof Uint8Array) {
    result = JSON.stringify(Buffer.from(value).toString("base64"));
  } else if (typeof value === "bigint") result = JSON.stringify(String(value));
  else if (typeof value === "number" && Number.isFinite(value)) result = numberText(value);
  else result = JSON.stringify(typeof value === "number" ? String(value) : value);
  return `{"type":"${type}","result":${result}}\n`;
}
