// stdio.h: formatted printing.
//
// The conversions are d i u o x X c s p f F e E g G and %, with the flags - 0 + space #, a width, a precision, both also
// as *, and the lengths hh h l ll z j t L. Doubles are rounded correctly; a long double is printed as a double. What
// follows a conversion that is not known (such as %n and %a) is shown as it stands.
//
// What is printed goes to the host's log by lines, cut after 1000 bytes: stdout at level info, stderr at level warn.
// There are no files: the functions for them are declared, so that libraries compile which have, but do not need them;
// a guest that calls one does not link.
#ifndef VMLET_STDIO_H
#define VMLET_STDIO_H
#include <stdarg.h>
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif

#define EOF (-1)
#define BUFSIZ 1024
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2

typedef struct vmlet_file FILE;
extern FILE *const stdin, *const stdout, *const stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

#define VMLET_PRINTF(format_at, first) __attribute__((format(printf, format_at, first)))
VMLET_PRINTF(3, 4) int snprintf(char *__restrict, size_t, const char *__restrict, ...);
VMLET_PRINTF(2, 3) int sprintf(char *__restrict, const char *__restrict, ...);
VMLET_PRINTF(1, 2) int printf(const char *__restrict, ...);
VMLET_PRINTF(2, 3) int fprintf(FILE *__restrict, const char *__restrict, ...);
VMLET_PRINTF(3, 0) int vsnprintf(char *__restrict, size_t, const char *__restrict, va_list);
VMLET_PRINTF(2, 0) int vsprintf(char *__restrict, const char *__restrict, va_list);
VMLET_PRINTF(1, 0) int vprintf(const char *__restrict, va_list);
VMLET_PRINTF(2, 0) int vfprintf(FILE *__restrict, const char *__restrict, va_list);
#undef VMLET_PRINTF

int puts(const char *);
int putchar(int);
int fputs(const char *__restrict, FILE *__restrict);
int fputc(int, FILE *);
int putc(int, FILE *);
size_t fwrite(const void *__restrict, size_t, size_t, FILE *__restrict);
int fflush(FILE *);
int ferror(FILE *);
void perror(const char *);

FILE *fopen(const char *__restrict, const char *__restrict);
int fclose(FILE *);
size_t fread(void *__restrict, size_t, size_t, FILE *__restrict);
int fseek(FILE *, long, int);
long ftell(FILE *);
void rewind(FILE *);
int feof(FILE *);
int fgetc(FILE *);
int getc(FILE *);
int getchar(void);
int ungetc(int, FILE *);
char *fgets(char *__restrict, int, FILE *__restrict);
void clearerr(FILE *);
int remove(const char *);
int rename(const char *, const char *);
int sscanf(const char *__restrict, const char *__restrict, ...);
int fscanf(FILE *__restrict, const char *__restrict, ...);

#ifdef __cplusplus
}
#endif
#endif
