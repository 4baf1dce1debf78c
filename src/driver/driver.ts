/** Drives one guest: makes its VM, enters it with fresh registers, and handles its exits until one ends the call. */

import { type ErrorCode, INSPECT, native, outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import {
  DebugRegs,
  DIRTY_LOG,
  EXIT,
  exitName,
  type Fpu,
  GUEST_DEBUG,
  GuestDebug,
  INTERRUPTED,
  type IoOut,
  Kvm,
  KvmError,
  MSR,
  Regs,
  Sregs,
  type Vcpu,
  VcpuEvents,
  type Vm,
  Xcrs,
  type Xsave,
} from "../kvm/mod.ts";
import { INTERRUPT_SIGNAL, LAST_SIGNAL } from "../kvm/thread.ts";
import type { AsyncCall } from "./async_call.ts";
import { DirtyLog, type DirtyLogMode } from "./dirty_log.ts";
import { coreExtendedState, coreRegisters, type CrashDumpContext } from "./crashdump.ts";
import {
  classify,
  type DebugStop,
  type DriverExit,
  memoryAccess,
  outValues,
  stackOverflow,
  unexpectedExit,
} from "./exits.ts";
import { Sampler, type Sampling } from "./sampler.ts";
import { InterruptHandle } from "./interrupt_handle.ts";
import { keepsTables } from "./kept_tables.ts";
import { type CallLimits, checkLimits, Watch } from "./limits.ts";
import { MemoryLimit } from "./memory_limit.ts";
import { type Platform, platformHere, platformOf } from "./platform.ts";
import { describeRegion, type MemoryRegion, Regions } from "./regions.ts";
import {
  CR4_OSXSAVE,
  entryBytes,
  type InitialArguments,
  type SpecialRegisters,
  specialRegisters,
} from "./registers.ts";

/** What the driver's user does when the guest leaves. */
export interface DriverHooks {
  /** Handles an `out` of 1, 2 or 4 bytes: true ends the call, false resumes the guest. */
  out(port: number, value: number): boolean;
  /**
   * The same in a call whose guest runs on another thread; {@linkcode DriverHooks.out} by default. It may take its time:
   * what the promise gives is run, and answers, unless the call was ended meanwhile.
   */
  outAsync?(port: number, value: number): boolean | Promise<() => boolean>;
  /** Handles a stop for the debugger; the guest goes on when this returns. Without it, such a stop ends the call. */
  debug?(stop: DebugStop): void;
  /**
   * Called when the registers of an entry are set, before the guest runs: a debugger may stop it there, and change
   * them. With it, registers do not go through the kvm_run page, where nobody could read them.
   */
  enter?(): void;
  /** Handles a halt: true ends the call, as each halt does without it. */
  halt?(): boolean;
  /** Called before each `out` and each halt is handled: what a tracing guest hands over lies in its registers. */
  trace?(): void;
}

/** Where the host's random bytes lie, which a guest destroys whose stack overflows. */
export interface StackGuard {
  /** The address in the guest's physical memory. */
  readonly address: number;
  /** The bytes that were put there. */
  readonly cookie: Uint8Array;
}

/** What a driver is made from. */
export interface DriverOptions {
  /**
   * The guest's memory. Regions that lie side by side, in the guest and in one memory, share a slot of KVM if they are
   * all writable, all readable or executable without that, or all nothing of it.
   */
  readonly regions: readonly MemoryRegion[];
  /** The special registers with which the guest begins. */
  readonly registers: SpecialRegisters;
  /** The guest's first instruction. */
  readonly entryPoint: number;
  /** The stack pointer of every entry. */
  readonly stackPointer: number;
  /** What happens when the guest leaves. */
  readonly hooks: DriverHooks;
  /**
   * Where code of the host's own lies through which a guest of ring 3 is entered: it finds the guest's address in RAX
   * and resets the extended state itself. Special registers are then set at every entry. Without it the guest is
   * entered at its own address, keeps its special registers, and KVM resets the extended state.
   */
  readonly entryCode?: number;
  /** The guard of the stack; without one, a guest's stack is not looked at. */
  readonly stackGuard?: StackGuard;
  /**
   * Which real-time signal interrupts the guest, counted from 35, the first that no C library keeps: 0 to 29, 0 by
   * default. For programs that use that one themselves.
   */
  readonly interruptSignalOffset?: number;
  /** Looks at the guest while it runs; by default nobody does. */
  readonly sampling?: Sampling;
  /** Whether the guest stops for its debugger at its entry point; false by default. */
  readonly debug?: boolean;
  /** The path of the guest's file, for core dumps. */
  readonly binaryPath?: string;
  /** Whether registers may go through the kvm_run page where KVM can do that; true by default. */
  readonly syncRegisters?: boolean;
  /** How much of KVM's log of dirty pages may be used, where KVM can do that; all of it by default. */
  readonly dirtyLog?: DirtyLogMode;
  /**
   * How much of the host's memory the guest may take of the regions that it may write to, in bytes; all of it by default.
   * A call that takes more ends with `ERR_MEMORY_LIMIT`: within a millisecond or so, and at the latest when the guest has
   * ended it.
   */
  readonly memoryLimit?: number;
}

/** What a guest of ring 0 can change of its vCPU, besides what every entry sets. */
export interface CpuState {
  /** `struct kvm_sregs`. */
  readonly sregs: Uint8Array;
  /** `struct kvm_xcrs`. */
  readonly xcrs: Uint8Array;
  /** `struct kvm_debugregs`. */
  readonly debugRegs: Uint8Array;
  /** `struct kvm_vcpu_events`. */
  readonly events: Uint8Array;
  /** IA32_KERNEL_GS_BASE: `swapgs` writes it, also where MSRs are denied. */
  readonly kernelGsBase: bigint;
}

/** What a guest did so far. */
export interface DriverStats {
  /** How often it left, by KVM's names for the reasons; `KVM_EXIT_INTR` if it was interrupted. */
  readonly exits: Readonly<Record<string, number>>;
  /** How long it ran, in milliseconds. */
  readonly guestTime: number;
  /** How long the host had its calls since it first left in each, in milliseconds. */
  readonly hostTime: number;
}

/**
 * What a guest of ring 0 is denied and may have set all the same, as in a new vCPU: on AMD's CPUs, many KVMs let any guest
 * run `vmload`, which no filter of MSRs sees.
 */
const UNFILTERED = [
  ...[MSR.IA32_STAR, MSR.IA32_LSTAR, MSR.IA32_CSTAR, MSR.IA32_FMASK],
  ...[MSR.IA32_SYSENTER_CS, MSR.IA32_SYSENTER_ESP, MSR.IA32_SYSENTER_EIP],
].map((index) => [index, 0n] as const);

/** Where `struct kvm_vcpu_events` says in {@linkcode VcpuEvents.exception} that one is pending. */
const EXCEPTION_PENDING = 3;

/** The structures of a state. */
interface CpuStructures {
  readonly sregs: Sregs;
  readonly xcrs: Xcrs;
  readonly debugRegs: DebugRegs;
  readonly events: VcpuEvents;
}

/** Those of the states that KVM gave or took: it takes them again. */
const taken = new WeakMap<CpuState, CpuStructures>();

/** DR7: breakpoint 0 is on for all tasks, and bit 10 is always one (Intel SDM volume 3, 17.2.4). */
const DR7_FIRST = 0x402n;

/** What every first vCPU has before it is told anything; KVM is asked once. */
let newCpu: CpuState | undefined;

/** The same, with the special registers of a guest's beginning. */
const beginnings = new WeakMap<Sregs, CpuState>();

/**
 * Ends a driver as {@linkcode Driver.close} does, but for its VM and its hold on the memory, which another driver of the
 * same options may take over: nothing is left there of what the guest did, but in its memory, which is to be emptied.
 * Undefined where not all of that can be undone; the driver is then as before. For sandboxes alone.
 *
 * @throws {VmletError} `ERR_BUSY` from inside a call; `ERR_KVM`, and then the driver is to be closed.
 */
export let retire: (driver: Driver) => IdleVm | undefined;

/**
 * A driver for a VM that another one left, as {@linkcode Driver.create} makes them with the same options but hooks and
 * limits. It takes the VM over, also if this fails: then it is closed.
 *
 * @throws As {@linkcode Driver.create}.
 */
export let takeOver: (vm: IdleVm, options: DriverOptions) => Driver;

/** A VM without a guest, with its hold on the memory. Whoever has it disposes of it or hands it on. */
export type IdleVm = Resources;

/** What a driver holds outside of JavaScript. It knows neither the driver nor its hooks, so that a finalizer can hold it. */
class Resources {
  readonly vm: Vm;
  readonly vcpu: Vcpu;
  readonly regions: Regions;
  closed = false;
  /** Whether a call runs, which needs all of this. */
  busy = false;

  constructor(vm: Vm, vcpu: Vcpu, regions: Regions) {
    this.vm = vm;
    this.vcpu = vcpu;
    this.regions = regions;
  }

  /** Throws while a call runs. */
  checkIdle(what: string): void {
    if (!this.busy) return;
    throw new VmletError("ERR_BUSY", `Cannot ${what}: a call of the guest is running`);
  }

  [Symbol.dispose](): void {
    if (this.closed) return;
    this.checkIdle("close the driver");
    this.closed = true;
    this.vcpu.close();
    this.vm.close();
    this.regions.release();
  }
}

/** A guest's VM with its one vCPU. */
export class Driver {
  readonly #resources: Resources;
  readonly #vcpu: Vcpu;
  readonly #regions: Regions;
  readonly #options: DriverOptions;
  readonly #hooks: DriverHooks;
  readonly #sync: boolean;
  readonly #sregs: Sregs;
  readonly #platform: Platform;
  readonly #interrupt: InterruptHandle;
  readonly #memoryLimit: MemoryLimit | undefined;
  readonly #sampler: Sampler | undefined;
  /** The signal that interrupts this guest. */
  readonly #signal: number;
  /** The registers of the last dispatch, which is mostly the next one too. */
  #dispatch: {
    readonly address: number;
    readonly argument: number;
    readonly bytes: Uint8Array;
  } | undefined;
  /** Whether KVM may hold something of the last exit that it wants to complete. */
  #pending = false;
  /** Whether the extended state is what a new vCPU has, which is that of a reset. */
  #isReset = true;
  /** How often the guest left, by the number of the reason. */
  readonly #exits: number[] = [];

  private constructor(
    resources: Resources,
    sregs: Sregs,
    platform: Platform,
    options: DriverOptions,
  ) {
    const { vcpu, regions } = resources;
    this.#resources = resources;
    this.#vcpu = vcpu;
    this.#regions = regions;
    this.#sregs = sregs;
    this.#platform = platform;
    this.#sync = platform.syncRegisters && options.syncRegisters !== false &&
      options.hooks.enter === undefined;
    this.#options = options;
    this.#hooks = options.hooks;
    this.#sampler = options.sampling && new Sampler(options.sampling);
    this.#signal = interruptSignal(options);
    this.#memoryLimit = memoryLimitOf(options);
    const index = vcpu.cell;
    this.#interrupt = InterruptHandle.from({ index, generation: native().cellEpoch(index) });
  }

  /**
   * Makes a VM around a guest's memory. A failure half-way undoes what was done.
   *
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if a region or the signal's offset is.
   * @throws {VmletError} `ERR_NO_HYPERVISOR` if KVM is not there, `ERR_KVM` if it refuses, `ERR_REGION_OVERLAP`,
   * `ERR_LIMIT`; `ERR_MEMORY_LIMIT` if the guest's memory takes more than it may already, `ERR_UNSUPPORTED_PLATFORM` if the
   * kernel does not say how much.
   */
  static create(options: DriverOptions): Driver {
    using kvm = Kvm.open();
    const platform = platformOf(kvm);
    const vm = kvm.createVm();
    let regions: Regions | undefined;
    let vcpu: Vcpu | undefined;
    try {
      if (platform.msrFilter) vm.denyAllMsrs();
      regions = new Regions(vm, options.regions);
      vcpu = vm.createVcpu(0, interruptSignal(options));
      const sregs = configure(vcpu, platform, options);
      return new Driver(new Resources(vm, vcpu, regions), sregs, platform, options);
    } catch (error) {
      vcpu?.close();
      vm.close();
      regions?.release();
      throw error;
    }
  }

  static #takeOver(idle: IdleVm, options: DriverOptions): Driver {
    const { vcpu } = idle;
    try {
      vcpu.attach(interruptSignal(options));
      const driver = new Driver(idle, beginningSregs(vcpu, options), platformHere(), options);
      // Of the guest before, which registers and extended state are set before this one is entered.
      driver.#isReset = false;
      forgetBranches(vcpu);
      return driver;
    } catch (error) {
      idle[Symbol.dispose]();
      throw error;
    }
  }

  #retire(): IdleVm | undefined {
    const { vm, vcpu, regions } = this.#resources;
    this.#checkOpen("retire the driver");
    this.#resources.checkIdle("retire the driver");
    const { entryCode, debug } = this.#options;
    const isRing0 = entryCode === undefined;
    // Ring 0 may have written to any MSR that KVM does not deny it.
    const isUndone = regions.areInitial && !debug && (!isRing0 || this.#platform.msrFilter);
    if (!isUndone) return undefined;
    this.#settle();
    // Ring 3 changes nothing that an entry does not set.
    if (isRing0) {
      this.restoreCpu(beginningState(vcpu, this.#sregs));
      allowExtendedState(vcpu, this.#platform, this.#options);
    }
    const idle = new Resources(vm, vcpu.transfer(), regions);
    this.#resources.closed = true;
    return idle;
  }

  static {
    retire = (driver) => driver.#retire();
    takeOver = (idle, options) => Driver.#takeOver(idle, options);
  }

  /**
   * Enters the guest for the first time, at its entry point, and runs it until it ends in order.
   *
   * @throws {VmletError} As {@linkcode dispatchCall}.
   */
  initialise(args: InitialArguments, limits?: CallLimits): void {
    this.#enter(this.#prepare(this.#options.entryPoint, args), limits);
  }

  /**
   * Enters the guest with all general registers zero but the instruction and the stack pointer (and RDI, if `argument`
   * says so), the extended state as
   * after a reset, and runs it until it ends in order: with an `out` that {@linkcode DriverHooks.out} takes for the
   * end, or by halting.
   *
   * The address may not be that of the `out` which ended the last call: KVM still has to step over that one, and can
   * tell only by its address that the guest is elsewhere now.
   *
   * @param address The guest's instruction.
   * @param limits How long the call may take.
   * @param argument What the guest finds in RDI.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if a limit is not a number; then the guest is not entered.
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if it is not above zero, or more than a year; the same.
   * @throws {VmletError} `ERR_BUSY` if a call runs; `ERR_CANCELLED` if a kill ended it, `ERR_DEADLINE` if a limit did,
   * also one of a call that this one is part of, `ERR_MEMORY_LIMIT` if the guest took too much; `ERR_MEMORY_ACCESS`,
   * `ERR_STACK_OVERFLOW`, `ERR_FORBIDDEN_PORT`, `ERR_UNEXPECTED_EXIT` if the guest left otherwise; `ERR_KVM` if KVM
   * could not run it. What a hook throws passes through. After any of these but the first, the guest is in the middle
   * of a call.
   */
  dispatchCall(address: number, limits?: CallLimits, argument = 0): void {
    this.#enter(this.#dispatchBytes(address, argument), limits);
  }

  /**
   * The same as {@linkcode dispatchCall}, with the guest on other threads and all of the host on this one.
   *
   * @throws {VmletError} As {@linkcode dispatchCall}, and `ERR_RUNNER` if the guest's thread ended.
   * @throws What the call's signal has for a reason, once it is aborted.
   */
  async dispatchCallAsync(address: number, call: AsyncCall, argument = 0): Promise<void> {
    const registers = this.#dispatchBytes(address, argument);
    this.#begin();
    try {
      call.begin(this.#interrupt, this.#memoryLimit);
      this.#settle();
      this.#pending = true;
      this.#setRegisters(registers);
      if (this.#hooks.enter) call.host(() => this.#hooks.enter?.());
      if (await this.#runElsewhere(call)) this.#pending = false;
      if (!this.checkStackGuard()) throw stackOverflow(this.regs().rip);
    } catch (error) {
      throw this.#failed(error);
    } finally {
      call.end();
    }
    if (this.#endCall()) throw cancelled();
  }

  /** One KVM_RUN, and what it ended with. {@linkcode dispatchCall} does this until the call ends. */
  run(): DriverExit {
    this.#pending = true;
    this.#isReset = false;
    const result = this.#vcpu.run();
    this.#count(result);
    return this.#classify(result);
  }

  /**
   * Handles writes to a port: one for each element of a string instruction.
   *
   * @returns Whether one of them ended the call.
   * @throws {VmletError} `ERR_UNEXPECTED_EXIT` if there is no data.
   */
  handleIo(exit: Omit<IoOut, "type">): boolean {
    return outValues(exit).some((value) => this.#hooks.out(exit.port, value));
  }

  /**
   * Handles a stop for the debugger.
   *
   * @throws {VmletError} `ERR_UNEXPECTED_EXIT` if there is no debugger.
   */
  handleDebug(stop: DebugStop): void {
    // It has served: a guest that comes there again does not stop.
    if (stop.reason === "entry") this.#vcpu.setGuestDebug(GuestDebug.create());
    if (this.#hooks.debug) return this.#hooks.debug(stop);
    // A pause that came although nobody debugs is nothing to the guest.
    if (stop.reason === "pause") return;
    throw new VmletError(
      "ERR_UNEXPECTED_EXIT",
      `The guest stopped for a debugger at 0x${
        stop.rip.toString(16)
      } (${stop.reason}), and none is there`,
      { rip: stop.rip },
    );
  }

  /** Whether the guard of the guest's stack is as it was put there; true for a guest without one. */
  checkStackGuard(): boolean {
    const { stackGuard } = this.#options;
    if (!stackGuard) return true;
    this.#checkOpen("look at the stack's guard");
    const { address, cookie } = stackGuard;
    const found = this.#regions.read(address, cookie.length);
    return found !== undefined && found.every((byte, i) => byte === cookie[i]);
  }

  /**
   * Maps a region into the guest's physical memory, also during a call. What fails changes nothing.
   *
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if it is not of whole pages, or not inside its memory.
   * @throws {VmletError} `ERR_REGION_OVERLAP`, `ERR_LIMIT` if no slot is free, `ERR_KVM`, `ERR_CLOSED`.
   */
  mapRegion(region: MemoryRegion): void {
    this.#checkOpen("map a region");
    this.#regions.map(region);
  }

  /**
   * Takes a mapped region away again: the same address, size, memory, offset and flags. What fails changes nothing.
   *
   * @throws {VmletError} `ERR_REGION_NOT_MAPPED` if it was not mapped like that, `ERR_KVM`, `ERR_CLOSED`.
   */
  unmapRegion(region: MemoryRegion): void {
    this.#checkOpen("unmap a region");
    this.#regions.unmap(region);
  }

  /**
   * Lets KVM log to which pages the guest writes from now on, of the regions that the VM began with. Until then its
   * memory costs less: a logged slot takes longer to make, and each first write to a page is a fault of 2 us.
   *
   * @returns Undefined if this KVM cannot log, or {@linkcode DriverOptions.dirtyLog} says so.
   * @throws {VmletError} `ERR_KVM` if KVM could but fails, `ERR_CLOSED`.
   */
  logWrites(): DirtyLog | undefined {
    this.#checkOpen("log the guest's writes");
    const { dirtyLog = "manual" } = this.#options;
    if (dirtyLog === "none") return undefined;
    const { vm } = this.#resources;
    const manual = DIRTY_LOG.KVM_DIRTY_LOG_MANUAL_PROTECT_ENABLE;
    const isManual = dirtyLog === "manual" &&
      (vm.checkExtension("KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2") & manual) !== 0;
    try {
      if (isManual) vm.enableCap("KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2", BigInt(manual));
      return new DirtyLog(vm, this.#regions.logWrites(), isManual);
    } catch (error) {
      if (error instanceof KvmError && error.symbol === "EINVAL") return undefined;
      throw error;
    }
  }

  /** The regions that were mapped and not unmapped, in the order in which they were. */
  get mappedRegions(): readonly MemoryRegion[] {
    // The VM may be another driver's by now.
    return this.#resources.closed ? [] : this.#regions.mapped;
  }

  /** The regions that the VM began with. */
  get regions(): readonly MemoryRegion[] {
    return this.#regions.initial;
  }

  /** The vCPU's general registers. */
  regs(): Regs {
    return this.#vcpu.getRegs();
  }

  /** Sets the general registers. An entry sets them anew. */
  setRegs(regs: Regs): void {
    this.#vcpu.setRegs(regs);
  }

  /** The vCPU's special registers. */
  sregs(): Sregs {
    return this.#vcpu.getSregs();
  }

  /** Sets the special registers. With {@linkcode DriverOptions.entryCode}, an entry sets them anew. */
  setSregs(sregs: Sregs): void {
    this.#vcpu.setSregs(sregs);
  }

  /** The special registers with which the guest begins, as KVM was told them: it tells some of them otherwise. */
  initialSregs(): Sregs {
    return Sregs.at(this.#sregs.bytes.slice().buffer);
  }

  /** The x87 and SSE registers. */
  fpu(): Fpu {
    return this.#vcpu.getFpu();
  }

  /** Sets the x87 and SSE registers, but for MXCSR, which KVM_SET_FPU leaves as it is. An entry resets them. */
  setFpu(fpu: Fpu): void {
    this.#isReset = false;
    this.#vcpu.setFpu(fpu);
  }

  /** The extended state: x87, SSE and all that came after them. */
  xsave(): Xsave {
    return this.#vcpu.getXsave();
  }

  /** Sets the extended state. An entry resets it. */
  setXsave(xsave: Xsave): void {
    this.#isReset = false;
    this.#vcpu.setXsave(xsave);
  }

  /**
   * Counts what the guest did so far, also during a call.
   *
   * @throws {VmletError} `ERR_CLOSED`.
   */
  stats(): DriverStats {
    this.#checkOpen("count what the guest did");
    const { cell } = this.#vcpu;
    // Not map(), which keeps the holes.
    const counts = this.#exits.flatMap((count, reason) => [[exitName(reason), count] as const]);
    const exits = Object.fromEntries(counts);
    const guestTime = native().guestTime(cell) / 1e6;
    return { exits, guestTime, hostTime: native().hostTime(cell) / 1e6 };
  }

  /** The guest's time-stamp counter now. */
  timeStamp(): bigint {
    return this.#vcpu.getMsr(MSR.IA32_TSC);
  }

  /** How often the guest left so far, by the number of the reason: counted on as it goes, with holes. */
  get exitCounts(): readonly number[] {
    return this.#exits;
  }

  /** Whether the call that runs will end cancelled. */
  get isCancelled(): boolean {
    return native().isCancelled(this.#vcpu.cell) === 1;
  }

  /** Says what the guest stops for, with {@linkcode DriverHooks.debug}; it stays so until it is said anew. */
  setGuestDebug(debug: GuestDebug): void {
    this.#vcpu.setGuestDebug(debug);
  }

  /** A copy of the guest's physical memory; undefined unless one region holds all of it. */
  readPhysical(address: number, length: number): Uint8Array | undefined {
    this.#checkOpen("read memory");
    return this.#regions.read(address, length);
  }

  /**
   * Writes to the guest's physical memory, whatever the guest may do there; false unless one region holds all of it
   * whose memory can be written to.
   */
  writePhysical(address: number, bytes: Uint8Array): boolean {
    this.#checkOpen("write memory");
    return this.#regions.write(address, bytes);
  }

  /** What interrupts this guest's calls, from any thread. */
  interruptHandle(): InterruptHandle {
    return this.#interrupt;
  }

  /**
   * The state of the guest for a core dump.
   *
   * @param regs The registers, where those of the vCPU are not the guest's: it may be in a handler of its host's.
   * @param sregs The same for special registers.
   */
  crashdumpContext(regs: Regs = this.regs(), sregs: Sregs = this.sregs()): CrashDumpContext {
    const { binaryPath, entryPoint } = this.#options;
    const { cpuid, xcr0 } = this.#platform;
    const fileName = binaryPath?.split("/").at(-1);
    return {
      registers: coreRegisters(regs, sregs),
      extendedState: coreExtendedState(this.xsave(), cpuid, xcr0),
      regions: this.#regions.all,
      entryPoint: BigInt(entryPoint),
      ...(binaryPath === undefined ? {} : { binaryPath }),
      ...(fileName ? { fileName } : {}),
    };
  }

  /** What the guest can have changed of its vCPU, for {@linkcode restoreCpu}. */
  saveCpu(): CpuState {
    return cpuState(this.#vcpu);
  }

  /**
   * Makes the vCPU what it was when {@linkcode saveCpu} was called. Registers that every entry sets are left alone. Nothing
   * that the guest's page tables led to is remembered: its memory may be restored before or after this.
   *
   * @throws {VmletError} `ERR_KVM` if KVM refuses a state that no {@linkcode saveCpu} returned; `ERR_LIMIT` if it has no slot
   * left where it needs one to forget.
   */
  restoreCpu(state: CpuState): void {
    const vcpu = this.#vcpu;
    this.#checkOpen("restore the vCPU");
    // A guest of ring 3 has made no page tables.
    if (this.#options.entryCode === undefined && keepsTables()) this.#regions.forgetTables();
    const known = taken.get(state);
    const { sregs, xcrs, debugRegs, events } = known ?? structuresOf(state);
    vcpu.setXcrs(xcrs);
    vcpu.setDebugRegs(debugRegs);
    const { msrFilter, eferBits } = this.#platform;
    vcpu.setMsrs([
      // A guest that may write to them has what it wrote.
      ...(msrFilter ? UNFILTERED : []),
      [MSR.IA32_KERNEL_GS_BASE, state.kernelGsBase],
      // Another one than will be set: KVM drops the CPU's translations only when a control register changes, and those of
      // page tables that the guest made would outlive the tables. What `clgi` holds back on AMD's CPUs goes with SVME.
      [MSR.IA32_EFER, sregs.efer ^ eferBits],
    ]);
    // KVM takes them with the next KVM_RUN, which saves two ioctls. That would fail if it refused them.
    if (this.#sync && known) return vcpu.syncState(sregs, events);
    vcpu.setSregs(sregs);
    vcpu.setVcpuEvents(events);
    taken.set(state, { sregs, xcrs, debugRegs, events });
  }

  /**
   * Completes what an exit that did not end a call in order left pending, so that the guest's memory can be replaced.
   * An entry does it by itself.
   *
   * @throws {VmletError} `ERR_BUSY` from inside a call, whose guest still needs its registers.
   */
  settle(): void {
    this.#resources.checkIdle("settle the vCPU");
    this.#settle();
  }

  #settle(): void {
    if (this.#pending) this.#vcpu.settle();
    this.#pending = false;
  }

  /**
   * Closes the VM and lets its memory go. Closing twice is harmless.
   *
   * @throws {VmletError} `ERR_BUSY` from inside a call.
   */
  close(): void {
    this.#resources[Symbol.dispose]();
  }

  /**
   * The VM and its hold on the memory alone, for a `FinalizationRegistry`: disposing closes the driver, and whoever
   * keeps this keeps neither the driver nor its hooks alive.
   */
  get resources(): Disposable {
    return this.#resources;
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** The driver for JSON: its regions and registers. */
  toJSON(): Record<string, unknown> {
    const list = (regions: readonly MemoryRegion[]) => regions.map(describeRegion);
    return {
      regions: list(this.regions),
      mappedRegions: list(this.mappedRegions),
      ...(this.#resources.closed ? { closed: true } : {
        ...known("registers", () => this.regs()),
        ...known("specialRegisters", () => this.sregs()),
      }),
    };
  }

  /** What `console.log` and `Deno.inspect` print. */
  [INSPECT](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `Driver ${inspect(this.toJSON(), options)}`;
  }

  #checkOpen(what: string): void {
    if (this.#resources.closed) {
      throw new VmletError("ERR_CLOSED", `Cannot ${what}: the driver is closed`);
    }
  }

  /** The registers of a dispatch, made anew only when it is another one than last time. */
  #dispatchBytes(address: number, argument: number): Uint8Array {
    const last = this.#dispatch;
    if (last && last.address === address && last.argument === argument) return last.bytes;
    const bytes = this.#prepare(address, argument);
    this.#dispatch = { address, argument, bytes };
    return bytes;
  }

  #prepare(address: number, args: InitialArguments | number): Uint8Array {
    const { entryCode, stackPointer } = this.#options;
    return entryBytes({ address, stackPointer, sregs: this.#sregs, entryCode, args });
  }

  #begin(): void {
    this.#checkOpen("enter the guest");
    if (native().beginCall(this.#vcpu.cell) < 0) {
      throw new VmletError("ERR_BUSY", "Cannot enter the guest: another call of it is running");
    }
    this.#resources.busy = true;
  }

  #enter(registers: Uint8Array, limits: CallLimits | undefined): void {
    if (limits !== undefined) checkLimits(limits, "enter the guest");
    this.#begin();
    let watch: Watch | undefined;
    try {
      watch = Watch.begin(limits, this.#signal, this.#memoryLimit, this.#sampler);
      this.#settle();
      // Until the call ends as it should, the last exit may be one that KVM wants to complete.
      this.#pending = true;
      this.#setRegisters(registers);
      this.#hooks.enter?.();
      if (this.#run(watch)) this.#pending = false;
      watch?.finish();
      if (!this.checkStackGuard()) throw stackOverflow(this.regs().rip);
    } catch (error) {
      throw this.#failed(error);
    } finally {
      watch?.end();
    }
    // A kill that came when the guest had ended by itself counts too: whoever sent it was told so.
    if (this.#endCall()) throw cancelled();
  }

  /** Ends a call that failed: what it throws. */
  #failed(error: unknown): unknown {
    // First, since reading registers may fail as well.
    const isCancelled = this.#endCall();
    const reason = isLostMemory(error) ? lostMemory(error, this.regs().rip) : error;
    return isCancelled ? cancelled(reason) : reason;
  }

  /** Ends the call; true if it was cancelled. */
  #endCall(): boolean {
    this.#resources.busy = false;
    return native().endCall(this.#vcpu.cell) === 1;
  }

  #setRegisters(registers: Uint8Array): void {
    const vcpu = this.#vcpu;
    if (this.#options.entryCode === undefined && !this.#isReset) {
      vcpu.setXsave(this.#platform.initialXsave);
    }
    this.#isReset = false;
    if (this.#sync) return vcpu.syncRegisters(registers);
    if (registers.length > Regs.size) vcpu.setSregs(this.#sregs);
    vcpu.setRegs(Regs.at(registers.buffer as ArrayBuffer));
  }

  /** Runs the guest until it ends its call in order; false if the exit that did so is not complete. */
  #run(watch: Watch | undefined): boolean {
    const vcpu = this.#vcpu;
    const hooks = this.#hooks;
    for (;;) {
      const result = vcpu.run();
      this.#count(result);
      watch?.leave();
      const port = result === INTERRUPTED ? -1 : vcpu.outPort();
      if (port >= 0) {
        hooks.trace?.();
        if (hooks.out(port, vcpu.outValue())) return true;
      } else {
        const exit = this.#classify(result);
        if (this.#handle(exit)) return exit.type === "halt";
        // Whatever else the signal meant, a timer may have fired with it.
        if (exit.type === "retry" || result === INTERRUPTED) watch?.interrupted();
      }
      watch?.resume();
    }
  }

  /** The same as {@linkcode #run}, a turn at a time on other threads. */
  async #runElsewhere(call: AsyncCall): Promise<boolean> {
    for (let isBound = false;;) {
      const result = await call.turn(this.#vcpu, isBound, this.#sampler);
      if (result < 0 && result !== INTERRUPTED) throw new KvmError("KVM_RUN", -result);
      this.#count(result);
      const exit = this.#classify(result);
      if (exit.type === "io-out") {
        this.#hooks.trace?.();
        for (const value of outValues(exit)) {
          const ended = this.#outElsewhere(call, exit.port, value);
          if (typeof ended === "boolean" ? ended : await ended) return exit.count === 1;
        }
      } else if (call.host(() => this.#handle(exit))) return exit.type === "halt";
      if (exit.type === "retry") this.#sampler?.interrupted();
      isBound = result !== INTERRUPTED;
    }
  }

  #outElsewhere(call: AsyncCall, port: number, value: number): boolean | Promise<boolean> {
    const hooks = this.#hooks;
    const ended = call.host(() => (hooks.outAsync ?? hooks.out).call(hooks, port, value));
    if (typeof ended === "boolean") return ended;
    return call.wait(ended).then((answer) => answer());
  }

  #count(result: number): void {
    const reason = result === INTERRUPTED ? EXIT.KVM_EXIT_INTR : this.#vcpu.exitReason;
    this.#exits[reason] = (this.#exits[reason] ?? 0) + 1;
  }

  #classify(result: number): DriverExit {
    if (result !== INTERRUPTED) {
      const { debug, entryPoint } = this.#options;
      return classify(this.#vcpu.exit(), this.#regions, debug ? entryPoint : undefined);
    }
    const { cell } = this.#vcpu;
    if (native().isCancelled(cell)) return { type: "cancelled" };
    if (native().takePause(cell)) {
      return { type: "debug", stop: { reason: "pause", rip: this.regs().rip, dr6: 0n } };
    }
    // A signal for another vCPU of this thread, or one that came too late for an earlier call.
    return { type: "retry" };
  }

  /** Does what an exit asks for; true if it ended the call in order. */
  #handle(exit: DriverExit): boolean {
    switch (exit.type) {
      case "halt":
        this.#hooks.trace?.();
        return this.#hooks.halt?.() ?? true;
      case "io-out":
        this.#hooks.trace?.();
        return this.handleIo(exit);
      case "debug":
        this.handleDebug(exit.stop);
        return false;
      case "retry":
        return false;
      case "cancelled":
        throw cancelled();
      case "access-violation":
        throw exit.region.flags.stackGuard
          ? stackOverflow(this.regs().rip, exit.address)
          : memoryAccess(exit, exit.region, this.regs().rip);
      case "mmio":
        throw this.checkStackGuard()
          ? memoryAccess(exit, this.#regions.at(Number(exit.address)), this.regs().rip)
          : stackOverflow(this.regs().rip, exit.address);
      case "unknown":
        throw unexpectedExit(exit.exit, this.regs().rip);
    }
  }
}

const EFAULT = 14;

/** Whether KVM_RUN failed since memory of the host's is not there that the guest touched. */
function isLostMemory(error: unknown): error is KvmError {
  return error instanceof KvmError && error.ioctl === "KVM_RUN" && error.errno === EFAULT;
}

function lostMemory(cause: KvmError, rip: bigint): VmletError {
  return new VmletError(
    "ERR_MEMORY_ACCESS",
    `Guest crashed: at instruction 0x${
      rip.toString(16)
    } it touched memory that the host cannot give: ` +
      "a mapped file has become shorter, or the host is out of memory",
    { cause, rip },
  );
}

/** A property for what KVM tells, none where it refuses. */
function known(name: string, read: () => unknown): Record<string, unknown> {
  try {
    return { [name]: read() };
  } catch {
    return {};
  }
}

/** What a call that a kill ended may have for its error already: a runner is killed before it is terminated. */
const OF_KILLS: readonly ErrorCode[] = ["ERR_CANCELLED", "ERR_RUNNER"];

/** The error of a call that a kill ended; `cause` is what ended it first, if anything did. */
function cancelled(cause?: unknown): VmletError {
  if (cause instanceof VmletError && OF_KILLS.includes(cause.code)) return cause;
  return new VmletError("ERR_CANCELLED", "The call was cancelled by its host", { cause });
}

function memoryLimitOf({ memoryLimit, regions }: DriverOptions): MemoryLimit | undefined {
  if (memoryLimit === undefined) return undefined;
  const memories = [...new Set(regions.filter((it) => it.flags.write).map((it) => it.memory))];
  const size = memories.reduce((sum, it) => sum + it.size, 0);
  return memoryLimit < size ? new MemoryLimit(memoryLimit, memories) : undefined;
}

function interruptSignal({ interruptSignalOffset = 0 }: DriverOptions): number {
  const last = LAST_SIGNAL - INTERRUPT_SIGNAL;
  if (typeof interruptSignalOffset !== "number") {
    throw wrongType("Cannot create a driver: interruptSignalOffset is not a number");
  }
  if (
    !Number.isInteger(interruptSignalOffset) || interruptSignalOffset < 0 ||
    interruptSignalOffset > last
  ) {
    throw outOfRange(
      `Cannot create a driver: interruptSignalOffset is ${interruptSignalOffset}, and it may be 0 to ${last}`,
    );
  }
  return INTERRUPT_SIGNAL + interruptSignalOffset;
}

/** Whether KVM takes IA32_PRED_CMD, as far as is known: where the CPU has it. */
let hasBarrier = true;

/**
 * Has the CPU forget what branches of an earlier guest taught it (IBPB). KVM does so when another vCPU comes to a CPU, and
 * this one is the same.
 */
function forgetBranches(vcpu: Vcpu): void {
  if (!hasBarrier) return;
  try {
    vcpu.setMsrs([[MSR.IA32_PRED_CMD, 1n]]);
  } catch (error) {
    if (!(error instanceof KvmError) || error.symbol !== "EINVAL") throw error;
    hasBarrier = false;
  }
}

/** What a first vCPU has that was told nothing yet: this one's, if none was asked before. */
function stateOfNewCpu(vcpu: Vcpu): CpuState {
  return newCpu ??= cpuState(vcpu);
}

/** The special registers with which a guest begins, as KVM is told them. */
function beginningSregs(vcpu: Vcpu, { registers }: DriverOptions): Sregs {
  const { sregs } = stateOfNewCpu(vcpu);
  return specialRegisters(registers, Sregs.at(sregs.buffer as ArrayBuffer).apicBase);
}

function allowExtendedState(vcpu: Vcpu, { xcr0 }: Platform, { registers }: DriverOptions): void {
  // A guest that may not use `xsave` has no use for what it would save.
  if (registers.cr4 & CR4_OSXSAVE) vcpu.setXcr0(xcr0);
}

function cpuState(vcpu: Vcpu): CpuState {
  const events = vcpu.getVcpuEvents();
  // It goes when the next entry sets the registers, and KVM tells it as if it were on its way to the guest.
  if (events.exception[EXCEPTION_PENDING] === 1) events.exception.fill(0);
  const [sregs, xcrs, debugRegs] = [vcpu.getSregs(), vcpu.getXcrs(), vcpu.getDebugRegs()];
  const state = {
    sregs: sregs.bytes,
    xcrs: xcrs.bytes,
    debugRegs: debugRegs.bytes,
    events: events.bytes,
    kernelGsBase: vcpu.getMsr(MSR.IA32_KERNEL_GS_BASE),
  };
  taken.set(state, { sregs, xcrs, debugRegs, events });
  return state;
}

function structuresOf({ sregs, xcrs, debugRegs, events }: CpuState): CpuStructures {
  return {
    sregs: Sregs.at(sregs.slice().buffer),
    xcrs: Xcrs.at(xcrs.slice().buffer),
    debugRegs: DebugRegs.at(debugRegs.slice().buffer),
    events: VcpuEvents.at(events.slice().buffer),
  };
}

/** What a vCPU is before its guest begins with these special registers: one state for all of them. */
function beginningState(vcpu: Vcpu, sregs: Sregs): CpuState {
  const known = beginnings.get(sregs);
  if (known) return known;
  const state = { ...stateOfNewCpu(vcpu), sregs: sregs.bytes };
  beginnings.set(sregs, state);
  return state;
}

/** Makes a new vCPU what its guest begins with; returns its special registers. */
function configure(vcpu: Vcpu, platform: Platform, options: DriverOptions): Sregs {
  const { debug, entryPoint } = options;
  vcpu.setCpuid(platform.cpuid);
  if (platform.enforceCpuid) vcpu.enableCap("KVM_CAP_ENFORCE_PV_FEATURE_CPUID", 1n);
  const sregs = beginningSregs(vcpu, options);
  vcpu.setSregs(sregs);
  allowExtendedState(vcpu, platform, options);
  if (debug) {
    const guestDebug = GuestDebug.create();
    guestDebug.control = GUEST_DEBUG.KVM_GUESTDBG_ENABLE | GUEST_DEBUG.KVM_GUESTDBG_USE_HW_BP;
    guestDebug.arch.debugreg[0] = BigInt(entryPoint);
    guestDebug.arch.debugreg[7] = DR7_FIRST;
    vcpu.setGuestDebug(guestDebug);
  }
  return sregs;
}
