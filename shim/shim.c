// vmlet's shim: the system calls, copies and signal handling that JavaScript cannot do itself.
//
// Freestanding (raw system calls, no libc), so that one file loads under glibc and musl. Every function returns a
// negative errno when it fails. All state lives in static tables for as long as the process does: a signal may arrive
// after the Worker that asked for it has gone, and must still find valid memory (the library is linked -z nodelete).

#if defined(__x86_64__)
#include "x86_64.h"
#else
#error "the shim has no port to this architecture yet: add a header beside x86_64.h"
#endif

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int i32;
typedef long long i64;

#define EXPORT __attribute__((visibility("default")))

enum {
  EINTR = 4,
  EAGAIN = 11,
  EFAULT = 14,
  EBUSY = 16,
  EINVAL = 22,
  ENFILE = 23,
  ENOSPC = 28,
  ESRCH = 3,
};

static long syscall3(long number, long a, long b, long c) { return syscall6(number, a, b, c, 0, 0, 0); }

// The build passes the first 32 bits of the sources' SHA-256, so a stale library is noticed.
#ifndef SHIM_VERSION
#error "SHIM_VERSION is not defined: build with `deno task shim`"
#endif
EXPORT u32 vmlet_shim_version(void) { return SHIM_VERSION; }

// --- system calls -------------------------------------------------------------------------------------------------

EXPORT i32 vmlet_ioctl(i32 fd, u32 request, u64 argument) {
  return (i32)syscall3(SYS_ioctl, fd, request, (long)argument);
}

// The same system call for an argument that is a structure in JavaScript's memory.
EXPORT i32 vmlet_ioctl_struct(i32 fd, u32 request, void *argument) {
  return (i32)syscall3(SYS_ioctl, fd, request, (long)argument);
}

EXPORT i64 vmlet_mmap(u64 address, u64 length, i32 protection, i32 flags, i32 fd, u64 offset) {
  return syscall6(SYS_mmap, (long)address, (long)length, protection, flags, fd, (long)offset);
}

EXPORT i32 vmlet_munmap(u64 address, u64 length) {
  return (i32)syscall3(SYS_munmap, (long)address, (long)length, 0);
}

EXPORT i32 vmlet_mprotect(u64 address, u64 length, i32 protection) {
  return (i32)syscall3(SYS_mprotect, (long)address, (long)length, protection);
}

EXPORT i32 vmlet_madvise(u64 address, u64 length, i32 advice) {
  return (i32)syscall3(SYS_madvise, (long)address, (long)length, advice);
}

EXPORT i32 vmlet_memfd_create(const u8 *name, u32 flags) {
  return (i32)syscall3(SYS_memfd_create, (long)name, flags, 0);
}

EXPORT i32 vmlet_ftruncate(i32 fd, u64 length) {
  return (i32)syscall3(SYS_ftruncate, fd, (long)length, 0);
}

EXPORT i32 vmlet_fcntl(i32 fd, i32 command, i32 argument) {
  return (i32)syscall3(SYS_fcntl, fd, command, argument);
}

EXPORT i32 vmlet_open(const u8 *path, i32 flags, u32 mode) {
  const long at_fdcwd = -100;
  return (i32)syscall6(SYS_openat, at_fdcwd, (long)path, flags, mode, 0, 0);
}

EXPORT i32 vmlet_close(i32 fd) { return (i32)syscall3(SYS_close, fd, 0, 0); }

EXPORT i32 vmlet_read(i32 fd, void *to, u32 length) {
  return (i32)syscall3(SYS_read, fd, (long)to, length);
}

EXPORT i64 vmlet_pwrite(i32 fd, const void *from, u64 length, u64 offset) {
  return syscall6(SYS_pwrite64, fd, (long)from, (long)length, (long)offset, 0, 0);
}

// resource limits of this process: `limit` is two 64-bit numbers, soft and hard.
EXPORT i32 vmlet_getrlimit(i32 resource, void *limit) {
  return (i32)syscall6(SYS_prlimit64, 0, resource, 0, (long)limit, 0, 0);
}

EXPORT i32 vmlet_eventfd(u32 value, i32 flags) {
  return (i32)syscall3(SYS_eventfd2, value, flags, 0);
}

EXPORT i32 vmlet_poll(void *fds, u32 count, i32 milliseconds) {
  struct { i64 seconds, nanoseconds; } time = {milliseconds / 1000, (i64)(milliseconds % 1000) * 1000000};
  return (i32)syscall6(SYS_ppoll, (long)fds, count, milliseconds < 0 ? 0 : (long)&time, 0, 0, 0);
}

// --- copies -------------------------------------------------------------------------------------------------------

EXPORT void vmlet_copy(u64 to, u64 from, u64 length) { copy_bytes((void *)to, (const void *)from, length); }
EXPORT void vmlet_copy_in(u64 to, const void *from, u64 length) { copy_bytes((void *)to, from, length); }
EXPORT void vmlet_copy_out(void *to, u64 from, u64 length) { copy_bytes(to, (const void *)from, length); }

static i64 transfer(long number, u64 local, u64 remote, u64 length) {
  struct { u64 base, length; } here = {local, length}, there = {remote, length};
  long pid = syscall3(SYS_getpid, 0, 0, 0);
  long copied = syscall6(number, pid, (long)&here, 1, (long)&there, 1, 0);
  // A fault behind the first page ends the copy early without an error.
  return copied >= 0 && (u64)copied != length ? -EFAULT : copied;
}

