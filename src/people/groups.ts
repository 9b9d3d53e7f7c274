/**
 * Statements that two addresses are one person's → groups of addresses.
 *
 *   a = b, c = b, d = e   → [a, b, c], [d, e]
 */
export interface Same {
  readonly address: string;
  readonly other: string;
}

/** Groups of two and more, in order of the statements. */
export function groupAddresses(statements: readonly Same[]): string[][] {
  const groupOf = new Map<string, string[]>();
  for (const { address, other } of statements) {
    const left = groupOf.get(address) ?? [address];
    const right = groupOf.get(other) ?? [other];
    if (left === right) continue;
    const [large, small] = left.length >= right.length ? [left, right] : [right, left];
    for (const one of small) large.push(one);
    for (const one of large === left ? right : left) groupOf.set(one, large);
    groupOf.set(address, large);
    groupOf.set(other, large);
  }
  return [...new Set(groupOf.values())].filter((group) => group.length > 1);
}
