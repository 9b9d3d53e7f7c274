/** Redaction: what the rules found and what was decided on it, a line for each rule; what people marked by hand. */
import type { QueueLine } from '../../review/queue.js';
import type { RedactionRow } from '../../store/desk/redactions.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name, When } from './text.js';

export interface RedactQueueProps {
  readonly frame: Frame;
  readonly trove: string;
  /** undefined where nothing was scanned yet. */
  readonly lines: readonly QueueLine[] | undefined;
  readonly scanned: number;
  readonly messages: number;
  readonly publicSubjects: number;
  readonly marked: readonly RedactionRow[];
}

export function RedactQueuePage(props: RedactQueueProps) {
  const { frame, lines, marked, publicSubjects } = props;
  return (
    <Layout frame={frame} title="Redaction" q="" wide>
      <h1>Redaction</h1>
      <p class="lead">
        Rules look for what may have to be hidden. They decide nothing: what they find waits here, and what
        waits stops a release. Addresses and telephone numbers are masked unless their owner is public.
      </p>
      <ul class="redact-ways">
        <li>
          <a href={urls.redactPeople()}>Register of people</a>{' '}
          <span class="hint">
            {publicSubjects === 0
              ? 'everybody is private'
              : countOf(publicSubjects, 'public entry', 'public entries')}
          </span>
        </li>
        <li>
          <a href="#marked">Marked by hand</a> <span class="hint">{formatCount(marked.length)}</span>
        </li>
      </ul>
      <ScanNote {...props} />
      {lines === undefined ? undefined : <QueueTable lines={lines} />}
      <h2 id="marked">Marked by hand</h2>
      {marked.length === 0 ? (
        <p class="hint">
          Nothing yet. What no rule finds is marked on a message’s redaction page: open a message, then
          “Redact”.
        </p>
      ) : (
        <ul class="redact-marked">
          {marked.map((row) => (
            <MarkedRow row={row} />
          ))}
        </ul>
      )}
    </Layout>
  );
}

function ScanNote({ lines, scanned, messages, trove }: RedactQueueProps) {
  const command = <code class="whole">{`impart redact scan --trove ${trove}`}</code>;
  if (lines === undefined) return <p class="note">Nothing was looked for yet. Run {command}</p>;
  if (scanned >= messages) return undefined;
  return (
    <p class="note">
      {`${countOf(messages - scanned, 'message has', 'messages have')} not been looked through. Run `}
      {command}
    </p>
  );
}

function QueueTable({ lines }: { lines: readonly QueueLine[] }) {
  return (
    <section class="scroll" tabindex={0} aria-label="Candidates by rule">
      <table class="redact-queue">
        <thead>
          <tr>
            <th scope="col">What was found</th>
            <th scope="col" class="number">
              Open
            </th>
            <th scope="col" class="number">
              Redacted
            </th>
            <th scope="col" class="number">
              Shown
            </th>
            <th scope="col" class="number">
              Places
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <QueueRow line={line} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function QueueRow({ line: { rule, counts, places, isMaskedByDefault } }: { line: QueueLine }) {
  const cell = (state: 'open' | 'redacted' | 'shown') => (
    <td class="number">
      {counts[state] === 0 ? (
        <span class="zero">0</span>
      ) : (
        <a href={urls.redactRule(rule.name, { state })}>{formatCount(counts[state])}</a>
      )}
    </td>
  );
  return (
    <tr data-item>
      <th scope="row">
        <a href={urls.redactRule(rule.name)}>{rule.title}</a>
        {isMaskedByDefault ? <span class="hint"> masked unless shown</span> : undefined}
      </th>
      {cell('open')}
      {cell('redacted')}
      {cell('shown')}
      <td class="number">{places === 0 ? <span class="zero">0</span> : formatCount(places)}</td>
    </tr>
  );
}

/** What a row says, in words. */
export function describeRedaction({ target, thing, value }: RedactionRow): string {
  if (target === 'message') return 'The message is withheld';
  if (target === 'field') return `Header field ${visibleName(value)}`;
  return thing.charAt(0).toUpperCase() + thing.slice(1);
}

export function MarkedRow({ row, back = `${urls.redact()}#marked` }: { row: RedactionRow; back?: string }) {
  return (
    <li class="redact-mark">
      <p>
        <strong>{describeRedaction(row)}</strong>
        {row.written === '' || row.target === 'field' ? undefined : (
          <>
            {': '}
            <q>
              <bdi>{visibleText(row.written)}</bdi>
            </q>
          </>
        )}
      </p>
      <p class="facts">
        <span>
          {row.message === undefined ? (
            'wherever it stands'
          ) : (
            <a href={urls.redactMessage(row.message)}>in one message</a>
          )}
        </span>
        <span>{row.reason}</span>
        <span>
          <Name text={row.madeBy} />, <When time={row.madeAt} />
        </span>
      </p>
      <form method="post" action={urls.redactUndo()}>
        <Token back={back} />
        <input type="hidden" name="id" value={row.id} />
        <button type="submit" class="quiet">
          Take it back
        </button>
      </form>
    </li>
  );
}
