/** Memory for guests: anonymous pages or a file's, between two guard pages, read and written by copy. */

import { errnoSymbol, native, VmletError } from "../ffi/mod.ts";
import { PAGE_SIZE } from "./constants.ts";

const PROT_NONE = 0;
const PROT_READ_WRITE = 3;
const PROT_READ = 1;
const MADV_DONTNEED = 4;
const MADV_HUGEPAGE = 14;
const MADV_NOHUGEPAGE = 15;
/** A huge page of x86_64. */
const HUGE_PAGE = 2 * 1024 * 1024;
const MAP_PRIVATE = 0x2;
const MAP_FIXED = 0x10;
const MAP_NORESERVE = 0x4000;
const MAP_PRIVATE_ANONYMOUS_NORESERVE = MAP_PRIVATE | 0x20 | MAP_NORESERVE;
const O_CLOEXEC = 0o2000000;
const ENOENT = 2;
const EINVAL = 22;
const ENFILE = 23;
const EMFILE = 24;

/**
 * The memory itself, for the hot path inside vmlet. Not part of the public module, since a view that is used after its
 * memory was unmapped ends the process: whoever takes one drops it before the memory closes.
 */
export let viewMemory: (
  memory: Memory,
  offset: number,
  length: number,
) => Uint8Array<ArrayBuffer>;

/**
 * Keeps memory mapped, even after it is closed, until it is let go as often: KVM would otherwise give a guest whatever
 * the process maps there next. For the driver alone.
 */
export let holdMemory: (memory: Memory) => void;
/** The other half of {@linkcode holdMemory}. */
export let releaseMemory: (memory: Memory) => void;
/** {@linkcode Memory.read} for those who hold the memory: also after its owner has closed it. */
export let readHeldMemory: (
  memory: Memory,
  offset: number,
  length: number,
) => Uint8Array<ArrayBuffer>;
/** {@linkcode Memory.write} for the same; false where the memory is a file's. */
export let writeHeldMemory: (memory: Memory, offset: number, bytes: Uint8Array) => boolean;

/** Makes memory one that nobody writes to any more, neither here nor in native code. For snapshots alone. */
export let sealMemory: (memory: Memory) => void;

/** A part of a memory, and the part of a file that it is a private copy of. */
export interface FilePages {
  readonly offset: number;
  readonly length: number;
  readonly fd: number;
  readonly fileOffset: number;
  /** PROT_READ, or that and PROT_WRITE. */
  readonly protection: number;
}

/**
 * Puts pages of a file in the place of a memory's own, copied when they are written to. Its user sees to it that the file
 * does not shrink.
 */
export let mapPages: (memory: Memory, pages: FilePages) => void;

/** {@linkcode Memory.read} of pages of a file, however short it is; undefined where there is nothing. */
export let readGuarded: (
  memory: Memory,
  offset: number,
  length: number,
) => Uint8Array<ArrayBuffer> | undefined;

/**
 * Guest memory in the host. It is reserved at once and paid for when it is touched. A page before and a page after it
 * is mapped without access, so that an overrun of native code ends in a fault instead of in other memory.
 */
export class Memory {
  /** The size in bytes, a multiple of 4096. */
  readonly size: number;
  /** The address in the host, for KVM_SET_USER_MEMORY_REGION. */
  readonly address: number;
  #closed = false;
  /** The file whose pages these are, which may shrink: touching them then would end the process. */
  #file: string | undefined;
  /** Whether nobody may write to the pages any more. */
  #isSealed = false;
  /** How many still need the mapping: the owner, and each VM that has it in a slot. */
  #users = 1;
  /** What is mapped, with the pages around. */
  readonly #reserved: { readonly start: number; readonly size: number };

  /**
   * Maps zeroed memory.
   *
   * @param size In bytes, a positive multiple of 4096.
   * @param options `hugePages`: whether a page that is touched may be one of 2 MiB, where the kernel has any
   * (`/sys/kernel/mm/transparent_hugepage/enabled`); false by default, whatever the kernel's own default is.
   * @throws {RangeError} If the size is anything else.
   * @throws {VmletError} `ERR_MEMORY` if the process gets no more memory.
   */
  constructor(size: number, { hugePages = false }: { readonly hugePages?: boolean } = {}) {
    if (!Number.isSafeInteger(size) || size <= 0 || size % PAGE_SIZE !== 0) {
      throw new RangeError(
        `Cannot map ${size} bytes of guest memory: the size is not a positive multiple of 4096`,
      );
    }
    // KVM maps huge pages as such where addresses in the host and in the guest are a multiple of their size apart.
    const alignment = hugePages ? HUGE_PAGE : PAGE_SIZE;
    const reserved = size + PAGE_SIZE + alignment;
    const start = native().mmap(0, reserved, PROT_NONE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0);
    if (start < 0) throw mappingError(size, -start);
    const address = Math.ceil((start + PAGE_SIZE) / alignment) * alignment;
    let result = native().mprotect(address, size, PROT_READ_WRITE);
    if (result >= 0) {
      // Unless it is wanted, a guest that touches a page shall not take 512 of them. EINVAL: this kernel has none.
      const advice = hugePages ? MADV_HUGEPAGE : MADV_NOHUGEPAGE;
      const advised = native().madvise(address, size, advice);
      if (advised !== -EINVAL) result = advised;
    }
    if (result < 0) {
      native().munmap(start, reserved);
      throw mappingError(size, -result);
    }
    this.size = size;
    this.address = address;
    this.#reserved = { start, size: reserved };
  }

