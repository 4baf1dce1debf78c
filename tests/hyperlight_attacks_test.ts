/**
 * Guests of Hyperlight's ABI that attack their host: lies in the stacks of messages, floods, tables and registers left
 * in a mess. Each attack ends in a typed error or in nothing, costs a bounded time and memory, and a restored snapshot
 * is as good as new.
 */

import { test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import {
  type ErrorCode,
  type Sandbox,
  type SandboxOptions,
  type Snapshot,
  VmletError,
} from "../mod.ts";
import { ROOT } from "../scripts/tools.ts";
import { buildGuest, buildRing0Guest } from "./support/build_guest.ts";
import { Folder } from "./support/cli.ts";
import { errorOf } from "./support/guests.ts";
import { crash, FLOOD_IMPORTS, readPeb, RUST, rustWith, sandboxOf } from "./support/hyperlight.ts";
import { Killer } from "./support/killer.ts";
import { peakOf } from "./support/memory_use.ts";
import { runRuntime } from "./support/runtime.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const skip = needsHyperlightGuest;

const VOID = { parameters: [], result: "void" } as const;
const BYTES = { parameters: [], result: "buffer" } as const;
const NUMBER = { parameters: [], result: "u64" } as const;

const EXPORTS = {
  Echo: RUST.Echo,
  AddToStatic: RUST.AddToStatic,
  SetOutputStack: { parameters: ["u64", "u64", "u32", "i32"], result: "void" },
  RawOutput: { parameters: ["buffer", "i32"], result: "void" },
  LeaveOutput: { parameters: ["buffer", "i32"], result: "void" },
  SetInputStack: { parameters: ["u64", "string"], result: "i32" },
  LeaveInputStack: { parameters: ["u64"], result: "void" },
  InputStack: NUMBER,
  OutputStack: NUMBER,
  OutPort: { parameters: ["i32", "i32"], result: "void" },
  OutString: { parameters: ["i32", "i32"], result: "void" },
  Hlt: VOID,
  ReadAddress: RUST.ReadAddress,
  WriteAddress: RUST.WriteAddress,
  PebBytes: BYTES,
  WritePeb: { parameters: ["i32", "u64"], result: "void" },
  LoseTables: VOID,
  TriggerUd2: VOID,
  DirtyRegisters: VOID,
  EntryRegisters: BYTES,
  DispatchRegisters: BYTES,
  ControlRegisters: BYTES,
  DirtyFpu: VOID,
  ReadFpu: BYTES,
  RawAbortBytes: { parameters: ["buffer"], result: "void" },
} as const;

type Guest = Sandbox<typeof EXPORTS>;

/** What the host's only function was called. */
let hostCalls = 0;

const guest = (): Promise<Guest> =>
  rustWith(EXPORTS, {
    imports: { HostOne: { parameters: [], result: "i32", callback: () => ++hostCalls && 1 } },
  });

/** Memory that an attack may take in MiB, and time in milliseconds, which allows for a busy machine. */
const MEMORY = 16;
const TIME = 10_000;

/** Runs an attack within those bounds. */
function bounded<T>(attack: () => T): T {
  let result: T | undefined;
  const start = performance.now();
  const grown = peakOf(() => result = attack());
  const time = performance.now() - start;
  assertLess(grown, MEMORY, "MiB");
  assertLess(time, TIME, "ms");
  return result as T;
}

/** That an attack ends with this error, poisons, and that restore heals. */
function assertFails(
  sandbox: Guest,
  clean: Snapshot,
  code: ErrorCode,
  attack: () => unknown,
): VmletError {
  const error = crash(sandbox, clean, () => bounded(attack));
  assertEquals(error.code, code, error.message);
  return error;
}

// --- the output stack ---

/** How the host comes to take a message: as the result of the call, as a call of its own functions, as a record. */
const WAYS = [["result", 0], ["call of the host", 101], ["record", 99]] as const;

/** The size of the buffers, and a stack pointer for lies about what is below it. */
const SIZE = 16384n;
const POINTER = 64n;

/** Lies: the stack pointer, the back pointer, the size prefix of the message; and what the error says of them. */
interface Lies {
  readonly says: RegExp;
  readonly lies: readonly (readonly [pointer: bigint, back: bigint, prefix: number])[];
}

const prefixes = (...all: number[]) => all.map((prefix) => [POINTER, 8n, prefix] as const);
const backs = (prefix: number, ...all: bigint[]) =>
  all.map((back) => [POINTER, back, prefix] as const);
const pointers = (...all: bigint[]) => all.map((pointer) => [pointer, 8n, 16] as const);

const LIES: Readonly<Record<string, Lies>> = {
  "a prefix near 2^32": {
    says: /a message of \d+ bytes does not fit below its back pointer/,
    lies: prefixes(0xffff_fff0, 0xffff_fff8, 0xffff_fffb, 0xffff_fffc, 0xffff_ffff, 0x8000_0000),
  },
  "a prefix that goes past its back pointer": {
    says: /a message of \d+ bytes does not fit below its back pointer/,
    lies: prefixes(45, 48, 52, 4096, 16380),
  },
  "a prefix of a message that is too short": { says: /./, lies: prefixes(0, 1, 3) },
  "a back pointer above the stack pointer": {
    says: /back pointer of \d+/,
    lies: backs(
      16,
      72n,
      4096n,
      SIZE - 8n,
      SIZE,
      2n ** 32n,
      2n ** 32n + 8n,
      2n ** 63n,
      2n ** 64n - 8n,
    ),
  },
  "a back pointer equal to the stack pointer": {
    says: /back pointer of 64/,
    lies: [...backs(0, POINTER), ...backs(16, POINTER)],
  },
  "a back pointer to itself, or close to it": {
    says: /back pointer of (52|56|60)/,
    lies: backs(0, 52n, 56n, 60n),
  },
  "a back pointer below the stack": {
    says: /(back|stack) pointer of \d+/,
    lies: backs(16, 0n, 4n, 7n),
  },
  "a back pointer that is not aligned": { says: /./, lies: backs(16, 9n, 10n, 11n, 17n) },
  "a stack pointer below the stack": {
    says: /stack pointer of [0-7] /,
    lies: pointers(0n, 1n, 4n, 7n),
  },
  "a stack pointer of a stack that holds nothing": {
    says: /empty|(back|stack) pointer of \d+/,
    lies: pointers(8n, 9n, 12n, 15n),
  },
  "a stack pointer above the size": {
    says: /stack pointer of \d+ is not in a stack of 16384 bytes/,
    lies: pointers(
      SIZE + 1n,
      SIZE + 4n,
      SIZE + 8n,
      2n ** 32n,
      2n ** 32n + 64n,
      2n ** 63n,
      2n ** 64n - 1n,
    ),
  },
  "a stack pointer that is odd or not aligned": {
    says: /./,
    lies: pointers(17n, 65n, 66n, 67n, SIZE - 1n, SIZE - 2n),
  },
  "all of the stack as one message of nothing": {
    says: /./,
    lies: [[SIZE, 8n, Number(SIZE) - 20]],
  },
};

for (const [what, { lies, says }] of Object.entries(LIES)) {
  for (const [way, port] of WAYS) {
    test(`${what}, as a ${way}, is ERR_GUEST_PROTOCOL`, { skip }, async () => {
      using sandbox = await guest();
      const clean = sandbox.snapshot();
      const { SetOutputStack } = sandbox.exports;
      for (const [pointer, back, prefix] of lies) {
        const attack = () => SetOutputStack(pointer, back, prefix, port);
        const { message } = assertFails(sandbox, clean, "ERR_GUEST_PROTOCOL", attack);
        assertMatch(message, says, `${pointer}, ${back}, ${prefix}`);
      }
    });
  }
}

/** Elements of any bytes, with a prefix that is right. */
const element = (...content: readonly number[]) => {
  const bytes = new Uint8Array(4 + content.length);
  new DataView(bytes.buffer).setUint32(0, content.length, true);
  bytes.set(content, 4);
  return bytes;
};

for (const [way, port] of WAYS) {
  test(`a message of nonsense, as a ${way}, is ERR_GUEST_PROTOCOL`, { skip }, async () => {
    using sandbox = await guest();
    const clean = sandbox.snapshot();
    const messages = [
      element(),
      element(1, 2, 3, 4),
      element(4, 0, 0, 0, 0, 0, 0, 0),
      // A root table that is its own vtable, one before the message, one far behind it.
      element(4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      element(4, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0),
      element(252, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0),
      element(0, 0, 0, 128, 0, 0, 0, 0),
      element(...new Array<number>(64).fill(255)),
      element(...crypto.getRandomValues(new Uint8Array(512))),
    ];
    for (const message of messages) {
      assertFails(
        sandbox,
        clean,
        "ERR_GUEST_PROTOCOL",
        () => sandbox.exports.RawOutput(message, port),
      );
    }
  });
}

test("a call that ends or leaves with no message is ERR_GUEST_PROTOCOL", { skip }, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const { Hlt, OutPort } = sandbox.exports;
  for (const leave of [() => Hlt(), () => OutPort(99, 0), () => OutPort(101, 0)]) {
    const error = assertFails(sandbox, clean, "ERR_GUEST_PROTOCOL", leave);
    assert(error.message.includes("empty"), error.message);
  }
});

test("messages that nobody asked for are gone at the next call", { skip }, async () => {
  using sandbox = await guest();
  const { LeaveOutput, OutputStack, InputStack, Echo } = sandbox.exports;
  bounded(() => {
    // 50 of them fill the stack twice.
    for (let i = 0; i < 50; i++) LeaveOutput(element(...new Array<number>(600).fill(1)), 1);
  });
  assertEquals([OutputStack(), InputStack(), sandbox.poisoned], [8n, 8n, false]);
  assertEquals(Echo("in order"), "in order");
});

// --- the input stack ---

test("an input stack that lies when the host answers is ERR_GUEST_PROTOCOL", { skip }, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const { SetInputStack } = sandbox.exports;
  for (
    const pointer of [
      0n,
      1n,
      4n,
      7n,
      SIZE + 4n,
      SIZE + 8n,
      17000n,
      2n ** 32n + 8n,
      2n ** 63n,
      2n ** 64n - 1n,
    ]
  ) {
    hostCalls = 0;
    const error = assertFails(
      sandbox,
      clean,
      "ERR_GUEST_PROTOCOL",
      () => SetInputStack(pointer, "HostOne"),
    );
    assert(
      error.message.includes("input stack") && error.message.includes(`${pointer}`),
      error.message,
    );
    assertEquals(hostCalls, 1);
  }
  // Where no room is left, the guest cannot get its answer.
  for (const pointer of [SIZE, SIZE - 8n, SIZE - 32n]) {
    assertFails(sandbox, clean, "ERR_TOO_LARGE", () => SetInputStack(pointer, "HostOne"));
  }
  // A gap is the guest's affair, aligned or not.
  for (const pointer of [9n, 66n, 4096n]) assertEquals(SetInputStack(pointer, "HostOne"), 1);
  assertEquals(sandbox.poisoned, false);
});

