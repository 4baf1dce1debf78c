/** Errors of vmlet: one class, a stable `code`, and the facts that a caller needs as fields. */

/** The stable codes of {@linkcode VmletError}. Programs compare these; messages are for people. */
export type ErrorCode =
  | "ERR_UNSUPPORTED_RUNTIME"
  | "ERR_UNSUPPORTED_PLATFORM"
  | "ERR_SHIM"
  | "ERR_NO_HYPERVISOR"
  | "ERR_KVM"
  | "ERR_MEMORY"
  | "ERR_FILE"
  | "ERR_REGION_OVERLAP"
  | "ERR_REGION_NOT_MAPPED"
  | "ERR_LIMIT"
  | "ERR_CLOSED"
  | "ERR_BUSY"
  | "ERR_POISONED"
  | "ERR_CANCELLED"
  | "ERR_DEADLINE"
  | "ERR_RUNNER"
  | "ERR_POOL_FULL"
  | "ERR_SNAPSHOT_MISMATCH"
  | "ERR_INVALID_SNAPSHOT"
  | "ERR_UNSUPPORTED_SNAPSHOT"
  | "ERR_INVALID_GUEST"
  | "ERR_UNSUPPORTED_GUEST"
  | "ERR_GUEST_PROTOCOL"
  | "ERR_GUEST_ABORTED"
  | "ERR_GUEST_ERROR"
  | "ERR_GUEST_EXCEPTION"
  | "ERR_GUEST_FUNCTION_NOT_FOUND"
  | "ERR_GUEST_FUNCTION_MISMATCH"
  | "ERR_UNEXPECTED_EXIT"
  | "ERR_STACK_OVERFLOW"
  | "ERR_OUT_OF_MEMORY"
  | "ERR_MEMORY_LIMIT"
  | "ERR_MEMORY_ACCESS"
  | "ERR_FORBIDDEN_PORT"
  | "ERR_TOO_LARGE"
  | "ERR_ASYNC_IMPORT";

/** How a guest touched memory that it may not touch so. */
export type Access = "read" | "write" | "execute";

/** What a {@linkcode VmletError} can carry beside its code and message. */
export interface ErrorDetails {
  /** What led to this error. */
  cause?: unknown;
  /** The Linux error number of a failed system call, positive. */
  errno?: number;
  /** The guest address that was touched, for `ERR_MEMORY_ACCESS` and `ERR_STACK_OVERFLOW`. */
  address?: bigint;
  /** How the address was touched. */
  access?: Access;
  /**
   * The guest's instruction pointer when it stopped: the instruction that failed, or the one behind it where KVM had
   * carried the instruction out up to the write that nobody takes.
   */
  rip?: bigint;
  /** The exception vector that the CPU raised in the guest (Intel SDM volume 3, table 7-1). */
  vector?: number;
  /** The port that the guest wrote to or read from. */
  port?: number;
  /** The code that the guest gave with an abort or an error. */
  guestCode?: number;
  /** Which limit ended the call, for `ERR_DEADLINE`. */
  limit?: "deadline" | "cpuBudget";
  /** How long the call ran in milliseconds of wall clock, for `ERR_DEADLINE`. */
  elapsed?: number;
  /** The path of the core dump that the guest's crash left. */
  coreDump?: string;
}

/** What a terminal may take for a command: all control characters but tab and newline. */
// deno-lint-ignore no-control-regex
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Text of a guest's with U+FFFD for what could move the cursor of its host's terminal, or answer for it. */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, "\ufffd");
}

/** Says what {@linkcode VmletError.report} tells of an error. For the sandbox alone. */
export let setReport: (error: VmletError, report: () => string) => void;

/**
 * Everything that goes wrong in a guest, in KVM or in the state of a sandbox. Wrong arguments from JavaScript are
 * `TypeError` or `RangeError` instead.
 *
 * @example Telling a crash from a refusal
 * ```ts
 * import { VmletError } from "@vmlet/vmlet";
 *
 * function isCrash(error: unknown): boolean {
 *   return error instanceof VmletError && error.code === "ERR_MEMORY_ACCESS";
 * }
 * ```
 */
