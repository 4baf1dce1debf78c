/**
 * Hyperlight's metrics: what sandboxes do, counted by OpenTelemetry. The SDK is installed by the program; here it hands its
 * numbers back instead of sending them.
 *
 * Run it as `deno run -A examples/hyperlight/metrics.ts [GUEST]` or `bun examples/hyperlight/metrics.ts [GUEST]`.
 */

import { metrics } from "@opentelemetry/api";
import { DataPointType, MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { Sandbox, VmletError } from "../../mod.ts";
import { guest } from "./guest.ts";

class OnDemand extends MetricReader {
  override async onForceFlush(): Promise<void> {}
  override async onShutdown(): Promise<void> {}
}
const reader = new OnDemand();
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));

const file = guest();
for (let i = 0; i < 3; i++) {
  using sandbox = await Sandbox.create({
    guest: file,
    exports: {
      Echo: { parameters: ["string"], result: "string" },
      Spin: { parameters: [], result: "void" },
      GuestAbortWithMessage: { parameters: ["i32", "string"], result: "void" },
    },
  });
  using clean = sandbox.snapshot();
  sandbox.exports.Echo("hello");
  for (
    const fail of [
      () => sandbox.call("Spin", [], { deadline: 20 }),
      () => sandbox.exports.GuestAbortWithMessage(42, "Oh no"),
    ]
  ) {
    try {
      fail();
    } catch (error) {
      if (!(error instanceof VmletError)) throw error;
      sandbox.restore(clean);
    }
  }
}

const { resourceMetrics } = await reader.collect();
for (
  const { descriptor, dataPointType, dataPoints } of resourceMetrics.scopeMetrics[0]?.metrics ?? []
) {
  for (const { value, attributes } of dataPoints) {
    const count = dataPointType === DataPointType.HISTOGRAM
      ? (value as { readonly count: number }).count
      : value;
    const { "vmlet.guest": _guest, ...rest } = attributes;
    const shown = Object.entries(rest).map(([key, it]) => `${key}=${it}`).toSorted().join(" ");
    console.log(`${descriptor.name} ${count} ${shown}`.trimEnd());
  }
}
