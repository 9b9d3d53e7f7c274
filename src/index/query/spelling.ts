/**
 * Which words of a query may be misspelt, and the query with another spelling: around `suggest`.
 *
 *   buget -spam → asks about 'buget' → budget -spam
 */
import type { Match, Phrase, Query } from './query.js';
import { maxSteps } from './suggest.js';
import { queryTokens } from './tokens.js';

/**
 * The words that a query wants to find, each once, in order, as tokens: what to look up in the vocabulary and, where
 * it is missing there, to suggest for. Without words under NOT, beginnings (`budget*`), and what `suggest` has no
 * answer for.
 */
export function searchedWords(query: Query): string[] {
  const words = new Set<string>();
  const visit = (part: Query): void => {
    if (part.kind === 'and' || part.kind === 'or') for (const item of part.items) visit(item);
    else if (part.kind === 'text') {
      for (const phrase of phrasesOf(part.match)) {
        for (const word of replaceable(phrase)) if (maxSteps(word) > 0) words.add(word);
      }
    }
  };
  visit(query);
  return Array.from(words);
}

/** The query with one word for another wherever `searchedWords` saw it. Both are tokens. */
export function replaceWord(query: Query, word: string, replacement: string): Query {
  switch (query.kind) {
    case 'and':
    case 'or':
      return { kind: query.kind, items: query.items.map((item) => replaceWord(item, word, replacement)) };
    case 'text': {
      const { match } = query;
      const replace = (phrase: Phrase): Phrase => replaceInPhrase(phrase, word, replacement);
      if (match.kind === 'phrase') return { ...query, match: replace(match) };
      return { ...query, match: { ...match, phrases: match.phrases.map(replace) } };
    }
    default:
      return query;
  }
}

function phrasesOf(match: Match): readonly Phrase[] {
  return match.kind === 'phrase' ? [match] : match.phrases;
}

/** Words between blanks that are one token each; `bob@example.net` is not a matter of spelling. */
function replaceable({ text, prefix }: Phrase): string[] {
  const words = text.split(' ');
  return words.flatMap((word, index) => {
    const tokens = queryTokens(word);
    return prefix && index === words.length - 1 ? [] : tokens.length === 1 ? tokens : [];
  });
}

function replaceInPhrase(phrase: Phrase, word: string, replacement: string): Phrase {
  if (!replaceable(phrase).includes(word)) return phrase;
  const words = phrase.text.split(' ');
  const text = words
    .map((each, index) => {
      const kept = phrase.prefix && index === words.length - 1;
      return !kept && queryTokens(each).join(' ') === word ? replacement : each;
    })
    .join(' ');
  return { ...phrase, text, tokens: queryTokens(text) };
}
