/** The debugger: a server for gdb's remote protocol in front of a guest. For the sandbox; not published by itself. */

export { Debugger } from "./debugger.ts";
export { type Endpoint, Server } from "./server.ts";
export type { GuestFacts } from "./stopped_guest.ts";
