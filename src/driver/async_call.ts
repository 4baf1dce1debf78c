/** A call whose guest runs on other threads, while its host stays on this one: its turns, and what ends it early. */

import { VmletError } from "../ffi/mod.ts";
import type { Vcpu } from "../kvm/mod.ts";
import type { InterruptHandle } from "./interrupt_handle.ts";
import type { Sampler } from "./sampler.ts";
import { type CallLimits, checkLimits, RemoteWatch } from "./limits.ts";
import type { MemoryLimit } from "./memory_limit.ts";

/** One turn of a guest on another thread: from its entry until it leaves, or has to. */
export interface Turn {
  /** The vCPU, which nobody else uses meanwhile. */
  readonly vcpu: Vcpu;
  /** Whether the guest goes on where the host has just served it, so that its thread had better stay the same. */
  readonly isBound: boolean;
  /** Whether the call's guest has had much of a thread's time already: others go first. */
  readonly isLong: boolean;
  /** Called as a thread takes the turn: how many milliseconds of wall clock and of CPU time the guest may take. */
  begin(): { readonly deadline: number; readonly cpuBudget: number };
}

/** What came of a turn. */
export interface TurnResult {
  /** As of {@linkcode Vcpu.run}: 0, or INTERRUPTED if a signal, a limit or another guest's turn ended it. */
  readonly result: number;
  /** The milliseconds of CPU time that it took, if they were limited. */
  readonly cpuTime: number;
  /** The milliseconds of wall clock for which it had the thread. */
  readonly took: number;
}

/** Other threads that run vCPUs. */
export interface VcpuRunner {
  /** Runs a vCPU once, on some thread, when it is its turn. */
  run(turn: Turn): Promise<TurnResult>;
  /** Forgets a turn that no thread has taken yet; its promise is then never settled. */
  withdraw(turn: Turn): void;
}

/** The longest time that timers of JavaScript know. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** A call whose guest has run for so many milliseconds is a long one. */
const LONG = 4;

/** One asynchronous call, from its beginning to its end. */
export class AsyncCall {
  readonly #runner: VcpuRunner;
  readonly #watch: RemoteWatch;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = () => this.#stop(this.#signal?.reason);
  #handle: InterruptHandle | undefined;
  #entered = false;
  /** For how many milliseconds the guest has run. */
  #ran = 0;
  /** Why the call ends, once something other than the guest decided it. */
  #stopped: { readonly reason: unknown } | undefined;
  /** Ends the wait that can be ended. */
  #reject: ((reason: unknown) => void) | undefined;

  /**
   * Begins a call.
   *
   * @param runner What runs the guest.
   * @param limits How long the call may take.
   * @param signal What ends it: it then throws the signal's reason.
   * @param began When its deadline began, by `performance.now()`.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if a limit is not a number.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if it is not above zero, or more than a year.
   */
  constructor(
    runner: VcpuRunner,
    limits?: CallLimits,
    signal?: AbortSignal,
    began: number = performance.now(),
  ) {
    if (limits !== undefined) checkLimits(limits, "enter the guest");
    this.#runner = runner;
    this.#watch = new RemoteWatch(began, limits);
    this.#signal = signal;
  }

  /** Whether a thread has taken a turn of it: if not, the guest is what it was. */
  get entered(): boolean {
    return this.#entered;
  }

  /** Begins to listen to what may end the call, and to look at what memory its guest takes. */
  begin(handle: InterruptHandle, memory: MemoryLimit | undefined): void {
    this.#handle = handle;
    this.#watch.memory = memory;
    if (this.#signal?.aborted) this.#onAbort();
    else this.#signal?.addEventListener("abort", this.#onAbort);
  }

  /** Ends that. */
  end(): void {
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  /**
   * Runs the guest once: what {@linkcode Vcpu.run} returned, if the call may still go on. It comes back at the latest when
   * it is time to look at the guest.
   */
  async turn(vcpu: Vcpu, isBound: boolean, sampler?: Sampler): Promise<number> {
    this.#throwIfStopped();
    const error = this.#watch.error();
    if (error) throw error;
    let taken = false;
    const turn: Turn = {
      vcpu,
      isBound,
      isLong: this.#ran >= LONG,
      begin: () => {
        taken = this.#entered = true;
        // From here on the thread ends the wait: the guest's memory is in use until it says so.
        this.#reject = undefined;
        const now = performance.now();
        const untilLook = sampler === undefined ? Infinity : sampler.enter(now) - now;
        const deadline = Math.min(this.#watch.turnTime, untilLook);
        return { deadline, cpuBudget: this.#watch.cpuLeft };
      },
    };
    const done = this.#runner.run(turn);
    try {
      const { result, cpuTime, took } = await (taken ? done : this.wait(done));
      this.#ran += took;
      sampler?.leave(performance.now());
      this.#watch.used(cpuTime);
      this.#watch.left();
      this.#throwIfStopped();
      return result;
    } finally {
      if (!taken) this.#runner.withdraw(turn);
    }
  }

  /** Runs a function of the host for the guest, unless something ended the call while the guest left for it. */
  host<T>(run: () => T): T {
    this.#throwIfStopped();
    return this.#watch.inside(run);
  }

  /** Waits for something other than the guest, but no longer than the call may take. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    // A function of the host may have done so itself.
    this.#throwIfStopped();
    const stopped = Promise.withResolvers<never>();
    this.#reject = stopped.reject;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      const left = this.#watch.timeLeft;
      if (left > LONGEST_TIMER) return;
      timer = setTimeout(() => {
        const error = this.#watch.error();
        // Timers may be early. While a thread runs the guest, the limit is that thread's affair.
        if (!error) arm();
        else if (this.#reject) this.#stop(error);
      }, Math.max(0, left));
    };
    arm();
    try {
      return await Promise.race([promise, stopped.promise]);
    } finally {
      clearTimeout(timer);
      this.#reject = undefined;
    }
  }

  /** Ends the call. A guest that runs comes back, one that does not is not entered again. */
  #stop(reason: unknown): void {
    if (this.#stopped) return;
    this.#stopped = { reason };
    this.#reject?.(reason);
    // Not by a kill, which is for others: one that is true then always ends the call as cancelled. Refused by the kernel,
    // it only takes effect later: at the latest when the guest's turn is over.
    try {
      this.#handle?.pause();
    } catch (error) {
      if (!(error instanceof VmletError)) throw error;
    }
  }

  #throwIfStopped(): void {
    if (this.#stopped) throw this.#stopped.reason;
  }
}
