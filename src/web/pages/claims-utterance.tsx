/** One utterance with all its appearances, and one speaker with all their utterances. */
import type { Agent } from '../../store/desk/claims/kinds.js';
import type { Ledger, LedgerUtterance } from '../../store/desk/claims/ledger.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Timeline } from './claims.js';
import { AppearanceBadges, actWords, OpenMark, SaidDate, Words } from './claims-parts.js';
import { Replies, ReplyForm, Reviews, SettleForm } from './claims-record.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

export interface UtteranceProps {
  readonly frame: Frame;
  readonly ledger: Ledger;
  readonly utterance: LedgerUtterance;
  readonly reader: string;
}

export function UtterancePage({ frame, ledger, utterance, reader }: UtteranceProps) {
  const { row, appearances, statements, reviews, replies, state } = utterance;
  return (
    <Layout frame={frame} title={`${utterance.speaker?.name ?? 'Somebody'} said`} q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a>
      </p>
      <h1>
        <Name text={utterance.speaker?.name ?? 'Somebody'} />
      </h1>
      <p class="lead">
        <SaidDate utterance={utterance} /> <OpenMark state={state} />
      </p>
      <div class="columns">
        <section aria-labelledby="appearances">
          <h2 id="appearances">Where it appeared</h2>
          {appearances.map((appearance) => (
            <article class="appearance">
              <Words anchors={appearance.anchors} />
              <AppearanceBadges appearance={appearance} />
              <p class="facts">
                <a href={urls.claimsCapture(appearance.row.capture)}>
                  <Name text={appearance.capture?.outlet || (appearance.capture?.title ?? 'A capture')} />
                </a>
                {appearance.hops.map((hop) => (
                  <>
                    {' · relays '}
                    <Name text={hop.name} />
                    {` (“${visibleText(hop.cue)}”${hop.resolved === undefined ? ', not checked' : ''})`}
                  </>
                ))}
              </p>
            </article>
          ))}
          <Replies replies={replies} />
        </section>
        <aside aria-label="What it does, who reviewed it">
          <h2>What it does</h2>
          <ul class="plain-list">
            {statements.map(({ does, target, proposition, stance }) => (
              <li>
                {actWords(does)}
                {target === undefined ? undefined : (
                  <>
                    {' about '}
                    <Name text={ledger.agents.get(target)?.name ?? ''} />
                  </>
                )}
                {proposition === undefined ? undefined : (
                  <>
                    {`, ${stance ?? ''}: `}
                    <a href={urls.claimsProposition(proposition)}>
                      <Name
                        text={ledger.propositions.find((one) => one.row.id === proposition)?.row.text ?? ''}
                      />
                    </a>
                  </>
                )}
              </li>
            ))}
          </ul>
          <Reviews reviews={reviews} />
          <SettleForm
            subject={row.id}
            state={state}
            reviews={reviews}
            reader={reader}
            back={urls.claimsUtterance(row.id)}
          />
          <ReplyForm subject={row.id} back={urls.claimsUtterance(row.id)} />
        </aside>
      </div>
    </Layout>
  );
}

export function SpeakerPage({ frame, ledger, agent }: { frame: Frame; ledger: Ledger; agent: Agent }) {
  const utterances = ledger.utterances.filter(({ row }) => row.speaker === agent.id);
  const capacities = utterances[0]?.capacities ?? [];
  return (
    <Layout frame={frame} title={agent.name} q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a>
      </p>
      <h1>
        <Name text={agent.name} />
      </h1>
      {agent.address === undefined ? undefined : (
        <p class="lead">
          <a href={urls.person(agent.address)}>Their mail in this archive</a>
        </p>
      )}
      {capacities.length === 0 ? undefined : (
        <>
          <h2>As outlets call them</h2>
          <ul class="plain-list">
            {capacities.map(({ text, asserted_by: by }) => {
              const capture = ledger.captures.find(({ id }) => id === by);
              return (
                <li>
                  {`“${visibleText(text)}” `}
                  <a class="facts" href={urls.claimsCapture(by)}>
                    <Name text={capture?.outlet || (capture?.title ?? 'a capture')} />
                  </a>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <h2>Statements</h2>
      <Timeline utterances={utterances} />
    </Layout>
  );
}
