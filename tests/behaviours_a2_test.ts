/** Hyperlight's behaviours A2: how a sandbox comes to be. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import type { Sandbox, VmletError } from "../mod.ts";
import { buildHyperlightGuest } from "../scripts/hyperlight_guests.ts";
import { ROOT } from "../scripts/tools.ts";
import { HYPERLIGHT_SIZES, layOutHyperlight } from "../src/guest/hyperlight.ts";
import { Kvm, Memory } from "../src/kvm/mod.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf, rejectionOf } from "./support/guests.ts";
import {
  FAST,
  fast,
  fastGuest,
  HOST_ADD,
  type Options,
  readPeb,
  rust,
  sandboxOf,
} from "./support/hyperlight.ts";
import { runRuntime } from "./support/runtime.ts";
import type { Request } from "./support/sandbox_worker.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const ENOENT = 2;
const EACCES = 13;
const MIB = 1024 * 1024;

/** A sandbox of the fast guest from wherever. */
const load = (guest: string | Uint8Array, options: Options = {}) =>
  sandboxOf(guest, FAST, { imports: HOST_ADD, ...options });

const rustBytes = async () => new Uint8Array(readFileSync(await buildHyperlightGuest()));

// --- the guest's file ---

test("A2.1 a path that leads nowhere is ERR_INVALID_GUEST, with path and reason", async () => {
  for (const guest of ["/nowhere/guest.elf", "file:///nowhere/guest.elf"]) {
    const error = await rejectionOf(load(guest));
    assertEquals(error.code, "ERR_INVALID_GUEST");
    assertMatch(error.message, /\/nowhere\/guest\.elf.*ENOENT|\/nowhere\/guest\.elf.*os error 2/);
    assertEquals((error.cause as { code?: string }).code, "ENOENT");
  }
});

