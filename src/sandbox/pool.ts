/** A pool: equal sandboxes for calls that come in any number, one call at a time in each. */

import { checkLimits } from "../driver/mod.ts";
import { outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { poolLog } from "./logs.ts";
import { runners } from "./runners.ts";
import { type Percentiles, Samples } from "./samples.ts";
import {
  callSince,
  type CloneOptions,
  observeCreation,
  prepareClones,
  prepareSandbox,
  type Sandbox,
  type SandboxOptions,
} from "./sandbox.ts";
import { guestName } from "./guest_file.ts";
import { makeSnapshot, openSnapshot, type Snapshot } from "./snapshot.ts";
import { telemetry } from "./telemetry.ts";
import type {
  Arguments,
  AsyncCallOptions,
  FunctionDefinitions,
  ParametersByName,
  Result,
  ResultsByName,
} from "./types.ts";

/** How large a pool is, and what becomes of its sandboxes between two calls. */
export interface PoolLimits {
  /** How many sandboxes there are: by default as many as threads for guests, one for each processor. */
  readonly size?: number;
  /**
   * When a sandbox becomes what it was at its beginning: after every `call`, so that no call finds anything of another's
   * (the default), or `never`, unless a call ended in the middle of the guest.
   */
  readonly restore?: "call" | "never";
  /** How many calls may wait for a sandbox before more are refused with `ERR_POOL_FULL`; 1000 by default. */
  readonly queue?: number;
}

export type { Percentiles };

/** What a pool is made from. */
export interface PoolOptions<
  E extends FunctionDefinitions = FunctionDefinitions,
  P extends ParametersByName = ParametersByName,
  R extends ResultsByName = ResultsByName,
> extends PoolLimits {
  /**
   * What each sandbox is made from, without `debug`. Its deadline also counts the time that a call waits for a sandbox.
   * Where every call is followed by a restore, one sandbox is made and the others are its clones.
   */
  readonly sandbox: SandboxOptions<E, P, R>;
}

/** What a pool is made from whose guests begin as one was when a snapshot was taken. */
export interface ClonePoolOptions<
  E extends FunctionDefinitions = FunctionDefinitions,
  P extends ParametersByName = ParametersByName,
  R extends ResultsByName = ResultsByName,
> extends PoolLimits {
  /** What all guests begin like, and are restored to. It may be closed when the pool is there. */
  readonly snapshot: Snapshot<E>;
  /** What each sandbox is given. Its deadline also counts the time that a call waits for a sandbox. */
  readonly sandbox?: CloneOptions<E, P, R>;
}

/** What a pool does and has done. */
export interface PoolStats {
  /** How many sandboxes there are now. */
  readonly size: number;
  /** How many of them run a call. */
  readonly busy: number;
  /** How many calls wait for one. */
  readonly waiting: number;
  /** How many calls gave a result. */
  readonly completed: number;
  /** How many calls failed, those included that were ended while they waited. */
  readonly failed: number;
  /** How many calls were refused since too many waited. */
  readonly refused: number;
  /** How many sandboxes were replaced since they could not be restored. */
  readonly replaced: number;
  /** How long the last 1000 calls took that got a sandbox, the wait for it included. */
  readonly latency: Percentiles;
  /** How long they waited for it. */
  readonly wait: Percentiles;
}

const DEFAULT_QUEUE = 1000;
const MAX_SIZE = 10_000;

interface Member {
  readonly sandbox: Sandbox;
  /** What it was at its beginning. */
  readonly clean: Snapshot;
}

/** What makes members, and lets go what they have in common. */
interface Members extends Disposable {
  /** The guest's name, for messages. */
  readonly guest: string;
  make(): Member;
}

interface Waiting {
  readonly start: (member: Member) => void;
}

/**
 * Sandboxes made from the same options. A call gets one that is free, or waits for one in the order of arrival; by
 * default it finds nothing of the call before.
 *
 * @example Calls as they come
 * ```ts
 * import { Pool } from "@vmlet/vmlet";
 *
 * await using pool = await Pool.create({
 *   sandbox: {
 *     guest: "guest/examples/hello.elf",
 *     exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
 *     deadline: 50,
 *   },
 *   size: 4,
 * });
 * console.log(await pool.run("add", [1, 2])); // 3
 * ```
 */
export class Pool<E extends FunctionDefinitions = FunctionDefinitions> {
  readonly #source: Members;
  readonly #size: number;
  readonly #restores: boolean;
  readonly #queue: number;
  readonly #deadline: number | undefined;
  /** The one that was used last is at the end, and next: what it needs is still in the caches. */
  readonly #idle: Member[] = [];
  readonly #waiting: Waiting[] = [];
  /** What ends each call that was accepted. */
  readonly #accepted = new Set<AbortController>();
  #members = 0;
  #busy = 0;
  #closing = false;
  /** Fulfilled when nothing is left to do, once the pool takes no more calls. */
  readonly #drained = Promise.withResolvers<void>();
  readonly #counts = { completed: 0, failed: 0, refused: 0, replaced: 0 };
  readonly #latency = new Samples();
  readonly #wait = new Samples();

  private constructor(
    source: Members,
    { size, restores, queue, deadline }: {
      size: number;
      restores: boolean;
      queue: number;
      deadline: number | undefined;
    },
  ) {
    this.#source = source;
    this.#size = size;
    this.#restores = restores;
    this.#queue = queue;
    this.#deadline = deadline;
  }

  /**
   * Makes a pool with all its sandboxes. The guest is read once.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if an option is of the wrong kind.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if an option has a value that it cannot have.
   * @throws {VmletError} As {@linkcode Sandbox.create} and {@linkcode Sandbox.fromSnapshot}.
   */
  static create<
    const E extends FunctionDefinitions = FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(options: PoolOptions<E, P, R>): Promise<Pool<E>>;
  /** The same from a snapshot: all of its guests are clones. */
  static create<
    E extends FunctionDefinitions = FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(options: ClonePoolOptions<E, P, R>): Promise<Pool<E>>;
  static async create<
    E extends FunctionDefinitions,
    P extends ParametersByName,
    R extends ResultsByName,
  >(options: PoolOptions<E, P, R> | ClonePoolOptions<E, P, R>): Promise<Pool<E>> {
    if (typeof options !== "object" || options === null) {
      throw wrongType("Cannot create a pool: its options are not an object");
    }
    const { restore = "call", sandbox } = options;
    if (restore !== "call" && restore !== "never") {
      throw outOfRange(
        `Cannot create a pool: restore is ${String(restore)}, and it may be call or never`,
      );
    }
    const size = count("size", options.size ?? runners.limit, 1, MAX_SIZE);
    const queue = count("queue", options.queue ?? DEFAULT_QUEUE, 0, Number.MAX_SAFE_INTEGER);
    if (sandbox !== undefined && (typeof sandbox !== "object" || sandbox === null)) {
      throw wrongType("Cannot create a pool: sandbox is not an object");
    }
    if (sandbox && "debug" in sandbox && sandbox.debug !== undefined) {
      throw outOfRange("Cannot create a pool: a debugger attaches to one sandbox, not to several");
    }
    const { deadline } = sandbox ?? {};
    const restores = restore === "call";
    const source = "snapshot" in options
      ? clonesOf(options.snapshot, sandbox ?? {})
      : await membersOf(sandbox as SandboxOptions<E, P, R>, restores);
    const pool = new Pool<E>(source, { size, queue, deadline, restores });
    try {
      for (let i = 0; i < size; i++) pool.#add();
    } catch (error) {
      pool.#closeIdle();
      throw error;
    }
    // So that the first calls need not wait for them.
    runners.start(size);
    return pool;
  }

  /**
   * Calls a function in one of the sandboxes, as {@linkcode Sandbox.callAsync} does. The time that the call waits for
   * one counts for its deadline.
   *
   * @param name The function's name.
   * @param args Its arguments.
   * @param options What ends the call, also while it waits.
   * @throws {VmletError} `ERR_POOL_FULL` if too many calls wait, `ERR_CLOSED` if the pool takes no more calls,
   * `ERR_CANCELLED` if {@linkcode drain} ended it; otherwise as {@linkcode Sandbox.callAsync}.
   * @throws The reason of the signal, once it is aborted.
   */
  async run<K extends keyof E & string>(
    name: K,
    args: Arguments<E[K]["parameters"]>,
    options: AsyncCallOptions = {},
  ): Promise<Result<E[K]["result"]>> {
    const observer = telemetry();
    if (!observer) return await this.#run(name, args, options);
    const attributes = { "vmlet.guest": this.#source.guest, "vmlet.function": name };
    const waited = (time: number) => observer.waited(time, attributes);
    return await observer.observe("pool", attributes, () => this.#run(name, args, options, waited));
  }

  async #run<K extends keyof E & string>(
    name: K,
    args: Arguments<E[K]["parameters"]>,
    options: AsyncCallOptions,
    waited?: (milliseconds: number) => void,
  ): Promise<Result<E[K]["result"]>> {
    const began = performance.now();
    if (this.#closing) {
      throw new VmletError("ERR_CLOSED", `Cannot call "${name}": the pool is closed or drained`);
    }
    if (typeof options !== "object" || options === null) {
      throw wrongType(`Cannot call "${name}": its options are not an object`);
    }
    const { signal, ...limits } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw wrongType(`Cannot call "${name}": signal is not an AbortSignal`);
    }
    checkLimits(limits, `call "${name}"`);
    signal?.throwIfAborted();
    if (this.#idle.length === 0) this.#grow();
    if (this.#idle.length === 0 && this.#waiting.length >= this.#queue) {
      this.#counts.refused++;
      throw new VmletError(
        "ERR_POOL_FULL",
        `Cannot call "${name}": ${this.#waiting.length} calls wait for one of ${this.#members} sandboxes, ` +
          "and no more may: try again later",
      );
    }
    // The pool itself has to be able to end a call, whatever signal the caller gave.
    const controller = new AbortController();
    const onAbort = () => controller.abort(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    this.#accepted.add(controller);
    try {
      const due = began + (limits.deadline ?? this.#deadline ?? Infinity);
      const member = this.#idle.pop() ?? await this.#turn(controller.signal, began, due);
      const wait = performance.now() - began;
      this.#wait.add(wait);
      waited?.(wait);
      this.#busy++;
      try {
        const run = { ...limits, signal: controller.signal };
        const result = await callSince(member.sandbox, name, args, run, began);
        this.#counts.completed++;
        return result as Result<E[K]["result"]>;
      } finally {
        this.#busy--;
        this.#latency.add(performance.now() - began);
        this.#release(member);
      }
    } catch (error) {
      this.#counts.failed++;
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      this.#accepted.delete(controller);
      this.#settle();
    }
  }

  /**
   * Takes no more calls, waits until those that were accepted are over, and closes the sandboxes.
   *
   * @param options After `deadline` milliseconds, calls that are not over are killed: they reject with `ERR_CANCELLED`.
   */
  async drain({ deadline }: { readonly deadline?: number } = {}): Promise<void> {
    if (deadline !== undefined && !(typeof deadline === "number" && deadline >= 0)) {
      throw outOfRange(`Cannot drain the pool: deadline is ${deadline}, and it may be 0 or more`);
    }
    this.#closing = true;
    const end = () => {
      const reason = new VmletError(
        "ERR_CANCELLED",
        "The call was cancelled: its pool was drained",
      );
      for (const controller of this.#accepted) controller.abort(reason);
    };
    const timer = deadline ? setTimeout(end, Math.min(deadline, 2 ** 31 - 1)) : undefined;
    if (deadline === 0) end();
    this.#settle();
    try {
      await this.#drained.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The same as {@linkcode drain}, without a deadline. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.drain();
  }

  /** What the pool does and has done. */
  stats(): PoolStats {
    return {
      size: this.#members,
      busy: this.#busy,
      waiting: this.#waiting.length,
      ...this.#counts,
      latency: this.#latency.percentiles(),
      wait: this.#wait.percentiles(),
    };
  }

  #add(): void {
    const member = this.#source.make();
    this.#members++;
    this.#idle.push(member);
  }

  /** Makes a sandbox for one that is missing, which could not be made when it should have been. */
  #grow(): void {
    if (this.#members === this.#size) return;
    try {
      this.#add();
    } catch (error) {
      // With others there, the call has only to wait.
      if (this.#members === 0) throw error;
    }
  }

  /** Waits for a sandbox. */
  #turn(signal: AbortSignal, began: number, due: number): Promise<Member> {
    const { promise, resolve, reject } = Promise.withResolvers<Member>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const leave = (reason: unknown) => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      end();
      reject(reason);
    };
    const onAbort = () => leave(signal.reason);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    };
    const waiting: Waiting = {
      start: (member) => {
        end();
        resolve(member);
      },
    };
    const arm = () => {
      const left = due - performance.now();
      if (left > 2 ** 31 - 1) return;
      timer = setTimeout(() => {
        const now = performance.now();
        if (now < due) return arm();
        const elapsed = now - began;
        leave(
          new VmletError(
            "ERR_DEADLINE",
            `The call was ended by its deadline of ${due - began} ms, after ${
              elapsed.toFixed(1)
            } ms, while it waited for a sandbox`,
            { limit: "deadline", elapsed },
          ),
        );
      }, Math.max(0, left));
    };
    arm();
    signal.addEventListener("abort", onAbort);
    this.#waiting.push(waiting);
    return promise;
  }

  /** Takes a sandbox back after a call, and gives it to the call that has waited longest. */
  #release(member: Member): void {
    const healed = this.#heal(member);
    if (healed === undefined) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.start(healed);
    else this.#idle.push(healed);
  }

  /** The sandbox, or another one in its place; undefined where none can be made now. */
  #heal(member: Member): Member | undefined {
    const { sandbox, clean } = member;
    try {
      if (this.#restores || sandbox.poisoned) sandbox.restore(clean);
      return member;
    } catch (error) {
      this.#members--;
      this.#counts.replaced++;
      poolLog.warn("A sandbox of a pool is replaced, since it cannot be restored: {error}", {
        error,
      });
    }
    try {
      endMember(member);
      const made = this.#source.make();
      this.#members++;
      return made;
    } catch (error) {
      poolLog.warn("A pool is left with {left} sandboxes, since no other can be made: {error}", {
        left: this.#members,
        error,
      });
      // The next call tries again. Those that wait would wait for ever where no sandbox is left.
      if (this.#members === 0) { for (const it of this.#accepted) it.abort(error); }
      return undefined;
    }
  }

  /** Ends the pool when it takes no more calls and none is left. */
  #settle(): void {
    if (!this.#closing || this.#accepted.size > 0) return;
    this.#closeIdle();
    this.#drained.resolve();
  }

  #closeIdle(): void {
    for (const member of this.#idle.splice(0)) endMember(member);
    this.#members = 0;
    this.#source[Symbol.dispose]();
  }
}

/** What makes members that are clones of a snapshot. */
function clonesOf<
  E extends FunctionDefinitions,
  P extends ParametersByName,
  R extends ResultsByName,
>(given: Snapshot, options: CloneOptions<E, P, R>): Members {
  const { origin, state } = openSnapshot(given, "create a pool");
  // One of the pool's own: that of its user may be closed.
  const shared = makeSnapshot(origin, state);
  try {
    const clone = prepareClones(shared, options);
    return {
      guest: origin.name,
      make: () => ({ sandbox: clone(), clean: makeSnapshot(origin, state) }),
      [Symbol.dispose]: () => shared.close(),
    };
  } catch (error) {
    shared.close();
    throw error;
  }
}

/** What makes members of the same options. */
async function membersOf<
  E extends FunctionDefinitions,
  P extends ParametersByName,
  R extends ResultsByName,
>(given: SandboxOptions<E, P, R>, restores: boolean): Promise<Members> {
  // The guest is read first, and the clones are made of what was given before that too.
  const options = copyOf(given);
  const create = await prepareSandbox(options);
  const guest = guestName(options.guest);
  const created = (): Member => {
    const sandbox = observeCreation(guest, create);
    try {
      return { sandbox, clean: sandbox.snapshot() };
    } catch (error) {
      sandbox.close();
      throw error;
    }
  };
  // Guests that go on for ever each have random numbers of their own.
  if (!restores) return { guest, make: created, [Symbol.dispose]: () => {} };
  let clones: Members | undefined;
  return {
    guest,
    make: () => {
      if (clones) return clones.make();
      const first = created();
      try {
        clones = clonesOf(first.clean, options);
        return first;
      } catch (error) {
        endMember(first);
        throw error;
      }
    },
    [Symbol.dispose]: () => clones?.[Symbol.dispose](),
  };
}

/**
 * A copy of options and of the plain objects and arrays in them: down to the parameters of definitions, but of no guest,
 * bytes or functions.
 */
function copyOf<T extends object>(options: T, depth = 4): T {
  if (Array.isArray(options)) return options.slice() as object as T;
  const copy = Object.entries({ ...options }).map(([name, it]) => {
    return [name, depth > 1 && isPlain(it) ? copyOf(it, depth - 1) : it];
  });
  return Object.fromEntries(copy);
}

function isPlain(it: unknown): it is object {
  if (typeof it !== "object" || it === null) return false;
  const prototype = Object.getPrototypeOf(it);
  return prototype === null || prototype === Object.prototype || Array.isArray(it);
}

function endMember({ sandbox, clean }: Member): void {
  sandbox.close();
  clean.close();
}

function count(name: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number") throw wrongType(`Cannot create a pool: ${name} is not a number`);
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw outOfRange(
    `Cannot create a pool: ${name} is ${value}, and it may be a whole number from ${least} to ${most}`,
  );
}