export class VmletError extends Error {
  /** Makes what {@linkcode report} tells, when somebody asks. */
  #report: (() => string) | undefined;
  /** `"VmletError"`, or the name of a class that extends it. */
  override name = "VmletError";
  /** What happened, in a form that stays the same between versions. */
  readonly code: ErrorCode;
  /** The Linux error number of a failed system call, positive. */
  declare readonly errno?: number;
  /** The guest address that was touched. */
  declare readonly address?: bigint;
  /** How the address was touched. */
  declare readonly access?: Access;
  /** The guest's instruction pointer when it stopped. */
  declare readonly rip?: bigint;
  /** The exception vector that the CPU raised in the guest. */
  declare readonly vector?: number;
  /** The port that the guest wrote to or read from. */
  declare readonly port?: number;
  /** The code that the guest gave with an abort or an error. */
  declare readonly guestCode?: number;
  /** Which limit ended the call. */
  declare readonly limit?: "deadline" | "cpuBudget";
  /** How long the call ran in milliseconds of wall clock. */
  declare readonly elapsed?: number;
  /** The path of the core dump that the guest's crash left. */
  declare readonly coreDump?: string;

  /**
   * Makes an error.
   *
   * @param code What happened.
   * @param message A sentence without a full stop: what, where, what to do. It may quote a guest, and runtimes print it
   * when nobody catches it, so control characters but tab and newline become U+FFFD.
   * @param details The cause and the facts that fit the code.
   */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    const { cause, ...facts } = details;
    super(printable(message), cause === undefined ? undefined : { cause });
    this.code = code;
    Object.assign(this, facts);
  }

  /**
   * All that is known, in lines for people: the message, and for a guest that crashed the functions that ran with their
   * lines, as far as its file has them, its registers, the bytes of the instruction, and its core dump. Everything in it
   * but the registers at ring 3 is the guest's word.
   *
   * @example The report of a crash
   * ```ts
   * import { Sandbox, VmletError } from "@vmlet/vmlet";
   *
   * using sandbox = await Sandbox.create({ guest: "guest/examples/hostile.elf" });
   * try {
   *   sandbox.call("write_at", [0n]);
   * } catch (error) {
   *   if (error instanceof VmletError) console.error(error.report());
   * }
   * ```
   */
  report(): string {
    return this.#report ? printable(this.#report()) : this.message;
  }

  static {
    setReport = (error, report) => {
      error.#report = report;
    };
  }
}

/** A TypeError with a code, as for every wrong kind of argument. */
export function wrongType(message: string): TypeError {
  return Object.assign(new TypeError(message), { code: "ERR_INVALID_ARG_TYPE" });
}

/** A RangeError with a code, as for every value that its type does not have. */
export function outOfRange(message: string): RangeError {
  return Object.assign(new RangeError(message), { code: "ERR_OUT_OF_RANGE" });
}

/** The symbols of the Linux error numbers that KVM and the system calls here return (asm-generic/errno.h). */
const ERRNO_SYMBOLS: Readonly<Record<number, string>> = {
  1: "EPERM",
  2: "ENOENT",
  3: "ESRCH",
  4: "EINTR",
  5: "EIO",
  6: "ENXIO",
  7: "E2BIG",
  8: "ENOEXEC",
  9: "EBADF",
  11: "EAGAIN",
  12: "ENOMEM",
  13: "EACCES",
  14: "EFAULT",
  16: "EBUSY",
  17: "EEXIST",
  19: "ENODEV",
  20: "ENOTDIR",
  21: "EISDIR",
  22: "EINVAL",
  23: "ENFILE",
  24: "EMFILE",
  25: "ENOTTY",
  26: "ETXTBSY",
  27: "EFBIG",
  28: "ENOSPC",
  29: "ESPIPE",
  30: "EROFS",
  34: "ERANGE",
  38: "ENOSYS",
  40: "ELOOP",
  75: "EOVERFLOW",
  95: "EOPNOTSUPP",
  133: "EHWPOISON",
};

/** The symbol of a Linux error number, such as `EINVAL`, or the number itself where this table lacks it. */
export function errnoSymbol(errno: number): string {
  return ERRNO_SYMBOLS[errno] ?? `errno ${errno}`;
}
