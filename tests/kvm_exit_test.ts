// Decodes exits from kvm_run pages that a C program filled through <linux/kvm.h>.
import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { run, zig } from "../scripts/tools.ts";
import { decodeExit, describeExit, type Exit } from "../src/kvm/exit.ts";
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
const emulation = (count: string, flags: string, size: string) => `
  run->exit_reason = KVM_EXIT_INTERNAL_ERROR;
  run->emulation_failure.suberror = KVM_INTERNAL_ERROR_EMULATION;
  run->emulation_failure.ndata = ${count};
  run->emulation_failure.flags = ${flags};
  run->emulation_failure.insn_size = ${size};
  for (int i = 0; i < 15; i++) run->emulation_failure.insn_bytes[i] = 0xf0 + i;`;
const HAS_BYTES = "KVM_INTERNAL_ERROR_EMULATION_FLAG_INSTRUCTION_BYTES";
const systemEvent = (count: string) => `
  run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
  run->system_event.type = KVM_SYSTEM_EVENT_CRASH;
  run->system_event.ndata = ${count};
  for (unsigned long i = 0; i < 16; i++) run->system_event.data[i] = i << 60 | i;`;
const synic = (type: string) => `
  run->exit_reason = KVM_EXIT_HYPERV;
  run->hyperv.type = ${type};
  run->hyperv.u.synic.msr = 0xc0000080;
  run->hyperv.u.synic.control = 0x8000000000000001;
  run->hyperv.u.synic.evt_page = 0x8000000000002001;
  run->hyperv.u.synic.msg_page = 0x8000000000003001;`;
const xen = (type: string, longMode: string) => `
  run->exit_reason = KVM_EXIT_XEN;
  run->xen.type = ${type};
  run->xen.u.hcall.longmode = ${longMode};
  run->xen.u.hcall.cpl = 3;
  run->xen.u.hcall.input = 0x8000000000000022;
  run->xen.u.hcall.result = ~0ull;
  for (unsigned long i = 0; i < 6; i++) run->xen.u.hcall.params[i] = i << 60 | i;`;
const msr = (reason: string) => `
  run->exit_reason = ${reason};
  run->msr.error = 0xff;
  run->msr.reason = KVM_MSR_EXIT_REASON_FILTER;
  run->msr.index = 0xc0000080;
  run->msr.data = 0x8000000000000d01;`;

const upTo = (count: number) => Uint8Array.from({ length: count }, (_, i) => i + 1);
const words = (count: number) =>
  Array.from({ length: count }, (_, i) => BigInt(i) << 60n | BigInt(i)).map(
    (word) => BigInt.asUintN(64, word),
  );
const out = { type: "io-out", port: 0xcfe } as const;
const internalError = { type: "internal-error", suberror: 1 } as const;
/** The words that `emulation` fills, as words. */
const emulationWords = (count: number, flags: bigint, size: bigint) =>
  [
    flags,
    0xf6f5f4f3f2f1f000n | size,
    0xfefdfcfbfaf9f8f7n,
    ...Array.from({ length: 13 }, () => 0n),
  ].slice(0, count);
