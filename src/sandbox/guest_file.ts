/** Reads a guest's file from wherever its user keeps it, and lays it out as its kind wants it. */

import { outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { type Image, readElf } from "../guest/elf.ts";
import { GuestImageError } from "../guest/error.ts";
import {
  COOKIE_SIZE,
  HYPERLIGHT_MINIMUM_BUFFER,
  HYPERLIGHT_SIZES,
  type HyperlightLayout,
  type InitData,
  layOutHyperlight,
  MemoryLimitError,
} from "../guest/hyperlight.ts";
import { type GuestKind, supportedKind } from "../guest/kind.ts";
import { IMAGE_BASE, IMAGE_LIMIT, layOut, type Ring3Layout, type Sizes } from "../guest/layout.ts";
import { encodeHostFunctions } from "../guest/wire.ts";
import type { Signatures } from "./signatures.ts";

/** Where a guest is: a path, a `file:`, `http:`, `https:` or `data:` URL (also as a string), or its bytes. */
export type GuestSource = string | URL | Uint8Array;

interface FileSystem {
  readFile(path: string | URL): Promise<Uint8Array>;
}

interface SyncFileSystem {
  statSync(path: string): { readonly size: number; isFile(): boolean };
  openSync(path: string, flags: string): number;
  closeSync(fd: number): void;
}

/** A name for messages. */
export function guestName(source: GuestSource): string {
  if (source instanceof Uint8Array) return `${source.length} bytes`;
  // Whatever else it is, readGuest() refuses it, and its own toString() may throw.
  const text = typeof source === "string" || source instanceof URL ? String(source) : "no guest";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/**
 * Reads a guest's bytes.
 *
 * @throws {TypeError} If the source is none of {@linkcode GuestSource}.
 * @throws {VmletError} `ERR_INVALID_GUEST` if it cannot be read, with the reason as `cause`.
 */
export async function readGuest(source: GuestSource): Promise<Uint8Array> {
  // A copy, so that the guest stays what it was while it is read and laid out.
  if (source instanceof Uint8Array) return source.slice();
  if (typeof source !== "string" && !(source instanceof URL)) {
    throw wrongType("Cannot read the guest: it is neither a path, a URL nor a Uint8Array");
  }
  try {
    const url = typeof source === "string" ? parseUrl(source) : source;
    if (url === undefined || url.protocol === "file:") {
      return await fileSystem().readFile(url ?? String(source));
    }
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VmletError(
      "ERR_INVALID_GUEST",
      `Cannot read the guest ${guestName(source)}: ${reason}`,
      { cause },
    );
  }
}

/** A URL with one of the schemes that are read; everything else is a path. */
function parseUrl(text: string): URL | undefined {
  return /^(file|https?|data):/i.test(text) ? new URL(text) : undefined;
}

const fileSystem = () => builtin("node:fs/promises") as FileSystem;

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const module = process?.getBuiltinModule?.(name);
  if (!module) throw new Error("this runtime has no file system");
  return module;
}

/**
 * A file that this program may read, for native code to open.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither a path nor a `file:` URL.
 * @throws {VmletError} `ERR_FILE` if it may not be read, or is empty or no file, with the reason as `cause`.
 */
export function openableFile(file: string | URL): { readonly path: string; readonly size: number } {
  if (typeof file !== "string" && !(file instanceof URL && file.protocol === "file:")) {
    throw wrongType("Cannot map the file: it is neither a path nor a file: URL");
  }
  let path = String(file);
  let reason: string;
  let cause: unknown;
  try {
    if (typeof file !== "string") path = decodeURIComponent(file.pathname);
    const { statSync, openSync, closeSync } = builtin("node:fs") as SyncFileSystem;
    const stat = statSync(path);
    if (!stat.isFile()) reason = "it is not a file";
    else if (stat.size === 0) reason = "it is empty";
    else {
      // Native code opens it next, which asks no runtime for permission; so the runtime is asked here.
      closeSync(openSync(path, "r"));
      return { path, size: stat.size };
    }
  } catch (error) {
    cause = error;
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new VmletError("ERR_FILE", `Cannot map the file ${path}: ${reason}`, { cause });
}

/** A guest that was read and laid out. */
export interface LoadedGuest {
  readonly image: Image;
  readonly layout: Ring3Layout | HyperlightLayout;
}

/** What a program chose of a guest's memory; the rest depends on the guest's kind. */
export interface MemoryChoice {
  readonly sizes: Partial<Sizes>;
  readonly initData?: InitData | undefined;
  readonly executableHeap?: boolean;
  /** The functions of the host by their names, of which guests of ring 0 get a list. */
  readonly imports?: Signatures;
}

/** The sizes of a vmlet guest whose host says nothing. */
const RING3_SIZES: Sizes = {
  heap: 128 * 1024,
  stack: 64 * 1024,
  input: 16 * 1024 * 1024,
  output: 16 * 1024 * 1024,
};

/** The least that each part of a vmlet guest may have. */
const RING3_MINIMUM = 4096;

/**
 * What kind of guest a file is.
 *
 * @throws {VmletError} `ERR_INVALID_GUEST` if it is broken, `ERR_UNSUPPORTED_GUEST` if it is none that runs here.
 */
export function kindOf(file: Uint8Array): GuestKind {
  return translated(() => supportedKind(file));
}

/**
 * Parses a guest's file and lays it out, with random numbers of its own.
 *
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if its kind has no such sizes.
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if its kind has no such option.
 * @throws {VmletError} As {@linkcode kindOf}.
 */
export function loadGuest(
  file: Uint8Array,
  kind: GuestKind = kindOf(file),
  choice: MemoryChoice = { sizes: {} },
): LoadedGuest {
  const isRing3 = kind.kind === "vmlet" && kind.ring === 3;
  return translated<LoadedGuest>(() => isRing3 ? loadRing3(file, choice) : loadRing0(file, choice));
}

/** Runs something of src/guest, whose errors become those that users see. */
function translated<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof MemoryLimitError) {
      throw outOfRange(`Cannot create a sandbox: ${cause.message}`);
    }
    if (!(cause instanceof GuestImageError)) throw cause;
    const code = cause.reason === "invalid" ? "ERR_INVALID_GUEST" : "ERR_UNSUPPORTED_GUEST";
    throw new VmletError(code, cause.message, { cause });
  }
}

