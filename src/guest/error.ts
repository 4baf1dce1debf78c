/** What this folder throws: bytes of a guest, a file or a message, that are not what they should be. */

/** A guest's file that cannot be used: `reason` tells a broken one from one that vmlet does not run. */
export class GuestImageError extends Error {
  /** `"GuestImageError"`. */
  override name = "GuestImageError";
  /** `invalid`: the bytes contradict the format. `unsupported`: the format allows it, vmlet does not. */
  readonly reason: "invalid" | "unsupported";

  /** Makes an error. */
  constructor(reason: "invalid" | "unsupported", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A message from a guest that breaks the wire format. */
export class WireError extends Error {
  /** `"WireError"`. */
  override name = "WireError";
}

/** A message to a guest that does not fit into its buffer. */
export class TooLargeError extends Error {
  /** `"TooLargeError"`. */
  override name = "TooLargeError";
}

/** A message from a guest that keeps the format and holds another type than was agreed. */
export class MismatchError extends Error {
  /** `"MismatchError"`. */
  override name = "MismatchError";
}

/** An error that a guest's function returned in place of a result. */
export class GuestFailure extends Error {
  /** `"GuestFailure"`. */
  override name = "GuestFailure";
  /** The code that the guest gave, cut to 53 bits. */
  readonly code: number;

  /** Makes an error. */
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}
