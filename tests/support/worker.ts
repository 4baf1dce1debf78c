/** A Worker that loads the native shim, answers with what it sees of it, and waits. */

import { native } from "../../src/ffi/mod.ts";
import { currentThread, INTERRUPT_SIGNAL, takeSignal } from "../../src/kvm/thread.ts";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

scope.onmessage = ({ data }) => {
  if (typeof data === "object" && data !== null && "kill" in data) {
    const { kill, after } = data as { kill: [number, number]; after: number };
    const wait = new Int32Array(new SharedArrayBuffer(4));
    Atomics.wait(wait, 0, 0, after);
    scope.postMessage({ killed: native().kill(...kill) });
  }
};
takeSignal(INTERRUPT_SIGNAL);
const thread = currentThread(INTERRUPT_SIGNAL);
scope.postMessage({ tid: native().gettid(), thread });
