/** What a guest says besides its results: records of its log, and the characters of Hyperlight's debug print. */

import { outOfRange, wrongType } from "../ffi/mod.ts";
import type { LogRecord } from "../guest/wire.ts";

/** How important a record of a guest's log is. */
export type LogLevel = "error" | "warn" | "info" | "debug" | "trace";

/** A record of a guest's log. All that it says is the guest's word. */
export interface GuestLogRecord {
  /** How important it is. */
  readonly level: LogLevel;
  /** The text. */
  readonly message: string;
  /** What part of the guest wrote it: `guest`, `stdout`, `stderr` or `debug-print` for guests of the kit. */
  readonly source: string;
  /** The function that wrote it, or nothing. */
  readonly caller: string;
  /** The file of the source, or nothing. */
  readonly file: string;
  /** The line of the source, or 0. */
  readonly line: number;
}

/** What options say of a guest's log. */
export interface LogOptions {
  /**
   * Receives what the guest logs, during the call that logs it. Without it the guest is told to log nothing. An error
   * that it throws ends the call in the middle of the guest.
   */
  readonly log?: (record: GuestLogRecord) => void;
  /** The least important level that `log` receives: `info` by default. */
  readonly logLevel?: LogLevel | "off";
}

/** The levels by the numbers that a guest is told at its entry (Hyperlight v0.11). */
const LEVELS = ["off", "error", "warn", "info", "debug", "trace"] as const;

/** The levels of records by their numbers: trace, debug, information, warning, error and critical. */
const RECORD_LEVELS = ["trace", "debug", "info", "warn", "error", "error"] as const;

/** The longest line of debug print in bytes; a longer one becomes more records. */
const MAX_LINE = 1024;

const NEWLINE = 10;

/** Hands to a callback what one guest says. */
export class GuestOutput {
  /** The level that the guest is told. */
  readonly level: number;
  readonly #callback: LogOptions["log"];
  readonly #line = new Uint8Array(MAX_LINE);
  #length = 0;

  /** Checks the options, which may come from JavaScript without types. */
  constructor({ log, logLevel = "info" }: LogOptions) {
    if (log !== undefined && typeof log !== "function") {
      throw wrongType("Cannot create a sandbox: log is not a function");
    }
    if (typeof logLevel !== "string") {
      throw wrongType("Cannot create a sandbox: logLevel is not a string");
    }
    const level = LEVELS.indexOf(logLevel);
    if (level < 0) {
      throw outOfRange(
        `Cannot create a sandbox: logLevel is "${logLevel}", and it may be ${LEVELS.join(", ")}`,
      );
    }
    this.#callback = log;
    this.level = log ? level : 0;
  }

  /** Hands a record on, unless it is less important than wanted: guests may write what they were told not to. */
  record({ level, ...rest }: LogRecord): void {
    const name = RECORD_LEVELS[level];
    if (name !== undefined) this.#hand({ level: name, ...rest });
  }

  /** Takes a character of debug print; lines are handed on whole. */
  print(character: number): void {
    if (this.level < LEVELS.indexOf("debug")) return;
    if (character !== NEWLINE) this.#line[this.#length++] = character;
    if (character === NEWLINE || this.#length === MAX_LINE) this.#endLine();
  }

  /** Hands on a line that has no end, since the call has ended. */
  endCall(): void {
    if (this.#length > 0) this.#endLine();
  }

  /** The same where the call failed, which is the error that counts. */
  endFailedCall(): void {
    try {
      this.endCall();
    } catch {
      // The call's own error is thrown.
    }
  }

  #endLine(): void {
    const message = new TextDecoder().decode(this.#line.subarray(0, this.#length));
    this.#length = 0;
    this.#hand({ level: "debug", message, source: "debug-print", caller: "", file: "", line: 0 });
  }

  #hand(record: GuestLogRecord): void {
    if (LEVELS.indexOf(record.level) <= this.level) this.#callback?.(record);
  }
}
