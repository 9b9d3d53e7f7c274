/** What one rule found: each value once, with places around it, and two buttons. One form for all of them: boxes are ticked, or one is decided alone. */
import { redactionReasons } from '../../redact/reasons.js';
import type { Rule } from '../../redact/rules/rule.js';
import type { CandidateRow, PlaceRow } from '../../review/candidate-store.js';
import { type CandidateState, candidateStates } from '../../review/queue.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { Token, UndoForm } from './form.js';
import { type Frame, Layout } from './layout.js';

export interface CandidateLine {
  readonly candidate: CandidateRow;
  readonly places: readonly PlaceRow[];
}

export interface RedactRuleProps {
  readonly frame: Frame;
  readonly rule: Rule;
  readonly isMaskedByDefault: boolean;
  readonly state: CandidateState;
  readonly counts: Readonly<Record<CandidateState, number>>;
  readonly from: number;
  readonly lines: readonly CandidateLine[];
  readonly next: number | undefined;
  /** The act that led here. */
  readonly did: string | undefined;
}

const stateNames: Readonly<Record<CandidateState, string>> = {
  open: 'Open',
  redacted: 'Redacted',
  shown: 'Shown',
};

export function RedactRulePage(props: RedactRuleProps) {
  const { frame, rule, state, counts, lines, from, did } = props;
  const here = urls.redactRule(rule.name, { state, from });
  return (
    <Layout frame={frame} title={`Redaction: ${rule.title}`} q="" wide>
      <p class="crumb">
        <a href={urls.redact()} data-key="u">
          Redaction
        </a>
      </p>
      <h1>{rule.title}</h1>
      <p class="lead">{rule.precision}</p>
      <nav class="view-switch" aria-label="States">
        <ul>
          {candidateStates.map((each) => (
            <li>
              <a
                href={urls.redactRule(rule.name, { state: each })}
                aria-current={each === state ? 'page' : undefined}
              >
                {stateNames[each]} <span class="hint">{formatCount(counts[each])}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {did === undefined ? undefined : <DidBar did={did} back={here} />}
      {lines.length === 0 ? <Nothing {...props} /> : <CandidateForm {...props} here={here} />}
      <Pager {...props} />
    </Layout>
  );
}

/** Says that something was written, and takes it back. */
export function DidBar({ did, back }: { did: string; back: string }) {
  return (
    <div class="did" role="status">
      <p>Written.</p>
      <UndoForm back={back} fields={{ what: 'act', id: did }}>
        <button type="submit" class="quiet" data-key="z">
          Undo
        </button>
      </UndoForm>
      <a href={urls.deskAct(did, back)}>What it was</a>
    </div>
  );
}

function Nothing({ state, counts }: RedactRuleProps) {
  const all = counts.open + counts.redacted + counts.shown;
  if (all === 0) return <p>The rule found nothing.</p>;
  return <p>{state === 'open' ? 'Nothing is left to decide here.' : `Nothing was ${state} here.`}</p>;
}

function CandidateForm({
  rule,
  state,
  counts,
  lines,
  here,
  isMaskedByDefault,
}: RedactRuleProps & { here: string }) {
  return (
    <form class="candidates" method="post" action={urls.redactDecide()}>
      <Token back={here} />
      <input type="hidden" name="rule" value={rule.name} />
      <div class="candidates-bar">
        <span class="candidates-do">
          <button type="submit" name="do" value="redact">
            Redact ticked
          </button>
          <button type="submit" name="do" value="show">
            Show ticked
          </button>
          {state === 'open' ? undefined : (
            <button type="submit" name="do" value="reopen">
              Reopen ticked
            </button>
          )}
        </span>
        <label>
          Reason{' '}
          <select name="reason">
            {redactionReasons.slice(0, 6).map((reason) => (
              <option value={reason}>{reason}</option>
            ))}
          </select>
        </label>
      </div>
      <ul class="candidate-list">
        {lines.map((line) => (
          <Candidate line={line} state={state} />
        ))}
      </ul>
      {state === 'open' && counts.open > 1 ? (
        <details class="all-alike">
          <summary>{`Decide on all ${formatCount(counts.open)} that are open`}</summary>
          <p class="hint">
            {isMaskedByDefault
              ? 'They are masked also while they are open. Showing all shows what nobody has looked at.'
              : 'Also those on other pages, which nobody may have looked at.'}
          </p>
          <p class="candidates-do">
            <button
              type="submit"
              name="do"
              value="redact-all"
            >{`Redact all ${formatCount(counts.open)}`}</button>
            <button
              type="submit"
              name="do"
              value="show-all"
              class="quiet"
            >{`Show all ${formatCount(counts.open)}`}</button>
          </p>
        </details>
      ) : undefined}
    </form>
  );
}

function Candidate({ line: { candidate, places }, state }: { line: CandidateLine; state: CandidateState }) {
  const { id, written, messages, places: placeCount } = candidate;
  const label = visibleName(shortened(oneLine(written), 90));
  return (
    <li class="candidate" data-item id={`c-${id}`}>
      <div class="candidate-head">
        <label>
          <input type="checkbox" name="id" value={id} data-key="x" />{' '}
          <bdi class="candidate-value">{label}</bdi>
        </label>
        <span class="hint">
          {placeCount === messages
            ? countOf(messages, 'message')
            : `${countOf(messages, 'message')}, ${countOf(placeCount, 'place')}`}
        </span>
        <span class="candidate-do">
          {state === 'redacted' ? undefined : (
            <button type="submit" name="do" value={`redact ${id}`} data-key="y">
              Redact
            </button>
          )}
          {state === 'shown' ? undefined : (
            <button type="submit" name="do" value={`show ${id}`} class="quiet" data-key="s">
              Show
            </button>
          )}
        </span>
      </div>
      <ul class="candidate-places">
        {places.map(({ number, part, before, exact, after }) => (
          <li>
            <a class="candidate-number" href={urls.message(number)}>{`${number}`}</a>{' '}
            <span class="candidate-part">{visibleName(partName(part))}</span>{' '}
            <bdi class="candidate-context">
              {visibleText(oneLine(`…${before}`))}
              <mark>{visibleText(oneLine(exact))}</mark>
              {visibleText(oneLine(`${after}…`))}
            </bdi>
          </li>
        ))}
        {messages > places.length && places.length > 0 ? (
          <li class="hint">{`and in ${countOf(messages - new Set(places.map(({ number }) => number)).size, 'more message')}`}</li>
        ) : undefined}
      </ul>
    </li>
  );
}

const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).toWellFormed()}…`;

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');

/** `attachment 9f86… page 3` is a file and a place in it. */
function partName(part: string): string {
  return part.replace(/^attachment [0-9a-f]{64}/, 'attachment').replace(/^field /, '');
}

function Pager({ rule, state, from, lines, next, counts }: RedactRuleProps) {
  if (from === 0 && next === undefined) return undefined;
  return (
    <nav class="pager" aria-label="Pages of candidates">
      {from === 0 ? undefined : <a href={urls.redactRule(rule.name, { state })}>First page</a>}
      <span class="hint">{`${formatCount(from + 1)} to ${formatCount(from + lines.length)} of ${formatCount(counts[state])}`}</span>
      {next === undefined ? undefined : (
        <a rel="next" href={urls.redactRule(rule.name, { state, from: next })}>
          Next page
        </a>
      )}
    </nav>
  );
}
