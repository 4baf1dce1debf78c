// What tests/guest_kit_test.ts asks of the kit in C.
#include <vmlet.h>

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#ifdef VMLET_RING0
// What the host tells: the kit's own variable.
extern const uint64_t *vmlet_block;
#define BLOCK vmlet_block
#else
#define BLOCK ((const uint64_t *)0x1000000000)
#endif

// --- formatting ---------------------------------------------------------------------------------------------------

static char text[8192];

static vmlet_string formatted(int size) {
  assert(size >= 0 && (size_t)size == strlen(text));
  return vmlet_text(text);
}

VMLET_EXPORT(string, format_none, (string, format)) { return formatted(snprintf(text, sizeof text, "%s", format.data)); }
VMLET_EXPORT(string, format_i32, (string, format), (i32, a)) { return formatted(snprintf(text, sizeof text, format.data, a)); }
VMLET_EXPORT(string, format_i64, (string, format), (i64, a)) { return formatted(snprintf(text, sizeof text, format.data, a)); }
VMLET_EXPORT(string, format_f64, (string, format), (f64, a)) { return formatted(snprintf(text, sizeof text, format.data, a)); }
#ifndef VMLET_RING0 // where there is none
VMLET_EXPORT(string, format_long_double, (string, format), (f64, a)) {
  return formatted(snprintf(text, sizeof text, format.data, (long double)a));
}
#endif
VMLET_EXPORT(string, format_string, (string, format), (string, a)) {
  return formatted(snprintf(text, sizeof text, format.data, a.data));
}
VMLET_EXPORT(string, format_stars, (string, format), (i32, width), (i32, precision), (i32, a)) {
  return formatted(snprintf(text, sizeof text, format.data, width, precision, a));
}
// More arguments than registers take, of both kinds.
VMLET_EXPORT(string, format_many) {
  return formatted(snprintf(text, sizeof text, "%d %g %s %d %g %c %d %g %d %g %d %g %d %g %d %g %d %g %d %g %%", 1, 1.5, "two", 2,
                            2.5, 'c', 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5));
}
// What is returned where it does not fit, and what is written.
VMLET_EXPORT(string, format_cut, (i32, capacity)) {
  memset(text, '#', 20);
  int size = snprintf(text, (size_t)capacity, "%s-%d", "abcdef", 12345);
  char seen[21];
  for (int i = 0; i < 20; i++) seen[i] = text[i] ? text[i] : '0';
  seen[20] = 0;
  snprintf(text, sizeof text, "%d %s", size, seen);
  return vmlet_text(text);
}

VMLET_EXPORT(f64, read_double, (string, number)) {
  char *end;
  double value = strtod(number.data, &end);
  if (*end) vmlet_fail(501, "strtod stopped at \"%s\"", end);
  return value;
}
VMLET_EXPORT(f32, read_float, (string, number)) { return strtof(number.data, NULL); }
VMLET_EXPORT(string, read_integer, (string, number), (i32, base)) {
  char *end, *unsigned_end;
  errno = 0;
  long value = strtol(number.data, &end, base);
  int error = errno;
  errno = 0;
  unsigned long unsigned_value = strtoul(number.data, &unsigned_end, base);
  return formatted(snprintf(text, sizeof text, "%ld %d %td, %lu %d %td", value, error, end - number.data, unsigned_value, errno,
                            unsigned_end - number.data));
}

// --- the heap -----------------------------------------------------------------------------------------------------

