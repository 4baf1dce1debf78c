/**
 * Builds the test guest of tests/guests/hyperlight, on the public Rust crates of Hyperlight v0.11, and prints where its
 * ELF is.
 *
 *     deno task guests:hyperlight [--install]
 *
 * `--install` gets what is missing from Debian. Whatever is built lies in the user's cache folder, so that each version
 * of the sources is built once, and dependencies once for all checkouts.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import process from "node:process";
import { type Command, ROOT, run } from "./tools.ts";

/** Where builds lie that may be thrown away. */
export const CACHE: string = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "vmlet",
);

const PROJECT = join(ROOT, "tests/guests/hyperlight");
const NAME = "hyperlight_test_guest";
const TARGET = "x86_64-unknown-none";
const PACKAGES = ["rustc-web", "cargo-web", "rust-web-src", "clang", "lld"];

const RUSTFLAGS = [
  ...["-C", "linker=ld.lld", "-C", "code-model=small"],
  // The guest's own entry keeps the registers, and goes on to the crate's.
  ...["-C", "link-args=-e", "-C", "link-args=watched_entrypoint"],
].join(" ");
// Else clang uses SSE for what is not about floats, which may not run where ring 0 is emulated.
const CFLAGS = "-mno-implicit-float";

/** Why the guest cannot be built here, undefined when it can. */
export function hyperlightToolchain(): string | undefined {
  const missing = ["clang", "ld.lld"].filter((program) => !onPath(program));
  if (rustFolder() === undefined) missing.unshift("a Rust compiler with its library's sources");
  if (missing.length === 0) return undefined;
  return `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not there ` +
    "(on Debian, `deno task guests:hyperlight --install` gets what it takes)";
}

/** The features of Hyperlight's crates that the guest may be built with. */
export type GuestFeature = "trace_guest" | "mem_profile";

/**
 * Builds the guest unless that has been done: the path of its ELF. Safe in several processes at once.
 *
 * @param features What it is built with besides; nothing by default.
 */
export async function buildHyperlightGuest(...features: readonly GuestFeature[]): Promise<string> {
  const folder = join(CACHE, "hyperlight");
  const output = join(folder, `${["guest", ...features, fingerprint()].join("-")}.elf`);
  if (existsSync(output)) return output;
  const rust = rustFolder();
  if (rust === undefined) throw new Error(`Cannot build the guest: ${hyperlightToolchain()}`);
  await mkdir(folder, { recursive: true });
  // cargo holds a lock on the target folder until the ELF is in this folder, which nobody else knows.
  const own = await mkdtemp(join(folder, "building-"));
  try {
    const command: Command = [
      join(rust, "cargo"),
      ...["build", "--release", "--locked", "--quiet", "--features", features.join(",")],
      ...["-Z", "build-std=core,alloc", "--target", TARGET],
      ...["-Z", "unstable-options", "--artifact-dir", own],
    ];
    const env = {
      RUSTC: join(rust, "rustc"),
      RUSTC_BOOTSTRAP: "1",
      RUSTFLAGS,
      [`CFLAGS_${TARGET.replaceAll("-", "_")}`]: CFLAGS,
      CARGO_TARGET_DIR: join(folder, "target"),
    };
    const { code, output: text } = await run(command, { cwd: PROJECT, capture: true, env });
    if (code !== 0) {
      throw new Error(`Cannot build the guest: cargo ended with code ${code}\n${text}`);
    }
    await rename(join(own, NAME), output);
  } finally {
    await rm(own, { recursive: true });
  }
  return output;
}

/** What tells one version of the guest from another. */
function fingerprint(): string {
  const hash = createHash("sha256").update(RUSTFLAGS).update(CFLAGS);
  const sources = readdirSync(join(PROJECT, "src")).sort().map((name) => `src/${name}`);
  for (const name of ["Cargo.toml", "Cargo.lock", ...sources]) {
    hash.update(`\0${name}\0`).update(readFileSync(join(PROJECT, name)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** The folder of a rustc and its cargo that can build the standard library: Debian's, else the one on PATH. */
function rustFolder(): string | undefined {
  const usable = (sysroot: string) =>
    existsSync(join(sysroot, "lib/rustlib/src/rust/library/core/src/lib.rs")) &&
    ["rustc", "cargo"].every((program) => existsSync(join(sysroot, "bin", program)));
  if (usable("/usr")) return "/usr/bin";
  const { status, stdout } = spawnSync("rustc", ["--print", "sysroot"], { encoding: "utf8" });
  return status === 0 && usable(stdout.trim()) ? join(stdout.trim(), "bin") : undefined;
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((it) => existsSync(join(it, program)));
}

async function installToolchain(): Promise<void> {
  const apt = ["apt-get", "-qq", "-y", "--no-install-recommends"] as const;
  if (process.getuid?.() !== 0 || !onPath(apt[0])) {
    throw new Error(`Only root on Debian can install: it takes ${PACKAGES.join(", ")}`);
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  for (const command of [["update"], ["install", ...PACKAGES]]) {
    const { code, output } = await run([...apt, ...command], { capture: true, env });
    if (code !== 0) throw new Error(`apt-get ${command[0]} ended with code ${code}\n${output}`);
  }
}

if (import.meta.main) {
  try {
    if (process.argv.includes("--install") && hyperlightToolchain()) await installToolchain();
    console.log(await buildHyperlightGuest());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
