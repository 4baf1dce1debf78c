/** What keeps KVM from being used, and what to do about it in this environment. Pure: facts in, sentences out. */

import type { ContainerKind, HostCpu, HostEnvironment, HostUser } from "./host.ts";

/** A cause with its cure. */
export interface Remedy {
  /** What is wrong and why. */
  readonly detail: string;
  /** What to do about it. */
  readonly fix: string;
}

/** What is known of the host when KVM fails. */
export interface Circumstances {
  readonly environment: HostEnvironment;
  readonly cpu?: HostCpu | undefined;
  readonly user?: HostUser | undefined;
  /** Whether the kernel has KVM, whatever may be seen of it in /dev; undefined if it does not say. */
  readonly kernelHasKvm?: boolean | undefined;
}

const EPERM = 1;
const ENOENT = 2;
const ENXIO = 6;
const EACCES = 13;
const EBUSY = 16;
const ENODEV = 19;
const EISDIR = 21;
const ENFILE = 23;
const EMFILE = 24;
const ENOMEM = 12;

/** How a container is given the device. */
const PASS_DEVICE: Readonly<Record<ContainerKind, string>> = {
  docker: "start the container with `--device /dev/kvm`",
  podman: "start the container with `--device /dev/kvm --group-add keep-groups`",
  kubernetes: "give the pod the device: by a device plugin for /dev/kvm, " +
    "or by a hostPath volume of /dev/kvm in a privileged container",
  lxc: "give the container the device: `lxc config device add NAME kvm unix-char path=/dev/kvm`",
  "systemd-nspawn":
    "start the container with `--bind=/dev/kvm --property=DeviceAllow='/dev/kvm rw'`",
  other: "give the container the device /dev/kvm, for reading and writing",
};

/** How a container's user gets the right to a device that is there. */
const PASS_GROUP: Readonly<Record<ContainerKind, string>> = {
  docker: "start the container with the group of the host's device: " +
    '`--device /dev/kvm --group-add "$(stat -c %g /dev/kvm)"`',
  podman: "start the container as a user who may open the host's device, " +
    "with `--device /dev/kvm --group-add keep-groups`",
  kubernetes: "put the number of the device's group (on the node: `stat -c %g /dev/kvm`) " +
    "into the pod's securityContext.supplementalGroups",
  lxc: "let the container's group kvm use the device: " +
    "`lxc config device set NAME kvm gid=GID mode=0660`, with GID from `getent group kvm` inside",
  "systemd-nspawn": "let the container's user use the device: `chmod 666 /dev/kvm` on the host",
  other: "let the container's user open /dev/kvm for reading and writing",
};

/** How each hypervisor is told to let its guests virtualize. */
const NEST: Readonly<Record<string, string>> = {
  "Amazon EC2": "take an instance type that can nest (C8i, M8i, R8i) with " +
    "`--cpu-options NestedVirtualization=enabled`, or a .metal one",
  "Google Compute Engine": "switch nested virtualization on for the instance: " +
    "`gcloud compute instances create NAME --enable-nested-virtualization`, on a machine type that has it (not E2)",
  "Azure": "take a size with nested virtualization, such as those of the Dsv5 and Esv5 series",
  "Hyper-V": "on the Windows host, with the VM off: " +
    "`Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true`",
  "VMware":
    "with the VM off, switch on `Virtualize Intel VT-x/EPT or AMD-V/RVI` (vhv.enable = TRUE)",
  "VirtualBox": "with the VM off: `VBoxManage modifyvm NAME --nested-hw-virt on`",
  "Parallels": "with the VM off, switch on nested virtualization in its CPU settings",
  "Xen": "set nestedhvm=1 for the VM, as far as this host's Xen has nested virtualization",
  "QEMU":
    "on the host, load kvm_intel or kvm_amd with nested=1 and start the VM with `-cpu host` " +
    "(libvirt: `<cpu mode='host-passthrough'/>`)",
};

/** What to do so that this machine's CPU offers virtualization. */
export function virtualizationFix({ environment, cpu }: Circumstances): string {
  switch (environment.machine) {
    case "wsl1":
      return "WSL 1 has no Linux kernel: in Windows, `wsl --set-version DISTRIBUTION 2`";
    case "wsl2":
      return "in Windows 11, put `nestedVirtualization=true` below `[wsl2]` in %UserProfile%\\.wslconfig, " +
        "then `wsl --shutdown`; the firmware must have virtualization on";
    case "vm": {
      const nest = environment.hypervisor === null ? undefined : NEST[environment.hypervisor];
      return nest ??
        "switch on nested virtualization for this virtual machine, or take a machine that has it";
    }
    default: {
      const [name, module] = cpu?.vendor === "AuthenticAMD"
        ? ["AMD-V (also called SVM)", "kvm_amd"]
        : cpu?.vendor === "GenuineIntel"
        ? ["Intel VT-x (also called VMX)", "kvm_intel"]
        : ["Intel VT-x or AMD-V", "kvm_intel or kvm_amd"];
      return `switch on ${name} in the machine's firmware, then \`sudo modprobe ${module}\``;
    }
  }
}

