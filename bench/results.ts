/** The results as Markdown: bench/results.md, and the table that is printed. */
import type { SizeResult } from './growth.js';
import { type Asked, phaseNames } from './library.js';
import type { LoadResult } from './load.js';
import type { Machine } from './machine.js';
import type { PagesResult } from './pages.js';
import type { Cost } from './process-cost.js';
import { type ContestantResult, type CorpusResult, plainName } from './receive.js';
import type { SearchResult } from './search.js';
import { median, percentile } from './statistics.js';
import { overall, type Results, rateRatios, timesFaster, verdicts } from './targets.js';
import type { VerifyResult } from './verify.js';
import { verifyKinds } from './verify-job.js';

/** When and how a part was measured. */
export interface Circumstances {
  readonly machine: Machine;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly runs: number;
  readonly isQuick: boolean;
  /** Before and after: whoever else was busy shows here. */
  readonly load: readonly [number, number];
}

export interface PartRecord<T> {
  readonly circumstances: Circumstances;
  readonly result: T;
}

export interface Records {
  readonly receive?: PartRecord<readonly CorpusResult[]>;
  readonly queries?: PartRecord<SearchResult>;
  readonly load?: PartRecord<LoadResult>;
  readonly verify?: PartRecord<VerifyResult>;
  readonly growth?: PartRecord<readonly SizeResult[]>;
}

export function resultsOf({ receive, queries, load, verify, growth }: Records): Results {
  return {
    ...(receive === undefined ? {} : { receive: receive.result }),
    ...(queries === undefined ? {} : { queries: queries.result }),
    ...(load === undefined ? {} : { load: load.result }),
    ...(verify === undefined ? {} : { verify: verify.result }),
    ...(growth === undefined ? {} : { growth: growth.result }),
  };
}

/** The whole document. `method` is Markdown about how it was measured. */
export function formatResults(records: Records, method: string): string {
  const { receive, queries, load, verify, growth } = records;
  return [
    '# What was measured',
    'Written by `npm run bench`; do not edit. Every figure is a median of the counted runs unless it says otherwise. Sizes are decimal: 1 MB is 1,000,000 bytes.',
    formatTargets(resultsOf(records)),
    ...(receive === undefined
      ? []
      : ['## Receive', formatCircumstances(receive.circumstances), ...receive.result.map(formatCorpus)]),
    ...(queries === undefined
      ? []
      : ['## Queries', formatCircumstances(queries.circumstances), formatQueries(queries.result)]),
    ...(queries?.result.pages === undefined ? [] : ['## Pages', formatPages(queries.result.pages)]),
    ...(load === undefined
      ? []
      : ['## Readers while mail comes in', formatCircumstances(load.circumstances), formatLoad(load.result)]),
    ...(verify === undefined
      ? []
      : ['## Verify', formatCircumstances(verify.circumstances), formatVerify(verify.result)]),
    ...(growth === undefined
      ? []
      : ['## Growth', formatCircumstances(growth.circumstances), formatGrowth(growth.result)]),
    '## How',
    method.trim(),
    '',
  ].join('\n\n');
}

export function formatTargets(results: Results): string {
  return table(
    ['target', 'measured', ''],
    verdicts(results).map(({ target, measured, met }) => [
      target,
      measured,
      met === undefined ? '–' : met ? 'met' : '**not met**',
    ]),
  );
}

function formatCircumstances({ machine, startedAt, seconds, runs, isQuick, load }: Circumstances): string {
  const quick = isQuick ? '**Quick run: small inputs, figures that say nothing about speed.** ' : '';
  return `${quick}${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${figure(seconds / 60)} min, ${runs} counted runs, commit ${machine.commit}. ${machine.processor}, ${machine.cores} cores, ${figure(machine.memoryBytes / 1e9)} GB, ${machine.system}. Node ${machine.node}, SQLite ${machine.sqlite}; ${machine.mu}; ${machine.notmuch}. Load before ${load[0].toFixed(2)}, after ${load[1].toFixed(2)}.`;
}

