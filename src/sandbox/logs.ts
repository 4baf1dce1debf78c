/** The categories of LogTape in which vmlet logs. Nothing is written anywhere unless the program configures it. */

import { getLogger, type Logger } from "@logtape/logtape";

/** What guests log. */
export const guestLog: Logger = getLogger(["vmlet", "guest"]);

/** What becomes of sandboxes. */
export const sandboxLog: Logger = getLogger(["vmlet", "sandbox"]);

/** What becomes of pools. */
export const poolLog: Logger = getLogger(["vmlet", "pool"]);
