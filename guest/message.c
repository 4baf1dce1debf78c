// Messages between guest and host: FlatBuffers on the input and the output stack, as Hyperlight v0.11 has them.
//
// The host is trusted, but every bound of its messages is checked all the same: a wrong message ends the call and
// touches nothing else.
#include "kit.h"

#include <string.h>

// --- reading ------------------------------------------------------------------------------------------------------

void vmlet_broken(void) {
  vmlet_abort(VMLET_UNKNOWN_ERROR, "the host sent a message that breaks the format");
}

static void need(const vmlet_message *m, uint64_t at, uint64_t size) {
  if (at + size > m->size) vmlet_broken();
}
uint8_t vmlet_get8(const vmlet_message *m, uint32_t at) {
  need(m, at, 1);
  return m->start[at];
}
static uint16_t get16(const vmlet_message *m, uint32_t at) {
  uint16_t value;
  need(m, at, sizeof value);
  memcpy(&value, m->start + at, sizeof value);
  return value;
}
uint32_t vmlet_get32(const vmlet_message *m, uint32_t at) {
  uint32_t value;
  need(m, at, sizeof value);
  memcpy(&value, m->start + at, sizeof value);
  return value;
}
uint64_t vmlet_get64(const vmlet_message *m, uint32_t at) {
  uint64_t value;
  need(m, at, sizeof value);
  memcpy(&value, m->start + at, sizeof value);
  return value;
}

uint32_t vmlet_follow(const vmlet_message *m, uint32_t at) {
  uint64_t target = (uint64_t)at + vmlet_get32(m, at);
  need(m, target, 4);
  return (uint32_t)target;
}

uint32_t vmlet_field(const vmlet_message *m, uint32_t table, uint32_t id) {
  int64_t vtable = (int64_t)table - (int32_t)vmlet_get32(m, table);
  if (vtable < 0 || vtable > m->size) vmlet_broken();
  if (4 + id * 2 + 2 > get16(m, (uint32_t)vtable)) return 0;
  uint16_t offset = get16(m, (uint32_t)vtable + 4 + id * 2);
  return offset ? table + offset : 0;
}

uint32_t vmlet_child(const vmlet_message *m, uint32_t table, uint32_t id) {
  uint32_t at = vmlet_field(m, table, id);
  if (!at) vmlet_broken();
  return vmlet_follow(m, at);
}

vmlet_value vmlet_get_bytes(const vmlet_message *m, uint32_t table, uint32_t id) {
  vmlet_value value;
  uint32_t vector = vmlet_child(m, table, id);
  value.bytes.size = vmlet_get32(m, vector);
  need(m, (uint64_t)vector + 4, value.bytes.size);
  value.bytes.data = m->start + vector + 4;
  return value;
}

vmlet_value vmlet_get_value(const vmlet_message *m, uint32_t table, uint8_t type, bool is_result) {
  vmlet_value value = vmlet_from_none();
  uint32_t at = vmlet_field(m, table, 0);
  switch (type) {
    case VMLET_TAG_i32: case VMLET_TAG_u32: case VMLET_TAG_f32:
      if (at) value.u32 = vmlet_get32(m, at);
      break;
    case VMLET_TAG_i64: case VMLET_TAG_u64: case VMLET_TAG_f64:
      if (at) value.u64 = vmlet_get64(m, at);
      break;
    case VMLET_TAG_bool:
      if (at) value.boolean = vmlet_get8(m, at) != 0;
      break;
    case VMLET_TAG_string:
      return vmlet_get_bytes(m, table, 0);
    case VMLET_TAG_buffer:
      return vmlet_get_bytes(m, table, is_result ? 1 : 0);
  }
  return value;
}

vmlet_message vmlet_top_of_input(uint64_t *element) {
  const uint8_t *stack = (const uint8_t *)vmlet_block->input.address;
  uint64_t pointer = *(const uint64_t *)stack;
  if (pointer < 16 || pointer > vmlet_block->input.size) vmlet_broken();
  uint64_t start;
  memcpy(&start, stack + pointer - 8, 8);
  if (start < 8 || start > pointer - 12) vmlet_broken();
  vmlet_message whole = {stack + start, (uint32_t)(pointer - 8 - start)};
  uint64_t size = (uint64_t)vmlet_get32(&whole, 0) + 4;
  if (size > whole.size) vmlet_broken();
  whole.size = (uint32_t)size;
  *element = start;
  return whole;
}

// --- writing ------------------------------------------------------------------------------------------------------

