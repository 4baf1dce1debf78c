/** Restoring by the pages that were written to, in each of the ways that KVM may offer. */

import process from "node:process";
import { test } from "node:test";
import { assert, assertEquals, assertInstanceOf } from "@std/assert";
import type { DirtyLogMode } from "../src/driver/mod.ts";
import { VmletError } from "../src/ffi/mod.ts";
import { CodeGuest, type CodeGuest as Guest, END, withAddress } from "./support/machine_code.ts";
import { KvmError, MEMORY_FLAG, PAGE_SIZE } from "../src/kvm/mod.ts";
import { type MemoryImage, WorkingSet } from "../src/sandbox/working_set.ts";
import { answerCalls, failEachCall } from "./support/failing_calls.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const MODES: readonly DirtyLogMode[] = ["manual", "plain", "none"];
const HEAP_PAGES = 200;
const ENOMEM = 12;
const EINVAL = 22;
/** A page that is written to stays hot for so many restores in which nobody does (shim/shim.c). */
const PATIENCE = 8;
/** And a page that was hot before for so many. */
const MORE_PATIENCE = 32;

/** A guest that writes what a list in its input buffer says: a count, then addresses and values of 64 bits. */
class Writer {
  readonly guest: Guest;
  readonly set: WorkingSet;
  readonly #heap: { readonly virtual: number; readonly physical: number };
  readonly #input: number;

  constructor(dirtyLog: DirtyLogMode, ring: 0 | 3 = 3) {
    const input = 0x11_0000_0000;
    const code = [
      ...withAddress(input, 0x48, 0x89, 0xde), // mov rsi, rbx
      ...[0x48, 0xad, 0x48, 0x89, 0xc1], // lodsq; mov rcx, rax
      ...[0xe3, 0x09], // jrcxz END
      ...[0x48, 0xad, 0x48, 0x89, 0xc7], // lodsq; mov rdi, rax
      ...[0x48, 0xa5, 0xe2, 0xf7], // movsq; loop
      ...END,
    ];
    this.guest = new CodeGuest(code, ring, { dirtyLog, heap: HEAP_PAGES * PAGE_SIZE });
    const { layout, memory, driver } = this.guest;
    const { inputPhysical: start, outputPhysical, outputSize } = layout;
    this.set = new WorkingSet(memory, driver, { start, end: outputPhysical + outputSize });
    this.#input = start;
    const heap = layout.parts.find((it) => it.name === "heap");
    assert(heap);
    this.#heap = heap;
  }

