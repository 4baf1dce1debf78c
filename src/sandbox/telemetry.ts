/** Spans and metrics through OpenTelemetry's API. docs/observability.md lists their names, which are an interface. */

import {
  type Attributes,
  context,
  type Counter,
  createNoopMeter,
  diag,
  type Histogram,
  type MeterProvider,
  metrics,
  ProxyTracerProvider,
  SpanStatusCode,
  trace,
  type Tracer,
  type TracerProvider,
  type UpDownCounter,
} from "@opentelemetry/api";
import { VmletError } from "../ffi/mod.ts";
import { exitName } from "../kvm/mod.ts";
import { messageOf } from "./error.ts";
import { VERSION } from "./version.ts";

// What the API gives where nobody has installed an SDK.
const NO_TRACERS = new ProxyTracerProvider().getDelegate();
const NO_METER = createNoopMeter();

/** The name of what makes these spans and metrics. */
const SCOPE = "@vmlet/vmlet";

/** What takes time: the name of its span, and of its histogram. */
const OPERATIONS = {
  create: { span: "create sandbox", histogram: "vmlet.create.duration" },
  initialise: { span: "initialise guest", histogram: "vmlet.initialise.duration" },
  call: { span: "call", histogram: "vmlet.call.duration" },
  import: { span: "import", histogram: "vmlet.import.duration" },
  restore: { span: "restore sandbox", histogram: "vmlet.restore.duration" },
  pool: { span: "run", histogram: "vmlet.pool.run.duration" },
} as const;

type Operation = keyof typeof OPERATIONS;

/** Seconds, from a call of some microseconds to one that a deadline ends (as explicit buckets of a histogram). */
const BUCKETS = [
  ...[0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01],
  ...[0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
];

/** What a guest and its host did, by numbers that only grow. */
export interface Work {
  /** How often the guest left, by the number of KVM's reason, with holes. */
  readonly exits: readonly number[];
  /** Bytes of arguments and of imports' results. */
  readonly bytesIn: number;
  /** Bytes of results, of imports' arguments and of the log. */
  readonly bytesOut: number;
  /** Records of the log that were dropped. */
  readonly dropped: number;
  /** Pages that restores copied. */
  readonly pages: number;
}

/** Tells an SDK something. What watches must not change what it watches: an SDK that throws is OpenTelemetry's affair. */
function tell<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch (error) {
    diag.error("vmlet: the SDK of OpenTelemetry's threw", error);
    return undefined;
  }
}

/** How many sandboxes there are, those included that were made while nobody looked. */
let sandboxes = 0;

/** Counts a sandbox that is there from now on (1), or no more (-1); returns how many this thread has. */
export function countSandbox(change: 1 | -1): number {
  // First, since whoever begins to look counts those that are there.
  const observer = telemetry();
  sandboxes += change;
  observer?.countSandbox(change);
  return sandboxes;
}

/** What watches one program's sandboxes, once it has installed an SDK. */
export class Telemetry {
  readonly #tracer: Tracer;
  readonly #durations: Readonly<Record<Operation, Histogram>>;
  readonly #wait: Histogram;
  readonly #errors: Counter;
  readonly #cancellations: Counter;
  readonly #exits: Counter;
  readonly #bytes: Counter;
  readonly #pages: Counter;
  readonly #dropped: Counter;
  readonly #sandboxes: UpDownCounter;

  /** Whether anybody counts: spans alone need no {@linkcode count}. */
  readonly counts: boolean;

