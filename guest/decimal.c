// Doubles in decimal and back, exact: the digits of a double are all written out before anything is rounded.
#include "kit.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// --- to decimal ---------------------------------------------------------------------------------------------------

void vmlet_to_decimal(vmlet_decimal *to, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  int exponent = (int)(bits >> 52 & 0x7ff);
  uint64_t fraction = bits << 12 >> 12;
  if (exponent) fraction |= (uint64_t)1 << 52;
  else exponent = 1;
  exponent -= 1075;
  to->count = to->point = 0;
  if (!fraction) return;
  int zeroes = __builtin_ctzll(fraction);
  fraction >>= zeroes;
  exponent += zeroes;

  // The number is fraction * 2^exponent. With a negative exponent that is fraction * 5^-exponent, and a decimal point
  // -exponent digits from the right. Words of nine digits, the lowest first.
  enum { WORD = 1000000000 };
  uint32_t words[90];
  int count = 0;
  for (; fraction; fraction /= WORD) words[count++] = (uint32_t)(fraction % WORD);
  int factors = exponent < 0 ? -exponent : exponent;
  while (factors) {
    int step = exponent < 0 ? 13 : 29;
    if (step > factors) step = factors;
    factors -= step;
    uint64_t factor = 1;
    if (exponent < 0) for (int i = 0; i < step; i++) factor *= 5;
    else factor <<= step;
    uint64_t carry = 0;
    for (int i = 0; i < count; i++) {
      uint64_t product = words[i] * factor + carry;
      words[i] = (uint32_t)(product % WORD);
      carry = product / WORD;
    }
    for (; carry; carry /= WORD) words[count++] = (uint32_t)(carry % WORD);
  }

  char *digits = to->digits;
  int size = 0;
  for (int i = count - 1; i >= 0; i--) {
    uint32_t word = words[i];
    char nine[9];
    for (int j = 8; j >= 0; j--, word /= 10) nine[j] = (char)('0' + word % 10);
    int skip = 0;
    if (i == count - 1) while (nine[skip] == '0') skip++;
    memcpy(digits + size, nine + skip, (size_t)(9 - skip));
    size += 9 - skip;
  }
  to->point = exponent < 0 ? size + exponent : size;
  while (digits[size - 1] == '0') size--;
  to->count = size;
}

void vmlet_round_decimal(vmlet_decimal *number, int64_t keep) {
  if (keep >= number->count) return;
  if (keep < 0) {
    number->count = 0;
    return;
  }
  char *digits = number->digits;
  bool odd = keep > 0 && (digits[keep - 1] & 1);
  bool up = digits[keep] > '5' || (digits[keep] == '5' && (number->count > keep + 1 || odd));
  int count = (int)keep;
  if (up) {
    while (count && digits[count - 1] == '9') count--;
    if (count) {
      digits[count - 1]++;
    } else {
      digits[count++] = '1';
      number->point++;
    }
  } else {
    while (count && digits[count - 1] == '0') count--;
  }
  number->count = count;
}

// --- from decimal -------------------------------------------------------------------------------------------------

// More digits than any number halfway between two doubles has: of those behind them only counts whether one is there.
enum { MAX_DIGITS = 800 };

// A whole number in words of 32 bits, the lowest first.
typedef struct { uint32_t words[136]; int count; } big;

static void multiply_add(big *it, uint32_t factor, uint32_t add) {
  uint64_t carry = add;
  for (int i = 0; i < it->count; i++) {
    carry += (uint64_t)it->words[i] * factor;
    it->words[i] = (uint32_t)carry;
    carry >>= 32;
  }
  if (carry) it->words[it->count++] = (uint32_t)carry;
}

// Returns whether something is left.
static bool divide(big *it, uint32_t by) {
  uint64_t rest = 0;
  for (int i = it->count - 1; i >= 0; i--) {
    rest = rest << 32 | it->words[i];
    it->words[i] = (uint32_t)(rest / by);
    rest %= by;
  }
  while (it->count && !it->words[it->count - 1]) it->count--;
  return rest != 0;
}

static int bits_of(const big *it) {
  return it->count ? it->count * 32 - __builtin_clz(it->words[it->count - 1]) : 0;
}

static uint64_t get_bits(const big *it, int from, int count) {
  uint64_t bits = 0;
  for (int i = count - 1; i >= 0; i--)
    bits = bits << 1 | (it->words[(from + i) / 32] >> (from + i) % 32 & 1);
  return bits;
}

static bool any_below(const big *it, int end) {
  for (int i = 0; i < end; i++)
    if (it->words[i / 32] >> i % 32 & 1) return true;
  return false;
}

