/** Records what a guest does for whoever wants to look at it: its trace, its allocations, and where its time goes. */

import { Profile, type ProfileNode } from "../debug/profile.ts";
import { type Anchor, Timeline, type TimelineEntry } from "../debug/timeline.ts";
import type { Driver } from "../driver/mod.ts";
import { outOfRange, wrongType } from "../ffi/mod.ts";
import { WireError } from "../guest/error.ts";
import { PORT } from "../guest/ports.ts";
import { decodeTrace } from "../guest/trace.ts";
import type { Regs } from "../kvm/mod.ts";
import { Allowance } from "./allowance.ts";

export type { TimelineEntry } from "../debug/timeline.ts";
export type { TraceField } from "../guest/trace.ts";

/** What is recorded of a guest; see {@linkcode Sandbox.recording}. */
export interface RecordingOptions {
  /** Its spans and events, with its calls and imports on the host's clock; false by default. */
  readonly traceGuest?: boolean;
  /**
   * What it takes from its heap and gives back, by stacks of functions: each costs an exit. False by default; for guests
   * of the kit, and those of Hyperlight's with the feature `mem_profile`.
   */
  readonly memProfile?: boolean;
  /** Where its time goes, by stacks of functions: whether, or every how many milliseconds (1 by default) it is looked at. */
  readonly cpuProfile?: boolean | { readonly interval?: number };
}

/** Amounts of something by stacks of functions, as they were when the recording was asked for. */
export interface GuestProfile {
  /** What the amounts are. */
  readonly unit: "samples" | "bytes";
  /** The sum of them all. */
  readonly total: number;
  /** Each stack that has an amount of its own, the outermost function first. */
  stacks(): Iterable<{ readonly stack: readonly string[]; readonly amount: number }>;
  /** A line for each stack, `outer;inner 42`: speedscope, inferno and flamegraph.pl read that. */
  folded(): string;
  /** A flame graph, an SVG image with this title. */
  flameGraph(title: string): string;
}

/** Spans and events, as they were when the recording was asked for. */
export interface GuestTrace {
  /** In the order in which they ended. */
  readonly entries: readonly TimelineEntry[];
  /** How many spans, events and batches of them are missing, since there was no room for them or they were broken. */
  readonly dropped: number;
  /** The object for `JSON.stringify()` that ui.perfetto.dev and chrome://tracing open (Chrome's format for traces). */
  toJSON(): unknown;
}

/** What was recorded of a guest so far: what the sandbox's options asked for. */
export interface Recording {
  /** With `traceGuest`: calls, imports, and the guest's spans and events. */
  readonly trace?: GuestTrace;
  /** With `cpuProfile`: how often the guest was found in each stack. */
  readonly cpu?: GuestProfile;
  /** With `memProfile`: how many bytes each stack took from the heap. */
  readonly allocated?: GuestProfile;
  /** With `memProfile`: how many of these bytes were not given back. */
  readonly live?: GuestProfile;
}

/** Options that were checked. */
export interface RecordingPlan {
  readonly trace: boolean;
  readonly memory: boolean;
  /** Milliseconds. */
  readonly interval: number | undefined;
}

const DEFAULT_INTERVAL = 1;
/** In milliseconds: a look costs tens of microseconds. */
const SHORTEST_INTERVAL = 0.1;
const LONGEST_INTERVAL = 60_000;

/**
 * Checks options that may come from JavaScript without types.
 *
 * @returns Undefined where nothing is recorded.
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if one is of the wrong kind.
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if the interval cannot be.
 */
export function checkRecordingOptions(
  { traceGuest = false, memProfile = false, cpuProfile = false }: RecordingOptions,
): RecordingPlan | undefined {
  const refuse = (what: string) => wrongType(`Cannot create a sandbox: ${what}`);
  if (typeof traceGuest !== "boolean") throw refuse("traceGuest is not a boolean");
  if (typeof memProfile !== "boolean") throw refuse("memProfile is not a boolean");
  const isObject = typeof cpuProfile === "object" && cpuProfile !== null;
  if (typeof cpuProfile !== "boolean" && !isObject) {
    throw refuse("cpuProfile is neither a boolean nor an object");
  }
  const interval = isObject ? cpuProfile.interval ?? DEFAULT_INTERVAL : DEFAULT_INTERVAL;
  if (typeof interval !== "number") throw refuse("cpuProfile.interval is not a number");
  if (!(interval >= SHORTEST_INTERVAL && interval <= LONGEST_INTERVAL)) {
    throw outOfRange(
      `Cannot create a sandbox: cpuProfile.interval is ${interval}, and it may be ` +
        `${SHORTEST_INTERVAL} to ${LONGEST_INTERVAL} milliseconds`,
    );
  }
  if (!traceGuest && !memProfile && cpuProfile === false) return undefined;
  return {
    trace: traceGuest,
    memory: memProfile,
    interval: cpuProfile === false ? undefined : interval,
  };
}

/** What a guest is told at each entry of what is recorded, for guests of the kit (`guest/kit.h`). */
const WISH_TRACE = 1 << 16;
const WISH_ALLOCATIONS = 1 << 17;

/** For how many milliseconds of a second stacks are walked: those beyond are counted together. */
const WALK_TIME = 300;
const NOT_WALKED = ["[not walked]"];
/** How many allocations are remembered until they are freed. */
const MAX_LIVE = 100_000;
/** The longest batch of trace events in bytes. */
const MAX_BATCH = 1024 * 1024;

/** An allocation that was not freed. */
export interface LiveBlock {
  readonly size: number;
  /** Where it was allocated. */
  readonly place: ProfileNode;
}

