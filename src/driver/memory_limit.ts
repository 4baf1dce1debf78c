/** Ends calls of a guest that takes more of the host's memory than it may. */

import { native, VmletError } from "../ffi/mod.ts";
import { type Memory, PAGE_SIZE } from "../kvm/mod.ts";

/**
 * No page is taken in less time than this, in milliseconds. The kernel's own part of it, without KVM's, was measured to take
 * four times as long; the rest is for faster machines.
 */
const PAGE_TIME = 0.0004;

/** While the guest runs, it is not interrupted more often than once in so many milliseconds. */
const SHORTEST_LOOK = 1;

/**
 * How much memory a guest may take. Each look is at what can have been taken at most: first by the time that has passed,
 * then by the page faults of the process, and only then are the pages counted.
 */
export class MemoryLimit {
  readonly #limit: number;
  readonly #memories: readonly Memory[];
  /** How many pages were there when they were counted last, and how many faults the process had had by then. */
  #counted = 0;
  #faults = 0;
  /** The first moment by `performance.now()` at which the guest can have more than it may. */
  #due = 0;

  /**
   * Counts what is there.
   *
   * @param limit In bytes.
   * @param memories All that the guest can write to.
   * @throws {VmletError} `ERR_MEMORY_LIMIT` if there is more already, `ERR_UNSUPPORTED_PLATFORM` if the kernel does not
   * count.
   */
  constructor(limit: number, memories: readonly Memory[]) {
    this.#limit = limit;
    this.#memories = memories;
    this.#count();
  }

  /** When to look while the guest runs, by `performance.now()`. */
  nextLook(now: number): number {
    return Math.max(this.#due, now + SHORTEST_LOOK);
  }

  /**
   * Looks whether the guest has more than it may.
   *
   * @param now The time by `performance.now()`.
   * @throws {VmletError} `ERR_MEMORY_LIMIT` if it has.
   */
  check(now: number): void {
    if (now < this.#due) return;
    const taken = this.#counted + native().pageFaults() - this.#faults;
    if (taken * PAGE_SIZE > this.#limit) this.#count();
    else this.#wait(taken);
  }

  #count(): void {
    // First, so that faults which come meanwhile count.
    this.#faults = native().pageFaults();
    let pages = 0;
    for (const memory of this.#memories) {
      const own = memory.residentPages();
      if (own === undefined) {
        throw new VmletError(
          "ERR_UNSUPPORTED_PLATFORM",
          "Cannot limit the guest's memory: this kernel does not count its pages (/proc/self/pagemap)",
        );
      }
      pages += own;
    }
    this.#counted = pages;
    if (pages * PAGE_SIZE > this.#limit) {
      throw new VmletError(
        "ERR_MEMORY_LIMIT",
        `The guest has taken ${
          pages * PAGE_SIZE
        } bytes of memory, and its memoryLimit is ${this.#limit}`,
      );
    }
    this.#wait(pages);
  }

  #wait(taken: number): void {
    const left = this.#limit / PAGE_SIZE - taken;
    this.#due = performance.now() + left * PAGE_TIME;
  }
}
