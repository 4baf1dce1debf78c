/**
 * vmlet and Hyperlight's own host with the same guest: each case does what it asks bench/peer for. Two guests: one that
 * does next to nothing, so that the host's cost shows, and one on Hyperlight's Rust crates.
 */

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Sandbox, type SandboxOptions, VmletError } from "../mod.ts";
import { type Builds, type Case, now, type Prepared, wallClock } from "./case.ts";
import type { KillRequest } from "./kill_worker.ts";
import { Reference } from "./reference.ts";
import { RunClock } from "./run_clock.ts";

const EXPORTS = {
  Echo: { parameters: ["string"], result: "string" },
  EchoBytes: { parameters: ["buffer"], result: "buffer" },
  Add: { parameters: ["i32", "i32"], result: "i32" },
  Spin: { parameters: [], result: "i32" },
} as const;
const HOST_ADD = {
  parameters: ["i32", "i32"],
  result: "i32",
  callback: (left: number, right: number) => (left + right) | 0,
} as const;

/** The one text that fastguest.S returns. */
const TEXT = "hello\n";

type Guest = Sandbox<typeof EXPORTS>;

/** What is alike in both hosts. */
interface Setting {
  readonly guest: "fast" | "rust";
  /** How large the input and the output are, in bytes; the default of both hosts where it is not said. */
  readonly buffers?: number;
  readonly operations: number;
}

/** How a case does its operations. */
interface Running extends Pick<Prepared, "batch">, Partial<Pick<Prepared, "close">> {}

/** What a case adds: its work with a sandbox that stays, or with others, and what it tells the other side. */
interface Work extends Pick<Prepared, "command"> {
  readonly begin: (guest: Guest, create: () => Promise<Guest>) => Running;
  readonly unit?: Prepared["unit"];
  readonly needsTwoCpus?: boolean;
}

// A batch takes a millisecond: on a busy machine a longer one meets other programs more often than not.
const FAST = { guest: "fast", operations: 15 } as const;
const RUST = { guest: "rust", operations: 1 } as const;
const KIB = 1024;
const MIB = 1024 * KIB;

/** All of them, in the order of the table. */
export const PEER_CASES: readonly Case[] = [
  peerCase("fast-echo", "call Echo", FAST, echo()),
  peerCase("fast-host", "call Add, which calls a function of the host", FAST, add()),
  peerCase("fast-create", "make a sandbox", { ...FAST, operations: 1 }, lifetime("create")),
  peerCase("fast-close", "close a sandbox", { ...FAST, operations: 1 }, lifetime("close")),
  peerCase(
    "fast-create-new",
    "make a sandbox where no VM is left for it",
    { ...FAST, operations: 1 },
    onItsOwn(lifetime("create")),
  ),
  peerCase(
    "fast-close-last",
    "close a sandbox that leaves no VM",
    { ...FAST, operations: 1 },
    onItsOwn(lifetime("close")),
  ),
  peerCase("fast-first", "a sandbox's first call", { ...FAST, operations: 1 }, first()),
  peerCase("fast-snapshot", "take a snapshot after a call", FAST, snapshot()),
  peerCase("fast-restore", "go back to a snapshot after a call", FAST, restore("restore")),
  peerCase("fast-call-restore", "a call and the way back", FAST, restore("call_restore")),
  peerCase("fast-kill", "from a kill to the end of the call", { ...FAST, operations: 1 }, kill()),
  peerCase("fast-rss", "resident memory of a sandbox", { ...FAST, operations: 20 }, resident()),
  peerCase("rust-echo", "call Echo", RUST, echo()),
  peerCase("rust-host", "call Add, which calls a function of the host", RUST, add()),
  peerCase("rust-create", "make a sandbox", RUST, lifetime("create")),
  peerCase(
    "rust-8k",
    "pass 8 KiB and back",
    { ...RUST, buffers: 64 * KIB },
    echoBytes(8 * KIB),
  ),
  peerCase("rust-call-restore", "a call and the way back", RUST, restore("call_restore")),
  peerCase("outside-echo", "Echo, outside of KVM_RUN", FAST, outside(echo())),
  peerCase(
    "outside-8k",
    "8 KiB and back, outside of KVM_RUN",
    { ...FAST, buffers: 64 * KIB },
    outside(echoBytes(8 * KIB)),
  ),
  peerCase(
    "outside-1m",
    "1 MiB and back, outside of KVM_RUN",
    { ...FAST, operations: 1, buffers: 4 * MIB },
    outside(echoBytes(MIB)),
  ),
];

function peerCase(name: string, what: string, setting: Setting, work: Work): Case {
  const guest = `${setting.guest}Guest` as const;
  return {
    name,
    what,
    against: "Rust",
    needs: ["peer", guest],
    prepare: (builds) => prepare(builds.peer, builds[guest], setting, work),
  };
}

async function prepare(
  peer: Builds["peer"],
  path: string | undefined,
  { buffers, operations }: Setting,
  { begin, command, unit = "ns", needsTwoCpus = false }: Work,
): Promise<Prepared> {
  if (peer === undefined || path === undefined) throw new Error("It was not built");
  const file = await readFile(path);
  const options: SandboxOptions<typeof EXPORTS> = {
    guest: file,
    exports: EXPORTS,
    ...(buffers === undefined ? {} : { memory: { input: buffers, output: buffers } }),
  };
  const create = () => Sandbox.create({ ...options, imports: { HostAdd: HOST_ADD } });
  // It stays even where others are made: the first vCPU of a kernel has to patch the kernel's code.
  const kept = await create();
  const { batch, close } = begin(kept, create);
  const size = String(buffers);
  const sizes = buffers === undefined ? [] : ["--input", size, "--output", size];
  return {
    start: () => Reference.start(peer, path, ...sizes),
    command,
    operations,
    unit,
    needsTwoCpus,
    batch,
    close: () => {
      close?.();
      kept.close();
    },
  };
}

