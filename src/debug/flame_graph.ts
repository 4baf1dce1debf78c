/** Draws a profile as a flame graph, an SVG image that any browser shows. */

import type { ProfileNode } from "./profile.ts";

const WIDTH = 1200;
const MARGIN = 10;
const ROW = 18;
const TITLE_HEIGHT = 34;
/** Boxes that are narrower are left out, in pixels. */
const NARROWEST = 0.3;
/** The width of a character of 12 pixels, in a font whose characters all have one. */
const CHARACTER = 7.2;

interface Box {
  readonly name: string;
  readonly depth: number;
  readonly left: number;
  readonly width: number;
  readonly amount: number;
}

/** The SVG of a tree of functions. */
export function flameGraph(root: ProfileNode, title: string, unit: "samples" | "bytes"): string {
  const sums = new Map<ProfileNode, number>();
  const total = sum(root, sums);
  const boxes: Box[] = [];
  const scale = total > 0 ? (WIDTH - 2 * MARGIN) / total : 0;
  place(root, scale, sums, boxes);
  const depth = Math.max(...boxes.map((it) => it.depth)) + 1;
  const height = TITLE_HEIGHT + depth * ROW + MARGIN;
  const drawn = boxes.map((box) => draw(box, height, total, unit));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
    `viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="12">
<rect width="100%" height="100%" fill="#fdfdfb"/>
<text x="${WIDTH / 2}" y="22" text-anchor="middle" font-size="15">${escape(title)}</text>
${drawn.join("\n")}
</svg>
`;
}

/** What each function used together with those that it called. */
function sum(root: ProfileNode, sums: Map<ProfileNode, number>): number {
  // Without recursion: the guest says how deep its stacks are.
  const order: ProfileNode[] = [root];
  for (let i = 0; i < order.length; i++) order.push(...(order[i] as ProfileNode).callees.values());
  for (const node of order.toReversed()) {
    let all = node.own;
    for (const callee of node.callees.values()) all += sums.get(callee) ?? 0;
    sums.set(node, all);
  }
  return sums.get(root) ?? 0;
}

function place(
  root: ProfileNode,
  scale: number,
  sums: ReadonlyMap<ProfileNode, number>,
  boxes: Box[],
): void {
  const open = [{ node: root, name: "all", depth: 0, left: MARGIN }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    const { node, name, depth, left } = entry;
    const amount = sums.get(node) ?? 0;
    const width = amount * scale;
    if (width < NARROWEST && depth > 0) continue;
    boxes.push({ name, depth, left, width, amount });
    let next = left;
    const callees = [...node.callees.values()].sort((a, b) => a.name < b.name ? -1 : 1);
    for (const callee of callees) {
      open.push({ node: callee, name: callee.name, depth: depth + 1, left: next });
      next += (sums.get(callee) ?? 0) * scale;
    }
  }
}

function draw(box: Box, height: number, total: number, unit: string): string {
  const { name, depth, left, width, amount } = box;
  const top = height - MARGIN - (depth + 1) * ROW;
  const percent = total > 0 ? (100 * amount / total).toFixed(1) : "0.0";
  const fits = Math.floor((width - 6) / CHARACTER);
  const label = name.length <= fits ? name : fits >= 3 ? `${name.slice(0, fits - 1)}…` : "";
  const text = label === ""
    ? ""
    : `<text x="${(left + 3).toFixed(1)}" y="${top + 13}">${escape(label)}</text>`;
  return `<g><title>${escape(name)}: ${amount} ${unit}, ${percent} %</title>` +
    `<rect x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${ROW - 1}" ` +
    `rx="2" fill="${color(name)}"/>${text}</g>`;
}

/** A warm colour, the same for the same name. */
function color(name: string): string {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return `hsl(${8 + hash % 42} ${72 + hash % 17}% ${62 + (hash >> 8) % 12}%)`;
}

/** Text for XML, which has no control characters, whatever a guest's file has for names. */
function escape(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}|[\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
