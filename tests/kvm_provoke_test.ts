/** Exits that a guest of a few instructions provokes on this machine's KVM, decoded from the real kvm_run. */

import { test } from "node:test";
import { inspect } from "node:util";
import { assertEquals, assertThrows } from "@std/assert";
import { native } from "../src/ffi/mod.ts";
import {
  CpuidEntry,
  EnableCap,
  type Exit,
  GUEST_DEBUG,
  GuestDebug,
  INTERRUPTED,
  IOCTL,
  Kvm,
  KvmError,
  Memory,
  MEMORY_FLAG,
  type Regs,
  type Sregs,
  UserspaceMemoryRegion,
  type Vcpu,
  Vm,
} from "../src/kvm/mod.ts";
import { Cpuid } from "../src/kvm/kvm.ts";
import { currentThread, INTERRUPT_SIGNAL } from "../src/kvm/thread.ts";
import { needsKvm } from "./support/skip.ts";

// What vmlet itself does not use of <linux/kvm.h>.
const KVM_CAP = {
  SPLIT_IRQCHIP: 121,
  HYPERV_SYNIC: 123,
  EXIT_HYPERCALL: 201,
  XEN_HVM: 38,
  X86_USER_SPACE_MSR: 188,
  DIRTY_LOG_RING: 192,
  VM_TYPES: 235,
  HYPERV: 44,
} as const;
const KVM_CREATE_VM = 0xae01;
const KVM_XEN_HVM_CONFIG = 0x4038ae7a;
const KVM_SET_MEMORY_ATTRIBUTES = 0x4020aed2;
const KVM_X86_SW_PROTECTED_VM = 1;
const HV_GUEST_OS_ID = 0x4000_0000;
const HV_SCONTROL = 0x4000_0080;
const HV_CRASH_CTL = 0x4000_0105;

/** Where code lies, in real mode. Behind the memory's end everything is MMIO. */
const CODE = 0x1000;
const MEMORY = 0x10_0000;
const PAGE = 4096;
const HALT = 0xf4;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;

/** A guest of a few instructions in real mode, and how it leaves. */
interface Trial {
  readonly name: string;
  readonly code: readonly number[];
  readonly exit: { readonly type: Exit["type"] } & Record<string, unknown>;
  /** The capability without which this cannot be provoked, and the bits that it must have. */
  readonly needs?: readonly [capability: number, bits?: number];
  readonly vmType?: number;
  /** The flags of its memory's slot. */
  readonly flags?: number;
  readonly board?: (vm: Vm) => void;
  readonly cpu?: (vcpu: Vcpu, regs: Regs, sregs: Sregs) => void;
  /** What comes when registers are set: a single step begins where the guest is. */
  readonly ready?: (vcpu: Vcpu) => void;
  /** With which error KVM_RUN tells of the exit. */
  readonly errno?: string;
}

/** KVM_ENABLE_CAP with one argument. */
function enable(fd: number, capability: number, argument = 0n): void {
  const enabled = EnableCap.create();
  enabled.cap = capability;
  new DataView(enabled.args.buffer, enabled.args.byteOffset).setBigUint64(0, argument, true);
  assertEquals(native().ioctlStruct(fd, IOCTL.KVM_ENABLE_CAP, enabled.bytes), 0);
}

/** What a guest of Hyper-V finds. */
function hyperv(vcpu: Vcpu): void {
  const leaves = [[0x4000_0000, 0x4000_0006], [0x4000_0001, 0x3123_7648], [0x4000_0003, ~0]];
  const bytes = new Uint8Array(8 + leaves.length * CpuidEntry.size);
  const cpuid = new Cpuid(bytes);
  new DataView(bytes.buffer).setUint32(0, leaves.length, true);
  cpuid.entries.forEach((entry, i) => {
    [entry.function = 0, entry.eax = 0] = leaves[i] as [number, number];
    if (entry.function === 0x4000_0003) entry.ebx = entry.edx = 0xffff_ffff;
  });
  vcpu.setCpuid(cpuid);
}

