/** The guest's side of the debugger's socket, which a Worker owns. */

import type { InterruptToken } from "../driver/mod.ts";
import { Channel } from "./channel.ts";
import type { Endpoint, Request, Response } from "./worker.ts";
import { WORKER_SOURCE } from "./worker_source.ts";

export type { Endpoint } from "./worker.ts";

/** How long a thread that waits for the debugger sleeps before it looks around, in milliseconds. */
const NAP = 100;

/** A socket at which one debugger at a time is served. */
export class Server implements Disposable {
  readonly #worker: Worker;
  readonly #channel: Channel;
  /** Where it listens. */
  readonly endpoint: Endpoint;
  /** Called by the event loop when something has arrived. Must not hold what holds this. */
  onArrival: () => void = () => {};
  #hasEnded = false;

  private constructor(worker: Worker, channel: Channel, endpoint: Endpoint) {
    this.#worker = worker;
    this.#channel = channel;
    this.endpoint = endpoint;
    worker.onmessage = () => this.onArrival();
  }

  /**
   * Begins to listen.
   *
   * @throws {Error} If that is not possible.
   */
  static async start(at: Endpoint): Promise<Server> {
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
    const worker = new Worker(url, { type: "module" });
    try {
      await answerOf(worker);
      const channel = new Channel();
      tell(worker, { type: "listen", at, shared: channel.shared });
      const answer = await answerOf(worker);
      if (answer.type === "listening") return new Server(worker, channel, answer.at);
      throw new Error(answer.type === "failed" ? answer.message : "the Worker makes no sense");
    } catch (error) {
      worker.terminate();
      throw error;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  /** Says whose call to interrupt when something arrives. */
  interrupt(token: InterruptToken): void {
    tell(this.#worker, { type: "guest", token });
  }

  /** What has arrived and what it means. */
  get channel(): Channel {
    return this.#channel;
  }

  /** Blocks the thread until something has arrived, or a moment has passed. */
  wait(): void {
    this.#channel.wait(NAP);
  }

  /** Sends to the debugger that is connected. */
  send(bytes: Uint8Array): void {
    if (!this.#hasEnded) tell(this.#worker, { type: "send", bytes });
  }

  /** Ends the connection to the debugger; another one may come. */
  hangUp(): void {
    if (!this.#hasEnded) tell(this.#worker, { type: "hang up" });
  }

  /** Ends it all, after what was sent. */
  [Symbol.dispose](): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.onArrival = () => {};
    tell(this.#worker, { type: "end" });
  }
}

function tell(worker: Worker, request: Request): void {
  worker.postMessage(request);
}

function answerOf(worker: Worker): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  worker.onmessage = ({ data }) => resolve(data as Response);
  worker.onerror = (event) => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  return promise;
}
