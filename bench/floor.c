// The floor under vmlet's figures: the machine that an image describes, entered by the same ioctls, from C.
//
//   floor IMAGE
//
// It makes the machine and answers "ready". Then each line of its input is a command for a batch of so many operations,
// and its answer one line: the nanoseconds that the whole batch took.
//
//   exits OPERATIONS   leave the guest by `out`, over and over
//   calls OPERATIONS   call the guest's function
//   inside OPERATIONS  the same, and only the time inside KVM_RUN counts
//   restores OPERATIONS  call it, and make its memory what it was: pages by the dirty log, hot ones left writable
//   copies OPERATIONS  the same by a copy of all memory
//   create OPERATIONS  make a machine up to its first call
//   close OPERATIONS   end one
//   clone OPERATIONS   make a machine that is like the first one after its first call: its memory is mapped copy on write
//   idle OPERATIONS    the same, and keep it: the bytes of memory that the system has less
//   resident OPERATIONS  the same, and the bytes of resident memory that the process has more
//   pin THREAD         keep that thread and this process on one CPU; answers which
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, CALL_FUNCTION = 101, REGISTERS = sizeof(struct kvm_regs) + sizeof(struct kvm_sregs) };

// bench/image.ts writes this; what is behind it follows in this order, each rounded up to 8 bytes:
// CPUID leaves, message, result, answer of an import, and the parts of memory, each behind its place and its size.
struct image {
  uint64_t memory_size, xcr0;
  uint64_t msr_filter, enforce_cpuid;   // whether KVM can do these
  uint64_t input, output, dispatch;     // in the guest's physical memory; dispatch 0: no initialisation
  uint64_t port, value;                 // the `out` that ends a call; the value of those that are counted
  uint64_t cpuid_size, message_size, result_size, answer_size, parts;
  uint8_t first[REGISTERS], call[REGISTERS];
};

struct part { uint64_t physical, size; uint8_t bytes[]; };

struct machine {
  int vm, vcpu;
  uint8_t *snapshot;               // all of memory as it was, from the first restore on
  uint64_t *dirty, *seen, *cold;   // bits of pages: in the log; that were in it before; to be protected again
  uint8_t *memory;
  struct kvm_run *run;
  size_t run_size;
  uint8_t call[REGISTERS];
};

static const struct image *image;
static struct kvm_cpuid2 *cpuid;
static const uint8_t *message, *result, *answer;
static uint8_t *received;
static const struct part *first_part;
static uint64_t result_at;
static volatile sig_atomic_t cancelled;
static const uint8_t zeroes[PAGE] __attribute__((aligned(4096)));

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list args;
  va_start(args, format);
  vfprintf(stderr, format, args);
  fputc('\n', stderr);
  exit(1);
}

