/** The sandbox: a guest with typed functions, imports and a lifecycle. */

import {
  type CallLimits,
  checkLimits,
  InterruptHandle,
  type InterruptToken,
  type MemoryRegion,
} from "../driver/mod.ts";
import { INSPECT, outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import type { Sizes } from "../guest/layout.ts";
import { GuestFunction, ResultEncoder, type Signature, type Value } from "../guest/wire.ts";
import { checkDefinition, checkValue } from "./arguments.ts";
import { checkCoreDumpOptions, type CoreDumpOptions } from "./core_dump.ts";
import { checkDebugOptions, type DebugOptions, startDebugger } from "./debug.ts";
import { GuestOutput, type LogLevel, type LogOptions } from "./guest_output.ts";
import {
  absolutePath,
  filePath,
  GuestFile,
  guestName,
  type GuestSource,
  type LoadedGuest,
  type MemoryChoice,
  openableFile,
  readGuest,
} from "./guest_file.ts";
import { Memory } from "../kvm/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { sandboxLog } from "./logs.ts";
import { type Call, type Import, Machine, type MachineOptions } from "./machine.ts";
import {
  compareExports,
  compareImports,
  type ExportedFunctions,
  type Signatures,
} from "./signatures.ts";
import { countSandbox, type Telemetry, telemetry } from "./telemetry.ts";
import { checkRecordingOptions, type Recording, type RecordingOptions } from "./recorder.ts";
import {
  makeSnapshot,
  type MemoryShape,
  openSnapshot,
  type Origin,
  type Snapshot,
} from "./snapshot.ts";
import type {
  Arguments,
  AsyncCallOptions,
  AsyncFunctions,
  FunctionDefinitions,
  ImportDefinitions,
  ParametersByName,
  Result,
  ResultsByName,
  SyncFunctions,
  ValueType,
} from "./types.ts";
import { dropSpare } from "./spare.ts";
import { warn } from "./warning.ts";

export { InterruptHandle, type InterruptToken };
export type { CallLimits, LimitName, MemoryRegion, RegionFlags } from "../driver/mod.ts";

/**
 * How much memory a guest has, in bytes; each is rounded up to a multiple of 4096 and paid for when touched. A guest for
 * Hyperlight has its own defaults for the buffers, and may have 1 GiB in all; there a heap or stack of 0 is the default,
 * and buffers of less than 8192 become that.
 */
export interface MemoryOptions {
  /** For `malloc`: 131072 by default, and up to 16 GiB; all else is up to 1 GiB. */
  readonly heap?: number;
  /** 65536 by default. */
  readonly stack?: number;
  /** For the arguments of a call and the results of imports: 16777216 by default, 16384 for Hyperlight's guests. */
  readonly input?: number;
  /** For the result of a call and the arguments of imports: 16777216 by default, 16384 for Hyperlight's guests. */
  readonly output?: number;
  /**
   * Whether the guest's memory may be of pages of 2 MiB where the kernel has them: for guests that need much of it at once.
   * Such a guest takes 2 MiB where it touches a byte. KVM does not log what it writes to, so that a restore looks at all
   * that it has. Clones, also those in a pool, have small pages. False by default.
   */
  readonly hugePages?: boolean;
}

/** Bytes that a guest of ring 0 finds in its memory when it begins, and what it may do with them besides reading. */
export interface InitDataOptions {
  /** The bytes, copied. */
  readonly bytes: Uint8Array;
  /** Whether the guest may write to its copy; false by default. */
  readonly write?: boolean;
  /** Whether the guest may execute them; false by default. */
  readonly execute?: boolean;
}

/** What a sandbox is made from. */
export interface SandboxOptions<
  E extends FunctionDefinitions = FunctionDefinitions,
  P extends ParametersByName = ParametersByName,
  R extends ResultsByName = ResultsByName,
> extends LogOptions, CallLimits, RecordingOptions {
  /** The guest's file: a path, a `file:`, `http:`, `https:` or `data:` URL (also as a string), or its bytes. */
  readonly guest: GuestSource;
  /** What the guest offers; by default what its file says that it does. Where both are there, they must agree. */
  readonly exports?: E;
  /**
   * What the guest may call. Nothing else of the host can be reached from it, but that guests of ring 0 have Hyperlight's
   * `HostPrint` where nothing else has that name: it writes a string to standard output.
   */
  readonly imports?: ImportDefinitions<P, R>;
  /** How much memory the guest has. */
  readonly memory?: MemoryOptions;
  /**
   * How many bytes of that may take memory of the host's at once; all of them by default. What the guest touches counts,
   * its image and the buffers for arguments and results too. A call that takes more ends with `ERR_MEMORY_LIMIT`: within a
   * millisecond or so, and at the latest when the guest has ended it. A restore gives the memory back. Not with
   * `memory.hugePages`.
   */
  readonly memoryLimit?: number;
  /** For guests of ring 0 (Hyperlight's): bytes that they find in their memory, by default to be read only. */
  readonly initData?: Uint8Array | InitDataOptions;
  /** For guests of ring 0 (Hyperlight's): whether they may execute what is in their heap; false by default. */
  readonly executableHeap?: boolean;
  /**
   * Which real-time signal ends calls: 35 and this, 0 to 29. 0 by default; for programs that use that signal themselves.
   */
  readonly interruptSignalOffset?: number;
  /** Lets gdb debug the guest. The time for which it is stopped counts for no limit. */
  readonly debug?: DebugOptions;
  /**
   * Lets a guest that crashes leave a core dump, for `gdb GUEST DUMP`. Off by default, since memory holds secrets, unless
   * the variable `VMLET_CORE_DUMPS` names a folder.
   */
  readonly coreDumps?: CoreDumpOptions;
}

/** What a sandbox did so far, and the memory that it takes; see {@linkcode Sandbox.stats}. */
export interface SandboxStats {
  /**
   * How many pages of 4096 bytes the guest's memory takes of the host's: those that were touched, mapped regions and
   * snapshots not counted. Undefined where the kernel does not say (`/proc/self/pagemap`).
   */
  readonly residentPages: number | undefined;
  /**
   * How many pages the next restore will look at: those that may have been written to since the last snapshot or restore,
   * and the hot ones. 0 before the first of both.
   */
  readonly dirtiedPages: number;
  /** How many pages are written to again and again between restores, so that they are left writable. */
  readonly hotPages: number;
  /** How many restores there were that had something to do. */
  readonly restores: number;
  /** How many bytes they copied, in whole pages. */
  readonly copiedBytes: number;
  /**
   * How often the guest left, by KVM's names for the reasons: `KVM_EXIT_IO` for each end of a call, import or record of its
   * log (at ring 0 calls end with `KVM_EXIT_HLT`), `KVM_EXIT_INTR` when a signal interrupted it.
   */
  readonly exits: Readonly<Record<string, number>>;
  /** How long the guest ran, in milliseconds: the time between its entries and its exits. */
  readonly guestTime: number;
  /**
   * How long the host had its calls, in milliseconds: imports, logs, and all else between the exits of a guest and its next
   * entry or the end of the call. In an asynchronous call also what it waited for.
   */
  readonly hostTime: number;
  /** How many records of the guest's log were dropped, since they were more than `logRate`. */
  readonly droppedRecords: number;
}

/** What a sandbox that is made from a snapshot is given; the rest is as the snapshot has it. */
export interface CloneOptions<
  E extends FunctionDefinitions = FunctionDefinitions,
  P extends ParametersByName = ParametersByName,
  R extends ResultsByName = ResultsByName,
> extends LogOptions, CallLimits, RecordingOptions {
  /** What the guest offers; by default what the snapshot says that it does. Where both are there, they must agree. */
  readonly exports?: E;
  /**
   * What the guest may call: nothing of the host that is not here can be reached from it, whatever the first sandbox
   * had. An import of the same name as one of those takes and returns the same.
   */
  readonly imports?: ImportDefinitions<P, R>;
  /**
   * As in {@linkcode SandboxOptions}. What the clone shares with its snapshot does not count, nor do pages of zeroes that lie
   * between those of the snapshot and are only read: all clones of a snapshot together can fill it up to the guest's size.
   */
  readonly memoryLimit?: number;
  /** As in {@linkcode SandboxOptions}. */
  readonly interruptSignalOffset?: number;
  /** As in {@linkcode SandboxOptions}. */
  readonly coreDumps?: CoreDumpOptions;
}

/** A region to be mapped; where it has no address in a guest of ring 3, the host finds one. */
export type RegionToMap = Omit<MemoryRegion, "guestAddress"> & { readonly guestAddress?: number };

/** The parts of a guest's memory whose sizes can be chosen. */
const MEMORY_PARTS = ["heap", "stack", "input", "output"] as const;

/**
 * How long a guest may take at least to initialise, in milliseconds: limits that are right for its calls may not be for
 * that, but a guest that never ends it must not hold its host.
 */
const MINIMUM_INITIAL_LIMIT = 5000;

const GIB = 1024 * 1024 * 1024;

/** The most that each may be: of buffers FlatBuffers' offsets have 31 bits, of a stack more is an endless recursion. */
const MEMORY_LIMITS: Readonly<Record<typeof MEMORY_PARTS[number], number>> = {
  heap: 16 * GIB,
  stack: GIB,
  input: GIB,
  output: GIB,
};

/** Ends the guests of sandboxes that were forgotten, and says so: a leak is a mistake worth knowing. */
const forgotten = new FinalizationRegistry<{ resources: readonly Disposable[]; name: string }>(
  ({ resources, name }) => {
    for (const resource of resources) resource[Symbol.dispose]();
    countEnd();
    warn(
      "VMLET_UNCLOSED_SANDBOX",
      `A sandbox of ${name} was never closed. Write \`using sandbox = …\`, or call close()`,
    );
  },
);

/** Counts a sandbox that ended; returns how many are left. With the last one goes what was kept for others. */
function countEnd(): number {
  const left = countSandbox(-1);
  if (left === 0) dropSpare();
  return left;
}

/** Makes a sandbox, and lets an SDK of OpenTelemetry's know. For the pool, too. */
export function observeCreation<T>(guest: string, create: () => T): T {
  const observer = telemetry();
  return observer ? observer.observe("create", { "vmlet.guest": guest }, create) : create();
}

/** Reads and checks all that {@linkcode Sandbox.create} does, for any number of sandboxes. For the pool. */
export let prepareSandbox: <
  E extends FunctionDefinitions,
  P extends ParametersByName,
  R extends ResultsByName,
>(options: SandboxOptions<E, P, R>) => Promise<() => Sandbox<E>>;

/** The same for clones. The snapshot must stay open while they are made. For the pool. */
export let prepareClones: <
  E extends FunctionDefinitions,
  P extends ParametersByName,
  R extends ResultsByName,
>(snapshot: Snapshot, options: CloneOptions<E, P, R>) => () => Sandbox<E>;

/** {@linkcode Sandbox.callAsync} of a call that began earlier, from when on its deadline counts. For the pool. */
export let callSince: (
  sandbox: Sandbox,
  name: string,
  args: readonly unknown[],
  options: AsyncCallOptions,
  began: number,
) => Promise<Value>;

/** What the error of those who send a sandbox to a Worker names: symbols cannot be sent. */
const UNSENDABLE = Symbol("a sandbox, which stays in its Worker: send its snapshot's token");

/** Sandboxes in the middle of an asynchronous call: an import's promise may be all else that knows of one. */
const underWay = new Set<object>();

/**
 * A guest: native code in a virtual machine of its own, whose functions are called like any others and which reaches
 * nothing but the imports that it was given.
 *
 * @example A function of a guest
 * ```ts
 * import { Sandbox } from "@vmlet/vmlet";
 *
 * using sandbox = await Sandbox.create({
 *   guest: "guest/examples/hello.elf",
 *   exports: { add: { parameters: ["i32", "i32"], result: "i32" } },
 * });
 * console.log(sandbox.exports.add(1, 2)); // 3
 * ```
 */
export class Sandbox<E extends FunctionDefinitions = FunctionDefinitions> {
  /** Without a field that anybody can see, an empty object would arrive. */
  private readonly thread = UNSENDABLE;
  // Made when they are asked for: most programs need one of the two, and pools none.
  #exports: SyncFunctions<E> | undefined;
  #async: AsyncFunctions<E> | undefined;
  readonly #machine: Machine;
  readonly #origin: Origin;
  readonly #functions: ExportedFunctions;
  readonly #limits: CallLimits | undefined;
  #running = false;
  /** Settled when the asynchronous call that runs is over. */
  #over: Promise<void> | undefined;
  #closed = false;
  /** The snapshot that the guest is just like, as nothing has happened since. */
  #current: Snapshot | undefined;

  private constructor(
    machine: Machine,
    origin: Origin,
    functions: ExportedFunctions,
    limits: CallLimits | undefined,
    current?: Snapshot,
  ) {
    this.#machine = machine;
    this.#origin = origin;
    this.#current = current;
    this.#limits = limits;
    this.#functions = functions;
    // The imports may refer to the sandbox, so the registry must not hold the machine, which holds them.
    forgotten.register(this, { resources: machine.resources, name: origin.name }, this);
    countSandbox(1);
    const observer = telemetry();
    if (observer?.counts) observer.count(machine.takeWork(), { "vmlet.guest": origin.name });
    sandboxLog.debug("Created a sandbox of {guest}", { guest: origin.name });
  }

  /**
   * Loads a guest and lets it initialise.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if an option is of the wrong kind.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if an option has a value that it cannot have.
   * @throws {VmletError} `ERR_INVALID_GUEST` or `ERR_UNSUPPORTED_GUEST` if the file is no guest;
   * `ERR_GUEST_FUNCTION_NOT_FOUND` or `ERR_GUEST_FUNCTION_MISMATCH` if it says otherwise of its functions than the
   * options do; `ERR_NO_HYPERVISOR` if KVM is not there or may not be used; `ERR_UNSUPPORTED_PLATFORM` if this kernel does
   * not count what `memoryLimit` limits; whatever the guest does while it
   * initialises.
   */
  static async create<
    const E extends FunctionDefinitions = FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(options: SandboxOptions<E, P, R>): Promise<Sandbox<E>> {
    const create = async () => (await prepareSandbox(options))();
    return await observeCreation(guestName(options?.guest), create);
  }

  static async #prepare<
    E extends FunctionDefinitions,
    P extends ParametersByName,
    R extends ResultsByName,
  >(options: SandboxOptions<E, P, R>): Promise<() => Sandbox<E>> {
    if (typeof options !== "object" || options === null) {
      throw wrongType("Cannot create a sandbox: its options are not an object");
    }
    // All that JavaScript passed is read now, so that nothing of it can change while the guest is read.
    const name = guestName(options.guest);
    const defined = definitionsOf(options.exports);
    const given = importedFunctions(options.imports);
    const choice = memoryChoice(options);
    const output: LogOptions = { ...options };
    let said: GuestOutput | undefined = new GuestOutput(name, output);
    const { deadline, cpuBudget } = options;
    const limits = checkLimits(limitsOf(deadline, cpuBudget), "create a sandbox");
    const machineOptions = machineOptionsOf(options, limits);
    const debug = checkDebugOptions(options.debug);
    const coreDumps = checkCoreDumpOptions(options.coreDumps);
    const recording = checkRecordingOptions(options);
    const { guest: source } = options;
    // Bytes need no promise, which takes 2 us in Deno.
    const file = source instanceof Uint8Array ? GuestFile.of(source) : await readGuest(source);
    const { kind } = file;
    const isRing0 = kind.kind === "hyperlight" || kind.ring === 0;
    const importsFor = (said: GuestOutput) => isRing0 ? withHostPrint(given, said) : given;
    const imports = offered(given, isRing0);
    const load = () => file.load({ ...choice, imports });
    let guest: LoadedGuest | undefined = load();
    const { image } = guest;
    const exports = compareExports(name, defined, image.functions?.exports);
    compareImports(name, imports, image.functions?.imports);
    const memory = shapeOf(choice);
    const started = debug && await startDebugger(debug, guest, machineOptions.binaryPath);
    const all = {
      ...machineOptions,
      isKit: kind.kind === "vmlet",
      ...(started ? { debugger: started } : {}),
      ...(coreDumps ? { coreDumps } : {}),
      ...(recording ? { recording } : {}),
    };
    return () => {
      // Each has random numbers and output of its own; the first ones are there already.
      const made = guest ?? load();
      const heard = said ?? new GuestOutput(name, output);
      guest = said = undefined;
      try {
        const machine = Machine.create(made, importsFor(heard), heard, all);
        const origin = { name, file, memory, exports, imports, path: machineOptions.binaryPath };
        return new Sandbox<E>(machine, origin, exports, limits);
      } catch (error) {
        started?.close();
        throw error;
      }
    };
  }

  /**
   * Makes a sandbox whose guest is what another one was when the snapshot was taken. It runs nothing of the guest, and
   * shares the snapshot's memory until one of them writes to it, so that it takes little more than KVM does for a VM.
   *
   * Its pages are of 4096 bytes, also where those of the first sandbox are larger.
   *
   * The clones of a snapshot begin alike: what the guest drew of random numbers, and seeds that it keeps, are the same in
   * all of them. A guest that needs others calls an import for them, in each clone.
   *
   * @param snapshot What the guest is to be like; it may be closed afterwards.
   * @param options What the guest may reach, and limits. Nothing is taken over from the first sandbox's.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if an option is of the wrong kind, or the first is no snapshot.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if an option has a value that it cannot have.
   * @throws {VmletError} `ERR_CLOSED` if the snapshot is; `ERR_GUEST_FUNCTION_NOT_FOUND` or
   * `ERR_GUEST_FUNCTION_MISMATCH` if it says otherwise of the guest's functions than the options do; `ERR_MEMORY`,
   * `ERR_LIMIT`, `ERR_KVM`.
   *
   * @example A guest that is initialised once
   * ```ts
   * import { Sandbox } from "@vmlet/vmlet";
   *
   * using first = await Sandbox.create({
   *   guest: "guest/examples/hello.elf",
   *   exports: { count: { parameters: [], result: "i32" } },
   * });
   * first.exports.count();
   * using snapshot = first.snapshot();
   * using other = await Sandbox.fromSnapshot(snapshot);
   * console.log(other.exports.count(), first.exports.count()); // 2 2
   * ```
   */
  static fromSnapshot<
    const E extends FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(
    snapshot: Snapshot,
    options: CloneOptions<E, P, R> & { readonly exports: E },
  ): Promise<Sandbox<E>>;
  /** The same with the functions that the snapshot knows of. */
  static fromSnapshot<
    E extends FunctionDefinitions,
    const P extends ParametersByName = ParametersByName,
    const R extends ResultsByName = ResultsByName,
  >(snapshot: Snapshot<E>, options?: CloneOptions<E, P, R>): Promise<Sandbox<E>>;
  static async fromSnapshot<
    E extends FunctionDefinitions,
    P extends ParametersByName,
    R extends ResultsByName,
  >(snapshot: Snapshot, options: CloneOptions<E, P, R> = {}): Promise<Sandbox<E>> {
    return await prepareClones(snapshot, options)();
  }

  static #prepareClones<
    E extends FunctionDefinitions,
    P extends ParametersByName,
    R extends ResultsByName,
  >(snapshot: Snapshot, options: CloneOptions<E, P, R>): () => Sandbox<E> {
    const { origin, state } = openSnapshot(snapshot, "clone a sandbox");
    if (typeof options !== "object" || options === null) {
      throw wrongType("Cannot clone a sandbox: its options are not an object");
    }
    const { name, path } = origin;
    const exports = compareExports(name, definitionsOf(options.exports), origin.exports);
    const given = importedFunctions(options.imports);
    const isRing0 = state.guest.layout.ring === 0;
    const importsFor = (said: GuestOutput) => isRing0 ? withHostPrint(given, said) : given;
    const output: LogOptions = { ...options };
    // What is wrong with these options is said now.
    let first: GuestOutput | undefined = new GuestOutput(name, output);
    const imports = offered(given, isRing0);
    compareImports(name, imports, state.guest.image.functions?.imports);
    compareImports(name, imports, origin.imports);
    const { deadline, cpuBudget, interruptSignalOffset } = options;
    const memoryLimit = checkMemoryLimit(options.memoryLimit, "clone a sandbox");
    const limits = checkLimits(limitsOf(deadline, cpuBudget), "clone a sandbox");
    const coreDumps = checkCoreDumpOptions(options.coreDumps);
    const recording = checkRecordingOptions(options);
    const machineOptions: MachineOptions = {
      isKit: origin.file.kind.kind === "vmlet",
      ...(interruptSignalOffset === undefined ? {} : { interruptSignalOffset }),
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(coreDumps ? { coreDumps } : {}),
      ...(recording ? { recording } : {}),
      ...(path === undefined ? {} : { binaryPath: path }),
    };
    const clone = () => {
      openSnapshot(snapshot, "clone a sandbox");
      const said = first ?? new GuestOutput(name, output);
      first = undefined;
      const machine = Machine.clone(state, importsFor(said), said, machineOptions);
      return new Sandbox<E>(machine, origin, exports, limits, snapshot);
    };
    return () => observeCreation(name, clone);
  }

  static {
    prepareSandbox = (options) => Sandbox.#prepare(options);
    prepareClones = (snapshot, options) => Sandbox.#prepareClones(snapshot, options);
    callSince = (sandbox, name, args, options, began) =>
      sandbox.#callAsync(sandbox.#calleeOf(name, args), args, options, began);
  }

  /** The guest's functions, called on this thread until they return. */
  get exports(): SyncFunctions<E> {
    return this.#exports ??= tableOf<SyncFunctions<E>>(this.#functions, (it) => this.#callable(it));
  }

  /**
   * The same functions without blocking the event loop: the guest runs on another thread, imports run on this one and
   * may return promises. A last argument `{ signal, deadline, cpuBudget }` is for the one call.
   */
  get async(): AsyncFunctions<E> {
    return this.#async ??= tableOf<AsyncFunctions<E>>(
      this.#functions,
      (it) => this.#asyncCallable(it),
    );
  }

  /** What `console.log` and `Deno.inspect` print: the guest's name, its functions, and whether it can be called. */
  [INSPECT](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { poisoned, closed } = this;
    const exports = [...this.#functions.keys()];
    return `Sandbox ${inspect({ guest: this.#origin.name, exports, poisoned, closed }, options)}`;
  }

  /** Whether a call ended in the middle of the guest. A poisoned sandbox refuses further calls. */
  get poisoned(): boolean {
    return this.#machine.poisoned;
  }

  /** Whether {@linkcode close} was called. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * The least important level of the guest's log that arrives. It can be set at any time: guests of the kit are told at
   * the beginning of each call, those on Hyperlight's crates once, as they initialise, so that for them it can only be
   * lowered.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is set to what is no string.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if it is set to what is no level.
   */
  get logLevel(): LogLevel | "off" {
    return this.#machine.said.level;
  }

  /** Sets it. */
  set logLevel(level: LogLevel | "off") {
    this.#machine.said.level = level;
  }

  /**
   * Ends the guest and gives its memory back. While this thread has other sandboxes, the VM may be kept, made like new, for
   * the next sandbox of the same guest or snapshot. Closing twice is harmless.
   *
   * @throws {VmletError} `ERR_BUSY` from inside a call: an import cannot close the sandbox that called it.
   */
  close(): void {
    if (this.#closed) return;
    if (this.#running) {
      throw new VmletError("ERR_BUSY", "Cannot close the sandbox: a call of it is running");
    }
    this.#closed = true;
    // A copy of all of the guest's memory, of no more use here.
    this.#current = undefined;
    forgotten.unregister(this);
    if (countEnd() > 0) this.#machine.retire();
    else this.#machine.close();
    sandboxLog.debug("Closed the sandbox of {guest}", { guest: this.#origin.name });
  }

  /**
   * What ends a running call from any thread: its `token` goes to a Worker, and
   * {@linkcode InterruptHandle.from}`(token).kill()` there ends the call that runs here with `ERR_CANCELLED`.
   * The sandbox is then poisoned. The handle stays valid, and does nothing more, when the sandbox is closed.
   */
  interruptHandle(): InterruptHandle {
    return this.#machine.interruptHandle();
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Waits for an asynchronous call that runs, then does as {@linkcode close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    // Also from inside of a synchronous call, which is over when its thread comes back to this.
    do await this.#over; while (this.#running);
    this.close();
  }

  /**
   * Calls a function by its name, as {@linkcode exports} does.
   *
   * @param name The function's name.
   * @param args Its arguments.
   * @param limits How long this call may take, instead of what the sandbox's options say.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if the definitions have no such function, or an argument is of another
   * type.
   * @throws {VmletError} Whatever becomes of the call.
   */
  call<K extends keyof E & string>(
    name: K,
    args: Arguments<E[K]["parameters"]>,
    limits?: CallLimits,
  ): Result<E[K]["result"]> {
    const callee = this.#calleeOf(name, args);
    // A copy, since the array may be a proxy: what is checked is what the guest gets.
    const values = Array.from<unknown>(args);
    if (limits === undefined) return this.#call(callee, values) as Result<E[K]["result"]>;
    const own = this.#limitsOf(callee, limits);
    return this.#call(callee, values, values.length, own) as Result<E[K]["result"]>;
  }

  /**
   * Calls a function by its name, as {@linkcode async} does: the twin of {@linkcode call}.
   *
   * Until the promise is settled, every other use of the sandbox is `ERR_BUSY`. A deadline also ends the wait for a
   * thread and for an import's promise.
   *
   * @param name The function's name.
   * @param args Its arguments.
   * @param options What ends the call.
   * @throws {TypeError} As {@linkcode call}, and if the signal is none.
   * @throws {VmletError} Whatever becomes of the call; `ERR_RUNNER` if the guest's thread ended.
   * @throws The reason of the signal, once it is aborted. If the guest was entered by then, the sandbox is poisoned.
   */
  async callAsync<K extends keyof E & string>(
    name: K,
    args: Arguments<E[K]["parameters"]>,
    options?: AsyncCallOptions,
  ): Promise<Result<E[K]["result"]>> {
    const callee = this.#calleeOf(name, args);
    return await this.#callAsync(callee, Array.from<unknown>(args), options) as Result<
      E[K]["result"]
    >;
  }

  /**
   * Takes a snapshot of the guest, between two calls. The first one copies what the guest's memory holds, later ones
   * what changed since the one that was taken or restored last. Without a call in between it is that one.
   *
   * @throws {VmletError} `ERR_POISONED`, `ERR_BUSY` during a call, `ERR_CLOSED`, `ERR_MEMORY`.
   */
  snapshot(): Snapshot<E> {
    this.#check("take a snapshot");
    this.#checkPoison("take a snapshot");
    if (!this.#current || this.#current.closed) {
      this.#current = makeSnapshot(this.#origin, this.#machine.snapshot());
    }
    return this.#current as Snapshot<E>;
  }

  /**
   * Makes the guest what it was when the snapshot was taken: its memory, its registers, and what an earlier call left
   * in the buffers is gone. A poisoned sandbox is usable again.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no snapshot.
   * @throws {VmletError} `ERR_SNAPSHOT_MISMATCH` if it was taken of a sandbox that is neither this one nor related to it
   * by clones, `ERR_BUSY` during a call, `ERR_CLOSED` if the sandbox or the snapshot is. If KVM fails (`ERR_KVM`), the
   * sandbox is poisoned until it is restored.
   */
  restore(snapshot: Snapshot): void {
    this.#check("restore");
    const { origin, state } = openSnapshot(snapshot, "restore");
    if (origin !== this.#origin) {
      throw new VmletError(
        "ERR_SNAPSHOT_MISMATCH",
        "Cannot restore: the snapshot was taken of another sandbox",
      );
    }
    if (snapshot === this.#current) return;
    this.#current = undefined;
    const observer = telemetry();
    // What an SDK runs meanwhile does nothing to a guest that is half restored.
    this.#running = true;
    try {
      if (observer) {
        const attributes = { "vmlet.guest": this.#origin.name };
        observer.observe("restore", attributes, () => this.#machine.restore(state));
        if (observer.counts) observer.count(this.#machine.takeWork(), attributes);
      } else this.#machine.restore(state);
      this.#current = snapshot;
    } finally {
      this.#running = false;
    }
  }

  /**
   * Writes a core dump of the guest as it is, also if it is poisoned: an ELF file that `gdb GUEST DUMP` and lldb open,
   * with the registers of its last exit and all of its memory. The file takes the place of what is there, only its owner
   * may read it, and pages of zeroes take no room.
   *
   * @param file Its path, or a `file:` URL.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither.
   * @throws {VmletError} `ERR_FILE` if it cannot be written, with the reason as `cause`; then there is no new file.
   * `ERR_BUSY` during a call, `ERR_CLOSED`, `ERR_KVM`.
   */
  dumpCore(file: string | URL): void {
    this.#check("dump the guest");
    this.#machine.dumpCore(filePath("dump the guest", file));
  }

  /**
   * Maps a region into the guest, between two calls, to be read or executed. A guest of ring 3 sees it at its address at
   * once, which the guest is to be told by an argument; one of ring 0 has it in its physical memory, and sees it when it has
   * put it into its page tables. The region belongs to what a snapshot keeps and a restore brings back; what is in its memory
   * does not. One memory may be mapped into any number of guests.
   *
   * @param given The region. For guests of ring 3 its address is a multiple of 2 MiB from `0x30_0000_0000` on and below
   * `0x70_0000_0000`; without one it gets the first that is free.
   * @returns The region, with its address.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no region, or has no address in a guest of ring 0.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if it may be written to, is a guard, is not of whole pages or not inside its
   * memory, or its address is none for regions.
   * @throws {VmletError} `ERR_POISONED`, `ERR_BUSY` during a call, `ERR_CLOSED`, `ERR_REGION_OVERLAP`, `ERR_LIMIT`.
   */
  mapRegion(given: RegionToMap): MemoryRegion {
    this.#check("map a region");
    this.#checkPoison("map a region");
    const { guestAddress, ...rest } = given ?? {};
    let region = regionOf("map a region", { ...rest, guestAddress: guestAddress ?? 0 });
    if (guestAddress === undefined) {
      region = { ...region, guestAddress: this.#machine.placeFor(region.size) };
    }
    const { write, stackGuard } = region.flags;
    if (write || stackGuard) {
      throw outOfRange(
        `Cannot map region "${region.name}": ${
          write ? "guests may not write to a mapped region" : "only a guest's own stack has a guard"
        }`,
      );
    }
    this.#machine.mapRegion(region);
    this.#current = undefined;
    return region;
  }

  /**
   * Takes a mapped region away again: the same address, size, memory, offset and flags.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no region.
   * @throws {VmletError} `ERR_REGION_NOT_MAPPED`, `ERR_POISONED`, `ERR_BUSY` during a call, `ERR_CLOSED`.
   */
  unmapRegion(given: MemoryRegion): void {
    this.#check("unmap a region");
    this.#checkPoison("unmap a region");
    this.#machine.unmapRegion(regionOf("unmap a region", given));
    this.#current = undefined;
  }

  /** The regions that are mapped into the guest's memory, in the order in which they were. */
  get mappedRegions(): readonly MemoryRegion[] {
    return this.#machine.mappedRegions;
  }

  /**
   * Maps a file, or bytes, into the guest, to be read and executed; see {@linkcode mapRegion}. A file is not copied: guests
   * share its pages, and nothing is ever written to it. If it becomes shorter, a call that reads what has gone ends with
   * `ERR_MEMORY_ACCESS`. Bytes are copied once; other sandboxes share them by {@linkcode mapRegion} of the region.
   *
   * @param file Its path, or a `file:` URL; `/proc/self/fd/N` for one that is open, such as a memfd. Or the bytes.
   * @param guestAddress As in {@linkcode mapRegion}; a multiple of 4096 for guests of ring 0.
   * @returns The region: its size is the file's, rounded up to whole pages.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if the file is none of these, or the address is no number.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if there are no bytes, and as {@linkcode mapRegion}.
   * @throws {VmletError} `ERR_FILE` if the file cannot be read or is empty, and as {@linkcode mapRegion}.
   *
   * @example A guest that reads what its host maps
   * ```ts
   * import { Sandbox } from "@vmlet/vmlet";
   *
   * using sandbox = await Sandbox.create({
   *   guest: "guest/examples/sha256.elf",
   *   exports: { sha256_at: { parameters: ["u64", "u64"], result: "buffer" } },
   * });
   * const { guestAddress } = sandbox.mapFile(new TextEncoder().encode("abc"));
   * const digest = sandbox.exports.sha256_at(BigInt(guestAddress), 3n);
   * console.log(digest[0]); // 186
   * ```
   */
  mapFile(file: string | URL | Uint8Array, guestAddress?: number): MemoryRegion {
    this.#check("map a file");
    this.#checkPoison("map a file");
    if (guestAddress !== undefined && typeof guestAddress !== "number") {
      throw wrongType("Cannot map the file: its address in the guest is not a number");
    }
    // The driver holds it for as long as it is mapped.
    using memory = file instanceof Uint8Array ? memoryOf(file) : mappedFile(file);
    const name = memory.file ?? "bytes";
    const flags = { read: true, execute: true };
    const region = { name, size: memory.size, memory, flags };
    return this.mapRegion(guestAddress === undefined ? region : { ...region, guestAddress });
  }

  /**
   * Counts what the guest did so far, and its memory. It may be asked at any time, also during a call; the memory is looked
   * through each time, which takes microseconds for each MiB of it.
   *
   * @throws {VmletError} `ERR_CLOSED`, `ERR_KVM`, `ERR_LIMIT` if too many files are open to look through the memory.
   */
  stats(): SandboxStats {
    this.#checkOpen("count what the guest did");
    const { resident, dirtied, hot, restores, copied, ...rest } = this.#machine.stats();
    return {
      residentPages: resident,
      dirtiedPages: dirtied,
      hotPages: hot,
      restores,
      copiedBytes: copied * PAGE_SIZE,
      droppedRecords: this.#machine.said.dropped,
      ...rest,
    };
  }

  /**
   * What was recorded of the guest so far, as the options `traceGuest`, `memProfile` and `cpuProfile` say; also during a
   * call, and when the sandbox is closed. Stacks have names where the guest's file has symbols, and callers where it says
   * how to find them: `vmlet build -g`.
   *
   * @example Where the time goes, as a flame graph
   * ```ts
   * import { writeFileSync } from "node:fs";
   * import { Sandbox } from "@vmlet/vmlet";
   *
   * using sandbox = await Sandbox.create({ guest: "guest/examples/sha256.elf", cpuProfile: true });
   * sandbox.call("sha256", [new Uint8Array(10_000_000)]);
   * const { cpu } = sandbox.recording();
   * if (cpu) writeFileSync("flame.svg", cpu.flameGraph("sha256"));
   * ```
   */
  recording(): Recording {
    return this.#machine.recording() ?? {};
  }

  #checkOpen(what: string): void {
    if (!this.#closed) return;
    throw new VmletError("ERR_CLOSED", `Cannot ${what}: the sandbox is closed`);
  }

  /** Throws unless something can be done to the guest now. */
  #check(what: string): void {
    this.#checkOpen(what);
    if (this.#running) {
      throw new VmletError(
        "ERR_BUSY",
        `Cannot ${what}: another call of this sandbox is running, use a second sandbox`,
      );
    }
  }

  #checkPoison(what: string): void {
    if (!this.poisoned) return;
    throw new VmletError(
      "ERR_POISONED",
      `Cannot ${what}: an earlier call ended in the middle of the guest, ` +
        "so its state cannot be trusted: restore a snapshot, or create another sandbox",
    );
  }

  #calleeOf(name: string, args: unknown): GuestFunction {
    const callee = this.#functions.get(name);
    if (!callee) {
      throw wrongType(`Cannot call "${String(name)}": the exports define no such function`);
    }
    if (!Array.isArray(args)) {
      throw wrongType(`Cannot call "${name}": its arguments are not an array`);
    }
    return callee;
  }

  /** What limits a call that has limits of its own. */
  #limitsOf({ name }: Call, limits: CallLimits): CallLimits | undefined {
    if (typeof limits !== "object" || limits === null) {
      throw wrongType(`Cannot call "${name}": its limits are not an object`);
    }
    const { deadline, cpuBudget } = limits;
    return checkLimits({ ...this.#limits, ...limitsOf(deadline, cpuBudget) }, `call "${name}"`);
  }

  #asyncCallable(callee: GuestFunction): (...args: unknown[]) => Promise<Value> {
    const { length } = callee.parameters;
    return async (...args) => {
      const options = args.length === length + 1 ? args.pop() : undefined;
      return await this.#callAsync(callee, args, options as AsyncCallOptions | undefined);
    };
  }

  /** A function that calls the guest's. It has one array for the arguments of all calls, so that none is made. */
  #callable(callee: GuestFunction): (...args: unknown[]) => Value {
    const { length } = callee.parameters;
    const values: unknown[] = new Array(length).fill(undefined);
    const call = (count: number) => {
      try {
        return this.#call(callee, values, count);
      } finally {
        // What was passed is not kept alive until the next call.
        for (let i = 0; i < length; i++) values[i] = undefined;
      }
    };
    const refuseIfRunning = () => {
      if (this.#running) this.#check(`call "${callee.name}"`);
    };
    return function () {
      // Before the values of a call that is running are overwritten.
      refuseIfRunning();
      // A rest parameter would make an array for each call.
      const given = arguments;
      for (let i = 0; i < length; i++) values[i] = given[i];
      return call(given.length);
    };
  }

  #call(
    callee: GuestFunction,
    args: readonly unknown[],
    count = args.length,
    limits = this.#limits,
  ): Value {
    this.#begin(callee);
    try {
      checkArguments(callee, args, count);
      const values = args as readonly Value[];
      const observer = telemetry();
      if (observer === undefined) return this.#machine.call(callee, values, limits);
      return this.#observe(observer, callee, () => this.#machine.call(callee, values, limits));
    } catch (error) {
      this.#logFailure(callee, error);
      throw error;
    } finally {
      this.#running = false;
    }
  }

  async #callAsync(
    callee: GuestFunction,
    args: readonly unknown[],
    options: AsyncCallOptions = {},
    began?: number,
  ): Promise<Value> {
    const { name } = callee;
    if (typeof options !== "object" || options === null) {
      throw wrongType(`Cannot call "${name}": its options are not an object`);
    }
    const { signal } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal)) {
      throw wrongType(`Cannot call "${name}": signal is not an AbortSignal`);
    }
    const limits = this.#limitsOf(callee, options);
    this.#begin(callee);
    const over = Promise.withResolvers<void>();
    this.#over = over.promise;
    underWay.add(this);
    try {
      checkArguments(callee, args, args.length);
      signal?.throwIfAborted();
      const all = { limits, signal, began };
      const observer = telemetry();
      const run = () => this.#machine.callAsync(callee, args as readonly Value[], all);
      return await (observer ? this.#observe(observer, callee, run) : run());
    } catch (error) {
      this.#logFailure(callee, error);
      throw error;
    } finally {
      this.#running = false;
      this.#over = undefined;
      underWay.delete(this);
      over.resolve();
    }
  }

  /** A call that an SDK of OpenTelemetry's gets to know of. */
  #observe<T>(observer: Telemetry, { name }: Call, run: () => T): T {
    const attributes = { "vmlet.guest": this.#origin.name, "vmlet.function": name };
    if (!observer.counts) return observer.observe("call", attributes, run);
    const count = () => observer.count(this.#machine.takeWork(), attributes);
    return observer.observe("call", attributes, run, count);
  }

  /** Whoever called gets the error: this is for those who look for what became of the sandbox. */
  #logFailure(callee: Call, error: unknown): void {
    sandboxLog.debug(
      this.poisoned
        ? "{function} of {guest} failed in the middle of the guest: {error}"
        : "{function} of {guest} failed: {error}",
      { function: callee.name, guest: this.#origin.name, error },
    );
  }

  /** Begins a call, if one can begin now. */
  #begin({ name }: Call): void {
    // On the hot path: the message is put together only where it is needed.
    if (this.#closed || this.#running) this.#check(`call "${name}"`);
    if (this.poisoned) this.#checkPoison(`call "${name}"`);
    // From here on, since looking at an argument may run code of its owner's (a proxy).
    this.#running = true;
    this.#current = undefined;
  }
}

function checkArguments(
  { name, parameters }: GuestFunction,
  args: readonly unknown[],
  count: number,
): void {
  if (count !== parameters.length) {
    throw wrongType(`Cannot call "${name}": it takes ${parameters.length} arguments, not ${count}`);
  }
  for (let i = 0; i < parameters.length; i++) {
    checkValue(parameters[i] as ValueType, args[i], name, i);
  }
}

/** The pages of a file that the program may read. */
function mappedFile(file: string | URL): Memory {
  const { path, size } = openableFile(file);
  return Memory.mapFile(path, size);
}

function memoryOf(bytes: Uint8Array): Memory {
  if (bytes.length === 0) throw outOfRange("Cannot map the bytes: there are none");
  return Memory.from(bytes);
}

/** A copy of a region, so that what is checked is what is mapped. Throws unless it is one, whatever its numbers are. */
function regionOf(what: string, given: Partial<MemoryRegion>): MemoryRegion {
  const region = { ...given } as MemoryRegion;
  const { name, guestAddress, size, memory, offset = 0, flags } = region;
  const isRegion = typeof name === "string" && memory instanceof Memory &&
    [guestAddress, size, offset].every((it) => typeof it === "number") &&
    typeof flags === "object" && flags !== null;
  if (isRegion) return { ...region, flags: { ...flags } };
  throw wrongType(
    `Cannot ${what}: the argument is none, with a name, a memory, flags, and numbers for its place and size`,
  );
}

/** What programs call the functions by: it has no prototype, and nobody can change it. */
function tableOf<T>(
  functions: ExportedFunctions,
  callable: (it: GuestFunction) => unknown,
): T {
  const table: Record<string, unknown> = Object.create(null);
  for (const [name, it] of functions) table[name] = callable(it);
  return Object.freeze(table) as T;
}

/** The definitions of exports that the options give, checked; undefined where there are none. */
function definitionsOf(exports: FunctionDefinitions | undefined): ExportedFunctions | undefined {
  if (exports === undefined) return undefined;
  if (typeof exports !== "object" || exports === null) {
    throw wrongType("Cannot create a sandbox: its exports are not an object");
  }
  const functions = new Map<string, GuestFunction>();
  for (const [name, it] of Object.entries(exports)) {
    functions.set(name, new GuestFunction(name, checkDefinition("export", name, it)));
  }
  return functions;
}

function importedFunctions(imports: object | undefined): Map<string, Import> {
  const functions = new Map<string, Import>();
  if (imports === undefined) return functions;
  if (typeof imports !== "object" || imports === null) {
    throw wrongType("Cannot create a sandbox: its imports are not an object");
  }
  for (const [name, definition] of Object.entries(imports)) {
    const { parameters, result } = checkDefinition("import", name, definition);
    const callback: unknown = definition.callback;
    if (typeof callback !== "function") {
      throw wrongType(`Cannot define import "${name}": its callback is not a function`);
    }
    const call = callback as Import["callback"];
    functions.set(name, { parameters, result, callback: call, encoder: ResultEncoder.of(result) });
  }
  return functions;
}

/** What guests of ring 0 print through, as Hyperlight has it. */
const HOST_PRINT: Signature = { parameters: ["string"], result: "i32" };

/** What the host offers a guest, without the callbacks: what keeps this keeps none of them alive. */
function offered(imports: ReadonlyMap<string, Import>, isRing0: boolean): Signatures {
  const signatures = new Map<string, Signature>();
  for (const [name, { parameters, result }] of imports) {
    signatures.set(name, { parameters, result });
  }
  if (isRing0 && !signatures.has("HostPrint")) signatures.set("HostPrint", HOST_PRINT);
  return signatures;
}

/** Imports with `HostPrint` for guests of ring 0, unless the host has one of its own. */
function withHostPrint(
  imports: ReadonlyMap<string, Import>,
  said: GuestOutput,
): ReadonlyMap<string, Import> {
  if (imports.has("HostPrint")) return imports;
  return new Map(imports).set("HostPrint", {
    ...HOST_PRINT,
    callback: (text) => said.hostPrint(text as string),
    encoder: ResultEncoder.of("i32"),
  });
}

function memoryChoice(
  { memory = {}, initData, executableHeap }: Pick<
    SandboxOptions,
    "memory" | "initData" | "executableHeap"
  >,
): Omit<MemoryChoice, "imports"> {
  if (executableHeap !== undefined && typeof executableHeap !== "boolean") {
    throw wrongType("Cannot create a sandbox: executableHeap is not a boolean");
  }
  return {
    sizes: memorySizes(memory),
    initData: initDataOf(initData),
    executableHeap: executableHeap === true,
  };
}

/** What was chosen, without the bytes, which may be many. */
function shapeOf({ sizes, initData, executableHeap = false }: MemoryChoice): MemoryShape {
  return {
    sizes,
    initData: initData &&
      { size: initData.bytes.length, write: initData.write, execute: initData.execute },
    executableHeap,
  };
}

function memorySizes(memory: MemoryOptions): Partial<Sizes> {
  if (typeof memory !== "object" || memory === null) {
    throw wrongType("Cannot create a sandbox: memory is not an object");
  }
  const sizes: Partial<Record<typeof MEMORY_PARTS[number], number>> = {};
  for (const key of MEMORY_PARTS) {
    const size: unknown = memory[key];
    if (size === undefined) continue;
    if (typeof size !== "number") {
      throw wrongType(`Cannot create a sandbox: memory.${key} is not a number of bytes`);
    }
    const limit = MEMORY_LIMITS[key];
    if (!Number.isSafeInteger(size) || size < 0 || size > limit) {
      throw outOfRange(
        `Cannot create a sandbox: memory.${key} is ${size}, and it may be at most ${limit} bytes`,
      );
    }
    sizes[key] = size;
  }
  return sizes;
}

function initDataOf(given: SandboxOptions["initData"]): MemoryChoice["initData"] {
  if (given === undefined) return undefined;
  const { bytes, write = false, execute = false }: InitDataOptions = given instanceof Uint8Array
    ? { bytes: given }
    : given ?? {};
  if (!(bytes instanceof Uint8Array)) {
    throw wrongType(
      "Cannot create a sandbox: initData is neither a Uint8Array nor has one as bytes",
    );
  }
  if (typeof write !== "boolean" || typeof execute !== "boolean") {
    throw wrongType("Cannot create a sandbox: initData.write and initData.execute are booleans");
  }
  return { bytes: bytes.slice(), write, execute };
}

/** Limits with only those that are given. */
function limitsOf(deadline: number | undefined, cpuBudget: number | undefined): CallLimits {
  return {
    ...(deadline === undefined ? {} : { deadline }),
    ...(cpuBudget === undefined ? {} : { cpuBudget }),
  };
}

function checkMemoryLimit(limit: number | undefined, what: string): number | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit !== "number") {
    throw wrongType(`Cannot ${what}: memoryLimit is not a number of bytes`);
  }
  if (limit > 0) return limit;
  throw outOfRange(`Cannot ${what}: memoryLimit is ${limit}, and a guest needs some memory`);
}

/** Where the guest's file is, for core dumps, and the rest that only the driver looks at. */
function machineOptionsOf(
  options: Pick<SandboxOptions, "guest" | "interruptSignalOffset" | "memory" | "memoryLimit">,
  limits: CallLimits | undefined,
): MachineOptions {
  const { interruptSignalOffset } = options;
  const path = absolutePath(options.guest);
  const memoryLimit = checkMemoryLimit(options.memoryLimit, "create a sandbox");
  const { hugePages = false } = options.memory ?? {};
  if (typeof hugePages !== "boolean") {
    throw wrongType("Cannot create a sandbox: memory.hugePages is not a boolean");
  }
  if (hugePages && memoryLimit !== undefined) {
    throw outOfRange(
      "Cannot create a sandbox: memoryLimit counts pages of 4096 bytes, and memory.hugePages has others",
    );
  }
  const raised = (limit: number | undefined) =>
    limit === undefined ? undefined : Math.max(limit, MINIMUM_INITIAL_LIMIT);
  return {
    ...(limits === undefined ? {} : {
      initialLimits: limitsOf(raised(limits.deadline), raised(limits.cpuBudget)),
    }),
    ...(interruptSignalOffset === undefined ? {} : { interruptSignalOffset }),
    ...(path === undefined ? {} : { binaryPath: path }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(hugePages ? { hugePages } : {}),
  };
}
