/** The debugger of a sandbox: its options, and starting it. */

import type { Debugger, Endpoint, Server } from "../debug/mod.ts";
import { outOfRange, wrongType } from "../ffi/mod.ts";
import type { LoadedGuest } from "./guest_file.ts";
import { warn } from "./warning.ts";

/** Where a debugger can attach. */
export interface DebugAddress {
  /** What follows gdb's `target remote`: `127.0.0.1:1234`, or a path. */
  readonly target: string;
  /** The TCP port, if it is one. */
  readonly port?: number;
}

/**
 * Where gdb attaches to a guest, and whether the guest waits for it. Whoever can connect there reads and changes the
 * guest's memory, and nothing of the host's.
 */
export interface DebugOptions {
  /** The TCP port; 0, the default, takes one that is free. */
  readonly port?: number;
  /** The address that the port is at: `127.0.0.1` by default, which only this machine reaches. */
  readonly host?: string;
  /** The path of a Unix socket, instead of a port. It must not be there yet. */
  readonly path?: string;
  /** Whether the guest stops at its entry point until gdb has attached and let it go on; true by default. */
  readonly wait?: boolean;
  /** Receives the address before the guest runs; without it, the line for gdb goes to standard error. */
  readonly listening?: (address: DebugAddress) => void;
}

const LOOPBACK = "127.0.0.1";
const MAX_PORT = 65535;
/** The longest path of a Unix socket in bytes (`<sys/un.h>`). */
const MAX_PATH = 107;

/** Options that were checked. */
export interface DebugPlan {
  readonly at: Endpoint;
  readonly wait: boolean;
  readonly listening: DebugOptions["listening"];
}

/**
 * Checks options that may come from JavaScript without types.
 *
 * @throws {TypeError} `ERR_INVALID_ARG_TYPE` if one is of the wrong kind.
 * @throws {RangeError} `ERR_OUT_OF_RANGE` if one has a value that it cannot have.
 */
export function checkDebugOptions(options: DebugOptions | undefined): DebugPlan | undefined {
  if (options === undefined) return undefined;
  const refuse = (what: string) => wrongType(`Cannot create a sandbox: ${what}`);
  if (typeof options !== "object" || options === null) throw refuse("debug is not an object");
  const { port = 0, host = LOOPBACK, path, wait = true, listening } = options;
  if (typeof port !== "number") throw refuse("debug.port is not a number");
  if (typeof host !== "string") throw refuse("debug.host is not a string");
  if (path !== undefined && typeof path !== "string") throw refuse("debug.path is not a string");
  if (typeof wait !== "boolean") throw refuse("debug.wait is not a boolean");
  if (listening !== undefined && typeof listening !== "function") {
    throw refuse("debug.listening is not a function");
  }
  if (!Number.isInteger(port) || port < 0 || port > MAX_PORT) {
    throw outOfRange(
      `Cannot create a sandbox: debug.port is ${port}, and it may be 0 to ${MAX_PORT}`,
    );
  }
  if (path === undefined) return { at: { host, port }, wait, listening };
  if (options.port !== undefined || options.host !== undefined) {
    throw refuse("debug has a path as well as a port or a host");
  }
  const length = new TextEncoder().encode(path).length;
  if (length === 0 || length > MAX_PATH || path.includes("\0")) {
    throw outOfRange(
      `Cannot create a sandbox: debug.path has ${length} bytes, and it may have 1 to ${MAX_PATH}, none of them zero`,
    );
  }
  return { at: { path }, wait, listening };
}

/** Begins to listen. Where that fails, it says so in a warning, and there is no debugger. */
export async function startDebugger(
  { at, wait, listening }: DebugPlan,
  { image, layout }: LoadedGuest,
  execFile: string | undefined,
): Promise<Debugger | undefined> {
  // Only those who debug need it.
  const debug = await import("../debug/mod.ts");
  let server: Server;
  try {
    server = await debug.Server.start(at);
  } catch (error) {
    const where = "path" in at ? at.path : `${at.host}:${at.port}`;
    warn(
      "VMLET_NO_DEBUGGER",
      `No debugger can attach at ${where}, and the guest runs without one: ${
        error instanceof Error ? error.message : error
      }`,
    );
    return undefined;
  }
  const address = addressOf(server.endpoint);
  const announce = () => {
    if (listening) listening(address);
    else console.error(`vmlet: attach with gdb GUEST -ex "target remote ${address.target}"`);
  };
  const facts = {
    layout,
    entry: image.entry,
    firstSegment: image.segments[0]?.address ?? image.address,
    execFile,
  };
  return new debug.Debugger(server, facts, wait, announce);
}

function addressOf(at: Endpoint): DebugAddress {
  if ("path" in at) return { target: at.path };
  const host = at.host.includes(":") ? `[${at.host}]` : at.host;
  return { target: `${host}:${at.port}`, port: at.port };
}
