/**
 * The VM and the memory of the sandbox that was closed last, for the next one of the same guest: making them is most of
 * what a sandbox takes. They are there only while this thread has other sandboxes, so that who closes all holds nothing.
 */

import type { IdleVm } from "../driver/driver.ts";
import type { Layout } from "../guest/layout.ts";
import type { Memory } from "../kvm/mod.ts";

/** A VM without a guest and its memory, which is empty. */
export interface Spare {
  readonly vm: IdleVm;
  readonly memory: Memory;
}

/** What guests must have in common: how their memory is laid out, of which there is one for each file and choice. */
type Regions = Layout["regions"];

let kept: Spare & { readonly regions: Regions } | undefined;

/** Keeps a VM in place of the one before. */
export function keepSpare(regions: Regions, vm: IdleVm, memory: Memory): void {
  dropSpare();
  kept = { regions, vm, memory };
}

/** The VM for a guest with these regions; what was kept for others is closed. */
export function takeSpare(regions: Regions): Spare | undefined {
  if (kept?.regions !== regions) return dropSpare();
  const spare = kept;
  kept = undefined;
  return spare;
}

/** Closes what is kept. */
export function dropSpare(): undefined {
  const spare = kept;
  kept = undefined;
  spare?.vm[Symbol.dispose]();
  spare?.memory.close();
}
