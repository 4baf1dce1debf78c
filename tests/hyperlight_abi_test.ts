/**
 * What a guest of Hyperlight v0.11 finds when it begins: where everything lies, what its page tables and its process
 * environment block say, and its registers, with the numbers that Hyperlight's own host computes for the same guest.
 */

import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import {
  HYPERLIGHT_SIZES,
  type HyperlightLayout,
  type HyperlightOptions,
  layOutHyperlight,
} from "../src/guest/hyperlight.ts";
import type { FunctionDefinitions } from "../mod.ts";
import { Memory } from "../src/kvm/mod.ts";
import { createDriver, type GuestOptions } from "../src/sandbox/guest_driver.ts";
import { readPeb, RUST, rustWith } from "./support/hyperlight.ts";
import { condition, needsHyperlightGuest, needsKvm } from "./support/skip.ts";
import { fileOf } from "./support/tiny_guest.ts";

const PAGE = 4096;
const MIB = 1024 * 1024;
const HLT = 0xf4;

const COOKIE = Uint8Array.from({ length: 16 }, (_, i) => i + 1);
const SEED = 0x1122_3344_5566_7788n;

function layOut(options: Partial<HyperlightOptions> = {}, ...code: number[]) {
  return layOutHyperlight(fileOf(Uint8Array.of(...code, HLT), MIB), {
    sizes: HYPERLIGHT_SIZES,
    hostFunctions: Uint8Array.of(5, 6, 7),
    executableHeap: false,
    cookieSeed: SEED,
    cookie: COOKIE,
    ...options,
  });
}

const addresses = ({ regions }: HyperlightLayout) =>
  Object.fromEntries(regions.map(({ name, guestAddress }) => [name, guestAddress]));

test("a guest of 1 MiB with the default sizes lies where Hyperlight's host puts it", () => {
  const { image, layout } = layOut();
  assertEquals(addresses(layout), {
    "page tables": 0,
    "code": 0x5000,
    "PEB": 0x10_5000,
    "host function definitions": 0x10_6000,
    "input": 0x10_7000,
    "output": 0x10_b000,
    "heap": 0x10_f000,
    "stack guard": 0x12_f000,
    "stack": 0x13_0000,
  });
  assertEquals([image.address, layout.size, layout.stackPointer], [0x5000, 0x14_0000, 0x13_ffd8]);
  const places = addresses(
    layOut({ initData: { bytes: COOKIE, write: false, execute: false } }).layout,
  );
  assertEquals(places["init data"], 0x14_0000);
});

test("the process environment block has 15 numbers in Hyperlight's order", () => {
  const initData = { bytes: new Uint8Array(PAGE + 1), write: false, execute: false };
  const { layout } = layOut({ initData });
  const block = layout.contents.find(({ physical }) => physical === layout.pebPhysical)?.bytes;
  assert(block !== undefined);
  assertEquals([layout.pebAddress, block.length], [0x10_5000, 120]);
  assertEquals(Array.from(new BigUint64Array(block.buffer)), [
    ...[SEED, 0n, 0x5000n], // the cookie's seed, the dispatch function, the code
    ...[0x4000n, 0x10_7000n], // sizes before addresses: input
    ...[0x4000n, 0x10_b000n], // output
    ...[PAGE + 1, 0x14_0000].map(BigInt), // initialisation data, of which Hyperlight counts whole pages
    ...[0x2_0000n, 0x10_f000n], // heap
    ...[0x13_0000n, 0x14_0000n], // the stack's lowest address and its end
    ...[0x1000n, 0x10_6000n], // definitions of the host's functions
  ]);
  const at = (address: number) => layout.contents.find((it) => it.physical === address)?.bytes;
  assertEquals([at(0x10_6000), at(0x13_0000)], [Uint8Array.of(5, 6, 7), COOKIE]);
});

// Bits of an entry of a page table; those of an access are preset.
const [PRESENT, WRITABLE, USER, TOUCHED, NO_EXECUTE] = [1n, 2n, 4n, 0x60n, 1n << 63n];

/** The entries of one table of a layout. */
function tableAt({ contents }: HyperlightLayout, address: number): BigUint64Array {
  const tables = contents.find(({ physical }) => physical === 0)?.bytes;
  assert(tables !== undefined);
  return new BigUint64Array(tables.buffer.slice(address, address + PAGE));
}

test("page tables have Hyperlight's places, and its rights for each part", () => {
  const cases: readonly [Partial<HyperlightOptions>, Record<string, bigint>][] = [
    [{}, {}],
    [{ executableHeap: true }, { heap: WRITABLE | USER }],
    ...[[false, false], [true, false], [false, true], [true, true]].map((
      [write = false, execute = false],
    ): (typeof cases)[number] => [
      { initData: { bytes: COOKIE, write, execute } },
      { "init data": (write ? WRITABLE : 0n) | (execute ? USER : NO_EXECUTE) },
    ]),
  ];
  const usual = {
    "page tables": WRITABLE | NO_EXECUTE,
    "code": WRITABLE | USER,
    "PEB": WRITABLE | NO_EXECUTE,
    "host function definitions": NO_EXECUTE,
    "input": WRITABLE | NO_EXECUTE,
    "output": WRITABLE | NO_EXECUTE,
    "heap": WRITABLE | USER | NO_EXECUTE,
    "stack guard": WRITABLE | USER | NO_EXECUTE,
    "stack": WRITABLE | USER | NO_EXECUTE,
  };
  for (const [options, differing] of cases) {
    const { layout } = layOut(options);
    // Without the right of ring 3: to the CPU all pages are those of a supervisor, whatever their own entries say.
    const above = PRESENT | WRITABLE | TOUCHED;
    for (const [table, child] of [[0, 0x1000n], [0x1000, 0x2000n], [0x2000, 0x3000n]] as const) {
      assertEquals(Array.from(tableAt(layout, table)), [child | above, ...Array(511).fill(0n)]);
    }
    const entries = tableAt(layout, 0x3000);
    const rights: Record<string, bigint> = { ...usual, ...differing };
    const names = layout.regions.map(({ name }) => name);
    assertEquals(names, Object.keys(rights));
    for (const { name, guestAddress, size } of layout.regions) {
      for (let address = guestAddress; address < guestAddress + size; address += PAGE) {
        const own = PRESENT | TOUCHED | (rights[name] ?? 0n);
        assertEquals(entries[address / PAGE], BigInt(address) | own, `${name} at ${address}`);
      }
    }
    assertEquals(entries.subarray(layout.size / PAGE).every((it) => it === 0n), true);
  }
});

