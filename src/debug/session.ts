/** One conversation with gdb: what each of its packets asks for and what it is answered. No sockets, no KVM. */

import {
  ACKNOWLEDGED,
  type Arrival,
  encodePacket,
  fromHex,
  MAX_PACKET,
  parseNumber,
  SEND_AGAIN,
  text,
  toHex,
} from "./packet.ts";
import type { RegisterSet, RegisterState, StatePart } from "./registers.ts";

/** What a breakpoint or a watchpoint waits for, by gdb's numbers. */
export const KIND = { software: 0, hardware: 1, write: 2, read: 3, access: 4 } as const;
/** One of {@linkcode KIND}. */
export type BreakpointKind = typeof KIND[keyof typeof KIND];

/** The signals by which gdb is told why a guest stopped, by gdb's own numbers. */
export const SIGNAL = {
  interrupt: 2,
  illegal: 4,
  trap: 5,
  abort: 6,
  arithmetic: 8,
  kill: 9,
  bus: 10,
  segment: 11,
} as const;

/** Why a guest stopped. */
export interface Stop {
  /** One of {@linkcode SIGNAL}. */
  readonly signal: number;
  /** Which kind of breakpoint it was, if it was one. */
  readonly breakpoint?: "software" | "hardware";
  /** The watchpoint that was hit: its kind and the address. */
  readonly watchpoint?: {
    readonly kind: "write" | "read" | "access";
    readonly address: bigint;
  };
  /** The guest has crashed: it can be looked at, and nothing else. */
  readonly crash?: string;
}

/** How gdb wants a stopped guest to go on. */
export type Resume =
  | { readonly type: "continue" }
  /** One instruction, or with a range all up to the first outside of it. */
  | { readonly type: "step"; readonly range?: readonly [from: bigint, to: bigint] }
  /** Without a debugger. */
  | { readonly type: "detach" }
  /** Not at all. */
  | { readonly type: "kill" };

/** The stopped guest, as gdb's packets can ask for it. */
export interface Target {
  /** Its registers' names and places. */
  readonly registers: RegisterSet;
  /** The registers' values, until the guest goes on. Changes count when {@linkcode commit} was called. */
  state(): RegisterState;
  /** Gives the guest a changed part of the state. */
  commit(part: StatePart): void;
  /** Reads memory by the guest's own addresses, up to the first byte that is not mapped. */
  readMemory(address: bigint, length: number): Uint8Array;
  /** Writes memory, whatever the guest itself may do there; false if not all of it is mapped. */
  writeMemory(address: bigint, bytes: Uint8Array): boolean;
  /** Sets a breakpoint: false if it cannot be, undefined if none of its kind can. */
  insert(kind: BreakpointKind, address: bigint, length: number): boolean | undefined;
  /** Takes one away; it need not be there. */
  remove(kind: BreakpointKind, address: bigint, length: number): void;
  /** What the guest's addresses hold, as a memory map in XML. */
  memoryMap(): string;
  /** The path of the guest's file, if it has one. */
  readonly execFile: string | undefined;
  /** Where the file's first segment lies in the guest. */
  readonly firstSegment: bigint;
  /** What cannot be done here, in lines for the user; empty if all can. */
  readonly limits: string;
  /** Answers a command of `monitor`; undefined if there is none of this name. */
  monitor(command: string): string | undefined;
}

const OK = "OK";
/** Errors by Linux's numbers, which is what gdb shows. */
const ERROR = {
  notAllowed: "E01",
  failed: "E05",
  notMapped: "E0e",
  invalid: "E16",
  noRoom: "E1c",
} as const;
/** What gdb takes for "no such packet here". */
const UNSUPPORTED = "";

/** The most bytes that fit into one packet in hexadecimal digits. */
const MAX_MEMORY = MAX_PACKET / 2;

/** The answer to a packet, if it gets one, and what becomes of the guest. */
interface Answer {
  readonly reply?: string | Uint8Array;
  readonly resume?: Resume;
}

const answer = (reply: string | Uint8Array): Answer => ({ reply });

/** A conversation. It begins with a stopped guest. */
export class Session {
  readonly #target: Target;
  readonly #send: (bytes: Uint8Array) => void;
  #stop: Stop;
  #acknowledges = true;
  /** Whether gdb tells software and hardware breakpoints apart. */
  #knowsKinds = { software: false, hardware: false };
  /** Whether gdb waits to be told that the guest has stopped. */
  #isWaiting = false;
  #hasToldLimits = false;
  #last: Uint8Array | undefined;

