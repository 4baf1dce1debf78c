/** The ports by which a guest talks to its host: Hyperlight's, and one for the host's own exception handlers. */

/** What an `out` to each port means (Hyperlight v0.11: `outb.rs`). */
export const PORT = {
  /** A log record is on the output stack. */
  LOG: 99,
  /** A call of a host function is on the output stack. */
  CALL_FUNCTION: 101,
  /** Up to three bytes of an abort: 32 bits of `[count, byte, byte, byte]`. */
  ABORT: 102,
  /** One character for the host's standard error. */
  DEBUG_PRINT: 103,
  /** A batch of trace records. */
  TRACE_BATCH: 104,
  /** An allocation, for the memory profile. */
  TRACE_MEMORY_ALLOC: 105,
  /** A deallocation, for the memory profile. */
  TRACE_MEMORY_FREE: 106,
  /** The end of initialisation or of a call, for guests that cannot execute `hlt`. */
  HALT: 108,
  /** A CPU exception, from the host's own handlers only: ring 3 may not write to it. */
  EXCEPTION: 110,
} as const;

/** The ports that ring 3 may write to. An `out` of 32 bits at 102 needs those up to 105 as well. */
export const RING3_PORTS: readonly number[] = [
  PORT.LOG,
  PORT.CALL_FUNCTION,
  PORT.ABORT,
  PORT.DEBUG_PRINT,
  PORT.TRACE_BATCH,
  PORT.TRACE_MEMORY_ALLOC,
  PORT.TRACE_MEMORY_FREE,
  PORT.HALT,
];
