/** A thread in reading order: each message with its own text, gaps where a message is not in the trove. */
import type { ThreadEntry } from '../../read/archive.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { type Frame, Layout } from './layout.js';
import { Code, Name, Subject, When } from './text.js';

export interface ThreadLine extends ThreadEntry {
  /** '' where there is none. */
  readonly messageId: string;
  /** Name of the writer of the message that this one answers, '' where unknown. */
  readonly answers: string;
  /** Own text, shortened; undefined for a gap. */
  readonly text: string | undefined;
  readonly isShortened: boolean;
  readonly quotedLines: number;
}

export interface ThreadProps {
  readonly frame: Frame;
  readonly thread: number;
  readonly subject: string;
  /** Messages in the trove; gaps. */
  readonly size: number;
  readonly gaps: number;
  readonly people: number;
  readonly span: { readonly first: number; readonly last: number } | undefined;
  readonly lines: readonly ThreadLine[];
  /** Position of the first line, from 1. */
  readonly from: number;
  readonly isFirstPage: boolean;
  /** Message number after which the next page begins. */
  readonly next: number | undefined;
}

export function ThreadPage(props: ThreadProps) {
  const { frame, subject, size, gaps, people, span, lines, thread } = props;
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
        </p>
      </header>
      <ol class="thread">
        {lines.map((line) => (
          <li class={`d${Math.min(line.depth, 8)}`}>
            {line.row === undefined ? <Gap line={line} /> : <ThreadMessage line={line} row={line.row} />}
          </li>
        ))}
      </ol>
      <ThreadPager {...props} />
    </Layout>
  );
}

function Gap({ line }: { line: ThreadLine }) {
  return (
    <p class="gap">
      Not in this trove: <Code text={line.messageId} />
    </p>
  );
}

function ThreadMessage({ line, row }: { line: ThreadLine; row: NonNullable<ThreadLine['row']> }) {
  return (
    <article id={`m${row.number}`} class="post">
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
      {line.text === undefined || line.text === '' ? (
        <p class="absent">No text of its own.</p>
      ) : (
        <div class="text" dir="auto">
          {visibleText(line.text)}
          {line.isShortened ? ' …' : ''}
        </div>
      )}
      <p class="facts">
        <a href={urls.message(row.number)} aria-label={`Message ${row.number}`}>
          {line.isShortened ? 'Whole message' : 'Message'}
        </a>
        {line.quotedLines > 0 ? <span>{countOf(line.quotedLines, 'quoted line')} left out</span> : undefined}
        {row.attachments > 0 ? <span>{countOf(row.attachments, 'attachment')}</span> : undefined}
      </p>
    </article>
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

function ThreadPager({ thread, isFirstPage, next }: ThreadProps) {
  if (isFirstPage && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of the thread">
      {isFirstPage ? undefined : <a href={urls.thread(thread)}>Start of the thread</a>}
      {next === undefined ? undefined : (
        <a rel="next" href={urls.thread(thread, next)}>
          Next messages
        </a>
      )}
    </nav>
  );
}
