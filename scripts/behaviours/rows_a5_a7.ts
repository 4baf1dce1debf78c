/** Rows A5 to A7: interrupts, poisoning, aborts and exceptions. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [["A5", 11] as const, ["A6", 4] as const, ["A7", 22] as const]
  .flatMap(([section, count]) =>
    Array.from({ length: count }, (_, i): Row => {
      return { row: `${section}.${i + 1}`, what: "…", verdict: "later", note: "not yet" };
    })
  );
