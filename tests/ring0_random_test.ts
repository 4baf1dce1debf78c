/**
 * Guests of ring 0 that run instructions at random. Whatever they do to their memory, tables and registers: the call ends
 * with a typed error, and a restore undoes all of it.
 */

import { readFileSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import fc from "fast-check";
import { assert, assertEquals, assertGreater, assertLess } from "@std/assert";
import { type ErrorCode, Sandbox } from "../mod.ts";
import { PHYSICAL_VIEW } from "../src/debug/core_file.ts";
import { Folder } from "./support/cli.ts";
import { coreFile } from "./support/core_file.ts";
import { errorOf } from "./support/guests.ts";
import { needsKvm } from "./support/skip.ts";
import { guestOf } from "./support/tiny_guest.ts";

const littleEndian = (value: bigint, size: number) =>
  Array.from({ length: size }, (_, i) => Number(value >> BigInt(8 * i) & 255n));

/** Where the guest's parts lie, whoever owns them, and where nothing lies. */
const anyAddress = fc.oneof(
  fc.integer({ min: 0, max: 0x40 }).map((page) => BigInt(page) * 4096n),
  fc.bigInt({ min: 0n, max: 0x4_0000n }),
  fc.constantFrom(0xfee0_0000n, 2n ** 30n, 2n ** 47n, 2n ** 63n, 2n ** 64n - 8n),
);
const anyValue = fc.oneof(
  fc.constantFrom(0n, 1n, 3n, 8n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n, 0x8005_0033n, 0x620n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
);
const anyPort = fc.constantFrom(...[
  99,
  101,
  102,
  103,
  104,
  105,
  106,
  108,
  110,
  98,
  0x64,
  0xcf9,
  65535,
]);

/** `mov REGISTER, VALUE`. */
const set = (register: number, value: bigint) => [
  ...[register < 8 ? 0x48 : 0x49, 0xb8 + register % 8],
  ...littleEndian(value, 8),
];
const [RAX, RCX, RDX, RBX, RSP, RSI, RDI] = [0, 1, 2, 3, 4, 6, 7];

/** Instructions that take registers which are set before. */
const withRegisters = (
  registers: readonly [number, fc.Arbitrary<bigint>][],
  ...codes: number[][]
) =>
  fc.tuple(fc.tuple(...registers.map(([, values]) => values)), fc.constantFrom(...codes)).map((
    [values, code],
  ) => [...values.flatMap((value, i) => set(registers[i]?.[0] ?? 0, value)), ...code]);

const port = anyPort.map(BigInt);
const count = fc.constantFrom(0n, 1n, 2n, 64n, 5000n, 2n ** 40n);
const anyInstruction: fc.Arbitrary<number[]> = fc.oneof(
  fc.tuple(fc.nat(15), fc.oneof(anyAddress, anyValue)).map(([register, value]) =>
    set(register, value)
  ),
  // out and in, one or many
  withRegisters([[RDX, port], [RAX, anyValue]], [0xee], [0xef], [0x66, 0xef], [0xec], [0xed]),
  withRegisters([[RDX, port], [RSI, anyAddress], [RCX, count]], [0xf3, 0x6e], [0xf3, 0x6f]),
  withRegisters([[RDX, port], [RDI, anyAddress], [RCX, count]], [0xf3, 0x6c], [0xf3, 0x6d]),
  // memory: mov, stos, movs
  withRegisters([[RBX, anyAddress], [RAX, anyValue]], [0x48, 0x89, 0x03], [0x48, 0x8b, 0x03]),
  withRegisters([[RDI, anyAddress], [RSI, anyAddress], [RCX, count]], [0xf3, 0xaa], [0xf3, 0xa4]),
  // control and debug registers, XCR0, MSRs
  withRegisters(
    [[RAX, anyValue]],
    ...[0, 2, 3, 4].map((it) => [0x0f, 0x22, 0xc0 | it << 3]),
    ...[0, 3, 6, 7].map((it) => [0x0f, 0x23, 0xc0 | it << 3]),
    [0x44, 0x0f, 0x22, 0xc0],
  ),
  withRegisters([[RAX, anyValue], [RDX, fc.constant(0n)], [RCX, fc.constantFrom(0n, 1n)]], [
    0x0f,
    0x01,
    0xd1,
  ]),
  withRegisters(
    [[RCX, fc.constantFrom(0x10n, 0x1bn, 0x277n, 0xc000_0080n, 0xc000_0102n, 0x4b56_4d01n)], [
      RAX,
      anyValue,
    ]],
    [0x0f, 0x30],
    [0x0f, 0x32],
  ),
  // lgdt, lidt, invlpg; lldt, ltr, segments
  withRegisters([[RBX, anyAddress]], [0x0f, 0x01, 0x13], [0x0f, 0x01, 0x1b], [0x0f, 0x01, 0x3b]),
  withRegisters([[RAX, anyValue]], [0x0f, 0x00, 0xd0], [0x0f, 0x00, 0xd8], [0x8e, 0xd0], [
    0x8e,
    0xe8,
  ]),
  // stacks: iretq, retfq, sysretq, popfq, ret
  withRegisters([[RSP, anyAddress]], [0x48, 0xcf], [0x48, 0xcb], [0x48, 0x0f, 0x07], [0x9d], [
    0xc3,
  ]),
  // hlt, cli, sti, int3, ud2, syscall, swapgs, wbinvd, cpuid, vmcall, vmmcall, jmp to itself
  fc.constantFrom(
    ...[[0xf4], [0xfa], [0xfb], [0xcc], [0x0f, 0x0b], [0x0f, 0x05], [0x0f, 0x01, 0xf8], [
      0x0f,
      0x09,
    ]],
    ...[[0x0f, 0xa2], [0x0f, 0x01, 0xc1], [0x0f, 0x01, 0xd9], [0xeb, 0xfe], [0x9c]],
  ),
  fc.nat(255).map((vector) => [0xcd, vector]),
  fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }),
);

