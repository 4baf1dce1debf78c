/** Tells whether guests can run here, and if not, what is missing and what to do about it. */

import { native, VmletError } from "../ffi/mod.ts";
import {
  detectEnvironment,
  DMI_FILES,
  type HostCpu,
  type HostEnvironment,
  kernelHasKvm,
  parseCpu,
  parseKernelRelease,
  parseUser,
  shimOrigin,
} from "./doctor/host.ts";
import { examineKvm, type KvmFindings } from "./doctor/kvm.ts";
import { checkLimits, readLimits } from "./doctor/limits.ts";
import { type Circumstances, virtualizationFix } from "./doctor/remedies.ts";
import { type Check, type Diagnosis, ok, problem } from "./doctor/report.ts";
import { pathExists, readTextFile } from "./doctor/system_files.ts";
import { VERSION } from "./version.ts";

export type { ContainerKind, HostCpu, HostEnvironment } from "./doctor/host.ts";
export type {
  Check,
  CheckArea,
  CheckStatus,
  Diagnosis,
  HostLimits,
  ResourceLimit,
} from "./doctor/report.ts";

/** Enough for the mappings of a process with a thousand sandboxes; the shim's is among the first. */
const MAPS_LIMIT = 1024 * 1024;

/**
 * Looks at everything that guests need: the runtime, native code, /dev/kvm and what it can do, a guest of one
 * instruction, limits. It never throws: what is missing stands in the report, with what to do about it in this
 * environment. In Deno it needs `--allow-ffi` and nothing else.
 *
 * @example Why guests cannot run here
 * ```ts
 * import { diagnose } from "@vmlet/vmlet";
 *
 * const { usable, checks } = diagnose();
 * if (!usable) {
 *   for (const { name, status, detail, fix } of checks) {
 *     if (status === "failure") console.error(`${name}: ${detail}. To do: ${fix}`);
 *   }
 * }
 * ```
 */
export function diagnose(): Diagnosis {
  const facts = { version: VERSION, runtime: runtimeName() };
  try {
    native();
  } catch (error) {
    const checks = nativeProblem(facts.runtime, error);
    return { usable: false, ...facts, capabilities: {}, limits: {}, checks };
  }
  const kernel = parseKernelRelease(readTextFile("/proc/version") ?? "");
  const circumstances = readCircumstances();
  const { environment, cpu } = circumstances;
  const kvm = examineKvm(circumstances);
  const limits = readLimits(kvm.capabilities);
  const checks = [
    ok("host", "runtime", facts.runtime),
    checkShim(),
    ...kernel === undefined ? [] : [ok("host", "kernel", `Linux ${kernel}`)],
    ...cpu === undefined ? [] : [checkCpu(cpu, kvm, circumstances)],
    ok("host", "environment", describeEnvironment(environment)),
    ...kvm.checks,
    ...checkLimits(limits),
  ];
  return {
    usable: checks.every(({ status }) => status !== "failure"),
    ...facts,
    ...(kernel === undefined ? {} : { kernel }),
    ...(cpu === undefined ? {} : { cpu }),
    environment,
    capabilities: kvm.capabilities,
    limits,
    checks,
  };
}

/** The runtime and its version. Bun first: programs may polyfill a `Deno` global there. */
function runtimeName(): string {
  const { Deno: deno, Bun: bun, process, navigator } = globalThis as {
    Deno?: { version?: { deno?: string } };
    Bun?: { version?: string };
    process?: { version?: string };
    navigator?: { userAgent?: string };
  };
  if (bun?.version !== undefined) return `Bun ${bun.version}`;
  if (deno?.version?.deno !== undefined) return `Deno ${deno.version.deno}`;
  if (process?.version !== undefined) return `Node.js ${process.version}`;
  return navigator?.userAgent ?? "unknown runtime";
}

