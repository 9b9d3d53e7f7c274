/**
 * One entry's way to a checkpoint, to be kept beside what it proves: c2sp.org/tlog-proof.
 *
 *     c2sp.org/tlog-proof@v1
 *     index 12
 *     gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
 *
 *     harbour.example/log
 *     42
 *     …the signed checkpoint to its end
 */
import { parseBase64 } from './base64.js';
import { parseDecimal } from './checkpoint.js';
import { hashBytes } from './merkle.js';

const firstLine = 'c2sp.org/tlog-proof@v1';

/** The path in the largest tree that numbers of JavaScript can count. */
const maxPath = 53;

export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly path: readonly Buffer[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

export function formatTlogProof({ index, path, checkpoint }: TlogProof): string {
  const hashes = path.map((hash) => `${hash.toString('base64')}\n`).join('');
  return `${firstLine}\nindex ${index}\n${hashes}\n${checkpoint}`;
}

/** Undefined for any other text, one with an `extra` line included: ours have none. Verifies nothing. */
export function parseTlogProof(text: string): TlogProof | undefined {
  const end = text.indexOf('\n\n');
  const [first, indexLine = '', ...hashes] = text.slice(0, Math.max(end, 0)).split('\n');
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice(6)) : undefined;
  if (first !== firstLine || index === undefined || hashes.length > maxPath) return undefined;
  const path: Buffer[] = [];
  for (const line of hashes) {
    const hash = parseBase64(line);
    if (hash?.length !== hashBytes) return undefined;
    path.push(hash);
  }
  return { index, path, checkpoint: text.slice(end + 2) };
}