  constructor(target: Target, send: (bytes: Uint8Array) => void, stop: Stop) {
    this.#target = target;
    this.#send = send;
    this.#stop = stop;
  }

  /** Whether gdb waits for the guest to stop. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Says that the guest has stopped. */
  stopped(stop: Stop): void {
    this.#stop = stop;
    if (!this.#isWaiting) return;
    if (stop.crash !== undefined) this.#print(`The guest has crashed. ${stop.crash}\n`);
    this.#isWaiting = false;
    this.#reply(this.#stopReply());
  }

  /** Says that the guest is no more. */
  exited(): void {
    if (this.#isWaiting) this.#reply("W00");
    this.#isWaiting = false;
  }

  /** Handles what arrived while the guest was stopped; returns how it is to go on, if it is. */
  handle(arrival: Arrival): Resume | undefined {
    switch (arrival.type) {
      case "broken":
        if (this.#acknowledges) this.#send(SEND_AGAIN);
        return undefined;
      case "again":
        if (this.#acknowledges && this.#last) this.#send(this.#last);
        return undefined;
      case "packet":
        break;
      default:
        // An interrupt of a guest that has stopped already, or an acknowledgement.
        return undefined;
    }
    if (this.#acknowledges) this.#send(ACKNOWLEDGED);
    let made: Answer;
    try {
      made = this.#answer(arrival.data);
    } catch {
      // KVM refused, or memory is gone: gdb may try something else.
      made = answer(ERROR.failed);
    }
    const { reply, resume } = made;
    if (reply !== undefined) this.#reply(reply);
    if (resume?.type === "continue" || resume?.type === "step") {
      this.#isWaiting = true;
      this.#tellLimits();
    }
    return resume;
  }

  #reply(data: string | Uint8Array): void {
    this.#send(this.#last = encodePacket(typeof data === "string" ? text(data) : data));
  }

  /** Writes to gdb's console. gdb takes that only while it waits for the guest or for a `monitor` command. */
  #print(line: string): void {
    const bytes = text(line);
    for (let at = 0; at < bytes.length; at += MAX_MEMORY - 1) {
      this.#reply(`O${toHex(bytes.subarray(at, at + MAX_MEMORY - 1))}`);
    }
  }

  #tellLimits(): void {
    if (this.#hasToldLimits) return;
    this.#hasToldLimits = true;
    if (this.#target.limits !== "") this.#print(this.#target.limits);
  }

  #stopReply(): string {
    const { signal, breakpoint, watchpoint } = this.#stop;
    const names = { write: "watch", read: "rwatch", access: "awatch" } as const;
    const reasons = [
      watchpoint ? `${names[watchpoint.kind]}:${watchpoint.address.toString(16)};` : "",
      breakpoint === "software" && this.#knowsKinds.software ? "swbreak:;" : "",
      breakpoint === "hardware" && this.#knowsKinds.hardware ? "hwbreak:;" : "",
    ];
    return `T${signal.toString(16).padStart(2, "0")}${reasons.join("")}thread:1;`;
  }

  #answer(data: Uint8Array): Answer {
    // Names and numbers are ASCII; what `X` carries is read from the bytes.
    const packet = new TextDecoder("latin1").decode(data);
    const rest = packet.slice(1);
    const isCrashed = this.#stop.crash !== undefined;
    switch (packet[0]) {
      case "?":
        return answer(this.#stopReply());
      case "g":
        return answer(toHex(this.#target.registers.readAll(this.#target.state())));
      case "G":
        return answer(isCrashed ? ERROR.notAllowed : this.#writeAll(rest));
      case "p":
        return answer(this.#readRegister(rest));
      case "P":
        return answer(isCrashed ? ERROR.notAllowed : this.#writeRegister(rest));
      case "m":
        return answer(this.#readMemory(rest));
      case "M":
        return answer(isCrashed ? ERROR.notAllowed : this.#writeMemory(rest, fromHex));
      case "X": {
        const at = packet.indexOf(":") + 1;
        const bytes = () => at === 0 ? undefined : data.subarray(at);
        return answer(isCrashed ? ERROR.notAllowed : this.#writeMemory(rest, bytes));
      }
      case "Z":
        return answer(isCrashed ? ERROR.notAllowed : this.#breakpoint(rest, true));
      case "z":
        return answer(this.#breakpoint(rest, false));
      case "c":
      case "s":
        return this.#resume(packet.charAt(0), rest);
      case "C":
      case "S":
        // The signal means nothing to a guest.
        return this.#resume(packet.charAt(0).toLowerCase(), rest.split(";")[1] ?? "");
      case "D":
        return { reply: OK, resume: { type: "detach" } };
      case "k":
        return { resume: { type: "kill" } };
      case "H":
        return answer(OK);
      case "T":
        return answer(parseNumber(rest) === 1n ? OK : ERROR.invalid);
      case "v":
        return this.#verbose(rest);
      case "q":
      case "Q":
        return answer(this.#query(packet));
      default:
        return answer(UNSUPPORTED);
    }
  }

  #readRegister(digits: string): string {
    const index = parseNumber(digits);
    const { registers } = this.#target;
    if (index === undefined || index >= registers.count) return ERROR.invalid;
    const bytes = registers.read(this.#target.state(), Number(index));
    return bytes ? toHex(bytes) : ERROR.invalid;
  }

  #writeRegister(rest: string): string {
    const [digits = "", value = ""] = rest.split("=");
    const index = parseNumber(digits);
    const bytes = fromHex(value);
    const { registers } = this.#target;
    if (index === undefined || index >= registers.count || !bytes) return ERROR.invalid;
    const part = registers.write(this.#target.state(), Number(index), bytes);
    if (part === undefined) return ERROR.invalid;
    this.#target.commit(part);
    return OK;
  }

  #writeAll(digits: string): string {
    const bytes = fromHex(digits);
    if (!bytes) return ERROR.invalid;
    const parts = this.#target.registers.writeAll(this.#target.state(), bytes);
    if (!parts) return ERROR.invalid;
    for (const part of parts) this.#target.commit(part);
    return OK;
  }

  #readMemory(rest: string): string {
    const [address, length] = range(rest);
    if (address === undefined || length === undefined) return ERROR.invalid;
    if (length === 0n) return "";
    const most = Number(length > MAX_MEMORY ? BigInt(MAX_MEMORY) : length);
    const bytes = this.#target.readMemory(address, most);
    // What can be read is worth more than an error; gdb asks again for the rest.
    return bytes.length === 0 ? ERROR.notMapped : toHex(bytes);
  }

  #writeMemory(rest: string, content: (text: string) => Uint8Array | undefined): string {
    const colon = rest.indexOf(":");
    const [address, length] = range(colon < 0 ? rest : rest.slice(0, colon));
    const bytes = colon < 0 ? undefined : content(rest.slice(colon + 1));
    if (address === undefined || !bytes || BigInt(bytes.length) !== length) return ERROR.invalid;
    // gdb asks in this way whether there is an `X`.
    if (bytes.length === 0) return OK;
    return this.#target.writeMemory(address, bytes) ? OK : ERROR.notMapped;
  }

  #breakpoint(rest: string, isInserted: boolean): string {
    // Conditions and commands that gdb would have run here come after a semicolon; they were not announced.
    const [, digit = "", place = ""] = /^([0-4]),([^;]*)$/.exec(rest) ?? [];
    const [address, length] = range(place);
    if (address === undefined || length === undefined || length > 0x1000n) {
      return digit === "" ? UNSUPPORTED : ERROR.invalid;
    }
    const kind = Number(digit) as BreakpointKind;
    if (!isInserted) {
      this.#target.remove(kind, address, Number(length));
      return OK;
    }
    const done = this.#target.insert(kind, address, Number(length));
    return done === undefined ? UNSUPPORTED : done ? OK : ERROR.noRoom;
  }

  /** Continues or steps, from another address if one is given. */
  #resume(action: string, address: string, steps?: readonly [bigint, bigint]): Answer {
    if (this.#stop.crash !== undefined) {
      // gdb takes the guest for running, so it has to stop again.
      this.#print(
        "The guest has crashed and cannot go on: detach, and its call ends with an error\n",
      );
      return answer(this.#stopReply());
    }
    if (address !== "") {
      const rip = parseNumber(address);
      if (rip === undefined) return answer(ERROR.invalid);
      this.#target.state().regs.rip = rip;
      this.#target.commit("regs");
    }
    if (action === "c") return { resume: { type: "continue" } };
    return { resume: steps ? { type: "step", range: steps } : { type: "step" } };
  }

  #verbose(packet: string): Answer {
    if (packet === "Cont?") return answer("vCont;c;C;s;S;r");
    if (packet.startsWith("Cont;")) return this.#resumeThreads(packet.slice("Cont;".length));
    if (packet.startsWith("Kill;")) return { reply: OK, resume: { type: "kill" } };
    if (packet === "CtrlC") return answer(OK);
    return answer(UNSUPPORTED);
  }

  /** `vCont`: the first action counts, since there is one thread. */
  #resumeThreads(actions: string): Answer {
    const [, action = "", from = "", to = ""] =
      /^(c|s|C[\da-f]{2}|S[\da-f]{2}|r([\da-f]{1,16}),([\da-f]{1,16}))(?:[:;]|$)/i.exec(actions) ??
        [];
    switch (action.charAt(0)) {
      case "c":
      case "C":
        return this.#resume("c", "");
      case "s":
      case "S":
        return this.#resume("s", "");
      case "r":
        return this.#resume("s", "", [BigInt(`0x${from}`), BigInt(`0x${to}`)]);
      default:
        return answer(ERROR.invalid);
    }
  }

  #query(packet: string): string | Uint8Array {
    const [name = "", ...rest] = packet.split(":");
    const target = this.#target;
    switch (name) {
      case "qSupported": {
        const features = rest.join(":").split(";");
        const knows = (feature: string) => features.includes(`${feature}+`);
        this.#knowsKinds = { software: knows("swbreak"), hardware: knows("hwbreak") };
        return [
          `PacketSize=${MAX_PACKET.toString(16)}`,
          "QStartNoAckMode+",
          "qXfer:features:read+",
          "qXfer:memory-map:read+",
          ...(target.execFile === undefined ? [] : ["qXfer:exec-file:read+"]),
          "swbreak+",
          "hwbreak+",
          "vContSupported+",
        ].join(";");
      }
      case "QStartNoAckMode":
        this.#acknowledges = false;
        return OK;
      case "qC":
        return "QC1";
      case "qfThreadInfo":
        return "m1";
      case "qsThreadInfo":
        return "l";
      case "qAttached":
        return "1";
      case "qOffsets":
        return `TextSeg=${target.firstSegment.toString(16)}`;
      case "qXfer":
        return this.#transfer(rest);
    }
    if (packet.startsWith("qRcmd,")) return this.#monitor(packet.slice("qRcmd,".length));
    if (packet.startsWith("qThreadExtraInfo,")) return toHex(text("vCPU"));
    return UNSUPPORTED;
  }

  /** A part of an object: `m` and the bytes, or `l` and the last ones. */
  #transfer([object = "", direction, annex, place = ""]: readonly string[]): string | Uint8Array {
    if (direction !== "read") return UNSUPPORTED;
    const content = this.#object(object, annex);
    if (content === undefined) return UNSUPPORTED;
    const [offset, length] = range(place);
    if (offset === undefined || length === undefined) return ERROR.invalid;
    const bytes = text(content);
    const from = Number(offset > BigInt(bytes.length) ? BigInt(bytes.length) : offset);
    // Each byte may become two, and one is for the sign before them.
    const most = BigInt(MAX_MEMORY - 1);
    const part = bytes.subarray(from, from + Number(length > most ? most : length));
    const sign = from + part.length < bytes.length ? "m" : "l";
    return Uint8Array.of(...text(sign), ...part);
  }

  #object(name: string, annex: string | undefined): string | undefined {
    if (name === "features" && annex === "target.xml") return this.#target.registers.xml;
    if (name === "memory-map" && annex === "") return this.#target.memoryMap();
    if (name === "exec-file") return this.#target.execFile;
    return undefined;
  }

  #monitor(digits: string): string {
    const bytes = fromHex(digits);
    if (!bytes) return ERROR.invalid;
    const command = new TextDecoder().decode(bytes).trim();
    const output = this.#target.monitor(command) ??
      `There is no command ${JSON.stringify(command)}: monitor help lists them\n`;
    if (output !== "") this.#print(output);
    return OK;
  }
}

/** Two numbers with a comma between them, undefined where they are none. */
function range(place: string): readonly [bigint | undefined, bigint | undefined] {
  const [first = "", second = ""] = place.split(",");
  return [parseNumber(first), parseNumber(second)];
}
