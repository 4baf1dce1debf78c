// Spans and metrics as they arrive at a collector: from Deno's own export, and from OpenTelemetry's SDK in Bun.
import { join } from "node:path";
import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { ROOT, run } from "../scripts/tools.ts";
import { trace, type TracerProvider } from "@opentelemetry/api";
import { Sandbox, type VmletError } from "../mod.ts";
import { telemetry as look } from "../src/sandbox/telemetry.ts";
import { isDeno } from "./support/cli.ts";
import {
  type CollectedPoint,
  type CollectedSpan,
  type Collector,
  startCollector,
} from "./support/collector.ts";
import { needsKvm } from "./support/skip.ts";
import { bestTimes } from "./support/times.ts";

const skip = needsKvm;
const GUEST = join(ROOT, "guest/examples/hello.elf");

let collected: Promise<{ spans: CollectedSpan[]; points: CollectedPoint[] }> | undefined;

/** What tests/support/otel_program.ts exports. */
function telemetry() {
  return collected ??= (async () => {
    await using collector: Collector = await startCollector();
    const program = join(ROOT, "tests/support/otel_program.ts");
    const args = isDeno ? ["run", "-A", "--quiet", "--no-check", program] : [program];
    const { code, output } = await run([process.execPath, ...args, GUEST], {
      capture: true,
      timeout: 60_000,
      env: {
        OTEL_DENO: isDeno ? "true" : "",
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      },
    });
    assertEquals([code, output], [0, ""]);
    return { spans: collector.spans(), points: collector.points() };
  })();
}

/** The names of our spans inside of one of the program's, each with those around it. */
async function treeOf(root: string): Promise<string[]> {
  const { spans } = await telemetry();
  return spans.filter((it) => it.path.at(-1) === root && it.scope !== "deno")
    .map((it) => [it.name, ...it.path].toReversed().join(" > ")).toSorted();
}

test("Sandbox makes spans of creation, calls, imports and restores, nested", { skip }, async () => {
  assertEquals(
    await treeOf("synchronous"),
    [
      "synchronous > create sandbox",
      "synchronous > create sandbox > initialise guest",
      "synchronous > call add_in_host",
      "synchronous > call add_in_host > import host_add",
      "synchronous > call add_in_host > import host_add > inside of host_add",
      "synchronous > call refuse",
      "synchronous > restore sandbox",
    ].toSorted(),
  );
});

test("Sandbox makes the same spans in asynchronous calls", { skip }, async () => {
  assertEquals(
    await treeOf("asynchronous"),
    [
      "asynchronous > create sandbox",
      "asynchronous > create sandbox > initialise guest",
      // Where the signal ends the call, the function of the host goes on, although nobody waits for it any more.
      ...["asynchronous > call add_in_host", "asynchronous > call add_in_host"],
      "asynchronous > call add_in_host > import host_add",
      "asynchronous > call add_in_host > import host_add",
      "asynchronous > call add_in_host > import host_add > inside of host_add",
      "asynchronous > call add_in_host > import host_add > inside of host_add",
    ].toSorted(),
  );
});

test("Pool makes a span of each call, with the wait, the call and the restore", {
  skip,
}, async () => {
  assertEquals(await treeOf("pooled"), [
    "pooled > create sandbox",
    "pooled > create sandbox > initialise guest",
    "pooled > run add_in_host",
    "pooled > run add_in_host > call add_in_host",
    "pooled > run add_in_host > call add_in_host > import host_add",
    "pooled > run add_in_host > call add_in_host > import host_add > inside of host_add",
    "pooled > run add_in_host > restore sandbox",
    "pooled > run count",
    "pooled > run count > call count",
    "pooled > run count > restore sandbox",
  ]);
});

test("Spans name the guest, the function and the error, and lie inside of each other", {
  skip,
}, async () => {
  const { spans } = await telemetry();
  const own = spans.filter((it) => it.scope === "@vmlet/vmlet");
  for (const span of own) {
    assertEquals(span.attributes["vmlet.guest"], GUEST);
    const [, target] = span.name.split(" ");
    const isFunction = /^(call|import|run) /.test(span.name);
    assertEquals(span.attributes["vmlet.function"], isFunction ? target : undefined);
    assert(span.end >= span.start);
  }
  const [refused] = own.filter((it) => it.name === "call refuse");
  assertEquals(refused?.attributes["error.type"], "ERR_GUEST_ERROR");
  assertEquals([refused?.status, refused?.events], [2, ["exception"]]);
  const calls = own.filter((it) =>
    it.path.at(-1) === "synchronous" && it.name === "call add_in_host"
  );
  const imports = own.filter((it) =>
    it.path.at(-1) === "synchronous" && it.name.startsWith("import")
  );
  assertEquals([calls.length, imports.length], [1, 1]);
  assert(calls[0]!.start <= imports[0]!.start && imports[0]!.end <= calls[0]!.end);
});

