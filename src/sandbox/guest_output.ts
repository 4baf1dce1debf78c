/** What a guest says besides its results: records of its log, and the characters of Hyperlight's debug print. */

import { native, outOfRange, printable, wrongType } from "../ffi/mod.ts";
import type { LogRecord } from "../guest/wire.ts";
import { Allowance } from "./allowance.ts";
import { guestLog, sandboxLog } from "./logs.ts";

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
   * Receives what the guest logs, during the call that logs it, instead of LogTape's category `vmlet`, `guest`. An error
   * that it throws ends the call in the middle of the guest.
   */
  readonly log?: (record: GuestLogRecord) => void;
  /**
   * The least important level that arrives, and that the guest is told. By default `info` with `log`, otherwise what
   * LogTape lets through as the sandbox is made: `off` where the program has not configured it.
   */
  readonly logLevel?: LogLevel | "off";
  /**
   * How many records a second the guest may hand over, 1000 by default, and as many at once; each KiB of a record that
   * is longer counts as one. What comes beyond is dropped and counted: a warning of LogTape's category `vmlet`,
   * `sandbox` says at the call's end how many were.
   */
  readonly logRate?: number;
  /**
   * Whether the characters that a guest writes to Hyperlight's debug port go to standard error, a line at a time. False
   * by default: then they are records of the log, of level `debug` and source `debug-print`.
   */
  readonly printDebug?: boolean;
}

/** The levels by the numbers that a guest is told at its entry (Hyperlight v0.11). */
const LEVELS = ["off", "error", "warn", "info", "debug", "trace"] as const;

/** The levels of records by their numbers: trace, debug, information, warning, error, critical and none. */
const RECORD_LEVELS = ["trace", "debug", "info", "warn", "error", "error", "trace"] as const;

/** The longest line of debug print in bytes; a longer one becomes more records. */
const MAX_LINE = 1024;

const DEFAULT_RATE = 1000;

/** How many bytes of a record count as one more record. */
const LONG = 1024;

const NEWLINE = 10;

/** LogTape's names of the levels, the most important first. */
const LOGTAPE_LEVELS = {
  error: "error",
  warn: "warning",
  info: "info",
  debug: "debug",
  trace: "trace",
} as const;

/** Hands on what one guest says. */
export class GuestOutput {
  readonly #name: string;
  readonly #callback: LogOptions["log"];
  readonly #toStderr: boolean;
  readonly #allowance: Allowance;
  #level: number;
  /** How many records were dropped since it was said last. */
  #unsaid = 0;
  #dropped = 0;
  /** Whether nobody waits any more for the call that runs. */
  #isOver: () => boolean = () => false;
  /** Made for the first character: most guests print nothing this way. */
  #line: Uint8Array | undefined;
  #length = 0;

  /** Checks the options, which may come from JavaScript without types. `name` is the guest's. */
  constructor(
    name: string,
    { log, logLevel, logRate = DEFAULT_RATE, printDebug = false }: LogOptions,
  ) {
    if (log !== undefined && typeof log !== "function") {
      throw wrongType("Cannot create a sandbox: log is not a function");
    }
    if (typeof logRate !== "number") {
      throw wrongType("Cannot create a sandbox: logRate is not a number");
    }
    if (!(logRate > 0)) {
      throw outOfRange(
        `Cannot create a sandbox: logRate is ${logRate}, and it may be above 0 records a second`,
      );
    }
    if (typeof printDebug !== "boolean") {
      throw wrongType("Cannot create a sandbox: printDebug is not a boolean");
    }
    this.#name = name;
    this.#toStderr = printDebug;
    this.#callback = log;
    this.#allowance = new Allowance(logRate);
    this.#level = logLevel === undefined
      ? log ? LEVELS.indexOf("info") : configuredLevel()
      : levelOf(logLevel, "create a sandbox");
  }

  /** The guest's name, for messages. */
  get guest(): string {
    return this.#name;
  }

  /** The level that the guest is told, by its number. */
  get levelNumber(): number {
    return this.#level;
  }