test(
  "an input stack that lies when a call begins is put right [Hyperlight's host fails until it is restored]",
  { skip },
  async () => {
    using sandbox = await guest();
    const { LeaveInputStack, InputStack, Echo } = sandbox.exports;
    for (const pointer of [0n, 7n, 9n, 4096n, 17000n, 2n ** 32n + 8n, 2n ** 64n - 1n]) {
      bounded(() => LeaveInputStack(pointer));
      assertEquals([Echo("after"), InputStack(), sandbox.poisoned], ["after", 8n, false]);
    }
  },
);

// --- floods ---

/** How long a flood may last in milliseconds, and what it may cost in MiB. */
const DEADLINE = 150;
const FLOOD_MEMORY = 32;

const FLOODS = [
  "flood_debug_line",
  "flood_debug_lines",
  "flood_debug_nonsense",
  "flood_abort_nothing",
  "flood_log",
  "flood_import",
  "flood_import_large",
] as const;
const FLOOD = {
  ...Object.fromEntries(FLOODS.map((name) => [name, VOID])) as Record<
    typeof FLOODS[number],
    typeof VOID
  >,
  flood_abort: VOID,
  add: { parameters: ["i32", "i32"], result: "i32" },
} as const;

const RINGS = [["ring 0", buildRing0Guest], ["ring 3", buildGuest]] as const;

