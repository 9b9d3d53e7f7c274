/**
 * Who a source is: names of the article, names that the trove knows, pronouns that point back.
 *
 *   “Sergey Markov, a so-called ‘informal adviser’ to …, said”     Sergey Markov, as an informal adviser …
 *   “Markov added”                                                  Sergey Markov
 *   “he added”                                                      the last speaker who was a person
 */
import type { Article, Range } from './article.js';
import type { Span } from './span.js';
import { determiners, titles, weekdays } from './words.js';

export interface Capacity {
  readonly text: string;
  readonly span: Span;
}

export interface Speaker {
  /** As the article names them in full; the words of the source where it names nobody. */
  readonly name: string;
  /** The words of the source. */
  readonly span: Span | undefined;
  readonly kind: 'named' | 'described' | 'unresolved';
  /** How the name was found, where it does not stand there in full. */
  readonly by: 'full name' | 'last name' | 'pronoun' | 'apposition' | 'words';
  /** What the outlet says they are. */
  readonly capacity: Capacity | undefined;
  /** The trove's own name of this person. */
  readonly known: string | undefined;
}

interface Named {
  readonly range: Range;
  readonly name: string;
}

export class Speakers {
  readonly #article: Article;
  /** Last word of a name → the first full name that ends so. */
  readonly #byLastName = new Map<string, Named>();
  readonly #capacities = new Map<string, Capacity>();
  readonly #known: ReadonlyMap<string, string>;
  #last: Speaker | undefined;

  /** `known` maps names in lower case to what the trove calls them. */
  constructor(article: Article, known: ReadonlyMap<string, string> = new Map()) {
    this.#article = article;
    this.#known = known;
    for (const sentence of article.sentences)
      for (const named of namesIn(article, sentence)) this.#remember(named);
  }

