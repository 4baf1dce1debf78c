/**
 * Hyperlight's logging: what a guest logs, through LogTape, as Hyperlight has it through `log` and env_logger.
 *
 * Run it as `deno run -A examples/hyperlight/logging.ts [GUEST]` or `bun examples/hyperlight/logging.ts [GUEST]`.
 */

import { configure } from "@logtape/logtape";
import { type LogLevel, Sandbox, VmletError } from "../../mod.ts";
import { guest } from "./guest.ts";

await configure({
  sinks: {
    print: ({ level, message, properties }) =>
      console.log(`${level} [${properties.source}] ${message.join("")}`),
  },
  loggers: [
    { category: ["vmlet", "guest"], sinks: ["print"], lowestLevel: "trace" },
    { category: ["logtape", "meta"], sinks: [] },
  ],
});

const file = guest();
const levels = ["off", "error", "warn", "info", "debug", "trace"] as const;

for (const logLevel of ["warn", "trace"] as const satisfies LogLevel[]) {
  console.log(`--- up to level ${logLevel}`);
  using sandbox = await Sandbox.create({
    guest: file,
    exports: {
      LogMessage: { parameters: ["string", "i32"], result: "void" },
      Spin: { parameters: [], result: "void" },
    },
    // The guest is told the level, and makes no records that nobody wants.
    logLevel,
  });
  levels.forEach((level, number) => sandbox.exports.LogMessage(`a record of ${level}`, number));

  // Hyperlight's example cancels a call from another thread; a deadline needs none.
  try {
    sandbox.call("Spin", [], { deadline: 50 });
  } catch (error) {
    if (!(error instanceof VmletError)) throw error;
    console.log(`${error.code}: the sandbox is ${sandbox.poisoned ? "poisoned" : "well"}`);
  }
}
