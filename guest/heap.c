// The heap: malloc and its kin, two-level segregated fit with neighbours joined, every header under a checksum.
//
// A block is found in constant time: free blocks are in lists by size, and two levels of bitmaps say which lists have
// any. Only where all of a sufficient class are gone, one list is searched. A header that was overwritten, and a block
// that is freed twice, end the call with a message.
#include "kit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// Sizes are in units of 16 bytes, the header included; a block has at least two.
typedef struct { uint32_t size, before; uint64_t check; } block;
typedef struct free_block { block header; struct free_block *next, *previous; } free_block;

// Of a heap of more than 16 GiB the rest is left alone. A size with an alignment is then below 2^32 units, and its level
// one that there is.
enum { UNIT = 16, CLASSES = 16, LEVELS = 29, MIN_UNITS = 2, MAX_UNITS = 1 << 30 };

typedef enum { TAKEN = 0x7a6b, FREE = 0x4f3e } state;

static free_block *lists[LEVELS][CLASSES];
static uint32_t levels, classes[LEVELS];
static block *first, *end;
static uint64_t secret, used;

// --- headers ------------------------------------------------------------------------------------------------------

static uint64_t checksum(const block *it, state is) {
  uint64_t x = ((uint64_t)it ^ secret) + ((uint64_t)it->size << 32 | it->before) * 0x9e3779b97f4a7c15 + (uint64_t)is;
  x = (x ^ x >> 29) * 0xbf58476d1ce4e5b9;
  return x ^ x >> 32;
}

static void mark(block *it, state is) { it->check = checksum(it, is); }
static bool is(const block *it, state what) { return it->check == checksum(it, what); }

__attribute__((noreturn)) static void corrupted(const void *where) {
  vmlet_abort(VMLET_GUEST_ERROR, "the heap is corrupted: the header at %p was overwritten", where);
}

static bool is_free(const block *it) {
  if (is(it, FREE)) return true;
  if (!is(it, TAKEN)) corrupted(it);
  return false;
}

static block *after(const block *it) { return (block *)((char *)it + (uint64_t)it->size * UNIT); }
static block *before(const block *it) { return (block *)((char *)it - (uint64_t)it->before * UNIT); }

// Gives a block its size; the one after it learns of it.
static void resize(block *it, uint32_t size, state what) {
  it->size = size;
  mark(it, what);
  block *next = after(it);
  state next_is = is_free(next) ? FREE : TAKEN;
  next->before = size;
  mark(next, next_is);
}

// --- lists --------------------------------------------------------------------------------------------------------

static void classify(uint32_t size, uint32_t *level, uint32_t *class) {
  if (size < CLASSES) {
    *level = 0;
    *class = size;
  } else {
    uint32_t log = 31 - (uint32_t)__builtin_clz(size);
    *level = log - 3;
    *class = size >> (log - 4) & (CLASSES - 1);
  }
}

static void insert(block *it) {
  uint32_t level, class;
  classify(it->size, &level, &class);
  free_block *self = (free_block *)it, *head = lists[level][class];
  self->next = head;
  self->previous = 0;
  if (head) head->previous = self;
  lists[level][class] = self;
  levels |= 1u << level;
  classes[level] |= 1u << class;
}

// Whether a link of a list can be followed.
static bool is_place(const free_block *it) {
  return (char *)it >= (char *)first && (char *)it < (char *)end && (uint64_t)it % UNIT == 0;
}

static void take_out(block *it) {
  uint32_t level, class;
  classify(it->size, &level, &class);
  free_block *self = (free_block *)it, *next = self->next, *previous = self->previous;
  if (next && (!is_place(next) || next->previous != self)) corrupted(self);
  if (previous ? !is_place(previous) || previous->next != self : lists[level][class] != self) corrupted(self);
  if (next) next->previous = previous;
  if (previous) {
    previous->next = next;
  } else {
    lists[level][class] = next;
    if (!next && !(classes[level] &= ~(1u << class))) levels &= ~(1u << level);
  }
}