static int check(int answer, const char *what) {
  if (answer < 0) fail("%s: %s", what, strerror(errno));
  return answer;
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// --- the machine --------------------------------------------------------------------------------------------------

static uint64_t padded(uint64_t size) { return (size + 7) & ~(uint64_t)7; }

static void read_image(const char *path) {
  int fd = check(open(path, O_RDONLY | O_CLOEXEC), path);
  struct stat info;
  check(fstat(fd, &info), path);
  uint8_t *bytes = mmap(0, (size_t)info.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (bytes == MAP_FAILED) fail("mmap of %s: %s", path, strerror(errno));
  close(fd);
  image = (const struct image *)bytes;
  cpuid = (struct kvm_cpuid2 *)(bytes + sizeof *image);
  message = (uint8_t *)cpuid + padded(image->cpuid_size);
  result = message + padded(image->message_size);
  answer = result + padded(image->result_size);
  first_part = (const struct part *)(answer + padded(image->answer_size));
  received = malloc(image->result_size + 1);
}

static void load(uint8_t *memory) {
  const struct part *part = first_part;
  for (uint64_t i = 0; i < image->parts; i++) {
    memcpy(memory + part->physical, part->bytes, part->size);
    part = (const struct part *)(part->bytes + padded(part->size));
  }
}

static void set_registers(struct machine *m, const uint8_t *registers) {
  memcpy(&m->run->s.regs, registers, REGISTERS);
  m->run->kvm_dirty_regs = KVM_SYNC_X86_REGS | KVM_SYNC_X86_SREGS;
}

// One KVM_RUN that must end in a single `out`: its port, and its value.
static inline uint16_t run_once(struct machine *m, uint32_t *value) {
  struct kvm_run *run = m->run;
  *(volatile uint8_t *)&run->immediate_exit = 0;
  if (cancelled) fail("cancelled");
  check(ioctl(m->vcpu, KVM_RUN, 0), "KVM_RUN");
  if (run->exit_reason != KVM_EXIT_IO || run->io.direction != KVM_EXIT_IO_OUT || run->io.count != 1)
    fail("the guest left by exit %u", run->exit_reason);
  const uint8_t *data = (uint8_t *)run + run->io.data_offset;
  switch (run->io.size) {
    case 1: *value = *data; break;
    case 2: *value = *(const uint16_t *)data; break;
    default: *value = *(const uint32_t *)data;
  }
  return run->io.port;
}

static void run_call(struct machine *m) {
  uint32_t value;
  uint16_t port = run_once(m, &value);
  if (image->answer_size && port == CALL_FUNCTION) {
    // The answer goes on top of the call, which the guest leaves on the stack while it runs.
    const uint64_t top = image->message_size + image->answer_size;
    memcpy(m->memory + image->input + image->message_size, answer, image->answer_size);
    memcpy(m->memory + image->input, &top, sizeof top);
    port = run_once(m, &value);
  }
  if (port != image->port) fail("the guest wrote %u to port %u", value, port);
}

static void run_exits(struct machine *m, uint64_t count) {
  while (count > 0) {
    uint32_t value;
    uint16_t port = run_once(m, &value);
    if (port != image->port || value != image->value) fail("the guest wrote %u to port %u", value, port);
    count--;
  }
}

static void deny_msrs(int vm) {
  struct kvm_msr_filter filter = {.flags = KVM_MSR_FILTER_DEFAULT_DENY};
  filter.ranges[0].flags = KVM_MSR_FILTER_READ | KVM_MSR_FILTER_WRITE;
  filter.ranges[0].nmsrs = 1;
  filter.ranges[0].bitmap = (uint8_t *)zeroes;
  check(ioctl(vm, KVM_X86_SET_MSR_FILTER, &filter), "KVM_X86_SET_MSR_FILTER");
}

static void reserve(struct machine *m) {
  uint8_t *reserved = mmap(0, image->memory_size + 2 * PAGE, PROT_NONE,
                           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (reserved == MAP_FAILED) fail("mmap: %s", strerror(errno));
  m->memory = reserved + PAGE;
  check(mprotect(m->memory, image->memory_size, PROT_READ | PROT_WRITE), "mprotect");
}

static void make_vm(struct machine *m) {
  int kvm = check(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
  m->vm = check(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
  m->run_size = (size_t)check(ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
  if (image->msr_filter) deny_msrs(m->vm);
  struct kvm_userspace_memory_region slot = {
      .memory_size = image->memory_size, .userspace_addr = (uint64_t)m->memory};
  check(ioctl(m->vm, KVM_SET_USER_MEMORY_REGION, &slot), "KVM_SET_USER_MEMORY_REGION");
  m->vcpu = check(ioctl(m->vm, KVM_CREATE_VCPU, 0), "KVM_CREATE_VCPU");
  m->run = mmap(0, m->run_size, PROT_READ | PROT_WRITE, MAP_SHARED, m->vcpu, 0);
  if (m->run == MAP_FAILED) fail("mmap of kvm_run: %s", strerror(errno));
  check(ioctl(m->vcpu, KVM_SET_CPUID2, cpuid), "KVM_SET_CPUID2");
  if (image->enforce_cpuid) {
    struct kvm_enable_cap enforce = {.cap = KVM_CAP_ENFORCE_PV_FEATURE_CPUID, .args = {1}};
    check(ioctl(m->vcpu, KVM_ENABLE_CAP, &enforce), "KVM_ENABLE_CAP");
  }
  struct kvm_sregs sregs;
  check(ioctl(m->vcpu, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
  memcpy(&sregs, image->call + sizeof(struct kvm_regs), sizeof sregs);
  check(ioctl(m->vcpu, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
  struct kvm_xcrs xcrs = {.nr_xcrs = 1, .xcrs = {{.value = image->xcr0}}};
  check(ioctl(m->vcpu, KVM_SET_XCRS, &xcrs), "KVM_SET_XCRS");
  close(kvm);
}

static void create(struct machine *m) {
  reserve(m);
  load(m->memory);
  make_vm(m);
  memcpy(m->call, image->call, REGISTERS);
  if (image->dispatch) {
    set_registers(m, image->first);
    run_call(m);
    // The guest says where its calls begin; the entry code takes that in rax.
    memcpy(&((struct kvm_regs *)m->call)->rax, m->memory + image->dispatch, 8);
  }
}

static void destroy(struct machine *m) {
  munmap(m->run, m->run_size);
  close(m->vcpu);
  close(m->vm);
  munmap(m->memory - PAGE, image->memory_size + 2 * PAGE);
}

// --- the operations -----------------------------------------------------------------------------------------------

static void write_message(struct machine *m) {
  memcpy(m->memory + image->input, message, image->message_size);
  const uint64_t empty = 8;
  memcpy(m->memory + image->output, &empty, sizeof empty);
  set_registers(m, m->call);
}

// Takes the result out, and looks at both of its ends.
static void check_result(struct machine *m) {
  const uint64_t size = image->result_size, end = size < 64 ? size : 64;
  memcpy(received, m->memory + image->output + result_at, size);
  if (memcmp(received, result, end) || memcmp(received + size - end, result + size - end, end))
    fail("the result is wrong");
}

static void call(struct machine *m) {
  write_message(m);
  run_call(m);
  check_result(m);
}

// Calls once and looks where in the output the result is.
static void find_result(struct machine *m) {
  write_message(m);
  run_call(m);
  const uint8_t *output = m->memory + image->output;
  uint64_t size;
  memcpy(&size, output, sizeof size);
  const uint8_t *found = memmem(output, size, result, image->result_size);
  if (!found) fail("the result is not in the output");
  result_at = (uint64_t)(found - output);
}

static uint64_t time_exits(struct machine *m, uint64_t operations) {
  uint64_t began = now();
  set_registers(m, m->call);
  run_exits(m, operations);
  return now() - began;
}

static uint64_t time_calls(struct machine *m, uint64_t operations) {
  uint64_t began = now();
  for (uint64_t i = 0; i < operations; i++) call(m);
  return now() - began;
}

static uint64_t time_inside(struct machine *m, uint64_t operations) {
  uint64_t inside = 0;
  for (uint64_t i = 0; i < operations; i++) {
    write_message(m);
    uint64_t began = now();
    run_call(m);
    inside += now() - began;
    check_result(m);
  }
  return inside;
}

// --- restores -----------------------------------------------------------------------------------------------------

static uint64_t pages(void) { return image->memory_size / PAGE; }
static uint64_t bitmap_size(void) { return (pages() + 63) / 64 * 8; }

static uint8_t *map(uint64_t size) {
  uint8_t *memory = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) fail("mmap: %s", strerror(errno));
  return memory;
}

// Takes a snapshot after a first call, and lets KVM log what the guest writes from then on.
static void begin_restores(struct machine *m) {
  if (m->snapshot) return;
  call(m);
  m->snapshot = map(image->memory_size);
  memcpy(m->snapshot, m->memory, image->memory_size);
  m->dirty = (uint64_t *)map(bitmap_size());
  m->seen = (uint64_t *)map(bitmap_size());
  m->cold = (uint64_t *)map(bitmap_size());
  struct kvm_enable_cap manual = {
      .cap = KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2, .args = {KVM_DIRTY_LOG_MANUAL_PROTECT_ENABLE}};
  check(ioctl(m->vm, KVM_ENABLE_CAP, &manual), "KVM_ENABLE_CAP");
  struct kvm_userspace_memory_region slot = {
      .flags = KVM_MEM_LOG_DIRTY_PAGES, .memory_size = image->memory_size, .userspace_addr = (uint64_t)m->memory};
  check(ioctl(m->vm, KVM_SET_USER_MEMORY_REGION, &slot), "KVM_SET_USER_MEMORY_REGION");
}

// The pages that the host itself wrote to, which no log has.
static void restore_message(struct machine *m) {
  const uint64_t size = (image->message_size + PAGE - 1) / PAGE * PAGE;
  memcpy(m->memory + image->input, m->snapshot + image->input, size);
  memcpy(m->memory + image->output, m->snapshot + image->output, PAGE);
}

// A page that is in the log for the first time is protected again; after that it stays writable, and in the log.
static void restore_pages(struct machine *m) {
  struct kvm_dirty_log log = {.dirty_bitmap = m->dirty};
  check(ioctl(m->vm, KVM_GET_DIRTY_LOG, &log), "KVM_GET_DIRTY_LOG");
  int some_cold = 0;
  for (uint64_t word = 0; word < bitmap_size() / 8; word++) {
    uint64_t bits = m->dirty[word];
    if (!bits) continue;
    m->cold[word] = bits & ~m->seen[word];
    if (m->cold[word]) some_cold = 1;
    m->seen[word] |= bits;
    for (; bits; bits &= bits - 1) {
      uint64_t at = (word * 64 + (uint64_t)__builtin_ctzll(bits)) * PAGE;
      memcpy(m->memory + at, m->snapshot + at, PAGE);
    }
  }
  restore_message(m);
  if (!some_cold) return;
  struct kvm_clear_dirty_log clear = {.num_pages = (uint32_t)pages(), .dirty_bitmap = m->cold};
  check(ioctl(m->vm, KVM_CLEAR_DIRTY_LOG, &clear), "KVM_CLEAR_DIRTY_LOG");
  memset(m->cold, 0, bitmap_size());
}

static uint64_t time_restores(struct machine *m, uint64_t operations) {
  begin_restores(m);
  uint64_t began = now();
  for (uint64_t i = 0; i < operations; i++) {
    call(m);
    restore_pages(m);
  }
  return now() - began;
}

static uint64_t time_copies(struct machine *m, uint64_t operations) {
  begin_restores(m);
  uint64_t began = now();
  for (uint64_t i = 0; i < operations; i++) {
    call(m);
    memcpy(m->memory, m->snapshot, image->memory_size);
  }
  return now() - began;
}

static uint64_t time_create(struct machine *m, uint64_t operations) {
  (void)m;
  uint64_t time = 0;
  for (uint64_t i = 0; i < operations; i++) {
    struct machine fresh;
    uint64_t began = now();
    create(&fresh);
    time += now() - began;
    destroy(&fresh);
  }
  return time;
}

static uint64_t time_close(struct machine *m, uint64_t operations) {
  (void)m;
  uint64_t time = 0;
  for (uint64_t i = 0; i < operations; i++) {
    struct machine fresh;
    create(&fresh);
    uint64_t began = now();
    destroy(&fresh);
    time += now() - began;
  }
  return time;
}

// --- clones -------------------------------------------------------------------------------------------------------

// A file in memory with what the machine's has, at the same places; pages of zeroes are not there.
static int snapshot_file(const struct machine *m) {
  static int fd = -1;
  if (fd >= 0) return fd;
  fd = check(memfd_create("floor", MFD_CLOEXEC), "memfd_create");
  check(ftruncate(fd, (off_t)image->memory_size), "ftruncate");
  for (uint64_t at = 0; at < image->memory_size; at += PAGE) {
    if (!memcmp(m->memory + at, zeroes, PAGE)) continue;
    if (pwrite(fd, m->memory + at, PAGE, (off_t)at) != PAGE) fail("pwrite: %s", strerror(errno));
  }
  return fd;
}

static void clone_machine(struct machine *m, const struct machine *from, int file) {
  reserve(m);
  uint8_t *mapped = mmap(m->memory, image->memory_size, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file, 0);
  if (mapped == MAP_FAILED) fail("mmap: %s", strerror(errno));
  make_vm(m);
  memcpy(m->call, from->call, REGISTERS);
}

static uint64_t time_clone(struct machine *m, uint64_t operations) {
  const int file = snapshot_file(m);
  uint64_t time = 0;
  for (uint64_t i = 0; i < operations; i++) {
    struct machine fresh;
    uint64_t began = now();
    clone_machine(&fresh, m, file);
    time += now() - began;
    if (i == 0) call(&fresh);
    destroy(&fresh);
  }
  return time;
}

// A number behind a name in a file of /proc, in KiB.
static uint64_t kibibytes(const char *path, const char *name) {
  char text[8192];
  int fd = check(open(path, O_RDONLY | O_CLOEXEC), path);
  ssize_t length = check((int)read(fd, text, sizeof text - 1), path);
  close(fd);
  text[length] = 0;
  const char *found = strstr(text, name);
  if (!found) fail("%s has no %s", path, name);
  return strtoull(found + strlen(name), 0, 10);
}

static void keep_clones(struct machine *m, uint64_t count) {
  const int file = snapshot_file(m);
  struct machine *kept = calloc(count, sizeof *kept);
  for (uint64_t i = 0; i < count; i++) clone_machine(&kept[i], m, file);
}

static uint64_t count_idle(struct machine *m, uint64_t operations) {
  const uint64_t before = kibibytes("/proc/meminfo", "MemAvailable:");
  keep_clones(m, operations);
  const uint64_t after = kibibytes("/proc/meminfo", "MemAvailable:");
  return before > after ? (before - after) * 1024 : 0;
}

static uint64_t count_resident(struct machine *m, uint64_t operations) {
  const uint64_t before = kibibytes("/proc/self/status", "VmRSS:");
  keep_clones(m, operations);
  return (kibibytes("/proc/self/status", "VmRSS:") - before) * 1024;
}

// Another CPU may be slower at the moment, for whatever else the machine does.
static uint64_t pin(struct machine *m, uint64_t thread) {
  (void)m;
  int cpu = check(sched_getcpu(), "sched_getcpu");
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  check(sched_setaffinity(0, sizeof set, &set), "sched_setaffinity");
  check(sched_setaffinity((pid_t)thread, sizeof set, &set), "sched_setaffinity");
  return (uint64_t)cpu;
}

static const struct {
  const char *name;
  uint64_t (*run)(struct machine *, uint64_t operations);
} commands[] = {
    {"exits", time_exits}, {"calls", time_calls}, {"inside", time_inside},
    {"restores", time_restores}, {"copies", time_copies},
    {"create", time_create}, {"close", time_close}, {"pin", pin},
    {"clone", time_clone}, {"idle", count_idle}, {"resident", count_resident},
};

int main(int count, char **args) {
  if (count != 2) fail("usage: floor IMAGE");
  read_image(args[1]);
  struct machine machine = {0};
  create(&machine);
  if (image->result_size) find_result(&machine);
  puts("ready");
  fflush(stdout);
  char line[256], name[16];
  unsigned long argument;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%15s %lu", name, &argument) != 2) fail("not a command: %s", line);
    size_t i = 0;
    while (i < sizeof commands / sizeof *commands && strcmp(commands[i].name, name)) i++;
    if (i == sizeof commands / sizeof *commands) fail("not a command: %s", line);
    printf("%lu\n", (unsigned long)commands[i].run(&machine, argument));
    fflush(stdout);
  }
  return 0;
}
