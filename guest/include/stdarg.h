// stdarg.h: the compiler's own. At ring 0 numbers with a point are passed like whole ones, in general registers, and
// there they are taken from: the compiler would look for them where a CPU with SSE has them.
#include_next <stdarg.h>
#if defined(VMLET_RING0) && !defined(VMLET_PASSED)
#undef va_arg
#ifdef __cplusplus
template <typename T> struct vmlet_passed { typedef T as; };
template <typename T> struct vmlet_passed<const T> : vmlet_passed<T> {};
template <typename T> struct vmlet_passed<volatile T> : vmlet_passed<T> {};
template <> struct vmlet_passed<double> { typedef unsigned long as; };
#define VMLET_PASSED(type) typename vmlet_passed<__typeof__(type)>::as
#define va_arg(list, type) __builtin_bit_cast(type, __builtin_va_arg(list, VMLET_PASSED(type)))
#else
#define VMLET_PASSED(list) \
  ({ \
    unsigned long bits_ = __builtin_va_arg(list, unsigned long); \
    double number_; \
    __builtin_memcpy(&number_, &bits_, sizeof number_); \
    number_; \
  })
#define va_arg(list, type) (_Generic(*(type *)0, double: VMLET_PASSED(list), default: __builtin_va_arg(list, type)))
#endif
#endif
