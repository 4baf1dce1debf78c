// Compares the numbers of src/kvm with what a C compiler makes of <linux/kvm.h>.
import { test } from "node:test";
import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import {
  CAPABILITY,
  DIRTY_LOG,
  EXIT,
  GUEST_DEBUG,
  IOCTL,
  MEMORY_FLAG,
  MSR,
  PAGE_SIZE,
  SYNC,
} from "../src/kvm/constants.ts";
import { IO_OUT, RUN_OFFSET } from "../src/kvm/exit.ts";
import { Cpuid } from "../src/kvm/kvm.ts";
import type { Field, Struct, StructType } from "../src/kvm/struct.ts";
import * as structs from "../src/kvm/structs.ts";
import { initialXsave, Xsave, XSAVE_COMPONENT, xsaveComponent } from "../src/kvm/xsave.ts";
import { runKvmProgram } from "./support/kvm_program.ts";

/** The member of `struct kvm_run` behind each offset. */
const RUN_MEMBER: Readonly<Record<keyof typeof RUN_OFFSET, string>> = {
  exitReason: "exit_reason",
  ioDirection: "io.direction",
  ioSize: "io.size",
  ioPort: "io.port",
  ioCount: "io.count",
  ioDataOffset: "io.data_offset",
  mmioAddress: "mmio.phys_addr",
  mmioData: "mmio.data",
  mmioLength: "mmio.len",
  mmioIsWrite: "mmio.is_write",
  internalSuberror: "internal.suberror",
  internalCount: "internal.ndata",
  internalData: "internal.data",
  emulationFlags: "emulation_failure.flags",
  emulationSize: "emulation_failure.insn_size",
  emulationBytes: "emulation_failure.insn_bytes",
  failEntryReason: "fail_entry.hardware_entry_failure_reason",
  failEntryCpu: "fail_entry.cpu",
  debugException: "debug.arch.exception",
  debugPc: "debug.arch.pc",
  debugDr6: "debug.arch.dr6",
  debugDr7: "debug.arch.dr7",
  cr8: "cr8",
  unknownReason: "hw.hardware_exit_reason",
  exceptionVector: "ex.exception",
  exceptionErrorCode: "ex.error_code",
  hypercallNr: "hypercall.nr",
  hypercallArgs: "hypercall.args",
  hypercallFlags: "hypercall.flags",
  tprRip: "tpr_access.rip",
  tprIsWrite: "tpr_access.is_write",
  eventType: "system_event.type",
  eventCount: "system_event.ndata",
  eventData: "system_event.data",
  eoiVector: "eoi.vector",
  hypervType: "hyperv.type",
  synicMsr: "hyperv.u.synic.msr",
  synicControl: "hyperv.u.synic.control",
  synicEventPage: "hyperv.u.synic.evt_page",
  synicMessagePage: "hyperv.u.synic.msg_page",
  hcallInput: "hyperv.u.hcall.input",
  hcallParams: "hyperv.u.hcall.params",
  syndbgMsr: "hyperv.u.syndbg.msr",
  syndbgControl: "hyperv.u.syndbg.control",
  syndbgStatus: "hyperv.u.syndbg.status",
  syndbgSendPage: "hyperv.u.syndbg.send_page",
  syndbgReceivePage: "hyperv.u.syndbg.recv_page",
  syndbgPendingPage: "hyperv.u.syndbg.pending_page",
  msrReason: "msr.reason",
  msrIndex: "msr.index",
  msrData: "msr.data",
  xenType: "xen.type",
  xenLongMode: "xen.u.hcall.longmode",
  xenCpl: "xen.u.hcall.cpl",
  xenInput: "xen.u.hcall.input",
  xenParams: "xen.u.hcall.params",
  notifyFlags: "notify.flags",
  faultFlags: "memory_fault.flags",
  faultAddress: "memory_fault.gpa",
  faultSize: "memory_fault.size",
  tdxFlags: "tdx.flags",
  tdxNr: "tdx.nr",
  validRegs: "kvm_valid_regs",
  dirtyRegs: "kvm_dirty_regs",
  syncRegs: "s.regs.regs",
  syncSregs: "s.regs.sregs",
  syncEvents: "s.regs.events",
};

/**
 * The member of `struct _xstate` behind each field. <linux/kvm.h> has no names for what a `struct kvm_xsave` holds; a
 * signal's frame holds the same area, and <asm/sigcontext.h> names its parts.
 */
