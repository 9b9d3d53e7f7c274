/** One published message: who, when, to whom, the text, what was hidden, how to check and how to cite it. */
import { limits } from '../../limits.js';
import { recordPath } from '../../proof/record.js';
import { tokensOf } from '../../read/snippet.js';
import {
  countOf,
  formatBytes,
  formatCount,
  formatSentTime,
  formatTime,
  machineTime,
} from '../../web/figures.js';
import { MessageText } from '../../web/pages/message-text.js';
import { Code, Name, Subject } from '../../web/pages/text.js';
import { textBlocks } from '../../web/text-blocks.js';
import { visibleName } from '../../web/visible-text.js';
import type { PublishedAttachment, PublishedMailbox, PublishedRecord } from '../published.js';
import { Citation, type CitedRelease } from './citation.js';
import { type SiteFacts, SitePage } from './frame.js';
import { places, rootFrom } from './places.js';

export interface ThreadPlace {
  readonly thread: number;
  /** From 1, in reading order. */
  readonly position: number;
  readonly size: number;
  readonly previous: number | undefined;
  readonly next: number | undefined;
}

/** One entry about a message: what was done in which release. */
export interface HistoryLine {
  readonly what: 'published' | 'corrected' | 'withheld' | 'withdrawn';
  readonly index: number;
  readonly release: CitedRelease;
}

export interface MessagePageProps {
  readonly site: SiteFacts;
  readonly record: PublishedRecord;
  readonly thread: ThreadPlace | undefined;
  readonly history: readonly HistoryLine[];
}

/** Nothing was searched for: nothing is marked. */
const textOptions = {
  wanted: tokensOf([]),
  maxCharacters: limits.maxTextCharacters,
  maxQuoted: limits.maxTextCharacters,
  maxUnfoldedLines: 12,
  quotations: [],
};

export function MessagePage({ site, record, thread, history }: MessagePageProps) {
  const { number } = record;
  const path = places.message(number);
  const root = rootFrom(path);
  const title = visibleName(record.subject) || `Message ${number}`;
  const { blocks } = textBlocks(record.text, textOptions);
  return (
    <SitePage
      site={site}
      path={path}
      title={title}
      description={`Message ${number}`}
      schema={schemaOf(site, record)}
      wide
    >
      <article class="message">
        <header>
          <h1>
            <Subject text={record.subject} />
          </h1>
          <KeyFields record={record} root={root} />
        </header>
        <div class="columns">
          <section aria-label="Text">
            {blocks.length === 0 ? (
              <p class="absent">This message has no text.</p>
            ) : (
              <MessageText blocks={blocks} fixed={false} addressOf={() => ''} />
            )}
            {record.html === null ? undefined : <LaidOut />}
          </section>
          <aside class="margin" aria-label="About this message">
            <Hidden record={record} />
            <Attachments record={record} root={root} />
            {thread === undefined ? undefined : (
              <section>
                <h2>Thread</h2>
                <p>
                  {`Message ${thread.position} of ${thread.size}. `}
                  <a href={`${root}${places.thread(thread.thread)}#m${number}`}>Read the thread</a>
                </p>
              </section>
            )}
            <Proof record={record} root={root} />
            <History history={history} />
          </aside>
        </div>
        <Citation site={site} record={record} release={history.at(-1)?.release} />
        <Fields record={record} />
      </article>
      {thread === undefined ? undefined : <ThreadLinks thread={thread} number={number} root={root} />}
    </SitePage>
  );
}

/** What stands at the address of a message that is no longer published. */
export function WithdrawnPage({
  site,
  number,
  reason,
  history,
}: {
  site: SiteFacts;
  number: number;
  reason: string;
  history: readonly HistoryLine[];
}) {
  return (
    <SitePage site={site} path={places.message(number)} title={`Message ${number}, withdrawn`}>
      <h1>Message {number} was withdrawn</h1>
      <p class="lead">It was published here before. Reason: {reason}.</p>
      <History history={history} />
    </SitePage>
  );
}

