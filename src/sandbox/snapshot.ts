/** A snapshot: what a guest's memory held at a moment between two calls. */

/** Makes a snapshot of a sandbox whose memory these bytes are. For the sandbox alone. */
export let makeSnapshot: (owner: object, bytes: Uint8Array) => Snapshot;

/** The bytes of a snapshot, if it was taken of this owner. For the sandbox alone. */
export let snapshotBytes: (snapshot: Snapshot, owner: object) => Uint8Array | undefined;

/**
 * The state of a guest between two calls, from {@linkcode Sandbox.snapshot} and for {@linkcode Sandbox.restore}. It
 * does not change, can be restored any number of times, and costs as much memory as the guest's image, heap and stack
 * until it is collected. Buffers for arguments and results are not part of it.
 */
export class Snapshot {
  readonly #owner: object;
  readonly #bytes: Uint8Array;

  private constructor(owner: object, bytes: Uint8Array) {
    this.#owner = owner;
    this.#bytes = bytes;
  }

  /** How much memory the snapshot takes, in bytes. */
  get size(): number {
    return this.#bytes.length;
  }

  static {
    makeSnapshot = (owner, bytes) => new Snapshot(owner, bytes);
    snapshotBytes = (snapshot, owner) => snapshot.#owner === owner ? snapshot.#bytes : undefined;
  }
}