for (const [ring, build] of RINGS) {
  const flooding = async (options: Pick<SandboxOptions, "log" | "logLevel"> = {}) =>
    await sandboxOf(await build("flood.c"), FLOOD, { imports: FLOOD_IMPORTS, ...options });

  for (const name of FLOODS) {
    test(
      `${name} at ${ring} ends by a deadline, and takes no memory`,
      { skip: needsKvm },
      async () => {
        let longest = 0;
        const log = ({ message }: { message: string }) =>
          void (longest = Math.max(longest, message.length));
        for (const options of [{}, { log, logLevel: "trace" } as const]) {
          using sandbox = await flooding(options);
          const clean = sandbox.snapshot();
          let error: VmletError | undefined;
          const grown = peakOf(() => {
            error = errorOf(() => sandbox.call(name, [], { deadline: DEADLINE }));
          });
          assertEquals([error?.code, sandbox.poisoned], ["ERR_DEADLINE", true]);
          assertLess(error?.elapsed ?? Infinity, DEADLINE + TIME);
          assertLess(grown, FLOOD_MEMORY, "MiB");
          sandbox.restore(clean);
          assertEquals(sandbox.exports.add(1, 2), 3);
        }
        assertLess(longest, 1025);
      },
    );
  }

  test(`flood_import at ${ring} ends by a kill`, { skip: needsKvm }, async () => {
    using killer = await Killer.start();
    using sandbox = await flooding();
    const clean = sandbox.snapshot();
    for (const name of ["flood_import", "flood_abort_nothing"] as const) {
      killer.ask(sandbox.interruptHandle().token, 20_000);
      assertEquals(errorOf(() => sandbox.exports[name]()).code, "ERR_CANCELLED");
      assertEquals(killer.answer(), true);
      sandbox.restore(clean);
    }
    assertEquals(sandbox.exports.add(1, 2), 3);
  });

  test(`flood_abort at ${ring} ends when it is too long`, { skip: needsKvm }, async () => {
    using sandbox = await flooding();
    const clean = sandbox.snapshot();
    const error = errorOf(() => bounded(() => sandbox.exports.flood_abort()));
    assertEquals([error.code, error.guestCode, sandbox.poisoned], ["ERR_GUEST_ABORTED", 0, true]);
    sandbox.restore(clean);
    assertEquals(sandbox.exports.add(1, 2), 3);
  });
}

