/** What is remembered of guests' files: never more than their bytes say, and no random number. */

import { test } from "node:test";
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { VmletError } from "../src/ffi/mod.ts";
import { PEB_SEED_OFFSET } from "../src/guest/peb.ts";
import { GuestFile, type LoadedGuest, type MemoryChoice } from "../src/sandbox/guest_file.ts";
import type { Signatures } from "../src/sandbox/signatures.ts";
import { buildRing0Guest } from "./support/build_guest.ts";
import { guestBytes } from "./support/guests.ts";

const PAGE = 4096;

/** The guest's memory as it begins. */
function memoryOf({ image, layout }: LoadedGuest): Uint8Array {
  const memory = new Uint8Array(layout.size);
  for (const { physical, bytes } of layout.contents) memory.set(bytes, physical);
  image.load(memory.subarray(layout.imagePhysical, layout.imagePhysical + image.size));
  return memory;
}

const seedOf = (guest: LoadedGuest) =>
  new DataView(memoryOf(guest).buffer)
    .getBigUint64(guest.layout.pebPhysical + PEB_SEED_OFFSET, true);

const ring3 = () => guestBytes("hello");
const ring0 = () => buildRing0Guest("guest/examples/hello.c");

for (const [ring, bytesOf] of [[3, ring3], [0, ring0]] as const) {
  test(`GuestFile.load() gives each sandbox at ring ${ring} random numbers of its own`, async () => {
    const one = GuestFile.of(await bytesOf()).load();
    const other = GuestFile.of(await bytesOf()).load();
    assertEquals(one.image, other.image);
    assertNotEquals(seedOf(one), seedOf(other));
    assertNotEquals(seedOf(one), 0n);
    assertEquals(new Set([one.seed, other.seed, seedOf(one), seedOf(other), 0n]).size, 5);
    if (one.layout.ring === 3 || other.layout.ring === 3) return;
    assertNotEquals(one.layout.stackGuard.cookie, other.layout.stackGuard.cookie);
    const { address, cookie } = one.layout.stackGuard;
    // No number of it is one of the seeds.
    const words = new BigUint64Array(cookie.slice().buffer);
    assertEquals(new Set([...words, one.seed, seedOf(one), 0n]).size, words.length + 3);
    assertEquals(memoryOf(one).slice(address, address + cookie.length), cookie);
  });

  test(`GuestFile.load() for ring ${ring} lays out anew what was chosen otherwise`, async () => {
    const file = GuestFile.of(await bytesOf());
    const sizes = { heap: PAGE, stack: 2 * PAGE, input: 3 * PAGE, output: 4 * PAGE };
    const sizesOf = ({ layout }: LoadedGuest) =>
      Object.keys(sizes).map((name) => layout.parts.find((it) => it.name === name)?.size);
    const first = file.load();
    assertEquals(sizesOf(file.load({ sizes })), Object.values(sizes));
    assertEquals(sizesOf(file.load()), sizesOf(first));
  });
}

test("GuestFile.load() tells the guest of the functions that its host has now", async () => {
  const bytes = await ring0();
  const file = GuestFile.of(bytes);
  const imports = (name: string, result: "i32" | "u32"): Signatures =>
    new Map([[name, { parameters: [], result }]]);
  const choices: MemoryChoice[] = [
    { sizes: {}, imports: imports("one", "i32") },
    { sizes: {}, imports: imports("two", "i32") },
    { sizes: {}, imports: imports("two", "u32") },
    { sizes: {}, imports: new Map([["two", { parameters: ["i32"], result: "u32" }]]) },
    { sizes: {}, imports: new Map([...imports("one", "u32"), ...imports("two", "u32")]) },
    { sizes: {}, executableHeap: true },
    { sizes: {}, initData: { bytes: Uint8Array.of(1), write: false, execute: false } },
    { sizes: {}, initData: { bytes: Uint8Array.of(2), write: false, execute: false } },
    { sizes: {} },
  ];
  const withoutSecrets = ({ layout }: LoadedGuest) =>
    layout.contents.slice(0, -2).map(({ bytes }) => [...bytes].join());
  const fresh = choices.map((choice, i) =>
    withoutSecrets(GuestFile.of(Uint8Array.from([...bytes, ...Array(i + 1)])).load(choice))
  );
  assertEquals(choices.map((choice) => withoutSecrets(file.load(choice))), fresh);
  assertEquals(new Set(fresh.map(String)).size, choices.length);
});

test("GuestFile.of() looks at the bytes that are there now", () => {
  const bytes = guestBytes("hello").slice();
  const { kind } = GuestFile.of(bytes);
  assertEquals(kind, { kind: "vmlet", kitVersion: 1, ring: 3 });
  bytes[0] = 0;
  for (let i = 0; i < 2; i++) {
    const error = assertThrows(() => GuestFile.of(bytes), VmletError);
    assertEquals(error.code, "ERR_INVALID_GUEST");
  }
  // What was copied is not what the caller changes.
  bytes[0] = 0x7f;
  const loaded = GuestFile.of(bytes).load();
  const before = memoryOf(loaded).slice(loaded.layout.imagePhysical);
  bytes.fill(0);
  assertEquals(memoryOf(loaded).slice(loaded.layout.imagePhysical), before);
});

test("GuestFile.of() remembers a few files, the last ones", () => {
  const padded = (length: number) => Uint8Array.from([...guestBytes("hello"), ...Array(length)]);
  const files = [0, 1, 2, 3, 4].map((length) => GuestFile.of(padded(length)));
  assertEquals(GuestFile.of(padded(4)) === files[4], true);
  assertEquals(GuestFile.of(padded(1)) === files[1], true);
  assertEquals(GuestFile.of(padded(0)) === files[0], false);
  assertEquals(GuestFile.of(padded(1)) === files[1], true);
});