test("A10.5 calls, errors, cancellations and durations are counted, by function", {
  skip,
}, async () => {
  const { points } = await telemetry();
  const sum = (metric: string, attributes: Record<string, string> = {}) =>
    points.filter((it) =>
      it.metric === metric &&
      Object.entries(attributes).every(([key, value]) => it.attributes[key] === value)
    ).reduce((sum, it) => sum + it.value, 0);
  const add = { "vmlet.function": "add_in_host" };
  assertEquals(sum("vmlet.create.duration"), 3);
  assertEquals(sum("vmlet.initialise.duration"), 3);
  assertEquals(sum("vmlet.call.duration", add), 4);
  assertEquals(sum("vmlet.call.duration"), 6);
  assertEquals(sum("vmlet.import.duration", { "vmlet.function": "host_add" }), 4);
  assertEquals(sum("vmlet.restore.duration"), 3);
  assertEquals(sum("vmlet.pool.run.duration"), 2);
  assertEquals(sum("vmlet.pool.wait.duration"), 2);
  assertEquals(sum("vmlet.errors", { "error.type": "ERR_GUEST_ERROR" }), 1);
  assertEquals(sum("vmlet.errors", { "error.type": "TimeoutError" }), 1);
  assertEquals(sum("vmlet.cancellations"), 1);
  // Two for a call with an import, one for each other; the signal came while the guest was out.
  assert(sum("vmlet.exits", { "vmlet.exit.reason": "KVM_EXIT_IO" }) >= 9);
  assert(sum("vmlet.restore.pages") > 0);
  const bytes = (direction: string) => sum("vmlet.io", { "vmlet.io.direction": direction });
  assert(bytes("in") > 6 * 50 && bytes("in") < 6 * 1000, `${bytes("in")}`);
  assert(bytes("out") > 6 * 20 && bytes("out") < 6 * 1000, `${bytes("out")}`);
  assertEquals(sum("vmlet.sandboxes"), 0);
  assert(points.some((it) => it.metric === "vmlet.sandboxes"));
});

test("Metrics have units", { skip }, async () => {
  const { points } = await telemetry();
  const units = Object.fromEntries(points.map(({ metric, unit }) => [metric, unit]));
  for (const [metric, unit] of Object.entries(units)) {
    if (metric.startsWith("vmlet.") && metric.endsWith(".duration")) {
      assertEquals(unit, "s", metric);
    }
  }
  assertEquals([units["vmlet.io"], units["vmlet.exits"]], ["By", "{exit}"]);
});

test("Sandbox and Pool do what they do when an SDK throws, and OpenTelemetry's diag says so", {
  skip,
}, async () => {
  const program = join(ROOT, "tests/support/otel_throwing_program.ts");
  const args = isDeno ? ["run", "-A", "--quiet", "--no-check", program] : [program];
  const { code, output } = await run([process.execPath, ...args], {
    capture: true,
    timeout: 60_000,
  });
  assertEquals([code, output.trim()], [0, "3 7 0 11\n3 7 0 11\nsaid"]);
});

test("A span of a restore cannot use the sandbox that is half restored", { skip }, async () => {
  const exports = { count: { parameters: [], result: "i32" } } as const;
  using sandbox = await Sandbox.create({ guest: GUEST, exports });
  using clean = sandbox.snapshot();
  const codes: unknown[] = [];
  const use = () => {
    for (const it of [() => sandbox.exports.count(), () => sandbox.close()]) {
      try {
        it();
      } catch (error) {
        codes.push((error as VmletError).code);
      }
    }
  };
  const noop = trace.getTracer("no SDK").startSpan("none");
  const span = Object.assign(Object.create(noop), { end: use });
  const startSpan = () => (use(), span);
  assertEquals(sandbox.exports.count(), 1);
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) } as unknown as TracerProvider);
  try {
    sandbox.restore(clean);
  } finally {
    trace.disable();
  }
  assertEquals(codes, Array(4).fill("ERR_BUSY"));
  assertEquals([sandbox.snapshot() === clean, sandbox.exports.count()], [true, 1]);
});

test("A call costs at most 1 % more while no SDK is installed", { skip }, async () => {
  assertEquals(look(), undefined);
  using sandbox = await Sandbox.create({
    guest: GUEST,
    exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
  });
  const { add } = sandbox.exports;
  const often = (run: () => void) => () => {
    for (let i = 0; i < 300; i++) run();
  };
  // What a call does for telemetry, and a call.
  const [looking, calling] = bestTimes(100, often(look), often(() => add(1, 2)));
  assert(looking < calling / 100, `${looking} ms of ${calling} ms`);
});
