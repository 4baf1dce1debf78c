/** `vmlet profile`: records one function of a guest, and writes what viewers open. */

import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { type GuestProfile, type Recording, type RecordingOptions, Sandbox } from "../../mod.ts";
import { type Command, type Output, ToolError, UsageError } from "./command.ts";
import { functionOf, type NamedFunction, parse } from "./run.ts";

/** `vmlet profile`. */
export const profile: Command = {
  summary: "record a function of a guest: flame graphs, heap, trace",
  help:
    `Usage: vmlet profile GUEST FUNCTION [ARGUMENTS…] [--output PREFIX] [--times N] [--result TYPE]

Calls a function of a guest three times over, each time in a sandbox of its own, and writes what was
recorded:

  PREFIX.cpu.svg, .cpu.folded    where its time went: a flame graph, and the same as folded stacks
  PREFIX.heap.svg, .heap.folded  what it took from its heap, by stacks of functions, in bytes
  PREFIX.live.svg, .live.folded  what of that it did not give back
  PREFIX.trace.json              its calls, spans and events, for ui.perfetto.dev

An SVG opens in any browser, folded stacks in speedscope.app. Build the guest with -g, so that stacks
have names and callers. There are no imports: a guest that calls one ends with an error.
Deno: --allow-ffi, --allow-read and --allow-write, and --allow-net for a URL.

  --output PREFIX  how the files' names begin: the function's name by default
  --times N        how often the function is called for each recording: 1 by default
  --result TYPE, and how to write arguments: see vmlet run --help
  --help           print this

Exit codes: 0, 1 if the guest or its call fails, 2 for a command line that makes no sense
`,
  async run(args, output) {
    const rest: string[] = [];
    const given: { prefix?: string; times?: string } = {};
    const all = [...args];
    for (let arg = all.shift(); arg !== undefined; arg = all.shift()) {
      const [, name, value] = /^--(output|times)(?:=(.*))?$/s.exec(arg) ?? [];
      if (arg === "--") rest.push(arg, ...all.splice(0));
      else if (name === undefined) rest.push(arg);
      else given[name === "times" ? "times" : "prefix"] = value ?? all.shift() ?? "";
    }
    const line = parse(rest);
    if (line.help) {
      output.out(profile.help);
      return 0;
    }
    if (line.json) throw new UsageError("vmlet profile prints no result, so --json means nothing");
    const times = Number(given.times ?? 1);
    if (!Number.isSafeInteger(times) || times < 1) {
      throw new UsageError(`--times ${given.times} is no number of calls`);
    }
    const named = await functionOf("profile", line);
    const { prefix = named.name.replaceAll("/", "_") } = given;
    if (prefix === "") throw new UsageError("--output needs how the files' names begin");
    const title = `${basename(named.options.guest)}: ${named.name}`;
    const write = (suffix: string, text: string, what: string) => {
      const path = `${prefix}.${suffix}`;
      try {
        writeFileSync(path, text);
      } catch (error) {
        throw new ToolError(`Cannot write ${path}: ${(error as Error).message}`);
      }
      output.out(`${path}: ${what}\n`);
    };
    const { cpu } = await record(named, times, { cpuProfile: true });
    if (cpu) writeProfile(write, "cpu", `${title}, CPU`, cpu, "samples, 1 ms apart");
    const { allocated, live } = await record(named, times, { memProfile: true });
    if (allocated) writeProfile(write, "heap", `${title}, allocated`, allocated, "bytes allocated");
    if (live) writeProfile(write, "live", `${title}, not freed`, live, "bytes not freed");
    const { trace } = await record(named, times, { traceGuest: true });
    if (trace) {
      const missing = trace.dropped > 0 ? `, ${trace.dropped} missing` : "";
      const { length } = trace.entries;
      write("trace.json", `${JSON.stringify(trace)}\n`, `${length} spans and events${missing}`);
    }
    if (cpu && cpu.total < 10) warn(output, cpu.total);
    return 0;
  },
};

/** Calls the function that often in a sandbox of its own: what is recorded together disturbs each other. */
async function record(
  { options, call }: NamedFunction,
  times: number,
  what: RecordingOptions,
): Promise<Recording> {
  using sandbox = await Sandbox.create({ ...options, ...what });
  for (let i = 0; i < times; i++) call(sandbox);
  return sandbox.recording();
}

function writeProfile(
  write: (suffix: string, text: string, what: string) => void,
  name: string,
  title: string,
  profile: GuestProfile,
  unit: string,
): void {
  const what = `${profile.total} ${unit}`;
  write(`${name}.svg`, profile.flameGraph(title), what);
  write(`${name}.folded`, profile.folded(), what);
}

function warn(output: Output, samples: number): void {
  output.error(
    `The guest was found running ${samples} times only, which says little: --times N calls it more often\n`,
  );
}
