/** What a debugger stands on: memory by linear addresses, breakpoints, and the channel between two threads. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Breakpoints, DEBUG_REGISTERS } from "../src/debug/breakpoints.ts";
import { ARRIVAL, type ArrivalType, Channel, MAX_RECORD } from "../src/debug/channel.ts";
import {
  mappedRanges,
  type PhysicalMemory,
  readLinear,
  translate,
  writeLinear,
} from "../src/debug/memory.ts";
import { KIND } from "../src/debug/session.ts";
import { buildPageTables } from "../src/guest/page_tables.ts";

/** Physical memory of one array. */
class Physical implements PhysicalMemory {
  readonly bytes: Uint8Array;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  readPhysical(address: number, length: number): Uint8Array | undefined {
    return address + length > this.bytes.length
      ? undefined
      : this.bytes.slice(address, address + length);
  }

  writePhysical(address: number, bytes: Uint8Array): boolean {
    if (address + bytes.length > this.bytes.length) return false;
    this.bytes.set(bytes, address);
    return true;
  }
}

const TABLES = 0x40_0000;
const PAGING = { cr0: 0x8000_0001n, cr3: BigInt(TABLES), cr4: 0x20n };

/** Two pages that are apart in physical memory, a large one, and one whose memory is not there. */
function mapped(): Physical {
  const memory = new Physical(0x50_0000);
  const rights = { user: true, writable: true, executable: false };
  memory.bytes.set(
    buildPageTables([
      { virtual: 0x1000, physical: 0x9000, size: 0x1000, ...rights },
      { virtual: 0x2000, physical: 0x5000, size: 0x1000, ...rights },
      { virtual: 0x7f_4000_0000, physical: 0x20_0000, size: 0x20_0000, ...rights },
      { virtual: 0x9000, physical: 0x100_0000, size: 0x1000, ...rights },
    ], TABLES),
    TABLES,
  );
  return memory;
}

test("translate() walks page tables, and finds nothing where nothing is mapped", () => {
  const memory = mapped();
  const at = (address: bigint) => translate(memory, PAGING, address);
  assertEquals(at(0x1234n), 0x9234);
  assertEquals(at(0x2fffn), 0x5fff);
  assertEquals(at(0x7f_401f_fffen), 0x3f_fffe);
  assertEquals(at(0x9000n), 0x100_0000);
  for (const address of [0n, 0x3000n, 0x7f_4020_0000n, 1n << 47n, 2n ** 64n - 1n]) {
    assertEquals(at(address), undefined, address.toString(16));
  }
  // Tables outside of memory, and no paging at all.
  assertEquals(translate(memory, { ...PAGING, cr3: 0x7fff_f000n }, 0x1000n), undefined);
  assertEquals(translate(memory, { ...PAGING, cr0: 1n }, 0x1000n), 0x1000);
  assertEquals(translate(memory, { ...PAGING, cr4: 1n << 12n }, 0x1000n), undefined);
});

test("translate() survives page tables of random bytes", () => {
  const memory = new Physical(0x8000);
  fc.assert(fc.property(
    fc.uint8Array({ minLength: 0x800, maxLength: 0x800 }),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    (bytes, address) => {
      for (let at = 0; at < 0x8000; at += bytes.length) memory.bytes.set(bytes, at);
      // An entry that leads into memory again.
      const cr3 = address & 0x7000n;
      for (let at = 7; at < 0x8000; at += 8) memory.bytes.fill(0, at - 5, at + 1);
      const found = translate(memory, { ...PAGING, cr3 }, address);
      assert(found === undefined || Number.isSafeInteger(found));
      readLinear(memory, { ...PAGING, cr3 }, address, 10_000);
    },
  ));
});

test("mappedRanges() joins neighbours, and finds what translate() does", () => {
  const memory = mapped();
  const limits = { tables: 100, ranges: 100 };
  const found = mappedRanges(memory, PAGING, limits);
  assertEquals(found.map(({ address, physical, size }) => [address, physical, size]), [
    [0x1000n, 0x9000, 0x1000],
    [0x2000n, 0x5000, 0x1000],
    [0x9000n, 0x100_0000, 0x1000],
    [0x7f_4000_0000n, 0x20_0000, 0x20_0000],
  ]);
  for (const { address, physical, size } of found) {
    const last = address + BigInt(size - 1);
    assertEquals(translate(memory, PAGING, address), physical);
    assertEquals(translate(memory, PAGING, last), physical + size - 1);
  }
  assertEquals(mappedRanges(memory, PAGING, { ...limits, ranges: 2 }).length, 2);
  assertEquals(mappedRanges(memory, PAGING, { ...limits, tables: 4 }).length, 3);
  assertEquals(mappedRanges(memory, { ...PAGING, cr0: 1n }, limits).length, 1);
});

