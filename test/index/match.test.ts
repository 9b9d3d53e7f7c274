/**
 * What is read below FTS5 is what FTS5's own MATCH finds: over shards of one segment and of many, of lists that span
 * pages, before and after FTS5 merged them. FTS5 is the oracle.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, type TestContext, test } from 'node:test';
import { Bitset } from '../../src/index/bitset.js';
import { indexedDocument } from '../../src/index/document.js';
import { selectMatches, weighMatches } from '../../src/index/postings/match.js';
import { ftsMatch } from '../../src/index/query/fts.js';
import { parseQuery } from '../../src/index/query/parse.js';
import type { TextCondition } from '../../src/index/query/query.js';
import { columns } from '../../src/index/query/tokens.js';
import { ShardWriter, shardPath } from '../../src/index/shard.js';
import { ShardReader } from '../../src/index/shard-reader.js';

const messages = 3_000;

/** The same numbers each time (Numerical Recipes' linear congruential generator), from 0 up to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Few words make most of a text, as in any language. */
function words(random: () => number, count: number): string {
  const some = [
    'the',
    'gas',
    'oil',
    'deal',
    'Größe',
    '東京都',
    'co',
    'com',
    'contract',
    'x1',
    'naïve',
    'смета',
  ];
  return Array.from({ length: count }, () =>
    random() < 0.6
      ? some[Math.floor(random() ** 2 * some.length)]
      : `w${Math.floor(random() ** 3 * 20_000).toString(36)}`,
  ).join(' ');
}

function letter(random: () => number, number: number): Buffer {
  const quoted = words(random, Math.floor(random() * 60)).replace(/(\S+ \S+ \S+) /g, '$1\n> ');
  return Buffer.from(
    `From: ${words(random, 2)} <a${number % 7}@gas.example>\r\nTo: ${words(random, 1)} <b@oil.example>\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\nSubject: ${words(random, 4)}\r\n\r\n` +
      `${words(random, Math.floor(random() * 120))}\r\n> ${quoted}\r\n`,
  );
}

/** A shard that is committed, and so written as a segment, every `every` messages. */
function shardOf(t: TestContext, every: number): { dir: string; reader: ShardReader } {
  const dir = mkdtempSync(join(tmpdir(), 'impart-match-'));
  const writer = new ShardWriter(dir, 'w0-000');
  const random = chance(7);
  for (let number = 1; number <= messages; number++) {
    writer.add(number, indexedDocument(letter(random, number)));
    if (number % every === 0) writer.commit();
  }
  writer.close();
  const reader = ShardReader.open(dir, 'w0-000');
  t.after(() => {
    reader.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return { dir, reader };
}

const queries = [
  'the',
  'gas',
  'w0',
  'nowhere',
  'grosse',
  'größe',
  'naive',
  '京都',
  'смета',
  'co*',
  'w*',
  'wa*',
  'x*',
  '"the gas"',
  '"the the"',
  '"the gas the"',
  '"gas oil deal co"',
  '"the co*"',
  '"gas w*"',
  'NEAR(the gas, 0)',
  'NEAR(the gas, 3)',
  'NEAR(gas gas, 2)',
  'NEAR(contract "the gas" co*, 5)',
  'NEAR(w0 w1 w2, 40)',
  'from:gas',
  'subject:the',
  'own:deal',
  'quoted:"the gas"',
  'body:NEAR(oil contract, 4)',
  'body:(gas NEAR/2 oil)',
  'subject:w*',
  'any:example',
];

function condition(text: string): TextCondition {
  const parsed = parseQuery(text);
  assert.ok(parsed.ok, text);
  assert.equal(parsed.query.kind, 'text', text);
  return parsed.query as TextCondition;
}

function byFts(reader: ShardReader, { columns: where, match }: TextCondition): number[] {
  const expression = where === 'any' ? ftsMatch(match) : `{${where.join(' ')}} : ${ftsMatch(match)}`;
  return reader.db
    .prepare('SELECT rowid FROM text WHERE text MATCH ? ORDER BY rowid')
    .all(expression)
    .map((row) => Number(row.rowid));
}

function assertSame(reader: ShardReader): void {
  let found = 0;
  for (const text of queries) {
    const wanted = byFts(reader, condition(text));
    const set = new Bitset(messages + 1);
    selectMatches(reader.text, condition(text), set);
    assert.deepEqual(set.toArray(), wanted, text);
    const weighed = new Set<number>();
    weighMatches(
      reader.text,
      condition(text),
      columns.map(() => 1),
      (number, weight) => {
        assert.ok(weight > 0, text);
        weighed.add(number);
      },
    );
    assert.deepEqual(
      [...weighed].sort((a, b) => a - b),
      wanted,
      text,
    );
    found += wanted.length;
  }
  assert.ok(found > messages * 5, 'the queries find something');
}

describe('postings', () => {
  test('of one segment say what MATCH says', (t) => {
    const { reader } = shardOf(t, messages);
    assertSame(reader);
  });

  test('of many segments say what MATCH says', (t) => {
    const { reader } = shardOf(t, 23);
    const segments = Number(reader.db.prepare('SELECT count(DISTINCT segid) n FROM text_idx').get()?.n);
    assert.ok(segments > 100, String(segments));
    assertSame(reader);
  });

  test('say what MATCH says while and after FTS5 merges its segments', (t) => {
    const { dir, reader } = shardOf(t, 100);
    assertSame(reader);
    const db = new DatabaseSync(shardPath(dir, 'w0-000'));
    db.exec("INSERT INTO text (text) VALUES ('optimize')");
    db.close();
    assertSame(reader);
  });

  test('count the places of a word, by column', (t) => {
    const { reader } = shardOf(t, 500);
    const random = chance(7);
    const subjects = Array.from(
      { length: messages },
      (_, i) => indexedDocument(letter(random, i + 1)).subject,
    );
    const counted = new Map<number, number>();
    const weights = columns.map((column) => (column === 'subject' ? 10 : 0));
    weighMatches(reader.text, condition('gas'), weights, (number, weight) => counted.set(number, weight));
    for (const [at, subject] of subjects.entries()) {
      const times = subject.split(' ').filter((word) => word === 'gas').length;
      assert.equal(counted.get(at + 1) ?? 0, times * 10, subject);
    }
  });
});
