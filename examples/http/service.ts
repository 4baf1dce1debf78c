/**
 * What both servers do: whoever sends a request sends a program with it, which runs in a guest. Each request finds the
 * guest as it was at its beginning, and a program that never ends takes its share of the threads, not the server.
 */

import process from "node:process";
import { Pool, type PoolStats, VmletError } from "../../mod.ts";

/** The longest program in bytes. */
const LONGEST = 64 * 1024;

const pool = await Pool.create({
  sandbox: {
    guest: new URL("../../guest/examples/interpreter.elf", import.meta.url),
    exports: { run: { parameters: ["string", "buffer"], result: "buffer" } },
    memory: { heap: 1024 * 1024 },
    // In milliseconds, the wait for a sandbox included.
    deadline: 200,
  },
  // More than there are threads: a program that does not end holds a sandbox until its deadline, but no thread.
  size: 32,
  queue: 128,
});

/** What to answer for the errors of a call; all others are the program's fault. */
const STATUS: Readonly<Record<string, number>> = {
  ERR_DEADLINE: 504,
  ERR_POOL_FULL: 503,
  ERR_CANCELLED: 503,
  ERR_CLOSED: 503,
  ERR_KVM: 500,
  ERR_RUNNER: 500,
};

/** Answers one request: `POST /?INPUT` with a program, or `GET /stats`. */
export async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === "/stats") return Response.json(pool.stats() satisfies PoolStats);
  if (request.method !== "POST") return text(405, "Send a program by POST", { allow: "POST" });
  const program = await bodyOf(request);
  if (program === undefined) return text(413, `A program has at most ${LONGEST} bytes`);
  const input = new TextEncoder().encode(searchParams.get("input") ?? "");
  try {
    // A client that goes away ends its program.
    const output = await pool.run("run", [program, input], { signal: request.signal });
    return new Response(output as Uint8Array<ArrayBuffer>);
  } catch (error) {
    // Nobody is there to read it.
    if (request.signal.aborted) return text(499, "The client has gone");
    if (!(error instanceof VmletError)) throw error;
    const status = STATUS[error.code] ?? 422;
    return text(status, error.message, status === 503 ? { "retry-after": "1" } : {});
  }
}

/** Lets SIGTERM and Ctrl-C end the process when it has answered what it accepted: `stop` refuses new connections. */
export function endBySignals(stop: () => Promise<unknown>): void {
  const end = async () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.off(signal, end);
    await Promise.all([stop(), pool.drain({ deadline: 2000 })]);
    console.log("drained");
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
}

/** The body as text, undefined if it is too long. */
async function bodyOf(request: Request): Promise<string | undefined> {
  let text = "";
  let length = 0;
  const decoder = new TextDecoder();
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > LONGEST) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function text(status: number, message: string, headers: Record<string, string> = {}): Response {
  return new Response(`${message}\n`, { status, headers });
}
