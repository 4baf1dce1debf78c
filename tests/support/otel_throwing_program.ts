/** Installs an SDK of OpenTelemetry's that throws whatever it is told, and works with sandboxes all the same. */

import { diag, DiagLogLevel, type MeterProvider, metrics, trace } from "@opentelemetry/api";
import { Pool, Sandbox } from "../../mod.ts";
import { guestBytes, HELLO } from "./guests.ts";

/** Throws at each use, but for the getters of what throws in turn. */
const throwing: unknown = new Proxy({}, {
  get: (_, name) => {
    if (/^(getTracer|getMeter|create)/.test(String(name))) return () => throwing;
    return () => {
      throw new Error(`${String(name)} is broken`);
    };
  },
});

let said = 0;
const say = () => void said++;
const logger = { error: say, warn: say, info: say, debug: say, verbose: say };
diag.setLogger(logger, DiagLogLevel.ERROR);
const providers = [
  () =>
    trace.setGlobalTracerProvider(throwing as Parameters<typeof trace.setGlobalTracerProvider>[0]),
  () => metrics.setGlobalMeterProvider(throwing as MeterProvider),
];
const thrown = Object.create(null);
const imports = {
  host_add: {
    parameters: ["i32", "i32"],
    result: "i32",
    callback: (a: number, b: number): number => {
      if (a < 0) throw thrown;
      return a + b;
    },
  },
} as const;

for (const install of providers) {
  install();
  const sandbox = await Sandbox.create({ guest: guestBytes("hello"), exports: HELLO, imports });
  const clean = sandbox.snapshot();
  const results = [sandbox.exports.add_in_host(1, 2), await sandbox.async.add_in_host(3, 4)];
  try {
    sandbox.exports.add_in_host(-1, 0);
  } catch (error) {
    // What the import threw has no text.
    results.push((error as Error).cause === thrown ? 0 : NaN);
  }
  sandbox.restore(clean);
  sandbox.close();
  await using pool = await Pool.create({ sandbox: { guest: guestBytes("hello"), exports: HELLO } });
  results.push(await pool.run("add", [5, 6]));
  console.log(results.join(" "));
}
console.log(said > 10 ? "said" : `said ${said} times`);
