/** What this machine's KVM can do for a debugger, found by trying: capabilities do not tell. */

import { type SpecialRegisters, specialRegisters } from "../driver/registers.ts";
import { buildPageTables } from "../guest/page_tables.ts";
import { ring3Registers } from "../guest/ring3.ts";
import { GUEST_DEBUG, GuestDebug, Kvm, Memory, PAGE_SIZE, Regs } from "../kvm/mod.ts";

/** Which uses of the debug registers stop a guest. */
export interface Abilities {
  /** Instructions. */
  readonly breakpoints: boolean;
  /** Data. */
  readonly watchpoints: boolean;
}

const CODE = PAGE_SIZE;
const DATA = 2 * PAGE_SIZE;
const TABLES = 3 * PAGE_SIZE;
const SIZE = 16 * PAGE_SIZE;
/** `mov byte [rdi], 1`, `nop`, `hlt`: whatever the last does at its ring, it does not stop for a debugger. */
const PROGRAM = Uint8Array.of(0xc6, 0x07, 0x01, 0x90, 0xf4);
const NOP = CODE + 3;

// DR7 with register 0 on, for instructions, and for writes of one byte (Intel SDM volume 3, 19.2.4).
const DR7_EXECUTE = 0x402n;
const DR7_WRITE = 0x1_0402n;

const known = new Map<number, Abilities>();

/**
 * Tries it, once for each ring, with a guest of three instructions.
 *
 * @throws {VmletError} `ERR_KVM` if KVM refuses.
 */
export function abilitiesOf(ring: 0 | 3): Abilities {
  const found = known.get(ring) ?? {
    breakpoints: stops(ring, NOP, DR7_EXECUTE),
    watchpoints: stops(ring, DATA, DR7_WRITE),
  };
  known.set(ring, found);
  return found;
}

function stops(ring: 0 | 3, address: number, dr7: bigint): boolean {
  using kvm = Kvm.open();
  using memory = new Memory(SIZE);
  const page = { size: PAGE_SIZE, user: true };
  const tables = buildPageTables([
    { ...page, virtual: CODE, physical: CODE, writable: false, executable: true },
    { ...page, virtual: DATA, physical: DATA, writable: true, executable: false },
  ], TABLES);
  memory.write(CODE, PROGRAM);
  memory.write(TABLES, tables);
  using vm = kvm.createVm();
  vm.setUserMemoryRegion({
    slot: 0,
    guestAddress: 0,
    size: SIZE,
    hostAddress: memory.address,
  });
  using vcpu = vm.createVcpu(0);
  vcpu.setCpuid(kvm.supportedCpuid());
  vcpu.setSregs(specialRegisters(registers(ring), vcpu.getSregs().apicBase));
  const regs = Regs.create();
  regs.rip = BigInt(CODE);
  regs.rdi = BigInt(DATA);
  regs.rflags = 2n;
  vcpu.setRegs(regs);
  const debug = GuestDebug.create();
  debug.control = GUEST_DEBUG.KVM_GUESTDBG_ENABLE | GUEST_DEBUG.KVM_GUESTDBG_USE_HW_BP;
  debug.arch.debugreg[0] = BigInt(address);
  debug.arch.debugreg[7] = dr7;
  vcpu.setGuestDebug(debug);
  // Interrupted by a signal for another guest, it has not begun.
  while (vcpu.run() !== 0);
  return vcpu.exit().type === "debug";
}

function registers(ring: 0 | 3): SpecialRegisters {
  const user = ring3Registers(TABLES);
  if (ring === 3) return user;
  const none = {};
  const code = { type: 11, present: 1, s: 1, l: 1 };
  return { ...user, cs: code, ds: none, es: none, fs: none, gs: none, ss: none };
}
