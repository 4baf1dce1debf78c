/** The process environment block: where a guest finds its buffers, heap and stack (Hyperlight v0.11's layout). */

/** A part of the guest's address space. */
export interface Span {
  readonly address: number;
  readonly size: number;
}

/** What the block tells the guest. */
export interface Peb {
  /** A random number for stack cookies. */
  readonly securityCookieSeed: bigint;
  /** Where the image was loaded. */
  readonly codeAddress: number;
  readonly input: Span;
  readonly output: Span;
  readonly initData: Span;
  readonly heap: Span;
  readonly stack: Span;
  readonly hostFunctionDefinitions: Span;
}

/** The block's length in bytes. */
export const PEB_SIZE = 120;

/** Where the random number is, 64 bits. */
export const PEB_SEED_OFFSET = 0;

/** Where the guest writes the address of its dispatch function, a 64-bit number. */
export const PEB_DISPATCH_OFFSET = 8;

/** The block's bytes. */
export function encodePeb(peb: Peb): Uint8Array {
  const bytes = new Uint8Array(PEB_SIZE);
  const view = new DataView(bytes.buffer);
  const words = [
    peb.securityCookieSeed,
    0n, // the dispatch function: the guest writes it while it initialises
    BigInt(peb.codeAddress),
    ...[peb.input, peb.output, peb.initData, peb.heap].flatMap(sizeFirst),
    // The stack's lowest and highest address, not its size.
    BigInt(peb.stack.address),
    BigInt(peb.stack.address + peb.stack.size),
    ...sizeFirst(peb.hostFunctionDefinitions),
  ];
  words.forEach((word, i) => view.setBigUint64(i * 8, word, true));
  return bytes;
}

function sizeFirst({ address, size }: Span): [bigint, bigint] {
  return [BigInt(size), BigInt(address)];
}
