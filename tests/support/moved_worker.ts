/** A Worker to which sandboxes move: it opens one from a snapshot's token, calls it, and lets it move on. */

import { Sandbox, Snapshot, type SnapshotToken, VmletError } from "../../mod.ts";

/** What the Worker is asked: to take a sandbox over, to call it, to give its interrupt token, or to hand it on. */
export type Request =
  | { readonly take: SnapshotToken }
  | { readonly call: string; readonly args: number[]; readonly isAsync?: boolean }
  | "token"
  | "hand on";

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

let sandbox: Sandbox | undefined;
let handedOn: Snapshot | undefined;

async function serve(request: Request): Promise<unknown> {
  if (typeof request === "object" && "take" in request) {
    using snapshot = Snapshot.from(request.take);
    sandbox?.close();
    // What the host's functions are is this Worker's affair.
    const callback = (a: number, b: number) => a * 1000 + b;
    sandbox = await Sandbox.fromSnapshot(snapshot, {
      imports: { host_add: { parameters: ["i32", "i32"], result: "i32", callback } },
    });
    return "taken";
  }
  if (!sandbox) throw new Error("no sandbox is here");
  if (request === "token") return sandbox.interruptHandle().token;
  if (request === "hand on") {
    handedOn = sandbox.snapshot();
    sandbox.close();
    return handedOn.token;
  }
  try {
    const { call, args, isAsync } = request;
    return isAsync ? await sandbox.callAsync(call, args) : sandbox.call(call, args);
  } catch (error) {
    return error instanceof VmletError ? error.code : String(error);
  }
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await serve(data as Request));
  } catch (error) {
    scope.postMessage(String(error));
  }
};
