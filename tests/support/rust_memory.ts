/** What tests of snapshots and mappings need of the guest on Hyperlight's Rust crates. */

import { readFileSync } from "node:fs";
import type { Sandbox } from "../../mod.ts";
import { type Options, rustWith } from "./hyperlight.ts";

/** What the guest of tests/guests/hyperlight offers of state, memory and registers. */
export const MEMORY = {
  Echo: { parameters: ["string"], result: "string" },
  AddToStatic: { parameters: ["i32"], result: "i32" },
  GetStatic: { parameters: [], result: "i32" },
  Panic: { parameters: ["string"], result: "void" },
  Hlt: { parameters: [], result: "void" },
  InPort: { parameters: ["i32"], result: "i32" },
  ReadMapped: { parameters: ["u64", "u64", "bool"], result: "buffer" },
  WriteMapped: { parameters: ["u64", "i32", "bool"], result: "void" },
  ExecMapped: { parameters: ["u64", "bool"], result: "i32" },
  DirtyRegisters: { parameters: [], result: "void" },
  DispatchRegisters: { parameters: [], result: "buffer" },
  ControlRegisters: { parameters: [], result: "buffer" },
  LoseTables: { parameters: [], result: "void" },
  TriggerUd2: { parameters: [], result: "void" },
  PebBytes: { parameters: [], result: "buffer" },
} as const;

/** A sandbox of it. */
export function rustMemory(options?: Options): Promise<Sandbox<typeof MEMORY>> {
  return rustWith(MEMORY, options);
}

/** Where tests map: as Hyperlight's own do, and behind all memory of a guest. */
export const BASE = 0x1_0000_0000;

export const PAGE = 4096;

/** `mov eax, 42; ret`, with zeroes behind it. */
export const CODE: Uint8Array = Uint8Array.of(0xb8, 42, 0, 0, 0, 0xc3);

/** How often this process has a file mapped, by its path. */
export function timesMapped(path: string): number {
  return readFileSync("/proc/self/maps", "utf8").split("\n").filter((it) => it.endsWith(path))
    .length;
}

/** Collects garbage until something is so, for a while. */
export async function collectUntil(isSo: () => boolean): Promise<boolean> {
  const { gc, Bun } = globalThis as {
    gc?: () => void;
    Bun?: { gc(force: boolean): void };
  };
  for (let i = 0; i < 200 && !isSo(); i++) {
    if (Bun) Bun.gc(true);
    else gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return isSo();
}
