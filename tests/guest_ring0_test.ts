/** Guests of the kit for ring 0: what their files say, and what the compiler refuses. */

import { test } from "node:test";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { readElf } from "../src/guest/elf.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";

/** Where Hyperlight's host would put the code. */
const CODE = 0x4000;

const read = (bytes: Uint8Array) => readElf(bytes, { base: CODE, limit: 2 ** 30 });

/** The kit's version and the ring, as the guest's note says. */
function ringOf(bytes: Uint8Array): readonly number[] {
  const note = read(bytes).notes.find(({ owner }) => owner === "vmlet");
  assert(note !== undefined);
  return Array.from(new Uint32Array(note.content.slice().buffer));
}

for (const name of ["hello", "echo", "bench", "sha256", "hostile"]) {
  test(`${name} is a guest for ring 0 with the functions that it has at ring 3`, async () => {
    const source = `guest/examples/${name}.c`;
    const [ring0, ring3] = await Promise.all([buildRing0Guest(source), buildGuest(source)]);
    assertEquals([ringOf(ring0), ringOf(ring3)], [[1, 0], [1, 3]]);
    // Reading it also means that no relocation is of another type than RELATIVE.
    const image = read(ring0);
    assert(image.relocated);
    assertEquals(image.functions, read(ring3).functions);
  });
}

test("the kit's test guests are guests for ring 0 too, in C and in C++", async () => {
  for (const source of ["kit.c", "cxx.cpp"]) {
    assertEquals(ringOf(await buildRing0Guest(source)), [1, 0]);
  }
});

/** Builds a guest of these lines for ring 0. */
async function build(name: string, lines: string, ...flags: string[]): Promise<Uint8Array> {
  using folder = new Folder({ [name]: `#include <vmlet.h>\n${lines}\n` });
  // A path from the project's folder.
  return await buildRing0Guest(`/../${"../".repeat(32)}${folder.at(name)}`, ...flags);
}

async function refused(lines: string, ...flags: string[]): Promise<string> {
  return (await assertRejects(() => build("refused.c", lines, ...flags), Error)).message;
}

test("the compiler refuses what ring 0 does not have", async () => {
  const square = (type: string) =>
    `VMLET_EXPORT(f64, square, (f64, a)) { volatile ${type} b = (${type})a; return (double)(b * b); }`;
  await build("square.c", square("float"));
  assertStringIncludes(
    await refused(square("long double")),
    "long double' type support",
  );
  const message = "A guest at ring 0 has no SSE: build it with `vmlet build --ring0`";
  assertStringIncludes(await refused(square("double"), "-march=native"), message);
});

test("numbers with a point are found among a function's variable arguments", async () => {
  // The compiler would look for them in registers that are not there, and say nothing.
  const sum = (type: string, get: string) =>
    `#include <stdarg.h>
static double sum(int count, ...) {
  va_list list;
  va_start(list, count);
  double all = 0;
  while (count--) all += (double)va_arg(list, ${type});
  va_end(list);
  return all;
}
VMLET_EXPORT(f64, sum_of_three) { return sum(3, ${get}); }`;
  for (const name of ["sum.c", "sum.cc"]) {
    const [doubles, constants, integers] = await Promise.all([
      build(name, sum("double", "0.5, 1.0, 2.0")),
      build(name, sum("const double", "0.5, 1.0, 2.0")),
      build(name, sum("int", "1, 2, 3")),
    ]);
    assertEquals(ringOf(doubles as Uint8Array), [1, 0]);
    assertEquals(ringOf(constants as Uint8Array), ringOf(integers as Uint8Array));
  }
});
