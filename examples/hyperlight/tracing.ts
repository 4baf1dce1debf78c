/**
 * Hyperlight's tracing: the spans of sandboxes, their calls and the functions of the host, inside of the program's own. The
 * SDK of OpenTelemetry's is installed by the program; here each span is printed as it ends.
 *
 * Run it as `deno run -A examples/hyperlight/tracing.ts [GUEST]` or `bun examples/hyperlight/tracing.ts [GUEST]`. In Deno
 * `OTEL_DENO=true` sends all spans to a collector instead, and the program needs no SDK.
 */

import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { type ReadableSpan, SimpleSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { Sandbox } from "../../mod.ts";
import { guest } from "./guest.ts";

const names = new Map<string, string>();

/** Prints spans, the names of those around them first. */
const printer = {
  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    for (const { name, parentSpanContext, status } of spans) {
      const parent = names.get(parentSpanContext?.spanId ?? "");
      console.log(`${parent ?? ""} > ${name}${status.code === 2 ? ` (${status.message})` : ""}`);
    }
    done({ code: 0 });
  },
  shutdown: async () => {},
};

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(
  new TracerProvider({
    spanProcessors: [
      {
        onStart: (span) => void names.set(span.spanContext().spanId, span.name),
        onEnd: () => {},
        forceFlush: async () => {},
        shutdown: async () => {},
      },
      new SimpleSpanProcessor({ exporter: printer }),
    ],
  }),
);

await trace.getTracer("example").startActiveSpan("the program", async (span) => {
  using sandbox = await Sandbox.create({
    guest: guest(),
    exports: {
      Add: { parameters: ["i32", "i32"], result: "i32" },
      TriggerException: { parameters: [], result: "void" },
    },
    imports: {
      HostAdd: { parameters: ["i32", "i32"], result: "i32", callback: (a, b) => a + b },
    },
  });
  using clean = sandbox.snapshot();
  sandbox.exports.Add(40, 2);
  await sandbox.async.Add(1, 2);
  try {
    sandbox.exports.TriggerException();
  } catch {
    sandbox.restore(clean);
  }
  span.end();
});
