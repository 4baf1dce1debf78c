/** Interrupts a guest's call from any thread of the process. */

import { errnoSymbol, native, outOfRange, VmletError, wrongType } from "../ffi/mod.ts";

const ESRCH = 3;
const CELLS = 65536;

/** What another Worker needs to interrupt a guest: two numbers that `postMessage` can carry. */
export interface InterruptToken {
  /** Which of the process's vCPUs. */
  readonly index: number;
  /** Which owner of that place in the table: a token of an earlier one reaches nobody. */
  readonly generation: number;
}

/**
 * Interrupts the calls of one guest, from any Worker, also while a call blocks the thread that made it. It outlives the
 * guest, and then does nothing.
 *
 * @example From another Worker
 * ```ts
 * import { InterruptHandle, type InterruptToken } from "@vmlet/vmlet";
 *
 * function onMessage(token: InterruptToken): boolean {
 *   return InterruptHandle.from(token).kill();
 * }
 * ```
 */
export class InterruptHandle {
  readonly #index: number;
  readonly #generation: number;

  private constructor({ index, generation }: InterruptToken) {
    this.#index = index;
    this.#generation = generation;
  }

  /**
   * The handle that a token stands for, in whichever Worker.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no token.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if no guest can have it.
   */
  static from(token: InterruptToken): InterruptHandle {
    const { index, generation }: Partial<InterruptToken> = token ?? {};
    if (typeof index !== "number" || typeof generation !== "number") {
      throw wrongType("Cannot make an interrupt handle: the argument is not a token of one");
    }
    const fits = Number.isInteger(index) && index >= 0 && index < CELLS &&
      // A place that is in use has an odd number.
      Number.isInteger(generation) && generation > 0 && generation < 2 ** 32 &&
      generation % 2 === 1;
    if (!fits) {
      throw outOfRange(
        `Cannot make an interrupt handle: no guest has the token ${index}, ${generation}`,
      );
    }
    return new InterruptHandle({ index, generation });
  }

  /** What to send to another Worker, for {@linkcode InterruptHandle.from}. */
  get token(): InterruptToken {
    return { index: this.#index, generation: this.#generation };
  }

  /** Whether the guest has gone, so that there is nothing left to interrupt. */
  get dropped(): boolean {
    return native().cellEpoch(this.#index) !== this.#generation;
  }

  /**
   * Cancels the call that runs now. A function of the host that it is in ends first; the guest is not entered again.
   * The call ends with `ERR_CANCELLED`.
   *
   * @returns True exactly if a call ends cancelled by this: none runs, no later one is touched.
   * @throws {VmletError} `ERR_LIMIT` if the kernel refuses to signal the thread; the call then ends at its next exit.
   */
  kill(): boolean {
    return interrupted(native().kill(this.#index, this.#generation));
  }

  /**
   * Stops the call that runs now for its debugger; a guest without one goes on.
   *
   * @returns True if a call runs.
   * @throws {VmletError} As {@linkcode kill}.
   */
  pause(): boolean {
    return interrupted(native().pause(this.#index, this.#generation));
  }
}

function interrupted(result: number): boolean {
  if (result >= 0) return result === 1;
  if (result === -ESRCH) return false;
  throw new VmletError(
    "ERR_LIMIT",
    `Cannot signal the thread that runs the guest: ${errnoSymbol(-result)}`,
    { errno: -result },
  );
}
