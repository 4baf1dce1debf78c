/** Packets of gdb's remote protocol: framing, checksums, escapes, and whatever else a socket may bring. */

import { test } from "node:test";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Arrival,
  encodePacket,
  fromHex,
  MAX_PACKET,
  PacketReader,
  parseNumber,
  text,
  toHex,
} from "../src/debug/packet.ts";

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const read = (...parts: (string | Uint8Array)[]): Arrival[] => {
  const reader = new PacketReader();
  return parts.flatMap((part) => reader.read(typeof part === "string" ? text(part) : part));
};
const packets = (arrivals: readonly Arrival[]) =>
  arrivals.map((it) => it.type === "packet" ? latin1(it.data) : it.type);

test("encodePacket() frames data with its checksum, as gdb's manual shows it", () => {
  assertEquals(latin1(encodePacket(text("OK"))), "$OK#9a");
  assertEquals(latin1(encodePacket(text(""))), "$#00");
  assertEquals(latin1(encodePacket(text("a}b#c$d*e"))), "$a}]b}\x03c}\x04d}\ne#51");
});

test("PacketReader finds packets, signs and interrupts between noise", () => {
  assertEquals(packets(read("+$g#67-\x03noise$?#3f")), ["ack", "g", "again", "interrupt", "?"]);
  // However it is cut, and in digits of either case.
  assertEquals(packets(read("$", "m0", ",4#", "f", "D")), ["m0,4"]);
  // Inside of a packet, 3 is a byte like any other.
  assertEquals(packets(read("$X\x03#5b")), ["X\x03"]);
});

test("PacketReader tells broken packets, and goes on behind them", () => {
  assertEquals(packets(read("$g#68$g#67")), ["broken", "g"]);
  assertEquals(packets(read("$g#xy$g#67")), ["broken", "g"]);
  // The end of the first was lost; of the third, the byte behind its escape.
  assertEquals(packets(read("$m0,4$g#67$}#7d")), ["g", "broken"]);
});

test("PacketReader takes the longest packet, and keeps no more of a longer one", () => {
  const longest = new Uint8Array(MAX_PACKET).fill(0x61);
  assertEquals(packets(read(encodePacket(longest))), ["a".repeat(MAX_PACKET)]);
  assertEquals(packets(read(encodePacket(new Uint8Array(MAX_PACKET + 1)), "$g#67")), [
    "broken",
    "g",
  ]);
  assertEquals(packets(read("$", new Uint8Array(3_000_000).fill(0x61), "#00", "$g#67")), [
    "broken",
    "g",
  ]);
});

const bytes = (maxLength = 300) => fc.uint8Array({ maxLength });

test("PacketReader reads what encodePacket() wrote, however it is cut", () => {
  fc.assert(fc.property(fc.array(bytes()), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (
    contents,
    cuts,
  ) => {
    const reader = new PacketReader();
    const stream = Uint8Array.from(contents.flatMap((it) => [...encodePacket(it)]));
    const found: Arrival[] = [];
    for (let at = 0; at < stream.length;) {
      const { value: size } = cuts.next();
      found.push(...reader.read(stream.subarray(at, at + size)));
      at += size;
    }
    assertEquals(found, contents.map((data) => ({ type: "packet", data })));
  }));
});

test("PacketReader survives any bytes, and finds the packet behind them", () => {
  fc.assert(fc.property(fc.array(bytes(60)), (parts) => {
    const reader = new PacketReader();
    let size = 0;
    for (const part of parts) {
      size += part.length;
      // At most one arrival for each byte.
      assert(reader.read(part).length <= part.length);
    }
    assert(size >= 0);
    // A checksum may be open, which takes two bytes more.
    const found = reader.read(text("##00$vMustReplyEmpty#3a"));
    assertEquals(packets(found).at(-1), "vMustReplyEmpty");
  }));
});

test("toHex() and fromHex() are each other's inverse, and fromHex() refuses the rest", () => {
  fc.assert(fc.property(bytes(), (it) => assertEquals(fromHex(toHex(it)), it)));
  for (const wrong of ["1", "0g", "0x00", " 00", "zz"]) assertEquals(fromHex(wrong), undefined);
});

test("parseNumber() reads up to 64 bits and refuses the rest", () => {
  assertEquals(parseNumber("ffffffffffffffff"), 2n ** 64n - 1n);
  assertEquals(parseNumber("0F"), 15n);
  for (const wrong of ["", "10000000000000000", "-1", "0x1", "1 ", "g"]) {
    assertEquals(parseNumber(wrong), undefined);
  }
});