const instruction = (length: number) => Uint8Array.from({ length }, (_, i) => 0xf0 + i);
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
  ...[1, 3, 15].map((size): Case => ({
    says: `reads the ${size} bytes of an instruction that KVM cannot emulate`,
    c: emulation("3", HAS_BYTES, `${size}`),
    exit: {
      ...internalError,
      data: emulationWords(3, 1n, BigInt(size)),
      instruction: instruction(size),
    },
  })),
  {
    says: "reads the instruction in front of what else KVM tells",
    c: `${emulation("~0u", `~0ull`, "2")}
      run->internal.data[3] = 0x8000000000000003;`,
    exit: {
      ...internalError,
      data: emulationWords(16, 2n ** 64n - 1n, 2n).with(3, 2n ** 63n + 3n),
      instruction: instruction(2),
    },
  },
  ...[16, 255].map((size): Case => ({
    says: `reads 15 bytes at most of an instruction of ${size}`,
    c: emulation("3", HAS_BYTES, `${size}`),
    exit: {
      ...internalError,
      data: emulationWords(3, 1n, BigInt(size)),
      instruction: instruction(15),
    },
  })),
  {
    says: "reads an instruction of no bytes",
    c: emulation("3", HAS_BYTES, "0"),
    exit: { ...internalError, data: emulationWords(3, 1n, 0n), instruction: new Uint8Array(0) },
  },
  {
    says: "reads no instruction where the flag for it is off",
    c: emulation("3", `~${HAS_BYTES}`, "3"),
    exit: { ...internalError, data: emulationWords(3, 2n ** 64n - 2n, 3n) },
  },
  ...[0, 1, 2].map((count): Case => ({
    says: `reads no instruction from ${count} words, which do not hold one`,
    c: emulation(`${count}`, HAS_BYTES, "3"),
    exit: { ...internalError, data: emulationWords(count, 1n, 3n) },
  })),
  ...([
    ["SIMUL_EX", 2],
    ["DELIVERY_EV", 3],
    ["UNEXPECTED_EXIT_REASON", 4],
  ] as const).map(([name, suberror]): Case => ({
    says: `reads no instruction from KVM_INTERNAL_ERROR_${name}`,
    c: `${emulation("3", HAS_BYTES, "3")}
      run->internal.suberror = KVM_INTERNAL_ERROR_${name};`,
    exit: { type: "internal-error", suberror, data: emulationWords(3, 1n, 3n) },
  })),
  {
    says: "reads an internal error of a kind that no kernel has yet",
    c: `${internal("2")}
      run->internal.suberror = ~0u;`,
    exit: { type: "internal-error", suberror: 2 ** 32 - 1, data: words(2) },
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
  {
    says: "reads an exit that KVM does not know",
    c: `run->exit_reason = KVM_EXIT_UNKNOWN;
      run->hw.hardware_exit_reason = 0x8000000000000041;`,
    exit: { type: "unknown", hardwareReason: 0x8000000000000041n },
  },
  {
    says: "reads an exception",
    c: `run->exit_reason = KVM_EXIT_EXCEPTION;
      run->ex.exception = 0x8000000e;
      run->ex.error_code = 0x80000007;`,
    exit: { type: "exception", exception: 0x8000000e, errorCode: 0x80000007 },
  },
  {
    says: "reads a hypercall",
    c: `run->exit_reason = KVM_EXIT_HYPERCALL;
      run->hypercall.nr = 0x800000000000000c;
      for (unsigned long i = 0; i < 6; i++) run->hypercall.args[i] = i << 60 | i;
      run->hypercall.ret = ~0ull;
      run->hypercall.flags = 0x8000000000000000 | KVM_EXIT_HYPERCALL_LONG_MODE;`,
    exit: {
      type: "hypercall",
      nr: 0x800000000000000cn,
      args: words(6),
      flags: 0x8000000000000001n,
    },
  },
  {
    says: "reads a task priority that the guest set",
    c: `run->exit_reason = KVM_EXIT_SET_TPR;
      run->cr8 = 0x800000000000000f;
      run->apic_base = 0xfee00900;`,
    exit: { type: "set-tpr", tpr: 0x800000000000000fn },
  },
  // The kernel's member is 32 bits wide, so a byte of it alone may be 0.
  ...([["0", false], ["1", true], ["0x80000000", true]] as const).map(([c, isWrite]): Case => ({
    says: `reads an access to the task priority with is_write ${c}`,
    c: `run->exit_reason = KVM_EXIT_TPR_ACCESS;
      run->tpr_access.rip = 0xffffffff80000002;
      run->tpr_access.is_write = ${c};
      run->tpr_access.pad = ~0u;`,
    exit: { type: "tpr-access", rip: 0xffffffff80000002n, isWrite },
  })),
  ...[0, 1, 16].map((count): Case => ({
    says: `reads a system event with ${count} words`,
    c: systemEvent(`${count}`),
    exit: { type: "system-event", event: 3, data: words(count) },
  })),
  ...["17", "~0u"].map((count): Case => ({
    says: `reads 16 words at most of a system event with ${count}`,
    c: systemEvent(count),
    exit: { type: "system-event", event: 3, data: words(16) },
  })),
  ...([
    ["SHUTDOWN", 1],
    ["RESET", 2],
    ["WAKEUP", 4],
    ["SUSPEND", 5],
    ["SEV_TERM", 6],
    ["TDX_FATAL", 7],
  ] as const).map(([name, event]): Case => ({
    says: `reads KVM_SYSTEM_EVENT_${name}`,
    c: `run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
      run->system_event.type = KVM_SYSTEM_EVENT_${name};
      run->system_event.ndata = 1;
      run->system_event.flags = 0x8000000000000009;`,
    exit: { type: "system-event", event, data: [0x8000000000000009n] },
  })),
  {
    says: "reads an end of interrupt",
    c: `run->exit_reason = KVM_EXIT_IOAPIC_EOI;
      run->eoi.vector = 0xfe;`,
    exit: { type: "ioapic-eoi", vector: 0xfe },
  },
  {
    says: "reads KVM_EXIT_HYPERV_SYNIC",
    c: synic("KVM_EXIT_HYPERV_SYNIC"),
    exit: {
      type: "hyperv-synic",
      msr: 0xc0000080,
      control: 0x8000000000000001n,
      eventPage: 0x8000000000002001n,
      messagePage: 0x8000000000003001n,
    },
  },
  {
    says: "reads KVM_EXIT_HYPERV_HCALL",
    c: `run->exit_reason = KVM_EXIT_HYPERV;
      run->hyperv.type = KVM_EXIT_HYPERV_HCALL;
      run->hyperv.u.hcall.input = 0x800000000001005c;
      run->hyperv.u.hcall.result = ~0ull;
      run->hyperv.u.hcall.params[0] = 0x8000000000004000;
      run->hyperv.u.hcall.params[1] = 0x8000000000005000;`,
    exit: {
      type: "hyperv-hypercall",
      input: 0x800000000001005cn,
      params: [0x8000000000004000n, 0x8000000000005000n],
    },
  },
  {
    says: "reads KVM_EXIT_HYPERV_SYNDBG",
    c: `run->exit_reason = KVM_EXIT_HYPERV;
      run->hyperv.type = KVM_EXIT_HYPERV_SYNDBG;
      run->hyperv.u.syndbg.msr = 0xc00000f1;
      run->hyperv.u.syndbg.control = 0x8000000000000001;
      run->hyperv.u.syndbg.status = 0x8000000000000002;
      run->hyperv.u.syndbg.send_page = 0x8000000000003000;
      run->hyperv.u.syndbg.recv_page = 0x8000000000004000;
      run->hyperv.u.syndbg.pending_page = 0x8000000000005000;`,
    exit: {
      type: "hyperv-debugger",
      msr: 0xc00000f1,
      control: 0x8000000000000001n,
      status: 0x8000000000000002n,
      sendPage: 0x8000000000003000n,
      receivePage: 0x8000000000004000n,
      pendingPage: 0x8000000000005000n,
    },
  },
  ...["0", "KVM_EXIT_HYPERV_SYNDBG + 1", "~0u"].map((type): Case => ({
    says: `names an exit of Hyper-V's type ${type} as unsupported`,
    c: synic(type),
    exit: { type: "unsupported", reason: 27, name: "KVM_EXIT_HYPERV" },
  })),
  {
    says: "reads KVM_EXIT_X86_RDMSR",
    c: msr("KVM_EXIT_X86_RDMSR"),
    exit: { type: "rdmsr", index: 0xc0000080, why: 4 },
  },
  {
    says: "reads KVM_EXIT_X86_WRMSR",
    c: msr("KVM_EXIT_X86_WRMSR"),
    exit: { type: "wrmsr", index: 0xc0000080, why: 4, data: 0x8000000000000d01n },
  },
  ...([
    ["INVAL", 1],
    ["UNKNOWN", 2],
  ] as const).map(([name, why]): Case => ({
    says: `reads KVM_MSR_EXIT_REASON_${name}`,
    c: `${msr("KVM_EXIT_X86_RDMSR")}
      run->msr.reason = KVM_MSR_EXIT_REASON_${name};`,
    exit: { type: "rdmsr", index: 0xc0000080, why },
  })),
  ...([["1", true], ["0", false], ["0x80000000", true]] as const).map(([c, longMode]): Case => ({
    says: `reads KVM_EXIT_XEN_HCALL with longmode ${c}`,
    c: xen("KVM_EXIT_XEN_HCALL", c),
    exit: {
      type: "xen-hypercall",
      longMode,
      cpl: 3,
      input: 0x8000000000000022n,
      params: words(6),
    },
  })),
  ...["0", "KVM_EXIT_XEN_HCALL + 1", "~0u"].map((type): Case => ({
    says: `names an exit of Xen's type ${type} as unsupported`,
    c: xen(type, "1"),
    exit: { type: "unsupported", reason: 34, name: "KVM_EXIT_XEN" },
  })),
  {
    says: "reads KVM_EXIT_NOTIFY",
    c: `run->exit_reason = KVM_EXIT_NOTIFY;
      run->notify.flags = 0x80000000 | KVM_NOTIFY_CONTEXT_INVALID;`,
    exit: { type: "notify", flags: 0x80000001 },
  },
  {
    says: "reads a fault of memory",
    c: `run->exit_reason = KVM_EXIT_MEMORY_FAULT;
      run->memory_fault.flags = 0x8000000000000000 | KVM_MEMORY_EXIT_FLAG_PRIVATE;
      run->memory_fault.gpa = 0xfedcba9876543000;
      run->memory_fault.size = 0x8000000000001000;`,
    exit: {
      type: "memory-fault",
      flags: 0x8000000000000008n,
      address: 0xfedcba9876543000n,
      size: 0x8000000000001000n,
    },
  },
  {
    says: "reads a call of TDX",
    c: `run->exit_reason = KVM_EXIT_TDX;
      run->tdx.flags = 0x8000000000000001;
      run->tdx.nr = 0x8000000000010002;
      run->tdx.get_quote.ret = ~0ull;
      run->tdx.get_quote.gpa = 0x1000;`,
    exit: { type: "tdx", flags: 0x8000000000000001n, nr: 0x8000000000010002n },
  },
  ...([
    ["HLT", "halt"],
    ["SHUTDOWN", "shutdown"],
    ["INTR", "interrupted"],
    ["IRQ_WINDOW_OPEN", "irq-window-open"],
    ["NMI", "nmi"],
    ["DIRTY_RING_FULL", "dirty-ring-full"],
    ["AP_RESET_HOLD", "ap-reset-hold"],
    ["X86_BUS_LOCK", "bus-lock"],
  ] as const).map(([name, type]): Case => ({
    says: `reads KVM_EXIT_${name}`,
    // What an earlier exit left in the page.
    c: `run->exit_reason = KVM_EXIT_${name};
      for (int i = 0; i < 256; i++) run->padding[i] = 0xee;`,
    exit: { type },
  })),
  ...([
    ["S390_SIEIC", 13, "s390_sieic.icptcode = 0x28; run->s390_sieic.ipb = ~0u"],
    ["S390_RESET", 14, "s390_reset_flags = 0x8000000000000001"],
    ["DCR", 15, "dcr.dcrn = 0x80000001; run->dcr.is_write = 1"],
    ["OSI", 18, "osi.gprs[31] = 0x8000000000000001"],
    ["PAPR_HCALL", 19, "papr_hcall.nr = 0x8000000000000001; run->papr_hcall.args[8] = 8"],
    ["S390_UCONTROL", 20, "s390_ucontrol.trans_exc_code = 0x8000000000000001"],
    ["WATCHDOG", 21, "flags = 0"],
    ["S390_TSCH", 22, "s390_tsch.subchannel_id = 0x8001; run->s390_tsch.dequeued = 1"],
    ["EPR", 23, "epr.epr = 0x80000001"],
    ["S390_STSI", 25, "s390_stsi.addr = 0x8000000000000001; run->s390_stsi.sel2 = 0x8002"],
    ["ARM_NISV", 28, "arm_nisv.esr_iss = 0x8000000000000001; run->arm_nisv.fault_ipa = 2"],
    ["RISCV_SBI", 35, "riscv_sbi.extension_id = 0x8000000000000001; run->riscv_sbi.ret[1] = 1"],
    ["RISCV_CSR", 36, "riscv_csr.csr_num = 0x8000000000000001; run->riscv_csr.ret_value = 2"],
    ["LOONGARCH_IOCSR", 38, "iocsr_io.phys_addr = 0x8000000000000001; run->iocsr_io.is_write = 1"],
    ["ARM_SEA", 41, "arm_sea.flags = KVM_EXIT_ARM_SEA_FLAG_GPA_VALID; run->arm_sea.gpa = 2"],
  ] as const).map(([name, reason, member]): Case => ({
    says: `names KVM_EXIT_${name} as foreign`,
    c: `run->exit_reason = KVM_EXIT_${name};
      run->${member};`,
    exit: { type: "foreign", reason, name: `KVM_EXIT_${name}` },
  })),
  {
    says: "numbers a reason that no kernel has yet",
    c: "run->exit_reason = 0xfffffffe;",
    exit: { type: "unsupported", reason: 0xfffffffe, name: "exit reason 4294967294" },
  },
];