test(
  "A2.2 a guest is read from its path, from URLs and from bytes",
  { skip: needsHyperlightGuest },
  async () => {
    const path = await buildHyperlightGuest();
    const exports = { EchoInt: { parameters: ["i32"], result: "i32" } } as const;
    const server = createServer((_, response) => response.end(readFileSync(path)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const sources = [
        path,
        pathToFileURL(path).href,
        await rustBytes(),
        `http://127.0.0.1:${port}/guest.elf`,
        `data:application/octet-stream;base64,${readFileSync(path).toString("base64")}`,
      ];
      for (const source of sources) {
        using sandbox = await sandboxOf(source, exports);
        assertEquals(sandbox.exports.EchoInt(7), 7);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

test(
  "A2.3 a truncated file is ERR_INVALID_GUEST wherever it ends",
  { skip: needsHyperlightGuest },
  async () => {
    const bytes = await rustBytes();
    for (const length of [0, 3, 63, 64, 100, 1000, 0x1000, bytes.length >> 1]) {
      const error = await rejectionOf(load(bytes.subarray(0, length)));
      assertEquals(error.code, "ERR_INVALID_GUEST", `${length} bytes`);
    }
    const { message } = await rejectionOf(load(bytes.subarray(0, 100)));
    assertStringIncludes(message, "program headers lie behind its end");
  },
);

interface Segment {
  /** Where its header is in the file. */
  readonly header: number;
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** The segments of an ELF file. */
function segmentsOf(bytes: Uint8Array): Segment[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const word = (at: number) => Number(view.getBigUint64(at, true));
  return Array.from({ length: view.getUint16(56, true) }, (_, i) => {
    const header = word(32) + i * 56;
    return {
      header,
      type: view.getUint32(header, true),
      offset: word(header + 8),
      address: word(header + 16),
      size: word(header + 32),
    };
  });
}

/** Where in an ELF file an address is. */
function fileOffset(bytes: Uint8Array, address: number): number {
  const segment = segmentsOf(bytes).find((it) =>
    it.type === 1 && address >= it.address && address < it.address + it.size
  );
  assert(segment, `no segment holds ${address}`);
  return segment.offset + address - segment.address;
}

/** The fast guest with other code at its entry. */
async function entering(...code: number[]): Promise<Uint8Array> {
  const bytes = (await fastGuest()).slice();
  const entry = Number(new DataView(bytes.buffer).getBigUint64(24, true));
  bytes.set(code, fileOffset(bytes, entry));
  return bytes;
}

test("A2.4 a file without PT_LOAD is ERR_INVALID_GUEST that says so", async () => {
  const bytes = (await fastGuest()).slice();
  for (const { header } of segmentsOf(bytes)) bytes.fill(0, header, header + 4);
  const error = await rejectionOf(load(bytes));
  assertEquals(error.code, "ERR_INVALID_GUEST");
  assertStringIncludes(error.message, "no PT_LOAD segment");
});

test(
  "A2.5 relocations RELATIVE and NONE are applied, any other is ERR_UNSUPPORTED_GUEST with its number",
  { skip: needsHyperlightGuest },
  async () => {
    const bytes = await rustBytes();
    const view = new DataView(bytes.buffer);
    const dynamic = segmentsOf(bytes).find(({ type }) => type === 2);
    assert(dynamic);
    let table = 0;
    for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
      if (view.getBigUint64(at, true) === 7n) table = Number(view.getBigUint64(at + 8, true));
    }
    const type = fileOffset(bytes, table) + 8;
    assertEquals(view.getUint32(type, true), 8, "the guest's first relocation is RELATIVE");
    using whole = await sandboxOf(bytes, FAST);
    assertEquals(whole.exports.Echo("text"), "text");
    for (const other of [1, 6, 37]) {
      view.setUint32(type, other, true);
      const error = await rejectionOf(load(bytes));
      assertEquals(error.code, "ERR_UNSUPPORTED_GUEST");
      assertStringIncludes(error.message, `x86_64 relocation of type ${other},`);
    }
    view.setUint32(type, 0, true);
    // What it would have relocated is some pointer of the guest's, so only loading can be asked for.
    const { image } = layOutHyperlight(bytes, {
      sizes: HYPERLIGHT_SIZES,
      hostFunctions: new Uint8Array(0),
      executableHeap: false,
      cookieSeed: 0n,
      cookie: new Uint8Array(16),
    });
    image.load(new Uint8Array(image.size));
  },
);

// --- KVM ---

test(
  "A2.6 better: without a hypervisor the error says why, and the next attempt looks again",
  { skip: needsKvm },
  async () => {
    const opening = (errno: number) =>
      answerCalls(
        (name, [path]) =>
          name === "open" && new TextDecoder().decode(path as Uint8Array) === "/dev/kvm\0"
            ? -errno
            : undefined,
        () => rejectionOf(fast()),
      );
    const missing = await opening(ENOENT);
    assertEquals([missing.code, missing.errno], ["ERR_NO_HYPERVISOR", ENOENT]);
    assertStringIncludes(missing.message, "the device does not exist");
    const denied = await opening(EACCES);
    assertEquals([denied.code, denied.errno], ["ERR_NO_HYPERVISOR", EACCES]);
    assertStringIncludes(denied.message, "permission denied: add the user to the device's group");

    using kvm = Kvm.open();
    // KVM_GET_API_VERSION, and KVM_CHECK_EXTENSION of KVM_CAP_USER_MEMORY.
    for (const [request, answer] of [[0xae00, 11], [0xae03, 0]] as const) {
      const error = await answerCalls(
        (name, [, asked]) => name === "ioctl" && asked === request ? answer : undefined,
        () => errorOf(() => kvm.assertUsable()),
      );
      assertEquals(error.code, "ERR_NO_HYPERVISOR");
      assertMatch(error.message, answer === 11 ? /API version is 11/ : /KVM_CAP_USER_MEMORY/);
    }
    using sandbox = await fast();
    assertEquals(sandbox.exports.Add(1, 41), 42);
  },
);

// --- initialisation ---

/** Descriptors of KVM that this process has. */
function kvmDescriptors(): number {
  const targets = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ""; // the descriptor of the folder itself is closed by now
    }
  });
  return targets.filter((it) => it.includes("kvm")).length;
}

/** How the creation of a guest with this code at its entry fails; it must leave nothing behind. */
async function failingEntry(...code: number[]): Promise<VmletError> {
  const before = kvmDescriptors();
  const error = await rejectionOf(load(await entering(...code)));
  assertEquals(kvmDescriptors(), before);
  return error;
}

const HLT = 0xf4;
/** `mov dx, 102; mov eax, WORD; out dx, eax`: the guest aborts. */
const abort = (...word: number[]) => [0x66, 0xba, 102, 0, 0xb8, ...word, 0xef, HLT];

test(
  "A2.7 a guest initialises until it halts, and must then have named its dispatch function",
  { skip: needsKvm },
  async () => {
    const error = await failingEntry(HLT);
    assertEquals(error.code, "ERR_INVALID_GUEST");
    assertStringIncludes(error.message, "without a dispatch function: it left the address 0x0");
    using sandbox = await fast();
    assertEquals(sandbox.exports.Echo(""), "hello\n");
  },
);

test(
  "A2.8 an abort or exception while the guest initialises is create's error, and leaves nothing",
  { skip: needsKvm },
  async () => {
    // Three bytes: the code, a letter, the end.
    const aborted = await failingEntry(...abort(3, 25, 0x41, 0xff));
    assertEquals([aborted.code, aborted.guestCode], ["ERR_GUEST_ABORTED", 25]);
    assertMatch(aborted.message, /25: A$/);
    const overflow = await failingEntry(...abort(2, 9, 0xff, 0));
    assertEquals([overflow.code, overflow.guestCode], ["ERR_STACK_OVERFLOW", 9]);
    // ud2 while there is no handler yet.
    assertEquals((await failingEntry(0x0f, 0x0b)).code, "ERR_UNEXPECTED_EXIT");
    // out to a port of nobody's.
    const port = await failingEntry(0xe6, 200);
    assertEquals([port.code, port.port], ["ERR_FORBIDDEN_PORT", 200]);
  },
);

test("A2.9 small sizes everywhere are taken", { skip: needsKvm }, async () => {
  const memory = { input: 0x1000, output: 0x1000, heap: 0x1000, stack: 0x1000 };
  using sandbox = await fast({ memory });
  assertEquals(sandbox.exports.Echo("x".repeat(4096)), "hello\n");
  assertEquals(sandbox.exports.Add(1, 41), 42);
});

test(
  "A2.10 better: the region of the host's function definitions grows with them",
  { skip: needsHyperlightGuest },
  async () => {
    const imports = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [
        `AFunctionOfTheHostWithALongName${i}`,
        { parameters: ["i32", "string"], result: "i32", callback: () => i } as const,
      ]),
    );
    using sandbox = await rust({ imports, memory: { heap: MIB, output: MIB } });
    const { hostFunctions } = readPeb(sandbox.exports.PebBytes());
    assert(hostFunctions.size > 0x1000, `${hostFunctions.size} bytes`);
    const lines = sandbox.exports.HostFunctions().split("\n");
    assertEquals(lines.length, 201, "with HostPrint");
    assert(lines.includes("AFunctionOfTheHostWithALongName199[Int, String] -> Int"));
  },
);

