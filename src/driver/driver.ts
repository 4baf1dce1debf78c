/** Drives one guest: makes its VM, enters it with fresh registers, and handles its exits until one ends the call. */

import { native, VmletError } from "../ffi/mod.ts";
import {
  type Exit,
  INTERRUPTED,
  Kvm,
  type Memory,
  Regs,
  Sregs,
  type Struct,
  type Vcpu,
  type Vm,
} from "../kvm/mod.ts";
import { type Platform, platformOf } from "./platform.ts";

/** A segment register's fields; what is absent is zero. */
export type SegmentValues = Partial<Omit<Sregs["cs"], keyof Struct>>;

/** The special registers that matter; the rest is zero. */
export interface SpecialRegisters {
  /** CR0: protection, paging and x87 control. */
  readonly cr0: bigint;
  /** CR3: the physical address of the guest's root page table. */
  readonly cr3: bigint;
  /** CR4: which extensions are on. OSXSAVE must be among them. */
  readonly cr4: bigint;
  /** IA32_EFER: long mode, no-execute and `syscall`. */
  readonly efer: bigint;
  /** The code segment. */
  readonly cs: SegmentValues;
  /** The data segment. */
  readonly ds: SegmentValues;
  /** The extra data segment. */
  readonly es: SegmentValues;
  /** FS. */
  readonly fs: SegmentValues;
  /** GS. */
  readonly gs: SegmentValues;
  /** The stack segment; its DPL is the ring in which the guest runs. */
  readonly ss: SegmentValues;
  /** The task register. */
  readonly tr: SegmentValues;
  /** GDTR: address and length minus 1. */
  readonly gdt: { readonly base: bigint; readonly limit: number };
  /** IDTR: address and length minus 1. */
  readonly idt: { readonly base: bigint; readonly limit: number };
}

/** The general registers of an entry; what is absent is zero. Addresses are exact below 2^53. */
export interface EntryRegisters {
  /** The first instruction. */
  readonly rip: number;
  /** The stack pointer. */
  readonly rsp: number;
  /** RAX, 0 by default. */
  readonly rax?: number;
  /** RCX, 0 by default. */
  readonly rcx?: number;
  /** RDX, 0 by default. */
  readonly rdx?: number;
  /** RDI, 0 by default. */
  readonly rdi?: number;
  /** RSI, 0 by default: the one that may need all 64 bits. */
  readonly rsi?: bigint;
}

/** Registers made ready for {@linkcode Driver.enter}. */
export interface Entry {
  /** General registers and special registers, one after the other, as the kvm_run page has them. */
  readonly bytes: Uint8Array;
  /** The general registers among them. */
  readonly regs: Regs;
}

/** What a driver is made from. */
export interface DriverOptions {
  /** The guest's physical memory, from address 0 on. The driver uses it and does not close it. */
  readonly memory: Memory;
  /** The special registers of every entry. */
  readonly registers: SpecialRegisters;
  /** Whether registers may go through the kvm_run page where KVM can do that; true by default. */
  readonly syncRegisters?: boolean;
}

/** Handles the `out` of a guest: true ends the call, false resumes the guest. */
export type OutHandler = (port: number, value: number) => boolean;

/** The bit of rflags that is always one. */
const RFLAGS = 2n;

/** A guest's VM with its one vCPU. */
export class Driver {
  readonly #vm: Vm;
  readonly #vcpu: Vcpu;
  readonly #sync: boolean;
  readonly #sregs: Sregs;
  #pending = false;