/** In its own frame, in which nothing runs and nothing is loaded. */
function LaidOut() {
  return (
    <details class="laid-out">
      <summary>As its sender laid it out</summary>
      <iframe
        class="mail-html"
        title="The message as laid out by its sender"
        src="body.html"
        sandbox=""
        loading="lazy"
        referrerpolicy="no-referrer"
      />
    </details>
  );
}

function KeyFields({ record, root }: { record: PublishedRecord; root: string }) {
  const { from, to, cc, sent, zone } = record;
  return (
    <dl class="fields">
      <Mailboxes label="From" mailboxes={from} root={root} always />
      <Mailboxes label="To" mailboxes={to} root={root} />
      <Mailboxes label="Cc" mailboxes={cc} root={root} />
      <dt>Date</dt>
      <dd>
        {sent === null ? (
          <span class="absent">no readable date</span>
        ) : (
          <>
            <time datetime={machineTime(Date.parse(sent))}>
              {formatSentTime(Date.parse(sent), zone ?? undefined)}
            </time>{' '}
            {zone === null || zone === 0 ? undefined : (
              <span class="facts">({formatTime(Date.parse(sent))})</span>
            )}
          </>
        )}
      </dd>
    </dl>
  );
}

interface MailboxesProps {
  readonly label: string;
  readonly mailboxes: readonly PublishedMailbox[];
  readonly root: string;
  readonly always?: boolean;
}

function Mailboxes({ label, mailboxes, root, always }: MailboxesProps) {
  if (mailboxes.length === 0 && always !== true) return undefined;
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {mailboxes.length === 0 ? (
          <span class="absent">none</span>
        ) : (
          <ul class="mailboxes">
            {mailboxes.map((mailbox) => (
              <li>
                {mailbox.name === '' ? undefined : (
                  <>
                    <PersonName mailbox={mailbox} root={root} />{' '}
                  </>
                )}
                <Code text={mailbox.address} />
              </li>
            ))}
          </ul>
        )}
      </dd>
    </>
  );
}

function PersonName({ mailbox, root }: { mailbox: PublishedMailbox; root: string }) {
  const { name, person } = mailbox;
  return person === undefined ? (
    <Name text={name} />
  ) : (
    <a href={`${root}${places.person(person)}`}>
      <Name text={name} />
    </a>
  );
}

function Hidden({ record }: { record: PublishedRecord }) {
  const { redactions } = record;
  if (redactions.length === 0) return undefined;
  return (
    <section>
      <h2>Hidden</h2>
      <ul class="plain">
        {redactions.map(({ kind, reason, count }) => (
          <li>
            {kind}
            <span class="facts">{`${count > 1 ? ` ${formatCount(count)} times` : ''} (${reason})`}</span>
          </li>
        ))}
      </ul>
      <p class="facts">
        What is hidden is replaced by a placeholder. What is shown can be proven without it; its DKIM
        signature, if it had one, cannot be checked from here.
      </p>
    </section>
  );
}

