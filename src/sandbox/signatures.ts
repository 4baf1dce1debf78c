/** Compares what a program says of a guest's functions with what the guest's own file says. */

import { VmletError, wrongType } from "../ffi/mod.ts";
import { signature as text } from "../guest/description.ts";
import type { GuestFunction, Signature } from "../guest/wire.ts";

/** Signatures by the functions' names. */
export type Signatures = ReadonlyMap<string, Signature>;

/** What a guest offers, by the functions' names. */
export type ExportedFunctions = ReadonlyMap<string, GuestFunction>;

/** Signatures for programs: an object that has no prototype, since a name may be anything, and that nobody can change. */
export function describe(signatures: Signatures): Readonly<Record<string, Signature>> {
  const all: Record<string, Signature> = Object.create(null);
  for (const [name, { parameters, result }] of signatures) {
    all[name] = Object.freeze({ parameters: Object.freeze([...parameters]), result });
  }
  return Object.freeze(all);
}

function isSameSignature(a: Signature, b: Signature): boolean {
  return a.result === b.result && a.parameters.length === b.parameters.length &&
    a.parameters.every((type, i) => type === b.parameters[i]);
}

/** Whether the same functions are in both, in any order. */
export function areSameSignatures(a: Signatures, b: Signatures): boolean {
  if (a.size !== b.size) return false;
  for (const [name, signature] of a) {
    const other = b.get(name);
    if (!other || !isSameSignature(signature, other)) return false;
  }
  return true;
}

/**
 * The functions that a sandbox offers: those of the options, or where they name none, those that its guest is said to
 * have.
 *
 * @throws {TypeError} If neither is there.
 * @throws {VmletError} `ERR_GUEST_FUNCTION_NOT_FOUND` or `ERR_GUEST_FUNCTION_MISMATCH` if the two disagree.
 */
export function compareExports(
  guest: string,
  defined: ExportedFunctions | undefined,
  described: ExportedFunctions | undefined,
): ExportedFunctions {
  const functions = defined ?? described;
  if (functions === undefined) {
    throw wrongType(
      `Cannot create a sandbox: the guest ${guest} does not say what it offers, so exports must`,
    );
  }
  if (defined === undefined || described === undefined) return functions;
  for (const [name, signature] of defined) {
    const other = described.get(name);
    if (other === undefined) {
      throw new VmletError(
        "ERR_GUEST_FUNCTION_NOT_FOUND",
        `Cannot create a sandbox: the exports define "${name}", and the guest ${guest} offers ${
          [...described.keys()].join(", ") || "nothing"
        }`,
      );
    }
    if (!isSameSignature(signature, other)) {
      throw mismatch("exports", guest, name, signature, other);
    }
  }
  return defined;
}

/**
 * Checks the imports of the options against what the guest's file says that it calls. An import that is missing is no
 * error here: the guest may never call it.
 *
 * @throws {VmletError} `ERR_GUEST_FUNCTION_MISMATCH` if the two disagree.
 */
export function compareImports(
  guest: string,
  defined: Signatures,
  described: Signatures | undefined,
): void {
  if (described === undefined) return;
  for (const [name, signature] of defined) {
    const other = described.get(name);
    if (other && !isSameSignature(signature, other)) {
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