const XSAVE_MEMBER: Readonly<Record<keyof typeof Xsave.fields, string>> = {
  fcw: "fpstate.cwd",
  fsw: "fpstate.swd",
  ftw: "fpstate.twd",
  fop: "fpstate.fop",
  rip: "fpstate.rip",
  rdp: "fpstate.rdp",
  mxcsr: "fpstate.mxcsr",
  mxcsrMask: "fpstate.mxcsr_mask",
  st: "fpstate.st_space",
  xmm: "fpstate.xmm_space",
  xstateBv: "xstate_hdr.xfeatures",
};

/** Names that zig's <linux/kvm.h> lacks, so that nothing is left out unseen. */
const UNKNOWN_TO_HEADER: readonly string[] = [];

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** C expressions for where a member of a structure lies, and how long it is. */
const member = (name: string, path: string, { offset, size }: Field<unknown>) =>
  [
    [`offsetof(struct ${name}, ${path})`, offset],
    [`sizeof(((struct ${name} *)0)->${path})`, size],
  ] as const;
/** C expressions with the values that our structures say they have. */
const STRUCTURES: Readonly<Record<string, number>> = Object.fromEntries(
  Object.values(structs).flatMap(({ name, size, fields }) => [
    [`sizeof(struct ${name})`, size] as const,
    ...Object.entries<Field<unknown>>(fields).flatMap(([key, field]) =>
      member(name, snakeCase(key), field)
    ),
  ]),
);
const XSAVE: Readonly<Record<string, number>> = Object.fromEntries([
  ["sizeof(struct kvm_xsave)", Xsave.size] as const,
  ...Object.entries<Field<unknown>>(Xsave.fields).flatMap(([key, field]) =>
    member("_xstate", XSAVE_MEMBER[key as keyof typeof Xsave.fields], field)
  ),
]);
const OFFSETS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(RUN_OFFSET).map(([key, offset]) => [
    `offsetof(struct kvm_run, ${RUN_MEMBER[key as keyof typeof RUN_OFFSET]})`,
    offset,
  ]),
);
const OUT = { KVM_EXIT_IO_OUT: IO_OUT };
const ALL = {
  ...STRUCTURES,
  ...XSAVE,
  ...OFFSETS,
  ...IOCTL,
  ...CAPABILITY,
  ...EXIT,
  ...MEMORY_FLAG,
  ...DIRTY_LOG,
  ...SYNC,
  ...GUEST_DEBUG,
  ...OUT,
};

const MISSING = 2n ** 64n - 1n;

/** What C has for everything in `ALL`; undefined for a macro that is not defined. */
async function evaluate(): Promise<Record<string, number | undefined>> {
  const expressions = Object.keys(ALL);
  const values = expressions.map((it) =>
    /^\w+$/.test(it) ? `\n#ifdef ${it}\n${it},\n#else\n${MISSING}ull,\n#endif\n` : `${it},`
  );
  const output = await runKvmProgram(`
    #include <asm/sigcontext.h>
    static const unsigned long long values[] = {${values.join("\n")}};
    emit(values, sizeof values);
  `);
  const numbers = Array.from(new BigUint64Array(output.buffer));
  return Object.fromEntries(
    expressions.map((it, i) => [it, numbers[i] === MISSING ? undefined : Number(numbers[i])]),
  );
}

let header: Promise<Record<string, number | undefined>> | undefined;

async function compare(ours: Readonly<Record<string, number>>): Promise<void> {
  const theirs = await (header ??= evaluate());
  const names = Object.keys(ours);
  assertEquals(
    names.filter((name) => theirs[name] === undefined),
    names.filter((name) => UNKNOWN_TO_HEADER.includes(name)),
    "the names that <linux/kvm.h> lacks",
  );
  const known = Object.entries(ours).filter(([name]) => !UNKNOWN_TO_HEADER.includes(name));
  assertEquals(Object.fromEntries(known), Object.fromEntries(known.map(([k]) => [k, theirs[k]])));
}

test("Regs and every other structure have the sizes and offsets of <linux/kvm.h>", () =>
  compare(STRUCTURES));
test("Xsave has the size of <linux/kvm.h>, and the offsets of <asm/sigcontext.h>", () =>
  compare(XSAVE));
test("RUN_OFFSET has the offsets of struct kvm_run", () => compare(OFFSETS));
test("RUN_OFFSET has room for Regs and Sregs where KVM synchronizes them", () => {
  assertEquals(RUN_OFFSET.syncRegs + structs.Regs.size, RUN_OFFSET.syncSregs);
});

