/** The guest's physical memory: regions with what the guest may do there, held in KVM's memory slots. */

import { type Access, outOfRange, VmletError } from "../ffi/mod.ts";
import { holdMemory, readHeldMemory, releaseMemory, writeHeldMemory } from "../kvm/memory.ts";
import { type Memory, PAGE_SIZE, type Vm } from "../kvm/mod.ts";
import type { LoggedSlot } from "./dirty_log.ts";

/**
 * What a guest may do in a region. KVM enforces `write`, and forbids everything where nothing is allowed; the rest is
 * for page tables, messages and dumps.
 */
export interface RegionFlags {
  /** Whether the guest may read. */
  readonly read?: boolean;
  /** Whether the guest may write. Where it may not, a write ends in an exit. */
  readonly write?: boolean;
  /** Whether the guest may execute. */
  readonly execute?: boolean;
  /** Whether a touch means that the guest's stack has overflowed. */
  readonly stackGuard?: boolean;
}

/** A piece of guest memory at a place in the guest's physical address space. */
export interface MemoryRegion {
  /** What it is, in a word or two: `heap`, or a file's name. */
  readonly name: string;
  /** Where it begins in the guest's physical memory, a multiple of 4096. */
  readonly guestAddress: number;
  /** How long it is in bytes, a positive multiple of 4096. */
  readonly size: number;
  /** The memory that it shows. It stays mapped for as long as the region is, even if it is closed. */
  readonly memory: Memory;
  /** Where in that memory it begins, a multiple of 4096; 0 by default. */
  readonly offset?: number;
  /** What the guest may do there. */
  readonly flags: RegionFlags;
}

const hex = (value: number) => `0x${value.toString(16)}`;
const offsetOf = (region: MemoryRegion) => region.offset ?? 0;
const endOf = (region: MemoryRegion) => region.guestAddress + region.size;

/** What the guest may do in a region, in words. */
export function describeFlags({ read, write, execute, stackGuard }: RegionFlags): string {
  if (stackGuard) return "guard of the stack";
  const rights = Object.entries({ read, write, execute }).filter(([, may]) => may);
  return rights.length === 0 ? "nothing" : rights.map(([name]) => name).join(", ");
}

/** What a region is for those who print it: no memory, but where it is. */
export function describeRegion(region: MemoryRegion): Record<string, string> {
  return {
    name: region.name,
    guest: `${hex(region.guestAddress)}-${hex(endOf(region))}`,
    host: hex(region.memory.address + offsetOf(region)),
    flags: describeFlags(region.flags),
  };
}

/** The regions of one VM and the slots that hold them. */
export class Regions {
  readonly #vm: Vm;
  readonly #initial: readonly MemoryRegion[];
  /** The regions that were mapped later, with their slots. */
  readonly #mapped = new Map<MemoryRegion, number>();
  /** All regions, by their addresses. */
  readonly #sorted: MemoryRegion[];
  /** What of the VM's first memory the guest may write to, as its slots have it. */
  readonly #writable: (MemoryRegion & { readonly slot: number })[] = [];
  /** How many slots KVM has: KVM_CAP_NR_MEMSLOTS. */
  readonly #limit: number;
  /** Slots that were used before and are free. */
  readonly #freed: number[] = [];
  #next = 0;
  #isLogged = false;
  /** The slot of {@linkcode forgetTables}, while KVM has it. */
  #passing: number | undefined;

