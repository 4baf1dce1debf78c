/** The categories of LogTape in which vmlet logs. Nothing is written anywhere unless the program configures it. */

import { getLogger, type Logger } from "@logtape/logtape";

/** What guests log. */
export const guestLog: Logger = getLogger(["vmlet", "guest"]);

/** What becomes of sandboxes. */
export const sandboxLog: HostLog = hostLog("sandbox");

/** What becomes of pools. */
export const poolLog: HostLog = hostLog("pool");

/** What the host says of itself. */
type HostLog = Pick<Logger, "debug" | "warn">;

/** A log that changes nothing of what it tells: LogTape catches what sinks throw, but not what filters do. */
function hostLog(name: string): HostLog {
  const logger = getLogger(["vmlet", name]);
  const tell = (level: keyof HostLog) => (text: string, properties: Record<string, unknown>) => {
    try {
      logger[level](text, properties);
    } catch (error) {
      getLogger(["logtape", "meta"]).error("A filter of vmlet's records threw {error}", { error });
    }
  };
  return { debug: tell("debug"), warn: tell("warn") } as HostLog;
}
