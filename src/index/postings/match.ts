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
import { type ColumnWeights, columnOf, type Doclist, MergedPostings, Places, Postings } from './doclist.js';
import type { FullText, SegmentGroup } from './full-text.js';
import { Near } from './near.js';
import type { Segment } from './segments.js';

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
  forEachList(text, word, (postings) => {
    if (isAnywhere) postings.addTo(set);
    else while (postings.next()) if (postings.weigh(weights) > 0) set.add(postings.number);
  });
}

/**
 * Calls `visit` with each message that meets the condition and the weights of the places where it does, summed up. A
 * message comes up again for each word that a prefix stands for.
 */
export function weighMatches(
  text: FullText,
  condition: TextCondition,
  columnWeights: ColumnWeights,
  visit: (number: number, weight: number) => void,
): void {
  const weights = restricted(condition, columnWeights);
  const word = singleWord(condition.match);
  if (word === undefined) {
    forEachJoined(text, condition.match, weights, visit);
    return;
  }
  forEachList(text, word, (postings) => {
    while (postings.next()) {
      const weight = postings.weigh(weights);
      if (weight > 0) visit(postings.number, weight);
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

function forEachList(text: FullText, { token, isPrefix }: Word, visit: (postings: Postings) => void): void {
  const postings = new Postings();
  text.reading((groups) => {
    for (const group of groups) {
      if (isPrefix) text.prefixLists(group, token, postings, () => visit(postings));
      else for (const list of text.lists(group, token)) if (list !== undefined) visit(postings.open(list));
    }
  });
}

/** Messages that have all words of all phrases, at fitting places. */
function forEachJoined(
  text: FullText,
  match: Match,
  weights: ColumnWeights,
  visit: (number: number, weight: number) => void,
): void {
  const phrases = (match.kind === 'near' ? match.phrases : [match]).map(wordsOf);
  const near = match.kind === 'near' ? new Near(phrases, match.distance) : undefined;
  const places = phrases.map(() => new Places());
  text.reading((groups) => {
    for (const group of groups)
      for (const readers of groupReaders(text, group, phrases, weights)) {
        const words = readers.flat().sort(rarestFirst);
        for (let number = agree(words, 1); number > 0; number = agree(words, number + 1)) {
          if (!haveAll(readers, weights, places)) continue;
          const weight = sumWeights(near?.find(places) ?? places, weights);
          if (weight > 0) visit(number, weight);
        }
      }
  });
}

/** Fills `places` with those of each phrase; false where the present message lacks one. */
function haveAll(
  readers: readonly (readonly WordReader[])[],
  weights: ColumnWeights,
  places: readonly Places[],
): boolean {
  for (const [at, each] of places.entries()) {
    findPhrase(readers[at] ?? [], weights, each);
    if (each.count === 0) return false;
  }
  return true;
}

/** A word of a phrase. */
interface WordReader {
  readonly postings: Postings | MergedPostings;
  /** Words before it in its phrase. */
  readonly offset: number;
  /** Bytes of its list. */
  readonly bytes: number;
}

const rarestFirst = (a: WordReader, b: WordReader): number => a.bytes - b.bytes;

/** For each segment that has all words, the words of each phrase, the rarest first. */
function* groupReaders(
  text: FullText,
  group: SegmentGroup,
  phrases: readonly (readonly Word[])[],
  weights: ColumnWeights,
): Generator<WordReader[][]> {
  for (const [segment, lists] of segmentsWithAll(text, group, phrases, weights))
    yield phrases.map((words) =>
      words
        .map(({ token, isPrefix }, offset) => {
          const list = lists.get(token);
          return isPrefix || list === undefined
            ? prefixReader(text, segment, token, offset, weights)
            : { postings: new Postings().open(list), offset, bytes: list.end - list.start };
        })
        .sort(rarestFirst),
    );
}

/** Segments with the lists of all words, by word. Prefixes are dear: they are read later, where all else is there. */
function segmentsWithAll(
  text: FullText,
  group: SegmentGroup,
  phrases: readonly (readonly Word[])[],
  weights: ColumnWeights,
): Map<Segment, Map<string, Doclist>> {
  let found = new Map(group.map((segment) => [segment, new Map<string, Doclist>()]));
  const words = phrases.flatMap((phrase) =>
    phrase.map((word, offset) => ({ ...word, offset })).filter(({ isPrefix }) => !isPrefix),
  );
  const known: WordPlace[] = [];
  // Long words are in fewer segments: the others are looked for in those alone.
  for (const { token, offset } of words.sort((a, b) => b.token.length - a.token.length)) {
    if (found.size === 0) break;
    if (known.some((word) => word.token === token)) continue;
    known.push({ token, offset });
    const segments = [...found.keys()];
    const left: typeof found = new Map();
    for (const [at, list] of text.lists(segments, token).entries()) {
      const segment = segments[at];
      const lists = segment === undefined ? undefined : found.get(segment);
      if (list === undefined || segment === undefined || lists === undefined) continue;
      lists.set(token, list);
      // Two words of a phrase seldom stand as they should: where they never do, the rest is not read.
      const isWorthIt = phrases.length > 1 || known.length !== 2 || standAnywhere(known, lists, weights);
      if (isWorthIt) left.set(segment, lists);
    }
    found = left;
  }
  return found;
}

interface WordPlace {
  readonly token: string;
  readonly offset: number;
}

/** Whether some message of a segment has the words where they stand in their phrase. */
function standAnywhere(
  words: readonly WordPlace[],
  lists: ReadonlyMap<string, Doclist>,
  weights: ColumnWeights,
): boolean {
  const readers = words
    .flatMap(({ token, offset }) => {
      const list = lists.get(token);
      return list === undefined
        ? []
        : [{ postings: new Postings().open(list), offset, bytes: list.end - list.start }];
    })
    .sort(rarestFirst);
  const starts = new Places();
  for (let number = agree(readers, 1); number > 0; number = agree(readers, number + 1)) {
    findPhrase(readers, weights, starts);
    if (starts.count > 0) return true;
  }
  return false;
}

function prefixReader(
  text: FullText,
  segment: Segment,
  prefix: string,
  offset: number,
  weights: ColumnWeights,
): WordReader {
  const places = new Map<number, number[]>();
  const postings = new Postings();
  const here = new Places();
  let bytes = 0;
  text.prefixLists([segment], prefix, postings, () => {
    bytes += postings.bytes;
    while (postings.next()) {
      postings.places(weights, 0, here);
      const known = places.get(postings.number) ?? [];
      for (let at = 0; at < here.count; at++) known.push(here.values[at] ?? 0);
      places.set(postings.number, known);
    }
  });
  return { postings: new MergedPostings(places), offset, bytes };
}

/** The first message from `number` on that all words have, where they then stand; 0 where there is none. */
function agree(words: readonly WordReader[], number: number): number {
  let target = number;
  for (let agreed = 0; agreed < words.length; ) {
    agreed = 0;
    for (const { postings } of words) {
      if (!postings.seek(target)) return 0;
      if (postings.number > target) {
        target = postings.number;
        break;
      }
      agreed += 1;
    }
  }
  return target;
}

/** Fills `starts` with the places where the words stand in a row: those of the phrase's first. */
function findPhrase(words: readonly WordReader[], weights: ColumnWeights, starts: Places): void {
  starts.count = 0;
  for (const [at, { postings, offset }] of words.entries()) {
    if (at === 0) postings.places(weights, offset, starts);
    else postings.keepFollowed(starts, offset);
    if (starts.count === 0) return;
  }
}

function sumWeights(places: readonly Places[], weights: ColumnWeights): number {
  let sum = 0;
  for (const { values, count } of places)
    for (let at = 0; at < count; at++) sum += weights[columnOf(values[at] ?? 0)] ?? 0;
  return sum;
}
