/** Hyperlight's behaviours A7: aborts, exceptions, memory faults. docs/behaviours.md has the rows. */

import { test } from "node:test";
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { Sandbox, SandboxOptions, Snapshot, VmletError } from "../mod.ts";
import { EXCEPTION_NAMES } from "../src/guest/ring3.ts";
import { KvmError, Memory } from "../src/kvm/mod.ts";
import { Folder } from "./support/cli.ts";
import { answerCalls } from "./support/failing_calls.ts";
import { errorOf } from "./support/guests.ts";
import { crash, readPeb, RUST, rustWith } from "./support/hyperlight.ts";
import { Killer } from "./support/killer.ts";
import { CODE, CodeGuest, MMIO, MMIO_PHYSICAL, readAt, writeAt } from "./support/machine_code.ts";
import { needsHyperlightGuest, needsKvm } from "./support/skip.ts";

const skip = needsHyperlightGuest;

const VOID = { parameters: [], result: "void" } as const;
const CODED = { parameters: ["i32"], result: "void" } as const;
const SIZED = { parameters: ["i32"], result: "i32" } as const;
const SIZE = { parameters: [], result: "i32" } as const;
const TEXT = { parameters: [], result: "string" } as const;

/** What of the guest's functions is asked for here. */
const EXPORTS = {
  Echo: RUST.Echo,
  PebBytes: RUST.PebBytes,
  Panic: { parameters: ["string"], result: "void" },
  AbortWithCode: CODED,
  AbortWithCodeAndMessage: { parameters: ["i32", "string"], result: "void" },
  AbortMessageOf: CODED,
  AbortUnterminated: CODED,
  RawAbortBytes: { parameters: ["buffer"], result: "void" },
  TestMalloc: SIZED,
  CallMalloc: SIZED,
  ExhaustHeap: VOID,
  TriggerUd2: VOID,
  TriggerException: CODED,
  TripleFault: VOID,
  ExecuteOnStack: TEXT,
  ExecuteOnHeap: TEXT,
  WriteGuardPage: SIZED,
  InfiniteRecursion: VOID,
  LargeVar: SIZE,
  StackOverflow: SIZED,
  StackAllocate: SIZED,
  SmallVar: SIZE,
  StackWrite: SIZED,
  CorruptCookie: VOID,
  WriteMapped: { parameters: ["u64", "i32", "bool"], result: "void" },
  ReadMapped: { parameters: ["u64", "u64", "bool"], result: "buffer" },
  ReadAddress: RUST.ReadAddress,
  WriteAddress: RUST.WriteAddress,
  WriteHostFunctionDefinitions: { parameters: ["bool"], result: "void" },
  OutPort: { parameters: ["i32", "i32"], result: "void" },
  InPort: SIZED,
} as const;

type Guest = Sandbox<typeof EXPORTS>;

const guest = (options?: Pick<SandboxOptions, "executableHeap" | "memory">): Promise<Guest> =>
  rustWith(EXPORTS, options);

/** Runs something with a new sandbox, and what is needed to see how its calls crash. */
async function withGuest(
  run: (
    functions: Guest["exports"],
    crashed: (call: () => unknown) => VmletError,
    sandbox: Guest,
    clean: Snapshot,
  ) => unknown,
  options?: Parameters<typeof guest>[0],
): Promise<void> {
  using sandbox = await guest(options);
  const clean = sandbox.snapshot();
  await run(sandbox.exports, (call) => crash(sandbox, clean, call), sandbox, clean);
}

/** What stands behind the code in the message of an abort. */
function abortMessage({ code, guestCode, message }: VmletError): string {
  assertEquals(code, "ERR_GUEST_ABORTED", message);
  const start = `Guest aborted with code ${guestCode}`;
  if (message === start) return "";
  assertStringIncludes(message, `${start}: `);
  return message.slice(start.length + 2);
}

// --- aborts ---

test(
  "A7.1 a guest's panic is ERR_GUEST_ABORTED of code 8 with the panic's text",
  { skip },
  () =>
    withGuest(({ Panic }, crashed) => {
      const error = crashed(() => Panic("Error... error..."));
      assertEquals(error.guestCode, 8);
      assertMatch(
        abortMessage(error),
        /^panicked at src\/faults\.rs:\d+:\d+:\nError\.\.\. error\.\.\.$/,
      );
    }),
);

