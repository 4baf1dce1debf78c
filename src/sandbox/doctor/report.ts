/** What a diagnosis consists of. */

import type { HostCpu, HostEnvironment } from "./host.ts";

/** How a check came out: with a `"failure"`, guests cannot run; with a `"warning"`, they run with less. */
export type CheckStatus = "ok" | "warning" | "failure";

/** What a check is about. */
export type CheckArea = "host" | "kvm" | "capabilities" | "limits";

/** One thing that was looked at. */
export interface Check {
  /** What it is about. */
  readonly area: CheckArea;
  /** What was looked at, such as `"/dev/kvm"` or `"open files"`. Names stay the same between versions. */
  readonly name: string;
  /** How it came out. */
  readonly status: CheckStatus;
  /** What was found. For people: it may change between versions. */
  readonly detail: string;
  /** What to do about it in this environment, unless all is well. */
  readonly fix?: string;
}

/** A limit of the process; `null` for none. */
export interface ResourceLimit {
  /** What holds now. */
  readonly soft: number | null;
  /** How far the process may raise it. */
  readonly hard: number | null;
}

/** What bounds the number and size of sandboxes. What could not be found out is absent; `null` is no limit. */
export interface HostLimits {
  /** RLIMIT_NOFILE: how many files the process may have open. */
  readonly openFiles?: ResourceLimit;
  /** RLIMIT_AS: bytes of address space that the process may map. */
  readonly addressSpace?: ResourceLimit;
  /** The machine's memory in bytes. */
  readonly memoryTotal?: number;
  /** How much of it could be had now, in bytes. */
  readonly memoryAvailable?: number;
  /** The limit of the container or control group in bytes. */
  readonly memoryLimit?: number | null;
  /** vm.max_map_count: how many mappings the process may have. */
  readonly mappings?: number;
  /** vm.overcommit_memory: 0, 1 or 2. */
  readonly overcommit?: number;
  /** KVM_CAP_NR_MEMSLOTS: how many memory slots a VM may have. */
  readonly memorySlots?: number;
  /** KVM_CAP_MAX_VCPUS: how many vCPUs a VM may have. */
  readonly vcpus?: number;
}

/** What `diagnose()` found. It is plain data: JSON carries it whole. */
export interface Diagnosis {
  /** Whether guests can run here: no check failed. */
  readonly usable: boolean;
  /** The version of vmlet. */
  readonly version: string;
  /** The runtime and its version, such as `"Deno 2.9.6"`. */
  readonly runtime: string;
  /** The release of the kernel, where it could be read. */
  readonly kernel?: string;
  /** The CPU, where it could be read. */
  readonly cpu?: HostCpu;
  /** Where this process runs, unless native code does not load: then little can be read. */
  readonly environment?: HostEnvironment;
  /** KVM's answers by the capabilities' names, 0 for absent ones; empty without KVM. */
  readonly capabilities: Readonly<Record<string, number>>;
  /** What bounds the number and size of sandboxes. */
  readonly limits: HostLimits;
  /** Everything that was looked at. */
  readonly checks: readonly Check[];
}

/** Makes a check that found nothing to complain about. */
export function ok(area: CheckArea, name: string, detail: string): Check {
  return { area, name, status: "ok", detail };
}

/** Makes a check that found something. */
export function problem(
  status: "warning" | "failure",
  area: CheckArea,
  name: string,
  { detail, fix }: { detail: string; fix: string },
): Check {
  return { area, name, status, detail, fix };
}
