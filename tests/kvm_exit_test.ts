// Decodes exits from kvm_run pages that a C program filled through <linux/kvm.h>.
import { test } from "node:test";
import { assertEquals } from "@std/assert";
import { decodeExit, type Exit } from "../src/kvm/exit.ts";
import { runKvmProgram } from "./support/kvm_program.ts";

/** What KVM maps on x86_64: kvm_run, the page of port data, the ring of coalesced MMIO. */
const RUN_SIZE = 3 * 4096;

interface Case {
  /** What the test's name says, behind "decodeExit() ". */
  readonly says: string;
  /** Fills `run`; port data lies at `data`, which is one page behind it, as in KVM. */
  readonly c: string;
  readonly exit: Exit;
}

const io = (direction: string, size: string, count: string, offset: string) => `
  run->exit_reason = KVM_EXIT_IO;
  run->io.direction = ${direction};
  run->io.size = ${size};
  run->io.port = 0xcfe;
  run->io.count = ${count};
  run->io.data_offset = ${offset};
  for (int i = 0; i < 4096; i++) data[i] = i + 1;`;
const mmio = (length: string, isWrite: string) => `
  run->exit_reason = KVM_EXIT_MMIO;
  run->mmio.phys_addr = 0xfedcba9876543210;
  for (int i = 0; i < 8; i++) run->mmio.data[i] = 0xa0 + i;
  run->mmio.len = ${length};
  run->mmio.is_write = ${isWrite};`;
const internal = (count: string) => `
  run->exit_reason = KVM_EXIT_INTERNAL_ERROR;
  run->internal.suberror = KVM_INTERNAL_ERROR_EMULATION;
  run->internal.ndata = ${count};
  for (unsigned long i = 0; i < 16; i++) run->internal.data[i] = i << 60 | i;`;

const upTo = (count: number) => Uint8Array.from({ length: count }, (_, i) => i + 1);
const words = (count: number) =>
  Array.from({ length: count }, (_, i) => BigInt(i) << 60n | BigInt(i)).map(
    (word) => BigInt.asUintN(64, word),
  );
const out = { type: "io-out", port: 0xcfe } as const;
const write = { type: "mmio-write", address: 0xfedcba9876543210n } as const;