  /** Lets the guest write a value to pages of its heap. */
  write(pages: readonly number[], value: number): void {
    for (let done = 0; done < pages.length; done += 200) {
      const part = pages.slice(done, done + 200);
      const places = part.flatMap((page) => [
        BigInt(this.#heap.virtual + page * PAGE_SIZE + page % 500 * 8),
        BigInt(value),
      ]);
      const list = BigUint64Array.from([BigInt(part.length), ...places]);
      this.guest.memory.write(this.#input, new Uint8Array(list.buffer));
      this.set.wrote(this.#input, list.byteLength);
      this.guest.call();
    }
  }

  /** Lets the host write to a page of the heap. */
  hostWrite(page: number, value: number): void {
    const at = this.#heap.physical + page * PAGE_SIZE + 4000;
    this.guest.memory.write(at, Uint8Array.of(value));
    this.set.wrote(at, 1);
  }

  /** All that the guest has. */
  content(): Uint8Array {
    return this.guest.memory.read(0, this.guest.memory.size);
  }

  capture(): MemoryImage {
    const image = this.set.capture();
    image.hold();
    return image;
  }

  [Symbol.dispose](): void {
    this.guest[Symbol.dispose]();
    this.set.resources[Symbol.dispose]();
  }
}

/** Fails with the first page that differs, since a whole memory is too much to print. */
function assertSame(actual: Uint8Array, expected: Uint8Array, what: string): void {
  for (let at = 0; at < expected.length; at += PAGE_SIZE) {
    const [a, b] = [actual, expected].map((it) => it.subarray(at, at + PAGE_SIZE));
    if (a?.every((byte, i) => byte === b?.[i])) continue;
    assertEquals(a, b, `${what}: page ${at / PAGE_SIZE}`);
  }
}

/** Numbers that are the same in each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 >>> 0;
    return ((state ^ state >>> 13) >>> 0) % below;
  };
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

for (const mode of MODES) {
  test(`WorkingSet.restore() goes to any of many images, ${mode} log`, { skip }, () => {
    using writer = new Writer(mode);
    const next = random(MODES.indexOf(mode) + 1);
    const images: { image: MemoryImage; content: Uint8Array }[] = [];
    const capture = () => {
      const image = writer.capture();
      images.push({ image, content: writer.content() });
    };
    capture();
    for (let step = 0; step < (process.env.NESTED_KVM ? 50 : 150); step++) {
      const value = 1 + next(255);
      const action = next(10);
      // Zero now and then, since pages of zeroes are special.
      if (action < 4) writer.write(range(0, 1 + next(4)).map(() => next(HEAP_PAGES)), value & ~3);
      else if (action === 4) writer.write(range(next(100), 1 + next(100)), next(2) * value);
      else if (action === 5) writer.hostWrite(next(HEAP_PAGES), value);
      else if (action === 6 && images.length < 40) capture();
      else if (action === 7 && images.length > 1) {
        images.splice(next(images.length), 1)[0]?.image.release();
      } else {
        const chosen = images[next(images.length)];
        assert(chosen);
        writer.set.restore(chosen.image);
        assertSame(writer.content(), chosen.content, `step ${step}`);
      }
    }
    for (const { image, content } of images) {
      writer.set.restore(image);
      assertSame(writer.content(), content, "in the end");
      image.release();
    }
  });

  test(`WorkingSet.stats() takes nothing away from the next restore, ${mode} log`, { skip }, () => {
    using writer = new Writer(mode);
    assertEquals(writer.set.stats(), { dirtied: 0, hot: 0, restores: 0, copied: 0 });
    const image = writer.capture();
    const content = writer.content();
    for (let i = 1; i <= 3; i++) {
      writer.write([1, 2, 3], i);
      const before = writer.set.stats();
      assert(before.dirtied >= 3, `${before.dirtied} pages`);
      writer.write([4], i);
      const after = writer.set.stats();
      assert(after.dirtied > before.dirtied || mode === "none" || before.hot > 0);
      writer.set.restore(image);
      assertSame(writer.content(), content, `round ${i}`);
      const { restores, copied } = writer.set.stats();
      assertEquals(restores, i);
      assert(copied >= after.copied + 4, `${copied} pages`);
    }
    image.release();
  });

  test(`WorkingSet.capture() copies what changed, ${mode} log`, { skip }, () => {
    using writer = new Writer(mode);
    writer.write(range(0, 100), 1);
    const first = writer.capture();
    // Besides the heap: the host's pages, the code, the tables.
    assert(
      first.content.size > 100 * PAGE_SIZE && first.content.size < 140 * PAGE_SIZE,
      `${first.content.size} bytes`,
    );
    // A page for the table, one for a leaf.
    writer.write([3, 50], 2);
    const second = writer.capture();
    assertEquals(second.content.size, 4 * PAGE_SIZE);
    assertEquals(second.content.pages, first.content.pages);
    // Written to, but with what was there.
    writer.write([3, 50], 2);
    const third = writer.capture();
    assertEquals([third.content.size, third.content.table], [0, second.content.table]);
    // Another page, and one that is zero now.
    writer.write([3], 0);
    writer.write([150], 7);
    const fourth = writer.capture();
    assertEquals([fourth.content.size, fourth.content.pages], [
      3 * PAGE_SIZE,
      second.content.pages,
    ]);
    // The pages of an image that was let go stay for those that need them.
    const before = writer.content();
    first.release();
    second.release();
    third.release();
    writer.write(range(0, 200), 9);
    writer.set.restore(fourth);
    assertSame(writer.content(), before, "the fourth");
    fourth.release();
  });

  test(`WorkingSet.capture() keeps a long row of images short, ${mode} log`, { skip }, () => {
    using writer = new Writer(mode);
    writer.write(range(0, 50), 1);
    let last = writer.capture();
    const first = last.content.pages;
    for (let i = 0; i < (process.env.NESTED_KVM ? 70 : 300); i++) {
      writer.write([i % 50], i + 2);
      const image = writer.capture();
      last.release();
      last = image;
      assertEquals(image.content.pages, first);
      assert(
        image.content.parts.length <= 32 && image.content.allPages <= 2 * first + 5,
        `${image.content.allPages} pages`,
      );
    }
    const content = writer.content();
    writer.write(range(0, 50), 1000);
    writer.set.restore(last);
    assertSame(writer.content(), content, "the last");
    last.release();
  });
}

test(
  "WorkingSet.restore() leaves hot pages writable, until they are not written to",
  { skip },
  () => {
    using writer = new Writer("manual");
    const image = writer.capture();
    let before = 0;
    const round = (...pages: number[]) => {
      writer.write(pages, 1);
      writer.set.restore(image);
      const { copied, hot } = writer.set.stats();
      const now = { copied: copied - before, hot };
      before = copied;
      return now;
    };
    // Two more are the input buffer's page, since the host wrote the list, and the stack's. SVM counts a walk of the page
    // tables as a write to them.
    const exact = !process.env.NESTED_KVM;
    const expect = (pages: number[], copied: number, hot: number) => {
      const found = round(...pages);
      assertEquals(found, { copied, hot: exact ? hot : found.hot });
      assert(found.hot >= hot, `${found.hot} are hot`);
    };
    expect([1, 2, 3], 5, 0);
    expect([1, 2, 3], 5, 5);
    for (let i = 1; i < PATIENCE; i++) expect([1], 3, 5);
    expect([1], 3, 3);
    // Once hot, a page is so again at the next write, and then for longer.
    expect([1, 2], 4, 4);
    for (let i = 1; i < MORE_PATIENCE; i++) expect([1], 3, 4);
    expect([1, 2], 4, 4);
    for (let i = 1; i < MORE_PATIENCE; i++) expect([1], 3, 4);
    expect([1], 3, 3);
    image.release();
  },
);

test(
  "WorkingSet.restore() protects what is not hot again, and no other page",
  { skip },
  async () => {
    using writer = new Writer("manual");
    const image = writer.capture();
    const names: number[] = [];
    const count = (name: string, args: readonly unknown[]) => {
      if (name === "ioctlStruct") names.push((args[1] as number) & 0xff);
      return undefined;
    };
    const GET = 0x42;
    const CLEAR = 0xc0;
    const round = async () => {
      writer.write([1, 2, 3], 1);
      names.length = 0;
      await answerCalls(count, () => writer.set.restore(image));
      return [...names];
    };
    assertEquals(await round(), [GET, CLEAR]);
    for (let i = 0; i < 3; i++) assertEquals(await round(), [GET]);
    image.release();
  },
);

test("WorkingSet.restore() gives buffers and heap back that a call needed once", { skip }, () => {
  using writer = new Writer("manual");
  const image = writer.capture();
  const resident = () => writer.guest.memory.residentPages() ?? NaN;
  const before = resident();
  writer.write(range(0, HEAP_PAGES), 1);
  assert(resident() >= before + HEAP_PAGES);
  writer.set.restore(image);
  assert(resident() <= before + 16, `${resident()} pages are there, ${before} were`);
  image.release();
});

test(
  "WorkingSet.capture() that fails where everything is to be copied forgets no page",
  { skip },
  async () => {
    // Emptied as it is read, this log does not tell again what was forgotten.
    using writer = new Writer("plain");
    const pages = Array.from({ length: 100 }, (_, i) => 100 + i);
    writer.write(pages, 1);
    let image = writer.capture();
    // After so many pieces the next image is a full copy.
    for (let value = 2; value < 36; value++) {
      const content = writer.content();
      // A page of zeroes differs from the image, though not from nothing; a new one each time, which is not hot.
      const change = () => writer.write(pages.splice(0, 1), 0);
      const failures = value < 31 ? 3 : await failEachCall(ENOMEM, () => {
        change();
        writer.capture();
      }, ({ call, error }) => {
        assertInstanceOf(error, VmletError, call);
        writer.set.restore(image);
        assertSame(writer.content(), content, `${value}, ${call}`);
      });
      assert(failures > 2, `${failures} calls`);
      writer.write([1], value);
      image = writer.capture();
    }
  },
);

for (const mode of ["manual", "plain"] as const) {
  test(
    `WorkingSet.capture() changes nothing when a call fails, ${mode} log`,
    { skip },
    async () => {
      const fresh = () => {
        const writer = new Writer(mode);
        writer.write([1, 2, 3], 1);
        return writer;
      };
      let writer = fresh();
      // The first image, with a new guest for each failure; then one of what changed since.
      const first = await failEachCall(ENOMEM, () => writer.capture(), ({ call, error }) => {
        assertInstanceOf(error, VmletError, call);
        assertEquals(error.errno, ENOMEM, call);
        const image = writer.capture();
        const content = writer.content();
        writer.write([3, 4], 2);
        writer.set.restore(image);
        assertSame(writer.content(), content, call);
        writer[Symbol.dispose]();
        writer = fresh();
      });
      assert(first > 6, `${first} calls`);
      writer.capture();
      // Another value each time: what did not change needs no memory.
      let value = 100;
      const second = await failEachCall(ENOMEM, () => {
        writer.write([1, 7], value++);
        writer.capture();
      }, ({ call, error }) => {
        assertInstanceOf(error, VmletError, call);
        writer.write([1, 7], value++);
        const image = writer.capture();
        const content = writer.content();
        writer.write([1, 7, 8], value++);
        writer.set.restore(image);
        assertSame(writer.content(), content, call);
      });
      assert(second > 3, `${second} calls`);
      writer[Symbol.dispose]();
    },
  );

  test(
    `WorkingSet.restore() mends what a call that failed left, ${mode} log`,
    { skip },
    async () => {
      using writer = new Writer(mode);
      writer.write([1, 2, 3], 1);
      const images = [writer.capture()];
      const contents = [writer.content()];
      writer.write([3, 4], 2);
      images.push(writer.capture());
      contents.push(writer.content());
      for (const i of [0, 1, 0]) {
        let value = 3;
        const count = await failEachCall(ENOMEM, () => {
          writer.write([1, 5, 6], value++);
          writer.set.restore(images[i] as MemoryImage);
        }, ({ call, error }) => {
          assertInstanceOf(error, KvmError, call);
          for (const j of [1 - i, i]) {
            writer.set.restore(images[j] as MemoryImage);
            assertSame(writer.content(), contents[j] as Uint8Array, call);
          }
        });
        assert(count >= 2, `${count} calls`);
        assertSame(writer.content(), contents[i] as Uint8Array, `image ${i}`);
      }
    },
  );
}

test("WorkingSet does without a log where KVM makes none", { skip }, async () => {
  using writer = new Writer("manual");
  writer.write([1, 2, 3], 1);
  let refused = 0;
  const refuse = (name: string, args: readonly unknown[]) => {
    const [, request, bytes] = args as [number, number, Uint8Array];
    const KVM_SET_USER_MEMORY_REGION = 0x46;
    if (name !== "ioctlStruct" || (request & 0xff) !== KVM_SET_USER_MEMORY_REGION) return undefined;
    const flags = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
    if (!(flags & MEMORY_FLAG.KVM_MEM_LOG_DIRTY_PAGES)) return undefined;
    refused++;
    return -EINVAL;
  };
  await answerCalls(refuse, () => {
    const image = writer.capture();
    const content = writer.content();
    for (let i = 0; i < 3; i++) {
      writer.write([2, 100 + i], 5);
      writer.set.restore(image);
      assertSame(writer.content(), content, `round ${i}`);
    }
    image.release();
  });
  assertEquals(refused, 1);
});

test(
  "Driver.logWrites() takes pages out of the log itself where KVM cannot",
  { skip },
  async () => {
    const KVM_CHECK_EXTENSION = 0x03;
    const MANUAL_DIRTY_LOG_PROTECT2 = 168;
    const lack = (name: string, args: readonly unknown[]) =>
      name === "ioctl" && ((args[1] as number) & 0xff) === KVM_CHECK_EXTENSION &&
        args[2] === MANUAL_DIRTY_LOG_PROTECT2
        ? 0
        : undefined;
    using writer = new Writer("manual");
    const log = await answerCalls(lack, () => writer.guest.driver.logWrites());
    assertEquals(log?.manual, false);
  },
);
