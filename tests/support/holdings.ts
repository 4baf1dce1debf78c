/** What this process holds for guests: descriptors and mappings. */

import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** How much of each kind. */
export interface Holdings {
  /** Descriptors of KVM. */
  readonly kvm: number;
  /** Mappings of kvm_run. */
  readonly runs: number;
  /** Mappings as large as a guest's memory with default sizes. */
  readonly guests: number;
}

/** What this process holds for guests now. */
export function holdings(): Holdings {
  const descriptors = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return ""; // the descriptor of the folder itself is closed by now
    }
  });
  const mappings = readFileSync("/proc/self/maps", "utf8").split("\n");
  const size = (line: string) => {
    const [start = "0", end = "0"] = line.split(" ", 1)[0]?.split("-") ?? [];
    return (Number(`0x${end}`) - Number(`0x${start}`)) / 1024 / 1024;
  };
  return {
    kvm: descriptors.filter((it) => it.includes("kvm")).length,
    runs: mappings.filter((it) => it.includes("kvm-vcpu")).length,
    guests: mappings.filter((it) => it.includes(" rw-p ") && size(it) > 32 && size(it) < 36).length,
  };
}

/** Collects garbage until a condition holds, or for five seconds. */
export async function collectUntil(done: () => boolean): Promise<void> {
  const { gc, Bun } = globalThis as { gc?: () => void; Bun?: { gc(force: boolean): void } };
  for (let i = 0; i < 100 && !done(); i++) {
    if (Bun) Bun.gc(true);
    else gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
