/** How long calls run over their deadlines: an endless guest is ended by one, again and again. */

import { readFile } from "node:fs/promises";
import { Sandbox, VmletError } from "../mod.ts";
import type { Effort } from "./measure.ts";
import { median, quantile } from "./statistics.ts";

/** The calls' deadline, in milliseconds. */
const DEADLINE = 20;

const GUEST = new URL("../guest/examples/bench.elf", import.meta.url);
const SPIN = { spin: { parameters: [], result: "void" } } as const;

type Guest = Sandbox<typeof SPIN>;

/** One way to call. */
export interface OverrunCase {
  readonly name: string;
  readonly call: (guest: Guest) => void | Promise<void>;
}

/** What was measured of it: nanoseconds from the deadline to the error. */
export interface Overrun {
  readonly name: string;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  /**
   * The same of a loop that looks at the clock until it is as late, in turns with the calls: on a busy machine it is late
   * itself, whenever another program has the CPU.
   */
  readonly loop: { readonly median: number; readonly p99: number };
  readonly calls: number;
}

/** All of them. */
export const OVERRUNS: readonly OverrunCase[] = [
  { name: "overrun", call: (guest) => guest.call("spin", [], { deadline: DEADLINE }) },
  { name: "overrun-async", call: (guest) => guest.callAsync("spin", [], { deadline: DEADLINE }) },
];

/** Measures as many calls as other cases have pairs. After each, the guest has to work again. */
export async function measureOverrun(it: OverrunCase, { pairs }: Effort): Promise<Overrun> {
  using guest = await Sandbox.create({ guest: await readFile(GUEST), exports: SPIN });
  using clean = guest.snapshot();
  const times: number[] = [];
  await overrun(it, guest, clean);
  const loops: number[] = [];
  for (let i = 0; i < pairs; i++) {
    times.push(await overrun(it, guest, clean));
    loops.push(loop());
  }
  return {
    name: it.name,
    median: median(times),
    p99: quantile(times, 0.99),
    longest: Math.max(...times),
    loop: { median: median(loops), p99: quantile(loops, 0.99) },
    calls: pairs,
  };
}

async function overrun(
  { call }: OverrunCase,
  guest: Guest,
  clean: ReturnType<Guest["snapshot"]>,
): Promise<number> {
  const began = performance.now();
  try {
    await call(guest);
  } catch (error) {
    const time = performance.now() - began - DEADLINE;
    if (!(error instanceof VmletError) || error.code !== "ERR_DEADLINE") throw error;
    guest.restore(clean);
    return time * 1e6;
  }
  throw new Error("An endless call returned");
}

function loop(): number {
  const due = performance.now() + DEADLINE;
  let now: number;
  do now = performance.now(); while (now < due);
  return (now - due) * 1e6;
}
