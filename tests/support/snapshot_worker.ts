/** A Worker that makes clones of a snapshot which another one shares, and calls them. */

import { Sandbox, Snapshot, type SnapshotToken } from "../../mod.ts";
import { HELLO } from "./guests.ts";

/** What the Worker is asked: to open a snapshot, to make and call so many clones, to do so for ever, or to close. */
export type Request =
  | { readonly open: SnapshotToken }
  | { readonly clones: number }
  | "for ever"
  | "close"
  | "share";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

let snapshot: Snapshot | undefined;
let own: Sandbox | undefined;

/** Makes clones, and calls each twice; what they count. */
async function countIn(clones: number): Promise<number[]> {
  const counts: number[] = [];
  for (let i = 0; i < clones; i++) {
    if (!snapshot) throw new Error("nothing is open");
    using sandbox = await Sandbox.fromSnapshot(snapshot, { exports: HELLO });
    counts.push(sandbox.exports.count(), sandbox.exports.count());
    sandbox.restore(snapshot);
    counts.push(sandbox.exports.count());
  }
  return counts;
}

async function serve(request: Request): Promise<unknown> {
  if (request === "close") {
    snapshot?.close();
    return "closed";
  }
  if (request === "share") {
    own = await Sandbox.fromSnapshot(snapshot as Snapshot);
    own.call("count", []);
    return own.snapshot().token;
  }
  if (request === "for ever") {
    scope.postMessage("begun");
    for (;;) await countIn(1);
  }
  if ("open" in request) {
    snapshot = Snapshot.from(request.open);
    return "open";
  }
  return await countIn(request.clones);
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await serve(data as Request));
  } catch (error) {
    scope.postMessage(String(error));
  }
};
