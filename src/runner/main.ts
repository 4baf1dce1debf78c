/**
 * A runner: a thread that does KVM_RUN for another one, and nothing else. What an exit means, its owner finds out.
 *
 * `deno task workers` bundles this into src/runner/script.ts, which is started as a Worker; nobody imports it.
 */

import { bindShim } from "../ffi/bind.ts";
import { RUNNER_SYMBOLS } from "../ffi/runner_symbols.ts";
import { adapterFor, type Globals } from "../ffi/runtime.ts";
import { AT, type RunnerData, SHARED_SIZE, STATE, type STEPS, TIME_AT } from "./shared.ts";

interface WorkerThreads {
  readonly workerData: RunnerData;
}
const { process } = globalThis as unknown as {
  process: { getBuiltinModule(name: "node:worker_threads"): WorkerThreads; exit(): never };
};

const ESRCH = 3;
const EINTR = 4;
const EAGAIN = 11;
const CLOCK_MONOTONIC = 1;
const CLOCK_THREAD_CPUTIME = 3;

/**
 * After so many milliseconds a guest lets others have a turn, if any wait. It is also how soon this thread notices that
 * its runtime wants it to end, or that its owner has gone.
 */
const QUANTUM = 10;

/** The same for the first turn of a call: most are over by then, and the others are long ones, which wait for short ones. */
const FIRST_QUANTUM = 4;

/** How often a thread without work looks whether its owner is still there, in milliseconds. */
const IDLE = 10_000;

/** A timer that fires a little early only makes its guest look twice. */
const ROUNDING = 0.02;

const { memory, shim: path, owner } = process.getBuiltinModule("node:worker_threads").workerData;
const shared = new Int32Array(memory, 0, SHARED_SIZE / 4);
const times = new Float64Array(memory, 0, SHARED_SIZE / 8);
const shim = bindShim(adapterFor(globalThis as unknown as Globals), path, RUNNER_SYMBOLS);
const signals = new Set<number>();
let thread = -1;

/** Whether the owner has gone. Deno ends a Worker, and not the Workers of that one. */
function isAlone(): boolean {
  return shim.tgkill(owner, 0) === -ESRCH;
}

/** One of this thread's timers. */
class Timer {
  readonly #clock: number;
  #id = -1;
  /** When it fires, by this clock; Infinity if it is not known to. */
  armed = Infinity;

  constructor(clock: number) {
    this.#clock = clock;
  }

  /** Sees to it that it fires at a time or before; a negative errno if it cannot. */
  need(time: number, now: number, signal: number): number {
    if (this.armed > now && this.armed <= time + ROUNDING) return 0;
    if (this.#id < 0) this.#id = shim.threadTimer(thread, this.#clock, signal);
    if (this.#id < 0) return this.#id;
    const wait = Math.max(0, time - now) + ROUNDING;
    this.armed = now + wait;
    return shim.setTimer(this.#id, Math.round(wait * 1e6));
  }
}

const wallTimer = new Timer(CLOCK_MONOTONIC);
const cpuTimer = new Timer(CLOCK_THREAD_CPUTIME);
const cpuNow = () => shim.threadTime() / 1e6;

/** Makes this thread take a signal. */
function prepare(signal: number): number {
  if (!signals.has(signal)) {
    const result = shim.installSignal(signal);
    if (result < 0) return failed(1, result);
    shim.unblockSignal(signal);
    signals.add(signal);
  }
  if (thread >= 0) return 0;
  thread = shim.attachThread(signal);
  return thread < 0 ? failed(2, thread) : 0;
}

function failed(step: keyof typeof STEPS & number, result: number): number {
  shared[AT.step] = step;
  return result;
}

/** One turn of a guest: until it leaves by itself, is interrupted, has no time left, or another one waits. */
function turn(cell: number, vcpu: number, signal: number, time: number, budget: number): number {
  let quantum = shared[AT.isLong] ? QUANTUM : FIRST_QUANTUM;
  const began = performance.now();
  const cpuBegan = budget === Infinity ? 0 : cpuNow();
  for (let now = began, cpu = cpuBegan;;) {
    let result = wallTimer.need(Math.min(began + time, now + quantum), now, signal);
    if (budget !== Infinity && result >= 0) result = cpuTimer.need(cpuBegan + budget, cpu, signal);
    if (result < 0) return failed(3, result);
    result = shim.run(cell, thread, vcpu);
    if (budget !== Infinity) {
      cpu = cpuNow();
      times[TIME_AT.cpuTime] = cpu - cpuBegan;
    }
    if (result !== -EINTR && result !== -EAGAIN) return result;
    now = performance.now();
    if (now - began >= time || cpu - cpuBegan >= budget) return -EINTR;
    if (result === -EAGAIN) continue;
    // Whatever came that is not the timer's is the owner's to find out.
    const fired = now >= wallTimer.armed || cpu >= cpuTimer.armed;
    wallTimer.armed = cpuTimer.armed = Infinity;
    if (!fired || Atomics.load(shared, AT.contended) || isAlone()) return -EINTR;
    quantum = QUANTUM;
  }
}

function serve(): void {
  for (let state: number = STATE.idle;;) {
    while (state !== STATE.asked) {
      if (Atomics.wait(shared, AT.state, state, IDLE) === "timed-out" && isAlone()) return;
      state = Atomics.load(shared, AT.state);
    }
    const at = (place: number) => shared[place] as number;
    const time = times[TIME_AT.deadline] as number;
    const budget = times[TIME_AT.cpuBudget] as number;
    shared[AT.step] = 0;
    times[TIME_AT.cpuTime] = 0;
    const ready = prepare(at(AT.signal));
    const began = performance.now();
    shared[AT.result] = ready < 0
      ? ready
      : turn(at(AT.cell), at(AT.vcpu), at(AT.signal), time, budget);
    times[TIME_AT.took] = performance.now() - began;
    state = STATE.done;
    Atomics.store(shared, AT.state, state);
    Atomics.notify(shared, AT.state);
  }
}

serve();
// Comes back only when nobody is left to serve.
process.exit();
