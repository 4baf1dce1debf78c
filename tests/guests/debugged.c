// A guest to be debugged: calls within calls, variables of every storage, a loop without an end.
#include <vmlet.h>

volatile int steps;
int table[4] = {1, 2, 3, 4};
volatile int stop_spinning;

__attribute__((noinline)) static int square(int number) {
  int result = number * number;
  steps++;
  return result;
}

__attribute__((noinline)) static int sum_of_squares(int count) {
  int sum = 0;
  for (int i = 1; i <= count; i++) {
    sum += square(i);
  }
  return sum + table[0];
}

VMLET_EXPORT(i32, compute, (i32, count)) { return sum_of_squares(count); }

VMLET_EXPORT(i32, spin) {
  while (!stop_spinning) steps++;
  stop_spinning = 0;
  return steps;
}

VMLET_EXPORT(i32, crash, (i32, value)) {
  *(volatile int *)0x123456789000 = value;
  return value;
}

VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));

VMLET_EXPORT(i32, ask_host, (i32, value)) {
  int answer = host_add(value, 1);
  return answer * 2;
}

#ifndef VMLET_RING0
VMLET_EXPORT(f64, halve, (f64, value)) {
  double half = value / 2;
  steps++;
  return half;
}
#endif
