/** Hyperlight's behaviours A6: which errors poison a sandbox, and what heals it. docs/behaviours.md has the rows. */

import { test } from "node:test";
import { assertEquals } from "@std/assert";
import { type ErrorCode, type Sandbox, VmletError } from "../mod.ts";
import { Memory } from "../src/kvm/mod.ts";
import { errorOf } from "./support/guests.ts";
import { crash, readPeb, RUST, rustWith } from "./support/hyperlight.ts";
import { needsHyperlightGuest } from "./support/skip.ts";

const skip = needsHyperlightGuest;

/** What of the guest's functions is asked for here; one of them does not exist, two are otherwise. */
const EXPORTS = {
  Echo: RUST.Echo,
  EchoInt: { parameters: ["string"], result: "i32" },
  ReturnVoid: { parameters: [], result: "i32" },
  FunctionDoesntExist: { parameters: [], result: "void" },
  GuestErrorWith: RUST.GuestErrorWith,
  AddToStatic: RUST.AddToStatic,
  AddToStaticAndFail: RUST.AddToStaticAndFail,
  CallHostNoArgs: RUST.CallHostNoArgs,
  CallHostString: RUST.CallHostString,
  CallHostForever: { parameters: ["string"], result: "void" },
  PebBytes: RUST.PebBytes,
  AbortWithCode: { parameters: ["i32"], result: "void" },
  Panic: { parameters: ["string"], result: "void" },
  TriggerUd2: { parameters: [], result: "void" },
  ExecuteOnHeap: { parameters: [], result: "string" },
  InfiniteRecursion: { parameters: [], result: "void" },
  WriteHostFunctionDefinitions: { parameters: ["bool"], result: "void" },
  ReadMapped: { parameters: ["u64", "u64", "bool"], result: "buffer" },
  TripleFault: { parameters: [], result: "void" },
  OutPort: { parameters: ["i32", "i32"], result: "void" },
  InPort: { parameters: ["i32"], result: "i32" },
  Hlt: { parameters: [], result: "void" },
} as const;

type Guest = Sandbox<typeof EXPORTS>;

async function guest(): Promise<Guest> {
  const sandbox: Guest = await rustWith(EXPORTS, {
    imports: {
      HostKills: {
        parameters: [],
        result: "i32",
        callback: () => Number(sandbox.interruptHandle().kill()),
      },
      HostFails: {
        parameters: [],
        result: "i32",
        callback: () => {
          throw new Error("hi");
        },
      },
      HostLarge: { parameters: ["string"], result: "string", callback: () => "x".repeat(20_000) },
    },
  });
  return sandbox;
}

/** Calls, and the codes of their errors. */
type Cases = readonly (readonly [ErrorCode, (it: Guest["exports"]) => unknown])[];

/** The errors that poison Hyperlight's sandboxes. */
const POISONING: Cases = [
  ["ERR_GUEST_ABORTED", (it) => it.AbortWithCode(25)],
  ["ERR_GUEST_ABORTED", (it) => it.Panic("on purpose")],
  ["ERR_OUT_OF_MEMORY", (it) => it.AbortWithCode(13)],
  ["ERR_GUEST_EXCEPTION", (it) => it.TriggerUd2()],
  ["ERR_CANCELLED", (it) => it.CallHostForever("HostKills")],
  ["ERR_MEMORY_ACCESS", (it) => it.ExecuteOnHeap()],
  ["ERR_STACK_OVERFLOW", (it) => it.InfiniteRecursion()],
  ["ERR_STACK_OVERFLOW", (it) => it.GuestErrorWith(9, "says that its stack overflowed")],
  ["ERR_MEMORY_ACCESS", (it) => it.WriteHostFunctionDefinitions(true)],
];

/** Those that leave Hyperlight's guests in the middle of a call, and do not poison there. */
const QUIRKS: Cases = [
  ["ERR_MEMORY_ACCESS", (it) => it.ReadMapped(0x1_0000_0000n, 8n, true)],
  ["ERR_UNEXPECTED_EXIT", (it) => it.TripleFault()],
  ["ERR_FORBIDDEN_PORT", (it) => it.OutPort(98, 0)],
  ["ERR_FORBIDDEN_PORT", (it) => it.InPort(98)],
  ["ERR_GUEST_PROTOCOL", (it) => it.OutPort(101, 0)],
  ["ERR_GUEST_PROTOCOL", (it) => it.Hlt()],
  ["ERR_TOO_LARGE", (it) => it.CallHostString("HostLarge", "a")],
];

