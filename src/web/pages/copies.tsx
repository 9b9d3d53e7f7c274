/** The messages that say the same: what each is to the first of them, what differs, and where it was found. */
import type { CopyCounts } from '../../index/near-copies.js';
import type { ComparedCopy } from '../../read/near-copies.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Code, Name, Subject, When } from './text.js';

/** `2 copies, 1 with another ending, 1 sent on` */
export function namedCopies({ copy, ending, forward }: CopyCounts): string {
  const parts = [
    copy === 0 ? '' : countOf(copy, 'copy', 'copies'),
    ending === 0 ? '' : `${formatCount(ending)} with another ending`,
    forward === 0 ? '' : `${formatCount(forward)} sent on`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export interface CopiesProps {
  readonly frame: Frame;
  readonly number: number;
  readonly subject: string;
  /** Messages of the group; 0 where the message has none. */
  readonly size: number;
  /** Those on this page. */
  readonly copies: readonly ComparedCopy[];
  readonly q: string | undefined;
  /** How many of them the search finds; undefined without one. */
  readonly hits: number | undefined;
  readonly isHit: (number: number) => boolean;
  readonly from: number;
  readonly next: number | undefined;
}

export function CopiesPage(props: CopiesProps) {
  const { frame, number, subject, size, copies, q, hits, isHit, from } = props;
  return (
    <Layout frame={frame} title={`The same text: ${visibleName(subject) || number}`} q={q ?? ''} wide>
      <p class="crumb">
        <a href={urls.message(number, { q })} data-key="u">
          Back to message {number}
        </a>
      </p>
      <header>
        <h1>
          <Subject text={subject} />
        </h1>
        <p class="lead">
          {size === 0
            ? 'No other message of this trove is known to say the same.'
            : `${countOf(size, 'message says', 'messages say')} the same.`}
          {hits === undefined || q === undefined || q === '' ? undefined : (
            <>
              {` ${formatCount(hits)} of them ${hits === 1 ? 'is' : 'are'} among the hits for `}
              <a href={urls.search({ q, every: true })}>
                <Name text={q} />
              </a>
              .
            </>
          )}
        </p>
        {size === 0 ? undefined : (
          <p class="hint">
            The same: base subject, attachments, and every visible character of the text in its order.
            Wrapping and blanks may differ, and so may everything in the header section, dates and addressees
            too. Each message was read and compared with the first for this page.
          </p>
        )}
      </header>
      <ol class="copies" start={from + 1}>
        {copies.map((copy) => (
          <li>
            <CopyItem copy={copy} q={q} isHit={isHit(copy.row.number)} isAsked={copy.row.number === number} />
          </li>
        ))}
      </ol>
      <Pager number={number} q={q} from={from} next={props.next} />
    </Layout>
  );
}

interface CopyItemProps {
  readonly copy: ComparedCopy;
  readonly q: string | undefined;
  readonly isHit: boolean;
  readonly isAsked: boolean;
}

function CopyItem({ copy, q, isHit, isAsked }: CopyItemProps) {
  const { row, places } = copy;
  return (
    <article class="copy" data-item data-source={urls.raw(row.number)}>
      <h2>
        <a href={urls.message(row.number, { q })} aria-current={isAsked ? 'true' : undefined}>
          Message {row.number}
        </a>
        {isHit || isAsked ? (
          <span class="facts">{isAsked ? 'the one you came from' : 'among the hits'}</span>
        ) : undefined}
      </h2>
      <p class="byline">
        <Name text={row.fromName || row.fromAddr || 'no sender'} />
        <When time={row.sentAt} />
      </p>
      <div class="relation">
        <Relation copy={copy} />
      </div>
      <p class="facts">
        {places.map((place) => (
          <span>
            in <Name text={place} />
          </span>
        ))}
      </p>
    </article>
  );
}

function Relation({ copy }: { copy: ComparedCopy }) {
  const { kind, isBorneOut, ending, otherFields } = copy;
  if (!isBorneOut)
    return <strong>Not the same: its text differs, though the index took it for the same. Read both.</strong>;
  if (kind === undefined) return <>The first of them</>;
  if (kind === 'forward') return <>Sends it on without a word added</>;
  if (kind === 'copy')
    return (
      <>
        Copy
        <span class="facts">
          {otherFields.length === 0 ? ', the same header fields too' : ', other in '}
          {otherFields.map((name, at) => (
            <>
              {at > 0 ? ', ' : undefined}
              <Code text={name} />
            </>
          ))}
        </span>
      </>
    );
  return ending === '' ? (
    <>Without an ending</>
  ) : (
    <details>
      <summary>With another ending</summary>
      <p class="ending" dir="auto">
        {visibleText(ending)}
      </p>
    </details>
  );
}

function Pager({ number, q, from, next }: Pick<CopiesProps, 'number' | 'q' | 'from' | 'next'>) {
  if (from === 0 && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of messages that say the same">
      {from === 0 ? undefined : <a href={urls.copies(number, { q })}>First page</a>}
      {next === undefined ? undefined : (
        <a rel="next" href={urls.copies(number, { q, from: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
