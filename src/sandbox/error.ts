/** The errors of a sandbox are those of all layers: one class with codes. */

export { type Access, type ErrorCode, type ErrorDetails, VmletError } from "../ffi/mod.ts";
