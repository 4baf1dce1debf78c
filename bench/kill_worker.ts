/** The Worker that kills calls for the benchmarks: on request, after a while, and says when. */

import { InterruptHandle, type InterruptToken } from "../mod.ts";
import { wallClock } from "./case.ts";

/** What the Worker is sent: the guest, and memory to agree by. */
export interface KillRequest {
  readonly token: InterruptToken;
  /** How many kills were asked for; -1 ends the Worker. */
  readonly asked: Int32Array;
  /** When the last kill began. */
  readonly began: Float64Array;
}

/** How long the guest has run before, in milliseconds, as in bench/peer. */
const SPIN = 5;

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

function serve({ token, asked, began }: KillRequest): void {
  const handle = InterruptHandle.from(token);
  for (let done = 0;; done++) {
    Atomics.wait(asked, 0, done);
    if (Atomics.load(asked, 0) < 0) return;
    // Nobody wakes this one: it is a pause.
    Atomics.wait(asked, 0, done + 1, SPIN);
    do began[0] = wallClock(); while (!handle.kill());
  }
}

scope.onmessage = ({ data }) => serve(data as KillRequest);
scope.postMessage("ready");
