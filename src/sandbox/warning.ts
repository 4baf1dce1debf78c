/** Warnings, for what goes wrong where nobody is there to catch an error: both runtimes print them, and programs can listen. */

/** Warns, in a runtime that can. */
export function warn(code: `VMLET_${string}`, message: string): void {
  const { process } = globalThis as {
    process?: { emitWarning?(message: string, options: object): void };
  };
  process?.emitWarning?.(message, { type: "VmletWarning", code });
}
