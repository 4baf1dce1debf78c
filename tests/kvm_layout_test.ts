// Compares the numbers of src/kvm with what a C compiler makes of <linux/kvm.h>.
import { test } from "node:test";
import { assertEquals } from "@std/assert";
import { CAPABILITY, EXIT, IOCTL, MEMORY_FLAG, PAGE_SIZE, SYNC } from "../src/kvm/constants.ts";
import { IO_OUT, RUN_OFFSET } from "../src/kvm/exit.ts";
import type { Field } from "../src/kvm/struct.ts";
import * as structs from "../src/kvm/structs.ts";
import { runKvmProgram } from "./support/kvm_program.ts";

/** The member of `struct kvm_run` behind each offset. */
const RUN_MEMBER: Readonly<Record<keyof typeof RUN_OFFSET, string>> = {
  exitReason: "exit_reason",
  ioDirection: "io.direction",
  ioSize: "io.size",
  ioPort: "io.port",
  ioCount: "io.count",
  ioDataOffset: "io.data_offset",
  mmioAddress: "mmio.phys_addr",
  mmioData: "mmio.data",
  mmioLength: "mmio.len",
  mmioIsWrite: "mmio.is_write",
  internalSuberror: "internal.suberror",
  internalCount: "internal.ndata",
  internalData: "internal.data",
  failEntryReason: "fail_entry.hardware_entry_failure_reason",
  failEntryCpu: "fail_entry.cpu",
  debugException: "debug.arch.exception",
  debugPc: "debug.arch.pc",
  debugDr6: "debug.arch.dr6",
  debugDr7: "debug.arch.dr7",
  validRegs: "kvm_valid_regs",
  dirtyRegs: "kvm_dirty_regs",
  syncRegs: "s.regs.regs",
  syncSregs: "s.regs.sregs",
};

/** Names that zig's <linux/kvm.h> lacks, so that nothing is left out unseen. */
const UNKNOWN_TO_HEADER: readonly string[] = [];

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** C expressions with the values that our structures say they have. */
const STRUCTURES: Readonly<Record<string, number>> = Object.fromEntries(
  Object.values(structs).flatMap(({ name, size, fields }) => [
    [`sizeof(struct ${name})`, size],
    ...Object.entries<Field<unknown>>(fields).flatMap(([key, field]) => [
      [`offsetof(struct ${name}, ${snakeCase(key)})`, field.offset],
      [`sizeof(((struct ${name} *)0)->${snakeCase(key)})`, field.size],
    ]),
  ]),
);
const OFFSETS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(RUN_OFFSET).map(([key, offset]) => [
    `offsetof(struct kvm_run, ${RUN_MEMBER[key as keyof typeof RUN_OFFSET]})`,
    offset,
  ]),
);
const OUT = { KVM_EXIT_IO_OUT: IO_OUT };
const ALL = {
  ...STRUCTURES,
  ...OFFSETS,
  ...IOCTL,
  ...CAPABILITY,
  ...EXIT,
  ...MEMORY_FLAG,
  ...SYNC,
  ...OUT,
};

const MISSING = 2n ** 64n - 1n;

/** What C has for everything in `ALL`; undefined for a macro that is not defined. */
async function evaluate(): Promise<Record<string, number | undefined>> {
  const expressions = Object.keys(ALL);
  const values = expressions.map((it) =>
    /^\w+$/.test(it) ? `\n#ifdef ${it}\n${it},\n#else\n${MISSING}ull,\n#endif\n` : `${it},`
  );
  const output = await runKvmProgram(`
    static const unsigned long long values[] = {${values.join("\n")}};
    emit(values, sizeof values);
  `);
  const numbers = Array.from(new BigUint64Array(output.buffer));
  return Object.fromEntries(
    expressions.map((it, i) => [it, numbers[i] === MISSING ? undefined : Number(numbers[i])]),
  );
}

let header: Promise<Record<string, number | undefined>> | undefined;

async function compare(ours: Readonly<Record<string, number>>): Promise<void> {
  const theirs = await (header ??= evaluate());
  const names = Object.keys(ours);
  assertEquals(
    names.filter((name) => theirs[name] === undefined),
    names.filter((name) => UNKNOWN_TO_HEADER.includes(name)),
    "the names that <linux/kvm.h> lacks",
  );
  const known = Object.entries(ours).filter(([name]) => !UNKNOWN_TO_HEADER.includes(name));
  assertEquals(Object.fromEntries(known), Object.fromEntries(known.map(([k]) => [k, theirs[k]])));
}

test("Regs and every other structure have the sizes and offsets of <linux/kvm.h>", () =>
  compare(STRUCTURES));
test("RUN_OFFSET has the offsets of struct kvm_run", () => compare(OFFSETS));
test("RUN_OFFSET has room for Regs and Sregs where KVM synchronizes them", () => {
  assertEquals(RUN_OFFSET.syncRegs + structs.Regs.size, RUN_OFFSET.syncSregs);
});

test("IOCTL has the numbers of <linux/kvm.h>", () => compare(IOCTL));
test("CAPABILITY has the numbers of <linux/kvm.h>", () => compare(CAPABILITY));
test("EXIT has the numbers of <linux/kvm.h>", () => compare(EXIT));
test("MEMORY_FLAG has the numbers of <linux/kvm.h>", () => compare(MEMORY_FLAG));
test("SYNC has the numbers of <linux/kvm.h>", () => compare(SYNC));
test("IO_OUT has the number of <linux/kvm.h>", () => compare(OUT));

test("PAGE_SIZE is the size of x86_64's pages", () => assertEquals(PAGE_SIZE, 4096));

test("Sregs prints as its C name and fields, and as JSON", () => {
  const sregs = structs.Sregs.create();
  sregs.cs.base = 0x7f_0000_0000n;
  sregs.gdt.limit = 55;
  const inspect = (sregs as unknown as Record<symbol, () => string>)[
    Symbol.for("nodejs.util.inspect.custom")
  ];
  const text = inspect?.call(sregs) ?? "";
  assertEquals(text.split("\n").slice(0, 2).map((line) => line.slice(0, 44)), [
    "kvm_sregs {",
    "  cs: kvm_segment { base: 0x7f00000000, limi",
  ]);
  assertEquals(JSON.parse(JSON.stringify(sregs)).cs.base, "0x7f00000000");
  assertEquals(JSON.parse(JSON.stringify(sregs.gdt)), { base: "0x0", limit: 55 });
});