/** What describeExit() makes of the first case of each arm. */
const WORDS: Readonly<Record<Exit["type"], string>> = {
  "io-out": "KVM_EXIT_IO, port 3326, size 1, count 1, data 01",
  "io-in": "KVM_EXIT_IO, port 3326, size 2, count 7",
  "mmio-write": "KVM_EXIT_MMIO, address 0xfedcba9876543210, data a0",
  "mmio-read": "KVM_EXIT_MMIO, address 0xfedcba9876543210, length 1",
  "internal-error":
    "KVM_EXIT_INTERNAL_ERROR, it cannot emulate an instruction, suberror 1, data none",
  "fail-entry": "KVM_EXIT_FAIL_ENTRY, hardwareReason 0x8000000000000021, cpu 7",
  debug: "KVM_EXIT_DEBUG, exception 3, pc 0xffffffff80000001, dr6 0xffff4ff0, dr7 0x400",
  unknown: "KVM_EXIT_UNKNOWN, hardwareReason 0x8000000000000041",
  exception: "KVM_EXIT_EXCEPTION, exception 2147483662, errorCode 2147483655",
  hypercall: "KVM_EXIT_HYPERCALL, nr 0x800000000000000c, args 0x0 0x1000000000000001 " +
    "0x2000000000000002 0x3000000000000003 0x4000000000000004 0x5000000000000005, " +
    "flags 0x8000000000000001",
  "set-tpr": "KVM_EXIT_SET_TPR, tpr 0x800000000000000f",
  "tpr-access": "KVM_EXIT_TPR_ACCESS, rip 0xffffffff80000002, isWrite false",
  "system-event": "KVM_EXIT_SYSTEM_EVENT, event 3, data none",
  "ioapic-eoi": "KVM_EXIT_IOAPIC_EOI, vector 254",
  "hyperv-synic": "KVM_EXIT_HYPERV, msr 3221225600, control 0x8000000000000001, " +
    "eventPage 0x8000000000002001, messagePage 0x8000000000003001",
  "hyperv-hypercall": "KVM_EXIT_HYPERV, input 0x800000000001005c, " +
    "params 0x8000000000004000 0x8000000000005000",
  "hyperv-debugger": "KVM_EXIT_HYPERV, msr 3221225713, control 0x8000000000000001, " +
    "status 0x8000000000000002, sendPage 0x8000000000003000, receivePage 0x8000000000004000, " +
    "pendingPage 0x8000000000005000",
  rdmsr: "KVM_EXIT_X86_RDMSR, index 3221225600, why 4",
  wrmsr: "KVM_EXIT_X86_WRMSR, index 3221225600, why 4, data 0x8000000000000d01",
  "xen-hypercall": "KVM_EXIT_XEN, longMode true, cpl 3, input 0x8000000000000022, " +
    "params 0x0 0x1000000000000001 0x2000000000000002 0x3000000000000003 0x4000000000000004 " +
    "0x5000000000000005",
  notify: "KVM_EXIT_NOTIFY, flags 2147483649",
  "memory-fault": "KVM_EXIT_MEMORY_FAULT, flags 0x8000000000000008, address 0xfedcba9876543000, " +
    "size 0x8000000000001000",
  tdx: "KVM_EXIT_TDX, flags 0x8000000000000001, nr 0x8000000000010002",
  halt: "KVM_EXIT_HLT",
  shutdown: "KVM_EXIT_SHUTDOWN",
  interrupted: "KVM_EXIT_INTR",
  "irq-window-open": "KVM_EXIT_IRQ_WINDOW_OPEN",
  nmi: "KVM_EXIT_NMI",
  "dirty-ring-full": "KVM_EXIT_DIRTY_RING_FULL",
  "ap-reset-hold": "KVM_EXIT_AP_RESET_HOLD",
  "bus-lock": "KVM_EXIT_X86_BUS_LOCK",
  foreign: "KVM_EXIT_S390_SIEIC",
  unsupported: "KVM_EXIT_HYPERV",
};

