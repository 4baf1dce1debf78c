// What math.h has beside the compiler's own functions: exact ones by their bits, the others by the x87 unit.
#include "kit.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// --- exact --------------------------------------------------------------------------------------------------------

VMLET_PLAIN double copysign(double x, double sign) { return from_bits((bits_of(x) << 1 >> 1) | bits_of(sign) >> 63 << 63); }
VMLET_PLAIN float copysignf(float x, float sign) { return (float)copysign(x, sign); }

// Adding and subtracting 2^52 drops what is behind the point, in the rounding mode.
VMLET_PLAIN double rint(double x) {
  double big = copysign(0x1p52, x);
  if (!(fabs(x) < 0x1p52)) return x;
  volatile double sum = x + big;
  return copysign(sum - big, x);
}
VMLET_PLAIN float rintf(float x) { return (float)rint(x); }
VMLET_PLAIN double nearbyint(double x) { return rint(x); }
VMLET_PLAIN long lrint(double x) { return (long)rint(x); }
VMLET_PLAIN long lround(double x) { return (long)round(x); }
VMLET_PLAIN long long llrint(double x) { return (long long)rint(x); }
VMLET_PLAIN long long llround(double x) { return (long long)round(x); }

VMLET_PLAIN double modf(double x, double *whole) {
  *whole = trunc(x);
  return copysign(isinf(x) ? 0 : x - *whole, x);
}
VMLET_PLAIN float modff(float x, float *whole) {
  double part, rest = modf(x, &part);
  *whole = (float)part;
  return (float)rest;
}

VMLET_PLAIN double frexp(double x, int *exponent) {
  *exponent = 0;
  if (x == 0 || !isfinite(x)) return x;
  if (fabs(x) < 0x1p-1022) x *= 0x1p64, *exponent = -64;
  uint64_t bits = bits_of(x);
  *exponent += (int)(bits >> 52 & 0x7ff) - 1022;
  return from_bits((bits & ~((uint64_t)0x7ff << 52)) | (uint64_t)1022 << 52);
}
VMLET_PLAIN float frexpf(float x, int *exponent) { return (float)frexp(x, exponent); }

// The last factor alone may round, so only it may make the number subnormal.
VMLET_PLAIN double ldexp(double x, int exponent) {
  if (exponent > 3000) exponent = 3000;
  if (exponent < -3000) exponent = -3000;
  for (; exponent > 1000; exponent -= 1000) x *= 0x1p1000;
  if (exponent < -900) {
    int part;
    double fraction = frexp(x, &part);
    if (x == 0 || !isfinite(x)) return x;
    exponent += part;
    if (exponent < -1100) return copysign(0, x);
    if (exponent > -1000) return fraction * 0x1p-900 * from_bits((uint64_t)(exponent + 900 + 1023) << 52);
    return fraction * 0x1p-1000 * from_bits((uint64_t)(exponent + 1000 + 1023) << 52);
  }
  return x * from_bits((uint64_t)(exponent + 1023) << 52);
}
VMLET_PLAIN float ldexpf(float x, int exponent) { return (float)ldexp(x, exponent); }
VMLET_PLAIN double scalbn(double x, int exponent) { return ldexp(x, exponent); }
VMLET_PLAIN float scalbnf(float x, int exponent) { return (float)ldexp(x, exponent); }

#ifdef VMLET_RING0
// --- by whole numbers, see soft_math.c ----------------------------------------------------------------------------

static double log_of(int base, double x) { return vmlet_soft_log(base, x); }
static double power(double size, double y) { return vmlet_soft_power(size, y); }
VMLET_PLAIN double atan2(double y, double x) { return vmlet_soft_atan2(y, x); }
static double length(double x, double y) { return vmlet_soft_hypot(x, y); }

#else
// --- by the x87 unit, whose numbers have 11 bits more -------------------------------------------------------------

// y * log2(x), for x > 0.
static long double y_log2(long double y, long double x) {
  long double result;
  __asm__("fyl2x" : "=t"(result) : "0"(x), "u"(y) : "st(1)");
  return result;
}

