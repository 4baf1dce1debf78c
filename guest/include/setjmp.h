// setjmp.h: jumps out of nested calls.
#ifndef VMLET_SETJMP_H
#define VMLET_SETJMP_H
#ifdef __cplusplus
extern "C" {
#endif

typedef unsigned long jmp_buf[8];
__attribute__((returns_twice)) int setjmp(jmp_buf);
__attribute__((noreturn)) void longjmp(jmp_buf, int);
#define setjmp(place) setjmp(place)

#ifdef __cplusplus
}
#endif
#endif
