/** A thread in reading order: each message with its own text, gaps where a message is not in the trove. */

import type { HitRow } from '../../index/search.js';
import { countOf, formatCount } from '../figures.js';
import type { Blocks } from '../text-blocks.js';
import type { ThreadView, ViewedEntry } from '../thread-view.js';
import { urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { MessageText } from './message-text.js';
import type { AddressOf } from './origins.js';
import { ThreadDesk } from './result-desk.js';
import { Code, Name, Subject, When } from './text.js';

export interface ThreadLine extends ViewedEntry {
  /** '' where there is none. */
  readonly messageId: string;
  /** Name of the writer of the message that this one answers, '' where unknown. */
  readonly answers: string;
  /** Shortened; undefined for a gap. */
  readonly text: Blocks | undefined;
}

export interface ThreadProps {
  readonly frame: Frame;
  readonly thread: number;
  readonly subject: string;
  /** Messages in the trove; gaps. */
  readonly size: number;
  readonly gaps: number;
  readonly view: ThreadView | undefined;
  /** The fewest messages that hold all of the text were asked for, and cannot be found in a thread so long. */
  readonly isTooLong: boolean;
  readonly people: number;
  readonly span: { readonly first: number; readonly last: number } | undefined;
  readonly lines: readonly ThreadLine[];
  readonly threadOf: (message: number) => number;
  /** Position of the first line, from 1. */
  readonly from: number;
  readonly isFirstPage: boolean;
  /** Message number after which the next page begins. */
  readonly next: number | undefined;
}

export function ThreadPage(props: ThreadProps) {
  const { frame, subject, size, gaps, people, span, lines, thread } = props;
  const onPage = new Set(lines.map((line) => line.number));
  const addressOf = (number: number): string =>
    onPage.has(number)
      ? `#m${number}`
      : props.threadOf(number) === thread
        ? urls.inThread(thread, number, props.view?.show)
        : urls.message(number);
  return (
    <Layout frame={frame} title={`Thread: ${visibleName(subject) || thread}`} q="">
      <header class="thread-head">
        <h1>
          <Subject text={subject} />
        </h1>
        <p class="lead">
          {`A thread of ${countOf(size, 'message')} by ${countOf(people, 'person', 'people')}`}
          {span === undefined ? undefined : (
            <>
              {', '}
              <When time={span.first} />
              {span.first === span.last ? undefined : ' to '}
              {span.first === span.last ? undefined : <When time={span.last} />}
            </>
          )}
          .
        </p>
        <p class="hint">
          {gaps > 0
            ? `${countOf(gaps, 'message')} that others refer to ${gaps === 1 ? 'is' : 'are'} not in this trove. `
            : ''}
          <a href={urls.search({ q: `thread:${thread}` })}>Search in this thread</a>
          {size > 2 ? (
            <>
              {' '}
              or see <a href={urls.threadTree(thread)}>who answers whom</a>
            </>
          ) : undefined}
        </p>
        {size > 1 ? <ThreadShows {...props} /> : undefined}
        <ThreadDesk thread={thread} count={size} />
      </header>
      <ol class="thread">
        {lines.map((line) => (
          <li class={`d${Math.min(line.depth, 8)}`}>
            {line.row === undefined || line.text === undefined ? (
              <Gap line={line} />
            ) : (
              <ThreadMessage line={line} row={line.row} text={line.text} addressOf={addressOf} />
            )}
          </li>
        ))}
      </ol>
      <ThreadPager {...props} />
    </Layout>
  );
}

/** Three ways to read: what each leaves out is counted here, and named where it can be read. */
function ThreadShows({ thread, size, view, isTooLong }: ThreadProps) {
  if (view === undefined) return undefined;
  const { show, copies, contained, entries } = view;
  const choice = (of: typeof show, label: string) =>
    show === of ? (
      <strong aria-current="true">{label}</strong>
    ) : (
      <a href={urls.thread(thread, undefined, of)}>{label}</a>
    );
  return (
    <>
      <p class="sort">
        {copies > 0 ? choice(undefined, 'Each text once') : undefined}
        {choice(copies > 0 ? 'every' : undefined, 'Every message')}
        {isTooLong ? undefined : choice('inclusive', 'The fewest that hold all of it')}
      </p>
      {isTooLong ? (
        <p class="hint">This thread is too long to find the fewest messages that hold all of its text.</p>
      ) : contained === undefined ? (
        show === undefined && copies > 0 ? (
          <p class="hint">
            {`${countOf(copies, 'message says', 'messages say')} the same as another and ${copies === 1 ? 'is' : 'are'} named below it.`}
          </p>
        ) : undefined
      ) : (
        <p class="hint">
          {contained === 0
            ? 'None of these messages stands wholly in another: all are shown.'
            : `${formatCount(entries.length)} of ${formatCount(size)} messages ${entries.length === 1 ? 'holds' : 'hold'} all of the text. ${countOf(contained, 'other stands', 'others stand')} in ${entries.length === 1 ? 'it' : 'one of them'} word for word, signatures and link targets aside, and ${contained === 1 ? 'is' : 'are'} named below it. What has attachments is never left out.`}
        </p>
      )}
    </>
  );
}

function Gap({ line }: { line: ThreadLine }) {
  return (
    <p class="gap">
      Not in this trove: <Code text={line.messageId} />
    </p>
  );
}

interface ThreadMessageProps {
  readonly line: ThreadLine;
  readonly row: HitRow;
  readonly text: Blocks;
  readonly addressOf: AddressOf;
}

function ThreadMessage({ line, row, text, addressOf }: ThreadMessageProps) {
  return (
    <article id={`m${row.number}`} class="post" data-item data-source={urls.raw(row.number)}>
      <header>
        <h2>
          <a href={urls.message(row.number)}>
            <Name text={row.fromName || row.fromAddr || 'no sender'} />
          </a>
        </h2>
        <p class="byline">
          <When time={row.sentAt} />
          <span class="facts">
            {line.answers === '' ? undefined : (
              <>
                answers <Name text={line.answers} />
              </>
            )}
            {line.depth > 8 ? `, level ${formatCount(line.depth)}` : ''}
          </span>
          {line.basis === 'quoted' || line.basis === 'subject' ? <Inferred basis={line.basis} /> : undefined}
        </p>
      </header>
      {text.blocks.length === 0 ? (
        <p class="absent">No text of its own.</p>
      ) : (
        <MessageText blocks={text.blocks} fixed={false} addressOf={addressOf} />
      )}
      <p class="facts">
        <a href={urls.message(row.number)} aria-label={`Message ${row.number}`}>
          {text.omitted > 0 ? 'Whole message' : 'Message'} {row.number}
        </a>
        {row.attachments > 0 ? <span>{countOf(row.attachments, 'attachment')}</span> : undefined}
      </p>
      <SaysTheSame copies={line.copies} number={row.number} />
      <Holds rows={line.holds} />
    </article>
  );
}

/** Named one by one, so that each can be opened, and found by its place in the address. */
function SaysTheSame({ copies, number }: { copies: ThreadLine['copies']; number: number }) {
  if (copies.length === 0) return undefined;
  const label = { copy: 'copy', ending: 'with another ending', forward: 'sent on' };
  return (
    <p class="facts shown-with">
      <a href={urls.copies(number)}>The same text</a>
      {copies.map((copy) => (
        <a id={`m${copy.number}`} href={urls.message(copy.number)}>
          {`message ${copy.number}, ${label[copy.kind]}`}
        </a>
      ))}
    </p>
  );
}

/** Held messages named before "more". */
const shownHeld = 6;

function Holds({ rows }: { rows: ThreadLine['holds'] }) {
  if (rows.length === 0) return undefined;
  const item = (row: HitRow) => (
    <li id={`m${row.number}`}>
      <a href={urls.message(row.number)}>
        <Name text={row.fromName || row.fromAddr || 'no sender'} />
      </a>{' '}
      <span class="facts">
        <When time={row.sentAt} />
        {`, message ${row.number}`}
      </span>
    </li>
  );
  const more = rows.slice(shownHeld);
  return (
    <div class="held">
      <p class="facts">{`Holds ${countOf(rows.length, 'message that is', 'messages that are')} not shown:`}</p>
      <ul>{rows.slice(0, shownHeld).map(item)}</ul>
      {more.length === 0 ? undefined : (
        <details>
          <summary>{countOf(more.length, 'more', 'more')}</summary>
          <ul>{more.map(item)}</ul>
        </details>
      )}
    </div>
  );
}

/** The message itself does not say what it answers: how this place was found must be seen. */
function Inferred({ basis }: { basis: 'quoted' | 'subject' }) {
  return (
    <span class="inferred">
      {basis === 'quoted'
        ? 'placed here because it quotes that message'
        : 'placed here by its subject and the people in it'}
    </span>
  );
}

function ThreadPager({ thread, view, isFirstPage, next }: ThreadProps) {
  if (isFirstPage && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of the thread">
      {isFirstPage ? undefined : <a href={urls.thread(thread, undefined, view?.show)}>Start of the thread</a>}
      {next === undefined ? undefined : (
        <a rel="next" href={urls.thread(thread, next, view?.show)}>
          Next messages
        </a>
      )}
    </nav>
  );
}
