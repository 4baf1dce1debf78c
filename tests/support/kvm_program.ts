// Compiles C programs against the <linux/kvm.h> that comes with zig, runs them, and hands back what they wrote.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, zig } from "../../scripts/tools.ts";

const TARGET = ["-target", "x86_64-linux-musl"];
const COMPILE = [
  ...["-c", "-O1", "-ffreestanding", "-fno-builtin", "-fno-sanitize=undefined"],
  ...["-fno-stack-protector", "-Werror"],
];
/** Without a C library, which zig would have to build first: that takes a minute. */
const LINK = ["-nostdlib", "-static"];

const program = (body: string) => `
#include <stddef.h>
#include <linux/kvm.h>

static void emit(const volatile void *data, unsigned long size) {
  while (size > 0) {
    long written;
    __asm__ volatile("syscall" : "=a"(written) : "0"(1L), "D"(1L), "S"(data), "d"(size) : "rcx", "r11", "memory");
    if (written <= 0) __builtin_trap();
    data = (const volatile char *)data + written;
    size -= written;
  }
}

static void program(void) {
${body}
}

__attribute__((force_align_arg_pointer)) void _start(void) {
  program();
  __asm__ volatile("syscall" : : "a"(231L), "D"(0L));
  __builtin_unreachable();
}
`;

/** Runs the statements of `body`, which write with `emit(pointer, size)`. */
export async function runKvmProgram(body: string): Promise<Uint8Array<ArrayBuffer>> {
  const folder = mkdtempSync(join(tmpdir(), "vmlet-kvm-"));
  try {
    const source = join(folder, "program.c");
    const object = join(folder, "program.o");
    const executable = join(folder, "program");
    writeFileSync(source, program(body));
    for (const args of [[...COMPILE, source, "-o", object], [...LINK, object, "-o", executable]]) {
      const { code, output } = await run([...zig(), "cc", ...TARGET, ...args], { capture: true });
      if (code !== 0) throw new Error(`Cannot compile the program: ${output}`);
    }
    const { status, signal, stdout, error } = spawnSync(executable, {
      maxBuffer: 64 * 1024 * 1024,
    });
    if (status !== 0) throw new Error(`The program ended with ${error ?? signal ?? status}`);
    return new Uint8Array(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