test("IOCTL has the numbers of <linux/kvm.h>", () => compare(IOCTL));
test("CAPABILITY has the numbers of <linux/kvm.h>", () => compare(CAPABILITY));
test("EXIT has the numbers of <linux/kvm.h>", () => compare(EXIT));
test("MEMORY_FLAG has the numbers of <linux/kvm.h>", () => compare(MEMORY_FLAG));
test("DIRTY_LOG has the numbers of <linux/kvm.h>", () => compare(DIRTY_LOG));
test("SYNC has the numbers of <linux/kvm.h>", () => compare(SYNC));
test("GUEST_DEBUG has the numbers of <linux/kvm.h>", () => compare(GUEST_DEBUG));
test("IO_OUT has the number of <linux/kvm.h>", () => compare(OUT));

interface Filled {
  /** The structure's name in C. */
  readonly name: string;
  /** Fills `it`. */
  readonly c: string;
  /** The bytes that the same values take here. */
  readonly ours: () => Uint8Array;
}

const filled = <T extends Struct>(type: StructType<T>, c: string, fill: (it: T) => void) => {
  const ours = () => {
    const it = type.create();
    fill(it);
    return it.bytes;
  };
  return { name: type.name, c, ours };
};
const count = (array: Uint8Array, from: number) => array.forEach((_, i) => array[i] = from + i);

/** Structures whose members are raw bytes or arrays here: what lies inside them is only described in words. */
const FILLED: readonly Filled[] = [
  filled(
    structs.Fpu,
    `for (int i = 0; i < 8; i++) for (int j = 0; j < 16; j++) it.fpr[i][j] = 1 + i * 16 + j;
    for (int i = 0; i < 16; i++) for (int j = 0; j < 16; j++) it.xmm[i][j] = 129 + i * 16 + j;
    it.fcw = 0x837f; it.fsw = 0xb800; it.ftwx = 0xc1; it.last_opcode = 0x7d9;
    it.last_ip = 0xfedcba9876543210; it.last_dp = 0x8123456789abcdef; it.mxcsr = 0x80001f80;`,
    (it) => {
      count(it.fpr, 1);
      count(it.xmm, 129);
      it.fcw = 0x837f;
      it.fsw = 0xb800;
      it.ftwx = 0xc1;
      it.lastOpcode = 0x7d9;
      it.lastIp = 0xfedcba9876543210n;
      it.lastDp = 0x8123456789abcdefn;
      it.mxcsr = 0x80001f80;
    },
  ),
  filled(
    structs.DebugRegs,
    `for (unsigned long i = 0; i < 4; i++) it.db[i] = 0xffff800000000000 + i;
    it.dr6 = 0xffff0ff1; it.dr7 = 0x455;`,
    (it) => {
      it.db.set([0, 1, 2, 3].map((i) => 0xffff800000000000n + BigInt(i)));
      it.dr6 = 0xffff0ff1n;
      it.dr7 = 0x455n;
    },
  ),
  filled(
    structs.VcpuEvents,
    `it.exception.injected = 1; it.exception.nr = 14; it.exception.has_error_code = 2;
    it.exception.pending = 3; it.exception.error_code = 0x87654321;
    it.interrupt.injected = 4; it.interrupt.nr = 5; it.interrupt.soft = 6; it.interrupt.shadow = 7;
    it.nmi.injected = 8; it.nmi.pending = 9; it.nmi.masked = 10;
    it.sipi_vector = 0x8000009a; it.flags = 0x8000003f;
    it.smi.smm = 11; it.smi.pending = 12; it.smi.smm_inside_nmi = 13; it.smi.latched_init = 15;
    it.triple_fault.pending = 16; it.exception_has_payload = 17;
    it.exception_payload = 0xfedcba9876543210;`,
    (it) => {
      it.exception.set([1, 14, 2, 3, 0x21, 0x43, 0x65, 0x87]);
      it.interrupt.set([4, 5, 6, 7]);
      it.nmi.set([8, 9, 10]);
      it.sipiVector = 0x8000009a;
      it.flags = 0x8000003f;
      it.smi.set([11, 12, 13, 15]);
      it.tripleFault[0] = 16;
      it.exceptionHasPayload = 17;
      it.exceptionPayload = 0xfedcba9876543210n;
    },
  ),
  filled(
    structs.MsrEntry,
    `it.index = 0xc0000102; it.data = 0xfedcba9876543210;`,
    (it) => {
      it.index = MSR.IA32_KERNEL_GS_BASE;
      it.data = 0xfedcba9876543210n;
    },
  ),
  filled(
    structs.GuestDebug,
    `it.control = KVM_GUESTDBG_ENABLE | KVM_GUESTDBG_USE_HW_BP;
    for (unsigned long i = 0; i < 8; i++) it.arch.debugreg[i] = 0xffff800000000000 + i;`,
    (it) => {
      it.control = GUEST_DEBUG.KVM_GUESTDBG_ENABLE | GUEST_DEBUG.KVM_GUESTDBG_USE_HW_BP;
      for (let i = 0; i < 8; i++) it.arch.debugreg[i] = 0xffff800000000000n + BigInt(i);
    },
  ),
  filled(
    structs.Translation,
    `it.linear_address = 0xffff800000001234; it.physical_address = ~0ull;
    it.valid = 1; it.writeable = 2; it.usermode = 3;`,
    (it) => {
      it.linearAddress = 0xffff800000001234n;
      it.physicalAddress = 0xffffffffffffffffn;
      it.valid = 1;
      it.writeable = 2;
      it.usermode = 3;
    },
  ),
  filled(
    structs.EnableCap,
    `it.cap = KVM_CAP_X86_USER_SPACE_MSR; it.flags = 0x80000001;
    for (unsigned long i = 0; i < 4; i++) it.args[i] = 0x8000000000000000 + i;`,
    (it) => {
      it.cap = CAPABILITY.KVM_CAP_X86_USER_SPACE_MSR;
      it.flags = 0x80000001;
      const args = new DataView(it.args.buffer, it.args.byteOffset, it.args.byteLength);
      for (let i = 0; i < 4; i++) args.setBigUint64(i * 8, 2n ** 63n + BigInt(i), true);
    },
  ),
];

