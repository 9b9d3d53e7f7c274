/** `/search`. */
import type { Hono } from 'hono';
import { OperatorError } from '../../errors.js';
import type { Page } from '../../index/page.js';
import { parseQuery } from '../../index/query/parse.js';
import type { Query } from '../../index/query/query.js';
import type { SortOrder } from '../../index/search.js';
import { limits } from '../../limits.js';
import type { LiveArchive, OpenArchive } from '../live-archive.js';
import { hitDesk } from '../message-desk.js';
import type { ListedHit } from '../pages/hit-list.js';
import { ProgressPage } from '../pages/progress.js';
import { MalformedQueryPage, SearchPage, type Suggestion } from '../pages/search.js';
import { facetsOf, timelineOf } from '../picture-facts.js';
import { respelled } from '../query-links.js';
import { frameOf, page } from '../respond.js';
import { routes } from '../urls.js';

const hitsPerPage = 25;
/** Seconds until an empty trove is looked at again. */
const refreshWhileEmpty = 2;

export function registerSearch(app: Hono, live: LiveArchive): void {
  app.get(routes.search, async (context) => {
    const { q = '', sort, after, copies } = context.req.query();
    return answerSearch(live, {
      q: q.trim(),
      sort: sort === 'relevance' ? 'relevance' : 'date',
      after,
      every: copies === 'all',
    });
  });
}

/** Until the first message can be read, these pages show how far the receive is. */
export function waiting(live: LiveArchive, open: OpenArchive | undefined): Response {
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

interface Asked {
  readonly q: string;
  readonly sort: SortOrder;
  readonly after: string | undefined;
  /** Also the hits that say the same as another. */
  readonly every: boolean;
}

async function answerSearch(live: LiveArchive, asked: Asked): Promise<Response> {
  const { q, sort, after, every } = asked;
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
  const found = pageOf(open, query, asked);
  const count = index.evaluate(query).count;
  const facets = facetsOf(open, query);
  const hits = withCopies(open, query, await listedHits(live, open, found, query), asked);
  const suggestion = count === 0 ? suggestionFor(open, query) : undefined;
  const result = {
    query,
    notes,
    sort,
    count,
    texts: index.collapsed(query).count,
    every,
    hits,
    facets,
    timeline: timelineOf(open, query),
    after,
    next: found.next,
    suggestion,
  };
  return page(<SearchPage frame={frame} q={q} result={result} />);
}

/** Throws OperatorError `cursor-malformed` for a cursor that someone made up. */
function pageOf(open: OpenArchive, query: Query, { sort, after, every }: Asked): Page {
  try {
    return open.archive.index.page(query, sort, hitsPerPage, after === '' ? undefined : after, !every);
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

export async function listedHits(
  live: LiveArchive,
  open: OpenArchive,
  found: Page,
  query: Query,
): Promise<ListedHit[]> {
  const hits = await open.archive.hits(found.numbers, query);
  return hits.map((hit) => ({
    ...hit,
    threadSize: open.threadSize(hit.thread),
    desk: hitDesk(live.desk, hit.sha256),
  }));
}

/** Beside each hit how many of the others say the same. */
function withCopies(
  { archive: { index } }: OpenArchive,
  query: Query,
  hits: ListedHit[],
  { every }: Asked,
): ListedHit[] {
  if (every) return hits;
  const set = index.evaluate(query);
  return hits.map((hit) => ({ ...hit, copies: index.nearCopies.behind(hit.number, set) }));
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
