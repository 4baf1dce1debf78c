// A guest to be watched: what it logs, in which amounts.
#include <vmlet.h>

#include <stdlib.h>
#include <string.h>

// Records of all levels, the most important last.
VMLET_EXPORT(void, log_each, (string, text)) {
  for (int level = VMLET_LOG_TRACE; level <= VMLET_LOG_ERROR; level++) vmlet_log(level, "%s", text.data);
}

// One whose every field is this text.
VMLET_EXPORT(void, log_named, (string, text)) {
  vmlet_log_record(VMLET_LOG_ERROR, text.data, text.data, 1, text.data, "%s", text.data);
}

VMLET_EXPORT(void, log_often, (i32, times)) {
  for (int32_t i = 0; i < times; i++) VMLET_ERROR("record %d", i);
}

// The kit's own block, as in guest/kit.h: size and address of the output buffer.
extern struct { uint64_t other[5], output_size, output; } *vmlet_block;

static void out_log(void) { __asm__ volatile("outb %%al, $99" : : "a"(0) : "memory"); }

// One record whose message has that many bytes, handed over again and again: written once, so that it costs the guest no
// more than an `out` each time.
VMLET_EXPORT(void, flood, (i32, times), (i32, size)) {
  // GuestLogData in the wire format: sizes and offsets, a vtable, the table, an empty text for three of its fields, and
  // the message.
  uint8_t *output = (uint8_t *)vmlet_block->output;
  uint64_t pointer = *(uint64_t *)output;
  uint8_t *record = output + pointer;
  uint32_t text = (uint32_t)size, length = 64 + (text + 4) / 4 * 4;
  const uint16_t vtable[8] = {16, 28, 4, 8, 24, 12, 16, 20};
  const uint32_t table[7] = {24 - 8, 60 - 28, 52 - 32, 52 - 36, 52 - 40, 1, 4};
  const uint32_t texts[3] = {0, 0, text};
  memcpy(record + 8, vtable, sizeof vtable);
  memcpy(record + 24, table, sizeof table);
  memcpy(record + 52, texts, sizeof texts);
  memset(record + 64, 'x', text);
  record[64 + text] = 0;
  const uint32_t head[2] = {length - 4, 20};
  memcpy(record, head, sizeof head);
  for (int32_t i = 0; i < times; i++) {
    *(uint64_t *)(record + length) = pointer;
    *(uint64_t *)output = pointer + length + 8;
    out_log();
  }
  *(uint64_t *)output = pointer;
}

// As many exits that the host has least to do for: line feeds of debug print.
VMLET_EXPORT(void, leave, (i32, times)) {
  for (int32_t i = 0; i < times; i++) __asm__ volatile("outl %%eax, $103" : : "a"(0));
}

// --- the trace and the heap ---------------------------------------------------------------------------------------

__attribute__((noinline)) static uint64_t inner(int32_t rounds) {
  VMLET_SPAN("inner");
  uint64_t sum = 0;
  for (int32_t i = 0; i < rounds; i++) {
    sum = sum * 31 + (uint64_t)i;
    __asm__ volatile("" : "+r"(sum));
  }
  VMLET_EVENT("summed", "%d rounds", rounds);
  return sum;
}

__attribute__((noinline)) static uint64_t outer(int32_t rounds) {
  VMLET_SPAN("outer");
  return inner(rounds) + inner(2 * rounds);
}

VMLET_EXPORT(u64, work, (i32, rounds)) { return outer(rounds); }

// Ends in the middle of two spans.
VMLET_EXPORT(void, work_and_fail) {
  VMLET_SPAN("outer");
  VMLET_SPAN("failing");
  vmlet_fail(300, "in the middle");
}

VMLET_EXPORT(void, trace_often, (i32, times)) {
  for (int32_t i = 0; i < times; i++) VMLET_EVENT("event", "%d", i);
}

static void *leaked[64];
static int leaks;
__attribute__((noinline)) static void leak(int32_t size) { leaked[leaks++ % 64] = malloc((size_t)size); }
__attribute__((noinline)) static void borrow(int32_t size) {
  char *block = malloc((size_t)size);
  __asm__ volatile("" : "+r"(block) : : "memory");
  free(block);
}
VMLET_EXPORT(void, allocate, (i32, size)) {
  leak(size);
  borrow(2 * size);
  void *grown = malloc(16);
  __asm__ volatile("" : "+r"(grown) : : "memory");
  grown = realloc(grown, (size_t)size);
  __asm__ volatile("" : "+r"(grown) : : "memory");
  free(grown);
}
VMLET_EXPORT(void, allocate_often, (i32, times)) {
  for (int32_t i = 0; i < times; i++) borrow(100);
}

// A batch that the guest writes by itself, or registers that name none.
VMLET_EXPORT(void, hand_over, (buffer, batch), (u64, address), (u64, size), (i32, times), (bool, elsewhere)) {
  register uint64_t what __asm__("r8") = 104;
  register uint64_t where __asm__("r9") = address ? address : (uint64_t)batch.data;
  register uint64_t length __asm__("r10") = size ? size : batch.size;
  for (int32_t i = 0; i < times; i++) {
    if (elsewhere) __asm__ volatile("outl %%eax, $103" : : "a"('x'), "r"(what), "r"(where), "r"(length) : "memory");
    else __asm__ volatile("outb %%al, $104" : : "a"(0), "r"(what), "r"(where), "r"(length) : "memory");
  }
}

// By the name of this function the host knows guests of Hyperlight's, where the kit's note is not there.
__attribute__((used, retain)) void hyperlight_main(void) {}
