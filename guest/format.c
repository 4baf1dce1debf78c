// Formatted text, as printf has it: all of C11's conversions but %n, %a and wide characters.
#include "kit.h"

#include <string.h>

#ifdef VMLET_RING0
typedef double long_double; // the other needs the x87 unit
#else
typedef long double long_double;
#endif

// A conversion of a format: its flags, numbers and letter.
typedef struct {
  bool left, zeroes, plus, space, alternative;
  int64_t width, precision; // the precision is negative where there is none
  char length, letter;      // the length is one of h H (hh) l L (long double) j, or 0
} conversion;

// Counts what goes to the sink.
typedef struct { vmlet_sink *sink; size_t size; } printer;

static void put(printer *out, const char *bytes, size_t size) {
  if (!size) return;
  out->sink->write(out->sink, bytes, size);
  out->size += size;
}

static void repeat(printer *out, char c, int64_t count) {
  char bytes[16];
  memset(bytes, c, sizeof bytes);
  for (; count > 0; count -= sizeof bytes) put(out, bytes, count < (int64_t)sizeof bytes ? (size_t)count : sizeof bytes);
}

// A sign or prefix, padding around it, and the rest, which `body` writes and which is `size` long.
static void begin_field(printer *out, const conversion *it, const char *prefix, int64_t size, bool zeroes) {
  int64_t prefix_size = (int64_t)strlen(prefix), padding = it->width - prefix_size - size;
  if (!it->left && !zeroes) repeat(out, ' ', padding);
  put(out, prefix, (size_t)prefix_size);
  if (!it->left && zeroes) repeat(out, '0', padding);
}
static void end_field(printer *out, const conversion *it, size_t began) {
  if (it->left) repeat(out, ' ', it->width - (int64_t)(out->size - began));
}

static void put_text(printer *out, const conversion *it, const char *text, size_t size) {
  size_t began = out->size;
  begin_field(out, it, "", (int64_t)size, false);
  put(out, text, size);
  end_field(out, it, began);
}

static const char *sign(const conversion *it, bool negative) {
  return negative ? "-" : it->plus ? "+" : it->space ? " " : "";
}

static void put_integer(printer *out, const conversion *it, uint64_t value, const char *prefix) {
  unsigned base = it->letter == 'o' ? 8 : it->letter == 'x' || it->letter == 'X' || it->letter == 'p' ? 16 : 10;
  const char *letters = it->letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  char digits[24];
  size_t at = sizeof digits;
  for (uint64_t rest = value; rest; rest /= base) digits[--at] = letters[rest % base];
  int64_t count = (int64_t)(sizeof digits - at);
  // Without a precision zero is one digit.
  int64_t zeroes = (it->precision < 0 ? 1 : it->precision) - count;
  if (it->letter == 'o' && it->alternative && zeroes < 1) zeroes = 1;
  if (zeroes < 0) zeroes = 0;
  size_t began = out->size;
  begin_field(out, it, prefix, zeroes + count, it->zeroes && it->precision < 0);
  repeat(out, '0', zeroes);
  put(out, digits + at, (size_t)count);
  end_field(out, it, began);
}

// Digits `from` to `to` of a number in decimal; those that it does not have are zeroes.
static void put_digits(printer *out, const vmlet_decimal *number, int64_t from, int64_t to) {
  if (from < 0) {
    int64_t end = to < 0 ? to : 0;
    repeat(out, '0', end - from);
    from = end;
  }
  int64_t known = to < number->count ? to : number->count;
  if (known > from) {
    put(out, number->digits + from, (size_t)(known - from));
    from = known;
  }
  repeat(out, '0', to - from);
}

