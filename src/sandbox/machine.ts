/** One guest in its VM: memory laid out and loaded, calls carried in and results out, exits answered. */

import {
  AsyncCall,
  type CallLimits,
  type CpuState,
  type Driver,
  type DriverStats,
  type InitialArguments,
  type InterruptHandle,
  isTimeUp,
  type MemoryRegion,
} from "../driver/mod.ts";
import { type IdleVm, retire } from "../driver/driver.ts";
import type { Debugger } from "../debug/mod.ts";
import { readLinear } from "../debug/memory.ts";
import { signalOf } from "../debug/signal.ts";
import { VmletError, wrongType } from "../ffi/mod.ts";
import { MAY_BE_NEWER } from "../guest/kind.ts";
import { GuestFailure, MismatchError, TooLargeError, WireError } from "../guest/error.ts";
import type { Part } from "../guest/layout.ts";
import { PEB_DISPATCH_OFFSET } from "../guest/peb.ts";
import { PORT } from "../guest/ports.ts";
import type { GuestException } from "../guest/ring3.ts";
import {
  type CallEncoder,
  type HostCall,
  pushHostError,
  type ResultEncoder,
  type ResultType,
  Stack,
  type Value,
  type ValueType,
} from "../guest/wire.ts";
import { Memory, viewMemory } from "../kvm/memory.ts";
import type { Regs } from "../kvm/mod.ts";
import { EXIT, PAGE_SIZE } from "../kvm/constants.ts";
import { checkValue, RESULT } from "./arguments.ts";
import { type Crash, explained, explainLater } from "./crash.ts";
import { type CoreDumpPlan, dumpCrash, type ReadMemory, writeCore } from "./core_dump.ts";
import { messageOf } from "./error.ts";
import { exceptionName, faultError } from "./faults.ts";
import type { GuestOutput } from "./guest_output.ts";
import { createDriver, type GuestOptions } from "./guest_driver.ts";
import type { LoadedGuest } from "./guest_file.ts";
import { Mappings, type RegionMapper } from "./mappings.ts";
import { type LiveBlock, Recorder, type Recording, type RecordingPlan } from "./recorder.ts";
import { runners } from "./runners.ts";
import { coreOf, type GuestRegisters, guestRegisters } from "./stopped.ts";
import { type Beginning, dropSpare, hasSpare, keepSpare, takeSpare } from "./spare.ts";
import { StackNames } from "./stack_names.ts";
import { telemetry, type Work } from "./telemetry.ts";
import { type MemoryImage, WorkingSet, type WorkingSetStats } from "./working_set.ts";

/** A function of the host that the guest may call. */
export interface Import {
  readonly parameters: readonly ValueType[];
  readonly result: ResultType;
  readonly callback: (...args: Value[]) => unknown;
  readonly encoder: ResultEncoder;
}

/** What a call of a guest's function needs to know of it. */
export interface Call {
  readonly name: string;
  readonly result: ResultType;
  readonly encoder: CallEncoder;
}

/** The largest memory that is kept with a VM for the next guest: KVM has tables of its own for each page, some MiB here. */
const MOST_SPARE = 1024 * 1024 * 1024;

/** The longest abort in bytes, code and message (Hyperlight's limit). */
const ABORT_LIMIT = 1024;
const ABORT_END = 0xff;

/** Codes of a guest's aborts and errors that have a code of their own here (Hyperlight's `ErrorCode`). */
const STACK_OVERFLOW = 9;
const OUT_OF_MEMORY = 13;
/** With a second byte that is the vector: the abort of a Hyperlight guest's exception handler. */
const GUEST_EXCEPTION = 15;
const FUNCTION_NOT_FOUND = 4;
const WRONG_PARAMETER_COUNT = 5;
const WRONG_PARAMETER_TYPE = 14;
const HOST_ERROR = 17;

/** What an asynchronous call is given besides its arguments. */
export interface AsyncOptions {
  readonly limits: CallLimits | undefined;
  readonly signal: AbortSignal | undefined;
  /** When its deadline began, by `performance.now()`; now if it is absent. */
  readonly began: number | undefined;
}

/** What puts an import's result, or its error, where the guest finds it. */
type Answer = (input: Stack) => void;

/** What a machine is told besides its guest and imports. */
export interface MachineOptions
  extends Pick<GuestOptions, "interruptSignalOffset" | "binaryPath" | "memoryLimit"> {
  /** How long the guest may take to initialise. */
  readonly initialLimits?: CallLimits;
  /** Whether the guest is of vmlet's kit, which can be told anew at each call what its host wants of it. */
  readonly isKit?: boolean;
  /** Whether the guest's memory may be of huge pages, and then without a log of those that it writes to. */
  readonly hugePages?: boolean;
  /** What is recorded of the guest. */
  readonly recording?: RecordingPlan;
  /** Who debugs the guest. */
  readonly debugger?: Debugger;
  /** Where a crash leaves a core dump. */
  readonly coreDumps?: CoreDumpPlan;
}

// What a guest of the kit is told at each entry (`guest/kit.h`).
const WISHES_KNOWN = 1;
const WISHES_LEVEL = 8;

/** The longest message that an error of the host's carries into the guest. */
const MAX_ERROR_MESSAGE = 1000;

