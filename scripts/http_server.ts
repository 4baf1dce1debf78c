// Starts one of the servers of examples/http, for its test and its benchmark.
import { spawn } from "node:child_process";
import process from "node:process";
import { bun, type Command, deno, ROOT } from "./tools.ts";

/** The runtimes that have a server of their own. */
export const SERVERS: Readonly<Record<"deno" | "bun", () => Command>> = {
  deno: () => [
    ...deno(),
    ...["run", "--no-check", "--no-prompt", "--quiet", "--unstable-no-legacy-abort"],
    ...["--allow-ffi", "--allow-net", "--allow-env=PORT", "--allow-read=guest"],
    "examples/http/deno.ts",
  ],
  bun: () => [...bun(), "examples/http/bun.ts"],
};

/** How a server ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  /** What it printed, without the line that says where it listens. */
  readonly output: string;
  /** The milliseconds from the signal on. */
  readonly took: number;
}

/** A server that runs. */
export interface Server {
  /** Where it listens. */
  readonly url: string;
  readonly pid: number;
  /** Sends it SIGTERM, and waits for its end. */
  stop(): Promise<Ended>;
}

/** Starts a server on a free port, and waits until it listens. */
export async function startServer(runtime: keyof typeof SERVERS): Promise<Server> {
  const [program, ...args] = SERVERS[runtime]();
  // By a shell, as tools.ts has it.
  const child = spawn("sh", ["-c", 'exec "$VMLET_PROGRAM" "$@"', "sh", ...args], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", PORT: "0", VMLET_PROGRAM: program },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const pid = child.pid as number;
  let output = "";
  const listening = Promise.withResolvers<string>();
  const closed = Promise.withResolvers<number | null>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    const found = /^listening on (\S+)\n/.exec(output);
    if (!found) return;
    output = output.slice(found[0].length);
    listening.resolve(found[1] as string);
  });
  child.on("close", (code) => {
    closed.resolve(code);
    listening.reject(new Error(`The server ended before it listened, with code ${code}`));
  });
  const url = await listening.promise;
  return {
    url,
    pid,
    async stop() {
      const began = performance.now();
      // Deno says of what child.kill() was used on that it ended by that, however it did.
      process.kill(pid, "SIGTERM");
      const code = await closed.promise;
      return { code, output, took: performance.now() - began };
    },
  };
}
