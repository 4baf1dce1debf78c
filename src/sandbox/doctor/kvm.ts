/** Whether /dev/kvm opens, what it can do, and whether a guest of one instruction runs. */

import { platformOf } from "../../driver/platform.ts";
import { errnoSymbol, VmletError } from "../../ffi/mod.ts";
import { CAPABILITY, INTERRUPTED, Kvm, KvmError, Memory, PAGE_SIZE, SYNC } from "../../kvm/mod.ts";
import { type Circumstances, NOT_KVM, openRemedy, runFix } from "./remedies.ts";
import { type Check, ok, problem } from "./report.ts";

/** What vmlet uses a capability for. */
interface CapabilityUse {
  readonly name: keyof typeof CAPABILITY;
  readonly use: string;
  /** What happens without it. */
  readonly without: string;
  /** Whether guests cannot run without it. */
  readonly required?: boolean;
  /** The bits that must be set, where the number alone says nothing. */
  readonly bits?: number;
  /** The kernel that brought it. */
  readonly since: string;
}

const CAPABILITY_USES: readonly CapabilityUse[] = [
  {
    name: "KVM_CAP_USER_MEMORY",
    use: "gives a guest its memory",
    without: "guests have no memory",
    required: true,
    since: "2.6.25",
  },
  {
    name: "KVM_CAP_XCRS",
    use: "sets up a guest's vector registers",
    without: "no code that was compiled for x86_64 runs",
    required: true,
    since: "2.6.36",
  },
  {
    name: "KVM_CAP_IMMEDIATE_EXIT",
    use: "settles what a stopped call left pending, and loses no cancellation",
    without: "a call could begin in the middle of the one before",
    required: true,
    since: "4.13",
  },
  {
    name: "KVM_CAP_SYNC_REGS",
    use: "passes registers along with a call",
    without: "each call costs two system calls more",
    bits: SYNC.KVM_SYNC_X86_REGS | SYNC.KVM_SYNC_X86_SREGS,
    since: "4.18",
  },
  {
    name: "KVM_CAP_X86_MSR_FILTER",
    use: "denies guests all model-specific registers",
    without: "ring 3 alone keeps guests from them",
    since: "5.10",
  },
  {
    name: "KVM_CAP_ENFORCE_PV_FEATURE_CPUID",
    use: "denies guests the paravirtual features that CPUID hides",
    without: "ring 3 and CPUID alone keep guests from them",
    since: "5.10",
  },
];

const STABLE_API_VERSION = 12;
const HLT = 0xf4;

/** What the checks of KVM found. */
export interface KvmFindings {
  readonly checks: readonly Check[];
  /** Whether it is there, may be opened and is KVM. */
  readonly present: boolean;
  /** Its answers by the capabilities' names. */
  readonly capabilities: Readonly<Record<string, number>>;
}

/** Looks at KVM. */
export function examineKvm(facts: Circumstances): KvmFindings {
  try {
    using kvm = Kvm.open();
    return examineOpened(kvm);
  } catch (error) {
    if (!(error instanceof VmletError)) throw error;
    const remedy = error instanceof KvmError
      ? { detail: `is there, and it is not KVM: ${error.message}`, fix: NOT_KVM }
      : openRemedy(error.errno ?? 0, errnoSymbol(error.errno ?? 0), facts);
    return {
      checks: [problem("failure", "kvm", "/dev/kvm", remedy)],
      present: false,
      capabilities: {},
    };
  }
}

/** Looks at an open KVM; throws if it answers like something else. */
function examineOpened(kvm: Kvm): KvmFindings {
  const version = kvm.apiVersion();
  const names = Object.keys(CAPABILITY) as (keyof typeof CAPABILITY)[];
  const capabilities = Object.fromEntries(names.map((name) => [name, kvm.checkExtension(name)]));
  const checks = [
    ok("kvm", "/dev/kvm", "opens for reading and writing"),
    version === STABLE_API_VERSION ? ok("kvm", "API version", `${version}`) : problem(
      "failure",
      "kvm",
      "API version",
      {
        detail: `${version}, and only 12 is stable`,
        fix: "run a kernel of version 2.6.22 or later",
      },
    ),
  ];
  const uses = CAPABILITY_USES.map((use) => checkCapability(use, capabilities[use.name] ?? 0));
  const failed = [...checks, ...uses].some(({ status }) => status === "failure");
  // A trial would only say again what the checks said.
  if (!failed) checks.push(checkGuest(kvm));
  return { checks: [...checks, ...uses], present: true, capabilities };
}

/** Judges KVM's answer for one capability. */
function checkCapability(capability: CapabilityUse, answer: number): Check {
  const { name, use, without, bits, required, since } = capability;
  const there = bits === undefined ? answer !== 0 : (answer & bits) === bits;
  if (there) return ok("capabilities", name, use);
  return problem(required ? "failure" : "warning", "capabilities", name, {
    detail: `absent, it ${use}: without it, ${without}`,
    fix: `run a kernel of version ${since} or later`,
  });
}

/** Runs a guest of one instruction, the one that halts. */
function checkGuest(kvm: Kvm): Check {
  const name = "trial guest";
  const began = performance.now();
  try {
    platformOf(kvm);
    const exit = runOneInstruction(kvm);
    if (exit !== "halt") {
      return problem("failure", "kvm", name, {
        detail: `its one instruction ended in "${exit}" instead of a halt`,
        fix: runFix("KVM_RUN", 0),
      });
    }
    const milliseconds = (performance.now() - began).toFixed(1);
    return ok("kvm", name, `was created, ran and ended in ${milliseconds} ms`);
  } catch (error) {
    if (!(error instanceof VmletError)) throw error;
    const ioctl = error instanceof KvmError ? error.ioctl : "the guest";
    const fix = runFix(ioctl, error.errno ?? 0);
    return problem("failure", "kvm", name, { detail: error.message, fix });
  }
}

function runOneInstruction(kvm: Kvm): string {
  // Declared in this order so that the memory goes after the VM that uses it.
  using memory = new Memory(PAGE_SIZE);
  using vm = kvm.createVm();
  using vcpu = vm.createVcpu(0);
  memory.write(0, Uint8Array.of(HLT));
  vm.setUserMemoryRegion({
    slot: 0,
    guestAddress: PAGE_SIZE,
    size: PAGE_SIZE,
    hostAddress: memory.address,
  });
  const sregs = vcpu.getSregs();
  sregs.cs.base = 0n;
  sregs.cs.selector = 0;
  vcpu.setSregs(sregs);
  const regs = vcpu.getRegs();
  regs.rip = BigInt(PAGE_SIZE);
  vcpu.setRegs(regs);
  while (vcpu.run() === INTERRUPTED);
  return vcpu.exit().type;
}