function formatCorpus(corpus: CorpusResult): string {
  const rows = corpus.contestants.map((contestant) => formatContestant(contestant, corpus));
  const head = [
    '',
    'wall s',
    'messages/s',
    'MB/s',
    'CPU s',
    'peak MB, largest process',
    'peak MB, all',
    'index MB',
    'of it spool MB',
    'original and catalog MB',
    'messages found',
    '× Impart',
  ];
  const failures = corpus.contestants.flatMap(({ name, absent, failures }) => [
    ...(absent === undefined ? [] : [`- ${name}: ${absent}`]),
    ...failures.map((failure) => `- ${name} failed: ${failure}`),
  ]);
  return [
    `### ${corpus.name}: ${count(corpus.messages)} messages, ${figure(corpus.bytes / 1e6)} MB`,
    table(head, rows),
    ...(failures.length === 0 ? [] : [failures.join('\n')]),
    `First hit: ${corpus.firstHits.map(formatFirstHits).join('; ')}.`,
  ].join('\n\n');
}

function formatContestant({ name, rounds, made }: ContestantResult, corpus: CorpusResult): string[] {
  const costs = rounds.filter((cost) => cost !== null);
  const ratios = name === plainName ? [] : timesFaster(corpus, name);
  if (costs.length === 0) return [name, 'none', ...Array.from({ length: 10 }, () => '')];
  const wall = median(costs.map((cost) => cost.wallSeconds));
  return [
    name,
    spread(costs.map((cost) => cost.wallSeconds)),
    count(corpus.messages / wall),
    figure(corpus.bytes / 1e6 / wall),
    spread(costs.map(cpuSeconds)),
    megabytes(costs.map((cost) => cost.peakBytes)),
    megabytes(costs.map((cost) => cost.peakSumBytes)),
    figure((made?.indexBytes ?? 0) / 1e6),
    made?.spoolBytes === undefined ? '' : figure(made.spoolBytes / 1e6),
    made?.originalBytes === undefined ? '' : figure((made.originalBytes + (made.catalogBytes ?? 0)) / 1e6),
    count(made?.messages ?? 0),
    ratios.length === 0 ? '' : `${figure(median(ratios))} (${ratios.map(figure).join(', ')})`,
  ];
}

const formatFirstHits = ({ name, seconds, failures }: CorpusResult['firstHits'][number]): string =>
  `${name} ${seconds.length === 0 ? 'none' : `${median(seconds).toFixed(2)} s (${seconds.map((each) => each.toFixed(2)).join(', ')})`}${failures.map((failure) => `, failed: ${failure}`).join('')}`;

function formatQueries({ messages, bytes, library, http, httpFailure }: SearchResult): string {
  const { word, asked, walks } = library.mostCommon;
  const summary = (name: string, all: readonly { readonly milliseconds: readonly number[] }[]): string[] => [
    name,
    ...[50, 95, 99].map((percent) => overall(all, percent).toFixed(1)),
    count(all.flatMap(({ milliseconds }) => milliseconds).length),
  ];
  const rows = [...library.asked, ...asked].map((query) =>
    formatAsked(
      query,
      http.find(({ text, sort }) => text === query.text && sort === query.sort)?.milliseconds,
    ),
  );
  return [
    `${count(messages)} messages, ${figure(bytes / 1e6)} MB; ${count(library.indexed)} different ones. The archive opens in ${figure(library.openMilliseconds)} ms; the process that asks held ${library.ownBytes === undefined ? 'an unknown number of' : figure(library.ownBytes / 1e6)} MB of its own at the end (${figure(library.peakBytes / 1e6)} MB at most with the pages of the index that it has mapped, which the system may take back). Milliseconds:`,
    table(
      ['all queries', 'p50', 'p95', 'p99', 'answers'],
      [
        summary('library', library.asked),
        ...phaseNames.map((phase) =>
          summary(
            `of it ${phase}`,
            library.asked.map(({ phases }) => ({ milliseconds: phases[phase] })),
          ),
        ),
        ...(http.length === 0 ? [] : [summary('HTTP', http)]),
      ],
    ),
    ...(http.length === 0 ? [`Not measured through HTTP: ${httpFailure ?? ''}`] : []),
    `Answers of the library that came from a cache of results: ${library.fromCache}. The most common word is "${word}". Walked by cursor: ${walks.map(({ sort, hits, reached, seconds }) => `${sort}, ${count(reached)} of ${count(hits)} hits in ${seconds.toFixed(2)} s`).join('; ')}.`,
    table(
      [
        'query',
        'order',
        'what',
        'hits',
        'library p50',
        'library max',
        ...phaseNames.map((phase) => `${phase} p50`),
        'HTTP p50',
        'HTTP max',
      ],
      rows,
    ),
  ].join('\n\n');
}

