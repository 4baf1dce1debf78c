/** What happened when: calls, imports, and the spans and events that a guest told, in the time of its host. */

import type { TraceBatch, TraceEvent, TraceField } from "../guest/trace.ts";

/** How many spans and events are kept. */
const MAX_ENTRIES = 100_000;
/** How much text they may have in all, in UTF-16 units. */
const MAX_TEXT = 4 * 1024 * 1024;
/** How many bytes of batches are decoded in all. */
const MAX_BYTES = 32 * 1024 * 1024;

/** A moment by both clocks. */
export interface Anchor {
  /** Milliseconds of `performance.now()`. */
  readonly time: number;
  /** The guest's time-stamp counter. */
  readonly tsc: bigint;
}

/** A span or an event on the host's clock. */
export interface TimelineEntry {
  /** What it is called. */
  readonly name: string;
  /** `host` for calls and imports, otherwise what the guest says. */
  readonly target: string;
  /** When it began, in milliseconds of `performance.now()`. */
  readonly start: number;
  /** How long it took in milliseconds; undefined for an event. */
  readonly duration: number | undefined;
  /** What the guest says more of it. */
  readonly fields: readonly TraceField[];
}

/** Collects what happens in the calls of one guest, and holds no more than it may. */
export class Timeline {
  readonly #entries: TimelineEntry[] = [];
  readonly #began: number;
  /** What the guest told in the running call, on its own clock. */
  #told: TraceEvent[] = [];
  #text = 0;
  #bytes = 0;
  #dropped = 0;

  /** Begins one at a time of `performance.now()`. */
  constructor(began: number) {
    this.#began = began;
  }

  /** The spans and events so far, in the order in which they ended. */
  get entries(): readonly TimelineEntry[] {
    return this.#entries;
  }

  /** How many spans, events and batches there was no room for. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Whether a batch of so many bytes is to be decoded. */
  accepts(bytes: number): boolean {
    this.#bytes += bytes;
    if (this.#bytes <= MAX_BYTES && this.#count < MAX_ENTRIES) return true;
    this.drop();
    return false;
  }

  /** Counts something that is not kept. */
  drop(): void {
    this.#dropped++;
  }

  /** Takes what the guest hands over in a call. */
  take({ events }: TraceBatch): void {
    for (const event of events) {
      const text = textOf(event);
      if (this.#count >= MAX_ENTRIES || this.#text + text > MAX_TEXT) this.drop();
      else {
        this.#text += text;
        this.#told.push(event);
      }
    }
  }

  /** Adds what the host did. */
  add(name: string, start: number, end: number): void {
    if (this.#count >= MAX_ENTRIES) return this.drop();
    this.#entries.push({ name, target: "host", start, duration: end - start, fields: [] });
  }

  /**
   * Ends a call: what the guest told is put on the host's clock, between these two moments. Whatever it says, nothing lies
   * outside of them, and a span ends in its call.
   */
  endCall(begin: Anchor, end: Anchor): void {
    const ticks = Number(end.tsc - begin.tsc);
    const time = (tsc: bigint) => {
      const part = ticks > 0 ? Number(tsc - begin.tsc) / ticks : 0;
      return begin.time + Math.min(1, Math.max(0, part)) * (end.time - begin.time);
    };
    const open = new Map<bigint, TraceEvent & { readonly kind: "open" }>();
    const close = (span: TraceEvent & { readonly kind: "open" }, at: number) => {
      const { name, target, fields } = span;
      const start = time(span.tsc);
      this.#entries.push({ name, target, start, duration: Math.max(0, at - start), fields });
    };
    for (const event of this.#told) {
      if (event.kind === "open") open.set(event.id, event);
      else if (event.kind === "log") {
        const { name, fields } = event;
        const target = open.get(event.parent)?.target ?? "";
        this.#entries.push({ name, target, start: time(event.tsc), duration: undefined, fields });
      } else {
        const span = open.get(event.id);
        open.delete(event.id);
        if (span) close(span, time(event.tsc));
      }
    }
    for (const span of open.values()) close(span, end.time);
    this.#told = [];
  }

  /** A copy, which does not change any more. */
  copy(): Timeline {
    const made = new Timeline(this.#began);
    made.#entries.push(...this.#entries);
    made.#dropped = this.#dropped;
    return made;
  }

  get #count(): number {
    return this.#entries.length + this.#told.length;
  }

  /** The timeline in Chrome's format for traces, as ui.perfetto.dev and chrome://tracing open it. */
  toJSON(): unknown {
    const micros = (time: number) => Math.round((time - this.#began) * 1e6) / 1e3;
    const thread = { pid: 1, tid: 1 };
    const event = ({ name, target, start, duration, fields }: TimelineEntry) => ({
      ...{ name, cat: target || "guest", ...thread, ts: micros(start) },
      ...(duration === undefined
        ? { ph: "i", s: "t" }
        : { ph: "X", dur: Math.round(duration * 1e6) / 1e3 }),
      args: Object.fromEntries(fields.map(({ key, value }) => [key, value])),
    });
    // A viewer nests what begins at the same time by the order: the longer one first, or the one that ended later.
    const spans = this.#entries.filter((it) => it.duration !== undefined).reverse();
    const events = this.#entries.filter((it) => it.duration === undefined);
    const inOrder = [...spans, ...events].sort((a, b) =>
      a.start - b.start || (b.duration ?? 0) - (a.duration ?? 0)
    );
    const named = { ph: "M", ...thread, ts: 0 };
    return {
      displayTimeUnit: "ns",
      traceEvents: [
        { ...named, name: "process_name", args: { name: "vmlet" } },
        { ...named, name: "thread_name", args: { name: "guest" } },
        ...inOrder.map(event),
      ],
    };
  }
}

function textOf(event: TraceEvent): number {
  if (event.kind === "close") return 0;
  const own = event.name.length + (event.kind === "open" ? event.target.length : 0);
  return event.fields.reduce((sum, { key, value }) => sum + key.length + value.length, own);
}
