// Spans and events: kept until there are enough of them, then handed to the host as one message, Hyperlight's
// GuestTraceDataType.
#include "kit.h"

#include <string.h>

enum { OPEN = 1, CLOSE = 2, EVENT = 3, KEPT = 32, TEXT_MAX = 100 };
// The most that a message takes, and one record in it.
enum { MESSAGE = 100 + 4 * KEPT, RECORD = 3 * TEXT_MAX + 150 };

typedef struct {
  uint8_t kind, size;
  uint64_t id, parent, time;
  const char *name, *target;
  char text[TEXT_MAX];
} record;

static record kept[KEPT];
static uint32_t count;
static uint64_t last_id, current, call_start;
// Which call these are of: those that did not end in order left some behind.
static uint32_t call;

static uint64_t now(void) {
  uint32_t low, high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
  return (uint64_t)high << 32 | low;
}

static uint64_t put_name(vmlet_writer *w, const char *name) {
  size_t size = strlen(name);
  return vmlet_put_bytes(w, name, size < TEXT_MAX ? size : TEXT_MAX, true);
}

static void put(vmlet_writer *w, uint64_t link, const record *it) {
  static const uint8_t envelope_fields[] = {8, 4};
  static const uint8_t inner_fields[] = {4, 12, 28, 32, 20}, outer_fields[] = {4, 0, 28, 32, 20};
  static const uint8_t close_fields[] = {4, 12}, event_fields[] = {4, 20, 12, 24}, pair_fields[] = {4, 8};
  uint64_t envelope = vmlet_put_table(w, 12, envelope_fields, 2, false), at;
  vmlet_link(w, link, envelope);
  vmlet_set8(w, envelope + 8, it->kind);
  switch (it->kind) {
    case OPEN:
      at = vmlet_put_table(w, 36, it->parent ? inner_fields : outer_fields, 5, true);
      vmlet_set64(w, at + 4, it->id);
      vmlet_set64(w, at + 12, it->parent);
      vmlet_set64(w, at + 20, it->time);
      vmlet_link(w, at + 28, put_name(w, it->name));
      vmlet_link(w, at + 32, put_name(w, it->target));
      break;
    case CLOSE:
      at = vmlet_put_table(w, 20, close_fields, 2, true);
      vmlet_set64(w, at + 4, it->id);
      vmlet_set64(w, at + 12, it->time);
      break;
    default:
      at = vmlet_put_table(w, 28, event_fields, 4, true);
      vmlet_set64(w, at + 4, it->parent);
      vmlet_set64(w, at + 12, it->time);
      vmlet_link(w, at + 20, put_name(w, it->name));
      uint64_t fields = vmlet_reserve(w, 8);
      vmlet_link(w, at + 24, fields);
      vmlet_set32(w, fields, 1);
      uint64_t pair = vmlet_put_table(w, 12, pair_fields, 2, false);
      vmlet_link(w, fields + 4, pair);
      vmlet_link(w, pair + 4, put_name(w, "message"));
      vmlet_link(w, pair + 8, vmlet_put_bytes(w, it->text, it->size, true));
  }
  vmlet_link(w, envelope + 4, at);
}

static void flush(void) {
  static const uint8_t fields[] = {4, 12};
  uint32_t sent = 0, all = count;
  count = 0;
  // What the output buffer has no room for is left out.
  uint64_t room = vmlet_room();
  while (sent < all && MESSAGE + (sent + 1) * RECORD <= room) sent++;
  if (!sent) return;
  vmlet_writer w = vmlet_begin_message();
  uint64_t root = vmlet_put_table(&w, 16, fields, 2, true);
  vmlet_link(&w, 4, root);
  vmlet_set64(&w, root + 4, call_start);
  uint64_t events = vmlet_reserve(&w, 4 + 4 * sent);
  vmlet_link(&w, root + 12, events);
  vmlet_set32(&w, events, sent);
  for (uint32_t i = 0; i < sent; i++) put(&w, events + 4 + 4 * i, &kept[i]);
  vmlet_set32(&w, 0, (uint32_t)w.at - 4);
  register uint64_t what __asm__("r8") = VMLET_PORT_TRACE;
  register uint64_t where __asm__("r9") = (uint64_t)w.start;
  register uint64_t size __asm__("r10") = w.at;
  __asm__ volatile("outb %%al, %0" : : "n"(VMLET_PORT_TRACE), "a"(0), "r"(what), "r"(where), "r"(size) : "memory");
}

static record *next(uint8_t kind, const char *name, const char *target) {
  if (call != vmlet_calls) {
    call = vmlet_calls;
    count = 0;
    current = 0;
    call_start = now();
  }
  if (count == KEPT) flush();
  vmlet_flush_trace = flush;
  record *it = &kept[count++];
  it->kind = kind;
  it->parent = current;
  it->name = name;
  it->target = target;
  it->time = now();
  return it;
}

vmlet_opened_span vmlet_open_span(const char *name, const char *target) {
  vmlet_opened_span span = {0, current};
  if (!(vmlet_wishes & VMLET_WISH_TRACE)) return span;
  record *it = next(OPEN, name, target);
  span.parent = current;
  span.id = it->id = current = ++last_id;
  return span;
}

void vmlet_close_span(const vmlet_opened_span *span) {
  if (!span->id) return;
  record *it = next(CLOSE, "", "");
  it->id = span->id;
  current = span->parent;
}

void vmlet_trace_event(const char *name, const char *format, ...) {
  if (!(vmlet_wishes & VMLET_WISH_TRACE)) return;
  char text[VMLET_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  size_t size = vmlet_format_message(text, format, args);
  va_end(args);
  record *it = next(EVENT, name, "");
  if (size > TEXT_MAX) size = vmlet_clean_text(text, TEXT_MAX, true);
  memcpy(it->text, text, size);
  it->size = (uint8_t)size;
}
