/**
 * The shape of one thread, for reading: who answers whom, and where a message is missing (after J. Zawinski,
 * "Message threading", 1997; RFC 5256). Iterative, for threads of any length and depth. Made from stored features
 * alone: msg-ids are their `hash52`, so that opening a thread of thousands reads no mail.
 */

export interface ThreadMember {
  readonly number: number;
  readonly sentAt: number | undefined;
  /** 0 where there is none. */
  readonly id: number;
  /** The parent last. */
  readonly ancestors: readonly number[];
}

export interface ThreadNode {
  readonly depth: number;
  /** undefined: a message that others refer to and that is not in this trove. */
  readonly number: number | undefined;
  /** 0 for messages without one. */
  readonly id: number;
  /** A message that holds the msg-id itself: for a gap, the first that refers to it. */
  readonly namedBy: number;
  /** How this node hangs on its parent; undefined at the top. */
  readonly basis: 'stated' | 'quoted' | 'subject' | undefined;
}

interface Node {
  readonly id: number;
  readonly namedBy: number;
  member: ThreadMember | undefined;
  parent: Node | undefined;
  basis: ThreadNode['basis'];
  children: Node[];
  /** Towards the top of its tree, shortened as it is walked (union-find): a chain of any length costs no more than its nodes. */
  up: Node | undefined;
  /** Earliest date in it or below it: gaps stand where their first answer stands. */
  time: number;
}

/** Nodes in reading order: parents before children, siblings by date. Gaps with nothing below are left out. */
export function threadTree(
  members: readonly ThreadMember[],
  inferred: readonly { child: number; parent: number; basis: string }[],
): ThreadNode[] {
  const { nodes, byNumber } = linkStated(members);
  for (const { child, parent, basis } of inferred) {
    const childNode = byNumber.get(child);
    const parentNode = byNumber.get(parent);
    if (childNode !== undefined && parentNode !== undefined && childNode.parent === undefined) {
      adopt(parentNode, childNode, basis === 'quoted' ? 'quoted' : 'subject');
    }
  }
  spreadTimes(nodes);
  return flatten(nodes.filter((node) => node.parent === undefined));
}

function linkStated(members: readonly ThreadMember[]): { nodes: Node[]; byNumber: Map<number, Node> } {
  const nodes: Node[] = [];
  const byId = new Map<number, Node>();
  const byNumber = new Map<number, Node>();
  const make = (id: number, namedBy: number, member?: ThreadMember): Node => {
    const node: Node = {
      id,
      namedBy,
      member,
      parent: undefined,
      basis: undefined,
      children: [],
      up: undefined,
      time: member?.sentAt ?? Number.POSITIVE_INFINITY,
    };
    nodes.push(node);
    return node;
  };
  for (const member of [...members].sort((a, b) => a.number - b.number)) {
    const node = make(member.id, member.number, member);
    byNumber.set(member.number, node);
    // A second message with the same msg-id stands beside the first: neither hides the other.
    if (member.id !== 0 && !byId.has(member.id)) byId.set(member.id, node);
  }
  for (const member of members) {
    let parent: Node | undefined;
    for (const id of member.ancestors) {
      let node = byId.get(id);
      if (node === undefined) {
        node = make(id, member.number);
        byId.set(id, node);
      }
      // What References says of others is hearsay: it links only gaps and messages without a parent of their own.
      if (parent !== undefined && node.parent === undefined && node.member === undefined)
        adopt(parent, node, 'stated');
      parent = node;
    }
    const own = byNumber.get(member.number);
    if (own !== undefined && parent !== undefined) adopt(parent, own, 'stated');
  }
  return { nodes, byNumber };
}

/** Hangs `child`, which has no parent yet, under `parent`, unless that would close a circle (forged References can). */
function adopt(parent: Node, child: Node, basis: ThreadNode['basis']): void {
  if (child.parent !== undefined || topOf(parent) === child) return;
  child.parent = parent;
  child.up = parent;
  child.basis = basis;
  parent.children.push(child);
}

function topOf(node: Node): Node {
  let top = node;
  while (top.up !== undefined) top = top.up;
  for (let at = node; at !== top; ) {
    const next = at.up ?? top;
    at.up = top;
    at = next;
  }
  return top;
}

function spreadTimes(nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.member === undefined) continue;
    for (
      let at = node.parent;
      at !== undefined && at.member === undefined && node.time < at.time;
      at = at.parent
    )
      at.time = node.time;
  }
}

function flatten(roots: Node[]): ThreadNode[] {
  const byTime = (a: Node, b: Node): number =>
    b.time - a.time || (b.member?.number ?? 0) - (a.member?.number ?? 0);
  const out: ThreadNode[] = [];
  const open = roots.sort(byTime).map((node) => ({ node, depth: 0 }));
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, depth } = item;
    if (node.member === undefined && node.children.length === 0) continue;
    out.push({
      depth,
      number: node.member?.number,
      id: node.id,
      namedBy: node.namedBy,
      basis: node.basis,
    });
    for (const child of node.children.sort(byTime)) open.push({ node: child, depth: depth + 1 });
  }
  return out;
}