// Copies where the memory may be a file that shrinks: EFAULT instead of SIGBUS.
EXPORT i64 vmlet_copy_out_guarded(void *to, u64 from, u64 length) {
  return transfer(SYS_process_vm_readv, (u64)to, from, length);
}
EXPORT i64 vmlet_copy_in_guarded(u64 to, const void *from, u64 length) {
  return transfer(SYS_process_vm_writev, (u64)from, to, length);
}

// --- snapshots ----------------------------------------------------------------------------------------------------
//
// What a guest's memory held is a table: for each 512 pages the address of a leaf, which has the address of each page's
// bytes. 0 stands for zeroes, in both. Nothing that a table leads to is ever written to again, so a later snapshot
// points to what did not change since an earlier one.

enum { PAGE = 4096, LEAF = 512, LEAF_WORDS = LEAF / 64 };

// A hot page that nobody wrote to is compared in vain, at a tenth of a microsecond; one that is protected costs its next
// write 2 us. After so many restores in a row in which it was found unchanged, a page counts as one that is no longer
// written to; after more if it was that before and became hot again. (Such are pages that get what was there before, and
// on AMD's CPUs page tables, which they write to whenever they walk them.)
enum { PATIENCE = 8, MORE_PATIENCE = 32 };

// What is known of a page by its age. Of a hot one it also counts the restores in which it was found unchanged.
enum { NEVER_WRITTEN = 0, WRITTEN_ONCE = 1, WAS_HOT = 128 };

// So many zero pages in a row are given back to the kernel rather than filled with zeroes.
enum { DISCARDED_AT_ONCE = 16 };

// The memory of one guest, and what is known of its pages since it was last like a snapshot, its base. JavaScript makes
// and zeroes it (src/sandbox/working_set.ts). Each set has 64 pages a word, and begins and ends with a line of 64 bytes.
struct working_set {
  u8 *memory;
  u64 pages;
  u64 *written;  // may differ from the base: the guest wrote to it and the log said so, or the host did
  u64 *hot;      // written to again and again: left writable, and looked at in each restore
  u64 *cold;     // to be protected again; of the last restore, and only from first_cold on to end_cold
  u8 *age;       // of each page
  u64 first_cold, end_cold;
  u64 copied;    // how many pages the last restore made what they were
  u64 hot_pages; // how many are hot now
  i64 grown;     // by how many the last capture has more leaves and pages than its base
  const u64 *mapped; // of a clone, the table of the image that its memory maps copy on write; of others 0
};

static u64 word_count(const struct working_set *set) { return (set->pages + 63) / 64; }
static u64 leaf_count(const struct working_set *set) { return (set->pages + LEAF - 1) / LEAF; }
static u64 bit_count(u64 word) { return (u64)__builtin_popcountll(word); }

typedef u64 pair __attribute__((vector_size(16), may_alias));
enum { LINE = 4 /* pairs */, LINES = PAGE / 64 };

static u64 any_bit(pair it) { return it[0] | it[1]; }
static u64 line_differs(const pair *a, const pair *b) {
  return any_bit((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3]));
}
static u64 line_has_bits(const pair *a) { return any_bit(a[0] | a[1] | a[2] | a[3]); }

static int is_equal(const void *page, const void *other) {
  const pair *a = page, *b = other;
  for (u32 i = 0; i < LINES; i++, a += LINE, b += LINE)
    if (line_differs(a, b)) return 0;
  return 1;
}

static int is_zero(const void *page) {
  const pair *a = page;
  for (u32 i = 0; i < LINES; i++, a += LINE)
    if (line_has_bits(a)) return 0;
  return 1;
}

// These make a page what it was, and tell whether it was something else. Lines that did not change are not written to.
static int make_equal(void *page, const void *from) {
  pair *a = page;
  const pair *b = from;
  int changed = 0;
  for (u32 i = 0; i < LINES; i++, a += LINE, b += LINE) {
    if (!line_differs(a, b)) continue;
    for (u32 j = 0; j < LINE; j++) a[j] = b[j];
    changed = 1;
  }
  return changed;
}

static int make_zero(void *page) {
  pair *a = page;
  int changed = 0;
  for (u32 i = 0; i < LINES; i++, a += LINE) {
    if (!line_has_bits(a)) continue;
    for (u32 j = 0; j < LINE; j++) a[j] = (pair){0, 0};
    changed = 1;
  }
  return changed;
}

static int restore_page(void *page, const void *from) { return from ? make_equal(page, from) : make_zero(page); }

// Neighbouring pages that are to be zero and are not expected to be needed soon.
struct run { u8 *start; u64 pages; };

static void end_run(struct run *run) {
  const i32 dontneed = 4;
  u64 length = run->pages * PAGE;
  run->pages = 0;
  if (length >= DISCARDED_AT_ONCE * PAGE && vmlet_madvise((u64)run->start, length, dontneed) == 0) return;
  for (u64 at = 0; at < length; at += PAGE) make_zero(run->start + at);
}

static u64 entry_of(const u64 *table, u64 page) {
  const u64 *leaf = table ? (const u64 *)table[page / LEAF] : 0;
  return leaf ? leaf[page % LEAF] : 0;
}

static void discard(struct run *run, const struct working_set *set, u8 *page) {
  // Of a clone, the kernel would put what the snapshot had in its place.
  if (entry_of(set->mapped, (u64)(page - set->memory) / PAGE)) {
    make_zero(page);
    return;
  }
  if (run->pages && run->start + run->pages * PAGE != page) end_run(run);
  if (run->pages++ == 0) run->start = page;
}

