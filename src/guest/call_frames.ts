/** Who called the code at an address: call frame information, as `.debug_frame` and `.eh_frame` have it (DWARF 5, 6.4). */

import { ByteReader, FormatError } from "./byte_reader.ts";

/** General registers by DWARF's numbers, and the instruction pointer behind them; undefined where nobody knows. */
export type FrameRegisters = (bigint | undefined)[];

/** DWARF's numbers (System V ABI for x86_64, figure 3.36). */
export const FRAME_REGISTER = { rbx: 3, rbp: 6, rsp: 7, r12: 12, rip: 16 } as const;
/** How many there are. */
export const FRAME_REGISTERS = 17;

/** Reads 64 bits of the guest's memory. */
export type ReadWord = (address: bigint) => bigint | undefined;

/** A section and the address for which it was linked. */
export interface FrameSection {
  readonly bytes: Uint8Array;
  readonly address: number;
  /** Whether it is `.eh_frame`, whose form differs in details. */
  readonly isEhFrame: boolean;
}

/** How many functions are told apart. */
const MAX_FUNCTIONS = 131_072;
/** How many bytes of instructions a function may have, and functions in common: compilers write some tens. */
const MAX_INSTRUCTIONS = 8192;
/** A longer name of an augmentation is unknown. */
const MAX_AUGMENTATION = 16;
/** How many times a function may remember its rules before it forgets one. */
const MAX_REMEMBERED = 64;

const CFA = {
  nop: 0x00,
  setLoc: 0x01,
  advanceLoc1: 0x02,
  advanceLoc2: 0x03,
  advanceLoc4: 0x04,
  offsetExtended: 0x05,
  restoreExtended: 0x06,
  undefined: 0x07,
  sameValue: 0x08,
  register: 0x09,
  rememberState: 0x0a,
  restoreState: 0x0b,
  defCfa: 0x0c,
  defCfaRegister: 0x0d,
  defCfaOffset: 0x0e,
  defCfaExpression: 0x0f,
  expression: 0x10,
  offsetExtendedSf: 0x11,
  defCfaSf: 0x12,
  defCfaOffsetSf: 0x13,
  valOffset: 0x14,
  valOffsetSf: 0x15,
  valExpression: 0x16,
  argsSize: 0x2e,
} as const;
const CFA_ADVANCE = 1;
const CFA_OFFSET = 2;
const CFA_RESTORE = 3;

/** Where the caller's value of a register is; what is not here the caller has as it is. */
type Rule =
  /** At an offset from the frame's address. */
  | { readonly type: "saved"; readonly offset: number }
  /** It is the frame's address and an offset. */
  | { readonly type: "address"; readonly offset: number }
  | { readonly type: "register"; readonly register: number }
  | { readonly type: "unknown" };

interface Rules {
  /** The register and offset that the frame's address is; undefined where an expression says it. */
  readonly frame: { readonly register: number; readonly offset: number } | undefined;
  readonly registers: ReadonlyMap<number, Rule>;
}

/** What functions have in common (CIE). */
interface Common {
  readonly codeUnit: number;
  readonly dataUnit: number;
  readonly returnRegister: number;
  readonly pointerEncoding: number;
  readonly hasAugmentation: boolean;
  readonly isSignal: boolean;
  readonly instructions: ByteReader;
}

/** A function (FDE). */
interface FrameFunction {
  readonly start: number;
  readonly end: number;
  readonly common: Common;
  /** Where its instructions are. */
  readonly from: number;
  readonly to: number;
  readonly section: Uint8Array;
}

/** A caller's registers. */
export interface Caller {
  readonly registers: FrameRegisters;
  /** Whether the function was not called but interrupted where the caller is, as by an exception. */
  readonly isInterrupted: boolean;
}

/** The call frame information of a file. It says what the code at an address did to the stack and the registers. */
export class CallFrames {
  readonly #functions: FrameFunction[] = [];

  /** Finds the functions in the sections. What breaks the format ends its section. */
  constructor(sections: readonly FrameSection[]) {
    for (const section of sections) {
      try {
        this.#read(section);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
      }
    }
    this.#functions.sort((a, b) => a.start - b.start);
  }

  /**
   * The registers of the caller.
   *
   * @param address The instruction, as the file was linked: for a caller, that of the call.
   * @returns Undefined where the sections do not know, or the frame's address is lost.
   */
  callerOf(address: number, registers: FrameRegisters, read: ReadWord): Caller | undefined {
    const found = this.#functionAt(address);
    if (!found) return undefined;
    let rules: Rules;
    try {
      rules = rulesAt(found, address);
    } catch (error) {
      if (error instanceof FormatError) return undefined;
      throw error;
    }
    const base = rules.frame && registers[rules.frame.register];
    if (!rules.frame || base === undefined) return undefined;
    const frame = BigInt.asUintN(64, base + BigInt(rules.frame.offset));
    const caller: FrameRegisters = [...registers];
    // What is not said otherwise: the frame's address is the stack pointer before the call.
    caller[FRAME_REGISTER.rsp] = frame;
    for (const [register, rule] of rules.registers) {
      if (register >= FRAME_REGISTERS) continue;
      caller[register] = valueOf(rule, frame, registers, read);
    }
    const { returnRegister, isSignal } = found.common;
    caller[FRAME_REGISTER.rip] = rules.registers.has(returnRegister)
      ? caller[returnRegister]
      : undefined;
    return { registers: caller, isInterrupted: isSignal };
  }

