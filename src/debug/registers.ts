/** The registers of x86_64 as gdb has them: their description in XML, and their bytes both ways. */

import type { Regs, Sregs, Xsave } from "../kvm/mod.ts";

/** All registers of a stopped guest. */
export interface RegisterState {
  readonly regs: Regs;
  readonly sregs: Sregs;
  readonly xsave: Xsave;
  /** The upper halves of YMM0 to YMM15 inside of {@linkcode xsave}; undefined where the CPU has none. */
  readonly ymmHigh: Uint8Array | undefined;
}

/** The parts of the state that a write can change. */
export type StatePart = "regs" | "sregs" | "xsave";

interface Register {
  readonly name: string;
  readonly bits: 32 | 64 | 80 | 128;
  /** gdb's type. */
  readonly type: string;
  readonly group?: "float" | "vector";
  /** Which part of the state it is in. */
  readonly part: StatePart;
  read(state: RegisterState): Uint8Array;
  /** False where the register cannot have this value. */
  write(state: RegisterState, bytes: Uint8Array): boolean;
}

interface Feature {
  readonly name: string;
  /** Definitions of types, in XML. */
  readonly types: string;
  readonly registers: readonly Register[];
}

/** The components of the extended state by their bits: x87, SSE and the upper halves of AVX. */
const XSTATE_BITS = { x87: 1n, sse: 2n, avx: 4n } as const;

/** RFLAGS: bit 1 is always one. */
const RFLAGS_ONE = 2n;
/** The bits of RFLAGS that exist (Intel SDM volume 1, 3.4.3). */
const RFLAGS_MASK = 0x3f7fd7n;

function number(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
  return bytes;
}

function valueOf(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value << 8n | BigInt(byte), 0n);
}

const GENERAL = [
  ...["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"] as const,
  ...["r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"] as const,
];
const SEGMENTS = ["cs", "ss", "ds", "es", "fs", "gs"] as const;

function general(name: typeof GENERAL[number] | "rip"): Register {
  const type = name === "rip"
    ? "code_ptr"
    : name === "rsp" || name === "rbp"
    ? "data_ptr"
    : "int64";
  return {
    name,
    bits: 64,
    type,
    part: "regs",
    read: ({ regs }) => number(regs[name], 8),
    write: ({ regs }, bytes) => {
      regs[name] = valueOf(bytes);
      return true;
    },
  };
}

const flags: Register = {
  name: "eflags",
  bits: 32,
  type: "i386_eflags",
  part: "regs",
  read: ({ regs }) => number(regs.rflags, 4),
  write: ({ regs }, bytes) => {
    regs.rflags = valueOf(bytes) & RFLAGS_MASK | RFLAGS_ONE;
    return true;
  },
};

/** A selector alone cannot be changed: what it stands for would stay as it was. */
function selector(name: typeof SEGMENTS[number]): Register {
  return {
    name,
    bits: 32,
    type: "int32",
    part: "sregs",
    read: ({ sregs }) => number(BigInt(sregs[name].selector), 4),
    write: ({ sregs }, bytes) => valueOf(bytes) === BigInt(sregs[name].selector),
  };
}

function base(segment: "fs" | "gs"): Register {
  return {
    name: `${segment}_base`,
    bits: 64,
    type: "int",
    part: "sregs",
    read: ({ sregs }) => number(sregs[segment].base, 8),
    write: ({ sregs }, bytes) => {
      const value = valueOf(bytes);
      // Canonical, or KVM would refuse it.
      if (BigInt.asUintN(64, BigInt.asIntN(48, value)) !== value) return false;
      sregs[segment].base = value;
      return true;
    },
  };
}

/** A register that is bytes inside of the extended state. */
function slice(
  name: string,
  bits: 80 | 128,
  type: string,
  component: bigint,
  at: (state: RegisterState) => Uint8Array,
): Register {
  return {
    name,
    bits,
    type,
    ...(type === "i387_ext" ? { group: "float" } : {}),
    part: "xsave",
    read: (state) => at(state).slice(),
    write: (state, bytes) => {
      at(state).set(bytes);
      state.xsave.xstateBv |= component;
      return true;
    },
  };
}

/** A control register of the x87 unit, which gdb has with 32 bits. */
function control(
  name: string,
  get: (xsave: Xsave) => bigint,
  set: (xsave: Xsave, value: bigint) => void,
): Register {
  return {
    name,
    bits: 32,
    type: "int",
    group: "float",
    part: "xsave",
    read: ({ xsave }) => number(get(xsave), 4),
    write: ({ xsave }, bytes) => {
      set(xsave, valueOf(bytes));
      xsave.xstateBv |= XSTATE_BITS.x87;
      return true;
    },
  };
}

