// hostile: one function for each attack; a host in order survives them all and says what happened.
#include <vmlet.h>

VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));

static volatile uint64_t sink;

// Answers, to show that a sandbox is alive.
VMLET_EXPORT(i32, hello) { return 42; }

// --- memory ---

VMLET_EXPORT(void, write_at, (u64, address)) { *(volatile uint8_t *)address = 1; }
VMLET_EXPORT(void, read_at, (u64, address)) { sink = *(volatile uint8_t *)address; }
// The same where the guest may: what it finds, and what it leaves for others to find.
VMLET_EXPORT(u64, peek, (u64, address)) { return *(volatile uint64_t *)address; }
VMLET_EXPORT(void, poke, (u64, address), (u64, value)) { *(volatile uint64_t *)address = value; }
VMLET_EXPORT(void, jump_to, (u64, address)) { ((void (*)(void))address)(); }

// Writes to its own code.
VMLET_EXPORT(void, change_code) { *(volatile uint8_t *)hello = 0xc3; }

// Runs what it wrote into its data, or on its stack.
VMLET_EXPORT(void, run_data) {
  static uint8_t code[] = {0xc3};
  ((void (*)(void))code)();
}
VMLET_EXPORT(void, run_stack) {
  volatile uint8_t code[16] = {0xc3};
  ((void (*)(void))code)();
}

static volatile bool stop;
__attribute__((noinline)) static uint64_t recurse(uint64_t depth) {
  volatile uint8_t frame[256];
  frame[depth % 256] = (uint8_t)depth;
  return stop ? depth : recurse(depth + 1) + frame[depth % 256];
}
VMLET_EXPORT(void, recurse_endlessly) { sink = recurse(0); }

// One frame that is larger than the stack and everything near it.
VMLET_EXPORT(void, huge_frame, (u64, size)) {
  volatile uint8_t *frame = (volatile uint8_t *)__builtin_alloca(size);
  frame[0] = 1;
}

// --- the CPU ---

VMLET_EXPORT(i32, divide, (i32, a), (i32, b)) {
  int32_t quotient;
  __asm__ volatile("cltd; idivl %2" : "=a"(quotient) : "a"(a), "r"(b) : "edx");
  return quotient;
}
VMLET_EXPORT(void, invalid_opcode) { __asm__ volatile("ud2"); }
VMLET_EXPORT(void, breakpoint) { __asm__ volatile("int3"); }
VMLET_EXPORT(void, software_interrupt) { __asm__ volatile("int $0x80"); }
VMLET_EXPORT(void, system_call) { __asm__ volatile("syscall" : : "a"(60), "D"(0) : "rcx", "r11", "memory"); }
VMLET_EXPORT(void, halt) { __asm__ volatile("hlt"); }
VMLET_EXPORT(void, disable_interrupts) { __asm__ volatile("cli"); }
VMLET_EXPORT(void, read_control_register) { __asm__ volatile("mov %%cr3, %%rax" : : : "rax"); }
VMLET_EXPORT(void, write_control_register) { __asm__ volatile("mov %%rax, %%cr3" : : "a"(0)); }
VMLET_EXPORT(void, load_descriptor_table) {
  static uint8_t table[10];
  __asm__ volatile("lidt %0" : : "m"(table));
}
VMLET_EXPORT(void, read_msr, (u32, number)) { __asm__ volatile("rdmsr" : : "c"(number) : "eax", "edx"); }
VMLET_EXPORT(void, write_msr, (u32, number)) { __asm__ volatile("wrmsr" : : "c"(number), "a"(0), "d"(0)); }
VMLET_EXPORT(void, single_step) { __asm__ volatile("pushf; orl $0x100, (%%rsp); popf; nop" : : : "memory", "cc"); }
VMLET_EXPORT(void, non_canonical) { sink = *(volatile uint64_t *)0x8000000000000000; }

// --- ports ---

VMLET_EXPORT(void, write_port, (u32, port)) { __asm__ volatile("outb %%al, %%dx" : : "a"(0), "d"(port)); }
VMLET_EXPORT(void, read_port, (u32, port)) { __asm__ volatile("inb %%dx, %%al" : : "d"(port) : "eax"); }
VMLET_EXPORT(void, write_port_string, (u32, port), (u64, count)) {
  const void *from = (const void *)&sink;
  __asm__ volatile("rep outsb" : "+S"(from), "+c"(count) : "d"(port) : "memory");
}

// --- the protocol ---

#ifdef VMLET_RING0
// The kit's own variable.
extern const uint64_t *vmlet_block;
#define BLOCK vmlet_block
#define END_CALL() __asm__ volatile("hlt" : : : "memory")
#else
#define BLOCK ((const uint64_t *)0x1000000000)
#define END_CALL() __asm__ volatile("outb %%al, $108" : : "a"(0) : "memory")
#endif