// The same pointer where the compiler cannot know what it points to: it leaves out blocks that nobody needs.
static void *opaque(void *pointer) {
  __asm__ volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

static uint64_t state;
static uint32_t below(uint32_t limit) {
  state = state * 6364136223846793005 + 1442695040888963407;
  return (uint32_t)((state >> 33) % limit);
}

enum { SLOTS = 300 };
static struct { uint8_t *bytes; size_t size; uint8_t fill; } slots[SLOTS];

static void check_slot(int i, size_t size) {
  for (size_t at = 0; at < size; at++)
    if (slots[i].bytes[at] != slots[i].fill) vmlet_fail(502, "slot %d of %zu bytes was overwritten at %zu", i, slots[i].size, at);
}

// Takes and frees blocks at random, each filled with a byte of its own. Returns how many requests were refused.
VMLET_EXPORT(i32, fuzz_heap, (u32, seed), (i32, steps), (u32, largest)) {
  state = seed;
  int32_t refused = 0;
  for (int32_t step = 0; step < steps; step++) {
    int i = (int)below(SLOTS);
    size_t size = below(4) ? below(200) : below(largest), alignment = 16;
    uint8_t *bytes = NULL, fill = (uint8_t)below(256);
    if (slots[i].bytes && below(3)) {
      check_slot(i, slots[i].size);
      free(slots[i].bytes);
      slots[i].bytes = NULL;
      continue;
    }
    if (slots[i].bytes) {
      size++;
      bytes = realloc(slots[i].bytes, size);
      if (bytes) {
        slots[i].bytes = bytes;
        check_slot(i, size < slots[i].size ? size : slots[i].size);
      }
    } else if (below(3) == 0) {
      bytes = calloc(size / 8 + 1, 8);
      size = (size / 8 + 1) * 8;
      for (size_t at = 0; bytes && at < size; at++)
        if (bytes[at]) vmlet_fail(502, "calloc gave a byte of %u", bytes[at]);
    } else if (below(3) == 0) {
      alignment = (size_t)1 << below(13);
      bytes = aligned_alloc(alignment, size);
    } else {
      bytes = malloc(size);
    }
    if (!bytes) {
      refused++;
      continue;
    }
    if ((uintptr_t)bytes % alignment || (uintptr_t)bytes % 16) vmlet_fail(502, "%p is not aligned to %zu", (void *)bytes, alignment);
    memset(bytes, fill, size);
    slots[i].bytes = bytes;
    slots[i].size = size;
    slots[i].fill = fill;
  }
  for (int i = 0; i < SLOTS; i++) {
    if (slots[i].bytes) check_slot(i, slots[i].size);
    free(slots[i].bytes);
    slots[i].bytes = NULL;
  }
  if (vmlet_heap_used() != 0) vmlet_fail(502, "%zu bytes are taken at the end", vmlet_heap_used());
  // All is one block again.
  void *all = malloc(vmlet_heap_size() - 64);
  if (!all) vmlet_fail(502, "the heap is in pieces at the end");
  free(all);
  return refused;
}

// Takes blocks of a size until there are no more, frees them all, and returns how many there were.
VMLET_EXPORT(i32, exhaust, (u32, size)) {
  void **last = NULL, **block;
  int32_t count = 0;
  errno = 0;
  while ((block = opaque(malloc(size)))) {
    *block = (void *)last;
    last = block;
    count++;
  }
  vmlet_assert(errno == ENOMEM);
  while (last) {
    block = (void **)*last;
    free(last);
    last = block;
  }
  return count;
}
VMLET_EXPORT(void, exhaust_typed) {
  for (;;) opaque(vmlet_malloc(1000));
}
VMLET_EXPORT(void, take_too_much, (u64, size)) {
  vmlet_assert(!opaque(malloc(size)) && !opaque(calloc(size, 1)) && !opaque(calloc(size, size)));
  vmlet_assert(!opaque(calloc(2, SIZE_MAX / 2 + 2)) && !opaque(aligned_alloc(4096, size)));
  vmlet_assert(!opaque(aligned_alloc((size_t)1 << 32, 1)));
  void *small = opaque(malloc(5));
  vmlet_assert(!opaque(realloc(small, size)));
  free(small);
  vmlet_assert(vmlet_heap_used() == 0);
}

VMLET_EXPORT(void, free_twice, (bool, joined)) {
  // Joined with the free block before it, or with its neighbours taken.
  void *a = opaque(malloc(100)), *b = opaque(malloc(100)), *c = opaque(malloc(100));
  if (joined) free(a);
  free(b);
  free(opaque(b));
  free(c);
}
VMLET_EXPORT(void, free_wrong, (i64, offset)) {
  char *a = opaque(malloc(100));
  free(opaque(a + offset));
}
VMLET_EXPORT(void, free_stack) {
  char place[64];
  free(opaque(place));
}
VMLET_EXPORT(void, write_behind) {
  char *a = opaque(malloc(24));
  void *b = opaque(malloc(24));
  for (int i = 0; i < 32; i++) ((volatile char *)a)[24 + i] = 'x';
  free(b);
}
VMLET_EXPORT(void, write_after_free) {
  void *a = opaque(malloc(100)), *b = opaque(malloc(100));
  free(a);
  void **again = opaque(a);
  again[0] = again[1] = (void *)0x123456789;
  free(opaque(b));
}

// --- memory and strings -------------------------------------------------------------------------------------------

// Every copy against one that is made byte by byte.
VMLET_EXPORT(void, fuzz_memory, (u32, seed), (i32, steps)) {
  static uint8_t bytes[6144], expected[sizeof bytes];
  state = seed;
  for (int32_t step = 0; step < steps; step++) {
    size_t size = below(8) ? below(80) : below(1500), to = below(2000), from = below(2000);
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = expected[i] = (uint8_t)(i * 7 + seed);
    switch (below(3)) {
      case 0:
        if (from < to) for (size_t i = size; i--;) expected[to + i] = expected[from + i];
        else for (size_t i = 0; i < size; i++) expected[to + i] = expected[from + i];
        vmlet_assert(memmove(bytes + to, bytes + from, size) == bytes + to);
        break;
      case 1:
        from += 2048 - 500;
        to = to % 40;
        for (size_t i = 0; i < size; i++) expected[to + i] = expected[from + i];
        vmlet_assert(memcpy(bytes + to, bytes + from, size) == bytes + to);
        break;
      default:
        for (size_t i = 0; i < size; i++) expected[to + i] = (uint8_t)from;
        vmlet_assert(memset(bytes + to, (int)from, size) == bytes + to);
    }
    for (size_t i = 0; i < sizeof bytes; i++)
      if (bytes[i] != expected[i]) vmlet_fail(503, "size %zu, to %zu, from %zu differ at %zu", size, to, from, i);
    vmlet_assert(memcmp(bytes, expected, sizeof bytes) == 0);
    size_t at = below(sizeof bytes);
    bytes[at] = (uint8_t)(expected[at] + 1);
    vmlet_assert((memcmp(bytes, expected, sizeof bytes) > 0) == (bytes[at] > expected[at]));
    size_t length = below(200), start = below(50);
    memset(bytes, 'a', 400);
    bytes[start + length] = 0;
    vmlet_assert(strlen((char *)bytes + start) == length);
    vmlet_assert(memchr(bytes + start, 0, length) == NULL && memchr(bytes + start, 0, length + 1) == bytes + start + length);
  }
}

VMLET_EXPORT(void, strings) {
  char a[64] = "hello", b[64];
  vmlet_assert(strcmp("a", "b") < 0 && strcmp("b", "a") > 0 && strcmp("a", "a") == 0 && strcmp("a", "ab") < 0);
  vmlet_assert(strcmp("\xff", "a") > 0 && strncmp("abc", "abd", 2) == 0 && strncmp("abc", "abd", 3) < 0);
  vmlet_assert(strcasecmp("HeLLo", "hEllO") == 0 && strncasecmp("HELp", "helLO", 3) == 0);
  vmlet_assert(strchr(a, 'l') == a + 2 && strrchr(a, 'l') == a + 3 && strchr(a, 'x') == NULL && strchr(a, 0) == a + 5);
  vmlet_assert(strstr(a, "llo") == a + 2 && strstr(a, "") == a && strstr(a, "lx") == NULL && strpbrk(a, "ol") == a + 2);
  vmlet_assert(strspn("aab", "a") == 2 && strcspn("aab", "b") == 2);
  memset(b, '#', sizeof b);
  vmlet_assert(strncpy(b, "ab", 4) == b && memcmp(b, "ab\0\0#", 5) == 0);
  vmlet_assert(strcpy(b, a) == b && strcat(b, " world") == b && strncat(b, "!!!", 1) == b && strcmp(b, "hello world!") == 0);
  vmlet_assert(strlcpy(b, "abcdef", 4) == 6 && strcmp(b, "abc") == 0 && strlcat(b, "def", 5) == 6 && strcmp(b, "abcd") == 0);
  char list[] = ",a,,b,", *rest;
  vmlet_assert(strcmp(strtok_r(list, ",", &rest), "a") == 0 && strcmp(strtok_r(NULL, ",", &rest), "b") == 0);
  vmlet_assert(strtok_r(NULL, ",", &rest) == NULL);
  char *copy = strdup("copied");
  vmlet_assert(strcmp(copy, "copied") == 0 && strnlen(copy, 3) == 3);
  free(copy);
  for (int c = -1; c < 256; c++) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'), digit = c >= '0' && c <= '9';
    vmlet_assert(!!isalpha(c) == letter && !!isdigit(c) == digit && !!isalnum(c) == (letter || digit));
    vmlet_assert(!!isspace(c) == (c == ' ' || (c >= 9 && c <= 13)) && !!isprint(c) == (c >= 32 && c < 127));
    vmlet_assert(!!iscntrl(c) == ((c >= 0 && c < 32) || c == 127) && !!ispunct(c) == (c > 32 && c < 127 && !letter && !digit));
    vmlet_assert(tolower(c) == (c >= 'A' && c <= 'Z' ? c + 32 : c) && toupper(c) == (c >= 'a' && c <= 'z' ? c - 32 : c));
  }
  vmlet_assert(abs(-5) == 5 && labs(-5L) == 5 && div(-7, 2).rem == -1 && atoi(" -42x") == -42);
  vmlet_assert(time(NULL) == -1 && clock() == -1 && getenv("PATH") == NULL);
  snprintf(text, sizeof text, "%" PRIu64 " %" PRIx32 " %" PRId8, UINT64_MAX, UINT32_MAX, (int8_t)-1);
  vmlet_assert(strcmp(text, "18446744073709551615 ffffffff -1") == 0);
  assert(INT_MAX == 2147483647 && sizeof(long) == 8);
}

