/** One capture: the article as it was read, what is attributed in it, and how it changed between versions. */

import { extentOf, type Proposal } from '../../capture/proposals.js';
import { sourceLine } from '../../claims/invocation.js';
import { invocationWords, modeWords, relayWords } from '../../export/claims/badges.js';
import type { Capture } from '../../store/desk/claims/kinds.js';
import { type CaptureProposals, type CarriedStatement, placeOf, type VersionLine } from '../claim-facts.js';
import { countOf, formatBytes } from '../figures.js';
import { textDifference } from '../text-difference.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Badges } from './claims-parts.js';
import { type Frame, Layout } from './layout.js';
import { Code, Name, When } from './text.js';

export interface CaptureProps {
  readonly frame: Frame;
  readonly read: CaptureProposals;
  readonly versions: readonly VersionLine[];
  readonly carried: readonly CarriedStatement[];
}

export function CapturePage({ frame, read, versions, carried }: CaptureProps) {
  const { capture, text, proposals } = read;
  const sure = proposals.filter(({ isShownByDefault, decided }) => isShownByDefault || decided !== undefined);
  const others = proposals.filter((proposal) => !sure.includes(proposal));
  return (
    <Layout frame={frame} title={capture.title || 'Capture'} q="" wide>
      <p class="crumb">
        <a href={urls.claims()}>Claims</a>
      </p>
      <h1>
        <Name text={capture.title || capture.url} />
      </h1>
      <p class="lead">
        <Name
          text={[capture.outlet, capture.byline, capture.published_at]
            .filter((part) => part !== '')
            .join(' · ')}
        />
      </p>
      <Findings capture={capture} />
      <div class="columns">
        <section aria-label="The article">
          <ArticleText text={text} proposals={sure} capture={capture.id} />
        </section>
        <aside aria-label="Statements, versions, the original">
          <h2>{countOf(sure.length, 'statement')}</h2>
          <ProposalList capture={capture.id} text={text} proposals={sure} />
          {others.length === 0 ? undefined : (
            <details class="fold">
              <summary>{`${countOf(others.length, 'statement')} more, by rules that are less often right`}</summary>
              <ProposalList capture={capture.id} text={text} proposals={others} />
            </details>
          )}
          <Original capture={capture} text={text} />
        </aside>
      </div>
      <Carried carried={carried} />
      <Versions versions={versions} present={capture.id} />
    </Layout>
  );
}

export function Findings({ capture }: { capture: Capture }) {
  const findings = findingsOf(capture);
  if (findings.length === 0) return undefined;
  return (
    <ul class="note findings">
      {findings.map(({ note }) => (
        <li>{visibleText(note)}</li>
      ))}
    </ul>
  );
}

function findingsOf(capture: Capture): { note: string }[] {
  try {
    const value: unknown = JSON.parse(capture.findings);
    return Array.isArray(value)
      ? value.filter((one): one is { note: string } => typeof one?.note === 'string')
      : [];
  } catch {
    // An imported desk may hold anything.
    return [];
  }
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly place: string;
  readonly isDecided: boolean;
}

/** Paragraphs; what is attributed leads to its review. */
function ArticleText({
  text,
  proposals,
  capture,
}: {
  text: string;
  proposals: readonly Proposal[];
  capture: string;
}) {
  const marks = proposals
    .flatMap((proposal) =>
      proposal.statement.content.map(
        (span): Mark => ({ ...span, place: placeOf(proposal), isDecided: proposal.decided !== undefined }),
      ),
    )
    .sort((a, b) => a.start - b.start);
  let at = 0;
  let next = 0;
  return (
    <div class="article-text">
      {text.split(/\n+/).map((paragraph) => {
        const start = text.indexOf(paragraph, at);
        at = start + paragraph.length;
        const own: Mark[] = [];
        while (next < marks.length && (marks[next]?.start ?? 0) < at) {
          const mark = marks[next];
          if (mark !== undefined) own.push(mark);
          next += 1;
        }
        // A quotation that goes on in the next paragraph is marked there as well.
        if ((own.at(-1)?.end ?? 0) > at) next -= 1;
        return <p>{marked(text, start, at, own, capture)}</p>;
      })}
    </div>
  );
}

function marked(text: string, start: number, end: number, marks: readonly Mark[], capture: string) {
  const parts = [];
  let at = start;
  for (const mark of marks) {
    const from = Math.max(mark.start, at);
    const to = Math.min(mark.end, end);
    if (from >= to) continue;
    parts.push(visibleText(text.slice(at, from)));
    parts.push(
      <a
        class={mark.isDecided ? 'attributed decided' : 'attributed'}
        href={urls.claimsReview(capture, mark.place)}
      >
        {visibleText(text.slice(from, to))}
      </a>,
    );
    at = to;
  }
  parts.push(visibleText(text.slice(at, end)));
  return <>{parts}</>;
}