test(
  "A7.2 an abort may have a code alone",
  { skip },
  () =>
    withGuest(({ AbortWithCode }, crashed) => {
      for (const code of [0, 14, 77, 254]) {
        const error = crashed(() => AbortWithCode(code));
        assertEquals([error.guestCode, abortMessage(error)], [code, ""]);
      }
      const error = crashed(() => AbortWithCode(13));
      assertEquals([error.code, error.guestCode], ["ERR_OUT_OF_MEMORY", 13]);
      assertMatch(error.message, /memory\.heap$/);
      // 255 is the end of an abort, not a code.
      assertEquals(crashed(() => AbortWithCode(255)).guestCode, 0);
    }),
);

test(
  "A7.3 an abort's code and message arrive as they are",
  { skip },
  () =>
    withGuest(({ AbortWithCodeAndMessage }, crashed) => {
      for (
        const [code, text] of [[25, "Oh no"], [75, "This is a test error message"], [
          25,
          "é ✓",
        ], [25, "\ufeffmarked"]] as const
      ) {
        const error = crashed(() => AbortWithCodeAndMessage(code, text));
        assertEquals([error.guestCode, abortMessage(error)], [code, text]);
      }
      // But for what could command a terminal, since runtimes print what nobody catches.
      const command = crashed(() => AbortWithCodeAndMessage(25, "Oh\x1b]0;no\x07"));
      assertEquals(abortMessage(command), "Oh\ufffd]0;no\ufffd");
    }),
);

test(
  "A7.4 an abort of more than 1024 bytes, code and message, is an overflow of code 0",
  { skip },
  () =>
    withGuest(({ AbortMessageOf }, crashed) => {
      const longest = crashed(() => AbortMessageOf(1023));
      assertEquals([longest.guestCode, abortMessage(longest)], [15, "m".repeat(1023)]);
      for (const length of [1024, 2000]) {
        const error = crashed(() => AbortMessageOf(length));
        assertEquals([error.code, error.guestCode], ["ERR_GUEST_ABORTED", 0]);
        assertStringIncludes(error.message, "Guest abort buffer overflowed");
      }
    }),
);

test(
  "A7.5 malloc that finds no memory is ERR_OUT_OF_MEMORY of code 13",
  { skip },
  () =>
    withGuest(({ TestMalloc }, crashed) => {
      assert(TestMalloc(2000) > 0);
      const error = crashed(() => TestMalloc(20_000_000));
      assertEquals([error.code, error.guestCode], ["ERR_OUT_OF_MEMORY", 13]);
      assertStringIncludes(error.message, "memory.heap");
    }),
);

test("A7.6 an allocation of Rust's that fails is an abort of code 8, and no stack overflow", {
  skip,
}, () =>
  withGuest(({ CallMalloc, ExhaustHeap }, crashed) => {
    assertEquals(CallMalloc(2000), 2000);
    for (const call of [() => CallMalloc(1024 * 1024), () => ExhaustHeap()]) {
      const error = crashed(call);
      assertEquals(error.guestCode, 8);
      assertMatch(abortMessage(error), /memory allocation of \d+ bytes failed/);
    }
  }));

// --- exceptions ---

test(
  "A7.7 an invalid instruction is ERR_GUEST_EXCEPTION with all that the guest's handler reports",
  { skip },
  () =>
    withGuest(({ TriggerUd2 }, crashed) => {
      const error = crashed(() => TriggerUd2());
      assertEquals([error.code, error.vector, error.guestCode], ["ERR_GUEST_EXCEPTION", 6, 15]);
      assert((error.rip ?? 0n) > 0x5000n);
      // The file has symbols: they stand in place of the instruction's address.
      assertMatch(
        error.message,
        /InvalidOpcode in hyperlight_test_guest::\S+ .*error code 0x0, stack pointer 0x[\da-f]+/,
      );
      assertStringIncludes(error.report(), `rip 0x${error.rip?.toString(16).padStart(16, "0")}`);
    }),
);

/** That running what lies on the stack or the heap is refused there. */
function assertNotExecutable(error: VmletError): void {
  const { code, access, vector, address, rip, message } = error;
  assertEquals([code, access, vector], ["ERR_MEMORY_ACCESS", "execute", 14]);
  assertEquals(address, rip);
  assertStringIncludes(message, "PageFault");
}

test(
  "A7.8 code on the stack does not run",
  { skip },
  () =>
    withGuest(({ ExecuteOnStack, PebBytes }, crashed) => {
      const { stack } = readPeb(PebBytes());
      const error = crashed(() => ExecuteOnStack());
      assertNotExecutable(error);
      assert(Number(error.address) < stack.end && Number(error.address) > stack.end - 65536);
      assertStringIncludes(error.message, "stack");
    }),
);

