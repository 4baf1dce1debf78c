// Random numbers from the host's seed: xoshiro256** (Blackman and Vigna), seeded by splitmix64. Not for keys.
#include "kit.h"

#include <stdlib.h>

typedef struct { uint64_t state[4]; bool seeded; } generator;

uint64_t vmlet_next_seed(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

static uint64_t rotate(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

static void seed(generator *it, uint64_t from) {
  for (int i = 0; i < 4; i++) it->state[i] = vmlet_next_seed(&from);
  it->seeded = true;
}

static uint64_t next(generator *it) {
  uint64_t *s = it->state;
  uint64_t result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = rotate(s[3], 45);
  return result;
}

uint64_t vmlet_random(void) {
  static generator random;
  if (!random.seeded) seed(&random, vmlet_seed);
  return next(&random);
}

static generator of_c;

VMLET_LIBC void srand(unsigned from) { seed(&of_c, from); }

VMLET_LIBC int rand(void) {
  if (!of_c.seeded) seed(&of_c, vmlet_random());
  return (int)(next(&of_c) >> 33);
}
