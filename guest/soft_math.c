// What math.c has from the x87 unit at ring 3, for ring 0: by whole numbers of 128 bits, so that results are within one
// unit in the last place. And division, since that of zig's library has no subnormal results. Empty for guests at ring 3.
#include "kit.h"

#ifdef VMLET_RING0

#include <math.h>
#include <string.h>

// A number below 16 with 124 bits behind the point.
typedef unsigned __int128 fixed;
enum { POINT = 124 };

typedef struct { uint64_t high, low; } constant;
static fixed value_of(constant it) { return (fixed)it.high << 64 | it.low; }

static const constant PI = {0x3243f6a8885a308d, 0x313198a2e0370734}, LN2 = {0x0b17217f7d1cf79a, 0xbc9e3b39803f2f6b};

static fixed multiply(fixed a, fixed b) {
  uint64_t a_low = (uint64_t)a, a_high = (uint64_t)(a >> 64), b_low = (uint64_t)b, b_high = (uint64_t)(b >> 64);
  fixed x = (fixed)a_high * b_low, y = (fixed)a_low * b_high;
  fixed middle = ((fixed)a_low * b_low >> 64) + (uint64_t)x + (uint64_t)y;
  fixed high = (fixed)a_high * b_high + (x >> 64) + (y >> 64) + (middle >> 64);
  return high << 4 | (uint64_t)middle >> 60;
}

// A quotient below 1 of numbers below 2^96.
static fixed divide(fixed a, fixed b) {
  fixed quotient = 0;
  for (int i = 0; i < 4; i++) {
    a <<= 31;
    quotient = quotient << 31 | a / b;
    a %= b;
  }
  return quotient;
}

// The nearest double of value * 2^exponent.
static double to_double(fixed value, int exponent) {
  if (!value) return 0;
  uint64_t high = (uint64_t)(value >> 64);
  int zeroes = high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)value);
  value <<= zeroes;
  exponent += 64 - zeroes - POINT;
  // 64 bits with a last one that stands for all behind it; of them 53 are kept, or less where the number is subnormal.
  uint64_t bits = (uint64_t)(value >> 64) | ((uint64_t)value != 0);
  int drop = exponent + 11 < -1074 ? -1074 - exponent : 11;
  if (drop > 64) return 0;
  uint64_t kept = drop < 64 ? bits >> drop : 0, rest = bits << (64 - drop), half = (uint64_t)1 << 63;
  kept += rest > half || (rest == half && (kept & 1));
  return ldexp((double)kept, exponent + drop);
}

// A finite number above zero as a whole one of 53 bits, times 2^exponent.
static uint64_t split(double x, int *exponent) {
  double fraction = frexp(x, exponent);
  *exponent -= 53;
  return (uint64_t)(fraction * 0x1p53);
}

// --- powers -------------------------------------------------------------------------------------------------------

// The logarithm of a number in [1, 2) to base 2, bit by bit: each squaring doubles it.
static fixed log2_of(fixed x) {
  fixed result = 0;
  for (int i = 0; i < POINT; i++) {
    x = multiply(x, x);
    result <<= 1;
    if (x >> (POINT + 1)) {
      x >>= 1;
      result |= 1;
    }
  }
  return result;
}

// 2^x for x in [0, 1).
static fixed power_of_2(fixed x) {
  fixed exponent = multiply(x, value_of(LN2)), term = (fixed)1 << POINT, sum = term;
  for (uint64_t n = 1; term; n++) {
    term = multiply(term, exponent) / n;
    sum += term;
  }
  return sum;
}

enum { WIDE = 117 };

// The logarithm to base 2 of a finite number above zero: its size, with 117 bits behind the point, and its sign.
static fixed log2_size(double x, bool *negative) {
  int exponent;
  fixed fraction = log2_of((fixed)split(x, &exponent) << (POINT - 52));
  exponent += 52;
  *negative = exponent < 0;
  if (*negative) {
    exponent = -exponent - (fraction != 0);
    if (fraction) fraction = ((fixed)1 << POINT) - fraction;
  }
  return (fixed)exponent << WIDE | fraction >> (POINT - WIDE);
}

double vmlet_soft_log(int base, double x) {
  static const constant log10_of_2 = {0x04d104d427de7fbc, 0xc47c4acd605be48c};
  bool negative;
  fixed size = log2_size(x, &negative);
  if (base != 2) size = multiply(size, value_of(base == 10 ? log10_of_2 : LN2));
  double result = to_double(size, POINT - WIDE);
  return negative ? -result : result;
}

double vmlet_soft_power(double x, double y) {
  enum { RESULT = 110 };
  double size = fabs(y);
  if (size < 0x1p-70) return 1;
  bool negative;
  fixed log = log2_size(x, &negative);
  negative ^= y < 0;
  if (to_double(log, POINT - WIDE) * size > 1100) return negative ? 0 : INFINITY;
  // The product of the logarithm and y has an upper and a lower part.
  int shift;
  uint64_t factor = split(size, &shift);
  fixed high = (log >> 64) * factor, low = (fixed)(uint64_t)log * factor, product;
  shift = WIDE - RESULT - shift;
  if (shift >= 64) product = high >> (shift - 64);
  else if (shift >= 0) product = (high << (64 - shift)) + (low >> shift);
  else product = (high << (64 - shift)) + (low << -shift);
  int whole = (int)(product >> RESULT);
  fixed fraction = product << (128 - RESULT) >> (128 - POINT);
  if (negative) {
    whole = -whole - (fraction != 0);
    if (fraction) fraction = ((fixed)1 << POINT) - fraction;
  }
  return to_double(power_of_2(fraction), whole);
}

