// The rest of stdlib.h: numbers from text, sorting and searching, ends of a program.
#include "kit.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

int *vmlet_errno(void) {
  static int number;
  return &number;
}

// --- numbers ------------------------------------------------------------------------------------------------------

static int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

// Reads a number up to `limit`, or `limit + 1` behind a minus sign where the type is signed.
static uint64_t read_integer(const char *text, char **end, int base, uint64_t limit, bool is_signed) {
  const char *at = text;
  while (isspace((unsigned char)*at)) at++;
  bool negative = *at == '-', any = false, over = false;
  if (*at == '-' || *at == '+') at++;
  if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' && digit(at[2]) < 16) at += 2, base = 16;
  if (base == 0) base = *at == '0' ? 8 : 10;
  if (is_signed && negative) limit++;
  uint64_t value = 0;
  if (base >= 2 && base <= 36) {
    for (; digit(*at) < base; at++) {
      any = true;
      uint64_t next;
      over |= __builtin_mul_overflow(value, (uint64_t)base, &next) ||
              __builtin_add_overflow(next, (uint64_t)digit(*at), &next) || next > limit;
      value = next;
    }
  } else {
    errno = EINVAL;
  }
  if (end) *end = (char *)(any ? at : text);
  if (over) {
    errno = ERANGE;
    return is_signed && negative ? -limit : limit;
  }
  return negative ? -value : value;
}

VMLET_LIBC long strtol(const char *text, char **end, int base) { return (long)read_integer(text, end, base, LONG_MAX, true); }
VMLET_LIBC long long strtoll(const char *text, char **end, int base) { return strtol(text, end, base); }
VMLET_LIBC intmax_t strtoimax(const char *text, char **end, int base) { return strtol(text, end, base); }
VMLET_LIBC unsigned long strtoul(const char *text, char **end, int base) {
  return read_integer(text, end, base, ULONG_MAX, false);
}
VMLET_LIBC unsigned long long strtoull(const char *text, char **end, int base) { return strtoul(text, end, base); }
VMLET_LIBC uintmax_t strtoumax(const char *text, char **end, int base) { return strtoul(text, end, base); }
VMLET_LIBC int atoi(const char *text) { return (int)strtol(text, 0, 10); }
VMLET_LIBC long atol(const char *text) { return strtol(text, 0, 10); }
VMLET_LIBC long long atoll(const char *text) { return strtol(text, 0, 10); }

VMLET_PLAIN int abs(int x) { return x < 0 ? -x : x; }
VMLET_PLAIN long labs(long x) { return x < 0 ? -x : x; }
VMLET_PLAIN long long llabs(long long x) { return x < 0 ? -x : x; }
VMLET_LIBC div_t div(int a, int b) { return (div_t){a / b, a % b}; }
VMLET_LIBC ldiv_t ldiv(long a, long b) { return (ldiv_t){a / b, a % b}; }
VMLET_LIBC lldiv_t lldiv(long long a, long long b) { return (lldiv_t){a / b, a % b}; }

// --- sorting and searching ----------------------------------------------------------------------------------------

static void swap(char *a, char *b, size_t size) {
  for (; size >= 8; size -= 8, a += 8, b += 8) {
    uint64_t x, y;
    memcpy(&x, a, 8);
    memcpy(&y, b, 8);
    memcpy(a, &y, 8);
    memcpy(b, &x, 8);
  }
  for (; size; size--, a++, b++) {
    char x = *a;
    *a = *b;
    *b = x;
  }
}

// Heapsort: in place, and never worse than n log n, whatever the input.
VMLET_LIBC void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *)) {
  char *base = items;
  size_t start = count / 2, end = count;
  while (end > 1) {
    if (start) {
      start--;
    } else {
      end--;
      swap(base, base + end * size, size);
    }
    for (size_t root = start;;) {
      size_t child = root * 2 + 1;
      if (child >= end) break;
      if (child + 1 < end && compare(base + child * size, base + (child + 1) * size) < 0) child++;
      if (compare(base + root * size, base + child * size) >= 0) break;
      swap(base + root * size, base + child * size, size);
      root = child;
    }
  }
}

VMLET_LIBC void *bsearch(const void *key, const void *items, size_t count, size_t size,
                         int (*compare)(const void *, const void *)) {
  const char *base = items;
  while (count) {
    const char *middle = base + count / 2 * size;
    int order = compare(key, middle);
    if (order == 0) return (void *)middle;
    if (order > 0) {
      base = middle + size;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return 0;
}

// --- ends ---------------------------------------------------------------------------------------------------------

VMLET_LIBC void abort(void) { vmlet_abort(VMLET_UNKNOWN_ERROR, "abort() was called"); }
VMLET_LIBC void exit(int status) { vmlet_abort(VMLET_UNKNOWN_ERROR, "exit(%d) was called", status); }
VMLET_LIBC void _Exit(int status) { exit(status); }
void vmlet_assert_failed(const char *condition, const char *file, int line) {
  vmlet_abort(VMLET_UNKNOWN_ERROR, "%s:%d: assertion failed: %s", file, line, condition);
}
VMLET_LIBC int atexit(void (*function)(void)) { return (void)function, 0; }
VMLET_LIBC char *getenv(const char *name) { return (void)name, (char *)0; }
