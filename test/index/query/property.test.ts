/** Random queries over a few documents: parsing, formatting and the postings agree with one another and with what the query means. */
import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { Bitset } from '../../../src/index/bitset.js';
import { FullText } from '../../../src/index/postings/full-text.js';
import { selectMatches } from '../../../src/index/postings/match.js';
import { describeQuery, formatQuery } from '../../../src/index/query/format.js';
import { parseQuery } from '../../../src/index/query/parse.js';
import type { Condition, Match, Phrase, Query } from '../../../src/index/query/query.js';
import { type Column, columns, queryTokens, segmentForIndex } from '../../../src/index/query/tokens.js';
import { limits } from '../../../src/limits.js';
import { openFullText } from './fts5.js';
import { integer, pick, type Random, seeded } from './random.js';

const words = [
  'a',
  'b',
  'anna',
  'an',
  'budget',
  'budgets',
  '会議',
  '会',
  'bob@enron.com',
  'enron',
  'Zoë',
  '10:30',
];
const values = [
  ...words,
  ...[
    'budg*',
    '会*',
    '"a b"',
    '"b a"',
    '"bob enron"*',
    'a-b',
    'C++',
    '??',
    '""',
    '“an budget”',
    '-',
    'Ｂｏｂ',
  ],
  ...['"OR"', '"NEAR"', 'or', "x'y", '"a ""b"""', 're:a', 'ｶﾞ', 'a\u0301b'],
];
const conditions = [
  ...['date:2016', 'date:2016-03..', 'date:..2015-12-31', 'size:>1k', 'size:10..2k', 'size:<=5', 'size:7'],
  ...['type:pdf', 'type:image/*', 'has:attachment', 'folder:Sent', 'folder:"My Mail"*', 'container:3'],
  ...['container:"4"', 'container:in*', 'msgid:<a@b>', 'msgid:"<a b>"', 'thread:12'],
  ...[
    'tag:pump',
    'tag:"to ask"',
    'tag:fu*',
    'tag:*',
    'note:bank',
    'note:"paid twice"*',
    'note:*',
    'is:read',
    'IS:UNREAD',
    'label:conflict',
    'label:"Partly signed"',
    'label:*',
    'signed-by:gmail.com',
    'Signed-By:*',
    'selector:s1',
    'selector:s1._domainkey.x.example',
    'finding:copies-differ',
    'finding:notice',
  ],
];
const textFields = ['from:', 'to:', 'cc:', 'any:', 'subject:', 'body:', 'own:', 'quoted:', 'filename:'];

interface Document {
  readonly tokens: ReadonlyMap<Column, readonly string[]>;
}

/** A query as people might write it, of any depth that the limit allows. */
function randomQuery(random: Random, depth: number): string {
  const shape = depth === 0 ? 0 : integer(random, 10);
  switch (shape) {
    case 1:
      return `(${randomQuery(random, depth - 1)})`;
    case 2:
      return `${pick(random, ['-', 'NOT ', '-', 'NOT -'])}(${randomQuery(random, depth - 1)})`;
    case 3:
    case 4:
      return `${randomQuery(random, depth - 1)} OR ${randomQuery(random, depth - 1)}`;
    case 5:
    case 6:
      return `${randomQuery(random, depth - 1)}${pick(random, [' ', ' AND '])}${randomQuery(random, depth - 1)}`;
    case 7:
      return `${pick(random, textFields)}(${randomTerm(random)} ${pick(random, ['OR ', '-', '', 'NOT '])}${randomTerm(random)})`;
    case 8:
      return pick(random, conditions);
    default:
      return `${pick(random, ['', '', '-'])}${pick(random, ['', '', ...textFields])}${randomTerm(random)}`;
  }
}

function randomTerm(random: Random): string {
  const distance = integer(random, 4);
  switch (integer(random, 8)) {
    case 0:
      return `NEAR(${pick(random, values)} ${pick(random, values)} ${pick(random, values)}, ${String(distance)})`;
    case 1:
      return `(${pick(random, words)} NEAR/${String(distance)} ${pick(random, words)})`;
    default:
      return pick(random, values);
  }
}

/** Mostly meaningless. */
function randomText(random: Random): string {
  const pieces = [
    ...[
      ...values,
      ...conditions,
      ...textFields,
      'AND',
      'OR',
      'NOT',
      'NEAR',
      'NEAR(',
      'NEAR/2',
      '(',
      ')',
      '"',
      '“',
    ],
    ...[
      ' ',
      ' ',
      ' ',
      ' ',
      '-',
      '*',
      ',',
      ', 5',
      '..',
      '>',
      '<',
      ':',
      '\n',
      '\u0000',
      '\ud800',
      '😀',
      'date:',
      'size:',
    ],
  ];
  return Array.from({ length: integer(random, 12) }, () => pick(random, pieces)).join(
    random() < 0.5 ? ' ' : '',
  );
}

const holdsCondition = new Map<string, boolean>();

/** Conditions are answered by chance, but the same for the same condition and document. */
function conditionHolds(condition: Condition, row: number): boolean {
  const key = `${JSON.stringify(condition)} ${String(row)}`;
  const known = holdsCondition.get(key) ?? seeded(key.length * 31 + row)() < 0.5;
  holdsCondition.set(key, known);
  return known;
}

/** What a query means, in the most direct way. */
function selects(query: Query, document: Document, row: number): boolean {
  switch (query.kind) {
    case 'all':
      return true;
    case 'and':
      return query.items.every((item) => selects(item, document, row));
    case 'or':
      return query.items.some((item) => selects(item, document, row));
    case 'not':
      return !selects(query.item, document, row);
    case 'text': {
      const those = query.columns === 'any' ? columns : query.columns;
      return those.some((column) => matches(query.match, document.tokens.get(column) ?? []));
    }
    default:
      return conditionHolds(query, row);
  }
}