function formatPages({ firstVisit, laterVisit, kinds, ownBytes }: PagesResult): string {
  const rows = kinds.map(({ name, milliseconds, wireBytes, bytes, failed }) => [
    name,
    count(milliseconds.length),
    ...(milliseconds.length === 0
      ? ['', '', '']
      : [
          percentile(milliseconds, 50).toFixed(1),
          percentile(milliseconds, 95).toFixed(1),
          Math.max(...milliseconds).toFixed(1),
        ]),
    (wireBytes / 1000).toFixed(1),
    (bytes / 1000).toFixed(1),
    count(failed),
  ]);
  return [
    `Of the trove that was queried, at the server. The first page took ${firstVisit.toFixed(0)} ms when it was asked the moment the server was ready, ${laterVisit.toFixed(0)} ms three seconds later. The server held ${ownBytes === undefined ? 'an unknown number of' : figure(ownBytes / 1e6)} MB of its own at the end.`,
    table(
      ['page', 'asked', 'p50 ms', 'p95 ms', 'max ms', 'longest KB over the wire', 'longest KB', 'failed'],
      rows,
    ),
  ].join('\n\n');
}

function formatLoad({ perSecond, seconds, milliseconds, failed, from, to, ownBytes }: LoadResult): string {
  const times = [50, 95, 99, 100].map((percent) => percentile(milliseconds, percent).toFixed(0));
  return [
    `${perSecond} requests a second for ${seconds} s, ${count(milliseconds.length)} in all, while the trove grew from ${count(from)} to ${count(to)} messages. ${count(failed)} failed. The server held ${ownBytes === undefined ? 'an unknown number of' : figure(ownBytes / 1e6)} MB of its own at the end.`,
    table(['', 'p50', 'p95', 'p99', 'max'], [['milliseconds after a request was due', ...times]]),
  ].join('\n\n');
}

function formatAsked(
  { text, sort, what, hits, milliseconds, phases }: Asked,
  http: readonly number[] = [],
): string[] {
  const times = (values: readonly number[]): string[] =>
    values.length === 0 ? ['', ''] : [percentile(values, 50).toFixed(1), Math.max(...values).toFixed(1)];
  return [
    `\`${text === '' ? ' ' : text}\``,
    sort,
    what,
    count(hits),
    ...times(milliseconds),
    ...phaseNames.map((phase) => percentile(phases[phase], 50).toFixed(1)),
    ...times(http),
  ];
}