  /**
   * Gives a VM its first memory: neighbours that KVM treats alike share a slot, since each slot costs tens of
   * microseconds.
   *
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if a region is not of whole pages or not inside its memory.
   * @throws {VmletError} `ERR_REGION_OVERLAP`, `ERR_LIMIT` if KVM has too few slots, `ERR_KVM` if it refuses.
   */
  constructor(vm: Vm, initial: readonly MemoryRegion[]) {
    this.#vm = vm;
    this.#limit = vm.checkExtension("KVM_CAP_NR_MEMSLOTS");
    this.#initial = initial.map(copyOf);
    for (const region of this.#initial) checkRegion(region, "use");
    this.#sorted = [...this.#initial].sort((a, b) => a.guestAddress - b.guestAddress);
    this.#sorted.forEach((region, i) => {
      const before = this.#sorted[i - 1];
      if (before && endOf(before) > region.guestAddress) throw overlap("use", region, before);
    });
    let held = 0;
    try {
      for (const { memory } of this.#initial) {
        holdMemory(memory);
        held++;
      }
      for (const region of joined(this.#sorted)) {
        const slot = this.#freeSlot();
        this.#fill(slot, region);
        if (region.flags.write) this.#writable.push({ ...region, slot });
      }
    } catch (error) {
      // The slots end with the VM, which whoever made it closes now.
      for (const { memory } of this.#initial.slice(0, held)) releaseMemory(memory);
      throw error;
    }
  }

  /** The regions that the VM began with. */
  get initial(): readonly MemoryRegion[] {
    return this.#initial;
  }

  /** The regions that were mapped later, in the order in which they were. */
  get mapped(): readonly MemoryRegion[] {
    return [...this.#mapped.keys()];
  }

  /** All regions, those mapped later behind those of the beginning. */
  get all(): readonly MemoryRegion[] {
    return [...this.#initial, ...this.#mapped.keys()];
  }

  /** Whether KVM has the slots that the VM began with, and no others. */
  get areInitial(): boolean {
    return this.#mapped.size === 0 && !this.#isLogged;
  }

  /** The region at an address of the guest's physical memory. */
  at(address: number): MemoryRegion | undefined {
    const region = this.#sorted[this.#indexBehind(address) - 1];
    return region && address < endOf(region) ? region : undefined;
  }

  /** A copy of what lies at an address; undefined unless one region holds all of it. */
  read(address: number, length: number): Uint8Array | undefined {
    const region = this.at(address);
    if (!region || address + length > endOf(region)) return undefined;
    const offset = offsetOf(region) + address - region.guestAddress;
    return readHeldMemory(region.memory, offset, length);
  }

  /** Copies bytes in, whatever the guest may do there; false unless one region holds all, in memory that is not a file's. */
  write(address: number, bytes: Uint8Array): boolean {
    const region = this.at(address);
    if (!region || address + bytes.length > endOf(region)) return false;
    return writeHeldMemory(region.memory, offsetOf(region) + address - region.guestAddress, bytes);
  }

  /** The region in which an access is forbidden, if there is one at the address and it forbids it. */
  violated(address: number, access: Access): MemoryRegion | undefined {
    const region = this.at(address);
    return region && !region.flags[access] ? region : undefined;
  }

  /** Maps a region; see {@linkcode Driver.mapRegion}. */
  map(given: MemoryRegion): void {
    const region = copyOf(given);
    checkRegion(region, "map");
    const index = this.#indexBehind(region.guestAddress);
    for (const other of [this.#sorted[index - 1], this.#sorted[index]]) {
      if (
        other && other.guestAddress < endOf(region) && region.guestAddress < endOf(other)
      ) throw overlap("map", region, other);
    }
    const slot = this.#freeSlot();
    try {
      holdMemory(region.memory);
      try {
        this.#fill(slot, region);
      } catch (error) {
        releaseMemory(region.memory);
        throw error;
      }
    } catch (error) {
      this.#freed.push(slot);
      throw error;
    }
    this.#mapped.set(region, slot);
    this.#sorted.splice(index, 0, region);
  }

  /** Unmaps a region; see {@linkcode Driver.unmapRegion}. */
  unmap(region: MemoryRegion): void {
    const index = this.#indexBehind(region.guestAddress) - 1;
    const found = this.#sorted[index];
    const slot = found && isSame(found, region) ? this.#mapped.get(found) : undefined;
    if (found === undefined || slot === undefined) {
      throw new VmletError(
        "ERR_REGION_NOT_MAPPED",
        `Cannot unmap ${describe(region)}: no region was mapped there like that`,
      );
    }
    this.#fill(slot, found, 0);
    this.#mapped.delete(found);
    this.#sorted.splice(index, 1);
    this.#freed.push(slot);
    releaseMemory(found.memory);
  }

  /**
   * Lets KVM log from now on what the guest writes to the memory that the VM began with.
   *
   * @returns The slots: all that the guest can write to, since it may only read what is mapped later.
   */
  logWrites(): readonly LoggedSlot[] {
    this.#isLogged = true;
    for (const region of this.#writable) this.#fill(region.slot, region, region.size, true);
    return this.#writable;
  }

  /**
   * Makes KVM forget what it knows of the guest's page tables: it does when a slot goes, whichever that is. So one comes
   * and goes, where the guest has nothing, with a page of its own memory. What fails leaves that to the next time.
   *
   * @throws {VmletError} `ERR_KVM`; `ERR_LIMIT` if no slot is free.
   */
  forgetTables(): void {
    const [region] = this.#sorted;
    if (!region) return;
    const hostAddress = region.memory.address + offsetOf(region);
    const slot = this.#passing ?? this.#freeSlot();
    const place = { slot, guestAddress: this.#freeAddress(), hostAddress, readOnly: true };
    try {
      if (this.#passing === undefined) this.#vm.setUserMemoryRegion({ ...place, size: PAGE_SIZE });
      this.#passing = slot;
      this.#vm.setUserMemoryRegion({ ...place, size: 0 });
      this.#passing = undefined;
    } finally {
      if (this.#passing === undefined) this.#freed.push(slot);
    }
  }

  /** Lets the memory of all regions go. The VM must be closed before. */
  release(): void {
    for (const { memory } of this.all) releaseMemory(memory);
    this.#mapped.clear();
    // Nothing is read any more of memory that is not held.
    this.#sorted.length = 0;
  }

  /** How many regions begin at an address or before it. */
  #indexBehind(address: number): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#sorted[middle] as MemoryRegion).guestAddress <= address) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first address where no region is. */
  #freeAddress(): number {
    let free = 0;
    for (const region of this.#sorted) {
      if (region.guestAddress > free) break;
      free = endOf(region);
    }
    return free;
  }

  #freeSlot(): number {
    const freed = this.#freed.pop();
    if (freed !== undefined) return freed;
    if (this.#next >= this.#limit) {
      throw new VmletError(
        "ERR_LIMIT",
        `Cannot map another region: KVM has ${this.#limit} memory slots for a VM, and all are in use`,
      );
    }
    return this.#next++;
  }

  #fill(slot: number, region: MemoryRegion, size = region.size, logDirtyPages = false): void {
    const { guestAddress, memory } = region;
    const kind = kindOf(region);
    // Without a slot, every touch is an exit, also a read of a stack's guard.
    if (kind === "none") return;
    const hostAddress = memory.address + offsetOf(region);
    const readOnly = kind === "read-only";
    const place = { slot, guestAddress, size, hostAddress };
    this.#vm.setUserMemoryRegion({ ...place, readOnly, logDirtyPages });
  }
}

/** The regions that we made. Others may be frozen and still change: by an accessor, or what they inherit. */
const copies = new WeakSet<MemoryRegion>();

/** A copy, so that nobody changes what KVM was told. */
function copyOf(region: MemoryRegion): MemoryRegion {
  if (copies.has(region)) return region;
  const copy = Object.freeze({ ...region, flags: Object.freeze({ ...region.flags }) });
  copies.add(copy);
  return copy;
}

/** What KVM can make of a region's rights: the rest of them is not its business. */
function kindOf({ flags }: MemoryRegion): "writable" | "read-only" | "none" {
  if (flags.write) return "writable";
  return flags.read || flags.execute ? "read-only" : "none";
}

/** Regions with neighbours that KVM treats alike made one, in the order of their addresses. */
function joined(sorted: readonly MemoryRegion[]): MemoryRegion[] {
  const all: MemoryRegion[] = [];
  for (const region of sorted) {
    const last = all.at(-1);
    const fits = last && endOf(last) === region.guestAddress && last.memory === region.memory &&
      offsetOf(last) + last.size === offsetOf(region) &&
      kindOf(last) === kindOf(region);
    if (fits) all[all.length - 1] = { ...last, size: last.size + region.size };
    else all.push(region);
  }
  return all;
}

function sameFlags({ flags: a }: MemoryRegion, { flags: b }: MemoryRegion): boolean {
  return (["read", "write", "execute", "stackGuard"] as const).every((flag) =>
    Boolean(a[flag]) === Boolean(b[flag])
  );
}

function isSame(a: MemoryRegion, b: MemoryRegion): boolean {
  return a.guestAddress === b.guestAddress && a.size === b.size && a.memory === b.memory &&
    offsetOf(a) === offsetOf(b) && sameFlags(a, b);
}

const describe = (region: MemoryRegion) => `region "${region.name}" at ${hex(region.guestAddress)}`;

function checkRegion(region: MemoryRegion, verb: string): void {
  const offset = offsetOf(region);
  // The first address that physical memory of x86_64 cannot have.
  const limit = 2 ** 52;
  for (
    const [what, value, unit] of [
      ["its address in the guest", region.guestAddress, hex],
      ["its size", region.size, String],
      ["its offset in the host's memory", offset, hex],
    ] as const
  ) {
    if (!Number.isSafeInteger(value) || value < 0 || value % PAGE_SIZE !== 0) {
      throw outOfRange(
        `Cannot ${verb} ${describe(region)}: ${what}, ${
          unit(value)
        }, is not page-aligned (4096 bytes)`,
      );
    }
  }
  if (region.size === 0 || endOf(region) > limit) {
    throw outOfRange(
      `Cannot ${verb} ${describe(region)}: its size is ${region.size} bytes, ` +
        "and it must be at least a page and end below 2^52",
    );
  }
  if (offset + region.size > region.memory.size) {
    throw outOfRange(
      `Cannot ${verb} ${describe(region)}: it ends ${
        offset + region.size - region.memory.size
      } bytes behind its memory of ${region.memory.size} bytes`,
    );
  }
}

function overlap(verb: string, region: MemoryRegion, other: MemoryRegion): VmletError {
  return new VmletError(
    "ERR_REGION_OVERLAP",
    `Cannot ${verb} ${describe(region)}: it overlaps with ${
      describe(other)
    } of ${other.size} bytes`,
    { address: BigInt(Math.max(region.guestAddress, other.guestAddress)) },
  );
}
