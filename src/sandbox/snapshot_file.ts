/**
 * Snapshots as bytes: the description of one, and the file that holds it with the pages of its memory.
 *
 * A file is a header, the description, and the pages that are not zero, one after the other; all numbers are little
 * endian, and nothing is left between the parts:
 *
 * | bytes | what                                                           |
 * | ----- | -------------------------------------------------------------- |
 * | 0     | `VMLETSNP`                                                     |
 * | 8     | version of the format                                          |
 * | 12    | bytes of the description's text                                |
 * | 16    | bytes of the guest's file                                      |
 * | 20    | ranges of pages                                                |
 * | 24    | pages of the guest's memory                                    |
 * | 28    | pages in this file                                             |
 * | 32    | SHA-256 of the 32 bytes before it and all that follows         |
 * | 64    | the text (JSON), the guest's file, and of each range its first page and their number |
 */

import type { CpuState } from "../driver/mod.ts";
import { outOfRange, VmletError, wrongType } from "../ffi/mod.ts";
import { GuestFunction, type Signature } from "../guest/wire.ts";
import { PAGE_SIZE } from "../kvm/constants.ts";
import { type PageRange, SealedFile } from "../kvm/sealed_file.ts";
import { hexDigits } from "../kvm/struct.ts";
import { DebugRegs, Sregs, VcpuEvents, Xcrs } from "../kvm/structs.ts";
import { checkDefinition } from "./arguments.ts";
import { type CpuFeatures, cpuFeatures, missingFeatures } from "./cpu_features.ts";
import { builtin, GuestFile, isSame, type LoadedGuest } from "./guest_file.ts";
import type { MachineState } from "./machine.ts";
import type { MemoryShape, Origin } from "./snapshot.ts";
import type { Signatures } from "./signatures.ts";
import { VERSION } from "./version.ts";
import { MemoryImage } from "./working_set.ts";

const MAGIC = new TextEncoder().encode("VMLETSNP");
const FORMAT = 1;
const HEADER_SIZE = 64;
const HASHED_HEADER = 32;
const RANGE_SIZE = 8;

/** The most pages that a guest's memory may have: 64 GiB. */
const MOST_PAGES = 2 ** 24;
/** How many bytes are read or written at a time. */
const CHUNK = 256 * PAGE_SIZE;

/** A file of the process's owner alone, since memory holds secrets. */
const MODE = 0o600;

/** A snapshot's parts. */
export interface Opened {
  readonly origin: Origin;
  readonly state: MachineState;
}

/** What is said of a snapshot besides its pages. What is read of it may say anything. */
interface Description {
  readonly vmlet: string;
  readonly layout: string;
  readonly cpu: CpuFeatures;
  readonly name: string;
  readonly memory: MemoryShape;
  /** In their order, on which the layout depends. */
  readonly exports: readonly NamedSignature[];
  readonly imports: readonly NamedSignature[];
  readonly dispatch: number;
  readonly registers?: RegisterText;
}

type NamedSignature = Signature & { readonly name: string };
type RegisterText = { readonly [K in keyof CpuState]: string };

/** Numbers of a header. */
interface Header {
  readonly textSize: number;
  readonly guestSize: number;
  readonly rangeCount: number;
  readonly memoryPages: number;
  readonly pages: number;
}

/** What a snapshot becomes for another Worker of the process: `postMessage` can carry it. */
export interface SnapshotToken {
  /** The descriptor of the file in memory that has its pages. */
  readonly descriptor: number;
  /** How to know that file: the descriptor may be another's by now. */
  readonly identity: string;
  /** What is said of the snapshot besides its pages. */
  readonly description: Uint8Array;
}

const headSize = ({ textSize, guestSize, rangeCount }: Header) =>
  HEADER_SIZE + textSize + guestSize + rangeCount * RANGE_SIZE;

