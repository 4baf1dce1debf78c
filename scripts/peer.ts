/** Builds what bench/peer measures: Hyperlight's own host in Rust, and a guest for both hosts that does next to nothing. */

import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import { CACHE } from "./hyperlight_guests.ts";
import { ROOT, run, zig } from "./tools.ts";

const PROJECT = join(ROOT, "bench/peer");

/** The path of the program, undefined where there is no cargo. */
export async function buildPeer(): Promise<string | undefined> {
  const cargo = ["cargo", join(homedir(), ".cargo/bin/cargo")]
    .find((it) => spawnSync(it, ["--version"]).status === 0);
  if (cargo === undefined) return undefined;
  const target = join(CACHE, "peer");
  const { code, output } = await run([cargo, "build", "--release", "--locked", "--quiet"], {
    cwd: PROJECT,
    env: { CARGO_TARGET_DIR: target },
    capture: true,
  });
  if (code !== 0) {
    throw new Error(`Cannot build the peer: cargo ended with code ${code}\n${output}`);
  }
  return join(target, "release/vmlet-bench-peer");
}

/** Builds bench/peer/fastguest.S into a folder: the path of its ELF. */
export async function buildFastGuest(folder: string): Promise<string> {
  const path = join(folder, "fastguest.elf");
  const flags = ["-target", "x86_64-linux-none", "-nostdlib", "-fPIE", "-pie"];
  const linked = ["-Wl,-e,entrypoint", "-Wl,-s", "-Wl,--build-id=none"];
  const source = join(PROJECT, "fastguest.S");
  const { code, output } = await run([...zig(), "cc", ...flags, ...linked, "-o", path, source], {
    capture: true,
  });
  if (code !== 0) throw new Error(`Cannot build the guest: zig ended with code ${code}\n${output}`);
  return path;
}
