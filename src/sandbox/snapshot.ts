/** A snapshot: what a guest was at a moment between two calls. */

import { VmletError, wrongType } from "../ffi/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { holdMemory, releaseMemory } from "../kvm/memory.ts";
import type { GuestFile, MemoryChoice } from "./guest_file.ts";
import type { MachineState } from "./machine.ts";
import type { FunctionDefinitions } from "./types.ts";

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

/**
 * What guests have in common that go back to one: a sandbox, its snapshots, the clones of those, and so on. Only among
 * these a snapshot can be restored.
 */
export interface Origin {
  /** The guest's name, for messages. */
  readonly name: string;
  /** Where its file is, for core dumps. */
  readonly path: string | undefined;
  readonly file: GuestFile;
  /** What was chosen of its memory. */
  readonly choice: MemoryChoice;
  /** What it offers. */
  readonly exports: FunctionDefinitions;
  /** The functions of the host that it may have been told of. */
  readonly imports: FunctionDefinitions;
}

/** Makes a snapshot of a guest in this state. For the sandbox alone. */
export let makeSnapshot: (origin: Origin, state: MachineState) => Snapshot;

/**
 * What a snapshot holds. For the sandbox and the pool alone.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no snapshot.
 * @throws {VmletError} `ERR_CLOSED`.
 */
export let openSnapshot: (
  snapshot: Snapshot,
  what: string,
) => { readonly origin: Origin; readonly state: MachineState };

/**
 * The state of a guest between two calls, from {@linkcode Sandbox.snapshot}, for {@linkcode Sandbox.restore} and
 * {@linkcode Sandbox.fromSnapshot}. It does not change, and can be used any number of times. Pages that are as in an
 * earlier snapshot are shared with that, and pages of zeroes take nothing. What the buffers for arguments and results
 * held is not part of it.
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
export class Snapshot<E extends FunctionDefinitions = FunctionDefinitions> {
  /** The guest's functions, as the sandbox's options or the guest's file define them. */
  readonly exports: E;
  readonly #origin: Origin;
  readonly #state: MachineState;
  #closed = false;

  private constructor(origin: Origin, state: MachineState) {
    this.exports = origin.exports as E;
    this.#origin = origin;
    this.#state = state;
    hold(state);
    forgotten.register(this, state, this);
  }

  /** How much memory the snapshot needs in bytes, with all that it shares with others. */
  get size(): number {
    return this.#state.memory.content.pages * PAGE_SIZE;
  }

  /** How much of that it does not share with the snapshot before it. */
  get ownSize(): number {
    return this.#state.memory.content.size;
  }

  /** Whether {@linkcode close} was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Gives the snapshot's memory back, as far as no other and no clone needs it; it cannot be used any more. Closing twice
   * is harmless.
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
    makeSnapshot = (origin, state) => new Snapshot(origin, state);
    openSnapshot = (snapshot, what) => {
      if (!(snapshot instanceof Snapshot)) {
        throw wrongType(`Cannot ${what}: the argument is not a snapshot`);
      }
      if (snapshot.#closed) {
        throw new VmletError("ERR_CLOSED", `Cannot ${what}: the snapshot is closed`);
      }
      return { origin: snapshot.#origin, state: snapshot.#state };
    };
  }
}
