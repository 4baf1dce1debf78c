/** Native code in this runtime: numbers, addresses, buffers, signals, Workers, and runtimes without it. */

import { test } from "node:test";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { native, VmletError } from "../src/ffi/mod.ts";
import { adapterFor } from "../src/ffi/mod.ts";
import { SHIM_VERSION } from "../src/ffi/shim_x86_64.ts";
import { SHIM_SYMBOLS } from "../src/ffi/symbols.ts";
import { currentThread, INTERRUPT_SIGNAL, LAST_SIGNAL, takeSignal } from "../src/kvm/thread.ts";
import { Memory } from "../src/kvm/mod.ts";
import { run, zig } from "../scripts/tools.ts";

const ENOENT = -2, EBADF = -9, EAGAIN = -11, EFAULT = -14, EINVAL = -22, ENOTTY = -25, ESRCH = -3;
const PROT_READ_WRITE = 3, MAP_PRIVATE = 2, MAP_ANONYMOUS = 0x20;
const cString = (text: string) => new TextEncoder().encode(`${text}\0`);

test("native() loads the shim that the package holds", () => {
  assertEquals(native().shimVersion(), SHIM_VERSION);
});

test("native() offers each function of the symbol table", () => {
  for (const name of Object.keys(SHIM_SYMBOLS)) {
    assertEquals(typeof native()[name as keyof typeof SHIM_SYMBOLS], "function", name);
  }
});

test("Native functions return a negative errno", () => {
  const shim = native();
  assertEquals(shim.open(cString("/no/such/file"), 0, 0), ENOENT);
  assertEquals(shim.close(-1), EBADF);
  assertEquals(shim.ioctl(0x7fff_ffff, 0xae00, 0), EBADF);
  assertEquals(shim.mmap(0, 0, 0, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), EINVAL);
  assertEquals(shim.tgkill(0x7fff_fffe, 0), ESRCH);
  const fd = shim.open(cString("/dev/null"), 2, 0);
  assertEquals(shim.ioctl(fd, 0xae00, 0), ENOTTY);
  assertEquals(shim.close(fd), 0);
});

test("Native addresses are exact above 32 bits, and copies go both ways", () => {
  const shim = native();
  const length = 3 * 4096;
  // An address with bits above the 32nd, chosen here: 0x5a5a_5000_0000.
  const wanted = 0x5a5a_5000_0000;
  const address = shim.mmap(wanted, length, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assertEquals(address, wanted);
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  shim.copyIn(address, bytes, length);
  assertEquals(new Uint8Array(shim.view(address, length)), bytes);
  const back = new Uint8Array(length);
  shim.copyOut(back, address, length);
  assertEquals(back, bytes);
  shim.copy(address, address + 4096, 4096);
  shim.copyOut(back, address, 4096);
  assertEquals(back.subarray(0, 4096), bytes.subarray(4096, 8192));
  assertEquals(shim.munmap(address, length), 0);
});

test("Native.addBits and takeBits move bits between any two places", () => {
  const shim = native();
  using memory = new Memory(4096);
  const [from, set, back] = [0, 1024, 2048].map((it) => memory.address + it) as [
    number,
    number,
    number,
  ];
  const bitsOf = (offset: number, count: number) => {
    const bytes = memory.read(offset, Math.ceil(count / 64) * 8);
    return Array.from({ length: count }, (_, i) => (bytes[i >> 3] ?? 0) >> (i & 7) & 1);
  };
  for (
    const [first, count] of [[0, 64], [0, 200], [64, 65], [1, 64], [63, 130], [100, 3]] as const
  ) {
    const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(count / 64) * 8));
    // As KVM has it: nothing behind the last bit.
    for (let i = count; i < bytes.length * 8; i++) {
      bytes[i >> 3] = (bytes[i >> 3] ?? 0) &
        ~(1 << (i & 7));
    }
    memory.write(0, bytes);
    memory.write(1024, new Uint8Array(1024));
    shim.addBits(set, first, from, count);
    const expected = Array(first + count + 64).fill(0);
    expected.splice(first, count, ...bitsOf(0, count));
    assertEquals(bitsOf(1024, expected.length), expected, `${count} from ${first} on`);
    // Bits that are there stay, and those around are not taken.
    memory.write(1024, new Uint8Array(1024).fill(255));
    shim.addBits(set, first, from, count);
    assertEquals(bitsOf(1024, 512), Array(512).fill(1));
    shim.takeBits(back, set, first, count);
    assertEquals(bitsOf(2048, Math.ceil(count / 64) * 64), [
      ...Array(count).fill(1),
      ...Array(Math.ceil(count / 64) * 64 - count).fill(0),
    ]);
    memory.write(1024, new Uint8Array(1024));
    shim.addBits(set, first, from, count);
    shim.takeBits(back, set, first, count);
    assertEquals(bitsOf(2048, count), bitsOf(0, count));
  }
});

