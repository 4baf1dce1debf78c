/** The other side of a benchmark as a process that waits for commands, so that its batches alternate with ours. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** A running program: the floor in C (bench/floor.c), or Hyperlight's own host in Rust (bench/peer). */
export class Reference {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the program and waits until its machine stands. */
  static async start(program: string, ...args: readonly string[]): Promise<Reference> {
    const reference = new Reference(program, args);
    await reference.#answer();
    return reference;
  }

  /** Runs a batch of operations: the nanoseconds that it took, or the bytes. */
  batch(command: string, operations: number): Promise<number> {
    return this.#ask(`${command} ${operations}`);
  }

  /** Keeps a thread and the program on one CPU, so that both sides meet the same conditions. */
  async pin(thread: number): Promise<void> {
    await this.#ask(`pin ${thread}`);
  }

  /** Ends the program. */
  async stop(): Promise<void> {
    const ended = Promise.withResolvers<void>();
    this.#child.once("close", () => ended.resolve());
    this.#child.stdin.end();
    await ended.promise;
  }

  async #ask(line: string): Promise<number> {
    this.#child.stdin.write(`${line}\n`);
    return Number(await this.#answer());
  }

  async #answer(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error("The program to compare with ended: its message stands above");
    return value;
  }
}
