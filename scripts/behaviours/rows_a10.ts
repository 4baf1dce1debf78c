/** Rows A10: logs, traces, metrics, debugging. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [["A10", 10] as const].flatMap(([section, count]) =>
  Array.from({ length: count }, (_, i): Row => {
    return { row: `${section}.${i + 1}`, what: "…", verdict: "later", note: "not yet" };
  })
);
