/** Attachments to look through: by kind, date, size; each file once, however many messages carry it. */
import { mismatch } from '../../extract/type.js';
import type { GallerySort, GalleryPage as Shown } from '../../index/attachment-gallery.js';
import type { BlobRow, ExtractionCounts } from '../../index/attachment-text.js';
import { describeQuery } from '../../index/query/format.js';
import type { Query } from '../../index/query/query.js';
import { countOf, formatBytes, formatCount, formatDay } from '../figures.js';
import { kindNames, mayBeShown, stateName, typeName } from '../file-facts.js';
import { type GalleryState, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

export interface GalleryProps {
  readonly frame: Frame;
  readonly state: GalleryState & { readonly q: string; readonly sort: GallerySort; readonly from: number };
  readonly query: Query;
  readonly shown: Shown;
  readonly counts: ExtractionCounts;
  /** Attachments that the mail has, the same one in two messages twice. */
  readonly inMail: number;
  readonly perPage: number;
}

export function GalleryPage(props: GalleryProps) {
  const { frame, state, query, shown, counts } = props;
  return (
    <Layout frame={frame} title="Attachments" q={state.q} wide>
      <header class="result-head">
        <h1>{countOf(shown.count, 'file')}</h1>
        <p class="understood">
          {query.kind === 'all' ? (
            'attached to the messages of this trove, each distinct file once'
          ) : (
            <>
              {'attached to the messages found by '}
              <a href={urls.search({ q: state.q })}>
                <Name text={describeQuery(query)} />
              </a>
            </>
          )}
        </p>
        <ReadingState counts={counts} inMail={props.inMail} />
        <Sorts state={state} />
      </header>
      <div class="columns facetted">
        <section aria-labelledby="files">
          <h2 id="files" class="unseen">
            Files
          </h2>
          {shown.blobs.length === 0 ? <p class="absent">No file here.</p> : undefined}
          <ul class="gallery">
            {shown.blobs.map((blob) => (
              <li>
                <Card blob={blob} q={state.q} />
              </li>
            ))}
          </ul>
          <Pager {...props} />
        </section>
        <Kinds state={state} shown={shown} />
      </div>
    </Layout>
  );
}

function ReadingState({ counts, inMail }: { counts: ExtractionCounts; inMail: number }) {
  if (counts.blobs === 0 && inMail > 0)
    return (
      <p class="note">
        The attachments have not been listed yet. It is done in the background once the mail is in, or by{' '}
        <code>impart extract</code>.
      </p>
    );
  if (counts.waiting === 0) return undefined;
  return (
    <p class="note">
      {`${countOf(counts.waiting, 'file')} of ${formatCount(counts.blobs)} ${counts.waiting === 1 ? 'has' : 'have'} not been read yet: `}
      what they say cannot be found so far.
    </p>
  );
}

const sortNames: Readonly<Record<GallerySort, string>> = {
  newest: 'newest first',
  oldest: 'oldest first',
  largest: 'largest first',
  smallest: 'smallest first',
  places: 'in most messages first',
  name: 'by name',
};

function Sorts({ state }: { state: GalleryProps['state'] }) {
  return (
    <p class="sort">
      {(Object.keys(sortNames) as GallerySort[]).map((sort) =>
        sort === state.sort ? (
          <strong aria-current="true">{sortNames[sort]}</strong>
        ) : (
          <a href={urls.attachments({ ...state, sort, from: 0 })}>{sortNames[sort]}</a>
        ),
      )}
    </p>
  );
}

function Card({ blob, q }: { blob: BlobRow; q: string }) {
  const { sha256, name, size, places, firstAt, lastAt } = blob;
  const days = [firstAt, lastAt].flatMap((time) => (time === undefined ? [] : [formatDay(time)]));
  const [first, last] = days;
  const difference = mismatch(blob.mediaType, name, '');
  return (
    <article class="file-card">
      <div class="file-face" aria-hidden="true">
        <Face blob={blob} />
      </div>
      <h3>
        <a href={urls.blob(sha256, { q })}>{name === '' ? 'File without a name' : <Name text={name} />}</a>
      </h3>
      <p class="facts">
        <span>{typeName(blob.mediaType)}</span>
        <span>{formatBytes(size)}</span>
        <span>{countOf(places, 'message')}</span>
        <span>{first === undefined ? 'undated' : first === last ? first : `${first} to ${last}`}</span>
        {difference === '' ? undefined : <strong>{visibleName(difference)}</strong>}
        {stateName(blob.status) === '' ? undefined : <strong>{stateName(blob.status)}</strong>}
      </p>
    </article>
  );
}

/** A small picture where it is one that may be shown, else how the text begins, else the kind of file. */
function Face({ blob }: { blob: BlobRow }) {
  if (mayBeShown(blob))
    return <img src={urls.blobPicture(blob.sha256)} alt="" loading="lazy" decoding="async" />;
  if (blob.excerpt !== '')
    return (
      <span class="file-excerpt" dir="auto">
        {visibleName(blob.excerpt)}
      </span>
    );
  return <span class="file-kind">{faceText(blob)}</span>;
}

function faceText({ name, group }: BlobRow): string {
  const ending = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1];
  return ending?.toUpperCase() ?? kindNames.get(group) ?? '?';
}

function Kinds({ state, shown }: { state: GalleryProps['state']; shown: Shown }) {
  const total = shown.kinds.reduce((sum, { count }) => sum + count, 0);
  return (
    <aside class="facets" aria-label="Narrow the list">
      <section class="facet">
        <h2>Kind</h2>
        <ul class="tally">
          <KindItem
            name="every kind"
            count={total}
            isAsked={state.kind === undefined}
            href={urls.attachments({ ...state, kind: undefined, from: 0 })}
          />
          {shown.kinds
            .filter(({ kind }) => kind !== '')
            .map(({ kind, count }) => (
              <KindItem
                name={kindNames.get(kind) ?? kind}
                count={count}
                isAsked={state.kind === kind}
                href={urls.attachments({ ...state, kind, from: 0 })}
              />
            ))}
        </ul>
      </section>
    </aside>
  );
}

function KindItem({
  name,
  count,
  isAsked,
  href,
}: {
  name: string;
  count: number;
  isAsked: boolean;
  href: string;
}) {
  return (
    <li>
      {isAsked ? (
        <strong class="asked" aria-current="true">
          {name}
        </strong>
      ) : (
        <a href={href}>{name}</a>
      )}
      <span class="count">{formatCount(count)}</span>
    </li>
  );
}

function Pager({ state, shown, perPage }: GalleryProps) {
  const next = state.from + perPage;
  if (state.from === 0 && next >= shown.count) return undefined;
  return (
    <nav class="pager" aria-label="Pages of files">
      {state.from === 0 ? undefined : (
        <a rel="prev" href={urls.attachments({ ...state, from: Math.max(0, state.from - perPage) })}>
          Previous page
        </a>
      )}
      <span class="absent">{`${formatCount(state.from + 1)} to ${formatCount(Math.min(next, shown.count))} of ${formatCount(shown.count)}`}</span>
      {next >= shown.count ? undefined : (
        <a rel="next" href={urls.attachments({ ...state, from: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
