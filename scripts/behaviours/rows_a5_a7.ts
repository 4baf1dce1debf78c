/** Rows A5 to A7: interrupts, poisoning, aborts and exceptions. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [
  // --- A5: interrupts ---
  {
    row: "A5.1",
    what: "A kill when no call runs is false, and does nothing to the next call",
    verdict: "same",
  },
  {
    row: "A5.2",
    what: "A kill ends an endless call with an error and poisons; restore heals",
    verdict: "same",
    note: "`ERR_CANCELLED`",
  },
  {
    row: "A5.3",
    what: "A kill during a host function lets it end and the guest not go on, but says false [Q]",
    verdict: "better",
    note: "The kill says true, as it does exactly where a call ends cancelled by it",
  },
  {
    row: "A5.4",
    what: "Of several sandboxes on a thread, a kill reaches its own alone",
    verdict: "same",
  },
  {
    row: "A5.5",
    what: "A sandbox that was moved to another thread can be killed",
    verdict: "same",
    note: "Moved by a snapshot's token, it is another guest, with a handle of its own",
  },
  {
    row: "A5.6",
    what: "A handle's `dropped` is false until its sandbox has gone, then true",
    verdict: "same",
  },
  {
    row: "A5.7",
    what: "Another signal, repeated after another delay, does it too",
    verdict: "same",
    note: "`interruptSignalOffset`; there is no delay, since one signal is enough",
  },
  {
    row: "A5.8",
    what: "Of many sandboxes killed at random from many threads, none is by mistake or not at all",
    verdict: "same",
  },
  {
    row: "A5.9",
    what: "Calls have generations, so that a late kill hits no later call",
    verdict: "better",
    note: "So have the places of sandboxes: a handle of a closed one reaches none that came later",
  },
  {
    row: "A5.10",
    what: "A signal that cancels nothing is nothing to the guest",
    verdict: "same",
  },
  {
    row: "A5.11",
    what: "There are no time limits: a program needs a timer in a thread of its own [Q]",
    verdict: "better",
    note: "`deadline` and `cpuBudget`, of a sandbox or a call, without another thread",
  },
  // --- A6: poisoning ---
  {
    row: "A6.1",
    what: "Aborts, exceptions, cancelled calls, stack overflows and forbidden memory poison",
    verdict: "same",
  },
  {
    row: "A6.2",
    what: "No other error poisons, also if it leaves the guest in the middle of a call [Q]",
    verdict: "better",
    note: "Whatever leaves the guest in the middle of a call poisons: touching no memory, a " +
      "triple fault, a port that is not served, a broken message, an answer that is too large",
  },
  {
    row: "A6.3",
    what: "A poisoned sandbox refuses everything but restore, before it looks at arguments",
    verdict: "same",
    note: "`ERR_POISONED`",
  },
  {
    row: "A6.4",
    what: "Restore heals, as often as the sandbox is poisoned",
    verdict: "same",
  },
  // --- A7: aborts, exceptions, memory faults ---
  {
    row: "A7.1",
    what: "A guest's panic is an abort of code 8 with its text",
    verdict: "same",
    note: "`ERR_GUEST_ABORTED` with `guestCode` 8",
  },
  {
    row: "A7.2",
    what: "An abort may have a code alone",
    verdict: "same",
    note: "Codes 9 and 13 have codes of their own here: `ERR_STACK_OVERFLOW`, `ERR_OUT_OF_MEMORY`",
  },
  {
    row: "A7.3",
    what: "An abort's code and message arrive as they are",
    verdict: "same",
    note:
      "But for control characters: in the message of an error all but tab and newline are U+FFFD, " +
      "since runtimes print to a terminal what nobody catches",
  },
  {
    row: "A7.4",
    what: "An abort of more than 1024 bytes is `Guest abort buffer overflowed`, of code 0",
    verdict: "same",
  },
  {
    row: "A7.5",
    what: "`malloc` that finds no memory is an abort of code 13",
    verdict: "same",
    note: "`ERR_OUT_OF_MEMORY`, which says how to give more",
  },
  {
    row: "A7.6",
    what: "An allocation of Rust's that fails is an abort of code 8, and no stack overflow",
    verdict: "same",
  },
  {
    row: "A7.7",
    what: "An exception is an abort of code 15 with a text: vector, instruction, address, stack",
    verdict: "better",
    note: "`ERR_GUEST_EXCEPTION` or `ERR_MEMORY_ACCESS` with `vector`, `rip`, `address` and " +
      "`access`. CPUID is set for guests; without it, as there, the guest's handler for " +
      "exceptions cannot run on this machine",
  },
  {
    row: "A7.8",
    what: "Code on the stack does not run",
    verdict: "same",
    note: '`ERR_MEMORY_ACCESS`, `access` is `"execute"`',
  },
  {
    row: "A7.9",
    what: "Code on the heap runs with the feature executable_heap alone",
    verdict: "same",
    note: "The option `executableHeap`, of one sandbox instead of a build",
  },
  {
    row: "A7.10",
    what: "A write to the stack's guard page is a stack overflow, one beside it is none",
    verdict: "same",
    note: "`ERR_STACK_OVERFLOW` with the `address`",
  },
  {
    row: "A7.11",
    what: "Endless recursion, large variables and `alloca` of too much are stack overflows",
    verdict: "same",
  },
  { row: "A7.12", what: "A stack that is used within its size is none", verdict: "same" },
  { row: "A7.13", what: "An abort of code 9 is a stack overflow", verdict: "same" },
  {
    row: "A7.14",
    what: "A write to a region that may be read and executed is a violation, with its address",
    verdict: "better",
    note: "`ERR_MEMORY_ACCESS`; the address is that of the write, also behind the region's base",
  },
  {
    row: "A7.15",
    what: "A touch where no region is, is a stack overflow if the cookie has changed, " +
      "else an error that does not poison [Q]",
    verdict: "better",
    note: "`ERR_MEMORY_ACCESS` with address and access, and it poisons",
  },
  {
    row: "A7.16",
    what: "A triple fault is `Unexpected VM Exit`, and does not poison [Q]",
    verdict: "better",
    note: "`ERR_UNEXPECTED_EXIT` says `triple fault` and where, and it poisons",
  },
  {
    row: "A7.17",
    what: "A KVM_RUN that fails is an error with its number",
    verdict: "same",
    note: "`ERR_KVM` with `ioctl`, `symbol` and `errno`, and it poisons",
  },
  {
    row: "A7.18",
    what: "Nobody looks at the cookie when a call ends in order [Q]",
    verdict: "better",
    note: "A broken cookie is `ERR_STACK_OVERFLOW` then too",
  },
  {
    row: "A7.19",
    what: "A message that begins with a byte up to 20, or with 30, is taken for an exception [Q]",
    verdict: "better",
    note: "An exception is an abort of code 15 whose text is that of the guest's handler, for " +
      "the same vector; anything else is a message",
  },
  {
    row: "A7.20",
    what: "Half an abort of a call that was cancelled stands before the next one's [Q]",
    verdict: "better",
    note: "Every call begins without",
  },
  {
    row: "A7.21",
    what: "A port that is not served is an error, and does not poison [Q]",
    verdict: "better",
    note: "`ERR_FORBIDDEN_PORT` with the `port`, and it poisons",
  },
  {
    row: "A7.22",
    what: "Exceptions have names, from DivideByZero to SecurityException",
    verdict: "same",
    note: "The same names, and the number as `vector`",
  },
];
