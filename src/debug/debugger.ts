/** Stops a guest for gdb, and lets it go on: what a session asks for is done to the driver here. */

import { type DebugStop, type Driver, type DriverHooks, VmletError } from "../driver/mod.ts";
import { Watch } from "../driver/limits.ts";
import { flagsAtException, readException } from "../guest/ring3.ts";
import { GUEST_DEBUG, GuestDebug, PAGE_SIZE } from "../kvm/mod.ts";
import { abilitiesOf } from "./abilities.ts";
import { ARRIVAL } from "./channel.ts";
import { type Arrival, PacketReader } from "./packet.ts";
import type { Server } from "./server.ts";
import { KIND, type Resume, Session, SIGNAL, type Stop } from "./session.ts";
import { signalOf } from "./signal.ts";
import { type GuestFacts, StoppedGuest } from "./stopped_guest.ts";

const TRAP: Stop = { signal: SIGNAL.trap };
const INTERRUPT: Stop = { signal: SIGNAL.interrupt };

/** What watchpoints wait for, in gdb's words. */
const WATCHPOINTS = {
  [KIND.write]: "write",
  [KIND.read]: "read",
  [KIND.access]: "access",
} as const;

const DEBUG_EXCEPTION = 1;
const BREAKPOINT = 3;
const PAGE_FAULT = 14;
/** The bit of a page fault's error code that tells a fetch of an instruction. */
const FETCH = 16;
/** RFLAGS.TF: an exception after each instruction. */
const TRAP_FLAG = 0x100n;

/** A step that is not done yet. */
interface Stepping {
  /** Where the instruction is. */
  from: bigint;
  readonly range: readonly [bigint, bigint] | undefined;
}

/** The debugger of one guest. */
export class Debugger {
  readonly #server: Server;
  readonly #facts: GuestFacts;
  readonly #announce: () => void;
  readonly #reader: { current: PacketReader } = { current: new PacketReader() };
  #guest: StoppedGuest | undefined;
  #driver: Driver | undefined;
  #session: Session | undefined;
  /** What a session that begins is told. */
  #stop: Stop = TRAP;
  /** What was read from the socket and not handled. */
  #arrivals: Arrival[] = [];
  #stepping: Stepping | undefined;
  /** Whether the guest is to stop at the first instruction of its own that it comes to. */
  #stopsAtEntry: boolean;
  /** Whether a stop waits for a debugger where none is. */
  #waits: boolean;
  #isInCall = false;
  /** Whether gdb has a stopped guest although no call runs. */
  #isIdleStop = false;
  #hasGuestDebug = false;

  /**
   * @param server The socket.
   * @param facts What is known of the guest.
   * @param waits Whether the guest waits at its entry point for a debugger.
   * @param announce Tells where it listens.
   */
  constructor(server: Server, facts: GuestFacts, waits: boolean, announce: () => void) {
    this.#announce = announce;
    this.#server = server;
    this.#facts = facts;
    this.#waits = this.#stopsAtEntry = waits;
    // The server's Worker must not keep alive what it debugs.
    const self = new WeakRef(this);
    server.onArrival = () => {
      const debug = self.deref();
      if (debug) debug.#arrivedIdle();
    };
  }

  /** The hooks of the driver whose guest this debugs. */
  get hooks(): Required<Pick<DriverHooks, "enter" | "halt" | "debug">> {
    return {
      enter: () => this.#enter(),
      halt: () => this.#halt(),
      debug: (stop) => this.#debug(stop),
    };
  }