static int compare_numbers(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return x < y ? -1 : x > y;
}
// Sorts whole numbers, and finds each of them again.
VMLET_EXPORT(buffer, sort, (buffer, numbers)) {
  uint8_t *result = vmlet_result(numbers.size);
  size_t count = numbers.size / 4;
  memcpy(result, numbers.data, numbers.size);
  qsort(result, count, 4, compare_numbers);
  for (size_t i = 0; i < count; i++) {
    int32_t *found = bsearch(numbers.data + i * 4, result, count, 4, compare_numbers);
    vmlet_assert(found && memcmp(found, numbers.data + i * 4, 4) == 0);
  }
  return (vmlet_buffer){result, numbers.size};
}

static jmp_buf place;
__attribute__((noinline)) static void jump_out(int depth) {
  if (depth == 0) longjmp(place, 7);
  jump_out(depth - 1);
}
VMLET_EXPORT(i32, jump, (i32, depth)) {
  volatile int before = 35;
  int value = setjmp(place);
  if (value) return before + value;
  jump_out(depth);
  return -1;
}

VMLET_EXPORT(f64, compute, (string, function), (f64, x), (f64, y)) {
  static const struct { const char *name; double (*of)(double); } one[] = {
      {"abs", fabs}, {"floor", floor}, {"ceil", ceil}, {"trunc", trunc}, {"sqrt", sqrt}, {"exp", exp}, {"log", log},
      {"log2", log2}, {"log10", log10}, {"sin", sin}, {"cos", cos}, {"tan", tan}, {"asin", asin}, {"acos", acos},
      {"atan", atan}, {"rint", rint}};
  for (size_t i = 0; i < sizeof one / sizeof *one; i++)
    if (strcmp(one[i].name, function.data) == 0) return one[i].of(x);
  if (strcmp(function.data, "pow") == 0) return pow(x, y);
  if (strcmp(function.data, "atan2") == 0) return atan2(x, y);
  if (strcmp(function.data, "hypot") == 0) return hypot(x, y);
  if (strcmp(function.data, "fmod") == 0) return fmod(x, y);
  if (strcmp(function.data, "ldexp") == 0) return ldexp(x, (int)y);
  if (strcmp(function.data, "frexp") == 0) {
    int exponent;
    double fraction = frexp(x, &exponent);
    return ldexp(fraction, exponent);
  }
  vmlet_fail(504, "no function %s", function.data);
}

