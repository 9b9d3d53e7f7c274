/** The matrix: propositions by who asserts, denies, concedes, what was offered, and what the archive shows. Blanks are shown. */
import { assessmentWords, invocationWords } from '../../export/claims/badges.js';
import type {
  Ledger,
  LedgerAssessment,
  LedgerProposition,
  LedgerUtterance,
} from '../../store/desk/claims/ledger.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Timeline } from './claims.js';
import { ArchiveBadges, Badges, OpenMark } from './claims-parts.js';
import { Replies, ReplyForm, Reviews, SettleForm } from './claims-record.js';
import { Token } from './form.js';
import { type Frame, Layout } from './layout.js';
import { Name } from './text.js';

const stances = ['asserts', 'denies', 'concedes'] as const;

export function PropositionsPage({ frame, ledger }: { frame: Frame; ledger: Ledger }) {
  return (
    <Layout frame={frame} title="Propositions" q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a>
      </p>
      <h1>Propositions</h1>
      <p class="lead">
        Who takes which stand, what they offered for it, and what the archive shows. An empty place says that
        nobody did, or that nobody looked.
      </p>
      {ledger.propositions.length === 0 ? (
        <p class="absent">None yet. Accepting a statement can name the one it takes a stand on.</p>
      ) : (
        <section class="scroll" aria-label="Propositions" tabindex={0}>
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">Proposition</th>
                <th scope="col">Asserts</th>
                <th scope="col">Denies</th>
                <th scope="col">Concedes</th>
                <th scope="col">Evidence offered</th>
                <th scope="col">The archive</th>
              </tr>
            </thead>
            <tbody>
              {ledger.propositions.map((proposition) => (
                <Row proposition={proposition} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Layout>
  );
}

function Row({ proposition }: { proposition: LedgerProposition }) {
  const standing = proposition.utterances.filter(({ utterance }) => utterance.state !== 'withdrawn');
  const offered = new Set(
    standing.flatMap(({ utterance }) =>
      utterance.appearances.flatMap(({ invocations }) =>
        invocations.map(({ offers }) => invocationWords(offers)),
      ),
    ),
  );
  return (
    <tr>
      <th scope="row">
        <a href={urls.claimsProposition(proposition.row.id)}>
          <Name text={proposition.row.text} />
        </a>
      </th>
      {stances.map((stance) => (
        <td>
          <Who
            utterances={standing
              .filter(({ statement }) => statement.stance === stance)
              .map(({ utterance }) => utterance)}
          />
        </td>
      ))}
      <td>
        {offered.size === 0 ? (
          <Blank words="nothing said" />
        ) : (
          <Badges family="offered" words={[...offered]} />
        )}
      </td>
      <td>
        <ArchiveBadges proposition={proposition} />
      </td>
    </tr>
  );
}

function Who({ utterances }: { utterances: readonly LedgerUtterance[] }) {
  const speakers = new Map(utterances.map((utterance) => [utterance.row.speaker, utterance]));
  if (speakers.size === 0) return <Blank words="nobody" />;
  return (
    <ul class="plain-list">
      {Array.from(speakers.values(), (utterance) => (
        <li>
          <a href={urls.claimsUtterance(utterance.row.id)}>
            <Name text={utterance.speaker?.name ?? 'Somebody'} />
          </a>
          {utterance.state === 'open' ? <span class="facts"> (awaits a second person)</span> : undefined}
        </li>
      ))}
    </ul>
  );
}

const Blank = ({ words }: { words: string }) => <span class="blank">{words}</span>;

export interface PropositionProps {
  readonly frame: Frame;
  readonly proposition: LedgerProposition;
  readonly reader: string;
}

export function PropositionPage({ frame, proposition, reader }: PropositionProps) {
  const { row, utterances, assessments, replies } = proposition;
  const back = urls.claimsProposition(row.id);
  return (
    <Layout frame={frame} title="Proposition" q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a> <a href={urls.claimsPropositions()}>Propositions</a>
      </p>
      <h1>
        <Name text={row.text} />
      </h1>
      <p class="badge-row">
        <ArchiveBadges proposition={proposition} />
      </p>
      <div class="columns">
        <section aria-labelledby="stands">
          <h2 id="stands">Who takes a stand</h2>
          {stances.map((stance) => (
            <section>
              <h3>{`${stance[0]?.toUpperCase() ?? ''}${stance.slice(1)}`}</h3>
              <Stand
                utterances={utterances
                  .filter(({ statement }) => statement.stance === stance)
                  .map(({ utterance }) => utterance)}
              />
            </section>
          ))}
          <Replies replies={replies} />
        </section>
        <aside aria-label="What the archive shows">
          <h2>What the archive shows</h2>
          {assessments.length === 0 ? (
            <p class="blank">not checked</p>
          ) : (
            assessments.map((assessment) => <Assessed assessment={assessment} reader={reader} back={back} />)
          )}
          <AssessForm proposition={row.id} back={back} />
          <ReplyForm subject={row.id} back={back} />
        </aside>
      </div>
    </Layout>
  );
}

function Stand({ utterances }: { utterances: readonly LedgerUtterance[] }) {
  if (utterances.length === 0) return <p class="blank">nobody in this ledger</p>;
  return <Timeline utterances={utterances} />;
}

function Assessed({
  assessment,
  reader,
  back,
}: {
  assessment: LedgerAssessment;
  reader: string;
  back: string;
}) {
  const { row, state, reviews, replies } = assessment;
  return (
    <article class="assessment">
      <p class="badge-row">
        <Badges family="archive" words={[assessmentWords(assessment)]} /> <OpenMark state={state} />
      </p>
      <p>{visibleText(row.why)}</p>
      {row.message === undefined ? undefined : (
        <p>
          <a href={urls.messageByHash(row.message)}>The message</a>
          <span class="facts">{` SHA-256 ${row.message.slice(0, 16)}…`}</span>
        </p>
      )}
      {row.search === '' ? undefined : (
        <p>
          <a href={urls.search({ q: row.search })}>The search that was made</a>
        </p>
      )}
      <Replies replies={replies} />
      <Reviews reviews={reviews} />
      <SettleForm subject={row.id} state={state} reviews={reviews} reader={reader} back={back} mayPublish />
    </article>
  );
}

function AssessForm({ proposition, back }: { proposition: string; back: string }) {
  return (
    <details class="fold">
      <summary>Assess it</summary>
      <form class="desk-form" method="post" action={urls.claimsAssess()}>
        <Token back={back} />
        <input type="hidden" name="proposition" value={proposition} />
        <fieldset>
          <legend>The archive</legend>
          {(
            [
              ['supports', 'supports it'],
              ['partly', 'supports it in part'],
              ['contradicts', 'contradicts it (asks for a second person)'],
              ['silent', 'is silent'],
              ['not_checkable', 'cannot tell: not checkable'],
            ] as const
          ).map(([value, words], at) => (
            <label class="check">
              <input type="radio" name="relation" value={value} checked={at === 0} /> {words}
            </label>
          ))}
        </fieldset>
        <label for="assess-message">Message, by number or SHA-256</label>
        <input
          id="assess-message"
          name="message"
          type="text"
          maxlength={64}
          pattern="\d+|[0-9a-fA-F]{4,64}"
        />
        <label for="assess-passage">The passage of its text</label>
        <textarea id="assess-passage" name="passage" rows={2} />
        <label for="assess-search">Which search was made</label>
        <input id="assess-search" name="search" type="text" maxlength={4000} />
        <label for="assess-why">Why</label>
        <textarea id="assess-why" name="why" rows={3} required />
        <button type="submit">Enter the assessment</button>
      </form>
    </details>
  );
}
