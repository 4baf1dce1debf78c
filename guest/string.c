// Memory and strings: what the compiler calls by itself, and the rest of string.h and strings.h.
#include "kit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

// --- memory -------------------------------------------------------------------------------------------------------

#ifdef VMLET_RING0
// Ring 0 has no SSE, and where its code is emulated, an instruction costs the same whatever it moves.
enum { LONG = 64 };

typedef struct { uint64_t low, high; } block;
static inline block load(const uint8_t *at) {
  block value;
  __builtin_memcpy(&value.low, at, 8);
  __builtin_memcpy(&value.high, at + 8, 8);
  return value;
}
static inline void store(uint8_t *at, block value) {
  __builtin_memcpy(at, &value.low, 8);
  __builtin_memcpy(at + 8, &value.high, 8);
}
static inline uint64_t filled_word(char byte) { return (uint8_t)byte * 0x0101010101010101; }
static inline block filled(char byte) { return (block){filled_word(byte), filled_word(byte)}; }
// A bit for each byte that is zero.
static inline unsigned zeroes(uint64_t word) {
  uint64_t low = 0x7f7f7f7f7f7f7f7f;
  return (unsigned)((~(((word & low) + low) | word | low) >> 7) * 0x0102040810204080 >> 56);
}
static inline unsigned equal_bytes(block a, block b) { return zeroes(a.low ^ b.low) | zeroes(a.high ^ b.high) << 8; }
#else
#include <emmintrin.h>

// From here on the CPU's own string instructions are the fastest.
enum { LONG = 512 };

typedef __m128i block;
static inline block load(const uint8_t *at) { return _mm_loadu_si128((const block *)at); }
static inline void store(uint8_t *at, block value) { _mm_storeu_si128((block *)at, value); }
static inline block filled(char byte) { return _mm_set1_epi8(byte); }
// A bit for each byte that is equal.
static inline unsigned equal_bytes(block a, block b) { return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)); }
#endif

// Copies up to 32 bytes; all are read before any is written.
static inline void copy_short(uint8_t *to, const uint8_t *from, size_t size) {
  if (size >= 16) {
    block head = load(from), tail = load(from + size - 16);
    store(to, head);
    store(to + size - 16, tail);
  } else if (size >= 8) {
    uint64_t head, tail;
    __builtin_memcpy(&head, from, 8);
    __builtin_memcpy(&tail, from + size - 8, 8);
    __builtin_memcpy(to, &head, 8);
    __builtin_memcpy(to + size - 8, &tail, 8);
  } else if (size >= 4) {
    uint32_t head, tail;
    __builtin_memcpy(&head, from, 4);
    __builtin_memcpy(&tail, from + size - 4, 4);
    __builtin_memcpy(to, &head, 4);
    __builtin_memcpy(to + size - 4, &tail, 4);
  } else if (size) {
    uint8_t head = from[0], middle = from[size / 2], tail = from[size - 1];
    to[0] = head;
    to[size / 2] = middle;
    to[size - 1] = tail;
  }
}

#ifdef VMLET_RING0
static inline void copy_with_instruction(uint8_t *to, const uint8_t *from, size_t size) {
  uint64_t tail, words = size / 8;
  uint8_t *last = to + size - 8;
  __builtin_memcpy(&tail, from + size - 8, 8);
  __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(words) : : "memory");
  __builtin_memcpy(last, &tail, 8);
}
static inline void fill_with_instruction(uint8_t *to, int value, size_t size) {
  uint64_t word = filled_word((char)value), words = size / 8;
  __builtin_memcpy(to + size - 8, &word, 8);
  __asm__ volatile("rep stosq" : "+D"(to), "+c"(words) : "a"(word) : "memory");
}
#else
static inline void copy_with_instruction(uint8_t *to, const uint8_t *from, size_t size) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}
static inline void fill_with_instruction(uint8_t *to, int value, size_t size) {
  __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(value) : "memory");
}
#endif

// Upwards, 16 bytes at a time; the last ones are read before they may be overwritten.
static inline void copy_up(uint8_t *to, const uint8_t *from, size_t size) {
  block tail = load(from + size - 16);
  for (size_t i = 0; i < size - 16; i += 16) store(to + i, load(from + i));
  store(to + size - 16, tail);
}

static inline void copy_down(uint8_t *to, const uint8_t *from, size_t size) {
  block head = load(from);
  for (size_t i = size; i > 16; i -= 16) store(to + i - 16, load(from + i - 16));
  store(to, head);
}

