/** A thread in reading order: each published message with its own text. */
import { limits } from '../../limits.js';
import { tokensOf } from '../../read/snippet.js';
import { countOf } from '../../web/figures.js';
import { MessageText } from '../../web/pages/message-text.js';
import { Name, Subject, When } from '../../web/pages/text.js';
import { textBlocks } from '../../web/text-blocks.js';
import { visibleName } from '../../web/visible-text.js';
import type { PublishedRecord } from '../published.js';
import { type SiteFacts, SitePage } from './frame.js';
import { places, rootFrom } from './places.js';

export interface ThreadLine {
  readonly record: PublishedRecord;
  /** 0 for the first, 1 for what answers it, … */
  readonly depth: number;
}

export interface ThreadPageProps {
  readonly site: SiteFacts;
  readonly thread: number;
  readonly lines: readonly ThreadLine[];
}

/** A thread shows what each message adds; the message's own page shows all of it. */
const textOptions = {
  wanted: tokensOf([]),
  maxCharacters: limits.maxReleasedThreadCharacters,
  maxQuoted: 2_000,
  maxUnfoldedLines: 4,
  quotations: [],
};

export function ThreadPage({ site, thread, lines }: ThreadPageProps) {
  const path = places.thread(thread);
  const root = rootFrom(path);
  const subject = lines[0]?.record.subject ?? '';
  return (
    <SitePage site={site} path={path} title={`Thread: ${visibleName(subject) || thread}`}>
      <header class="thread-head">
        <h1>
          <Subject text={subject} />
        </h1>
        <p class="lead">{`A thread of ${countOf(lines.length, 'published message')}.`}</p>
      </header>
      <ol class="thread">
        {lines.map((line) => (
          <li class={`d${Math.min(line.depth, 8)}`}>
            <Post line={line} root={root} />
          </li>
        ))}
      </ol>
    </SitePage>
  );
}

function Post({ line: { record }, root }: { line: ThreadLine; root: string }) {
  const { number, from, sent, text, attachments } = record;
  const [writer] = from;
  const { blocks, omitted } = textBlocks(text, textOptions);
  const address = `${root}${places.message(number)}`;
  return (
    <article id={`m${number}`} class="post">
      <header>
        <h2>
          <a href={address}>
            <Name text={writer?.name || writer?.address || 'no sender'} />
          </a>
        </h2>
        <p class="byline">
          <When time={sent === null ? undefined : Date.parse(sent)} />
        </p>
      </header>
      {blocks.length === 0 ? (
        <p class="absent">No text of its own.</p>
      ) : (
        <MessageText blocks={blocks} fixed={false} addressOf={() => address} />
      )}
      <p class="facts">
        <a href={address} aria-label={`Message ${number}`}>
          {omitted > 0 ? 'Whole message' : 'Message'} {number}
        </a>
        {attachments.length > 0 ? <span>{countOf(attachments.length, 'attachment')}</span> : undefined}
      </p>
    </article>
  );
}
