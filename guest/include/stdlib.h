// stdlib.h: the heap, numbers from text, sorting, random numbers, ends.
#ifndef VMLET_STDLIB_H
#define VMLET_STDLIB_H
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#define VMLET_NORETURN __attribute__((noreturn))
#else
#define VMLET_NORETURN _Noreturn
#endif

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff
#define MB_CUR_MAX ((size_t)4)

// Aligned to 16 bytes. Freeing twice, or what was not given out, ends the call with a message. NULL with errno ENOMEM
// where the heap is exhausted; see vmlet_malloc for one that ends the call with a typed error instead. realloc to no
// bytes frees.
void *malloc(size_t);
void *calloc(size_t, size_t);
void *realloc(void *, size_t);
void free(void *);
void *aligned_alloc(size_t, size_t);
int posix_memalign(void **, size_t, size_t);

int atoi(const char *);
long atol(const char *);
long long atoll(const char *);
double atof(const char *);
long strtol(const char *__restrict, char **__restrict, int);
long long strtoll(const char *__restrict, char **__restrict, int);
unsigned long strtoul(const char *__restrict, char **__restrict, int);
unsigned long long strtoull(const char *__restrict, char **__restrict, int);
// Rounded correctly. Hexadecimal floating-point numbers are not read.
double strtod(const char *__restrict, char **__restrict);
float strtof(const char *__restrict, char **__restrict);

typedef struct { int quot, rem; } div_t;
typedef struct { long quot, rem; } ldiv_t;
typedef struct { long long quot, rem; } lldiv_t;
int abs(int);
long labs(long);
long long llabs(long long);
div_t div(int, int);
ldiv_t ldiv(long, long);
lldiv_t lldiv(long long, long long);

void qsort(void *, size_t, size_t, int (*)(const void *, const void *));
void *bsearch(const void *, const void *, size_t, size_t, int (*)(const void *, const void *));

// The same numbers after the same srand; without it, others in each sandbox.
int rand(void);
void srand(unsigned);

// Each of them ends the call as vmlet_abort does; what atexit was given never runs.
VMLET_NORETURN void abort(void);
VMLET_NORETURN void exit(int);
VMLET_NORETURN void _Exit(int);
int atexit(void (*)(void));
// There is no environment: always NULL.
char *getenv(const char *);

#ifdef __cplusplus
}
#endif
#endif
