/** The example guests as tests use them: their files and definitions, and a look at how a call ended. */

import { readFileSync } from "node:fs";
import { fail } from "@std/assert";
import { type ImportDefinitions, Sandbox, type SandboxOptions, VmletError } from "../../mod.ts";

/** The bytes of guest/examples/NAME.elf. */
export function guestBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../guest/examples/${name}.elf`, import.meta.url)));
}

/** The same without what the file says of its functions, so that a test can say otherwise. */
export function undescribed(name: string): Uint8Array {
  const bytes = guestBytes(name).slice();
  // The section's name, wherever it stands: without it nobody finds the section.
  const at = new TextDecoder("latin1").decode(bytes).lastIndexOf("vmlet_functions\0");
  bytes[at] = 0x78;
  return bytes;
}

/** What hello.c exports. */
export const HELLO = {
  add: { parameters: ["i32", "i32"], result: "i32" },
  add_in_host: { parameters: ["i32", "i32"], result: "i32" },
  reverse: { parameters: ["buffer"], result: "buffer" },
  count: { parameters: [], result: "i32" },
  give_up: { parameters: ["i32"], result: "void" },
  refuse: { parameters: ["i32"], result: "void" },
} as const;

/** What hello.c imports, done right. */
export const HOST_ADD = {
  host_add: {
    parameters: ["i32", "i32"],
    result: "i32",
    callback: (a: number, b: number): number => (a + b) | 0,
  },
} as const;

/** What echo.c exports: a function for each type that gives back what it got. */
export const ECHO = {
  echo_i32: { parameters: ["i32"], result: "i32" },
  echo_u32: { parameters: ["u32"], result: "u32" },
  echo_i64: { parameters: ["i64"], result: "i64" },
  echo_u64: { parameters: ["u64"], result: "u64" },
  echo_f32: { parameters: ["f32"], result: "f32" },
  echo_f64: { parameters: ["f64"], result: "f64" },
  echo_bool: { parameters: ["bool"], result: "bool" },
  echo_string: { parameters: ["string"], result: "string" },
  echo_buffer: { parameters: ["buffer"], result: "buffer" },
  echo_void: { parameters: [], result: "void" },
} as const;

/** What bench.c exports. */
export const BENCH = {
  noop: { parameters: [], result: "void" },
  add: { parameters: ["i32", "i32"], result: "i32" },
  echo_string: { parameters: ["string"], result: "string" },
  echo_buffer: { parameters: ["buffer"], result: "buffer" },
  dirty: { parameters: ["i32", "i32"], result: "void" },
  spin: { parameters: [], result: "void" },
  busy: { parameters: ["i32"], result: "void" },
  ticks: { parameters: [], result: "u64" },
  calibrate: { parameters: ["u32"], result: "void" },
  host_add: { parameters: ["i32", "i32"], result: "i32" },
} as const;

const VOID = { parameters: [], result: "void" } as const;
const ADDRESS = { parameters: ["u64"], result: "void" } as const;
const NUMBER = { parameters: ["u32"], result: "void" } as const;

/** What hostile.c exports. */
export const HOSTILE = {
  hello: { parameters: [], result: "i32" },
  write_at: ADDRESS,
  read_at: ADDRESS,
  peek: { parameters: ["u64"], result: "u64" },
  poke: { parameters: ["u64", "u64"], result: "void" },
  jump_to: ADDRESS,
  change_code: VOID,
  run_data: VOID,
  run_stack: VOID,
  recurse_endlessly: VOID,
  huge_frame: ADDRESS,
  divide: { parameters: ["i32", "i32"], result: "i32" },
  invalid_opcode: VOID,
  breakpoint: VOID,
  software_interrupt: VOID,
  system_call: VOID,
  halt: VOID,
  disable_interrupts: VOID,
  read_control_register: VOID,
  write_control_register: VOID,
  load_descriptor_table: VOID,
  read_msr: NUMBER,
  write_msr: NUMBER,
  single_step: VOID,
  non_canonical: VOID,
  write_port: NUMBER,
  read_port: NUMBER,
  write_port_string: { parameters: ["u32", "u64"], result: "void" },
  lie: { parameters: ["u64", "u64", "u32", "bool"], result: "void" },
  forge: { parameters: ["buffer", "bool"], result: "void" },
  flood_abort: VOID,
  dirty_registers: VOID,
  find_registers: { parameters: [], result: "u64" },
  dirty_vectors: { parameters: [], result: "bool" },
  find_vectors: { parameters: [], result: "u64" },
  push_at: ADDRESS,
  selectors: { parameters: [], result: "u64" },
  spin: VOID,
} as const;

type Options = Omit<SandboxOptions, "guest" | "exports" | "imports">;

/** A sandbox of hello.c. */
export function hello(options: Options = {}): Promise<Sandbox<typeof HELLO>> {
  return Sandbox.create({
    guest: guestBytes("hello"),
    exports: HELLO,
    imports: HOST_ADD,
    ...options,
  });
}

/** A sandbox of hello.c whose import does what a test wants. */
export function helloWith(
  callback: (a: number, b: number) => unknown,
  result: "i32" | "string" = "i32",
): Promise<Sandbox<typeof HELLO>> {
  const imports = { host_add: { parameters: ["i32", "i32"], result, callback } };
  return Sandbox.create({
    guest: undescribed("hello"),
    exports: HELLO,
    imports: imports as unknown as ImportDefinitions<Record<never, never>, Record<never, never>>,
  });
}

/** A sandbox of hostile.c. */
export function hostile(options: Options = {}): Promise<Sandbox<typeof HOSTILE>> {
  return Sandbox.create({ guest: guestBytes("hostile"), exports: HOSTILE, ...options });
}

/** The error that a call throws, which must be vmlet's. */
export function errorOf(call: () => unknown): VmletError {
  let value: unknown;
  try {
    value = call();
  } catch (error) {
    if (error instanceof VmletError) return error;
    throw error;
  }
  fail(`The call returned ${value} instead of failing`);
}

/** The same for what is awaited. */
export async function rejectionOf(promise: Promise<unknown>): Promise<VmletError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (error instanceof VmletError) return error;
    throw error;
  }
  fail(`The promise gave ${value} instead of failing`);
}
