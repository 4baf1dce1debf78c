/** The stack of a guest in the middle of whatever it does, as names of functions. */

import { type WalkedGuest, walkStack } from "../guest/backtrace.ts";
import { ENTRY_ADDRESS } from "../guest/ring3.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import type { Regs } from "../kvm/mod.ts";
import { EXPORT_PREFIX, generalRegisters, walkedGuest } from "./crash.ts";
import type { LoadedGuest } from "./guest_file.ts";

/** How many functions are told. */
const MAX_FRAMES = 128;
/** What stands for the callers beyond. */
const DEEPER = "[deeper]";
/** How many addresses are remembered with their names. */
const MAX_NAMES = 16_384;

/** Names the stacks of one guest. */
export class StackNames {
  readonly #code: Pick<LoadedGuest, "image" | "symbols">;
  /** The raw name of the function at an address. */
  readonly #names = new Map<bigint, string>();

  /** For a guest of this file. */
  constructor(code: Pick<LoadedGuest, "image" | "symbols">) {
    this.#code = code;
  }

  /**
   * The functions that run with these registers, the outermost first.
   *
   * @param read Reads the guest's memory by its own addresses; fewer bytes where it ends.
   */
  of(
    registers: Regs,
    read: (address: bigint, length: number) => Uint8Array,
  ): readonly string[] {
    const guest = walkedGuest(this.#code, read);
    const frames = walkStack(guest, generalRegisters(registers), false, MAX_FRAMES);
    const names: string[] = frames.length < MAX_FRAMES ? [] : [DEEPER];
    let exported: string | undefined;
    for (const { busyAt } of frames.toReversed()) {
      const raw = this.#nameOf(guest, busyAt);
      // What the kit's macro has around an exported function is one with it.
      if (raw === exported) continue;
      const isExport = raw.startsWith(EXPORT_PREFIX);
      exported = isExport ? raw.slice(EXPORT_PREFIX.length) : undefined;
      names.push(exported ?? raw);
    }
    return names;
  }

  #nameOf(guest: WalkedGuest, address: bigint): string {
    const known = this.#names.get(address);
    if (known !== undefined) return known;
    if (this.#names.size >= MAX_NAMES) this.#names.clear();
    const name = nameOf(guest, address);
    this.#names.set(address, name);
    return name;
  }
}

function nameOf({ symbols, moved, isCode }: WalkedGuest, address: bigint): string {
  const at = Number(address);
  if (at >= ENTRY_ADDRESS && at < ENTRY_ADDRESS + PAGE_SIZE) return "[entry]";
  const place = symbols?.functionAt(at - moved);
  if (place) return place.name;
  return isCode(address) ? `[0x${address.toString(16)}]` : "[elsewhere]";
}
