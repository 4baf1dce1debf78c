/** A snapshot: what a guest was at a moment between two calls. */

import { VmletError, wrongType } from "../ffi/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { holdMemory, releaseMemory } from "../kvm/memory.ts";
import type { Sizes } from "../guest/layout.ts";
import { filePath, type GuestFile } from "./guest_file.ts";
import type { MachineState } from "./machine.ts";
import { describe, type ExportedFunctions, type Signatures } from "./signatures.ts";
import {
  loadSnapshot,
  openShared,
  saveSnapshot,
  shareSnapshot,
  type SnapshotToken,
} from "./snapshot_file.ts";
import type { FunctionDefinitions } from "./types.ts";

export type { SnapshotToken };

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

/** What a program chose of a guest's memory, without what was put there. */
export interface MemoryShape {
  readonly sizes: Partial<Sizes>;
  readonly initData:
    | { readonly size: number; readonly write: boolean; readonly execute: boolean }
    | undefined;
  readonly executableHeap: boolean;
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
  readonly memory: MemoryShape;
  /** What it offers. */
  readonly exports: ExportedFunctions;
  /** The functions of the host that it may have been told of, without callbacks: a snapshot keeps none. */
  readonly imports: Signatures;
}

/** A snapshot of a state that nobody else holds. */
function taken(origin: Origin, state: MachineState): Snapshot {
  const snapshot = makeSnapshot(origin, state);
  state.memory.release();
  return snapshot;
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
  #exports: E | undefined;
  readonly #origin: Origin;
  readonly #state: MachineState;
  #closed = false;

  private constructor(origin: Origin, state: MachineState) {
    this.#origin = origin;
    this.#state = state;
    hold(state);
    forgotten.register(this, state, this);
  }

  /** The guest's functions, as the sandbox's options or the guest's file define them. */
  get exports(): E {
    return this.#exports ??= describe(this.#origin.exports) as E;
  }

  /** How much memory the snapshot needs in bytes, with all that it shares with others. */
  get size(): number {
    return this.#state.memory.content.pages * PAGE_SIZE;
  }

  /** How much of that it does not share with the snapshot before it. */
  get ownSize(): number {
    return this.#state.memory.content.size;
  }

  /**
   * Loads a snapshot that was saved, also on another machine. Every byte of the file is read and checked first, and is
   * needed no more afterwards. Only load what you trust as you trust a guest's file: the checksum finds what was damaged,
   * not who made it.
   *
   * It can be restored in the sandboxes that are made from it. The guest's functions have no types then, unless
   * {@linkcode Sandbox.fromSnapshot} is given `exports`.
   *
   * @param file Its path, or a `file:` URL.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither.
   * @throws {VmletError} `ERR_FILE` if it cannot be read; `ERR_INVALID_SNAPSHOT` if it is no snapshot, cut off or
   * altered; `ERR_UNSUPPORTED_SNAPSHOT` if another version took it, or on a CPU that can do more than this one;
   * `ERR_MEMORY`, `ERR_LIMIT`, `ERR_NO_HYPERVISOR`.
   */
  static async load(file: string | URL): Promise<Snapshot> {
    const { origin, state } = await loadSnapshot(filePath("load a snapshot", file));
    return taken(origin, state);
  }

  /**
   * The snapshot that another Worker shares. It is then open in both, and closing it in one leaves the other's as it is.
   * Here it can be restored in the sandboxes that are made from it.
   *
   * @param token Its {@linkcode Snapshot.token} there.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no token.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if no snapshot can have it.
   * @throws {VmletError} `ERR_CLOSED` if it has been closed there; `ERR_INVALID_SNAPSHOT`, `ERR_MEMORY`, `ERR_LIMIT`.
   */
  static from(token: SnapshotToken): Snapshot {
    const { origin, state } = openShared(token);
    return taken(origin, state);
  }

  /**
   * What to send to another Worker, for {@linkcode Snapshot.from}. The snapshot has to stay open until it is open there.
   *
   * @throws {VmletError} `ERR_CLOSED`; `ERR_UNSUPPORTED_SNAPSHOT` if regions are mapped into its guest; `ERR_MEMORY`,
   * `ERR_LIMIT`.
   */
  get token(): SnapshotToken {
    return shareSnapshot(openSnapshot(this, "share the snapshot"));
  }

  /**
   * Writes the snapshot to a file, for {@linkcode Snapshot.load}. The file is there as a whole, on the disk, when the
   * promise is fulfilled; whatever happens before, what was there is as it was, and at worst a file beside it whose name
   * ends with `.tmp`. Only its owner may read it: it holds all that the guest's memory does. In Deno, the program needs
   * `--allow-read` and `--allow-write` for the folder.
   *
   * @param file Its path, or a `file:` URL.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither.
   * @throws {VmletError} `ERR_FILE` if it cannot be written, with the reason as `cause`; `ERR_CLOSED`;
   * `ERR_UNSUPPORTED_SNAPSHOT` if regions are mapped into its guest; `ERR_MEMORY`, `ERR_LIMIT`.
   *
   * @example A guest that is there at once
   * ```ts
   * import { Sandbox, Snapshot } from "@vmlet/vmlet";
   *
   * async function prepare(): Promise<void> {
   *   using sandbox = await Sandbox.create({ guest: "guest/examples/hello.elf" });
   *   await sandbox.snapshot().save("hello.snapshot");
   * }
   *
   * async function start(): Promise<Sandbox> {
   *   using snapshot = await Snapshot.load("hello.snapshot");
   *   return await Sandbox.fromSnapshot(snapshot);
   * }
   * ```
   */
  async save(file: string | URL): Promise<void> {
    const opened = openSnapshot(this, "save the snapshot");
    const path = filePath("save the snapshot", file);
    // It may be closed meanwhile.
    hold(opened.state);
    try {
      await saveSnapshot(path, opened);
    } finally {
      release(opened.state);
    }
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
