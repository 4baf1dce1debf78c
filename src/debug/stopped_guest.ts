/** A stopped guest as gdb sees it: registers, memory, and the commands of `monitor`. */

import type { Driver, MemoryRegion } from "../driver/mod.ts";
import type { HyperlightLayout } from "../guest/hyperlight.ts";
import type { Layout, Ring3Layout } from "../guest/layout.ts";
import { Kvm, Xsave, type XSAVE_COMPONENT, xsaveComponent } from "../kvm/mod.ts";
import { Regs, Sregs } from "../kvm/structs.ts";
import type { Abilities } from "./abilities.ts";
import { Breakpoints } from "./breakpoints.ts";
import { isExecutable, readLinear, translate, writeLinear } from "./memory.ts";
import { RegisterSet, type RegisterState, type StatePart } from "./registers.ts";
import type { BreakpointKind, Target } from "./session.ts";

/** What a debugger knows of a guest before it runs. */
export interface GuestFacts {
  readonly layout: Ring3Layout | HyperlightLayout;
  /** The guest's first instruction. */
  readonly entry: number;
  /** Where the file's first segment lies. */
  readonly firstSegment: number;
  /** The absolute path of its file, if it has one. */
  readonly execFile: string | undefined;
}

/** `int3` raises an exception at ring 3, which the host's handlers report; `hlt` leaves the guest at ring 0. */
const TRAPS = { 0: 0xf4, 3: 0xcc } as const;

const AVX: keyof typeof XSAVE_COMPONENT = "ymmHigh";

const HELP = `monitor help      this list
monitor regions   what lies where in the guest's memory
monitor registers control registers, descriptor tables and segments
monitor stats     what the guest did so far, breakpoints, and what the debug registers can do here
monitor snapshot  keep the guest as it is now, within this call
monitor restore   make it what it was then
`;

interface Kept {
  readonly call: number;
  readonly memory: readonly (readonly [MemoryRegion, Uint8Array])[];
  readonly regs: Uint8Array;
  readonly sregs: Uint8Array;
  readonly xsave: Uint8Array;
}

/** The guest. */
export class StoppedGuest implements Target {
  readonly registers: RegisterSet;
  readonly breakpoints: Breakpoints;
  readonly execFile: string | undefined;
  readonly firstSegment: bigint;
  readonly limits: string;
  /** Which call of the guest this is, counted from 1. */
  call = 0;
  readonly #driver: Driver;
  readonly #layout: GuestFacts["layout"];
  readonly #abilities: Abilities;
  readonly #counts: () => object;
  readonly #ymmHigh: (xsave: Xsave) => Uint8Array | undefined;
  #state: RegisterState | undefined;
  #kept: Kept | undefined;

