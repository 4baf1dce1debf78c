/** The threads that run guests for asynchronous calls of this one. */

import { Runners } from "../runner/runners.ts";

/** As many as the machine has processors, started when they are needed. */
export const runners: Runners = new Runners(
  Math.max(
    1,
    (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator
      ?.hardwareConcurrency ?? 1,
  ),
);