// --- angles -------------------------------------------------------------------------------------------------------

// The angles whose tangents are 1/8 to 8/8.
static const constant EIGHTHS[] = {
    {0x01fd5ba9aac2f6dc, 0x65912f313e7d111e}, {0x03eb6ebf25901bac, 0x55b71e7bd7de8860},
    {0x05bd86507937bc23, 0x9c55190916e7f224}, {0x076b19c1586ed3da, 0x2b7f222f65e1d468},
    {0x08f005d5ef7f59f9, 0xb5c835e1665c4374}, {0x0a4bc7d1934f7092, 0x419a87f2a457daca},
    {0x0b8053e2bc2319e7, 0x3cb2da55210a4444}, {0x0c90fdaa22168c23, 0x4c4c6628b80dc1cd},
};

// For numbers that are neither infinite nor none, y not negative.
static fixed angle(uint64_t y, uint64_t x, int shift) {
  // The tangent is y / x' in [0, 1]; from the nearest angle whose tangent is so many eighths, it is less than 1/15.
  fixed wide = (fixed)x << shift, by8 = (fixed)y * 8;
  unsigned eighths = (unsigned)((by8 + wide / 2) / wide);
  fixed near = wide * eighths, sum = wide * 8 + (fixed)y * eighths;
  bool below = by8 < near;
  fixed tangent = divide(below ? near - by8 : by8 - near, sum);
  fixed square = multiply(tangent, tangent), power = tangent, rest = tangent;
  for (uint64_t n = 3; power; n += 2) {
    power = multiply(power, square);
    if (n & 2) rest -= power / n;
    else rest += power / n;
  }
  fixed base = eighths ? value_of(EIGHTHS[eighths - 1]) : 0;
  return below ? base - rest : base + rest;
}

double vmlet_soft_atan2(double y, double x) {
  if (isnan(x) || isnan(y)) return NAN;
  double height = fabs(y), width = fabs(x);
  if (isinf(height) && isinf(width)) height = width = 1;
  bool steep = height > width;
  double small = steep ? width : height, large = steep ? height : width;
  fixed result = 0;
  if (small != 0 && !isinf(large)) {
    // Where the tangent is tiny, it is the angle.
    double tangent = small / large;
    if (tangent < 0x1p-27) {
      if (!steep && !signbit(x)) return copysign(tangent, y);
      result = (fixed)(uint64_t)(tangent * 0x1p90) << (POINT - 90);
    } else {
      int low, high;
      uint64_t top = split(small, &low), bottom = split(large, &high);
      result = angle(top, bottom, high - low);
    }
  }
  if (steep) result = value_of(PI) / 2 - result;
  if (signbit(x)) result = value_of(PI) - result;
  return copysign(to_double(result, 0), y);
}

// --- lengths ------------------------------------------------------------------------------------------------------

static uint64_t square_root(fixed x) {
  uint64_t root = 0;
  for (uint64_t bit = (uint64_t)1 << 63; bit; bit >>= 1)
    if ((fixed)(root | bit) * (root | bit) <= x) root |= bit;
  return root;
}

double vmlet_soft_hypot(double x, double y) {
  double large = fmax(fabs(x), fabs(y)), small = fmin(fabs(x), fabs(y));
  if (isnan(x) || isnan(y)) return NAN;
  if (small == 0) return large;
  int high, low;
  uint64_t a = split(large, &high) << 10, b = split(small, &low) << 10;
  b = high - low < 64 ? b >> (high - low) : 0;
  fixed sum = (fixed)a * a + (fixed)b * b;
  uint64_t root = square_root(sum);
  // A last bit for what is behind it.
  return to_double(root | ((fixed)root * root != sum), high - 10 + POINT);
}

// --- division -----------------------------------------------------------------------------------------------------

// The names are those that the compiler calls.
double __divdf3(double a, double b);
float __divsf3(float a, float b);

double __divdf3(double a, double b) {
  if (isnan(a) || isnan(b)) return a + b;
  bool none = isinf(a) ? isinf(b) : a == 0 && b == 0;
  if (none) return NAN;
  double result;
  if (isinf(a) || b == 0) {
    result = INFINITY;
  } else if (a == 0 || isinf(b)) {
    result = 0;
  } else {
    int of_a, of_b;
    fixed top = (fixed)split(fabs(a), &of_a) << 72;
    uint64_t bottom = split(fabs(b), &of_b);
    result = to_double(top / bottom << 1 | (top % bottom != 0), of_a - of_b - 73 + POINT);
  }
  return signbit(a) != signbit(b) ? -result : result;
}

// A double has so many bits more that rounding twice does no harm.
float __divsf3(float a, float b) { return (float)__divdf3(a, b); }

#endif
