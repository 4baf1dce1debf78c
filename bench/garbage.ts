/**
 * How much garbage a call makes: the heap's growth over a million calls of `add`, sampled between collections.
 *
 *   deno run -A --v8-flags=--expose-gc bench/garbage.ts      bun bench/garbage.ts
 */

import { readFile } from "node:fs/promises";
import process from "node:process";
import { Sandbox } from "../mod.ts";

const CALLS = 1_000_000;
const SAMPLE = 5000;

const { gc, Bun } = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };
const collect = () => Bun ? Bun.gc(true) : gc?.();

using sandbox = await Sandbox.create({
  guest: await readFile(new URL("../guest/examples/bench.elf", import.meta.url)),
  exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
});
const { add } = sandbox.exports;
// Until the compilers are done with it.
for (let i = 0; i < 10 * SAMPLE; i++) add(i, 1);

const samples: number[] = [];
for (let done = 0; done < CALLS; done += SAMPLE) {
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < SAMPLE; i++) add(i, 1);
  samples.push((process.memoryUsage().heapUsed - before) / SAMPLE);
}
samples.sort((a, b) => a - b);
const at = (part: number) => (samples[Math.floor((samples.length - 1) * part)] ?? NaN).toFixed(2);
console.log(`bytes of heap a call, over ${CALLS} calls: median ${at(0.5)}, 90 % below ${at(0.9)}`);
