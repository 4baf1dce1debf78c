/** Numbers of the KVM API on x86_64, as `<linux/kvm.h>` and `<asm/kvm.h>` have them (a compiled test compares them). */

/** The ioctls by name. */
export const IOCTL = {
  KVM_GET_API_VERSION: 0xae00,
  KVM_CREATE_VM: 0xae01,
  KVM_CHECK_EXTENSION: 0xae03,
  KVM_GET_VCPU_MMAP_SIZE: 0xae04,
  KVM_GET_SUPPORTED_CPUID: 0xc008ae05,
  KVM_CREATE_VCPU: 0xae41,
  KVM_SET_USER_MEMORY_REGION: 0x4020ae46,
  KVM_ENABLE_CAP: 0x4068aea3,
  KVM_X86_SET_MSR_FILTER: 0x4188aec6,
  KVM_RUN: 0xae80,
  KVM_GET_REGS: 0x8090ae81,
  KVM_SET_REGS: 0x4090ae82,
  KVM_GET_SREGS: 0x8138ae83,
  KVM_SET_SREGS: 0x4138ae84,
  KVM_SET_CPUID2: 0x4008ae90,
  KVM_SET_XCRS: 0x4188aea7,
  KVM_GET_XSAVE: 0x9000aea4,
  KVM_SET_XSAVE: 0x5000aea5,
} as const;

/** The capabilities that are asked for here, by name. */
export const CAPABILITY = {
  KVM_CAP_USER_MEMORY: 3,
  KVM_CAP_NR_VCPUS: 9,
  KVM_CAP_NR_MEMSLOTS: 10,
  KVM_CAP_XSAVE: 55,
  KVM_CAP_XCRS: 56,
  KVM_CAP_MAX_VCPUS: 66,
  KVM_CAP_SYNC_REGS: 74,
  KVM_CAP_READONLY_MEM: 81,
  KVM_CAP_ENABLE_CAP_VM: 98,
  KVM_CAP_IMMEDIATE_EXIT: 136,
  KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2: 168,
  KVM_CAP_X86_USER_SPACE_MSR: 188,
  KVM_CAP_X86_MSR_FILTER: 189,
  KVM_CAP_ENFORCE_PV_FEATURE_CPUID: 190,
  KVM_CAP_DIRTY_LOG_RING: 192,
  KVM_CAP_XSAVE2: 208,
  KVM_CAP_GUEST_MEMFD: 234,
} as const;

/** The flags of a memory slot. */
export const MEMORY_FLAG = {
  KVM_MEM_LOG_DIRTY_PAGES: 1,
  KVM_MEM_READONLY: 2,
} as const;

/** Which registers travel through the kvm_run page (KVM_CAP_SYNC_REGS). */
export const SYNC = {
  KVM_SYNC_X86_REGS: 1,
  KVM_SYNC_X86_SREGS: 2,
  KVM_SYNC_X86_EVENTS: 4,
} as const;

/** The exit reasons by name. */
export const EXIT = {
  KVM_EXIT_UNKNOWN: 0,
  KVM_EXIT_EXCEPTION: 1,
  KVM_EXIT_IO: 2,
  KVM_EXIT_HYPERCALL: 3,
  KVM_EXIT_DEBUG: 4,
  KVM_EXIT_HLT: 5,
  KVM_EXIT_MMIO: 6,
  KVM_EXIT_IRQ_WINDOW_OPEN: 7,
  KVM_EXIT_SHUTDOWN: 8,
  KVM_EXIT_FAIL_ENTRY: 9,
  KVM_EXIT_INTR: 10,
  KVM_EXIT_SET_TPR: 11,
  KVM_EXIT_TPR_ACCESS: 12,
  KVM_EXIT_NMI: 16,
  KVM_EXIT_INTERNAL_ERROR: 17,
  KVM_EXIT_SYSTEM_EVENT: 24,
  KVM_EXIT_IOAPIC_EOI: 26,
  KVM_EXIT_HYPERV: 27,
  KVM_EXIT_X86_RDMSR: 29,
  KVM_EXIT_X86_WRMSR: 30,
  KVM_EXIT_DIRTY_RING_FULL: 31,
  KVM_EXIT_X86_BUS_LOCK: 33,
  KVM_EXIT_XEN: 34,
  KVM_EXIT_NOTIFY: 37,
} as const;

/** The name of an exit reason, such as `KVM_EXIT_SHUTDOWN`, or its number where this table lacks it. */
export function exitName(reason: number): string {
  return Object.entries(EXIT).find(([, number]) => number === reason)?.[0] ??
    `exit reason ${reason}`;
}

/** The size of a page. */
export const PAGE_SIZE = 4096;
