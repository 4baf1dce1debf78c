/** Measurements of times, and their percentiles. */

/** How long something took, in milliseconds. All are 0 where nothing was measured. */
export interface Percentiles {
  /** The median: half took at most this. */
  readonly p50: number;
  /** 90 of 100 took at most this. */
  readonly p90: number;
  /** 99 of 100 took at most this. */
  readonly p99: number;
  /** The longest. */
  readonly max: number;
}

const SAMPLES = 1000;

/** The last 1000 measurements of a kind. */
export class Samples {
  readonly #times = new Float64Array(SAMPLES);
  #count = 0;

  /** Adds one, in milliseconds. */
  add(time: number): void {
    this.#times[this.#count++ % SAMPLES] = time;
  }

  /** What they are like: each percentile is the least measurement that so many do not exceed. */
  percentiles(): Percentiles {
    const sorted = this.#times.slice(0, Math.min(this.#count, SAMPLES)).sort();
    const at = (percent: number) => sorted[Math.ceil(sorted.length * percent / 100) - 1] ?? 0;
    return { p50: at(50), p90: at(90), p99: at(99), max: at(100) };
  }
}