static void put_double(printer *out, const conversion *it, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  const char *prefix = sign(it, bits >> 63);
  bool capital = it->letter >= 'A' && it->letter <= 'Z';
  size_t began = out->size;
  if ((bits >> 52 & 0x7ff) == 0x7ff) {
    bool infinite = bits << 12 == 0;
    begin_field(out, it, prefix, 3, false);
    put(out, infinite ? capital ? "INF" : "inf" : capital ? "NAN" : "nan", 3);
    end_field(out, it, began);
    return;
  }

  vmlet_decimal number;
  vmlet_to_decimal(&number, __builtin_fabs(value));
  int64_t precision = it->precision < 0 ? 6 : it->precision;
  char style = (char)(it->letter | 0x20);
  bool trim = false;
  if (style == 'g') {
    if (precision == 0) precision = 1;
    vmlet_round_decimal(&number, precision);
    int64_t exponent = number.count ? number.point - 1 : 0;
    style = exponent < -4 || exponent >= precision ? 'e' : 'f';
    precision -= style == 'e' ? 1 : exponent + 1;
    trim = !it->alternative;
  }
  if (style == 'e') vmlet_round_decimal(&number, precision + 1);
  else vmlet_round_decimal(&number, number.point + precision);
  if (trim) {
    int64_t needed = style == 'e' ? number.count - 1 : number.count - number.point;
    if (!number.count || needed < 0) needed = 0;
    if (precision > needed) precision = needed;
  }
  bool point = precision > 0 || it->alternative;

  if (style == 'f') {
    int64_t whole = number.count && number.point > 0 ? number.point : 1;
    begin_field(out, it, prefix, whole + point + precision, it->zeroes);
    if (number.count && number.point > 0) put_digits(out, &number, 0, number.point);
    else put(out, "0", 1);
    if (point) put(out, ".", 1);
    int64_t from = number.count ? number.point : 0;
    put_digits(out, &number, from, from + precision);
  } else {
    int exponent = number.count ? number.point - 1 : 0;
    char text[8], *end = text;
    *end++ = capital ? 'E' : 'e';
    *end++ = exponent < 0 ? '-' : '+';
    unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);
    if (size >= 100) *end++ = (char)('0' + size / 100);
    *end++ = (char)('0' + size / 10 % 10);
    *end++ = (char)('0' + size % 10);
    begin_field(out, it, prefix, 1 + point + precision + (end - text), it->zeroes);
    put_digits(out, &number, 0, 1);
    if (point) put(out, ".", 1);
    put_digits(out, &number, 1, 1 + precision);
    put(out, text, (size_t)(end - text));
  }
  end_field(out, it, began);
}

// A number of digits; one that is too large for any use ends at a thousand million.
static int64_t read_number(const char **format) {
  int64_t number = 0;
  for (; **format >= '0' && **format <= '9'; ++*format)
    if (number < 1000000000) number = number * 10 + (**format - '0');
  return number;
}

// What follows a percent sign; the numbers that `*` stands for come from the arguments.
static conversion read_conversion(const char **format, va_list *args) {
  conversion it = {.precision = -1};
  for (;; ++*format) {
    if (**format == '-') it.left = true;
    else if (**format == '0') it.zeroes = true;
    else if (**format == '+') it.plus = true;
    else if (**format == ' ') it.space = true;
    else if (**format == '#') it.alternative = true;
    else break;
  }
  if (**format == '*') {
    ++*format;
    it.width = va_arg(*args, int);
    if (it.width < 0) it.left = true, it.width = -it.width;
  } else {
    it.width = read_number(format);
  }
  if (**format == '.') {
    ++*format;
    if (**format == '*') ++*format, it.precision = va_arg(*args, int);
    else it.precision = read_number(format);
  }
  switch (**format) {
    case 'h': case 'l': case 'j': case 'z': case 't': case 'L':
      it.length = *(*format)++;
      if (it.length == 'h' && **format == 'h') it.length = 'H', ++*format;
      else if (it.length == 'l' && **format == 'l') ++*format;
  }
  it.letter = **format;
  if (it.letter) ++*format;
  return it;
}

static bool is_long(char length) { return length == 'l' || length == 'j' || length == 'z' || length == 't' || length == 'L'; }