let inC: Promise<Uint8Array> | undefined;

/** The structures of `FILLED` one after the other, from one program. */
function fillStructures(): Promise<Uint8Array> {
  return runKvmProgram(
    FILLED.map(({ name, c }) =>
      `{
      static struct ${name} it;
      ${c}
      emit(&it, sizeof it);
    }`
    ).join("\n"),
  );
}

FILLED.forEach(({ name, ours }, index) => {
  test(`struct() writes ${name} as C does`, async () => {
    const all = await (inC ??= fillStructures());
    const before = FILLED.slice(0, index).reduce((sum, it) => sum + it.ours().length, 0);
    const bytes = ours();
    assertEquals(bytes, all.slice(before, before + bytes.length));
  });
});

/** How long each component is (Intel SDM volume 1, 13.5); where it lies is for CPUID to say. */
const COMPONENT_SIZE: Readonly<Record<keyof typeof XSAVE_COMPONENT, number>> = {
  ymmHigh: 256,
  bndregs: 64,
  bndcsr: 64,
  opmask: 64,
  zmmHigh: 512,
  highZmm: 1024,
  pkru: 8,
};
const COMPONENTS = Object.keys(XSAVE_COMPONENT) as (keyof typeof XSAVE_COMPONENT)[];

test("xsaveComponent() finds the components of this CPU, none over another", async () => {
  // The subleaves of leaf 13, which any program may read; a CPU has 0 for components that it lacks.
  const cpuid = new Cpuid(
    await runKvmProgram(`
    static union { struct kvm_cpuid2 cpuid; char room[8 + 16 * sizeof(struct kvm_cpuid_entry2)]; } all;
    all.cpuid.nent = 16;
    for (unsigned i = 0; i < 16; i++) {
      struct kvm_cpuid_entry2 *it = all.cpuid.entries + i;
      it->function = 13;
      it->index = i;
      it->flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX;
      __asm__ volatile("cpuid" : "=a"(it->eax), "=b"(it->ebx), "=c"(it->ecx), "=d"(it->edx) : "0"(13), "2"(i));
    }
    emit(&all, sizeof all);
  `),
  );
  const xsave = Xsave.create();
  const found = COMPONENTS.flatMap((name) => {
    const bytes = xsaveComponent(xsave, cpuid, name);
    return bytes === undefined ? [] : [{ name, bytes }];
  }).sort((a, b) => a.bytes.byteOffset - b.bytes.byteOffset);
  assertEquals(
    found.map(({ name, bytes }) => [name, bytes.length]),
    found.map(({ name }) => [name, COMPONENT_SIZE[name]]),
  );
  // Behind the legacy area and the header, which take 576 bytes.
  let end = 576;
  for (const { name, bytes } of found) {
    assertGreaterOrEqual(bytes.byteOffset, end, `${name} lies over what is before it`);
    end = bytes.byteOffset + bytes.length;
  }
});

