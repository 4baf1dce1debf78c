/** Guests of Hyperlight's ABI that are a few instructions, as files. */

const PAGE = 4096;
const HLT = 0xf4;

/** A position-independent file whose one segment begins with this code, and may be read, written and executed. */
export function fileOf(code: Uint8Array, memorySize: number): Uint8Array {
  const bytes = new Uint8Array(PAGE + code.length);
  const view = new DataView(bytes.buffer);
  const header = [[16, 3], [18, 62], [20, 1], [32, 64], [52, 64], [54, 56], [56, 1]] as const;
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  for (const [at, value] of header) view.setUint16(at, value, true);
  // PT_LOAD, with all rights.
  view.setUint32(64, 1, true);
  view.setUint32(68, 7, true);
  const segment = [[72, PAGE], [96, code.length], [104, memorySize], [112, PAGE]] as const;
  for (const [at, value] of segment) view.setBigUint64(at, BigInt(value), true);
  bytes.set(code, PAGE);
  return bytes;
}

/** Where the dispatch function begins. */
const DISPATCH = 0x40;

/** A guest that does nothing as it begins, and runs this code when it is called. */
export function guestOf(code: readonly number[]): Uint8Array {
  const all = new Uint8Array(2 * PAGE);
  // lea rax, [rip + DISPATCH - 7]; mov [rdi + 8], rax; hlt
  all.set([0x48, 0x8d, 0x05, DISPATCH - 7, 0, 0, 0, 0x48, 0x89, 0x47, 0x08, HLT]);
  all.set(code, DISPATCH);
  return fileOf(all, all.length);
}
