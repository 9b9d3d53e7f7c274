/** What was promised for speed and size, held against what was measured. */

import type { SizeResult } from './growth.js';
import type { LoadResult } from './load.js';
import type { PagesResult } from './pages.js';
import { type ContestantResult, type CorpusResult, plainName } from './receive.js';
import type { SearchResult } from './search.js';
import { median, pairRatios, percentile } from './statistics.js';
import type { VerifyResult } from './verify.js';
import type { VerifyKind } from './verify-job.js';

export interface Verdict {
  readonly target: string;
  readonly measured: string;
  /** undefined where it was not measured. */
  readonly met?: boolean;
}

export interface Results {
  readonly receive?: readonly CorpusResult[];
  readonly queries?: SearchResult;
  readonly load?: LoadResult;
  readonly verify?: VerifyResult;
  readonly growth?: readonly SizeResult[];
}

/** Times the peers' wall time. The corpora are told apart by the start of their names. */
const speedTargets = [
  { corpus: 'enron', peer: 'mu', times: 12 },
  { corpus: 'enron', peer: 'notmuch', times: 18 },
  { corpus: 'openbmc', peer: 'mu', times: 7 },
  { corpus: 'openbmc', peer: 'notmuch', times: 14 },
] as const;
const firstHitSeconds = 2;
const peakMegabytes = 400;
const indexPartOfMu = 0.25;
const queryMilliseconds = 25;
const commonWordMilliseconds = 150;
const pageMilliseconds = 100;
const pageBytes = 60_000;
const firstPageMilliseconds = 150;
const loadMilliseconds = 250;
const timesMailauth = 10;
const partOfLimit = 0.4;
/** Memory of a pass over ten times the messages. */
const flatTimes = 1.25;
const growthTimes = 1.3;
const growthFrom = 10_000;
const growthTo = 1_000_000;

export function verdicts(results: Results): Verdict[] {
  return [
    ...speedTargets.map((target) => speed(results, target)),
    firstHit(results),
    memory(results),
    ...(results.receive ?? []).map(indexSize),
    ...(results.queries === undefined
      ? [{ target: `query p95 ≤ ${queryMilliseconds} ms`, measured: 'not measured' }]
      : [...searching(results.queries), ...pages(results.queries)]),
    ...(results.load === undefined
      ? [{ target: `200 requests a second while receiving`, measured: 'not measured' }]
      : [underLoad(results.load)]),
    ...verifying(results),
    growth(results, 'wall', (cost) => cost.wallSeconds),
    growth(results, 'CPU', (cost) => cost.userSeconds + cost.systemSeconds),
  ];
}

const wallOf = (result: ContestantResult): (number | undefined)[] =>
  result.rounds.map((cost) => cost?.wallSeconds);

/** The peer's wall time as a multiple of Impart's, round by round. */
export function timesFaster(corpus: CorpusResult, peer: string): number[] {
  const ours = corpus.contestants.find(({ name }) => name === plainName);
  const other = corpus.contestants.find(({ name }) => name === peer);
  return ours === undefined || other === undefined ? [] : pairRatios(wallOf(ours), wallOf(other));
}

function speed({ receive = [] }: Results, { corpus, peer, times }: (typeof speedTargets)[number]): Verdict {
  const target = `receive ≥ ${times} × ${peer} on ${corpus}`;
  const measured = receive.find(({ name }) => name.startsWith(corpus));
  const ratios = measured === undefined ? [] : timesFaster(measured, peer);
  if (ratios.length === 0) return { target, measured: 'not measured' };
  return { target, measured: `${median(ratios).toFixed(1)} ×`, met: median(ratios) >= times };
}

function firstHit({ receive = [], growth: sizes = [] }: Results): Verdict {
  const target = `first hit ≤ ${firstHitSeconds} s whatever the size`;
  const measured = [
    ...receive.flatMap((corpus) => corpus.firstHits),
    ...sizes.map((size) => size.firstHits),
  ].filter(({ seconds }) => seconds.length > 0);
  if (measured.length === 0) return { target, measured: 'not measured' };
  const slowest = Math.max(...measured.map(({ seconds }) => median(seconds)));
  return {
    target,
    measured: `${slowest.toFixed(2)} s (slowest of ${measured.length} medians)`,
    met: slowest <= firstHitSeconds,
  };
}