/** What a guest can have changed between two calls. */
export interface MachineState {
  /** Its physical memory. */
  readonly memory: MemoryImage;
  /** Its vCPU; a guest of ring 3 changes nothing there that its next entry does not set. */
  readonly cpu?: CpuState;
  /** The regions that were mapped into it. Whoever keeps this keeps their memory mapped. */
  readonly regions: readonly MemoryRegion[];
  /** The guest, with the random numbers that it was given. */
  readonly guest: LoadedGuest;
  /** The address of its dispatch function. */
  readonly dispatch: number;
  /** What the guest has allocated, if that is recorded. */
  readonly live?: ReadonlyMap<bigint, LiveBlock>;
}

/** What a machine did so far. */
export interface MachineStats extends DriverStats, WorkingSetStats {
  /** How many pages of its memory have memory of the process's; undefined where the kernel does not say. */
  readonly resident: number | undefined;
}

/** What a machine is made of that is not new. */
interface Given {
  /** What the memory is like. */
  readonly content?: MemoryImage;
  /** The VM, with this memory. */
  readonly vm?: IdleVm;
}

/** Whether nothing is asked for that a VM keeps: a debugger's stops, or memory of another kind. */
function hasOrdinaryVm({ debugger: debug, hugePages }: MachineOptions): boolean {
  return debug === undefined && !hugePages;
}

/** A guest in its VM. One call runs at a time; its user sees to that. */
export class Machine {
  readonly #memory: Memory;
  readonly #guest: LoadedGuest;
  readonly #layout: LoadedGuest["layout"];
  readonly #driver: Driver;
  readonly #imports: ReadonlyMap<string, Import>;
  readonly #said: GuestOutput;
  readonly #workingSet: WorkingSet;
  readonly #mapper: RegionMapper | Mappings;
  readonly #debugger: Debugger | undefined;
  readonly #coreDumps: CoreDumpPlan | undefined;
  readonly #isKit: boolean;
  /** What the next guest must begin with to get the VM; undefined if none may. */
  readonly #beginning: Beginning | undefined;
  readonly #recorder: Recorder | undefined;
  #counted: Work = { exits: [], bytesIn: 0, bytesOut: 0, dropped: 0, pages: 0 };
  /** The address of the guest's dispatch function, once it named it. */
  #dispatch = 0;
  // Views on the guest's memory; they must not outlive it, so close() drops them.
  #input: Stack;
  #output: Stack;
  #poisoned = false;
  /** Whether the guest has taken more memory than it may. */
  #isOverLimit = false;
  /** The bytes of an abort so far, during a call. */
  #abort: number[] = [];
  /** The exception that a guest of ring 0 reported with its abort, during a call. */
  #reported: GuestException | undefined;
  /** The registers with which the guest stopped in the middle of a call, once they were looked at. */
  #stopped: GuestRegisters | undefined;
  /** Reads what the last call's error has to tell of the guest, if it was not read yet. */
  #lookBeforeChange: (() => void) | undefined;
  /** What an import of the running call threw last, and what the guest was told of it. */
  #importError: { readonly thrown: unknown; readonly told: string } | undefined;

