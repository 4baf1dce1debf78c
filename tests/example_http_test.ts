// examples/http: the server of the runtime that runs this answers, survives hostile programs, and drains.
import { test } from "node:test";
import { Agent, request as httpRequest } from "node:http";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Server, startServer } from "../scripts/http_server.ts";
import { isDeno } from "./support/cli.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const HELLO = "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++." +
  ">>.<-.<.+++.------.--------.>>+.>++.";
const ENDLESS = "+[]";

const start = () => startServer(isDeno ? "deno" : "bun");

async function run({ url }: Server, program: string, input = "") {
  const answer = await fetch(`${url}/?input=${encodeURIComponent(input)}`, {
    method: "POST",
    body: program,
  });
  return [answer.status, await answer.text()] as const;
}

async function stats({ url }: Server): Promise<Record<string, number>> {
  return await (await fetch(`${url}/stats`)).json();
}

/** Waits until that many programs run. */
async function untilBusy(server: Server, count: number): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if ((await stats(server)).busy === count) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`There never were ${count} programs at once`);
}

test("examples/http runs the program of each request in a guest", { skip }, async () => {
  const server = await start();
  try {
    assertEquals(await run(server, HELLO), [200, "Hello World!\n"]);
    assertEquals(await run(server, ",[.,]", "echo"), [200, "echo"]);
    // A tape that an earlier program left its mark on would print it.
    assertEquals(await run(server, ".[-]"), [200, "\0"]);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => run(server, ",[.,]", `number ${i}`)),
    );
    assertEquals(answers, answers.map((_, i) => [200, `number ${i}`] as const));
    assertEquals((await fetch(server.url)).status, 405);
  } finally {
    assertEquals((await server.stop()).code, 0);
  }
});

test("examples/http answers hostile requests, and others meanwhile", { skip }, async () => {
  const server = await start();
  try {
    const [status, message] = await run(server, "][");
    assertEquals(status, 422);
    assertStringIncludes(message, "closes none");
    assertEquals((await run(server, "+[.]"))[0], 422);
    assertEquals((await run(server, "+".repeat(64 * 1024 + 1)))[0], 413);
    // More than there are threads, fewer than there are sandboxes.
    const endless = Array.from({ length: 8 }, () => run(server, ENDLESS));
    const began = performance.now();
    assertEquals(await run(server, HELLO), [200, "Hello World!\n"]);
    assert(performance.now() - began < 5000);
    for (const [status, message] of await Promise.all(endless)) {
      assertEquals(status, 504, message);
      assertStringIncludes(message, "deadline of 200 ms");
    }
    // Sandboxes and queue: what is too much is refused at once, and the rest is served.
    const many = await Promise.all(Array.from({ length: 200 }, () => run(server, ENDLESS)));
    const statuses = new Set(many.map(([status]) => status));
    assertEquals([...statuses].sort(), [503, 504]);
    assertEquals(await run(server, HELLO), [200, "Hello World!\n"]);
    const { busy, waiting, replaced } = await stats(server);
    assertEquals([busy, waiting, replaced], [0, 0, 0]);
  } finally {
    assertEquals((await server.stop()).code, 0);
  }
});

test("examples/http ends the program of a client that has gone", { skip }, async () => {
  const server = await start();
  try {
    const controller = new AbortController();
    const { signal } = controller;
    const call = fetch(server.url, { method: "POST", body: ENDLESS, signal }).catch(() => "gone");
    await untilBusy(server, 1);
    const began = performance.now();
    controller.abort();
    assertEquals(await call, "gone");
    await untilBusy(server, 0);
    const { failed, latency } = await stats(server) as unknown as {
      failed: number;
      latency: { max: number };
    };
    assertEquals(failed, 1);
    // On a machine that is slower than that, its deadline ended it: then this says nothing.
    if (performance.now() - began < 100) assert(latency.max < 200, `${latency.max}`);
  } finally {
    assertEquals((await server.stop()).code, 0);
  }
});

test("examples/http answers what it accepted before SIGTERM ends it", { skip }, async () => {
  const server = await start();
  // A connection that stays open, and that nobody uses, must not hold the server.
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve, reject) => {
    httpRequest(server.url, { agent, method: "POST" }, (it) => it.resume().on("end", resolve))
      .on("error", reject).end(HELLO);
  });
  const calls = [ENDLESS, ENDLESS, ENDLESS].map((program) => run(server, program));
  await untilBusy(server, 3);
  const { code, output, took } = await server.stop();
  assertEquals([code, output], [0, "drained\n"]);
  assertEquals((await Promise.all(calls)).map(([status]) => status), [504, 504, 504]);
  assert(took < 10_000, `${took}`);
  agent.destroy();
});
