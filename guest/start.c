// Where the host enters a guest: initialisation, the dispatch of calls, and their ends.
#include "kit.h"

#include <string.h>

vmlet_environment *vmlet_block;
uint64_t vmlet_seed;
void (*vmlet_before_end)(void), (*vmlet_flush_trace)(void);
uint64_t vmlet_wishes;
uint32_t vmlet_calls;

// Where the input stack ends for the exported function: the call's own message stays below it.
static uint64_t input_floor = 8;

void vmlet_halt(void) {
  for (;;) vmlet_tell_end();
}

static void before_end(void) {
  void (*once)(void) = vmlet_before_end;
  vmlet_before_end = 0;
  if (once) once();
  once = vmlet_flush_trace;
  vmlet_flush_trace = 0;
  if (once) once();
}

vmlet_string vmlet_text(const char *text) {
  vmlet_string string = {text, strlen(text)};
  return string;
}

void vmlet_abort(int code, const char *format, ...) {
  // The code, the text and a byte that ends it, three to a word.
  char bytes[VMLET_MESSAGE_MAX + 2];
  va_list args;
  va_start(args, format);
  size_t size = 1 + vmlet_format_message(bytes + 1, format, args);
  va_end(args);
  before_end();
  bytes[0] = (char)code;
  bytes[size++] = (char)0xff;
  for (size_t i = 0; i < size; i += 3) {
    uint32_t word = size - i < 3 ? (uint32_t)(size - i) : 3;
    for (uint32_t j = 0, count = word; j < count; j++) word |= (uint32_t)(uint8_t)bytes[i + j] << (8 * (j + 1));
    vmlet_out32(VMLET_PORT_ABORT, word);
  }
  vmlet_halt();
}

void vmlet_fail_with(uint64_t code, const char *text, size_t size) {
  before_end();
  vmlet_put_error(code, text, size);
  vmlet_halt();
}