/** Why /dev/kvm could not be opened. */
export function openRemedy(errno: number, symbol: string, facts: Circumstances): Remedy {
  switch (errno) {
    case ENOENT:
      return absentRemedy("does not exist", facts);
    case ENXIO:
    case ENODEV:
      return absentRemedy(`has no driver (${symbol})`, facts);
    case EACCES:
      return permissionRemedy(facts);
    case EPERM:
      return {
        detail: "is forbidden to this process (EPERM), by a container or by a device policy",
        fix: facts.environment.container === null
          ? "allow the device: in a systemd unit `DeviceAllow=/dev/kvm rw`"
          : PASS_DEVICE[facts.environment.container],
      };
    case EISDIR:
      return {
        detail: "is a directory: a container's volume was made for a device that its host has not",
        fix: `remove the directory, then ${absentRemedy("", facts).fix}`,
      };
    case EMFILE:
    case ENFILE:
      return {
        detail: `cannot be opened: too many files are open (${symbol})`,
        fix: "raise the limit with `ulimit -n`, or close what is not needed",
      };
    default:
      return {
        detail: `cannot be opened (${symbol})`,
        fix: "look for the reason in the kernel's log: `sudo dmesg`",
      };
  }
}

/** No device, or nothing behind it. */
function absentRemedy(state: string, facts: Circumstances): Remedy {
  const { environment: { machine, container }, cpu, kernelHasKvm } = facts;
  if (machine === "wsl1") return { detail: state, fix: virtualizationFix(facts) };
  if (container !== null) {
    const pass = PASS_DEVICE[container];
    if (kernelHasKvm) {
      return { detail: `${state} in this container, and its host has KVM`, fix: pass };
    }
    return {
      detail: `${state} in this container, and its host seems to have no KVM`,
      fix: `on the host, ${hostFix(facts)}; then ${pass}`,
    };
  }
  if (kernelHasKvm) {
    return {
      detail: `${state}, and the kernel has KVM: the device file is missing`,
      fix: "`sudo mknod -m 660 /dev/kvm c 10 232`, or mount the system's /dev here",
    };
  }
  const why = cpu === undefined
    ? ""
    : cpu.virtualization === null
    ? `, and the CPU offers no virtualization`
    : `, and the CPU offers virtualization (${cpu.virtualization}): the module is not loaded`;
  return { detail: state + why, fix: hostFix(facts) };
}

/** What makes KVM appear on a machine. */
function hostFix(facts: Circumstances): string {
  switch (facts.cpu?.virtualization) {
    case "vmx":
      return "load the module: `sudo modprobe kvm_intel`";
    case "svm":
      return "load the module: `sudo modprobe kvm_amd`";
    default:
      return virtualizationFix(facts);
  }
}

function permissionRemedy({ environment, user }: Circumstances): Remedy {
  const refused = "may not be opened (EACCES)";
  const who = user === undefined
    ? "this user"
    : user.name === null
    ? `uid ${user.uid}`
    : `${user.name} (uid ${user.uid})`;
  const name = user?.name ?? "USER";
  const logIn = environment.machine === "wsl2" ? "`wsl --shutdown` in Windows" : "log in again";
  if (environment.container !== null) {
    return { detail: `${refused} by ${who}`, fix: PASS_GROUP[environment.container] };
  }
  const giveToGroup = "sudo chgrp kvm /dev/kvm && sudo chmod 660 /dev/kvm";
  if (user === undefined) {
    return { detail: refused, fix: `\`sudo usermod -aG kvm USER\`, then ${logIn}` };
  }
  if (user.kvmGroup === null) {
    return {
      detail: `${refused} by ${who}, and there is no group kvm to be in`,
      fix:
        `\`sudo groupadd -r kvm && ${giveToGroup} && sudo usermod -aG kvm ${name}\`, then ${logIn}`,
    };
  }
  if (user.inKvmGroup) {
    return {
      detail: `${refused} by ${who}, who is in the group kvm: the device belongs to others`,
      fix: `\`${giveToGroup}\``,
    };
  }
  if (user.listedInKvmGroup) {
    return {
      detail: `${refused} by ${who}, who was put into the group kvm after logging in`,
      fix: `${logIn}, or start a shell with \`newgrp kvm\``,
    };
  }
  return {
    detail: `${refused} by ${who}, who is not in the group kvm`,
    fix: `\`sudo usermod -aG kvm ${name}\`, then ${logIn}`,
  };
}

/** What to do about something at /dev/kvm that is not KVM. */
export const NOT_KVM =
  "remove what is in its place, such as a bind mount: /dev/kvm is the character device 10, 232";

/** Why KVM, opened and asked, does not run a guest. */
export function runFix(ioctl: string, errno: number): string {
  switch (errno) {
    case EBUSY:
      return "another hypervisor, such as VirtualBox or VMware, holds the CPU's virtualization: end its machines";
    case ENOMEM:
      return "free some memory, or raise the container's limit";
    case EMFILE:
    case ENFILE:
      return "raise the limit of open files with `ulimit -n`";
    default:
      return `look for KVM's reason to refuse ${ioctl} in the kernel's log: \`sudo dmesg\``;
  }
}