// Whether a set has any of 512 pages: most have not.
static u64 any_page(const u64 *words) { return line_has_bits((const pair *)words); }

// Copies bits, added to those that are there: `count` from bit `first` of `to` on. `from` begins with a line of 64 bytes.
EXPORT void vmlet_add_bits(u64 *to, u64 first, const u64 *from, u64 count) {
  u64 *at = to + first / 64, shift = first % 64;
  for (u64 i = 0; i * 64 < count; i++) {
    if (i % LEAF_WORDS == 0 && (i + LEAF_WORDS) * 64 <= count && !any_page(from + i)) {
      i += LEAF_WORDS - 1;
      continue;
    }
    u64 word = from[i];
    if (!word) continue;
    at[i] |= word << shift;
    if (shift && word >> (64 - shift)) at[i + 1] |= word >> (64 - shift);
  }
}

// The reverse: `count` bits from bit `first` of `from` on.
EXPORT void vmlet_take_bits(u64 *to, const u64 *from, u64 first, u64 count) {
  const u64 *at = from + first / 64, shift = first % 64;
  for (u64 i = 0; i * 64 < count; i++) {
    u64 left = count - i * 64, word = at[i] >> shift;
    if (shift && 64 - shift < left) word |= at[i + 1] << (64 - shift);
    to[i] = left < 64 ? word & ((1ull << left) - 1) : word;
  }
}

// Counts a range of pages as written to.
EXPORT void vmlet_mark_pages(struct working_set *set, u64 first, u64 count) {
  for (u64 page = first; page < first + count && page < set->pages; page++)
    set->written[page / 64] |= 1ull << page % 64;
}

// Counts the pages of a memory that the process has of its own, as the kernel says, and adds them to a set unless that is
// 0. The others were never written to: they are zero, or those of a file or snapshot that it maps. This way takes time
// for each page that is not there, too.
static i64 read_own_pages(i32 file, u64 memory, u64 pages, u64 *set) {
  const u64 present_or_swapped = 3ull << 62, of_file = 1ull << 61;
  u64 entries[512];
  i64 count = 0;
  for (u64 page = 0; page < pages && count >= 0;) {
    u64 wanted = pages - page < 512 ? pages - page : 512;
    u64 offset = (memory / PAGE + page) * sizeof *entries;
    long got = syscall6(SYS_pread64, file, (long)entries, (long)(wanted * sizeof *entries), (long)offset, 0, 0);
    if (got != (long)(wanted * sizeof *entries)) count = got < 0 ? got : -EFAULT;
    for (u64 i = 0; count >= 0 && i < wanted; i++, page++) {
      if (!(entries[i] & present_or_swapped) || entries[i] & of_file) continue;
      count++;
      if (set) set[page / 64] |= 1ull << page % 64;
    }
  }
  return count;
}

// The same where the kernel looks for them itself (PAGEMAP_SCAN, since Linux 6.7; <linux/fs.h>). ENOTTY elsewhere.
static i64 scan_own_pages(i32 file, u64 memory, u64 pages, u64 *set) {
  enum { PAGEMAP_SCAN = 0xc0606610, REGIONS = 64 };
  const u64 of_file = 1 << 2, present = 1 << 3, swapped = 1 << 4;
  struct { u64 start, end, categories; } regions[REGIONS];
  struct {
    u64 size, flags, start, end, walk_end, regions, region_count, max_pages;
    u64 category_inverted, category_mask, category_anyof_mask, return_mask;
  } scan = {
      .size = sizeof scan, .start = memory, .end = memory + pages * PAGE, .regions = (u64)regions, .region_count = REGIONS,
      .category_inverted = of_file, .category_mask = of_file, .category_anyof_mask = present | swapped,
  };
  i64 count = 0;
  for (; scan.start < scan.end; scan.start = scan.walk_end) {
    i32 found = vmlet_ioctl_struct(file, (u32)PAGEMAP_SCAN, &scan);
    if (found < 0) return found;
    // Where the kernel makes no way, the other way is left.
    if (scan.walk_end <= scan.start) return -EINVAL;
    for (i32 i = 0; i < found; i++) {
      u64 first = (regions[i].start - memory) / PAGE, end = (regions[i].end - memory) / PAGE;
      count += (i64)(end - first);
      for (u64 page = first; set && page < end; page++) set[page / 64] |= 1ull << page % 64;
    }
  }
  return count;
}

static i64 own_pages(u64 memory, u64 pages, u64 *set) {
  i32 file = vmlet_open((const u8 *)"/proc/self/pagemap", 02000000 /* O_CLOEXEC */, 0);
  if (file < 0) return file;
  i64 count = scan_own_pages(file, memory, pages, set);
  // What it added by then are such pages.
  if (count < 0) count = read_own_pages(file, memory, pages, set);
  vmlet_close(file);
  return count;
}

EXPORT i64 vmlet_count_own_pages(u64 memory, u64 pages) { return own_pages(memory, pages, 0); }

// Counts all pages as written to that the process has of its own.
EXPORT i64 vmlet_mark_own_pages(struct working_set *set) {
  return own_pages((u64)set->memory, set->pages, set->written);
}

// How many page faults all threads of the process have had: no memory comes without one.
EXPORT i64 vmlet_page_faults(void) {
  struct { i64 times[4], sizes[4], minor, major, others[8]; } usage;
  long result = syscall3(SYS_getrusage, 0 /* RUSAGE_SELF */, (long)&usage, 0);
  return result < 0 ? result : usage.minor + usage.major;
}

