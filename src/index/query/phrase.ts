/**
 * A word or quoted phrase of a query → the tokens that it is searched as, with a note where punctuation is lost.
 *
 *   'bob@enron.com' → bob enron com, in a row        'C++' → c, with a note        '&' → nothing, with a note
 */
import type { Value } from './lex.js';
import type { Phrase, QueryNote } from './query.js';
import { tokenSpans } from './tokens.js';

/** Marks around a word that nobody expects to be searched. */
const sentencePunctuation = /^[\s.,;:!?'’‘…‹›«»<>[\]{}、。，！？：；「」『』]*$/;

/** Undefined where nothing can be searched; then, and where lost punctuation could matter, a note is added. */
export function parsePhrase(value: Value, notes: QueryNote[]): Phrase | undefined {
  const spans = tokenSpans(value.text);
  const first = spans[0];
  const last = spans.at(-1);
  const place = { offset: value.offset, length: value.length };
  if (first === undefined || last === undefined) {
    const shown = value.text.trim();
    const message =
      shown === '' ? 'There is nothing in these quotation marks' : `${shown} has no letters or digits`;
    notes.push({ message: `${message}, so it is left out.`, ...place });
    return undefined;
  }
  const text = value.text.slice(first.start, last.end).replace(/["\s]+/g, ' ');
  const lost = value.text.slice(0, first.start) + value.text.slice(last.end);
  if (!sentencePunctuation.test(lost)) {
    notes.push({
      message: `${value.text.trim()} is searched as ${text}: punctuation is not indexed.`,
      ...place,
    });
  }
  return { kind: 'phrase', text, tokens: spans.map((span) => span.token), prefix: value.prefix };
}

/** Without quotation marks where the text reads as one word anyway. */
export function formatPhrase({ text, prefix }: Phrase): string {
  const plain = !/[\s()"“”„‟＂:*]/.test(text) && !isOperator(text);
  return `${plain ? text : quote(text)}${prefix ? '*' : ''}`;
}

/** Words that only quotation marks make searchable. */
export function isOperator(text: string): boolean {
  return /^(?:AND|OR|NOT|NEAR(?:\/.*)?)$/.test(text);
}

/** Straight marks; one inside is doubled. */
export function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
