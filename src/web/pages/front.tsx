/** The first page: what this trove is, and the ways in. */
import type { Facets } from '../../index/facets.js';
import type { Totals } from '../../store/catalog-reader.js';
import type { NoteLine } from '../desk-notes.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { TimelinePicture } from '../pictures/timeline.js';
import { conditionOn, conditionOnDate, queryText } from '../query-links.js';
import type { Timeline } from '../timeline.js';
import { urls } from '../urls.js';
import { Busiest, type FrontPeople, Later, Missing } from './front-people.js';
import { HitList, type ListedHit } from './hit-list.js';
import { type Frame, Layout, SearchForm } from './layout.js';
import { NewestNotes } from './newest-notes.js';
import { Name } from './text.js';
import { Views } from './views.js';

export interface FrontFacts {
  readonly totals: Totals;
  readonly threads: number;
  readonly attachments: number;
  /** Messages that can be searched already. */
  readonly indexed: number;
  readonly sources: number;
  readonly containers: number;
  /** First and last period that the timeline draws; undefined where all messages are undated. */
  readonly span: { readonly first: string; readonly last: string } | undefined;
  readonly timeline: Timeline;
  readonly facets: Facets;
}

export interface FrontProps {
  readonly frame: Frame;
  readonly facts: FrontFacts;
  /** undefined while mail is coming in. */
  readonly people: FrontPeople | undefined;
  readonly notes: { readonly newest: readonly NoteLine[]; readonly count: number };
  readonly newest: readonly ListedHit[];
}

export function FrontPage({ frame, facts, people, notes, newest }: FrontProps) {
  return (
    <Layout frame={frame} title="Reading room" wide>
      <section class="front-head">
        <h1>
          <Name text={frame.trove} />
        </h1>
        <p class="lead">
          <Summary facts={facts} people={people} />
        </p>
        <SearchForm q="" id="q" />
        <p class="hint">
          Try <Example q="has:attachment type:pdf" />, <Example q='"as discussed"' />,{' '}
          <Example q="subject:invoice" /> or read <a href={urls.help()}>how to search</a>.
        </p>
      </section>
      <TimelinePicture timeline={facts.timeline} label="Messages" search={dateSearch} />
      <Views q="" shown="front" />
      <div class="columns">
        <div>
          <Notes notes={notes} />
          {people === undefined ? <Later /> : <Busiest people={people} />}
          {people === undefined ? undefined : <Missing people={people} />}
          <section>
            <h2>Newest messages</h2>
            {facts.timeline.after > 0 ? (
              <p class="hint">{`Left out here: ${countOf(facts.timeline.after, 'message')} dated long after all others.`}</p>
            ) : undefined}
            <HitList hits={newest} q="" />
            <p class="more">
              <a href={urls.search({ q: '' })}>All messages</a>
            </p>
          </section>
        </div>
        <aside aria-label="About this trove">
          <Account facts={facts} />
          <Folders facets={facts.facets.folder} />
        </aside>
      </div>
    </Layout>
  );
}

const foldersShown = 8;

const dateSearch = (period: string): string => urls.search({ q: queryText(conditionOnDate(period)) });

function Summary({ facts, people }: { facts: FrontFacts; people: FrontPeople | undefined }) {
  const { totals, threads, span } = facts;
  return (
    <>
      <a href={urls.search({ q: '' })}>{countOf(totals.messages, 'message')}</a>
      {threads > 0 ? ` in ${countOf(threads, 'thread')}` : ''}
      {people === undefined ? undefined : (
        <>
          {' '}
          by and to <a href={urls.people()}>{countOf(people.count, 'person', 'people')}</a>
        </>
      )}
      {span === undefined ? undefined : (
        <>
          , dated <time datetime={span.first}>{span.first}</time>
          {span.first === span.last ? undefined : (
            <>
              {' '}
              to <time datetime={span.last}>{span.last}</time>
            </>
          )}
        </>
      )}
      {`, from ${countOf(facts.sources, 'source')}.`}
      {totals.failed > 0 ? (
        <>
          {' '}
          <a href={`${urls.containers()}#failures`}>{formatCount(totals.failed)}</a> could not be read.
        </>
      ) : undefined}
    </>
  );
}

function Notes({ notes }: Pick<FrontProps, 'notes'>) {
  if (notes.count === 0) return undefined;
  return (
    <section>
      <h2>Newest notes</h2>
      <NewestNotes notes={notes.newest} />
      {notes.count > notes.newest.length ? (
        <p class="more">
          <a href={urls.desk()}>{`All ${countOf(notes.count, 'note')}`}</a>
        </p>
      ) : undefined}
    </section>
  );
}

function Example({ q }: { q: string }) {
  return (
    <a href={urls.search({ q })}>
      <code>{q}</code>
    </a>
  );
}

function Account({ facts }: { facts: FrontFacts }) {
  const { totals } = facts;
  return (
    <section>
      <h2>What was received</h2>
      <dl class="figures">
        <Figure
          label="Places where mail was found"
          value={formatCount(totals.received)}
          href={urls.containers()}
        />
        <Figure
          label="Distinct messages"
          value={formatCount(totals.messages)}
          href={urls.search({ q: '' })}
        />
        <Figure label="Found again (duplicates)" value={formatCount(totals.duplicate)} />
        <Figure
          label="Failed"
          value={formatCount(totals.failed)}
          href={totals.failed > 0 ? `${urls.containers()}#failures` : undefined}
        />
        <Figure label="Threads" value={formatCount(facts.threads)} />
        <Figure
          label="Attachments"
          value={formatCount(facts.attachments)}
          href={urls.search({ q: 'has:attachment' })}
        />
        <Figure label="Containers" value={formatCount(facts.containers)} href={urls.containers()} />
        <Figure label="Size of the messages" value={formatBytes(totals.bytes)} />
        {facts.indexed < totals.messages ? (
          <Figure label="Searchable so far" value={formatCount(facts.indexed)} href={urls.progress()} />
        ) : undefined}
      </dl>
    </section>
  );
}

function Figure({ label, value, href }: { label: string; value: string; href?: string | undefined }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{href === undefined ? value : <a href={href}>{value}</a>}</dd>
    </div>
  );
}

function Folders({ facets }: { facets: Facets['folder'] }) {
  const shown = facets.filter((facet) => facet.value !== '').slice(0, foldersShown);
  if (shown.length === 0) return undefined;
  return (
    <section>
      <h2>Folders</h2>
      <ul class="tally">
        {shown.map((facet) => (
          <li>
            <a href={urls.search({ q: queryText(conditionOn('folder', facet.value)) })} title={facet.value}>
              <Name text={facet.label === '' ? facet.value : facet.label} />
            </a>
            <span class="count">{formatCount(facet.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
