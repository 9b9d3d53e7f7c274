/**
 * Near spellings: what to offer when a word of a query is in no message.
 *
 *   'invioce' among the index's words → 'invoice'
 *
 * The distance is Damerau-Levenshtein in its restricted form (optimal string alignment; Damerau, CACM 7(3), 1964):
 * one step inserts, removes or replaces a character or swaps two neighbours.
 */

/** A word of the index and in how many messages it is. */
export interface Candidate {
  readonly term: string;
  readonly count: number;
}

/** Words that a near spelling can be among: those that start with `prefix`, of `minLength` to `maxLength` characters. */
export interface CandidateRange {
  readonly prefix: string;
  readonly minLength: number;
  readonly maxLength: number;
}

/** A word at one step more must be this many times as frequent to be preferred. */
const frequencyPerStep = 50;

/** Steps allowed: short words have too many neighbours. Figures and words of up to three characters get none. */
export function maxSteps(word: string): number {
  if (word.length < 4 || /\d/.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}

/**
 * The slices of the vocabulary worth reading for a word, so that not all of it is: words that start as the word does,
 * or with its second character. People slip on a first letter by leaving it out or swapping it, seldom otherwise.
 * Empty for a word that gets no suggestion. The word is a token (`queryTokens`).
 */
export function candidateRanges(word: string): CandidateRange[] {
  const steps = maxSteps(word);
  if (steps === 0) return [];
  const length = Array.from(word).length;
  const firsts = new Set(Array.from(word).slice(0, 2));
  return Array.from(firsts, (first) => ({
    prefix: first,
    minLength: length - steps,
    maxLength: length + steps,
  }));
}

/**
 * The slice to be read first: words that start with the same two characters, as nearly all do that a word was meant to
 * be. A twentieth of what `candidateRanges` gives. Empty for a word that gets no suggestion.
 */
export function likelyRanges(word: string): CandidateRange[] {
  const steps = maxSteps(word);
  if (steps === 0) return [];
  const characters = Array.from(word);
  const { length } = characters;
  return [{ prefix: characters.slice(0, 2).join(''), minLength: length - steps, maxLength: length + steps }];
}

/** Whether a term is few enough steps from a word to be suggested for it. */
export function nearnessTo(word: string): (term: string) => boolean {
  const steps = maxSteps(word);
  const measure = distanceFrom(word, steps);
  const isFar = foreignTo(word, steps);
  return (term) =>
    steps > 0 &&
    term !== word &&
    Math.abs(term.length - word.length) <= steps &&
    !isFar(term) &&
    measure(term) <= steps;
}

/** The likeliest other spelling among the candidates, or undefined where none is near. Ties go to the first in code-unit order. */
export function suggest(word: string, candidates: Iterable<Candidate>): string | undefined {
  const steps = maxSteps(word);
  if (steps === 0) return undefined;
  const measure = distanceFrom(word, steps);
  const isFar = foreignTo(word, steps);
  let best: string | undefined;
  let bestScore = 0;
  for (const { term, count } of candidates) {
    if (count <= 0 || term === word || Math.abs(term.length - word.length) > steps) continue;
    // What cannot win however near it is need not be measured.
    if (count * frequencyPerStep ** (steps - 1) < bestScore) continue;
    if (isFar(term)) continue;
    const distance = measure(term);
    if (distance > steps) continue;
    const score = count * frequencyPerStep ** (steps - distance);
    if (score > bestScore || (score === bestScore && best !== undefined && term < best)) {
      best = term;
      bestScore = score;
    }
  }
  return best;
}

/** Whether a term has more characters that the word lacks than there are steps: a cheap test that most terms fail. */
function foreignTo(word: string, steps: number): (term: string) => boolean {
  // By the low byte: two characters may share one, which only lets a term through to be measured.
  const present = new Uint8Array(256);
  for (let index = 0; index < word.length; index += 1) present[word.charCodeAt(index) & 255] = 1;
  return (term) => {
    let foreign = 0;
    for (let index = 0; index < term.length; index += 1) {
      if (present[term.charCodeAt(index) & 255] === 0) foreign += 1;
    }
    return foreign > steps;
  };
}

/** Steps between two words, or `max` + 1 where there are more. Linear in the words' length for a fixed `max`. */
export function editDistance(a: string, b: string, max: number): number {
  return distanceFrom(a, max)(b);
}

/** `editDistance` from one word to many: three rows of the table, used again for each, and only the band around its diagonal. */
function distanceFrom(word: string, max: number): (other: string) => number {
  const beyond = max + 1;
  const width = word.length + 2;
  let older = new Uint8Array(width);
  let old = new Uint8Array(width);
  let row = new Uint8Array(width);
  return (other) => {
    if (Math.abs(word.length - other.length) > max) return beyond;
    for (let column = 0; column < width; column += 1) old[column] = Math.min(column, beyond);
    for (let line = 1; line <= other.length; line += 1) {
      if (fillRow(word, other, line, max, older, old, row) > max) return beyond;
      [older, old, row] = [old, row, older];
    }
    return Math.min(old[word.length] ?? beyond, beyond);
  };
}

/** Fills one row and returns its least distance. Cells outside the band count as beyond `max`. */
function fillRow(
  word: string,
  other: string,
  line: number,
  max: number,
  older: Uint8Array,
  old: Uint8Array,
  row: Uint8Array,
): number {
  const first = Math.max(1, line - max);
  const last = Math.min(word.length, line + max);
  const character = other.charCodeAt(line - 1);
  const previous = line > 1 ? other.charCodeAt(line - 2) : -1;
  row[first - 1] = first === 1 ? Math.min(line, max + 1) : max + 1;
  let least = row[first - 1] ?? 0;
  for (let column = first; column <= last; column += 1) {
    const here = word.charCodeAt(column - 1);
    const replaced = at(old, column - 1) + (here === character ? 0 : 1);
    let steps = Math.min(at(old, column) + 1, at(row, column - 1) + 1, replaced, max + 1);
    if (column > 1 && line > 1 && here === previous && word.charCodeAt(column - 2) === character) {
      steps = Math.min(steps, at(older, column - 2) + 1);
    }
    row[column] = steps;
    if (steps < least) least = steps;
  }
  row[last + 1] = max + 1;
  return least;
}

/** Column numbers are in range by construction; the fallback only satisfies the type. */
function at(row: Uint8Array, column: number): number {
  return row[column] ?? 255;
}
