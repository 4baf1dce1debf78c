/** Hyperlight's behaviours A1: what can be chosen of a sandbox, and what it is otherwise. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { readFileSync } from "node:fs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fast, type Options, readPeb, rust } from "./support/hyperlight.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const KIB = 1024;
const PAGE = 4096;

/** Where a guest with these options finds what. */
async function pebWith(options: Options) {
  using sandbox = await rust(options);
  return readPeb(sandbox.exports.PebBytes());
}

test(
  "A1.1 buffers have 0x4000 bytes and the host's function definitions 0x1000 unless chosen",
  { skip: needsHyperlightGuest },
  async () => {
    const { input, output, hostFunctions } = await pebWith({});
    assertEquals([input.size, output.size, hostFunctions.size], [0x4000, 0x4000, 0x1000]);
  },
);

test("A1.2 smaller buffers become 0x2000 bytes", { skip: needsHyperlightGuest }, async () => {
  for (const [given, got] of [[1, 0x2000], [0x1fff, 0x2000], [0x2001, 0x2001]] as const) {
    const { input, output } = await pebWith({ memory: { input: given, output: given } });
    assertEquals([input.size, output.size], [got, got]);
  }
});

test("A1.3 a stack of 0 is the default, 65536", { skip: needsHyperlightGuest }, async () => {
  for (const memory of [{ stack: 0 }, {}]) {
    const { stack } = await pebWith({ memory });
    assertEquals(stack.end - stack.lowest, 65536);
  }
});

test("A1.4 a heap of 0 is the default, 131072", { skip: needsHyperlightGuest }, async () => {
  for (const memory of [{ heap: 0 }, {}]) {
    const { heap } = await pebWith({ memory });
    assertEquals(heap.size, 131072);
  }
});

const SMALL = { stack: 18 * KIB, heap: 20 * KIB };

test(
  "A1.5 any stack and heap are taken as they are: 18 and 20 KiB serve the Rust guest",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust({ memory: SMALL });
    const { stack, heap } = readPeb(sandbox.exports.PebBytes());
    assertEquals([stack.end - stack.lowest, heap.size], [20 * KIB, 20 * KIB]);
    for (let i = 0; i < 100; i++) assertEquals(sandbox.exports.Echo(`call ${i}`), `call ${i}`);
  },
);

test("A1.5 18 and 20 KiB serve 1000 calls", { skip: needsKvm }, async () => {
  using sandbox = await fast({ memory: SMALL });
  for (let i = 0; i < 1000; i++) {
    assertEquals(sandbox.exports.Echo("call"), "hello\n");
    assertEquals(sandbox.exports.Add(1, 41), 42);
  }
});

test(
  "A1.6 sizes that are no whole pages are taken, and what lies behind begins at the next page",
  { skip: needsHyperlightGuest },
  async () => {
    const memory = { input: 0x4001, output: 0x4002, heap: 0x20001, stack: 0x10001 };
    using sandbox = await rust({ memory });
    const { input, output, heap, stack } = readPeb(sandbox.exports.PebBytes());
    assertEquals([input.size, output.size, heap.size], [0x4001, 0x4002, 0x20001]);
    assertEquals(output.address - input.address, 0x5000);
    assertEquals(heap.address - output.address, 0x5000);
    // Behind the heap's last page lies the stack's guard.
    assertEquals(stack.lowest - heap.address, 0x21000 + PAGE);
    assertEquals(stack.end - stack.lowest, 0x11000);
    assertEquals(sandbox.exports.Echo("text"), "text");
  },
);

/** Whether this process has a handler for a signal. */
function catches(signal: number): boolean {
  const caught = /SigCgt:\s+([\da-f]+)/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return (BigInt(`0x${caught}`) >> BigInt(signal - 1) & 1n) === 1n;
}

test(
  "A1.8 calls are interrupted by signal 35, or by the one of the offset",
  { skip: needsKvm },
  async () => {
    assert(!catches(44));
    using _chosen = await fast({ interruptSignalOffset: 9 });
    assert(catches(44));
    using _usual = await fast();
    assert(catches(35));
    for (const other of [36, 43, 45, 64]) assert(!catches(other), `signal ${other}`);
  },
);

test(
  "A1.9 an offset past the last real-time signal is ERR_OUT_OF_RANGE",
  { skip: needsKvm },
  async () => {
    using _last = await fast({ interruptSignalOffset: 29 });
    for (const interruptSignalOffset of [30, 255, -1, 0.5]) {
      const error = await assertRejects(() => fast({ interruptSignalOffset }), RangeError);
      assertEquals((error as { code?: string }).code, "ERR_OUT_OF_RANGE");
      assertStringIncludes(error.message, `is ${interruptSignalOffset}, and it may be 0 to 29`);
    }
  },
);

test(
  "A1.13 more than 1 GiB in all is ERR_OUT_OF_RANGE, with both sizes",
  { skip: needsKvm },
  async () => {
    const error = await assertRejects(() => fast({ memory: { input: 2 ** 30 } }), RangeError);
    assertEquals((error as { code?: string }).code, "ERR_OUT_OF_RANGE");
    const [, size] = /takes (\d+) bytes in all, and 1073741824 are the most/.exec(error.message) ??
      [];
    assert(Number(size) > 2 ** 30, error.message);
    // What fits is paid for when it is touched.
    using sandbox = await fast({ memory: { input: 2 ** 29, heap: 2 ** 28, stack: 2 ** 27 } });
    assertEquals(sandbox.exports.Add(1, 41), 42);
  },
);
