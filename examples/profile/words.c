// A guest with something to look at: it makes up a text, counts its words in a hash table, and sorts them. docs/profiling.md
// shows what `vmlet profile` finds.
#include <vmlet.h>

#include <stdlib.h>
#include <string.h>

typedef struct entry { struct entry *next; char *word; uint32_t count; } entry;

enum { BUCKETS = 512 };
static entry *buckets[BUCKETS];
static uint32_t different;

// Words that are made up: short ones come often.
__attribute__((noinline)) static size_t make_word(char *to) {
  uint64_t bits = vmlet_random();
  size_t length = 2 + __builtin_ctzll(bits | 4);
  for (size_t i = 0; i < length; i++) to[i] = (char)('a' + (bits >> (8 + 2 * i) & 3));
  return length;
}

__attribute__((noinline)) static char *make_text(int32_t words) {
  VMLET_SPAN("make text");
  char *text = vmlet_malloc((size_t)words * 5 + 1), *end = text;
  for (int32_t i = 0; i < words; i++) {
    end += make_word(end);
    *end++ = ' ';
  }
  *end = 0;
  return text;
}

__attribute__((noinline)) static uint32_t hash(const char *word, size_t size) {
  uint32_t sum = 2166136261u;
  for (size_t i = 0; i < size; i++) sum = (sum ^ (uint8_t)word[i]) * 16777619u;
  return sum;
}

__attribute__((noinline)) static entry *find(const char *word, size_t size) {
  entry **bucket = &buckets[hash(word, size) % BUCKETS];
  for (entry *it = *bucket; it; it = it->next)
    if (!strncmp(it->word, word, size) && !it->word[size]) return it;
  entry *made = vmlet_malloc(sizeof *made);
  made->word = vmlet_malloc(size + 1);
  memcpy(made->word, word, size);
  made->word[size] = 0;
  made->count = 0;
  made->next = *bucket;
  different++;
  return *bucket = made;
}

__attribute__((noinline)) static void count_all(const char *text) {
  VMLET_SPAN("count");
  while (*text) {
    size_t size = strcspn(text, " ");
    find(text, size)->count++;
    text += size + 1;
  }
  VMLET_EVENT("counted", "%u different words", different);
}

static int by_count(const void *a, const void *b) {
  const entry *left = *(entry *const *)a, *right = *(entry *const *)b;
  if (left->count != right->count) return left->count < right->count ? 1 : -1;
  return strcmp(left->word, right->word);
}

__attribute__((noinline)) static entry **sorted(void) {
  VMLET_SPAN("sort");
  entry **all = vmlet_malloc(different * sizeof *all), **end = all;
  for (int i = 0; i < BUCKETS; i++)
    for (entry *it = buckets[i]; it; it = it->next) *end++ = it;
  qsort(all, different, sizeof *all, by_count);
  return all;
}

// The word that comes most often. The table stays for the next call, as a cache would.
VMLET_EXPORT(string, most_frequent, (i32, words)) {
  char *text = make_text(words);
  count_all(text);
  free(text);
  entry **all = sorted();
  const char *word = all[0]->word;
  free(all);
  return vmlet_text(word);
}
