/** What a crash looks like to people: the function and the line, who called it, and a report with the rest. */

import { setReport, VmletError } from "../ffi/mod.ts";
import { type Frame, type WalkedGuest, walkStack } from "../guest/backtrace.ts";
import { FRAME_REGISTER, FRAME_REGISTERS, type FrameRegisters } from "../guest/call_frames.ts";
import type { FunctionPlace } from "../guest/symbols.ts";
import type { SourceLine } from "../guest/line_table.ts";
import type { GuestException } from "../guest/ring3.ts";
import type { Regs } from "../kvm/mod.ts";
import { hexDigits } from "../kvm/struct.ts";
import { isPortInstruction, MAX_INSTRUCTION } from "./faults.ts";
import type { LoadedGuest } from "./guest_file.ts";
import type { GuestRegisters } from "./stopped.ts";

/** Vectors whose exception points behind the instruction: debug, breakpoint, overflow (Intel SDM volume 3, 6.5). */
const TRAPS: readonly (number | undefined)[] = [1, 3, 4];

/** How many bytes at the instruction a report shows. */
const CODE_SIZE = 16;

/** General registers by DWARF's numbers. */
const NAMES = [
  ...["rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp"],
  ...["r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip"],
] as const;

/** The order in which a report shows them. */
const SHOWN = [
  ...["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"],
  ...["r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "rip"],
] as const satisfies readonly (typeof NAMES[number])[];

/** A frame in words. */
interface NamedFrame {
  readonly frame: Frame;
  readonly place: FunctionPlace | undefined;
  readonly line: SourceLine | undefined;
}

/** What a report tells of a guest. */
interface Sight {
  readonly frames: readonly NamedFrame[];
  /** Those of the innermost frame. */
  readonly registers: FrameRegisters;
  readonly flags: bigint | undefined;
  /** What stands at its instruction. */
  readonly bytes: Uint8Array;
}

/** A guest that has stopped in the middle of a call. */
export interface Crash {
  readonly error: VmletError;
  readonly code: Pick<LoadedGuest, "image" | "symbols">;
  readonly stopped: GuestRegisters;
  /** The exception that the guest's own handler reported, if it did. */
  readonly reported: GuestException | undefined;
  /** Reads the guest's memory by its own addresses; fewer bytes where it ends. */
  read(address: bigint, length: number): Uint8Array;
}

/**
 * The error of a crash as people want it: its message says in which function and line that was and who called it, and
 * `report()` has the rest. Without symbols the message stays as it is.
 */
export function explained(crash: Crash): VmletError {
  const sight = look(crash);
  const explanation = withPlace(crash.error, sight.frames);
  setReport(explanation, () => reportOf(explanation, sight));
  return explanation;
}

/**
 * Gives an error whose message says nothing of where the guest was its report, for which the guest is looked at when
 * somebody asks: who ends a call waits for its end, and seldom wants to know where the guest was.
 *
 * @param find What there is to look at; if there is nothing any more, or KVM refuses, the report is the message.
 * @returns Looks at the guest, unless that was done: to be called before the guest changes.
 */
export function explainLater(error: VmletError, find: () => Crash | undefined): () => void {
  let isDone = false;
  let sight: Sight | undefined;
  const lookNow = (): void => {
    if (isDone) return;
    isDone = true;
    try {
      const crash = find();
      sight = crash && look(crash);
    } catch (failure) {
      if (!(failure instanceof VmletError)) throw failure;
    }
  };
  setReport(error, () => {
    lookNow();
    return sight ? reportOf(error, sight) : error.message;
  });
  return lookNow;
}

/** Reads of the guest what a report tells of it. */
function look(crash: Crash): Sight {
  const { read, code, stopped: { regs } } = crash;
  const { image, symbols } = code;
  const guest = walkedGuest(code, read);
  const frames = framesOf(crash, guest);
  const lines = symbols?.linesAt(frames.map(({ busyAt }) => Number(busyAt) - image.moved));
  const named = frames.map((frame): NamedFrame => {
    const linked = Number(frame.busyAt) - image.moved;
    const place = symbols?.functionAt(linked);
    // What was not called is shown with the instruction itself.
    const behind = Number(frame.address - frame.busyAt);
    return {
      frame,
      place: place && { ...place, offset: place.offset + behind },
      line: lines?.get(linked),
    };
  });
  const [first] = frames;
  return {
    frames: named,
    registers: first?.registers ?? [],
    flags: crash.reported ? undefined : regs.rflags,
    bytes: first ? guest.read(first.address, CODE_SIZE) : new Uint8Array(0),
  };
}

/** What a walk of the stack needs of a guest. `read` gives fewer bytes where its memory ends. */
export function walkedGuest(
  { image, symbols }: Pick<LoadedGuest, "image" | "symbols">,
  read: (address: bigint, length: number) => Uint8Array,
): WalkedGuest {
  return {
    read,
    isCode: (address) =>
      address >= BigInt(image.address) && address < BigInt(image.address + image.size),
    symbols,
    moved: image.moved,
  };
}

/** The registers of a guest for a walk of its stack. */
export function generalRegisters(regs: Regs): FrameRegisters {
  return NAMES.map((name) => regs[name]);
}

function framesOf({ error, stopped: { regs }, reported }: Crash, guest: WalkedGuest): Frame[] {
  const { vector, access, port } = error;
  const isTrap = TRAPS.includes(vector);
  const registers = generalRegisters(regs);
  if (!reported) {
    // What KVM emulates up to a write that nobody takes is behind it, and some of what writes to a port.
    const isEmulated = vector === undefined &&
      (access === "write" ||
        port !== undefined && !isPortInstruction(guest.read(regs.rip, MAX_INSTRUCTION)));
    return walkStack(guest, registers, isTrap || isEmulated);
  }
  // The guest's handler runs: it was interrupted where the exception was, if what it says of its frames is so.
  const handler = walkStack(guest, registers, false);
  const interrupted = handler.find(({ address }) => address === reported.rip)?.registers;
  const known: FrameRegisters = new Array(FRAME_REGISTERS).fill(undefined);
  known[FRAME_REGISTER.rip] = reported.rip;
  known[FRAME_REGISTER.rsp] = reported.rsp;
  return walkStack(guest, interrupted ?? known, isTrap);
}

/** What the kit's macro calls the function around an exported one. */
export const EXPORT_PREFIX = "vmlet_invoke_";

/** The longest name of a file in a message. */
const MAX_FILE_NAME = 100;

/** The error with the functions in place of the instruction's address. */
function withPlace(error: VmletError, frames: readonly NamedFrame[]): VmletError {
  const { code, message, rip, cause } = error;
  const [first, second] = frames;
  if (!first || rip === undefined) return error;
  const isExport = ({ place }: NamedFrame) => place?.name.startsWith(EXPORT_PREFIX) === true;
  // Behind the exported function there is the kit alone.
  const isInner = second !== undefined && !isExport(first) && !isExport(second);
  const where = [
    ...(first.place ? [`in ${shortPlace(first)}`] : []),
    ...(second?.place && (isInner || !first.place) ? [`called from ${shortPlace(second)}`] : []),
  ].join(", ");
  const instruction = `at instruction ${hex(rip)}`;
  if (where === "" || !message.includes(instruction)) return error;
  return new VmletError(code, message.replace(instruction, () => where), {
    ...factsOf(error),
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The fields of an error that say something of the guest. */
function factsOf(error: VmletError): object {
  const { name: _, code: __, ...facts } = error;
  return facts;
}

function shortPlace({ place, line }: NamedFrame): string {
  const name = place?.name.replace(EXPORT_PREFIX, "") ?? "code without a name";
  const file = line?.file.split("/").at(-1)?.slice(0, MAX_FILE_NAME);
  return line ? `${name} (${file}:${line.line})` : name;
}

function reportOf(error: VmletError, { frames, registers, flags, bytes }: Sight): string {
  const lines = [error.message, ""];
  frames.forEach(({ frame, place, line }, i) => {
    const name = place ? ` in ${place.name}+${hex(place.offset)}` : "";
    const column = line && line.column > 0 ? `:${line.column}` : "";
    const source = line ? ` (${line.file}:${line.line}${column})` : "";
    lines.push(`#${String(i).padEnd(3)} ${word(frame.address)}${name}${source}`);
  });
  lines.push("");
  for (let i = 0; i < SHOWN.length; i += 4) {
    const shown = SHOWN.slice(i, i + 4).map((name) => {
      const value = registers[NAMES.indexOf(name)];
      return `${name.padEnd(3)} ${value === undefined ? "unknown".padEnd(18) : word(value)}`;
    });
    lines.push(shown.join("  ").trimEnd());
  }
  if (flags !== undefined) lines.push(`flags ${hex(flags)}`);
  const digits = hexDigits(bytes, " ");
  lines.push("", `code at rip: ${digits === "" ? "nothing is mapped there" : digits}`);
  if (error.coreDump !== undefined) lines.push(`core dump: ${error.coreDump}`);
  return `${lines.join("\n")}\n`;
}

const hex = (value: bigint | number) => `0x${value.toString(16)}`;
const word = (value: bigint) => `0x${value.toString(16).padStart(16, "0")}`;