test("A7.9 code on the heap runs with executableHeap alone", { skip }, async () => {
  await withGuest(({ ExecuteOnHeap }, crashed) => {
    const error = crashed(() => ExecuteOnHeap());
    assertNotExecutable(error);
    assertStringIncludes(error.message, "heap");
  });
  await withGuest(({ ExecuteOnHeap, ExecuteOnStack }, crashed) => {
    assertEquals(ExecuteOnHeap(), "the heap can be executed");
    assertNotExecutable(crashed(() => ExecuteOnStack()));
  }, { executableHeap: true });
});

// --- the stack ---

test("A7.10 a write to the stack's guard page is ERR_STACK_OVERFLOW, one beside it is none", {
  skip,
}, () =>
  withGuest(({ WriteGuardPage, PebBytes }, crashed) => {
    const { heap } = readPeb(PebBytes());
    for (const offset of [-1024, -1, 4096 + 16, 4096 + 1024]) {
      assertEquals(WriteGuardPage(offset), offset);
    }
    for (const offset of [0, 1, 1024, 4095]) {
      const error = crashed(() => WriteGuardPage(offset));
      assertEquals(error.code, "ERR_STACK_OVERFLOW");
      assertEquals(error.address, BigInt(heap.address + heap.size + offset));
    }
  }));

test(
  "A7.11 a stack that overflows is ERR_STACK_OVERFLOW",
  { skip },
  () =>
    withGuest(({ InfiniteRecursion, LargeVar, StackOverflow, StackAllocate }, crashed) => {
      const calls = [
        () => InfiniteRecursion(),
        () => LargeVar(),
        () => StackOverflow(10),
        () => StackAllocate(0x800_0000),
      ];
      for (const call of calls) {
        const error = crashed(call);
        assertEquals(error.code, "ERR_STACK_OVERFLOW", error.message);
        assertStringIncludes(error.message, "memory.stack");
      }
    }),
);

test(
  "A7.12 a stack that is used within its size is none",
  { skip },
  () =>
    withGuest(({ StackAllocate, SmallVar, StackOverflow }) => {
      assertEquals([StackAllocate(100), SmallVar(), StackOverflow(1)], [100, 1024, 1]);
    }),
);

test(
  "A7.12 a larger stack takes what overflows a smaller one",
  { skip },
  () =>
    withGuest(({ LargeVar, StackOverflow }) => {
      assertEquals([LargeVar(), StackOverflow(10)], [65537, 10]);
    }, { memory: { stack: 256 * 1024 } }),
);

test(
  "A7.13 an abort of code 9 is ERR_STACK_OVERFLOW",
  { skip },
  () =>
    withGuest(({ AbortWithCode, AbortWithCodeAndMessage }, crashed) => {
      const alone = crashed(() => AbortWithCode(9));
      assertEquals([alone.code, alone.guestCode], ["ERR_STACK_OVERFLOW", 9]);
      assertMatch(alone.message, /memory\.stack or recurse less$/);
      const error = crashed(() => AbortWithCodeAndMessage(9, "over"));
      assertEquals([error.code, error.guestCode], ["ERR_STACK_OVERFLOW", 9]);
      assertMatch(error.message, /recurse less: over$/);
    }),
);

// --- memory ---

test(
  "A7.14 a write to a region that may be read and executed is ERR_MEMORY_ACCESS",
  { skip },
  () =>
    withGuest(({ WriteMapped, ReadMapped }, _crashed, sandbox, clean) => {
      using folder = new Folder({ "text.txt": "hello world" });
      const base = 0x1_0000_0000;
      sandbox.mapFile(folder.at("text.txt"), base);
      const text = ReadMapped(BigInt(base), 11n, true);
      assertEquals(new TextDecoder().decode(text), "hello world");
      const mapped = sandbox.snapshot();
      // Hyperlight's error has the region's base, wherever in it the write was.
      for (const address of [BigInt(base), BigInt(base) + 0x108n]) {
        const error = crash(sandbox, mapped, () => WriteMapped(address, 5, true));
        assertEquals(
          [error.code, error.address, error.access],
          ["ERR_MEMORY_ACCESS", address, "write"],
        );
        assertMatch(error.message, /text\.txt, whose rights are: .*read.*execute/);
      }
      // Nothing was written, and the guest's page tables are restored with the rest.
      assertEquals(ReadMapped(BigInt(base), 11n, false), text);
      sandbox.restore(clean);
    }),
);

