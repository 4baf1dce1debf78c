/** The embedded runner: a thread that runs another thread's vCPU. */

import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { assertEquals } from "@std/assert";
import { native } from "../src/ffi/mod.ts";
import { INTERRUPTED, Kvm, Memory } from "../src/kvm/mod.ts";
import { INTERRUPT_SIGNAL } from "../src/kvm/thread.ts";
import { RUNNER_SCRIPT } from "../src/runner/script.ts";
import { AT, type RunnerData, SHARED_SIZE, STATE, TIME_AT } from "../src/runner/shared.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

test(
  "The embedded runner runs a vCPU of another thread, and ends a turn in time",
  { skip },
  async () => {
    using kvm = Kvm.open();
    using memory = new Memory(4096);
    using vm = kvm.createVm();
    const hostAddress = memory.address;
    vm.setUserMemoryRegion({ slot: 0, guestAddress: 0x1000, size: 4096, hostAddress });
    using vcpu = vm.createVcpu(0);
    const shared = new Int32Array(new SharedArrayBuffer(SHARED_SIZE));
    const times = new Float64Array(shared.buffer);
    const workerData: RunnerData = { memory: shared.buffer, shim: native().path };
    const worker = new Worker(RUNNER_SCRIPT, { eval: true, workerData });
    const turn = (deadline: number) => {
      native().beginCall(vcpu.cell);
      const sregs = vcpu.getSregs();
      sregs.cs.base = 0n;
      sregs.cs.selector = 0;
      vcpu.setSregs(sregs);
      const regs = vcpu.getRegs();
      regs.rip = 0x1000n;
      vcpu.setRegs(regs);
      shared[AT.cell] = vcpu.cell;
      shared[AT.vcpu] = vcpu.fd;
      shared[AT.signal] = INTERRUPT_SIGNAL;
      times[TIME_AT.deadline] = deadline;
      times[TIME_AT.cpuBudget] = Infinity;
      Atomics.store(shared, AT.state, STATE.asked);
      Atomics.notify(shared, AT.state);
      while (Atomics.load(shared, AT.state) !== STATE.done) {
        Atomics.wait(shared, AT.state, STATE.asked);
      }
      native().endCall(vcpu.cell);
      return shared[AT.result];
    };
    try {
      memory.write(0, Uint8Array.of(0xf4)); // hlt
      assertEquals([turn(Infinity), vcpu.exit().type], [0, "halt"]);
      memory.write(0, Uint8Array.of(0xeb, 0xfe)); // jmp to itself
      assertEquals(turn(10), INTERRUPTED);
      memory.write(0, Uint8Array.of(0xe6, 7)); // out 7, al
      assertEquals([turn(Infinity), vcpu.outPort()], [0, 7]);
    } finally {
      await worker.terminate();
    }
  },
);
