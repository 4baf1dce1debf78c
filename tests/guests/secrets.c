// secrets: puts a number wherever a guest can, and looks for it there.
#include <vmlet.h>

enum { PAGE = 4096 };

#ifdef VMLET_RING0
extern const uint64_t *vmlet_block; // the kit's own
#define BLOCK vmlet_block
#else
#define BLOCK ((const uint64_t *)0x1000000000)
#endif

static volatile uint64_t data[2 * PAGE / 8] = {1};
static volatile uint64_t zeroes[2 * PAGE / 8];

typedef struct { uint64_t from, to; } range;

// All that is mapped and may be written to, but for the image's other variables. The environment block has the sizes
// and addresses of input, output, init data and heap, and then both ends of the stack.
static int ranges(range *all) {
  const uint64_t *block = BLOCK;
  int count = 0;
  for (int i = 3; i <= 9; i += 2)
    if (block[i]) all[count++] = (range){block[i + 1], block[i + 1] + block[i]};
  uint64_t here = (uint64_t)__builtin_frame_address(0);
  all[count++] = (range){block[11], here - PAGE};
  all[count++] = (range){((uint64_t)block & ~(uint64_t)(PAGE - 1)) + 1024, ((uint64_t)block | (PAGE - 1)) + 1};
  all[count++] = (range){(uint64_t)data, (uint64_t)(data + sizeof data / 8)};
  all[count++] = (range){(uint64_t)zeroes, (uint64_t)(zeroes + sizeof zeroes / 8)};
  return count;
}

typedef struct __attribute__((aligned(16))) { uint64_t words[64]; } fpu_image;

// What the guest found when it began, before anything of it but the kit ran.
static fpu_image beginning;
__attribute__((constructor)) static void look_at_beginning(void) { __asm__ volatile("fxsave %0" : "=m"(beginning)); }

static uint64_t hunt_image(const fpu_image *image, uint64_t others) {
  uint64_t found = 0;
  for (int i = 0; i < 64; i++) found += (image->words[i] ^ others) == ~0ull;
  return found;
}

#ifdef VMLET_RING0
__attribute__((used, naked, noinline)) static void unused_code(void) { __asm__(".space 64, 0xcc"); }
// In the guest's physical memory, which is mapped to the same addresses, page tables come first. The last entry of the
// first is for the kernel's half of the address space; the number is even, so it is not present.
static volatile uint64_t *const table_entry = (volatile uint64_t *)(PAGE - 8);

static void plant_registers(uint64_t secret) {
  *table_entry = secret;
  *(volatile uint64_t *)((uint64_t)unused_code + 8) = secret;
  __asm__ volatile("mov %0, %%dr0; mov %0, %%dr1; mov %0, %%dr2; mov %0, %%dr3; mov %0, %%cr2" : : "r"(secret));
  uint64_t cr4;
  __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
  __asm__ volatile("mov %0, %%cr4" : : "r"(cr4 | 1 << 16)); // FSGSBASE
  __asm__ volatile("wrfsbase %0; wrgsbase %0; swapgs; wrgsbase %0" : : "r"(secret));
  __asm__ volatile("mov %0, %%cr8" : : "r"(secret & 15));
  fpu_image image;
  __asm__ volatile("fxsave %0" : "=m"(image));
  for (int i = 20; i < 52; i++) image.words[i] = secret;
  __asm__ volatile("fxrstor %0" : : "m"(image));
}

static uint64_t hunt_registers(uint64_t others) {
  uint64_t found = 0, value;
  fpu_image image;
#define LOOK(x) do { value = (x); found += (value ^ others) == ~0ull; } while (0)
#define READ(register) do { __asm__ volatile("mov %%" register ", %0" : "=r"(value)); LOOK(value); } while (0)
  __asm__ volatile("fxsave %0" : "=m"(image));
  found += hunt_image(&image, others);
  LOOK(*table_entry);
  LOOK(*(volatile uint64_t *)((uint64_t)unused_code + 8));
  READ("dr0"); READ("dr1"); READ("dr2"); READ("dr3"); READ("cr2");
  uint64_t cr4;
  __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
  found += cr4 >> 16 & 1; // planted too
  __asm__ volatile("mov %%cr8, %0" : "=r"(value));
  found += value == (~others & 15);
  __asm__ volatile("mov %0, %%cr4" : : "r"(cr4 | 1 << 16));
  __asm__ volatile("rdfsbase %0" : "=r"(value)); LOOK(value);
  __asm__ volatile("rdgsbase %0; swapgs" : "=r"(value)); LOOK(value);
  __asm__ volatile("rdgsbase %0" : "=r"(value)); LOOK(value);
  __asm__ volatile("mov %0, %%cr4" : : "r"(cr4));
  return found;
}
#else
static void plant_registers(uint64_t secret) {
  __asm__ volatile(
      "movq %0, %%xmm0; movq %0, %%xmm7; movq %0, %%xmm15; pinsrw $4, %k0, %%xmm3\n"
      "push %0; fildll (%%rsp); pop %0; movq %0, %%mm5"
      : "+r"(secret));
}

static uint64_t hunt_registers(uint64_t others) {
  fpu_image image;
  __asm__ volatile("fxsave %0" : "=m"(image));
  return hunt_image(&image, others);
}
#endif

// Puts the number everywhere; with `crash`, the call does not end in order.
VMLET_EXPORT(void, plant, (u64, secret), (bool, crash)) {
  range all[12];
  for (int i = 0, count = ranges(all); i < count; i++)
    for (uint64_t at = all[i].from; at < all[i].to; at += PAGE) {
      uint64_t end = (at & ~(uint64_t)(PAGE - 1)) + PAGE;
      if (end > all[i].to) end = all[i].to;
      ((volatile uint64_t *)end)[-1] = secret;
    }
  plant_registers(secret);
  if (crash) __asm__ volatile("ud2");
}

// In how many places the number is, given as its complement, so that it is nowhere on its account.
VMLET_EXPORT(u64, hunt, (u64, others)) {
  uint64_t found = hunt_registers(others) + hunt_image(&beginning, others);
  range all[12];
  for (int i = 0, count = ranges(all); i < count; i++)
    for (uint64_t at = (all[i].from + 7) & ~7ull; at < all[i].to; at += 8)
      found += (*(volatile uint64_t *)at ^ others) == ~0ull;
  return found;
}
