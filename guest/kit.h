// kit.h: what the files of the kit share. Guests include vmlet.h alone.
#ifndef VMLET_KIT_H
#define VMLET_KIT_H

#include "vmlet.h"

enum {
  VMLET_PORT_LOG = 99,
  VMLET_PORT_CALL_FUNCTION = 101,
  VMLET_PORT_ABORT = 102,
  VMLET_PORT_TRACE = 104,
  VMLET_PORT_ALLOCATION = 105,
  VMLET_PORT_RELEASE = 106,
  VMLET_PORT_HALT = 108,
};

// Two kinds of guests are made of this kit. At ring 3 the machine is the host's: it has set all tables up, enters by code
// of its own and is told of the end by a port. With VMLET_RING0 the guest is one of Hyperlight v0.11, at ring 0: the
// machine is the guest's own, and HLT ends a run. What differs stands here, in ring0.c, and where a comment says so in
// string.c (no SSE) and math.c (no x87); numbers with a point are made by zig's library there.
#ifdef VMLET_RING0
enum { VMLET_RING = 0 };
#else
enum { VMLET_RING = 3 };
#endif

// An `out` costs as much as thousands of instructions: one for a message, not one for a byte.
static inline void vmlet_out8(uint16_t port, uint8_t value) {
  __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}
