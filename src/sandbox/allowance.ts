/** How much of something may be done in a second. */

/** Lets through so much in a second, and at once what was not used of one second. */
export class Allowance {
  readonly #rate: number;
  readonly #most: number;
  #left: number;
  #at = performance.now();

  /** So much a second, which may be Infinity. */
  constructor(rate: number) {
    this.#rate = rate;
    this.#most = this.#left = Math.max(1, rate);
  }

  /** Whether so much may be done now; then it is taken. */
  take(count: number): boolean {
    if (this.#rate === Infinity) return true;
    const now = performance.now();
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) / 1000 * this.#rate);
    this.#at = now;
    if (count > this.#left) return false;
    this.#left -= count;
    return true;
  }

  /** Takes so much, although it may not be there: what comes then has to wait for it. */
  spend(count: number): void {
    this.#left -= count;
  }
}