  #functionAt(address: number): FrameFunction | undefined {
    const functions = this.#functions;
    let low = 0;
    let high = functions.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((functions[middle] as FrameFunction).start <= address) low = middle + 1;
      else high = middle;
    }
    const found = functions[low - 1];
    return found && address < found.end ? found : undefined;
  }

  #read({ bytes, address, isEhFrame }: FrameSection): void {
    const reader = new ByteReader(bytes);
    const known = new Map<number, Common | undefined>();
    const commonAt = (at: number) => {
      if (!known.has(at)) known.set(at, readCommon(bytes, at, isEhFrame));
      return known.get(at);
    };
    while (reader.hasMore && this.#functions.length < MAX_FUNCTIONS) {
      let size = reader.u32();
      if (size === 0) {
        // The end of .eh_frame, and padding elsewhere.
        continue;
      }
      const offsetSize = size === 0xffff_ffff ? 8 : 4;
      if (offsetSize === 8) size = reader.u64();
      const entry = reader.part(size);
      const idAt = entry.at;
      const id = entry.unsigned(isEhFrame ? 4 : offsetSize);
      const isCommon = isEhFrame ? id === 0 : id === (offsetSize === 8 ? 2 ** 53 : 0xffff_ffff);
      if (isCommon) continue;
      const common = commonAt(isEhFrame ? idAt - id : id);
      if (!common) continue;
      const start = readPointer(entry, common.pointerEncoding, address);
      // The length has the form of an address that is counted from nowhere.
      const length = readPointer(entry, common.pointerEncoding & 0x0f, address);
      if (common.hasAugmentation) entry.skip(entry.uleb());
      // What the linker left out lies at 0.
      if (start === 0 || !(length > 0)) continue;
      this.#functions.push({
        start,
        end: start + length,
        common,
        from: entry.at,
        to: entry.end,
        section: bytes,
      });
    }
  }
}

function readCommon(bytes: Uint8Array, at: number, isEhFrame: boolean): Common | undefined {
  const reader = new ByteReader(bytes, at);
  const first = reader.u32();
  const isLong = first === 0xffff_ffff;
  const entry = reader.part(isLong ? reader.u64() : first);
  const id = entry.unsigned(isLong && !isEhFrame ? 8 : 4);
  if (isEhFrame ? id !== 0 : id !== (isLong ? 2 ** 53 : 0xffff_ffff)) return undefined;
  const version = entry.u8();
  if (![1, 3, 4].includes(version)) return undefined;
  const augmentation = entry.text(MAX_AUGMENTATION);
  if (version === 4) {
    const addressSize = entry.u8();
    const segmentSize = entry.u8();
    if (addressSize !== 8 || segmentSize !== 0) return undefined;
  }
  const codeUnit = entry.uleb();
  const dataUnit = entry.sleb();
  const returnRegister = version === 1 ? entry.u8() : entry.uleb();
  let pointerEncoding = 0;
  let isSignal = false;
  const hasAugmentation = augmentation.startsWith("z");
  if (hasAugmentation) {
    const data = entry.part(entry.uleb());
    for (const letter of augmentation.slice(1)) {
      if (letter === "R") pointerEncoding = data.u8();
      else if (letter === "P") readPointer(data, data.u8(), 0);
      else if (letter === "L") data.u8();
      else if (letter === "S") isSignal = true;
      else return undefined;
    }
  } else if (augmentation !== "") return undefined;
  return {
    codeUnit,
    dataUnit,
    returnRegister,
    pointerEncoding,
    hasAugmentation,
    isSignal,
    instructions: entry,
  };
}

const ENCODING_PC_RELATIVE = 0x10;

/** A pointer in one of the forms that `.eh_frame` has for them; the plain one is an address of 8 bytes. */
function readPointer(reader: ByteReader, encoding: number, sectionAddress: number): number {
  const at = sectionAddress + reader.at;
  const read: Record<number, () => number> = {
    0x00: () => reader.u64(),
    0x01: () => reader.uleb(),
    0x02: () => reader.u16(),
    0x03: () => reader.u32(),
    0x04: () => reader.u64(),
    0x09: () => reader.sleb(),
    0x0a: () => reader.i16(),
    0x0b: () => reader.i32(),
    0x0c: () => reader.i64(),
  };
  const value = read[encoding & 0x0f]?.();
  const base = encoding & 0x70;
  if (value === undefined || (base !== 0 && base !== ENCODING_PC_RELATIVE)) {
    throw new FormatError(`pointer encoding ${encoding}`);
  }
  return base === ENCODING_PC_RELATIVE ? at + value : value;
}

