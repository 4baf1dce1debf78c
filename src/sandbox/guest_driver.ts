/** Makes the driver of a guest: at ring 0, or at ring 3 with the task state segment that this machine's ports need. */

import {
  Driver,
  type DriverHooks,
  type DriverOptions,
  type IdleVm,
  takeOver,
} from "../driver/driver.ts";
import { VmletError } from "../ffi/mod.ts";
import type { HyperlightLayout } from "../guest/hyperlight.ts";
import type { Layout, Ring3Layout } from "../guest/layout.ts";
import { PORT } from "../guest/ports.ts";
import { END_ADDRESS, TASK_TYPES } from "../guest/ring3.ts";
import { Memory } from "../kvm/mod.ts";

/** The type of task state segment that lets ring 3 use the protocol's ports on this machine; found once. */
let taskType: number | undefined;

/** What differs from one guest to the next, besides its memory. */
export type GuestOptions =
  & Pick<DriverOptions, "entryPoint" | "hooks">
  & Partial<
    Pick<
      DriverOptions,
      | "interruptSignalOffset"
      | "syncRegisters"
      | "dirtyLog"
      | "binaryPath"
      | "memoryLimit"
      | "sampling"
    >
  >;

type SignalOption = Pick<GuestOptions, "interruptSignalOffset">;

/**
 * Makes a driver whose guest can end its calls.
 *
 * @param idle The VM of a guest with this layout, which is taken over with its memory; a new one by default.
 * @throws {VmletError} As {@linkcode Driver.create}.
 */
export function createDriver(
  memory: Memory,
  layout: Ring3Layout | HyperlightLayout,
  options: GuestOptions,
  idle?: IdleVm,
): Driver {
  const all = { ...options, ...differing(memory, layout, options) };
  return idle ? takeOver(idle, all) : Driver.create(all);
}

function differing(
  memory: Memory,
  layout: Ring3Layout | HyperlightLayout,
  options: GuestOptions,
) {
  if (layout.ring === 0) return { ...common(memory, layout), stackGuard: layout.stackGuard };
  taskType ??= findTaskType(layout, options);
  return { ...ring3(memory, layout, taskType), entryCode: layout.entry };
}

/** What every driver needs of a guest. */
function common(memory: Memory, { regions, registers, stackPointer }: Layout) {
  return {
    regions: regions.map((it) => ({ ...it, memory, offset: it.guestAddress })),
    registers,
    stackPointer,
  };
}

function ring3(memory: Memory, layout: Ring3Layout, type: number) {
  return { ...common(memory, layout), registers: withTaskType(layout.registers, type) };
}

type Registers = Ring3Layout["registers"];

/** What was made of a layout's registers, one for all of its guests, of which the driver makes KVM's structure once. */
const typed = new WeakMap<Registers, Registers>();

function withTaskType(registers: Registers, type: number): Registers {
  const known = typed.get(registers);
  if (known?.tr.type === type) return known;
  const made = { ...registers, tr: { ...registers.tr, type } };
  typed.set(registers, made);
  return made;
}

/**
 * Tries which type lets ring 3 end a call, without any code of the guest's, and in memory that no guest has had: what a
 * snapshot's file says stands in the host's pages may be anything.
 */
function findTaskType(layout: Ring3Layout, options: SignalOption): number {
  using memory = new Memory(layout.size);
  for (const { physical, bytes } of layout.contents) memory.write(physical, bytes);
  for (const type of Object.values(TASK_TYPES)) {
    if (canEndCalls(memory, layout, type, options)) return type;
  }
  throw new VmletError(
    "ERR_NO_HYPERVISOR",
    "Cannot use /dev/kvm: it lets no guest at ring 3 write to the ports that its task state segment allows",
  );
}

function canEndCalls(
  memory: Memory,
  layout: Ring3Layout,
  type: number,
  { interruptSignalOffset = 0 }: SignalOption,
): boolean {
  let reached: number = PORT.EXCEPTION;
  const hooks: DriverHooks = {
    out: (port) => {
      reached = port;
      return true;
    },
  };
  const options = { ...ring3(memory, layout, type), entryPoint: END_ADDRESS, hooks };
  // The program may use the usual signal itself.
  using driver = Driver.create({ ...options, interruptSignalOffset });
  try {
    driver.dispatchCall(END_ADDRESS);
  } catch (error) {
    // A segment type that the CPU refuses is a failed entry, an exit like any other that is not the right one.
    if (!(error instanceof VmletError) || error.code !== "ERR_UNEXPECTED_EXIT") throw error;
  }
  return reached === PORT.HALT;
}