VMLET_PLAIN void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  if (size <= 32) copy_short(to, from, size);
  else if (size < LONG) copy_up(to, from, size);
  else copy_with_instruction(to, from, size);
  return to;
}

VMLET_PLAIN void *memmove(void *to, const void *from, size_t size) {
  size_t distance = (uintptr_t)to - (uintptr_t)from;
  if (size <= 32) copy_short(to, from, size);
  else if (distance < size) copy_down(to, from, size);
  else if (size < LONG || -distance < size) copy_up(to, from, size);
  else copy_with_instruction(to, from, size);
  return to;
}

VMLET_PLAIN void *mempcpy(void *restrict to, const void *restrict from, size_t size) {
  return (char *)memcpy(to, from, size) + size;
}

VMLET_PLAIN void *memset(void *to, int value, size_t size) {
  uint8_t *at = to;
  if (size < 16) {
    for (size_t i = 0; i < size; i++) at[i] = (uint8_t)value;
  } else if (size < LONG) {
    block all = filled((char)value);
    for (size_t i = 0; i < size - 16; i += 16) store(at + i, all);
    store(at + size - 16, all);
  } else {
    fill_with_instruction(at, value, size);
  }
  return to;
}

VMLET_PLAIN int memcmp(const void *left, const void *right, size_t size) {
  const uint8_t *a = left, *b = right;
  for (; size >= 8; size -= 8, a += 8, b += 8) {
    uint64_t x, y;
    __builtin_memcpy(&x, a, 8);
    __builtin_memcpy(&y, b, 8);
    if (x != y) return __builtin_bswap64(x) < __builtin_bswap64(y) ? -1 : 1;
  }
  for (; size; size--, a++, b++)
    if (*a != *b) return *a < *b ? -1 : 1;
  return 0;
}

VMLET_PLAIN int bcmp(const void *left, const void *right, size_t size) { return memcmp(left, right, size); }

VMLET_PLAIN void *memchr(const void *bytes, int value, size_t size) {
  const uint8_t *at = bytes;
  block wanted = filled((char)value);
  for (; size >= 16; size -= 16, at += 16) {
    unsigned found = equal_bytes(load(at), wanted);
    if (found) return (void *)(at + __builtin_ctz(found));
  }
  for (; size; size--, at++)
    if (*at == (uint8_t)value) return (void *)at;
  return 0;
}

VMLET_PLAIN void *memrchr(const void *bytes, int value, size_t size) {
  for (const uint8_t *at = bytes; size--;)
    if (at[size] == (uint8_t)value) return (void *)(at + size);
  return 0;
}

VMLET_PLAIN void *memccpy(void *restrict to, const void *restrict from, int value, size_t size) {
  const void *found = memchr(from, value, size);
  if (!found) return memcpy(to, from, size), (void *)0;
  return mempcpy(to, from, (size_t)((const char *)found - (const char *)from) + 1);
}

VMLET_PLAIN void *memmem(const void *bytes, size_t size, const void *part, size_t part_size) {
  if (!part_size) return (void *)bytes;
  const char *at = bytes, *end = at + size;
  while ((size_t)(end - at) >= part_size) {
    at = memchr(at, *(const char *)part, (size_t)(end - at) - part_size + 1);
    if (!at) return 0;
    if (memcmp(at, part, part_size) == 0) return (void *)at;
    at++;
  }
  return 0;
}

// --- lengths and copies -------------------------------------------------------------------------------------------

// Sixteen aligned bytes never reach into another page.
VMLET_PLAIN size_t strlen(const char *text) {
  const block *at = (const block *)((uintptr_t)text & ~(uintptr_t)15), zero = filled(0);
  unsigned skipped = (unsigned)((uintptr_t)text & 15);
  unsigned found = equal_bytes(*at, zero) >> skipped;
  if (found) return (size_t)__builtin_ctz(found);
  for (;;) {
    found = equal_bytes(*++at, zero);
    if (found) return (size_t)((const char *)at - text) + (size_t)__builtin_ctz(found);
  }
}

VMLET_PLAIN size_t strnlen(const char *text, size_t limit) {
  size_t size = 0;
  while (size < limit && text[size]) size++;
  return size;
}

VMLET_PLAIN char *stpcpy(char *restrict to, const char *restrict from) {
  size_t size = strlen(from);
  memcpy(to, from, size + 1);
  return to + size;
}

VMLET_PLAIN char *strcpy(char *restrict to, const char *restrict from) {
  memcpy(to, from, strlen(from) + 1);
  return to;
}