  /**
   * Maps the beginning of a file, to be read only: its pages are those of the kernel's cache, whoever else uses them.
   * What is behind the file's end in its last page is zero. A file that shrinks meanwhile does no harm: reading what has
   * gone is an error, here as in a guest.
   *
   * @param path Where the file is. The runtime is not asked whether the program may read it.
   * @param length How many bytes of it, rounded up to whole pages.
   * @throws {RangeError} If the length is not positive.
   * @throws {VmletError} `ERR_FILE` if it cannot be opened or mapped; `ERR_MEMORY` if the process gets no more memory.
   */
  static mapFile(path: string, length: number): Memory {
    const shim = native();
    const memory = new Memory(Math.ceil(length / PAGE_SIZE) * PAGE_SIZE);
    try {
      const cPath = new TextEncoder().encode(`${path}\0`);
      // What a C string cannot hold names no file.
      const fd = path.includes("\0") ? -ENOENT : shim.open(cPath, O_CLOEXEC, 0);
      if (fd < 0) throw fileError(path, -fd);
      const flags = MAP_PRIVATE | MAP_FIXED;
      const result = shim.mmap(memory.address, memory.size, PROT_READ, flags, fd, 0);
      shim.close(fd);
      if (result < 0) throw fileError(path, -result);
    } catch (error) {
      memory.close();
      throw error;
    }
    memory.#file = path;
    return memory;
  }

  /**
   * Maps memory with a copy of these bytes. What is behind them in the last page is zero.
   *
   * @throws {RangeError} If there are none.
   * @throws {VmletError} `ERR_MEMORY` if the process gets no more memory.
   */
  static from(bytes: Uint8Array): Memory {
    const memory = new Memory(Math.ceil(bytes.length / PAGE_SIZE) * PAGE_SIZE);
    memory.write(0, bytes);
    return memory;
  }

  /** The path of the file whose pages these are, as {@linkcode mapFile} was given it. */
  get file(): string | undefined {
    return this.#file;
  }

  /**
   * Copies memory out.
   *
   * @throws {RangeError} If the range is not inside the memory.
   * @throws {VmletError} `ERR_CLOSED` after {@linkcode close}, `ERR_MEMORY` if it is a file's and the file has shrunk.
   */
  read(offset: number, length: number): Uint8Array<ArrayBuffer> {
    this.#check("read", offset, length);
    return this.#copy(offset, length);
  }

  /**
   * Copies bytes in.
   *
   * @throws {RangeError} If the range is not inside the memory, or the memory is a file's.
   * @throws {VmletError} `ERR_CLOSED` after {@linkcode close}.
   */
  write(offset: number, bytes: Uint8Array): void {
    this.#check("write", offset, bytes.length);
    this.#checkWritable("write to");
    native().copyIn(this.address + offset, bytes, bytes.length);
  }

  /**
   * Makes a range zero by giving its pages back, so that they cost nothing until they are touched again.
   *
   * @throws {RangeError} If the range is not inside the memory or not of whole pages, or the memory is a file's.
   * @throws {VmletError} `ERR_CLOSED` after {@linkcode close}, `ERR_MEMORY` if the kernel refuses.
   */
  discard(offset: number, length: number): void {
    this.#check("discard", offset, length);
    this.#checkWritable("discard");
    if (offset % PAGE_SIZE !== 0 || length % PAGE_SIZE !== 0) {
      throw new RangeError(
        `Cannot discard ${length} bytes at ${offset}: these are not whole pages`,
      );
    }
    const result = native().madvise(this.address + offset, length, MADV_DONTNEED);
    if (result < 0) {
      throw new VmletError(
        "ERR_MEMORY",
        `Cannot discard ${length} bytes of guest memory: ${errnoSymbol(-result)}`,
        { errno: -result },
      );
    }
  }

