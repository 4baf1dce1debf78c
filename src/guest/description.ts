/**
 * What a guest's file says of its functions: a line of text for each, which the kit puts into the section
 * `vmlet_functions`, such as `export i32 add i32 i32` (the result, the name, the parameters).
 */

import { GuestImageError } from "./error.ts";
import { GuestFunction, type Signature, type ValueType } from "./wire.ts";

/** What a guest says of its functions, by name. */
export interface GuestFunctions {
  /** What it offers. */
  readonly exports: ReadonlyMap<string, GuestFunction>;
  /** What it may call. */
  readonly imports: ReadonlyMap<string, Signature>;
}

/** The section's name. */
export const FUNCTIONS_SECTION = "vmlet_functions";

/** No guest needs more text; a larger one would cost its host time. */
const MAX_SIZE = 1024 * 1024;

/** The most parameters that a function may have, and the longest name in bytes: limits of calls. */
const MAX_PARAMETERS = 11;
const MAX_NAME = 256;

/** Names are C's, or whatever VMLET_EXPORT_AS says; between the words of a line are blanks. */
const NAME = /^[^\s\p{Cc}]+$/u;

/** The types as C spells them: its `bool` is a macro for `_Bool` before C23. */
const TYPES: ReadonlyMap<string, ValueType> = new Map([
  ...(["i32", "u32", "i64", "u64", "f32", "f64", "bool", "string", "buffer"] as const).map((type) =>
    [type, type] as const
  ),
  ["_Bool", "bool"],
]);

const encoder = new TextEncoder();

/**
 * Reads the section's bytes. Between the lines may be zero bytes, since each is a string of C's.
 *
 * @throws {GuestImageError} If a line is not one of the kit's, or two contradict each other.
 */
export function readDescription(bytes: Uint8Array): GuestFunctions {
  if (bytes.length > MAX_SIZE) {
    throw new GuestImageError(
      "unsupported",
      `Cannot load the guest: the description of its functions has ${bytes.length} bytes, ` +
        `and ${MAX_SIZE} are the most`,
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("it is not UTF-8");
  }
  const exports = new Map<string, GuestFunction>();
  const imports = new Map<string, Signature>();
  for (const line of text.split(/[\0\n]+/)) {
    if (line === "") continue;
    const [kind = "", result = "", name = "", ...parameters] = line.split(" ");
    const shown = JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
    if (kind !== "export" && kind !== "import") {
      throw invalid(`${shown} is neither an export nor an import`);
    }
    if (!NAME.test(name)) throw invalid(`${shown} has no name`);
    if (encoder.encode(name).length > MAX_NAME) {
      throw invalid(`${shown} has a name of more than ${MAX_NAME} bytes`);
    }
    if (parameters.length > MAX_PARAMETERS) {
      throw invalid(`${shown} has more than ${MAX_PARAMETERS} parameters`);
    }
    const type = (word: string): ValueType => {
      const known = TYPES.get(word);
      if (known === undefined) throw invalid(`${shown} has a type that is none`);
      return known;
    };
    const described: Signature = {
      parameters: parameters.map(type),
      result: result === "void" ? "void" : type(result),
    };
    const other = (kind === "export" ? exports : imports).get(name);
    // Two sources of a guest may declare the same import; two exports of one name cannot both be called.
    if (other && (kind === "export" || signature(other) !== signature(described))) {
      throw invalid(`${kind} "${name}" is there twice`);
    }
    if (kind === "export") exports.set(name, new GuestFunction(name, described));
    else imports.set(name, described);
  }
  return { exports, imports };
}

/** A function's types in words, such as `(i32, i32) -> i32`. */
export function signature({ parameters, result }: Signature): string {
  return `(${parameters.join(", ")}) -> ${result}`;
}

function invalid(message: string): GuestImageError {
  return new GuestImageError(
    "invalid",
    `Cannot load the guest: the description of its functions is broken, ${message}`,
  );
}