// A free block of at least that size, still in its list; NULL if there is none.
static block *find(uint32_t size) {
  // Every block of the next class up is large enough.
  uint32_t level, class, rounded = size;
  if (size >= CLASSES) rounded += (1u << (31 - (uint32_t)__builtin_clz(size) - 4)) - 1;
  classify(rounded, &level, &class);
  if (level < LEVELS) {
    uint32_t enough = classes[level] & (~0u << class);
    if (!enough) {
      uint32_t above = level + 1 < 32 ? levels & (~0u << (level + 1)) : 0;
      if (above) {
        level = (uint32_t)__builtin_ctz(above);
        enough = classes[level];
      }
    }
    if (enough) return &lists[level][__builtin_ctz(enough)]->header;
  }
  // Of its own class only some are.
  classify(size, &level, &class);
  for (free_block *it = lists[level][class]; it; it = it->next) {
    if (!is_place(it) || !is_free(&it->header)) corrupted(it);
    if (it->header.size >= size) return &it->header;
  }
  return 0;
}

// --- the host's memory profile ------------------------------------------------------------------------------------

// The host walks the stack from here. It takes the whole of RAX, however much of it the port gets.
static void tell(uint16_t port, const void *pointer, size_t size) {
  if (!(vmlet_wishes & VMLET_WISH_ALLOCATIONS) || !pointer) return;
  __asm__ volatile("outb %%al, %%dx" : : "a"(size), "c"(pointer), "d"(port) : "memory");
}

// --- blocks -------------------------------------------------------------------------------------------------------

static void initialise(void) {
  vmlet_span heap = vmlet_block->heap;
  uint64_t from = vmlet_seed ^ 0x68656170;
  secret = vmlet_next_seed(&from);
  uint64_t low = (heap.address + UNIT - 1) / UNIT * UNIT, units = (heap.address + heap.size - low) / UNIT;
  if (units > MAX_UNITS) units = MAX_UNITS;
  // A header behind the last block, taken for ever, so that every block has one after it.
  first = (block *)low;
  end = (block *)(low + (units - 1) * UNIT);
  end->size = 1;
  mark(end, TAKEN);
  first->before = 0;
  resize(first, (uint32_t)units - 1, FREE);
  insert(first);
}

// Cuts a taken block; what is behind it becomes free, joined with what follows.
static void cut(block *it, uint32_t size) {
  uint32_t rest = it->size - size;
  if (rest < MIN_UNITS) return;
  block *next = after(it);
  if (is_free(next)) {
    take_out(next);
    rest += next->size;
  }
  it->size = size;
  mark(it, TAKEN);
  block *tail = after(it);
  tail->before = size;
  resize(tail, rest, FREE);
  insert(tail);
}

static uint32_t units_for(size_t size) {
  uint32_t units = (uint32_t)((size + sizeof(block) + UNIT - 1) / UNIT);
  return units < MIN_UNITS ? MIN_UNITS : units;
}

static bool is_too_large(size_t size) {
  return size > vmlet_block->heap.size || size > (size_t)MAX_UNITS * UNIT;
}

void *vmlet_allocate(size_t alignment, size_t size) {
  if (!first) initialise();
  if (is_too_large(size) || is_too_large(alignment)) return 0;
  uint32_t units = units_for(size);
  bool wide = alignment > UNIT;
  // Between a block's start and an aligned place may have to be a whole block.
  block *it = find(wide ? units + (uint32_t)(alignment / UNIT) + MIN_UNITS : units);
  if (!it) return 0;
  if (!is_free(it)) corrupted(it);
  take_out(it);
  if (wide) {
    uint64_t place = ((uint64_t)(it + 1) + alignment - 1) & ~(uint64_t)(alignment - 1);
    uint32_t gap = (uint32_t)((place - (uint64_t)(it + 1)) / UNIT);
    if (gap > 0 && gap < MIN_UNITS) gap += (uint32_t)(alignment / UNIT);
    if (gap > 0) {
      block *aligned = it + gap;
      aligned->before = gap;
      aligned->size = it->size - gap;
      mark(aligned, FREE);
      it->size = gap;
      mark(it, FREE);
      insert(it);
      it = aligned;
    }
  }
  resize(it, it->size, TAKEN);
  cut(it, units);
  used += (uint64_t)it->size * UNIT;
  tell(VMLET_PORT_ALLOCATION, it + 1, size);
  return it + 1;
}

