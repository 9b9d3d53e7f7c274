/** `/` and `/search`. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import type { Facets } from '../../index/facets.js';
import { parseQuery } from '../../index/query/parse.js';
import type { Query } from '../../index/query/query.js';
import type { Page } from '../../index/page.js';
import type { SortOrder } from '../../index/search.js';
import { limits } from '../../limits.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { type FrontFacts, FrontPage } from '../pages/front.js';
import type { ListedHit } from '../pages/hit-list.js';
import { ProgressPage } from '../pages/progress.js';
import { MalformedQueryPage, SearchPage, type Suggestion } from '../pages/search.js';
import { conditionOnDate, respelled } from '../query-links.js';
import { frameOf, page } from '../respond.js';
import { timeline } from '../timeline.js';
import { routes } from '../urls.js';

const hitsPerPage = 25;
const newestShown = 8;
/** Seconds until an empty trove is looked at again. */
const refreshWhileEmpty = 2;

export function registerSearch(app: Hono, live: LiveArchive): void {
  app.get(routes.home, async () => {
    const open = live.current();
    if (open === undefined || open.archive.index.indexed === 0) return waiting(live, open);
    const facts = frontFacts(open);
    const hits = await listedHits(open, open.archive.index.page(withoutStrays(facts), 'date', newestShown), {
      kind: 'all',
    });
    return page(<FrontPage frame={frameOf(live)} facts={facts} newest={hits} />);
  });
  app.get(routes.search, async (context) => {
    const { q = '', sort, after } = context.req.query();
    return answerSearch(live, q.trim(), sort === 'relevance' ? 'relevance' : 'date', after);
  });
}

/** Clocks that ran decades ahead would fill the list of the newest messages. */
function withoutStrays({ timeline: { after }, span }: FrontFacts): Query {
  return after === 0 || span === undefined
    ? { kind: 'all' }
    : (conditionOnDate(`..${span.last}`) ?? { kind: 'all' });
}

/** Until the first message can be read, these pages show how far the receive is. */
function waiting(live: LiveArchive, open: OpenArchive | undefined): Response {
  return page(
    <ProgressPage
      frame={frameOf(live)}
      progress={open?.progress}
      accessions={open?.accessions ?? []}
      indexed={0}
      failed={open?.totals.failed ?? 0}
      failures={open?.archive.index.catalog.failures(10) ?? []}
    />,
    {
      refresh:
        open === undefined || open.accessions.length === 0 || open.progress.isReceiving
          ? refreshWhileEmpty
          : undefined,
    },
  );
}

function frontFacts(open: OpenArchive): FrontFacts {
  return open.derived('front', () => {
    const { index } = open.archive;
    const facets = index.facets({ kind: 'all' });
    const picture = timeline(facets.months);
    const [first] = picture.bars;
    const last = picture.bars.at(-1);
    return {
      totals: open.totals,
      threads: index.threadCount,
      attachments: index.attachmentCount(),
      indexed: index.indexed,
      sources: open.accessions.filter((accession) => accession.state !== 'superseded').length,
      containers: index.catalog.containers().length,
      span:
        first === undefined || last === undefined ? undefined : { first: first.period, last: last.period },
      timeline: picture,
      facets,
    };
  });
}

async function answerSearch(
  live: LiveArchive,
  q: string,
  sort: SortOrder,
  after: string | undefined,
): Promise<Response> {
  const frame = frameOf(live);
  const parsed = parseQuery(q);
  if (!parsed.ok) {
    // What is far too long is not sent back whole.
    const shown = q.slice(0, limits.maxQueryCharacters + 100);
    return page(<MalformedQueryPage frame={frame} q={shown} error={parsed.error} />, { status: 400 });
  }
  const open = live.current();
  if (open === undefined || open.archive.index.indexed === 0) return waiting(live, open);
  const { query, notes } = parsed;
  const { index } = open.archive;
  const found = pageOf(open, query, sort, after);
  const count = index.evaluate(query).count;
  const facets = facetsOf(open, query);
  const hits = await listedHits(open, found, query);
  const suggestion = count === 0 ? suggestionFor(open, query) : undefined;
  const result = {
    query,
    notes,
    sort,
    count,
    hits,
    facets,
    timeline: timeline(facets.months),
    after,
    next: found.next,
    suggestion,
  };
  return page(<SearchPage frame={frame} q={q} result={result} />);
}

/** Throws OperatorError `cursor-malformed` for a cursor that someone made up. */
function pageOf(open: OpenArchive, query: Query, sort: SortOrder, after: string | undefined): Page {
  try {
    return open.archive.index.page(query, sort, hitsPerPage, after === '' ? undefined : after);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new OperatorError(
      'cursor-malformed',
      'The part of the address that names the page of hits is damaged.',
      'Search again from the first page.',
      error,
    );
  }
}

/** Pages of one search share their facets: the last few are kept until the trove changes. */
const keptFacets = 8;

function facetsOf(open: OpenArchive, query: Query): Facets {
  const kept = open.derived('facets', () => new Map<string, Facets>());
  const key = open.archive.index.keyOf(query);
  const known = kept.get(key);
  if (known !== undefined) return known;
  const facets = open.archive.index.facets(query);
  kept.set(key, facets);
  const [oldest] = kept.keys();
  if (kept.size > keptFacets && oldest !== undefined) kept.delete(oldest);
  return facets;
}

async function listedHits(open: OpenArchive, found: Page, query: Query): Promise<ListedHit[]> {
  const hits = await open.archive.hits(found.numbers, query);
  return hits.map((hit) => ({ ...hit, threadSize: open.threadSize(hit.thread) }));
}

/** Words that are corrected in one suggestion. */
const maxCorrected = 4;

function suggestionFor(open: OpenArchive, query: Query): Suggestion | undefined {
  const { archive } = open;
  const words: string[] = [];
  let better = query;
  for (
    let found = archive.suggest(better);
    found !== undefined && words.length < maxCorrected;
    found = archive.suggest(better)
  ) {
    if (words.includes(found.word)) break;
    words.push(found.word);
    better = respelled(better, found.word, found.instead);
  }
  return words.length === 0 ? undefined : { words, query: better };
}