// --- the host's side of guest memory ---

test("A2.11 memory of no bytes, or of broken pages, is refused", () => {
  for (const size of [0, 1, 4095, 4097, -4096, NaN]) {
    assertThrows(() => new Memory(size), RangeError, "not a positive multiple of 4096");
  }
});

test("A2.12 the host's touch of a byte before or behind guest memory ends the process", () => {
  const program = join(ROOT, "tests/support/guard_program.ts");
  const args = process.versions.bun === undefined ? ["run", "-A", program] : [program];
  const quietly = 'ulimit -c 0; export BUN_ENABLE_CRASH_REPORTING=0; exec "$@"';
  const touch = (offset: number) =>
    runRuntime([...args, String(offset)], ["sh", "-c", quietly, "sh"]);
  for (const offset of [0, 8191]) {
    const { code, out } = touch(offset);
    assertEquals([code, out], [0, "before\nafter\n"], `offset ${offset}`);
  }
  for (const offset of [-1, 8192]) {
    const { code, out } = touch(offset);
    assertNotEquals(code, 0, `offset ${offset}`);
    assertEquals(out, "before\n");
  }
});

test("A2.13 reading and writing outside of guest memory is refused, with place and size", () => {
  using memory = new Memory(8192);
  const outside = [[8192, 1], [8191, 2], [-1, 1], [0, 8193], [2 ** 53, 1], [1, -1], [0.5, 1]];
  for (const [offset = 0, length = 0] of outside) {
    const message = `${length} bytes at ${offset}: the memory has 8192 bytes`;
    assertThrows(() => memory.read(offset, length), RangeError, `Cannot read ${message}`);
    if (length < 0) continue;
    const bytes = new Uint8Array(length);
    assertThrows(() => memory.write(offset, bytes), RangeError, `Cannot write ${message}`);
  }
  memory.write(8191, Uint8Array.of(7));
  assertEquals(memory.read(8190, 2), Uint8Array.of(0, 7));
  assertEquals(memory.read(8192, 0).length, 0);
});