test(
  "A7.14 a write to the host's read-only region is ERR_MEMORY_ACCESS, by page tables and by KVM",
  { skip },
  () =>
    withGuest(({ WriteHostFunctionDefinitions, PebBytes }, crashed) => {
      const address = BigInt(readPeb(PebBytes()).hostFunctions.address);
      for (const [mapped, vector] of [[false, 14], [true, undefined]] as const) {
        const error = crashed(() => WriteHostFunctionDefinitions(mapped));
        assertEquals(
          [error.code, error.address, error.access, error.vector],
          ["ERR_MEMORY_ACCESS", address, "write", vector],
        );
        assertStringIncludes(error.message, "host function definitions");
      }
    }),
);

test("A7.15 a touch where no region is, is ERR_MEMORY_ACCESS and poisons [Q: Hyperlight goes on]", {
  skip,
}, () =>
  withGuest(({ ReadMapped, WriteMapped, ReadAddress }, crashed) => {
    const address = 0x1_0000_0000n;
    const read = crashed(() => ReadMapped(address, 8n, true));
    assertEquals([read.code, read.address, read.access], ["ERR_MEMORY_ACCESS", address, "read"]);
    assertStringIncludes(read.message, "where no memory is");
    const write = crashed(() => WriteMapped(address, 5, true));
    assertEquals([write.code, write.address, write.access], [
      "ERR_MEMORY_ACCESS",
      address,
      "write",
    ]);
    // Where the page tables have nothing either, the guest's own handler reports it.
    const fault = crashed(() => ReadAddress(address));
    assertEquals(
      [fault.code, fault.address, fault.access, fault.vector],
      ["ERR_MEMORY_ACCESS", address, "read", 14],
    );
  }));

test(
  "A7.15 a touch where no region is, is ERR_STACK_OVERFLOW when the stack's cookie has changed",
  { skip: needsKvm },
  () => {
    const cookie = crypto.getRandomValues(new Uint8Array(16));
    cookie[0] = 1; // The guest writes 0.
    using memory = new Memory(4096);
    memory.write(0, cookie);
    const flags = { read: true, write: true };
    const stack = { name: "stack", guestAddress: MMIO_PHYSICAL, size: 4096, memory, flags };
    const touch = readAt(MMIO + 4096);
    using guest = new CodeGuest([...writeAt(MMIO), ...touch], 0, {
      extra: [stack],
      stackGuard: { address: MMIO_PHYSICAL, cookie },
    });
    const afterwards = errorOf(() => guest.call(CODE + writeAt(MMIO).length));
    assertEquals(afterwards.code, "ERR_MEMORY_ACCESS");
    const error = errorOf(() => guest.call());
    assertEquals([error.code, error.address], ["ERR_STACK_OVERFLOW", BigInt(MMIO_PHYSICAL + 4096)]);
  },
);

test(
  "A7.16 a triple fault is ERR_UNEXPECTED_EXIT and poisons [Q: Hyperlight goes on]",
  { skip },
  () =>
    withGuest(({ TripleFault }, crashed) => {
      for (let i = 0; i < 3; i++) {
        const error = crashed(() => TripleFault());
        assertEquals(error.code, "ERR_UNEXPECTED_EXIT");
        assertStringIncludes(error.message, "triple fault");
      }
    }),
);

test("A7.17 a KVM_RUN that fails is ERR_KVM with the error's number", { skip }, async () => {
  using sandbox = await guest();
  const clean = sandbox.snapshot();
  const EIO = 5;
  const error = await answerCalls(
    (name) => name === "run" ? -EIO : undefined,
    () => errorOf(() => sandbox.exports.Echo("to nobody")),
  );
  assertInstanceOf(error, KvmError);
  assertEquals([error.code, error.ioctl, error.symbol], ["ERR_KVM", "KVM_RUN", "EIO"]);
  assertEquals(sandbox.poisoned, true);
  sandbox.restore(clean);
  assertEquals(sandbox.exports.Echo("again"), "again");
});

test(
  "A7.18 a call that ends in order with a broken cookie is ERR_STACK_OVERFLOW [Q: Hyperlight does not look]",
  { skip },
  () =>
    withGuest(({ CorruptCookie, StackWrite }, crashed) => {
      // Behind the cookie.
      assertEquals(StackWrite(16), 16);
      for (const call of [() => CorruptCookie(), () => StackWrite(0), () => StackWrite(15)]) {
        assertEquals(crashed(call).code, "ERR_STACK_OVERFLOW");
      }
    }),
);

// --- how aborts are read ---

const bytes = (...parts: (number | string)[]) =>
  Uint8Array.from(
    parts.flatMap((it) => typeof it === "number" ? it : [...new TextEncoder().encode(it)]),
  );

