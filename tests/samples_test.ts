/** The percentiles that pools report. */

import { test } from "node:test";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Samples } from "../src/sandbox/samples.ts";

/** Counts, where the code under test sorts: the least of the numbers that so many in a hundred do not exceed. */
function percentile(numbers: readonly number[], percent: number): number {
  const atMost = (limit: number) => numbers.filter((it) => it <= limit).length;
  const fits = numbers.filter((it) => atMost(it) * 100 >= percent * numbers.length);
  return numbers.length === 0 ? 0 : Math.min(...fits);
}

function assertPercentiles(numbers: readonly number[]): void {
  const samples = new Samples();
  for (const it of numbers) samples.add(it);
  const last = numbers.slice(-1000);
  const [p50, p90, p99, max] = [50, 90, 99, 100].map((it) => percentile(last, it));
  assertEquals(samples.percentiles(), { p50, p90, p99, max } as never);
}

test("Samples have the percentiles of the last 1000, however many there were", () => {
  const time = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.nat(5));
  fc.assert(
    fc.property(fc.array(time.map((it) => it + 0), { maxLength: 1500 }), assertPercentiles),
    { numRuns: 60 },
  );
});

test("Samples of every number have the percentiles that counting gives", () => {
  for (let count = 0; count <= 1003; count += count < 110 ? 1 : 19) {
    assertPercentiles(Array.from({ length: count }, (_, i) => (i * 7919) % 1009));
  }
});