const bytesOf = (value: number) => [0, 8, 16, 24].map((shift) => value >>> shift & 0xff);
/** `mov ecx, MSR; mov eax, LOW; mov edx, HIGH; wrmsr` of real mode. */
const writeMsr = (msr: number, low: number, high = 0) => [
  ...[0x66, 0xb9, ...bytesOf(msr)],
  ...[0x66, 0xb8, ...bytesOf(low)],
  ...[0x66, 0xba, ...bytesOf(high)],
  ...[0x0f, 0x30],
];
const VMCALL = [0x0f, 0x01, 0xc1];

const TRIALS: readonly Trial[] = [
  { name: "a halt", code: [0xf4], exit: { type: "halt" } },
  {
    name: "an out",
    code: [0xb8, 0x34, 0x12, 0xe7, 0x10],
    exit: { type: "io-out", port: 16, size: 2, count: 1, data: Uint8Array.of(0x34, 0x12) },
  },
  {
    name: "an in",
    code: [0x66, 0xe5, 0x10],
    exit: { type: "io-in", port: 16, size: 4, count: 1 },
  },
  {
    name: "a write to MMIO",
    code: [0xb8, 0x34, 0x12, 0x26, 0xa3, 0x20, 0],
    exit: { type: "mmio-write", address: 0x10_0010n, data: Uint8Array.of(0x34, 0x12) },
  },
  {
    name: "a read from MMIO",
    code: [0x26, 0xa0, 0x20, 0],
    exit: { type: "mmio-read", address: 0x10_0010n, length: 1 },
  },
  {
    name: "an exception without a table for it",
    code: [0x0f, 0x0b],
    exit: { type: "shutdown" },
    cpu: (_, __, sregs) => {
      sregs.cr0 |= 1n;
      sregs.idt.limit = 0;
    },
  },
  {
    name: "an instruction that KVM cannot emulate",
    // addps xmm0, es:[0x20]
    code: [0x26, 0x0f, 0x58, 0x06, 0x20, 0],
    exit: { type: "internal-error", suberror: 1 },
    cpu: (_, __, sregs) => sregs.cr4 |= 0x200n,
  },
  {
    name: "a single step",
    code: [0x90, 0x90, 0xf4],
    exit: { type: "debug", exception: 1, pc: BigInt(CODE + 1) },
    ready: (vcpu) => {
      const debug = GuestDebug.create();
      debug.control = GUEST_DEBUG.KVM_GUESTDBG_ENABLE | GUEST_DEBUG.KVM_GUESTDBG_SINGLESTEP;
      vcpu.setGuestDebug(debug);
    },
  },
  {
    name: "interrupts that the guest would take",
    code: [0x90, 0x90, 0xeb, 0xfc],
    exit: { type: "irq-window-open" },
    cpu: (vcpu, regs) => {
      regs.rflags |= 0x200n;
      const page = native().mmap(0, PAGE, PROT_READ_WRITE, MAP_SHARED, vcpu.fd, 0);
      native().copyIn(page, Uint8Array.of(1), 1); // request_interrupt_window
      native().munmap(page, PAGE);
    },
  },
  {
    name: "the read of a filtered MSR",
    code: [0x66, 0xb9, ...bytesOf(0x10), 0x0f, 0x32],
    exit: { type: "rdmsr", index: 0x10, why: 4 },
    needs: [KVM_CAP.X86_USER_SPACE_MSR],
    board: (vm) => {
      enable(vm.fd, KVM_CAP.X86_USER_SPACE_MSR, 7n);
      vm.denyAllMsrs();
    },
  },
  {
    name: "the write of a filtered MSR",
    code: writeMsr(0x10, 0x1234, 0x8765_4321),
    exit: { type: "wrmsr", index: 0x10, why: 4, data: 0x8765_4321_0000_1234n },
    needs: [KVM_CAP.X86_USER_SPACE_MSR],
    board: (vm) => {
      enable(vm.fd, KVM_CAP.X86_USER_SPACE_MSR, 7n);
      vm.denyAllMsrs();
    },
  },
  {
    name: "a hypercall of KVM's",
    code: VMCALL,
    exit: { type: "hypercall", nr: 12n },
    needs: [KVM_CAP.EXIT_HYPERCALL, 1 << 12],
    board: (vm) => enable(vm.fd, KVM_CAP.EXIT_HYPERCALL, 1n << 12n),
    cpu: (_, regs) => {
      regs.rax = 12n; // KVM_HC_MAP_GPA_RANGE
      regs.rbx = 0x2000n;
      regs.rcx = 1n;
    },
  },
  {
    name: "a hypercall of Xen's",
    code: VMCALL,
    exit: { type: "xen-hypercall", cpl: 0, input: 0x22n },
    needs: [KVM_CAP.XEN_HVM, 2],
    board: (vm) => {
      const config = new Uint8Array(56);
      config[0] = 2; // KVM_XEN_HVM_CONFIG_INTERCEPT_HCALL
      assertEquals(native().ioctlStruct(vm.fd, KVM_XEN_HVM_CONFIG, config), 0);
    },
    cpu: (_, regs) => regs.rax = 0x22n,
  },
  {
    name: "a crash that a guest of Hyper-V reports",
    code: writeMsr(HV_CRASH_CTL, 0, 0x8000_0000),
    exit: { type: "system-event", event: 3 },
    needs: [KVM_CAP.HYPERV],
    cpu: hyperv,
  },
  {
    name: "synthetic interrupts that a guest of Hyper-V switches on",
    code: writeMsr(HV_SCONTROL, 1),
    exit: { type: "hyperv-synic", msr: HV_SCONTROL, control: 1n },
    needs: [KVM_CAP.HYPERV_SYNIC],
    board: (vm) => enable(vm.fd, KVM_CAP.SPLIT_IRQCHIP, 24n),
    cpu: (vcpu) => {
      hyperv(vcpu);
      enable(vcpu.fd, KVM_CAP.HYPERV_SYNIC);
    },
  },
  {
    name: "a hypercall of Hyper-V's",
    // Outside of long mode the call is in edx:eax. 0x5c: post a message.
    code: [...writeMsr(HV_GUEST_OS_ID, 1), 0x66, 0xb8, ...bytesOf(0x5c), ...VMCALL],
    exit: { type: "hyperv-hypercall", input: 0x5cn },
    needs: [KVM_CAP.HYPERV_SYNIC],
    board: (vm) => enable(vm.fd, KVM_CAP.SPLIT_IRQCHIP, 24n),
    cpu: (vcpu, _, sregs) => {
      hyperv(vcpu);
      enable(vcpu.fd, KVM_CAP.HYPERV_SYNIC);
      sregs.cr0 |= 1n;
    },
  },
  {
    name: "more pages written than the dirty ring holds",
    // mov ax, 0x200; mov es, ax; mov es:[0], al; add ax, 0x100; jmp
    code: [0xb8, 0, 2, 0x8e, 0xc0, 0x26, 0xa2, 0, 0, 0x05, 0, 1, 0xeb, 0xf5],
    exit: { type: "dirty-ring-full" },
    needs: [KVM_CAP.DIRTY_LOG_RING],
    board: (vm) => enable(vm.fd, KVM_CAP.DIRTY_LOG_RING, 4096n),
    flags: MEMORY_FLAG.KVM_MEM_LOG_DIRTY_PAGES,
  },
  {
    name: "private memory that is not there",
    code: [0xa0, 0, 0x20],
    exit: { type: "memory-fault", address: 0x2000n, size: 4096n },
    needs: [KVM_CAP.VM_TYPES, 1 << KVM_X86_SW_PROTECTED_VM],
    vmType: KVM_X86_SW_PROTECTED_VM,
    board: (vm) => {
      const attributes = new Uint8Array(32);
      const view = new DataView(attributes.buffer);
      view.setBigUint64(0, 0x2000n, true);
      view.setBigUint64(8, 4096n, true);
      view.setBigUint64(16, 8n, true); // KVM_MEMORY_ATTRIBUTE_PRIVATE
      assertEquals(native().ioctlStruct(vm.fd, KVM_SET_MEMORY_ATTRIBUTES, attributes), 0);
    },
    errno: "EFAULT",
  },
];

