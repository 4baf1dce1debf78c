// A guest of ring 0 that gives a page of its memory further addresses, by page tables of its own.
#include <vmlet.h>

enum { PAGE = 4096, PRESENT_WRITABLE = 3 };

typedef uint64_t table[PAGE / 8] __attribute__((aligned(PAGE)));
static table pointers, directory, entries, page = {0x600d};

// What the host made: the root at address 0, and the first directory behind the first table of pointers.
static volatile uint64_t *at(uint64_t address) {
  __asm__("" : "+r"(address)); // The compiler does not know that there is something at address 0.
  return (volatile uint64_t *)address;
}

// Shows the page by an entry of the root.
VMLET_EXPORT(u64, show_by_root, (u64, index)) {
  pointers[0] = (uint64_t)directory | PRESENT_WRITABLE;
  directory[0] = (uint64_t)entries | PRESENT_WRITABLE;
  entries[0] = (uint64_t)page | PRESENT_WRITABLE;
  *at(index * 8) = (uint64_t)pointers | PRESENT_WRITABLE;
  return *at(index << 39);
}

// The same by an entry of the first directory.
VMLET_EXPORT(u64, show_by_directory, (u64, index)) {
  entries[0] = (uint64_t)page | PRESENT_WRITABLE;
  *at(2 * PAGE + index * 8) = (uint64_t)entries | PRESENT_WRITABLE;
  return *at(index << 21);
}

VMLET_EXPORT(u64, reach, (u64, address)) { return *at(address); }