/** CPUID of these leaves, subleaves, EAX and EBX. */
function cpuidOf(leaves: readonly (readonly [number, number, number, number])[]): Cpuid {
  const cpuid = new Cpuid(new Uint8Array(8 + leaves.length * structs.CpuidEntry.size));
  new DataView(cpuid.bytes.buffer).setUint32(0, leaves.length, true);
  leaves.forEach(([leaf, index, eax, ebx], i) => {
    Object.assign(cpuid.entries[i]!, { function: leaf, index, eax, ebx });
  });
  return cpuid;
}

test("xsaveComponent() takes place and length from leaf 13 alone, and writes in place", () => {
  const components = [[13, 0, 7, 576], [13, 2, 256, 576], [13, 9, 8, 2688]] as const;
  const cpuid = cpuidOf([[4, 2, 7, 600], ...components, [13, 5, 0, 0]]);
  const xsave = Xsave.create();
  const places = COMPONENTS.map((name) => {
    const bytes = xsaveComponent(xsave, cpuid, name);
    return [name, bytes && [bytes.byteOffset, bytes.length]];
  });
  assertEquals(Object.fromEntries(places), {
    ymmHigh: [576, 256],
    bndregs: undefined,
    bndcsr: undefined,
    opmask: undefined,
    zmmHigh: undefined,
    highZmm: undefined,
    pkru: [2688, 8],
  });
  xsaveComponent(xsave, cpuid, "pkru")?.fill(0x55);
  assertEquals([xsave.bytes[2687], xsave.bytes[2688], xsave.bytes[2695], xsave.bytes[2696]], [
    ...[0, 0x55, 0x55, 0],
  ]);
});

test("initialXsave() is the state that a CPU has after a reset, and nothing else", () => {
  // Intel SDM volume 1, 13.6: FCW 37FH, MXCSR 1F80H, all else 0. XSTATE_BV says that x87 and SSE are given, and PKRU
  // where there is one.
  const bytes = new Uint8Array(4096);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x37f, true);
  view.setUint32(24, 0x1f80, true);
  view.setBigUint64(512, 3n, true);
  assertEquals(initialXsave(cpuidOf([])).bytes, bytes);
  view.setBigUint64(512, 0x203n, true);
  assertEquals(initialXsave(cpuidOf([[13, 9, 8, 2688]])).bytes, bytes);
});

test("PAGE_SIZE is the size of x86_64's pages", () => assertEquals(PAGE_SIZE, 4096));

test("Sregs prints as its C name and fields, and as JSON", () => {
  const sregs = structs.Sregs.create();
  sregs.cs.base = 0x7f_0000_0000n;
  sregs.gdt.limit = 55;
  const inspect = (sregs as unknown as Record<symbol, () => string>)[
    Symbol.for("nodejs.util.inspect.custom")
  ];
  const text = inspect?.call(sregs) ?? "";
  assertEquals(text.split("\n").slice(0, 2).map((line) => line.slice(0, 44)), [
    "kvm_sregs {",
    "  cs: kvm_segment { base: 0x7f00000000, limi",
  ]);
  assertEquals(JSON.parse(JSON.stringify(sregs)).cs.base, "0x7f00000000");
  assertEquals(JSON.parse(JSON.stringify(sregs.gdt)), { base: "0x0", limit: 55 });
});

test("DebugRegs prints its array of numbers, alone and inside another structure", () => {
  const registers = structs.DebugRegs.create();
  registers.db[3] = 0xffff_8000_0000_0000n;
  registers.dr6 = 0xffff_0ff0n;
  assertEquals(
    String(registers),
    "kvm_debugregs { db: [0x0, 0x0, 0x0, 0xffff800000000000], dr6: 0xffff0ff0, dr7: 0x0 }",
  );
  assertEquals(JSON.parse(JSON.stringify(registers)), {
    db: ["0x0", "0x0", "0x0", "0xffff800000000000"],
    dr6: "0xffff0ff0",
    dr7: "0x0",
  });
  const debug = structs.GuestDebug.create();
  debug.arch.debugreg[7] = 0x400n;
  const zeros = Array(7).fill("0x0");
  assertEquals(
    String(debug),
    `kvm_guest_debug { control: 0, arch: kvm_guest_debug_arch { debugreg: [${
      zeros.join(", ")
    }, 0x400] } }`,
  );
  assertEquals(JSON.parse(JSON.stringify(debug)).arch, { debugreg: [...zeros, "0x400"] });
});
