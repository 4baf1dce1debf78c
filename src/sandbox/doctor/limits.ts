/** What bounds the number and size of sandboxes: files, memory, address space, mappings. */

import { native } from "../../ffi/mod.ts";
import { memoryLimitFiles, parseMeminfo, parseMemoryLimit } from "./host.ts";
import { type Check, type HostLimits, ok, problem, type ResourceLimit } from "./report.ts";
import { readTextFile } from "./system_files.ts";

/** What a sandbox of the default sizes takes, measured; mappings are 3 where the guard pages of neighbours merge. */
const EACH = { files: 2, mappings: 4, addressSpace: 34 * 2 ** 20 } as const;
/** Room for fewer sandboxes at once than this is worth a warning. */
const FEW = 100;
const LOW_MEMORY = 64 * 2 ** 20;

const RLIMIT_NOFILE = 7;
const RLIMIT_AS = 9;
const RLIM_INFINITY = 2n ** 64n - 1n;

/** Reads the limits. `capabilities` are KVM's answers. */
export function readLimits(capabilities: Readonly<Record<string, number>>): HostLimits {
  const meminfo = readTextFile("/proc/meminfo") ?? "";
  const limits: { -readonly [K in keyof HostLimits]: HostLimits[K] | undefined } = {
    openFiles: resourceLimit(RLIMIT_NOFILE),
    addressSpace: resourceLimit(RLIMIT_AS),
    memoryTotal: parseMeminfo(meminfo, "MemTotal"),
    memoryAvailable: parseMeminfo(meminfo, "MemAvailable"),
    memoryLimit: memoryLimit(),
    mappings: readNumber("/proc/sys/vm/max_map_count"),
    overcommit: readNumber("/proc/sys/vm/overcommit_memory"),
    memorySlots: capabilities.KVM_CAP_NR_MEMSLOTS || undefined,
    vcpus: capabilities.KVM_CAP_MAX_VCPUS || capabilities.KVM_CAP_NR_VCPUS || undefined,
  };
  const known = Object.entries(limits).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as HostLimits;
}

function resourceLimit(resource: number): ResourceLimit | undefined {
  const pair = new BigUint64Array(2);
  if (native().getrlimit(resource, new Uint8Array(pair.buffer)) < 0) return undefined;
  const [soft, hard] = Array.from(pair, (it) => it === RLIM_INFINITY ? null : Number(it));
  return { soft: soft ?? null, hard: hard ?? null };
}

function readNumber(path: string): number | undefined {
  const text = readTextFile(path)?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** The lowest limit of this process's groups and those around them; undefined where no group says. */
function memoryLimit(): number | null | undefined {
  let lowest: number | null | undefined;
  for (const path of memoryLimitFiles(readTextFile("/proc/self/cgroup") ?? "")) {
    const limit = parseMemoryLimit(readTextFile(path) ?? "");
    if (limit !== undefined) {
      lowest = limit === null ? lowest ?? null : Math.min(limit, lowest ?? limit);
    }
  }
  return lowest;
}

/** Judges the limits. */
export function checkLimits(limits: HostLimits): Check[] {
  const { openFiles, addressSpace, mappings, memorySlots, vcpus } = limits;
  return [
    ...openFiles ? [checkOpenFiles(openFiles)] : [],
    ...checkMemory(limits),
    ...addressSpace ? [checkAddressSpace(addressSpace)] : [],
    ...mappings === undefined ? [] : [checkMappings(mappings)],
    ...checkOvercommit(limits),
    ...memorySlots ? [ok("limits", "memory slots", `${memorySlots} in a VM`)] : [],
    ...vcpus ? [ok("limits", "vCPUs", `${vcpus} in a VM, and a sandbox uses 1`)] : [],
  ];
}

function checkOpenFiles({ soft, hard }: ResourceLimit): Check {
  const name = "open files";
  if (soft === null) return ok("limits", name, "no limit");
  const room = Math.floor(soft / EACH.files);
  const detail = `${soft}, at most ${hard ?? "unlimited"}: room for fewer than ${room} ` +
    `sandboxes at ${EACH.files} each`;
  if (room >= FEW) return ok("limits", name, detail);
  const fix = hard === soft
    ? "raise the hard limit, as root `ulimit -Hn 65536` (systemd: LimitNOFILE=, docker: --ulimit nofile=)"
    : `raise it with \`ulimit -n ${hard ?? 65536}\``;
  return problem("warning", "limits", name, { detail, fix });
}

function checkMemory({ memoryTotal, memoryAvailable, memoryLimit }: HostLimits): Check[] {
  const checks: Check[] = [];
  if (memoryTotal !== undefined) {
    const available = memoryAvailable === undefined ? "" : `, ${bytes(memoryAvailable)} available`;
    const detail = `${bytes(memoryTotal)}${available}`;
    checks.push(
      (memoryAvailable ?? memoryTotal) >= LOW_MEMORY
        ? ok("limits", "memory", detail)
        : problem("warning", "limits", "memory", { detail, fix: "end what is not needed" }),
    );
  }
  if (memoryLimit !== undefined) {
    const name = "memory limit";
    const detail = memoryLimit === null
      ? "the control group sets none"
      : `${bytes(memoryLimit)} for this container or control group`;
    const fix =
      "raise it (docker: --memory, kubernetes: resources.limits.memory, systemd: MemoryMax=)";
    checks.push(
      memoryLimit === null || memoryLimit >= LOW_MEMORY
        ? ok("limits", name, detail)
        : problem("warning", "limits", name, { detail, fix }),
    );
  }
  return checks;
}

function checkAddressSpace({ soft }: ResourceLimit): Check {
  const name = "address space";
  if (soft === null) return ok("limits", name, "no limit");
  const detail = `${bytes(soft)}, and a sandbox reserves some ${bytes(EACH.addressSpace)} of it`;
  return problem("warning", "limits", name, { detail, fix: "lift it with `ulimit -v unlimited`" });
}

function checkMappings(mappings: number): Check {
  const name = "mappings";
  const room = Math.floor(mappings / EACH.mappings);
  const detail = `${mappings}: room for fewer than ${room} sandboxes at ${EACH.mappings} each`;
  if (room >= FEW) return ok("limits", name, detail);
  const fix = "raise it with `sudo sysctl vm.max_map_count=65530`";
  return problem("warning", "limits", name, { detail, fix });
}

function checkOvercommit({ overcommit }: HostLimits): Check[] {
  const name = "overcommit";
  switch (overcommit) {
    case undefined:
      return [];
    case 2:
      return [problem("warning", "limits", name, {
        detail:
          `vm.overcommit_memory is 2: a sandbox's ${bytes(EACH.addressSpace)} count in full, ` +
          "though few of them are ever touched",
        fix: "`sudo sysctl vm.overcommit_memory=0`, or raise vm.overcommit_ratio",
      })];
    default:
      return [
        ok("limits", name, `vm.overcommit_memory is ${overcommit}: memory counts when touched`),
      ];
  }
}

/** A size for people. */
function bytes(size: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  let value = size;
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
