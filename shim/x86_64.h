// What the shim needs to know of x86_64: system call numbers, the call itself, and how a signal handler returns.
// Another architecture is another file like this one.
#define SYS_read 0
#define SYS_close 3
#define SYS_mmap 9
#define SYS_mprotect 10
#define SYS_munmap 11
#define SYS_rt_sigaction 13
#define SYS_rt_sigprocmask 14
#define SYS_ioctl 16
#define SYS_pread64 17
#define SYS_pwrite64 18
#define SYS_madvise 28
#define SYS_getpid 39
#define SYS_fcntl 72
#define SYS_ftruncate 77
#define SYS_getrusage 98
#define SYS_gettid 186
#define SYS_timer_create 222
#define SYS_timer_settime 223
#define SYS_timer_delete 226
#define SYS_clock_gettime 228
#define SYS_tgkill 234
#define SYS_openat 257
#define SYS_ppoll 271
#define SYS_eventfd2 290
#define SYS_rt_tgsigqueueinfo 297
#define SYS_prlimit64 302
#define SYS_process_vm_readv 310
#define SYS_process_vm_writev 311
#define SYS_memfd_create 319

static inline long syscall6(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

// A clock that costs nothing to read and runs at one rate on all CPUs.
static inline unsigned long long ticks(void) { return __builtin_ia32_rdtsc(); }

static inline void copy_bytes(void *to, const void *from, unsigned long length) {
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
}

// The kernel returns from a handler through this address, since x86_64 has no vDSO trampoline for it.
#define SA_RESTORER 0x04000000ul
__asm__(".text\n"
        ".type signal_restorer, @function\n"
        "signal_restorer:\n"
        "  mov $15, %eax\n"  // rt_sigreturn
        "  syscall\n"
        ".size signal_restorer, . - signal_restorer\n");
__attribute__((visibility("hidden"))) extern void signal_restorer(void);
