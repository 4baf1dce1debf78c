// setjmp and longjmp: what a function must keep, and where it is.
#include "kit.h"

#include <setjmp.h>

VMLET_LIBC __attribute__((naked)) int setjmp(__attribute__((unused)) jmp_buf place) {
  __asm__(
      "mov %rbx, (%rdi); mov %rbp, 8(%rdi); mov %r12, 16(%rdi); mov %r13, 24(%rdi); mov %r14, 32(%rdi); mov %r15, 40(%rdi)\n"
      "lea 8(%rsp), %rax; mov %rax, 48(%rdi); mov (%rsp), %rax; mov %rax, 56(%rdi)\n"
      "xor %eax, %eax; ret");
}

VMLET_LIBC __attribute__((naked, noreturn)) void longjmp(__attribute__((unused)) jmp_buf place,
                                                            __attribute__((unused)) int value) {
  __asm__(
      "mov %esi, %eax; cmp $1, %eax; adc $0, %eax\n"
      "mov (%rdi), %rbx; mov 8(%rdi), %rbp; mov 16(%rdi), %r12; mov 24(%rdi), %r13; mov 32(%rdi), %r14; mov 40(%rdi), %r15\n"
      "mov 48(%rdi), %rsp; jmp *56(%rdi)");
}
