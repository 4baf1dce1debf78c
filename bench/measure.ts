/** Measures one case against another program, in pairs of batches that alternate. */

import process from "node:process";
import type { Builds, Case, Prepared } from "./case.ts";
import type { Reference } from "./reference.ts";
import { mean, median, quartiles } from "./statistics.ts";

/** Both sides of one case, for one operation: nanoseconds, or bytes where the unit says so. */
export interface Measured {
  readonly name: string;
  readonly what: string;
  /** What vmlet is compared with. */
  readonly against: Case["against"];
  readonly unit: Prepared["unit"];
  /** The medians of both sides. */
  readonly reference: number;
  readonly typescript: number;
  /** The median of the pairs' ratios. */
  readonly ratio: number;
  /** Their first and third quartile. */
  readonly spread: readonly [number, number];
  /** The ratio of both medians. */
  readonly ratioOfMedians: number;
  /** The ratio of both means, in which every pause counts. */
  readonly ratioOfMeans: number;
  /** How many pairs these are of. */
  readonly pairs: number;
  /** For calls beside C: the time of the floor inside KVM_RUN, and of either side outside of it. */
  readonly inside?: number;
  readonly referenceOutside?: number;
  readonly typescriptOutside?: number;
  /** For restores: the other side's time with a copy of all memory. */
  readonly simple?: number;
}

/** One batch of each side, for one operation. */
interface Pair {
  readonly reference: number;
  readonly typescript: number;
  readonly inside: number;
}

/** How much is measured. */
export interface Effort {
  /** How many pairs of batches. */
  readonly pairs: number;
  /** After how many seconds there are no more, unless they are fewer than {@linkcode MINIMUM_PAIRS}. */
  readonly seconds: number;
  /** For how many milliseconds TypeScript runs before. */
  readonly warmUp: number;
}

/** Fewer say nothing of the spread. */
const MINIMUM_PAIRS = 9;

/** Measures a case. */
export async function measure(it: Case, builds: Builds, effort: Effort): Promise<Measured> {
  const prepared = await it.prepare(builds);
  try {
    const reference = await prepared.start();
    try {
      // Only V8's last compiler calls native functions directly, and it comes after some 100,000 exits. Until then each
      // exit takes half a microsecond more.
      const warm = performance.now() + effort.warmUp;
      while (!prepared.keeps && performance.now() < warm) await prepared.batch(prepared.operations);
      // The main thread has the number of the process. Threads that a runtime starts later would inherit the CPU.
      if (!prepared.needsTwoCpus) await reference.pin(process.pid);
      await measurePair(prepared, reference, true);
      const end = prepared.keeps ? 0 : performance.now() + effort.seconds * 1000;
      const pairs: Pair[] = [];
      while (
        pairs.length < MINIMUM_PAIRS || pairs.length < effort.pairs && performance.now() < end
      ) pairs.push(await measurePair(prepared, reference, pairs.length % 2 === 0));
      const { name, what, against } = it;
      const simple = await measureSimple(prepared, reference);
      const summary = summarise(pairs, prepared.keeps ? mean : median);
      return { name, what, against, unit: prepared.unit, ...summary, ...simple };
    } finally {
      await reference.stop();
    }
  } finally {
    prepared.close();
  }
}

/** Behind the rest, since it leaves nothing in the CPU's caches. */
async function measureSimple(
  { simple }: Prepared,
  reference: Reference,
): Promise<Pick<Measured, "simple">> {
  if (simple === undefined) return {};
  const times: number[] = [];
  for (let i = 0; i < MINIMUM_PAIRS; i++) times.push(await reference.batch(simple, 1));
  return { simple: median(times) };
}

/** Which side is first alternates, so that a machine that slows down favours neither. */
async function measurePair(
  { command, inside, operations, batch }: Prepared,
  reference: Reference,
  referenceFirst: boolean,
): Promise<Pair> {
  const ask = async (command: string) => await reference.batch(command, operations) / operations;
  const before = referenceFirst ? await ask(command) : 0;
  const typescript = await batch(operations) / operations;
  return {
    typescript,
    inside: inside === undefined ? NaN : await ask(inside),
    reference: referenceFirst ? before : await ask(command),
  };
}

/** What is kept counts as a whole: the system gives memory, and takes it back, when it likes to. */
function summarise(
  pairs: readonly Pair[],
  middle: (numbers: readonly number[]) => number,
): Omit<Measured, "name" | "what" | "against" | "unit"> {
  const reference = pairs.map((pair) => pair.reference);
  const typescript = pairs.map((pair) => pair.typescript);
  const inside = pairs.map((pair) => pair.inside);
  const ratios = pairs.map((pair) => pair.typescript / pair.reference);
  const summary = {
    reference: middle(reference),
    typescript: middle(typescript),
    ratio: middle === mean ? mean(typescript) / mean(reference) : median(ratios),
    spread: quartiles(ratios),
    ratioOfMedians: median(typescript) / median(reference),
    ratioOfMeans: mean(typescript) / mean(reference),
    pairs: pairs.length,
  };
  if (Number.isNaN(inside[0])) return summary;
  return {
    ...summary,
    inside: median(inside),
    referenceOutside: median(pairs.map((pair) => pair.reference - pair.inside)),
    typescriptOutside: median(pairs.map((pair) => pair.typescript - pair.inside)),
  };
}
