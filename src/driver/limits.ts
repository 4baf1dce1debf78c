/**
 * Ends calls that run too long, on the thread that runs them: a timer of the kernel's signals the thread, KVM_RUN
 * returns, and the call finds that its time is up.
 */

import { errnoSymbol, native, outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { currentThread, takeSignal } from "../kvm/thread.ts";
import type { Sampler } from "./sampler.ts";
import type { MemoryLimit } from "./memory_limit.ts";

/** How long a call may take. What is absent is without a limit. */
export interface CallLimits {
  /** Wall clock in milliseconds, from the call's beginning on, functions of the host included. */
  readonly deadline?: number;
  /**
   * Time that the guest itself runs, in milliseconds: the CPU time of this thread but for functions of the host. The
   * kernel looks at it at its tick, so a call may take up to about 4 ms more.
   */
  readonly cpuBudget?: number;
}

/** Which of {@linkcode CallLimits} ended a call. */
export type LimitName = keyof CallLimits;

/** The longest limit: a year, which no timer's arithmetic minds. */
const MAX_LIMIT = 365 * 24 * 60 * 60 * 1000;

/**
 * Checks limits that may come from JavaScript without types.
 *
 * @returns Undefined where nothing is limited.
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if they are no object, or a limit is not a number.
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if it is not above zero, or more than a year.
 */
export function checkLimits(limits: CallLimits, what: string): CallLimits | undefined {
  if (typeof limits !== "object" || limits === null) {
    throw wrongType(`Cannot ${what}: its limits are not an object`);
  }
  for (const name of ["deadline", "cpuBudget"] as const) {
    const value: unknown = limits[name];
    if (value === undefined) continue;
    if (typeof value !== "number") throw wrongType(`Cannot ${what}: ${name} is not a number`);
    if (!(value > 0 && value <= MAX_LIMIT)) {
      throw outOfRange(
        `Cannot ${what}: ${name} is ${value}, and it may be above 0 and up to ${MAX_LIMIT} milliseconds`,
      );
    }
  }
  const { deadline, cpuBudget } = limits;
  return deadline === undefined && cpuBudget === undefined ? undefined : limits;
}

/** Linux's clocks (`<linux/time.h>`). */
const CLOCK_MONOTONIC = 1;
const CLOCK_THREAD_CPUTIME = 3;

/** A timer that fires a little early only makes its call look twice. */
const ROUNDING = 0.02;

/** One of the thread's timers. Times are milliseconds on its clock. */
class Timer {
  readonly #clock: number;
  /** The time by its clock. */
  readonly now: () => number;
  #id: number | undefined;
  /** When it fires; Infinity if it is not known to. */
  #armed = Infinity;

  constructor(clock: number, now: () => number) {
    this.#clock = clock;
    this.now = now;
  }

  /** Makes it, at its first use, with the signal of the guest that needs it first: each ends KVM_RUN on this thread. */
  open(signal: number): this {
    this.#id ??= this.#create(signal);
    return this;
  }

  /** Sees to it that it fires at a time or before: a system call only if it does not already. Open it before. */
  need(time: number, now: number): void {
    if (this.#armed > now && this.#armed <= time + ROUNDING) return;
    const wait = Math.max(0, time - now) + ROUNDING;
    const result = native().setTimer(this.#id as number, Math.round(wait * 1e6));
    if (result < 0) throw timerError(-result);
    this.#armed = now + wait;
  }

  /** Says that the thread was signalled: it may have been by this timer. */
  mayHaveFired(): void {
    this.#armed = Infinity;
  }

  #create(signal: number): number {
    takeSignal(signal);
    const id = native().threadTimer(currentThread(signal), this.#clock, signal);
    if (id < 0) throw timerError(-id);
    return id;
  }
}

function timerError(errno: number): VmletError {
  return new VmletError(
    "ERR_LIMIT",
    `Cannot limit a call: the kernel gives no timer, ${errnoSymbol(errno)}`,
    { errno },
  );
}

const wallTimer = new Timer(CLOCK_MONOTONIC, () => performance.now());
const cpuTimer = new Timer(CLOCK_THREAD_CPUTIME, () => native().threadTime() / 1e6);

/** A call with limits, for those that are part of it. */
interface Outer {
  /** When the first deadline of this call and those around it is due. */
  due: number;
  /** The call that this one is part of. */
  readonly outer?: Outer | undefined;
}

/** The innermost call of this thread that is watched. */
let innermost: Outer | undefined;

/** Whether the deadline of the innermost call of this thread has passed: for functions of the host that wait. */
export function isTimeUp(): boolean {
  return innermost !== undefined && performance.now() >= innermost.due;
}

/** Watches one call. Calls nest: a function of the host may call another sandbox. */
export class Watch implements Outer {
  readonly outer: Outer | undefined = innermost;
  readonly #start = performance.now();
  readonly #limits: CallLimits;
  readonly #memory: MemoryLimit | undefined;
  readonly #sampler: Sampler | undefined;
  due: number;
  /** Whether that is this call's own. */
  readonly #isOwn: boolean;
  /** The CPU time at which the budget is used up; it moves on while functions of the host run. */
  #cpuDue = Infinity;
  #leftAt = 0;

  private constructor(
    limits: CallLimits,
    memory: MemoryLimit | undefined,
    sampler: Sampler | undefined,
  ) {
    this.#limits = limits;
    this.#memory = memory;
    this.#sampler = sampler;
    const own = this.#start + (limits.deadline ?? Infinity);
    const outer = this.outer === undefined ? Infinity : this.outer.due;
    this.#isOwn = own <= outer;
    this.due = Math.min(own, outer);
  }

  /**
   * Begins to watch a call, if it or its guest has a limit, its guest is looked at, or it is inside one that has a limit.
   * The signal is its guest's.
   */
  static begin(
    limits: CallLimits | undefined,
    signal: number,
    memory: MemoryLimit | undefined,
    sampler: Sampler | undefined,
  ): Watch | undefined {
    const isFree = limits === undefined && memory === undefined && sampler === undefined;
    if (isFree && innermost === undefined) return undefined;
    const watch = new Watch(limits ?? {}, memory, sampler);
    const start = watch.#start;
    if (sampler !== undefined) wallTimer.open(signal).need(sampler.enter(start), start);
    if (watch.due !== Infinity) wallTimer.open(signal).need(watch.due, start);
    if (memory !== undefined) wallTimer.open(signal).need(memory.nextLook(start), start);
    const { cpuBudget } = watch.#limits;
    if (cpuBudget !== undefined) {
      const now = cpuTimer.now();
      watch.#cpuDue = now + cpuBudget;
      cpuTimer.open(signal).need(watch.#cpuDue, now);
    }
    return innermost = watch;
  }

  /** Ends it. */
  end(): void {
    innermost = this.outer;
  }

  /**
   * Says that the innermost call of this thread was stopped for so many milliseconds: its deadline, and those of the
   * calls around it, come as much later.
   */
  static extend(milliseconds: number): void {
    for (let watch = innermost; watch; watch = watch.outer) watch.due += milliseconds;
  }

  /** Says that a signal came, perhaps from a timer, which then has to be armed again. */
  interrupted(): void {
    wallTimer.mayHaveFired();
    cpuTimer.mayHaveFired();
    if (this.due !== Infinity) wallTimer.need(this.due, wallTimer.now());
    this.#sampler?.interrupted();
    // The others are armed as the guest resumes.
  }

  /** Says that the guest has left: what the host does until {@linkcode resume} is not the guest's time. */
  leave(): void {
    this.#sampler?.leave(performance.now());
    if (this.#cpuDue !== Infinity) this.#leftAt = cpuTimer.now();
  }

  /**
   * Says that the guest is to be entered again.
   *
   * @throws {VmletError} `ERR_DEADLINE` if there is no time left, `ERR_MEMORY_LIMIT` if it has too much memory.
   */
  resume(): void {
    const now = performance.now();
    if (now >= this.due) throw this.#error("deadline", now);
    if (this.#memory !== undefined) {
      this.#memory.check(now);
      wallTimer.need(this.#memory.nextLook(now), now);
    }
    if (this.#sampler !== undefined) wallTimer.need(this.#sampler.enter(now), now);
    if (this.#cpuDue === Infinity) return;
    if (this.#leftAt >= this.#cpuDue) throw this.#error("cpuBudget", now);
    const cpuNow = cpuTimer.now();
    this.#cpuDue += cpuNow - this.#leftAt;
    cpuTimer.need(this.#cpuDue, cpuNow);
  }

  /**
   * Says that the guest has ended its call.
   *
   * @throws {VmletError} `ERR_MEMORY_LIMIT` if it has too much memory.
   */
  finish(): void {
    this.#memory?.check(performance.now());
  }

  #error(limit: LimitName, now: number): VmletError {
    const isOuter = limit === "deadline" && !this.#isOwn;
    return limitError(limit, isOuter ? undefined : this.#limits[limit], now - this.#start);
  }
}

/**
 * Watches one call whose guest runs on other threads, which have timers of their own: it says what is left for the next
 * turn there, and adds up what the turns took.
 */
export class RemoteWatch implements Outer {
  readonly #start: number;
  readonly #limits: CallLimits;
  due: number;
  readonly #isOwn: boolean;
  #memory: MemoryLimit | undefined;
  #cpuTime = 0;

  /** Begins to watch a call. It ends by the deadline of an asynchronous call whose import makes it, too. */
  constructor(start: number, limits: CallLimits = {}) {
    this.#start = start;
    this.#limits = limits;
    const own = this.#start + (limits.deadline ?? Infinity);
    // A synchronous call cannot wait for this one, so it is no part of that.
    const outer = innermost instanceof RemoteWatch ? innermost.due : Infinity;
    this.#isOwn = own <= outer;
    this.due = Math.min(own, outer);
  }

  /** Says how much memory the guest may take. */
  set memory(limit: MemoryLimit | undefined) {
    this.#memory = limit;
  }

  /** Milliseconds of wall clock that the guest may run until somebody has to look. */
  get turnTime(): number {
    const now = performance.now();
    return Math.min(this.due, this.#memory?.nextLook(now) ?? Infinity) - now;
  }

  /** Milliseconds of wall clock until the deadline. */
  get timeLeft(): number {
    return this.due - performance.now();
  }

  /** Milliseconds of CPU time until the budget is used up. */
  get cpuLeft(): number {
    return (this.#limits.cpuBudget ?? Infinity) - this.#cpuTime;
  }

  /** Says how much CPU time a turn of the guest took. */
  used(cpuTime: number): void {
    this.#cpuTime += cpuTime;
  }

  /**
   * Says that a turn is over.
   *
   * @throws {VmletError} `ERR_MEMORY_LIMIT` if the guest has too much memory.
   */
  left(): void {
    this.#memory?.check(performance.now());
  }

  /** Runs a function of the host: calls that it makes before it returns are part of this one. */
  inside<T>(run: () => T): T {
    const outer = innermost;
    innermost = this;
    try {
      return run();
    } finally {
      innermost = outer;
    }
  }

  /** The error of a call that has no time left. */
  error(): VmletError | undefined {
    const now = performance.now();
    const limit = now >= this.due ? "deadline" : this.cpuLeft <= 0 ? "cpuBudget" : undefined;
    if (limit === undefined) return undefined;
    const isOuter = limit === "deadline" && !this.#isOwn;
    return limitError(limit, isOuter ? undefined : this.#limits[limit], now - this.#start);
  }
}

/** The error of a call that a limit ended; `allowed` is undefined for the deadline of a call around it. */
function limitError(limit: LimitName, allowed: number | undefined, elapsed: number): VmletError {
  const message = allowed === undefined
    ? "The call was ended by the deadline of the call that it is part of"
    : `The call was ended by its ${limit} of ${allowed} ms`;
  return new VmletError("ERR_DEADLINE", `${message}, after ${elapsed.toFixed(1)} ms`, {
    limit,
    elapsed,
  });
}
