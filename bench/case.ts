/** What a case of the benchmarks is. */

import type { Reference } from "./reference.ts";

/** What was built for the cases, by its path; undefined where it cannot be built here. */
export interface Builds {
  /** bench/floor.c. */
  readonly floor: string;
  /** bench/peer: Hyperlight's own host. */
  readonly peer?: string | undefined;
  /** bench/peer/fastguest.S. */
  readonly fastGuest?: string | undefined;
  /** The test guest on Hyperlight's crates. */
  readonly rustGuest?: string | undefined;
}

/** One case, made ready. */
export interface Prepared {
  /** Starts the other side. */
  readonly start: () => Promise<Reference>;
  /** What the other side is told, besides the number of operations. */
  readonly command: string;
  /** The same for a batch of which only the time in KVM_RUN counts, where it is to be told apart. */
  readonly inside?: string;
  /** What the other side is told for one operation by simpler means, where there are such. */
  readonly simple?: string;
  /** How many operations a batch has: a few milliseconds of work at most, in which little changes. */
  readonly operations: number;
  /** What is measured. */
  readonly unit: "ns" | "bytes";
  /** Does as many operations; returns what they took. */
  readonly batch: (operations: number) => number | Promise<number>;
  /** Whether two threads of either side have to run at once. Else both sides share one CPU. */
  readonly needsTwoCpus?: boolean;
  /** Whether what a batch makes stays until the end, so that there are few of them, and none before those that count. */
  readonly keeps?: boolean;
  /** Releases what was made. */
  readonly close: () => void;
}

/** One case. */
export interface Case {
  readonly name: string;
  readonly what: string;
  /** What does the same work: C, or Hyperlight's host in Rust with its guest. */
  readonly against: "C" | "Rust";
  /** What has to be built for it. */
  readonly needs: readonly (keyof Builds)[];
  readonly prepare: (builds: Builds) => Prepared | Promise<Prepared>;
}

/** The time in nanoseconds. */
export const now = (): number => performance.now() * 1e6;

/** The same for two threads: their clocks differ by less than a microsecond. */
export const wallClock = (): number => (performance.timeOrigin + performance.now()) * 1e6;
