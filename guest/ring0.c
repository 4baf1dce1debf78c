// Ring 0: the tables of the machine, and what an exception ends in. Empty for guests at ring 3, whose host has them.
#include "kit.h"

#ifdef VMLET_RING0

enum { CODE = 0x08, TASK = 0x18, VECTORS = 32, STUB_SIZE = 16, PAGE_FAULT = 14 };

// --- exceptions ---------------------------------------------------------------------------------------------------

// What the CPU pushes, and two words before it.
typedef struct { uint64_t vector, error_code, instruction, cs, flags, stack, ss; } frame;

// A stack of their own: that of the guest may be what broke.
static uint8_t handler_stack[8192] __attribute__((aligned(16)));
static bool reporting;

// Aborts as Hyperlight's guests do: the code, the vector, a text. The stack pointer is the one that the guest had.
__attribute__((used, noreturn)) void vmlet_report_exception(const frame *it) {
  // A second exception comes from what follows, so it is reported without a text.
  if (reporting) {
    vmlet_out32(VMLET_PORT_ABORT, 3 | VMLET_GUEST_ERROR << 8 | (uint32_t)it->vector << 16 | 0xffu << 24);
    vmlet_halt();
  }
  reporting = true;
  uint64_t address = 0;
  if (it->vector == PAGE_FAULT) __asm__("mov %%cr2, %0" : "=r"(address));
  // Nothing of the guest's own is called.
  vmlet_before_end = vmlet_flush_trace = 0;
  vmlet_abort(VMLET_GUEST_ERROR,
              "%cException vector: %lu\nFaulting Instruction: 0x%lx\nPage Fault Address: 0x%lx\nError code: 0x%lx\n"
              "Stack Pointer: 0x%lx",
              (int)it->vector, it->vector, it->instruction, address, it->error_code, it->stack);
}

// An entry for each vector; those without an error code push a zero in its place. All registers are kept on the stack.
__asm__(
    ".pushsection .text.vmlet_stubs, \"ax\", @progbits\n"
    ".balign 16, 0xcc\n"
    ".hidden vmlet_stubs\n"
    ".type vmlet_stubs, @function\n"
    "vmlet_stubs:\n"
    ".set vmlet_vector, 0\n"
    ".rept 32\n"
    ".balign 16, 0xcc\n"
    ".if !(0x60227d00 >> vmlet_vector & 1)\n"
    "push $0\n"
    ".endif\n"
    "push $vmlet_vector\n"
    "jmp 1f\n"
    ".set vmlet_vector, vmlet_vector + 1\n"
    ".endr\n"
    "1: cld\n"
    "push %rax\n"
    "push %rcx\n"
    "push %rdx\n"
    "push %rbx\n"
    "push %rbp\n"
    "push %rsi\n"
    "push %rdi\n"
    "push %r8\n"
    "push %r9\n"
    "push %r10\n"
    "push %r11\n"
    "push %r12\n"
    "push %r13\n"
    "push %r14\n"
    "push %r15\n"
    "mov %rsp, %rbp\n"
    "lea 120(%rsp), %rdi\n"
    "and $-16, %rsp\n"
    "call vmlet_report_exception\n"
    "ud2\n" // it does not return, and its return address belongs to this
    "vmlet_stubs_end:\n"
    ".size vmlet_stubs, . - vmlet_stubs\n"
    ".popsection\n"
    // Where the registers are, so that debuggers and crash reports go through the handler to the place of the exception:
    // call frame information as .cfi directives would write it. Compilers put theirs into .debug_frame, which cannot say
    // that a function interrupts instead of being called.
    ".pushsection .eh_frame, \"a\", @progbits\n"
    "1: .long 3f - 2f\n"
    "2: .long 0\n"
    ".byte 1\n"
    ".asciz \"zRS\"\n"
    ".byte 1, 8, 16, 1, 0x1b\n" // units of 1 and 8 bytes, return address in 16, addresses relative in 4 bytes
    ".byte 0x0c, 6, 0\n" // the frame is at rbp; from there on in words: r15 to r8, rdi, rsi, rbp, rbx, rdx, rcx, rax
    ".byte 0x8f, 0, 0x8e, 1, 0x8d, 2, 0x8c, 3, 0x8b, 4, 0x8a, 5, 0x89, 6, 0x88, 7\n"
    ".byte 0x85, 8, 0x84, 9, 0x86, 10, 0x83, 11, 0x81, 12, 0x82, 13, 0x80, 14\n"
    ".byte 0x90, 17, 0x87, 20\n" // behind vector and error code: rip, and rsp
    ".balign 8\n"
    "3: .long 5f - 4f\n"
    "4: .long 4b - 1b\n"
    ".long vmlet_stubs - ., vmlet_stubs_end - vmlet_stubs\n"
    ".byte 0\n"
    ".balign 8\n"
    "5:\n"
    ".popsection\n");
extern const uint8_t vmlet_stubs[] __attribute__((visibility("hidden")));

// --- tables -------------------------------------------------------------------------------------------------------

typedef struct { uint16_t low, selector; uint8_t stack, type; uint16_t middle; uint32_t high, zero; } gate;
typedef struct __attribute__((packed)) { uint16_t limit; uint64_t address; } table;

// No flat data segment is needed, nor is the code segment loaded before an exception does.
static uint64_t segments[5] = {0, 0x00209b0000000000, 0x00cf930000000000};
static gate gates[VECTORS];
static struct __attribute__((packed)) {
  uint32_t reserved;
  uint64_t stacks[3], reserved2, exception_stacks[7], reserved3;
  uint16_t reserved4, ports;
} task;

void vmlet_take_machine(void) {
  uint64_t at = (uint64_t)&task;
  task.exception_stacks[0] = (uint64_t)(handler_stack + sizeof handler_stack);
  task.ports = sizeof task;
  // A task state segment is present (0x80) and available (9); it is the one descriptor of two words.
  segments[TASK / 8] = (sizeof task - 1) | (at & 0xffffff) << 16 | (uint64_t)0x89 << 40 | (at >> 24 & 0xff) << 56;
  segments[TASK / 8 + 1] = at >> 32;
  for (uint64_t i = 0; i < VECTORS; i++) {
    uint64_t stub = (uint64_t)vmlet_stubs + i * STUB_SIZE;
    // An interrupt gate, present, on the first of the exception stacks.
    gates[i] = (gate){(uint16_t)stub, CODE, 1, 0x8e, (uint16_t)(stub >> 16), (uint32_t)(stub >> 32), 0};
  }
  table of_segments = {sizeof segments - 1, (uint64_t)segments}, of_gates = {sizeof gates - 1, (uint64_t)gates};
  __asm__ volatile("lgdt %0; lidt %1; ltr %2" : : "m"(of_segments), "m"(of_gates), "r"((uint16_t)TASK) : "memory");
}

#endif
