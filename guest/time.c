// time.h where there is no clock: import a function of the host's to have one.
#include "kit.h"

#include <time.h>

VMLET_LIBC time_t time(time_t *result) {
  if (result) *result = -1;
  return -1;
}
VMLET_LIBC clock_t clock(void) { return -1; }
VMLET_LIBC double difftime(time_t end, time_t start) { return (double)(end - start); }
