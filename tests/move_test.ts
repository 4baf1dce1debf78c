/** A sandbox moves to another Worker by a snapshot's token: it goes on there, and is gone here. */

import { test } from "node:test";
import { assertEquals } from "@std/assert";
import {
  type ImportDefinitions,
  InterruptHandle,
  type InterruptToken,
  Sandbox,
  Snapshot,
  type SnapshotToken,
} from "../mod.ts";
import { errorOf, guestBytes, HELLO, hello } from "./support/guests.ts";
import { holdings } from "./support/holdings.ts";
import type { Request } from "./support/moved_worker.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;
const sleep = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Asks a Worker one thing after the other. */
function startWorker() {
  const worker = new Worker(new URL("support/moved_worker.ts", import.meta.url).href, {
    type: "module",
  });
  return {
    ask: (request: Request): Promise<unknown> =>
      new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(request);
      }),
    [Symbol.dispose]: () => worker.terminate(),
  };
}
type Place = ReturnType<typeof startWorker>;

/** Moves a sandbox of this Worker's to another. */
async function move(sandbox: Sandbox<typeof HELLO>, place: Place): Promise<void> {
  using snapshot = sandbox.snapshot();
  assertEquals(await place.ask({ take: snapshot.token }), "taken");
  sandbox.close();
}

test(
  "A2.14 a sandbox goes on in the Worker that it was moved to, and comes back",
  { skip },
  async () => {
    (await hello()).close();
    const before = holdings();
    using place = startWorker();
    const sandbox = await hello();
    for (let i = 1; i <= 3; i++) assertEquals(sandbox.exports.count(), i);
    await move(sandbox, place);
    assertEquals(errorOf(() => sandbox.exports.count()).code, "ERR_CLOSED");
    const call = (call: string, args: number[], isAsync = false) =>
      place.ask({ call, args, isAsync });
    assertEquals(await call("count", []), 4);
    assertEquals(await call("count", [], true), 5);
    // The functions of the host are the new Worker's.
    assertEquals(await call("add_in_host", [1, 2]), 1002);
    // Its limits, poison and errors are as anywhere.
    assertEquals(await call("refuse", [3]), "ERR_GUEST_ERROR");

    using back = Snapshot.from(await place.ask("hand on") as SnapshotToken);
    using again = await Sandbox.fromSnapshot(back, { exports: HELLO });
    assertEquals(again.exports.count(), 6);
    assertEquals(again.exports.add(1, 2), 3);
    again.close();
    assertEquals(await call("count", []), "ERR_CLOSED");
    assertEquals(holdings(), before);
  },
);

test("A5.5 a sandbox that was moved to another thread is killed there", { skip }, async () => {
  using place = startWorker();
  using sandbox = await Sandbox.create({ guest: guestBytes("bench") });
  using snapshot = sandbox.snapshot();
  const old = sandbox.interruptHandle();
  sandbox.close();
  for (const isAsync of [false, true]) {
    assertEquals(await place.ask({ take: snapshot.token }), "taken");
    const handle = InterruptHandle.from(await place.ask("token") as InterruptToken);
    const ended = place.ask({ call: "spin", args: [], isAsync });
    while (!handle.kill()) await sleep(1);
    assertEquals(await ended, "ERR_CANCELLED");
    // It is another guest than the one that was here.
    assertEquals([old.dropped, old.kill()], [true, false]);
    assertEquals(await place.ask({ call: "add", args: [1, 2] }), "ERR_POISONED");
  }
});

test("A sandbox cannot be moved in the middle of a call", { skip }, async () => {
  const callback = () => {
    assertEquals(errorOf(() => sandbox.snapshot()).code, "ERR_BUSY");
    assertEquals(errorOf(() => sandbox.close()).code, "ERR_BUSY");
    return 1;
  };
  const imports = { host_add: { parameters: ["i32", "i32"], result: "i32", callback } };
  const sandbox = await Sandbox.create({
    guest: guestBytes("hello"),
    exports: HELLO,
    imports: imports as unknown as ImportDefinitions<Record<never, never>, Record<never, never>>,
  });
  assertEquals(sandbox.exports.add_in_host(1, 2), 1);
  assertEquals(errorOf(() => sandbox.exports.give_up(1)).code, "ERR_GUEST_ABORTED");
  assertEquals(errorOf(() => sandbox.snapshot()).code, "ERR_POISONED");
  sandbox.close();
});