  private constructor(
    memory: Memory,
    guest: LoadedGuest,
    imports: ReadonlyMap<string, Import>,
    said: GuestOutput,
    options: MachineOptions,
    { content, vm }: Given = {},
  ) {
    const { image, layout } = guest;
    const { debugger: debug, recording, isKit = false } = options;
    const out = debug
      ? (port: number, value: number) => this.#handleDebuggedOut(debug, port, value)
      : (port: number, value: number) => this.#handleOut(port, value);
    const hooks = {
      out,
      outAsync: (port: number, value: number) =>
        port === PORT.CALL_FUNCTION ? this.#callImportAsync() : out(port, value),
      ...(isKit || !recording?.trace ? {} : { trace: () => this.#recorder?.takeBatch() }),
      ...debug?.hooks,
    };
    const sampling = recording?.interval === undefined ? {} : {
      sampling: { interval: recording.interval, look: () => this.#recorder?.look() },
    };
    // The log knows small pages only.
    const log = options.hugePages ? { dirtyLog: "none" as const } : {};
    const common = { entryPoint: image.entry, hooks, ...log };
    this.#debugger = debug;
    this.#coreDumps = options.coreDumps;
    this.#isKit = isKit;
    const mayBeSpare = hasOrdinaryVm(options) && memory.size <= MOST_SPARE;
    this.#beginning = mayBeSpare ? content ?? layout.regions : undefined;
    const driver = createDriver(memory, layout, { ...options, ...common, ...sampling }, vm);
    this.#driver = driver;
    this.#recorder = recording && this.#recorderFor(recording, guest);
    debug?.attach(this.#driver, () => this.stats());
    this.#memory = memory;
    this.#guest = guest;
    this.#layout = layout;
    this.#imports = imports;
    this.#said = said;
    said.endsWhen(() => this.#driver.isCancelled || isTimeUp());
    const { inputPhysical, outputPhysical, outputSize } = layout;
    const buffers = { start: inputPhysical, end: outputPhysical + pages(outputSize) };
    const workingSet = new WorkingSet(memory, this.#driver, buffers, content);
    this.#workingSet = workingSet;
    this.#mapper = layout.ring === 0
      ? this.#driver
      : new Mappings(this.#driver, layout.directoryPointersPhysical, (start, length) => {
        workingSet.wrote(start, length);
      });
    const stack = (physical: number, size: number) =>
      new Stack(size, (length) => viewMemory(memory, physical, length));
    this.#input = stack(layout.inputPhysical, layout.inputSize);
    this.#output = stack(layout.outputPhysical, layout.outputSize);
  }

  /**
   * Loads a guest and lets it initialise. A failure leaves nothing behind.
   *
   * @throws {VmletError} As {@linkcode call}, and `ERR_INVALID_GUEST` if the guest names no dispatch function.
   */
  static create(
    guest: LoadedGuest,
    imports: ReadonlyMap<string, Import>,
    said: GuestOutput,
    options: MachineOptions,
  ): Machine {
    const { image, layout } = guest;
    const { hugePages = false } = options;
    const spare = hasOrdinaryVm(options) ? takeSpare(layout.regions) : dropSpare();
    const memory = spare?.memory ?? new Memory(layout.size, { hugePages });
    let machine: Machine | undefined;
    try {
      for (const { physical, bytes } of layout.contents) memory.write(physical, bytes);
      image.load(viewMemory(memory, layout.imagePhysical, image.size));
      machine = new Machine(memory, guest, imports, said, options, spare);
      options.debugger?.announce();
      const observer = telemetry();
      const initialise = machine.#initialise.bind(machine, options.initialLimits);
      if (observer) observer.observe("initialise", { "vmlet.guest": said.guest }, initialise);
      else initialise();
      return machine;
    } catch (error) {
      machine?.close();
      spare?.vm[Symbol.dispose]();
      memory.close();
      throw error;
    }
  }

  /**
   * Makes another guest in this state: it shares the state's memory until it writes to it, and nothing of it runs. A
   * failure leaves nothing behind.
   *
   * @throws {VmletError} `ERR_MEMORY`, `ERR_LIMIT`, `ERR_KVM`, `ERR_NO_HYPERVISOR`.
   */
  static clone(
    { memory: content, cpu, regions, guest, dispatch, live }: MachineState,
    imports: ReadonlyMap<string, Import>,
    said: GuestOutput,
    options: MachineOptions,
  ): Machine {
    const spare = takeSpare(content);
    const memory = spare?.memory ?? content.copyOnWrite();
    let machine: Machine | undefined;
    try {
      machine = new Machine(memory, guest, imports, said, options, { ...spare, content });
      machine.#dispatch = dispatch;
      if (cpu) machine.#driver.restoreCpu(cpu);
      machine.#restoreRegions(regions);
      machine.#recorder?.restore(live);
      return machine;
    } catch (error) {
      machine?.close();
      spare?.vm[Symbol.dispose]();
      memory.close();
      throw error;
    }
  }

  #recorderFor(plan: RecordingPlan, guest: LoadedGuest): Recorder {
    const driver = this.#driver;
    const reader = () => {
      const [parts, stopped] = [this.#parts(), { sregs: driver.sregs() }];
      return (address: bigint, length: number) => this.#readGuest(parts, address, length, stopped);
    };
    const names = new StackNames(guest);
    const stack = (registers: Regs) => names.of(registers, reader());
    return new Recorder(plan, { driver, isKit: this.#isKit, reader, stack });
  }

  /** What was recorded of the guest so far. */
  recording(): Recording | undefined {
    return this.#recorder?.recording();
  }

  /** What was done since this was asked last, for {@linkcode Telemetry.count}. */
  takeWork(): Work {
    const before = this.#counted;
    const now = this.#counted = {
      exits: this.#driver.exitCounts.slice(),
      bytesIn: this.#input.traffic,
      bytesOut: this.#output.traffic,
      dropped: this.#said.dropped,
      pages: this.#workingSet.copied,
    };
    return {
      exits: now.exits.map((count, reason) => count - (before.exits[reason] ?? 0)),
      bytesIn: now.bytesIn - before.bytesIn,
      bytesOut: now.bytesOut - before.bytesOut,
      dropped: now.dropped - before.dropped,
      pages: now.pages - before.pages,
    };
  }

  /** What is to dispose of, for a finalizer: it keeps neither the machine nor its imports alive. */
  get resources(): readonly Disposable[] {
    const debug = this.#debugger ? [this.#debugger.resources] : [];
    return [...debug, this.#driver.resources, this.#memory, this.#workingSet.resources];
  }

  /** Whether a call ended in the middle of the guest, so that nothing can be said of the guest's state. */
  get poisoned(): boolean {
    return this.#poisoned;
  }

  /** What the guest says besides its results. */
  get said(): GuestOutput {
    return this.#said;
  }

  /** What interrupts the guest's calls. */
  interruptHandle(): InterruptHandle {
    return this.#driver.interruptHandle();
  }

  /**
   * Calls a function of the guest, on this thread.
   *
   * @throws {VmletError} `ERR_TOO_LARGE` before the guest is entered; otherwise whatever the guest made of it.
   */
  call(call: Call, args: readonly Value[], limits: CallLimits | undefined): Value {
    this.#encode(call, args);
    this.#recorder?.beginCall();
    try {
      this.#enter(limits);
    } finally {
      this.#recorder?.endCall(`call ${call.name}`);
    }
    return this.#result(call);
  }

  /**
   * The same with the guest on another thread. Imports may return promises.
   *
   * @throws {VmletError} As {@linkcode call}, and `ERR_RUNNER`; what the call's signal has for a reason.
   */
  async callAsync(
    call: Call,
    args: readonly Value[],
    { limits, signal, began }: AsyncOptions,
  ): Promise<Value> {
    const run = new AsyncCall(runners, limits, signal, began);
    this.#encode(call, args);
    this.#abort.length = 0;
    this.#reported = this.#stopped = this.#importError = undefined;
    this.#recorder?.beginCall();
    try {
      await this.#driver.dispatchCallAsync(this.#dispatch, run, this.#wishes());
      this.#said.endCall(limits?.deadline);
    } catch (error) {
      if (run.entered) throw this.#failed(error);
      this.#said.endFailedCall();
      throw error;
    } finally {
      this.#recorder?.endCall(`call ${call.name}`);
      this.#debugger?.left();
    }
    return this.#result(call);
  }

  #encode(call: Call, args: readonly Value[]): void {
    this.#input.reset();
    this.#output.reset();
    try {
      call.encoder.push(this.#input, args);
    } catch (cause) {
      if (!(cause instanceof TooLargeError)) throw cause;
      throw new VmletError(
        "ERR_TOO_LARGE",
        `Cannot call "${call.name}": its arguments do not fit into the input buffer, ` +
          `${cause.message}: give it more with memory.input`,
        { cause },
      );
    }
  }

  /** All that the guest can change, for {@linkcode restore}. Its memory is to be held before anything else happens. */
  snapshot(): MachineState {
    const regions = this.mappedRegions;
    const cpu = this.#layout.ring === 3 ? undefined : this.#driver.saveCpu();
    this.#reportWritten();
    const memory = this.#workingSet.capture();
    const live = this.#recorder?.save();
    const state = { memory, regions, guest: this.#guest, dispatch: this.#dispatch };
    return { ...state, ...(cpu ? { cpu } : {}), ...(live ? { live } : {}) };
  }

  /**
   * Makes the guest what it was when {@linkcode snapshot} was taken, however its last call ended. The registers that
   * are not part of it are set anew at every entry.
   */
  restore({ memory, cpu, regions, live }: MachineState): void {
    this.#lookBeforeChange?.();
    this.#lookBeforeChange = undefined;
    // Until all of it is done.
    this.#poisoned = true;
    // Before the memory is restored: what is pending may write to it.
    this.#driver.settle();
    this.#reportWritten();
    this.#workingSet.restore(memory);
    if (this.#isOverLimit) this.#workingSet.discardPages();
    if (cpu) this.#driver.restoreCpu(cpu);
    this.#restoreRegions(regions);
    this.#recorder?.restore(live);
    this.#poisoned = this.#isOverLimit = false;
  }

  /** Tells the working set what the host wrote to: nothing but the buffers, unless a debugger is there. */
  #reportWritten(): void {
    if (this.#debugger) this.#workingSet.wrote(0, this.#memory.size);
    const { inputPhysical, outputPhysical } = this.#layout;
    this.#workingSet.wrote(inputPhysical, this.#input.takeWritten());
    this.#workingSet.wrote(outputPhysical, this.#output.takeWritten());
  }

  #restoreRegions(wanted: readonly MemoryRegion[]): void {
    const mapped = this.mappedRegions;
    for (const region of mapped) if (!wanted.includes(region)) this.unmapRegion(region);
    for (const region of wanted) if (!mapped.includes(region)) this.mapRegion(region);
  }

  /**
   * Where a region of this size can be mapped.
   *
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` for a guest of ring 0, which knows itself what is free.
   * @throws {VmletError} `ERR_LIMIT` if it can be nowhere.
   */
  placeFor(size: number): number {
    if (this.#mapper instanceof Mappings) return this.#mapper.findPlace(size);
    throw wrongType(
      "Cannot map a region: a guest of ring 0 does not say where, so guestAddress is needed",
    );
  }

  /**
   * Maps a region: into the physical memory of a guest of ring 0, whose page tables are its own affair, and into the
   * address space of one of ring 3.
   *
   * @throws {VmletError} As the driver, or as {@linkcode Mappings.mapRegion}.
   */
  mapRegion(region: MemoryRegion): void {
    this.#mapper.mapRegion(region);
  }

  /** Takes a region away again. */
  unmapRegion(region: MemoryRegion): void {
    this.#mapper.unmapRegion(region);
  }

  /** The regions that were mapped and not unmapped. */
  get mappedRegions(): readonly MemoryRegion[] {
    return this.#mapper.mappedRegions;
  }

  /**
   * Counts, also during a call.
   *
   * @throws {VmletError} `ERR_KVM`.
   */
  stats(): MachineStats {
    this.#reportWritten();
    const resident = this.#memory.residentPages();
    return { ...this.#driver.stats(), ...this.#workingSet.stats(), resident };
  }

  /** Ends the VM and unmaps its memory. Closing twice is harmless. */
  close(): void {
    try {
      this.#lookBeforeChange?.();
    } finally {
      this.#dropViews();
      this.#debugger?.close();
      for (const resource of this.resources) resource[Symbol.dispose]();
    }
  }

  /** The same, but that the next guest that begins as this one did may get the VM, with its memory as it was then. */
  retire(): void {
    const [memory, beginning] = [this.#memory, this.#beginning];
    const isOfUse = beginning !== undefined && !hasSpare(beginning) && !this.#poisoned;
    if (!isOfUse) return this.close();
    let vm: IdleVm | undefined;
    try {
      vm = retire(this.#driver);
      // Zeroes are left, or what a clone shares.
      if (vm) memory.discard(0, memory.size);
    } catch {
      // What KVM or the kernel refuses to make like new ends.
      vm?.[Symbol.dispose]();
      vm = undefined;
    }
    if (!vm) return this.close();
    this.#dropViews();
    keepSpare(beginning, vm, memory);
    // A clone's hold on the image, which may end with it and then the spare.
    this.#workingSet.resources[Symbol.dispose]();
  }

  #dropViews(): void {
    this.#input = this.#output = new Stack(16, (length) => new Uint8Array(length));
  }

  #initialise(limits: CallLimits | undefined): void {
    const { seed } = this.#guest;
    const { pebAddress, pebPhysical } = this.#layout;
    // Static constructors may log and call imports.
    this.#input.reset();
    this.#output.reset();
    const args = {
      pebAddress,
      seed,
      pageSize: PAGE_SIZE,
      logLevel: this.#said.levelNumber,
      argument: this.#wishes(),
    };
    this.#recorder?.beginCall();
    try {
      this.#enter(limits, args);
    } finally {
      this.#recorder?.endCall("initialise guest");
    }
    const block = this.#memory.read(pebPhysical + PEB_DISPATCH_OFFSET, 8);
    const dispatch = new DataView(block.buffer).getBigUint64(0, true);
    // What is at the address is the guest's affair: it is entered at ring 3 like everything of it.
    if (dispatch === 0n || dispatch >= 2n ** 47n) {
      throw new VmletError(
        "ERR_INVALID_GUEST",
        `The guest initialised without a dispatch function: it left the address 0x${
          dispatch.toString(16)
        }`,
      );
    }
    this.#dispatch = Number(dispatch);
  }

  /** What a guest of the kit is told of its host's wishes (`guest/start.c`). */
  #wishes(): number {
    if (!this.#isKit) return 0;
    const level = this.#said.levelNumber << WISHES_LEVEL;
    return WISHES_KNOWN | level | (this.#recorder === undefined ? 0 : this.#recorder.wishes);
  }

  /** Enters the guest; unless it ends the call in order, it is poisoned. */
  #enter(limits: CallLimits | undefined, args?: InitialArguments): void {
    this.#abort.length = 0;
    this.#reported = this.#stopped = this.#importError = undefined;
    try {
      if (args) this.#driver.initialise(args, limits);
      else this.#driver.dispatchCall(this.#dispatch, limits, this.#wishes());
      this.#said.endCall(limits?.deadline);
    } catch (error) {
      throw this.#failed(args ? this.#beginningOf(error) : error);
    } finally {
      this.#debugger?.left();
    }
  }

  /** The error of a guest that failed to initialise, with what may be wrong with the file. */
  #beginningOf(error: unknown): unknown {
    const exits = this.#driver.exitCounts;
    const isSilentCrash = exits[EXIT.KVM_EXIT_SHUTDOWN] && !exits[EXIT.KVM_EXIT_IO];
    if (this.#isKit || !isSilentCrash || !(error instanceof VmletError)) return error;
    const { code, message, rip } = error;
    if (code !== "ERR_UNEXPECTED_EXIT" || rip === undefined) return error;
    return new VmletError(code, `${message} ${MAY_BE_NEWER}`, { rip });
  }

  /** Does what there is to do when a call has ended in the middle of the guest: what it throws. */
  #failed(error: unknown): unknown {
    this.#poisoned = true;
    this.#isOverLimit = error instanceof VmletError && error.code === "ERR_MEMORY_LIMIT";
    this.#said.endFailedCall();
    const explanation = error instanceof VmletError ? this.#explain(error) : error;
    this.#debugger?.failed(explanation);
    return explanation;
  }

  /** The error with all that the guest tells of it. */
  #explain(error: VmletError): VmletError {
    const signal = signalOf(error);
    // What ends a call from outside. A debugger may change the guest at any time.
    if (signal === undefined && !this.#debugger) {
      this.#lookBeforeChange = Machine.#explainLater(error, new WeakRef(this));
      return error;
    }
    try {
      const crash = this.#crash(error);
      if (this.#coreDumps && signal !== undefined) {
        const { segments } = this.#guest.image;
        const core = () => coreOf(this.#driver, crash.stopped, segments, error);
        const path = dumpCrash(this.#coreDumps, core, this.#readPhysical);
        if (path !== undefined) Object.assign(error, { coreDump: path });
      }
      return explained(crash);
    } catch (failure) {
      // KVM does not even give the registers: then the error is all there is.
      if (failure instanceof VmletError) return error;
      throw failure;
    }
  }

  /** Not where `this` is: whoever keeps the error would keep a guest that was forgotten. */
  static #explainLater(error: VmletError, machine: WeakRef<Machine>): () => void {
    return explainLater(error, () => {
      const it = machine.deref();
      return it && it.#crash(error);
    });
  }

  /** The guest as it is now, for a report on this error. */
  #crash(error: VmletError): Crash {
    const stopped = this.#stopped ?? guestRegisters(this.#driver, this.#layout);
    const parts = this.#parts();
    const read = (address: bigint, length: number) =>
      this.#readGuest(parts, address, length, stopped);
    return { error, code: this.#guest, stopped, reported: this.#reported, read };
  }

  /**
   * Writes a core file of the guest as it is now.
   *
   * @throws {VmletError} `ERR_FILE`, `ERR_KVM`.
   */
  dumpCore(path: string): void {
    const stopped = guestRegisters(this.#driver, this.#layout);
    const core = coreOf(this.#driver, stopped, this.#guest.image.segments);
    writeCore(path, core, this.#readPhysical, Infinity);
  }

  readonly #readPhysical: ReadMemory = (address, length) =>
    this.#driver.readPhysical(address, length);

  #result(call: Call): Value {
    try {
      return this.#output.popResult(call.result);
    } catch (cause) {
      if (cause instanceof GuestFailure) {
        throw this.#guestError(call.name, cause.code, cause.message);
      }
      // A guest that ended its call with another type is in order; one that lies is not.
      this.#poisoned = !(cause instanceof MismatchError);
      throw protocolError(`the result of "${call.name}"`, cause);
    }
  }

  /** The error for one that the guest returned. The guest ended its call in order, so it can be called again. */
  #guestError(name: string, code: number, message: string): VmletError {
    const details = { guestCode: code };
    switch (code) {
      case FUNCTION_NOT_FOUND:
        return new VmletError(
          "ERR_GUEST_FUNCTION_NOT_FOUND",
          `The guest has no function "${name}"${message === name ? "" : `: ${message}`}`,
          details,
        );
      case STACK_OVERFLOW:
        // A guest of ring 3 cannot notice that: its host does.
        if (this.#layout.ring === 3) break;
        // The guest itself says that it cannot be trusted any more.
        this.#poisoned = true;
        return new VmletError(
          "ERR_STACK_OVERFLOW",
          withWords(
            `"${name}" failed: stack overflow, give it more with memory.stack or recurse less`,
            message,
          ),
          details,
        );
      case WRONG_PARAMETER_COUNT:
      case WRONG_PARAMETER_TYPE:
        return new VmletError(
          "ERR_GUEST_FUNCTION_MISMATCH",
          withWords(`The guest's function "${name}" is not as defined in exports`, message),
          details,
        );
      case HOST_ERROR: {
        const last = this.#importError;
        // A guest may have got over that one, and return the error of another.
        const cause = last && message.includes(last.told) ? last.thrown : undefined;
        if (cause instanceof VmletError && cause.code === "ERR_ASYNC_IMPORT") return cause;
        return new VmletError("ERR_GUEST_ERROR", withWords(`"${name}" failed`, message), {
          ...details,
          ...(cause === undefined ? {} : { cause }),
        });
      }
    }
    return new VmletError(
      "ERR_GUEST_ERROR",
      withWords(`"${name}" failed with code ${code}`, message),
      details,
    );
  }

  #handleDebuggedOut(debug: Debugger, port: number, value: number): boolean {
    if (port === PORT.EXCEPTION && debug.exception()) return false;
    const hasEnded = this.#handleOut(port, value);
    if (!hasEnded) debug.resumes();
    return hasEnded;
  }

  #handleOut(port: number, value: number): boolean {
    switch (port) {
      case PORT.HALT:
        // Guests of ring 0 halt.
        if (this.#layout.ring === 0) break;
        return true;
      case PORT.LOG:
        this.#log();
        return false;
      case PORT.DEBUG_PRINT:
        this.#said.print(value);
        return false;
      case PORT.CALL_FUNCTION:
        this.#callImport();
        return false;
      case PORT.ABORT:
        this.#collectAbort(value);
        return false;
      case PORT.EXCEPTION:
        if (this.#layout.ring === 0) break;
        throw this.#exception();
    }
    if (this.#recorder?.out(port)) return false;
    const { rip } = this.#driver.regs();
    throw new VmletError(
      "ERR_FORBIDDEN_PORT",
      `The guest wrote ${value} to port ${port} at instruction 0x${
        rip.toString(16)
      }, and this host does not serve that port`,
      { port, rip },
    );
  }

  /** Gathers an abort, up to three bytes at a time: a code, a message and an end. */
  #collectAbort(value: number): void {
    const count = value & 0xff;
    for (let i = 1; i <= Math.min(count, 3); i++) {
      const byte = (value >>> (8 * i)) & 0xff;
      if (byte === ABORT_END) throw this.#abortError();
      if (this.#abort.length === ABORT_LIMIT) {
        throw new VmletError("ERR_GUEST_ABORTED", "Guest abort buffer overflowed", {
          guestCode: 0,
        });
      }
      this.#abort.push(byte);
    }
  }

  /** The error of a guest that ended its call with an abort. */
  #abortError(): VmletError {
    const exception = this.#layout.ring === 0 ? reportedException(this.#abort) : undefined;
    if (!exception) return abortError(this.#abort);
    this.#reported = exception;
    const { address, stackPointer, ...rest } = exception;
    // Of a guest that reports its exceptions itself, all this is its own word.
    const fault = { exception: rest, cr2: address, rdx: 0n, read: () => new Uint8Array(0) };
    const { code, message, ...facts } = faultError(this.#layout, fault);
    const more = `error code 0x${rest.errorCode.toString(16)}, stack pointer 0x${
      stackPointer.toString(16)
    }`;
    return new VmletError(
      code,
      `${message} (the guest reports ${exceptionName(rest.vector)}, ${more})`,
      {
        ...facts,
        guestCode: GUEST_EXCEPTION,
      },
    );
  }

  #log(): void {
    let record;
    try {
      record = this.#output.popLog(this.#said.accepts);
    } catch (cause) {
      throw protocolError("a record of its log", cause);
    }
    if (record) this.#said.record(record);
  }

  #callImport(): void {
    const call = this.#popHostCall();
    this.#pushAnswer(call, this.#runImport(call, false) as Answer);
  }

  /** The same in an asynchronous call; the guest gets its answer when what a promise gives is run. */
  #callImportAsync(): false | Promise<() => false> {
    const call = this.#popHostCall();
    const give = (answer: Answer): false => {
      this.#pushAnswer(call, answer);
      this.#debugger?.resumes();
      return false;
    };
    const answer = this.#runImport(call, true);
    if (typeof answer === "function") return give(answer);
    return answer.then((answer) => () => give(answer));
  }

  #popHostCall(): HostCall {
    try {
      return this.#output.popHostCall();
    } catch (cause) {
      throw protocolError("a call of an import", cause);
    }
  }

  #pushAnswer(call: HostCall, answer: Answer): void {
    try {
      answer(this.#input);
    } catch (cause) {
      if (!(cause instanceof TooLargeError)) throw protocolError("its input stack", cause);
      throw new VmletError(
        "ERR_TOO_LARGE",
        `The result of import "${call.name}" does not fit into the input buffer, ` +
          `${cause.message}: give it more with memory.input`,
        { cause },
      );
    }
  }

  /** Calls a function of the host under the eyes of whoever watches. */
  #observeImport(name: string, callback: Import["callback"], args: Value[]): unknown {
    const observer = telemetry();
    const recorder = this.#recorder;
    if (observer === undefined && recorder === undefined) return callback(...args);
    const run = () =>
      recorder ? recorder.imported(name, () => callback(...args)) : callback(...args);
    if (!observer) return run();
    const attributes = { "vmlet.guest": this.#said.guest, "vmlet.function": name };
    return observer.observe("import", attributes, run);
  }

  /** Runs a function of the host for the guest; what it throws becomes the answer. */
  #runImport(call: HostCall, mayWait: boolean): Answer | Promise<Answer> {
    const refuse = (message: string) => (input: Stack) => pushHostError(input, message);
    const { name, count, result } = call;
    const definition = this.#imports.get(name);
    if (!definition) return refuse(`HostFunction ${name} was not found`);
    const { parameters, callback, encoder } = definition;
    if (count !== parameters.length) {
      return refuse(
        `The number of arguments to the function is wrong: got ${count} expected ${parameters.length}`,
      );
    }
    if (result !== definition.result) {
      return refuse(`HostFunction ${name} returns ${definition.result}, and ${result} is expected`);
    }
    let args: Value[];
    try {
      args = call.values(parameters);
    } catch (cause) {
      if (cause instanceof MismatchError) return refuse(`HostFunction ${name}: ${cause.message}`);
      throw protocolError(`the arguments of import "${name}"`, cause);
    }
    try {
      const value = this.#observeImport(name, callback, args);
      if (typeof (value as PromiseLike<unknown> | undefined)?.then === "function") {
        if (mayWait) return this.#awaitImport(name, definition, value as PromiseLike<unknown>);
        throw asyncImport(name, value as PromiseLike<unknown>);
      }
      checkValue(definition.result, value, name, RESULT);
      return (input) => encoder.push(input, value);
    } catch (error) {
      return refuse(this.#tell(error));
    }
  }

  async #awaitImport(
    name: string,
    { result, encoder }: Import,
    promise: PromiseLike<unknown>,
  ): Promise<Answer> {
    try {
      const value = await promise;
      checkValue(result, value, name, RESULT);
      return (input) => encoder.push(input, value);
    } catch (error) {
      // Not before it is the guest's answer: the call may have been ended, and the next one begun.
      return (input) => pushHostError(input, this.#tell(error));
    }
  }

  /** What the guest is told of what an import threw. */
  #tell(thrown: unknown): string {
    const told = errorMessage(thrown);
    this.#importError = { thrown, told };
    return told;
  }

  /** The error for an exception that the host's handlers reported. */
  #exception(): VmletError {
    const stopped = this.#stopped = guestRegisters(this.#driver, this.#layout);
    const { regs, sregs, exception } = stopped;
    if (!exception) {
      // Ring 3 may not write to this port, so only the handlers can.
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        `The guest reported an exception from 0x${regs.rip.toString(16)}, where no handler is`,
        { rip: regs.rip },
      );
    }
    const parts = this.#parts();
    return faultError({ ...this.#layout, parts }, {
      exception,
      cr2: sregs.cr2,
      rdx: regs.rdx,
      read: (address, length) => this.#readGuest(parts, address, length, stopped),
    });
  }

  /** The parts of the guest's address space that its host made. */
  #parts(): readonly Part[] {
    return [...this.#layout.parts, ...mappedParts(this.#mapper)];
  }

  /** Reads memory by the guest's own addresses, up to where nothing is mapped; at ring 3, within one part. */
  #readGuest(
    parts: readonly Part[],
    address: bigint,
    length: number,
    { sregs }: Pick<GuestRegisters, "sregs">,
  ): Uint8Array {
    // A guest of ring 0 maps what it likes to where it likes.
    if (this.#layout.ring === 0) return readLinear(this.#driver, sregs, address, length);
    const at = Number(address);
    const part = parts.find((it) => at >= it.virtual && at < it.virtual + it.size);
    if (!part) return new Uint8Array(0);
    const offset = at - part.virtual;
    const end = Math.min(length, part.size - offset);
    return this.#driver.readPhysical(part.physical + offset, end) ?? new Uint8Array(0);
  }
}

/** What a guest of ring 3 has besides the parts of its layout. */
function mappedParts(mapper: RegionMapper): readonly Part[] {
  return mapper instanceof Mappings ? mapper.parts : [];
}

/** Whole pages. */
function pages(size: number): number {
  return Math.ceil(size / PAGE_SIZE) * PAGE_SIZE;
}

/** What the exception handler of Hyperlight's guests says (hyperlight_guest_bin 0.11: `exceptions/handler.rs`). */
const EXCEPTION_REPORT =
  /^Exception vector: (\d+)\nFaulting Instruction: 0x([\da-f]{1,16})\nPage Fault Address: 0x([\da-f]{1,16})\nError code: 0x([\da-f]{1,8})\nStack Pointer: 0x([\da-f]{1,16})/;

/**
 * The exception that an abort reports: code 15, the vector, and a text of one form. Hyperlight's host takes any abort
 * whose second byte could be a vector for one, also a plain message that begins with a line break.
 */
function reportedException(
  [code, vector, ...text]: readonly number[],
): GuestException & { readonly address: bigint; readonly stackPointer: bigint } | undefined {
  if (code !== GUEST_EXCEPTION) return undefined;
  const report = EXCEPTION_REPORT.exec(new TextDecoder().decode(Uint8Array.from(text)));
  if (!report || Number(report[1]) !== vector) return undefined;
  const [rip = 0n, address = 0n, errorCode = 0n, stackPointer = 0n] = report.slice(2)
    .map((digits) => BigInt(`0x${digits}`));
  return { vector, errorCode: Number(errorCode), rip, rsp: stackPointer, address, stackPointer };
}

/** What happened, and what the guest says of it, if it says anything. */
function withWords(what: string, words: string): string {
  return words === "" ? what : `${what}: ${words}`;
}

/** The error of a guest that ended its call with an abort: a code and a message. */
function abortError([code = 0, ...text]: readonly number[]): VmletError {
  const message = new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(text));
  const details = { guestCode: code };
  if (code === STACK_OVERFLOW) {
    const what = "Guest crashed: stack overflow, give it more with memory.stack or recurse less";
    return new VmletError("ERR_STACK_OVERFLOW", withWords(what, message), details);
  }
  if (code === OUT_OF_MEMORY) {
    const what = "Guest crashed: its heap is used up, give it more with memory.heap";
    return new VmletError("ERR_OUT_OF_MEMORY", withWords(what, message), details);
  }
  const what = `Guest aborted with code ${code}`;
  return new VmletError("ERR_GUEST_ABORTED", withWords(what, message), details);
}

function protocolError(what: string, cause: unknown): VmletError {
  // Anything else is a mistake of ours and must not pass for one of the guest's.
  if (!(cause instanceof WireError) && !(cause instanceof MismatchError)) throw cause;
  return cause instanceof WireError
    ? new VmletError(
      "ERR_GUEST_PROTOCOL",
      `The guest broke the protocol with ${what}: ${cause.message}`,
      {
        cause,
      },
    )
    : new VmletError(
      "ERR_GUEST_FUNCTION_MISMATCH",
      `The guest disagrees about ${what}: ${cause.message}`,
      {
        cause,
      },
    );
}

function asyncImport(name: string, promise: PromiseLike<unknown>): VmletError {
  // Nobody will look at it: its failure must not end the process.
  promise.then(undefined, () => {});
  return new VmletError(
    "ERR_ASYNC_IMPORT",
    `Import "${name}" returned a promise, and a synchronous call cannot wait for it`,
  );
}

/** What the guest is told of an error: its message, nothing else of the host. */
function errorMessage(error: unknown): string {
  const message = messageOf(error) ?? "the host function failed";
  return message.slice(0, MAX_ERROR_MESSAGE).toWellFormed().replaceAll("\0", "");
}
