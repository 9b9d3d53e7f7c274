/**
 * Plain text and HTML of one letter (RFC 2046 5.1.4): which of them is read, and what only the other says.
 *
 *   multipart/alternative
 *     text/plain   "See you on Friday."                       read
 *     text/html    "<p>See you on Friday.<p>Bring the key."   "Bring the key." is read too, as only there
 *
 * The two should say the same. Where they do not, what is in one of them alone would neither be found nor seen.
 */
import type { Segment } from './text/segments.js';
import { segmentText } from './text/segments.js';
import { WordScan } from './text/word-scan.js';
import { WordSet } from './text/word-set.js';

/** Which version of a letter has the text that the others have not. */
export type Version = 'plain' | 'html';

/** Of the second item of a list: the markup says it, no word of the writer. */
const listNumber = /^[>\s]*\d{1,4}\.(?=\s)/;

/** Words of the text that is read: of one message after another. */
const known = new WordSet();

/** The lines of `text` with a word that `shown` has not, in segments that say so. Words are compared, not their order. */
export function onlyIn(version: Version, text: string, shown: string): Segment[] {
  known.clear();
  const inShown = new WordScan(shown);
  while (inShown.next()) known.add(inShown.hash);
  // So many different words are no letter: nothing is said of them.
  if (known.isFull || !hasUnknown(text)) return [];
  const found: Segment[] = [];
  for (const segment of segmentText(text)) {
    const lines = segment.text.split('\n').filter((line) => hasUnknown(line.replace(listNumber, '')));
    if (lines.length > 0) found.push({ ...segment, text: `${lines.join('\n')}\n`, onlyIn: version });
  }
  return found;
}

function hasUnknown(text: string): boolean {
  const scan = new WordScan(text);
  while (scan.next()) if (!known.has(scan.hash)) return true;
  return false;
}