// How many pages a capture might have to copy.
EXPORT i64 vmlet_count_pages(const struct working_set *set) {
  u64 count = 0;
  for (u64 word = 0; word < word_count(set); word++) count += bit_count(set->written[word] | set->hot[word]);
  return (i64)count;
}

// Counts nothing as written to: the memory is like its base.
EXPORT void vmlet_forget_pages(struct working_set *set) {
  for (u64 word = 0; word < word_count(set); word++) set->written[word] = 0;
}

// Whether a page is other than a table's entry has it.
static int page_differs(const void *page, u64 entry) {
  return is_zero(page) ? entry != 0 : !entry || !is_equal(page, (const void *)entry);
}

// Counts the pages that differ from the table `base` (or 0: all zeroes), after those from `first_zero` on to `end_zero` were
// made zero.
EXPORT i64 vmlet_count_changes(const struct working_set *set, const u64 *base, u64 first_zero, u64 end_zero) {
  i64 count = 0;
  for (u64 word = 0; word < word_count(set); word++) {
    for (u64 bits = set->written[word] | set->hot[word]; bits; bits &= bits - 1) {
      u64 page = word * 64 + (u64)__builtin_ctzll(bits);
      u8 *now = set->memory + page * PAGE;
      if (page >= first_zero && page < end_zero) make_zero(now);
      count += page_differs(now, entry_of(base, page));
    }
  }
  return count;
}

// Makes a table of what the memory holds now at `arena`, which is zeroed and has room for a table, and for a leaf and a
// page for each page that differs from the table `base` (or 0: all zeroes). Returns how many bytes it took.
EXPORT i64 vmlet_capture_pages(struct working_set *set, const u64 *base, u8 *arena) {
  u64 *table = (u64 *)arena, leaves = leaf_count(set);
  u8 *next = arena + (leaves * sizeof *table + PAGE - 1) / PAGE * PAGE;
  i64 grown = 0;
  for (u64 i = 0; i < leaves; i++) {
    const u64 *old = base ? (const u64 *)base[i] : 0;
    u64 *leaf = 0;
    table[i] = (u64)old;
    for (u64 word = i * LEAF_WORDS; word < (i + 1) * LEAF_WORDS && word < word_count(set); word++) {
      for (u64 bits = set->written[word] | set->hot[word]; bits; bits &= bits - 1) {
        u64 page = word * 64 + (u64)__builtin_ctzll(bits), entry = old ? old[page % LEAF] : 0;
        u8 *now = set->memory + page * PAGE;
        if (!page_differs(now, entry)) continue;
        int zero = is_zero(now);
        if (!leaf) {
          leaf = (u64 *)next;
          table[i] = (u64)leaf;
          next += PAGE;
          if (old) copy_bytes(leaf, old, PAGE);
          else grown++;
        }
        grown += !zero - (entry != 0);
        leaf[page % LEAF] = zero ? 0 : (u64)next;
        if (zero) continue;
        copy_bytes(next, now, PAGE);
        next += PAGE;
      }
    }
  }
  set->grown = grown;
  return next - arena;
}

// Adds to a set the pages of `pages` for which a table has bytes.
EXPORT void vmlet_table_pages(const u64 *table, u64 pages, u64 *set) {
  for (u64 page = 0; page < pages; page++) {
    if (!table[page / LEAF]) page |= LEAF - 1;
    else if (entry_of(table, page)) set[page / 64] |= 1ull << page % 64;
  }
}

// Writes the bytes of these pages to their places in a file of zeroes.
EXPORT i32 vmlet_write_table(const u64 *table, u64 pages, i32 fd) {
  for (u64 page = 0; page < pages; page++) {
    u64 from = entry_of(table, page);
    if (!table[page / LEAF]) page |= LEAF - 1;
    else if (from) {
      i64 written = vmlet_pwrite(fd, (void *)from, PAGE, page * PAGE);
      if (written != PAGE) return written < 0 ? (i32)written : -ENOSPC;
    }
  }
  return 0;
}

// Makes a table at `arena`, which is zeroed, that leads to the pages of a memory that are in a set. Returns how many bytes
// it took.
EXPORT i64 vmlet_make_table(const u64 *set, u64 pages, u64 memory, u8 *arena) {
  u64 *table = (u64 *)arena, *leaf = 0;
  u8 *next = arena + ((pages + LEAF - 1) / LEAF * sizeof *table + PAGE - 1) / PAGE * PAGE;
  for (u64 page = 0; page < pages; page++) {
    if (!(set[page / 64] >> page % 64 & 1)) continue;
    if (!table[page / LEAF]) {
      table[page / LEAF] = (u64)next;
      next += PAGE;
    }
    leaf = (u64 *)table[page / LEAF];
    leaf[page % LEAF] = memory + page * PAGE;
  }
  return next - arena;
}

// Pages that differ between two tables, and that nobody wrote to: those of the guest are as the first has them.
static void restore_difference(struct working_set *set, const u64 *base, const u64 *target, struct run *run) {
  for (u64 i = 0; i < leaf_count(set); i++) {
    if (base[i] == target[i]) continue;
    for (u64 page = i * LEAF; page < (i + 1) * LEAF && page < set->pages; page++) {
      u64 from = entry_of(target, page);
      if (from == entry_of(base, page)) continue;
      if ((set->written[page / 64] | set->hot[page / 64]) >> page % 64 & 1) continue;
      set->copied++;
      // Another place may hold the same bytes: those of an image that was moved into a file.
      if (from) make_equal(set->memory + page * PAGE, (void *)from);
      else discard(run, set, set->memory + page * PAGE);
    }
  }
}

