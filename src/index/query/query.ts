/**
 * A query as a tree: what `parseQuery` makes of the text, and what everything else reads.
 *
 *   invoice from:anna -date:2015   → { kind: 'and', items: [
 *                                       { kind: 'text', columns: 'any', match: { kind: 'phrase', text: 'invoice', … } },
 *                                       { kind: 'text', columns: ['sender'], match: … 'anna' },
 *                                       { kind: 'not', item: { kind: 'date', from: …, to: … } } ] }
 *
 * Trees are canonical, so that equal queries have equal trees: no `and` directly inside an `and`, no `or` inside an
 * `or`, no double `not`, at least two items each, `all` only alone or under `not`. The functions `and`, `or` and
 * `not` build no others.
 */
import type { FindingCode, FindingLevel } from '../../verify/finding.js';
import type { Label } from '../../verify/label.js';
import type { Column } from './tokens.js';

/** One or more tokens in a row. */
export interface Phrase {
  readonly kind: 'phrase';
  /** As written, without punctuation at either end: for people. */
  readonly text: string;
  /** As the index holds them; never empty. */
  readonly tokens: readonly string[];
  /** The last token may go on: `budget*`. */
  readonly prefix: boolean;
}

/** At least two phrases in one column, with at most `distance` tokens from the end of each to the start of the last. */
export interface Near {
  readonly kind: 'near';
  readonly phrases: readonly Phrase[];
  readonly distance: number;
}

export type Match = Phrase | Near;

export interface TextCondition {
  readonly kind: 'text';
  /** The match lies within one of these columns; `any` is every column. */
  readonly columns: readonly Column[] | 'any';
  readonly match: Match;
}

/** The text of an attachment has a match; which attachment and where is the hit's to tell. */
export interface AttachmentCondition {
  readonly kind: 'attachment';
  readonly match: Match;
}

/** Milliseconds since 1970-01-01T00:00Z, at the start of a UTC day; `from` inclusive, `to` exclusive. One of both is there. */
export interface DateCondition {
  readonly kind: 'date';
  readonly from?: number;
  readonly to?: number;
}

/** Bytes of the message, both ends inclusive. One of both is there. */
export interface SizeCondition {
  readonly kind: 'size';
  readonly min?: number;
  readonly max?: number;
}

/**
 * An attachment of a type. It matches when its media type is one of `mediaTypes`, or its media type starts with one of
 * `families` and a slash, or its file name ends in a dot and one of `extensions`. All in lower case.
 */
export interface TypeCondition {
  readonly kind: 'type';
  /** As written, in lower case; the rest follows from it. */
  readonly name: string;
  readonly mediaTypes: readonly string[];
  readonly families: readonly string[];
  readonly extensions: readonly string[];
}

/** A folder or container path or its end, in whole names: see `pathMatches`. */
export interface PathPattern {
  readonly path: string;
  /** The last name of the path may go on. */
  readonly prefix: boolean;
}

/**
 * A person, named by one of their addresses or by a whole display name: as sender (`writer`), as recipient in To, Cc or
 * Bcc (`addressee`), or as either (`person`). In lower case.
 */
export interface PersonCondition {
  readonly kind: 'person' | 'writer' | 'addressee';
  readonly name: string;
}

/** What one of two persons sent to the other. */
export interface BetweenCondition {
  readonly kind: 'between';
  readonly a: string;
  readonly b: string;
}

/** How many persons other than the sender a message went to, both ends inclusive. One of both is there. */
export interface RecipientsCondition {
  readonly kind: 'recipients';
  readonly min?: number;
  readonly max?: number;
}

/** Weekdays (0 is Monday) or hours of the day by the clock of a zone, both ends inclusive; `from` above `to` goes round. */
export interface ClockCondition {
  readonly kind: 'weekday' | 'hour';
  readonly from: number;
  readonly to: number;
  /** Of the IANA database. */
  readonly zone: string;
}
/** On what people made of the message (store/desk.ts). */
export type DeskCondition =
  /** Compared as tags are (letter case does not count); with `prefix`, every tag that begins so: '' is any. */
  | { readonly kind: 'tag'; readonly name: string; readonly prefix: boolean }
  /** A note that holds the words; undefined is any note. */
  | { readonly kind: 'note'; readonly match: Phrase | undefined }
  /** Marked as read, by whomever. */
  | { readonly kind: 'read'; readonly isRead: boolean };

