/** The system side of KVM: /dev/kvm, its version, capabilities and CPUID, and the making of VMs. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";
import { CAPABILITY, IOCTL } from "./constants.ts";
import { check, KvmError } from "./error.ts";
import { CpuidEntry } from "./structs.ts";
import { Vm } from "./vm.ts";

const DEVICE = new TextEncoder().encode("/dev/kvm\0");
const O_RDWR_CLOEXEC = 0o2000002;
const EINTR = 4;
const E2BIG = 7;
const ENFILE = 23;
const EMFILE = 24;
const KVM_API_VERSION = 12;

/** What to do about an errno of opening /dev/kvm. */
const OPEN_HINTS: Readonly<Record<number, string>> = {
  1: "the sandbox around this process forbids the device: give a container --device /dev/kvm",
  2: "the device does not exist: load the module kvm_intel or kvm_amd, switch virtualization on in the firmware, " +
    "or (in a VM) nested virtualization, or (in a container) pass --device /dev/kvm",
  6: "the device has no driver: load the module kvm_intel or kvm_amd",
  13:
    "permission denied: add the user to the device's group, as root `usermod -aG kvm USER`, and log in again",
  19: "the device has no driver: this CPU or this VM offers no virtualization",
  21: "a directory is in its place, as a container's volume makes it on a host without the device",
  23: "the system has too many files open: close what is not needed",
  24: "this process has too many files open: raise the limit with `ulimit -n`, or close sandboxes",
};

/** `struct kvm_cpuid2`: CPUID leaves for KVM_SET_CPUID2, in KVM's own layout. */
export class Cpuid {
  /** The structure's memory: a count, padding, and the entries. */
  readonly bytes: Uint8Array<ArrayBuffer>;

  /** Makes the structure from its bytes. */
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  /** Views over the leaves. */
  get entries(): readonly CpuidEntry[] {
    const count = new DataView(this.bytes.buffer).getUint32(0, true);
    return Array.from(
      { length: count },
      (_, i) => CpuidEntry.at(this.bytes.buffer, 8 + i * CpuidEntry.size),
    );
  }

  /** A copy with those leaves only for which `keep` is true. */
  filter(keep: (entry: CpuidEntry) => boolean): Cpuid {
    const kept = this.entries.filter(keep);
    const bytes = new Uint8Array(8 + kept.length * CpuidEntry.size);
    new DataView(bytes.buffer).setUint32(0, kept.length, true);
    kept.forEach((entry, i) => bytes.set(entry.bytes, 8 + i * CpuidEntry.size));
    return new Cpuid(bytes);
  }
}

/**
 * An open /dev/kvm.
 *
 * @example The API version
 * ```ts
 * import { Kvm } from "@vmlet/vmlet/kvm";
 *
 * using kvm = Kvm.open();
 * console.log(kvm.apiVersion()); // 12
 * ```
 */
export class Kvm {
  #fd: number;

  private constructor(fd: number) {
    this.#fd = fd;
  }

  /**
   * Opens /dev/kvm.
   *
   * @throws {VmletError} `ERR_NO_HYPERVISOR` with the cause and what to do about it; `ERR_LIMIT` if too many files are
   * open.
   */
  static open(): Kvm {
    const fd = native().open(DEVICE, O_RDWR_CLOEXEC, 0);
    if (fd >= 0) return new Kvm(fd);
    const errno = -fd;
    throw new VmletError(
      errno === EMFILE || errno === ENFILE ? "ERR_LIMIT" : "ERR_NO_HYPERVISOR",
      `Cannot open /dev/kvm: ${errnoSymbol(errno)}${
        OPEN_HINTS[errno] ? `, ${OPEN_HINTS[errno]}` : ""
      }`,
      { errno },
    );
  }

  /** KVM_GET_API_VERSION: 12 in every kernel since 2.6.22. */
  apiVersion(): number {
    return this.#ioctl("KVM_GET_API_VERSION");
  }

  /** KVM_CHECK_EXTENSION on the system: 0 where the capability is absent, else 1 or what the capability counts. */
  checkExtension(capability: keyof typeof CAPABILITY): number {
    return this.#ioctl("KVM_CHECK_EXTENSION", CAPABILITY[capability]);
  }

  /** KVM_GET_VCPU_MMAP_SIZE: how long the kvm_run mapping of a vCPU is, in bytes. */
  vcpuMmapSize(): number {
    return this.#ioctl("KVM_GET_VCPU_MMAP_SIZE");
  }

  /** KVM_GET_SUPPORTED_CPUID: the leaves that this KVM can give to a guest. */
  supportedCpuid(): Cpuid {
    for (let count = 128;; count *= 2) {
      const bytes = new Uint8Array(8 + count * CpuidEntry.size);
      new DataView(bytes.buffer).setUint32(0, count, true);
      const result = native().ioctlStruct(this.fd, IOCTL.KVM_GET_SUPPORTED_CPUID, bytes);
      if (result === -E2BIG && count < 65536) continue;
      check("KVM_GET_SUPPORTED_CPUID", result);
      return new Cpuid(bytes);
    }
  }

  /**
   * Throws unless this KVM can run guests at all: API version 12 and KVM_CAP_USER_MEMORY.
   *
   * @throws {VmletError} `ERR_NO_HYPERVISOR` that says which of the two is missing.
   */
  assertUsable(): void {
    let version: number;
    try {
      version = this.apiVersion();
    } catch (cause) {
      if (!(cause instanceof KvmError)) throw cause;
      throw new VmletError(
        "ERR_NO_HYPERVISOR",
        `Cannot use /dev/kvm: what is there is not KVM, ${cause.message}`,
        { cause, ...(cause.errno === undefined ? {} : { errno: cause.errno }) },
      );
    }
    if (version !== KVM_API_VERSION) {
      throw new VmletError(
        "ERR_NO_HYPERVISOR",
        `Cannot use /dev/kvm: its API version is ${version}, and only ${KVM_API_VERSION} is stable`,
      );
    }
    for (
      const [capability, need] of [
        ["KVM_CAP_USER_MEMORY", "which every guest needs"],
        ["KVM_CAP_IMMEDIATE_EXIT", "by which calls are interrupted: Linux 4.13 and later have it"],
      ] as const
    ) {
      if (this.checkExtension(capability) !== 0) continue;
      throw new VmletError(
        "ERR_NO_HYPERVISOR",
        `Cannot use /dev/kvm: it lacks ${capability}, ${need}`,
      );
    }
  }

  /** KVM_CREATE_VM of type 0. The VM keeps working when this is closed. */
  createVm(): Vm {
    // Asked first: should it fail, there is no descriptor to close.
    const runSize = this.vcpuMmapSize();
    for (;;) {
      const result = native().ioctl(this.fd, IOCTL.KVM_CREATE_VM, 0);
      // The kernel gives up as soon as it has a signal for this thread, as a profiler sends many.
      if (result === -EINTR) continue;
      return new Vm(check("KVM_CREATE_VM", result), runSize);
    }
  }

  /** The file descriptor. */
  get fd(): number {
    if (this.#fd < 0) throw new VmletError("ERR_CLOSED", "Cannot use /dev/kvm: it is closed");
    return this.#fd;
  }

  /** Closes the device. Closing twice is harmless. */
  close(): void {
    if (this.#fd >= 0) native().close(this.#fd);
    this.#fd = -1;
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  #ioctl(name: keyof typeof IOCTL, argument = 0): number {
    const result = native().ioctl(this.fd, IOCTL[name], argument);
    if (result < 0) throw new KvmError(name, -result);
    return result;
  }
}