// Makes the memory, which was last like the table `base`, like the table `target`. A page that is written to for the first
// time is to be protected again, so that it costs nothing when nobody writes to it any more; from the second time on it
// becomes hot. Returns how many are to be protected: those in set->cold.
EXPORT i32 vmlet_restore_pages(struct working_set *set, const u64 *base, const u64 *target) {
  u64 first = ~0ull, end = 0, cold_pages = 0, hot_pages = 0;
  struct run run = {0, 0};
  for (u64 word = set->first_cold; word < set->end_cold; word++) set->cold[word] = 0;
  set->copied = 0;
  if (base != target) restore_difference(set, base, target, &run);
  for (u64 word = 0; word < word_count(set); word++) {
    if (word % LEAF_WORDS == 0 && !any_page(set->written + word) && !any_page(set->hot + word)) {
      word += LEAF_WORDS - 1;
      continue;
    }
    u64 bits = set->written[word] | set->hot[word], hot = set->hot[word], cold = 0;
    if (!bits) continue;
    set->written[word] = 0;
    for (; bits; bits &= bits - 1) {
      u64 bit = bits & -bits, page = word * 64 + (u64)__builtin_ctzll(bits), from = entry_of(target, page);
      u8 *now = set->memory + page * PAGE, *age = set->age + page;
      if (hot & bit) {
        int changed = restore_page(now, (void *)from), was_hot = *age & WAS_HOT;
        set->copied += (u64)changed;
        *age = (u8)(changed ? was_hot : *age + 1);
        if (*age - was_hot < (was_hot ? MORE_PATIENCE : PATIENCE)) continue;
        hot &= ~bit;
        cold |= bit;
        *age = WAS_HOT;
        if (!from) discard(&run, set, now);
      } else if (*age != NEVER_WRITTEN) {
        // Whether it changed or not: many calls write what the one before the snapshot wrote.
        set->copied += (u64)restore_page(now, (void *)from);
        hot |= bit;
        *age &= WAS_HOT;
      } else {
        // It need not have been written to: where a page is only read, KVM may log it when it maps it.
        if (from) set->copied += (u64)make_equal(now, (void *)from);
        else set->copied++, discard(&run, set, now);
        cold |= bit;
        *age = WRITTEN_ONCE;
      }
    }
    set->hot[word] = hot;
    hot_pages += bit_count(hot);
    if (!cold) continue;
    set->cold[word] = cold;
    cold_pages += bit_count(cold);
    if (first > word) first = word;
    end = word + 1;
  }
  end_run(&run);
  set->first_cold = end ? first : 0;
  set->end_cold = end;
  set->hot_pages = hot_pages;
  return (i32)cold_pages;
}

// Gives the pages back that a memory, which is like a table, has for what would be there without them: zeroes, or of a clone
// what the snapshot has.
EXPORT i32 vmlet_discard_pages(const struct working_set *set, const u64 *table) {
  const i32 dontneed = 4;
  u64 start = 0;
  i32 result = 0;
  for (u64 page = 0; page <= set->pages && result == 0; page++) {
    if (page < set->pages && entry_of(table, page) == entry_of(set->mapped, page)) continue;
    if (page > start) result = vmlet_madvise((u64)set->memory + start * PAGE, (page - start) * PAGE, dontneed);
    start = page + 1;
  }
  return result;
}

// --- threads and vCPU cells ---------------------------------------------------------------------------------------
//
// A cell stands for one vCPU and outlives it. Its `state` is one word, so that "the call is active", "which call", "it
// is cancelled" and "a debugger wants it to stop" change together: a kill is true exactly if it set the bit while the
// call was active, and the call is cancelled exactly if it finds the bit when it ends.

enum { CELLS = 65536, THREADS = 1024 };
enum { ACTIVE = 1, CANCELLED = 2, PAUSED = 4, FLAGS = 7, GENERATION = 8 };

struct thread {
  u32 tid;         // 0: free
  u32 signalled;   // a signal came since the last look
  u8 *current;     // the kvm_run page of the vCPU that this thread is about to run, or 0
  i32 kick;        // a timer that signals the thread when a signal cannot be queued
  i32 timers[2];   // 1 + the ids of its timers for limits, by clock; 0 where there is none
};

struct cell {
  u32 state;
  u32 epoch;       // odd while a vCPU owns the cell; a token of an earlier owner no longer matches
  u32 thread;      // index + 1 of the thread inside vmlet_run, or 0
  i32 signal;      // the signal that interrupts this vCPU
  u8 *run;         // the vCPU's kvm_run page
  u64 guest_time;  // how long the guest ran, in ticks
  u64 host_time;   // how long the host had the active calls since their guests first left, in ticks
  u64 left;        // when the guest last left by itself; 0 if it has not in this call, or was interrupted
  i64 told_guest_time, told_host_time; // what was told of both last, in nanoseconds; with these a cell is a cache line
};

static struct thread threads[THREADS];
static struct cell cells[CELLS] __attribute__((aligned(64)));
static u32 cell_hint;

// A moment by both clocks, from which ticks get their length: when the first cell was taken.
static u64 first_ticks, first_time;

#define LOAD(place) __atomic_load_n(&(place), __ATOMIC_SEQ_CST)
#define STORE(place, value) __atomic_store_n(&(place), (value), __ATOMIC_SEQ_CST)
#define EXCHANGE(place, value) __atomic_exchange_n(&(place), (value), __ATOMIC_SEQ_CST)
#define SWAP_IF(place, expected, value) \
  __atomic_compare_exchange_n(&(place), &(expected), (value), 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)