/** Runs a trial's guest until it leaves; undefined if that takes a second. */
function provoke(trial: Trial): Exit | undefined {
  using kvm = Kvm.open();
  using memory = new Memory(MEMORY);
  // What goes on after all of it ends at once.
  memory.write(CODE, Uint8Array.of(...trial.code, HALT));
  using vm = new Vm(native().ioctl(kvm.fd, KVM_CREATE_VM, trial.vmType ?? 0), kvm.vcpuMmapSize());
  trial.board?.(vm);
  const region = UserspaceMemoryRegion.create();
  region.flags = trial.flags ?? 0;
  region.memorySize = BigInt(MEMORY);
  region.userspaceAddr = BigInt(memory.address);
  const result = native().ioctlStruct(vm.fd, IOCTL.KVM_SET_USER_MEMORY_REGION, region.bytes);
  assertEquals(result, 0);
  using vcpu = vm.createVcpu(0);
  const sregs = vcpu.getSregs();
  sregs.cs.base = 0n;
  sregs.cs.selector = 0;
  // ES:0x20 is behind the memory.
  sregs.es.base = 0xf_fff0n;
  sregs.es.selector = 0xffff;
  const regs = vcpu.getRegs();
  regs.rip = BigInt(CODE);
  trial.cpu?.(vcpu, regs, sregs);
  vcpu.setSregs(sregs);
  vcpu.setRegs(regs);
  trial.ready?.(vcpu);
  const timer = native().threadTimer(currentThread(INTERRUPT_SIGNAL), 1, INTERRUPT_SIGNAL);
  try {
    native().setTimer(timer, 1e9);
    if (trial.errno !== undefined) {
      assertEquals(assertThrows(() => vcpu.run(), KvmError).symbol, trial.errno);
    } else if (vcpu.run() === INTERRUPTED) return undefined;
    return vcpu.exit();
  } finally {
    native().setTimer(timer, 0);
  }
}

/** PVM makes a hypercall of ring 0 one of the CPU's own kind, which it emulates by doing that again. */
const hypercallsHang = !needsKvm &&
  provoke({ name: "", code: VMCALL, exit: { type: "halt" } }) === undefined;

/** Whether this KVM can leave a trial's guest so. */
function isPossible({ needs: [capability, bits = ~0] = [-1], code }: Trial): boolean {
  if (needsKvm || capability < 0) return !needsKvm;
  using kvm = Kvm.open();
  const answer = native().ioctl(kvm.fd, IOCTL.KVM_CHECK_EXTENSION, capability);
  const isHypercall = code.at(-1) === VMCALL.at(-1);
  return (answer & bits) !== 0 && !(isHypercall && hypercallsHang);
}

for (const trial of TRIALS) {
  test(`Vcpu.exit() tells ${trial.name}`, {
    skip: isPossible(trial)
      ? false
      : "there is no KVM, or it lacks a capability for this, or does not leave hypercalls of ring 0",
  }, () => {
    const exit: Record<string, unknown> = { ...provoke(trial) };
    const seen = Object.fromEntries(Object.keys(trial.exit).map((key) => [key, exit[key]]));
    assertEquals<unknown>(seen, trial.exit, inspect(exit));
  });
}
