// A guest of ring 0 that spoils its page tables: the root, at address 0, leads to itself, so that there is no end to it.
#include <vmlet.h>

enum { ENTRIES = 512, PRESENT_WRITABLE = 3 };

VMLET_EXPORT(void, loop_tables) {
  // All but the first entry, which is what the guest runs by.
  for (uint64_t i = 1; i < ENTRIES; i++) {
    __asm__ volatile("mov %1, (%0)" : : "r"(i * 8), "r"((uint64_t)PRESENT_WRITABLE) : "memory");
  }
}
