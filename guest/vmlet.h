// vmlet.h: writing guests for vmlet in C11 or C++17.
//
//   #include <vmlet.h>
//
//   VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));            // a function of the host's that the guest may call
//
//   VMLET_EXPORT(i32, twice, (i32, a)) { return host_add(a, a); } // a function of the guest's that the host may call
//
// Types: i32 u32 i64 u64 f32 f64 bool string buffer, and void for a result; up to 11 parameters. A string's or
// buffer's bytes are not the callee's: those of a parameter stay until the exported function returns, those of an
// import's result until the next import is called, those of a result are copied when the function returns.
//
// A guest runs at ring 3, or with VMLET_RING0 (`vmlet build --ring0`) at ring 0 as one of Hyperlight v0.11, also under
// Hyperlight's own host: then `long double` and vector registers are not to be had, and numbers with a point are slow.
//
// The headers of C that the kit has (string.h, stdlib.h, stdio.h, math.h and others) are in include/.
#ifndef VMLET_H
#define VMLET_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(VMLET_RING0) && (defined(__SSE__) || defined(__MMX__))
#error A guest at ring 0 has no SSE: build it with `vmlet build --ring0`, and without flags such as -march and -msse
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// UTF-8 text of `size` bytes; one that came from the host has a zero byte behind it.
typedef struct { const char *data; size_t size; } vmlet_string;
/// `size` bytes.
typedef struct { const uint8_t *data; size_t size; } vmlet_buffer;

/// A string of C as a string for the host.
vmlet_string vmlet_text(const char *text);

// --- ending a call ------------------------------------------------------------------------------------------------

/// Ends the call and poisons the sandbox, with a message as printf formats it (stdio.h says what it knows), cut at 1000
/// bytes. The host sees ERR_GUEST_ABORTED and the code, 0 to 254.
__attribute__((noreturn, format(printf, 2, 3))) void vmlet_abort(int code, const char *format, ...);

/// Ends the call with an error, and leaves the sandbox usable: the host sees ERR_GUEST_ERROR and the code. Codes of a
/// guest's own begin at 256: the host has meanings for some below. The message is as that of vmlet_abort. Nothing is
/// unwound: what the call took from the heap stays taken.
__attribute__((noreturn, format(printf, 2, 3))) void vmlet_fail(uint64_t code, const char *format, ...);

