// Formatted printing: to memory, and by lines to the host's log, as source "stdout" (info) and "stderr" (warn).
//
// A line is one record, so it costs one exit from the VM; one that has no end yet is written when the call ends.
#include "kit.h"

#include <stdio.h>
#include <string.h>

// --- to memory ----------------------------------------------------------------------------------------------------

typedef struct { vmlet_sink sink; char *to; size_t size, capacity; } memory_sink;

static void write_memory(vmlet_sink *sink, const char *bytes, size_t size) {
  memory_sink *memory = (memory_sink *)sink;
  size_t left = memory->capacity - memory->size;
  if (size > left) size = left;
  memcpy(memory->to + memory->size, bytes, size);
  memory->size += size;
}

VMLET_PLAIN int vsnprintf(char *restrict to, size_t capacity, const char *restrict format, va_list args) {
  memory_sink memory = {{write_memory}, to, 0, capacity ? capacity - 1 : 0};
  size_t size = vmlet_format(&memory.sink, format, args);
  if (capacity) to[memory.size] = 0;
  return (int)size;
}

VMLET_PLAIN int snprintf(char *restrict to, size_t capacity, const char *restrict format, ...) {
  va_list args;
  va_start(args, format);
  int size = vsnprintf(to, capacity, format, args);
  va_end(args);
  return size;
}

VMLET_PLAIN int vsprintf(char *restrict to, const char *restrict format, va_list args) {
  return vsnprintf(to, SIZE_MAX / 2, format, args);
}

VMLET_PLAIN int sprintf(char *restrict to, const char *restrict format, ...) {
  va_list args;
  va_start(args, format);
  int size = vsprintf(to, format, args);
  va_end(args);
  return size;
}

// --- to the log ---------------------------------------------------------------------------------------------------

struct vmlet_file { const char *name; int level; size_t size; char line[VMLET_MESSAGE_MAX]; };

static struct vmlet_file out = {"stdout", VMLET_LOG_INFO, 0, {0}}, error = {"stderr", VMLET_LOG_WARN, 0, {0}};
FILE *const stdin = 0, *const stdout = &out, *const stderr = &error;

static void write_line(FILE *file, bool was_cut) {
  size_t size = file->size;
  file->size = 0;
  size_t clean = vmlet_clean_text(file->line, size, was_cut);
  vmlet_log_text(file->level, file->name, "", 0, "", file->line, clean);
  // A character that was cut off begins the next line.
  memmove(file->line, file->line + clean, size - clean);
  file->size = size - clean;
}

static void flush_all(void) {
  if (out.size) write_line(&out, false);
  if (error.size) write_line(&error, false);
}

static void write_file(FILE *file, const char *bytes, size_t size) {
  if (file->level < vmlet_log_threshold) return;
  vmlet_before_end = flush_all;
  while (size) {
    const char *end = memchr(bytes, '\n', size);
    size_t part = end ? (size_t)(end - bytes) : size, left = sizeof file->line - file->size;
    bool was_cut = part > left;
    if (was_cut) part = left;
    memcpy(file->line + file->size, bytes, part);
    file->size += part;
    bytes += part;
    size -= part;
    if (was_cut) {
      write_line(file, true);
    } else if (end) {
      write_line(file, false);
      bytes++;
      size--;
    }
  }
}

typedef struct { vmlet_sink sink; FILE *file; } file_sink;

static void write_formatted(vmlet_sink *sink, const char *bytes, size_t size) {
  write_file(((file_sink *)sink)->file, bytes, size);
}

VMLET_PLAIN int vfprintf(FILE *restrict file, const char *restrict format, va_list args) {
  file_sink sink = {{write_formatted}, file};
  return (int)vmlet_format(&sink.sink, format, args);
}

VMLET_PLAIN int fprintf(FILE *restrict file, const char *restrict format, ...) {
  va_list args;
  va_start(args, format);
  int size = vfprintf(file, format, args);
  va_end(args);
  return size;
}

VMLET_PLAIN int vprintf(const char *restrict format, va_list args) { return vfprintf(stdout, format, args); }

VMLET_PLAIN int printf(const char *restrict format, ...) {
  va_list args;
  va_start(args, format);
  int size = vfprintf(stdout, format, args);
  va_end(args);
  return size;
}

VMLET_PLAIN size_t fwrite(const void *restrict bytes, size_t size, size_t count, FILE *restrict file) {
  write_file(file, bytes, size * count);
  return count;
}

VMLET_PLAIN int fputs(const char *restrict text, FILE *restrict file) {
  write_file(file, text, strlen(text));
  return 0;
}

VMLET_PLAIN int fputc(int c, FILE *file) {
  char byte = (char)c;
  write_file(file, &byte, 1);
  return (unsigned char)c;
}

VMLET_PLAIN int puts(const char *text) {
  fputs(text, stdout);
  return fputc('\n', stdout);
}

VMLET_PLAIN int putc(int c, FILE *file) { return fputc(c, file); }
VMLET_PLAIN int putchar(int c) { return fputc(c, stdout); }
VMLET_PLAIN int fflush(FILE *file) {
  if (!file) flush_all();
  else if (file->size) write_line(file, false);
  return 0;
}
VMLET_PLAIN int ferror(FILE *file) { return (void)file, 0; }
VMLET_PLAIN void perror(const char *text) { fprintf(stderr, "%s\n", text); }
