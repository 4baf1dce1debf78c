/** Rows A1 to A4: configuration, creation, guest calls, host functions. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [
  // --- A1: configuration ---
  {
    row: "A1.1",
    what: "Without a choice, input and output have 0x4000 bytes, host function definitions 0x1000",
    verdict: "same",
    note:
      "The sizes are `memory.input` and `memory.output`; that of the definitions follows from " +
      "the imports (A2.10), 0x1000 is the least",
  },
  {
    row: "A1.2",
    what: "Smaller buffers than 0x2000 become 0x2000, without an error",
    verdict: "same",
  },
  { row: "A1.3", what: "A stack of 0 is the default, 65536", verdict: "same" },
  { row: "A1.4", what: "A heap of 0 is the default, 131072", verdict: "same" },
  {
    row: "A1.5",
    what: "Any other stack and heap are taken; 18 and 20 KiB serve 1000 calls",
    verdict: "same",
  },
  {
    row: "A1.6",
    what: "Sizes that are no multiples of a page are taken, regions are whole pages",
    verdict: "same",
  },
  {
    row: "A1.7",
    what: "An interrupt is repeated after a delay that can be chosen, 500 µs otherwise",
    verdict: "not applicable",
    note: "One signal is enough: it reaches the vCPU also between two entries, so nothing is " +
      "repeated and there is no delay to choose",
  },
  {
    row: "A1.8",
    what: "Interrupts use the signal SIGRTMIN, or one some places behind it",
    verdict: "same",
    note: "`interruptSignalOffset` counts from 35, since musl keeps 34 for itself",
  },
  {
    row: "A1.9",
    what: "An offset past SIGRTMAX is an error, when a sandbox is made",
    verdict: "same",
    note: "A RangeError with the code `ERR_OUT_OF_RANGE`, which names the largest",
  },
  {
    row: "A1.10",
    what: "Whether crashes leave a core dump can be chosen; they do by default",
    verdict: "better",
    note:
      "`coreDumps: { directory }`, or a variable of the environment; none by default, since memory holds secrets",
  },
  {
    row: "A1.11",
    what: "A port for the debugger can be chosen; there is none by default",
    verdict: "same",
    note: "`debug: { port }`; 0 takes a port that is free",
  },
  {
    row: "A1.12",
    what: "There are no buffers for host exceptions, guest errors and panics to choose (until 0.4)",
    verdict: "not applicable",
    note: "A v0.11 guest knows of none, so there is nothing to choose here either",
  },
  {
    row: "A1.13",
    what: "More than 1 GiB of memory in all is an error with both sizes",
    verdict: "same",
    note: "A RangeError with the code `ERR_OUT_OF_RANGE`",
  },
  // --- A2: creation ---
  {
    row: "A2.1",
    what: "A path that leads nowhere is an error with the path and the system's reason",
    verdict: "same",
    note: "`ERR_INVALID_GUEST`; the system's error is its `cause`",
  },
  {
    row: "A2.2",
    what: "A guest is read from a path or from bytes",
    verdict: "better",
    note: "Also from `file:`, `http:`, `https:` and `data:` URLs",
  },
  {
    row: "A2.3",
    what: "A truncated file is an error of the ELF parser's",
    verdict: "same",
    note: "`ERR_INVALID_GUEST`, which says what is missing",
  },
  {
    row: "A2.4",
    what: "A file without PT_LOAD is an error",
    verdict: "same",
    note: "`ERR_INVALID_GUEST`",
  },
  {
    row: "A2.5",
    what: "Relocations RELATIVE and NONE are applied, another is an error with its number",
    verdict: "same",
    note: "`ERR_UNSUPPORTED_GUEST`",
  },
  {
    row: "A2.6",
    what:
      "Without a usable hypervisor creation fails, without a cause; the answer is kept for ever",
    verdict: "better",
    note: "`ERR_NO_HYPERVISOR` says which step failed, why, and what to do, and has the `errno`; " +
      "the next attempt looks again",
  },
  {
    row: "A2.7",
    what: "A guest runs from its entry point until it halts; it must then have a dispatch function",
    verdict: "same",
    note: "`ERR_INVALID_GUEST` if not. There is no sandbox before that: `Sandbox.create` does both",
  },
  {
    row: "A2.8",
    what: "An abort or exception while the guest initialises is the error of creation",
    verdict: "same",
    note: "Nothing of the sandbox is left behind",
  },
  {
    row: "A2.9",
    what: "0x1000 bytes for everything are taken (A1.2)",
    verdict: "same",
  },
  {
    row: "A2.10",
    what: "Registering fails if the definitions of host functions outgrow their region",
    verdict: "better",
    note: "The region is as large as the definitions need",
  },
  {
    row: "A2.11",
    what: "Guest memory of no bytes or of broken pages cannot be made",
    verdict: "same",
    note: "A RangeError of `Memory` in `@vmlet/vmlet/kvm`; a sandbox rounds up by itself",
  },
  {
    row: "A2.12",
    what: "The host's touch of a byte before or behind guest memory is a segmentation fault",
    verdict: "same",
  },
  {
    row: "A2.13",
    what: "Reading and writing outside of guest memory through the API is an error with the place",
    verdict: "same",
    note: "A RangeError of `Memory` in `@vmlet/vmlet/kvm`",
  },
  {
    row: "A2.14",
    what: "A sandbox can move to another thread, before and after the guest initialises",
    verdict: "same",
    note:
      "Objects of JavaScript stay in their Worker, and sending a sandbox says so: it moves as a snapshot, " +
      "whose token another Worker makes a sandbox of, between any two calls",
  },
  {
    row: "A2.15",
    what: "Many sandboxes live at once, in one thread and in many",
    verdict: "same",
  },
  {
    row: "A2.16",
    what: "Each sandbox has an id that no other ever has",
    verdict: "same",
    note: "What names a sandbox outside of its object is the token of its interrupt handle",
  },
  {
    row: "A2.17",
    what: "The guest finds initialisation data in its memory, by default to be read only",
    verdict: "same",
    note: "`initData`. The guest is told their real length, not that of their pages",
  },
  {
    row: "A2.18",
    what: "A guest that asks for more initialisation data than there is gets an error",
    verdict: "same",
  },
  {
    row: "A2.19",
    what:
      "The room for page tables leaves out initialisation data: with 3 MiB of these and 1 MiB " +
      "of code, tables are written over the code",
    verdict: "better",
    note: "All that is mapped counts",
  },
  // --- A3: guest calls ---
  { row: "A3.1", what: "The guest's state persists from call to call", verdict: "same" },
  {
    row: "A3.2",
    what: "The deprecated `call_guest_function_by_name` restores the state of before the call",
    verdict: "not applicable",
    note: "There is no such function: `snapshot()` and `restore()` do it, as the test shows",
  },
  {
    row: "A3.3",
    what: "An unknown function is the guest's error 4 with the name, and does not poison",
    verdict: "same",
    note: "`ERR_GUEST_FUNCTION_NOT_FOUND`. A call by a name that `exports` does not define is a " +
      "TypeError before the guest is entered",
  },
  {
    row: "A3.4",
    what: "A parameter of the wrong type is the guest's error 14 with both types",
    verdict: "same",
    note:
      "`ERR_GUEST_FUNCTION_MISMATCH`, where `exports` and the guest disagree. A value that is " +
      "not of the type in `exports` is a TypeError before the guest is entered",
  },
  {
    row: "A3.5",
    what: "Too many or too few parameters are the guest's error 5 with both counts",
    verdict: "same",
    note: "As A3.4",
  },
  {
    row: "A3.6",
    what: "More than 11 parameters are the guest's error 15",
    verdict: "better",
    note: "A definition with more is a RangeError before the guest is made",
  },
  {
    row: "A3.7",
    what:
      "An error that a guest's function returns has its code and message and does not poison, " +
      "but for code 9: the error is then a stack overflow, and poisons",
    verdict: "same",
    note: "`ERR_GUEST_ERROR` with `guestCode`, and `ERR_STACK_OVERFLOW`",
  },
  {
    row: "A3.8",
    what: "A result of another type than asked for is an error with the value and the type",
    verdict: "same",
    note: "`ERR_GUEST_FUNCTION_MISMATCH`. Of bytes their number is shown, of text the beginning",
  },
  {
    row: "A3.9",
    what:
      "Parameters that the input buffer cannot hold are an error with both sizes; the guest is " +
      "not entered",
    verdict: "same",
    note: "`ERR_TOO_LARGE`",
  },
  {
    row: "A3.10",
    what: "A result that the output buffer cannot hold makes the guest panic",
    verdict: "same",
    note: "`ERR_GUEST_ABORTED` with the guest's own message. A guest of the kit aborts likewise",
  },
  {
    row: "A3.11",
    what:
      "A host function's result that the input buffer cannot hold is an error, which does not " +
      "poison although the guest stops in the middle of its call",
    verdict: "better",
    note: "`ERR_TOO_LARGE`, and it poisons",
  },
  {
    row: "A3.12",
    what: "1000 calls and 1000 errors leave nothing in the buffers",
    verdict: "same",
  },
  {
    row: "A3.13",
    what: "f32 and f64 come back bit by bit: infinities, subnormals, NaN; not so the sign of -0, " +
      "which FlatBuffers in Rust leave out as the default",
    verdict: "better",
    note: "-0 arrives in the guest with its sign; a Rust guest's result has lost it by its own " +
      "code. The payload of a NaN is no part of JavaScript's numbers",
  },
  { row: "A3.14", what: "Bytes go in and come back", verdict: "same" },
  { row: "A3.15", what: "2 to 11 parameters of mixed types arrive in order", verdict: "same" },
  {
    row: "A3.16",
    what: "Large statics and variables work, and functions that only the guest's dispatcher knows",
    verdict: "same",
  },
  {
    row: "A3.17",
    what: "Nine types of values can be passed, these and nothing can be returned",
    verdict: "same",
    note: "`i64` and `u64` are bigint, bytes (`buffer`) are Uint8Array",
  },
  // --- A4: host functions ---
  {
    row: "A4.1",
    what: "`HostPrint` is there by default: to standard output, green on a terminal, it returns " +
      "the length",
    verdict: "better",
    note: "The same; but on a terminal control characters are shown as U+FFFD, so that no guest " +
      "commands it. Guests of the kit print to the log instead",
  },
  {
    row: "A4.2",
    what: "Another `HostPrint` can be registered; the last of a name wins",
    verdict: "same",
    note: "By an import of that name; an object has no name twice",
  },
  {
    row: "A4.3",
    what: "Host functions have any number of parameters up to a limit, and are registered before " +
      "the guest initialises",
    verdict: "same",
    note: "At most 11, as for the guest's functions. The `imports` are read once",
  },
  {
    row: "A4.4",
    what: "An unknown host function is the guest's error 17 with the name, and does not poison",
    verdict: "same",
  },
  {
    row: "A4.5",
    what:
      "A host function's error is the guest's error 17 with its text, and that of the call if " +
      "the guest passes it on",
    verdict: "better",
    note: "The same, and what was thrown is the `cause` of the call's error. The guest sees the " +
      "message alone, at most 1000 characters of it",
  },
  {
    row: "A4.6",
    what: "Wrong arguments of a host function are error 17 with both counts, or value and type",
    verdict: "better",
    note:
      "Says which parameter it is. A guest that expects another type of result than the import " +
      "has is refused in the same way, before the function runs",
  },
  {
    row: "A4.7",
    what: "A C guest whose host function fails panics, and is poisoned",
    verdict: "better",
    note: "A C guest of the kit returns the error and goes on. Guests that were built on " +
      "Hyperlight's C library panic by themselves, as every panic does (A7.1)",
  },
  { row: "A4.8", what: "Host functions return every type", verdict: "same" },
  {
    row: "A4.9",
    what: "A host function cannot call its own sandbox: an error about a lock",
    verdict: "better",
    note: "`ERR_BUSY`, which says what to do; other sandboxes can be called",
  },
  {
    row: "A4.10",
    what: "A panic in a host function unwinds through the call",
    verdict: "better",
    note:
      "Whatever it throws is an error as in A4.5; also a result that is not of its type, and a " +
      "promise, for which a call cannot wait",
  },
];
