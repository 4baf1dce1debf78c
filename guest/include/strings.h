// strings.h: strings without regard to the case of ASCII letters.
#ifndef VMLET_STRINGS_H
#define VMLET_STRINGS_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

int bcmp(const void *, const void *, size_t);
int strcasecmp(const char *, const char *);
int strncasecmp(const char *, const char *, size_t);

#ifdef __cplusplus
}
#endif
#endif
