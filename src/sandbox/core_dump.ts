/** Core dumps: where they go, how many there may be, and writing them so that there is a whole file or none. */

import type { CoreFile } from "../debug/core_file.ts";
import { outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { hexDigits } from "../kvm/struct.ts";
import { builtin, isSame } from "./guest_file.ts";
import { warn } from "./warning.ts";

/** Whether and where a guest that crashes leaves a core dump. It holds all that the guest's memory did. */
export interface CoreDumpOptions {
  /** The folder that they are written to; it is made if it is not there. */
  readonly directory: string;
  /** How many dumps the folder may hold: no further one is written. 10 by default. */
  readonly maxFiles?: number;
  /** How many bytes one may take on the disk: a larger one is not written. 256 MiB by default. */
  readonly maxBytes?: number;
}

/** Options that were checked. */
export type CoreDumpPlan = Required<CoreDumpOptions>;

/** The variable that names a folder for all sandboxes whose options name none. */
const VARIABLE = "VMLET_CORE_DUMPS";
const DEFAULTS = { maxFiles: 10, maxBytes: 256 * 1024 * 1024 };

/**
 * Checks options that may come from JavaScript without types. Where there are none, the environment decides.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if one is of the wrong kind.
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if one has a value that it cannot have.
 */
export function checkCoreDumpOptions(
  options: CoreDumpOptions | undefined,
): CoreDumpPlan | undefined {
  if (options === undefined) return planOfEnvironment();
  const refuse = (what: string) => wrongType(`Cannot create a sandbox: ${what}`);
  if (typeof options !== "object" || options === null) throw refuse("coreDumps is not an object");
  const { directory, maxFiles = DEFAULTS.maxFiles, maxBytes = DEFAULTS.maxBytes } = options;
  if (typeof directory !== "string") throw refuse("coreDumps.directory is not a string");
  for (const [name, value] of [["maxFiles", maxFiles], ["maxBytes", maxBytes]] as const) {
    if (typeof value !== "number") throw refuse(`coreDumps.${name} is not a number`);
    if (!(value >= 1)) {
      throw outOfRange(
        `Cannot create a sandbox: coreDumps.${name} is ${value}, and it must be at least 1`,
      );
    }
  }
  if (directory === "" || directory.includes("\0")) {
    throw outOfRange("Cannot create a sandbox: coreDumps.directory is no path");
  }
  return { directory, maxFiles, maxBytes };
}

interface Permissions {
  querySync(descriptor: { name: "env"; variable: string }): { readonly state: string };
}

/** What the environment says, asked once; while it may not be read, nobody is asked whether it may. */
let ofEnvironment: { readonly plan: CoreDumpPlan | undefined } | undefined;

function planOfEnvironment(): CoreDumpPlan | undefined {
  if (ofEnvironment) return ofEnvironment.plan;
  const { Deno, process } = globalThis as {
    Deno?: { readonly permissions: Permissions };
    process?: { readonly env: Readonly<Record<string, string | undefined>> };
  };
  const state = Deno?.permissions.querySync({ name: "env", variable: VARIABLE }).state;
  if (state !== undefined && state !== "granted") return undefined;
  const directory = process?.env[VARIABLE];
  ofEnvironment = { plan: directory ? { directory, ...DEFAULTS } : undefined };
  return ofEnvironment.plan;
}

interface FileSystem {
  openSync(path: string, flags: string, mode: number): number;
  writeSync(
    fd: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  ftruncateSync(fd: number, length: number): void;
  closeSync(fd: number): void;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  mkdirSync(path: string, options: { recursive: boolean; mode: number }): void;
  readdirSync(path: string): string[];
}

const DUMP = /^vmlet_core_.*\.elf$/;

/** A file of the process's owner alone, since memory holds secrets. */
const MODE = 0o600;
const FOLDER_MODE = 0o700;

/** How much memory is read at a time. */
const CHUNK = 1024 * 1024;

/** Reads the guest's physical memory, all of it in one region; undefined where nothing can be read. */
export type ReadMemory = (address: number, length: number) => Uint8Array | undefined;

/**
 * Writes a core file to a path, in place of what is there. Pages of zeroes are holes.
 *
 * @param limit How many bytes it may take on the disk.
 * @throws {VmletError} `ERR_FILE`, and then there is no new file.
 */
export function writeCore(path: string, core: CoreFile, read: ReadMemory, limit: number): void {
  try {
    checkSize(core, read, limit);
    const fs = builtin("node:fs") as FileSystem;
    const scratch = `${path}.${randomName()}.tmp`;
    const fd = fs.openSync(scratch, "wx", MODE);
    try {
      try {
        writeContent(fs, fd, core, read);
      } finally {
        fs.closeSync(fd);
      }
      fs.renameSync(scratch, path);
    } catch (error) {
      fs.unlinkSync(scratch);
      throw error;
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VmletError("ERR_FILE", `Cannot write the core dump ${path}: ${reason}`, { cause });
  }
}

/**
 * Writes the core file of a crash to the plan's folder. What goes wrong is a warning: the error of the crash itself is
 * what its user is to see.
 *
 * @returns The file's path, if there is one.
 */
export function dumpCrash(
  { directory, maxFiles, maxBytes }: CoreDumpPlan,
  core: () => CoreFile,
  read: ReadMemory,
): string | undefined {
  try {
    const fs = builtin("node:fs") as FileSystem;
    fs.mkdirSync(directory, { recursive: true, mode: FOLDER_MODE });
    const count = fs.readdirSync(directory).filter((name) => DUMP.test(name)).length;
    if (count >= maxFiles) {
      throw new Error(
        `there are ${count} core dumps in ${directory} already, and ${maxFiles} are the most ` +
          "(coreDumps.maxFiles): remove some",
      );
    }
    const time = new Date().toISOString().replaceAll(/[-:Z]/g, "");
    const path = `${directory}/vmlet_core_${time}_${randomName()}.elf`;
    writeCore(path, core(), read, maxBytes);
    return path;
  } catch (error) {
    warnOnce(directory, error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** Throws if a file is to take more of the disk than it may, before any of it is written. */
function checkSize(core: CoreFile, read: ReadMemory, limit: number): void {
  // Most guests are smaller than the limit.
  if (core.size <= limit) return;
  let left = limit;
  forEachRun(core, read, ({ length }) => {
    left -= length;
    if (left < 0) {
      throw new Error(
        `it takes more than ${limit} bytes, the most that it may (coreDumps.maxBytes)`,
      );
    }
  });
}

function writeContent(fs: FileSystem, fd: number, core: CoreFile, read: ReadMemory): void {
  // A disk without room for it is found at once where the file system knows.
  fs.ftruncateSync(fd, core.size);
  forEachRun(core, read, (bytes, position) => {
    for (let done = 0; done < bytes.length;) {
      done += fs.writeSync(fd, bytes, done, bytes.length - done, position + done);
    }
  });
}

/** What is done with bytes of the file, and where in it they are. */
type HandleRun = (bytes: Uint8Array, position: number) => void;

/** Hands over all of a file that is not zero. */
function forEachRun(core: CoreFile, read: ReadMemory, handle: HandleRun): void {
  handle(core.head, 0);
  for (const { region: { guestAddress, size }, offset } of core.regions) {
    for (let at = 0; at < size; at += CHUNK) {
      const length = Math.min(CHUNK, size - at);
      forEachRunOf(guestAddress + at, length, offset + at, read, handle);
    }
  }
}

/** Made for the first dump. */
let zeroes: Uint8Array | undefined;

/** The same for a piece of memory, in runs of pages. */
function forEachRunOf(
  address: number,
  length: number,
  position: number,
  read: ReadMemory,
  handle: HandleRun,
): void {
  const bytes = readable(read, address, length);
  if (!bytes) {
    // A mapped file that has become shorter: what is left of it is found page by page.
    if (length === PAGE_SIZE) return;
    for (let at = 0; at < length; at += PAGE_SIZE) {
      forEachRunOf(address + at, PAGE_SIZE, position + at, read, handle);
    }
    return;
  }
  const nothing = zeroes ??= new Uint8Array(CHUNK);
  if (isSame(bytes, nothing.subarray(0, length))) return;
  let start = 0;
  for (let at = 0; at <= length; at += PAGE_SIZE) {
    const isZero = at === length ||
      isSame(bytes.subarray(at, at + PAGE_SIZE), nothing.subarray(0, PAGE_SIZE));
    if (!isZero) continue;
    if (at > start) handle(bytes.subarray(start, at), position + start);
    start = at + PAGE_SIZE;
  }
}

function readable(read: ReadMemory, address: number, length: number): Uint8Array | undefined {
  try {
    return read(address, length);
  } catch (error) {
    if (error instanceof VmletError && error.code === "ERR_MEMORY") return undefined;
    throw error;
  }
}

const randomName = () => hexDigits(crypto.getRandomValues(new Uint8Array(4)));

/** What was warned of, so that guests that crash again and again do not fill a log. */
const warned = new Set<string>();

function warnOnce(directory: string, reason: string): void {
  if (warned.has(directory)) return;
  warned.add(directory);
  warn(
    "VMLET_NO_CORE_DUMP",
    `A guest crashed, and no core dump was written: ${reason}. ` +
      `This is said once for ${directory}`,
  );
}
