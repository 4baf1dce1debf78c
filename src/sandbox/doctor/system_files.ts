/** Small text files of the system, read through the shim, so that `--allow-ffi` is all the permission it takes. */

import { native } from "../../ffi/mod.ts";

const O_RDONLY_NONBLOCK_CLOEXEC = 0o2004000;
const O_PATH_CLOEXEC = 0o12000000;

/** Enough for every file that is asked for here, and no more: a path may lead to something endless. */
const DEFAULT_LIMIT = 256 * 1024;

/** A file's text, cut at `limit` bytes; undefined if it cannot be read. */
export function readTextFile(path: string, limit: number = DEFAULT_LIMIT): string | undefined {
  const shim = native();
  const fd = shim.open(cString(path), O_RDONLY_NONBLOCK_CLOEXEC, 0);
  if (fd < 0) return undefined;
  try {
    const decoder = new TextDecoder();
    const buffer = new Uint8Array(Math.min(limit, 64 * 1024));
    let text = "";
    for (let rest = limit; rest > 0;) {
      // Files of /proc give a page or less at a time, whatever is asked for.
      const length = shim.read(fd, buffer, Math.min(rest, buffer.length));
      if (length < 0) return undefined;
      if (length === 0) break;
      text += decoder.decode(buffer.subarray(0, length), { stream: true });
      rest -= length;
    }
    return text + decoder.decode();
  } finally {
    shim.close(fd);
  }
}

/** Whether something is at the path, readable or not. */
export function pathExists(path: string): boolean {
  const fd = native().open(cString(path), O_PATH_CLOEXEC, 0);
  if (fd >= 0) native().close(fd);
  return fd >= 0;
}

function cString(path: string): Uint8Array {
  return new TextEncoder().encode(`${path}\0`);
}