function memory({ receive = [], growth: sizes = [] }: Results): Verdict {
  const target = `peak memory of a receive ≤ ${peakMegabytes} MB`;
  const ours = receive.flatMap(({ contestants }) =>
    contestants.filter(({ name }) => name.startsWith('Impart')),
  );
  const peaks = [...ours, ...sizes].flatMap(({ rounds }) =>
    rounds.flatMap((cost) => cost?.peakSumBytes ?? []),
  );
  if (peaks.length === 0) return { target, measured: 'not measured' };
  const largest = Math.max(...peaks) / 1e6;
  return {
    target,
    measured: `${largest.toFixed(0)} MB (largest of ${peaks.length} runs)`,
    met: largest <= peakMegabytes,
  };
}

function indexSize(corpus: CorpusResult): Verdict {
  const target = `index ≤ ${indexPartOfMu * 100} % of mu's on ${corpus.name}`;
  const made = (wanted: string) => corpus.contestants.find(({ name }) => name === wanted)?.made?.indexBytes;
  const ours = made(plainName);
  const theirs = made('mu');
  if (ours === undefined || theirs === undefined) return { target, measured: 'not measured' };
  return { target, measured: `${((ours / theirs) * 100).toFixed(0)} %`, met: ours / theirs <= indexPartOfMu };
}

/** Of all answers, whatever the query. */
export function overall(
  asked: readonly { readonly milliseconds: readonly number[] }[],
  percent: number,
): number {
  return percentile(
    asked.flatMap(({ milliseconds }) => milliseconds),
    percent,
  );
}

function searching({ messages, library, http, httpFailure }: SearchResult): Verdict[] {
  const at = `at ${messages.toLocaleString('en')} messages`;
  const isHonest = library.fromCache === 0;
  const p95 = overall(library.asked, 95);
  const target = `query p95 ≤ ${queryMilliseconds} ms ${at}`;
  const verdict: Verdict[] = [
    {
      target: `${target}, library`,
      measured: `${p95.toFixed(1)} ms${isHonest ? '' : `, but ${library.fromCache} answers from a cache`}`,
      met: isHonest && p95 <= queryMilliseconds,
    },
  ];
  if (http.length === 0)
    verdict.push({
      target: `${target}, HTTP`,
      measured: `not measured: ${httpFailure ?? 'no reason given'}`,
    });
  else
    verdict.push({
      target: `${target}, HTTP`,
      measured: `${overall(http, 95).toFixed(1)} ms`,
      met: overall(http, 95) <= queryMilliseconds,
    });
  const { word, asked, walks } = library.mostCommon;
  const slowest = overall(asked, 95);
  verdict.push({
    target: `the most common word ("${word}") ≤ ${commonWordMilliseconds} ms ${at}`,
    measured: `p95 ${slowest.toFixed(1)} ms, either order`,
    met: slowest <= commonWordMilliseconds,
  });
  const isWhole = walks.every(({ hits, reached }) => hits === reached);
  verdict.push({
    target: 'every hit reachable',
    measured: walks.map(({ hits, reached, sort }) => `${reached} of ${hits} by ${sort}`).join('; '),
    met: isWhole,
  });
  return verdict;
}

