/** A guest that has stopped, in the middle of a call or between two: its registers, and its core file. */

import { type CoreFile, layOutCore, type MappedFile } from "../debug/core_file.ts";
import { LINUX_SIGNAL, signalOf } from "../debug/signal.ts";
import type { Driver } from "../driver/mod.ts";
import { VmletError } from "../ffi/mod.ts";
import type { FileSegment } from "../guest/elf.ts";
import type { Layout, Ring3Layout } from "../guest/layout.ts";
import { flagsAtException, type GuestException, readException } from "../guest/ring3.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import type { Regs, Sregs } from "../kvm/mod.ts";
import { absolutePath } from "./guest_file.ts";

/** The registers with which a guest stopped. */
export interface GuestRegisters {
  readonly regs: Regs;
  readonly sregs: Sregs;
  /** The exception that the host's handlers are about to report, if the guest stopped by one. */
  readonly exception?: GuestException;
}

/**
 * The registers that the guest had: where it raised an exception at ring 3, those of the host's handler are not its own.
 */
export function guestRegisters(driver: Driver, layout: Layout | Ring3Layout): GuestRegisters {
  const [regs, sregs] = [driver.regs(), driver.sregs()];
  if (!("handlerStackPhysical" in layout)) return { regs, sregs };
  const stack = driver.readPhysical(layout.handlerStackPhysical, PAGE_SIZE);
  const exception = stack && readException(regs.rip, stack);
  if (!exception) return { regs, sregs };
  regs.rip = exception.rip;
  regs.rsp = exception.rsp;
  regs.rflags = flagsAtException(stack);
  const { cs, ss } = driver.initialSregs();
  sregs.cs.bytes.set(cs.bytes);
  sregs.ss.bytes.set(ss.bytes);
  return { regs, sregs, exception };
}

/** The core file of a guest. `error` is what its last call ended with, if that was a crash. */
export function coreOf(
  driver: Driver,
  { regs, sregs }: GuestRegisters,
  segments: readonly FileSegment[],
  error?: unknown,
): CoreFile {
  const context = driver.crashdumpContext(regs, sregs);
  const { binaryPath } = context;
  const signal = signalOf(error);
  return layOutCore({
    context,
    paging: sregs,
    memory: driver,
    signal: signal === undefined ? 0 : LINUX_SIGNAL[signal],
    address: error instanceof VmletError ? error.address : undefined,
    image: binaryPath === undefined ? [] : imageFiles(binaryPath, segments),
    pathOf: ({ memory: { file } }) => file === undefined ? undefined : absolutePath(file),
  });
}

/** What of the guest's file lies where, for those who map files by pages. */
function imageFiles(path: string, segments: readonly FileSegment[]): MappedFile[] {
  return segments.flatMap(({ address, fileOffset, fileSize }) => {
    const before = address % PAGE_SIZE;
    // Linked so that nobody can map it.
    if (fileSize === 0 || fileOffset % PAGE_SIZE !== before) return [];
    const size = Math.ceil((before + fileSize) / PAGE_SIZE) * PAGE_SIZE;
    return [{ path, address: address - before, size, offset: fileOffset - before }];
  });
}