test("Native guarded copies answer EFAULT where the memory has gone", () => {
  const shim = native();
  using memory = new Memory(4096);
  const bytes = new Uint8Array(4096).fill(7);
  assertEquals(shim.copyInGuarded(memory.address, bytes, 4096), 4096);
  assertEquals(shim.copyOutGuarded(bytes, memory.address, 4096), 4096);
  // Behind the memory lies its guard page.
  assertEquals(shim.copyOutGuarded(bytes, memory.address + 1, 4096), EFAULT);
  assertEquals(shim.copyInGuarded(memory.address + 1, bytes, 4096), EFAULT);
  assertEquals(shim.copyOutGuarded(bytes, 4096, 4096), EFAULT);
});

test("Native.memfdCreate, ftruncate and mmap share memory", () => {
  const shim = native();
  const fd = shim.memfdCreate(cString("vmlet-test"), 1);
  assert(fd >= 0);
  assertEquals(shim.ftruncate(fd, 8192), 0);
  const [a = 0, b = 0] = [0, 0].map(() => shim.mmap(0, 8192, PROT_READ_WRITE, 1, fd, 0));
  shim.copyIn(a, Uint8Array.of(1, 2, 3), 3);
  const bytes = new Uint8Array(3);
  shim.copyOut(bytes, b, 3);
  assertEquals(bytes, Uint8Array.of(1, 2, 3));
  assertEquals([shim.munmap(a, 8192), shim.munmap(b, 8192), shim.close(fd)], [0, 0, 0]);
});

test("Native.madvise drops pages, Native.mprotect protects them", () => {
  const shim = native();
  using memory = new Memory(4096);
  memory.write(0, Uint8Array.of(9));
  assertEquals(shim.madvise(memory.address, 4096, 4), 0); // MADV_DONTNEED
  assertEquals(memory.read(0, 1), Uint8Array.of(0));
  assertEquals(shim.mprotect(memory.address, 4096, 0), 0);
  assertEquals(shim.copyOutGuarded(new Uint8Array(1), memory.address, 1), EFAULT);
});

test("Native.eventfd and poll wait for each other", () => {
  const shim = native();
  const NONBLOCK = 0o4000, POLLIN = 1;
  const poll = (fd: number, milliseconds: number) => {
    const entry = new DataView(new ArrayBuffer(8));
    entry.setInt32(0, fd, true);
    entry.setInt16(4, POLLIN, true);
    return shim.poll(new Uint8Array(entry.buffer), 1, milliseconds);
  };
  const fd = shim.eventfd(0, NONBLOCK);
  assertEquals(poll(fd, 1), 0);
  assertEquals(shim.read(fd, new Uint8Array(8), 8), EAGAIN);
  shim.close(fd);
  const ready = shim.eventfd(5, NONBLOCK);
  assertEquals(poll(ready, -1), 1);
  const value = new Uint8Array(8);
  assertEquals(shim.read(ready, value, 8), 8);
  assertEquals(value[0], 5);
  shim.close(ready);
});

test("Native timers signal their thread, and a foreign signal does no harm", () => {
  const shim = native();
  takeSignal(INTERRUPT_SIGNAL);
  const thread = currentThread(INTERRUPT_SIGNAL);
  for (const clock of [1, 3]) {
    const timer = shim.threadTimer(thread, clock, INTERRUPT_SIGNAL);
    assert(timer >= 0);
    assertEquals(shim.threadTimer(thread, clock, INTERRUPT_SIGNAL), timer);
    assertEquals(shim.setTimer(timer, 1_000_000), 0);
    assertEquals(shim.setTimer(timer, 0), 0);
  }
  assertEquals(shim.tgkill(shim.gettid(), INTERRUPT_SIGNAL), 0);
});

