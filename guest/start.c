// The start code of every vmlet guest: initialisation, dispatch, and the messages between guest and host.
//
// The host is trusted, but every bound of its messages is checked all the same: a wrong message ends the call and
// touches nothing else.
#include "vmlet.h"

enum { PORT_CALL_FUNCTION = 101, PORT_ABORT = 102, PORT_HALT = 108 };

// What the host tells the guest (Hyperlight v0.11, process environment block).
typedef struct { uint64_t size, address; } span;
typedef struct {
  uint64_t cookie_seed, dispatch, code;
  span input, output, init_data, heap;
  uint64_t stack_low, stack_high;
  span host_functions;
} environment;

static environment *peb;
static uint64_t seed;

static inline void out8(uint16_t port, uint8_t value) {
  __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
static inline void out32(uint16_t port, uint32_t value) {
  __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

// A call can end at any depth: the host sets all registers anew for the next one.
__attribute__((noreturn)) static void halt(void) {
  for (;;) out8(PORT_HALT, 0);
}

// --- what compilers call ------------------------------------------------------------------------------------------

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  void *start = to;
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
  return start;
}

void *memmove(void *to, const void *from, size_t size) {
  if ((uintptr_t)to - (uintptr_t)from >= size) return memcpy(to, from, size);
  uint8_t *end = (uint8_t *)to + size - 1;
  const uint8_t *last = (const uint8_t *)from + size - 1;
  __asm__ volatile("std; rep movsb; cld" : "+D"(end), "+S"(last), "+c"(size) : : "memory");
  return to;
}

void *memset(void *to, int value, size_t size) {
  void *start = to;
  __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
  return start;
}

int memcmp(const void *left, const void *right, size_t size) {
  const uint8_t *a = left, *b = right;
  for (size_t i = 0; i < size; i++)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

size_t strlen(const char *text) {
  size_t size = 0;
  while (text[size]) size++;
  return size;
}

// --- formatting ---------------------------------------------------------------------------------------------------

typedef struct { char *to; size_t size, capacity; } printer;

static void put(printer *out, char c) {
  if (out->size < out->capacity) out->to[out->size] = c;
  out->size++;
}

static void put_number(printer *out, uint64_t value, unsigned base, bool negative, int width, bool zeroes) {
  char digits[24];
  int count = 0;
  do digits[count++] = "0123456789abcdef"[value % base];
  while (value /= base);
  int length = count + negative;
  if (!zeroes) for (; width > length; width--) put(out, ' ');
  if (negative) put(out, '-');
  if (zeroes) for (; width > length; width--) put(out, '0');
  while (count) put(out, digits[--count]);
}

// Returns the length that the whole text has; writes at most `capacity` bytes and no zero byte.
static size_t format_into(char *to, size_t capacity, const char *format, va_list args) {
  printer out = {to, 0, capacity};
  for (; *format; format++) {
    if (*format != '%') {
      put(&out, *format);
      continue;
    }
    bool zeroes = format[1] == '0';
    int width = 0, longs = 0;
    while (*++format >= '0' && *format <= '9') width = width * 10 + (*format - '0');
    for (; *format == 'l' || *format == 'z'; format++) longs++;
    switch (*format) {
      case 's': {
        const char *text = va_arg(args, const char *);
        for (text = text ? text : "(null)"; *text; text++) put(&out, *text);
        break;
      }
      case 'c': put(&out, (char)va_arg(args, int)); break;
      case 'd': case 'i': {
        int64_t value = longs ? va_arg(args, int64_t) : va_arg(args, int);
        put_number(&out, value < 0 ? -(uint64_t)value : (uint64_t)value, 10, value < 0, width, zeroes);
        break;
      }
      case 'u': case 'x': {
        uint64_t value = longs ? va_arg(args, uint64_t) : va_arg(args, unsigned);
        put_number(&out, value, *format == 'u' ? 10 : 16, false, width, zeroes);
        break;
      }
      case 'p':
        put(&out, '0');
        put(&out, 'x');
        put_number(&out, (uint64_t)va_arg(args, void *), 16, false, width, zeroes);
        break;
      case '%': put(&out, '%'); break;
      case 0: return out.size;
      default: put(&out, '%'); put(&out, *format);
    }
  }
  return out.size;
}

enum { MESSAGE_MAX = 1000 };

static size_t format_message(char *to, const char *format, va_list args) {
  size_t size = format_into(to, MESSAGE_MAX, format, args);
  return size < MESSAGE_MAX ? size : MESSAGE_MAX;
}

void vmlet_abort(int code, const char *format, ...) {
  // The code, the text and a byte that ends it, three to a word.
  char bytes[MESSAGE_MAX + 2];
  va_list args;
  va_start(args, format);
  size_t size = 1 + format_message(bytes + 1, format, args);
  va_end(args);
  bytes[0] = (char)code;
  bytes[size++] = (char)0xff;
  for (size_t i = 0; i < size; i += 3) {
    uint32_t word = size - i < 3 ? (uint32_t)(size - i) : 3;
    for (uint32_t j = 0, count = word; j < count; j++) word |= (uint32_t)(uint8_t)bytes[i + j] << (8 * (j + 1));
    out32(PORT_ABORT, word);
  }
  halt();
}

// --- reading messages ---------------------------------------------------------------------------------------------
//
// A message is a size-prefixed FlatBuffer. Offsets are followed only inside of it.

typedef struct { const uint8_t *start; uint32_t size; } message;

__attribute__((noreturn)) static void broken(void) {
  vmlet_abort(VMLET_UNKNOWN_ERROR, "the host sent a message that breaks the format");
}

static void need(const message *m, uint64_t at, uint64_t size) {
  if (at + size > m->size) broken();
}
static uint8_t get8(const message *m, uint32_t at) { need(m, at, 1); return m->start[at]; }
static uint16_t get16(const message *m, uint32_t at) {
  uint16_t value;
  need(m, at, sizeof value);
  __builtin_memcpy(&value, m->start + at, sizeof value);
  return value;
}
static uint32_t get32(const message *m, uint32_t at) {
  uint32_t value;
  need(m, at, sizeof value);
  __builtin_memcpy(&value, m->start + at, sizeof value);
  return value;
}
static uint64_t get64(const message *m, uint32_t at) { return get32(m, at) | (uint64_t)get32(m, at + 4) << 32; }

static uint32_t follow(const message *m, uint32_t at) {
  uint64_t target = (uint64_t)at + get32(m, at);
  need(m, target, 4);
  return (uint32_t)target;
}

// The place of a field in a table, or 0.
static uint32_t field(const message *m, uint32_t table, uint32_t id) {
  int64_t vtable = (int64_t)table - (int32_t)get32(m, table);
  if (vtable < 0 || vtable > m->size) broken();
  if (4 + id * 2 + 2 > get16(m, (uint32_t)vtable)) return 0;
  uint16_t offset = get16(m, (uint32_t)vtable + 4 + id * 2);
  return offset ? table + offset : 0;
}

static uint32_t child(const message *m, uint32_t table, uint32_t id) {
  uint32_t at = field(m, table, id);
  if (!at) broken();
  return follow(m, at);
}

static vmlet_value get_bytes(const message *m, uint32_t table, uint32_t id) {
  vmlet_value value;
  uint32_t vector = child(m, table, id);
  value.bytes.size = get32(m, vector);
  need(m, (uint64_t)vector + 4, value.bytes.size);
  value.bytes.data = m->start + vector + 4;
  return value;
}

// The value in a table such as `hlint`; a field that is absent is zero.
static vmlet_value get_value(const message *m, uint32_t table, uint8_t type, bool is_result) {
  vmlet_value value = vmlet_from_none();
  uint32_t at = field(m, table, 0);
  switch (type) {
    case VMLET_TAG_i32: case VMLET_TAG_u32: case VMLET_TAG_f32:
      if (at) value.u32 = get32(m, at);
      break;
    case VMLET_TAG_i64: case VMLET_TAG_u64: case VMLET_TAG_f64:
      if (at) value.u64 = get64(m, at);
      break;
    case VMLET_TAG_bool:
      if (at) value.boolean = get8(m, at) != 0;
      break;
    case VMLET_TAG_string:
      return get_bytes(m, table, 0);
    case VMLET_TAG_buffer:
      return get_bytes(m, table, is_result ? 1 : 0);
  }
  return value;
}

// The message on top of the input stack.
static message top_of_input(uint32_t *element) {
  const uint8_t *stack = (const uint8_t *)peb->input.address;
  uint64_t pointer = *(const uint64_t *)stack;
  if (pointer < 16 || pointer > peb->input.size) broken();
  uint64_t start;
  __builtin_memcpy(&start, stack + pointer - 8, 8);
  if (start < 8 || start + 12 > pointer) broken();
  message whole = {stack + start, (uint32_t)(pointer - 8 - start)};
  uint64_t size = (uint64_t)get32(&whole, 0) + 4;
  if (size > whole.size) broken();
  whole.size = (uint32_t)size;
  *element = (uint32_t)start;
  return whole;
}

// --- writing messages ---------------------------------------------------------------------------------------------

typedef struct { uint8_t *start; uint64_t at, capacity; } writer;

static uint64_t reserve(writer *w, uint64_t size) {
  uint64_t at = w->at;
  if (size > w->capacity - at)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "the message needs %lu bytes and the output buffer has %lu", at + size, w->capacity);
  w->at = (at + size + 3) & ~(uint64_t)3;
  if (w->at > w->capacity) w->at = w->capacity;
  return at;
}

static void set8(writer *w, uint64_t at, uint8_t value) { w->start[at] = value; }
static void set16(writer *w, uint64_t at, uint16_t value) { __builtin_memcpy(w->start + at, &value, sizeof value); }
static void set32(writer *w, uint64_t at, uint32_t value) { __builtin_memcpy(w->start + at, &value, sizeof value); }
static void set64(writer *w, uint64_t at, uint64_t value) { __builtin_memcpy(w->start + at, &value, sizeof value); }
static void link(writer *w, uint64_t at, uint64_t target) { set32(w, at, (uint32_t)(target - at)); }

// Starts a message on top of the output stack, with a size and a root that are filled in later.
static writer begin_message(void) {
  uint8_t *stack = (uint8_t *)peb->output.address;
  uint64_t pointer = *(uint64_t *)stack;
  if (pointer < 8 || pointer > peb->output.size - 16) broken();
  // The last 8 bytes are for the back pointer.
  writer w = {stack + pointer, 0, peb->output.size - pointer - 8};
  reserve(&w, 8);
  return w;
}

static void end_message(writer *w) {
  uint8_t *stack = (uint8_t *)peb->output.address;
  uint64_t pointer = *(uint64_t *)stack;
  uint64_t size = (w->at + 7) & ~(uint64_t)7;
  if (size > w->capacity) vmlet_abort(VMLET_UNKNOWN_ERROR, "the message does not fit into the output buffer");
  set32(w, 0, (uint32_t)size - 4);
  __builtin_memcpy(stack + pointer + size, &pointer, 8);
  *(uint64_t *)stack = pointer + size + 8;
}

// A table with its vtable before it; `offsets` are the places of its fields. `wide` puts offset 4 at a multiple of 8.
static uint64_t put_table(writer *w, uint32_t size, const uint8_t *offsets, uint32_t count, bool wide) {
  uint64_t vtable = reserve(w, 4 + count * 2);
  set16(w, vtable, (uint16_t)(4 + count * 2));
  set16(w, vtable + 2, (uint16_t)size);
  for (uint32_t i = 0; i < count; i++) set16(w, vtable + 4 + i * 2, offsets[i]);
  if (wide && w->at % 8 == 0) reserve(w, 4);
  uint64_t table = reserve(w, size);
  __builtin_memset(w->start + table, 0, size);
  set32(w, table, (uint32_t)(table - vtable));
  return table;
}

// A vector of bytes; bytes that already stand at its place (see vmlet_result) are not copied.
static uint64_t put_bytes(writer *w, const void *data, uint64_t size, bool is_text) {
  uint64_t at = reserve(w, 4 + size + is_text);
  set32(w, at, (uint32_t)size);
  if (data != w->start + at + 4) memmove(w->start + at + 4, data, size);
  if (is_text) w->start[at + 4 + size] = 0;
  return at;
}

static uint64_t put_value(writer *w, uint8_t type, vmlet_value value, bool is_result) {
  static const uint8_t at4[] = {4}, size_and_bytes[] = {4, 8};
  switch (type) {
    case VMLET_TAG_void:
      return put_table(w, 4, at4, 0, false);
    case VMLET_TAG_i64: case VMLET_TAG_u64: case VMLET_TAG_f64: {
      uint64_t table = put_table(w, 12, at4, 1, true);
      set64(w, table + 4, value.u64);
      return table;
    }
    case VMLET_TAG_bool: {
      uint64_t table = put_table(w, 8, at4, 1, false);
      set8(w, table + 4, value.boolean);
      return table;
    }
    case VMLET_TAG_string: {
      uint64_t table = put_table(w, 8, at4, 1, false);
      link(w, table + 4, put_bytes(w, value.bytes.data, value.bytes.size, true));
      return table;
    }
    case VMLET_TAG_buffer: {
      if (!is_result) {
        uint64_t table = put_table(w, 8, at4, 1, false);
        link(w, table + 4, put_bytes(w, value.bytes.data, value.bytes.size, false));
        return table;
      }
      uint64_t table = put_table(w, 12, size_and_bytes, 2, false);
      set32(w, table + 4, (uint32_t)value.bytes.size);
      link(w, table + 8, put_bytes(w, value.bytes.data, value.bytes.size, false));
      return table;
    }
    default: {
      uint64_t table = put_table(w, 8, at4, 1, false);
      set32(w, table + 4, value.u32);
      return table;
    }
  }
}

enum { RESULT_VALUE = 1, RESULT_ERROR = 2, CALL_OF_GUEST = 1, CALL_OF_HOST = 2 };

// FunctionCallResult: result_type, result.
static writer begin_result(uint8_t kind, uint64_t *root) {
  static const uint8_t fields[] = {8, 4};
  writer w = begin_message();
  *root = put_table(&w, 12, fields, 2, false);
  link(&w, 4, *root);
  set8(&w, *root + 8, kind);
  return w;
}

// ReturnValueBox: value_type, value. Of the union's members only void and buffer differ from those of parameters.
static writer begin_value(uint8_t type, uint64_t *box) {
  static const uint8_t fields[] = {8, 4};
  uint64_t root;
  writer w = begin_result(RESULT_VALUE, &root);
  *box = put_table(&w, 12, fields, 2, false);
  link(&w, root + 4, *box);
  set8(&w, *box + 8, type == VMLET_TAG_void ? 9 : type == VMLET_TAG_buffer ? 10 : type);
  return w;
}

uint8_t *vmlet_result(size_t size) {
  // Where put_value will put the bytes: a rehearsal with none.
  uint64_t box;
  writer w = begin_value(VMLET_TAG_buffer, &box);
  vmlet_value none = vmlet_from_none();
  put_value(&w, VMLET_TAG_buffer, none, true);
  if (size + 8 > w.capacity - w.at)
    vmlet_abort(VMLET_UNKNOWN_ERROR, "a result of %zu bytes does not fit into the output buffer", size);
  return w.start + w.at;
}

static void put_result(uint8_t type, vmlet_value value) {
  uint64_t box;
  writer w = begin_value(type, &box);
  link(&w, box + 4, put_value(&w, type, value, true));
  end_message(&w);
}

__attribute__((noreturn)) static void fail_with(uint64_t code, const char *text, size_t size) {
  // GuestError: code, message. What the call left on the output stack is dropped.
  static const uint8_t fields[] = {4, 12};
  *(uint64_t *)peb->output.address = 8;
  uint64_t root;
  writer w = begin_result(RESULT_ERROR, &root);
  uint64_t error = put_table(&w, 16, fields, 2, true);
  link(&w, root + 4, error);
  set64(&w, error + 4, code);
  link(&w, error + 12, put_bytes(&w, text, size, true));
  end_message(&w);
  halt();
}

void vmlet_fail(uint64_t code, const char *format, ...) {
  char text[MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  size_t size = format_message(text, format, args);
  va_end(args);
  fail_with(code, text, size);
}

vmlet_string vmlet_text(const char *text) {
  vmlet_string string = {text, strlen(text)};
  return string;
}

// --- calls --------------------------------------------------------------------------------------------------------

// The enumeration ReturnType, by the tags of values.
static uint8_t return_type(uint8_t tag) {
  return tag == VMLET_TAG_void ? 8 : tag == VMLET_TAG_buffer ? 9 : (uint8_t)(tag - 1);
}

// Where the input stack ends for the exported function: the call's own message stays below it.
static uint64_t input_floor;

vmlet_value vmlet_call_host(const char *name, uint8_t result, uint8_t count, const uint8_t *types, const vmlet_value *p) {
  // FunctionCall: function_name, parameters, function_call_type, expected_return_type.
  static const uint8_t call_fields[] = {4, 8, 12, 13}, parameter_fields[] = {8, 4};
  writer w = begin_message();
  uint64_t call = put_table(&w, 16, call_fields, 4, false);
  link(&w, 4, call);
  set8(&w, call + 12, CALL_OF_HOST);
  set8(&w, call + 13, return_type(result));
  link(&w, call + 4, put_bytes(&w, name, strlen(name), true));
  uint64_t vector = reserve(&w, 4 + count * 4);
  link(&w, call + 8, vector);
  set32(&w, vector, count);
  for (uint32_t i = 0; i < count; i++) {
    uint64_t parameter = put_table(&w, 12, parameter_fields, 2, false);
    link(&w, vector + 4 + i * 4, parameter);
    set8(&w, parameter + 8, types[i]);
    link(&w, parameter + 4, put_value(&w, types[i], p[i], false));
  }
  end_message(&w);
  // The last import's result is dropped now, so that its bytes stayed until here.
  *(uint64_t *)peb->input.address = input_floor;
  out8(PORT_CALL_FUNCTION, 0);

  uint32_t element;
  message answer = top_of_input(&element);
  uint32_t root = follow(&answer, 4);
  uint32_t kind_at = field(&answer, root, 0);
  uint32_t box = child(&answer, root, 1);
  uint8_t kind = kind_at ? get8(&answer, kind_at) : 0;
  if (kind == RESULT_ERROR) {
    uint32_t code = field(&answer, box, 0);
    vmlet_value text = get_bytes(&answer, box, 1);
    fail_with(code ? get64(&answer, code) : 0, text.bytes.data, text.bytes.size);
  }
  if (kind != RESULT_VALUE) broken();
  return get_value(&answer, child(&answer, box, 1), result, true);
}

extern const vmlet_export __start_vmlet_exports[] __attribute__((weak, visibility("hidden")));
extern const vmlet_export __stop_vmlet_exports[] __attribute__((weak, visibility("hidden")));

static bool same_name(const char *name, vmlet_value other) {
  const char *text = other.bytes.data;
  size_t i = 0;
  for (; i < other.bytes.size && name[i]; i++)
    if (name[i] != text[i]) return false;
  return i == other.bytes.size && !name[i];
}

static void dispatch(void) {
  uint32_t element;
  message call = top_of_input(&element);
  input_floor = *(uint64_t *)peb->input.address;
  uint32_t root = follow(&call, 4);
  vmlet_value name = get_bytes(&call, root, 0);
  const vmlet_export *export = __start_vmlet_exports;
  while (export < __stop_vmlet_exports && !same_name(export->name, name)) export++;
  if (export == __stop_vmlet_exports) fail_with(VMLET_FUNCTION_NOT_FOUND, name.bytes.data, name.bytes.size);

  uint32_t vector_at = field(&call, root, 1);
  uint32_t vector = vector_at ? follow(&call, vector_at) : 0;
  uint32_t count = vector_at ? get32(&call, vector) : 0;
  if (count != export->count)
    vmlet_fail(VMLET_WRONG_PARAMETER_COUNT, "Called function %s with %u parameters but it takes %u.", export->name, count,
               export->count);
  vmlet_value values[VMLET_MAX_PARAMETERS];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t parameter = follow(&call, vector + 4 + i * 4);
    uint32_t tag_at = field(&call, parameter, 0);
    uint8_t tag = tag_at ? get8(&call, tag_at) : 0;
    if (tag != export->types[i])
      vmlet_fail(VMLET_WRONG_PARAMETER_TYPE, "Expected parameter type %u for parameter index %u of function %s but got %u.",
                 export->types[i], i, export->name, tag);
    values[i] = get_value(&call, child(&call, parameter, 1), tag, false);
  }
  put_result(export->result, export->invoke(values));
  *(uint64_t *)peb->input.address = element;
}

typedef void (*constructor)(void);
extern const constructor __init_array_start[] __attribute__((weak, visibility("hidden")));
extern const constructor __init_array_end[] __attribute__((weak, visibility("hidden")));

// Where the host enters first; it returns to the host's entry code.
__attribute__((used, visibility("default"))) void vmlet_start(environment *block, uint64_t random, uint64_t page_size, uint64_t log_level) {
  (void)page_size, (void)log_level;
  peb = block;
  seed = random;
  for (const constructor *it = __init_array_start; it < __init_array_end; it++) (*it)();
  peb->dispatch = (uint64_t)dispatch;
}

// Says which kind of guest this file is, for the host: version 1 of guests that run at ring 3.
__attribute__((used, retain, aligned(4), section(".note.vmlet"))) static const struct {
  uint32_t name_size, size, type;
  char name[8];
  uint32_t version, ring;
} note = {6, 8, 1, "vmlet", 1, 3};
