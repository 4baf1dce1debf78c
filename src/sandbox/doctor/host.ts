/** What the texts in /proc, /sys and /etc say of the host: CPU, memory, environment, user. Pure: text in, facts out. */

/** The host's CPU, from /proc/cpuinfo. */
export interface HostCpu {
  /** As CPUID gives it, such as `GenuineIntel` or `AuthenticAMD`. */
  readonly vendor: string;
  /** The model's name. */
  readonly model: string;
  /** The flag of the hardware's virtualization, `null` where there is none. KVM may be there all the same. */
  readonly virtualization: "vmx" | "svm" | null;
  /** Whether the CPU says that it is a virtual one. */
  readonly hypervisor: boolean;
}

/** What kind of container this process is in. */
export type ContainerKind =
  | "docker"
  | "podman"
  | "kubernetes"
  | "lxc"
  | "systemd-nspawn"
  | "other";

/** Where this process runs. */
export interface HostEnvironment {
  /** The machine around everything else. */
  readonly machine: "bare-metal" | "vm" | "wsl1" | "wsl2" | "unknown";
  /** The hypervisor or cloud of a virtual machine, `null` where it does not say or there is none. */
  readonly hypervisor: string | null;
  /** Whether a virtual machine shows its guests a CPU with virtualization. */
  readonly nestedVirtualization: boolean;
  /** The container on the machine, `null` outside of one. */
  readonly container: ContainerKind | null;
}

/** The texts that tell the environment; what could not be read is undefined. */
export interface EnvironmentTexts {
  /** /proc/version. */
  readonly version?: string | undefined;
  /** /sys/class/dmi/id: the files that name the machine, by their names. */
  readonly dmi?: Readonly<Record<string, string | undefined>>;
  /** /proc/self/cgroup. */
  readonly cgroup?: string | undefined;
  /** /proc/self/mountinfo. */
  readonly mountinfo?: string | undefined;
  /** /run/systemd/container. */
  readonly systemdContainer?: string | undefined;
  /** Whether /.dockerenv is there. */
  readonly dockerenv?: boolean;
  /** Whether /run/.containerenv is there. */
  readonly containerenv?: boolean;
}

/** The user of this process, as far as access to a device goes. */
export interface HostUser {
  /** The effective user's number. */
  readonly uid: number;
  /** The user's name, `null` where the system has none for the number. */
  readonly name: string | null;
  /** The number of the group kvm, `null` where the system has no such group. */
  readonly kvmGroup: number | null;
  /** Whether this process is in the group. */
  readonly inKvmGroup: boolean;
  /** Whether /etc/group lists the user in the group, so that the next login is in it. */
  readonly listedInKvmGroup: boolean;
}

/** The files of /sys/class/dmi/id that {@linkcode hypervisorName} looks at. */
export const DMI_FILES = [
  "sys_vendor",
  "product_name",
  "bios_vendor",
  "bios_version",
  "chassis_asset_tag",
] as const;

/** The first CPU of /proc/cpuinfo; undefined if the text describes none. */
export function parseCpu(cpuinfo: string): HostCpu | undefined {
  const field = (name: string) =>
    cpuinfo.match(new RegExp(`^${name}[ \\t]*: *(.*)$`, "m"))?.[1]?.trim();
  const vendor = field("vendor_id");
  const flags = field("flags")?.split(" ");
  if (vendor === undefined || flags === undefined) return undefined;
  return {
    vendor,
    model: field("model name") ?? "unknown model",
    virtualization: flags.includes("vmx") ? "vmx" : flags.includes("svm") ? "svm" : null,
    hypervisor: flags.includes("hypervisor"),
  };
}

/** The release of the kernel in /proc/version. */
export function parseKernelRelease(version: string): string | undefined {
  return version.match(/^Linux version (\S+)/)?.[1];
}

