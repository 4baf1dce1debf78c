// bench: what the benchmarks measure.
#include <vmlet.h>

#include <stdlib.h>

VMLET_EXPORT(void, noop) {}
VMLET_EXPORT(i32, add, (i32, a), (i32, b)) { return (int32_t)((uint32_t)a + (uint32_t)b); }
VMLET_EXPORT(string, echo_string, (string, value)) { return value; }
VMLET_EXPORT(buffer, echo_buffer, (buffer, value)) { return value; }

// Adds by the host's function of the same name.
VMLET_IMPORT_AS("host_add", i32, import_host_add, (i32, a), (i32, b));
VMLET_EXPORT_AS("host_add", i32, export_host_add, (i32, a), (i32, b)) { return import_host_add(a, b); }

enum { PAGE = 4096 };

// Writes one byte in each of `count` pages of the heap, from the one of that number on. The pages are all that the heap
// has but for the ends, where its own headers are.
VMLET_EXPORT(void, dirty, (i32, page), (i32, count)) {
  static volatile uint8_t *pages;
  static int64_t size;
  static uint8_t value;
  if (!pages) {
    size = (int64_t)(vmlet_heap_size() / PAGE) - 2;
    pages = size > 0 ? (volatile uint8_t *)aligned_alloc(PAGE, (size_t)size * PAGE) : 0;
    if (!pages) vmlet_fail(VMLET_OUT_OF_MEMORY, "the heap of %zu bytes has no pages to write to", vmlet_heap_size());
  }
  if (page < 0 || count < 0 || (int64_t)page + count > size)
    vmlet_fail(VMLET_GUEST_ERROR, "pages %d to %ld are not all among the %ld of the heap", page, (int64_t)page + count, size);
  value++;
  for (int64_t i = page; i < (int64_t)page + count; i++) pages[i * PAGE] = value;
}

// Runs for ever.
VMLET_EXPORT(void, spin) {
  for (;;) __asm__ volatile("pause");
}

// --- time ---------------------------------------------------------------------------------------------------------

// The CPU's time stamp counter, which runs at a constant rate.
VMLET_EXPORT(u64, ticks) { return __builtin_ia32_rdtsc(); }

typedef struct { uint32_t eax, ebx, ecx, edx; } cpuid_result;
static cpuid_result cpuid(uint32_t leaf) {
  cpuid_result r;
  __asm__ volatile("cpuid" : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx) : "0"(leaf), "2"(0));
  return r;
}

// How many ticks a microsecond has. A guest has no clock to measure that by, so the CPU is asked (leaf 0x15, else 0x16);
// where it does not say, and it often does not, 2500 is assumed until the host calls `calibrate`.
static uint32_t per_microsecond;
static uint32_t ask_cpu(void) {
  uint32_t last = cpuid(0).eax;
  if (last >= 0x15) {
    cpuid_result tsc = cpuid(0x15);
    if (tsc.eax && tsc.ebx && tsc.ecx) return (uint32_t)((uint64_t)tsc.ecx * tsc.ebx / tsc.eax / 1000000);
  }
  uint32_t base = last >= 0x16 ? cpuid(0x16).eax & 0xffff : 0;
  return base ? base : 2500;
}

// Says how many ticks a microsecond has: read `ticks` twice with a known time between.
VMLET_EXPORT(void, calibrate, (u32, ticks_per_microsecond)) { per_microsecond = ticks_per_microsecond; }

// Runs for that many microseconds.
VMLET_EXPORT(void, busy, (i32, microseconds)) {
  uint64_t start = __builtin_ia32_rdtsc();
  if (!per_microsecond) per_microsecond = ask_cpu();
  uint64_t wanted = microseconds > 0 ? (uint64_t)microseconds * per_microsecond : 0;
  while (__builtin_ia32_rdtsc() - start < wanted) __asm__ volatile("pause");
}