VMLET_PLAIN char *stpncpy(char *restrict to, const char *restrict from, size_t limit) {
  size_t size = strnlen(from, limit);
  memcpy(to, from, size);
  memset(to + size, 0, limit - size);
  return to + size;
}

VMLET_PLAIN char *strncpy(char *restrict to, const char *restrict from, size_t limit) {
  stpncpy(to, from, limit);
  return to;
}

VMLET_PLAIN char *strcat(char *restrict to, const char *restrict from) {
  strcpy(to + strlen(to), from);
  return to;
}

VMLET_PLAIN char *strncat(char *restrict to, const char *restrict from, size_t limit) {
  char *end = to + strlen(to);
  size_t size = strnlen(from, limit);
  memcpy(end, from, size);
  end[size] = 0;
  return to;
}

VMLET_PLAIN size_t strlcpy(char *restrict to, const char *restrict from, size_t capacity) {
  size_t size = strlen(from);
  if (capacity) {
    size_t kept = size < capacity ? size : capacity - 1;
    memcpy(to, from, kept);
    to[kept] = 0;
  }
  return size;
}

VMLET_PLAIN size_t strlcat(char *restrict to, const char *restrict from, size_t capacity) {
  size_t size = strnlen(to, capacity);
  return size + strlcpy(to + size, from, capacity - size);
}

VMLET_PLAIN char *strndup(const char *text, size_t limit) {
  size_t size = strnlen(text, limit);
  char *copy = malloc(size + 1);
  if (!copy) return 0;
  copy[size] = 0;
  return memcpy(copy, text, size);
}

VMLET_PLAIN char *strdup(const char *text) { return strndup(text, SIZE_MAX - 1); }

// --- comparing and searching --------------------------------------------------------------------------------------

VMLET_PLAIN int strncmp(const char *left, const char *right, size_t limit) {
  for (; limit; limit--, left++, right++) {
    if (*left != *right) return (unsigned char)*left < (unsigned char)*right ? -1 : 1;
    if (!*left) return 0;
  }
  return 0;
}

VMLET_PLAIN int strcmp(const char *left, const char *right) { return strncmp(left, right, SIZE_MAX); }
VMLET_PLAIN int strcoll(const char *left, const char *right) { return strcmp(left, right); }

static unsigned char lower(char c) { return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 32 : c); }

VMLET_PLAIN int strncasecmp(const char *left, const char *right, size_t limit) {
  for (; limit; limit--, left++, right++) {
    unsigned char a = lower(*left), b = lower(*right);
    if (a != b) return a < b ? -1 : 1;
    if (!a) return 0;
  }
  return 0;
}

VMLET_PLAIN int strcasecmp(const char *left, const char *right) { return strncasecmp(left, right, SIZE_MAX); }

VMLET_PLAIN char *strchrnul(const char *text, int c) {
  while (*text && *text != (char)c) text++;
  return (char *)text;
}

VMLET_PLAIN char *strchr(const char *text, int c) {
  char *at = strchrnul(text, c);
  return *at == (char)c ? at : 0;
}

VMLET_PLAIN char *strrchr(const char *text, int c) { return memrchr(text, c, strlen(text) + 1); }

VMLET_PLAIN char *strstr(const char *text, const char *part) { return memmem(text, strlen(text), part, strlen(part)); }

VMLET_PLAIN size_t strcspn(const char *text, const char *stop) {
  size_t size = 0;
  while (text[size] && !strchr(stop, text[size])) size++;
  return size;
}

VMLET_PLAIN size_t strspn(const char *text, const char *allowed) {
  size_t size = 0;
  while (text[size] && strchr(allowed, text[size])) size++;
  return size;
}

VMLET_PLAIN char *strpbrk(const char *text, const char *wanted) {
  text += strcspn(text, wanted);
  return *text ? (char *)text : 0;
}

VMLET_PLAIN char *strtok_r(char *restrict text, const char *restrict stop, char **restrict rest) {
  if (!text) text = *rest;
  text += strspn(text, stop);
  if (!*text) return *rest = text, (char *)0;
  char *end = text + strcspn(text, stop);
  *rest = *end ? end + 1 : end;
  *end = 0;
  return text;
}

VMLET_PLAIN char *strtok(char *restrict text, const char *restrict stop) {
  static char nothing[1], *rest = nothing;
  return strtok_r(text, stop, &rest);
}

VMLET_PLAIN char *strerror(int number) { return number ? (char *)"error" : (char *)"no error"; }
