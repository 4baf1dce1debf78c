// hello: one function of each sort, to begin with.
#include <vmlet.h>

VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));

// Adds in the guest.
VMLET_EXPORT(i32, add, (i32, a), (i32, b)) { return (int32_t)((uint32_t)a + (uint32_t)b); }

// Asks the host to add.
VMLET_EXPORT(i32, add_in_host, (i32, a), (i32, b)) { return host_add(a, b); }

// Gives the bytes back in reverse.
VMLET_EXPORT(buffer, reverse, (buffer, bytes)) {
  uint8_t *result = vmlet_result(bytes.size);
  for (size_t i = 0; i < bytes.size; i++) result[i] = bytes.data[bytes.size - 1 - i];
  return (vmlet_buffer){result, bytes.size};
}

// Counts its own calls: what a guest keeps stays until the sandbox is closed or restored.
VMLET_EXPORT(i32, count) {
  static int32_t calls;
  return ++calls;
}

// Ends the call with a message.
VMLET_EXPORT(void, give_up, (i32, code)) { vmlet_abort(code, "gave up with code %d", code); }

// Ends the call with an error that leaves the sandbox usable.
VMLET_EXPORT(void, refuse, (i32, code)) { vmlet_fail((uint64_t)code, "refused with code %d", code); }