for (
  const [what, name] of [["debug print", "flood_debug_lines"], [
    "HostPrint",
    "flood_print",
  ]] as const
) {
  test(
    `a flood of ${what} that nobody reads takes no memory`,
    { skip: needsKvm },
    async () => {
      using folder = new Folder({ "flood.elf": await buildRing0Guest("flood.c") });
      const program = join(ROOT, "tests/support/printing_program.ts");
      const run = process.versions.bun === undefined ? ["run", "-A", program] : [program];
      // Both streams are pipes from which nobody reads for a second.
      const slowly =
        '{ "$@" 2>&1 1>&3 | { sleep 1; cat >/dev/null; }; } 3>&1 | { sleep 1; cat >/dev/null; }';
      runRuntime(
        [...run, folder.at("flood.elf"), folder.at("result"), name],
        ["sh", "-c", slowly, "sh"],
      );
      const { code, grown } = JSON.parse(readFileSync(folder.at("result"), "utf8"));
      assertEquals(code, "ERR_DEADLINE");
      assertLess(grown, FLOOD_MEMORY, "MiB");
    },
  );
}

/** How a call ended whose guest prints to a pipe that nobody reads before the call is over, or five seconds have passed. */
async function printToFullPipe(name: string, way: string): Promise<{ code: string; took: number }> {
  using folder = new Folder({ "flood.elf": await buildRing0Guest("flood.c") });
  const program = join(ROOT, "tests/support/blocked_print_program.ts");
  const run = process.versions.bun === undefined ? ["run", "-A", program] : [program];
  const late = "for i in $(seq 50); do [ -e $RESULT ] && break; sleep 0.1; done; cat >/dev/null";
  runRuntime(
    [...run, folder.at("flood.elf"), folder.at("result"), name, way],
    ["env", `RESULT=${folder.at("result")}`, "sh", "-c", `"$@" 2>&1 | { ${late}; }`, "sh"],
  );
  return JSON.parse(readFileSync(folder.at("result"), "utf8"));
}