size_t vmlet_format(vmlet_sink *sink, const char *format, va_list unadvanced) {
  printer out = {sink, 0};
  va_list args;
  va_copy(args, unadvanced);
  while (*format) {
    const char *percent = strchr(format, '%');
    if (!percent) percent = format + strlen(format);
    put(&out, format, (size_t)(percent - format));
    if (!*percent) break;
    format = percent + 1;
    conversion it = read_conversion(&format, &args);
    switch (it.letter) {
      case 'd': case 'i': {
        int64_t value = is_long(it.length) ? va_arg(args, int64_t) : va_arg(args, int);
        if (it.length == 'h') value = (short)value;
        if (it.length == 'H') value = (signed char)value;
        put_integer(&out, &it, value < 0 ? -(uint64_t)value : (uint64_t)value, sign(&it, value < 0));
        break;
      }
      case 'u': case 'x': case 'X': case 'o': {
        uint64_t value = is_long(it.length) ? va_arg(args, uint64_t) : va_arg(args, unsigned);
        if (it.length == 'h') value = (unsigned short)value;
        if (it.length == 'H') value = (unsigned char)value;
        bool prefixed = it.alternative && value;
        put_integer(&out, &it, value, prefixed && it.letter == 'x' ? "0x" : prefixed && it.letter == 'X' ? "0X" : "");
        break;
      }
      case 'p':
        put_integer(&out, &it, (uint64_t)va_arg(args, void *), "0x");
        break;
      case 'c': {
        char c = (char)va_arg(args, int);
        put_text(&out, &it, &c, 1);
        break;
      }
      case 's': {
        const char *text = va_arg(args, const char *);
        if (!text) text = "(null)";
        put_text(&out, &it, text, it.precision < 0 ? strlen(text) : strnlen(text, (size_t)it.precision));
        break;
      }
      case 'f': case 'F': case 'e': case 'E': case 'g': case 'G':
        put_double(&out, &it, it.length == 'L' ? (double)va_arg(args, long_double) : va_arg(args, double));
        break;
      case '%':
        put(&out, "%", 1);
        break;
      default:
        // What is not known is shown as it stands; the arguments after it would be read wrongly.
        put(&out, percent, strlen(percent));
        format = "";
    }
  }
  va_end(args);
  return out.size;
}

// --- messages -----------------------------------------------------------------------------------------------------

// How long the UTF-8 character is that begins here, 0 if none does; -1 if it may be one whose end is cut off.
static int character_size(const uint8_t *text, size_t size) {
  uint8_t first = text[0];
  if (first < 0x80) return 1;
  int count = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  for (int i = 1; i < count; i++) {
    if ((size_t)i == size) return -1;
    // What would be too long a form, a surrogate, or beyond U+10FFFF shows in the second byte.
    uint8_t low = i > 1 ? 0x80 : first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    uint8_t high = i > 1 ? 0xbf : first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (text[i] < low || text[i] > high) return 0;
  }
  return count;
}

size_t vmlet_clean_text(char *text, size_t size, bool was_cut) {
  for (size_t at = 0; at < size;) {
    int length = character_size((const uint8_t *)text + at, size - at);
    if (length < 0 && was_cut) return at;
    if (length <= 0) text[at] = '?', length = 1;
    at += (size_t)length;
  }
  return size;
}

typedef struct { vmlet_sink sink; char *to; size_t size; } message_sink;

static void write_message(vmlet_sink *sink, const char *bytes, size_t size) {
  message_sink *message = (message_sink *)sink;
  size_t left = VMLET_MESSAGE_MAX - message->size;
  if (size > left) size = left;
  memcpy(message->to + message->size, bytes, size);
  message->size += size;
}

size_t vmlet_format_message(char *to, const char *format, va_list args) {
  message_sink message = {{write_message}, to, 0};
  size_t size = vmlet_format(&message.sink, format, args);
  return vmlet_clean_text(to, message.size, size > message.size);
}
