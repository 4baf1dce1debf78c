/**
 * Runs the programs that requests carry, on Bun's server:
 *
 *     bun examples/http/bun.ts
 *     curl --data '++++++++[>++++++++<-]>+.' localhost:8000
 */

import process from "node:process";
import { answer, endBySignals } from "./service.ts";

/** What is used of Bun; its package `bun-types` has all of it. */
declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    fetch: (request: Request) => Promise<Response>;
  }): { readonly port: number; stop(): Promise<void> };
};

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.env.PORT ?? 8000),
  fetch: answer,
});
console.log(`listening on http://127.0.0.1:${server.port}`);
endBySignals(() => server.stop());