  resolve(source: Range | undefined): Speaker {
    const speaker = source === undefined ? undefined : this.#resolve(source);
    const resolved = speaker ?? nobody(source === undefined ? undefined : this.#article.spanOf(source));
    if (resolved.kind !== 'unresolved') this.#last = resolved;
    return resolved;
  }

  #resolve(source: Range): Speaker | undefined {
    const article = this.#article;
    const span = article.spanOf(source);
    const first = article.lower(source.first);
    if (/^(?:he|she|who|they|i|we|his|her|their)(?:['’]\w+)?$/.test(first) && source.first === source.last)
      return this.#pronoun(span, first, source);
    const names = namesIn(article, source);
    const named = names.find(({ range }) => isHead(article, source, range));
    if (named === undefined) return this.#described(source, span);
    const full = this.#full(named.name);
    const capacity = capacityAround(article, named.range, source) ?? this.#capacities.get(full);
    if (capacity !== undefined && !this.#capacities.has(full)) this.#capacities.set(full, capacity);
    return {
      name: full,
      span,
      kind: 'named',
      by: full === named.name ? 'full name' : 'last name',
      capacity,
      known: this.#known.get(full.toLowerCase()),
    };
  }

  /** The last speaker; `who` is the name right before it. */
  #pronoun(span: Span, word: string, source: Range): Speaker | undefined {
    if (word === 'who') {
      const before = this.#nameBefore(source.first);
      if (before !== undefined)
        return {
          name: before,
          span,
          kind: 'named',
          by: 'pronoun',
          capacity: this.#capacities.get(before),
          known: this.#known.get(before.toLowerCase()),
        };
    }
    if (!/^(?:he|she|his|her|they|their)/.test(word) || this.#last === undefined) return undefined;
    // He and she are persons; what begins with "the" or is plural may not be one.
    if (/^(?:he|she|his|her)/.test(word) && this.#last.kind !== 'named') return undefined;
    return { ...this.#last, span, by: 'pronoun' };
  }

  #nameBefore(at: number): string | undefined {
    const article = this.#article;
    let last = at - 1;
    if (article.isMark(last, ',')) last -= 1;
    let first = last;
    while (first > last - 10 && article.isCapitalized(first - 1) && article.isCapitalized(first)) first -= 1;
    if (!article.isCapitalized(first)) return undefined;
    return this.#full(article.words({ first, last }));
  }

  #described(source: Range, span: Span): Speaker {
    const name = this.#article.words(source).replace(/,$/, '');
    return { name, span, kind: 'described', by: 'words', capacity: undefined, known: undefined };
  }

  #full(name: string): string {
    if (name.includes(' ')) return name;
    return this.#byLastName.get(name.toLowerCase())?.name ?? name;
  }

  #remember(named: Named): void {
    const last = named.name.split(' ').at(-1)?.toLowerCase() ?? '';
    if (!named.name.includes(' ') || this.#byLastName.has(last)) return;
    this.#byLastName.set(last, named);
    const capacity = capacityAround(this.#article, named.range, named.range);
    if (capacity !== undefined && !this.#capacities.has(named.name))
      this.#capacities.set(named.name, capacity);
  }
}

const nobody = (span: Span | undefined): Speaker => ({
  name: '',
  span,
  kind: 'unresolved',
  by: 'words',
  capacity: undefined,
  known: undefined,
});

/** Names of persons and bodies: words with capital letters in a row, titles before them left out. */
function namesIn(article: Article, { first, last }: Range): Named[] {
  const found: Named[] = [];
  for (let at = first; at <= last; at += 1) {
    if (!isNameWord(article, at) || (at === first && isCommonStart(article, at))) continue;
    let end = at;
    while (end + 1 <= last && joinsName(article, end + 1)) end += 1;
    const named = withoutTitles(article, { first: at, last: end });
    if (named !== undefined) found.push(named);
    at = end;
  }
  return found;
}

function isNameWord(article: Article, at: number): boolean {
  const word = article.lower(at);
  return (
    article.isCapitalized(at) &&
    !determiners.has(word) &&
    !weekdays.has(word) &&
    !/^(?:he|she|it|they|we|i|but|and|in|on|at|as|if|when|while|after|before|who|that|then|now|also|meanwhile|however|according|mr|mrs|ms|dr)$/.test(
      word,
    )
  );
}

const isCommonStart = (article: Article, at: number): boolean =>
  !article.isCapitalized(at + 1) && !article.isWord(at + 1) && article.lower(at).length < 2;

function joinsName(article: Article, at: number): boolean {
  if (article.isMark(at, '.'))
    return (
      article.at(at).start === article.at(at - 1).end &&
      article.isCapitalized(at + 1) &&
      article.at(at - 1).text.length <= 3
    );
  if (article.at(at).kind !== 'word' || article.depth(at) !== article.depth(at - 1)) return false;
  return (
    isNameWord(article, at) ||
    (/^(?:of|von|van|de|bin|al|la|del|di)$/.test(article.lower(at)) &&
      article.isCapitalized(at + 1) &&
      article.isCapitalized(at - 1))
  );
}

/** `Russian President Vladimir Putin` is Vladimir Putin; `Mr. Brown` is Brown. */
function withoutTitles(article: Article, range: Range): Named | undefined {
  let { first } = range;
  for (let at = range.first; at < range.last; at += 1) {
    const isTitle = titles.has(article.lower(at).replace(/^co-/, '')) || /-elect$/.test(article.lower(at));
    if (isTitle) first = article.isMark(at + 1, '.') ? at + 2 : at + 1;
  }
  if (first > range.last) return undefined;
  const own = { first, last: range.last };
  return { range: own, name: article.words(own).replace(/['’]s?$/, '') };
}

/** The name stands at the source's end, or before its first comma: "a spokesman for Moss" is not Moss. */
function isHead(article: Article, source: Range, name: Range): boolean {
  for (let at = source.first; at < name.first; at += 1)
    if (/^(?:of|for|to|from|with|in|at|by)$/.test(article.lower(at)) || article.isMark(at, ',')) return false;
  const next = name.last + 1;
  return (
    name.last >= source.last ||
    /^[,(—–-]$/.test(article.at(next).text) ||
    /^(?:of|in|from|for|who)$/.test(article.lower(next))
  );
}

/** What stands right before the name, or between commas right behind it. */
function capacityAround(article: Article, name: Range, source: Range): Capacity | undefined {
  const after = name.last + 1;
  if (article.isMark(after, ',') && isApposition(article, after + 1)) {
    let last = after + 1;
    while (last + 1 < article.tokens.length && !ends(article, last + 1) && last < after + 40) last += 1;
    const span = article.spanOf({ first: after + 1, last });
    return { text: article.text.slice(span.start, span.end), span };
  }
  let { first } = name;
  while (
    first - 1 >= Math.min(source.first, name.first - 6) &&
    (article.isCapitalized(first - 1) ||
      titles.has(article.lower(first - 1)) ||
      article.isMark(first - 1, '.')) &&
    article.at(first - 1).kind !== 'break'
  )
    first -= 1;
  const hasTitle = Array.from({ length: name.first - first }, (_, index) =>
    article.lower(first + index),
  ).some((word) => titles.has(word) && !/^(?:mr|mrs|ms|miss|dr)$/.test(word));
  if (!hasTitle) return undefined;
  const span = article.spanOf({ first, last: name.first - 1 });
  return { text: article.text.slice(span.start, span.end), span };
}

const isApposition = (article: Article, at: number): boolean =>
  determiners.has(article.lower(at)) ||
  titles.has(article.lower(at)) ||
  /^(?:former|chief|senior|deputy|head)$/.test(article.lower(at));

const ends = (article: Article, at: number): boolean =>
  article.depth(at) === 0 &&
  (article.isMark(at, ',') ||
    article.isMark(at, '.') ||
    article.isMark(at, ';') ||
    article.at(at).kind === 'break');
