// alloca.h: memory on the stack until the function returns.
#ifndef VMLET_ALLOCA_H
#define VMLET_ALLOCA_H
#define alloca(size) __builtin_alloca(size)
#endif
