/** Rows A8 and A9: snapshots and mappings. */

import type { Row } from "./row.ts";

/** What Hyperlight does, and what becomes of it here. */
export const ROWS: readonly Row[] = [["A8", 7] as const, ["A9", 10] as const].flatMap((
  [section, count],
) =>
  Array.from({ length: count }, (_, i): Row => {
    return { row: `${section}.${i + 1}`, what: "…", verdict: "later", note: "not yet" };
  })
);
