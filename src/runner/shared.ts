/** The memory that a runner and the thread that owns it share: who may write which part of it, and when. */

/** How many bytes it has. */
export const SHARED_SIZE = 64;

/** Places in it as Int32Array. Only `state` and `contended` change while the other side looks. */
export const AT = {
  /** One of {@linkcode STATE}. */
  state: 0,
  /** What the owner asks for: the vCPU's cell, its file descriptor, the signal that interrupts it. */
  cell: 1,
  vcpu: 2,
  signal: 3,
  /** What came of it: of KVM_RUN, 0 or a negative errno. */
  result: 4,
  /** Which of {@linkcode STEPS} that is of, if not KVM_RUN. */
  step: 5,
  /** 1 while another guest waits for a turn. */
  contended: 6,
  /** 1 if the owner asks for a turn of a long call. */
  isLong: 7,
} as const;

/** Places in it as Float64Array, in milliseconds. */
export const TIME_AT = {
  /** How long this turn may take, by the wall clock. */
  deadline: 4,
  /** How much CPU time the guest may take. */
  cpuBudget: 5,
  /** How much it took, if there is a budget. */
  cpuTime: 6,
  /** How long it took by the wall clock. */
  took: 7,
} as const;

/** Whose turn it is to write: the owner's unless the state is `asked`. */
export const STATE = { idle: 0, asked: 1, done: 2 } as const;

/** What a runner does for a turn, by number. */
export const STEPS = ["KVM_RUN", "rt_sigaction", "attaching the thread", "timer_create"] as const;

/** What the owner gives to a new runner. */
export interface RunnerData {
  readonly memory: SharedArrayBuffer;
  /** Where the owner's copy of the shim is, whose tables both have to share. */
  readonly shim: string;
  /** The owner's thread, without which there is nothing to do. */
  readonly owner: number;
}
