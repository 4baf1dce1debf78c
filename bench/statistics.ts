/** Medians and quartiles, which a few disturbed measurements do not move. */

/** The median of numbers in any order. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The first and the third quartile. */
export function quartiles(numbers: readonly number[]): [low: number, high: number] {
  return [quantile(numbers, 0.25), quantile(numbers, 0.75)];
}

/** The arithmetic mean, which counts every pause. */
export function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, it) => sum + it, 0) / numbers.length;
}

/** The value below which a share of the numbers lies, interpolated. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}
