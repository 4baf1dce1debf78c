/** Reads a guest's file from wherever its user keeps it, and says what kind of guest it is. */

import { VmletError, wrongType } from "../ffi/mod.ts";
import { type Image, readElf } from "../guest/elf.ts";
import { GuestImageError } from "../guest/error.ts";
import { IMAGE_BASE, IMAGE_LIMIT } from "../guest/layout.ts";

/** Where a guest is: a path, a `file:`, `http:`, `https:` or `data:` URL (also as a string), or its bytes. */
export type GuestSource = string | URL | Uint8Array;

interface FileSystem {
  readFile(path: string | URL): Promise<Uint8Array>;
}

/** A name for messages. */
export function guestName(source: GuestSource): string {
  if (source instanceof Uint8Array) return `${source.length} bytes`;
  const text = String(source);
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

function fileSystem(): FileSystem {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const module = process?.getBuiltinModule?.("node:fs/promises");
  if (!module) throw new Error("this runtime has no file system");
  return module as FileSystem;
}

/** ELF notes of type 1 and owner `vmlet` hold two 32-bit numbers: the kit's version and the guest's ring. */
const NOTE_TYPE = 1;
const KIT_VERSION = 1;

/** What a guest's note says of it. */
export interface GuestKind {
  /** The version of the kit that it was built with. */
  readonly kitVersion: number;
  /** The privilege level that it runs at. */
  readonly ring: number;
}

/** What kind of guest an image is; undefined for a program that is none. */
export function guestKind({ notes }: Image): GuestKind | undefined {
  const note = notes.find((it) => it.owner === "vmlet" && it.type === NOTE_TYPE)?.content;
  if (note === undefined || note.length < 8) return undefined;
  const view = new DataView(note.buffer, note.byteOffset, note.byteLength);
  return { kitVersion: view.getUint32(0, true), ring: view.getUint32(4, true) };
}

/**
 * Parses a guest's file.
 *
 * @throws {VmletError} `ERR_INVALID_GUEST` if it is broken, `ERR_UNSUPPORTED_GUEST` if it is no guest of vmlet's.
 */
export function parseGuest(file: Uint8Array): Image {
  let image: Image;
  try {
    image = readElf(file, IMAGE_BASE, IMAGE_LIMIT);
  } catch (cause) {
    if (!(cause instanceof GuestImageError)) throw cause;
    const code = cause.reason === "invalid" ? "ERR_INVALID_GUEST" : "ERR_UNSUPPORTED_GUEST";
    throw new VmletError(code, cause.message, { cause });
  }
  const kind = guestKind(image);
  if (kind === undefined) {
    throw new VmletError(
      "ERR_UNSUPPORTED_GUEST",
      "Cannot load the guest: it has no note of vmlet's, build it with `vmlet build`",
    );
  }
  const { kitVersion, ring } = kind;
  if (kitVersion !== KIT_VERSION || ring !== 3) {
    throw new VmletError(
      "ERR_UNSUPPORTED_GUEST",
      `Cannot load the guest: it was built with version ${kitVersion} of the kit for ring ${ring}, ` +
        `and this is for version ${KIT_VERSION} at ring 3: build it anew`,
    );
  }
  return image;
}