enum { KVM_RUN = 0xae80, IMMEDIATE_EXIT = 1 /* its offset in kvm_run */ };

EXPORT i32 vmlet_gettid(void) { return (i32)syscall3(SYS_gettid, 0, 0, 0); }

EXPORT i32 vmlet_tgkill(i32 tid, i32 signal) {
  return (i32)syscall3(SYS_tgkill, syscall3(SYS_getpid, 0, 0, 0), tid, signal);
}

// Signals carry this in the upper half of their value, and the thread's index in the lower one.
static const u64 SIGNAL_VALUE = 0x766d6c6574ull << 24;

struct signal_info {
  i32 number, error, code, padding;
  union {
    struct { i32 pid; u32 uid; u64 value; } queued;
    struct { i32 id, overrun; u64 value; } timer;
    u8 size[112];
  };
};

struct signal_action {
  void (*handler)(i32, struct signal_info *, void *);
  u64 flags;
  void (*restorer)(void);
  u64 mask;
};

// What stood where our handler is, by the signal's number.
enum { SIGNALS = 65, FIRST_SIGNAL = 35 };
enum { NOT_INSTALLED, INSTALLING, INSTALLED };
static struct signal_action previous_actions[SIGNALS];
static u32 installed[SIGNALS];


enum { SI_QUEUE = -1, SI_TIMER = -2 };
enum { CLOCK_MONOTONIC = 1, CLOCK_THREAD_CPUTIME = 3 };
enum { SA_SIGINFO = 4, SA_ONSTACK = 0x08000000, SA_RESTART = 0x10000000 };

static void on_signal(i32 number, struct signal_info *info, void *context) {
  // A timer's value stands where a queued signal's does.
  u64 value = info->code == SI_QUEUE || info->code == SI_TIMER ? info->queued.value : 0;
  if ((value & ~(u64)(THREADS - 1)) == SIGNAL_VALUE) {
    struct thread *thread = &threads[value & (THREADS - 1)];
    STORE(thread->signalled, 1);
    u8 *run = LOAD(thread->current);
    if (run) *(volatile u8 *)(run + IMMEDIATE_EXIT) = 1;
    return;
  }
  // Not ours. The action that stood here before gets it; by default it would end the process, so that is dropped.
  // (One that takes only the number ignores the other arguments.)
  struct signal_action *previous = &previous_actions[number];
  if ((u64)previous->handler > 1) previous->handler(number, info, context);
}

// Installs the handler for a signal, once and for the life of the process.
EXPORT i32 vmlet_install_signal(i32 number) {
  if (number < FIRST_SIGNAL || number >= SIGNALS) return -EINVAL;
  u32 *state = &installed[number];
  u32 none = NOT_INSTALLED;
  if (!SWAP_IF(*state, none, INSTALLING)) {
    // Another thread is at it: two system calls, so it is not worth to sleep.
    while (LOAD(*state) == INSTALLING) __builtin_ia32_pause();
    return LOAD(*state) == INSTALLED ? 0 : -EINVAL;
  }
  struct signal_action action = {
      .handler = on_signal,
      .flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK | SA_RESTORER,
      .restorer = signal_restorer,
  };
  // First what stood there: a signal may come as soon as the handler is in place.
  long result = syscall6(SYS_rt_sigaction, number, 0, (long)&previous_actions[number], 8, 0, 0);
  if (result == 0) result = syscall6(SYS_rt_sigaction, number, (long)&action, 0, 8, 0, 0);
  STORE(*state, result < 0 ? NOT_INSTALLED : INSTALLED);
  return (i32)result;
}

// A timer of the kernel that signals one thread; returns its id.
static i32 create_timer(u32 thread_index, i32 clock, i32 signal) {
  const i32 sigev_thread_id = 4;
  struct { u64 value; i32 number, notify, tid, padding[11]; } event = {
      SIGNAL_VALUE | (thread_index % THREADS), signal, sigev_thread_id,
      (i32)LOAD(threads[thread_index % THREADS].tid), {0}};
  i32 timer = 0;
  long result = syscall3(SYS_timer_create, clock, (long)&event, (long)&timer);
  return result < 0 ? (i32)result : timer;
}

// Arms a timer to fire once after so many nanoseconds; 0 disarms it.
EXPORT i32 vmlet_set_timer(i32 timer, u64 nanoseconds) {
  struct { i64 interval[2], value[2]; } time = {
      {0, 0}, {(i64)(nanoseconds / 1000000000), (i64)(nanoseconds % 1000000000)}};
  return (i32)syscall6(SYS_timer_settime, timer, 0, (long)&time, 0, 0, 0);
}

static void delete_timer(i32 timer) { syscall3(SYS_timer_delete, timer, 0, 0); }

// The calling thread's own timer on a clock, 1 (monotonic) or 3 (its CPU time), made at the first use; its id. It goes
// when the thread has gone and another takes its place.
EXPORT i32 vmlet_thread_timer(u32 thread_index, i32 clock, i32 signal) {
  i32 *timer = &threads[thread_index % THREADS].timers[clock == CLOCK_MONOTONIC ? 0 : 1];
  if (*timer) return *timer - 1;
  i32 id = create_timer(thread_index, clock, signal);
  if (id >= 0) *timer = id + 1;
  return id;
}