// The block of a pointer that malloc gave out.
static block *block_of(void *pointer, const char *action) {
  bool inside = first && (block *)pointer > first && (block *)pointer < end && (uint64_t)pointer % UNIT == 0;
  if (!inside) vmlet_abort(VMLET_GUEST_ERROR, "%s of %p, which malloc never returned", action, pointer);
  block *it = (block *)pointer - 1;
  if (is(it, FREE)) vmlet_abort(VMLET_GUEST_ERROR, "%s of %p, which is free already: double free", action, pointer);
  if (!is(it, TAKEN))
    vmlet_abort(VMLET_GUEST_ERROR,
                "%s of %p: the heap is corrupted, its header was overwritten or malloc never returned it", action, pointer);
  return it;
}

void vmlet_release(void *pointer) {
  if (!pointer) return;
  block *it = block_of(pointer, "free");
  tell(VMLET_PORT_RELEASE, pointer, 0);
  used -= (uint64_t)it->size * UNIT;
  uint32_t size = it->size;
  // Marked before it is joined, so that freeing it again is seen for what it is.
  mark(it, FREE);
  block *next = after(it);
  if (is_free(next)) {
    take_out(next);
    size += next->size;
  }
  if (it->before) {
    block *previous = before(it);
    if (is_free(previous)) {
      take_out(previous);
      size += previous->size;
      it = previous;
    }
  }
  resize(it, size, FREE);
  insert(it);
}

// --- what C has ---------------------------------------------------------------------------------------------------

static void *or_errno(void *pointer) {
  if (!pointer) errno = ENOMEM;
  return pointer;
}

VMLET_PLAIN void *malloc(size_t size) { return or_errno(vmlet_allocate(UNIT, size)); }
VMLET_PLAIN void free(void *pointer) { vmlet_release(pointer); }

VMLET_PLAIN void *calloc(size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) return or_errno(0);
  void *pointer = or_errno(vmlet_allocate(UNIT, total));
  return pointer ? memset(pointer, 0, total) : 0;
}

VMLET_PLAIN void *aligned_alloc(size_t alignment, size_t size) {
  if (!alignment || alignment & (alignment - 1)) return errno = EINVAL, (void *)0;
  return or_errno(vmlet_allocate(alignment, size));
}

VMLET_PLAIN int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment < sizeof(void *) || alignment & (alignment - 1)) return EINVAL;
  void *pointer = vmlet_allocate(alignment, size);
  if (!pointer) return ENOMEM;
  *result = pointer;
  return 0;
}

VMLET_PLAIN void *realloc(void *pointer, size_t size) {
  if (!pointer) return malloc(size);
  block *it = block_of(pointer, "realloc");
  if (!size) return vmlet_release(pointer), (void *)0;
  if (is_too_large(size)) return or_errno(0);
  uint32_t units = units_for(size), old = it->size;
  block *next = after(it);
  if (units > old && is_free(next) && old + next->size >= units) {
    take_out(next);
    resize(it, old + next->size, TAKEN);
  }
  if (units <= it->size) {
    cut(it, units);
    used += ((uint64_t)it->size - old) * UNIT;
    tell(VMLET_PORT_RELEASE, pointer, 0);
    tell(VMLET_PORT_ALLOCATION, pointer, size);
    return pointer;
  }
  void *moved = or_errno(vmlet_allocate(UNIT, size));
  if (!moved) return 0;
  memcpy(moved, pointer, (uint64_t)old * UNIT - sizeof(block));
  vmlet_release(pointer);
  return moved;
}

void *vmlet_must_allocate(size_t alignment, size_t size) {
  void *pointer = vmlet_allocate(alignment, size);
  if (!pointer)
    vmlet_abort(VMLET_OUT_OF_MEMORY, "the heap is exhausted: %zu bytes are wanted, and %zu of its %zu are taken", size,
                vmlet_heap_used(), vmlet_heap_size());
  return pointer;
}

void *vmlet_malloc(size_t size) { return vmlet_must_allocate(UNIT, size); }

size_t vmlet_heap_size(void) { return vmlet_block->heap.size; }
size_t vmlet_heap_used(void) { return used; }
