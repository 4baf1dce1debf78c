/** Reads core files as a debugger does, for tests of what is in them. */

import { assert } from "@std/assert";

/** A segment of memory. */
export interface Load {
  readonly address: bigint;
  readonly physical: bigint;
  readonly size: number;
  readonly offset: number;
}

/** A core file that was read. */
export interface CoreFile {
  readonly loads: readonly Load[];
  readonly signal: number;
  hasNote(owner: string, type: number): boolean;
  register(name: "rip" | "rsp" | "cs"): bigint;
  /** The bytes at an address. */
  read(address: bigint, length: number): Uint8Array;
}

const REGISTERS = { rip: 16, cs: 17, rsp: 19 } as const;

/** Reads a file's headers and notes. */
export function coreFile(file: Uint8Array): CoreFile {
  const bytes = new Uint8Array(file);
  const view = new DataView(bytes.buffer);
  const count = view.getUint16(56, true);
  const headers = Array.from({ length: count }, (_, i) => {
    const at = 64 + 56 * i;
    const word = (offset: number) => view.getBigUint64(at + offset, true);
    return {
      type: view.getUint32(at, true),
      offset: Number(word(8)),
      address: word(16),
      physical: word(24),
      size: Number(word(32)),
    };
  });
  const loads = headers.filter(({ type }) => type === 1);
  const [note] = headers.filter(({ type }) => type === 4);
  assert(note);
  const notes = new Map<string, number>();
  for (let at = note.offset; at < note.offset + note.size;) {
    const [nameSize, size, type] = [0, 4, 8].map((it) => view.getUint32(at + it, true));
    assert(nameSize !== undefined && size !== undefined);
    const name = new TextDecoder().decode(bytes.subarray(at + 12, at + 11 + nameSize));
    const content = at + 12 + Math.ceil(nameSize / 4) * 4;
    notes.set(`${name} ${type}`, content);
    at = content + Math.ceil(size / 4) * 4;
  }
  const status = notes.get("CORE 1");
  assert(status !== undefined);
  return {
    loads,
    signal: view.getInt16(status + 12, true),
    hasNote: (owner, type) => notes.has(`${owner} ${type}`),
    register: (name) => view.getBigUint64(status + 112 + 8 * REGISTERS[name], true),
    read: (address, length) => {
      const load = loads.find((it) =>
        address >= it.address && address < it.address + BigInt(it.size)
      );
      assert(load, `nothing is at 0x${address.toString(16)}`);
      const at = load.offset + Number(address - load.address);
      return bytes.slice(at, at + length);
    },
  };
}
