// Measures the servers of examples/http under load from a second process, beside a hostile client.
//
//   deno task bench:http [--quick] [--json FILE] [--runtime deno|bun] [--install]
//
// The load is wrk's (https://github.com/wg/wrk), over 16 connections that send a program which answers at once. The
// same load is measured in turns: alone; while a process of another program's keeps one CPU busy; and while one client,
// or eight, send a program that never ends. What a guest costs the others beyond its own CPU is the third beside the
// second. `--json` keeps all of it in a file; `--install` gets wrk from Debian.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, release, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { median } from "../bench/statistics.ts";
import { type Server, SERVERS, startServer } from "./http_server.ts";
import { table } from "./table.ts";
import { type Command, install, run, succeed } from "./tools.ts";

const PROGRAMS = {
  hello: "++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++." +
    ">>.<-.<.+++.------.--------.>>+.>++.",
  endless: "+[]",
} as const;

/** What runs beside the load. */
const BESIDE = {
  "alone": "nothing",
  "beside a busy process": "busy",
  "beside 1 endless program": 1,
  "beside 8 endless programs": 8,
} as const;
type Phase = keyof typeof BESIDE;
const PHASES = Object.keys(BESIDE) as Phase[];

/** What wrk measured. Times are in microseconds. */
interface Load {
  readonly requests: number;
  /** Requests in a second. */
  readonly throughput: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Answers that were none, and those of another status than 200. */
  readonly errors: number;
}

interface Report {
  readonly runtime: string;
  readonly phases: Readonly<Record<Phase, readonly Load[]>>;
  /** How long the server took to end after SIGTERM, in milliseconds, while endless programs ran. */
  readonly drain: number;
}

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    install: { type: "boolean", default: false },
    json: { type: "string" },
    runtime: { type: "string", multiple: true, default: Object.keys(SERVERS) },
  },
});
const effort = options.quick ? { rounds: 1, seconds: 2 } : { rounds: 3, seconds: 4 };

try {
  const runtimes = options.runtime.map((name) => {
    if (name === "deno" || name === "bun") return name;
    throw new Error(`--runtime is ${name}, and it may be deno or bun`);
  });
  if (options.install && !hasWrk()) await installWrk();
  if (!hasWrk()) {
    throw new Error(
      "Cannot measure: wrk is not there (on Debian, `deno task bench:http --install` or `apt-get install wrk` gets it)",
    );
  }
  await succeed(install());
  const reports: Report[] = [];
  for (const runtime of runtimes) reports.push(await measure(runtime));
  for (const line of summary(reports)) console.log(line);
  if (options.json !== undefined) {
    const machine = { kernel: release(), cpu: cpus()[0]?.model ?? "unknown", cpus: cpus().length };
    const kept = { ...machine, date: new Date().toISOString(), ...effort, runtimes: reports };
    await writeFile(options.json, `${JSON.stringify(kept, null, 2)}\n`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function measure(runtime: keyof typeof SERVERS): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "vmlet-bench-"));
  const server = await startServer(runtime);
  try {
    for (const [name, program] of Object.entries(PROGRAMS)) {
      await writeFile(join(folder, `${name}.lua`), wrkScript(program));
    }
    const load = (seconds: number) => loadOf(server, join(folder, "hello.lua"), seconds);
    const endless = join(folder, "endless.lua");
    await load(2);
    const phases: Record<Phase, Load[]> = {
      "alone": [],
      "beside a busy process": [],
      "beside 1 endless program": [],
      "beside 8 endless programs": [],
    };
    for (let round = 0; round < effort.rounds; round++) {
      for (const phase of PHASES) {
        console.error(`Measuring ${runtime}, round ${round + 1}: ${phase}`);
        const beside = startBeside(server, phase, endless);
        try {
          phases[phase].push(await load(effort.seconds));
        } finally {
          await ended(beside);
        }
      }
    }
    const hostile = startBeside(server, "beside 8 endless programs", endless);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { code, took } = await server.stop();
    await ended(hostile);
    if (code !== 0) throw new Error(`The server ended with code ${code}`);
    return { runtime, phases, drain: took };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What wrk does: sends a program, and says at its end what it measured. */
function wrkScript(program: string): string {
  return `wrk.method = "POST"
wrk.body = "${program}"
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"errors":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
`;
}

async function loadOf({ url }: Server, script: string, seconds: number): Promise<Load> {
  const command: Command = ["wrk", "-t1", "-c16", `-d${seconds}s`, "-s", script, url];
  const output = await succeed(run(command, { capture: true }));
  const line = output.split("\n").find((it) => it.startsWith("{"));
  const { microseconds, ...load } = JSON.parse(line ?? "{}") as Load & { microseconds: number };
  return { ...load, throughput: load.requests * 1e6 / microseconds };
}

/** Starts what runs beside the load; it has to be ended. */
function startBeside({ url }: Server, phase: Phase, endless: string): ChildProcess | undefined {
  const what = BESIDE[phase];
  if (what === "nothing") return undefined;
  const [program, ...args] = what === "busy"
    ? ["sh", "-c", "while :; do :; done"]
    : ["wrk", "-t1", `-c${what}`, "-d1h", "-s", endless, url];
  return spawn(program as string, args, { stdio: "ignore" });
}

/** Ends a process. */
async function ended(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}

function summary(reports: readonly Report[]): string[] {
  const head = ["", "", "requests/s", "median", "p99", "p99 beside a busy process", "errors"];
  const rows = reports.flatMap(({ runtime, phases }) => {
    const busy = median(phases["beside a busy process"].map(({ p99 }) => p99));
    return PHASES.map((phase) => {
      const of = (key: keyof Load) => median(phases[phase].map((it) => it[key]));
      return [
        runtime,
        phase,
        of("throughput").toFixed(0),
        `${(of("p50") / 1000).toFixed(2)} ms`,
        `${(of("p99") / 1000).toFixed(2)} ms`,
        (of("p99") / busy).toFixed(2),
        String(phases[phase].reduce((sum, { errors }) => sum + errors, 0)),
      ];
    });
  });
  return [
    `Linux ${release()}, ${cpus().length} CPUs of ${cpus()[0]?.model ?? "an unknown kind"}`,
    ...table(head, rows),
    "",
    ...reports.map(({ runtime, drain }) =>
      `${runtime}: ended ${drain.toFixed(0)} ms after SIGTERM, with endless programs running`
    ),
  ];
}

function hasWrk(): boolean {
  return spawnSync("wrk", ["-v"]).error === undefined;
}

async function installWrk(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error("Only root can install wrk");
  const apt = ["apt-get", "-qq", "-y", "--no-install-recommends"] as const;
  for (const command of [["update"], ["install", "wrk"]]) {
    await succeed(run([...apt, ...command], { capture: true }));
  }
}
