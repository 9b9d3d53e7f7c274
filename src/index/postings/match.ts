/**
 * Text conditions → the messages of a shard that meet them.
 *
 *   invoice     every doclist of the word
 *   budget*     those of every word that starts so
 *   "a b"       messages where both are, b at the place after a
 *   NEAR(a b)   messages where both are, at most so many words between
 *
 * What matches is what FTS5's MATCH finds: test/index/match.test.ts holds it to that.
 */
import type { Bitset } from '../bitset.js';
import type { Match, Phrase, TextCondition } from '../query/query.js';
import { type Column, columns } from '../query/tokens.js';
import { type ColumnWeights, columnOf, MergedPostings, Postings } from './doclist.js';
import type { FullText } from './full-text.js';
import { nearPlaces } from './near.js';

const everyColumn: ColumnWeights = columns.map(() => 1);

/** Adds to `set` the messages that meet the condition. */
export function selectMatches(text: FullText, condition: TextCondition, set: Bitset): void {
  const weights = restricted(condition, everyColumn);
  const word = singleWord(condition.match);
  if (word === undefined) {
    forEachJoined(text, condition.match, weights, (number) => set.add(number));
    return;
  }
  const isAnywhere = condition.columns === 'any';
  forEachPosting(text, word, (postings) => {
    while (postings.next()) if (isAnywhere || postings.weigh(weights) > 0) set.add(postings.number);
  });
}

/**
 * Calls `visit` with each message that meets the condition and the weight of the places where it does, summed up. A
 * message comes up again for each word that a prefix stands for. Weights of messages outside `within` may be 1.
 */
export function weighMatches(
  text: FullText,
  condition: TextCondition,
  columnWeights: ColumnWeights,
  within: Bitset,
  visit: (number: number, weight: number) => void,
): void {
  const weights = restricted(condition, columnWeights);
  const word = singleWord(condition.match);
  if (word === undefined) {
    forEachJoined(text, condition.match, weights, visit);
    return;
  }
  const isAnywhere = condition.columns === 'any';
  forEachPosting(text, word, (postings) => {
    while (postings.next()) {
      const { number } = postings;
      const weight = isAnywhere && !within.has(number) ? 1 : postings.weigh(weights);
      if (weight > 0) visit(number, weight);
    }
  });
}

function restricted(condition: TextCondition, weights: ColumnWeights): ColumnWeights {
  const wanted: readonly Column[] = condition.columns === 'any' ? columns : condition.columns;
  return columns.map((column, at) => (wanted.includes(column) ? (weights[at] ?? 0) : 0));
}

interface Word {
  readonly token: string;
  readonly isPrefix: boolean;
}

function singleWord(match: Match): Word | undefined {
  if (match.kind === 'near') return undefined;
  const [word, second] = wordsOf(match);
  return second === undefined ? word : undefined;
}

function wordsOf(phrase: Phrase): Word[] {
  const last = phrase.tokens.length - 1;
  return phrase.tokens.map((token, at) => ({ token, isPrefix: phrase.prefix && at === last }));
}

function forEachPosting(
  text: FullText,
  { token, isPrefix }: Word,
  visit: (postings: Postings) => void,
): void {
  const postings = new Postings();
  for (const segment of text.segments()) {
    if (isPrefix) text.lists(segment, token, (list) => visit(postings.open(list)));
    else {
      const list = text.list(segment, token);
      if (list !== undefined) visit(postings.open(list));
    }
  }
}

/** Messages that have all words of all phrases, at fitting places. */
function forEachJoined(
  text: FullText,
  match: Match,
  weights: ColumnWeights,
  visit: (number: number, weight: number) => void,
): void {
  const phrases = (match.kind === 'near' ? match.phrases : [match]).map(wordsOf);
  const lengths = phrases.map((words) => words.length);
  for (const segment of text.segments()) {
    const readers = phraseReaders(text, segment, phrases, weights);
    if (readers === undefined) continue;
    const words = readers.flat();
    for (let number = agree(words, 1); number > 0; number = agree(words, number + 1)) {
      const places = readers.map((phrase) => phrasePlaces(phrase, weights));
      const found = match.kind === 'near' ? nearPlaces(places, lengths, match.distance) : places;
      const weight = sumWeights(found, weights);
      if (weight > 0) visit(number, weight);
    }
  }
}

type Reader = Postings | MergedPostings;

/** For each word of each phrase; undefined where the segment lacks one. Prefixes last: they are dear. */
function phraseReaders(
  text: FullText,
  segment: number,
  phrases: readonly (readonly Word[])[],
  weights: ColumnWeights,
): Reader[][] | undefined {
  const exact = new Map<Word, Reader>();
  for (const word of phrases.flat()) {
    if (word.isPrefix) continue;
    const list = text.list(segment, word.token);
    if (list === undefined) return undefined;
    exact.set(word, new Postings().open(list));
  }
  return phrases.map((words) =>
    words.map((word) => exact.get(word) ?? mergedReader(text, segment, word.token, weights)),
  );
}

function mergedReader(
  text: FullText,
  segment: number,
  prefix: string,
  weights: ColumnWeights,
): MergedPostings {
  const places = new Map<number, number[]>();
  const postings = new Postings();
  text.lists(segment, prefix, (list) => {
    postings.open(list);
    while (postings.next()) {
      const here = postings.places(weights);
      const known = places.get(postings.number);
      if (known === undefined) places.set(postings.number, here);
      else for (const place of here) known.push(place);
    }
  });
  return new MergedPostings(places);
}

/** The first message from `number` on that all readers have, where they then stand; 0 where there is none. */
function agree(readers: readonly Reader[], number: number): number {
  let target = number;
  for (let agreed = 0; agreed < readers.length; ) {
    agreed = 0;
    for (const reader of readers) {
      if (!reader.seek(target)) return 0;
      if (reader.number > target) {
        target = reader.number;
        break;
      }
      agreed += 1;
    }
  }
  return target;
}

/** Where the words stand in a row: the places of the first. */
function phrasePlaces(readers: readonly Reader[], weights: ColumnWeights): number[] {
  let starts: number[] | undefined;
  for (const [offset, reader] of readers.entries()) {
    const places = reader.places(weights);
    if (starts === undefined) starts = places;
    else starts = keepFollowed(starts, places, offset);
    if (starts.length === 0) break;
  }
  return starts ?? [];
}

/** Those of `starts` for which `start + offset` is among `places`. Both ascend. */
function keepFollowed(starts: readonly number[], places: readonly number[], offset: number): number[] {
  const kept: number[] = [];
  let at = 0;
  for (const start of starts) {
    while (at < places.length && (places[at] ?? 0) < start + offset) at++;
    if (places[at] === start + offset) kept.push(start);
  }
  return kept;
}

function sumWeights(places: readonly (readonly number[])[], weights: ColumnWeights): number {
  let sum = 0;
  for (const each of places) for (const place of each) sum += weights[columnOf(place)] ?? 0;
  return sum;
}
