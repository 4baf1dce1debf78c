// The log: records for the host, as Hyperlight's GuestLogData.
#include "kit.h"

#include <string.h>

void vmlet_log_text(int level, const char *source, const char *file, int line, const char *caller, const char *text,
                    size_t size) {
  if (level < vmlet_log_threshold) return;
  // GuestLogData: message, source, level, caller, source_file, line.
  static const uint8_t fields[] = {4, 8, 24, 12, 16, 20};
  uint64_t pointer = *(const uint64_t *)vmlet_block->output.address;
  // The table, and the lengths, ends and padding of four strings take less than 160 bytes.
  size_t sizes = size + strlen(source) + strlen(caller) + strlen(file);
  if (sizes + 160 > vmlet_room()) return;
  vmlet_writer w = vmlet_begin_message();
  uint64_t record = vmlet_put_table(&w, 28, fields, 6, false);
  vmlet_link(&w, 4, record);
  vmlet_set8(&w, record + 24, (uint8_t)level);
  vmlet_set32(&w, record + 20, (uint32_t)line);
  vmlet_link(&w, record + 4, vmlet_put_bytes(&w, text, size, true));
  vmlet_link(&w, record + 8, vmlet_put_bytes(&w, source, strlen(source), true));
  vmlet_link(&w, record + 12, vmlet_put_bytes(&w, caller, strlen(caller), true));
  vmlet_link(&w, record + 16, vmlet_put_bytes(&w, file, strlen(file), true));
  vmlet_end_message(&w);
  vmlet_out8(VMLET_PORT_LOG, 0);
  vmlet_message_done(pointer);
}

void vmlet_log_record(int level, const char *source, const char *file, int line, const char *caller, const char *format,
                      ...) {
  char text[VMLET_MESSAGE_MAX];
  va_list args;
  va_start(args, format);
  size_t size = vmlet_format_message(text, format, args);
  va_end(args);
  vmlet_log_text(level, source, file, line, caller, text, size);
}
