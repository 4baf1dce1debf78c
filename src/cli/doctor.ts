/** `vmlet doctor`: whether guests can run here, as text or JSON. */

import { parseArgs } from "@std/cli";
import { type Check, type CheckArea, diagnose, type Diagnosis } from "../../mod.ts";
import { type Command, refuseUnknownOption, UsageError } from "./command.ts";

const HEADINGS: Readonly<Record<CheckArea, string>> = {
  host: "Host",
  kvm: "KVM",
  capabilities: "Capabilities of KVM",
  limits: "Limits",
};

const MARKS: Readonly<Record<Check["status"], string>> = {
  ok: "ok",
  warning: "WARNING",
  failure: "FAILURE",
};

/** `vmlet doctor`. */
export const doctor: Command = {
  summary: "say whether guests can run here, and if not, what to do about it",
  help: `Usage: vmlet doctor [--json]

Looks at the runtime, KVM, its capabilities and the limits of this process, runs a guest of one
instruction, and says what to do about what is missing. It needs native code alone (Deno: --allow-ffi).

  --json  print everything that was found as JSON
  --help  print this

Exit codes: 0 if guests can run, 1 if they cannot, 2 for a command line that makes no sense
`,
  run(args, output) {
    const { json, help, _: rest } = parseArgs(args, {
      boolean: ["json", "help"],
      unknown: refuseUnknownOption,
    });
    if (help) {
      output.out(doctor.help);
      return 0;
    }
    if (rest.length > 0) throw new UsageError(`vmlet doctor takes no argument ${rest[0]}`);
    const diagnosis = diagnose();
    output.out(json ? `${JSON.stringify(diagnosis, null, 2)}\n` : formatDiagnosis(diagnosis));
    return diagnosis.usable ? 0 : 1;
  },
};

/** A diagnosis for people: a line for each check, with what to do below, and a summary at the end. */
export function formatDiagnosis(diagnosis: Diagnosis): string {
  const { version, checks, usable } = diagnosis;
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = [`vmlet ${version}`];
  for (const area of Object.keys(HEADINGS) as CheckArea[]) {
    const own = checks.filter((check) => check.area === area);
    if (own.length === 0) continue;
    lines.push("", HEADINGS[area]);
    for (const { name, status, detail, fix } of own) {
      const mark = MARKS[status].padEnd(7);
      lines.push(`  ${mark}  ${name.padEnd(width)}  ${detail}`);
      if (fix !== undefined) lines.push(`  ${"".padEnd(7)}  ${"".padEnd(width)}  to do: ${fix}`);
    }
  }
  const count = (status: Check["status"]) => checks.filter((it) => it.status === status).length;
  const tally = `${count("ok")} ok, ${plural(count("warning"), "warning")}, ` +
    plural(count("failure"), "failure");
  lines.push("", `Guests ${usable ? "can" : "cannot"} run here: ${tally}`);
  return `${lines.join("\n")}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
