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
import { PEB_SEED_OFFSET } from "../guest/peb.ts";
import { Symbols } from "../guest/symbols.ts";
import { encodeHostFunctions } from "../guest/wire.ts";
import { areSameSignatures, type Signatures } from "./signatures.ts";

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
 * Reads a guest's file.
 *
 * @throws {TypeError} If the source is none of {@linkcode GuestSource}.
 * @throws {VmletError} `ERR_INVALID_GUEST` if it cannot be read, with the reason as `cause`, or is broken;
 * `ERR_UNSUPPORTED_GUEST` if it is none that runs here.
 */
export async function readGuest(source: GuestSource): Promise<GuestFile> {
  return GuestFile.of(source instanceof Uint8Array ? source : await readBytes(source));
}

async function readBytes(source: string | URL): Promise<Uint8Array> {
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

/** The path of a guest's file from the root on, if it came from one. */
export function absolutePath(source: GuestSource): string | undefined {
  // Whatever else it is, readGuest() refuses it.
  if (typeof source !== "string" && !(source instanceof URL)) return undefined;
  const text = String(source);
  if (/^(https?|data):/i.test(text)) return undefined;
  const { process } = globalThis as { process?: { cwd?(): string } };
  try {
    if (/^file:/i.test(text)) return decodeURIComponent(new URL(text).pathname);
    return text.startsWith("/") ? text : `${process?.cwd?.()}/${text}`;
  } catch {
    // It may not be asked for, or is none.
    return undefined;
  }
}

const fileSystem = () => builtin("node:fs/promises") as FileSystem;

/** A module of node's, which both runtimes have. */
export function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const module = process?.getBuiltinModule?.(name);
  if (!module) throw new Error("this runtime has no file system");
  return module;
}

/**
 * The path that a program gave.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither a path nor a `file:` URL.
 */
export function filePath(what: string, file: string | URL): string {
  if (typeof file === "string") return file;
  if (file instanceof URL && file.protocol === "file:") {
    try {
      return decodeURIComponent(file.pathname);
    } catch {
      // Of no file, as opening it will say.
      return file.pathname;
    }
  }
  throw wrongType(`Cannot ${what}: the file is neither a path nor a file: URL`);
}

/**
 * A file that this program may read, for native code to open.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is neither a path nor a `file:` URL.
 * @throws {VmletError} `ERR_FILE` if it may not be read, or is empty or no file, with the reason as `cause`.
 */
