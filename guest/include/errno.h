// errno.h: the numbers are those of Linux.
#ifndef VMLET_ERRNO_H
#define VMLET_ERRNO_H
#ifdef __cplusplus
extern "C" {
#endif
// A function that the compiler cannot see through: it takes it that malloc leaves variables alone.
int *vmlet_errno(void);
#ifdef __cplusplus
}
#endif
#define errno (*vmlet_errno())

#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define E2BIG 7
#define EBADF 9
#define EAGAIN 11
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EBUSY 16
#define EEXIST 17
#define EINVAL 22
#define ENOSPC 28
#define EDOM 33
#define ERANGE 34
#define ENOSYS 38
#define EOVERFLOW 75
#define EILSEQ 84
#define ENOTSUP 95
#endif