test("Native.installSignal() takes real-time signals that no C library keeps, any number of times", () => {
  const shim = native();
  const EINVAL = -22;
  for (const signal of [INTERRUPT_SIGNAL, INTERRUPT_SIGNAL, LAST_SIGNAL, LAST_SIGNAL]) {
    assertEquals(shim.installSignal(signal), 0);
  }
  for (const signal of [-1, 0, 9, 15, INTERRUPT_SIGNAL - 1, LAST_SIGNAL + 1, 2 ** 31 - 1]) {
    assertEquals(shim.installSignal(signal), EINVAL);
  }
});

test("Native cells tell owners and calls apart", () => {
  const shim = native();
  using run = new Memory(4096);
  const cell = shim.acquireCell(run.address, INTERRUPT_SIGNAL);
  const epoch = shim.cellEpoch(cell);
  assertEquals(shim.kill(cell, epoch), 0, "no call is active");
  assertEquals(shim.beginCall(cell), 0);
  assertEquals(shim.beginCall(cell), -16);
  assertEquals(shim.kill(cell, epoch), 1);
  assertEquals(shim.isCancelled(cell), 1);
  assertEquals(shim.endCall(cell), 1);
  assertEquals(shim.kill(cell, epoch), 0);
  assertEquals(shim.beginCall(cell), 0);
  assertEquals(shim.endCall(cell), 0, "an earlier kill does not reach a later call");
  assertEquals(shim.beginCall(cell), 0);
  assertEquals(shim.takePause(cell), 0);
  assertEquals([shim.pause(cell, epoch), shim.pause(cell, epoch)], [1, 1]);
  assertEquals([shim.takePause(cell), shim.takePause(cell)], [1, 0]);
  assertEquals(shim.pause(cell, epoch), 1);
  assertEquals(shim.endCall(cell), 0, "a pause is no cancellation");
  assertEquals(shim.takePause(cell), 0, "and ends with its call");
  shim.releaseCell(cell);
  assertEquals(shim.kill(cell, epoch), ESRCH, "the owner has gone");
  assertEquals(shim.pause(cell, epoch), ESRCH);
});

/** Descriptors of the shim. */
function shimDescriptors(): string[] {
  return readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "";
    }
  }).filter((it) => it.includes("vmlet-shim"));
}

function startWorker(): { worker: Worker; first: Promise<{ tid: number; thread: number }> } {
  const worker = new Worker(new URL("./support/worker.ts", import.meta.url).href, {
    type: "module",
  });
  const first = new Promise<{ tid: number; thread: number }>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
  });
  return { worker, first };
}

test("native() keeps one copy of the shim for all Workers of a process", async () => {
  native();
  const workers = Array.from({ length: 4 }, startWorker);
  const seen = await Promise.all(workers.map(({ first }) => first));
  assertEquals(new Set(seen.map(({ tid }) => tid)).size, 4, "four threads");
  assertEquals(
    new Set([currentThread(INTERRUPT_SIGNAL), ...seen.map(({ thread }) => thread)]).size,
    5,
    "in one table",
  );
  assertEquals(shimDescriptors().length, 1);
  for (const { worker } of workers) worker.terminate();
});

/** Runs a program in this runtime, behind `wrapper`, and gives what it printed. */
function runIn(wrapper: readonly string[], program: string): { output: string; errors: string } {
  const isBun = process.versions.bun !== undefined;
  const command = [process.execPath, ...(isBun ? ["-e"] : ["eval", "--ext=ts"]), program];
  const [first = "", ...rest] = [...wrapper, ...command];
  const { stdout, stderr } = spawnSync(first, rest, { encoding: "utf8" });
  return { output: stdout.trim(), errors: stderr };
}

const NATIVE = JSON.stringify(new URL("../src/ffi/mod.ts", import.meta.url).href);
const LOADS = `const { native } = await import(${NATIVE});
  const { readlinkSync, readdirSync } = await import("node:fs");
  const loaded = native().shimVersion() === ${SHIM_VERSION};
  const links = readdirSync("/proc/self/fd").map((fd) => { try { return readlinkSync("/proc/self/fd/" + fd); } catch { return ""; } });
  console.log(loaded, links.filter((it) => it.includes("vmlet-shim") || /^.(tmp|var|dev).*#.*deleted/.test(it)).length);
  console.log(links.some((it) => it.includes("vmlet-shim")) ? "memfd" : "file");`;