/// Aborts with the condition and its place in the source where the condition does not hold.
#define vmlet_assert(condition) \
  ((condition) ? (void)0 : vmlet_abort(VMLET_UNKNOWN_ERROR, "%s:%d: assertion failed: %s", __FILE__, __LINE__, #condition))

/// Codes that mean something to the host (those of Hyperlight).
enum {
  VMLET_FUNCTION_NOT_FOUND = 4,
  VMLET_WRONG_PARAMETER_COUNT = 5,
  VMLET_UNKNOWN_ERROR = 8,
  VMLET_OUT_OF_MEMORY = 13,
  VMLET_WRONG_PARAMETER_TYPE = 14,
  VMLET_GUEST_ERROR = 15,
  VMLET_HOST_ERROR = 17,
};

// --- results without a copy ---------------------------------------------------------------------------------------

/// Where a result of type buffer can be written, `size` bytes, so that returning it (or its first bytes) costs no copy.
/// Called again, it gives the same place with the bytes that are there. Aborts where the output buffer is too small.
uint8_t *vmlet_result(size_t size);

/// The same for a result of type string.
char *vmlet_text_result(size_t size);

// --- the heap -----------------------------------------------------------------------------------------------------

/// malloc that aborts with VMLET_OUT_OF_MEMORY where there is not enough, so that the host sees a typed error. Freed
/// with free. C++'s `new` is this one.
__attribute__((malloc, alloc_size(1), returns_nonnull)) void *vmlet_malloc(size_t size);

/// How many bytes the heap has, and how many of them are taken, headers of 16 bytes included.
size_t vmlet_heap_size(void);
size_t vmlet_heap_used(void);

// --- random numbers -----------------------------------------------------------------------------------------------

/// 64 random bits: xoshiro256** from a seed that the host draws for each sandbox. Good for hash tables and tests, not
/// for keys: who sees some numbers can compute the others, and a sandbox that is restored gives the same ones again.
uint64_t vmlet_random(void);

// --- the log ------------------------------------------------------------------------------------------------------

/// Levels of the log.
enum { VMLET_LOG_TRACE, VMLET_LOG_DEBUG, VMLET_LOG_INFO, VMLET_LOG_WARN, VMLET_LOG_ERROR };

/// Hands a message to the host's log, with the place in the source: vmlet_log(level, format, …), formatted as printf
/// does. A message is cut at 1000 bytes. Where the host does not want the level, the arguments are not even evaluated.
#define vmlet_log(level, ...) \
  ((level) >= vmlet_log_threshold ? vmlet_log_record(level, VMLET_LOG_SOURCE, __FILE__, __LINE__, __func__, __VA_ARGS__) : (void)0)
#define VMLET_TRACE(...) vmlet_log(VMLET_LOG_TRACE, __VA_ARGS__)
#define VMLET_DEBUG(...) vmlet_log(VMLET_LOG_DEBUG, __VA_ARGS__)
#define VMLET_INFO(...) vmlet_log(VMLET_LOG_INFO, __VA_ARGS__)
#define VMLET_WARN(...) vmlet_log(VMLET_LOG_WARN, __VA_ARGS__)
#define VMLET_ERROR(...) vmlet_log(VMLET_LOG_ERROR, __VA_ARGS__)

/// What the records name as their source: define it before the header is included to have another.
#ifndef VMLET_LOG_SOURCE
#define VMLET_LOG_SOURCE "guest"
#endif

/// The lowest level that the host wants, VMLET_LOG_ERROR + 1 for none.
extern int vmlet_log_threshold;
__attribute__((format(printf, 6, 7))) void vmlet_log_record(int level, const char *source, const char *file, int line,
                                                            const char *caller, const char *format, ...);

// --- the trace ----------------------------------------------------------------------------------------------------

/// Opens a span for the rest of the block: VMLET_SPAN("parse"). Where the host wants no trace (`traceGuest`) it costs a
/// comparison. The name is one that stays, as a literal does, and is cut at 100 bytes.
#define VMLET_SPAN(name) \
  __attribute__((cleanup(vmlet_close_span), unused)) const vmlet_opened_span VMLET_CAT(vmlet_span_, __LINE__) = \
      vmlet_open_span(name, VMLET_LOG_SOURCE)

/// An event in the innermost span, with a message as printf formats it, cut at 100 bytes: VMLET_EVENT("retry", "%d", n).
#define VMLET_EVENT(name, ...) vmlet_trace_event(name, __VA_ARGS__)

typedef struct { uint64_t id, parent; } vmlet_opened_span;
vmlet_opened_span vmlet_open_span(const char *name, const char *target);
void vmlet_close_span(const vmlet_opened_span *span);
__attribute__((format(printf, 2, 3))) void vmlet_trace_event(const char *name, const char *format, ...);

// --- functions ----------------------------------------------------------------------------------------------------

/// Declares and defines a function that the host may call: VMLET_EXPORT(result, name, (type, parameter)…) { body }.
#define VMLET_EXPORT(result, name, ...) VMLET_EXPORT_AS(#name, result, name, __VA_ARGS__)

/// The same where the host has another name for it: VMLET_EXPORT_AS("name", result, name_in_c, …) { body }. The name is
/// one that C could have.
#define VMLET_EXPORT_AS(host_name, result, name, ...) \
  VMLET_C VMLET_CTYPE(result) name(VMLET_PARAMETERS(__VA_ARGS__)); \
  static vmlet_value vmlet_invoke_##name(const vmlet_value *p) { \
    (void)p; \
    return VMLET_FROM(result, name(VMLET_UNPACK(__VA_ARGS__))); \
  } \
  VMLET_DESCRIBE(export, result, host_name, name, __VA_ARGS__) \
  __attribute__((used, retain, section("vmlet_exports"))) static const vmlet_export vmlet_export_##name = { \
      host_name, vmlet_invoke_##name, VMLET_TAG(result), VMLET_COUNT(__VA_ARGS__), {VMLET_TAGS(__VA_ARGS__)}}; \
  VMLET_C VMLET_CTYPE(result) name(VMLET_PARAMETERS(__VA_ARGS__))

/// Defines a function that calls the host: VMLET_IMPORT(result, name, (type, parameter)…). An error of the host's
/// function ends the call: the host's caller gets it.
#define VMLET_IMPORT(result, name, ...) VMLET_IMPORT_AS(#name, result, name, __VA_ARGS__)

/// The same where the host has another name for it: VMLET_IMPORT_AS("name", result, name_in_c, …).
#define VMLET_IMPORT_AS(host_name, result, name, ...) \
  VMLET_DESCRIBE(import, result, host_name, name, __VA_ARGS__) \
  __attribute__((unused)) static VMLET_CTYPE(result) name(VMLET_PARAMETERS(__VA_ARGS__)) { \
    const vmlet_value p[] = {VMLET_PACK(__VA_ARGS__) vmlet_from_none()}; \
    static const uint8_t types[] = {VMLET_TAGS(__VA_ARGS__) 0}; \
    VMLET_RETURN(result, vmlet_call_host(host_name, VMLET_TAG(result), VMLET_COUNT(__VA_ARGS__), types, p)); \
  }

// --- what the macros are made of ----------------------------------------------------------------------------------

typedef union {
  int32_t i32; uint32_t u32; int64_t i64; uint64_t u64; float f32; double f64; bool boolean;
  struct { const void *data; size_t size; } bytes;
} vmlet_value;

enum { VMLET_MAX_PARAMETERS = 11 };

typedef struct {
  const char *name;
  vmlet_value (*invoke)(const vmlet_value *);
  uint8_t result, count, types[VMLET_MAX_PARAMETERS];
} vmlet_export;

vmlet_value vmlet_call_host(const char *name, uint8_t result, uint8_t count, const uint8_t *types, const vmlet_value *p);

#ifdef __cplusplus
}
#define VMLET_C extern "C"
#else
#define VMLET_C
#endif