/** Macros called KVM_EXIT_… that are no exit reasons, with what they are values of. */
const NO_REASONS: Readonly<Record<string, string>> = {
  KVM_EXIT_IO_IN: "io.direction",
  KVM_EXIT_IO_OUT: "io.direction",
  KVM_EXIT_HYPERCALL_LONG_MODE: "hypercall.flags",
  KVM_EXIT_HYPERV_SYNIC: "hyperv.type",
  KVM_EXIT_HYPERV_HCALL: "hyperv.type",
  KVM_EXIT_HYPERV_SYNDBG: "hyperv.type",
  KVM_EXIT_XEN_HCALL: "xen.type",
  KVM_EXIT_ARM_SEA_FLAG_GPA_VALID: "arm_sea.flags",
};

/**
 * The exit reasons that <linux/kvm.h> defines: all of its KVM_EXIT_… but the above. A macro that a newer header adds
 * therefore counts as a reason until someone has looked at it: it may as well be a new kind of Hyper-V's exits.
 */
async function headerReasons(): Promise<readonly string[]> {
  const preprocess = ["cc", "-target", "x86_64-linux-musl", "-E", "-dM", "-x", "c"];
  const { code, output } = await run(
    [...zig(), ...preprocess, "-include", "linux/kvm.h", "/dev/null"],
    { capture: true },
  );
  assertEquals(code, 0, output);
  return Array.from(output.matchAll(/^#define (KVM_EXIT_\w+)/gm), ([, name = ""]) => name)
    .filter((name) => !(name in NO_REASONS)).sort();
}

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

test("decodeExit() names every reason that <linux/kvm.h> defines", async () => {
  const names = await headerReasons();
  // Far fewer would mean that the search found something else than the table of reasons.
  assert(names.length >= 42, `${names.length} reasons`);
  const numbers = new Uint32Array(
    (await runKvmProgram(`
      static const unsigned reasons[] = {${names.join(", ")}};
      emit(reasons, sizeof reasons);
    `)).buffer,
  );
  const all = await (pages ??= fillPages());
  const exits = CASES.map((_, i) => new DataView(all.buffer, i * RUN_SIZE, RUN_SIZE))
    .map((page) => ({ reason: page.getUint32(8, true), exit: decodeExit(page) }));
  // Each has a case above, which fills its members, and is an arm of its own there.
  const named = names.filter((name, i) =>
    exits.some(({ reason, exit }) =>
      reason === numbers[i] && exit.type !== "unsupported" &&
      describeExit(exit).split(",")[0] === name
    )
  );
  assertEquals(named, names);
});

for (const [type, words] of Object.entries(WORDS)) {
  test(`describeExit() puts ${type} in words`, () => {
    const exit = CASES.find((it) => it.exit.type === type)?.exit;
    assertEquals(exit && describeExit(exit), words);
  });
}

([
  [1, "it cannot emulate an instruction, suberror 1"],
  [2, "several exceptions at once, suberror 2"],
  [3, "it cannot deliver an exception, suberror 3"],
  [4, "an exit that it does not know, suberror 4"],
  [5, "suberror 5"],
] as const).forEach(([suberror, words]) => {
  test(`describeExit() says what KVM_EXIT_INTERNAL_ERROR ${suberror} means, and its words`, () => {
    const exit: Exit = { type: "internal-error", suberror, data: [0x8000000000000001n, 2n] };
    assertEquals(
      describeExit(exit),
      `KVM_EXIT_INTERNAL_ERROR, ${words}, data 0x8000000000000001 0x2`,
    );
  });
});

test("describeExit() prints the bytes of an instruction that KVM cannot emulate", () => {
  const exit: Exit = { ...internalError, data: [1n], instruction: Uint8Array.of(0x0f, 0x01, 0xf9) };
  assertEquals(
    describeExit(exit),
    "KVM_EXIT_INTERNAL_ERROR, it cannot emulate an instruction, suberror 1, data 0x1, " +
      "instruction 0f 01 f9",
  );
});

test("describeExit() says none where there are no bytes", () => {
  assertEquals(
    describeExit({ ...out, size: 4, count: 0, data: new Uint8Array(0) }),
    "KVM_EXIT_IO, port 3326, size 4, count 0, data none",
  );
});

test("describeExit() has the number of a reason that no kernel has yet", () => {
  const exit: Exit = { type: "unsupported", reason: 99, name: "exit reason 99" };
  assertEquals(describeExit(exit), "exit reason 99");
});
