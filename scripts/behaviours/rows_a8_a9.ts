/** Rows A8 and A9: snapshots, mappings. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [
  // --- A8: snapshots ---
  {
    row: "A8.1",
    what: "A snapshot is a full copy of the guest's memory, and the list of its mapped regions",
    verdict: "better",
    note: "It also holds the vCPU's state (A8.7), and it keeps the regions' memory mapped",
  },
  {
    row: "A8.2",
    what: "A snapshot that is taken twice without a change is the same one",
    verdict: "same",
    note: "Also after a restore: the snapshot that was restored is the one that is taken",
  },
  {
    row: "A8.3",
    what: "A restore of the snapshot that is current does nothing",
    verdict: "same",
  },
  {
    row: "A8.4",
    what: "A restore of another sandbox's snapshot is an error",
    verdict: "same",
    note: "`ERR_SNAPSHOT_MISMATCH`; it changes nothing",
  },
  {
    row: "A8.5",
    what: "Restores bring back what was, forwards and backwards, any number of times",
    verdict: "same",
  },
  {
    row: "A8.6",
    what: "A restore maps and unmaps regions as they were when the snapshot was taken",
    verdict: "better",
    note: "What they show is alive for as long as the snapshot is, and then goes: no file stays " +
      "mapped that nothing can bring back",
  },
  {
    row: "A8.7",
    what:
      "A restore leaves special and debug registers and MSRs as they are; a dispatch sets general ones",
    verdict: "better",
    note:
      "Special and debug registers, XCR0, PKRU, pending events and the MSR that `swapgs` writes are " +
      "part of a snapshot; other MSRs are denied to the guest. What KVM still has to complete of an " +
      "interrupted instruction is dropped",
  },
  // --- A9: mappings ---
  {
    row: "A9.1",
    what: "A region for the stack's guard is refused",
    verdict: "same",
    note: "A RangeError with the code `ERR_OUT_OF_RANGE`",
  },
  {
    row: "A9.2",
    what: "A region that the guest may write to is refused",
    verdict: "same",
    note: "A RangeError with the code `ERR_OUT_OF_RANGE`",
  },
  {
    row: "A9.3",
    what: "A region that is not of whole pages, in the guest or in the host, is refused",
    verdict: "same",
    note: "A RangeError with the code `ERR_OUT_OF_RANGE`, which says which of its numbers it is",
  },
  {
    row: "A9.4",
    what: "A region over guest memory or another region fails with KVM's EEXIST",
    verdict: "better",
    note: "`ERR_REGION_OVERLAP` names both regions. The stack's guard counts too, which has no " +
      "memory that KVM could find in the way",
  },
  {
    row: "A9.5",
    what: "A guest reads and executes a region once it has it in its own page tables",
    verdict: "same",
  },
  {
    row: "A9.6",
    what: "Unmapping a region that is not mapped is an error",
    verdict: "same",
    note: "`ERR_REGION_NOT_MAPPED`",
  },
  {
    row: "A9.7",
    what: "A file is mapped to be read and executed, and stays untouched; its length is returned",
    verdict: "better",
    note:
      "It needs no permission to write, and may shrink: a read of what has gone ends the call " +
      "with `ERR_MEMORY_ACCESS`. The region is returned, with its size, to be unmapped by it",
  },
  {
    row: "A9.8",
    what: "A file that is missing or empty, or cannot be mapped, is an error",
    verdict: "same",
    note: "`ERR_FILE` with the reason; pipes and devices are refused without opening them",
  },
  {
    row: "A9.9",
    what: "A file stays mapped in the host when its sandbox has gone",
    verdict: "better",
    note: "It goes with its region, with the sandbox, and with the last snapshot that has it",
  },
  {
    row: "A9.10",
    what: "The numbers of memory slots are used again",
    verdict: "same",
  },
];
