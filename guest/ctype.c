// Kinds of characters: ctype.h for ASCII.
#include "kit.h"

#include <ctype.h>

static int between(int c, int low, int high) { return (unsigned)c - (unsigned)low <= (unsigned)(high - low); }

VMLET_PLAIN int isdigit(int c) { return between(c, '0', '9'); }
VMLET_PLAIN int islower(int c) { return between(c, 'a', 'z'); }
VMLET_PLAIN int isupper(int c) { return between(c, 'A', 'Z'); }
VMLET_PLAIN int isalpha(int c) { return between(c | 32, 'a', 'z'); }
VMLET_PLAIN int isalnum(int c) { return isalpha(c) || isdigit(c); }
VMLET_PLAIN int isxdigit(int c) { return isdigit(c) || between(c | 32, 'a', 'f'); }
VMLET_PLAIN int isspace(int c) { return c == ' ' || between(c, '\t', '\r'); }
VMLET_PLAIN int isblank(int c) { return c == ' ' || c == '\t'; }
VMLET_PLAIN int isprint(int c) { return between(c, ' ', '~'); }
VMLET_PLAIN int isgraph(int c) { return between(c, '!', '~'); }
VMLET_PLAIN int ispunct(int c) { return isgraph(c) && !isalnum(c); }
VMLET_PLAIN int iscntrl(int c) { return between(c, 0, 31) || c == 127; }
VMLET_PLAIN int tolower(int c) { return isupper(c) ? c | 32 : c; }
VMLET_PLAIN int toupper(int c) { return islower(c) ? c & ~32 : c; }