void vmlet_fail(uint64_t code, const char *format, ...) {
  char text[VMLET_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  size_t size = vmlet_format_message(text, format, args);
  va_end(args);
  vmlet_fail_with(code, text, size);
}

// --- calls --------------------------------------------------------------------------------------------------------

// The enumeration ReturnType, by the tags of values.
static uint8_t return_type(uint8_t tag) {
  return tag == VMLET_TAG_void ? 8 : tag == VMLET_TAG_buffer ? 9 : (uint8_t)(tag - 1);
}

vmlet_value vmlet_call_host(const char *name, uint8_t result, uint8_t count, const uint8_t *types, const vmlet_value *p) {
  enum { CALL_OF_HOST = 2, RESULT_VALUE = 1, RESULT_ERROR = 2 };
  // FunctionCall: function_name, parameters, function_call_type, expected_return_type.
  static const uint8_t call_fields[] = {4, 8, 12, 13}, parameter_fields[] = {8, 4};
  uint64_t output_pointer = *(const uint64_t *)vmlet_block->output.address;
  vmlet_writer w = vmlet_begin_message();
  uint64_t call = vmlet_put_table(&w, 16, call_fields, 4, false);
  vmlet_link(&w, 4, call);
  vmlet_set8(&w, call + 12, CALL_OF_HOST);
  vmlet_set8(&w, call + 13, return_type(result));
  vmlet_link(&w, call + 4, vmlet_put_bytes(&w, name, strlen(name), true));
  uint64_t vector = vmlet_reserve(&w, 4 + count * 4);
  vmlet_link(&w, call + 8, vector);
  vmlet_set32(&w, vector, count);
  for (uint32_t i = 0; i < count; i++) {
    uint64_t parameter = vmlet_put_table(&w, 12, parameter_fields, 2, false);
    vmlet_link(&w, vector + 4 + i * 4, parameter);
    vmlet_set8(&w, parameter + 8, types[i]);
    vmlet_link(&w, parameter + 4, vmlet_put_value(&w, types[i], p[i], false));
  }
  vmlet_end_message(&w);
  // The last import's result is dropped now, so that its bytes stayed until here.
  *(uint64_t *)vmlet_block->input.address = input_floor;
  vmlet_out8(VMLET_PORT_CALL_FUNCTION, 0);
  vmlet_message_done(output_pointer);

  uint64_t element;
  vmlet_message answer = vmlet_top_of_input(&element);
  uint32_t root = vmlet_follow(&answer, 4);
  uint32_t kind_at = vmlet_field(&answer, root, 0);
  uint32_t box = vmlet_child(&answer, root, 1);
  uint8_t kind = kind_at ? vmlet_get8(&answer, kind_at) : 0;
  if (kind == RESULT_ERROR) {
    uint32_t code = vmlet_field(&answer, box, 0);
    vmlet_value text = vmlet_get_bytes(&answer, box, 1);
    vmlet_fail_with(code ? vmlet_get64(&answer, code) : 0, (const char *)text.bytes.data, text.bytes.size);
  }
  if (kind != RESULT_VALUE) vmlet_broken();
  return vmlet_get_value(&answer, vmlet_child(&answer, box, 1), result, true);
}

extern const vmlet_export __start_vmlet_exports[] __attribute__((weak, visibility("hidden")));
extern const vmlet_export __stop_vmlet_exports[] __attribute__((weak, visibility("hidden")));

static bool same_name(const char *name, vmlet_value other) {
  const char *text = (const char *)other.bytes.data;
  size_t i = 0;
  for (; i < other.bytes.size && name[i]; i++)
    if (name[i] != text[i]) return false;
  return i == other.bytes.size && !name[i];
}

// Takes what the host wants of this call; a host that does not say, as Hyperlight's, wants what it wanted before.
static void heed(uint64_t wishes) {
  vmlet_calls++;
  if (!(wishes & 1)) return;
  vmlet_wishes = wishes;
  uint32_t level = wishes >> 8 & 0xff;
  vmlet_log_threshold = VMLET_LOG_ERROR + 1 - (int)(level < 5 ? level : 5);
}

static void dispatch(uint64_t wishes) {
  heed(wishes);
  uint64_t element;
  vmlet_message call = vmlet_top_of_input(&element);
  input_floor = *(uint64_t *)vmlet_block->input.address;
  vmlet_forget_result();
  uint32_t root = vmlet_follow(&call, 4);
  vmlet_value name = vmlet_get_bytes(&call, root, 0);
  const vmlet_export *export = __start_vmlet_exports;
  while (export < __stop_vmlet_exports && !same_name(export->name, name)) export++;
  if (export == __stop_vmlet_exports)
    vmlet_fail_with(VMLET_FUNCTION_NOT_FOUND, (const char *)name.bytes.data, name.bytes.size);

  uint32_t vector_at = vmlet_field(&call, root, 1);
  uint32_t vector = vector_at ? vmlet_follow(&call, vector_at) : 0;
  uint32_t count = vector_at ? vmlet_get32(&call, vector) : 0;
  if (count != export->count)
    vmlet_fail(VMLET_WRONG_PARAMETER_COUNT, "Called function %s with %u parameters but it takes %u.", export->name, count,
               export->count);
  vmlet_value values[VMLET_MAX_PARAMETERS];
  for (uint32_t i = 0; i < count; i++) {
    uint32_t parameter = vmlet_follow(&call, vector + 4 + i * 4);
    uint32_t tag_at = vmlet_field(&call, parameter, 0);
    uint8_t tag = tag_at ? vmlet_get8(&call, tag_at) : 0;
    if (tag != export->types[i])
      vmlet_fail(VMLET_WRONG_PARAMETER_TYPE, "Expected parameter type %u for parameter index %u of function %s but got %u.",
                 export->types[i], i, export->name, tag);
    values[i] = vmlet_get_value(&call, vmlet_child(&call, parameter, 1), tag, false);
  }
  vmlet_value result = export->invoke(values);
  before_end();
  vmlet_put_result(export->result, result);
  *(uint64_t *)vmlet_block->input.address = element;
  if (VMLET_RING == 0) vmlet_halt();
}

// --- initialisation -----------------------------------------------------------------------------------------------

typedef void (*constructor)(void);
extern const constructor __init_array_start[] __attribute__((weak, visibility("hidden")));
extern const constructor __init_array_end[] __attribute__((weak, visibility("hidden")));

int vmlet_log_threshold = VMLET_LOG_ERROR + 1;

// Where the host enters first. At ring 3 this and `dispatch` return to the host's entry code; at ring 0 nobody called
// them. The log's level is 0 for none up to 5 for all.
__attribute__((used, visibility("default"))) void vmlet_start(vmlet_environment *block, uint64_t seed, uint64_t page_size,
                                                              uint64_t log_level, uint64_t wishes) {
  (void)page_size;
  vmlet_block = block;
  vmlet_seed = seed;
  vmlet_take_machine();
  vmlet_log_threshold = VMLET_LOG_ERROR + 1 - (int)(log_level < 5 ? log_level : 5);
  heed(wishes);
  for (const constructor *it = __init_array_start; it < __init_array_end; it++) (*it)();
  before_end();
  block->dispatch = (uint64_t)dispatch;
  if (VMLET_RING == 0) vmlet_halt();
}

// Says which kind of guest this file is, for the host: the kit's version, and the ring.
__attribute__((used, retain, aligned(4), section(".note.vmlet"))) static const struct {
  uint32_t name_size, size, type;
  char name[8];
  uint32_t version, ring;
} note = {6, 8, 1, "vmlet", 1, VMLET_RING};
