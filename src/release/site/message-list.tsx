/** Messages in a list: when, who, what, and how it begins. */

import { countOf } from '../../web/figures.js';
import { Name, Subject, When } from '../../web/pages/text.js';
import { visibleText } from '../../web/visible-text.js';
import type { Facts } from '../published.js';
import type { HistoryLine } from './message.js';
import { places } from './places.js';

export interface ListedMessage {
  readonly number: number;
  readonly facts: Facts;
}

/** A published message and where it stands. */
export interface SiteMessage extends ListedMessage {
  readonly facts: Facts;
  /** Equal for the members of a thread. */
  readonly threadKey: number;
  readonly history: readonly HistoryLine[];
}

interface MessageListProps {
  readonly messages: readonly ListedMessage[];
  readonly root: string;
  /** One below the heading above the list. */
  readonly heading: 'h2' | 'h3';
}

export function MessageList({ messages, root, heading: Heading }: MessageListProps) {
  return (
    <ol class="hits">
      {messages.map(({ number, facts }) => (
        <li>
          <article class="hit">
            <Heading>
              <a href={`${root}${places.message(number)}`}>
                <Subject text={facts.subject} />
              </a>
            </Heading>
            <p class="byline">
              <span class="who">
                <Name text={facts.from?.name || facts.from?.address || 'no sender'} />
              </span>
              <When time={facts.sentAt} />
              {facts.attachments > 0 ? <span>{countOf(facts.attachments, 'attachment')}</span> : undefined}
              {facts.redacted ? <span>redacted</span> : undefined}
            </p>
            {facts.gist === '' ? undefined : (
              <p class="snippet" dir="auto">
                {visibleText(facts.gist)}
              </p>
            )}
          </article>
        </li>
      ))}
    </ol>
  );
}

/** Pages of a long list. */
export function ListPages({
  shown,
  count,
  address,
}: {
  shown: number;
  count: number;
  address: (page: number) => string;
}) {
  if (count < 2) return undefined;
  return (
    <nav class="pager" aria-label="Pages of this list">
      {shown > 1 ? (
        <a rel="prev" href={address(shown - 1)}>
          Before
        </a>
      ) : undefined}
      <span class="facts">{`Page ${shown} of ${count}`}</span>
      {shown < count ? (
        <a rel="next" href={address(shown + 1)}>
          Next
        </a>
      ) : undefined}
    </nav>
  );
}