/** Runs a guest from its beginning until it halts, in a VM of its own. */
function begin(code: readonly number[], look: (driver: ReturnType<typeof createDriver>) => void) {
  const { image, layout } = layOut({}, ...code);
  using memory = new Memory(layout.size);
  for (const { physical, bytes } of layout.contents) memory.write(physical, bytes);
  const loaded = new Uint8Array(image.size);
  image.load(loaded);
  memory.write(layout.imagePhysical, loaded);
  const options: GuestOptions = { entryPoint: image.entry, hooks: { out: () => true } };
  using driver = createDriver(memory, layout, options);
  look(driver);
  driver.initialise({ pebAddress: layout.pebAddress, seed: 7n, pageSize: PAGE, logLevel: 3 });
}

test("a guest begins with Hyperlight's special registers", { skip: needsKvm }, () => {
  begin([], (driver) => {
    const sregs = driver.sregs();
    const { cr0, cr2, cr3, cr4, efer, cs, tr, gdt, idt } = sregs;
    // PE, MP, ET, NE, WP, AM, PG; PAE, OSFXSR, OSXMMEXCPT; SCE, LME, LMA, NXE.
    assertEquals([cr0, cr2, cr3, cr4, efer], [0x8005_0033n, 0n, 0n, 0x620n, 0xd01n]);
    assertEquals([cs.type, cs.present, cs.s, cs.l, cs.dpl, cs.base], [11, 1, 1, 1, 0, 0n]);
    assertEquals([tr.type, tr.present, tr.limit, tr.base], [11, 1, 65535, 0n]);
    for (const name of ["ds", "es", "fs", "gs", "ss"] as const) {
      const { base, selector, dpl } = sregs[name];
      assertEquals([base, selector, dpl], [0n, 0, 0], name);
    }
    for (const table of [gdt, idt]) assertEquals([table.base, table.limit], [0n, 0]);
  });
});

const ENTRY = {
  ...{ EntryRegisters: { parameters: [], result: "buffer" } },
  ...{ PebBytes: RUST.PebBytes, ReadAddress: RUST.ReadAddress },
} as const satisfies FunctionDefinitions;

const words = (bytes: Uint8Array) => Array.from(new BigUint64Array(bytes.slice().buffer));

test("a guest begins with Hyperlight's general registers, and all others are zero", {
  skip: needsHyperlightGuest,
}, async () => {
  for (const [logLevel, number] of [["off", 0n], ["trace", 5n]] as const) {
    using sandbox = await rustWith(ENTRY, { logLevel, log: () => {} });
    const { EntryRegisters, PebBytes } = sandbox.exports;
    const { stack, hostFunctions, input } = readPeb(PebBytes());
    // Definitions and input buffer follow the block, each on pages of its own.
    const peb = hostFunctions.address - PAGE;
    assertEquals(hostFunctions.address + hostFunctions.size, input.address);
    const [rax, rbx, rcx, rdx, rsi, rdi, rbp, rsp, ...others] = words(EntryRegisters());
    assertEquals([rdi, rdx, rcx, rsp], [peb, PAGE, Number(number), stack.end - 0x28].map(BigInt));
    assert(rsi !== undefined && rsi > 2n ** 32n, "as good as never is a random number that small");
    assertEquals([rax, rbx, rbp, ...others], [0n, 0n, 0n, ...Array(8).fill(0n), 2n]);
  }
});

test("each guest has random numbers of its own: seed, cookie's seed, and the stack's cookie", {
  skip: needsHyperlightGuest,
}, async () => {
  const numbers: bigint[] = [];
  using _ = await rustWith(ENTRY);
  // The later ones begin in the VM of the one before.
  for (let i = 0; i < 3; i++) {
    using sandbox = await rustWith(ENTRY);
    const { EntryRegisters, PebBytes, ReadAddress } = sandbox.exports;
    const { lowest } = readPeb(PebBytes()).stack;
    const cookie = [0, 8].map((offset) => ReadAddress(BigInt(lowest + offset)));
    numbers.push(words(EntryRegisters())[4]!, words(PebBytes())[0]!, ...cookie);
  }
  assertEquals(new Set([...numbers, 0n]).size, 13);
});

const needsSmep = condition(
  "needsSmep",
  needsKvm ||
    (/ smep\b/.test(readFileSync("/proc/cpuinfo", "utf8")) ? false : "this CPU has no SMEP"),
);

test(
  "a guest that keeps ring 0 from executing pages of ring 3 goes on",
  { skip: needsSmep },
  () => {
    // or cr4, SMEP; nop. As under Hyperlight's host none of its pages is one of ring 3.
    begin([0x0f, 0x20, 0xe0, 0x0d, 0, 0, 0x10, 0, 0x0f, 0x22, 0xe0, 0x90], () => {});
  },
);
