/** A snapshot: what a guest was at a moment between two calls. */

import { PAGE_SIZE } from "../kvm/constants.ts";
import { holdMemory, releaseMemory } from "../kvm/memory.ts";
import type { MachineState } from "./machine.ts";

/** Lets what snapshots held go that were forgotten. */
const forgotten = new FinalizationRegistry<MachineState>(release);

/** The memory of mapped regions is held too, so that it can be mapped again. */
function hold({ memory, regions }: MachineState): void {
  memory.hold();
  for (const region of regions) holdMemory(region.memory);
}

function release({ memory, regions }: MachineState): void {
  memory.release();
  for (const region of regions) releaseMemory(region.memory);
}

/** Makes a snapshot of a sandbox in this state. For the sandbox alone. */
export let makeSnapshot: (owner: object, state: MachineState) => Snapshot;

/** The state in a snapshot, if it was taken of this owner. For the sandbox alone. */
export let snapshotState: (snapshot: Snapshot, owner: object) => MachineState | undefined;

/**
 * The state of a guest between two calls, from {@linkcode Sandbox.snapshot} and for {@linkcode Sandbox.restore}. It
 * does not change, and can be restored any number of times. Pages that are as in an earlier snapshot are shared with
 * that, and pages of zeroes take nothing. What the buffers for arguments and results held is not part of it.
 *
 * Its memory is given back when it is closed, or some time after it was forgotten.
 *
 * @example A guest made what it was
 * ```ts
 * import { Sandbox } from "@vmlet/vmlet";
 *
 * using sandbox = await Sandbox.create({
 *   guest: "guest/examples/hello.elf",
 *   exports: { count: { parameters: [], result: "i32" } },
 * });
 * using clean = sandbox.snapshot();
 * sandbox.exports.count();
 * sandbox.restore(clean);
 * console.log(sandbox.exports.count()); // 1
 * ```
 */
export class Snapshot {
  readonly #owner: object;
  readonly #state: MachineState;
  #closed = false;

  private constructor(owner: object, state: MachineState) {
    this.#owner = owner;
    this.#state = state;
    hold(state);
    forgotten.register(this, state, this);
  }

  /** How much memory the snapshot needs in bytes, with all that it shares with others. */
  get size(): number {
    return this.#state.memory.pages * PAGE_SIZE;
  }

  /** How much of that it does not share with the snapshot before it. */
  get ownSize(): number {
    return this.#state.memory.size;
  }

  /** Whether {@linkcode close} was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Gives the snapshot's memory back, as far as no other needs it; it cannot be restored any more. Closing twice is
   * harmless.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    forgotten.unregister(this);
    release(this.#state);
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  static {
    makeSnapshot = (owner, state) => new Snapshot(owner, state);
    snapshotState = (snapshot, owner) => snapshot.#owner === owner ? snapshot.#state : undefined;
  }
}
