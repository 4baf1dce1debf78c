/**
 * What OpenTelemetry costs a call of add(i32, i32), in turns within one run: without an SDK, and with one that keeps
 * nothing. `deno run -A bench/telemetry.ts` or `bun bench/telemetry.ts`.
 */

import { metrics, trace } from "@opentelemetry/api";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { AlwaysOffSampler, NoopSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { Sandbox } from "../mod.ts";
import { telemetry } from "../src/sandbox/telemetry.ts";

using sandbox = await Sandbox.create({
  guest: new URL("../guest/examples/bench.elf", import.meta.url),
  exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
});
const { add } = sandbox.exports;

const spans = new TracerProvider({ spanProcessors: [new NoopSpanProcessor()] });
const sampledOut = new TracerProvider({ sampler: new AlwaysOffSampler() });
const meters = new MeterProvider();

const CALLS = 200;
const ROUNDS = 150;

/** What is measured, and what is installed meanwhile. */
const CASES = {
  "a call": { install: () => {}, run: () => add(1, 2) },
  "what it does for telemetry": { install: () => {}, run: () => telemetry() },
  "with metrics": { install: () => metrics.setGlobalMeterProvider(meters), run: () => add(1, 2) },
  "with spans": { install: () => trace.setGlobalTracerProvider(spans), run: () => add(1, 2) },
  "with spans sampled out": {
    install: () => trace.setGlobalTracerProvider(sampledOut),
    run: () => add(1, 2),
  },
};

const times: Record<string, number[]> = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { install, run }] of Object.entries(CASES)) {
    trace.disable();
    metrics.disable();
    install();
    run();
    const began = performance.now();
    for (let i = 0; i < CALLS; i++) run();
    (times[name] ??= []).push((performance.now() - began) / CALLS * 1e6);
  }
}
const median = (list: number[]) => list.toSorted((a, b) => a - b)[list.length >> 1] as number;
const call = median(times["a call"] as number[]);
for (const [name, list] of Object.entries(times)) {
  const time = median(list);
  console.log(`${name}: ${time.toFixed(0)} ns, ${(time / call).toFixed(4)} of a call`);
}
