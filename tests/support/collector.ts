/** A collector of OpenTelemetry's protocol (OTLP over HTTP, in JSON): keeps the spans and metrics that arrive. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An attribute as OTLP writes it. */
interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string };
}

/** A span, with the names of what it is in. */
export interface CollectedSpan {
  readonly name: string;
  /** The names of the spans around it, the innermost first. */
  readonly path: readonly string[];
  readonly scope: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly start: bigint;
  readonly end: bigint;
  /** 2 for an error. */
  readonly status: number | undefined;
  readonly events: readonly string[];
}

/** One stream of a metric: its points with the same attributes. */
export interface CollectedPoint {
  readonly metric: string;
  readonly unit: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** The last sum, or how many were measured. */
  readonly value: number;
}

interface RawSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes?: readonly KeyValue[];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status?: { readonly code?: number };
  readonly events?: readonly { readonly name: string }[];
}

interface RawPoint {
  readonly attributes?: readonly KeyValue[];
  readonly asInt?: string | number;
  readonly asDouble?: number;
  readonly count?: string | number;
}

interface RawMetric {
  readonly name: string;
  readonly unit: string;
  readonly sum?: { readonly dataPoints: readonly RawPoint[] };
  readonly histogram?: { readonly dataPoints: readonly RawPoint[] };
}

interface Scoped<T extends string, V> {
  readonly resource: unknown;
  readonly scopes: readonly ({ readonly scope: { readonly name: string } } & Record<T, V[]>)[];
}

/** What arrived. */
export interface Collector extends AsyncDisposable {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  spans(): CollectedSpan[];
  points(): CollectedPoint[];
}

const attributesOf = (list: readonly KeyValue[] = []) =>
  Object.fromEntries(list.map(({ key, value }) => [key, value.stringValue]));

/** Starts a collector on a free port of this machine. */
export async function startCollector(): Promise<Collector> {
  const raw = new Map<string, { span: RawSpan; scope: string }>();
  const points = new Map<string, CollectedPoint>();
  const takeSpans = (scopes: Scoped<"spans", RawSpan>["scopes"]) => {
    for (const { scope, spans } of scopes) {
      for (const span of spans) raw.set(span.spanId, { span, scope: scope.name });
    }
  };
  const takeMetrics = (scopes: Scoped<"metrics", RawMetric>["scopes"]) => {
    for (const { metrics } of scopes) {
      for (const { name, unit, sum, histogram } of metrics) {
        for (const point of (sum ?? histogram)?.dataPoints ?? []) {
          const attributes = attributesOf(point.attributes);
          const value = Number(point.asInt ?? point.asDouble ?? point.count);
          points.set(`${name} ${JSON.stringify(attributes)}`, {
            ...{ metric: name, unit, attributes, value },
          });
        }
      }
    }
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk) => body += chunk).on("end", () => {
      const message = JSON.parse(body);
      for (const it of message.resourceSpans ?? []) takeSpans(it.scopeSpans);
      for (const it of message.resourceMetrics ?? []) takeMetrics(it.scopeMetrics);
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const pathOf = (id = ""): string[] => {
    const found = raw.get(id);
    return found ? [found.span.name, ...pathOf(found.span.parentSpanId)] : [];
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () =>
      Array.from(raw.values(), ({ span, scope }) => ({
        name: span.name,
        path: pathOf(span.parentSpanId),
        scope,
        attributes: attributesOf(span.attributes),
        start: BigInt(span.startTimeUnixNano),
        end: BigInt(span.endTimeUnixNano),
        status: span.status?.code,
        events: (span.events ?? []).map(({ name }) => name),
      })),
    points: () => [...points.values()],
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
