/** Whatever instruction a guest runs, the next one in its VM finds all that KVM keeps of the CPU as in a new VM. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import { VmletError } from "../mod.ts";
import { retire, takeOver } from "../src/driver/driver.ts";
import { native } from "../src/ffi/mod.ts";
import type { Ring3Layout } from "../src/guest/layout.ts";
import { createDriver } from "../src/sandbox/guest_driver.ts";
import { Kvm } from "../src/kvm/mod.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { CODE, CodeGuest, END, END_PORT, withAddress } from "./support/machine_code.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const HALT = 0xf4;

const KVM_GET_MSR_INDEX_LIST = 0xc004ae02;
const KVM_GET_MSRS = 0xc008ae88;
/**
 * What else KVM tells of a vCPU, with its ioctl and the size of its structure. KVM_GET_FPU tells old bytes of what has its
 * initial value; KVM_GET_XSAVE does not.
 */
const STRUCTURES = {
  regs: [0x8090ae81, 144],
  sregs: [0x8138ae83, 312],
  xsave: [0x9000aea4, 4096],
  xcrs: [0x8188aea6, 392],
  debugRegs: [0x8080aea1, 128],
  events: [0x8040ae9f, 64],
  mpState: [0x8004ae98, 4],
} as const;
/** XSTATE_BV, which may say of a component that it is in use although it has its initial value. */
const XSTATE_BV = 512;
/** The time-stamp counter, and what it was moved by. */
const TIMES = [0x10, 0x3b];

/** The MSRs that KVM saves and restores, and those that `swapgs`, `vmload` and others write. */
function msrNumbers(): number[] {
  const list = new Uint32Array(2000);
  list[0] = list.length - 1;
  using kvm = Kvm.open();
  const bytes = new Uint8Array(list.buffer);
  assertEquals(native().ioctlStruct(kvm.fd, KVM_GET_MSR_INDEX_LIST, bytes), 0);
  const more = [0x1d9, 0x277, 0xda0, 0xc000_0100, 0xc000_0101, 0xc000_0102, 0xc000_0103];
  const all = new Set([...list.subarray(1, 1 + (list[0] as number)), ...more]);
  return [...all].filter((index) => !TIMES.includes(index));
}

/** All that KVM tells of a vCPU. */
function stateOf(vcpu: number, msrs: readonly number[]): Map<string, string> {
  const state = new Map<string, string>();
  for (const index of msrs) {
    const words = BigUint64Array.of(1n, BigInt(index), 0n);
    const done = native().ioctlStruct(vcpu, KVM_GET_MSRS, new Uint8Array(words.buffer));
    state.set(`MSR ${index.toString(16)}`, done === 1 ? String(words[2]) : "none");
  }
  for (const [name, [request, size]] of Object.entries(STRUCTURES)) {
    const bytes = new Uint8Array(size);
    const result = native().ioctlStruct(vcpu, request, bytes);
    if (name === "xsave") bytes.fill(0, XSTATE_BV, XSTATE_BV + 8);
    state.set(name, `${result} ${bytes}`);
  }
  return state;
}

async function vcpuOf({ driver }: Pick<CodeGuest, "driver">): Promise<number> {
  let vcpu = -1;
  const watch = (_: string, [fd]: readonly unknown[]) => {
    vcpu = fd as number;
    return undefined;
  };
  await answerCalls(watch, () => driver.fpu());
  return vcpu;
}

const bytesOf = (value: number) => [0, 8, 16, 24].map((shift) => value >>> shift & 0xff);
/** `mov rax, CR; or eax, BIT; mov CR, rax`, and the same with `and`. */
const set = (cr: 0xc0 | 0xe0, bit: number) => [
  ...[0x0f, 0x20, cr, 0x0d, ...bytesOf(1 << bit), 0x0f, 0x22, cr],
];
const clear = (cr: 0xc0 | 0xe0, bit: number) => [
  ...[0x0f, 0x20, cr, 0x25, ...bytesOf(~(1 << bit)), 0x0f, 0x22, cr],
];
const CR0 = 0xc0;
const CR4 = 0xe0;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
/** `pushf; or dword [rsp], FLAG; popf`. */
const flag = (bit: number) => [0x9c, 0x81, 0x0c, 0x24, ...bytesOf(1 << bit), 0x9d];
const FSGSBASE = set(CR4, 16);
/** `xor ecx, ecx; xor edx, edx; mov eax, VALUE`. */
const inEax = (value: number) => [0x31, 0xc9, 0x31, 0xd2, 0xb8, ...bytesOf(value)];
const SOME = 0x7fff_1234_5678;