// --- many sandboxes ---

test("A2.14 a sandbox cannot be sent to another thread, which is said", {
  skip: needsKvm,
}, async () => {
  using sandbox = await fast();
  const error = assertThrows(() => structuredClone({ sandbox }));
  assertEquals((error as Error).name, "DataCloneError");
  // What stops its calls from there can be.
  assertEquals(
    structuredClone(sandbox.interruptHandle().token),
    sandbox.interruptHandle().token,
  );
});

test(
  "A2.15 100 sandboxes live on one thread, each with a state of its own",
  { skip: needsKvm },
  async () => {
    const guest = await fastGuest();
    const all: Sandbox<typeof FAST>[] = [];
    const asked = new Array<number>(100).fill(0);
    try {
      for (let i = 0; i < 100; i++) {
        const callback = () => (asked[i] = (asked[i] ?? 0) + 1);
        all.push(await load(guest, { imports: { HostAdd: { ...HOST_ADD.HostAdd, callback } } }));
      }
      for (let round = 0; round < 10; round++) {
        for (const { exports } of all) assertEquals(exports.Add(1, 41), 42);
        // The next round finds others in use.
        all.reverse();
      }
    } finally {
      for (const it of all) it.close();
    }
    assertEquals(asked, new Array(100).fill(10));
  },
);

test(
  "A2.15 sandboxes of the Rust guest keep apart what is in their statics",
  { skip: needsHyperlightGuest },
  async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => rust()));
    try {
      all.forEach(({ exports }, i) => exports.AddToStatic(i));
      all.forEach(({ exports }, i) => assertEquals(exports.GetStatic(), i));
    } finally {
      for (const it of all) it.close();
    }
  },
);

test(
  "A2.15 four Workers have 25 sandboxes each at the same time",
  { skip: needsKvm },
  async () => {
    const request: Request = { guest: await fastGuest(), sandboxes: 25, calls: 40 };
    const url = new URL("./support/sandbox_worker.ts", import.meta.url).href;
    const answers = await Promise.all(Array.from({ length: 4 }, async () => {
      const worker = new Worker(url, { type: "module" });
      try {
        return await new Promise<unknown>((resolve, reject) => {
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = (event) => reject(new Error(event.message));
          worker.postMessage(request);
        });
      } finally {
        worker.terminate();
      }
    }));
    assertEquals(answers, new Array(4).fill(25 * 40));
  },
);

test(
  "A2.16 what names a sandbox for its interrupts is never used again",
  { skip: needsKvm },
  async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 10; round++) {
      const some = await Promise.all(Array.from({ length: 5 }, () => fast()));
      for (const it of some) {
        const { index, generation } = it.interruptHandle().token;
        seen.add(`${index} ${generation}`);
        it.close();
      }
    }
    assertEquals(seen.size, 50);
  },
);

// --- initialisation data ---

const FOUR = Uint8Array.of(1, 2, 3, 4);