static double log_of(int base, double x) {
  return (double)y_log2(base == 2 ? 1 : base == 10 ? 0.301029995663981195213738894724L : 0.693147180559945309417232121458L, x);
}

// 2^x.
static long double power_of_2(long double x) {
  long double whole = x, result;
  if (x > 20000) return __builtin_infl();
  if (x < -20000) return 0;
  __asm__("frndint" : "+t"(whole));
  __asm__("f2xm1; fld1; faddp; fscale" : "=t"(result) : "0"(x - whole), "u"(whole));
  return result;
}

// size^y, for size > 0.
static double power(double size, double y) {
  if (trunc(y) != y || fabs(y) > 64) return (double)power_of_2(y_log2(y, size));
  // By multiplication, so that whole numbers stay whole.
  long double product = 1, base = size;
  for (int n = (int)fabs(y); n; n >>= 1, base *= base)
    if (n & 1) product *= base;
  return (double)(y < 0 ? 1 / product : product);
}

VMLET_PLAIN double atan2(double y, double x) {
  long double result;
  __asm__("fpatan" : "=t"(result) : "0"((long double)x), "u"((long double)y) : "st(1)");
  return (double)result;
}

static double length(double x, double y) {
  long double sum = (long double)x * x + (long double)y * y;
  __asm__("fsqrt" : "+t"(sum));
  return (double)sum;
}
#endif

// --- by these -----------------------------------------------------------------------------------------------------

static double any_log(int base, double x) {
  if (x > 0) return isinf(x) ? x : log_of(base, x);
  if (x == 0) return errno = ERANGE, -INFINITY;
  return isnan(x) ? x : (errno = EDOM, NAN);
}
VMLET_PLAIN double log2(double x) { return any_log(2, x); }
VMLET_PLAIN double log(double x) { return any_log(0, x); }
VMLET_PLAIN double log10(double x) { return any_log(10, x); }
VMLET_PLAIN float log2f(float x) { return (float)log2(x); }
VMLET_PLAIN float logf(float x) { return (float)log(x); }
VMLET_PLAIN float log10f(float x) { return (float)log10(x); }

static bool is_whole(double x) { return trunc(x) == x; }
static bool is_odd(double x) { return fabs(x) < 0x1p53 && is_whole(x) && ((int64_t)x & 1); }

VMLET_PLAIN double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (isnan(x) || isnan(y)) return NAN;
  bool negative = signbit(x) && is_odd(y);
  double size = fabs(x);
  if (isinf(y)) return size == 1 ? 1 : (size > 1) == (y > 0) ? INFINITY : 0;
  if (size == 0 || isinf(size)) {
    double result = (size == 0) == (y > 0) ? 0 : INFINITY;
    if (size == 0 && y < 0) errno = ERANGE;
    return negative ? -result : result;
  }
  if (x < 0 && !is_whole(y)) return errno = EDOM, NAN;
  double result = power(size, y);
  if (isinf(result)) errno = ERANGE;
  return negative ? -result : result;
}
VMLET_PLAIN float powf(float x, float y) { return (float)pow(x, y); }

VMLET_PLAIN double atan(double x) { return atan2(x, 1); }
VMLET_PLAIN double asin(double x) { return atan2(x, sqrt((1 - x) * (1 + x))); }
VMLET_PLAIN double acos(double x) { return atan2(sqrt((1 - x) * (1 + x)), x); }
VMLET_PLAIN float atan2f(float y, float x) { return (float)atan2(y, x); }
VMLET_PLAIN float atanf(float x) { return (float)atan2(x, 1); }
VMLET_PLAIN float asinf(float x) { return (float)asin(x); }
VMLET_PLAIN float acosf(float x) { return (float)acos(x); }

VMLET_PLAIN double hypot(double x, double y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  return length(x, y);
}
VMLET_PLAIN float hypotf(float x, float y) { return (float)hypot(x, y); }