const PROGRAMS: Readonly<Record<string, readonly number[]>> = {
  ...Object.fromEntries(numbers(26).map((bit) => [`CR4 with bit ${bit}`, set(CR4, bit)])),
  ...Object.fromEntries([1, 2, 3, 5, 16, 18, 30].map((bit) => [`CR0 with ${bit}`, set(CR0, bit)])),
  ...Object.fromEntries([1, 3, 5, 16].map((bit) => [`CR0 without ${bit}`, clear(CR0, bit)])),
  ...Object.fromEntries([8, 14, 16, 18].map((bit) => [`RFLAGS with bit ${bit}`, flag(bit)])),
  "mov cr2": withAddress(SOME, 0x0f, 0x22, 0xd3),
  "mov cr3": [0x0f, 0x20, 0xd8, 0x0c, 0x18, 0x0f, 0x22, 0xd8],
  "mov cr8": [0xb8, 9, 0, 0, 0, 0x44, 0x0f, 0x22, 0xc0],
  "mov dr0 to dr3": withAddress(SOME, ...[0xc3, 0xcb, 0xd3, 0xdb].flatMap((it) => [15, 0x23, it])),
  "mov dr6": withAddress(0xffff_4fff, 0x0f, 0x23, 0xf3),
  "mov dr7": withAddress(0xffff_0755, 0x0f, 0x23, 0xfb),
  xsetbv: [...set(CR4, 18), ...inEax(7), 0x0f, 0x01, 0xd1],
  "xsetbv of less": [...set(CR4, 18), ...inEax(1), 0x0f, 0x01, 0xd1],
  wrpkru: [...set(CR4, 22), ...inEax(0x5555), 0x0f, 0x01, 0xef],
  wrmsr: [0xb9, 0x82, 0, 0, 0xc0, 0x0f, 0x30],
  swapgs: [...FSGSBASE, ...withAddress(SOME, 0xf3, 0x48, 0x0f, 0xae, 0xdb, 0x0f, 0x01, 0xf8)],
  wrfsbase: [...FSGSBASE, ...withAddress(SOME, 0xf3, 0x48, 0x0f, 0xae, 0xd3)],
  wrgsbase: [...FSGSBASE, ...withAddress(SOME, 0xf3, 0x48, 0x0f, 0xae, 0xdb)],
  "null selectors": [0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xe0, 0x8e, 0xe8],
  "mov ss": [0x8c, 0xd0, 0x8e, 0xd0],
  lgdt: withAddress(CODE, 0x0f, 0x01, 0x13),
  lidt: withAddress(CODE, 0x0f, 0x01, 0x1b),
  lldt: [0x31, 0xc0, 0x0f, 0x00, 0xd0],
  lmsw: [0xb8, 0x0b, 0, 0, 0, 0x0f, 0x01, 0xf0],
  clts: [0x0f, 0x06],
  sti: [0xfb],
  stac: [...set(CR4, 21), 0x0f, 0x01, 0xcb],
  "fninit, fld1": [0xdb, 0xe3, 0xd9, 0xe8],
  ldmxcsr: [0x68, ...bytesOf(0x3f80), 0x0f, 0xae, 0x14, 0x24],
  "movq xmm0": withAddress(SOME, 0x66, 0x48, 0x0f, 0x6e, 0xc3),
  "vpcmpeqd ymm0": [0xc5, 0xfd, 0x76, 0xc0],
  "wrfsbase alone": withAddress(SOME, 0xf3, 0x48, 0x0f, 0xae, 0xd3),
  "wrgsbase alone": withAddress(SOME, 0xf3, 0x48, 0x0f, 0xae, 0xdb),
  "wrpkru alone": [...inEax(0x5555), 0x0f, 0x01, 0xef],
  "mov ds": [0x8c, 0xd0, 0x8e, 0xd8, 0x8e, 0xc0],
  "mov fs, gs": [0x8c, 0xd0, 0x8e, 0xe0, 0x8e, 0xe8],
  xgetbv: [0x31, 0xc9, 0x0f, 0x01, 0xd0],
  invlpg: [0x0f, 0x01, 0x3c, 0x24],
  wbinvd: [0x0f, 0x09],
  monitor: [0x31, 0xc9, 0x31, 0xd2, 0x48, 0x89, 0xe0, 0x0f, 0x01, 0xc8],
  mwait: [0x31, 0xc9, 0x31, 0xc0, 0x0f, 0x01, 0xc9],
  rdtscp: [0x0f, 0x01, 0xf9],
  vmcall: [0x0f, 0x01, 0xc1],
  vmmcall: [0x0f, 0x01, 0xd9],
  vmload: [0x31, 0xc0, 0x0f, 0x01, 0xda],
  clgi: [0x0f, 0x01, 0xdd],
  stgi: [0x0f, 0x01, 0xdc],
  int3: [0xcc],
  int1: [0xf1],
};

for (const ring of [0, 3] as const) {
  test(`Driver in a used VM finds the CPU as in a new one, whatever ring ${ring} ran`, {
    skip,
  }, async () => {
    const end = ring === 0 ? [HALT] : END;
    const msrs = msrNumbers();
    const begin = async () => {
      using guest = new CodeGuest(end, ring);
      guest.call();
      return stateOf(await vcpuOf(guest), msrs);
    };
    const expected = await begin();
    // Clocks of hypervisors, and the like.
    for (const [name, value] of await begin()) {
      if (expected.get(name) !== value) expected.delete(name);
    }
    assert(expected.size > 30, `${[...expected.keys()]}`);
    const ended: string[] = [];
    for (const [name, program] of Object.entries(PROGRAMS)) {
      using guest = new CodeGuest([...end, ...program, ...end], ring);
      const { driver, layout, memory, registers } = guest;
      guest.call();
      try {
        driver.dispatchCall(CODE + end.length, { deadline: 10 });
      } catch (error) {
        // An exception that has no handler, or an instruction that this KVM cannot emulate.
        assert(error instanceof VmletError, name);
        continue;
      }
      // Of ring 3, what handlers report is no end in order.
      if (guest.outs.some(([port]) => port !== END_PORT)) continue;
      ended.push(name);
      const idle = retire(driver);
      assert(idle);
      for (const { physical, bytes } of layout.contents) memory.write(physical, bytes);
      const hooks = { out: () => true };
      const { stackPointer } = layout;
      const common = { regions: driver.regions, registers, stackPointer, hooks, entryPoint: CODE };
      using next = ring === 0
        ? takeOver(idle, common)
        : createDriver(memory, layout as Ring3Layout, common, idle);
      next.dispatchCall(CODE);
      const found = stateOf(await vcpuOf({ driver: next }), msrs);
      for (const [what, value] of expected) {
        assertEquals(found.get(what), value, `${name}: ${what}`);
      }
    }
    assert(ended.length > (ring === 0 ? 30 : 3), `${ended} ended`);
  });
}