// --- random numbers -----------------------------------------------------------------------------------------------

VMLET_EXPORT(u64, random) { return vmlet_random(); }
VMLET_EXPORT(i32, random_of_c, (u32, seed)) {
  srand(seed);
  rand();
  return rand();
}

// --- the log ------------------------------------------------------------------------------------------------------

__attribute__((constructor)) static void construct(void) { VMLET_INFO("constructed at level %d", vmlet_log_threshold); }

static int evaluated;
VMLET_EXPORT(i32, log_all, (string, message)) {
  evaluated = 0;
  VMLET_TRACE("%s %d", message.data, ++evaluated);
  VMLET_DEBUG("%s %d", message.data, ++evaluated);
  VMLET_INFO("%s %d", message.data, ++evaluated);
  VMLET_WARN("%s %d", message.data, ++evaluated);
  VMLET_ERROR("%s %d", message.data, ++evaluated);
  return evaluated;
}
VMLET_EXPORT(i32, log_line) {
  vmlet_log(VMLET_LOG_ERROR, "here"); return __LINE__;
}
VMLET_EXPORT(void, log_bytes, (buffer, bytes)) { VMLET_ERROR("%.*s", (int)bytes.size, (const char *)bytes.data); }
VMLET_EXPORT(void, fail_bytes, (buffer, bytes)) { vmlet_fail(505, "%.*s", (int)bytes.size, (const char *)bytes.data); }
VMLET_EXPORT(void, log_often, (i32, times)) {
  for (int32_t i = 0; i < times; i++) VMLET_ERROR("%d", i);
}
VMLET_EXPORT(void, print, (string, message), (bool, as_error)) { fprintf(as_error ? stderr : stdout, "%s", message.data); }
VMLET_EXPORT(void, print_and_abort, (string, message)) {
  printf("%s", message.data);
  abort();
}
VMLET_EXPORT(void, debug_print, (buffer, bytes), (bool, crash)) {
  for (size_t i = 0; i < bytes.size; i++) __asm__ volatile("outl %%eax, $103" : : "a"((uint32_t)bytes.data[i]));
  if (crash) __builtin_trap();
}
// A record that breaks the format, or one of a level that there is none of.
VMLET_EXPORT(void, log_broken) {
  uint64_t *output = (uint64_t *)BLOCK[6];
  output[0] = 1 << 20;
  __asm__ volatile("outb %%al, $99" : : "a"(0) : "memory");
}

