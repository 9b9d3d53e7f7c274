/**
 * A thread in which what says the same stands once: nodes whose text another has are folded into the earliest of
 * them, and what hung on them hangs on it.
 *
 *   1 Anna            1 Anna   (with 3, a copy)
 *     2 Bob             2 Bob
 *   3 Anna, copy        4 Carl
 *     4 Carl
 *
 * A message that was only sent on is folded where nothing answers it: who was sent it matters to what follows.
 */
import type { NearCopyKind } from './near-copies.js';
import type { ThreadNode } from './tree.js';

export interface FoldedCopy {
  readonly number: number;
  readonly kind: NearCopyKind;
}

export type FoldedNode<N extends ThreadNode> = N & { readonly copies: readonly FoldedCopy[] };

/** What a message says the same as: equal `group`s; `kind` is undefined for the one that leads. */
export type GroupOf = (number: number) => { group: number; kind: NearCopyKind | undefined } | undefined;

interface Branch<N> {
  readonly node: N;
  readonly children: number[];
  readonly copies: FoldedCopy[];
}

/** `nodes` in reading order, as `threadTree` gives them. Linear. */
export function foldCopies<N extends ThreadNode>(nodes: readonly N[], groupOf: GroupOf): FoldedNode<N>[] {
  const branches: Branch<N>[] = nodes.map((node) => ({ node, children: [], copies: [] }));
  const parents = parentsOf(nodes);
  const isAnswered = new Uint8Array(nodes.length);
  for (const parent of parents) if (parent >= 0) isAnswered[parent] = 1;
  const shownBy = new Map<number, number>();
  // Where each node is to be found: its own place or that of the node it was folded into, which is always before it,
  // so that no circle can arise.
  const places = new Int32Array(nodes.length);
  const roots: number[] = [];
  for (const [i, node] of nodes.entries()) {
    places[i] = i;
    const said = node.number === undefined ? undefined : groupOf(node.number);
    const first = said === undefined ? undefined : shownBy.get(said.group);
    const earlier = first === undefined ? undefined : branches[first];
    if (said !== undefined && first === undefined) shownBy.set(said.group, i);
    if (node.number !== undefined && said !== undefined && earlier !== undefined && first !== undefined) {
      const kind = said.kind ?? groupOf(earlier.node.number ?? 0)?.kind ?? 'copy';
      if (kind !== 'forward' || isAnswered[i] === 0) {
        places[i] = first;
        earlier.copies.push({ number: node.number, kind });
        continue;
      }
    }
    const parent = parents[i] ?? -1;
    if (parent < 0) roots.push(i);
    else branches[places[parent] ?? parent]?.children.push(i);
  }
  return flatten(branches, roots);
}

/** Index of each node's parent, -1 at the top. */
function parentsOf(nodes: readonly ThreadNode[]): number[] {
  const path: number[] = [];
  return nodes.map(({ depth }, i) => {
    path.length = Math.min(path.length, depth);
    path[depth] = i;
    return depth === 0 ? -1 : (path[depth - 1] ?? -1);
  });
}

function flatten<N extends ThreadNode>(
  branches: readonly Branch<N>[],
  roots: readonly number[],
): FoldedNode<N>[] {
  const out: FoldedNode<N>[] = [];
  const open = roots.toReversed().map((index) => ({ index, depth: 0 }));
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const branch = branches[item.index];
    if (branch === undefined) continue;
    out.push({ ...branch.node, depth: item.depth, copies: branch.copies });
    for (const index of branch.children.toSorted((a, b) => b - a))
      open.push({ index, depth: item.depth + 1 });
  }
  return out;
}