const CASES: readonly Case[] = [
  ...[1, 2, 4].map((size): Case => ({
    says: `reads an out of ${size} bytes`,
    c: io("KVM_EXIT_IO_OUT", `${size}`, "1", "4096"),
    exit: { ...out, size, count: 1, data: upTo(size) },
  })),
  {
    says: "reads the elements of a rep outs",
    c: io("KVM_EXIT_IO_OUT", "4", "1024", "4096"),
    exit: { ...out, size: 4, count: 1024, data: upTo(4096) },
  },
  {
    says: "reads an in, and copies nothing",
    c: io("KVM_EXIT_IO_IN", "2", "7", "4096"),
    exit: { type: "io-in", port: 0xcfe, size: 2, count: 7 },
  },
  {
    says: "cuts port data off where the page ends",
    c: io("KVM_EXIT_IO_OUT", "4", "4", "RUN_SIZE - 6"),
    exit: { ...out, size: 4, count: 4, data: new Uint8Array(6) },
  },
  {
    says: "copies nothing from a data offset at the page's end",
    c: io("KVM_EXIT_IO_OUT", "4", "1", "RUN_SIZE"),
    exit: { ...out, size: 4, count: 1, data: new Uint8Array(0) },
  },
  ...["RUN_SIZE + 1", "0xffffffffull", "1ull << 53", "1ull << 63", "~0ull"].map((offset): Case => ({
    says: `copies nothing from a data offset of ${offset}`,
    c: io("KVM_EXIT_IO_OUT", "4", "1", offset),
    exit: { ...out, size: 4, count: 1, data: new Uint8Array(0) },
  })),
  {
    says: "copies no more than the page from a count of 2^32 - 1",
    c: io("KVM_EXIT_IO_OUT", "255", "~0u", "4096 * 2"),
    exit: { ...out, size: 255, count: 2 ** 32 - 1, data: new Uint8Array(4096) },
  },
  ...[1, 2, 4, 8].flatMap((length): Case[] => [
    {
      says: `reads a write of ${length} bytes to MMIO`,
      c: mmio(`${length}`, "1"),
      exit: { ...write, data: Uint8Array.from({ length }, (_, i) => 0xa0 + i) },
    },
    {
      says: `reads a read of ${length} bytes from MMIO`,
      c: mmio(`${length}`, "0"),
      exit: { type: "mmio-read", address: 0xfedcba9876543210n, length },
    },
  ]),
  {
    says: "copies 8 bytes at most from an MMIO write of 2^32 - 1",
    c: mmio("~0u", "255"),
    exit: { ...write, data: Uint8Array.from({ length: 8 }, (_, i) => 0xa0 + i) },
  },
  {
    says: "reports 8 bytes at most of an MMIO read of 2^32 - 1",
    c: mmio("~0u", "0"),
    exit: { type: "mmio-read", address: 0xfedcba9876543210n, length: 8 },
  },
  ...[0, 1, 16].map((count): Case => ({
    says: `reads an internal error with ${count} words`,
    c: internal(`${count}`),
    exit: { type: "internal-error", suberror: 1, data: words(count) },
  })),
  {
    says: "reads 16 words at most of an internal error with 2^32 - 1",
    c: internal("~0u"),
    exit: { type: "internal-error", suberror: 1, data: words(16) },
  },
  {
    says: "reads a refused entry",
    c: `run->exit_reason = KVM_EXIT_FAIL_ENTRY;
      run->fail_entry.hardware_entry_failure_reason = 0x8000000000000021;
      run->fail_entry.cpu = 7;`,
    exit: { type: "fail-entry", hardwareReason: 0x8000000000000021n, cpu: 7 },
  },
  {
    says: "reads a stop for a debugger",
    c: `run->exit_reason = KVM_EXIT_DEBUG;
      run->debug.arch.exception = 3;
      run->debug.arch.pc = 0xffffffff80000001;
      run->debug.arch.dr6 = 0xffff4ff0;
      run->debug.arch.dr7 = 0x400;`,
    exit: {
      type: "debug",
      exception: 3,
      pc: 0xffffffff80000001n,
      dr6: 0xffff4ff0n,
      dr7: 0x400n,
    },
  },
  ...([
    ["HLT", "halt"],
    ["SHUTDOWN", "shutdown"],
    ["INTR", "interrupted"],
  ] as const).map(([name, type]): Case => ({
    says: `reads KVM_EXIT_${name}`,
    c: `run->exit_reason = KVM_EXIT_${name};`,
    exit: { type },
  })),
  ...([
    ["UNKNOWN", 0],
    ["SYSTEM_EVENT", 24],
    ["HYPERV", 27],
    ["X86_RDMSR", 29],
    ["DIRTY_RING_FULL", 31],
    ["NOTIFY", 37],
  ] as const).map(([name, reason]): Case => ({
    says: `names KVM_EXIT_${name} as unsupported`,
    c: `run->exit_reason = KVM_EXIT_${name};`,
    exit: { type: "unsupported", reason, name: `KVM_EXIT_${name}` },
  })),
  {
    says: "numbers a reason that no kernel has yet",
    c: "run->exit_reason = 0xfffffffe;",
    exit: { type: "unsupported", reason: 0xfffffffe, name: "exit reason 4294967294" },
  },
];

let pages: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** The kvm_run of each case, one after the other, from one program. */
function fillPages(): Promise<Uint8Array<ArrayBuffer>> {
  return runKvmProgram(`
    enum { RUN_SIZE = ${RUN_SIZE} };
    static unsigned char page[RUN_SIZE] __attribute__((aligned(4096)));
    struct kvm_run *run = (struct kvm_run *)page;
    unsigned char *data = page + 4096;
    ${
    CASES.map(({ c }) => `
    for (int i = 0; i < RUN_SIZE; i++) ((volatile unsigned char *)page)[i] = 0;
    {${c}}
    emit(page, sizeof page);`).join("")
  }
  `);
}

CASES.forEach(({ says, exit }, index) => {
  test(`decodeExit() ${says}`, async () => {
    const all = await (pages ??= fillPages());
    assertEquals(all.length, CASES.length * RUN_SIZE);
    // The page lies between the others, as a kvm_run lies between other memory.
    assertEquals(decodeExit(new DataView(all.buffer, index * RUN_SIZE, RUN_SIZE)), exit);
  });
});

test("decodeExit() copies: what it returned stays when the page changes", async () => {
  const all = await (pages ??= fillPages());
  const page = all.slice(0, RUN_SIZE);
  const exit = decodeExit(new DataView(page.buffer));
  page.fill(0);
  assertEquals(exit, CASES[0]?.exit);
});
