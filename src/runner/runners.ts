/** The runners of one thread: as many as the machine has processors, and whose turn it is on them. */

import type { Turn, TurnResult, VcpuRunner } from "../driver/mod.ts";
import type { Vcpu } from "../kvm/mod.ts";
import { Runner } from "./runner.ts";

interface Waiting {
  readonly turn: Turn;
  readonly start: (runner: Runner) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Runs guests on other threads, started when they are needed. Turns are taken in the order in which they were asked for,
 * and a guest that does not leave by itself goes to the end of the queue after a while, so none starves the others. While
 * short calls wait, one runner is theirs alone: guests of long calls have all others, but leave that one at once.
 *
 * A guest stays with its runner: to move a vCPU costs its caches, and on older kernels milliseconds, since KVM then waits
 * for all processors. It moves between two calls, or after being interrupted, where it would have to wait while another
 * runner has nothing to do.
 */
export class Runners implements VcpuRunner {
  /** How many there may be. */
  limit: number;
  readonly #runners: Runner[] = [];
  readonly #homes = new WeakMap<Vcpu, Runner>();
  readonly #waiting: Waiting[] = [];

  /** Makes a set of runners; none is started yet. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** The runners that are there. */
  get all(): readonly Runner[] {
    return this.#runners;
  }

  /** Starts as many, as far as they may be, so that the first calls need not wait for them. */
  start(count: number): void {
    this.#bury();
    while (this.#runners.length < Math.min(count, this.limit)) this.#runners.push(new Runner());
  }

  /** Runs a vCPU once. */
  run(turn: Turn): Promise<TurnResult> {
    const runner = this.#runnerFor(turn);
    if (runner) return this.#give(runner, turn);
    const { promise, resolve, reject } = Promise.withResolvers<TurnResult>();
    this.#waiting.push({
      turn,
      start: (runner) => resolve(this.#give(runner, turn)),
      fail: reject,
    });
    this.#contend();
    if (!turn.isLong && this.limit > 1 && this.#runners.every((it) => it.isLong)) {
      this.#runners[0]?.preempt();
    }
    return promise;
  }

  /** Takes a turn back that waits. */
  withdraw(turn: Turn): void {
    const index = this.#waiting.findIndex((it) => it.turn === turn);
    if (index < 0) return;
    this.#waiting.splice(index, 1);
    this.#contend();
  }

  /** Ends all of them; turns that they run are killed. */
  async terminate(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.terminate()));
    this.#bury();
  }

  /** A runner that can take a turn at once. */
  #runnerFor(turn: Turn): Runner | undefined {
    const home = this.#homeOf(turn);
    if (home?.isIdle) return home;
    if (this.#mustStay(turn)) return undefined;
    const idle = this.#runners.find((it) => it.isIdle);
    if (idle) return idle;
    this.#bury();
    if (this.#runners.length >= this.limit) return undefined;
    const runner = new Runner();
    this.#runners.push(runner);
    return runner;
  }

  /** Whether a turn has to wait for its guest's runner: not behind long ones, which costs more than to move. */
  #mustStay(turn: Turn): boolean {
    return turn.isBound && this.#homeOf(turn)?.isLong === false;
  }

  #homeOf({ vcpu }: Turn): Runner | undefined {
    const home = this.#homes.get(vcpu);
    return home?.isDead ? undefined : home;
  }

  async #give(runner: Runner, turn: Turn): Promise<TurnResult> {
    this.#homes.set(turn.vcpu, runner);
    try {
      return await runner.run(turn);
    } finally {
      this.#next(runner);
    }
  }

  /** Finds something to do for a runner that has nothing. */
  #next(runner: Runner): void {
    // One that died is replaced for whoever waits.
    if (runner.isDead && this.#waiting.length > 0) {
      this.#bury();
      try {
        runner = new Runner();
      } catch (error) {
        for (const { fail } of this.#waiting.splice(0)) fail(error);
        return;
      }
      this.#runners.push(runner);
    }
    if (!runner.isIdle) return;
    const index = this.#choose(runner);
    const [waiting] = index >= 0 ? this.#waiting.splice(index, 1) : [];
    this.#contend();
    waiting?.start(runner);
  }

  /** Which of the turns that wait a runner takes next; -1 if none can. */
  #choose(runner: Runner): number {
    const find = (fits: (turn: Turn) => boolean) => {
      const own = this.#waiting.findIndex(({ turn }) => {
        const home = this.#homeOf(turn);
        return (home === undefined || home === runner) && fits(turn);
      });
      return own >= 0
        ? own
        : this.#waiting.findIndex(({ turn }) => !this.#mustStay(turn) && fits(turn));
    };
    const long = this.#runners.filter((it) => it.isLong).length;
    const short = long < Math.max(1, this.limit - 1) ? -1 : find((turn) => !turn.isLong);
    return short >= 0 ? short : find(() => true);
  }

  #contend(): void {
    for (const runner of this.#runners) runner.isContended = this.#waiting.length > 0;
  }

  #bury(): void {
    for (let i = this.#runners.length - 1; i >= 0; i--) {
      if (this.#runners[i]?.isDead) this.#runners.splice(i, 1);
    }
  }
}
