/** A thread at a glance: from left to right in order of time, downwards from each message to those that answer it. */
import { countOf } from '../figures.js';
import { percent } from './axis.js';

export interface TreeNode {
  /** undefined: not in this trove. */
  readonly number: number | undefined;
  readonly depth: number;
  /** How it hangs on the one above was inferred. */
  readonly isInferred: boolean;
  /** Who and when, in words. */
  readonly text: string;
  readonly href: string | undefined;
  /** Milliseconds; undefined for gaps and undated messages. */
  readonly time: number | undefined;
}

const rowHeight = 26;
/** Deeper answers are drawn on the last row. */
const maxRows = 16;
/** Messages that can still be told apart, and hit. */
export const maxDrawnNodes = 250;

interface Placed {
  readonly node: TreeNode;
  readonly parent: Placed | undefined;
  readonly y: number;
  x: number;
}

/** `nodes` in reading order: parents before children. */
export function ThreadTreePicture({ nodes }: { nodes: readonly TreeNode[] }) {
  const placed = place(nodes.slice(0, maxDrawnNodes));
  if (placed.length < 2) return undefined;
  const rows = placed.reduce((most, { y }) => Math.max(most, y + 1), 1);
  const left = nodes.length - placed.length;
  return (
    <figure class="tree">
      <svg width="100%" height={rows * rowHeight}>
        <title>{`${countOf(placed.length, 'message')} and who answers whom`}</title>
        {placed.map(({ node, parent, x, y }) =>
          parent === undefined ? undefined : (
            <line
              class={node.isInferred ? 'answer inferred-answer' : 'answer'}
              x1={percent(parent.x)}
              y1={middle(parent.y)}
              x2={percent(x)}
              y2={middle(y)}
            />
          ),
        )}
        {placed.map(({ node, x, y }) => (
          <Mark node={node} x={percent(x)} y={middle(y)} />
        ))}
      </svg>
      <figcaption>
        In order of time from left to right; a line leads down to an answer, a dashed one where the answer
        does not name what it answers. Hollow: not in this trove.
        {left > 0 ? ` ${countOf(left, 'message')} more not drawn.` : undefined}
      </figcaption>
    </figure>
  );
}

const middle = (row: number): number => row * rowHeight + rowHeight / 2;

function Mark({ node, x, y }: { node: TreeNode; x: string; y: number }) {
  const circle = <circle class={node.number === undefined ? 'missing' : 'message'} cx={x} cy={y} r="6" />;
  if (node.href === undefined)
    return (
      <g>
        <title>{node.text}</title>
        {circle}
      </g>
    );
  return (
    <a href={node.href} aria-label={node.text}>
      <title>{node.text}</title>
      <circle class="reach" cx={x} cy={y} r="12" />
      {circle}
    </a>
  );
}

function place(nodes: readonly TreeNode[]): Placed[] {
  const path: Placed[] = [];
  const placed = nodes.map((node): Placed => {
    path.length = Math.min(path.length, node.depth);
    const one = { node, parent: path[node.depth - 1], y: Math.min(node.depth, maxRows - 1), x: 0 };
    path[node.depth] = one;
    return one;
  });
  // Never before what it answers, whatever the clocks said; a gap stands where its first answer stands.
  const times = new Map<Placed, number>();
  for (const one of placed) {
    const above = one.parent === undefined ? Number.NEGATIVE_INFINITY : (times.get(one.parent) ?? 0);
    times.set(one, Math.max(above, one.node.time ?? above));
  }
  const order = placed.map((one, at) => ({ one, at, time: times.get(one) ?? 0 }));
  order.sort((a, b) => (a.time === b.time ? a.at - b.at : a.time < b.time ? -1 : 1));
  for (const [at, { one }] of order.entries()) one.x = ((at + 0.5) / order.length) * 100;
  return placed;
}