/** What a recorder needs of its guest. */
export interface RecordedGuest {
  readonly driver: Pick<Driver, "regs" | "timeStamp">;
  /** Whether it is of vmlet's kit, which hands batches over by a port; others do so at any exit. */
  readonly isKit: boolean;
  /** What reads memory by the guest's own addresses, as it is now; fewer bytes where nothing is mapped. */
  reader(): (address: bigint, length: number) => Uint8Array;
  /** The functions that run, the outermost first. */
  stack(registers: Regs): readonly string[];
}

/** Records one guest. */
export class Recorder {
  /** What guests of the kit are told of it. */
  readonly wishes: number;
  readonly #plan: RecordingPlan;
  readonly #guest: RecordedGuest;
  readonly #timeline = new Timeline(performance.now());
  readonly #cpu = new Profile("samples");
  readonly #allocated = new Profile("bytes");
  readonly #walks = new Allowance(WALK_TIME);
  #live = new Map<bigint, LiveBlock>();
  #begin: Anchor | undefined;

  /** Begins to record. */
  constructor(plan: RecordingPlan, guest: RecordedGuest) {
    this.#plan = plan;
    this.#guest = guest;
    this.wishes = (plan.trace ? WISH_TRACE : 0) | (plan.memory ? WISH_ALLOCATIONS : 0);
  }

  /** Says that the guest is entered. */
  beginCall(): void {
    if (this.#plan.trace) this.#begin = this.#now();
  }

  /** Says that it has ended its call, or failed in it. */
  endCall(name: string): void {
    const begin = this.#begin;
    if (!begin) return;
    this.#begin = undefined;
    const end = this.#now();
    this.#timeline.endCall(begin, end);
    this.#timeline.add(name, begin.time, end.time);
  }

  /** Runs a function of the host. A promise that it gives is part of it. */
  imported(name: string, run: () => unknown): unknown {
    if (!this.#plan.trace) return run();
    const start = performance.now();
    const end = () => this.#timeline.add(`import ${name}`, start, performance.now());
    let result: unknown;
    try {
      result = run();
    } catch (error) {
      end();
      throw error;
    }
    if (typeof (result as PromiseLike<unknown> | undefined)?.then !== "function") {
      end();
      return result;
    }
    return Promise.resolve(result).finally(end);
  }

  /** Handles an `out` of a guest that tells something to be recorded; false if it is another. */
  out(port: number): boolean {
    switch (port) {
      case PORT.TRACE_BATCH:
        if (this.#plan.trace && this.#guest.isKit) this.takeBatch();
        return this.#plan.trace;
      case PORT.TRACE_MEMORY_ALLOC:
        if (this.#plan.memory) this.#allocate();
        return this.#plan.memory;
      case PORT.TRACE_MEMORY_FREE:
        if (this.#plan.memory) this.#live.delete(this.#guest.driver.regs().rcx);
        return this.#plan.memory;
    }
    return false;
  }

  /** Takes the batch of trace events that the guest's registers name, if they do: guests of Hyperlight's at any exit. */
  takeBatch(): void {
    const { r8, r9, r10 } = this.#guest.driver.regs();
    if (r8 !== BigInt(PORT.TRACE_BATCH) || r10 === 0n) return;
    const timeline = this.#timeline;
    if (r10 > MAX_BATCH) return timeline.drop();
    const size = Number(r10);
    if (!timeline.accepts(size)) return;
    try {
      timeline.take(decodeTrace(this.#guest.reader()(r9, size)));
    } catch (error) {
      // Registers may hold anything when a guest leaves for something else.
      if (!(error instanceof WireError)) throw error;
      timeline.drop();
    }
  }

  /** Looks at the guest, which was interrupted. */
  look(): void {
    this.#cpu.add(this.#stack(this.#guest.driver.regs()), 1);
  }

  #allocate(): void {
    const registers = this.#guest.driver.regs();
    const { rax, rcx } = registers;
    // No heap is larger than a number can say.
    const size = Number(rax);
    if (!Number.isSafeInteger(size)) return;
    const place = this.#allocated.add(this.#stack(registers), size);
    if (this.#live.size < MAX_LIVE) this.#live.set(rcx, { size, place });
  }

  #stack(registers: Regs): readonly string[] {
    if (!this.#walks.take(0)) return NOT_WALKED;
    const began = performance.now();
    const stack = this.#guest.stack(registers);
    this.#walks.spend(performance.now() - began);
    return stack;
  }

  /** The allocations that were not freed, for {@linkcode restore}. */
  save(): ReadonlyMap<bigint, LiveBlock> {
    return new Map(this.#live);
  }

  /** Says that the guest's memory is what it was when these were the allocations that were not freed. */
  restore(live: ReadonlyMap<bigint, LiveBlock> = new Map()): void {
    this.#live = new Map(live);
  }

  /** What was recorded so far. */
  recording(): Recording {
    const { trace, memory, interval } = this.#plan;
    return {
      ...(trace ? { trace: this.#timeline.copy() } : {}),
      ...(interval === undefined ? {} : { cpu: this.#cpu.copy() }),
      ...(memory ? { allocated: this.#allocated.copy(), live: this.#liveProfile() } : {}),
    };
  }

  #liveProfile(): Profile {
    const profile = new Profile("bytes");
    for (const { size, place } of this.#live.values()) profile.add(place.path(), size);
    return profile;
  }

  #now(): Anchor {
    const before = performance.now();
    const tsc = this.#guest.driver.timeStamp();
    return { time: (before + performance.now()) / 2, tsc };
  }
}
