/** Guests of Hyperlight v0.11's ABI: one on its Rust crates, which has a function for each behaviour, and a fast one. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assertEquals } from "@std/assert";
import { type ImportDefinitions, Sandbox, type SandboxOptions } from "../../mod.ts";
import type {
  FunctionDefinitions,
  ResultType,
  Snapshot,
  ValueType,
  VmletError,
} from "../../mod.ts";
import { buildHyperlightGuest } from "../../scripts/hyperlight_guests.ts";
import { buildFastGuest } from "../../scripts/peer.ts";
import { errorOf } from "./guests.ts";

/** What the guest of tests/guests/hyperlight offers, as far as tests of calls need it. */
export const RUST = {
  Echo: { parameters: ["string"], result: "string" },
  EchoInt: { parameters: ["i32"], result: "i32" },
  EchoUInt: { parameters: ["u32"], result: "u32" },
  EchoLong: { parameters: ["i64"], result: "i64" },
  EchoULong: { parameters: ["u64"], result: "u64" },
  EchoFloat: { parameters: ["f32"], result: "f32" },
  EchoDouble: { parameters: ["f64"], result: "f64" },
  EchoBool: { parameters: ["bool"], result: "bool" },
  EchoBytes: { parameters: ["buffer"], result: "buffer" },
  ReturnVoid: { parameters: [], result: "void" },
  SetByteArrayToZero: { parameters: ["buffer"], result: "buffer" },
  ManyParams: {
    parameters: [
      ...["i32", "u32", "i64", "u64", "f32", "f64"] as const,
      ...["bool", "string", "buffer", "i32", "i32"] as const,
    ],
    result: "string",
  },
  LargeReturn: { parameters: ["i32"], result: "buffer" },
  Add: { parameters: ["i32", "i32"], result: "i32" },
  CallHost: { parameters: ["string", "i32"], result: "i32" },
  CallHostUInt: { parameters: ["string", "u32"], result: "u32" },
  CallHostLong: { parameters: ["string", "i64"], result: "i64" },
  CallHostULong: { parameters: ["string", "u64"], result: "u64" },
  CallHostFloat: { parameters: ["string", "f32"], result: "f32" },
  CallHostDouble: { parameters: ["string", "f64"], result: "f64" },
  CallHostBool: { parameters: ["string", "bool"], result: "bool" },
  CallHostString: { parameters: ["string", "string"], result: "string" },
  CallHostBytes: { parameters: ["string", "buffer"], result: "buffer" },
  CallHostVoid: { parameters: ["string"], result: "void" },
  CallHostNoArgs: { parameters: ["string"], result: "i32" },
  CallHostTwice: { parameters: ["string", "string", "bool"], result: "i32" },
  HostErrorOf: { parameters: ["string"], result: "string" },
  HostFunctions: { parameters: [], result: "string" },
  Fail: { parameters: ["string"], result: "void" },
  GuestErrorWith: { parameters: ["i32", "string"], result: "void" },
  Print: { parameters: ["string"], result: "i32" },
  SetStatic: { parameters: [], result: "i32" },
  SmallVar: { parameters: [], result: "i32" },
  AddToStatic: { parameters: ["i32"], result: "i32" },
  GetStatic: { parameters: [], result: "i32" },
  AddToStaticAndFail: { parameters: ["i32"], result: "i32" },
  ThisIsNotARealFunctionButTheNameIsImportant: { parameters: [], result: "i32" },
  ReadFromUserMemory: { parameters: ["u64", "buffer"], result: "buffer" },
  ReadAddress: { parameters: ["u64"], result: "u64" },
  WriteAddress: { parameters: ["u64", "u64"], result: "void" },
  ExecMapped: { parameters: ["u64", "bool"], result: "i32" },
  InputStack: { parameters: [], result: "u64" },
  OutputStack: { parameters: [], result: "u64" },
  LeaveOutput: { parameters: ["buffer", "i32"], result: "void" },
  PebBytes: { parameters: [], result: "buffer" },
} as const satisfies FunctionDefinitions;

