/** Which runtime this is, and its foreign functions. */

import type { Adapter } from "./adapter.ts";
import { bunAdapter, type BunFfi } from "./bun.ts";
import { denoAdapter, type DenoGlobal } from "./deno.ts";
import { VmletError } from "./error.ts";

/** What is looked at of the global object to tell where this runs. */
export interface Globals {
  Deno?: DenoGlobal & { version?: { deno?: string }; build?: { os?: string; arch?: string } };
  Bun?: { version: string };
  process?: {
    platform?: string;
    arch?: string;
    version?: string;
    getBuiltinModule?: (name: string) => unknown;
  };
}

/** Where Deno, Node and Bun look for a value's own way to print itself. */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

/** The adapter of the runtime that has these globals. */
export function adapterFor(globals: Globals): Adapter {
  const { Deno: deno, Bun: bun, process } = globals;
  // Bun first: programs may polyfill a `Deno` global there.
  if (bun === undefined && typeof deno?.dlopen !== "function") {
    const name = process?.version === undefined ? "this one" : `Node.js ${process.version}`;
    throw new VmletError(
      "ERR_UNSUPPORTED_RUNTIME",
      `Cannot run guests: vmlet needs Deno or Bun for native code, and ${name} is neither`,
    );
  }
  const os = process?.platform ?? deno?.build?.os ?? "unknown";
  const arch = process?.arch ?? deno?.build?.arch ?? "unknown";
  if (os !== "linux" || (arch !== "x64" && arch !== "x86_64")) {
    throw new VmletError(
      "ERR_UNSUPPORTED_PLATFORM",
      `Cannot run guests: vmlet needs Linux on x86_64, and this is ${os} on ${arch}`,
    );
  }
  return bun === undefined
    ? denoAdapter(deno as DenoGlobal)
    : bunAdapter(process?.getBuiltinModule?.("bun:ffi") as BunFfi);
}