#define VMLET_CAT(a, b) VMLET_CAT_(a, b)
#define VMLET_CAT_(a, b) a##b

// The types' numbers: members of Hyperlight's union of parameters, and 10 for no value.
#define VMLET_TAG_i32 1
#define VMLET_TAG_u32 2
#define VMLET_TAG_i64 3
#define VMLET_TAG_u64 4
#define VMLET_TAG_f32 5
#define VMLET_TAG_f64 6
#define VMLET_TAG_string 7
#define VMLET_TAG_bool 8
#define VMLET_TAG__Bool 8
#define VMLET_TAG_buffer 9
#define VMLET_TAG_void 10
#define VMLET_TAG(type) VMLET_CAT(VMLET_TAG_, type)

#define VMLET_CTYPE_i32 int32_t
#define VMLET_CTYPE_u32 uint32_t
#define VMLET_CTYPE_i64 int64_t
#define VMLET_CTYPE_u64 uint64_t
#define VMLET_CTYPE_f32 float
#define VMLET_CTYPE_f64 double
#define VMLET_CTYPE_bool bool
#define VMLET_CTYPE__Bool bool
#define VMLET_CTYPE_string vmlet_string
#define VMLET_CTYPE_buffer vmlet_buffer
#define VMLET_CTYPE_void void
#define VMLET_CTYPE(type) VMLET_CAT(VMLET_CTYPE_, type)

// The types' names for the host; `bool` may be a macro of C.
#define VMLET_TYPE_NAME_i32 "i32"
#define VMLET_TYPE_NAME_u32 "u32"
#define VMLET_TYPE_NAME_i64 "i64"
#define VMLET_TYPE_NAME_u64 "u64"
#define VMLET_TYPE_NAME_f32 "f32"
#define VMLET_TYPE_NAME_f64 "f64"
#define VMLET_TYPE_NAME_bool "bool"
#define VMLET_TYPE_NAME__Bool "bool"
#define VMLET_TYPE_NAME_string "string"
#define VMLET_TYPE_NAME_buffer "buffer"
#define VMLET_TYPE_NAME_void "void"
#define VMLET_TYPE_NAME(type) VMLET_CAT(VMLET_TYPE_NAME_, type)

