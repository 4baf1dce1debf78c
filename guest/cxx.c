// What the compiler of C++ calls: new and delete, pure virtual functions, destructors of static objects.
#include "kit.h"

typedef struct { char unused; } nothrow;

// The names are those of the Itanium C++ ABI: n for new, d for delete, w for one object, a for an array.
VMLET_LIBC void *_Znwm(size_t size) { return vmlet_malloc(size); }
VMLET_LIBC void *_Znam(size_t size) { return vmlet_malloc(size); }
VMLET_LIBC void *_ZnwmSt11align_val_t(size_t size, size_t alignment) { return vmlet_must_allocate(alignment, size); }
VMLET_LIBC void *_ZnamSt11align_val_t(size_t size, size_t alignment) { return vmlet_must_allocate(alignment, size); }
VMLET_LIBC void *_ZnwmRKSt9nothrow_t(size_t size, const nothrow *no) { return (void)no, vmlet_allocate(16, size); }
VMLET_LIBC void *_ZnamRKSt9nothrow_t(size_t size, const nothrow *no) { return (void)no, vmlet_allocate(16, size); }

VMLET_LIBC void _ZdlPv(void *pointer) { vmlet_release(pointer); }
VMLET_LIBC void _ZdaPv(void *pointer) { vmlet_release(pointer); }
VMLET_LIBC void _ZdlPvm(void *pointer, size_t size) { (void)size, vmlet_release(pointer); }
VMLET_LIBC void _ZdaPvm(void *pointer, size_t size) { (void)size, vmlet_release(pointer); }
VMLET_LIBC void _ZdlPvSt11align_val_t(void *pointer, size_t alignment) { (void)alignment, vmlet_release(pointer); }
VMLET_LIBC void _ZdaPvSt11align_val_t(void *pointer, size_t alignment) { (void)alignment, vmlet_release(pointer); }
VMLET_LIBC void _ZdlPvmSt11align_val_t(void *pointer, size_t size, size_t alignment) {
  (void)size, (void)alignment, vmlet_release(pointer);
}
VMLET_LIBC void _ZdaPvmSt11align_val_t(void *pointer, size_t size, size_t alignment) {
  (void)size, (void)alignment, vmlet_release(pointer);
}
VMLET_LIBC void _ZdlPvRKSt9nothrow_t(void *pointer, const nothrow *no) { (void)no, vmlet_release(pointer); }
VMLET_LIBC void _ZdaPvRKSt9nothrow_t(void *pointer, const nothrow *no) { (void)no, vmlet_release(pointer); }

// `const std::nothrow_t std::nothrow`.
VMLET_LIBC const nothrow _ZSt7nothrow = {0};

VMLET_LIBC __attribute__((noreturn)) void __cxa_pure_virtual(void) {
  vmlet_abort(VMLET_UNKNOWN_ERROR, "a pure virtual function was called");
}

// A guest ends without a last call, so destructors of static objects never run.
VMLET_LIBC void *__dso_handle = 0;
VMLET_LIBC int __cxa_atexit(void (*destroy)(void *), void *object, void *library) {
  (void)destroy, (void)object, (void)library;
  return 0;
}
