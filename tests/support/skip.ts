// Conditions for skipping a test, used as `test(name, { skip: needsKvm }, fn)`.
//
// A condition is `false` where the test can run, else the reason why it cannot. Neither runtime
// prints the reason, so `scripts/test.ts` does: it reads the `skip` of the test's source, and asks
// the file that VMLET_SKIP_REASONS names for what a condition's name stood for. So write the reason
// as a string at the test, or name a condition that was made here with `condition`.
import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, openSync, readFileSync } from "node:fs";
import process from "node:process";
import { hyperlightToolchain } from "../../scripts/hyperlight_guests.ts";

/** Skips where /dev/kvm cannot be opened, unless VMLET_REQUIRE_KVM=1: then the test runs and fails. */
export const needsKvm: string | false = condition(
  "needsKvm",
  process.env.VMLET_REQUIRE_KVM === "1" ? false : openingFails("/dev/kvm"),
);

/** Skips where KVM is missing as above, or the kernel gives no huge pages to those who ask for them. */
export const needsHugePages: string | false = condition(
  "needsHugePages",
  needsKvm || (hasHugePages() ? false : "this kernel gives no huge pages (transparent_hugepage)"),
);

/** Skips where KVM is missing as above, or `prlimit`, by which a test lowers its own limits. */
export const needsPrlimit: string | false = condition(
  "needsPrlimit",
  needsKvm ||
    (spawnSync("prlimit", ["--version"]).status === 0
      ? false
      : "prlimit (util-linux) is not there"),
);

/**
 * Skips where KVM is missing as above, or what builds the guest on Hyperlight's Rust crates, unless
 * VMLET_REQUIRE_HYPERLIGHT=1: then the test runs and fails.
 */
export const needsHyperlightGuest: string | false = condition(
  "needsHyperlightGuest",
  process.env.VMLET_REQUIRE_HYPERLIGHT === "1" ? false : needsKvm || hyperlightToolchain() || false,
);

/** Makes a condition of the given name, and tells the runner its reason. */
export function condition(name: string, reason: string | false): string | false {
  const log = process.env.VMLET_SKIP_REASONS;
  if (reason !== false && log) appendFileSync(log, JSON.stringify([name, reason]) + "\n");
  return reason;
}

function hasHugePages(): boolean {
  try {
    return !readFileSync("/sys/kernel/mm/transparent_hugepage/enabled", "utf8").includes("[never]");
  } catch {
    return false;
  }
}

function openingFails(path: string): string | false {
  try {
    closeSync(openSync(path, "r+"));
    return false;
  } catch (error) {
    return `${path} cannot be opened (${(error as { code?: string }).code ?? error})`;
  }
}
