// Guests that leave for their host again and again, without end.
#include <vmlet.h>

#include <string.h>

VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));
VMLET_IMPORT(string, host_echo, (string, text));

static void out(uint16_t port, uint32_t value) { __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory"); }

VMLET_EXPORT(i32, add, (i32, a), (i32, b)) { return host_add(a, b); }

// Debug print: one line without end, lines of nothing, and characters that do not exist.
VMLET_EXPORT(void, flood_debug_line) {
  for (;;) out(103, 'x');
}
VMLET_EXPORT(void, print_word) {
  for (const char *at = "word"; *at; at++) out(103, *at);
}
VMLET_EXPORT(void, flood_debug_lines) {
  for (;;) out(103, '\n');
}
VMLET_EXPORT(void, flood_debug_nonsense) {
  for (;;) out(103, 0xffffffff);
}

// Aborts that never say anything, or never end.
VMLET_EXPORT(void, flood_abort_nothing) {
  for (;;) out(102, 0x41414100);
}
VMLET_EXPORT(void, flood_abort) {
  for (;;) out(102, 0x41414103);
}

// Records of the log, whether the host wants them or not.
VMLET_EXPORT(void, flood_log) {
  static char text[1000];
  memset(text, 'l', sizeof text - 1);
  for (;;) vmlet_log_record(VMLET_LOG_ERROR, "flood", __FILE__, __LINE__, __func__, "%s", text);
}

#ifdef VMLET_RING0
VMLET_IMPORT(i32, HostPrint, (string, text));

// Prints by Hyperlight's way.
VMLET_EXPORT(void, flood_print) {
  static char text[8192];
  memset(text, 'p', sizeof text - 2);
  text[sizeof text - 2] = '\n';
  for (;;) HostPrint(vmlet_text(text));
}
#endif

// Calls of the host.
VMLET_EXPORT(void, flood_import) {
  for (;;) host_add(1, 2);
}
VMLET_EXPORT(void, flood_import_large) {
  static char text[4001];
  memset(text, 't', sizeof text - 1);
  for (;;) host_echo(vmlet_text(text));
}
