/** `vmlet debug`: calls one function of a guest under gdb. */

import type { DebugOptions } from "../../mod.ts";
import { type Command, UsageError } from "./command.ts";
import { runFunction } from "./run.ts";

/** `vmlet debug`. */
export const debug: Command = {
  summary: "call a function of a guest under gdb",
  help:
    `Usage: vmlet debug [--port N | --path SOCKET] GUEST FUNCTION [ARGUMENTS…] [--result TYPE] [--json]

Does what vmlet run does, with a guest that stops at its first instruction until gdb has attached: it
prints the line to type in another terminal. Build the guest with -g, so that gdb knows its functions.
Deno: as vmlet run, and --allow-net for a port or --allow-write for a socket.

  --port N       the TCP port on 127.0.0.1; by default one that is free
  --path SOCKET  the path of a Unix socket instead
  --result TYPE, --json, and how to write arguments: see vmlet run --help
  --help         print this

Exit codes: 0, 1 if the guest or its call fails, 2 for a command line that makes no sense
`,
  async run(args, output) {
    const rest: string[] = [];
    const at: { port?: number; path?: string } = {};
    const all = [...args];
    for (let arg = all.shift(); arg !== undefined; arg = all.shift()) {
      const [, name, value] = /^--(port|path)(?:=(.*))?$/s.exec(arg) ?? [];
      if (arg === "--") {
        // What follows is the function's.
        rest.push(arg, ...all.splice(0));
      } else if (name === undefined) rest.push(arg);
      else {
        const given = value ?? all.shift() ?? "";
        if (name === "path") at.path = given;
        else at.port = portOf(given);
      }
    }
    if (rest.includes("--help") && !rest.slice(0, rest.indexOf("--help")).includes("--")) {
      output.out(debug.help);
      return 0;
    }
    if (at.path !== undefined && at.port !== undefined) {
      throw new UsageError("vmlet debug takes --port or --path, not both");
    }
    if (at.path === "") throw new UsageError("--path needs the path of a socket");
    return await runFunction("debug", rest, output, (guest) => ({
      ...at,
      listening: ({ target }) => {
        output.error(`In another terminal: gdb ${guest} -ex "target remote ${target}"\n`);
      },
    } satisfies DebugOptions));
  },
};

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new UsageError(`--port ${text} is no port: 0 to 65535`);
}