/** The bytes of a description with a header whose hash is missing. */
function encodeHead(
  { origin, state }: Opened,
  ranges: readonly PageRange[],
): Uint8Array<ArrayBuffer> {
  const { memory, dispatch, cpu } = state;
  const description: Description = {
    vmlet: VERSION,
    layout: layoutHash(origin.file.layOut(choiceOf(origin))),
    cpu: cpuFeatures(),
    name: origin.name,
    memory: origin.memory,
    exports: listOf(origin.exports),
    imports: listOf(origin.imports),
    dispatch,
    ...(cpu ? { registers: registerText(cpu) } : {}),
  };
  const text = new TextEncoder().encode(JSON.stringify(description));
  const guest = origin.file.bytes;
  const pages = countPages(ranges);
  const bytes = new Uint8Array(
    headSize({
      textSize: text.length,
      guestSize: guest.length,
      rangeCount: ranges.length,
      memoryPages: memory.memoryPages,
      pages,
    }),
  );
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  const numbers = [FORMAT, text.length, guest.length, ranges.length, memory.memoryPages, pages];
  numbers.forEach((number, i) => view.setUint32(8 + i * 4, number, true));
  bytes.set(text, HEADER_SIZE);
  bytes.set(guest, HEADER_SIZE + text.length);
  let at = HEADER_SIZE + text.length + guest.length;
  for (const { first, count } of ranges) {
    view.setUint32(at, first, true);
    view.setUint32(at + 4, count, true);
    at += RANGE_SIZE;
  }
  return bytes;
}

/** What is wrong with a snapshot's bytes; {@linkcode unfit} says it of one that is in order, but not for this machine. */
function invalid(reason: string, cause?: unknown): VmletError {
  return new VmletError("ERR_INVALID_SNAPSHOT", reason, cause === undefined ? {} : { cause });
}

function unfit(reason: string, cause?: unknown): VmletError {
  return new VmletError("ERR_UNSUPPORTED_SNAPSHOT", reason, cause === undefined ? {} : { cause });
}

/** Reads a header, and checks that its numbers fit each other. */
function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < HEADER_SIZE) throw invalid("it is too short for a snapshot");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isSame(bytes.subarray(0, MAGIC.length), MAGIC)) throw invalid("it is no snapshot");
  const [format = 0, textSize = 0, guestSize = 0, rangeCount = 0, memoryPages = 0, pages = 0] =
    Array.from({ length: 6 }, (_, i) => view.getUint32(8 + i * 4, true));
  if (format !== FORMAT) {
    throw unfit(
      `its format is version ${format}, and this is for version ${FORMAT}: take the snapshot anew`,
    );
  }
  if (memoryPages === 0 || memoryPages > MOST_PAGES || pages > memoryPages || rangeCount > pages) {
    throw invalid("its header is damaged");
  }
  return { textSize, guestSize, rangeCount, memoryPages, pages };
}

/** The ranges of pages, checked: in their order, inside the memory, and as many pages as the header says. */
function readRanges(head: Uint8Array, header: Header): PageRange[] {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const begin = HEADER_SIZE + header.textSize + header.guestSize;
  let end = 0;
  const ranges = Array.from({ length: header.rangeCount }, (_, i) => {
    const first = view.getUint32(begin + i * RANGE_SIZE, true);
    const count = view.getUint32(begin + i * RANGE_SIZE + 4, true);
    if (first < end || count === 0 || first + count > header.memoryPages) {
      throw invalid("its list of pages is damaged");
    }
    end = first + count;
    return { first, count };
  });
  if (countPages(ranges) !== header.pages) throw invalid("its list of pages is damaged");
  return ranges;
}

/**
 * Makes a snapshot of its description and pages. Nothing of the description is trusted: it says how a guest is to be laid
 * out, and that is then done anew.
 */
