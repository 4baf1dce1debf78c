/** Makes the driver of a ring 3 guest, with the kind of task state segment that this machine's port checks need. */

import { Driver, type DriverOptions } from "../driver/driver.ts";
import { VmletError } from "../ffi/mod.ts";
import type { Layout } from "../guest/layout.ts";
import { PORT } from "../guest/ports.ts";
import { END_ADDRESS, TASK_TYPES } from "../guest/ring3.ts";
import type { Memory } from "../kvm/mod.ts";

/** The type of task state segment that lets ring 3 use the protocol's ports on this machine; found once. */
let taskType: number | undefined;

/** Makes a driver whose guest can end its calls, of which the first one is tried without any code of the guest's. */
export function createDriver(
  memory: Memory,
  layout: Layout,
  options: Pick<DriverOptions, "syncRegisters"> = {},
): Driver {
  const { registers } = layout;
  for (const type of taskType === undefined ? Object.values(TASK_TYPES) : [taskType]) {
    const tr = { ...registers.tr, type };
    const driver = Driver.create({ ...options, memory, registers: { ...registers, tr } });
    try {
      if (taskType !== undefined || canEndCalls(driver, layout)) {
        taskType = type;
        return driver;
      }
    } catch (error) {
      driver.close();
      throw error;
    }
    driver.close();
  }
  throw new VmletError(
    "ERR_NO_HYPERVISOR",
    "Cannot use /dev/kvm: it lets no guest at ring 3 write to the ports that its task state segment allows",
  );
}

function canEndCalls(driver: Driver, layout: Layout): boolean {
  let reached: number = PORT.EXCEPTION;
  const entry = driver.prepare({ rip: END_ADDRESS, rsp: layout.stackPointer });
  try {
    driver.enter(entry, (port) => {
      reached = port;
      return true;
    });
  } catch (error) {
    // A segment type that the CPU refuses is a failed entry, an exit like any other that is not the right one.
    if (!(error instanceof VmletError) || error.code !== "ERR_UNEXPECTED_EXIT") throw error;
  }
  return reached === PORT.HALT;
}
