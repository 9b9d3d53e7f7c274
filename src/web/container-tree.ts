/** Containers as they lie in one another, each with the sums of everything inside it. */
import type { ContainerRow, Totals } from '../store/catalog-reader.js';

export type Sums = Pick<Totals, 'received' | 'parsed' | 'duplicate' | 'failed' | 'other'>;

export interface ContainerNode {
  readonly row: ContainerRow;
  readonly depth: number;
  readonly sums: Sums;
}

/** Parents before children, siblings in order of appearance. */
export function containerTree(rows: readonly ContainerRow[]): ContainerNode[] {
  const children = new Map<number | undefined, ContainerRow[]>();
  for (const row of rows) {
    const siblings = children.get(row.parent);
    if (siblings === undefined) children.set(row.parent, [row]);
    else siblings.push(row);
  }
  const sums = sumUp(rows);
  const nodes: ContainerNode[] = [];
  const open = (children.get(undefined) ?? []).map((row) => ({ row, depth: 0 })).reverse();
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { row, depth } = item;
    nodes.push({ row, depth, sums: sums.get(row.id) ?? row });
    for (const child of (children.get(row.id) ?? []).toReversed())
      open.push({ row: child, depth: depth + 1 });
  }
  return nodes;
}

/** Children have higher ids than their parents: one pass from the end. */
function sumUp(rows: readonly ContainerRow[]): Map<number, Sums> {
  const sums = new Map<number, Sums>(rows.map((row) => [row.id, row]));
  for (const row of rows.toReversed()) {
    const own = sums.get(row.id);
    const parent = row.parent === undefined ? undefined : sums.get(row.parent);
    if (own === undefined || parent === undefined || row.parent === undefined) continue;
    sums.set(row.parent, {
      received: parent.received + own.received,
      parsed: parent.parsed + own.parsed,
      duplicate: parent.duplicate + own.duplicate,
      failed: parent.failed + own.failed,
      other: parent.other + own.other,
    });
  }
  return sums;
}

/** Path from the source down to the container, `mail.zip › inbox.mbox`. */
export function containerPath(find: (id: number) => ContainerRow | undefined, id: number): string {
  const parts: string[] = [];
  for (let row = find(id); row !== undefined; row = row.parent === undefined ? undefined : find(row.parent))
    parts.unshift(row.path);
  return parts.join(' › ');
}
