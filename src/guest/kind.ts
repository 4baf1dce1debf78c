/** Says what kind of guest a file is: one of vmlet's kit, or one for Hyperlight and of which version. */

import { type Identity, readIdentity } from "./elf.ts";
import { GuestImageError } from "./error.ts";

/** What a guest's file says of its kind. */
export type GuestKind =
  /** Built with vmlet's kit. */
  | { readonly kind: "vmlet"; readonly kitVersion: number; readonly ring: number }
  /** Built for Hyperlight, for which version as far as the file tells: from 0.13.1 on it says so itself. */
  | { readonly kind: "hyperlight"; readonly version?: string };

/** ELF notes of type 1 and owner `vmlet` hold two 32-bit numbers: the kit's version and the guest's ring. */
const NOTE_TYPE = 1;
const KIT_VERSION = 1;
/** Notes of type 1 and owner `Hyperlight` hold the version of `hyperlight-guest-bin` as text. */
const HYPERLIGHT_NOTE_TYPE = 1;

/** The symbols by which guests on Hyperlight's crates, and assembly like theirs, are known. */
const HYPERLIGHT_SYMBOLS = ["hyperlight_main", "guest_dispatch_function", "entrypoint"];
/** Functions of the crates that are in versions of another ABI alone; rustc mangles names in two ways. */
const OTHER_SYMBOLS = [
  ["hyperlight_guest_bin12generic_init", "0.13.0 or later"],
  ["handle11GuestHandle11write_error", "0.10 or before"],
  ["handle..GuestHandle$GT$11write_error", "0.10 or before"],
] as const;
/** What to do about a guest with another ABI. */
const REMEDY = "build it with hyperlight-guest and hyperlight-guest-bin 0.11 or 0.12";

/**
 * What kind of guest a file is, from its notes and symbols.
 *
 * A file that was stripped of its symbols, with no notes but the linker's, can be a guest of Hyperlight v0.11, whose
 * host asks for nothing more than a file that goes anywhere; so it is taken for one.
 *
 * @returns Undefined for a program that is no guest.
 * @throws {GuestImageError} If the file is no ELF64 file for x86_64, or breaks the format.
 */
export function guestKind(file: Uint8Array): GuestKind | undefined {
  const { notes, relocatable, symbols } = readIdentity(file);
  const own = notes.find((it) => it.owner === "vmlet" && it.type === NOTE_TYPE)?.content;
  if (own !== undefined && own.length >= 8) {
    const view = new DataView(own.buffer, own.byteOffset, own.byteLength);
    return { kind: "vmlet", kitVersion: view.getUint32(0, true), ring: view.getUint32(4, true) };
  }
  const version = hyperlightVersion(notes);
  if (version !== undefined) return { kind: "hyperlight", version };
  if (symbols === undefined) {
    const isPlain = notes.every(({ owner }) => owner === "GNU");
    return relocatable && isPlain ? { kind: "hyperlight" } : undefined;
  }
  const other = OTHER_SYMBOLS.find(([name]) => symbols.includes(name));
  if (other) return { kind: "hyperlight", version: other[1] };
  return HYPERLIGHT_SYMBOLS.some((name) => symbols.includes(`\0${name}\0`))
    ? { kind: "hyperlight" }
    : undefined;
}

function hyperlightVersion(notes: Identity["notes"]): string | undefined {
  const note = notes.find((it) => it.owner === "Hyperlight" && it.type === HYPERLIGHT_NOTE_TYPE);
  if (!note) return undefined;
  const [text = ""] = new TextDecoder("latin1").decode(note.content.subarray(0, 64)).split("\0");
  // It goes into messages, and from there to terminals.
  return text.replace(/[^ -~]/g, "?");
}

/** Hyperlight's ABI changed with 0.11, with 0.13, and again with 0.18. */
function hasAbiOf011(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(version) ?? [];
  return Number(major) === 0 && (Number(minor) === 11 || Number(minor) === 12);
}

/**
 * The kind of a guest that runs here.
 *
 * @throws {GuestImageError} As {@linkcode guestKind}, and `unsupported` if it is none or one of another version.
 */
export function supportedKind(file: Uint8Array): GuestKind {
  const found = guestKind(file);
  if (found === undefined) {
    throw unsupported(
      "it is neither built with vmlet's kit (`vmlet build`) nor a guest for Hyperlight v0.11",
    );
  }
  if (found.kind === "hyperlight") {
    if (found.version === undefined || hasAbiOf011(found.version)) return found;
    throw unsupported(
      `it was built for Hyperlight ${found.version}, and this speaks the ABI of Hyperlight 0.11: ${REMEDY}`,
    );
  }
  const { kitVersion, ring } = found;
  if (kitVersion !== KIT_VERSION || (ring !== 3 && ring !== 0)) {
    throw unsupported(
      `it was built with version ${kitVersion} of the kit for ring ${ring}, ` +
        `and this is for version ${KIT_VERSION} at ring 3 or 0: build it anew`,
    );
  }
  return found;
}

/**
 * What to say of a guest of Hyperlight's that ended in a triple fault before its host heard of it.
 *
 * From 0.13 on a guest begins by reading memory at the top of its address space, where v0.11 has none, and has no
 * handler for the page fault yet. A file that says nothing of its version may be such a guest.
 */
export const MAY_BE_NEWER =
  `before it said anything, as guests for Hyperlight 0.13 and later do: if it is one, ${REMEDY}`;

function unsupported(message: string): GuestImageError {
  return new GuestImageError("unsupported", `Cannot load the guest: ${message}`);
}
