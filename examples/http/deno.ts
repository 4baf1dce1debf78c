/**
 * Runs the programs that requests carry, on Deno's server:
 *
 *     deno run --unstable-no-legacy-abort --allow-ffi --allow-net --allow-env=PORT --allow-read=guest \
 *         examples/http/deno.ts
 *     curl --data '++++++++[>++++++++<-]>+.' localhost:8000
 */

import { answer, endBySignals } from "./service.ts";

const server = Deno.serve({
  hostname: "127.0.0.1",
  port: Number(Deno.env.get("PORT") ?? 8000),
  onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
}, answer);
endBySignals(() => server.shutdown());
