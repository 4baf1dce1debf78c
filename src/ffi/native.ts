/** The one interface between TypeScript and native code; the two adapters differ in nothing that it shows. */

/**
 * The functions of the shim (`shim/shim.c`). Each returns a negative errno when it fails. Addresses and lengths are
 * JavaScript numbers, exact below 2^53.
 */
export interface ShimFunctions {
  /** The first 32 bits of the SHA-256 of the shim's sources. */
  shimVersion(): number;

  /** ioctl(2) with an integer or an address as argument. */
  ioctl(fd: number, request: number, argument: number): number;
  /** ioctl(2) with a structure in JavaScript's memory as argument. */
  ioctlStruct(fd: number, request: number, argument: Uint8Array): number;
  /** mmap(2): the address, or a negative errno. */
  mmap(
    address: number,
    length: number,
    protection: number,
    flags: number,
    fd: number,
    offset: number,
  ): number;
  /** munmap(2). */
  munmap(address: number, length: number): number;
  /** mprotect(2). */
  mprotect(address: number, length: number, protection: number): number;
  /** madvise(2). */
  madvise(address: number, length: number, advice: number): number;
  /** memfd_create(2); `name` ends with a zero byte. */
  memfdCreate(name: Uint8Array, flags: number): number;
  /** fcntl(2) with an integer as argument. */
  fcntl(fd: number, command: number, argument: number): number;
  /** ftruncate(2). */
  ftruncate(fd: number, length: number): number;
  /** open(2); `path` ends with a zero byte. */
  open(path: Uint8Array, flags: number, mode: number): number;
  /** close(2). */
  close(fd: number): number;
  /** read(2). */
  read(fd: number, to: Uint8Array, length: number): number;
  /** pwrite(2). */
  pwrite(fd: number, from: Uint8Array, length: number, offset: number): number;
  /** getrlimit(2): `limit` receives two 64-bit numbers, soft and hard. */
  getrlimit(resource: number, limit: Uint8Array): number;
  /** eventfd(2). */
  eventfd(value: number, flags: number): number;
  /** poll(2); below zero milliseconds it waits for ever. */
  poll(fds: Uint8Array, count: number, milliseconds: number): number;

  /** Copies native memory to native memory. */
  copy(to: number, from: number, length: number): void;
  /** Copies JavaScript's memory to native memory. */
  copyIn(to: number, from: Uint8Array, length: number): void;
  /** Copies native memory to JavaScript's memory. */
  copyOut(to: Uint8Array, from: number, length: number): void;
  /** {@linkcode copyIn} that answers EFAULT where the memory has gone. */
  copyInGuarded(to: number, from: Uint8Array, length: number): number;
  /** {@linkcode copyOut} that answers EFAULT where the memory has gone. */
  copyOutGuarded(to: Uint8Array, from: number, length: number): number;

  /** Adds `count` bits to those from bit `first` of `to` on; all addresses are of words of 64 bits. */
  addBits(to: number, first: number, from: number, count: number): void;
  /** Copies `count` bits from bit `first` of `from` on. */
  takeBits(to: number, from: number, first: number, count: number): void;
  /** Counts pages as written to; `set` is the address of a `struct working_set`, here and below. */
  markPages(set: number, first: number, count: number): void;
  /** Counts all pages as written to that the process has of its own; how many. */
  markOwnPages(set: number): number;
  /** How many pages of a memory the process has of its own, and does not share with a file or snapshot. */
  countOwnPages(memory: number, pages: number): number;
  /** How many page faults this process has had. */
  pageFaults(): number;
  /** How many pages count as written to, or are hot. */
  countPages(set: number): number;
  /** Counts no page as written to. */
  forgetPages(set: number): void;
  /** Makes pages zero, then counts those that differ from a table. */
  countChanges(set: number, base: number, firstZero: number, endZero: number): number;
  /** Makes a table of what the memory holds; returns how many bytes of the arena that took. */
  capturePages(set: number, base: number, arena: number): number;
  /** Adds the pages to a set of which a table has bytes. */
  tablePages(table: number, pages: number, set: number): void;
  /** Writes the bytes to which a table leads to their places in a file of zeroes. */
  writeTable(table: number, pages: number, fd: number): number;
  /** Makes a table of the pages of a memory that are in a set; returns how many bytes of the arena that took. */
  makeTable(set: number, pages: number, memory: number, arena: number): number;
  /** Makes the memory like `target`; returns how many pages are to be protected. */
  restorePages(set: number, base: number, target: number): number;
  /** Gives the pages back that a memory, which is like a table, has for what would be there without them. */
  discardPages(set: number, table: number): number;

  /** The calling thread's id. */
  gettid(): number;
  /** tgkill(2) within this process. */
  tgkill(tid: number, signal: number): number;
  /** Installs the handler of a signal that interrupts vCPUs, 35 to 64, once for the life of the process. */
  installSignal(number: number): number;
  /** Lets a signal through to the calling thread. */
  unblockSignal(signal: number): void;
  /** Gives the calling thread its index for {@linkcode run}. */
  attachThread(signal: number): number;
  /** Takes a cell for the vCPU whose kvm_run page is at `run`, and which the signal interrupts. */
  acquireCell(run: number, signal: number): number;
  /** Gives a cell back. Tokens of this owner no longer match it. */
  releaseCell(index: number): void;
  /** How long the guest of a cell's owner ran, in nanoseconds. */
  guestTime(index: number): number;
  /** How long the host had its calls since their guests first left, in nanoseconds. */
  hostTime(index: number): number;
  /** The number that tells a cell's owners apart. */
  cellEpoch(index: number): number;
  /** Marks a call active, so that a kill reaches it. EBUSY where one is. */
  beginCall(index: number): number;
  /** Ends the call: 1 if it was cancelled. */
  endCall(index: number): number;
  /** Whether the active call is cancelled: 1 or 0. */
  isCancelled(index: number): number;
  /** Cancels the active call: 1 if it will end cancelled, 0 if none is active, ESRCH if the owner has gone. */
  kill(index: number, epoch: number): number;
  /** Stops the active call for a debugger; what it returns is as for {@linkcode kill}. */
  pause(index: number, epoch: number): number;
  /** Lets a guest leave that runs on another thread; nothing if none does. */
  preempt(index: number): number;
  /** Whether a debugger asked the active call to stop: 1 or 0. Asking takes the request away. */
  takePause(index: number): number;
  /** One KVM_RUN. EINTR when a signal or a cancellation came before or during it. */
  run(index: number, threadIndex: number, vcpu: number): number;
  /** Completes what the last exit left pending without running the guest. */
  settle(index: number, vcpu: number): number;
  /** The calling thread's timer on a clock, 1 (monotonic) or 3 (its CPU time), made at the first use; its id. */
  threadTimer(threadIndex: number, clock: number, signal: number): number;
  /** The CPU time that the calling thread has used, in nanoseconds. */
  threadTime(): number;
  /** Arms a timer once; 0 disarms it. */
  setTimer(timer: number, nanoseconds: number): number;
}

/** Native code and native memory, as all layers above see them. */
export interface Native extends ShimFunctions {
  /**
   * Native memory as an ArrayBuffer, without a copy. Whoever takes one must drop every view on it before the memory
   * is unmapped: touching it afterwards ends the process. So it never leaves the module that maps the memory.
   */
  view(address: number, length: number): ArrayBuffer;
  /** Where another Worker of this process opens the same copy of the shim, whose tables it then shares. */
  readonly path: string;
}
