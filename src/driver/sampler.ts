/** Looks at a guest every so often while it runs, by interrupting it. */

/** What looks at a guest. */
export interface Sampling {
  /** How many milliseconds the guest runs in between, calls one after the other counted together. */
  readonly interval: number;
  /** Called with the guest stopped in the middle of whatever it does: its registers can be read. */
  look(): void;
}

/** Says when the next look is due: only the time counts for which the guest runs. */
export class Sampler {
  readonly #sampling: Sampling;
  /** How long the guest may still run before it is looked at. */
  #left: number;
  #enteredAt = 0;

  /** The first look comes after one interval. */
  constructor(sampling: Sampling) {
    this.#sampling = sampling;
    this.#left = sampling.interval;
  }

  /** Says that the guest is entered now, by `performance.now()`. Returns when it is to be interrupted. */
  enter(now: number): number {
    this.#enteredAt = now;
    // The guest left by itself before the signal came. To interrupt it at its entry would be a look at its host's code.
    if (this.#left <= 0) this.#left = this.#sampling.interval * Math.random();
    return now + this.#left;
  }

  /** Says that it has left. */
  leave(now: number): void {
    this.#left -= now - this.#enteredAt;
  }

  /** Looks at the guest, which a signal has interrupted, if it is time to. */
  interrupted(): void {
    if (this.#left > 0) return;
    this.#left = this.#sampling.interval;
    this.#sampling.look();
  }
}
