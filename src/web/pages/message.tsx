/** One message: who, when, to whom, the text, and in the margin what came with it, where it was found, and its thread. */
import type { CopyCounts } from '../../index/near-copies.js';
import type { Mailbox } from '../../message/message.js';
import type { ArchivedMessage } from '../../read/archive.js';
import { countOf, formatBytes, formatSentTime, formatTime, machineTime } from '../figures.js';
import type { MessageDesk } from '../message-desk.js';
import { conditionOn, queryText } from '../query-links.js';
import type { Blocks } from '../text-blocks.js';
import { type MessageState, urls } from '../urls.js';
import { visibleName } from '../visible-text.js';
import { type Checked, CheckedPanel, LabelSection } from './checked.js';
import { namedCopies } from './copies.js';
import { DeskPanel } from './desk-panel.js';
import { type Frame, Layout } from './layout.js';
import {
  AttachmentTable,
  Defects,
  FoundIn,
  HeaderFields,
  type PlaceLine,
  Structure,
} from './message-parts.js';
import { MessageText } from './message-text.js';
import { Code, Name, Subject } from './text.js';

export interface ThreadPosition {
  /** From 1, in reading order. */
  readonly position: number;
  readonly size: number;
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

export interface MessageProps {
  readonly frame: Frame;
  readonly archived: ArchivedMessage;
  readonly state: MessageState;
  readonly text: Blocks;
  readonly fixed: boolean;
  readonly hasHtml: boolean;
  readonly desk: MessageDesk;
  readonly places: readonly PlaceLine[];
  readonly checked: Checked;
  /** undefined where the message is alone. */
  readonly thread: ThreadPosition | undefined;
  /** Other messages that say the same. */
  readonly copies: CopyCounts | undefined;
}

export function MessagePage(props: MessageProps) {
  const { frame, archived, state } = props;
  const { message } = archived;
  return (
    <Layout
      frame={frame}
      title={visibleName(message.subject) || `Message ${archived.number}`}
      q={state.q ?? ''}
      wide
    >
      {state.q === undefined ? undefined : (
        <p class="crumb">
          <a href={urls.search({ q: state.q })} data-key="u">
            {state.q === '' ? 'Back to all mail' : 'Back to the hits for '}
            {state.q === '' ? undefined : <Name text={state.q} />}
          </a>
        </p>
      )}
      <article class="message">
        <header>
          <h1>
            <Subject text={message.subject} />
          </h1>
          <KeyFields archived={archived} />
        </header>
        <div class="columns">
          <section aria-label="Text">
            <Views {...props} />
            <Body {...props} />
          </section>
          <Margin {...props} />
        </div>
        <CheckedPanel checked={props.checked} />
        <Details {...props} />
      </article>
      <ThreadLinks {...props} />
    </Layout>
  );
}

function KeyFields({ archived }: { archived: ArchivedMessage }) {
  const { message } = archived;
  return (
    <dl class="fields">
      <Mailboxes label="From" field="from" mailboxes={message.from} always />
      {sameMailboxes(message.sender, message.from) ? undefined : (
        <Mailboxes label="Sender" field="from" mailboxes={message.sender} />
      )}
      {sameMailboxes(message.replyTo, message.from) ? undefined : (
        <Mailboxes label="Reply-To" field="any" mailboxes={message.replyTo} />
      )}
      <Mailboxes label="To" field="any" mailboxes={message.to} />
      <Mailboxes label="Cc" field="any" mailboxes={message.cc} />
      <Mailboxes label="Bcc" field="any" mailboxes={message.bcc} />
      <dt>Date</dt>
      <dd>
        <SentTime archived={archived} />
      </dd>
    </dl>
  );
}

const sameMailboxes = (a: readonly Mailbox[], b: readonly Mailbox[]): boolean =>
  a.length === b.length &&
  a.every((mailbox, at) => mailbox.addrSpec.toLowerCase() === b[at]?.addrSpec.toLowerCase());

function SentTime({ archived }: { archived: ArchivedMessage }) {
  const { date } = archived.message;
  if (date === undefined) return <span class="absent">no readable date</span>;
  const { time, zoneMinutes } = date;
  return (
    <>
      <time datetime={machineTime(time)}>{formatSentTime(time, zoneMinutes)}</time>{' '}
      {zoneMinutes === undefined || zoneMinutes === 0 ? (
        zoneMinutes === undefined ? (
          <span class="facts">(zone not stated)</span>
        ) : undefined
      ) : (
        <span class="facts">({formatTime(time)})</span>
      )}
    </>
  );
}

/** Mailboxes shown before "more". */
const shownMailboxes = 12;

interface MailboxesProps {
  readonly label: string;
  readonly field: 'from' | 'any';
  readonly mailboxes: readonly Mailbox[];
  readonly always?: boolean;
}

function Mailboxes({ label, field, mailboxes, always }: MailboxesProps) {
  if (mailboxes.length === 0 && always !== true) return undefined;
  const item = (mailbox: Mailbox) => <MailboxItem mailbox={mailbox} field={field} />;
  const more = mailboxes.slice(shownMailboxes);
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {mailboxes.length === 0 ? (
          <span class="absent">none</span>
        ) : (
          <ul class="mailboxes">{mailboxes.slice(0, shownMailboxes).map(item)}</ul>
        )}
        {more.length === 0 ? undefined : (
          <details>
            <summary>{countOf(more.length, 'more', 'more')}</summary>
            <ul class="mailboxes">{more.map(item)}</ul>
          </details>
        )}
      </dd>
    </>
  );
}