/** The checks where native code does not load, so that nothing else can be looked at. */
function nativeProblem(runtime: string, error: unknown): Check[] {
  const detail = error instanceof Error ? error.message : String(error);
  switch (error instanceof VmletError ? error.code : undefined) {
    case "ERR_UNSUPPORTED_RUNTIME":
      return [problem("failure", "host", "runtime", { detail, fix: "run it in Deno or in Bun" })];
    case "ERR_UNSUPPORTED_PLATFORM": {
      const fix = "run it on Linux on x86_64 (on Windows: in WSL 2)";
      return [
        ok("host", "runtime", runtime),
        problem("failure", "host", "platform", { detail, fix }),
      ];
    }
    default: {
      const cause = error instanceof Error ? error.cause : undefined;
      const denied = cause instanceof Error && /^(NotCapable|PermissionDenied)$/.test(cause.name);
      const fix = denied
        ? "run it with --allow-ffi"
        : "`sudo sysctl vm.memfd_noexec=0`, or mount /tmp without noexec";
      return [
        ok("host", "runtime", runtime),
        problem("failure", "host", "native shim", { detail, fix }),
      ];
    }
  }
}

function checkShim(): Check {
  const origin = shimOrigin(readTextFile("/proc/self/maps", MAPS_LIMIT) ?? "");
  const how = origin === "memfd"
    ? "is loaded from a memfd"
    : origin === undefined
    ? "is loaded"
    : "is loaded from a file without a name, since no memfd can be executed here";
  return ok("host", "native shim", how);
}

function readCircumstances(): Circumstances & { readonly environment: HostEnvironment } {
  const cpu = parseCpu(readTextFile("/proc/cpuinfo") ?? "");
  const environment = detectEnvironment({
    version: readTextFile("/proc/version"),
    dmi: Object.fromEntries(
      DMI_FILES.map((name) => [name, readTextFile(`/sys/class/dmi/id/${name}`)]),
    ),
    cgroup: readTextFile("/proc/self/cgroup"),
    mountinfo: readTextFile("/proc/self/mountinfo"),
    systemdContainer: readTextFile("/run/systemd/container"),
    dockerenv: pathExists("/.dockerenv"),
    containerenv: pathExists("/run/.containerenv"),
  }, cpu);
  const user = parseUser({
    status: readTextFile("/proc/self/status") ?? "",
    passwd: readTextFile("/etc/passwd"),
    group: readTextFile("/etc/group"),
  });
  const misc = readTextFile("/proc/misc");
  return {
    environment,
    cpu,
    user,
    kernelHasKvm: misc === undefined ? undefined : kernelHasKvm(misc),
  };
}

function checkCpu(cpu: HostCpu, kvm: KvmFindings, circumstances: Circumstances): Check {
  const { vendor, model, virtualization } = cpu;
  const name = `${model} (${vendor})`;
  if (virtualization !== null) return ok("host", "CPU", `${name}, with ${virtualization}`);
  if (kvm.present || circumstances.kernelHasKvm) {
    return ok("host", "CPU", `${name}, without vmx or svm, which this KVM does not need`);
  }
  const detail = `${name}, without vmx or svm: it offers no virtualization`;
  return problem("warning", "host", "CPU", { detail, fix: virtualizationFix(circumstances) });
}

const MACHINES: Readonly<Record<HostEnvironment["machine"], string>> = {
  "bare-metal": "a real machine",
  vm: "a virtual machine",
  wsl1: "WSL 1",
  wsl2: "WSL 2",
  unknown: "an unknown machine",
};

/** An environment in words. */
export function describeEnvironment(environment: HostEnvironment): string {
  const { machine, hypervisor, nestedVirtualization, container } = environment;
  const inside = container === null
    ? ""
    : container === "other"
    ? "a container on "
    : `a ${container} container on `;
  if (machine !== "vm") return `${inside}${MACHINES[machine]}`;
  const nested = nestedVirtualization ? "with" : "without";
  const maker = hypervisor === null ? "" : ` (${hypervisor})`;
  return `${inside}${MACHINES.vm}${maker}, ${nested} nested virtualization`;
}
