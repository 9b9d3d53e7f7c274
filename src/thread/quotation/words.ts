/**
 * A text as the words that a quotation is compared by: what quoting changes without anyone's doing (wrapping, blanks,
 * quote marks, typographic marks, composed letters) is gone from them.
 *
 *   “The bar has lost 0.4 m, on*⏎> average…   → The bar has lost 0.4 m on average
 */
import { limits } from '../../limits.js';

export interface Words {
  readonly text: string;
  /** What is compared. */
  readonly keys: readonly string[];
  /** UTF-16 offsets in `text`, first and after the last. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Scripts without blanks between words are compared character by character. */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]+/gu;
/** A sign belongs to its number, currency and per cent to their amount; other marks around a word come and go. */
const leading = /^(?:[^\p{L}\p{N}\p{Sc}+−-]|[+−-](?![\p{N}\p{Sc}.]))+/u;
const trailing = /[^\p{L}\p{N}\p{M}\p{Sc}%‰°]+$/u;
/** What programs add to an address when they quote it: `ann@x.example<mailto:ann@x.example>`. */
const markup = /(?<=.)<(?:mailto:|https?:)[^>]*>?/i;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** At most `limits.maxComparedWords` words. */
export function wordsOf(text: string): Words {
  const keys: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const match of text.matchAll(word)) {
    const key = keyOf(match[0]);
    if (key === '') continue;
    keys.push(key);
    starts.push(match.index);
    ends.push(match.index + match[0].length);
    if (keys.length === limits.maxComparedWords) break;
  }
  return { text, keys, starts, ends };
}

/** Characters of one key: a longer run without blanks is data, and its beginning tells it. */
const maxKeyCharacters = 200;

function keyOf(written: string): string {
  const cut = written.length > maxKeyCharacters ? written.slice(0, maxKeyCharacters) : written;
  if (/^[\w]+$/.test(cut)) return cut;
  return cut
    .replace(markup, '')
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(leading, '')
    .replace(trailing, '');
}
