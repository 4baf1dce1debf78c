// sys/types.h: the types of POSIX that libraries name.
#ifndef VMLET_SYS_TYPES_H
#define VMLET_SYS_TYPES_H
#include <stddef.h>
#include <stdint.h>
typedef long ssize_t;
typedef long off_t;
typedef long time_t;
#endif