for (const way of ["deadline", "kill", "async"]) {
  for (const name of ["flood_debug_line", "flood_print"]) {
    const code = way === "kill" ? "ERR_CANCELLED" : "ERR_DEADLINE";
    test(
      `${name} to a pipe that nobody reads ends as ${code} (${way})`,
      { skip: needsKvm },
      async () => {
        const { took, ...end } = await printToFullPipe(name, way);
        assertEquals(end, { code });
        assert(took >= 299 && took < 4000, `${took} ms`);
      },
    );
  }
}

test("a word that a guest leaves for a pipe that nobody reads does not hold its host", {
  skip: needsKvm,
}, async () => {
  const { took, code } = await printToFullPipe("print_word", "end");
  assertEquals(code, "no error");
  assert(took < 4000, `${took} ms`);
});

test(
  "an abort of bytes without end is ERR_GUEST_ABORTED, whatever they are",
  { skip },
  async () => {
    using sandbox = await guest();
    const clean = sandbox.snapshot();
    for (const byte of [0, 15, 0x41, 0xfe]) {
      const error = assertFails(
        sandbox,
        clean,
        "ERR_GUEST_ABORTED",
        () => sandbox.exports.RawAbortBytes(new Uint8Array(4096).fill(byte)),
      );
      assertEquals(error.guestCode, 0);
    }
    // Words that claim more bytes than they have, and none.
    for (const value of [0x414141ff | 0, 0x41414104, 0]) {
      sandbox.exports.OutPort(102, value);
    }
    assertEquals(sandbox.exports.Echo("still there"), "still there");
  },
);

test("strings of `out`s to each port of the protocol end typed", { skip }, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const { OutString } = sandbox.exports;
  for (const times of [1, 2, 64]) {
    bounded(() => OutString(103, times));
    bounded(() => OutString(102, times));
    for (const port of [99, 101]) {
      assertFails(sandbox, clean, "ERR_GUEST_PROTOCOL", () => OutString(port, times));
    }
    assertFails(sandbox, clean, "ERR_FORBIDDEN_PORT", () => OutString(98, times));
  }
});

// --- tables ---

test(
  "a guest without descriptor tables ends in a triple fault at its next exception, and restore heals",
  { skip },
  async () => {
    using sandbox = await guest();
    const clean = sandbox.snapshot();
    const { LoseTables, TriggerUd2, Echo } = sandbox.exports;
    LoseTables();
    assertEquals(Echo("needs none"), "needs none");
    assertFails(sandbox, clean, "ERR_UNEXPECTED_EXIT", () => TriggerUd2());
    const error = assertFails(sandbox, clean, "ERR_GUEST_EXCEPTION", () => TriggerUd2());
    assertEquals(error.vector, 6);
  },
);

