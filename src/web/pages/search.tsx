/** The hits of a query: how it was understood, how many, the hits themselves, and ways to narrow them. */

import type { Facets } from '../../index/facets.js';
import type { Query, QueryError, QueryNote } from '../../index/query/query.js';
import type { SortOrder } from '../../index/search.js';
import { countOf } from '../figures.js';
import { TimelinePicture } from '../pictures/timeline.js';
import { conditionOnDate, queryText, withCondition } from '../query-links.js';
import type { Timeline } from '../timeline.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { FacetLists } from './facets.js';
import { HitList, type ListedHit } from './hit-list.js';
import { type Frame, Layout } from './layout.js';
import { ResultDesk } from './result-desk.js';
import { Name } from './text.js';
import { Understood } from './understood.js';
import { Views } from './views.js';

export interface SearchResult {
  readonly query: Query;
  readonly notes: readonly QueryNote[];
  readonly sort: SortOrder;
  readonly count: number;
  /** Of these that say the same only one. */
  readonly texts: number;
  /** Each of them is listed. */
  readonly every: boolean;
  readonly hits: readonly ListedHit[];
  readonly facets: Facets;
  readonly timeline: Timeline;
  /** Cursor of this page, undefined on the first. */
  readonly after: string | undefined;
  readonly next: string | undefined;
  readonly suggestion: Suggestion | undefined;
}

export interface Suggestion {
  /** Words that are in no message. */
  readonly words: readonly string[];
  /** The whole query with other spellings. */
  readonly query: Query;
}

export function SearchPage({ frame, q, result }: { frame: Frame; q: string; result: SearchResult }) {
  const { query, sort, count, hits, facets, after, timeline } = result;
  const period = (value: string): string => {
    const condition = conditionOnDate(value);
    return urls.search({ q: condition === undefined ? q : queryText(withCondition(query, condition)), sort });
  };
  return (
    <Layout frame={frame} title={q === '' ? 'All mail' : visibleName(q)} q={q} sort={sort} wide>
      <ResultHead q={q} result={result} />
      {count === 0 ? (
        <NothingFound result={result} frame={frame} />
      ) : (
        <>
          {after === undefined ? (
            <TimelinePicture timeline={timeline} label="Hits" search={period} />
          ) : undefined}
          <div class="columns facetted">
            <section aria-labelledby="hits">
              <h2 id="hits" class="unseen">
                Hits
              </h2>
              <HitList hits={hits} q={q} />
              <Pager q={q} result={result} />
            </section>
            <FacetLists facets={facets} query={query} sort={sort} />
          </div>
        </>
      )}
    </Layout>
  );
}

function ResultHead({ q, result }: { q: string; result: SearchResult }) {
  const { query, notes, sort, count } = result;
  return (
    <header class="result-head">
      <h1>{countOf(count, 'message')}</h1>
      <Understood query={query} address={(other) => urls.search({ q: other, sort })} />
      {notes.map((note) => (
        <p class="note">{visibleName(note.message)}</p>
      ))}
      {count > 0 ? <Views q={q} shown="list" /> : undefined}
      {count > 1 ? <SortChoice q={q} sort={sort} every={result.every} /> : undefined}
      <CopiesChoice q={q} result={result} />
      {count > 0 ? <ResultDesk q={q} sort={sort} count={count} /> : undefined}
    </header>
  );
}

function SortChoice({ q, sort, every }: { q: string; sort: SortOrder; every: boolean }) {
  const choice = (order: SortOrder, label: string) =>
    sort === order ? (
      <strong aria-current="true">{label}</strong>
    ) : (
      <a href={urls.search({ q, sort: order, every })}>{label}</a>
    );
  return (
    <p class="sort">
      {choice('date', 'newest first')} {choice('relevance', 'best match first')}
      <a href={urls.attachments({ q })}>attachments of these</a>
    </p>
  );
}

/** Whether what says the same is listed once, and the way to the other list. */
function CopiesChoice({ q, result }: { q: string; result: SearchResult }) {
  const { count, texts, every, sort } = result;
  if (texts === count) return undefined;
  return (
    <p class="hint">
      {every
        ? `Each is listed; ${countOf(count - texts, 'of them says', 'of them say')} the same as another. `
        : `Listed as ${countOf(texts, 'text')}: ${countOf(count - texts, 'message that says', 'messages that say')} the same ${count - texts === 1 ? 'is' : 'are'} counted beside ${texts === 1 ? 'it' : 'them'}. `}
      <a href={urls.search({ q, sort, every: !every })}>
        {every ? 'List each text once' : 'List each message'}
      </a>
    </p>
  );
}

function NothingFound({ result, frame }: { result: SearchResult; frame: Frame }) {
  const { suggestion, sort } = result;
  return (
    <section class="nothing">
      {suggestion === undefined ? undefined : (
        <p class="suggestion">
          Did you mean{' '}
          <a href={urls.search({ q: queryText(suggestion.query), sort })}>
            <Name text={queryText(suggestion.query)} />
          </a>
          ? No message has{' '}
          {suggestion.words.map((word, at) => (
            <>
              {at > 0 ? ' or ' : undefined}
              <Name text={word} />
            </>
          ))}
          .
        </p>
      )}
      <p>
        No message of this trove fits the query as it was understood. Take a condition back above, or read{' '}
        <a href={urls.help()}>how to search</a>.
      </p>
      {frame.progress?.isReceiving === true ? (
        <p>
          Mail is still <a href={urls.progress()}>coming in</a>: the answer may change.
        </p>
      ) : undefined}
    </section>
  );
}

function Pager({ q, result }: { q: string; result: SearchResult }) {
  const { sort, every, after, next } = result;
  if (after === undefined && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of hits">
      {after === undefined ? undefined : <a href={urls.search({ q, sort, every })}>First page</a>}
      {next === undefined ? (
        <span class="absent">These are the last hits</span>
      ) : (
        <a rel="next" href={urls.search({ q, sort, every, after: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}

/** A query that cannot be understood, with its place marked. */
export function MalformedQueryPage({ frame, q, error }: { frame: Frame; q: string; error: QueryError }) {
  const end = error.offset + Math.max(1, error.length);
  return (
    <Layout frame={frame} title="Query not understood" q={q}>
      <h1>This query is not clear</h1>
      <p class="lead">{visibleName(error.message)}</p>
      <pre class="malformed">
        <bdi>
          {visibleName(q.slice(0, error.offset))}
          <mark>{visibleName(q.slice(error.offset, end)) || '‸'}</mark>
          {visibleName(q.slice(end))}
        </bdi>
      </pre>
      {error.hint === '' ? undefined : <p>{visibleName(error.hint)}</p>}
      <p>
        <a href={urls.help()}>How to search</a>
      </p>
    </Layout>
  );
}
