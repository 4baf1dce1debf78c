/** The Worker of killer.ts: waits for a request, waits for its moment, interrupts. */

import { InterruptHandle } from "../../src/driver/mod.ts";
import { AT } from "./killer.ts";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

function serve(shared: Int32Array): void {
  for (let asked = 0;; asked++) {
    // Waking a thread can take longer than a call, so it stays awake for a while.
    const patience = performance.now() + 10;
    while (Atomics.load(shared, AT.asked) === asked && performance.now() < patience);
    Atomics.wait(shared, AT.asked, asked);
    const at = (place: number) => shared[place] as number;
    if (at(AT.delay) < 0) return;
    const moment = performance.now() + at(AT.delay) / 1000;
    while (performance.now() < moment);
    const handle = InterruptHandle.from({ index: at(AT.index), generation: at(AT.generation) });
    shared[AT.result] = Number(at(AT.pause) ? handle.pause() : handle.kill());
    Atomics.store(shared, AT.answered, asked + 1);
    Atomics.notify(shared, AT.answered);
  }
}

scope.onmessage = ({ data }) => {
  scope.postMessage("begins");
  serve(data as Int32Array);
};
scope.postMessage("ready");
