/**
 * Untrusted code at work: SHA-256 of real files inside a sandbox, checked against WebCrypto; then attacks, each of
 * which ends in a typed error and nowhere else; then a sandbox that answers as if nothing had been.
 *
 * Run it as `deno task demo [FILES…]` or `bun run demo [FILES…]`.
 */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { Sandbox, VmletError } from "../mod.ts";

const guest = (name: string) => new URL(`../guest/examples/${name}.elf`, import.meta.url);
const started = performance.now();
const table: { what: string; ms: string }[] = [];

/** Runs something and notes how long it took. */
async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  table.push({ what, ms: (performance.now() - start).toFixed(2) });
  return result;
}

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const size = (bytes: number) =>
  bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(1)} KiB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

async function digest(file: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(file));
  const name = `${basename(file)} (${size(bytes.length)})`;
  const guestBytes = await readFile(guest("sha256"));
  using sandbox = await timed(`create a sandbox for ${name}`, () =>
    Sandbox.create({
      guest: guestBytes,
      exports: { sha256: { parameters: ["buffer"], result: "buffer" } },
      // The buffer for arguments must hold the whole file, and the message around it.
      memory: { input: bytes.length + 4096 },
    }));
  const inGuest = await timed(
    `SHA-256 of ${name} in the guest`,
    () => sandbox.exports.sha256(bytes),
  );
  const inHost = await timed(
    `SHA-256 of ${name} by WebCrypto`,
    async () => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
  );
  if (hex(inGuest) !== hex(inHost)) {
    throw new Error(`The guest says ${hex(inGuest)} for ${name}, WebCrypto ${hex(inHost)}`);
  }
  console.log(`${hex(inGuest)}  ${file}`);
}

/** The functions of hostile.c that are shown here. */
const attacks = {
  write_at: { parameters: ["u64"], result: "void" },
  jump_to: { parameters: ["u64"], result: "void" },
  run_data: { parameters: [], result: "void" },
  divide: { parameters: ["i32", "i32"], result: "i32" },
  recurse_endlessly: { parameters: [], result: "void" },
  write_port: { parameters: ["u32"], result: "void" },
  hello: { parameters: [], result: "i32" },
} as const;

type Hostile = Sandbox<typeof attacks>;

/** Runs an attack in a sandbox of its own, which must end in this error. */
async function attack(
  what: string,
  code: string,
  run: (hostile: Hostile) => unknown,
): Promise<void> {
  using sandbox = await Sandbox.create({
    guest: await readFile(guest("hostile")),
    exports: attacks,
  });
  const error = await timed(`contain ${what}`, () => {
    try {
      return `${run(sandbox)}`;
    } catch (error) {
      return error;
    }
  });
  if (!(error instanceof VmletError) || error.code !== code || !sandbox.poisoned) {
    throw new Error(`${what} was not contained`, { cause: error });
  }
  console.log(`${what.padEnd(22)} ${error.code.padEnd(20)} ${error.message}`);
}

try {
  const files = process.argv.slice(2);
  if (files.length === 0) files.push(fileURLToPath(new URL("../README.md", import.meta.url)));
  console.log("Digests, computed by C code in a virtual machine and checked against WebCrypto:");
  for (const file of files) await digest(file);

  console.log("\nAttacks, each in a sandbox of its own:");
  await attack("a wild write", "ERR_MEMORY_ACCESS", (it) => it.exports.write_at(0xdead_beef_000n));
  await attack("a jump into data", "ERR_MEMORY_ACCESS", (it) => it.exports.run_data());
  await attack("a division by zero", "ERR_GUEST_EXCEPTION", (it) => it.exports.divide(1, 0));
  await attack("endless recursion", "ERR_STACK_OVERFLOW", (it) => it.exports.recurse_endlessly());
  await attack("a forbidden port", "ERR_FORBIDDEN_PORT", (it) => it.exports.write_port(0x80));

  using survivor = await Sandbox.create({ guest: guest("hostile"), exports: attacks });
  const answer = await timed("call a fresh sandbox", () => survivor.exports.hello());
  console.log(`\nAnd a sandbox answers again: ${answer}\n`);

  table.push({ what: "everything", ms: (performance.now() - started).toFixed(2) });
  const width = Math.max(...table.map(({ what }) => what.length));
  console.log(`${"".padEnd(width)}         ms`);
  for (const { what, ms } of table) console.log(`${what.padEnd(width)} ${ms.padStart(10)}`);
} catch (error) {
  // One sentence for people; what is behind it only where it is a mistake of ours.
  console.error(error instanceof VmletError ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
