import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOptions } from '../../bench/options.js';
import { queries } from '../../bench/queries.js';
import { type ContestantResult, type CorpusResult, plainName } from '../../bench/receive.js';
import { formatResults, formatTargets, type Records } from '../../bench/results.js';
import { type Results, verdicts } from '../../bench/targets.js';
import { parseQuery } from '../../src/index/query/parse.js';

const cost = (wallSeconds: number, peakSumBytes = 300e6) => ({
  wallSeconds,
  userSeconds: wallSeconds,
  systemSeconds: 0.1,
  peakBytes: peakSumBytes,
  peakSumBytes,
});

const contestant = (
  name: string,
  seconds: readonly (number | null)[],
  indexBytes: number,
): ContestantResult => ({
  name,
  rounds: seconds.map((wall) => (wall === null ? null : cost(wall))),
  failures: [],
  made: { messages: 100, indexBytes },
});

const corpus = (name: string, contestants: readonly ContestantResult[]): CorpusResult => ({
  name,
  messages: 100,
  bytes: 1e6,
  contestants,
  firstHits: [{ name: plainName, seconds: [0.5, 2.5, 0.6], failures: [] }],
});

const verdict = (results: Results, start: string) =>
  verdicts(results).find(({ target }) => target.startsWith(start));

test('a speed target is met by the median of the ratios round by round', () => {
  const results = {
    receive: [
      corpus('enron-43k', [
        contestant(plainName, [1, 2, 1], 20),
        contestant('mu', [13, 20, 12], 100),
        contestant('notmuch', [17, 40, 17], 100),
      ]),
    ],
  };
  assert.deepEqual(verdict(results, 'receive ≥ 12 × mu'), {
    target: 'receive ≥ 12 × mu on enron',
    measured: '12.0 ×',
    met: true,
  });
  assert.equal(verdict(results, 'receive ≥ 18 × notmuch')?.met, false);
});

test('a peer that is missing leaves its targets open, neither met nor missed', () => {
  const results = {
    receive: [
      corpus('enron-43k', [
        contestant(plainName, [1], 20),
        { name: 'mu', absent: 'mu is not installed', rounds: [], failures: [] },
      ]),
    ],
  };
  assert.deepEqual(verdict(results, 'receive ≥ 12 × mu'), {
    target: 'receive ≥ 12 × mu on enron',
    measured: 'not measured',
  });
  assert.equal(verdict(results, "index ≤ 25 % of mu's")?.met, undefined);
});

test('one run over the memory limit misses the target', () => {
  const ours = { ...contestant(plainName, [1, 1], 20), rounds: [cost(1), cost(1, 400_000_001)] };
  assert.equal(verdict({ receive: [corpus('enron-43k', [ours])] }, 'peak memory')?.met, false);
});

test('memory of peers is not held against the limit', () => {
  const peer = { ...contestant('mu', [1], 20), rounds: [cost(1, 900e6)] };
  assert.equal(
    verdict({ receive: [corpus('enron-43k', [contestant(plainName, [1], 20), peer])] }, 'peak memory')?.met,
    true,
  );
});

test('growth compares 1,000,000 with 10,000 messages and stays open without both', () => {
  const size = (messages: number, wall: number) => ({
    messages,
    bytes: 1,
    rounds: [cost(wall)],
    failures: [],
    firstHits: { name: '', seconds: [1], failures: [] },
  });
  assert.equal(verdict({ growth: [size(10_000, 1), size(1_000_000, 130)] }, 'wall per message')?.met, true);
  assert.equal(verdict({ growth: [size(10_000, 1), size(1_000_000, 131)] }, 'wall per message')?.met, false);
  assert.equal(verdict({ growth: [size(10_000, 1), size(100_000, 10)] }, 'wall per message')?.met, undefined);
});

function queryResults(fromCache: number, reached: number): Results {
  const asked = [
    {
      text: 'x',
      sort: 'date' as const,
      what: '',
      hits: 5,
      milliseconds: [1, 2, 3],
      phases: { set: [1], page: [1], snippets: [1], facets: [1] },
    },
  ];
  return {
    queries: {
      messages: 170_000,
      bytes: 1,
      http: [],
      httpFailure: 'impart serve ended: no',
      library: {
        indexed: 5,
        openMilliseconds: 1,
        asked,
        fromCache,
        peakBytes: 1,
        mostCommon: { word: 'the', asked, walks: [{ sort: 'date', hits: 5, reached, seconds: 1 }] },
      },
    },
  };
}

test('times of answers from a cache meet no target', () => {
  assert.equal(verdict(queryResults(0, 5), 'query p95')?.met, true);
  assert.equal(verdict(queryResults(1, 5), 'query p95')?.met, false);
});

test('a hit that no page shows misses the target', () => {
  assert.equal(verdict(queryResults(0, 5), 'every hit')?.met, true);
  assert.equal(verdict(queryResults(0, 4), 'every hit')?.met, false);
});

test('nothing measured is a table of open targets', () => {
  const lines = formatTargets({}).split('\n').slice(2);
  assert.ok(lines.length > 5);
  for (const line of lines) assert.match(line, /\| not measured.* \| – \|$/);
});

test('a failed and a missing peer are named in the results', () => {
  const failed = { ...contestant('mu', [null], 0), failures: ['ended with 1: disk full'] };
  const missing = { name: 'notmuch', absent: 'notmuch is not installed', rounds: [], failures: [] };
  const machine = {
    processor: 'P',
    cores: 2,
    memoryBytes: 1,
    system: 's',
    node: 'n',
    sqlite: 's',
    mu: 'm',
    notmuch: 'n',
    commit: 'c',
  };
  const circumstances = {
    machine,
    startedAt: '2026-01-01T00:00:00.000Z',
    seconds: 60,
    runs: 1,
    isQuick: false,
    load: [0, 1] as const,
  };
  const records: Records = {
    receive: {
      circumstances,
      result: [corpus('enron-43k', [contestant(plainName, [1], 20), failed, missing])],
    },
  };
  const text = formatResults(records, 'method');
  assert.match(text, /- mu failed: ended with 1: disk full/);
  assert.match(text, /- notmuch: notmuch is not installed/);
});

test('the thirty queries are different and understood without notes', () => {
  assert.equal(queries.length, 30);
  assert.equal(new Set(queries.map(({ text, sort }) => `${sort} ${text}`)).size, 30);
  for (const { text } of queries) {
    const parsed = parseQuery(text);
    assert.ok(parsed.ok, text);
    assert.deepEqual(parsed.notes, [], text);
  }
});

test('there are more orders by relevance among the queries than the program keeps', () => {
  assert.ok(queries.filter(({ sort }) => sort === 'relevance').length > 8);
});

test('options have the defaults that the help states', () => {
  const options = parseOptions([], {});
  assert.deepEqual(
    [options?.only, options?.runs, options?.quick, options?.slow],
    [['receive', 'queries', 'load', 'verify', 'growth'], 3, false, false],
  );
  assert.equal(parseOptions(['--quick'], {})?.runs, 1);
  assert.equal(parseOptions([], { IMPART_SLOW: '1' })?.slow, true);
  assert.deepEqual(parseOptions(['--only', 'growth,receive', '--runs', '5'], {})?.only, [
    'growth',
    'receive',
  ]);
  assert.equal(parseOptions(['--help'], {}), undefined);
});

test('wrong options are refused', () => {
  for (const args of [['--runs', '0'], ['--runs', 'x'], ['--only', 'all'], ['--fast'], ['stray']])
    assert.throws(() => parseOptions(args, {}), Error, args.join(' '));
});