// digits * 10^exponent, and a bit more if `more`, rounded to `precision` bits (of a float or a double).
static double from_digits(const char *digits, int count, int64_t exponent, bool more, int precision, int lowest) {
  if (!count || exponent + count < -400) return count ? (errno = ERANGE, 0) : 0;
  if (exponent + count > 400) return errno = ERANGE, __builtin_inf();
  big number;
  number.count = 0;
  for (int i = 0; i < count; i++) multiply_add(&number, 10, (uint32_t)(digits[i] - '0'));
  int shift = 0; // the value is number * 2^-shift
  for (; exponent > 0; exponent--) multiply_add(&number, 10, 0);
  if (exponent < 0) {
    // Enough bits for what is left after the division to have more than the precision, in whole words.
    int wanted = 128 + (int)(-exponent * 10 / 3) - bits_of(&number);
    int words = wanted > 0 ? wanted / 32 + 1 : 0;
    memmove(number.words + words, number.words, (size_t)number.count * 4);
    memset(number.words, 0, (size_t)words * 4);
    number.count += words;
    shift = words * 32;
    for (; exponent <= -9; exponent += 9) more |= divide(&number, 1000000000);
    for (; exponent < 0; exponent++) more |= divide(&number, 10);
  }
  // The highest bit has the weight 2^(bits - 1 - shift); the lowest that can be kept is 2^lowest.
  int bits = bits_of(&number), drop = bits - precision;
  if (drop - shift < lowest) drop = lowest + shift;
  uint64_t kept;
  if (drop <= 0) {
    kept = get_bits(&number, 0, bits);
  } else if (drop > bits) {
    kept = 0;
  } else {
    kept = get_bits(&number, drop, bits - drop);
    bool half = get_bits(&number, drop - 1, 1), rest = more || any_below(&number, drop - 1);
    if (half && (rest || (kept & 1))) kept++;
  }
  if (drop < 0) drop = 0;
  int power = drop - shift;
  if (!kept) errno = ERANGE;
  // The product of exact numbers is exact, in two steps where a factor would not be normal.
  double value = (double)kept;
  for (; power > 0; power--) value *= 2;
  for (; power < 0 && power > -2000 && value; power++) value /= 2;
  if (value > (precision == 53 ? 1.7976931348623157e308 : 3.4028234663852886e38))
    errno = ERANGE, value = __builtin_inf();
  return value;
}

static double read_double(const char *text, char **end, int precision, int lowest) {
  const char *at = text;
  while (isspace((unsigned char)*at)) at++;
  bool negative = *at == '-';
  if (*at == '-' || *at == '+') at++;
  double value = 0;
  if ((at[0] | 32) == 'i' && (at[1] | 32) == 'n' && (at[2] | 32) == 'f') {
    at += 3;
    static const char rest[] = "inity";
    int i = 0;
    while (rest[i] && (at[i] | 32) == rest[i]) i++;
    if (!rest[i]) at += i;
    value = __builtin_inf();
  } else if ((at[0] | 32) == 'n' && (at[1] | 32) == 'a' && (at[2] | 32) == 'n') {
    at += 3;
    value = __builtin_nan("");
  } else {
    char digits[MAX_DIGITS];
    int count = 0;
    int64_t exponent = 0;
    bool any = false, point = false, more = false;
    for (;; at++) {
      if (*at == '.' && !point) {
        point = true;
        continue;
      }
      if (!isdigit((unsigned char)*at)) break;
      any = true;
      if (point) exponent--;
      if (count == 0 && *at == '0') continue;
      if (count < MAX_DIGITS) digits[count++] = *at;
      else exponent++, more |= *at != '0';
    }
    if (!any) {
      if (end) *end = (char *)text;
      return 0;
    }
    if ((*at | 32) == 'e') {
      const char *sign = at + 1, *number = sign + (*sign == '-' || *sign == '+');
      if (isdigit((unsigned char)*number)) {
        int64_t written = 0;
        for (at = number; isdigit((unsigned char)*at); at++)
          if (written < 1000000) written = written * 10 + (*at - '0');
        exponent += *sign == '-' ? -written : written;
      }
    }
    while (count && digits[count - 1] == '0') count--, exponent++;
    value = from_digits(digits, count, exponent, more, precision, lowest);
  }
  if (end) *end = (char *)at;
  return negative ? -value : value;
}

VMLET_LIBC double strtod(const char *text, char **end) { return read_double(text, end, 53, -1074); }
VMLET_LIBC float strtof(const char *text, char **end) { return (float)read_double(text, end, 24, -149); }
VMLET_LIBC double atof(const char *text) { return strtod(text, 0); }