function pages({ messages, pages: measured }: SearchResult): Verdict[] {
  const at = `at ${messages.toLocaleString('en')} messages`;
  if (measured === undefined) return [{ target: `pages ${at}`, measured: 'not measured' }];
  const p95 = (kind: PagesResult['kinds'][number]): number => percentile(kind.milliseconds, 95);
  const kinds = measured.kinds.filter(({ milliseconds }) => milliseconds.length > 0);
  const slowest = kinds.reduce((a, b) => (p95(b) > p95(a) ? b : a));
  const longest = kinds.reduce((a, b) => (b.wireBytes > a.wireBytes ? b : a));
  const firstPage = kinds.find(({ name }) => name === 'first page') ?? slowest;
  const failed = kinds.reduce((sum, kind) => sum + kind.failed, 0);
  return [
    {
      target: `every page p95 ≤ ${pageMilliseconds} ms ${at}`,
      measured: `${p95(slowest).toFixed(1)} ms (${slowest.name})${failed > 0 ? `, ${failed} answers failed` : ''}`,
      met: p95(slowest) <= pageMilliseconds && failed === 0,
    },
    {
      target: `every page ≤ ${pageBytes / 1000} KB over the wire ${at}`,
      measured: `${(longest.wireBytes / 1000).toFixed(1)} KB (${longest.name})`,
      met: longest.wireBytes <= pageBytes,
    },
    {
      target: `first page ≤ ${firstPageMilliseconds} ms ${at}`,
      measured: `p95 ${p95(firstPage).toFixed(1)} ms; first visit ${measured.laterVisit.toFixed(0)} ms, in the moment of starting ${measured.firstVisit.toFixed(0)} ms`,
      met: p95(firstPage) <= firstPageMilliseconds && measured.laterVisit <= firstPageMilliseconds,
    },
  ];
}

function underLoad({ perSecond, seconds, milliseconds, failed, isReceivingToTheEnd }: LoadResult): Verdict {
  const p99 = percentile(milliseconds, 99);
  return {
    target: `${perSecond} requests a second for ${seconds} s while receiving: none fails, p99 ≤ ${loadMilliseconds} ms`,
    measured: `${failed} failed, p99 ${p99.toFixed(0)} ms${isReceivingToTheEnd ? '' : ', but the receive ended before'}`,
    met: failed === 0 && p99 <= loadMilliseconds && isReceivingToTheEnd,
  };
}

/** Signatures a second of ours as a multiple of another's, round by round. */
export const rateRatios = ({ rates }: VerifyResult, kind: VerifyKind): number[] =>
  pairRatios(rates[kind], rates.impart);

function verifying({ verify }: Results): Verdict[] {
  const targets = [
    `signatures verified ≥ ${timesMailauth} × mailauth`,
    `signatures verified ≥ ${partOfLimit * 100} % of the limit`,
    `memory of impart verify at 100,000 messages ≤ ${flatTimes} × that at 10,000`,
  ] as const;
  if (verify === undefined) return targets.map((target) => ({ target, measured: 'not measured' }));
  const times = median(rateRatios(verify, 'mailauth'));
  const part = median(rateRatios(verify, 'limit'));
  const [small, large] = [10_000, 100_000].map(
    (size) => verify.passes.find(({ messages }) => messages === size)?.cost?.peakSumBytes,
  );
  const growth = small === undefined || large === undefined ? undefined : large / small;
  return [
    { target: targets[0], measured: `${times.toFixed(1)} ×`, met: times >= timesMailauth },
    { target: targets[1], measured: `${(part * 100).toFixed(0)} %`, met: part >= partOfLimit },
    growth === undefined
      ? { target: targets[2], measured: 'not measured' }
      : {
          target: targets[2],
          measured: `${growth.toFixed(2)} × (${((large ?? 0) / 1e6).toFixed(0)} MB)`,
          met: growth <= flatTimes,
        },
  ];
}

function growth(
  { growth: sizes = [] }: Results,
  what: string,
  cost: (cost: NonNullable<SizeResult['rounds'][number]>) => number,
): Verdict {
  const target = `${what} per message at ${growthTo.toLocaleString('en')} ≤ ${growthTimes} × that at ${growthFrom.toLocaleString('en')}`;
  const perMessage = (count: number): number | undefined => {
    const size = sizes.find(({ messages }) => messages === count);
    const costs = size?.rounds.flatMap((round) => (round === null ? [] : [cost(round) / count])) ?? [];
    return costs.length === 0 ? undefined : median(costs);
  };
  const small = perMessage(growthFrom);
  const large = perMessage(growthTo);
  if (small === undefined || large === undefined) return { target, measured: 'not measured (--slow)' };
  return { target, measured: `${(large / small).toFixed(2)} ×`, met: large / small <= growthTimes };
}