function formatGrowth(sizes: readonly SizeResult[]): string {
  const head = [
    'messages',
    'MB',
    'wall s',
    'µs/message',
    'CPU µs/message',
    'MB/s',
    'peak MB',
    'index MB',
    'first hit s',
    'query p50 ms',
    'query p95 ms',
    'reader MB',
  ];
  const rows = sizes.map(({ messages, bytes, rounds, made, library, firstHits }) => {
    const costs = rounds.filter((cost) => cost !== null);
    const wall = costs.length === 0 ? Number.NaN : median(costs.map((cost) => cost.wallSeconds));
    const cpu = costs.length === 0 ? Number.NaN : median(costs.map(cpuSeconds));
    return [
      count(messages),
      figure(bytes / 1e6),
      spread(costs.map((cost) => cost.wallSeconds)),
      figure((wall / messages) * 1e6),
      figure((cpu / messages) * 1e6),
      figure(bytes / 1e6 / wall),
      megabytes(costs.map((cost) => cost.peakSumBytes)),
      figure((made?.indexBytes ?? 0) / 1e6),
      firstHits.seconds.length === 0 ? 'none' : median(firstHits.seconds).toFixed(2),
      ...(library === undefined
        ? ['', '', '']
        : [
            overall(library.asked, 50).toFixed(1),
            overall(library.asked, 95).toFixed(1),
            figure(library.peakBytes / 1e6),
          ]),
    ];
  });
  const failures = sizes.flatMap(({ messages, failures, firstHits }) =>
    [...failures, ...firstHits.failures].map((failure) => `- ${count(messages)} messages: ${failure}`),
  );
  return [table(head, rows), ...(failures.length === 0 ? [] : [failures.join('\n')])].join('\n\n');
}

function formatVerify(result: VerifyResult): string {
  const { corpus, threads, signatures, bytes, rates, bodies, passes } = result;
  const names = { impart: 'Impart', mailauth: 'mailauth', limit: 'limit: SHA-256 and a raw verification' };
  const rows = verifyKinds.map((kind) => {
    const others = kind === 'impart' ? [] : rateRatios(result, kind);
    return [
      names[kind],
      spread(rates[kind]),
      figure((median(rates[kind]) * bytes) / signatures / 1e6),
      others.length === 0 ? '' : `${figure(median(others))} (${others.map(figure).join(', ')})`,
    ];
  });
  const failures = passes.filter(({ cost }) => cost === undefined);
  return [
    `${count(signatures)} messages of ${corpus}, ${figure(bytes / 1e6)} MB, each signed once (RSA-2048, relaxed/relaxed) with its key at hand, on ${threads} threads:`,
    table(['', 'signatures/s', 'MB/s', 'Impart ÷ it'], rows),
    `As it came, ${count(bodies.signed)} messages of ${corpus} carry a DKIM signature; of ${count(bodies.intact)} (${((bodies.intact / bodies.signed) * 100).toFixed(1)} %) the body is the one that was signed.`,
    '`impart verify` over whole troves, context included:',
    table(
      ['messages', 'MB', 'wall s', 'CPU s', 'peak MB, all processes'],
      passes.map(({ messages, bytes: size, cost }) => [
        count(messages),
        figure(size / 1e6),
        cost === undefined ? 'failed' : figure(cost.wallSeconds),
        cost === undefined ? '' : figure(cpuSeconds(cost)),
        megabytes([cost?.peakSumBytes]),
      ]),
    ),
    ...failures.map(({ messages, failure }) => `- ${count(messages)} messages: ${failure}`),
  ].join('\n\n');
}

const cpuSeconds = (cost: Cost): number => cost.userSeconds + cost.systemSeconds;

/** `2.31 (2.20–2.49)` */
function spread(values: readonly number[]): string {
  if (values.length === 0) return 'none';
  const around =
    values.length === 1 ? '' : ` (${figure(Math.min(...values))}–${figure(Math.max(...values))})`;
  return `${figure(median(values))}${around}`;
}

/** The largest, because a limit must hold in every run. */
function megabytes(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? 'unknown' : figure(Math.max(...known) / 1e6);
}

const count = (value: number): string => Math.round(value).toLocaleString('en');

/** Three digits. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return 'unknown';
  return Math.abs(value) >= 100 ? count(value) : value.toPrecision(3).replace(/\.0+$/, '');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---'))), ...rows.map(line)].join(
    '\n',
  );
}
