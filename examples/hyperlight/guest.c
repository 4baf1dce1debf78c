// The guest of these examples: C, and at ring 0 a guest of Hyperlight v0.11. Its functions are named after
// those of Hyperlight's own test guest.
#include <vmlet.h>

#include <stdlib.h>

VMLET_IMPORT(i32, HostPrint, (string, text));
VMLET_IMPORT(i32, HostAdd, (i32, a), (i32, b));

VMLET_EXPORT(string, Echo, (string, text)) { return text; }
VMLET_EXPORT(i32, PrintOutput, (string, text)) { return HostPrint(text); }
VMLET_EXPORT(i32, Add, (i32, a), (i32, b)) { return HostAdd(a, b); }

VMLET_EXPORT(i32, CallMalloc, (i32, size)) {
  void *block = vmlet_malloc((size_t)size);
  free(block);
  return size;
}

// Levels as in Rust's crate `log`: 1 error, 2 warn, 3 info, 4 debug, 5 trace.
VMLET_EXPORT(void, LogMessage, (string, text), (i32, level)) {
  if (level > 0) vmlet_log(VMLET_LOG_ERROR + 1 - level, "%s", text.data);
}

VMLET_EXPORT(void, Spin) {
  for (;;) __asm__ volatile("pause");
}

// --- what goes wrong ----------------------------------------------------------------------------------------------

VMLET_EXPORT(void, TriggerException) { __builtin_trap(); }
VMLET_EXPORT(void, GuestAbortWithMessage, (i32, code), (string, text)) { vmlet_abort(code, "%s", text.data); }

__attribute__((noinline)) static int32_t recurse(int32_t frames) {
  volatile uint8_t frame[8192];
  // Whichever byte it is: the compiler keeps only those of which it cannot know that nobody looks at them.
  volatile uint8_t *place = &frame[frames % (int32_t)sizeof frame];
  *place = 1;
  int32_t others = frames > 1 ? recurse(frames - 1) : 0;
  return *place + others;
}
VMLET_EXPORT(i32, StackOverflow, (i32, frames)) { return recurse(frames); }

// --- what the host maps -------------------------------------------------------------------------------------------

enum { PRESENT = 0x01, LARGE = 0x80, LARGE_SIZE = 1 << 21, LAST = 511 };

// The host maps a file into physical memory, and the guest maps that into its own: here by one large page, which may not
// be written to, the last that the page directory has room for.
VMLET_EXPORT(buffer, ReadMappedBuffer, (u64, address), (u64, size)) {
  volatile uint64_t *directory = (volatile uint64_t *)0x2000;
  uint64_t offset = address % LARGE_SIZE;
  vmlet_assert(offset + size <= LARGE_SIZE);
  directory[LAST] = (address - offset) | LARGE | PRESENT;
  __asm__ volatile("mov %%cr3, %%rax; mov %%rax, %%cr3" : : : "rax", "memory");
  return (vmlet_buffer){(const uint8_t *)((uint64_t)LAST * LARGE_SIZE + offset), size};
}