test("mappedRanges() of page tables that are their own ends, with addresses that are canonical", () => {
  const memory = new Physical(0x1000);
  const view = new DataView(memory.bytes.buffer);
  for (let i = 0; i < 512; i++) view.setBigUint64(8 * i, 3n, true);
  for (const cr4 of [0n, 1n << 12n]) {
    const paging = { ...PAGING, cr3: 0n, cr4 };
    const found = mappedRanges(memory, paging, { tables: 3000, ranges: 1000 });
    assertEquals(found.length, 1000);
    for (const { address, size, physical } of found.slice(0, 3)) {
      assertEquals([translate(memory, paging, address), size], [physical, 4096]);
    }
    // The last entry alone leads to the highest addresses.
    for (let i = 0; i < 511; i++) view.setBigUint64(8 * i, 0n, true);
    assertEquals(mappedRanges(memory, paging, { tables: 3000, ranges: 1000 }), [
      { address: 2n ** 64n - 4096n, physical: 0, size: 4096, writable: true, executable: true },
    ]);
    for (let i = 0; i < 512; i++) view.setBigUint64(8 * i, 3n, true);
  }
});

test("readLinear() and writeLinear() cross pages, and stop where memory does", () => {
  const memory = mapped();
  const bytes = Uint8Array.of(1, 2, 3, 4);
  assert(writeLinear(memory, PAGING, 0x1ffen, bytes));
  assertEquals(memory.bytes.slice(0x9ffe, 0xa000), bytes.slice(0, 2));
  assertEquals(memory.bytes.slice(0x5000, 0x5002), bytes.slice(2));
  assertEquals(readLinear(memory, PAGING, 0x1ffen, 4), bytes);
  assertEquals(readLinear(memory, PAGING, 0x2ffen, 4).length, 2);
  assertEquals(readLinear(memory, PAGING, 0x9000n, 4).length, 0);
  assertEquals(readLinear(memory, PAGING, 2n ** 64n - 2n, 4).length, 0);
  // All or nothing of what is not mapped.
  assertEquals(writeLinear(memory, PAGING, 0x2ffen, bytes), false);
  assertEquals(memory.bytes[0x5ffe], 0);
  assertEquals(writeLinear(memory, PAGING, 0x9000n, bytes), false);
});

/** Breakpoints over two pages of memory that are mapped to themselves. */
function breakpoints(can = { breakpoints: true, watchpoints: true }) {
  const memory = new Physical(0x2000);
  memory.bytes.fill(0x90);
  const translate = (address: bigint) => address < 0x2000n ? Number(address) : undefined;
  const linear = {
    translate,
    isReached: (address: bigint) => address < 0x2000n ? address < 0x1f80n : undefined,
    readPhysical: memory.readPhysical.bind(memory),
    writePhysical: memory.writePhysical.bind(memory),
  };
  return { memory, set: new Breakpoints(linear, can, 0xcc) };
}

test("Breakpoints are in memory only while the guest runs", () => {
  const { memory, set } = breakpoints();
  assertEquals(set.insert(KIND.software, 0x10n, 1), true);
  assertEquals(set.insert(KIND.software, 0x20n, 1), true);
  assertEquals(set.insert(KIND.software, 0x5000n, 1), false);
  assert(memory.bytes.every((byte) => byte === 0x90));
  set.temporary = 0x30n;
  set.plant();
  assertEquals([0x10, 0x20, 0x30].map((at) => memory.bytes[at]), [0xcc, 0xcc, 0xcc]);
  assertEquals([0x10n, 0x30n, 0x40n].map((at) => set.hit(at)), [
    "software",
    "temporary",
    undefined,
  ]);
  // What the guest has written meanwhile stays.
  memory.bytes[0x20] = 0x55;
  set.unplant();
  assertEquals([0x10, 0x20, 0x30].map((at) => memory.bytes[at]), [0x90, 0x55, 0x90]);
  set.remove(KIND.software, 0x10n, 1);
  set.clear();
  set.plant();
  assertEquals(memory.bytes[0x10], 0x90);
});

