/** Measures one case against the floor, in pairs of batches that alternate. */

import process from "node:process";
import type { Case, Prepared } from "./cases.ts";
import { Floor } from "./floor.ts";
import { encodeImage } from "./image.ts";
import { mean, median, quartiles } from "./statistics.ts";

/** Both sides of one case; times are nanoseconds for one operation. */
export interface Measured {
  readonly name: string;
  readonly what: string;
  /** The medians of both sides. */
  readonly floor: number;
  readonly typescript: number;
  /** The median of the pairs' ratios. */
  readonly ratio: number;
  /** Their first and third quartile. */
  readonly spread: readonly [number, number];
  /** The ratio of both medians. */
  readonly ratioOfMedians: number;
  /** The ratio of both means, in which every pause counts. */
  readonly ratioOfMeans: number;
  /** For calls: the time of the floor inside KVM_RUN, and of either side outside of it. */
  readonly inside?: number;
  readonly floorOutside?: number;
  readonly typescriptOutside?: number;
}

/** One batch of each side, in nanoseconds for one operation. */
interface Pair {
  readonly floor: number;
  readonly typescript: number;
  readonly inside: number;
}

/** How much is measured. */
export interface Effort {
  /** How many pairs of batches. */
  readonly pairs: number;
  /** For how many milliseconds TypeScript runs before. */
  readonly warmUp: number;
}

/** Measures a case. `program` is the path of the floor. */
export async function measure(it: Case, program: string, effort: Effort): Promise<Measured> {
  const prepared = await it.prepare();
  try {
    const floor = await Floor.start(program, encodeImage(prepared.program));
    try {
      // Only V8's last compiler calls native functions directly, and it comes after some 100,000 exits. Until then each
      // exit takes half a microsecond more.
      const warm = performance.now() + effort.warmUp;
      while (performance.now() < warm) await prepared.batch(prepared.operations);
      // The main thread has the number of the process. Threads that a runtime starts later would inherit the CPU.
      await floor.pin(process.pid);
      await measurePair(prepared, floor, true);
      const measured: Pair[] = [];
      for (let i = 0; i < effort.pairs; i++) {
        measured.push(await measurePair(prepared, floor, i % 2 === 0));
      }
      return { name: it.name, what: it.what, ...summarise(measured) };
    } finally {
      await floor.stop();
    }
  } finally {
    prepared.close();
  }
}

/** Which side is first alternates, so that a machine that slows down favours neither. */
async function measurePair(
  { command, operations, batch }: Prepared,
  floor: Floor,
  floorFirst: boolean,
): Promise<Pair> {
  const ofFloor = async () => await floor.batch(command, operations) / operations;
  const before = floorFirst ? await ofFloor() : 0;
  const typescript = await batch(operations) / operations;
  const inside = command === "calls" ? await floor.batch("inside", operations) / operations : NaN;
  return { floor: floorFirst ? before : await ofFloor(), typescript, inside };
}

function summarise(pairs: readonly Pair[]): Omit<Measured, "name" | "what"> {
  const floor = pairs.map((pair) => pair.floor);
  const typescript = pairs.map((pair) => pair.typescript);
  const inside = pairs.map((pair) => pair.inside);
  const ratios = pairs.map((pair) => pair.typescript / pair.floor);
  const summary = {
    floor: median(floor),
    typescript: median(typescript),
    ratio: median(ratios),
    spread: quartiles(ratios),
    ratioOfMedians: median(typescript) / median(floor),
    ratioOfMeans: mean(typescript) / mean(floor),
  };
  if (Number.isNaN(inside[0])) return summary;
  return {
    ...summary,
    inside: median(inside),
    floorOutside: median(pairs.map((pair) => pair.floor - pair.inside)),
    typescriptOutside: median(pairs.map((pair) => pair.typescript - pair.inside)),
  };
}
