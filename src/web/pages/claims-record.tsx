/** The record beneath every entry: who reviewed it, corrections and replies, and the forms that add to it. */
import type { Reply, Review } from '../../store/desk/claims/kinds.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Token } from './form.js';
import { Name, When } from './text.js';

export function Reviews({ reviews }: { reviews: readonly Review[] }) {
  return (
    <section>
      <h2>Reviews</h2>
      <ol class="plain-list">
        {reviews.map((review) => (
          <li>
            {`${review.decision} by `}
            <Name text={review.madeBy} /> <When time={review.madeAt} />
            {review.changes === '{}' ? undefined : <Changes changes={review.changes} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Changes({ changes }: { changes: string }) {
  const entries = changesOf(changes);
  return (
    <details class="facts">
      <summary>what was changed</summary>
      <ul>
        {entries.map(([field, before, after]) => (
          <li>{`${field}: “${visibleText(before)}” → “${visibleText(after)}”`}</li>
        ))}
      </ul>
    </details>
  );
}

/** An imported desk may hold anything: what has another shape is left out. */
function changesOf(json: string): [string, string, string][] {
  try {
    return Object.entries(JSON.parse(json) as object).flatMap(([field, pair]: [string, unknown]) =>
      Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string'
        ? [[field, pair[0], pair[1]] as [string, string, string]]
        : [],
    );
  } catch {
    return [];
  }
}

export interface SettleProps {
  readonly subject: string;
  readonly state: string;
  readonly reviews: readonly Review[];
  /** Who reads now: not who accepted it may approve it. */
  readonly reader: string;
  readonly back: string;
  /** An assessment can be published as a review. */
  readonly mayPublish?: boolean;
}

export function SettleForm({ subject, state, reviews, reader, back, mayPublish }: SettleProps) {
  const isOwn = reviews.some(
    ({ decision, madeBy }) => (decision === 'accepted' || decision === 'edited') && madeBy === reader,
  );
  const isPublished = reviews.some(({ decision }) => decision === 'published');
  return (
    <form class="desk-line" method="post" action={urls.claimsSettle()}>
      <Token back={back} />
      <input type="hidden" name="subject" value={subject} />
      {state === 'open' && !isOwn ? (
        <button type="submit" name="decision" value="approved">
          Approve as a second person
        </button>
      ) : undefined}
      {state === 'open' && isOwn ? <p class="hint">It awaits another person: you accepted it.</p> : undefined}
      {state === 'settled' && mayPublish === true && !isPublished ? (
        <button type="submit" name="decision" value="published">
          Publish as a review
        </button>
      ) : undefined}
      {state === 'withdrawn' ? undefined : (
        <button type="submit" name="decision" value="withdrawn" class="quiet">
          Withdraw
        </button>
      )}
    </form>
  );
}

export function Replies({ replies }: { replies: readonly Reply[] }) {
  if (replies.length === 0) return undefined;
  return (
    <section>
      <h2>Corrections and replies</h2>
      {replies.map(({ sort, from_whom: from, received_at: at, text }) => (
        <article class="reply">
          <p>{visibleText(text)}</p>
          <p class="facts">
            {`${sort === 'correction' ? 'Correction' : 'Reply'} by `}
            <Name text={from} />
            {at === '' ? undefined : `, ${visibleText(at)}`}
          </p>
        </article>
      ))}
    </section>
  );
}

export function ReplyForm({ subject, back }: { subject: string; back: string }) {
  return (
    <details class="fold">
      <summary>Add a correction or a reply</summary>
      <form class="desk-form" method="post" action={urls.claimsReply()}>
        <Token back={back} />
        <input type="hidden" name="subject" value={subject} />
        <label for={`reply-from-${subject}`}>From whom</label>
        <input id={`reply-from-${subject}`} name="from" type="text" maxlength={100} required />
        <label for={`reply-at-${subject}`}>Received on</label>
        <input
          id={`reply-at-${subject}`}
          name="at"
          type="text"
          placeholder="2016-11-14"
          pattern="\d{4}(-\d\d){0,2}"
        />
        <label class="check">
          <input type="radio" name="sort" value="reply" checked /> a reply of one who is concerned
        </label>
        <label class="check">
          <input type="radio" name="sort" value="correction" /> a correction
        </label>
        <label for={`reply-text-${subject}`}>What it says</label>
        <textarea id={`reply-text-${subject}`} name="text" rows={4} required />
        <button type="submit">Add to the record</button>
      </form>
    </details>
  );
}