test("Breakpoints put watchpoints into debug registers, in aligned pieces, up to four", () => {
  const { set } = breakpoints();
  assertEquals(set.debugRegisters(), undefined);
  assertEquals(set.insert(KIND.write, 0x1004n, 12), true);
  assertEquals(set.insert(KIND.hardware, 0x10n, 1), true);
  assertEquals(set.insert(KIND.hardware, 0x10n, 1), true);
  assertEquals(set.insert(KIND.access, 0x1001n, 2), false);
  assertEquals(set.insert(KIND.access, 0x1000n, 1), true);
  assertEquals(set.insert(KIND.hardware, 0x20n, 1), false);
  const { addresses, dr7 } = set.debugRegisters() ?? { addresses: [], dr7: 0n };
  assertEquals(addresses, [0x1004n, 0x1008n, 0x10n, 0x1000n]);
  // Global enables; writes of 4 and of 8 bytes; an instruction; reads and writes of 1 byte.
  assertEquals(dr7, 0x400n | 0xaan | 0xdn << 16n | 0x9n << 20n | 0x0n << 24n | 0x3n << 28n);
  assertEquals(set.watchOf(0b0010n)?.asked, { address: 0x1004n, length: 12 });
  assertEquals(set.watchOf(0b0100n)?.kind, KIND.hardware);
  assertEquals(set.watchOf(0n), undefined);
  set.remove(KIND.write, 0x1004n, 12);
  assertEquals(set.debugRegisters()?.addresses, [0x10n, 0x1000n]);
});

test("Breakpoints where the guest's own handler would get the exception are debug registers", () => {
  const { memory, set } = breakpoints();
  assertEquals(set.insert(KIND.software, 0x1f80n, 1), true);
  assertEquals(set.debugRegisters(), { addresses: [0x1f80n], dr7: 0x402n });
  assertEquals(set.watchOf(1n)?.kind, KIND.software);
  set.plant();
  assertEquals(memory.bytes[0x1f80], 0x90);
  set.remove(KIND.software, 0x1f80n, 1);
  assertEquals(set.debugRegisters(), undefined);
});

test("Breakpoints say what a machine without debug registers does not have", () => {
  const { memory, set } = breakpoints({ breakpoints: false, watchpoints: false });
  assertEquals(set.insert(KIND.write, 0x1000n, 4), undefined);
  for (let i = 0; i < DEBUG_REGISTERS; i++) {
    assertEquals(set.insert(KIND.hardware, BigInt(i), 1), true);
  }
  assertEquals(set.insert(KIND.hardware, 0x10n, 1), false);
  assertEquals(set.insert(KIND.hardware, 0n, 1), true);
  set.plant();
  assertEquals(memory.bytes.slice(0, 5), Uint8Array.of(0xcc, 0xcc, 0xcc, 0xcc, 0x90));
  assertEquals(set.hit(3n), "hardware");
});

test("Channel hands over records in order, and says when it is full", () => {
  const types = Object.values(ARRIVAL);
  fc.assert(fc.property(
    fc.array(fc.oneof(
      fc.record({
        type: fc.constantFrom(...types),
        bytes: fc.uint8Array({ maxLength: MAX_RECORD }),
      }),
      fc.constant("take" as const),
    )),
    (steps) => {
      const writer = new Channel();
      const reader = new Channel(writer.shared);
      const inside: { type: ArrivalType; bytes: Uint8Array }[] = [];
      for (const step of steps) {
        if (step === "take") assertEquals(reader.take(), inside.shift());
        else if (writer.put(step.type, step.bytes)) inside.push(step);
        else {assert(
            inside.reduce((sum, it) => sum + it.bytes.length + 4, step.bytes.length) > 0xfff0,
          );}
        assertEquals(reader.isEmpty, inside.length === 0);
      }
      for (const record of inside) assertEquals(reader.take(), record);
    },
  ));
  assertEquals(new Channel().put(ARRIVAL.data, new Uint8Array(MAX_RECORD + 1)), false);
});

test("Channel knows its own interrupts from those of others", () => {
  const worker = new Channel();
  const guest = new Channel(worker.shared);
  assertEquals(guest.takePause(), false);
  worker.pause(() => assertEquals(guest.takePause(), true));
  assertEquals([guest.takePause(), guest.takePause()], [true, false]);
  assertEquals(worker.isStopped, false);
  guest.isStopped = true;
  assertEquals(worker.isStopped, true);
});