test(
  "A7.19 a message that begins with a small byte is a message [Q: Hyperlight takes it for an exception]",
  { skip },
  () =>
    withGuest(({ AbortWithCodeAndMessage, RawAbortBytes }, crashed) => {
      const error = crashed(() => AbortWithCodeAndMessage(25, "\nOh no"));
      assertEquals([error.guestCode, abortMessage(error)], [25, "\nOh no"]);
      // Code 15 with a vector, but not with the text of an exception's handler, or with that of another vector.
      for (
        const rest of [
          "x",
          "Exception vector: 6\nFaulting Instruction: 0x1\nPage Fault Address: 0x0\nError code: 0x0\nStack Pointer: 0x1",
        ]
      ) {
        for (const vector of [14, 20, 30]) {
          const error = crashed(() => RawAbortBytes(bytes(15, vector, rest, 255)));
          assertEquals([error.guestCode, error.vector], [15, undefined]);
          // The small byte itself is a control character, which a message of an error shows as U+FFFD.
          assertEquals(abortMessage(error), `\ufffd${rest}`);
        }
      }
    }),
);

test(
  "A7.20 half an abort is gone when its call has ended [Q: Hyperlight puts it before the next]",
  { skip },
  async () => {
    using killer = await Killer.start();
    await withGuest(
      (
        { AbortUnterminated, AbortWithCodeAndMessage, AbortWithCode, RawAbortBytes },
        crashed,
        sandbox,
      ) => {
        const half = crashed(() => {
          killer.ask(sandbox.interruptHandle().token, 50_000);
          AbortUnterminated(7);
        });
        assertEquals([half.code, killer.answer()], ["ERR_CANCELLED", true]);
        const error = crashed(() => AbortWithCodeAndMessage(25, "Oh no"));
        assertEquals([error.guestCode, abortMessage(error)], [25, "Oh no"]);
        // Also when that call ended in order.
        RawAbortBytes(bytes(1));
        assertEquals(crashed(() => AbortWithCode(14)).guestCode, 14);
      },
    );
  },
);

test("A7.21 a port that is not served is ERR_FORBIDDEN_PORT and poisons [Q: Hyperlight goes on]", {
  skip,
}, () =>
  withGuest(({ OutPort, InPort }, crashed) => {
    for (const port of [0, 98, 100, 104, 107, 108, 109, 65535]) {
      const error = crashed(() => OutPort(port, 5));
      assertEquals([error.code, error.port], ["ERR_FORBIDDEN_PORT", port], error.message);
    }
    const error = crashed(() => InPort(98));
    assertEquals([error.code, error.port], ["ERR_FORBIDDEN_PORT", 98]);
  }));

test("A7.22 exceptions have Hyperlight's names", () => {
  // hyperlight_common 0.11: `outb.rs`, without NoException.
  assertEquals(Object.entries(EXCEPTION_NAMES).map(([vector, name]) => `${vector} ${name}`), [
    ...["0 DivideByZero", "1 Debug", "2 NonMaskableInterrupt", "3 Breakpoint", "4 Overflow"],
    ...["5 BoundRangeExceeded", "6 InvalidOpcode", "7 DeviceNotAvailable", "8 DoubleFault"],
    ...["9 CoprocessorSegmentOverrun", "10 InvalidTSS", "11 SegmentNotPresent"],
    ...["12 StackSegmentFault", "13 GeneralProtectionFault", "14 PageFault", "15 Reserved"],
    ...["16 X87FloatingPointException", "17 AlignmentCheck", "18 MachineCheck"],
    ...["19 SIMDFloatingPointException", "20 VirtualizationException", "30 SecurityException"],
  ]);
});

test(
  "A7.22 an exception's error has its vector and name",
  { skip },
  () =>
    withGuest(({ TriggerException }, crashed) => {
      const cases = [
        [0, "ERR_GUEST_EXCEPTION", "DivideByZero"],
        [6, "ERR_GUEST_EXCEPTION", "InvalidOpcode"],
        [13, "ERR_GUEST_EXCEPTION", "GeneralProtectionFault"],
        [14, "ERR_MEMORY_ACCESS", "PageFault"],
      ] as const;
      for (const [vector, code, name] of cases) {
        const error = crashed(() => TriggerException(vector));
        assertEquals([error.code, error.vector], [code, vector]);
        assertStringIncludes(error.message, name);
      }
      assertEquals(crashed(() => TriggerException(14)).address, 1n << 46n);
    }),
);
