/** `/claims`: what waits for review, what was said when, and the captures it comes from. */
import { claimFormats } from '../../export/claims/formats.js';
import type { Ledger, LedgerUtterance } from '../../store/desk/claims/ledger.js';
import type { QueueLine } from '../claim-facts.js';
import { countOf, formatCount } from '../figures.js';
import { urls } from '../urls.js';
import { AppearanceBadges, doesWords, OpenMark, SaidDate, SpeakerLink, Words } from './claims-parts.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

export interface ClaimsProps {
  readonly frame: Frame;
  readonly ledger: Ledger;
  readonly queue: readonly QueueLine[];
}

export function ClaimsPage(props: ClaimsProps) {
  const { frame, ledger, queue } = props;
  const waiting = queue.reduce((sum, line) => sum + line.waiting, 0);
  const open = ledger.utterances.filter(({ state }) => state === 'open');
  return (
    <Layout frame={frame} title="Claims" q="" wide>
      <h1>Claims</h1>
      <p class="lead">
        Who said what in public about these messages, through whom, offering what evidence, and what the
        archive shows. What somebody offered and what was found here are kept apart, and nothing is called
        true or false.
      </p>
      <div class="columns">
        <section aria-labelledby="timeline">
          <Waiting waiting={waiting} open={open} />
          <h2 id="timeline">By the day it was said</h2>
          <Timeline utterances={ledger.utterances} />
        </section>
        <aside aria-label="Captures, propositions, people">
          <Captures queue={queue} />
          <CaptureForm />
          <Propositions ledger={ledger} />
          <Speakers ledger={ledger} />
          <Exports />
        </aside>
      </div>
    </Layout>
  );
}