test(
  "A2.17 the guest reads its initialisation data, which it may not change unless allowed",
  { skip: needsHyperlightGuest },
  async () => {
    using sandbox = await rust({ initData: FOUR });
    const { ReadFromUserMemory, PebBytes, ReadAddress, WriteAddress } = sandbox.exports;
    assertEquals(ReadFromUserMemory(4n, FOUR), FOUR);
    assertEquals(ReadFromUserMemory(3n, FOUR.subarray(0, 3)), FOUR.subarray(0, 3));
    const wrong = errorOf(() => ReadFromUserMemory(4n, Uint8Array.of(1, 2, 3, 5)));
    assertEquals([wrong.code, wrong.guestCode], ["ERR_GUEST_ERROR", 15]);
    assertStringIncludes(wrong.message, "does not contain the expected data");
    const { initData } = readPeb(PebBytes());
    assertEquals(initData.size, 4);
    const address = BigInt(initData.address);
    assertEquals(ReadAddress(address), 0x04030201n);
    const denied = errorOf(() => WriteAddress(address, 5n));
    assertEquals([denied.code, denied.access], ["ERR_MEMORY_ACCESS", "write"]);
    assertEquals(denied.address, address);
    assert(sandbox.poisoned);
  },
);

test(
  "A2.17 initialisation data can be written and executed where the host allows it",
  { skip: needsHyperlightGuest },
  async () => {
    // mov eax, 42; ret
    const bytes = Uint8Array.of(0xb8, 42, 0, 0, 0, 0xc3);
    using writable = await rust({ initData: { bytes, write: true } });
    const address = BigInt(readPeb(writable.exports.PebBytes()).initData.address);
    writable.exports.WriteAddress(address, 5n);
    assertEquals(writable.exports.ReadAddress(address), 5n);
    const denied = errorOf(() => writable.exports.ExecMapped(address, false));
    assertEquals([denied.code, denied.access], ["ERR_MEMORY_ACCESS", "execute"]);
    assertEquals(denied.address, address);
    using executable = await rust({ initData: { bytes, execute: true } });
    assertEquals(executable.exports.ExecMapped(address, false), 42);
  },
);

test(
  "A2.18 a guest that asks for more initialisation data than there is gets an error",
  { skip: needsHyperlightGuest },
  async () => {
    for (const [initData, size] of [[FOUR, 4], [undefined, 0]] as const) {
      using sandbox = await rust(initData ? { initData } : {});
      for (const asked of [5n, 4096n, 4097n]) {
        const error = errorOf(() => sandbox.exports.ReadFromUserMemory(asked, FOUR));
        assertEquals([error.code, error.guestCode], ["ERR_GUEST_ERROR", 15]);
        assertStringIncludes(
          error.message,
          `Requested ${asked} bytes from user memory, but only ${size} bytes are available`,
        );
      }
      assert(!sandbox.poisoned);
    }
  },
);

test(
  "A2.19 better: page tables have room for all memory, initialisation data too",
  { skip: needsHyperlightGuest },
  async () => {
    const bytes = new Uint8Array(3 * MIB).fill(7);
    using sandbox = await rust({ initData: bytes });
    const { ReadFromUserMemory, PebBytes, ReadAddress } = sandbox.exports;
    assertEquals(ReadFromUserMemory(4n, bytes.subarray(0, 4)), bytes.subarray(0, 4));
    const { initData } = readPeb(PebBytes());
    assertEquals(initData.size, bytes.length);
    const last = BigInt(initData.address + initData.size - 8);
    assertEquals(ReadAddress(last), 0x0707070707070707n);
  },
);

test("A2.19 better: page tables never reach the code, whatever the sizes", async () => {
  const file = await fastGuest();
  for (let init = 0; init < 8 * MIB; init += MIB / 4 - 4096) {
    const { image, layout } = layOutHyperlight(file, {
      sizes: { ...HYPERLIGHT_SIZES, heap: (init * 7) % (5 * MIB) + 1 },
      hostFunctions: new Uint8Array(0),
      initData: { bytes: new Uint8Array(init), write: false, execute: false },
      executableHeap: false,
      cookieSeed: 0n,
      cookie: new Uint8Array(16),
    });
    const tables = layout.contents.find(({ physical }) => physical === 0);
    assert(tables && tables.bytes.length <= image.address, `${init} bytes`);
  }
});
