/** One message as it would be published now, and the forms that mark what no rule found. */

import type { RedactionReason } from '../../redact/reasons.js';
import { redactionKinds, redactionReasons } from '../../redact/reasons.js';
import type { RedactedMessage } from '../../redact/redacted-message.js';
import type { RedactionRow } from '../../store/desk/redactions.js';
import { countOf, formatBytes, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { visibleName, visibleText } from '../visible-text.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { MarkedRow } from './redact-queue.js';
import { DidBar } from './redact-rule.js';
import { Name, Subject } from './text.js';

export interface RedactMessageProps {
  readonly frame: Frame;
  readonly number: number;
  readonly sha256: string;
  readonly subject: string;
  /** Names of the header fields, each once. */
  readonly fieldNames: readonly string[];
  readonly withheld: RedactionReason | undefined;
  /** undefined where it is withheld. */
  readonly redacted: RedactedMessage | undefined;
  readonly rows: readonly RedactionRow[];
  readonly did: string | undefined;
}

export function RedactMessagePage(props: RedactMessageProps) {
  const { frame, number, subject, withheld, redacted, did, rows } = props;
  const here = urls.redactMessage(number);
  return (
    <Layout frame={frame} title={`Redact: ${subject}`} q="" wide>
      <p class="crumb">
        <a href={urls.message(number)} data-key="u">{`Message ${formatCount(number)}`}</a>
        <a href={urls.redact()}>Redaction</a>
      </p>
      <h1>
        <Subject text={subject} />
      </h1>
      <p class="lead">As it would be published with what is decided now.</p>
      {did === undefined ? undefined : <DidBar did={did} back={here} />}
      <div class="columns">
        <div>
          {redacted === undefined ? (
            <p class="note">{`Withheld (${withheld ?? ''}): it is counted in the release, and nothing else of it is there.`}</p>
          ) : (
            <Preview redacted={redacted} />
          )}
        </div>
        <aside>
          {redacted === undefined ? undefined : <Hidden redacted={redacted} />}
          <MarkForms {...props} here={here} />
          {rows.length === 0 ? undefined : (
            <>
              <h2>Decided on this message alone</h2>
              <ul class="redact-marked">
                {rows.map((row) => (
                  <MarkedRow row={row} back={here} />
                ))}
              </ul>
            </>
          )}
        </aside>
      </div>
    </Layout>
  );
}

function Preview({ redacted }: { redacted: RedactedMessage }) {
  return (
    <article class="redact-preview">
      <dl class="redact-fields">
        {redacted.fields.map(({ name, body }) => (
          <div>
            <dt>{visibleName(name)}</dt>
            <dd>
              <bdi>
                <Placeholders text={body} />
              </bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div class="text">
        {redacted.text.map(({ text, kind }) => (
          <p class={`redact-text ${kind}`}>
            <Placeholders text={text} />
          </p>
        ))}
      </div>
      {redacted.attachments.length === 0 ? undefined : (
        <ul class="redact-attachments">
          {redacted.attachments.map((attachment) =>
            attachment.cleared ? (
              <li>
                <Name text={attachment.name} /> <span class="hint">cleared, {attachment.form}</span>
              </li>
            ) : (
              <li>
                {attachment.mediaType}, {formatBytes(attachment.size)}{' '}
                <span class="hint">withheld: {attachment.reason}</span>
              </li>
            ),
          )}
        </ul>
      )}
    </article>
  );
}

/** Placeholders set apart from what was written. */
function Placeholders({ text }: { text: string }) {
  const parts = text.split(/(\[[a-z ]{3,16}(?: \d{1,7})?\])/);
  return (
    <>
      {parts.map((part, at) => (at % 2 === 1 ? <span class="placeholder">{part}</span> : visibleText(part)))}
    </>
  );
}

function Hidden({ redacted: { redactions, segments, raw } }: { redacted: RedactedMessage }) {
  const hidden = segments.filter(({ shown }) => !shown).length;
  return (
    <>
      <h2>Hidden</h2>
      {redactions.length === 0 && raw !== null ? (
        <p>Nothing. Its source can be published byte for byte.</p>
      ) : (
        <ul class="redact-counts">
          {redactions.map(({ kind, reason, count }) => (
            <li>
              {formatCount(count)} × {kind} <span class="hint">{reason}</span>
            </li>
          ))}
        </ul>
      )}
      <p class="hint">{`${formatCount(hidden)} of ${countOf(segments.length, 'part')} of its source hidden`}</p>
    </>
  );
}

function MarkForms({ sha256, fieldNames, withheld, here }: RedactMessageProps & { here: string }) {
  return (
    <>
      <h2>Mark</h2>
      <form class="desk-form" method="post" action={urls.redactMark()}>
        <Token back={here} />
        <input type="hidden" name="message" value={sha256} />
        <input type="hidden" name="target" value="passage" />
        <label for="words">
          Words <span class="hint">(as they stand in the message)</span>
        </label>
        <textarea id="words" name="words" rows={3} required data-key="w" />
        <label for="thing">What it is</label>
        <select id="thing" name="thing">
          {['passage', 'name', ...redactionKinds.filter((kind) => !notMarked.has(kind))].map((kind) => (
            <option value={kind}>{kind}</option>
          ))}
        </select>
        <Reason id="reason-words" />
        <fieldset class="redact-scope">
          <legend>Where</legend>
          <label>
            <input type="radio" name="where" value="everywhere" checked /> wherever it stands
          </label>
          <label>
            <input type="radio" name="where" value="here" /> in this message alone
          </label>
        </fieldset>
        <button type="submit">Redact these words</button>
      </form>
      <details>
        <summary>Hide a header field</summary>
        <form class="desk-form" method="post" action={urls.redactMark()}>
          <Token back={here} />
          <input type="hidden" name="message" value={sha256} />
          <input type="hidden" name="target" value="field" />
          <label for="field">Header field</label>
          <select id="field" name="words">
            {fieldNames.map((name) => (
              <option value={name}>{visibleName(name)}</option>
            ))}
          </select>
          <Reason id="reason-field" />
          <button type="submit">Hide it</button>
        </form>
      </details>
      {withheld !== undefined ? undefined : (
        <details>
          <summary>Withhold the message</summary>
          <form class="desk-form" method="post" action={urls.redactMark()}>
            <Token back={here} />
            <input type="hidden" name="message" value={sha256} />
            <input type="hidden" name="target" value="message" />
            <Reason id="reason-message" />
            <button type="submit">Withhold it</button>
          </form>
        </details>
      )}
    </>
  );
}

const notMarked = new Set(['passage', 'name', 'attachment', 'header field', 'signature', 'message']);

function Reason({ id }: { id: string }) {
  return (
    <>
      <label for={id}>Reason</label>
      <select id={id} name="reason">
        {redactionReasons.slice(0, 6).map((reason) => (
          <option value={reason}>{reason}</option>
        ))}
      </select>
    </>
  );
}
