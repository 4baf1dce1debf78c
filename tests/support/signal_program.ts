/** Makes a guest whose signal is 42, ends its calls by each limit, and prints which of 35 and 42 the process handles. */

import { readFileSync } from "node:fs";
import { Sandbox } from "../../mod.ts";
import { BENCH, errorOf, guestBytes, HOST_ADD } from "./guests.ts";

const options = { guest: guestBytes("bench"), exports: BENCH, imports: HOST_ADD };
for (const limits of [{ deadline: 20 }, { cpuBudget: 20 }]) {
  using sandbox = await Sandbox.create({ ...options, ...limits, interruptSignalOffset: 7 });
  console.log(errorOf(() => sandbox.exports.spin()).code);
}
const [, caught = "0"] =
  /^SigCgt:\s*([\da-f]+)$/m.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
const handled = [35, 42].filter((signal) => BigInt(`0x${caught}`) >> BigInt(signal - 1) & 1n);
console.log(...handled);