// Where in the output stack the place ends that vmlet_result gave out, or 0. Other messages go above it.
static uint64_t result_end;

void vmlet_forget_result(void) { result_end = 0; }

static vmlet_writer begin_at(uint64_t pointer) {
  vmlet_span output = vmlet_block->output;
  if (pointer < 8 || pointer > output.size - 16)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "the output buffer of %lu bytes is full", output.size);
  // The last 8 bytes are for the back pointer. A size and a root are filled in later.
  vmlet_writer w = {(uint8_t *)output.address + pointer, 0, output.size - pointer - 8, pointer};
  vmlet_reserve(&w, 8);
  return w;
}

static uint64_t output_pointer(void) { return *(const uint64_t *)vmlet_block->output.address; }

vmlet_writer vmlet_begin_result_message(void) { return begin_at(output_pointer()); }

vmlet_writer vmlet_begin_message(void) {
  uint64_t pointer = output_pointer();
  return begin_at(pointer < result_end ? result_end : pointer);
}

uint64_t vmlet_room(void) {
  uint64_t pointer = output_pointer(), size = vmlet_block->output.size;
  if (pointer < result_end) pointer = result_end;
  return pointer < 8 || pointer > size ? 0 : size - pointer;
}

void vmlet_end_message(vmlet_writer *w) {
  uint8_t *stack = (uint8_t *)vmlet_block->output.address;
  uint64_t size = (w->at + 7) & ~(uint64_t)7;
  if (size > w->capacity) vmlet_abort(VMLET_UNKNOWN_ERROR, "the message does not fit into the output buffer");
  vmlet_set32(w, 0, (uint32_t)size - 4);
  memcpy(w->start + size, &w->element, 8);
  *(uint64_t *)stack = w->element + size + 8;
}

void vmlet_message_done(uint64_t pointer) { *(uint64_t *)vmlet_block->output.address = pointer; }

uint64_t vmlet_reserve(vmlet_writer *w, uint64_t size) {
  uint64_t at = w->at;
  if (size > w->capacity - at)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "a message of %lu bytes does not fit into the output buffer, which has %lu for it",
                at + size, w->capacity);
  w->at = (at + size + 3) & ~(uint64_t)3;
  if (w->at > w->capacity) w->at = w->capacity;
  return at;
}

static void set16(vmlet_writer *w, uint64_t at, uint16_t value) { memcpy(w->start + at, &value, sizeof value); }
void vmlet_set8(vmlet_writer *w, uint64_t at, uint8_t value) { w->start[at] = value; }
void vmlet_set32(vmlet_writer *w, uint64_t at, uint32_t value) { memcpy(w->start + at, &value, sizeof value); }
void vmlet_set64(vmlet_writer *w, uint64_t at, uint64_t value) { memcpy(w->start + at, &value, sizeof value); }
void vmlet_link(vmlet_writer *w, uint64_t at, uint64_t target) { vmlet_set32(w, at, (uint32_t)(target - at)); }

uint64_t vmlet_put_table(vmlet_writer *w, uint32_t size, const uint8_t *offsets, uint32_t count, bool wide) {
  uint64_t vtable = vmlet_reserve(w, 4 + count * 2);
  set16(w, vtable, (uint16_t)(4 + count * 2));
  set16(w, vtable + 2, (uint16_t)size);
  for (uint32_t i = 0; i < count; i++) set16(w, vtable + 4 + i * 2, offsets[i]);
  if (wide && w->at % 8 == 0) vmlet_reserve(w, 4);
  uint64_t table = vmlet_reserve(w, size);
  memset(w->start + table, 0, size);
  vmlet_set32(w, table, (uint32_t)(table - vtable));
  return table;
}

uint64_t vmlet_put_bytes(vmlet_writer *w, const void *data, uint64_t size, bool is_text) {
  // A guest's function may have returned any size: the sum below must not wrap around.
  if (size > w->capacity)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "a string or buffer of %lu bytes does not fit into the output buffer", size);
  uint64_t at = vmlet_reserve(w, 4 + size + is_text);
  vmlet_set32(w, at, (uint32_t)size);
  if (size && data != w->start + at + 4) memmove(w->start + at + 4, data, size);
  if (is_text) w->start[at + 4 + size] = 0;
  return at;
}