function matches(match: Match, tokens: readonly string[]): boolean {
  if (match.kind === 'phrase') return starts(match, tokens).length > 0;
  const places = match.phrases.map((phrase) => starts(phrase, tokens));
  return choices(places).some((chosen) => {
    const last = Math.max(...chosen);
    return chosen.every((start, index) => {
      const length = match.phrases[index]?.tokens.length ?? 0;
      return last - (start + length) <= match.distance;
    });
  });
}

function starts(phrase: Phrase, tokens: readonly string[]): number[] {
  return Array.from(tokens.keys()).filter((start) =>
    phrase.tokens.every((token, index) => {
      const there = tokens[start + index];
      const last = index === phrase.tokens.length - 1;
      return phrase.prefix && last ? there?.startsWith(token) === true : there === token;
    }),
  );
}

/** One of each, in every way. */
function choices(lists: readonly (readonly number[])[]): number[][] {
  return lists.reduce<number[][]>(
    (before, list) => before.flatMap((chosen) => list.map((item) => [...chosen, item])),
    [[]],
  );
}

/** The query over row numbers: text from the postings, the rest as a set of it. */
function execute(query: Query, text: FullText, rows: readonly number[]): readonly number[] {
  switch (query.kind) {
    case 'all':
      return rows;
    case 'and': {
      const found = query.items.map((item) => execute(item, text, rows));
      return rows.filter((row) => found.every((each) => each.includes(row)));
    }
    case 'or': {
      const found = query.items.map((item) => execute(item, text, rows));
      return rows.filter((row) => found.some((each) => each.includes(row)));
    }
    case 'not': {
      const found = execute(query.item, text, rows);
      return rows.filter((row) => !found.includes(row));
    }
    case 'text': {
      const set = new Bitset(Math.max(...rows) + 1);
      selectMatches(text, query, set);
      return set.toArray();
    }
    default:
      return rows.filter((row) => conditionHolds(query, row));
  }
}

/** Message numbers start at 1. */
function fill(random: Random): { database: DatabaseSync; documents: Document[] } {
  const database = openFullText();
  const insert = database.prepare(
    `INSERT INTO text (rowid, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})`,
  );
  const documents = Array.from({ length: 40 }, (_, row) => {
    const texts = columns.map(() =>
      Array.from({ length: integer(random, 8) }, () => pick(random, words)).join(' '),
    );
    insert.run(row + 1, ...texts.map(segmentForIndex));
    return { tokens: new Map(columns.map((column, index) => [column, queryTokens(texts[index] ?? '')])) };
  });
  return { database, documents };
}

function checkRoundTrip(text: string): Query | undefined {
  const result = parseQuery(text);
  if (!result.ok) {
    const { offset, length, message } = result.error;
    assert.ok(offset >= 0 && length > 0 && offset + length <= text.length && message !== '', text);
    return undefined;
  }
  const formatted = formatQuery(result.query);
  const again = parseQuery(formatted);
  assert.ok(again.ok, `${text} → ${formatted}`);
  assert.deepEqual(again.query, result.query, `${text} → ${formatted}`);
  assert.equal(formatQuery(again.query), formatted);
  assert.notEqual(describeQuery(result.query), '');
  return result.query;
}

describe('random queries', () => {
  test('whatever is typed is parsed or refused with a place, and canonical text means the same', () => {
    const random = seeded(2);
    let understood = 0;
    for (let count = 0; count < 6000; count += 1) {
      if (checkRoundTrip(randomText(random)) !== undefined) understood += 1;
    }
    assert.ok(understood > 500, `only ${String(understood)} of the texts are queries`);
  });

  test('the postings hold what the query means', () => {
    const random = seeded(3);
    const { database, documents } = fill(random);
    const rows = documents.map((_, at) => at + 1);
    const text = new FullText(database);
    let found = 0;
    for (let count = 0; count < 2500; count += 1) {
      const typed = randomQuery(random, integer(random, 5));
      const query = checkRoundTrip(typed);
      assert.ok(query !== undefined, typed);
      const wanted = documents.flatMap((document, at) => (selects(query, document, at + 1) ? [at + 1] : []));
      assert.deepEqual(execute(query, text, rows), wanted, typed);
      if (wanted.length > 0 && wanted.length < rows.length) found += 1;
    }
    assert.ok(found > 1000, `only ${String(found)} queries divide the documents`);
    database.close();
  });

  test('the largest queries that the limits allow are answered', () => {
    const { database } = fill(seeded(4));
    const deep = (open: string) => {
      const depth = limits.maxQueryDepth;
      return `${open.repeat(depth)}z${')'.repeat(depth)}`;
    };
    const largest = [
      deep('a OR -(b '),
      deep('a (b OR -'),
      deep('-(a OR -b OR '),
      deep('-x OR (-y '),
      'a -b '.repeat(800),
      'a OR -b OR '.repeat(360).slice(0, -4),
      'a* '.repeat(1300),
      '会'.repeat(limits.maxQueryCharacters),
      `NEAR(${'a '.repeat(1990)}, 5)`,
      'NEAR(a b) '.repeat(400),
    ];
    for (const text of largest) {
      const result = parseQuery(text);
      assert.ok(result.ok, JSON.stringify(result));
      execute(result.query, new FullText(database), [1, 2, 3]);
    }
    database.close();
  });
});