// Puts lies on the output stack and ends the call, or calls the host.
VMLET_EXPORT(void, lie, (u64, pointer), (u64, back), (u32, prefix), (bool, call)) {
  // The process environment block is where the start code says; its output stack's address is its seventh number.
  const uint64_t *peb = BLOCK;
  uint8_t *output = (uint8_t *)peb[6];
  uint64_t size = peb[5];
  *(uint64_t *)output = pointer;
  if (pointer >= 8 && pointer <= size) __builtin_memcpy(output + pointer - 8, &back, 8);
  if (back <= size - 4) __builtin_memcpy(output + back, &prefix, 4);
  if (call) __asm__ volatile("outb %%al, $101" : : "a"(0) : "memory");
  for (;;) END_CALL();
}

// Makes the output stack these bytes, pointer and all, and ends the call, or calls the host.
VMLET_EXPORT(void, forge, (buffer, stack), (bool, call)) {
  __builtin_memcpy((void *)BLOCK[6], stack.data, stack.size);
  if (call) __asm__ volatile("outb %%al, $101" : : "a"(0) : "memory");
  for (;;) END_CALL();
}

// Sends aborts without an end.
VMLET_EXPORT(void, flood_abort) {
  for (;;) __asm__ volatile("outl %%eax, $102" : : "a"(0x41414103) : "memory");
}

// Leaves what the next call must not find: segment registers, vector and x87 registers, rounding modes, flags.
VMLET_EXPORT(void, dirty_registers) {
  uint32_t mxcsr = 0x7f80;
  uint16_t control = 0x0c7f;
  __asm__ volatile(
      "ldmxcsr %0; fldcw %1; pcmpeqd %%xmm0, %%xmm0; pcmpeqd %%xmm15, %%xmm15; fldpi\n"
      "mov %%ss, %%eax; mov %%eax, %%fs; mov %%eax, %%gs; mov %%eax, %%es\n"
      "pushf; orl $0x200000, (%%rsp); popf"
      : : "m"(mxcsr), "m"(control) : "eax", "memory", "cc");
}

// What it finds of them: 0 if nothing.
__attribute__((naked)) static uint64_t registers_found(void) {
  __asm__(
      "sub $24, %rsp\n"
      "stmxcsr (%rsp); mov (%rsp), %eax; xor $0x1f80, %eax\n"
      "movq %xmm0, %rcx; or %rcx, %rax; movq %xmm15, %rcx; or %rcx, %rax\n"
      "fnstcw (%rsp); movzwl (%rsp), %ecx; xor $0x37f, %ecx; or %rcx, %rax\n"
      "pushf; pop %rcx; and $0x200400, %ecx; or %rcx, %rax\n"
      "fnstsw (%rsp); movzwl (%rsp), %ecx; and $0x3800, %ecx; or %rcx, %rax\n"
      "add $24, %rsp; ret");
}
VMLET_EXPORT(u64, find_registers) { return registers_found(); }

// The same for the upper halves of vector registers: true where the CPU has AVX.
static bool has_avx(void) {
  uint32_t features;
  __asm__("cpuid" : "=c"(features) : "a"(1), "c"(0) : "ebx", "edx");
  return (features >> 27 & 3) == 3; // OSXSAVE and AVX
}
__attribute__((target("avx2"), noinline)) static void fill_vectors(void) {
  __asm__ volatile("vpcmpeqd %%ymm7, %%ymm7, %%ymm7; vpcmpeqd %%ymm15, %%ymm15, %%ymm15" : : : "ymm7", "ymm15");
}
__attribute__((target("avx2"), noinline)) static uint64_t upper_halves(void) {
  uint64_t found, other;
  __asm__ volatile("vextracti128 $1, %%ymm7, %%xmm0; vmovq %%xmm0, %0; vextracti128 $1, %%ymm15, %%xmm0; vmovq %%xmm0, %1"
                   : "=r"(found), "=r"(other) : : "xmm0");
  return found | other;
}
VMLET_EXPORT(bool, dirty_vectors) {
  if (!has_avx()) return false;
  fill_vectors();
  return true;
}
VMLET_EXPORT(u64, find_vectors) { return has_avx() ? upper_halves() : 0; }

// Breaks its own stack: the exception that follows needs none of it.
VMLET_EXPORT(void, push_at, (u64, stack)) { __asm__ volatile("mov %0, %%rsp; push %%rax" : : "r"(stack) : "memory"); }

// The selectors of es, fs and gs, which a guest may load.
VMLET_EXPORT(u64, selectors) {
  uint64_t es, fs, gs;
  __asm__("mov %%es, %0; mov %%fs, %1; mov %%gs, %2" : "=r"(es), "=r"(fs), "=r"(gs));
  return (es & 0xffff) | (fs & 0xffff) << 16 | (gs & 0xffff) << 32;
}

// Runs for ever.
VMLET_EXPORT(void, spin) {
  for (;;) __asm__ volatile("pause");
}