test("native() survives the Worker that loaded it first: a signal then does no harm", () => {
  // In a process of its own, so that the Worker really is the first.
  const program = `
    const worker = new Worker(${
    JSON.stringify(new URL("./support/worker.ts", import.meta.url).href)
  }, { type: "module" });
    const { tid } = await new Promise((resolve) => worker.onmessage = ({ data }) => resolve(data));
    worker.terminate();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { spawnSync } = await import("node:child_process");
    // From outside, to the process: any thread may take it.
    for (let i = 0; i < 5; i++) spawnSync("kill", ["-${INTERRUPT_SIGNAL}", String(process.pid)]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { native } = await import(${NATIVE});
    for (let i = 0; i < 5; i++) native().tgkill(native().gettid(), ${INTERRUPT_SIGNAL});
    console.log("alive");
    process.exit(0);
  `;
  const { output, errors } = runIn([], program);
  assertEquals(output, "alive", errors);
});

test("native() loads from an unnamed file where memfds are forbidden", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vmlet-no-memfd-"));
  try {
    const wrapper = join(folder, "no_memfd");
    const source = fileURLToPath(new URL("./support/no_memfd.c", import.meta.url));
    const { code } = await run([
      ...zig(),
      "cc",
      "-target",
      "x86_64-linux-musl",
      "-o",
      wrapper,
      source,
    ]);
    assertEquals(code, 0);
    const { output, errors } = runIn([wrapper], LOADS);
    assertEquals(output, "true 1\nfile", errors);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("native() loads in a process that may have few files open", () => {
  const { output, errors } = runIn(["sh", "-c", 'ulimit -n 64 && exec "$@"', "sh"], LOADS);
  assertEquals(output, "true 1\nmemfd", errors);
});

test("vmlet imports in Node.js, and its first use says what it needs", () => {
  // Node.js runs the JavaScript that Deno makes of the package's sources, one file after the other.
  const folder = fileURLToPath(new URL("..", import.meta.url));
  const script = fileURLToPath(new URL("./support/node_import.cjs", import.meta.url));
  const { stdout, stderr } = spawnSync("node", [script, folder], { encoding: "utf8" });
  assertStringIncludes(stdout, "ERR_UNSUPPORTED_RUNTIME", stderr);
  assertStringIncludes(stdout, "Node.js v");
});

test("VmletError has no control characters in its message, which may quote a guest", () => {
  const { message } = new VmletError("ERR_GUEST_ABORTED", "a\x1b[2J\x9b2J\x07\r\x7f\0b\n\té");
  assertEquals(message, "a\ufffd[2J\ufffd2J\ufffd\ufffd\ufffd\ufffdb\n\té");
});

test("adapterFor() refuses other systems and runtimes by name", () => {
  const code = (globals: Parameters<typeof adapterFor>[0]) => {
    try {
      adapterFor(globals);
    } catch (error) {
      if (error instanceof VmletError) return [error.code, error.message].join(": ");
      throw error;
    }
  };
  assertStringIncludes(code({}) ?? "", "ERR_UNSUPPORTED_RUNTIME");
  const bun = { version: "1.4.5" };
  assertStringIncludes(
    code({ Bun: bun, process: { platform: "darwin", arch: "arm64" } }) ?? "",
    "darwin on arm64",
  );
  assertStringIncludes(
    code({ Bun: bun, process: { platform: "linux", arch: "arm64" } }) ?? "",
    "ERR_UNSUPPORTED_PLATFORM",
  );
});

test("the C header and the symbol table name the same functions", () => {
  const source = readFileSync(new URL("../shim/shim.c", import.meta.url), "utf8");
  const exported = [...source.matchAll(/^EXPORT \w+ (vmlet_\w+)\(([^)]*)\)/gm)].map(
    ([, name, list]) => {
      const parameters = list === "void"
        ? []
        : (list ?? "").split(",").map((it) => it.trim().split(/[ *]+/).at(-1));
      return `${name}(${parameters.join(", ")})`;
    },
  );
  const table = Object.entries(SHIM_SYMBOLS).map(([name, { parameters }]) => {
    const c = `vmlet_${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
    return `${c}(${Object.keys(parameters).join(", ")})`;
  });
  assertEquals(exported.sort(), table.sort());
});
