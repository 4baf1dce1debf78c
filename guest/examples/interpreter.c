// interpreter: runs programs that anyone may have written, in the language of eight instructions known as Brainfuck. A
// program can loop for ever, and write as much as it likes.
#include <vmlet.h>

#include <stdlib.h>

enum { CELLS = 30000, LONGEST_OUTPUT = 64 * 1024 };

// Where each bracket's other one is. While one is open, that is where the one around it is.
static uint32_t *brackets_of(vmlet_string program) {
  static uint32_t *other;
  free(other);
  other = vmlet_malloc((program.size + 1) * sizeof *other);
  uint32_t depth = 0, open = 0;
  for (uint32_t i = 0; i < program.size; i++) {
    if (program.data[i] == '[') {
      other[i] = open;
      open = i;
      depth++;
    } else if (program.data[i] == ']') {
      if (depth-- == 0) vmlet_fail(VMLET_GUEST_ERROR, "the bracket at %u closes none", i);
      uint32_t start = open;
      open = other[start];
      other[start] = i;
      other[i] = start;
    }
  }
  if (depth > 0) vmlet_fail(VMLET_GUEST_ERROR, "the bracket at %u is not closed", open);
  return other;
}

// Runs a program; what it writes is the result. The tape goes round, so that no program leaves it.
VMLET_EXPORT(buffer, run, (string, program), (buffer, input)) {
  static uint8_t cells[CELLS];
  __builtin_memset(cells, 0, sizeof cells);
  const uint32_t *other = brackets_of(program);
  uint8_t *output = vmlet_result(LONGEST_OUTPUT);
  size_t written = 0, taken = 0, at = 0;
  for (size_t i = 0; i < program.size; i++) {
    switch (program.data[i]) {
      case '>': at = at == CELLS - 1 ? 0 : at + 1; break;
      case '<': at = at == 0 ? CELLS - 1 : at - 1; break;
      case '+': cells[at]++; break;
      case '-': cells[at]--; break;
      case '[': if (!cells[at]) i = other[i]; break;
      case ']': if (cells[at]) i = other[i]; break;
      case ',': cells[at] = taken < input.size ? input.data[taken++] : 0; break;
      case '.':
        if (written == LONGEST_OUTPUT) vmlet_fail(VMLET_GUEST_ERROR, "the program writes more than %d bytes", LONGEST_OUTPUT);
        output[written++] = cells[at];
    }
  }
  return (vmlet_buffer){output, written};
}
