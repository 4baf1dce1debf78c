/** A snapshot: what a guest's memory held at a moment between two calls. */

import { holdMemory, releaseMemory } from "../kvm/memory.ts";
import type { MachineState } from "./machine.ts";

/** Lets the memory of mapped regions go that a snapshot kept, so that it could be mapped again. */
const forgotten = new FinalizationRegistry<MachineState>(({ regions }) => {
  for (const { memory } of regions) releaseMemory(memory);
});

/** Makes a snapshot of a sandbox in this state. For the sandbox alone. */
export let makeSnapshot: (owner: object, state: MachineState) => Snapshot;

/** The state in a snapshot, if it was taken of this owner. For the sandbox alone. */
export let snapshotState: (snapshot: Snapshot, owner: object) => MachineState | undefined;

/**
 * The state of a guest between two calls, from {@linkcode Sandbox.snapshot} and for {@linkcode Sandbox.restore}. It
 * does not change, can be restored any number of times, and costs as much memory as the guest's image, heap and stack
 * until it is collected. Buffers for arguments and results are not part of it.
 */
export class Snapshot {
  readonly #owner: object;
  readonly #state: MachineState;

  private constructor(owner: object, state: MachineState) {
    this.#owner = owner;
    this.#state = state;
    if (state.regions.length === 0) return;
    for (const { memory } of state.regions) holdMemory(memory);
    forgotten.register(this, state);
  }

  /** How much memory the snapshot takes, in bytes. */
  get size(): number {
    return this.#state.memory.length;
  }

  static {
    makeSnapshot = (owner, state) => new Snapshot(owner, state);
    snapshotState = (snapshot, owner) => snapshot.#owner === owner ? snapshot.#state : undefined;
  }
}