// --- imports ------------------------------------------------------------------------------------------------------

// As many parameters as there may be, and each type among them.
VMLET_IMPORT(i32, host_eleven, (i32, a), (u32, b), (i64, c), (u64, d), (f32, e), (f64, f), (bool, g), (string, h),
             (buffer, i), (i32, j), (i32, k));
VMLET_EXPORT(i32, eleven) {
  uint8_t bytes[] = {8, 9};
  return host_eleven(-1, 2, -3, 4, 5.5f, 6.25, true, vmlet_text("seven"), (vmlet_buffer){bytes, sizeof bytes}, 10, 11);
}

// --- results without a copy ---------------------------------------------------------------------------------------

VMLET_IMPORT(string, host_text, (string, text));

// The result stands in the output buffer while the log and an import use it too.
VMLET_EXPORT(string, build_text, (i32, size)) {
  char *result = vmlet_text_result((size_t)size);
  for (int i = 0; i < size; i++) result[i] = (char)('a' + i % 26);
  VMLET_INFO("built %d", size);
  vmlet_string answer = host_text(vmlet_text("a question"));
  vmlet_assert(answer.size == 9 && memcmp(answer.data, "an answer", 10) == 0);
  VMLET_INFO("asked");
  // As long as no further import is called.
  vmlet_assert(memcmp(answer.data, "an answer", 10) == 0);
  return (vmlet_string){vmlet_text_result((size_t)size), (size_t)size};
}
VMLET_EXPORT(buffer, build_bytes, (i32, size)) {
  uint8_t *result = vmlet_result((size_t)size * 2);
  for (int i = 0; i < size; i++) result[i] = (uint8_t)i;
  VMLET_INFO("built %d", size);
  host_text(vmlet_text("a question"));
  return (vmlet_buffer){result, (size_t)size};
}
VMLET_EXPORT(string, build_other, (i32, size)) {
  vmlet_text_result((size_t)size);
  return vmlet_text("another string");
}

#ifndef VMLET_RING0 // where vector registers are left alone
// --- the CPU ------------------------------------------------------------------------------------------------------

static bool has_avx2(void) {
  uint32_t a, b, c, d, low, high;
  __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "0"(1), "2"(0));
  // AVX, and that the registers are saved and restored.
  if ((c >> 27 & 3) != 3) return false;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  if ((low & 6) != 6) return false;
  __asm__("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "0"(7), "2"(0));
  return b >> 5 & 1;
}
VMLET_EXPORT(bool, avx2) { return has_avx2(); }

typedef int32_t numbers __attribute__((vector_size(32)));

__attribute__((target("avx2"), noinline)) static int32_t sum_with_avx2(const uint8_t *bytes, size_t size) {
  numbers sum = {0};
  for (; size >= sizeof sum; size -= sizeof sum, bytes += sizeof sum) {
    numbers next;
    memcpy(&next, bytes, sizeof next);
    sum += next;
  }
  volatile numbers spilled = sum; // on an aligned stack
  int32_t total = 0;
  for (int i = 0; i < 8; i++) total += spilled[i];
  return total;
}
VMLET_EXPORT(i32, sum_avx2, (buffer, bytes)) {
  if (!has_avx2()) vmlet_fail(506, "this CPU has no AVX2");
  return sum_with_avx2(bytes.data, bytes.size);
}
#endif

VMLET_EXPORT_AS("renamed", i32, internal_name, (bool, yes)) { return yes ? 1 : 0; }
VMLET_EXPORT(void, assert_falsely) { assert(1 + 1 == 3); }
