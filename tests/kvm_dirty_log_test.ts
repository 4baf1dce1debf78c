/** The log of dirty pages: what a guest wrote to, and when a page leaves the log. */

import { test } from "node:test";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { Kvm, KvmError, Memory, PAGE_SIZE, type Vcpu, type Vm } from "../src/kvm/mod.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const PAGES = 200;
/** Where the guest's memory begins, of which the first page is its code. */
const BASE = 0x10_0000;

/** A guest in real mode that writes to one page a run: `mov [0], al; hlt`, and DS says where. */
class Writer {
  readonly vm: Vm;
  readonly vcpu: Vcpu;
  readonly memory: Memory;
  readonly bits: Memory;

  constructor(manual: boolean) {
    using kvm = Kvm.open();
    this.memory = new Memory(PAGES * PAGE_SIZE);
    this.bits = new Memory(PAGE_SIZE);
    this.memory.write(0, Uint8Array.of(0xa2, 0, 0, 0xf4));
    this.vm = kvm.createVm();
    if (manual) this.vm.enableCap("KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2", 1n);
    this.slot(true);
    this.vcpu = this.vm.createVcpu(0);
  }

  slot(logDirtyPages: boolean): void {
    const { size, address: hostAddress } = this.memory;
    this.vm.setUserMemoryRegion({ slot: 3, guestAddress: BASE, size, hostAddress, logDirtyPages });
  }

  write(...pages: number[]): void {
    for (const page of pages) {
      const sregs = this.vcpu.getSregs();
      for (
        const [segment, base] of [[sregs.cs, BASE], [sregs.ds, BASE + page * PAGE_SIZE]] as const
      ) {
        segment.base = BigInt(base);
        segment.selector = 0;
      }
      this.vcpu.setSregs(sregs);
      const regs = this.vcpu.getRegs();
      regs.rip = 0n;
      this.vcpu.setRegs(regs);
      this.vcpu.run();
      assertEquals(this.vcpu.exit().type, "halt");
    }
  }

  dirty(): number[] {
    this.vm.getDirtyLog(3, this.bits.address);
    const bytes = this.bits.read(0, Math.ceil(PAGES / 64) * 8);
    return Array.from({ length: bytes.length * 8 }, (_, i) => i)
      // The code's own page may be logged when it is only read: KVM maps a page writable where it can.
      .filter((i) => i > 0 && (bytes[i >> 3] ?? 0) >> (i & 7) & 1);
  }

  clear(firstPage: number, numPages: number, ...pages: number[]): void {
    const bytes = new Uint8Array(Math.ceil(numPages / 64) * 8);
    for (const page of pages) {
      const i = page - firstPage;
      bytes[i >> 3] = (bytes[i >> 3] ?? 0) | 1 << (i & 7);
    }
    this.bits.write(0, bytes);
    this.vm.clearDirtyLog({ slot: 3, firstPage, numPages }, this.bits.address);
  }

  [Symbol.dispose](): void {
    this.vcpu.close();
    this.vm.close();
    this.memory.close();
    this.bits.close();
  }
}

test("Vm.getDirtyLog() names the pages since it was called last", { skip }, () => {
  using guest = new Writer(false);
  assertEquals(guest.dirty(), []);
  guest.write(1, 63, 64, 199);
  assertEquals(guest.dirty(), [1, 63, 64, 199]);
  assertEquals(guest.dirty(), []);
  guest.write(64);
  assertEquals(guest.dirty(), [64]);
});

test("Vm.clearDirtyLog() takes single pages out of the log, the others stay", { skip }, () => {
  using kvm = Kvm.open();
  assert((kvm.checkExtension("KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2") & 1) === 1);
  using guest = new Writer(true);
  guest.write(1, 63, 64, 199);
  assertEquals([guest.dirty(), guest.dirty()], [[1, 63, 64, 199], [1, 63, 64, 199]]);
  guest.clear(64, 64, 64, 65);
  assertEquals(guest.dirty(), [1, 63, 199]);
  guest.clear(192, 8, 199);
  assertEquals(guest.dirty(), [1, 63]);
  guest.write(199);
  assertEquals(guest.dirty(), [1, 63, 199]);
  guest.clear(0, PAGES, 1, 63, 199);
  assertEquals(guest.dirty(), []);
});

test("Vm.clearDirtyLog() wants multiples of 64, or the slot's end", { skip }, () => {
  using guest = new Writer(true);
  for (const [first, count] of [[1, 64], [0, 63], [192, 64]] as const) {
    const error = assertThrows(() => guest.clear(first, count), KvmError);
    assertEquals([error.ioctl, error.symbol], ["KVM_CLEAR_DIRTY_LOG", "EINVAL"]);
  }
});

test("Vm.setUserMemoryRegion() begins and ends the log of an existing slot", { skip }, () => {
  using guest = new Writer(false);
  guest.write(5);
  guest.slot(false);
  assertEquals(assertThrows(() => guest.dirty(), KvmError).symbol, "ENOENT");
  guest.write(6);
  guest.slot(true);
  assertEquals(guest.dirty(), []);
  guest.write(7);
  assertEquals(guest.dirty(), [7]);
});
