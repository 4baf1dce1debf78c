// assert.h: a condition that does not hold ends the call with its text and place.
#undef assert
#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : vmlet_assert_failed(#condition, __FILE__, __LINE__))
#endif

#ifndef VMLET_ASSERT_H
#define VMLET_ASSERT_H
#ifdef __cplusplus
extern "C"
#else
#define static_assert _Static_assert
#endif
__attribute__((noreturn)) void vmlet_assert_failed(const char *condition, const char *file, int line);
#endif
