// What tests/guest_kit_test.ts asks of the kit in C++17.
#include <vmlet.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

VMLET_IMPORT(i32, host_add, (i32, a), (i32, b));

namespace {

int constructed = 0, destroyed = 0;

class Shape {
public:
  Shape() { constructed++; }
  virtual ~Shape() { destroyed++; }
  virtual double area() const = 0;
};

class Square : public Shape {
public:
  explicit Square(double side) : side_(side) {}
  double area() const override { return side_ * side_; }

private:
  double side_;
};

class Circle final : public Shape {
public:
  explicit Circle(double radius) : radius_(radius) {}
  double area() const override { return 3.0 * radius_ * radius_; }

private:
  double radius_;
};

// Constructed before the first call, in the order of their places here.
struct Registry {
  int numbers[4];
  Registry() : numbers{1, 2, 3, 4} { VMLET_INFO("registry %d", numbers[3]); }
  ~Registry() { numbers[0] = 0; }
};
Registry registry;
const int sum_of_registry = registry.numbers[0] + registry.numbers[1] + registry.numbers[2] + registry.numbers[3];
Square unit{1};

template <typename T, typename... Rest> T sum(T first, Rest... rest) {
  if constexpr (sizeof...(rest) == 0) return first;
  else return first + sum(rest...);
}

struct alignas(128) Wide { char bytes[128]; };

struct Throws {
  virtual void never() = 0;
  Throws() { call(); }
  void call() { never(); }
  virtual ~Throws() = default;
};
struct Never : Throws { void never() override {} };

} // namespace

// The compiler leaves out a `new` that nobody needs.
template <typename T> static T *opaque(T *pointer) {
  asm volatile("" : "+r"(pointer) : : "memory");
  return pointer;
}

VMLET_EXPORT(f64, areas, (f64, a), (f64, b)) {
  Shape *shapes[] = {new Square(a), new Circle(b), &unit};
  double total = 0;
  for (Shape *shape : shapes) total += shape->area();
  delete shapes[0];
  delete shapes[1];
  return total;
}
VMLET_EXPORT(i32, statics) {
  static Registry local;
  return sum_of_registry * 100 + local.numbers[1];
}
VMLET_EXPORT(i32, lives) { return constructed * 100 + destroyed; }
VMLET_EXPORT(i32, add_with_lambda, (i32, a), (i32, b)) {
  auto twice = [&](int32_t x) { return host_add(x, x); };
  return sum(twice(a), twice(b), 0);
}
VMLET_EXPORT(string, make_string, (string, text), (bool, loud)) {
  char *copy = vmlet_text_result(text.size);
  std::memcpy(copy, text.data, text.size);
  for (std::size_t i = 0; loud && i < text.size; i++)
    if (copy[i] >= 'a' && copy[i] <= 'z') copy[i] = static_cast<char>(copy[i] - 32);
  return {copy, text.size};
}
VMLET_EXPORT(u64, heap_of_new) {
  int *numbers = opaque(new int[100]{});
  auto *wide = opaque(new Wide);
  vmlet_assert(reinterpret_cast<std::uintptr_t>(wide) % 128 == 0);
  alignas(Square) char place[sizeof(Square)];
  Square *square = new (place) Square(3);
  vmlet_assert(square->area() == 9 && numbers[99] == 0);
  square->~Square();
  vmlet_assert(opaque(new (std::nothrow) char[std::size_t{1} << 40]) == nullptr);
  delete wide;
  delete[] numbers;
  return vmlet_heap_used();
}
VMLET_EXPORT(void, exhaust_new) {
  for (;;) opaque(new char[1000]);
}
VMLET_EXPORT(void, call_pure_virtual) { Never never; }
