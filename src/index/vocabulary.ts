/** The words of an index, with the number of messages that hold each. */
import type { Doclist } from './postings/doclist.js';
import { Postings } from './postings/doclist.js';
import type { FullText } from './postings/full-text.js';
import type { Candidate, CandidateRange } from './query/suggest.js';

/** Words within the ranges that are `wanted`. Only those are counted: counting is what costs. */
export function findWords(
  texts: readonly FullText[],
  ranges: readonly CandidateRange[],
  isWanted: (word: string) => boolean,
): Candidate[] {
  const counts = new Map<string, number>();
  const postings = new Postings();
  for (const { prefix, minLength, maxLength } of ranges) {
    const visit = (word: string, list: () => Doclist): void => {
      if (word.length < minLength || word.length > maxLength * 2) return;
      const known = counts.get(word);
      if (known === undefined && !isWanted(word)) return;
      counts.set(word, (known ?? 0) + postings.open(list()).count());
    };
    // A character takes up to four bytes; a range is in characters, a string in UTF-16 units.
    const bytes = { prefix, minBytes: minLength, maxBytes: maxLength * 4 };
    for (const text of texts)
      text.reading((groups) => {
        for (const group of groups) text.words(group, bytes, visit);
      });
  }
  return Array.from(counts, ([term, count]) => ({ term, count }));
}

/** Whether a message holds the word. */
export function hasWord(texts: readonly FullText[], word: string): boolean {
  return texts.some((text) =>
    text.reading((groups) =>
      groups.some((group) => text.lists(group, word).some((list) => list !== undefined)),
    ),
  );
}
