/** A program whose sandboxes an OpenTelemetry collector gets to know of: spans and metrics of each kind. */

import { context, trace } from "@opentelemetry/api";
import process from "node:process";
import { Pool, Sandbox, VmletError } from "../../mod.ts";
import { HELLO, HOST_ADD } from "./guests.ts";

const guest = process.argv[2] as string;

// In Deno the SDK is the runtime's own.
const sdk = process.versions.bun === undefined ? undefined : await import("./otel_sdk.ts");

const tracer = trace.getTracer("test");

const imports = {
  host_add: {
    ...HOST_ADD.host_add,
    // What a function of the host does is inside of its own span.
    callback: (a: number, b: number) =>
      tracer.startActiveSpan("inside of host_add", (span) => {
        span.end();
        return (a + b) | 0;
      }),
  },
};

/** Called as an asynchronous import begins. */
let began: (() => void) | undefined;

const asyncImports = {
  host_add: {
    ...HOST_ADD.host_add,
    callback: async (a: number, b: number) => {
      began?.();
      await new Promise((resolve) => setTimeout(resolve, 5));
      return await tracer.startActiveSpan("inside of host_add", async (span) => {
        await Promise.resolve();
        span.end();
        return (a + b) | 0;
      });
    },
  },
};

async function within(name: string, run: () => unknown): Promise<void> {
  const span = tracer.startSpan(name);
  await context.with(trace.setSpan(context.active(), span), run);
  span.end();
}

await within("synchronous", async () => {
  using sandbox = await Sandbox.create({ guest, exports: HELLO, imports });
  const clean = sandbox.snapshot();
  sandbox.exports.add_in_host(1, 2);
  try {
    sandbox.exports.refuse(7);
  } catch (error) {
    if (!(error instanceof VmletError)) throw error;
  }
  sandbox.restore(clean);
});

await within("asynchronous", async () => {
  using sandbox = await Sandbox.create({ guest, exports: HELLO, imports: asyncImports });
  await sandbox.async.add_in_host(1, 2);
  const controller = new AbortController();
  began = () => controller.abort(new DOMException("too late", "TimeoutError"));
  await sandbox.async.add_in_host(1, 2, { signal: controller.signal }).catch(() => {});
  began = undefined;
});

await within("pooled", async () => {
  const sandbox = { guest, exports: HELLO, imports: asyncImports };
  await using pool = await Pool.create({ sandbox, size: 1 });
  await Promise.all([pool.run("add_in_host", [1, 2]), pool.run("count", [])]);
});

await sdk?.shutdown();
