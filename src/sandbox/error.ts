/** The errors of a sandbox are those of all layers: one class with codes. */

export { type Access, type ErrorCode, type ErrorDetails, VmletError } from "../ffi/mod.ts";

/** What an error says, whatever was thrown; undefined where it cannot be told. */
export function messageOf(error: unknown): string | undefined {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    // An object without a prototype, or whose code throws again.
    return undefined;
  }
}