/** One line of /proc/meminfo in bytes. */
export function parseMeminfo(meminfo: string, name: string): number | undefined {
  const kib = meminfo.match(new RegExp(`^${name}: *(\\d+) kB$`, "m"))?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

/** Whether the kernel's list of devices, /proc/misc, has KVM: a container sees there what its host has. */
export function kernelHasKvm(misc: string): boolean {
  return /^ *\d+ kvm$/m.test(misc);
}

/** Tells the environment. */
export function detectEnvironment(
  texts: EnvironmentTexts,
  cpu: HostCpu | undefined,
): HostEnvironment {
  const nestedVirtualization = (cpu?.virtualization ?? null) !== null;
  const release = parseKernelRelease(texts.version ?? "") ?? "";
  const container = detectContainer(texts);
  if (/microsoft/i.test(release)) {
    // WSL 1 says 4.4.0-19041-Microsoft, WSL 2 5.15.90.1-microsoft-standard-WSL2.
    const machine = /-Microsoft$/.test(release) ? "wsl1" : "wsl2";
    return { machine, hypervisor: "Hyper-V", nestedVirtualization, container };
  }
  const hypervisor = hypervisorName(texts.dmi ?? {});
  if (cpu?.hypervisor || hypervisor !== null) {
    return { machine: "vm", hypervisor, nestedVirtualization, container };
  }
  const machine = cpu === undefined ? "unknown" : "bare-metal";
  return { machine, hypervisor: null, nestedVirtualization: false, container };
}

/** Who made this virtual machine, by its DMI names; `null` for real machines and unknown makers. */
export function hypervisorName(
  dmi: Readonly<Record<string, string | undefined>>,
): string | null {
  const read = (name: (typeof DMI_FILES)[number]) => dmi[name]?.trim() ?? "";
  const [vendor, product] = [read("sys_vendor"), read("product_name")];
  const [bios, tag] = [`${read("bios_vendor")} ${read("bios_version")}`, read("chassis_asset_tag")];
  // A cloud's own name before that of the hypervisor below it.
  if (vendor === "Amazon EC2") return /\.metal\b/.test(product) ? null : "Amazon EC2";
  if (/amazon/i.test(bios)) return "Amazon EC2";
  if (product === "Google Compute Engine") return "Google Compute Engine";
  // This tag is on every machine of Azure and on no other one of Hyper-V.
  if (tag === "7783-7084-3265-9085-8269-3286-77") return "Azure";
  if (tag === "OracleCloud.com") return "Oracle Cloud";
  if (vendor === "Microsoft Corporation" && product === "Virtual Machine") return "Hyper-V";
  if (/^Alibaba Cloud/.test(vendor)) return "Alibaba Cloud";
  if (vendor === "DigitalOcean") return "DigitalOcean";
  if (vendor === "Hetzner" && product === "vServer") return "Hetzner Cloud";
  if (/^OpenStack/.test(vendor) || /^OpenStack/.test(product)) return "OpenStack";
  if (/^VMware/.test(product) || /^VMware/.test(vendor)) return "VMware";
  if (vendor === "innotek GmbH" || product === "VirtualBox") return "VirtualBox";
  if (/^Parallels/.test(vendor)) return "Parallels";
  if (vendor === "Xen") return "Xen";
  if (vendor === "QEMU" || /^(KVM|QEMU|Standard PC \()/.test(product)) return "QEMU";
  return null;
}

/** Tells the container; `null` outside of one. */
export function detectContainer(texts: EnvironmentTexts): ContainerKind | null {
  const { cgroup = "", mountinfo = "" } = texts;
  const mounts = mountinfo.split("\n").map(parseMount);
  const has = (point: RegExp, root: RegExp) =>
    mounts.some((it) => point.test(it.point) && root.test(it.root));

  // Its containers are made by others, which leave their own signs too.
  if (/\bkubepods/.test(cgroup) || has(/^\/etc\/hosts$/, /\/kubelet\/pods\//)) return "kubernetes";
  if (has(/^(\/var)?\/run\/secrets\/kubernetes\.io\/serviceaccount$/, /./)) return "kubernetes";
  if (texts.containerenv || /\/libpod-/.test(cgroup)) return "podman";
  // With cgroup v2 the path is "/", but the runtime mounts these files for each container.
  const names = /^\/etc\/(hostname|hosts|resolv\.conf)$/;
  if (/\/docker[-/]/.test(cgroup) || has(names, /\/docker\/containers\//)) return "docker";
  if (has(names, /\/overlay-containers\//)) return "podman";
  if (/\/(lxc|lxc\.payload\.[^/]*|\.lxc)(\/|$)/m.test(cgroup)) return "lxc";
  if (mounts.some((it) => it.type === "fuse.lxcfs" && it.point.startsWith("/proc/"))) return "lxc";
  switch (texts.systemdContainer?.trim()) {
    case "docker":
      return "docker";
    case "podman":
      return "podman";
    case "lxc":
    case "lxc-libvirt":
      return "lxc";
    case "systemd-nspawn":
      return "systemd-nspawn";
  }
  const root = mounts.findLast((it) => it.point === "/");
  if (/\/(io\.)?containerd/.test(cgroup) || /\/containerd\//.test(root?.options ?? "")) {
    return "other";
  }
  // A disk that was made from a container's image has this file too, and is none: its root is a file system of a disk.
  const layered = root === undefined ||
    /^(overlay|aufs|fuse\.overlayfs|btrfs|zfs)$/.test(root.type);
  return texts.dockerenv && layered ? "docker" : null;
}

/** The fields of a line of mountinfo (proc_pid_mountinfo(5)) that are looked at. */
function parseMount(line: string): { root: string; point: string; type: string; options: string } {
  const [before = "", after = ""] = line.split(" - ");
  const [, , , root = "", point = ""] = before.split(" ");
  const [type = "", , options = ""] = after.split(" ");
  return { root, point, type, options };
}

/**
 * The files that may hold a limit of memory for this process, from /proc/self/cgroup: its own group's and those of the
 * groups around it, of both versions.
 */
export function memoryLimitFiles(cgroup: string): string[] {
  const files: string[] = [];
  for (const line of cgroup.split("\n")) {
    const [, controllers, path = ""] = line.match(/^\d+:([^:]*):(.*)$/) ?? [];
    const mount = controllers === ""
      ? "/sys/fs/cgroup"
      : controllers?.split(",").includes("memory")
      ? "/sys/fs/cgroup/memory"
      : undefined;
    if (mount === undefined) continue;
    const file = controllers === "" ? "memory.max" : "memory.limit_in_bytes";
    const names = path.split("/").filter((name) => name !== "");
    // A path with ".." leads out of what is mounted here; in a container the mount itself is often the group.
    const depth = names.includes("..") ? 0 : names.length;
    for (let length = depth; length >= 0; length--) {
      files.push([mount, ...names.slice(0, length), file].join("/"));
    }
  }
  return files;
}

/** A limit of memory in bytes; `null` for none (cgroup v1 then has a number near 2^63). */
export function parseMemoryLimit(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "max") return null;
  if (!/^\d+$/.test(trimmed)) return undefined;
  const bytes = Number(trimmed);
  return bytes >= 2 ** 62 ? null : bytes;
}

/** The user, from /proc/self/status, /etc/passwd and /etc/group. */
export function parseUser(
  { status, passwd = "", group = "" }: {
    status: string;
    passwd?: string | undefined;
    group?: string | undefined;
  },
): HostUser | undefined {
  const numbers = (name: string) =>
    status.match(new RegExp(`^${name}:\\s*(.*)$`, "m"))?.[1]?.trim().split(/\s+/).filter(Boolean)
      .map(Number);
  const uid = numbers("Uid")?.[1];
  const gid = numbers("Gid")?.[1];
  if (uid === undefined || gid === undefined) return undefined;
  const rows = (text: string) => text.split("\n").map((line) => line.split(":"));
  const name = rows(passwd).find((row) => row[2] === String(uid))?.[0] ?? null;
  const kvm = rows(group).find((row) => row[0] === "kvm");
  const kvmGroup = kvm?.[2] === undefined ? null : Number(kvm[2]);
  return {
    uid,
    name,
    kvmGroup,
    inKvmGroup: kvmGroup !== null && [gid, ...numbers("Groups") ?? []].includes(kvmGroup),
    listedInKvmGroup: name !== null && (kvm?.[3]?.split(",").includes(name) ?? false),
  };
}

/** How the shim came into the process, from /proc/self/maps. */
export function shimOrigin(maps: string): "memfd" | "unnamed file" | undefined {
  if (/\/memfd:vmlet-shim-/.test(maps)) return "memfd";
  return /^\S+ r-xp .*\/#\d+ \(deleted\)$/m.test(maps) ? "unnamed file" : undefined;
}