/** A batch of operations that are timed as a whole. */
function timed(command: string, operation: (guest: Guest) => void): Work {
  return {
    command,
    begin: (guest) => ({
      batch: (operations) => {
        const began = now();
        for (let i = 0; i < operations; i++) operation(guest);
        return now() - began;
      },
    }),
  };
}

function echo(): Work {
  return timed("echo", ({ exports }) => {
    if (exports.Echo(TEXT) !== TEXT) throw new Error("Echo returned something else");
  });
}

function echoBytes(size: number): Work {
  const bytes = new Uint8Array(size).map((_, i) => i * 31);
  return timed(`echo_bytes ${size}`, ({ exports }) => {
    const returned = exports.EchoBytes(bytes);
    if (returned.length !== size || returned[size - 1] !== bytes[size - 1]) {
      throw new Error("EchoBytes returned something else");
    }
  });
}

function add(): Work {
  return timed("host", ({ exports }) => {
    if (exports.Add(1, 41) !== 42) throw new Error("Add did not return 42");
  });
}

/** Of the same work, only what is spent outside of KVM_RUN. */
function outside({ command, begin }: Work): Work {
  return {
    command: `outside ${command}`,
    begin: (guest, create) => {
      const { batch } = begin(guest, create);
      return {
        batch: async (operations) => {
          using clock = new RunClock();
          return await batch(operations) - clock.inside;
        },
      };
    },
  };
}

function lifetime(command: "create" | "close"): Work {
  return {
    command,
    begin: (_, create) => ({
      batch: async (operations) => {
        let time = 0;
        for (let i = 0; i < operations; i++) {
          const began = now();
          const sandbox = await create();
          const created = now();
          sandbox.close();
          time += command === "create" ? created - began : now() - created;
        }
        return time;
      },
    }),
  };
}

/** The same without another sandbox beside it, so that none leaves its VM to the next. */
function onItsOwn(work: Work): Work {
  return {
    ...work,
    begin: (guest, create) => {
      guest.close();
      return work.begin(guest, create);
    },
  };
}

function first(): Work {
  return {
    command: "first",
    begin: (_, create) => ({
      batch: async (operations) => {
        let time = 0;
        for (let i = 0; i < operations; i++) {
          using sandbox = await create();
          const began = now();
          sandbox.exports.Echo(TEXT);
          time += now() - began;
        }
        return time;
      },
    }),
  };
}

function snapshot(): Work {
  return {
    command: "snapshot",
    begin: (guest) => ({
      batch: (operations) => {
        let time = 0;
        for (let i = 0; i < operations; i++) {
          guest.exports.Echo(TEXT);
          const began = now();
          guest.snapshot();
          time += now() - began;
        }
        return time;
      },
    }),
  };
}

function restore(command: "restore" | "call_restore"): Work {
  return {
    command,
    begin: (guest) => ({
      batch: (operations) => {
        const clean = guest.snapshot();
        let time = 0;
        for (let i = 0; i < operations; i++) {
          const called = now();
          guest.exports.Echo(TEXT);
          const began = command === "call_restore" ? called : now();
          guest.restore(clean);
          time += now() - began;
        }
        return time;
      },
    }),
  };
}

function kill(): Work {
  return {
    command: "interrupt",
    needsTwoCpus: true,
    begin: (guest) => {
      const clean = guest.snapshot();
      const asked = new Int32Array(new SharedArrayBuffer(4));
      const began = new Float64Array(new SharedArrayBuffer(8));
      const worker = new Worker(new URL("./kill_worker.ts", import.meta.url), { type: "module" });
      const ready = new Promise<void>((resolve) => worker.onmessage = () => resolve());
      const request: KillRequest = { token: guest.interruptHandle().token, asked, began };
      const started = ready.then(() => worker.postMessage(request));
      return {
        batch: async (operations) => {
          await started;
          let time = 0;
          for (let i = 0; i < operations; i++) {
            Atomics.add(asked, 0, 1);
            Atomics.notify(asked, 0);
            time += timeOfEnd(guest) - (began[0] as number);
            guest.restore(clean);
          }
          return time;
        },
        close: () => {
          // A Worker that waits cannot be terminated in Deno.
          Atomics.store(asked, 0, -1);
          Atomics.notify(asked, 0);
          worker.terminate();
        },
      };
    },
  };
}

/** Calls a function that does not return, and says when the call was ended. */
function timeOfEnd({ exports }: Guest): number {
  try {
    exports.Spin();
  } catch (error) {
    const ended = wallClock();
    if (error instanceof VmletError && error.code === "ERR_CANCELLED") return ended;
    throw error;
  }
  throw new Error("Spin returned");
}

function resident(): Work {
  return {
    command: "rss",
    unit: "bytes",
    begin: (_, create) => ({
      batch: async (operations) => {
        const before = residentBytes();
        const kept: Guest[] = [];
        for (let i = 0; i < operations; i++) kept.push(await create());
        const grown = residentBytes() - before;
        for (const sandbox of kept) sandbox.close();
        return Math.max(0, grown);
      },
    }),
  };
}

function residentBytes(): number {
  return Number(readFileSync("/proc/self/statm", "utf8").split(" ")[1]) * 4096;
}
