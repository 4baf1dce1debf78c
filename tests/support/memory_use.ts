/** How much memory something takes at most while it runs, and how many snapshots have memory. */

import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";

/** By how many MiB the process's resident memory exceeds what it was, at the worst moment of a run. */
export function peakOf(run: () => unknown): number {
  // Sets the peak to what is there now.
  writeFileSync("/proc/self/clear_refs", "5");
  const before = statusOf("VmRSS");
  run();
  return (statusOf("VmHWM") - before) / 1024;
}

function statusOf(key: string): number {
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`${key}:\\s+(\\d+) kB`).exec(status)?.[1]);
}

/** How many files in memory this process has open that hold the pages of snapshots. */
export function snapshotFiles(): number {
  const isOne = (fd: string) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith("/memfd:vmlet-snapshot");
    } catch {
      // Closed by another thread, or what the folder was read through.
      return false;
    }
  };
  return readdirSync("/proc/self/fd").filter(isOne).length;
}