export function openableFile(file: string | URL): { readonly path: string; readonly size: number } {
  const path = filePath("map the file", file);
  let reason: string;
  let cause: unknown;
  try {
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
  /** What the file says of its code, unless it was stripped of that. */
  readonly symbols: Symbols | undefined;
  readonly layout: Ring3Layout | HyperlightLayout;
  /** The random number that it is given at its entry. */
  readonly seed: bigint;
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

/** How many files are remembered, and the longest in bytes. */
const MAX_FILES = 4;
const MAX_FILE_SIZE = 4 * 1024 * 1024;

/** The files that were read last, the newest first: a program makes many sandboxes of few guests. */
const files: GuestFile[] = [];

/**
 * A guest's file, and what was found out about it. Most of what it takes to make a sandbox in JavaScript is reading the
 * file and laying it out, and the outcome is the same each time but for random numbers; so it is remembered, by the
 * bytes themselves.
 */
export class GuestFile {
  /** What kind of guest it is. */
  readonly kind: GuestKind;
  readonly #bytes: Uint8Array;
  readonly #symbols: Symbols | undefined;
  /** How the file was laid out last, and for what choice. */
  #last: { readonly choice: MemoryChoice; readonly loaded: LoadedGuest } | undefined;

  /** The file's bytes, which nobody may change. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  private constructor(bytes: Uint8Array) {
    this.kind = translated(() => supportedKind(bytes));
    this.#bytes = bytes;
    this.#symbols = Symbols.of(bytes);
  }

  /**
   * The file with these bytes, which are copied.
   *
   * @throws {VmletError} `ERR_INVALID_GUEST` if it is broken, `ERR_UNSUPPORTED_GUEST` if it is none that runs here.
   */
  static of(bytes: Uint8Array): GuestFile {
    const index = files.findIndex((it) => isSame(it.#bytes, bytes));
    const file = files[index] ?? new GuestFile(bytes.slice());
    if (index === 0 || bytes.length > MAX_FILE_SIZE) return file;
    if (index > 0) files.splice(index, 1);
    files.unshift(file);
    files.length = Math.min(files.length, MAX_FILES);
    return file;
  }

  /**
   * Lays the guest out, with random numbers of its own.
   *
   * @throws {RangeError} `ERR_OUT_OF_RANGE` if its kind has no such sizes.
   * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if its kind has no such option.
   * @throws {VmletError} As {@linkcode GuestFile.of}.
   */
  load(choice: MemoryChoice = { sizes: {} }): LoadedGuest {
    return withSecrets(this.layOut(choice));
  }

  /** The same without random numbers, so that it is the same each time; throws as {@linkcode load}. */
  layOut(choice: MemoryChoice): LoadedGuest {
    if (this.#last && isSameChoice(this.#last.choice, choice)) return this.#last.loaded;
    const { kind } = this;
    const isRing3 = kind.kind === "vmlet" && kind.ring === 3;
    const file = this.#bytes;
    const { image, layout } = translated<Pick<LoadedGuest, "image" | "layout">>(() =>
      isRing3 ? loadRing3(file, choice) : loadRing0(file, choice)
    );
    const loaded = { image, layout, symbols: this.#symbols, seed: 0n };
    // Init data can be large, and differs from one sandbox to the next.
    if (choice.initData === undefined) this.#last = { choice, loaded };
    return loaded;
  }
}

/** Whether bytes are the same, as fast as memory is. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  comparer ??= (builtin("node:buffer") as { Buffer: Comparer }).Buffer;
  return comparer.compare(a, b) === 0;
}

/** What is used of `Buffer`: comparing as fast as memory is. */
interface Comparer {
  compare(a: Uint8Array, b: Uint8Array): number;
}

let comparer: Comparer | undefined;

/** Whether a layout is the same for both choices, of which the first one has no init data. */
function isSameChoice(a: MemoryChoice, b: MemoryChoice): boolean {
  return b.initData === undefined && a.sizes.heap === b.sizes.heap &&
    a.sizes.stack === b.sizes.stack && a.sizes.input === b.sizes.input &&
    a.sizes.output === b.sizes.output && a.executableHeap === b.executableHeap &&
    areSameSignatures(a.imports ?? NO_IMPORTS, b.imports ?? NO_IMPORTS);
}

const NO_IMPORTS: Signatures = new Map();

/** The guest with random numbers that no other one has: they are written over those of its layout. */
function withSecrets({ image, layout, symbols }: LoadedGuest): LoadedGuest {
  // The seed of its entry, that of its block, and its stack's cookie: at once, since each time costs 3 us in Deno.
  const secrets = crypto.getRandomValues(new BigUint64Array(2 + COOKIE_SIZE / 8));
  const seed = secrets[0] as bigint;
  const ofBlock = {
    physical: layout.pebPhysical + PEB_SEED_OFFSET,
    bytes: new Uint8Array(secrets.buffer, 8, 8),
  };
  if (layout.ring === 3) {
    const contents = [...layout.contents, ofBlock];
    return { image, symbols, seed, layout: { ...layout, contents } };
  }
  const { address } = layout.stackGuard;
  const cookie = new Uint8Array(secrets.buffer, 16);
  const contents = [...layout.contents, ofBlock, { physical: address, bytes: cookie }];
  return { image, symbols, seed, layout: { ...layout, contents, stackGuard: { address, cookie } } };
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
  return { image, layout: layOut(image, { ...RING3_SIZES, ...sizes }, 0n) };
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
  return layOutHyperlight(file, {
    sizes,
    hostFunctions: encodeHostFunctions(
      Array.from(choice.imports ?? [], ([name, it]) => ({ ...it, name })),
    ),
    initData: choice.initData,
    executableHeap: choice.executableHeap === true,
    cookieSeed: 0n,
    cookie: new Uint8Array(COOKIE_SIZE),
  });
}
