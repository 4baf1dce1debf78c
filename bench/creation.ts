/**
 * Where the time goes that making a sandbox and cloning one take: what of it each native call has, and how much is left
 * to JavaScript. The medians of 1000, a millisecond apart, each with a look at the clock of its own.
 *
 *   deno run -A bench/creation.ts [GUEST]      bun bench/creation.ts [GUEST]
 */

import { readFileSync } from "node:fs";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { Sandbox } from "../mod.ts";
import { native } from "../src/ffi/mod.ts";
import { IOCTL } from "../src/kvm/constants.ts";
import { Kvm } from "../src/kvm/mod.ts";
import { median } from "./statistics.ts";

const ROUNDS = 1000;
/** Until the compilers are done with it. */
const WARM_UP = 1000;

const requests = new Map<unknown, string>(Object.entries(IOCTL).map(([name, it]) => [it, name]));
type Call = (...args: readonly unknown[]) => unknown;

/** What each native call of this round took, in microseconds. */
let spent: Map<string, number> | undefined;

const shim = native() as unknown as Record<string, unknown>;
for (const [name, original] of Object.entries(shim)) {
  if (typeof original !== "function") continue;
  shim[name] = (...args: readonly unknown[]): unknown => {
    if (!spent) return (original as Call)(...args);
    const began = performance.now();
    const result = (original as Call)(...args);
    const time = (performance.now() - began) * 1000;
    const called = requests.get(args[1]) ?? name;
    spent.set(called, (spent.get(called) ?? 0) + time);
    return result;
  };
}

/** Measures, and prints a table. */
async function measure(what: string, make: () => Promise<Sandbox>): Promise<void> {
  for (let i = 0; i < WARM_UP; i++) (await make()).close();
  const totals: number[] = [];
  const parts = new Map<string, number[]>();
  const add = (name: string, time: number) => parts.set(name, [...parts.get(name) ?? [], time]);
  for (let i = 0; i < ROUNDS; i++) {
    const round = spent = new Map<string, number>();
    const began = performance.now();
    const sandbox = await make();
    const total = (performance.now() - began) * 1000;
    spent = undefined;
    sandbox.close();
    totals.push(total);
    let inside = 0;
    for (const [name, time] of round) {
      add(name, time);
      inside += time;
    }
    add("in JavaScript", total - inside);
    await setTimeout(1);
  }
  const all = median(totals);
  console.log(`${what}: ${all.toFixed(1)} us`);
  const rows = [...parts].map(([name, times]) => [name, median(times)] as const);
  for (const [name, time] of rows.sort(([, a], [, b]) => b - a)) {
    if (time >= 1) console.log(`  ${name.padEnd(28)} ${time.toFixed(1).padStart(7)} us`);
  }
  const [, inJavaScript = 0] = rows.find(([name]) => name === "in JavaScript") ?? [];
  console.log(
    `  all, as a multiple of its native calls: ${(all / (all - inJavaScript)).toFixed(3)}`,
  );
}

const [, , path = new URL("../guest/examples/bench.elf", import.meta.url)] = process.argv;
// Nobody calls it.
const options = { guest: readFileSync(path), exports: {} };
// A vCPU stays: the first one of a kernel has to patch the kernel's code.
using kvm = Kvm.open();
using vm = kvm.createVm();
using _vcpu = vm.createVcpu(0);
const create = () => Sandbox.create(options);
await measure("a sandbox", create);
// With another one there, each gets the VM of the one before.
using other = await create();
await measure("a sandbox in a VM that was used before", create);
using snapshot = other.snapshot();
other.close();
const clone = () => Sandbox.fromSnapshot(snapshot);
await measure("a clone", clone);
using _another = await clone();
await measure("a clone in a VM that was used before", clone);
