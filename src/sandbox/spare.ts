/**
 * The VM and the memory of the sandbox that was closed last, for the next one that begins alike: making them is most of what
 * a sandbox takes. They are there only while this thread has other sandboxes, so that who closes all holds nothing.
 */

import type { IdleVm } from "../driver/driver.ts";
import type { Memory } from "../kvm/mod.ts";

/** A VM without a guest and its memory, which is what it was before the guest began. */
export interface Spare {
  readonly vm: IdleVm;
  readonly memory: Memory;
}

/**
 * What guests have in common that begin alike, by identity: how their memory is laid out, of which there is one for each
 * file and choice, or the image that clones share.
 */
export type Beginning = object;

let kept: Spare & { readonly beginning: Beginning } | undefined;

/** Whether a VM is kept for guests that begin like this: another one would be of no use. */
export function hasSpare(beginning: Beginning): boolean {
  return kept?.beginning === beginning;
}

/** Keeps a VM in place of the one before. */
export function keepSpare(beginning: Beginning, vm: IdleVm, memory: Memory): void {
  dropSpare();
  kept = { beginning, vm, memory };
}

/** The VM for a guest that begins like this; what was kept for others is closed. */
export function takeSpare(beginning: Beginning): Spare | undefined {
  if (kept?.beginning !== beginning) return dropSpare();
  const spare = kept;
  kept = undefined;
  return spare;
}

/** Closes what is kept, or only if it is for guests that begin like this. */
export function dropSpare(beginning = kept?.beginning): undefined {
  if (kept === undefined || kept.beginning !== beginning) return;
  const { vm, memory } = kept;
  kept = undefined;
  vm[Symbol.dispose]();
  memory.close();
}