function decode(
  head: Uint8Array,
  header: Header,
  file: SealedFile,
  ranges: readonly PageRange[],
): Opened {
  const text = head.subarray(HEADER_SIZE, HEADER_SIZE + header.textSize);
  const guest = head.subarray(HEADER_SIZE + header.textSize).subarray(0, header.guestSize);
  let description: Description;
  try {
    description = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch (cause) {
    throw invalid("its description is damaged", cause);
  }
  const missing = missingFeatures(featuresOf(description.cpu), cpuFeatures());
  if (missing !== undefined) {
    throw unfit(`it was taken on another CPU, and its guest may rely on that: ${missing} here`);
  }
  const origin = originOf(description, guest, file.size);
  const laidOut = layOut(origin, description);
  const { layout } = laidOut;
  if (layout.size !== file.size) throw invalid("its memory has another size than its guest");
  const cpu = description.registers;
  if ((layout.ring === 0) !== (cpu !== undefined)) throw invalid("its registers are damaged");
  const { dispatch } = description;
  if (!Number.isSafeInteger(dispatch) || dispatch <= 0 || dispatch >= 2 ** 47) {
    throw invalid("its description is damaged");
  }
  const registers = cpu ? { cpu: readRegisters(cpu) } : {};
  // Last, since it takes the file over.
  const memory = MemoryImage.of({ file, ranges });
  const rest = { memory, dispatch, regions: [], ...registers };
  if (layout.ring === 3) return { origin, state: { ...rest, guest: laidOut } };
  const { address, cookie: { length } } = layout.stackGuard;
  const first = Math.floor(address / PAGE_SIZE);
  const at = address % PAGE_SIZE;
  const cookie = memory.read({ first, count: 1 }).slice(at, at + length);
  const guarded = { ...layout, stackGuard: { address, cookie } };
  return { origin, state: { ...rest, guest: { ...laidOut, layout: guarded } } };
}

function originOf(description: Description, guest: Uint8Array, size: number): Origin {
  try {
    const { name, memory: { sizes, initData, executableHeap } } = description;
    for (const it of [...Object.values(sizes), initData?.size ?? 0]) {
      if (!Number.isSafeInteger(it) || it < 0 || it > size) throw new RangeError(`${it} bytes`);
    }
    const exports = definitionsOf("export", description.exports);
    return {
      name: String(name).slice(0, 80),
      path: undefined,
      file: GuestFile.of(guest),
      memory: { sizes, initData, executableHeap },
      exports: new Map(Array.from(exports, ([name, it]) => [name, new GuestFunction(name, it)])),
      imports: definitionsOf("import", description.imports),
    };
  } catch (cause) {
    if (cause instanceof VmletError && cause.code === "ERR_UNSUPPORTED_GUEST") {
      throw unfit(`its guest does not run here: ${cause.message}`, cause);
    }
    throw invalid("its description is damaged", cause);
  }
}

/** Lays the guest out as it was, which may be a matter of the version. */
function layOut(origin: Origin, description: Description): LoadedGuest {
  let laidOut: LoadedGuest | undefined;
  let cause: unknown;
  try {
    laidOut = origin.file.layOut(choiceOf(origin));
  } catch (error) {
    cause = error;
  }
  if (laidOut && layoutHash(laidOut) === description.layout) return laidOut;
  throw unfit(
    `it was taken by vmlet ${description.vmlet}, which lays guests out otherwise than ${VERSION}: ` +
      "take the snapshot anew",
    cause,
  );
}

/** Of all that a host puts into a guest's memory, and where, but for random numbers. */
function layoutHash({ layout, image }: LoadedGuest): string {
  const { contents, ...rest } = layout;
  const hash = sha256();
  hash.update(
    JSON.stringify([rest, image.entry], (_, it) => typeof it === "bigint" ? `${it}` : it),
  );
  for (const { physical, bytes } of contents) {
    hash.update(`${physical} ${bytes.length} `);
    hash.update(bytes);
  }
  return hash.digest("hex");
}

function choiceOf({ memory: { sizes, initData, executableHeap }, imports }: Origin) {
  return {
    sizes,
    initData: initData &&
      { bytes: new Uint8Array(initData.size), write: initData.write, execute: initData.execute },
    executableHeap,
    imports,
  };
}

const listOf = (functions: Signatures): NamedSignature[] =>
  Array.from(functions, ([name, it]) => ({ name, ...it }));

function definitionsOf(kind: "export" | "import", list: readonly NamedSignature[]): Signatures {
  return new Map(list.map((it) => [it.name, checkDefinition(kind, it.name, it)]));
}

function featuresOf(given: CpuFeatures): CpuFeatures {
  const { bits, xcr0 }: Partial<CpuFeatures> = given ?? {};
  const all = [xcr0, ...Object.values(bits ?? {})];
  if (!bits || !all.every((it) => Number.isSafeInteger(it))) {
    throw invalid("its description is damaged");
  }
  return { bits, xcr0: xcr0 as number };
}

function registerText(cpu: CpuState): RegisterText {
  const { sregs, xcrs, debugRegs, events, kernelGsBase } = cpu;
  return {
    sregs: hexDigits(sregs),
    xcrs: hexDigits(xcrs),
    debugRegs: hexDigits(debugRegs),
    events: hexDigits(events),
    kernelGsBase: `${kernelGsBase}`,
  };
}

/** KVM looks at what is in them. */
function readRegisters(text: RegisterText): CpuState {
  try {
    const bytes = (digits: string, { size }: { readonly size: number }) => {
      const read = Uint8Array.from(digits.match(/[\da-f]{2}/g) ?? [], (it) => parseInt(it, 16));
      if (read.length !== size) throw new RangeError(`${read.length} bytes instead of ${size}`);
      return read;
    };
    return {
      sregs: bytes(text.sregs, Sregs),
      xcrs: bytes(text.xcrs, Xcrs),
      debugRegs: bytes(text.debugRegs, DebugRegs),
      events: bytes(text.events, VcpuEvents),
      kernelGsBase: BigInt.asUintN(64, BigInt(text.kernelGsBase)),
    };
  } catch (cause) {
    throw invalid("its registers are damaged", cause);
  }
}

function countPages(ranges: readonly PageRange[]): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** The ranges in pieces of at most a chunk. */
function* pieces(ranges: readonly PageRange[]): Generator<PageRange> {
  for (const { first, count } of ranges) {
    for (let done = 0; done < count; done += CHUNK / PAGE_SIZE) {
      yield { first: first + done, count: Math.min(CHUNK / PAGE_SIZE, count - done) };
    }
  }
}

interface Hash {
  update(data: Uint8Array | string): void;
  digest(encoding: "hex"): string;
  digest(): Uint8Array;
}

const sha256 = (): Hash =>
  (builtin("node:crypto") as { createHash(name: string): Hash }).createHash("sha256");

interface FileHandle {
  read(
    to: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    from: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  stat(): Promise<{ readonly size: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface FileSystem {
  stat(path: string): Promise<{ isFile(): boolean }>;
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** Throws unless a snapshot can leave its Worker. */
function checkRegions({ state: { regions } }: Opened): void {
  const [region] = regions;
  if (!region) return;
  throw unfit(
    `a region is mapped into its guest (${region.name}), whose memory is not part of it: unmap it first`,
  );
}

/**
 * What another Worker opens the snapshot with, while it is open here.
 *
 * @throws {VmletError} `ERR_UNSUPPORTED_SNAPSHOT` if regions are mapped into its guest, `ERR_MEMORY`, `ERR_LIMIT`.
 */
export function shareSnapshot(opened: Opened): SnapshotToken {
  try {
    checkRegions(opened);
    const { file, ranges } = opened.state.memory.share();
    return { ...file.token, description: encodeHead(opened, ranges) };
  } catch (error) {
    throw renamed("Cannot share the snapshot", error);
  }
}

/**
 * The snapshot that a token stands for.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if it is no token.
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if no snapshot can have it.
 * @throws {VmletError} `ERR_CLOSED` if it was closed in the Worker that shared it; otherwise as {@linkcode loadSnapshot}.
 */
export function openShared(token: SnapshotToken): Opened {
  const { descriptor, identity, description }: Partial<SnapshotToken> = token ?? {};
  const isToken = typeof descriptor === "number" && typeof identity === "string" &&
    description instanceof Uint8Array;
  if (!isToken) throw wrongType("Cannot open the snapshot: the argument is not a token of one");
  if (!Number.isInteger(descriptor) || descriptor < 0 || descriptor >= 2 ** 31) {
    throw outOfRange(`Cannot open the snapshot: no file has the descriptor ${descriptor}`);
  }
  try {
    // A copy, since it may lie in memory that others write to.
    const head = description.slice();
    const header = readHeader(head);
    if (headSize(header) !== head.length) throw invalid("its description is damaged");
    const ranges = readRanges(head, header);
    const file = SealedFile.open(
      { descriptor, identity },
      header.memoryPages * PAGE_SIZE,
    );
    if (!file) {
      throw new VmletError(
        "ERR_CLOSED",
        "it was closed in the Worker that shared it: keep it open there until it is open here",
      );
    }
    try {
      return decode(head, header, file, ranges);
    } catch (error) {
      file.close();
      throw error;
    }
  } catch (error) {
    throw renamed("Cannot open the snapshot", error);
  }
}

/**
 * Saves a snapshot: the file is there as a whole, or what was there before is.
 *
 * @throws {VmletError} `ERR_FILE`, `ERR_UNSUPPORTED_SNAPSHOT` if it has what no file can hold, `ERR_MEMORY`, `ERR_LIMIT`.
 */
export async function saveSnapshot(path: string, opened: Opened): Promise<void> {
  try {
    checkRegions(opened);
    const fs = builtin("node:fs/promises") as FileSystem;
    const { memory } = opened.state;
    const { ranges } = memory.share();
    const head = encodeHead(opened, ranges);
    // First, so that nothing is written where the end would fail.
    const folder = await fs.open(folderOf(path), "r");
    try {
      const scratch = `${path}.${hexDigits(crypto.getRandomValues(new Uint8Array(8)))}.tmp`;
      const file = await fs.open(scratch, "wx", MODE);
      try {
        try {
          await writeContent(file, head, memory, ranges);
          await file.sync();
        } finally {
          await file.close();
        }
        await fs.rename(scratch, path);
      } catch (error) {
        await fs.unlink(scratch);
        throw error;
      }
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    throw renamed(`Cannot save the snapshot to ${path}`, error);
  }
}

async function writeContent(
  file: FileHandle,
  head: Uint8Array,
  memory: MemoryImage,
  ranges: readonly PageRange[],
): Promise<void> {
  const hash = sha256();
  hash.update(head.subarray(0, HASHED_HEADER));
  hash.update(head.subarray(HEADER_SIZE));
  let at = head.length;
  for (const piece of pieces(ranges)) {
    const bytes = memory.read(piece);
    hash.update(bytes);
    await writeAll(file, bytes, at);
    at += bytes.length;
  }
  head.set(hash.digest(), HASHED_HEADER);
  await writeAll(file, head, 0);
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

/**
 * Loads a snapshot that was saved. Every byte is read and checked before anything comes of it, into memory that no file
 * stands behind: what becomes of the file later changes nothing.
 *
 * @throws {VmletError} `ERR_FILE` if it cannot be read, `ERR_INVALID_SNAPSHOT` if it is not what was saved,
 * `ERR_UNSUPPORTED_SNAPSHOT` if it does not fit this machine or this vmlet, `ERR_MEMORY`, `ERR_LIMIT`,
 * `ERR_NO_HYPERVISOR`.
 */
export async function loadSnapshot(path: string): Promise<Opened> {
  try {
    const fs = builtin("node:fs/promises") as FileSystem;
    // Before it is opened: a pipe would wait for somebody who writes to it.
    if (!(await fs.stat(path)).isFile()) throw new Error("it is no file");
    const file = await fs.open(path, "r");
    try {
      return await readContent(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw renamed(`Cannot load the snapshot ${path}`, error);
  }
}

async function readContent(file: FileHandle): Promise<Opened> {
  const stat = await file.stat();
  // All of a small one.
  const start = new Uint8Array(Math.min(CHUNK, stat.size));
  await readAll(file, start, 0);
  const header = readHeader(start);
  const size = headSize(header) + header.pages * PAGE_SIZE;
  if (size !== stat.size) {
    throw invalid(
      `it has ${stat.size} bytes instead of ${size}: it was ${
        stat.size < size ? "cut off" : "added to"
      }, or its header is damaged`,
    );
  }
  const read = async (bytes: Uint8Array, position: number) => {
    const known = start.subarray(position, position + bytes.length);
    bytes.set(known);
    await readAll(file, bytes.subarray(known.length), position + known.length);
  };
  const head = new Uint8Array(headSize(header));
  await read(head, 0);
  const ranges = readRanges(head, header);
  const hash = sha256();
  hash.update(head.subarray(0, HASHED_HEADER));
  hash.update(head.subarray(HEADER_SIZE));
  const pages = SealedFile.create(header.memoryPages * PAGE_SIZE);
  try {
    const chunk = new Uint8Array(Math.min(CHUNK, header.pages * PAGE_SIZE));
    let at = head.length;
    for (const { first, count } of pieces(ranges)) {
      const bytes = chunk.subarray(0, count * PAGE_SIZE);
      await read(bytes, at);
      at += bytes.length;
      hash.update(bytes);
      pages.write(first * PAGE_SIZE, bytes);
    }
    if (!isSame(hash.digest(), head.subarray(HASHED_HEADER, HEADER_SIZE))) {
      throw invalid("its bytes are not those that were saved: the checksum differs");
    }
    pages.seal();
    return decode(head, header, pages, ranges);
  } catch (error) {
    pages.close();
    throw error;
  }
}

async function readAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw invalid("it became shorter while it was read");
    done += bytesRead;
  }
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "." : path.slice(0, end) || "/";
}

/** An error that says what could not be done. Those that are not vmlet's are of the file system. */
function renamed(what: string, error: unknown): VmletError {
  const reason = error instanceof Error ? error.message : String(error);
  if (!(error instanceof VmletError)) {
    return new VmletError("ERR_FILE", `${what}: ${reason}`, { cause: error });
  }
  const { code, cause, errno } = error;
  return new VmletError(code, `${what}: ${reason}`, {
    ...(cause === undefined ? {} : { cause }),
    ...(errno === undefined ? {} : { errno }),
  });
}