  /** Makes the instruments of these providers. */
  constructor(tracers: TracerProvider, meters: MeterProvider) {
    this.#tracer = tracers.getTracer(SCOPE, VERSION);
    const meter = meters.getMeter(SCOPE, VERSION);
    this.counts = meter !== NO_METER;
    const seconds = (name: string, description: string) =>
      meter.createHistogram(name, {
        unit: "s",
        description,
        advice: { explicitBucketBoundaries: BUCKETS },
      });
    const count = (name: string, unit: string, description: string) =>
      meter.createCounter(name, { unit, description });
    const histogram = (operation: Operation, description: string) =>
      seconds(OPERATIONS[operation].histogram, description);
    this.#durations = {
      create: histogram("create", "How long it takes to make a sandbox"),
      initialise: histogram("initialise", "How long guests take to initialise"),
      call: histogram("call", "How long calls of guests' functions take"),
      import: histogram("import", "How long functions of the host take for guests"),
      restore: histogram("restore", "How long it takes to bring a snapshot back"),
      pool: histogram("pool", "How long calls of a pool take, the wait for a sandbox included"),
    };
    this.#wait = seconds("vmlet.pool.wait.duration", "How long calls wait for a sandbox of a pool");
    this.#errors = count("vmlet.errors", "{error}", "Calls that failed, by error.type");
    this.#cancellations = count(
      "vmlet.cancellations",
      "{cancellation}",
      "Calls that a kill, a signal or a limit ended",
    );
    this.#exits = count("vmlet.exits", "{exit}", "How often guests left, by KVM's reasons");
    this.#bytes = count("vmlet.io", "By", "Bytes of messages to guests and from them");
    this.#pages = count("vmlet.restore.pages", "{page}", "Pages that restores copied");
    this.#dropped = count("vmlet.log.dropped", "{record}", "Records of guests' logs dropped");
    const description = "Sandboxes that are there";
    this.#sandboxes = meter.createUpDownCounter("vmlet.sandboxes", {
      unit: "{sandbox}",
      description,
    });
    if (sandboxes > 0) this.#sandboxes.add(sandboxes);
  }

  /**
   * Runs something in a span of its own, and measures it. A promise that it gives is part of it.
   *
   * @param operation What it is.
   * @param attributes Of the span and of the measurement: `vmlet.function`, which the span's name ends with, and others.
   * @param run The span's context is the active one meanwhile.
   * @param finished Called when it is over, however it ended.
   */
  observe<T>(
    operation: Operation,
    attributes: Attributes,
    run: () => T,
    finished?: () => void,
  ): T {
    const parent = context.active();
    const target = attributes["vmlet.function"];
    const { span: name } = OPERATIONS[operation];
    const full = target === undefined ? name : `${name} ${target}`;
    const span = tell(() => this.#tracer.startSpan(full, { attributes }, parent));
    const inside = span ? trace.setSpan(parent, span) : parent;
    const began = performance.now();
    const end = (failure?: { readonly error: unknown }) => {
      const seconds = (performance.now() - began) / 1000;
      const type = failure && errorType(failure.error);
      const all = type === undefined ? attributes : { ...attributes, "error.type": type };
      tell(() => this.#durations[operation].record(seconds, all, inside));
      if (failure && type !== undefined) {
        const { error } = failure;
        tell(() => {
          const message = messageOf(error) ?? type;
          span?.setAttribute("error.type", type);
          span?.recordException(error instanceof Error ? error : message);
          span?.setStatus({ code: SpanStatusCode.ERROR, message });
        });
        if (operation === "call") this.#countFailure(all, error);
      }
      finished?.();
      tell(() => span?.end());
    };
    try {
      const result = context.with(inside, run);
      if (typeof (result as PromiseLike<unknown> | undefined)?.then === "function") {
        return Promise.resolve(result).then((value) => {
          end();
          return value;
        }, (error) => {
          end({ error });
          throw error;
        }) as T;
      }
      end();
      return result;
    } catch (error) {
      end({ error });
      throw error;
    }
  }

  /** Counts what a call or a restore did. */
  count({ exits, bytesIn, bytesOut, dropped, pages }: Work, attributes: Attributes): void {
    tell(() => {
      exits.forEach((count, reason) => {
        const name = exitName(reason);
        if (count > 0) this.#exits.add(count, { ...attributes, "vmlet.exit.reason": name });
      });
      if (bytesIn) this.#bytes.add(bytesIn, { ...attributes, "vmlet.io.direction": "in" });
      if (bytesOut) this.#bytes.add(bytesOut, { ...attributes, "vmlet.io.direction": "out" });
      if (dropped) this.#dropped.add(dropped, attributes);
      if (pages) this.#pages.add(pages, attributes);
    });
  }

  /** Counts a sandbox that is there from now on (1), or no more (-1). */
  countSandbox(change: 1 | -1): void {
    tell(() => this.#sandboxes.add(change));
  }

  /** Measures how long a call waited for a sandbox, in milliseconds. */
  waited(milliseconds: number, attributes: Attributes): void {
    tell(() => this.#wait.record(milliseconds / 1000, attributes));
  }

  #countFailure(attributes: Attributes, error: unknown): void {
    const isCancelled = !(error instanceof VmletError) || error.code === "ERR_CANCELLED" ||
      error.code === "ERR_DEADLINE";
    tell(() => {
      this.#errors.add(1, attributes);
      if (isCancelled) this.#cancellations.add(1, attributes);
    });
  }
}

/** The code of an error, or its name. */
function errorType(error: unknown): string {
  if (error instanceof VmletError) return error.code;
  try {
    return error instanceof Error ? String(error.name) : typeof error;
  } catch {
    return "_OTHER";
  }
}

let tracers: TracerProvider = NO_TRACERS;
let meters: MeterProvider | undefined;
let current: Telemetry | undefined;

/**
 * What watches sandboxes now; undefined where no SDK is installed. Programs may install one at any time, so this looks
 * at each call: two look-ups, some 20 ns.
 */
export function telemetry(): Telemetry | undefined {
  const provider = trace.getTracerProvider();
  const nowTracers = provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
  const nowMeters = metrics.getMeterProvider();
  if (nowTracers === tracers && nowMeters === meters) return current;
  tracers = nowTracers;
  meters = nowMeters;
  return current = tell(() => {
    const isOff = nowTracers === NO_TRACERS && nowMeters.getMeter(SCOPE) === NO_METER;
    return isOff ? undefined : new Telemetry(nowTracers, nowMeters);
  });
}
