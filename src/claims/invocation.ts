/**
 * What the speaker or the outlet offers as evidence, as far as this text says so. Nothing here says what the archive
 * shows: that is an assessment, made by people.
 *
 *   “the e-mails show that …”        archive document      “a report by the auditor found”    other document
 *   “citing Anna Moss”               named source          “officials familiar with it said”  unnamed source
 *   “I was in the room”              own knowledge         “offered no evidence”              none in this text, and says so
 */
import type { Article, Range } from './article.js';
import type { Span } from './span.js';

export const invocationKinds = [
  'archive_document',
  'other_document',
  'named_source',
  'unnamed_source',
  'own_knowledge',
  'none_in_this_text',
] as const;
export type InvocationKind = (typeof invocationKinds)[number];

export interface Invocation {
  readonly kind: InvocationKind;
  /** The words that say so; undefined where nothing in the text does. */
  readonly span: Span | undefined;
}

interface Pattern {
  readonly kind: InvocationKind;
  readonly pattern: RegExp;
}

/* Each looks for a few words in a row: no pattern repeats over another. */
const patterns: readonly Pattern[] = [
  {
    kind: 'none_in_this_text',
    pattern:
      /\b(?:without (?:any |offering |providing |citing )?(?:any )?evidence|(?:offered|provided|gave|cited|presented|produced|showed) no (?:evidence|proof)|(?:did|has|have|had) (?:not|n[o’']t) (?:offer|provide|cite|present|give|produce)(?:ed)? (?:any )?(?:evidence|proof)|unable to invoke evidence)\b/i,
  },
  {
    kind: 'archive_document',
    pattern:
      /\b(?:(?:e-?mails?|messages?|letters?) (?:show|shows|showed|reveal|reveals|revealed|suggest|suggests|suggested|indicate|indicates|prove|proves|obtained|published|released)|(?:leaked|released|published|hacked|stolen) (?:e-?mails?|messages?|letters?)|according to (?:the |an? |several |these )?(?:e-?mails?|messages?|letters?)|(?:e-?mail|message) (?:no\.? ?|number |id |#)\d+)/i,
  },
  {
    kind: 'other_document',
    pattern:
      /\b(?:(?:report|reports|study|poll|survey|filing|filings|records|transcript|documents?|memo|audit|lawsuit|affidavit|complaint|recording|video|tape|tax returns?|minutes|contract|logbook) (?:show|shows|showed|found|finds|reveal|reveals|revealed|says|said|states|stated|suggests?|indicates?|obtained|filed|released|published|by|from|of)|according to (?:an? |the |its |his |her |new |court |public |internal )*(?:report|study|poll|survey|filings?|records|transcript|documents?|memo|audit|lawsuit|affidavit|minutes|logbook))/i,
  },
  {
    kind: 'unnamed_source',
    pattern:
      /\b(?:unnamed|anonymous|unidentified) (?:sources?|officials?|aides?|persons?|people)\b|\b(?:on (?:the )?condition of anonymity|asked not to be (?:named|identified)|people familiar with|persons? (?:close to|familiar with)|sources? (?:said|say|says|close to|familiar with|told)|according to (?:sources?|officials?|people|persons?|two|three|several))\b/i,
  },
  {
    kind: 'own_knowledge',
    pattern:
      /\b(?:i (?:saw|heard|was there|was in the room|know for|witnessed|personally|remember)|we (?:saw|heard|witnessed|were there)|with my own eyes|in my own experience)\b/i,
  },
];

const named =
  /\b(?:citing|cited|quoting|pointed to|according to|referring to)\s+(?:(?:the|a|an|his|her)\s+)?(?=\p{Lu})/u;

/** In the sentence that has the statement, from its words alone. */
export function findInvocation(article: Article, sentence: Range): Invocation {
  const { start, end } = article.spanOf(sentence);
  const text = article.text.slice(start, Math.min(end, start + maxCharacters));
  const outside = withoutQuotations(article, sentence, text);
  for (const { kind, pattern } of patterns) {
    // Whom a speaker accuses of anonymous sources does not invoke them.
    const found = pattern.exec(kind === 'unnamed_source' ? outside : text);
    if (found !== null)
      return { kind, span: { start: start + found.index, end: start + found.index + found[0].length } };
  }
  const source = named.exec(text);
  if (source === null) return { kind: 'none_in_this_text', span: undefined };
  const from = start + source.index;
  return {
    kind: 'named_source',
    span: { start: from, end: nameEnd(article, from + source[0].length, sentence) },
  };
}

function withoutQuotations(article: Article, { first, last }: Range, text: string): string {
  const { start } = article.at(first);
  const characters = text.split('');
  for (let at = first; at <= last && article.at(at).start - start < characters.length; at += 1)
    if (article.depth(at) > 0) characters.fill(' ', article.at(at).start - start, article.at(at).end - start);
  return characters.join('').slice(0, text.length);
}

/** A sentence of a transcript may be as long as the article. */
const maxCharacters = 4_000;

function nameEnd(article: Article, from: number, { first, last }: Range): number {
  let end = from;
  for (let at = first; at <= last; at += 1) {
    const token = article.at(at);
    if (token.start < from) continue;
    if (!article.isCapitalized(at) && token.lower !== 'of' && token.lower !== 'the') break;
    end = token.end;
  }
  return Math.max(end, from);
}

/** Numbers of messages that a text names: `e-mail 1234`, `message no. 1234`, `/emailid/1234`. */
export function messageNumbers(text: string): { readonly number: number; readonly span: Span }[] {
  const found: { number: number; span: Span }[] = [];
  for (const match of text.matchAll(
    /(?:\b(?:e-?mail|message|letter)(?:,? (?:no\.?|number|id))? ?#?|\/emailid\/|\/m\/)(\d{1,9})\b/gi,
  )) {
    const number = Number(match[1]);
    found.push({ number, span: { start: match.index, end: match.index + match[0].length } });
  }
  return found;
}

/** The line in which an article names where it has it from: `Sources: A, B / Photo credit: C`. */
export function sourceLine(
  text: string,
): { readonly names: readonly string[]; readonly span: Span } | undefined {
  const found = /^[ \t]*Sources?:[ \t]*([^\n]{1,500})/m.exec(text);
  if (found?.[1] === undefined) return undefined;
  const [list = ''] = found[1].split(/\s\/\s/);
  const names = list
    .split(/,\s+(?:and\s+)?/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return { names, span: { start: found.index, end: found.index + found[0].length } };
}