/** How a call of such a guest can end: none of them returns a result. */
const ENDS: readonly ErrorCode[] = [
  ...["ERR_UNEXPECTED_EXIT", "ERR_FORBIDDEN_PORT", "ERR_GUEST_PROTOCOL", "ERR_DEADLINE"] as const,
  ...["ERR_GUEST_ABORTED", "ERR_OUT_OF_MEMORY", "ERR_STACK_OVERFLOW", "ERR_MEMORY_ACCESS"] as const,
];

const DEADLINE = 50;
const EXPORTS = { run: { parameters: [], result: "i32" } } as const;

/** A message without what KVM says of the CPU that the guest ran on: the thread may have moved to another. */
const withoutCpu = (message: string) => message.replace(/, (cpu|data)( 0x[\da-f]+| \d+)+/g, "");

/** The guest's physical memory but for its buffers, which are no part of a snapshot: parts 4 and 5 of Hyperlight's layout. */
function memoryOf(sandbox: Sandbox<typeof EXPORTS>, folder: Folder): Uint8Array[] {
  sandbox.dumpCore(folder.at("core"));
  const core = coreFile(readFileSync(folder.at("core")));
  return core.loads.filter(({ address }) => address >= PHYSICAL_VIEW)
    .filter((_, part) => part !== 4 && part !== 5)
    .map(({ address, size }) => core.read(address, size));
}

test("a guest of ring 0 that runs anything ends typed, and a restore undoes it", {
  skip: needsKvm,
}, async () => {
  using folder = new Folder();
  const seen = new Set<string>();
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(fc.array(anyInstruction, { minLength: 1, maxLength: 25 }), async (code) => {
      using sandbox = await Sandbox.create({
        guest: guestOf([...code.flat(), 0xf4]),
        exports: EXPORTS,
        deadline: DEADLINE,
        log: () => {},
        logLevel: "trace",
      });
      using clean = sandbox.snapshot();
      const memory = memoryOf(sandbox, folder);
      const run = () => {
        const error = errorOf(() => sandbox.exports.run());
        assert(ENDS.includes(error.code), error.message);
        assert(sandbox.poisoned);
        seen.add(error.code);
        return error;
      };
      const first = run();
      sandbox.restore(clean);
      assertEquals(memoryOf(sandbox, folder), memory);
      const second = run();
      // Where a deadline ends it depends on the time.
      if ([first, second].some(({ code }) => code === "ERR_DEADLINE")) return;
      assertEquals(withoutCpu(second.message), withoutCpu(first.message));
    }),
    { numRuns: process.env.NESTED_KVM ? 40 : 200 },
  );
  assertGreater(seen.size, 1, [...seen].join());
  assertLess((process.memoryUsage().rss - before) / 2 ** 20, 256, "MiB");
});
