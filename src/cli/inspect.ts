/** `vmlet inspect`: what a guest's file says of itself, as text or JSON. */

import { parseArgs } from "@std/cli";
import {
  type FunctionDefinitions,
  type GuestInspection,
  type GuestSegment,
  inspectGuest,
} from "../../mod.ts";
import { type Command, refuseUnknownOption, UsageError } from "./command.ts";
import { formatFunction } from "./format.ts";

/** `vmlet inspect`. */
export const inspect: Command = {
  summary: "say what a guest's file holds: its functions, segments and memory",
  help: `Usage: vmlet inspect GUEST [--json]

Reads a guest's file, a path or a URL, without running it: its kind, its segments, its memory with the
default sizes, the functions that it offers (exports) and those that it may call (imports).
Deno: --allow-read, and --allow-net for a URL.

  --json  print it as JSON; addresses are hexadecimal text
  --help  print this

Exit codes: 0, 1 if it is no guest, 2 for a command line that makes no sense
`,
  async run(args, output) {
    const { json, help, _: rest } = parseArgs(args, {
      boolean: ["json", "help"],
      string: ["_"],
      unknown: refuseUnknownOption,
    });
    if (help) {
      output.out(inspect.help);
      return 0;
    }
    const [guest, unexpected] = rest;
    if (guest === undefined) throw new UsageError("vmlet inspect needs a guest's file");
    if (unexpected !== undefined) {
      throw new UsageError(`vmlet inspect takes no argument ${unexpected}`);
    }
    const inspection = await inspectGuest(guest);
    output.out(json ? toJson(inspection) : formatInspection(guest, inspection));
    return 0;
  },
};

const hex = (address: bigint) => `0x${address.toString(16)}`;

function toJson(inspection: GuestInspection): string {
  const replace = (_: string, value: unknown) => typeof value === "bigint" ? hex(value) : value;
  return `${JSON.stringify(inspection, replace, 2)}\n`;
}

function formatInspection(guest: string, inspection: GuestInspection): string {
  const { kitVersion, ring, positionIndependent, entry, segments, layout } = inspection;
  return [
    inspection.kind === "vmlet"
      ? `${guest}: a vmlet guest, version ${kitVersion} of the kit, runs at ring ${ring}`
      : `${guest}: a guest for Hyperlight v0.11, runs at ring ${ring}`,
    `${positionIndependent ? "position-independent" : "static"}, begins at ${hex(entry)}`,
    ...["", "Segments", ...segments.map((it) => formatPart(it, ""))],
    ...["", "Memory by default", ...layout.map((it) => formatPart(it, it.name))],
    ...["", "Exports", ...formatFunctions(inspection.exports)],
    ...["", "Imports", ...formatFunctions(inspection.imports)],
  ].join("\n") + "\n";
}

function formatPart({ address, size, permissions }: GuestSegment, name: string): string {
  const line = `  ${hex(address).padEnd(12)}  ${String(size).padStart(8)}  ${permissions}  ${name}`;
  return line.trimEnd();
}

function formatFunctions(functions: FunctionDefinitions | undefined): string[] {
  if (functions === undefined) return ["  the file does not say"];
  const lines = Object.entries(functions).map(([name, it]) => `  ${formatFunction(name, it)}`);
  return lines.length === 0 ? ["  none"] : lines;
}
