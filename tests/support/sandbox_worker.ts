/** A Worker that holds many sandboxes of one guest at once, and calls the Add of each again and again. */

import { FAST, HOST_ADD, sandboxOf } from "./hyperlight.ts";

/** What the Worker is asked. */
export interface Request {
  readonly guest: Uint8Array;
  readonly sandboxes: number;
  readonly calls: number;
}

interface Scope {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
}
const scope = globalThis as unknown as Scope;

async function serve({ guest, sandboxes, calls }: Request): Promise<number> {
  const all = await Promise.all(
    Array.from({ length: sandboxes }, () => sandboxOf(guest, FAST, { imports: HOST_ADD })),
  );
  let right = 0;
  for (let i = 0; i < calls; i++) {
    for (const { exports } of all) if (exports.Add(1, 41) === 42) right++;
  }
  for (const it of all) it.close();
  return right;
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await serve(data as Request));
  } catch (error) {
    scope.postMessage(String(error));
  }
};
