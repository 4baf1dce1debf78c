/** A profile: how much of something each stack of functions used, summed up as it comes in. */

import { flameGraph } from "./flame_graph.ts";

/** How many functions in how many places a profile keeps apart: a guest can make up any number of stacks. */
const MAX_NODES = 20_000;

/** The place of what has no place left. */
const REST = "[others]";

/** A function where it was called from. */
export class ProfileNode {
  readonly name: string;
  readonly caller: ProfileNode | undefined;
  /** What it used itself, without what it called. */
  own = 0;
  readonly callees: Map<string, ProfileNode> = new Map();

  /** A function that used nothing yet; the root has no caller, and no name. */
  constructor(name: string, caller: ProfileNode | undefined) {
    this.name = name;
    this.caller = caller;
  }

  /** The names of the functions from the outermost to this one. */
  path(): readonly string[] {
    const names = this.caller ? [this.name] : [];
    for (let it = this.caller; it?.caller; it = it.caller) names.push(it.name);
    return names.reverse();
  }
}

/** Sums of something by stacks of functions: samples, or bytes. */
export class Profile {
  /** What is summed up. */
  readonly unit: "samples" | "bytes";
  readonly #root = new ProfileNode("", undefined);
  #nodes = 0;
  #total = 0;

  /** An empty one. */
  constructor(unit: "samples" | "bytes") {
    this.unit = unit;
  }

  /** The sum of all. */
  get total(): number {
    return this.#total;
  }

  /**
   * Adds to what a stack used.
   *
   * @param stack The functions, the outermost first.
   * @returns The place to which it was added.
   */
  add(stack: readonly string[], amount: number): ProfileNode {
    let node = this.#root;
    for (const name of stack) {
      node = node.callees.get(name) ?? this.#grow(node, name);
      if (node.name === REST) break;
    }
    node.own += amount;
    this.#total += amount;
    return node;
  }

  #grow(node: ProfileNode, name: string): ProfileNode {
    const isFull = this.#nodes >= MAX_NODES;
    const known = isFull ? node.callees.get(REST) : undefined;
    if (known) return known;
    // One more for each that is there already, so at most twice as many.
    const made = new ProfileNode(isFull ? REST : name, node);
    node.callees.set(made.name, made);
    this.#nodes++;
    return made;
  }

  /** A copy, which does not change any more. */
  copy(): Profile {
    const made = new Profile(this.unit);
    for (const { stack, amount } of this.stacks()) made.add(stack, amount);
    return made;
  }

  /** Each stack that used something itself. */
  *stacks(): Generator<{ readonly stack: readonly string[]; readonly amount: number }> {
    const open = [this.#root];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.own !== 0) yield { stack: node.path(), amount: node.own };
      open.push(...node.callees.values());
    }
  }

  /**
   * The profile as folded stacks, a line for each: `outer;inner 42`. speedscope, inferno and flamegraph.pl read them.
   */
  folded(): string {
    const lines = Array.from(this.stacks(), ({ stack, amount }) => {
      const names = stack.length === 0 ? ["[unknown]"] : stack;
      return `${names.map((it) => it.replaceAll(/[;\s]/g, "_")).join(";")} ${amount}\n`;
    });
    return lines.sort().join("");
  }

  /**
   * The profile as a flame graph, an SVG image: each box is a function, as wide as what it and its callees used, above the
   * one that called it. Pointing at a box shows its numbers.
   *
   * @param title What stands above it.
   */
  flameGraph(title: string): string {
    return flameGraph(this.#root, title, this.unit);
  }
}
