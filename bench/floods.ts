/**
 * What a guest costs its host that floods it with records of its log, batches of its trace, or allocations: the time of each
 * beside that of a bare exit, in turns within one run. `deno run -A bench/floods.ts` or `bun bench/floods.ts`.
 */

import { Sandbox } from "../mod.ts";
import { buildGuest } from "../tests/support/build_guest.ts";

const guest = await buildGuest("observed.c", "-g");
const exports = {
  leave: { parameters: ["i32"], result: "void" },
  flood: { parameters: ["i32", "i32"], result: "void" },
  hand_over: { parameters: ["buffer", "u64", "u64", "i32", "bool"], result: "void" },
  trace_often: { parameters: ["i32"], result: "void" },
  allocate_often: { parameters: ["i32"], result: "void" },
} as const;

using sandbox = await Sandbox.create({
  ...{ guest, exports, traceGuest: true, memProfile: true },
  ...{ log: () => {}, logRate: 10, memory: { heap: 1 << 24 } },
});
const { leave, flood, hand_over, trace_often, allocate_often } = sandbox.exports;
const nonsense = new Uint8Array(1 << 20);
const COUNT = 200;

/** What is done COUNT times, and how many exits each takes. */
const CASES: Record<string, { readonly run: () => void; readonly exits: number }> = {
  "a bare exit": { run: () => leave(COUNT), exits: 1 },
  "a record of 100 bytes": { run: () => flood(COUNT, 100), exits: 1 },
  "a record of 8 MB": { run: () => flood(COUNT, 8_000_000), exits: 1 },
  "an event": { run: () => trace_often(COUNT), exits: 1 / 32 },
  "a batch of 1 MiB": { run: () => hand_over(nonsense, 0n, 0n, COUNT, false), exits: 1 },
  "malloc and free": { run: () => allocate_often(COUNT), exits: 2 },
};

const best: Record<string, number> = {};
for (let round = 0; round < 15; round++) {
  for (const [name, { run }] of Object.entries(CASES)) {
    const began = performance.now();
    run();
    const time = (performance.now() - began) * 1000 / COUNT;
    // The first rounds use up what a guest may hand over before it is limited.
    if (round >= 5) best[name] = Math.min(best[name] ?? Infinity, time);
  }
}
const exit = best["a bare exit"] as number;
for (const [name, { exits }] of Object.entries(CASES)) {
  const time = best[name] as number;
  const share = (time / (exit * exits)).toFixed(2);
  console.log(`${name}: ${time.toFixed(1)} us, ${share} times its exits`);
}
