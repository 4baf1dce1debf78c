/**
 * A Worker that kills calls of many sandboxes at random, as fast as it can. It knows of each how often a kill was true,
 * and after one that was, waits until the call's owner has counted its end before it kills there again.
 */

import { InterruptHandle } from "../../src/driver/mod.ts";

/** What both sides share: for each sandbox a token, how many kills were true, and how many calls ended cancelled. */
export interface Shared {
  /** Two numbers for each sandbox, of its token; a generation of 0 stands for none. */
  readonly tokens: Int32Array;
  readonly killed: Int32Array;
  readonly cancelled: Int32Array;
  /** One number: 1 asks the Worker to end, which makes it 2. */
  readonly end: Int32Array;
}

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}
const scope = globalThis as unknown as Scope;

/** How long it waits between two kills at most, in milliseconds. */
const PAUSE = 2;

function serve({ tokens, killed, cancelled, end }: Shared): void {
  const count = killed.length;
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (Atomics.load(end, 0) === 0) {
    Atomics.wait(nothing, 0, 0, Math.random() * PAUSE);
    const at = Math.floor(Math.random() * count);
    if (Atomics.load(killed, at) !== Atomics.load(cancelled, at)) continue;
    // The generation is written last, and made 0 before another sandbox's token comes.
    const generation = Atomics.load(tokens, at * 2 + 1) >>> 0;
    const index = Atomics.load(tokens, at * 2);
    if (generation === 0) continue;
    // Of a sandbox that was closed meanwhile, it is false.
    if (InterruptHandle.from({ index, generation }).kill()) Atomics.add(killed, at, 1);
  }
  Atomics.store(end, 0, 2);
  scope.close();
}

scope.onmessage = ({ data }) => serve(data as Shared);
scope.postMessage("ready");