function loadRing3(file: Uint8Array, { sizes, initData, executableHeap }: MemoryChoice) {
  for (const [name, given] of [["initData", initData], ["executableHeap", executableHeap]]) {
    if (!given) continue;
    throw wrongType(
      `Cannot create a sandbox: ${name} is for guests of ring 0 (Hyperlight's, or built with --ring0)`,
    );
  }
  for (const [name, size] of Object.entries(sizes)) {
    if (size >= RING3_MINIMUM) continue;
    throw outOfRange(
      `Cannot create a sandbox: memory.${name} is ${size}, and it may not be less than ${RING3_MINIMUM} bytes`,
    );
  }
  const image = readElf(file, { base: IMAGE_BASE, limit: IMAGE_LIMIT });
  const [cookie = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return { image, layout: layOut(image, { ...RING3_SIZES, ...sizes }, cookie) };
}

/** As Hyperlight has it: zero is the default, and small buffers become larger. */
function loadRing0(file: Uint8Array, choice: MemoryChoice) {
  const { heap, stack, input, output } = choice.sizes;
  const defaults = HYPERLIGHT_SIZES;
  const sizes = {
    heap: heap || defaults.heap,
    stack: stack || defaults.stack,
    input: Math.max(input ?? defaults.input, HYPERLIGHT_MINIMUM_BUFFER),
    output: Math.max(output ?? defaults.output, HYPERLIGHT_MINIMUM_BUFFER),
  };
  const [cookieSeed = 0n] = crypto.getRandomValues(new BigUint64Array(1));
  return layOutHyperlight(file, {
    sizes,
    hostFunctions: encodeHostFunctions(
      Array.from(choice.imports ?? [], ([name, it]) => ({ ...it, name })),
    ),
    initData: choice.initData,
    executableHeap: choice.executableHeap === true,
    cookieSeed,
    cookie: crypto.getRandomValues(new Uint8Array(COOKIE_SIZE)),
  });
}
