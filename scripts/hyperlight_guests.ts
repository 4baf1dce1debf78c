/**
 * Builds the test guests on the public Rust crates of Hyperlight, and prints where their ELFs are: that of
 * tests/guests/hyperlight for v0.11, and those of tests/guests/hyperlight_versions for others.
 *
 *     deno task guests:hyperlight [--install]
 *
 * `--install` gets what is missing from Debian. Whatever is built lies in the user's cache folder, so that each version
 * of the sources is built once, and dependencies once for all checkouts.
 */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rename, rm, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import process from "node:process";
import { type Command, ROOT, run } from "./tools.ts";

/** Where builds lie that may be thrown away. */
export const CACHE: string = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "vmlet",
);

const PROJECT = join(ROOT, "tests/guests/hyperlight");
const VERSIONS = join(ROOT, "tests/guests/hyperlight_versions");
const TARGET = "x86_64-unknown-none";
const PACKAGES = ["rustc-web", "cargo-web", "rust-web-src", "clang", "lld"];

// The same for all, so that what guests share is built once.
const RUSTFLAGS = "-C linker=ld.lld -C code-model=small";
// Else clang uses SSE for what is not about floats, which may not run where ring 0 is emulated.
const CFLAGS = "-mno-implicit-float";

/** Later than any build. */
const FUTURE = new Date("2100-01-01");

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
 * Builds the guest for v0.11 unless that has been done: the path of its ELF. Safe in several processes at once.
 *
 * @param features What it is built with besides; nothing by default.
 */
export async function buildHyperlightGuest(...features: readonly GuestFeature[]): Promise<string> {
  const name = ["guest", ...features].join("-");
  const paths = await build({
    project: PROJECT,
    sources: ["build.rs", ...readdirSync(join(PROJECT, "src")).sort().map((it) => `src/${it}`)],
    features,
    outputs: { hyperlight_test_guest: name },
  });
  return paths.hyperlight_test_guest;
}

/** The versions of Hyperlight that there is a small guest for. */
const OTHER_VERSIONS = ["0.10.0", "0.12.0", "0.13.0", "0.18.0"] as const;
/** One of them. */
export type OtherVersion = typeof OTHER_VERSIONS[number];

/**
 * Builds the small guest for a version, as {@linkcode buildHyperlightGuest} does: the paths of its ELF with symbols, and
 * of one without.
 */
export async function buildVersionGuest(
  version: OtherVersion,
): Promise<{ readonly whole: string; readonly stripped: string }> {
  return await build({
    project: join(VERSIONS, version),
    sources: ["../build.rs", version === "0.10.0" ? "main.rs" : "../main.rs"],
    outputs: { whole: `guest-${version}`, stripped: `stripped-${version}` },
  });
}

interface Build<Name extends string> {
  /** The folder with Cargo.toml and Cargo.lock. */
  readonly project: string;
  /** The sources, from there on. */
  readonly sources: readonly string[];
  readonly features?: readonly string[];
  /** What the cache calls each ELF, by what cargo calls it. */
  readonly outputs: Readonly<Record<Name, string>>;
}

async function build<Name extends string>(wanted: Build<Name>): Promise<Record<Name, string>> {
  const { project, features = [], outputs } = wanted;
  const folder = join(CACHE, "hyperlight");
  const version = fingerprint(wanted);
  const elfs = Object.entries<string>(outputs).map(([name, output]) =>
    [name, join(folder, `${output}-${version}.elf`)] as const
  );
  const paths = Object.fromEntries(elfs) as Record<Name, string>;
  if (elfs.every(([, path]) => existsSync(path))) return paths;
  const rust = rustFolder();
  if (rust === undefined) throw new Error(`Cannot build the guest: ${hyperlightToolchain()}`);
  await mkdir(folder, { recursive: true });
  // cargo holds a lock on the target folder until the ELF is in this folder, which nobody else knows.
  const own = await mkdtemp(join(folder, "building-"));
  try {
    // cargo takes checkouts for one another, and goes by the times of their files: a copy is newer than any build.
    const copy = join(own, "source", basename(project));
    for (const name of filesOf(wanted)) {
      const path = join(copy, name);
      await mkdir(dirname(path), { recursive: true });
      await copyFile(join(project, name), path);
      await utimes(path, FUTURE, FUTURE);
    }
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
    const { code, output: text } = await run(command, { cwd: copy, capture: true, env });
    if (code !== 0) {
      throw new Error(`Cannot build the guest: cargo ended with code ${code}\n${text}`);
    }
    for (const [name, path] of elfs) await rename(join(own, name), path);
  } finally {
    await rm(own, { recursive: true });
  }
  return paths;
}

/** All that a guest is built from. */
function filesOf({ sources }: Build<string>): readonly string[] {
  return ["Cargo.toml", "Cargo.lock", ...sources];
}

/** What tells one version of a guest from another. */
function fingerprint(wanted: Build<string>): string {
  const hash = createHash("sha256").update([TARGET, RUSTFLAGS, CFLAGS].join("\0"));
  for (const name of filesOf(wanted)) {
    hash.update(`\0${name}\0`).update(readFileSync(join(wanted.project, name)));
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
    for (const version of OTHER_VERSIONS) {
      const { whole, stripped } = await buildVersionGuest(version);
      console.log(`${whole}\n${stripped}`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
