/** One proposed statement: what the article says, what the rules made of it, and the form that decides. */

import { extentOf, type Proposal } from '../../capture/proposals.js';
import { findMeasured } from '../../claims/accuracy.js';
import { acts } from '../../claims/acts.js';
import { invocationKinds } from '../../claims/invocation.js';
import type { Statement } from '../../claims/statements.js';
import { invocationWords, modeWords } from '../../export/claims/badges.js';
import type { Ledger } from '../../store/desk/claims/ledger.js';
import { type CandidateLine, type CaptureProposals, placeOf } from '../claim-facts.js';
import { formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { actWords } from './claims-parts.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name, Subject, When } from './text.js';

export interface ReviewProps {
  readonly frame: Frame;
  readonly read: CaptureProposals;
  readonly proposal: Proposal;
  readonly candidates: readonly CandidateLine[];
  readonly ledger: Ledger;
  readonly waiting: number;
}

export function ReviewPage(props: ReviewProps) {
  const { frame, read, proposal, waiting } = props;
  const { capture } = read;
  const { statement, decided } = proposal;
  return (
    <Layout frame={frame} title="Review a statement" q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a>{' '}
        <a href={urls.claimsCapture(capture.id)} data-key="u">
          <Name text={capture.title || capture.url} />
        </a>
      </p>
      <h1>
        <Name text={statement.speaker.name || 'Nobody is named'} />
      </h1>
      {decided === undefined ? undefined : (
        <p class="note">
          {`${decided.decision[0]?.toUpperCase() ?? ''}${decided.decision.slice(1)} by `}
          <Name text={decided.madeBy} /> <When time={decided.madeAt} />.
        </p>
      )}
      <Passage text={read.text} statement={statement} />
      <div class="columns">
        <section aria-label="Decide">
          <DecisionForm {...props} />
        </section>
        <aside aria-label="How it was found, and the archive">
          <HowFound text={read.text} statement={statement} />
          <Candidates candidates={props.candidates} />
          <p class="facts">
            {`${formatCount(waiting)} in this article wait. `}
            <a rel="next" href={urls.claimsNext(capture.id, placeOf(proposal))} data-key="s">
              Leave it for later
            </a>
          </p>
        </aside>
      </div>
    </Layout>
  );
}

type Role = 'content' | 'cue' | 'speaker' | 'hedge' | 'relay';

const roleWords: Readonly<Record<Role, string>> = {
  content: 'what is attributed',
  cue: 'the words that attribute it',
  speaker: 'who',
  hedge: 'a hedge',
  relay: 'who relays it',
};

/** The paragraph with its roles marked: by shape of the line, and by name for those who do not see it. */
function Passage({ text, statement }: { text: string; statement: Statement }) {
  const extent = extentOf(statement);
  const all = [
    extent,
    statement.cue,
    statement.speaker.span,
    ...statement.hops.map(({ source }) => source),
  ].filter((span) => span !== undefined);
  const start = text.lastIndexOf('\n', Math.min(...all.map((span) => span.start))) + 1;
  const found = text.indexOf('\n', Math.max(...all.map((span) => span.end)));
  const end = Math.min(found < 0 ? text.length : found, start + 4_000);
  const roles: (Role | undefined)[] = new Array<Role | undefined>(end - start).fill(undefined);
  const paint = (role: Role, span: { start: number; end: number } | undefined): void => {
    if (span !== undefined) roles.fill(role, Math.max(0, span.start - start), Math.max(0, span.end - start));
  };
  for (const span of statement.content) paint('content', span);
  for (const { source } of statement.hops) paint('relay', source);
  paint('speaker', statement.speaker.span);
  paint('cue', statement.cue);
  for (const span of statement.hedges) paint('hedge', span);
  const parts = [];
  for (let at = 0; at < roles.length; ) {
    const role = roles[at];
    let to = at + 1;
    while (to < roles.length && roles[to] === role) to += 1;
    const words = visibleText(text.slice(start + at, start + to));
    parts.push(
      role === undefined ? (
        words
      ) : (
        <span class={`role ${role}`} title={roleWords[role]}>
          {words}
        </span>
      ),
    );
    at = to;
  }
  return (
    <figure class="passage">
      <blockquote>{parts}</blockquote>
      <figcaption>
        {(['content', 'speaker', 'cue', 'hedge', 'relay'] as const).map((role) => (
          <span class={`role ${role}`}>{roleWords[role]}</span>
        ))}
      </figcaption>
    </figure>
  );
}

function DecisionForm({ read, proposal, ledger }: ReviewProps) {
  const { capture } = read;
  const { statement } = proposal;
  return (
    <form class="desk-form decide" method="post" action={urls.claimsDecide()}>
      <Token />
      <input type="hidden" name="capture" value={capture.id} />
      <input type="hidden" name="place" value={placeOf(proposal)} />
      <div class="decide-line">
        <label for="speaker">Who</label>
        <input
          id="speaker"
          name="speaker"
          type="text"
          maxlength={100}
          value={visibleName(statement.speaker.name).slice(0, 100)}
          required
        />
        <label for="sort" class="unseen">
          Kind
        </label>
        <select id="sort" name="sort">
          {(['person', 'organisation', 'unnamed'] as const).map((sort) => (
            <option value={sort} selected={sort === sortOf(statement)}>
              {sort === 'unnamed' ? 'unnamed group' : sort}
            </option>
          ))}
        </select>
      </div>
      {statement.speaker.capacity === undefined ? undefined : (
        <label class="check">
          <input type="checkbox" name="capacity" value="1" checked />{' '}
          <span>{`The outlet calls them “${visibleText(statement.speaker.capacity.text)}”`}</span>
        </label>
      )}
      <fieldset>
        <legend>What it does</legend>
        {acts.map((act) => (
          <label class="check">
            <input type="checkbox" name="does" value={act} checked={statement.acts.includes(act)} />{' '}
            {actWords(act)}
          </label>
        ))}
      </fieldset>
      <p class="hint">
        An accusation against a living person awaits a second person before it can be published.
      </p>
      <label for="target">About whom</label>
      <input id="target" name="target" type="text" maxlength={100} />
      <label for="proposition">The proposition, as a neutral sentence</label>
      <input
        id="proposition"
        name="proposition"
        type="text"
        maxlength={500}
        list="propositions"
        data-key="p"
      />
      <datalist id="propositions">
        {ledger.propositions.map(({ row }) => (
          <option value={row.text} />
        ))}
      </datalist>
      <fieldset>
        <legend>Its stand</legend>
        {(['asserts', 'denies', 'concedes'] as const).map((stance) => (
          <label class="check">
            <input type="radio" name="stance" value={stance} checked={stance === stanceOf(statement)} />{' '}
            {stance}
          </label>
        ))}
      </fieldset>
      <div class="decide-line">
        <label for="said">Said on</label>
        <input id="said" name="said" type="text" placeholder="2016-11-09" pattern="\d{4}(-\d\d){0,2}" />
      </div>
      <label for="invocation">Evidence offered in this text</label>
      <select id="invocation" name="invocation">
        {invocationKinds.map((kind) => (
          <option value={kind} selected={kind === statement.invocation.kind}>
            {invocationWords(kind)}
          </option>
        ))}
      </select>
      <label for="message">The message it means, by number or SHA-256</label>
      <input id="message" name="message" type="text" maxlength={64} pattern="\d+|[0-9a-fA-F]{4,64}" />
      <SameUtterance ledger={ledger} speaker={statement.speaker.name} />
      <p class="decide-buttons">
        <button type="submit" name="decision" value="accept" data-key="a">
          Accept
        </button>
        <button type="submit" name="decision" value="reject" class="quiet" data-key="x" formnovalidate>
          Reject
        </button>
      </p>
    </form>
  );
}

/** The same words in another outlet are another appearance of one utterance. */
function SameUtterance({ ledger, speaker }: { ledger: Ledger; speaker: string }) {
  const same = ledger.utterances.filter((utterance) => utterance.speaker?.name === speaker);
  if (same.length === 0) return undefined;
  return (
    <>
      <label for="utterance">An appearance of what is in the ledger already</label>
      <select id="utterance" name="utterance">
        <option value="">no, said another time</option>
        {same.map(({ row, appearances, date }) => (
          <option
            value={row.id}
          >{`${date} ${visibleName(appearances[0]?.anchors[0]?.exact ?? '').slice(0, 70)}`}</option>
        ))}
      </select>
    </>
  );
}

const sortOf = ({ speaker }: Statement): string => (speaker.kind === 'named' ? 'person' : 'unnamed');

function stanceOf({ acts: done }: Statement): string {
  if (done.includes('denial')) return 'denies';
  return done.includes('concession') ? 'concedes' : 'asserts';
}

function HowFound({ text, statement }: { text: string; statement: Statement }) {
  const measured = findMeasured(statement.rule);
  return (
    <section>
      <h2>How it was found</h2>
      <dl class="facts-list">
        <dt>Rule</dt>
        <dd>
          <code>{statement.rule}</code>
        </dd>
        <dt>Right on PolNeAR</dt>
        <dd>
          {measured === undefined
            ? 'unmeasured'
            : `${formatCount(measured.right)} of ${formatCount(measured.found)} (${Math.round((100 * measured.right) / measured.found)} %)`}
        </dd>
        <dt>Form</dt>
        <dd>{modeWords(statement.mode)}</dd>
        <dt>Name found by</dt>
        <dd>{statement.speaker.by}</dd>
        {statement.speaker.known === undefined ? undefined : (
          <>
            <dt>In the archive</dt>
            <dd>
              <a href={urls.person(statement.speaker.known)}>
                <Name text={statement.speaker.known} />
              </a>
            </dd>
          </>
        )}
        {statement.negation === undefined ? undefined : (
          <>
            <dt>Negated by</dt>
            <dd>{`“${visibleText(text.slice(statement.negation.start, statement.negation.end))}”`}</dd>
          </>
        )}
        {statement.isUnclosed ? (
          <>
            <dt>Marks</dt>
            <dd>the quotation is never closed: it was ended with its paragraph</dd>
          </>
        ) : undefined}
      </dl>
    </section>
  );
}

function Candidates({ candidates }: { candidates: readonly CandidateLine[] }) {
  return (
    <section>
      <h2>In the archive</h2>
      {candidates.length === 0 ? (
        <p class="absent">No message has five of the quoted words in a row, and none is named by number.</p>
      ) : (
        <ul class="desk-items">
          {candidates.map((candidate) => (
            <li>
              <a href={urls.message(candidate.number)}>
                <Subject text={candidate.subject} />
              </a>
              <span class="facts">
                {`Message ${candidate.number}, `}
                <When time={candidate.sentAt} />
                {candidate.words === '' ? ', named by its number' : `, has “${visibleText(candidate.words)}”`}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">Candidates to look at: that a message has the words does not say that it was meant.</p>
    </section>
  );
}