  /**
   * Says which driver that is, before it runs the guest.
   *
   * @param counts What the guest did so far, for people.
   */
  attach(driver: Driver, counts: () => object): void {
    this.#driver = driver;
    const abilities = abilitiesOf(this.#facts.layout.ring);
    this.#guest = new StoppedGuest(driver, this.#facts, abilities, counts);
    this.#server.interrupt(driver.interruptHandle().token);
  }

  /** Says where it listens, when the guest is about to run: gdb waits two seconds for an answer. */
  announce(): void {
    this.#announce();
  }

  /** The socket, for whoever cleans up. */
  get resources(): Disposable {
    return this.#server;
  }

  /** Says that a call has ended in the middle of the guest; returns when the debugger has seen enough. */
  failed(error: unknown): void {
    const name = signalOf(error);
    if (!this.#session || name === undefined) return;
    const signal = SIGNAL[name];
    try {
      this.#clean();
      // Its registers are those of the host's handler.
      const exception = this.#exception();
      if (exception) this.#putBack(exception.rip, exception);
      this.#serve({ signal, crash: error instanceof Error ? error.message : String(error) });
    } catch {
      // The error itself is what the caller is to see.
    } finally {
      this.#stop = TRAP;
    }
  }

  /** Says that a call has ended. */
  left(): void {
    this.#isInCall = false;
    try {
      this.#clean();
    } catch {
      // As above: KVM does not even give the registers.
    }
    // A call that was killed while the guest was stopped: it is so for gdb.
    this.#isIdleStop = this.#session !== undefined && !this.#session.isWaiting;
    // What came last and found the guest gone.
    this.#arrivedIdle();
  }

  /**
   * Handles an exception that the host's handlers at ring 0 report.
   *
   * @returns Whether it was the debugger's, so that the guest goes on.
   */
  exception(): boolean {
    const exception = this.#exception();
    if (!exception) return false;
    const { vector, rip, errorCode } = exception;
    if (vector === DEBUG_EXCEPTION && this.#stepping) {
      this.#clean();
      this.#putBack(rip, exception);
      this.#stepped(rip);
      return true;
    }
    // gdb lets a function that it calls return to the stack, which nobody executes: the breakpoint there is reached by
    // the attempt.
    const isFetch = vector === PAGE_FAULT && (errorCode & FETCH) !== 0;
    if (vector !== BREAKPOINT && !isFetch) return false;
    const at = isFetch ? rip : rip - 1n;
    const hit = this.#here.breakpoints.hit(at);
    // The guest's own `int3` is behind it.
    if (!hit && (isFetch || !this.#session)) return false;
    this.#clean();
    this.#putBack(hit ? at : rip, exception);
    this.#reached(hit);
    return true;
  }

  /** Says that an `out` was handled: KVM steps over some of them without a word. */
  resumes(): void {
    const { rip } = this.#stepping ? this.#live.regs() : { rip: undefined };
    if (!this.#stepping || rip === undefined || rip === this.#stepping.from) return;
    this.#clean();
    this.#stepped(rip);
  }

  /** Ends the conversation. */
  close(): void {
    this.#session?.exited();
    this.#session = undefined;
    this.#server[Symbol.dispose]();
  }

  get #here(): StoppedGuest {
    if (!this.#guest) throw new VmletError("ERR_CLOSED", "Cannot debug the guest: there is none");
    return this.#guest;
  }

  get #live(): Driver {
    if (!this.#driver) throw new VmletError("ERR_CLOSED", "Cannot debug the guest: there is none");
    return this.#driver;
  }

  get #isRing3(): boolean {
    return this.#facts.layout.ring === 3;
  }

  #enter(): void {
    this.#isInCall = true;
    this.#here.call++;
    this.#here.forget();
    // It meant an earlier call.
    this.#server.channel.takePause();
    const { rip, rax } = this.#live.regs();
    if (this.#isIdleStop) {
      // gdb has been told already.
      this.#isIdleStop = false;
      this.#serveUntilResumed();
    } else if (!this.#server.channel.isEmpty) this.#stopsAtEntry = true;
    if (this.#stepping) this.#stopsAtEntry = true;
    this.#stepping = undefined;
    if (!this.#stopsAtEntry) return this.#arm();
    this.#stopsAtEntry = false;
    if (!this.#isRing3) return this.#reached("temporary");
    // The host's entry code has the guest's address in rax.
    this.#here.breakpoints.temporary = rip === BigInt(this.#facts.entry) ? rip : rax;
    this.#arm();
  }

  #halt(): boolean {
    const { rip } = this.#live.regs();
    const hit = this.#here.breakpoints.hit(rip - 1n);
    if (!hit) return true;
    this.#clean();
    this.#setRip(rip - 1n);
    this.#reached(hit);
    return false;
  }

  #debug({ reason, rip, dr6 }: DebugStop): void {
    this.#clean();
    if (reason === "pause") return this.#paused();
    const watch = this.#here.breakpoints.watchOf(dr6);
    switch (watch?.kind) {
      case KIND.software:
        return this.#serve({ ...TRAP, breakpoint: "software" });
      case KIND.hardware:
        return this.#serve({ ...TRAP, breakpoint: "hardware" });
      case KIND.write:
      case KIND.read:
      case KIND.access: {
        const kind = WATCHPOINTS[watch.kind];
        return this.#serve({ ...TRAP, watchpoint: { kind, address: watch.asked.address } });
      }
    }
    if (this.#stepping) return this.#stepped(rip);
    this.#serve(TRAP);
  }

  /** The guest was interrupted: by the Worker, since something has arrived, or by its user. */
  #paused(): void {
    const isWorkers = this.#server.channel.takePause();
    const stop = this.#look();
    if (stop) return this.#serve(stop);
    if (!isWorkers && this.#session) return this.#serve(INTERRUPT);
    this.#arm();
  }

  /** One instruction is done. */
  #stepped(rip: bigint): void {
    const stepping = this.#stepping;
    const [from, to] = stepping?.range ?? [0n, 0n];
    if (stepping && rip >= from && rip < to) {
      stepping.from = rip;
      const stop = this.#look();
      return stop ? this.#serve(stop) : this.#arm();
    }
    this.#serve(TRAP);
  }

  /** A trap was reached that somebody has set, or that is the guest's own. */
  #reached(hit: "software" | "hardware" | "temporary" | undefined): void {
    this.#here.breakpoints.temporary = undefined;
    // Gone, or nobody has come: a trap for nobody.
    const isForNobody = hit === "temporary" && !this.#session && !this.#waits &&
      this.#server.channel.isEmpty;
    if (isForNobody) return this.#arm();
    this.#serve(hit === "software" || hit === "hardware" ? { ...TRAP, breakpoint: hit } : TRAP);
  }

  /** Stops the guest, and returns when it shall go on. */
  #serve(stop: Stop): void {
    this.#stepping = undefined;
    this.#stop = stop;
    this.#here.forget();
    this.#server.channel.isStopped = true;
    this.#session?.stopped(stop);
    this.#serveUntilResumed();
    if (stop.crash === undefined) this.#arm();
  }

  #serveUntilResumed(): void {
    const { channel } = this.#server;
    const began = performance.now();
    channel.isStopped = true;
    for (;;) {
      const resume = this.#next();
      if (resume) {
        this.#resume(resume);
        break;
      }
      // Nobody will come, or nobody is to wait for.
      if (!this.#session && !this.#waits && channel.isEmpty) break;
      if (this.#live.isCancelled) break;
      if (channel.isEmpty) this.#server.wait();
    }
    channel.isStopped = false;
    Watch.extend(performance.now() - began);
    // What came in between is found at the next exit, which is at once.
    if (this.#arrivals.length > 0 || !channel.isEmpty) this.#live.interruptHandle().pause();
  }

  /** Handles what has arrived for a stopped guest, up to what makes it go on. */
  #next(): Resume | undefined {
    for (;;) {
      const arrival = this.#arrivals.shift();
      if (arrival) {
        const resume = this.#session?.handle(arrival);
        if (resume) return resume;
        continue;
      }
      const record = this.#server.channel.take();
      if (!record) return undefined;
      if (record.type === ARRIVAL.opened) this.#begin();
      else if (record.type === ARRIVAL.data) {
        this.#arrivals.push(...this.#reader.current.read(record.bytes));
      } else if (this.#session) return { type: "detach" };
    }
  }

  /** Looks at what has arrived for a running guest: why it has to stop, if it has to. */
  #look(): Stop | undefined {
    const { channel } = this.#server;
    for (let record = channel.take(); record; record = channel.take()) {
      if (record.type === ARRIVAL.opened) {
        this.#begin();
        return TRAP;
      }
      if (record.type === ARRIVAL.closed) this.#end();
      else this.#arrivals.push(...this.#reader.current.read(record.bytes));
    }
    if (!this.#session) this.#arrivals = [];
    const isInterrupted = this.#arrivals.some(({ type }) => type === "interrupt");
    // gdb asks a running guest for nothing else; whatever it is, it gets its answer from a stopped one.
    const isAsked = this.#arrivals.some(({ type }) => type === "packet");
    this.#arrivals = this.#arrivals.filter(({ type }) => type === "packet");
    return isInterrupted ? INTERRUPT : isAsked ? TRAP : undefined;
  }

  #begin(): void {
    this.#reader.current = new PacketReader();
    this.#arrivals = [];
    // It came, so the next stop waits for nobody any more.
    this.#waits = false;
    this.#session = new Session(this.#here, (bytes) => this.#server.send(bytes), this.#stop);
  }

  #end(): void {
    this.#session = undefined;
    this.#arrivals = [];
    this.#stepping = undefined;
    this.#guest?.breakpoints.clear();
  }

  #resume(resume: Resume): void {
    switch (resume.type) {
      case "continue":
        return;
      case "step":
        this.#stepping = { from: this.#here.state().regs.rip, range: resume.range };
        return;
      case "kill":
        this.#live.interruptHandle().kill();
        this.#end();
        return this.#server.hangUp();
      case "detach":
        this.#end();
        return this.#server.hangUp();
    }
  }

  /** Something has arrived while no call runs. */
  #arrivedIdle(): void {
    if (this.#isInCall || !this.#guest) return;
    if (this.#arrivals.length === 0 && this.#server.channel.isEmpty) return;
    if (!this.#isIdleStop) {
      const stop = this.#look();
      if (!stop) return;
      this.#stop = stop;
      this.#here.forget();
      this.#session?.stopped(stop);
      this.#isIdleStop = true;
    }
    const resume = this.#next();
    if (!resume) return;
    this.#isIdleStop = false;
    this.#resume(resume);
    this.#arrivedIdle();
  }

  /** Makes the guest ready to run: breakpoints in memory and in the debug registers, and the step that is to be done. */
  #arm(): void {
    const guest = this.#here;
    guest.forget();
    const isStep = this.#stepping !== undefined;
    if (isStep && this.#isRing3) {
      const regs = this.#live.regs();
      regs.rflags |= TRAP_FLAG;
      this.#live.setRegs(regs);
    }
    guest.breakpoints.plant();
    guest.forget();
    const watches = guest.breakpoints.debugRegisters();
    const isStepByKvm = isStep && !this.#isRing3;
    if (!watches && !isStepByKvm && !this.#hasGuestDebug) return;
    const debug = GuestDebug.create();
    if (watches || isStepByKvm) debug.control |= GUEST_DEBUG.KVM_GUESTDBG_ENABLE;
    if (isStepByKvm) debug.control |= GUEST_DEBUG.KVM_GUESTDBG_SINGLESTEP;
    if (watches) {
      debug.control |= GUEST_DEBUG.KVM_GUESTDBG_USE_HW_BP;
      debug.arch.debugreg.set(watches.addresses);
      debug.arch.debugreg[7] = watches.dr7;
    }
    this.#live.setGuestDebug(debug);
    this.#hasGuestDebug = debug.control !== 0;
  }

  /** Takes all of this out of the guest again, so that it is what it would be without a debugger. */
  #clean(): void {
    const guest = this.#here;
    guest.forget();
    guest.breakpoints.unplant();
    if (this.#hasGuestDebug) this.#live.setGuestDebug(GuestDebug.create());
    this.#hasGuestDebug = false;
    if (!this.#stepping || !this.#isRing3) return;
    const regs = this.#live.regs();
    if (!(regs.rflags & TRAP_FLAG)) return;
    regs.rflags &= ~TRAP_FLAG;
    this.#live.setRegs(regs);
  }

  #setRip(rip: bigint): void {
    const regs = this.#live.regs();
    regs.rip = rip;
    this.#live.setRegs(regs);
  }

  /** The exception that the host's handlers are about to report, if the vCPU is in one of them. */
  #exception() {
    const { layout } = this.#facts;
    if (layout.ring !== 3) return undefined;
    const stack = this.#live.readPhysical(layout.handlerStackPhysical, PAGE_SIZE);
    const exception = stack && readException(this.#live.regs().rip, stack);
    return exception && { ...exception, rflags: flagsAtException(stack) };
  }

  /** Puts the vCPU back to ring 3: nothing else can, on every KVM. */
  #putBack(rip: bigint, { rsp, rflags }: { readonly rsp: bigint; readonly rflags: bigint }): void {
    const initial = this.#live.initialSregs();
    const sregs = this.#live.sregs();
    sregs.cs.bytes.set(initial.cs.bytes);
    sregs.ss.bytes.set(initial.ss.bytes);
    this.#here.setSregs(sregs);
    const regs = this.#live.regs();
    regs.rip = rip;
    regs.rsp = rsp;
    regs.rflags = this.#stepping ? rflags & ~TRAP_FLAG : rflags;
    this.#live.setRegs(regs);
  }
}
