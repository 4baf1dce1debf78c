/** A second thread that interrupts guests on request (kill_worker.ts). */

import type { InterruptToken } from "../../src/driver/mod.ts";

/** Places in the memory that both sides share. */
export const AT = { asked: 0, answered: 1, index: 2, generation: 3, delay: 4, pause: 5, result: 6 };

/** The Worker. Both sides wait without an event loop, as a call blocks its thread. */
export class Killer {
  readonly #worker: Worker;
  readonly #shared: Int32Array;

  private constructor(worker: Worker, shared: Int32Array) {
    this.#worker = worker;
    this.#shared = shared;
  }

  /** Starts the Worker. */
  static async start(): Promise<Killer> {
    const worker = new Worker(new URL("./kill_worker.ts", import.meta.url).href, {
      type: "module",
    });
    const ready = () => new Promise<unknown>((resolve) => worker.onmessage = resolve);
    await ready();
    const shared = new Int32Array(new SharedArrayBuffer(64));
    worker.postMessage(shared);
    await ready();
    return new Killer(worker, shared);
  }

  /** Asks for a kill, or for a pause, after so many microseconds; returns at once. */
  ask({ index, generation }: InterruptToken, delay: number, pause = false): void {
    const shared = this.#shared;
    shared[AT.index] = index;
    shared[AT.generation] = generation;
    shared[AT.delay] = delay;
    shared[AT.pause] = Number(pause);
    Atomics.add(shared, AT.asked, 1);
    Atomics.notify(shared, AT.asked);
  }

  /** Waits for what the last one returned. */
  answer(): boolean {
    const shared = this.#shared;
    const asked = Atomics.load(shared, AT.asked);
    for (;;) {
      const answered = Atomics.load(shared, AT.answered);
      if (answered === asked) return shared[AT.result] === 1;
      Atomics.wait(shared, AT.answered, answered);
    }
  }

  [Symbol.dispose](): void {
    this.#shared[AT.delay] = -1;
    Atomics.add(this.#shared, AT.asked, 1);
    Atomics.notify(this.#shared, AT.asked);
    this.#worker.terminate();
  }
}
