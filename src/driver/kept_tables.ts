/** Whether KVM keeps what a guest's page tables led to although its host has changed them since: found by trying. */

import { VmletError } from "../ffi/mod.ts";
import { EXIT, Kvm, Memory, PAGE_SIZE, Regs, Sregs, type Vcpu } from "../kvm/mod.ts";
import { platformOf } from "./platform.ts";
import { specialRegisters } from "./registers.ts";

const ROOT = 0;
const POINTERS = PAGE_SIZE;
const DIRECTORY = 2 * PAGE_SIZE;
const CODE = 3 * PAGE_SIZE;
const SIZE = 4 * PAGE_SIZE;

/** `mov rax, [rdi]`, `hlt`: without an exception handler, it halts only if something is mapped at the address. */
const PROGRAM = Uint8Array.of(0x48, 0x8b, 0x07, 0xf4);

/** Where the second entry of the root leads. */
const ALIAS = 1n << 39n;

/** An entry that leads to an address, with Present, Writable, Accessed and Dirty (Intel SDM volume 3, 4.5). */
const entry = (address: number) => BigInt(address) | 0x63n;
const LARGE_PAGE = 0x80n;

const PAE = 0x20n;
const PGE = 0x80n;
const SEGMENT = { present: 1, s: 1, g: 1, limit: 0xffff_ffff } as const;
const REGISTERS = {
  cr0: 0x8000_0011n, // PE, ET, PG
  cr3: BigInt(ROOT),
  cr4: PAE,
  efer: 0x500n, // LME, LMA
  cs: { ...SEGMENT, type: 11, l: 1 },
  ds: {},
  es: {},
  fs: {},
  gs: {},
  ss: { ...SEGMENT, type: 3 },
  tr: { present: 1, type: 11, limit: 0x67 },
  gdt: { base: 0n, limit: 0 },
  idt: { base: 0n, limit: 0 },
};

let known: boolean | undefined;

/**
 * Tries it, once for each thread, with a guest of ring 0 of two instructions. A KVM without EPT or NPT has page tables of
 * its own and hears of what guests write to theirs, but not of what the host writes: no register makes it look again.
 * Where there is no room for another VM to try it in, this says that KVM does.
 */
export function keepsTables(): boolean {
  try {
    return known ??= reachesAfterRemoval();
  } catch (error) {
    if (error instanceof VmletError) return true;
    throw error;
  }
}

function reachesAfterRemoval(): boolean {
  using kvm = Kvm.open();
  using memory = new Memory(SIZE);
  const put = (address: number, ...entries: bigint[]) =>
    memory.write(address, new Uint8Array(BigUint64Array.from(entries).buffer));
  put(ROOT, entry(POINTERS), entry(POINTERS));
  put(POINTERS, entry(DIRECTORY));
  put(DIRECTORY, entry(0) | LARGE_PAGE);
  memory.write(CODE, PROGRAM);
  using vm = kvm.createVm();
  vm.setUserMemoryRegion({ slot: 0, guestAddress: 0, size: SIZE, hostAddress: memory.address });
  using vcpu = vm.createVcpu(0);
  vcpu.setCpuid(platformOf(kvm).cpuid);
  // A guest that does not come so far says nothing: then it is as if KVM kept them.
  if (!halts(vcpu)) return true;
  put(ROOT, entry(POINTERS), 0n);
  return halts(vcpu);
}

/** Runs the program without translations of the CPU's, as after a restore. */
function halts(vcpu: Vcpu): boolean {
  const { bytes } = specialRegisters(REGISTERS, vcpu.getSregs().apicBase);
  const sregs = Sregs.at(bytes.slice().buffer);
  // KVM drops them when a control register changes.
  for (const cr4 of [PAE | PGE, PAE]) vcpu.setSregs(Object.assign(sregs, { cr4 }));
  const regs = Regs.create();
  regs.rip = BigInt(CODE);
  regs.rdi = ALIAS;
  regs.rflags = 2n;
  vcpu.setRegs(regs);
  // Interrupted by a signal for another guest, it has not begun.
  while (vcpu.run() !== 0);
  return vcpu.exitReason === EXIT.KVM_EXIT_HLT;
}
