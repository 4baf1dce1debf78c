/** One runner, as the thread sees it that owns it: a Worker that runs one vCPU at a time. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";
import type { Turn, TurnResult } from "../driver/mod.ts";
import { RUNNER_SCRIPT } from "./script.ts";
import { AT, type RunnerData, SHARED_SIZE, STATE, STEPS, TIME_AT } from "./shared.ts";

/** What is used of a Worker of node:worker_threads, which both runtimes have. */
interface ThreadWorker {
  on(event: "error", listener: (error: unknown) => void): void;
  on(event: "exit", listener: (code: number) => void): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}
type WorkerConstructor = new (
  script: string,
  options: { eval: true; name: string; workerData: RunnerData },
) => ThreadWorker;

/** A Worker that runs vCPUs for this thread. */
export class Runner {
  readonly #worker: ThreadWorker;
  readonly #shared: Int32Array;
  readonly #times: Float64Array;
  #running: Turn | undefined;
  #isPreempted = false;
  /** Fulfilled when the turn that runs is over. */
  #over: Promise<void> | undefined;
  /** Why it takes no more turns. */
  #death: VmletError | undefined;
  #hasEnded = false;
  #wake = () => {};

  /**
   * Starts the Worker. It does not keep the process alive, except while it runs a guest.
   *
   * @param script What it runs.
   * @throws {VmletError} `ERR_RUNNER` if this runtime starts none.
   */
  constructor(script: string = RUNNER_SCRIPT) {
    const memory = new SharedArrayBuffer(SHARED_SIZE);
    this.#shared = new Int32Array(memory);
    this.#times = new Float64Array(memory);
    const workerData = { memory, shim: native().path, owner: native().gettid() };
    try {
      const Worker = workerConstructor();
      this.#worker = new Worker(script, { eval: true, name: "vmlet-runner", workerData });
    } catch (cause) {
      throw new VmletError("ERR_RUNNER", `Cannot start a thread for guests: ${text(cause)}`, {
        cause,
      });
    }
    this.#worker.on("error", (error) => this.#end(text(error), error));
    this.#worker.on("exit", (code) => this.#end(`it ended with code ${code}`));
    this.#worker.unref();
  }

  /** Whether it can take a turn now. */
  get isIdle(): boolean {
    return this.#running === undefined && !this.isDead;
  }

  /** Whether its Worker has ended. */
  get isDead(): boolean {
    return this.#death !== undefined;
  }

  /** Whether it runs a long call's guest, and was not told to let others go first. */
  get isLong(): boolean {
    return this.#running?.isLong === true && !this.#isPreempted;
  }

  /** Whether other guests wait for a turn, so that the one that runs has to end its own. */
  set isContended(value: boolean) {
    Atomics.store(this.#shared, AT.contended, Number(value));
  }

  /**
   * Runs a vCPU once. It has to be idle.
   *
   * @throws {VmletError} `ERR_RUNNER` if the Worker ended meanwhile, `ERR_LIMIT` if its thread cannot run vCPUs.
   */
  async run(turn: Turn): Promise<TurnResult> {
    const shared = this.#shared;
    const times = this.#times;
    this.#running = turn;
    this.#isPreempted = false;
    try {
      const { vcpu } = turn;
      const { deadline, cpuBudget } = turn.begin();
      shared[AT.cell] = vcpu.cell;
      shared[AT.vcpu] = vcpu.fd;
      shared[AT.signal] = vcpu.signal;
      shared[AT.isLong] = Number(turn.isLong);
      times[TIME_AT.deadline] = deadline;
      times[TIME_AT.cpuBudget] = cpuBudget;
      if (this.#death) throw this.#death;
      Atomics.store(shared, AT.state, STATE.asked);
      Atomics.notify(shared, AT.state);
      // Waiting alone keeps neither runtime alive.
      this.#worker.ref();
      await (this.#over = this.#wait());
      if (this.#death) throw this.#death;
      const result = shared[AT.result] as number;
      const step = shared[AT.step] as number;
      if (step > 0) {
        const symbol = errnoSymbol(-result);
        throw new VmletError(
          "ERR_LIMIT",
          `Cannot run a vCPU on another thread: ${STEPS[step]} failed with ${symbol}`,
          { errno: -result },
        );
      }
      return {
        result,
        cpuTime: times[TIME_AT.cpuTime] as number,
        took: times[TIME_AT.took] as number,
      };
    } finally {
      this.#running = undefined;
      this.#worker.unref();
    }
  }

  /** Ends the turn that runs before its time, if it can: its guest will ask for another one. */
  preempt(): void {
    if (!this.#running) return;
    this.#isPreempted = true;
    // What the kernel refuses, the next tick of the thread's timer does.
    native().preempt(this.#running.vcpu.cell);
  }

  /** Ends the Worker. A guest that runs is killed first, since its thread would not notice. */
  async terminate(): Promise<void> {
    this.#death ??= death("it was terminated");
    if (this.#running && !this.#hasEnded) {
      const { cell } = this.#running.vcpu;
      native().kill(cell, native().cellEpoch(cell));
      await this.#over;
    }
    await this.#worker.terminate();
  }

  /** Waits until the thread has answered, or ended. */
  async #wait(): Promise<void> {
    // More than once: the notification of an earlier turn may come late, when its end was seen without it.
    while (Atomics.load(this.#shared, AT.state) === STATE.asked && !this.#hasEnded) {
      const wait = Atomics.waitAsync(this.#shared, AT.state, STATE.asked);
      if (!wait.async) continue;
      const woken = Promise.withResolvers<void>();
      this.#wake = woken.resolve;
      wait.value.then(() => woken.resolve());
      await woken.promise;
    }
  }

  #end(why: string, cause?: unknown): void {
    this.#death ??= death(why, cause);
    this.#hasEnded = true;
    this.#wake();
  }
}

function death(why: string, cause?: unknown): VmletError {
  return new VmletError("ERR_RUNNER", `The thread that ran the guest ended: ${why}`, { cause });
}

function workerConstructor(): WorkerConstructor {
  const { process } = globalThis as unknown as {
    process: { getBuiltinModule(name: string): { Worker: WorkerConstructor } };
  };
  return process.getBuiltinModule("node:worker_threads").Worker;
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
