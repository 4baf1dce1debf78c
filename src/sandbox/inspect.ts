/** Looks at a guest's file without running it. */

import { type GuestSource, readGuest } from "./guest_file.ts";
import { describe } from "./signatures.ts";
import type { FunctionDefinitions } from "./types.ts";

/** What a guest may do with a part of its memory, as `ls` writes it: `r-x`. Nothing, `---`, with the host's pages. */
export type Permissions = "---" | "r--" | "rw-" | "r-x" | "rwx";

/** A part of a guest's image. */
export interface GuestSegment {
  /** Its first byte's address in the guest, at a page's start. */
  readonly address: bigint;
  /** Its length in bytes, whole pages. */
  readonly size: number;
  /** What the guest may do there. */
  readonly permissions: Permissions;
}

/** A part of a guest's memory. */
export interface GuestMemoryPart extends GuestSegment {
  /** What it is for. */
  readonly name: string;
}

/** What {@linkcode inspectGuest} finds. */
export interface GuestInspection {
  /** Built with vmlet's kit, or for Hyperlight v0.11. */
  readonly kind: "vmlet" | "hyperlight";
  /** The kit's version; undefined for a guest that was not built with it. */
  readonly kitVersion: number | undefined;
  /** The privilege level that the guest runs at. */
  readonly ring: number;
  /** Whether it was linked for any address; otherwise it lies where it was linked to. */
  readonly positionIndependent: boolean;
  /** The address of its first instruction. */
  readonly entry: bigint;
  /** The image, by addresses. */
  readonly segments: readonly GuestSegment[];
  /** All of its memory with the default sizes of `memory`, by addresses. Between the parts lies nothing. */
  readonly layout: readonly GuestMemoryPart[];
  /** The functions that it offers; undefined if the file does not say. */
  readonly exports: FunctionDefinitions | undefined;
  /** The functions that it may call; undefined if the file does not say. */
  readonly imports: FunctionDefinitions | undefined;
}

/**
 * Reads a guest's file and says what it is, without running anything of it: this needs no KVM.
 *
 * @example What a guest offers
 * ```ts
 * import { inspectGuest } from "@vmlet/vmlet";
 *
 * const { exports } = await inspectGuest("guest/examples/hello.elf");
 * console.log(exports?.add); // { parameters: ["i32", "i32"], result: "i32" }
 * ```
 *
 * @param source A path, a `file:`, `http:`, `https:` or `data:` URL (also as a string), or bytes.
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if the source is none of these.
 * @throws {VmletError} `ERR_INVALID_GUEST` or `ERR_UNSUPPORTED_GUEST`, as `Sandbox.create` would.
 */
export async function inspectGuest(source: GuestSource): Promise<GuestInspection> {
  const file = await readGuest(source);
  const { kind } = file;
  const { image, layout } = file.load();
  const { functions } = image;
  const parts = layout.parts.map((part) => ({
    name: part.name,
    address: BigInt(part.virtual),
    size: part.size,
    // At ring 0 all pages are the guest's.
    permissions: part.user || layout.ring === 0 ? permissions(part) : "---" as const,
  }));
  return {
    kind: kind.kind,
    kitVersion: kind.kind === "vmlet" ? kind.kitVersion : undefined,
    ring: layout.ring,
    positionIndependent: image.relocated,
    entry: BigInt(image.entry),
    segments: image.pages.map((pages) => ({
      address: BigInt(pages.address),
      size: pages.size,
      permissions: permissions(pages),
    })),
    layout: parts.sort((a, b) => a.address < b.address ? -1 : 1),
    exports: functions && describe(functions.exports),
    imports: functions && describe(functions.imports),
  };
}

function permissions(pages: { writable: boolean; executable: boolean }): Permissions {
  if (pages.executable) return pages.writable ? "rwx" : "r-x";
  return pages.writable ? "rw-" : "r--";
}
