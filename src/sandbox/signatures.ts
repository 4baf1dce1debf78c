/** Compares what a program says of a guest's functions with what the guest's own file says. */

import { VmletError, wrongType } from "../ffi/mod.ts";
import type { ResultType, ValueType } from "../guest/wire.ts";

/** What a function takes and gives. */
export interface Signature {
  readonly parameters: readonly ValueType[];
  readonly result: ResultType;
}

/** Signatures by the functions' names. */
export type Signatures = ReadonlyMap<string, Signature>;

/** What a guest's file says of one kind of its functions; undefined where it says nothing. */
export type Description = Readonly<Record<string, Signature>> | undefined;

/** The same by name, for programs: nothing of it can be changed, and what keeps it keeps no callbacks. */
export function describe(signatures: Signatures): Readonly<Record<string, Signature>> {
  const all: Record<string, Signature> = Object.create(null);
  for (const [name, { parameters, result }] of signatures) {
    all[name] = Object.freeze({ parameters: Object.freeze([...parameters]), result });
  }
  return Object.freeze(all);
}

/** A signature as people write it. */
function text({ parameters, result }: Signature): string {
  return `(${parameters.join(", ")}) -> ${result}`;
}

/**
 * The functions that a sandbox offers: those of the options, or where they name none, those of the guest's file.
 *
 * @throws {TypeError} If neither is there.
 * @throws {VmletError} `ERR_GUEST_FUNCTION_NOT_FOUND` or `ERR_GUEST_FUNCTION_MISMATCH` if the two disagree.
 */
export function compareExports(
  guest: string,
  defined: Signatures | undefined,
  described: Description,
): Signatures {
  if (defined === undefined && described === undefined) {
    throw wrongType(
      `Cannot create a sandbox: the guest ${guest} does not say what it offers, so exports must`,
    );
  }
  if (defined === undefined) return new Map(Object.entries(described ?? {}));
  if (described === undefined) return defined;
  for (const [name, signature] of defined) {
    const other = described[name];
    if (other === undefined) {
      throw new VmletError(
        "ERR_GUEST_FUNCTION_NOT_FOUND",
        `Cannot create a sandbox: the exports define "${name}", and the guest ${guest} offers ${
          Object.keys(described).join(", ") || "nothing"
        }`,
      );
    }
    if (text(signature) !== text(other)) throw mismatch("exports", guest, name, signature, other);
  }
  return defined;
}

/**
 * Checks the imports of the options against what the guest's file says that it calls. An import that is missing is no
 * error here: the guest may never call it.
 *
 * @throws {VmletError} `ERR_GUEST_FUNCTION_MISMATCH` if the two disagree.
 */
export function compareImports(guest: string, defined: Signatures, described: Description): void {
  for (const [name, signature] of defined) {
    const other = described?.[name];
    if (other && text(signature) !== text(other)) {
      throw mismatch("imports", guest, name, signature, other);
    }
  }
}

function mismatch(
  kind: "exports" | "imports",
  guest: string,
  name: string,
  defined: Signature,
  described: Signature,
): VmletError {
  return new VmletError(
    "ERR_GUEST_FUNCTION_MISMATCH",
    `Cannot create a sandbox: the ${kind} define "${name}" as ${text(defined)}, ` +
      `and the guest ${guest} has it as ${text(described)}`,
  );
}
