/** Pages that nobody can change any more, in a file of the kernel's that has no name (memfd), for any number of mappings. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";
import { PAGE_SIZE } from "./constants.ts";
import { mapPages, Memory, readGuarded, sealMemory } from "./memory.ts";
import { hexDigits } from "./struct.ts";

const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;
/** Nobody may execute the file as a program. Linux knows this since 6.3, and may insist on it. */
const MFD_NOEXEC_SEAL = 8;
const F_DUPFD_CLOEXEC = 1030;
const F_ADD_SEALS = 1033;
const F_GET_SEALS = 1034;
/** F_SEAL_SEAL, F_SEAL_SHRINK, F_SEAL_GROW and F_SEAL_WRITE: nothing of the file changes any more. */
const SEALED = 15;
const PROT_READ = 1;
const PROT_READ_WRITE = 3;
const EINVAL = 22;
const ENFILE = 23;
const EMFILE = 24;
const ENOSPC = 28;

const NAME = new TextEncoder().encode("vmlet-snapshot\0");
/** Random bytes behind the pages, by which the file is known to other Workers. */
const IDENTITY_SIZE = 16;

/** Pages in a row. */
export interface PageRange {
  /** The first page. */
  readonly first: number;
  /** How many there are. */
  readonly count: number;
}

/** What another Worker needs to find the file: its descriptor, and how to know it. */
export interface SealedFileToken {
  readonly descriptor: number;
  readonly identity: string;
}

/**
 * Pages that stay as they are. What maps them keeps them, also when this is closed: the kernel counts. Pages of zeroes
 * take nothing.
 */
export class SealedFile {
  #descriptor: number;
  /** How many bytes it has, a multiple of 4096. */
  readonly size: number;
  readonly #identity: string;

  private constructor(descriptor: number, size: number, identity: string) {
    this.#descriptor = descriptor;
    this.size = size;
    this.#identity = identity;
  }

  /**
   * Makes a file of zeroes, which is to be filled and then sealed.
   *
   * @param size How many bytes, a positive multiple of 4096.
   * @throws {VmletError} `ERR_MEMORY` if the kernel has no file, `ERR_LIMIT` if too many are open.
   */
  static create(size: number): SealedFile {
    const shim = native();
    const flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    let fd = shim.memfdCreate(NAME, flags | MFD_NOEXEC_SEAL);
    if (fd === -EINVAL) fd = shim.memfdCreate(NAME, flags);
    if (fd < 0) throw fileError("make", -fd);
    const identity = hexDigits(crypto.getRandomValues(new Uint8Array(IDENTITY_SIZE)));
    const file = new SealedFile(fd, size, identity);
    const result = shim.ftruncate(fd, size + PAGE_SIZE);
    if (result >= 0) return file;
    file.close();
    throw fileError("make", -result);
  }

  // What fills it are system calls: a mapping would end the process where the kernel has no memory left.

  /**
   * Writes bytes, before the file is sealed.
   *
   * @throws {VmletError} `ERR_MEMORY` if the kernel has no memory for them.
   */
  write(offset: number, bytes: Uint8Array): void {
    const result = native().pwrite(this.#descriptor, bytes, bytes.length, offset);
    if (result !== bytes.length) throw fileError("fill", result < 0 ? -result : ENOSPC);
  }

  /** Writes the pages to which a table leads (shim/shim.c); throws as {@linkcode write}. */
  writeTable(table: number): void {
    const result = native().writeTable(table, this.size / PAGE_SIZE, this.#descriptor);
    if (result < 0) throw fileError("fill", -result);
  }

  /** Sees to it that nobody changes the file any more; throws as {@linkcode write}. */
  seal(): void {
    this.write(this.size, unhex(this.#identity));
    const result = native().fcntl(this.#descriptor, F_ADD_SEALS, SEALED);
    if (result < 0) throw fileError("seal", -result);
  }

  /**
   * The file that a token stands for, with a descriptor of its own.
   *
   * @returns Undefined if it is gone: its owner closed it, and the descriptor may be another file's.
   * @throws {VmletError} `ERR_LIMIT` if too many files are open.
   */
  static open({ descriptor, identity }: SealedFileToken, size: number): SealedFile | undefined {
    const shim = native();
    const fd = shim.fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (fd === -EMFILE) throw fileError("open", EMFILE);
    if (fd < 0) return undefined;
    try {
      // What is sealed cannot shrink. Only such files have seals.
      const seals = shim.fcntl(fd, F_GET_SEALS, 0);
      if (seals >= 0 && (seals & SEALED) === SEALED) {
        using page = new Memory(PAGE_SIZE);
        const place = { offset: 0, length: PAGE_SIZE, fd, fileOffset: size };
        mapPages(page, { ...place, protection: PROT_READ });
        // Of a file that is shorter, there is nothing to read.
        const found = readGuarded(page, 0, IDENTITY_SIZE);
        if (found && hexDigits(found) === identity) return new SealedFile(fd, size, identity);
      }
    } catch (error) {
      shim.close(fd);
      throw error;
    }
    shim.close(fd);
    return undefined;
  }

  /** What {@linkcode open} takes in another Worker, until this is closed. */
  get token(): SealedFileToken {
    return { descriptor: this.#descriptor, identity: this.#identity };
  }

  /** Maps all pages, to be read only. Those of zeroes are best not touched: the kernel would make room for them. */
  map(): Memory {
    const memory = new Memory(this.size);
    try {
      const place = { offset: 0, length: this.size, fd: this.#descriptor, fileOffset: 0 };
      // Kernels before 6.7 refuse shared mappings of sealed files.
      mapPages(memory, { ...place, protection: PROT_READ });
      sealMemory(memory);
      return memory;
    } catch (error) {
      memory.close();
      throw error;
    }
  }

  /** Memory that is like the file in these ranges and zero elsewhere, and that may be written to: copy on write. */
  copyOnWrite(ranges: readonly PageRange[]): Memory {
    const memory = new Memory(this.size);
    try {
      for (const { first, count } of ranges) {
        const offset = first * PAGE_SIZE;
        const place = { offset, length: count * PAGE_SIZE, fd: this.#descriptor };
        mapPages(memory, { ...place, fileOffset: offset, protection: PROT_READ_WRITE });
      }
      return memory;
    } catch (error) {
      memory.close();
      throw error;
    }
  }

  /** Lets the descriptor go. Closing twice is harmless. */
  close(): void {
    if (this.#descriptor >= 0) native().close(this.#descriptor);
    this.#descriptor = -1;
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** The bytes that were written as {@linkcode hexDigits} digits. */
const unhex = (digits: string) =>
  Uint8Array.from(digits.match(/../g) ?? [], (it) => parseInt(it, 16));

function fileError(what: string, errno: number): VmletError {
  const isLimit = errno === EMFILE || errno === ENFILE;
  return new VmletError(
    isLimit ? "ERR_LIMIT" : "ERR_MEMORY",
    `Cannot ${what} the file in memory for a snapshot's pages: ${errnoSymbol(errno)}${
      isLimit ? ", raise the limit with `ulimit -n`, or close snapshots and sandboxes" : ""
    }`,
    { errno },
  );
}