test("a guest that destroys its page tables ends typed, and restore heals", { skip }, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const { WriteAddress, Echo, ReadAddress } = sandbox.exports;
  const entry = ReadAddress(0x3000n + 8n * 5n);
  const attacks: (readonly [bigint, bigint])[] = [
    // PML4, PDPT, PD, the code's page: nothing there, themselves, or memory that there is not.
    ...[0x0n, 0x1000n, 0x2000n, 0x3000n + 8n * 5n].flatMap((address) =>
      [0n, 3n, 2n ** 51n | 3n, 2n ** 64n - 1n].map((value) => [address, value] as const)
    ),
  ];
  for (const [address, value] of attacks) {
    const error = bounded(() =>
      errorOf(() => {
        WriteAddress(address, value);
        // What it had translated before may still serve.
        Echo("still there");
        WriteAddress(0n, 0n);
        Echo("without any");
      })
    );
    assertEquals(sandbox.poisoned, true, error.message);
    sandbox.restore(clean);
    assertEquals(ReadAddress(0x3000n + 8n * 5n), entry);
    assertEquals(Echo("as good as new"), "as good as new");
  }
});

test("a guest that destroys its process environment block hurts itself alone, and restore heals", {
  skip,
}, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const { WritePeb, PebBytes, Echo } = sandbox.exports;
  const peb = PebBytes();
  let unhurt = 0;
  for (let offset = 0; offset < peb.length; offset += 8) {
    for (const value of [0n, 2n ** 47n, 2n ** 64n - 1n]) {
      bounded(() => {
        try {
          WritePeb(offset, value);
          if (Echo("hello") === "hello") unhurt++;
        } catch (error) {
          // Whatever its own code makes of that; the host has its own idea of what lies where.
          assert(error instanceof VmletError, `${error}`);
        }
      });
      sandbox.restore(clean);
      assertEquals(PebBytes(), peb);
    }
  }
  // The dispatch function's address, for one, is not asked for again.
  assertGreater(unhurt, 3);
  WritePeb(8, 0n);
  assertEquals(Echo("dispatched"), "dispatched");
});

// --- registers ---

const registers = (bytes: Uint8Array) => Array.from(new BigUint64Array(bytes.slice().buffer));

test("nothing of a call is in the registers of the next", { skip }, async () => {
  using sandbox = await guest();
  const { DirtyRegisters, DispatchRegisters, EntryRegisters, DirtyFpu, ReadFpu } = sandbox.exports;
  const [dispatched, entered, fpu] = [DispatchRegisters(), EntryRegisters(), ReadFpu()];
  const { stack } = readPeb(sandbox.exports.PebBytes());
  // All zero but rsp and the bit of rflags that is always one.
  assertEquals(registers(dispatched).map((it, i) => i === 7 ? stack.end - 0x28 : Number(it)), [
    ...[0, 0, 0, 0, 0, 0, 0, stack.end - 0x28, 0, 0, 0, 0, 0, 0, 0, 0, 2],
  ]);
  DirtyRegisters();
  assertEquals([DispatchRegisters(), EntryRegisters()], [dispatched, entered]);
  DirtyFpu();
  assertEquals(ReadFpu(), fpu);
});

test(
  "nothing of a call is in the control and debug registers after a restore",
  { skip },
  async () => {
    using sandbox = await guest();
    const { DirtyRegisters, ControlRegisters, EntryRegisters, DirtyFpu, ReadFpu } = sandbox.exports;
    const clean = sandbox.snapshot();
    const [control, entered, fpu] = [ControlRegisters(), EntryRegisters(), ReadFpu()];
    DirtyRegisters();
    // CR2 and DR0 to DR3 are the guest's from one call to the next.
    const dirty = registers(ControlRegisters());
    assertEquals([1, 4, 5, 6, 7].map((i) => dirty[i]), new Array(5).fill(0x4141_4141_4141_4141n));
    assertNotEquals(dirty, registers(control));
    DirtyFpu();
    sandbox.restore(clean);
    assertEquals(registers(ControlRegisters()), registers(control));
    assertEquals([EntryRegisters(), ReadFpu()], [entered, fpu]);
  },
);