function MailboxItem({ mailbox, field }: { mailbox: Mailbox; field: 'from' | 'any' }) {
  const { displayName, addrSpec } = mailbox;
  const condition = conditionOn(field, addrSpec);
  return (
    <li>
      {displayName === '' || displayName === addrSpec ? undefined : (
        <>
          <Name text={displayName} />{' '}
        </>
      )}
      {condition === undefined ? (
        <Code text={addrSpec} />
      ) : (
        <a
          href={urls.search({ q: queryText(condition) })}
          title={`Mail ${field === 'from' ? 'from' : 'from or to'} this address`}
        >
          <Code text={addrSpec} />
        </a>
      )}
    </li>
  );
}

/** Ways to see the same message. */
function Views({ archived, state, hasHtml, fixed }: MessageProps) {
  const { number } = archived;
  const { q } = state;
  return (
    <p class="views">
      <strong aria-current="true">Text</strong>
      {hasHtml ? <a href={urls.html(number, q)}>As laid out (HTML, made safe)</a> : undefined}
      <a href={urls.raw(number)} data-key="r">
        Source
      </a>
      <a href={urls.message(number, { ...state, font: fixed ? 'book' : 'fixed' })}>
        {fixed ? 'Book letters' : 'Fixed-width letters'}
      </a>
      <a href={urls.redactMessage(number)}>Redact</a>
    </p>
  );
}

function Body({ archived, state, text, fixed }: MessageProps) {
  return (
    <>
      {text.blocks.length === 0 ? (
        <p class="absent">This message has no text.</p>
      ) : (
        <MessageText
          blocks={text.blocks}
          fixed={fixed}
          addressOf={(quoted) => urls.message(quoted, { q: state.q })}
        />
      )}
      {text.omitted > 0 ? (
        <p class="note">
          {`${countOf(text.omitted, 'character')} more: `}
          <a href={urls.message(archived.number, { ...state, full: true })}>show all of the text</a>
        </p>
      ) : undefined}
    </>
  );
}

function Margin(props: MessageProps) {
  const { archived, thread, places } = props;
  const { number, sha256, message } = archived;
  return (
    <aside class="margin" aria-label="About this message">
      <LabelSection checked={props.checked} />
      <DeskPanel archived={archived} desk={props.desk} back={urls.message(number, props.state)} />
      <AttachmentTable archived={archived} />
      {thread === undefined ? undefined : (
        <section>
          <h2>Thread</h2>
          <p>
            {`Message ${thread.position} of ${thread.size}. `}
            <a href={urls.inThread(archived.thread, number)} data-key="t">
              Read the thread
            </a>
          </p>
        </section>
      )}
      {props.copies === undefined ? undefined : (
        <section>
          <h2>The same text</h2>
          <p>
            <a href={urls.copies(number, { q: props.state.q })}>{namedCopies(props.copies)}</a>
          </p>
        </section>
      )}
      <section>
        <h2>Identity</h2>
        <dl class="stacked">
          <dt>Number</dt>
          <dd>{number}</dd>
          <dt>SHA-256 of the bytes</dt>
          <dd>
            <Code text={sha256} />
          </dd>
          <dt>Message-ID</dt>
          <dd>
            {message.messageId === '' ? <span class="absent">none</span> : <Code text={message.messageId} />}
          </dd>
          <dt>Size</dt>
          <dd>
            {formatBytes(message.size)}, <a href={urls.rawDownload(number)}>download</a>
          </dd>
        </dl>
      </section>
      <FoundIn places={places} />
    </aside>
  );
}

function Details({ archived }: MessageProps) {
  return (
    <div class="details">
      <Defects defects={[...archived.message.defects, ...archived.text.defects]} />
      <HeaderFields fields={archived.message.fields} />
      <Structure archived={archived} />
    </div>
  );
}

function ThreadLinks({ archived, thread, state }: MessageProps) {
  if (thread === undefined) return undefined;
  const { previous, next } = thread;
  return (
    <nav class="pager" aria-label="In this thread">
      {previous === undefined ? undefined : (
        <a rel="prev" href={urls.message(previous, { q: state.q })}>
          Before in the thread
        </a>
      )}
      <a href={urls.inThread(archived.thread, archived.number)}>Whole thread</a>
      {next === undefined ? undefined : (
        <a rel="next" href={urls.message(next, { q: state.q })}>
          Next in the thread
        </a>
      )}
    </nav>
  );
}
