/** What this machine's KVM can do, asked once for each thread: capabilities, CPUID for guests, extended state. */

import { VmletError } from "../ffi/mod.ts";
import { type Cpuid, Kvm, SYNC, type Xsave } from "../kvm/mod.ts";
import { initialXsave } from "../kvm/xsave.ts";

/** What the driver needs to know of KVM. */
export interface Platform {
  /** Whether registers can travel through the kvm_run page. */
  readonly syncRegisters: boolean;
  /** Whether guests can be denied all MSRs. */
  readonly msrFilter: boolean;
  /** Whether paravirtual features that CPUID does not show can be denied. */
  readonly enforceCpuid: boolean;
  /** The supported CPUID leaves without those of paravirtual features. */
  readonly cpuid: Cpuid;
  /** The supported parts of the extended state, the value for XCR0. */
  readonly xcr0: bigint;
  /** Bits of IA32_EFER that may be on for a moment: when they change, KVM drops what goes with them. */
  readonly eferBits: bigint;
  /** The extended state with which a guest is entered. Nobody writes to it. */
  readonly initialXsave: Xsave;
}

/** IA32_EFER.NXE: page tables may forbid to execute. */
const EFER_NXE = 1n << 11n;
/** IA32_EFER.SVME: the guest may have guests of its own, on AMD's CPUs. */
const EFER_SVME = 1n << 12n;

let platform: Platform | undefined;

/**
 * Asks an open KVM what it can do; later calls answer from memory.
 *
 * @throws {VmletError} `ERR_NO_HYPERVISOR` if it cannot run guests at all.
 */
export function platformOf(kvm: Kvm): Platform {
  if (platform) return platform;
  kvm.assertUsable();
  const cpuid = kvm.supportedCpuid().filter(isForGuests);
  const sync = SYNC.KVM_SYNC_X86_REGS | SYNC.KVM_SYNC_X86_SREGS | SYNC.KVM_SYNC_X86_EVENTS;
  return platform = {
    syncRegisters: (kvm.checkExtension("KVM_CAP_SYNC_REGS") & sync) === sync,
    msrFilter: kvm.checkExtension("KVM_CAP_X86_MSR_FILTER") !== 0,
    enforceCpuid: kvm.checkExtension("KVM_CAP_ENFORCE_PV_FEATURE_CPUID") !== 0,
    cpuid,
    xcr0: supportedXcr0(cpuid),
    eferBits: EFER_NXE | (mayNest(cpuid) ? EFER_SVME : 0n),
    initialXsave: initialXsave(cpuid),
  };
}

/**
 * What this machine's KVM can do.
 *
 * @throws {VmletError} `ERR_NO_HYPERVISOR` if it is not there, or cannot run guests.
 */
export function platformHere(): Platform {
  if (platform) return platform;
  using kvm = Kvm.open();
  return platformOf(kvm);
}

/** Whether guests see a leaf of CPUID. */
function isForGuests({ function: leaf, eax, ebx, ecx, edx }: Cpuid["entries"][number]): boolean {
  // Leaves from 0x40000000 on are the hypervisor's own. A guest that knew of kvmclock or steal time could make the
  // kernel write into its memory later, when it is another tenant's.
  if (leaf >= 0x4000_0000 && leaf <= 0x4fff_ffff) return false;
  // A leaf that is not there reads as zeroes, and KVM looks through all of them for each of its questions: 73 leaves cost
  // each new vCPU 73 us here, the 21 others 55. In those of the topology, the subleaves count.
  return (eax | ebx | ecx | edx) !== 0 || leaf === 0xb || leaf === 0x1f;
}

/** Whether KVM is there and can run guests; never throws. */
export function isHypervisorPresent(): boolean {
  try {
    using kvm = Kvm.open();
    kvm.assertUsable();
    return true;
  } catch {
    return false;
  }
}

/** CPUID leaf 0x80000001, bit 2 of ECX: guests may set IA32_EFER.SVME, and so may their host. */
function mayNest(cpuid: Cpuid): boolean {
  const leaf = cpuid.entries.find((it) => it.function === 0x8000_0001);
  return leaf !== undefined && (leaf.ecx & 4) !== 0;
}

/** CPUID leaf 13, subleaf 0: the bits that XCR0 may have (Intel SDM volume 1, 13.2). */
function supportedXcr0(cpuid: Cpuid): bigint {
  const leaf = cpuid.entries.find((it) => it.function === 13 && it.index === 0);
  const xcr0 = leaf ? BigInt(leaf.eax) | BigInt(leaf.edx) << 32n : 0n;
  if ((xcr0 & 3n) !== 3n) {
    throw new VmletError(
      "ERR_NO_HYPERVISOR",
      "Cannot use /dev/kvm: it offers guests no XSAVE, which every x86_64 CPU since 2011 has. " +
        "In a VM, expose the host's CPU (QEMU: -cpu host)",
    );
  }
  return xcr0;
}