// The CPU time that the calling thread has used, in nanoseconds.
EXPORT i64 vmlet_thread_time(void) {
  struct { i64 seconds, nanoseconds; } time;
  long result = syscall3(SYS_clock_gettime, CLOCK_THREAD_CPUTIME, (long)&time, 0);
  return result < 0 ? result : time.seconds * 1000000000 + time.nanoseconds;
}

// Lets a signal through to the calling thread.
EXPORT void vmlet_unblock_signal(i32 signal) {
  const i32 sig_unblock = 1;
  u64 mask = 1ull << (signal - 1);
  syscall6(SYS_rt_sigprocmask, sig_unblock, (long)&mask, 0, 8, 0, 0);
}

// Gives the calling thread its index. Its timer sends `signal`.
EXPORT i32 vmlet_attach_thread(i32 signal) {
  u32 tid = (u32)vmlet_gettid();
  for (u32 i = 0; i < THREADS; i++) {
    struct thread *thread = &threads[i];
    u32 owner = LOAD(thread->tid);
    // Its own (of an earlier thread with this id), a free one, or one whose thread has gone.
    if (owner != tid && owner != 0 && vmlet_tgkill((i32)owner, 0) != -ESRCH) continue;
    if (!SWAP_IF(thread->tid, owner, tid)) continue;
    STORE(thread->current, (u8 *)0);
    STORE(thread->signalled, 0);
    if (owner != 0) {
      delete_timer(thread->kick);
      for (u32 kind = 0; kind < 2; kind++) {
        if (thread->timers[kind]) delete_timer(thread->timers[kind] - 1);
        thread->timers[kind] = 0;
      }
    }
    i32 timer = create_timer(i, CLOCK_MONOTONIC, signal);
    if (timer < 0) {
      STORE(thread->tid, 0);
      return timer;
    }
    STORE(thread->kick, timer);
    return (i32)i;
  }
  return -ENFILE;
}

static u64 monotonic_time(void) {
  struct { i64 seconds, nanoseconds; } time = {0, 0};
  syscall3(SYS_clock_gettime, CLOCK_MONOTONIC, (long)&time, 0);
  return (u64)(time.seconds * 1000000000 + time.nanoseconds);
}

// The clock of CPUs that were not started together may seem to run backwards.
static u64 elapsed(u64 from, u64 to) { return to > from ? to - from : 0; }

// Both clocks at one moment: again where the thread lost its CPU in between, and the closest of some.
static void read_clocks(u64 *time, u64 *tick) {
  u64 closest = ~(u64)0;
  for (u32 i = 0; i < 8 && closest > 4096; i++) {
    u64 before = ticks(), now = monotonic_time(), apart = elapsed(before, ticks());
    if (apart >= closest) continue;
    closest = apart;
    *time = now;
    *tick = before + apart / 2;
  }
}

static i64 nanoseconds(u64 length) {
  u64 time = 0, tick = 0;
  read_clocks(&time, &tick);
  u64 passed = elapsed(LOAD(first_ticks), tick);
  if (!passed) return 0;
  return (i64)((double)length * ((double)(time - LOAD(first_time)) / (double)passed));
}

// What was told of a time never becomes less, although the clocks are compared anew each time.
static i64 told(i64 *most, u64 length) {
  i64 time = nanoseconds(length), before = LOAD(*most);
  if (time <= before) return before;
  STORE(*most, time);
  return time;
}

// One thread at a time counts, but others may look.
#define ADD_TIME(place, length) __atomic_store_n(&(place), (place) + (length), __ATOMIC_RELAXED)

// How long the guest of a cell ran, and how long its host had its calls in between, in nanoseconds.
EXPORT i64 vmlet_guest_time(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  return told(&cell->told_guest_time, LOAD(cell->guest_time));
}
EXPORT i64 vmlet_host_time(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  return told(&cell->told_host_time, LOAD(cell->host_time));
}

EXPORT i32 vmlet_acquire_cell(u64 run, i32 signal) {
  if (!LOAD(first_ticks)) {
    u64 never = 0, time = 0, tick = 0;
    read_clocks(&time, &tick);
    if (SWAP_IF(first_time, never, time)) STORE(first_ticks, tick);
  }
  u32 start = LOAD(cell_hint);
  for (u32 i = 0; i < CELLS; i++) {
    u32 index = (start + i) % CELLS;
    struct cell *cell = &cells[index];
    u32 epoch = LOAD(cell->epoch);
    if (epoch & 1 || !SWAP_IF(cell->epoch, epoch, epoch + 1)) continue;
    STORE(cell->run, (u8 *)run);
    STORE(cell->signal, signal);
    cell->guest_time = cell->host_time = cell->left = 0;
    cell->told_guest_time = cell->told_host_time = 0;
    STORE(cell_hint, index + 1);
    return (i32)index;
  }
  return -ENFILE;
}

EXPORT void vmlet_release_cell(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  STORE(cell->run, (u8 *)0);
  __atomic_and_fetch(&cell->state, ~(u32)FLAGS, __ATOMIC_SEQ_CST);
  __atomic_add_fetch(&cell->epoch, 1, __ATOMIC_SEQ_CST);
}

EXPORT u32 vmlet_cell_epoch(u32 index) { return LOAD(cells[index % CELLS].epoch); }

// Says that the host is done with what the guest last left for.
static void host_returns(struct cell *cell, u64 now) {
  if (cell->left) ADD_TIME(cell->host_time, elapsed(cell->left, now));
  cell->left = 0;
}

