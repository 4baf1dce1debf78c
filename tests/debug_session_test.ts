/** Conversations with gdb: what each packet is answered, and that no packet at all is too much. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import {
  type Arrival,
  encodePacket,
  fromHex,
  MAX_PACKET,
  PacketReader,
  text,
  toHex,
} from "../src/debug/packet.ts";
import { type Resume, Session, SIGNAL, type Stop } from "../src/debug/session.ts";
import { FakeTarget } from "./support/fake_target.ts";

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const TRAP: Stop = { signal: SIGNAL.trap };

/** A session, and what it sends as text. */
class Conversation {
  readonly target = new FakeTarget();
  readonly session: Session;
  readonly #reader = new PacketReader();
  #sent: string[] = [];

  constructor(stop = TRAP) {
    this.session = new Session(this.target, (bytes) => {
      for (const arrival of this.#reader.read(bytes)) this.#sent.push(nameOf(arrival));
    }, stop);
  }

  /** All that was sent since the last look. */
  take(): string[] {
    return this.#sent.splice(0);
  }

  /** The answers to a packet, without its acknowledgement. */
  ask(packet: string | Uint8Array): string[] {
    this.say(packet);
    return this.take().filter((it) => it !== "ack");
  }

  /** How the guest goes on by a packet. */
  say(packet: string | Uint8Array): Resume | undefined {
    const data = typeof packet === "string" ? text(packet) : packet;
    return this.session.handle({ type: "packet", data });
  }
}

function nameOf(arrival: Arrival): string {
  return arrival.type === "packet" ? latin1(arrival.data) : arrival.type;
}

test("Session says what it can, and leaves acknowledgements out when asked to", () => {
  const it = new Conversation();
  it.say("qSupported:multiprocess+;swbreak+;hwbreak+;vContSupported+");
  assertEquals(it.take(), [
    "ack",
    "PacketSize=4000;QStartNoAckMode+;qXfer:features:read+;qXfer:memory-map:read+;" +
    "qXfer:exec-file:read+;swbreak+;hwbreak+;vContSupported+",
  ]);
  it.session.handle({ type: "broken" });
  it.session.handle({ type: "again" });
  assertEquals(it.take().map((answer) => answer.slice(0, 10)), ["again", "PacketSize"]);
  it.say("QStartNoAckMode");
  assertEquals(it.take(), ["ack", "OK"]);
  it.say("qAttached");
  it.session.handle({ type: "broken" });
  it.session.handle({ type: "again" });
  assertEquals(it.take(), ["1"]);
});

test("Session answers what it does not know with nothing", () => {
  const it = new Conversation();
  for (
    const packet of ["", "vMustReplyEmpty", "!", "qTStatus", "QNonStop:1", "vFile:open:", "Z9,0,1"]
  ) {
    assertEquals(it.ask(packet), [""], packet);
  }
});

test("Session has one thread", () => {
  const it = new Conversation();
  for (
    const [packet, reply] of [
      ["qC", "QC1"],
      ["qfThreadInfo", "m1"],
      ["qsThreadInfo", "l"],
      ["Hg0", "OK"],
      ["Hc-1", "OK"],
      ["T1", "OK"],
      ["T2", "E16"],
      ["vCont?", "vCont;c;C;s;S;r"],
    ] as const
  ) assertEquals(it.ask(packet), [reply], packet);
});

test("Session reads and writes memory, and an address that is not mapped is an error alone", () => {
  const it = new Conversation();
  assertEquals(it.ask("m1000,4"), ["00010203"]);
  assertEquals(it.ask("M1001,2:a1a2"), ["OK"]);
  assertEquals(it.ask(Uint8Array.of(...text("X1003,3:"), 0x23, 0xff, 0x3a)), ["OK"]);
  assertEquals(it.ask("m1000,6"), ["00a1a223ff3a"]);
  assertEquals(it.ask("X1000,0:"), ["OK"]);
  // As much as there is.
  assertEquals(it.ask("m3ffe,10"), ["feff"]);
  assertEquals(it.ask("m1000,ffffffffffffffff").map((hex) => hex.length), [MAX_PACKET]);
  for (const packet of ["m0,4", "m4000,1", "mffffffffffffffff,8", "M3fff,2:0000", "X0,1:a"]) {
    assertEquals(it.ask(packet), ["E0e"], packet);
  }
  for (const packet of ["m", "m1000", "mx,4", "M1000,2:00", "M1000,1:0g", "M1000,1", "X1000,2:a"]) {
    assertEquals(it.ask(packet), ["E16"], packet);
  }
});

test("Session reads and writes registers, one or all", () => {
  const it = new Conversation();
  const all = it.ask("g")[0] ?? "";
  assertEquals(all.length, 2 * it.target.registers.size);
  assertEquals(it.ask("p10"), [toHex(it.target.state().regs.bytes.subarray(128, 136))]);
  assertEquals(it.ask("P0=1100000000000000"), ["OK"]);
  assertEquals(it.target.state().regs.rax, 0x11n);
  assertEquals(it.ask(`G${all}`), ["OK"]);
  assertEquals(it.target.state().regs.rax, 0x0807_0605_0403_0201n);
  assertEquals(it.target.done, ["commit regs", "commit regs"]);
  for (const packet of ["p", "pff", "pffffffffffffffff", "P0=11", "P0", "G00", "P12=ff000000"]) {
    assertEquals(it.ask(packet), ["E16"], packet);
  }
});

test("Session sets and takes away breakpoints", () => {
  const it = new Conversation();
  assertEquals(it.ask("Z0,1000,1"), ["OK"]);
  assertEquals(it.ask("Z1,1000,1;X1,0"), [""]);
  assertEquals(it.ask("Z2,1008,8"), ["OK"]);
  assertEquals(it.ask("Z3,1008,8"), [""]);
  assertEquals(it.ask("Z0,0,1"), ["E1c"]);
  assertEquals(it.ask("z2,1008,8"), ["OK"]);
  assertEquals(it.ask("Z2,1008,ffffff"), ["E16"]);
  assertEquals(it.target.done, ["insert 0 1000 1", "insert 2 1008 8", "remove 2 1008 8"]);
});

test("Session resumes as gdb says, and tells the next stop", () => {
  const it = new Conversation();
  for (
    const [packet, resume] of [
      ["c", { type: "continue" }],
      ["s", { type: "step" }],
      ["C05", { type: "continue" }],
      ["vCont;c", { type: "continue" }],
      ["vCont;s:1;c", { type: "step" }],
      ["vCont;r10,1a:1", { type: "step", range: [0x10n, 0x1an] }],
      ["D", { type: "detach" }],
      ["D;1", { type: "detach" }],
      ["k", { type: "kill" }],
      ["vKill;1", { type: "kill" }],
      ["vCont;x", undefined],
      ["cx", undefined],
    ] as const
  ) assertEquals<unknown>(it.say(packet), resume, packet);
  assertEquals(it.say("s2000"), { type: "step" });
  assertEquals(it.target.state().regs.rip, 0x2000n);
  // What cannot be done is told once, when gdb takes it.
  const limits = `O${toHex(text("Watchpoints do not work\n"))}`;
  assertEquals(it.take().filter((answer) => answer === limits).length, 1);
  it.session.stopped({ signal: SIGNAL.interrupt });
  assertEquals(it.take(), ["T02thread:1;"]);
  // Once for each resume.
  it.session.stopped({ signal: SIGNAL.interrupt });
  assertEquals(it.take(), []);
});

test("Session names the breakpoint or watchpoint that stopped the guest", () => {
  const it = new Conversation();
  const stopped = (stop: Stop) => {
    it.say("c");
    it.take();
    it.session.stopped(stop);
    return it.take().join();
  };
  const address = 0x1008n;
  const watch = (kind: "write" | "read" | "access") => ({ ...TRAP, watchpoint: { kind, address } });
  assertEquals(stopped({ ...TRAP, breakpoint: "software" }), "T05thread:1;");
  it.say("qSupported:swbreak+;hwbreak+");
  assertEquals(stopped({ ...TRAP, breakpoint: "software" }), "T05swbreak:;thread:1;");
  assertEquals(stopped({ ...TRAP, breakpoint: "hardware" }), "T05hwbreak:;thread:1;");
  assertEquals(stopped(watch("write")), "T05watch:1008;thread:1;");
  assertEquals(stopped(watch("read")), "T05rwatch:1008;thread:1;");
  assertEquals(stopped(watch("access")), "T05awatch:1008;thread:1;");
  it.say("c");
  it.take();
  it.session.exited();
  it.session.exited();
  assertEquals(it.take(), ["W00"]);
});

test("Session lets a crashed guest be looked at, and nothing else", () => {
  const it = new Conversation({ signal: SIGNAL.segment, crash: "write to address 0" });
  assertEquals(it.ask("?"), ["T0bthread:1;"]);
  for (const packet of ["m1000,2", "g", "p0", "qOffsets", "z0,1000,1"]) {
    assert(!it.ask(packet)[0]?.startsWith("E"), packet);
  }
  for (const packet of ["M1000,1:00", "X1000,1:a", "Z0,1000,1", "P0=1100000000000000", "G00"]) {
    assertEquals(it.ask(packet), ["E01"], packet);
  }
  for (const packet of ["c", "s", "vCont;c", "vCont;s:1"]) {
    assertEquals(it.say(packet), undefined, packet);
    const [, message = "", stop] = it.take();
    assertEquals(
      latin1(fromHex(message.slice(1)) ?? text("")).slice(0, 21),
      "The guest has crashed",
    );
    assertEquals(stop, "T0bthread:1;");
  }
  assertEquals(it.say("D"), { type: "detach" });
});

test("Session hands out its objects in pieces", () => {
  const it = new Conversation();
  const { xml } = it.target.registers;
  let found = "";
  for (;;) {
    const [part = ""] = it.ask(
      `qXfer:features:read:target.xml:${found.length.toString(16)},3e8`,
    );
    found += part.slice(1);
    if (part[0] === "l") break;
    assertEquals([part[0], part.length], ["m", 1001]);
  }
  assertEquals(found, xml);
  assertEquals(it.ask("qXfer:memory-map:read::0,1000"), ["l<memory-map/>"]);
  assertEquals(it.ask("qXfer:exec-file:read:1:0,1000"), ["l/guests/a.elf"]);
  assertEquals(it.ask("qXfer:exec-file:read::ffffffffffffffff,ffffffffffffffff"), ["l"]);
  assertEquals(it.ask("qXfer:exec-file:read::x"), ["E16"]);
  assertEquals(it.ask("qXfer:features:read:other.xml:0,10"), [""]);
  assertEquals(it.ask("qXfer:auxv:read::0,10"), [""]);
  assertEquals(it.ask("qOffsets"), ["TextSeg=200000"]);
});

test("Session prints what a command of monitor answers", () => {
  const it = new Conversation();
  assertEquals(it.ask(`qRcmd,${toHex(text("hello"))}`), [
    `O${toHex(text("hello, world\n"))}`,
    "OK",
  ]);
  const [unknown = "", ok] = it.ask(`qRcmd,${toHex(text("what"))}`);
  assert(latin1(fromHex(unknown.slice(1)) ?? text("")).includes("monitor help"));
  assertEquals(ok, "OK");
  assertEquals(it.ask("qRcmd,0"), ["E16"]);
});

test("Session goes on when its target fails", () => {
  const it = new Conversation();
  it.target.readMemory = () => {
    throw new Error("memory is gone");
  };
  assertEquals(it.ask("m1000,4"), ["E05"]);
  assertEquals(it.ask("qC"), ["QC1"]);
});

/** A generator of numbers from 0 to 2^32 (mulberry32), so that a failure can be repeated. */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** Packets that gdb sends, for a start. */
const SEEDS = [
  ...["?", "g", "p10", "m1000,40", "M1000,4:00112233", "Z0,1000,1", "z0,1000,1", "Z2,1000,8", "c"],
  ...["vCont;r1000,1010:1", "vCont;s:1;c", "qSupported:swbreak+;hwbreak+", "qOffsets", "qC", "H-1"],
  ...["qXfer:features:read:target.xml:0,ffb", "qRcmd,68656c6c6f", "P0=0011223344556677", "D", "T1"],
  ...["X1000,4:abcd", "C05;1000", "s1000", "qfThreadInfo", "QStartNoAckMode", "vKill;1", "k"],
  ...["qXfer:memory-map:read::0,ffb", "m0,ffffffffffffffff", "mffffffffffffffff,ffffffffffffffff"],
  "G" + "00".repeat(900),
];

test("Session survives 120000 packets that are random, cut, damaged or huge", () => {
  const next = random(0x76_6d_6c_65);
  const below = (limit: number) => next() % limit;
  const started = performance.now();
  let it = new Conversation();
  let reader = new PacketReader();
  const counts: Record<string, number> = {};
  for (let round = 0; round < 120_000; round++) {
    if (round % 1000 === 0) {
      const stop = below(2) ? { ...TRAP, crash: "it did" } : TRAP;
      [it, reader] = [new Conversation(stop), new PacketReader()];
    }
    const data = Array.from(text(SEEDS[below(SEEDS.length)] ?? ""));
    for (let changes = below(4); changes > 0; changes--) {
      const at = below(data.length + 1);
      switch (below(5)) {
        case 0:
          data[at] = below(256);
          break;
        case 1:
          data.splice(at, below(8));
          break;
        case 2:
          data.splice(
            at,
            0,
            ...text(["ffffffffffffffffff", "-1", ":", ";", ",", "#"][below(6)] ?? ""),
          );
          break;
        case 3:
          data.splice(at, 0, ...Array.from({ length: below(64) }, () => below(256)));
          break;
        case 4:
          data.length = at;
      }
    }
    let bytes = encodePacket(Uint8Array.from(data));
    const damage = below(12);
    if (damage === 0) bytes = bytes.slice(0, below(bytes.length));
    if (damage === 1) bytes[below(bytes.length)] = below(256);
    if (damage === 2) bytes = Uint8Array.from({ length: below(200) }, () => below(256));
    if (damage === 3) bytes = Uint8Array.of(below(256), ...bytes, below(256), 3);
    if (damage === 4 && round % 40 === 0) bytes = encodePacket(new Uint8Array(below(100_000)));
    for (const arrival of reader.read(bytes)) {
      counts[arrival.type] = (counts[arrival.type] ?? 0) + 1;
      const resume = it.session.handle(arrival);
      if (resume) it.session.stopped(TRAP);
    }
    // What it sends is bounded: a packet, its acknowledgement, and a message or two.
    const sent = it.take();
    assert(sent.length < 80, `${sent.length} answers`);
    for (const answer of sent) assert(answer !== "broken" && answer.length <= MAX_PACKET);
  }
  assert((counts.packet ?? 0) > 80_000 && (counts.broken ?? 0) > 1000, JSON.stringify(counts));
  // And the last one is as good as the first.
  assertEquals(new Conversation().ask("qC"), ["QC1"]);
  const seconds = (performance.now() - started) / 1000;
  assert(seconds < 100, `${seconds} s`);
});
