/** The fewest messages of a thread that hold all of its text, and where each of the others stands. */
import { limits } from '../limits.js';
import type { Segment } from '../message/text/segments.js';
import { type Containers, findContained } from '../thread/quotation/contained.js';
import type { Archive, ThreadEntry } from './archive.js';

/** undefined where the thread has more than `limits.maxInclusiveMessages` messages. Attachments are in no quotation: what has one is never left out. */
export async function containedIn(
  archive: Archive,
  entries: readonly ThreadEntry[],
): Promise<Containers | undefined> {
  const rows = entries.flatMap(({ row }) => (row === undefined ? [] : [row]));
  if (rows.length > limits.maxInclusiveMessages) return undefined;
  const contents = [];
  for (const { number, attachments } of rows) {
    const segments = await archive.segmentsOf(number);
    contents.push({ number, passages: contentOf(segments), mustRemain: attachments > 0 });
  }
  return findContained(contents);
}

/** What introduces a quotation, and signatures, come and go when it is quoted. */
const contentOf = (segments: readonly Segment[]): string[] =>
  segments.filter(({ kind }) => kind === 'own' || kind === 'quoted').map(({ text }) => text);
