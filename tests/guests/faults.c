// Faults of every kind, each at a line that says so: FAULT(name) stands at the end of the line that crashes.
#include <string.h>
#include <vmlet.h>

#define NOINLINE __attribute__((noinline))

static volatile int sink;
static volatile int zero;
static int *volatile nowhere;

NOINLINE static int parse_header(int *header) {
  *header = 7;  // FAULT(write_null)
  return header[1];
}

NOINLINE static int load(const int *from) {
  return *from + 1;  // FAULT(read_far)
}

NOINLINE static int divide(int by) {
  return 100 / by;  // FAULT(divide)
}

NOINLINE static void undefined(void) {
  __asm__ volatile("ud2");  // FAULT(undefined_instruction)
}

NOINLINE static void breakpoint(void) {
  __asm__ volatile("int3");  // FAULT(breakpoint)
}

NOINLINE static void port(void) {
  __asm__ volatile("outb %%al, %%dx" : : "a"(1), "d"(0x3f8));  // FAULT(port)
}

NOINLINE static void privileged(void) {
  __asm__ volatile("mov %%cr3, %%rax" : : : "rax");  // FAULT(privileged)
}

NOINLINE static int recurse(int depth) {
  volatile char room[512];
  room[depth % 512] = 1;  // FAULT(recurse)
  return depth < 0 ? 0 : recurse(depth + 1) + room[0];  // FAULT(recurse)
}

static const int constant = 5;

NOINLINE static void constants(void) {
  *(volatile int *)&constant = 6;  // FAULT(write_constant)
}

NOINLINE static void call(void (*function)(void)) {
  function();  // FAULT(call_null)
  sink++;
}

NOINLINE static void copy(char *to, const char *from, size_t size) {
  memcpy(to, from, size);  // FAULT(copy)
  sink++;
}

VMLET_EXPORT(i32, write_null) {
  int result = parse_header(nowhere);  // CALL(write_null)
  return result + sink;
}
VMLET_EXPORT(i32, read_far) { return load((const int *)0x123456789000) + sink; }
VMLET_EXPORT(i32, divide_by_zero) { return divide(zero) + sink; }
VMLET_EXPORT(void, undefined_instruction) { undefined(), sink++; }
VMLET_EXPORT(void, own_breakpoint) { breakpoint(), sink++; }
VMLET_EXPORT(void, forbidden_port) { port(), sink++; }
VMLET_EXPORT(void, read_control) { privileged(), sink++; }
VMLET_EXPORT(i32, overflow) { return recurse(1) + sink; }
VMLET_EXPORT(void, write_constant) { constants(), sink++; }
VMLET_EXPORT(void, call_null) { call(0), sink++; }
VMLET_EXPORT(void, copy_far) { copy((char *)0x123456789000, "text", 16 + (size_t)zero), sink++; }
VMLET_EXPORT(void, give_up) { vmlet_abort(42, "had enough"); }

VMLET_EXPORT(void, spin) {
  for (;;) sink++;  // LOOP
}

// The frame pointer leads to itself: what called this is this.
VMLET_EXPORT(void, own_frame) {
  __asm__ volatile("mov %%rbp, (%%rbp)\n ud2" : : : "memory");
}