function Attachments({ record, root }: { record: PublishedRecord; root: string }) {
  const { attachments } = record;
  if (attachments.length === 0) return undefined;
  return (
    <section>
      <h2>Attachments</h2>
      <ul class="plain attachments">
        {attachments.map((attachment) => (
          <li>
            <AttachmentLine attachment={attachment} root={root} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AttachmentLine({ attachment, root }: { attachment: PublishedAttachment; root: string }) {
  if ('withheld' in attachment)
    return (
      <>
        Withheld: {attachment.withheld}{' '}
        <span class="facts">{`(${attachment.mediaType}, ${formatBytes(attachment.bytes)})`}</span>
      </>
    );
  const { name, form, files } = attachment;
  return (
    <>
      {files.map(({ path, mediaType, bytes }, at) => (
        <>
          <a href={`${root}${path}`} download="" rel="nofollow">
            <Name
              text={
                form === 'pages' ? `${name || 'without a name'}, page ${at + 1}` : name || 'without a name'
              }
            />
          </a>{' '}
          <span class="facts">{`(${mediaType}, ${formatBytes(bytes)})`}</span>{' '}
        </>
      ))}
    </>
  );
}

function Proof({ record, root }: { record: PublishedRecord; root: string }) {
  const { number, original, segments } = record;
  const hidden = segments.filter((segment) => segment.length === 2).length;
  return (
    <section>
      <h2>Proof</h2>
      <p>
        <a href={`${root}${places.check}?m=${number}`}>Check this message</a>
      </p>
      <ul class="plain">
        <li>
          <a href={`${number}.tlog-proof`}>Its place in the log</a>
        </li>
        <li>
          <a href={`${root}${recordPath(number)}`}>Record</a>{' '}
          <span class="facts">
            {countOf(segments.length, 'segment')}
            {hidden > 0 ? `, ${hidden} hidden` : ''}
          </span>
        </li>
        {original === null ? undefined : (
          <li>
            <a href={`${root}${original.path}`} download="">
              Source, byte for byte
            </a>{' '}
            <span class="facts">{formatBytes(original.bytes)}</span>
            <br />
            <span class="facts">SHA-256</span> <Code text={original.sha256} />
          </li>
        )}
      </ul>
    </section>
  );
}

function History({ history }: { history: readonly HistoryLine[] }) {
  return (
    <section>
      <h2>History</h2>
      <ol class="plain">
        {history.map(({ what, index, release }) => (
          <li>
            {`${what[0]?.toUpperCase() ?? ''}${what.slice(1)} in release ${release.number}`}
            <br />
            <span class="facts">
              <time datetime={release.time}>{release.time.slice(0, 10)}</time>
              {`, entry ${index}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Fields({ record }: { record: PublishedRecord }) {
  return (
    <details>
      <summary>{countOf(record.fields.length, 'header field')}</summary>
      <section class="scroll" aria-label="Header fields" tabindex={0}>
        <table class="header-fields">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Body</th>
            </tr>
          </thead>
          <tbody>
            {record.fields.map(({ name, body, redacted }) => (
              <tr>
                <th scope="row">{visibleName(name)}</th>
                <td>
                  <bdi>{visibleName(body)}</bdi>
                  {redacted ? <span class="facts"> (redacted)</span> : undefined}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

function ThreadLinks({ thread, number, root }: { thread: ThreadPlace; number: number; root: string }) {
  const { previous, next } = thread;
  return (
    <nav class="pager" aria-label="In this thread">
      {previous === undefined ? undefined : (
        <a rel="prev" href={`${root}${places.message(previous)}`}>
          Before in the thread
        </a>
      )}
      <a href={`${root}${places.thread(thread.thread)}#m${number}`}>Whole thread</a>
      {next === undefined ? undefined : (
        <a rel="next" href={`${root}${places.message(next)}`}>
          Next in the thread
        </a>
      )}
    </nav>
  );
}

/** https://schema.org/EmailMessage: names and addresses as they stand on the page. */
function schemaOf(site: SiteFacts, record: PublishedRecord): object {
  const person = ({ name, address }: PublishedMailbox): object => ({
    '@type': 'Person',
    name: name || address,
  });
  const [sender] = record.from;
  return {
    '@context': 'https://schema.org',
    '@type': 'EmailMessage',
    identifier: String(record.number),
    url: `${site.url}m/${record.number}/`,
    headline: record.subject,
    ...(record.sent === null ? {} : { dateSent: record.sent }),
    ...(sender === undefined ? {} : { sender: person(sender) }),
    toRecipient: record.to.map(person),
    ccRecipient: record.cc.map(person),
    isPartOf: { '@type': 'Collection', name: site.title, url: site.url },
  };
}