static inline void vmlet_out32(uint16_t port, uint32_t value) {
  __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

// A guest that brings its own function of this name has that one.
#define VMLET_LIBC __attribute__((weak))
// The same for functions that the compiler would otherwise recognize as themselves and replace by a call to themselves.
#define VMLET_PLAIN __attribute__((weak, no_builtin))

// --- start.c ------------------------------------------------------------------------------------------------------

// What the host tells the guest (Hyperlight v0.11, process environment block).
typedef struct { uint64_t size, address; } vmlet_span;
typedef struct {
  uint64_t cookie_seed, dispatch, code;
  vmlet_span input, output, init_data, heap;
  uint64_t stack_low, stack_high;
  vmlet_span host_functions;
} vmlet_environment;

extern vmlet_environment *vmlet_block;
extern uint64_t vmlet_seed;

// Called once when the call ends, however it ends, where they are set; the trace after the other.
extern void (*vmlet_before_end)(void), (*vmlet_flush_trace)(void);

// What the host wants, as it says at each entry: 1 in the lowest byte where it says so at all, the log's level in the next
// one (0 for none up to 5 for all), then these bits.
extern uint64_t vmlet_wishes;
enum { VMLET_WISH_TRACE = 1 << 16, VMLET_WISH_ALLOCATIONS = 1 << 17 };

// How many calls there were.
extern uint32_t vmlet_calls;

// Ends the call. It can be at any depth: the host sets all registers anew for the next one.
__attribute__((noreturn)) void vmlet_halt(void);

// Ends the call with an error of this text, which is sound UTF-8.
__attribute__((noreturn)) void vmlet_fail_with(uint64_t code, const char *text, size_t size);

// --- ring0.c ------------------------------------------------------------------------------------------------------

#ifdef VMLET_RING0
// Sets up the machine's tables, so that exceptions are reported.
void vmlet_take_machine(void);

static inline void vmlet_tell_end(void) {
  // Ring 3's host empties this stack; Hyperlight's counts on the guest.
  *(uint64_t *)vmlet_block->input.address = 8;
  __asm__ volatile("hlt" : : : "memory");
}
#else
static inline void vmlet_take_machine(void) {}
static inline void vmlet_tell_end(void) { vmlet_out8(VMLET_PORT_HALT, 0); }
#endif

// --- message.c ----------------------------------------------------------------------------------------------------

// A message from the host: a size-prefixed FlatBuffer. Offsets are followed only inside of it.
typedef struct { const uint8_t *start; uint32_t size; } vmlet_message;

// The message on top of the input stack, and where in the stack it begins.
vmlet_message vmlet_top_of_input(uint64_t *element);
uint8_t vmlet_get8(const vmlet_message *m, uint32_t at);
uint32_t vmlet_get32(const vmlet_message *m, uint32_t at);
uint64_t vmlet_get64(const vmlet_message *m, uint32_t at);
uint32_t vmlet_follow(const vmlet_message *m, uint32_t at);
// The place of a field in a table, or 0.
uint32_t vmlet_field(const vmlet_message *m, uint32_t table, uint32_t id);
uint32_t vmlet_child(const vmlet_message *m, uint32_t table, uint32_t id);
vmlet_value vmlet_get_bytes(const vmlet_message *m, uint32_t table, uint32_t id);
// The value in a table such as `hlint`; a field that is absent is zero.
vmlet_value vmlet_get_value(const vmlet_message *m, uint32_t table, uint8_t type, bool is_result);
// Ends the call because the host sent nonsense.
__attribute__((noreturn)) void vmlet_broken(void);

// A message for the host, in the making: `at` is its size so far.
typedef struct { uint8_t *start; uint64_t at, capacity, element; } vmlet_writer;

// Starts a message on top of the output stack: the call's result, or one above the place of a result without a copy.
vmlet_writer vmlet_begin_result_message(void);
vmlet_writer vmlet_begin_message(void);
// How many bytes such a message may have.
uint64_t vmlet_room(void);
void vmlet_end_message(vmlet_writer *w);
// Takes the host's last `out` as done: messages begin where they began before.
void vmlet_message_done(uint64_t pointer);
uint64_t vmlet_reserve(vmlet_writer *w, uint64_t size);
void vmlet_set8(vmlet_writer *w, uint64_t at, uint8_t value);
void vmlet_set32(vmlet_writer *w, uint64_t at, uint32_t value);
void vmlet_set64(vmlet_writer *w, uint64_t at, uint64_t value);
void vmlet_link(vmlet_writer *w, uint64_t at, uint64_t target);
// A table with its vtable before it; `offsets` are the places of its fields. `wide` puts offset 4 at a multiple of 8.
uint64_t vmlet_put_table(vmlet_writer *w, uint32_t size, const uint8_t *offsets, uint32_t count, bool wide);
// A vector of bytes; bytes that already stand at its place (see vmlet_result) are not copied.
uint64_t vmlet_put_bytes(vmlet_writer *w, const void *data, uint64_t size, bool is_text);
uint64_t vmlet_put_value(vmlet_writer *w, uint8_t type, vmlet_value value, bool is_result);
void vmlet_put_result(uint8_t type, vmlet_value value);
void vmlet_put_error(uint64_t code, const char *text, size_t size);
// Forgets the place of a result that an earlier call asked for.
void vmlet_forget_result(void);

// --- format.c -----------------------------------------------------------------------------------------------------

// Where formatted text goes, piece by piece.
typedef struct vmlet_sink {
  void (*write)(struct vmlet_sink *sink, const char *bytes, size_t size);
} vmlet_sink;

// Returns the length of the whole text.
size_t vmlet_format(vmlet_sink *sink, const char *format, va_list args);

// The longest message of an abort, an error and a record of the log, in bytes.
enum { VMLET_MESSAGE_MAX = 1000 };

// Formats a message of at most VMLET_MESSAGE_MAX bytes, no zero byte behind it, and makes it sound UTF-8: what is none
// becomes `?`. Returns its length.
size_t vmlet_format_message(char *to, const char *format, va_list args);

// Makes bytes sound UTF-8 in place. If they were cut, a character that lost its end is dropped. Returns their length.
size_t vmlet_clean_text(char *text, size_t size, bool was_cut);

// --- decimal.c ----------------------------------------------------------------------------------------------------

// A number in decimal: 0.d1d2d3… times ten to the power of `point`; no zero at either end. Every double fits exactly.
typedef struct { int count, point; char digits[784]; } vmlet_decimal;

// `value` is finite and not negative. Zero has no digits.
void vmlet_to_decimal(vmlet_decimal *to, double value);
// Keeps the first `keep` digits, rounded; a tie goes to the even digit.
void vmlet_round_decimal(vmlet_decimal *number, int64_t keep);

// --- log.c --------------------------------------------------------------------------------------------------------

// Hands a record to the host, whose text is sound UTF-8; it is dropped where the output buffer is too full.
void vmlet_log_text(int level, const char *source, const char *file, int line, const char *caller, const char *text,
                    size_t size);

// --- heap.c -------------------------------------------------------------------------------------------------------

// Memory aligned to a power of two, or NULL.
void *vmlet_allocate(size_t alignment, size_t size);
// The same, which aborts where there is not enough.
void *vmlet_must_allocate(size_t alignment, size_t size);
void vmlet_release(void *pointer);

// --- soft_math.c --------------------------------------------------------------------------------------------------

// For ring 0, which has no x87 unit. The logarithm (to base 2, 10 or else e) and the power of a finite number above 0,
// and the length of finite numbers.
double vmlet_soft_log(int base, double x);
double vmlet_soft_power(double x, double y);
double vmlet_soft_atan2(double y, double x);
double vmlet_soft_hypot(double x, double y);

// --- random.c -----------------------------------------------------------------------------------------------------

// The next number of a sequence that begins with any state (splitmix64).
uint64_t vmlet_next_seed(uint64_t *state);

#endif
