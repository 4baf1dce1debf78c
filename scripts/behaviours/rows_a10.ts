/** Rows A10: logs, traces, metrics, debugging. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [
  {
    row: "A10.1",
    what: "Without a choice the guest's log level comes from RUST_LOG, and is Error without that",
    verdict: "better",
    note:
      "`logLevel` says it for each sandbox, also later (`sandbox.logLevel`), and no variable does; " +
      "without it the level that the program configured for LogTape's category `vmlet`, `guest`, " +
      "or `info` with a `log`",
  },
  {
    row: "A10.2",
    what: "A record arrives if its level is wanted: 5 of 5 for Trace, 1 for Error, 0 for Off",
    verdict: "same",
    note: "Without a choice 3, since that is `info` here",
  },
  {
    row: "A10.3",
    what: "Guest levels become the host's: Critical is Error, None is Trace",
    verdict: "better",
    note: "Records that the guest sends although their level is not wanted are left out",
  },
  {
    row: "A10.4",
    what: "A record has target, source, caller, file and line, and goes to tracing or log",
    verdict: "same",
    note: "A record has `level`, `message`, `source`, `caller`, `file` and `line`, and goes to " +
      "LogTape's category `vmlet`, `guest`, or to the callback `log`; `logRate` limits how many do",
  },
  {
    row: "A10.5",
    what: "Counters of guest errors and cancellations, histograms of the calls' durations",
    verdict: "better",
    note:
      "Through OpenTelemetry, with the names of docs/observability.md: durations of calls and of host " +
      "functions by function and error, and counters of errors, cancellations, exits, bytes and pages",
  },
  {
    row: "A10.6",
    what: "What a guest writes to the debug port goes to the host's standard error",
    verdict: "same",
    note: "With `printDebug`; without it, each line is a record of level `debug`",
  },
  {
    row: "A10.7",
    what: "A debugger (gdb) on a port of localhost: breakpoints, steps, registers, memory",
    verdict: "better",
    note:
      "`debug: { port }`, or a Unix socket; at ring 3 too, with watchpoints and `monitor` commands. On a crash gdb may look and nothing else; a port that is taken is a warning",
  },
  {
    row: "A10.8",
    what: "A core dump of a crashed guest, but not of aborts and exceptions [Q], and on demand",
    verdict: "better",
    note:
      "Of every crash, and on demand `dumpCore()`; by the guest's own addresses, so that gdb and lldb find symbols, and with a limit on their number and size",
  },
  {
    row: "A10.9",
    what: "Features of the build: executable_heap, print_debug, crashdump, trace_guest, gdb…",
    verdict: "not applicable",
    note:
      "Nothing is built: they are options of a sandbox, such as `executableHeap`, `printDebug`, " +
      "`coreDumps`, `traceGuest`, `memProfile` and `debug`",
  },
  {
    row: "A10.10",
    what: "There is no seccomp filter (until 0.10 host functions had one)",
    verdict: "not applicable",
    note: "There is none here either: host functions are functions of the program's own",
  },
];