uint64_t vmlet_put_value(vmlet_writer *w, uint8_t type, vmlet_value value, bool is_result) {
  static const uint8_t at4[] = {4}, size_and_bytes[] = {4, 8};
  uint64_t table;
  switch (type) {
    case VMLET_TAG_void:
      return vmlet_put_table(w, 4, at4, 0, false);
    case VMLET_TAG_i64: case VMLET_TAG_u64: case VMLET_TAG_f64:
      table = vmlet_put_table(w, 12, at4, 1, true);
      vmlet_set64(w, table + 4, value.u64);
      return table;
    case VMLET_TAG_bool:
      table = vmlet_put_table(w, 8, at4, 1, false);
      vmlet_set8(w, table + 4, value.boolean);
      return table;
    case VMLET_TAG_buffer:
      if (is_result) {
        table = vmlet_put_table(w, 12, size_and_bytes, 2, false);
        vmlet_set32(w, table + 4, (uint32_t)value.bytes.size);
        vmlet_link(w, table + 8, vmlet_put_bytes(w, value.bytes.data, value.bytes.size, false));
        return table;
      }
      // fall through
    case VMLET_TAG_string:
      table = vmlet_put_table(w, 8, at4, 1, false);
      vmlet_link(w, table + 4, vmlet_put_bytes(w, value.bytes.data, value.bytes.size, type == VMLET_TAG_string));
      return table;
    default:
      table = vmlet_put_table(w, 8, at4, 1, false);
      vmlet_set32(w, table + 4, value.u32);
      return table;
  }
}

enum { RESULT_VALUE = 1, RESULT_ERROR = 2 };

// FunctionCallResult: result_type, result.
static vmlet_writer begin_result(uint8_t kind, uint64_t *root) {
  static const uint8_t fields[] = {8, 4};
  vmlet_writer w = vmlet_begin_result_message();
  *root = vmlet_put_table(&w, 12, fields, 2, false);
  vmlet_link(&w, 4, *root);
  vmlet_set8(&w, *root + 8, kind);
  return w;
}

// ReturnValueBox: value_type, value. Of the union's members only void and buffer differ from those of parameters.
static vmlet_writer begin_value(uint8_t type, uint64_t *box) {
  static const uint8_t fields[] = {8, 4};
  uint64_t root;
  vmlet_writer w = begin_result(RESULT_VALUE, &root);
  *box = vmlet_put_table(&w, 12, fields, 2, false);
  vmlet_link(&w, root + 4, *box);
  vmlet_set8(&w, *box + 8, type == VMLET_TAG_void ? 9 : type == VMLET_TAG_buffer ? 10 : type);
  return w;
}

// Where vmlet_put_result will put the bytes: where the table ends that comes before them, and their length.
static uint8_t *result_place(uint8_t type, size_t size) {
  uint64_t box;
  vmlet_writer w = begin_value(type, &box);
  // The vtable and the table of hlsizeprefixedbuffer or hlstring, and the length.
  vmlet_reserve(&w, type == VMLET_TAG_buffer ? 8 : 6);
  vmlet_reserve(&w, type == VMLET_TAG_buffer ? 12 : 8);
  vmlet_reserve(&w, 4);
  // A zero byte behind a string, and what rounds the message up.
  if (w.capacity - w.at < 8 || size > w.capacity - w.at - 8)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "a result of %zu bytes does not fit into the output buffer", size);
  result_end = (w.element + w.at + size + 16 + 7) & ~(uint64_t)7;
  return w.start + w.at;
}

uint8_t *vmlet_result(size_t size) { return result_place(VMLET_TAG_buffer, size); }
char *vmlet_text_result(size_t size) { return (char *)result_place(VMLET_TAG_string, size); }

void vmlet_put_result(uint8_t type, vmlet_value value) {
  uint64_t box;
  vmlet_writer w = begin_value(type, &box);
  vmlet_link(&w, box + 4, vmlet_put_value(&w, type, value, true));
  vmlet_end_message(&w);
}

void vmlet_put_error(uint64_t code, const char *text, size_t size) {
  // GuestError: code, message. What the call left on the output stack is dropped.
  static const uint8_t fields[] = {4, 12};
  *(uint64_t *)vmlet_block->output.address = 8;
  uint64_t root;
  vmlet_writer w = begin_result(RESULT_ERROR, &root);
  uint64_t error = vmlet_put_table(&w, 16, fields, 2, true);
  vmlet_link(&w, root + 4, error);
  vmlet_set64(&w, error + 4, code);
  vmlet_link(&w, error + 12, vmlet_put_bytes(&w, text, size, true));
  vmlet_end_message(&w);
}