// Marks a call active: from now on a kill reaches it. EBUSY when one is active already, on whichever thread.
EXPORT i32 vmlet_begin_call(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  u32 state = LOAD(cell->state);
  do {
    if (state & ACTIVE) return -EBUSY;
  } while (!SWAP_IF(cell->state, state, ((state & ~(u32)FLAGS) + GENERATION) | ACTIVE));
  cell->left = 0;
  return 0;
}

// Ends the call: 1 if it was cancelled. No kill is lost between the guest's last instruction and this.
EXPORT i32 vmlet_end_call(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  host_returns(cell, ticks());
  u32 before = __atomic_fetch_and(&cell->state, ~(u32)FLAGS, __ATOMIC_SEQ_CST);
  return before & CANCELLED ? 1 : 0;
}

EXPORT i32 vmlet_is_cancelled(u32 index) { return LOAD(cells[index % CELLS].state) & CANCELLED ? 1 : 0; }

// Whether a debugger asked the active call to stop; asking takes the request away.
EXPORT i32 vmlet_take_pause(u32 index) {
  return __atomic_fetch_and(&cells[index % CELLS].state, ~(u32)PAUSED, __ATOMIC_SEQ_CST) & PAUSED ? 1 : 0;
}

static i32 signal_thread(u32 index, i32 signal) {
  struct signal_info info = {.number = signal, .code = SI_QUEUE};
  info.queued.pid = (i32)syscall3(SYS_getpid, 0, 0, 0);
  info.queued.value = SIGNAL_VALUE | index;
  i32 result =
      (i32)syscall6(SYS_rt_tgsigqueueinfo, info.queued.pid, LOAD(threads[index].tid), info.number, (long)&info, 0, 0);
  // The user's queue of signals is full (RLIMIT_SIGPENDING, which all processes share). A timer has its place in it
  // already, so it always comes through.
  return result == -EAGAIN ? vmlet_set_timer(LOAD(threads[index].kick), 1) : result;
}

static i32 interrupt(u32 index, u32 epoch, u32 flag) {
  struct cell *cell = &cells[index % CELLS];
  u32 state = LOAD(cell->state);
  do {
    // Read after the state: when the swap then finds the state unchanged, no other owner began a call in between.
    if (LOAD(cell->epoch) != epoch) return -ESRCH;
    if (!(state & ACTIVE)) return 0;
    // Whoever asked first sends the signal; more of them would only fill the queue.
    if (state & flag) return 1;
  } while (!SWAP_IF(cell->state, state, state | flag));
  // A thread that comes to vmlet_run after this load sees the flag; one that is there gets the signal.
  u32 thread = LOAD(cell->thread);
  i32 result = thread ? signal_thread(thread - 1, LOAD(cell->signal)) : 0;
  return result < 0 ? result : 1;
}

// Cancels the active call of a cell: 1 if it will end cancelled, 0 if none is active, ESRCH if the vCPU has gone.
EXPORT i32 vmlet_kill(u32 index, u32 epoch) { return interrupt(index, epoch, CANCELLED); }

// Stops the active call for a debugger, by the same rules.
EXPORT i32 vmlet_pause(u32 index, u32 epoch) { return interrupt(index, epoch, PAUSED); }

// Lets a guest that runs leave, so that its thread can run another one. Nothing else changes; where no thread is in
// KVM_RUN with it, nothing happens.
EXPORT i32 vmlet_preempt(u32 index) {
  struct cell *cell = &cells[index % CELLS];
  u32 thread = LOAD(cell->thread);
  return thread ? signal_thread(thread - 1, LOAD(cell->signal)) : 0;
}

// One KVM_RUN. The order matters: announce the vCPU, clear immediate_exit, look for what came before, run. A signal
// that comes after the look sets immediate_exit, so it cannot be lost. EINTR: something came; the caller finds out.
EXPORT i32 vmlet_run(u32 index, u32 thread_index, i32 vcpu) {
  struct cell *cell = &cells[index % CELLS];
  struct thread *thread = &threads[thread_index % THREADS];
  u8 *run = LOAD(cell->run);
  if (!run) return -EINVAL;
  STORE(thread->current, run);
  STORE(cell->thread, thread_index + 1);
  __atomic_store_n(run + IMMEDIATE_EXIT, (u8)0, __ATOMIC_SEQ_CST);
  i32 result = -EINTR;
  if (!LOAD(thread->signalled) && !(LOAD(cell->state) & (CANCELLED | PAUSED))) {
    u64 entered = ticks();
    host_returns(cell, entered);
    result = (i32)syscall3(SYS_ioctl, vcpu, KVM_RUN, 0);
    u64 left = ticks();
    ADD_TIME(cell->guest_time, elapsed(entered, left));
    if (result == 0) cell->left = left;
  }
  STORE(cell->thread, 0);
  STORE(thread->current, (u8 *)0);
  if (result == -EINTR) STORE(thread->signalled, 0);
  return result;
}

// One KVM_RUN that only completes what the last exit left pending, without running the guest: always EINTR.
EXPORT i32 vmlet_settle(u32 index, i32 vcpu) {
  u8 *run = LOAD(cells[index % CELLS].run);
  if (!run) return -EINVAL;
  __atomic_store_n(run + IMMEDIATE_EXIT, (u8)1, __ATOMIC_SEQ_CST);
  i32 result = (i32)syscall3(SYS_ioctl, vcpu, KVM_RUN, 0);
  __atomic_store_n(run + IMMEDIATE_EXIT, (u8)0, __ATOMIC_SEQ_CST);
  return result;
}