/** What bench/peer/fastguest.S offers: it echoes "hello\n" whatever comes, and adds 1 and 41. */
export const FAST = {
  Echo: { parameters: ["string"], result: "string" },
  Add: { parameters: ["i32", "i32"], result: "i32" },
  Spin: { parameters: [], result: "void" },
} as const satisfies FunctionDefinitions;

/** What the fast guest's Add asks of the host. */
export const HOST_ADD = {
  HostAdd: {
    parameters: ["i32", "i32"],
    result: "i32",
    callback: (a: number, b: number): number => (a + b) | 0,
  },
} as const;

/** What tests/guests/flood.c asks of the host. */
export const FLOOD_IMPORTS = {
  host_add: { parameters: ["i32", "i32"], result: "i32", callback: HOST_ADD.HostAdd.callback },
  host_echo: { parameters: ["string"], result: "string", callback: (text: string) => text },
} as const;

/** Imports of any types; a test that defines them wrong wants to see what happens. */
export type AnyImports = Readonly<
  Record<string, {
    readonly parameters: readonly ValueType[];
    readonly result: ResultType;
    readonly callback: (...args: never[]) => unknown;
  }>
>;

/** Options of a sandbox, without its guest and types. */
export type Options = Omit<SandboxOptions, "guest" | "exports" | "imports"> & {
  readonly imports?: AnyImports;
};

/** A sandbox of a guest with these exports. */
export function sandboxOf<const E extends FunctionDefinitions>(
  guest: string | Uint8Array,
  exports: E,
  { imports = {}, ...options }: Options = {},
): Promise<Sandbox<E>> {
  const untyped = imports as unknown as ImportDefinitions<
    Record<never, never>,
    Record<never, never>
  >;
  return Sandbox.create({ guest, exports, imports: untyped, ...options });
}

/** A sandbox of the Rust guest. */
export async function rust(options?: Options): Promise<Sandbox<typeof RUST>> {
  return sandboxOf(await buildHyperlightGuest(), RUST, options);
}

/** The same with exports that a test names, however wrong. */
export async function rustWith<const E extends FunctionDefinitions>(
  exports: E,
  options?: Options,
): Promise<Sandbox<E>> {
  return sandboxOf(await buildHyperlightGuest(), exports, options);
}

let fastBytes: Promise<Uint8Array> | undefined;

/** The bytes of the fast guest. */
export function fastGuest(): Promise<Uint8Array> {
  return fastBytes ??= (async () => {
    const folder = mkdtempSync(join(tmpdir(), "vmlet-test-guest-"));
    try {
      return new Uint8Array(readFileSync(await buildFastGuest(folder)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  })();
}

/** A sandbox of the fast guest. */
export async function fast(options: Options = {}): Promise<Sandbox<typeof FAST>> {
  return sandboxOf(await fastGuest(), FAST, { imports: HOST_ADD, ...options });
}

/** What stands in a guest's process environment block. */
export function readPeb(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => Number(view.getBigUint64(at, true));
  const span = (at: number) => ({ size: word(at), address: word(at + 8) });
  return {
    code: word(16),
    input: span(24),
    output: span(40),
    initData: span(56),
    heap: span(72),
    stack: { lowest: word(88), end: word(96) },
    hostFunctions: span(104),
  };
}

/** The error of a call that leaves the guest in the middle, after which a snapshot makes the sandbox as good as new. */
export function crash(
  sandbox: Sandbox<{ Echo: typeof RUST.Echo }>,
  clean: Snapshot,
  call: () => unknown,
): VmletError {
  const error = errorOf(call);
  assertEquals(sandbox.poisoned, true, error.message);
  assertEquals(errorOf(() => sandbox.exports.Echo("poisoned")).code, "ERR_POISONED");
  sandbox.restore(clean);
  assertEquals(sandbox.poisoned, false);
  assertEquals(sandbox.exports.Echo("as good as new"), "as good as new");
  return error;
}