const EMPTY = 3n;

/** The tag word with two bits for each register, from the one bit that the CPU keeps (Intel SDM volume 1, table 10-2). */
function fullTag(xsave: Xsave): bigint {
  const top = (xsave.fsw >> 11) & 7;
  let tags = 0n;
  for (let physical = 0; physical < 8; physical++) {
    const at = 16 * ((physical - top) & 7);
    const value = valueOf(xsave.st.subarray(at, at + 10));
    const exponent = value >> 64n & 0x7fffn;
    const mantissa = value & 0xffff_ffff_ffff_ffffn;
    const kind = (xsave.ftw >> physical & 1) === 0
      ? EMPTY
      : exponent === 0n && mantissa === 0n
      ? 1n
      : exponent === 0n || exponent === 0x7fffn || mantissa >> 63n === 0n
      ? 2n
      : 0n;
    tags |= kind << BigInt(2 * physical);
  }
  return tags;
}

function shortTag(tags: bigint): number {
  let bits = 0;
  for (let physical = 0; physical < 8; physical++) {
    if ((tags >> BigInt(2 * physical) & 3n) !== EMPTY) bits |= 1 << physical;
  }
  return bits;
}

const low = (value: bigint) => value & 0xffff_ffffn;
const high = (value: bigint) => value >> 32n & 0xffffn;
const word = (value: bigint) => Number(value & 0xffffn);

/** The x87 unit's addresses are 64 bits wide; gdb has them as an offset of 32 and a segment of 16. */
const CONTROLS: readonly Register[] = [
  control("fctrl", (x) => BigInt(x.fcw), (x, value) => x.fcw = word(value)),
  control("fstat", (x) => BigInt(x.fsw), (x, value) => x.fsw = word(value)),
  control("ftag", fullTag, (x, value) => x.ftw = shortTag(value)),
  control(
    "fiseg",
    (x) => high(x.rip),
    (x, value) => x.rip = high(value << 32n) << 32n | low(x.rip),
  ),
  control("fioff", (x) => low(x.rip), (x, value) => x.rip = high(x.rip) << 32n | low(value)),
  control(
    "foseg",
    (x) => high(x.rdp),
    (x, value) => x.rdp = high(value << 32n) << 32n | low(x.rdp),
  ),
  control("fooff", (x) => low(x.rdp), (x, value) => x.rdp = high(x.rdp) << 32n | low(value)),
  control("fop", (x) => BigInt(x.fop), (x, value) => x.fop = word(value) & 0x7ff),
];

const mxcsr: Register = {
  name: "mxcsr",
  bits: 32,
  type: "i386_mxcsr",
  group: "vector",
  part: "xsave",
  read: ({ xsave }) => number(BigInt(xsave.mxcsr), 4),
  write: ({ xsave }, bytes) => {
    const value = Number(valueOf(bytes));
    // KVM refuses bits that the CPU does not have.
    if ((value & ~(xsave.mxcsrMask || 0xffbf)) !== 0) return false;
    xsave.mxcsr = value;
    xsave.xstateBv |= XSTATE_BITS.sse;
    return true;
  },
};

const each = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const FLAG_NAMES = [
  ...["CF", "", "PF", "", "AF", "", "ZF", "SF", "TF", "IF", "DF", "OF", "", "", "NT", ""],
  ...["RF", "VM", "AC", "VIF", "VIP", "ID"],
];
const MXCSR_NAMES = [
  ...["IE", "DE", "ZE", "OE", "UE", "PE", "DAZ", "IM", "DM", "ZM", "OM", "UM", "PM", "", "", "FZ"],
];

function flagsType(id: string, names: readonly string[]): string {
  const fields = names.map((name, bit) =>
    name === "" ? "" : `<field name="${name}" start="${bit}" end="${bit}"/>`
  );
  return `<flags id="${id}" size="4">${fields.join("")}</flags>`;
}

const CORE: Feature = {
  name: "org.gnu.gdb.i386.core",
  types: flagsType("i386_eflags", FLAG_NAMES),
  registers: [
    ...GENERAL.map(general),
    general("rip"),
    flags,
    ...SEGMENTS.map(selector),
    ...each(
      8,
      (i) =>
        slice(
          `st${i}`,
          80,
          "i387_ext",
          XSTATE_BITS.x87,
          ({ xsave }) => xsave.st.subarray(16 * i, 16 * i + 10),
        ),
    ),
    ...CONTROLS,
  ],
};

