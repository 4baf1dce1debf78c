/** Snapshots that several Workers have: none takes the memory from under another. */

import { closeSync, openSync } from "node:fs";
import process from "node:process";
import { test } from "node:test";
import { assertEquals, assertThrows } from "@std/assert";
import { Sandbox, Snapshot, type SnapshotToken } from "../mod.ts";
import { errorOf, HELLO, hello } from "./support/guests.ts";
import { snapshotFiles } from "./support/memory_use.ts";
import type { Request } from "./support/snapshot_worker.ts";
import { needsKvm } from "./support/skip.ts";

const skip = needsKvm;

/** A Worker that answers one question after the other. */
class Helper {
  readonly #worker = new Worker(new URL("support/snapshot_worker.ts", import.meta.url).href, {
    type: "module",
  });

  ask(request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }) => resolve(data);
      this.#worker.onerror = reject;
      this.#worker.postMessage(request);
    });
  }

  end(): void {
    this.#worker.terminate();
  }
}

/** A snapshot after one count. */
async function counted(): Promise<Snapshot<typeof HELLO>> {
  using sandbox = await hello();
  sandbox.exports.count();
  return sandbox.snapshot();
}

// These two first, while no other thread opens or closes files.

test("Snapshot.from() refuses the token of a snapshot that was closed, whatever has its place", {
  skip,
}, async () => {
  using sandbox = await hello();
  const snapshot = sandbox.snapshot();
  const { token } = snapshot;
  using open = Snapshot.from(structuredClone(token));
  // The sandbox is like the snapshot, so it keeps the file.
  sandbox.close();
  snapshot.close();
  assertEquals(errorOf(() => Snapshot.from(token)).code, "ERR_CLOSED");
  using other = await hello();
  // Every place up to that one is taken.
  const files: number[] = [];
  while (!files.includes(token.descriptor)) files.push(openSync("/dev/zero", "r"));
  assertEquals(errorOf(() => Snapshot.from(token)).code, "ERR_CLOSED");
  closeSync(token.descriptor);
  using next = other.snapshot();
  assertEquals(next.token.descriptor, token.descriptor);
  assertEquals(errorOf(() => Snapshot.from(token)).code, "ERR_CLOSED");
  for (const fd of files) if (fd !== token.descriptor) closeSync(fd);
  using clone = await Sandbox.fromSnapshot(open);
  assertEquals(clone.call("count", []), 1);
});

test("Snapshot.from() refuses what is no token, and keeps no file", { skip }, async () => {
  using snapshot = await counted();
  const { token } = snapshot;
  const before = snapshotFiles();
  const from = Snapshot.from as (token: unknown) => Snapshot;
  for (
    const it of [undefined, null, {}, { ...token, descriptor: "1" }, { ...token, identity: 1 }]
  ) {
    assertThrows(() => from(it), TypeError);
  }
  const { description } = token;
  const cut = description.slice(0, -1);
  const changed = description.slice();
  changed[70] = 0;
  for (const it of [cut, changed, new Uint8Array(10), new Uint8Array(100)]) {
    assertEquals(errorOf(() => from({ ...token, description: it })).code, "ERR_INVALID_SNAPSHOT");
  }
  for (const descriptor of [-1, 1.5, 2 ** 31, 1e300]) {
    assertThrows(() => from({ ...token, descriptor }), RangeError);
  }
  for (const descriptor of [9999, 0]) {
    assertEquals(errorOf(() => from({ ...token, descriptor })).code, "ERR_CLOSED");
  }
  assertEquals(snapshotFiles(), before);
  from(token).close();
});

test("Snapshot.from() opens in a Worker what another one has, and either may close it first", {
  skip,
}, async () => {
  const snapshot = await counted();
  const helper = new Helper();
  assertEquals(await helper.ask({ open: snapshot.token }), "open");
  assertEquals(await helper.ask({ clones: 2 }), [2, 3, 2, 2, 3, 2]);
  using here = await Sandbox.fromSnapshot(snapshot);
  snapshot.close();
  assertEquals(await helper.ask({ clones: 1 }), [2, 3, 2]);
  // One of the Worker's own comes back.
  using shared = Snapshot.from(await helper.ask("share") as SnapshotToken);
  assertEquals(await helper.ask("close"), "closed");
  using back = await Sandbox.fromSnapshot(shared, { exports: HELLO });
  assertEquals([back.exports.count(), here.exports.count()], [3, 2]);
  assertEquals(errorOf(() => here.restore(shared)).code, "ERR_SNAPSHOT_MISMATCH");
  helper.end();
  assertEquals([back.exports.count(), here.exports.count()], [4, 3]);
});

test(
  "A Worker that is terminated in the middle of its clones harms no other",
  { skip },
  async () => {
    using snapshot = await counted();
    const { token } = snapshot;
    for (let round = 0; round < (process.env.NESTED_KVM ? 1 : 4); round++) {
      const helpers = [new Helper(), new Helper()];
      for (const helper of helpers) {
        assertEquals(await helper.ask({ open: token }), "open");
        assertEquals(await helper.ask("for ever"), "begun");
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      helpers[0]?.end();
      for (let i = 0; i < 5; i++) {
        using clone = await Sandbox.fromSnapshot(snapshot);
        assertEquals([clone.exports.count(), clone.exports.count()], [2, 3]);
      }
      helpers[1]?.end();
    }
    using last = await Sandbox.fromSnapshot(snapshot);
    assertEquals(last.exports.count(), 2);
  },
);
