/** Makes the driver of a ring 3 guest, with the kind of task state segment that this machine's port checks need. */

import { Driver, type DriverHooks, type DriverOptions } from "../driver/driver.ts";
import { VmletError } from "../ffi/mod.ts";
import type { Layout } from "../guest/layout.ts";
import { PORT } from "../guest/ports.ts";
import { END_ADDRESS, TASK_TYPES } from "../guest/ring3.ts";
import type { Memory } from "../kvm/mod.ts";

/** The type of task state segment that lets ring 3 use the protocol's ports on this machine; found once. */
let taskType: number | undefined;

/** What differs from one ring 3 guest to the next, besides its memory. */
export type GuestOptions =
  & Pick<DriverOptions, "entryPoint" | "hooks">
  & Partial<Pick<DriverOptions, "interruptSignalOffset" | "syncRegisters">>;

/**
 * Makes a driver whose guest can end its calls.
 *
 * @throws {VmletError} As {@linkcode Driver.create}.
 */
export function createDriver(memory: Memory, layout: Layout, options: GuestOptions): Driver {
  taskType ??= findTaskType(memory, layout);
  return Driver.create({ ...options, ...ring3(memory, layout, taskType), entryCode: layout.entry });
}

function ring3(memory: Memory, layout: Layout, type: number) {
  const { registers, stackPointer } = layout;
  const { size } = memory;
  const flags = { read: true, write: true, execute: true };
  return {
    regions: [{ name: "guest memory", guestAddress: 0, size, memory, flags }],
    registers: { ...registers, tr: { ...registers.tr, type } },
    stackPointer,
  };
}

/** Tries which type lets ring 3 end a call, without any code of the guest's. */
function findTaskType(memory: Memory, layout: Layout): number {
  for (const type of Object.values(TASK_TYPES)) {
    if (canEndCalls(memory, layout, type)) return type;
  }
  throw new VmletError(
    "ERR_NO_HYPERVISOR",
    "Cannot use /dev/kvm: it lets no guest at ring 3 write to the ports that its task state segment allows",
  );
}

function canEndCalls(memory: Memory, layout: Layout, type: number): boolean {
  let reached: number = PORT.EXCEPTION;
  const hooks: DriverHooks = {
    out: (port) => {
      reached = port;
      return true;
    },
  };
  const options = { ...ring3(memory, layout, type), entryPoint: END_ADDRESS, hooks };
  using driver = Driver.create(options);
  try {
    driver.dispatchCall(END_ADDRESS);
  } catch (error) {
    // A segment type that the CPU refuses is a failed entry, an exit like any other that is not the right one.
    if (!(error instanceof VmletError) || error.code !== "ERR_UNEXPECTED_EXIT") throw error;
  }
  return reached === PORT.HALT;
}
