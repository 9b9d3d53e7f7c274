/**
 * Secrets with letters beyond ASCII as the charsets of mail spell them: bytes to look for as they are.
 *
 *   "Zoë Penhallow"   iso-8859-1 5a 6f eb 20 …    utf-16le 5a 00 6f 00 eb 00 …
 *
 * In ASCII letters a secret is the same in all of these but UTF-16, whose zero bytes count as nothing (fold.ts) but where a secret must
 * stand exactly as written.
 */
import { isAscii } from 'node:buffer';
import iconv from 'iconv-lite';
import type { Term } from './terms.js';

export interface Spelling {
  /** Index among the secrets. */
  readonly secret: number;
  readonly charset: string;
  readonly pattern: Buffer;
}

const wide = ['utf-16le', 'utf-16be'];
const charsets = [
  ...wide,
  'windows-1252',
  'iso-8859-2',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'iso-8859-7',
  'windows-1254',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'macintosh',
];

/** A pattern of fewer bytes stands in any compressed file by chance. */
const minPatternBytes = 5;

export function encodedSpellings(secrets: readonly Term[]): Spelling[] {
  const spellings: Spelling[] = [];
  for (const [secret, { text, form }] of secrets.entries()) {
    const known = new Set<string>();
    for (const charset of isAscii(Buffer.from(text)) ? (form === 'exact' ? wide : []) : charsets) {
      const pattern = iconv.encode(text, charset);
      const key = pattern.toString('latin1');
      if (pattern.length < minPatternBytes || known.has(key) || iconv.decode(pattern, charset) !== text)
        continue;
      known.add(key);
      spellings.push({ secret, charset, pattern });
    }
  }
  return spellings;
}
