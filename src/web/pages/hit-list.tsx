/** Messages in a list: who, when, what about, and the words that were looked for. */
import type { CopyCounts } from '../../index/near-copies.js';
import type { Hit } from '../../read/archive.js';
import { countOf } from '../figures.js';
import type { HitDesk } from '../message-desk.js';
import { urls } from '../urls.js';
import { namedCopies } from './copies.js';
import { TagLink } from './desk-panel.js';
import { Marked, Name, Subject, When } from './text.js';

export interface ListedHit extends Hit {
  /** Messages of this trove in its thread. */
  readonly threadSize: number;
  readonly desk: HitDesk;
  /** Other hits that say the same and are not listed by themselves. */
  readonly copies?: CopyCounts | undefined;
}

export function HitList({ hits, q }: { hits: readonly ListedHit[]; q: string }) {
  return (
    <ol class="hits">
      {hits.map((hit) => (
        <li>
          <HitItem hit={hit} q={q} />
        </li>
      ))}
    </ol>
  );
}

function HitItem({ hit, q }: { hit: ListedHit; q: string }) {
  return (
    <article class="hit" data-item data-source={urls.raw(hit.number)}>
      <h3>
        <a href={urls.message(hit.number, { q })}>
          <Subject text={hit.subject} />
        </a>
      </h3>
      <p class="byline">
        <span class="who" title={hit.fromAddr}>
          <Sender name={hit.fromName} addrSpec={hit.fromAddr} />
        </span>
        <When time={hit.sentAt} />
      </p>
      <p class="snippet" dir="auto">
        <Marked parts={hit.snippet} />
      </p>
      <FoundInAttachments hit={hit} q={q} />
      <HitFacts hit={hit} q={q} />
    </article>
  );
}

/** Which attachment has the words, and where in it. */
function FoundInAttachments({ hit, q }: { hit: ListedHit; q: string }) {
  if (hit.attachmentHits.length === 0) return undefined;
  return (
    <ul class="found-in">
      {hit.attachmentHits.map(({ sha256, name, where, piece, snippet }) => (
        <li>
          <a href={urls.blob(sha256, { q, at: piece })}>
            <Name text={name === '' ? 'File without a name' : name} />
            {', '}
            <Name text={where} />
          </a>
          <p class="snippet" dir="auto">
            <Marked parts={snippet} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Sender({ name, addrSpec }: { name: string; addrSpec: string }) {
  if (name === '' && addrSpec === '') return <span class="absent">no sender</span>;
  return <Name text={name === '' ? addrSpec : name} />;
}

function HitFacts({ hit, q }: { hit: ListedHit; q: string }) {
  const { tags, isRead, notes } = hit.desk;
  const isBare =
    hit.attachments === 0 &&
    hit.threadSize < 2 &&
    tags.length === 0 &&
    notes === 0 &&
    !isRead &&
    hit.copies === undefined;
  if (isBare) return undefined;
  return (
    <p class="facts">
      {hit.attachments > 0 ? <span>{countOf(hit.attachments, 'attachment')}</span> : undefined}
      {hit.threadSize > 1 ? (
        <a href={urls.inThread(hit.thread, hit.number)} data-key="t">
          Thread of {hit.threadSize}
        </a>
      ) : undefined}
      {hit.copies === undefined ? undefined : (
        <a href={urls.copies(hit.number, { q })}>and {namedCopies(hit.copies)}</a>
      )}
      {isRead ? <span>Read</span> : undefined}
      {notes > 0 ? <span>{countOf(notes, 'note')}</span> : undefined}
      {tags.map((name) => (
        <TagLink name={name} />
      ))}
    </p>
  );
}
