/** Collects what is logged through LogTape, as a program that configures it does. */

import { configureSync, type LogLevel, type LogRecord, resetSync } from "@logtape/logtape";

/** The records since then; disposing takes the configuration away again. */
export interface Logs extends Disposable {
  readonly records: readonly LogRecord[];
  /** The texts of a category. */
  of(...category: string[]): string[];
}

/** Configures LogTape for the categories of vmlet, down to a level. */
export function collectLogs(lowestLevel: LogLevel): Logs {
  const records: LogRecord[] = [];
  configureSync({
    reset: true,
    sinks: { list: (record) => void records.push(record) },
    loggers: [
      { category: "vmlet", sinks: ["list"], lowestLevel },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  return {
    records,
    of: (...category) =>
      records.filter((it) => it.category.join() === category.join())
        .map((it) => it.message.map(String).join("")),
    [Symbol.dispose]: resetSync,
  };
}
