/**
 * The Worker that owns the debugger's socket, so that a guest that is stopped, or does not stop, blocks nobody. It is
 * bundled into worker_source.ts by `deno task workers`.
 */

import { InterruptHandle, type InterruptToken } from "../driver/interrupt_handle.ts";
import { ARRIVAL, type ArrivalType, Channel, MAX_RECORD } from "./channel.ts";

/** Where to listen. */
export type Endpoint =
  | { readonly host: string; readonly port: number }
  | { readonly path: string };

/** What the Worker is told. */
export type Request =
  | { readonly type: "listen"; readonly at: Endpoint; readonly shared: SharedArrayBuffer }
  /** Whom to interrupt when something arrives. */
  | { readonly type: "guest"; readonly token: InterruptToken }
  | { readonly type: "send"; readonly bytes: Uint8Array }
  /** Ends the connection; another debugger may come. */
  | { readonly type: "hang up" }
  /** Ends all. */
  | { readonly type: "end" };

/** What the Worker answers. */
export type Response =
  | { readonly type: "ready" }
  | { readonly type: "listening"; readonly at: Endpoint }
  | { readonly type: "failed"; readonly message: string }
  /** Something is in the channel, for a thread that is not inside a call. */
  | { readonly type: "arrived" };

interface Scope {
  postMessage(message: Response): void;
  onmessage: ((event: { data: Request }) => void) | null;
  close(): void;
  process: { getBuiltinModule(name: string): unknown };
}

interface Emitter {
  on(event: string, listener: (value: never) => void): void;
}

interface Socket extends Emitter {
  write(bytes: Uint8Array): void;
  end(): void;
  destroy(): void;
  pause(): void;
  resume(): void;
  setNoDelay(on: boolean): void;
}

interface Listener extends Emitter {
  listen(at: Endpoint, listening: () => void): void;
  address(): { readonly port: number } | string | null;
  close(): void;
}

interface Net {
  createServer(connected: (socket: Socket) => void): Listener;
}

interface FileSystem {
  chmodSync(path: string, mode: number): void;
  unlinkSync(path: string): void;
}

/** How long a full channel is left alone, in milliseconds. */
const PATIENCE = 5;

const scope = globalThis as unknown as Scope;
const builtin = (name: string) => scope.process.getBuiltinModule(name);

let channel: Channel | undefined;
let guest: InterruptHandle | undefined;
let server: Listener | undefined;
let path: string | undefined;
let client: Socket | undefined;
/** What the channel had no room for. */
const waiting: [ArrivalType, Uint8Array][] = [];

/** Hands records over in their order, and wakes the guest's thread wherever it is. */
function deliver(): void {
  if (!channel) return;
  for (let next = waiting[0]; next; next = waiting[0]) {
    if (!channel.put(...next)) {
      client?.pause();
      setTimeout(deliver, PATIENCE);
      break;
    }
    waiting.shift();
  }
  if (waiting.length === 0) client?.resume();
  // It has been seen, or will be: a thread that lets the guest go on looks into the channel.
  if (channel.isStopped || channel.isEmpty) return;
  channel.pause(() => guest?.pause());
  // The thread may be in no call.
  scope.postMessage({ type: "arrived" });
}

function arrived(type: ArrivalType, bytes = new Uint8Array(0)): void {
  for (let at = 0; at === 0 || at < bytes.length; at += MAX_RECORD) {
    waiting.push([type, bytes.subarray(at, at + MAX_RECORD)]);
  }
  deliver();
}

function connected(socket: Socket): void {
  // Reset connections are closed ones.
  socket.on("error", () => {});
  // One debugger at a time.
  if (client) return socket.destroy();
  client = socket;
  socket.setNoDelay(true);
  socket.on("data", (bytes: Uint8Array) => {
    if (socket === client) arrived(ARRIVAL.data, new Uint8Array(bytes));
  });
  socket.on("close", () => {
    if (socket !== client) return;
    client = undefined;
    arrived(ARRIVAL.closed);
  });
  arrived(ARRIVAL.opened);
}

function listen(at: Endpoint): void {
  const failed = (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ type: "failed", message });
  };
  try {
    const { createServer } = builtin("node:net") as Net;
    const listener = createServer(connected);
    server = listener;
    listener.on("error", failed);
    listener.listen(at, () => {
      try {
        if ("path" in at) {
          path = at.path;
          // Whoever can connect sees the guest's memory.
          (builtin("node:fs") as FileSystem).chmodSync(at.path, 0o600);
          return scope.postMessage({ type: "listening", at });
        }
        const address = listener.address();
        const port = typeof address === "object" && address ? address.port : at.port;
        scope.postMessage({ type: "listening", at: { host: at.host, port } });
      } catch (error) {
        failed(error);
      }
    });
  } catch (error) {
    failed(error);
  }
}

function end(): void {
  client?.end();
  server?.close();
  try {
    // Not every runtime does it.
    if (path !== undefined) (builtin("node:fs") as FileSystem).unlinkSync(path);
  } catch {
    // It has.
  }
  // After what was written last.
  setTimeout(() => scope.close(), 20);
}

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case "listen":
      channel = new Channel(data.shared);
      return listen(data.at);
    case "guest":
      guest = InterruptHandle.from(data.token);
      // Loads native code now, since gdb waits two seconds for an answer and then asks twice.
      if (guest.dropped) guest = undefined;
      return;
    case "send":
      client?.write(data.bytes);
      return;
    case "hang up":
      client?.end();
      return;
    case "end":
      end();
  }
};
scope.postMessage({ type: "ready" });
