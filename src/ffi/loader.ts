/** Puts the embedded shim into the process, once, without a file on disk: a memfd, opened as /proc/self/fd/N. */

import type { Adapter } from "./adapter.ts";
import { bindShim } from "./bind.ts";
import { VmletError } from "./error.ts";
import type { Native } from "./native.ts";
import { SHIM_BASE64, SHIM_HASH, SHIM_VERSION } from "./shim_x86_64.ts";
import type { SymbolTable } from "./symbol.ts";
import { SHIM_SYMBOLS } from "./symbols.ts";

/** What is needed of the C library until the shim is there. These report errors as -1. */
const LIBC_SYMBOLS = {
  memfd_create: { parameters: { name: "buffer", flags: "u32" }, result: "i32" },
  open: { parameters: { path: "buffer", flags: "i32", mode: "u32" }, result: "i32" },
  write: { parameters: { fd: "i32", from: "buffer", length: "address" }, result: "i64" },
  pread: {
    parameters: { fd: "i32", to: "buffer", length: "address", offset: "address" },
    result: "i64",
  },
  readlink: { parameters: { path: "buffer", to: "buffer", length: "address" }, result: "i64" },
  fcntl: { parameters: { fd: "i32", command: "i32", argument: "i32" }, result: "i32" },
  close: { parameters: { fd: "i32" }, result: "i32" },
} as const satisfies SymbolTable;

/** The same as JavaScript functions. */
interface Libc {
  memfd_create(name: Uint8Array, flags: number): number;
  open(path: Uint8Array, flags: number, mode: number): number;
  write(fd: number, from: Uint8Array, length: number): number;
  pread(fd: number, to: Uint8Array, length: number, offset: number): number;
  readlink(path: Uint8Array, to: Uint8Array, length: number): number;
  fcntl(fd: number, command: number, argument: number): number;
  close(fd: number): number;
}

// glibc first; musl's name carries the architecture.
const LIBC_NAMES = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.so"];

const MFD_CLOEXEC = 1;
const MFD_EXEC = 16; // since Linux 6.3; older kernels refuse the flag
const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;
const O_TMPFILE = 0o20200000;
const F_DUPFD_CLOEXEC = 1030;

/**
 * The shim's file descriptor is moved here or above, where a process rarely has others, so that another Worker finds it
 * and opens the same file: one copy serves the whole process. (A second copy, in a process with hundreds of files open,
 * would work, but interrupt handles of one would be unknown to the other.)
 */
const PREFERRED_FD = 100;
/** Where it is looked for. A process that may not have so many files keeps it where it was. */
const FIRST_FD = 3;
const LAST_FD = 356;

/** Where a file without a name can be made when memfds may not be made or executed (seccomp, SELinux). */
const TEMPORARY_FOLDERS = ["/tmp", "/var/tmp", "/dev/shm"];

/** Loads the shim, or finds the copy that another Worker loaded. */
export function loadShim(adapter: Adapter): Native {
  const libc = openLibc(adapter);
  const bytes = Uint8Array.from(atob(SHIM_BASE64), (char) => char.charCodeAt(0));
  const failures: unknown[] = [];
  for (const create of [createMemfd, createUnnamedFile]) {
    const fd = findCopy(libc, bytes) ?? publish(libc, create(libc), bytes);
    if (fd === undefined) continue;
    try {
      return bind(adapter, `/proc/self/fd/${fd}`);
    } catch (error) {
      // A memfd that may be written but not executed: the next way gets its turn, without this copy in its way.
      libc.close(fd);
      failures.push(error);
    }
  }
  throw new VmletError(
    "ERR_SHIM",
    "Cannot load the native shim: neither a memfd nor an unnamed file in " +
      `${TEMPORARY_FOLDERS.join(", ")} can be executed here. ` +
      "Allow one of them (sysctl vm.memfd_noexec=0, or a temporary folder mounted without noexec)",
    { cause: failures[0] },
  );
}

function bind(adapter: Adapter, path: string): Native {
  const native: Native = { ...bindShim(adapter, path, SHIM_SYMBOLS), view: adapter.view, path };
  // glibc answers a path that it has seen with the library that was there then (platform fact; the fd stays open for
  // ever so that it cannot happen through us).
  if (native.shimVersion() !== SHIM_VERSION) {
    throw new VmletError(
      "ERR_SHIM",
      `Cannot load the native shim: ${path} holds another version (` +
        `${native.shimVersion().toString(16)} instead of ${SHIM_VERSION.toString(16)})`,
    );
  }
  return native;
}

function openLibc(adapter: Adapter): Libc {
  const failures: unknown[] = [];
  for (const name of LIBC_NAMES) {
    try {
      return adapter.open(name, LIBC_SYMBOLS) as unknown as Libc;
    } catch (error) {
      if (isPermissionError(error)) {
        throw new VmletError(
          "ERR_SHIM",
          "Cannot load the native shim: permission to call native code is missing, run with --allow-ffi",
          { cause: error },
        );
      }
      failures.push(error);
    }
  }
  throw new VmletError(
    "ERR_SHIM",
    `Cannot load the native shim: no C library found as ${LIBC_NAMES.join(", ")}`,
    { cause: failures[0] },
  );
}

function isPermissionError(error: unknown): boolean {
  return error instanceof Error && ["NotCapable", "PermissionDenied"].includes(error.name);
}

/** A C string. */
function cString(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

function createMemfd(libc: Libc): number {
  const name = cString(`vmlet-shim-${SHIM_HASH}`);
  const fd = libc.memfd_create(name, MFD_CLOEXEC | MFD_EXEC);
  return fd >= 0 ? fd : libc.memfd_create(name, MFD_CLOEXEC);
}

function createUnnamedFile(libc: Libc): number {
  for (const folder of TEMPORARY_FOLDERS) {
    const fd = libc.open(cString(folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0o700);
    if (fd >= 0) return fd;
  }
  return -1;
}

/**
 * Fills a new file and shows it to the other Workers at its final number only when it is whole. Where two Workers do
 * this at once, both then take the lower number.
 */
function publish(libc: Libc, fd: number, bytes: Uint8Array): number | undefined {
  if (fd < 0) return undefined;
  if (libc.write(fd, bytes, bytes.length) !== bytes.length) {
    libc.close(fd);
    return undefined;
  }
  const moved = libc.fcntl(fd, F_DUPFD_CLOEXEC, PREFERRED_FD);
  if (moved >= 0) libc.close(fd);
  const published = moved >= 0 ? moved : fd;
  const lowest = findCopy(libc, bytes) ?? published;
  if (lowest !== published) libc.close(published);
  return lowest;
}

function findCopy(libc: Libc, bytes: Uint8Array): number | undefined {
  const link = new Uint8Array(256);
  const content = new Uint8Array(bytes.length + 1);
  for (let fd = FIRST_FD; fd < LAST_FD; fd++) {
    const length = libc.readlink(cString(`/proc/self/fd/${fd}`), link, link.length);
    if (length <= 0) continue;
    const name = new TextDecoder().decode(link.subarray(0, length));
    const ours = name.startsWith(`/memfd:vmlet-shim-${SHIM_HASH}`) ||
      (name.endsWith(" (deleted)") && TEMPORARY_FOLDERS.some((it) => name.startsWith(`${it}/#`)));
    if (!ours || libc.pread(fd, content, content.length, 0) !== bytes.length) continue;
    if (bytes.every((byte, i) => byte === content[i])) return fd;
  }
  return undefined;
}