static inline vmlet_value vmlet_from_none(void) { vmlet_value v; v.bytes.data = 0; v.bytes.size = 0; return v; }
#define VMLET_CONVERT(type, ctype, member) \
  static inline vmlet_value vmlet_from_##type(ctype x) { vmlet_value v = vmlet_from_none(); v.member = x; return v; } \
  static inline ctype vmlet_to_##type(vmlet_value v) { return v.member; }
VMLET_CONVERT(i32, int32_t, i32)
VMLET_CONVERT(u32, uint32_t, u32)
VMLET_CONVERT(i64, int64_t, i64)
VMLET_CONVERT(u64, uint64_t, u64)
VMLET_CONVERT(f32, float, f32)
VMLET_CONVERT(f64, double, f64)
VMLET_CONVERT(bool, bool, boolean)
VMLET_CONVERT(_Bool, bool, boolean)
#undef VMLET_CONVERT
static inline vmlet_value vmlet_from_string(vmlet_string x) { vmlet_value v; v.bytes.data = x.data; v.bytes.size = x.size; return v; }
static inline vmlet_value vmlet_from_buffer(vmlet_buffer x) { vmlet_value v; v.bytes.data = x.data; v.bytes.size = x.size; return v; }
static inline vmlet_string vmlet_to_string(vmlet_value v) { vmlet_string x = {(const char *)v.bytes.data, v.bytes.size}; return x; }
static inline vmlet_buffer vmlet_to_buffer(vmlet_value v) { vmlet_buffer x = {(const uint8_t *)v.bytes.data, v.bytes.size}; return x; }

// A function without a result has nothing to convert.
#define VMLET_FROM_void(call) (call, vmlet_from_none())
#define VMLET_FROM_i32(call) vmlet_from_i32(call)
#define VMLET_FROM_u32(call) vmlet_from_u32(call)
#define VMLET_FROM_i64(call) vmlet_from_i64(call)
#define VMLET_FROM_u64(call) vmlet_from_u64(call)
#define VMLET_FROM_f32(call) vmlet_from_f32(call)
#define VMLET_FROM_f64(call) vmlet_from_f64(call)
#define VMLET_FROM_bool(call) vmlet_from_bool(call)
#define VMLET_FROM__Bool(call) vmlet_from_bool(call)
#define VMLET_FROM_string(call) vmlet_from_string(call)
#define VMLET_FROM_buffer(call) vmlet_from_buffer(call)
#define VMLET_FROM(type, call) VMLET_CAT(VMLET_FROM_, type)(call)

#define VMLET_RETURN_void(value) (void)value
#define VMLET_RETURN_i32(value) return vmlet_to_i32(value)
#define VMLET_RETURN_u32(value) return vmlet_to_u32(value)
#define VMLET_RETURN_i64(value) return vmlet_to_i64(value)
#define VMLET_RETURN_u64(value) return vmlet_to_u64(value)
#define VMLET_RETURN_f32(value) return vmlet_to_f32(value)
#define VMLET_RETURN_f64(value) return vmlet_to_f64(value)
#define VMLET_RETURN_bool(value) return vmlet_to_bool(value)
#define VMLET_RETURN__Bool(value) return vmlet_to_bool(value)
#define VMLET_RETURN_string(value) return vmlet_to_string(value)
#define VMLET_RETURN_buffer(value) return vmlet_to_buffer(value)
#define VMLET_RETURN(type, value) VMLET_CAT(VMLET_RETURN_, type)(value)