/** On what signatures and context showed of the message (index/judgements.ts); undefined is any. */
export type JudgementCondition =
  | { readonly kind: 'label'; readonly label: Label | undefined }
  /** A code, or a level. */
  | { readonly kind: 'finding'; readonly which: FindingCode | FindingLevel | undefined }
  /** A DKIM signature of the domain, or of one below it, that verifies. */
  | { readonly kind: 'signed-by'; readonly domain: string | undefined }
  /** A DKIM signature or a seal that names the selector, whatever became of it. */
  | { readonly kind: 'selector'; readonly selector: string; readonly domain: string | undefined };

/** Everything that full text cannot answer. */
export type Condition =
  | DateCondition
  | SizeCondition
  | TypeCondition
  | PersonCondition
  | BetweenCondition
  | RecipientsCondition
  | ClockCondition
  | DeskCondition
  | JudgementCondition
  | AttachmentCondition
  | { readonly kind: 'has-attachment' }
  /** Refers to a message that is not in the trove. */
  | { readonly kind: 'has-gap' }
  | { readonly kind: 'folder'; readonly pattern: PathPattern }
  /** A number is the container's in the catalog. */
  | { readonly kind: 'container'; readonly which: number | PathPattern }
  /** Without angle brackets, compared exactly. */
  | { readonly kind: 'msgid'; readonly id: string }
  | { readonly kind: 'thread'; readonly number: number };

export type Query =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Query[] }
  | { readonly kind: 'not'; readonly item: Query }
  | TextCondition
  | Condition;

/** Where a query cannot be understood. `offset` and `length` are UTF-16 units of the query's text. */
export interface QueryError {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  /** What to write instead; '' where the message says it all. */
  readonly hint: string;
}

/** Something that was left out of the query or read otherwise than it looks. */
export interface QueryNote {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

const all: Query = { kind: 'all' };

/** The messages that every query selects. No query selects all. */
export function and(items: readonly Query[]): Query {
  if (items.some(isNone)) return not(all);
  const flat = items.flatMap((item) => (item.kind === 'and' ? item.items : [item]));
  const kept = flat.filter((item) => item.kind !== 'all');
  return several('and', kept) ?? all;
}

/** The messages that at least one query selects. No query selects none. */
export function or(items: readonly Query[]): Query {
  if (items.some((item) => item.kind === 'all')) return all;
  const flat = items.flatMap((item) => (item.kind === 'or' ? item.items : [item]));
  const kept = flat.filter((item) => !isNone(item));
  return several('or', kept) ?? not(all);
}

/** The messages that the query does not select. */
export function not(item: Query): Query {
  return item.kind === 'not' ? item.item : { kind: 'not', item };
}

function isNone(query: Query): boolean {
  return query.kind === 'not' && query.item.kind === 'all';
}

function several(kind: 'and' | 'or', items: readonly Query[]): Query | undefined {
  return items.length > 1 ? { kind, items } : items[0];
}

/**
 * Whether a folder or container path is the pattern's, or lies below it: its names, compared without case, occur in a
 * row in the path. `Sent` matches `ken/Sent` and `Sent/2016`, not `Unsent`; with `prefix`, `Sen` matches `Sent/2016`.
 */
export function pathMatches(pattern: PathPattern, path: string): boolean {
  const wanted = pathNames(pattern.path);
  const names = pathNames(path);
  const last = wanted.length - 1;
  return names.some((_, start) =>
    wanted.every((name, index) => {
      const there = names[start + index];
      return (
        there !== undefined && (pattern.prefix && index === last ? there.startsWith(name) : there === name)
      );
    }),
  );
}

function pathNames(path: string): string[] {
  return path.normalize('NFC').toLowerCase().split('/').filter(Boolean);
}