function ProposalList({
  capture,
  text,
  proposals,
}: {
  capture: string;
  text: string;
  proposals: readonly Proposal[];
}) {
  return (
    <ol class="proposal-list">
      {proposals.map((proposal) => {
        const { statement, decided } = proposal;
        const { start, end } = extentOf(statement);
        return (
          <li data-item>
            <a href={urls.claimsReview(capture, placeOf(proposal))}>
              <Name text={statement.speaker.name || 'Nobody named'} />
            </a>{' '}
            <span class="facts">{decided === undefined ? 'to review' : decided.decision}</span>
            <span class="proposal-words">{visibleText(text.slice(start, Math.min(end, start + 90)))}</span>
            <Badges
              family="said"
              words={[
                modeWords(statement.mode),
                relayWords(statement.hops.length),
                statement.hedges.length > 0 ? 'hedged' : undefined,
              ].filter((word) => word !== undefined)}
            />
            <Badges family="offered" words={[invocationWords(statement.invocation.kind)]} />
          </li>
        );
      })}
    </ol>
  );
}

function Original({ capture, text }: { capture: Capture; text: string }) {
  const sources = sourceLine(text);
  return (
    <section>
      <h2>The original</h2>
      <dl class="facts-list">
        <dt>Captured</dt>
        <dd>
          <When time={capture.madeAt} /> by <Name text={capture.madeBy} />
        </dd>
        <dt>From</dt>
        <dd>
          <Code text={capture.url} />
        </dd>
        <dt>SHA-256</dt>
        <dd>
          <Code text={capture.bytes} />
        </dd>
        {sources === undefined ? undefined : (
          <>
            <dt>Names as its sources</dt>
            <dd>
              <Name text={sources.names.join('; ')} />
            </dd>
          </>
        )}
        <dt>Text read by</dt>
        <dd>{capture.extractor}</dd>
      </dl>
      <p>
        <a href={urls.claimsOriginal(capture.id)} download>
          {`Download as captured (${formatBytes(capture.size)})`}
        </a>
        <span class="facts"> It is a page of somebody else’s: open it with care.</span>
      </p>
    </section>
  );
}

const carriedWords: Readonly<Record<CarriedStatement['how'], string>> = {
  exact: 'stands here word for word',
  moved: 'stands here elsewhere, word for word',
  lost: 'no longer stands here as it was recorded',
};

function Carried({ carried }: { carried: readonly CarriedStatement[] }) {
  if (carried.length === 0) return undefined;
  return (
    <section aria-labelledby="carried">
      <h2 id="carried">Recorded from other versions</h2>
      <ul class="plain-list">
        {carried.map(({ utterance, from, words, how }) => (
          <li>
            <a href={urls.claimsUtterance(utterance.row.id)}>
              <Name text={utterance.speaker?.name ?? 'Nobody named'} />
            </a>{' '}
            <span class="facts">{carriedWords[how]}</span>
            <span class="proposal-words">{visibleText(words.slice(0, 200))}</span>
            <span class="facts">
              recorded from the version of <When time={from.madeAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Versions({ versions, present }: { versions: readonly VersionLine[]; present: string }) {
  if (versions.length < 2) return undefined;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{countOf(versions.length, 'version')} of this article</h2>
      {versions.map(({ capture, text }, at) => {
        const before = versions[at - 1];
        const changes = before === undefined ? [] : textDifference(before.text, text);
        return (
          <article class="version">
            <h3>
              {capture.id === present ? 'This one: ' : <a href={urls.claimsCapture(capture.id)}>Open: </a>}
              <When time={capture.madeAt} />
            </h3>
            {before === undefined ? (
              <p class="facts">The first that was captured.</p>
            ) : changes === undefined ? (
              <p class="facts">Too different from the one before to be told in words.</p>
            ) : changes.length === 0 ? (
              <p class="facts">Its text is that of the one before; its bytes differ.</p>
            ) : (
              changes.map(({ parts }) => (
                <p class="difference">
                  {parts.map(({ text: words, kind }) =>
                    kind === 'same' ? (
                      visibleText(words)
                    ) : kind === 'gone' ? (
                      <del>{visibleText(words)}</del>
                    ) : (
                      <ins>{visibleText(words)}</ins>
                    ),
                  )}
                </p>
              ))
            )}
          </article>
        );
      })}
    </section>
  );
}