const SSE: Feature = {
  name: "org.gnu.gdb.i386.sse",
  types: [
    '<vector id="v4f" type="ieee_single" count="4"/><vector id="v2d" type="ieee_double" count="2"/>',
    '<vector id="v16i8" type="int8" count="16"/><vector id="v8i16" type="int16" count="8"/>',
    '<vector id="v4i32" type="int32" count="4"/><vector id="v2i64" type="int64" count="2"/>',
    '<union id="vec128"><field name="v4_float" type="v4f"/><field name="v2_double" type="v2d"/>',
    '<field name="v16_int8" type="v16i8"/><field name="v8_int16" type="v8i16"/>',
    '<field name="v4_int32" type="v4i32"/><field name="v2_int64" type="v2i64"/>',
    '<field name="uint128" type="uint128"/></union>',
    flagsType("i386_mxcsr", MXCSR_NAMES),
  ].join(""),
  registers: [
    ...each(
      16,
      (i) =>
        slice(
          `xmm${i}`,
          128,
          "vec128",
          XSTATE_BITS.sse,
          ({ xsave }) => xsave.xmm.subarray(16 * i, 16 * i + 16),
        ),
    ),
    mxcsr,
  ],
};

const BASES: Feature = {
  name: "org.gnu.gdb.i386.segments",
  types: "",
  registers: [base("fs"), base("gs")],
};

const NO_BYTES = new Uint8Array(16);

const AVX: Feature = {
  name: "org.gnu.gdb.i386.avx",
  types: "",
  registers: each(
    16,
    (i) =>
      slice(
        `ymm${i}h`,
        128,
        "uint128",
        XSTATE_BITS.avx,
        ({ ymmHigh }) => ymmHigh?.subarray(16 * i, 16 * i + 16) ?? NO_BYTES,
      ),
  ),
};

/** The registers that gdb is told of, numbered in the order of their description. */
export class RegisterSet {
  /** The description, for `qXfer:features:read:target.xml`. */
  readonly xml: string;
  readonly #registers: readonly Register[];

  /** @param hasAvx Whether the guest's CPU has YMM registers. */
  constructor(hasAvx: boolean) {
    const features = [CORE, SSE, BASES, ...(hasAvx ? [AVX] : [])];
    this.#registers = features.flatMap(({ registers }) => registers);
    this.xml = [
      '<?xml version="1.0"?>',
      '<!DOCTYPE target SYSTEM "gdb-target.dtd">',
      '<target version="1.0"><architecture>i386:x86-64</architecture>',
      ...features.map(describe),
      "</target>",
      "",
    ].join("\n");
  }

  /** How many registers there are. */
  get count(): number {
    return this.#registers.length;
  }

  /** How many bytes all of them take. */
  get size(): number {
    return this.#registers.reduce((sum, { bits }) => sum + bits / 8, 0);
  }

  /** The bytes of one register; undefined if there is none of this number. */
  read(state: RegisterState, index: number): Uint8Array | undefined {
    return this.#registers[index]?.read(state);
  }

  /** The bytes of all. */
  readAll(state: RegisterState): Uint8Array {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const register of this.#registers) {
      bytes.set(register.read(state), at);
      at += register.bits / 8;
    }
    return bytes;
  }

  /**
   * Changes one register of a state.
   *
   * @returns The part that was changed; undefined if the register cannot have this value.
   */
  write(state: RegisterState, index: number, bytes: Uint8Array): StatePart | undefined {
    const register = this.#registers[index];
    if (!register || bytes.length !== register.bits / 8) return undefined;
    return register.write(state, bytes) ? register.part : undefined;
  }

  /** The same for all: the parts that were changed; undefined if a register cannot have its value. */
  writeAll(state: RegisterState, bytes: Uint8Array): Set<StatePart> | undefined {
    if (bytes.length !== this.size) return undefined;
    const parts = new Set<StatePart>();
    let at = 0;
    for (const register of this.#registers) {
      const own = bytes.subarray(at, at += register.bits / 8);
      // Only what differs: gdb writes back all when it changes one.
      if (register.read(state).every((byte, i) => byte === own[i])) continue;
      if (!register.write(state, own)) return undefined;
      parts.add(register.part);
    }
    return parts;
  }
}

function describe({ name, types, registers }: Feature): string {
  const lines = registers.map(({ name, bits, type, group }) =>
    `<reg name="${name}" bitsize="${bits}" type="${type}"${group ? ` group="${group}"` : ""}/>`
  );
  return `<feature name="${name}">${types}\n${lines.join("\n")}\n</feature>`;
}
