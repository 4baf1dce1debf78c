/** The floor (bench/floor.c) as a process that waits for commands, so that its batches alternate with ours. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

/** What the floor can measure. */
export type FloorCommand = "exits" | "calls" | "inside" | "create" | "close";

/** A running floor. */
export class Floor {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(program: string, image: string) {
    this.#child = spawn(program, [image], { stdio: ["pipe", "pipe", "inherit"] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** Starts the program and waits until its machine stands. */
  static async start(program: string, image: Uint8Array): Promise<Floor> {
    const folder = await mkdtemp(join(tmpdir(), "vmlet-bench-"));
    try {
      const path = join(folder, "image");
      await writeFile(path, image);
      const floor = new Floor(program, path);
      await floor.#answer();
      return floor;
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Runs a batch of operations: the nanoseconds that it took. */
  batch(command: FloorCommand, operations: number): Promise<number> {
    return this.#ask(`${command} ${operations}`);
  }

  /** Keeps a thread and the floor on one CPU, so that both sides meet the same conditions. */
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
    if (done) throw new Error("The C floor ended: its message stands above");
    return value;
  }
}