function Waiting({ waiting, open }: { waiting: number; open: readonly LedgerUtterance[] }) {
  return (
    <>
      {waiting === 0 ? (
        <p class="absent">No statement waits for review.</p>
      ) : (
        <p class="waiting">
          <a class="button" href={urls.claimsNext()} data-key="s">
            {`Review ${countOf(waiting, 'statement')}`}
          </a>
        </p>
      )}
      {open.length === 0 ? undefined : (
        <section aria-labelledby="second">
          <h2 id="second">Awaits a second person</h2>
          <ul class="desk-items">
            {open.map((utterance) => (
              <li>
                <a href={urls.claimsUtterance(utterance.row.id)}>
                  <Name text={utterance.speaker?.name ?? 'Somebody'} />
                  {`: ${doesWords(utterance)}`}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function Timeline({ utterances }: { utterances: readonly LedgerUtterance[] }) {
  const shown = utterances.filter(({ state }) => state !== 'withdrawn');
  if (shown.length === 0)
    return <p class="absent">Nothing was accepted yet. What is accepted in review stands here, by date.</p>;
  return (
    <ol class="said-list">
      {shown.map((utterance) => (
        <li data-item>
          <p class="said-head">
            <span class="said-date">
              <SaidDate utterance={utterance} />
            </span>{' '}
            <SpeakerLink utterance={utterance} />{' '}
            <a class="facts" href={urls.claimsUtterance(utterance.row.id)}>
              {doesWords(utterance)}
            </a>{' '}
            <OpenMark state={utterance.state} />
          </p>
          <Appearances utterance={utterance} />
        </li>
      ))}
    </ol>
  );
}

/** The fullest is read; the others and who relayed them are folded beneath. */
function Appearances({ utterance }: { utterance: LedgerUtterance }) {
  const [fullest, ...others] = utterance.appearances;
  if (fullest === undefined) return undefined;
  const relays = utterance.appearances.flatMap(({ hops }) => hops);
  return (
    <>
      <Words anchors={fullest.anchors} />
      <AppearanceBadges appearance={fullest} />
      {others.length === 0 && relays.length === 0 ? undefined : (
        <details class="relays">
          <summary>{`${countOf(utterance.appearances.length, 'appearance')}, ${countOf(relays.length, 'relay')}`}</summary>
          <ul class="plain-list">
            {utterance.appearances.map(({ capture, row, hops }) => (
              <li>
                <a href={urls.claimsCapture(row.capture)}>
                  <Name text={capture?.outlet || (capture?.title ?? 'A capture')} />
                </a>
                {hops.map((hop) => (
                  <>
                    {', relaying '}
                    <Name text={hop.name} />
                    {hop.resolved === undefined ? <span class="facts"> (not checked)</span> : undefined}
                  </>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Captures({ queue }: { queue: readonly QueueLine[] }) {
  return (
    <section>
      <h2>{queue.length === 0 ? 'Captures' : countOf(queue.length, 'capture')}</h2>
      {queue.length === 0 ? (
        <p class="absent">No article was captured yet.</p>
      ) : (
        <ul class="desk-items">
          {queue.map(({ capture, waiting, decided }) => (
            <li>
              <a href={urls.claimsCapture(capture.id)}>
                <Name text={capture.title || capture.url} />
              </a>
              <span class="facts">
                <Name
                  text={
                    [capture.outlet, capture.published_at.slice(0, 10)]
                      .filter((part) => part !== '')
                      .join(', ') || 'no outlet'
                  }
                />
                {` · ${formatCount(waiting)} to review, ${formatCount(decided)} decided`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function CaptureForm() {
  return (
    <details class="fold">
      <summary>Capture an article</summary>
      <form class="desk-form" method="post" action={urls.claimsUpload()} enctype="multipart/form-data">
        <Token back={urls.claims()} />
        <label for="claim-file">File: HTML, text, PDF or WARC, up to 2 MB</label>
        <input id="claim-file" name="file" type="file" required />
        <label for="claim-url">Where it was published</label>
        <input id="claim-url" name="url" type="text" inputmode="url" placeholder="https://" />
        <label for="claim-outlet">Outlet, where the page does not say</label>
        <input id="claim-outlet" name="outlet" type="text" maxlength={100} />
        <label for="claim-published">Published, where the page does not say</label>
        <input
          id="claim-published"
          name="published"
          type="text"
          placeholder="2016-11-12"
          pattern="\d{4}(-\d\d){0,2}"
        />
        <button type="submit">Capture</button>
      </form>
      <p class="hint">
        Larger files, and addresses to be fetched: <code>impart claims capture</code>. This page fetches
        nothing.
      </p>
    </details>
  );
}

function Propositions({ ledger }: { ledger: Ledger }) {
  return (
    <section>
      <h2>Propositions</h2>
      {ledger.propositions.length === 0 ? (
        <p class="absent">None yet. Accepting a statement can name the one it takes a stand on.</p>
      ) : (
        <p>
          <a
            href={urls.claimsPropositions()}
          >{`${countOf(ledger.propositions.length, 'proposition')}: who asserts, denies, concedes`}</a>
        </p>
      )}
    </section>
  );
}

function Speakers({ ledger }: { ledger: Ledger }) {
  const counts = new Map<string, number>();
  for (const { row } of ledger.utterances) counts.set(row.speaker, (counts.get(row.speaker) ?? 0) + 1);
  if (counts.size === 0) return undefined;
  return (
    <section>
      <h2>Who spoke</h2>
      <ul class="tally">
        {Array.from(counts, ([id, count]) => (
          <li>
            <a href={urls.claimsSpeaker(id)}>
              <Name text={ledger.agents.get(id)?.name ?? 'Somebody'} />
            </a>
            <span class="count">{formatCount(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exports() {
  return (
    <section>
      <h2>Take it out</h2>
      <ul class="plain-list">
        {claimFormats.map(({ name, holds }) => (
          <li>
            <a href={urls.claimsExport(name)} download>
              {name}
            </a>
            <span class="facts">{` ${holds}`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