/** Those after which the guest has ended its call in order, or was never entered. */
const HARMLESS: Cases = [
  ["ERR_GUEST_ERROR", (it) => it.GuestErrorWith(15, "on purpose")],
  ["ERR_GUEST_ERROR", (it) => it.AddToStaticAndFail(0)],
  ["ERR_GUEST_ERROR", (it) => it.CallHostNoArgs("HostFails")],
  ["ERR_GUEST_ERROR", (it) => it.CallHostNoArgs("HostNone")],
  ["ERR_GUEST_FUNCTION_NOT_FOUND", (it) => it.FunctionDoesntExist()],
  ["ERR_GUEST_FUNCTION_MISMATCH", (it) => it.EchoInt("no number")],
  ["ERR_GUEST_FUNCTION_MISMATCH", (it) => it.ReturnVoid()],
  ["ERR_TOO_LARGE", (it) => it.Echo("x".repeat(20_000))],
];

test("A6.1 aborts, exceptions, cancelled calls, stack overflows and forbidden memory poison", {
  skip,
}, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  for (const [code, call] of POISONING) {
    const error = crash(sandbox, clean, () => call(sandbox.exports));
    assertEquals(error.code, code, error.message);
  }
});

test(
  "A6.2 whatever else leaves the guest in the middle of a call poisons too [Q: not Hyperlight's]",
  { skip },
  async () => {
    using sandbox = await guest();
    const clean = sandbox.snapshot();
    for (const [code, call] of QUIRKS) {
      const error = crash(sandbox, clean, () => call(sandbox.exports));
      assertEquals(error.code, code, error.message);
    }
  },
);

test("A6.2 other errors do not poison, and the guest keeps its state", { skip }, async () => {
  using sandbox = await guest();
  const { AddToStatic } = sandbox.exports;
  for (const [i, [code, call]] of HARMLESS.entries()) {
    const error = errorOf(() => call(sandbox.exports));
    assertEquals([error.code, sandbox.poisoned], [code, false], error.message);
    assertEquals(AddToStatic(1), i + 1);
  }
});

/** What a function throws, whoever's error it is. */
function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
}

test("A6.3 a poisoned sandbox refuses everything but restore, before it looks at arguments", {
  skip,
}, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  using memory = new Memory(4096);
  const region = {
    name: "region",
    guestAddress: 0x1_0000_0000,
    size: 4096,
    memory,
    flags: { read: true },
  };
  errorOf(() => sandbox.exports.AbortWithCode(25));
  const calls: readonly (() => unknown)[] = [
    () => sandbox.exports.Echo("a"),
    () => sandbox.exports.Echo(5 as unknown as string),
    () => sandbox.call("Echo", ["a"]),
    () => sandbox.call("Echo", [] as unknown as ["a"]),
    () => sandbox.snapshot(),
    () => sandbox.mapRegion(region),
    () => sandbox.mapRegion({} as unknown as typeof region),
    () => sandbox.unmapRegion(region),
    () => sandbox.mapFile("/does/not/exist", 5),
  ];
  for (const call of calls) {
    const error = thrown(call);
    assertEquals(error instanceof VmletError && error.code, "ERR_POISONED", `${call}: ${error}`);
  }
  sandbox.restore(clean);
  assertEquals(sandbox.exports.Echo("a"), "a");
});

test("A6.4 restore heals, as often as the sandbox is poisoned", { skip }, async () => {
  using sandbox = await guest();
  const { AddToStatic, AbortWithCode, PebBytes } = sandbox.exports;
  const peb = PebBytes();
  AddToStatic(5);
  let snapshot = sandbox.snapshot();
  for (let i = 1; i <= 5; i++) {
    crash(sandbox, snapshot, () => AbortWithCode(25));
    assertEquals(AddToStatic(10), 5 + 10 * i);
    // A snapshot can be taken again, and it holds.
    snapshot = sandbox.snapshot();
    assertEquals(readPeb(PebBytes()), readPeb(peb));
  }
});
