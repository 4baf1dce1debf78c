/** Compares what takes how long, also on a machine that is busy. */

/** Runs these in turns; the shortest time of each in milliseconds. */
export function bestTimes<const R extends readonly (() => void)[]>(
  rounds: number,
  ...runs: R
): { -readonly [I in keyof R]: number } {
  const best = runs.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    runs.forEach((run, i) => {
      const began = performance.now();
      run();
      best[i] = Math.min(best[i] ?? Infinity, performance.now() - began);
    });
  }
  return best as { -readonly [I in keyof R]: number };
}