  /**
   * Counts the pages for which the process needs memory: those that were touched, by whom ever, and not given back.
   * Pages of a file's do not count. It takes some microseconds for each MiB that is there, and before Linux 6.7 one for each
   * MiB that is not.
   *
   * @returns Undefined where the kernel does not say (`/proc/self/pagemap`).
   * @throws {VmletError} `ERR_CLOSED` after {@linkcode close}, `ERR_LIMIT` if too many files are open to ask.
   */
  residentPages(): number | undefined {
    this.#check("count the pages of", 0, 0);
    const count = native().countOwnPages(this.address, this.size / PAGE_SIZE);
    if (count === -EMFILE || count === -ENFILE) {
      throw new VmletError(
        "ERR_LIMIT",
        `Cannot count the pages of guest memory: ${errnoSymbol(-count)}, raise the limit with ` +
          "`ulimit -n`, or close snapshots and sandboxes",
        { errno: -count },
      );
    }
    return count < 0 ? undefined : count;
  }

  /**
   * Ends the use of the memory, and unmaps it as soon as no driver has it in a slot. A slot made with
   * {@linkcode Vm.setUserMemoryRegion} must be gone first. Closing twice is harmless.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#release();
  }

  /** The same as {@linkcode close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  #copy(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    const from = this.address + offset;
    if (this.#file === undefined) native().copyOut(bytes, from, length);
    else if (length > 0 && native().copyOutGuarded(bytes, from, length) < 0) throw shrunk();
    return bytes;
  }

  #release(): void {
    if (--this.#users > 0) return;
    native().munmap(this.#reserved.start, this.#reserved.size);
  }

  static {
    holdMemory = (memory) => {
      // Memory that was closed while others have it is as good as before.
      if (memory.#users === 0) memory.#check("map", 0, 0);
      memory.#users++;
    };
    releaseMemory = (memory) => memory.#release();
    mapPages = (memory, { offset, length, fd, fileOffset, protection }) => {
      memory.#check("map", offset, length);
      const at = memory.address + offset;
      const flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE;
      const result = native().mmap(at, length, protection, flags, fd, fileOffset);
      if (result < 0) throw mappingError(length, -result);
    };
    readGuarded = (memory, offset, length) => {
      memory.#check("read", offset, length);
      const bytes = new Uint8Array(length);
      const result = native().copyOutGuarded(bytes, memory.address + offset, length);
      return result < 0 ? undefined : bytes;
    };
    sealMemory = (memory) => {
      const result = native().mprotect(memory.address, memory.size, PROT_READ);
      if (result < 0) throw mappingError(memory.size, -result);
      memory.#isSealed = true;
    };
    readHeldMemory = (memory, offset, length) => {
      // Sound: the caller's hold keeps it mapped.
      memory.#checkRange("read", offset, length);
      return memory.#copy(offset, length);
    };
    writeHeldMemory = (memory, offset, bytes) => {
      memory.#checkRange("write", offset, bytes.length);
      const isOurs = memory.#file === undefined;
      if (isOurs) native().copyIn(memory.address + offset, bytes, bytes.length);
      return isOurs;
    };
    viewMemory = (memory, offset, length) => {
      memory.#check("view", offset, length);
      // A view of the part alone: a whole guest may be larger than an ArrayBuffer can be.
      return new Uint8Array(native().view(memory.address + offset, length));
    };
  }

  #checkWritable(action: string): void {
    if (this.#file !== undefined || this.#isSealed) {
      throw new RangeError(
        `Cannot ${action} guest memory: it is ${
          this.#file !== undefined ? "a file's" : "a snapshot's"
        }, to be read only`,
      );
    }
  }

  #check(action: string, offset: number, length: number): void {
    if (this.#closed) {
      throw new VmletError("ERR_CLOSED", `Cannot ${action} guest memory: it is closed`);
    }
    this.#checkRange(action, offset, length);
  }

  #checkRange(action: string, offset: number, length: number): void {
    const fits = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 &&
      length >= 0 && length <= this.size - offset;
    if (!fits) {
      throw new RangeError(
        `Cannot ${action} ${length} bytes at ${offset}: the memory has ${this.size} bytes`,
      );
    }
  }
}

function fileError(path: string, errno: number): VmletError {
  return new VmletError("ERR_FILE", `Cannot map ${path}: ${errnoSymbol(errno)}`, { errno });
}

function shrunk(): VmletError {
  return new VmletError(
    "ERR_MEMORY",
    "Cannot read guest memory: it is a file's, and the file has become shorter than it was",
  );
}

function mappingError(size: number, errno: number): VmletError {
  return new VmletError(
    "ERR_MEMORY",
    `Cannot map ${size} bytes of guest memory: ${errnoSymbol(errno)}, ` +
      "raise the limit of address space (ulimit -v) or of mappings (vm.max_map_count), or close sandboxes",
    { errno },
  );
}