  private constructor(vm: Vm, vcpu: Vcpu, sync: boolean, registers: SpecialRegisters) {
    this.#vm = vm;
    this.#vcpu = vcpu;
    this.#sync = sync;
    this.#sregs = Sregs.create();
    writeSpecialRegisters(this.#sregs, registers);
  }

  /**
   * Makes a VM around a guest's memory. A failure half-way undoes what was done.
   *
   * @throws {VmletError} `ERR_NO_HYPERVISOR` if KVM is not there, `ERR_KVM` if it refuses.
   */
  static create(options: DriverOptions): Driver {
    using kvm = Kvm.open();
    const platform = platformOf(kvm);
    const vm = kvm.createVm();
    let vcpu: Vcpu | undefined;
    try {
      if (platform.msrFilter) vm.denyAllMsrs();
      vm.setUserMemoryRegion({
        slot: 0,
        guestAddress: 0,
        size: options.memory.size,
        hostAddress: options.memory.address,
      });
      vcpu = vm.createVcpu(0);
      return Driver.#configure(vm, vcpu, platform, options);
    } catch (error) {
      vcpu?.close();
      vm.close();
      throw error;
    }
  }

  static #configure(vm: Vm, vcpu: Vcpu, platform: Platform, options: DriverOptions): Driver {
    vcpu.setCpuid(platform.cpuid);
    if (platform.enforceCpuid) vcpu.enableCap("KVM_CAP_ENFORCE_PV_FEATURE_CPUID", 1n);
    const sync = platform.syncRegisters && options.syncRegisters !== false;
    const driver = new Driver(vm, vcpu, sync, options.registers);
    const apicBase = vcpu.getSregs().apicBase;
    driver.#sregs.apicBase = apicBase;
    vcpu.setSregs(driver.#sregs);
    // Only with CR4.OSXSAVE, which the special registers set.
    vcpu.setXcr0(platform.xcr0);
    return driver;
  }

  /**
   * Prepares an entry with these registers and all others at their initial values, for {@linkcode enter}.
   *
   * The first instruction may not be the `out` that ended the last call: KVM still has to step over that one, and can
   * tell only by its address that the guest is elsewhere now.
   */
  prepare(registers: EntryRegisters): Entry {
    const bytes = new Uint8Array(Regs.size + Sregs.size);
    const regs = Regs.at(bytes.buffer);
    regs.rip = BigInt(registers.rip);
    regs.rsp = BigInt(registers.rsp);
    regs.rax = BigInt(registers.rax ?? 0);
    regs.rcx = BigInt(registers.rcx ?? 0);
    regs.rdx = BigInt(registers.rdx ?? 0);
    regs.rdi = BigInt(registers.rdi ?? 0);
    regs.rsi = registers.rsi ?? 0n;
    regs.rflags = RFLAGS;
    bytes.set(this.#sregs.bytes, Regs.size);
    return { bytes, regs };
  }

  /**
   * Enters the guest and handles its exits until `onOut` ends the call.
   *
   * @throws {VmletError} `ERR_CANCELLED` if a kill ended the call; `ERR_MEMORY_ACCESS`, `ERR_FORBIDDEN_PORT`,
   * `ERR_UNEXPECTED_EXIT` if the guest left otherwise. What `onOut` throws passes through. After any of these the
   * guest is in the middle of a call.
   */
  enter(entry: Entry, onOut: OutHandler): void {
    const vcpu = this.#vcpu;
    this.settle();
    // Until the call ends as it should, the last exit may be one that KVM wants to complete.
    this.#pending = true;
    // Special registers too: a guest can load segment registers.
    if (this.#sync) {
      vcpu.syncRegisters(entry.bytes);
    } else {
      vcpu.setSregs(this.#sregs);
      vcpu.setRegs(entry.regs);
    }
    this.#run(onOut);
    this.#pending = false;
  }

  /**
   * Completes what an exit that did not end a call in order left pending, so that the guest's memory can be replaced.
   * {@linkcode enter} does it by itself.
   */
  settle(): void {
    if (this.#pending) this.#vcpu.settle();
    this.#pending = false;
  }

  #run(onOut: OutHandler): void {
    const vcpu = this.#vcpu;
    for (;;) {
      if (vcpu.run() === INTERRUPTED) {
        // A signal for another vCPU of this thread, or one that came too late for an earlier call, is no reason to end.
        if (native().isCancelled(vcpu.cell)) throw cancelled();
        continue;
      }
      const port = vcpu.outPort();
      if (port < 0) throw unexpectedExit(vcpu.exit());
      if (onOut(port, vcpu.outValue())) return;
    }
  }

  /** The vCPU's general registers. */
  regs(): Regs {
    return this.#vcpu.getRegs();
  }

  /** The vCPU's special registers. */
  sregs(): Sregs {
    return this.#vcpu.getSregs();
  }

  /**
   * Marks a call active, so that a kill reaches it.
   *
   * @throws {VmletError} `ERR_BUSY` if one is active, on whichever thread.
   */
  beginCall(): void {
    if (native().beginCall(this.#vcpu.cell) < 0) {
      throw new VmletError("ERR_BUSY", "Cannot enter the guest: another call of it is running");
    }
  }

  /** Ends the active call; true if it was cancelled at any moment of it. */
  endCall(): boolean {
    return native().endCall(this.#vcpu.cell) !== 0;
  }

  /** The cell by which a running call is cancelled from any thread (see shim/shim.c). */
  get interruptCell(): number {
    return this.#vcpu.cell;
  }

  /** Closes the VM. Closing twice is harmless. */
  close(): void {
    this.#vcpu.close();
    this.#vm.close();
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** The error of a call that a kill ended; `cause` is what ended it first, if anything did. */
export function cancelled(cause?: unknown): VmletError {
  if (cause instanceof VmletError && cause.code === "ERR_CANCELLED") return cause;
  return new VmletError("ERR_CANCELLED", "The call was cancelled by its host", { cause });
}

function writeSpecialRegisters(sregs: Sregs, values: SpecialRegisters): void {
  for (const name of ["cs", "ds", "es", "fs", "gs", "ss", "tr"] as const) {
    Object.assign(sregs[name], values[name]);
  }
  Object.assign(sregs.gdt, values.gdt);
  Object.assign(sregs.idt, values.idt);
  sregs.ldt.unusable = 1;
  sregs.cr0 = values.cr0;
  sregs.cr3 = values.cr3;
  sregs.cr4 = values.cr4;
  sregs.efer = values.efer;
}

/** The error for an exit that no guest in order causes. */
function unexpectedExit(exit: Exit): VmletError {
  const hex = (value: bigint | number) => `0x${value.toString(16)}`;
  switch (exit.type) {
    case "io-out":
    case "io-in": {
      const verb = exit.type === "io-in" ? "read from" : `wrote ${exit.count} elements at once to`;
      return new VmletError("ERR_FORBIDDEN_PORT", `The guest ${verb} port ${exit.port}`, {
        port: exit.port,
      });
    }
    case "mmio-read":
    case "mmio-write": {
      const access = exit.type === "mmio-read" ? "read" : "write";
      return new VmletError(
        "ERR_MEMORY_ACCESS",
        `Guest crashed: ${access} at physical address ${hex(exit.address)}, where no memory is`,
        { address: exit.address, access },
      );
    }
    case "shutdown":
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        "Guest crashed: triple fault (KVM_EXIT_SHUTDOWN)",
      );
    case "halt":
      return new VmletError("ERR_UNEXPECTED_EXIT", "The guest halted in the middle of a call");
    case "internal-error":
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        `KVM cannot go on with the guest: KVM_EXIT_INTERNAL_ERROR, suberror ${exit.suberror}${
          exit.suberror === 1 ? " (an instruction that it cannot emulate)" : ""
        }, data ${exit.data.map(hex).join(" ")}`,
      );
    case "fail-entry":
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        `The CPU refused to enter the guest: KVM_EXIT_FAIL_ENTRY, reason ${
          hex(exit.hardwareReason)
        } on CPU ${exit.cpu}`,
      );
    case "debug":
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        `The guest stopped for a debugger at ${hex(exit.pc)} (KVM_EXIT_DEBUG), and none is there`,
      );
    case "interrupted":
      return new VmletError("ERR_UNEXPECTED_EXIT", "The guest was interrupted (KVM_EXIT_INTR)");
    case "unsupported":
      return new VmletError(
        "ERR_UNEXPECTED_EXIT",
        `The guest left in a way that vmlet does not use: ${exit.name}`,
      );
  }
}