  /** The least important level that is handed on. */
  get level(): LogLevel | "off" {
    return LEVELS[this.#level] as LogLevel | "off";
  }

  /** Hands on what is at least as important from now on. */
  set level(level: LogLevel | "off") {
    this.#level = levelOf(level, "set the level of a sandbox's log");
  }

  /** How many records were dropped, since there were too many of them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether a record of so many bytes is to be looked at: otherwise it is dropped. */
  readonly accepts = (size: number): boolean => {
    if (this.#allowance.take(Math.max(1, Math.ceil(size / LONG)))) return true;
    this.#dropped++;
    this.#unsaid++;
    return false;
  };

  /**
   * Says how to tell that the call which runs is to end: what the guest prints to a pipe that is full is then dropped, for
   * a guest must not hold its host that way.
   */
  endsWhen(isOver: () => boolean): void {
    this.#isOver = isOver;
  }

  /** Hands a record on, unless it is less important than wanted: guests may write what they were told not to. */
  record({ level, ...rest }: LogRecord): void {
    const name = RECORD_LEVELS[level];
    if (name !== undefined) this.#hand({ level: name, ...rest });
  }

  /** Takes a character of debug print, or a byte of one; lines are handed on whole. */
  print(character: number): void {
    if (!this.#toStderr && this.#level < LEVELS.indexOf("debug")) return;
    if (character === NEWLINE) return this.#endLine();
    const bytes = character <= 0xff ? [character] : utf8Of(character);
    if (this.#length + bytes.length > MAX_LINE) this.#endLine();
    this.#line ??= new Uint8Array(MAX_LINE);
    this.#line.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Hyperlight's `HostPrint`, which its guests print through and which is there unless the host has one of its own: writes
   * to standard output, in green on a terminal, and returns the text's length in UTF-8 bytes.
   */
  hostPrint(text: string): number {
    writeTo("stdout", text, this.#isOver);
    return new TextEncoder().encode(text).length;
  }

  /** Hands on a line that has no end, since the call has ended: within as many milliseconds as that might take. */
  endCall(deadline = Infinity): void {
    if (this.#length > 0) {
      const due = performance.now() + Math.min(deadline, LAST_WAIT);
      this.#endLine(() => performance.now() >= due || this.#isOver());
    }
    if (this.#unsaid === 0) return;
    sandboxLog.warn("{count} records of the log of {guest} were dropped: they were too many", {
      count: this.#unsaid,
      guest: this.#name,
    });
    this.#unsaid = 0;
  }

  /** The same where the call failed, which is the error that counts. */
  endFailedCall(): void {
    try {
      this.endCall(0);
    } catch {
      // The call's own error is thrown.
    }
  }

  #endLine(isOver = this.#isOver): void {
    const length = this.#length;
    this.#length = 0;
    if (!this.accepts(length)) return;
    const message = new TextDecoder().decode(this.#line?.subarray(0, length));
    if (this.#toStderr) return writeTo("stderr", `${message}\n`, isOver);
    this.#hand({ level: "debug", message, source: "debug-print", caller: "", file: "", line: 0 });
  }

  #hand(record: GuestLogRecord): void {
    if (LEVELS.indexOf(record.level) > this.#level) return;
    if (this.#callback) return this.#callback(record);
    const { level, message, source, caller, file, line } = record;
    // What the guest says moves no cursor of a terminal that it is shown on, and is no template: in an array, braces are
    // braces.
    const text = printable(message);
    guestLog.with({
      guest: this.#name,
      source: printable(source),
      caller: printable(caller),
      file: printable(file),
      line,
    })[LOGTAPE_LEVELS[level]](Object.assign([text], { raw: [text] }));
  }
}

/** The number of a level, which may come from JavaScript without types. */
function levelOf(level: unknown, what: string): number {
  if (typeof level !== "string") throw wrongType(`Cannot ${what}: logLevel is not a string`);
  const number = (LEVELS as readonly string[]).indexOf(level);
  if (number >= 0) return number;
  throw outOfRange(`Cannot ${what}: logLevel is "${level}", and it may be ${LEVELS.join(", ")}`);
}

/** The number of the least important level that LogTape lets through now. */
function configuredLevel(): number {
  const names = Object.values(LOGTAPE_LEVELS);
  // From the most important one on: where nothing is configured, that is the only question.
  const number = names.findIndex((name) => !guestLog.isEnabledFor(name));
  return number < 0 ? names.length : number;
}

/** The bytes of a character; guests may name one that does not exist. */
function utf8Of(character: number): Uint8Array {
  const known = character <= 0x10ffff ? String.fromCodePoint(character) : "\ufffd";
  return new TextEncoder().encode(known);
}

/** What is looked at of the process: its streams, and the file system that writes to them. */
interface Process {
  readonly stdout?: { readonly isTTY?: boolean };
  readonly stderr?: { readonly isTTY?: boolean };
  getBuiltinModule?(name: "node:fs"): {
    writeSync(fd: number, bytes: Uint8Array): number;
  };
}

const DESCRIPTORS = { stdout: 1, stderr: 2 } as const;

/** A pipe that poll(2) calls writable takes so much at once (PIPE_BUF). */
const AT_ONCE = 4096;

/**
 * How long a line that has no end waits at most for a stream that is full, in milliseconds: its call has ended, so no kill
 * reaches it any more.
 */
const LAST_WAIT = 1000;

/** How often a stream that is full is asked whether it still is, in milliseconds. */
const PATIENCE = 5;

/**
 * Writes what a guest says to a stream of this process, in Deno and Bun alike, before the guest goes on: what Bun's
 * standard error cannot write to a pipe at once it keeps until the call has ended, in memory of the host's.
 *
 * The write itself would block where nobody reads, whatever the call's deadline is. So the stream is asked first.
 */
function writeTo(stream: "stdout" | "stderr", text: string, isOver: () => boolean): void {
  const { process } = globalThis as { process?: Process };
  const file = process?.getBuiltinModule?.("node:fs");
  const shown = process?.[stream]?.isTTY ? `\x1b[32m${printable(text)}\x1b[0m` : text;
  let rest: Uint8Array = new TextEncoder().encode(shown);
  while (file && rest.length > 0) {
    if (!isWritable(DESCRIPTORS[stream], isOver)) return;
    try {
      rest = rest.subarray(file.writeSync(DESCRIPTORS[stream], rest.subarray(0, AT_ONCE)));
    } catch (error) {
      const { code } = error as { code?: string };
      // Nobody reads it any more.
      if (code === "EPIPE") return;
      // Another thread was faster.
      if (code !== "EAGAIN") throw error;
    }
  }
}

/** Waits until a descriptor can be written to, or its state is an error that writing tells; false if the call is over. */
function isWritable(descriptor: number, isOver: () => boolean): boolean {
  const pollout = 4;
  const entry = new Int16Array(4);
  new Int32Array(entry.buffer, 0, 1)[0] = descriptor;
  entry[2] = pollout;
  const asked = new Uint8Array(entry.buffer);
  for (let wait = 0;; wait = PATIENCE) {
    if (native().poll(asked, 1, wait) > 0) return true;
    if (isOver()) return false;
  }
}