/** The rules at an address: the instructions up to it, first those that functions have in common. */
function rulesAt({ common, from, to, section, start }: FrameFunction, address: number): Rules {
  const { at, end } = common.instructions;
  if (Math.max(end - at, to - from) > MAX_INSTRUCTIONS) throw new FormatError("too long");
  const initial: Rules = { frame: undefined, registers: new Map() };
  const before = run(new ByteReader(section, at, end), common, initial, initial, 0, Infinity);
  return run(new ByteReader(section, from, to), common, before, before, start, address);
}

function run(
  reader: ByteReader,
  { codeUnit, dataUnit, pointerEncoding }: Common,
  begin: Rules,
  initial: Rules,
  start: number,
  address: number,
): Rules {
  let frame = begin.frame;
  let registers = new Map(begin.registers);
  const remembered: Rules[] = [];
  let location = start;
  const set = (register: number, rule: Rule) => {
    // Vector registers are of no use here, and numbers may be any.
    if (register < FRAME_REGISTERS) registers.set(register, rule);
  };
  const restore = (register: number) => {
    const rule = initial.registers.get(register);
    if (rule) registers.set(register, rule);
    else registers.delete(register);
  };
  const withFrame = (part: Partial<NonNullable<Rules["frame"]>>) => {
    frame = { register: FRAME_REGISTER.rsp, offset: 0, ...frame, ...part };
  };
  while (reader.hasMore) {
    const opcode = reader.u8();
    const low = opcode & 0x3f;
    switch (opcode >>> 6) {
      case CFA_ADVANCE:
        location += low * codeUnit;
        if (location > address) return { frame, registers };
        continue;
      case CFA_OFFSET:
        set(low, { type: "saved", offset: reader.uleb() * dataUnit });
        continue;
      case CFA_RESTORE:
        restore(low);
        continue;
    }
    switch (opcode) {
      case CFA.nop:
        break;
      case CFA.setLoc:
        location = readPointer(reader, pointerEncoding & 0x0f, 0);
        break;
      case CFA.advanceLoc1:
        location += reader.u8() * codeUnit;
        break;
      case CFA.advanceLoc2:
        location += reader.u16() * codeUnit;
        break;
      case CFA.advanceLoc4:
        location += reader.u32() * codeUnit;
        break;
      case CFA.offsetExtended:
        set(reader.uleb(), { type: "saved", offset: reader.uleb() * dataUnit });
        break;
      case CFA.offsetExtendedSf:
        set(reader.uleb(), { type: "saved", offset: reader.sleb() * dataUnit });
        break;
      case CFA.restoreExtended:
        restore(reader.uleb());
        break;
      case CFA.undefined:
        set(reader.uleb(), { type: "unknown" });
        break;
      case CFA.sameValue:
        registers.delete(reader.uleb());
        break;
      case CFA.register:
        set(reader.uleb(), { type: "register", register: reader.uleb() });
        break;
      case CFA.rememberState:
        if (remembered.length === MAX_REMEMBERED) throw new FormatError("remembers too much");
        remembered.push({ frame, registers: new Map(registers) });
        break;
      case CFA.restoreState: {
        const state = remembered.pop();
        if (!state) throw new FormatError("remembers nothing");
        frame = state.frame;
        registers = new Map(state.registers);
        break;
      }
      case CFA.defCfa:
        frame = { register: reader.uleb(), offset: reader.uleb() };
        break;
      case CFA.defCfaSf:
        frame = { register: reader.uleb(), offset: reader.sleb() * dataUnit };
        break;
      case CFA.defCfaRegister:
        withFrame({ register: reader.uleb() });
        break;
      case CFA.defCfaOffset:
        withFrame({ offset: reader.uleb() });
        break;
      case CFA.defCfaOffsetSf:
        withFrame({ offset: reader.sleb() * dataUnit });
        break;
      case CFA.defCfaExpression:
        reader.skip(reader.uleb());
        frame = undefined;
        break;
      case CFA.valOffset:
        set(reader.uleb(), { type: "address", offset: reader.uleb() * dataUnit });
        break;
      case CFA.valOffsetSf:
        set(reader.uleb(), { type: "address", offset: reader.sleb() * dataUnit });
        break;
      case CFA.expression:
      case CFA.valExpression:
        set(reader.uleb(), { type: "unknown" });
        reader.skip(reader.uleb());
        break;
      case CFA.argsSize:
        reader.uleb();
        break;
      default:
        throw new FormatError(`instruction ${opcode}`);
    }
    if (location > address) return { frame, registers };
  }
  return { frame, registers };
}

function valueOf(
  rule: Rule,
  frame: bigint,
  registers: FrameRegisters,
  read: ReadWord,
): bigint | undefined {
  switch (rule.type) {
    case "saved":
      return read(BigInt.asUintN(64, frame + BigInt(rule.offset)));
    case "address":
      return BigInt.asUintN(64, frame + BigInt(rule.offset));
    case "register":
      return registers[rule.register];
    case "unknown":
      return undefined;
  }
}