  constructor(driver: Driver, facts: GuestFacts, abilities: Abilities, counts: () => object) {
    const { layout, execFile, firstSegment } = facts;
    this.#driver = driver;
    this.#layout = layout;
    this.#abilities = abilities;
    this.#counts = counts;
    this.execFile = execFile;
    this.firstSegment = BigInt(firstSegment);
    this.limits = limitsOf(abilities);
    using kvm = Kvm.open();
    const cpuid = kvm.supportedCpuid();
    this.#ymmHigh = (xsave) => xsaveComponent(xsave, cpuid, AVX);
    this.registers = new RegisterSet(this.#ymmHigh(Xsave.create()) !== undefined);
    const memory = {
      translate: (address: bigint) => translate(driver, this.state().sregs, address),
      // At ring 3 the attempt is reported to the host; at ring 0 the guest's own handler would get it.
      isReached: (address: bigint) =>
        layout.ring === 3 || isExecutable(driver, this.state().sregs, address),
      readPhysical: (address: number, length: number) => driver.readPhysical(address, length),
      writePhysical: (address: number, bytes: Uint8Array) => driver.writePhysical(address, bytes),
    };
    this.breakpoints = new Breakpoints(memory, abilities, TRAPS[layout.ring]);
  }

  state(): RegisterState {
    if (this.#state) return this.#state;
    const xsave = this.#driver.xsave();
    const [regs, sregs] = [this.#driver.regs(), this.#driver.sregs()];
    return this.#state = { regs, sregs, xsave, ymmHigh: this.#ymmHigh(xsave) };
  }

  /** Says that the guest has run, so that its registers are others. */
  forget(): void {
    this.#state = undefined;
  }

  commit(part: StatePart): void {
    const { regs, sregs, xsave } = this.state();
    // What the CPU made of them is read anew.
    this.forget();
    if (part === "regs") this.#driver.setRegs(regs);
    else if (part === "sregs") this.setSregs(sregs);
    else this.#driver.setXsave(xsave);
  }

  /** Sets the special registers, which KVM told. */
  setSregs(sregs: Sregs): void {
    // On AMD's CPUs KVM tells of every task state segment that it is busy. QEMU's software CPU lets no guest at ring 3
    // use a port by a busy one. Such a guest cannot change it, so it is what it was.
    if (this.#layout.ring === 3) sregs.tr.bytes.set(this.#driver.initialSregs().tr.bytes);
    this.#driver.setSregs(sregs);
  }

  readMemory(address: bigint, length: number): Uint8Array {
    return readLinear(this.#driver, this.state().sregs, address, length);
  }

  writeMemory(address: bigint, bytes: Uint8Array): boolean {
    return writeLinear(this.#driver, this.state().sregs, address, bytes);
  }

  insert(kind: BreakpointKind, address: bigint, length: number): boolean | undefined {
    return this.breakpoints.insert(kind, address, length);
  }

  remove(kind: BreakpointKind, address: bigint, length: number): void {
    this.breakpoints.remove(kind, address, length);
  }

  memoryMap(): string {
    const lines = spans(this.#layout, this.#driver.mappedRegions).map(({ start, size }) =>
      `<memory type="ram" start="${hex(start)}" length="${hex(size)}"/>`
    );
    return [
      '<?xml version="1.0"?>',
      '<!DOCTYPE memory-map PUBLIC "+//IDN gnu.org//DTD GDB Memory Map V1.0//EN" ' +
      '"http://sourceware.org/gdb/gdb-memory-map.dtd">',
      `<memory-map>${lines.join("")}</memory-map>`,
    ].join("\n");
  }

  monitor(command: string): string | undefined {
    switch (command) {
      case "":
      case "help":
        return HELP + (this.limits && `\n${this.limits}`);
      case "regions":
        return describeMemory(this.#layout, this.#driver.mappedRegions);
      case "registers":
        return `${this.state().sregs}\n`;
      case "stats":
        return `${JSON.stringify(this.#counts(), undefined, 2)}\n` + this.breakpoints.describe() +
          describeAbilities(this.#abilities);
      case "snapshot":
        return this.#keep();
      case "restore":
        return this.#restore();
    }
    return undefined;
  }

  #keep(): string {
    const driver = this.#driver;
    const { regs, sregs, xsave } = this.state();
    const memory: (readonly [MemoryRegion, Uint8Array])[] = [];
    for (const region of driver.regions) {
      if (!region.flags.write) continue;
      const bytes = driver.readPhysical(region.guestAddress, region.size);
      if (bytes) memory.push([region, bytes]);
    }
    const copies = [regs, sregs, xsave].map(({ bytes }) => bytes.slice());
    const [regsCopy, sregsCopy, xsaveCopy] = copies as [Uint8Array, Uint8Array, Uint8Array];
    this.#kept = { call: this.call, memory, regs: regsCopy, sregs: sregsCopy, xsave: xsaveCopy };
    const size = memory.reduce((sum, [, bytes]) => sum + bytes.length, 0);
    return `Kept the registers and ${size} bytes of memory\n`;
  }

  #restore(): string {
    const kept = this.#kept;
    if (!kept) return "Nothing was kept: monitor snapshot does that\n";
    if (kept.call !== this.call) {
      return "What was kept belongs to an earlier call, whose host has gone on: " +
        "Sandbox.restore() goes back between calls\n";
    }
    const driver = this.#driver;
    for (const [{ guestAddress }, bytes] of kept.memory) driver.writePhysical(guestAddress, bytes);
    this.setSregs(Sregs.at(kept.sregs.slice().buffer));
    driver.setRegs(Regs.at(kept.regs.slice().buffer));
    driver.setXsave(Xsave.at(kept.xsave.slice().buffer));
    this.forget();
    return "The guest is what it was: flushregs makes gdb look again\n";
  }
}

const hex = (value: number) => `0x${value.toString(16)}`;

interface Span {
  readonly start: number;
  readonly size: number;
}

/** Everything that is mapped, as ranges of addresses without neighbours. */
function spans(layout: Layout, mapped: readonly MemoryRegion[]): Span[] {
  const all = [
    ...layout.parts.map(({ virtual, size }) => ({ start: virtual, size })),
    // Guests of ring 0 map what they like to where they like; mostly that is the same address.
    ...mapped.map(({ guestAddress, size }) => ({ start: guestAddress, size })),
  ].sort((a, b) => a.start - b.start);
  const joined: { start: number; size: number }[] = [];
  for (const span of all) {
    const last = joined.at(-1);
    if (last && span.start <= last.start + last.size) {
      last.size = Math.max(last.size, span.start + span.size - last.start);
    } else joined.push({ ...span });
  }
  return joined;
}

function describeMemory(layout: Layout, mapped: readonly MemoryRegion[]): string {
  const parts = [...layout.parts].sort((a, b) => a.virtual - b.virtual).map((part) => {
    const rights = `r${part.writable ? "w" : "-"}${part.executable ? "x" : "-"}`;
    const owner = part.user || layout.ring === 0 ? "" : ", the host's";
    return line(part.virtual, part.size, `${rights} ${part.name}${owner}`, part.physical);
  });
  const regions = mapped.map(({ guestAddress, size, name, flags }) => {
    const rights = `r-${flags.execute ? "x" : "-"}`;
    return line(guestAddress, size, `${rights} ${name}, mapped`, guestAddress);
  });
  return [...parts, ...regions].join("");
}

function line(start: number, size: number, what: string, physical: number): string {
  const range = `${hex(start)}-${hex(start + size)}`.padEnd(29);
  return `${range} ${what} (physical ${hex(physical)})\n`;
}

function limitsOf({ breakpoints, watchpoints }: Abilities): string {
  const lines = [
    ...(breakpoints
      ? []
      : ["vmlet: the debug registers stop no guest here, so hbreak sets software breakpoints\n"]),
    ...(watchpoints ? [] : [
      "vmlet: there are no hardware watchpoints here; " +
      "set can-use-hw-watchpoints 0 makes gdb watch by steps, slowly\n",
    ]),
  ];
  return lines.join("");
}

function describeAbilities({ breakpoints, watchpoints }: Abilities): string {
  const can = (does: boolean) => does ? "stop the guest" : "do nothing";
  return `Debug registers: for instructions they ${can(breakpoints)}, ` +
    `for data they ${can(watchpoints)}\n`;
}