// Each pair `(type, name)` of a list, with its index.
#define VMLET_PAIR_TYPE(type, name) type
#define VMLET_PAIR_NAME(type, name) name
#define VMLET_PARAMETER(pair, i) VMLET_PARAMETER_ pair
#define VMLET_PARAMETER_(type, name) VMLET_CTYPE(type) name
#define VMLET_UNPACK_1(pair, i) VMLET_CAT(vmlet_to_, VMLET_PAIR_TYPE pair)(p[i])
#define VMLET_PACK_1(pair, i) VMLET_CAT(vmlet_from_, VMLET_PAIR_TYPE pair)(VMLET_PAIR_NAME pair),
#define VMLET_TAG_1(pair, i) VMLET_TAG(VMLET_PAIR_TYPE pair),
#define VMLET_NAME_1(pair, i) " " VMLET_TYPE_NAME(VMLET_PAIR_TYPE pair)

#define VMLET_COMMA() ,
#define VMLET_NONE()

#define VMLET_PARAMETERS(...) VMLET_CAT(VMLET_PARAMETERS_, __VA_OPT__(SOME))(__VA_ARGS__)
#define VMLET_PARAMETERS_() void
#define VMLET_PARAMETERS_SOME(...) VMLET_LIST(VMLET_PARAMETER, VMLET_COMMA, __VA_ARGS__)
#define VMLET_UNPACK(...) __VA_OPT__(VMLET_LIST(VMLET_UNPACK_1, VMLET_COMMA, __VA_ARGS__))
#define VMLET_PACK(...) __VA_OPT__(VMLET_LIST(VMLET_PACK_1, VMLET_NONE, __VA_ARGS__))
#define VMLET_TAGS(...) __VA_OPT__(VMLET_LIST(VMLET_TAG_1, VMLET_NONE, __VA_ARGS__))
#define VMLET_NAMES(...) __VA_OPT__(VMLET_LIST(VMLET_NAME_1, VMLET_NONE, __VA_ARGS__))

#define VMLET_COUNT(...) VMLET_COUNT_(__VA_OPT__(__VA_ARGS__,) 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define VMLET_COUNT_(a, b, c, d, e, f, g, h, i, j, k, n, ...) n

#define VMLET_LIST(m, s, ...) VMLET_CAT(VMLET_LIST_, VMLET_COUNT(__VA_ARGS__))(m, s, __VA_ARGS__)
#define VMLET_LIST_1(m, s, a) m(a, 0)
#define VMLET_LIST_2(m, s, a, b) m(a, 0) s() m(b, 1)
#define VMLET_LIST_3(m, s, a, b, c) m(a, 0) s() m(b, 1) s() m(c, 2)
#define VMLET_LIST_4(m, s, a, b, c, d) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3)
#define VMLET_LIST_5(m, s, a, b, c, d, e) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4)
#define VMLET_LIST_6(m, s, a, b, c, d, e, f) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5)
#define VMLET_LIST_7(m, s, a, b, c, d, e, f, g) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5) s() m(g, 6)
#define VMLET_LIST_8(m, s, a, b, c, d, e, f, g, h) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5) s() m(g, 6) s() m(h, 7)
#define VMLET_LIST_9(m, s, a, b, c, d, e, f, g, h, i) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5) s() m(g, 6) s() m(h, 7) s() m(i, 8)
#define VMLET_LIST_10(m, s, a, b, c, d, e, f, g, h, i, j) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5) s() m(g, 6) s() m(h, 7) s() m(i, 8) s() m(j, 9)
#define VMLET_LIST_11(m, s, a, b, c, d, e, f, g, h, i, j, k) m(a, 0) s() m(b, 1) s() m(c, 2) s() m(d, 3) s() m(e, 4) s() m(f, 5) s() m(g, 6) s() m(h, 7) s() m(i, 8) s() m(j, 9) s() m(k, 10)

// A line of text about each function, for tools that read the guest's file.
#define VMLET_DESCRIBE(kind, result, host_name, name, ...) \
  __attribute__((used, retain, section("vmlet_functions"))) static const char vmlet_describe_##kind##_##name[] = \
      #kind " " VMLET_TYPE_NAME(result) " " host_name VMLET_NAMES(__VA_ARGS__) "\n";

#endif
