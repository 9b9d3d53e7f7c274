/** What was verified of the whole trove: labels, when, by whom, what context showed, and which keys are worth finding. */
import type { AuthorCount, MissingKey, MissingKeys } from '../../index/judgement-counts.js';
import type { DomainCounts } from '../../index/judgements.js';
import { type FindingCode, type FindingLevel, findingRules } from '../../verify/finding.js';
import { keyName } from '../../verify/keys/found-record.js';
import { type Label, labelNames } from '../../verify/label.js';
import { labelWords } from '../checked-words.js';
import { countOf, formatCount, formatDay } from '../figures.js';
import { type LabelStrip, LabelStrips } from '../pictures/label-strips.js';
import { urls } from '../urls.js';
import { type Frame, Layout } from './layout.js';
import { Code, CommandLine, Name } from './text.js';

export interface VerificationFacts {
  /** Messages with a label, and all there are. */
  readonly judged: number;
  readonly messages: number;
  readonly labels: readonly { readonly label: Label; readonly count: number }[];
  readonly strips: readonly LabelStrip[];
  /** What a bar stands for. */
  readonly unit: string;
  readonly bodies: { readonly signed: number; readonly intact: number; readonly domains: number };
  readonly domains: readonly DomainCounts[];
  readonly findings: readonly {
    readonly code: FindingCode;
    readonly level: FindingLevel;
    readonly count: number;
  }[];
  readonly missing: MissingKeys;
  readonly author: readonly AuthorCount[];
  readonly missingAuthorKeys: readonly { readonly issuer: string; readonly messages: number }[];
}

export interface VerificationProps {
  readonly frame: Frame;
  /** undefined before anything was verified. */
  readonly facts: VerificationFacts | undefined;
}

export function VerificationPage({ frame, facts }: VerificationProps) {
  return (
    <Layout frame={frame} title="Verification" q="" wide>
      <header class="result-head">
        <h1>Verification</h1>
        {facts === undefined ? <NothingYet /> : <Summary facts={facts} />}
      </header>
      {facts === undefined ? undefined : (
        <>
          <LabelStrips strips={facts.strips} unit={facts.unit} search={searchLabel} />
          <Labels facts={facts} />
          <Missing missing={facts.missing} />
          <Domains facts={facts} />
          <Findings findings={facts.findings} />
          <Authors author={facts.author} keys={facts.missingAuthorKeys} />
        </>
      )}
    </Layout>
  );
}

const searchLabel = (label: Label, period?: string): string =>
  urls.search({ q: `label:${label}${period === undefined ? '' : ` date:${period}`}` });

function NothingYet() {
  return (
    <>
      <p class="lead">Nothing of this trove was verified yet.</p>
      <p class="prose">
        <code>impart verify --trove DIR</code> says of every message what its signatures and its context show.
        It asks nothing of the network, and what it finds is shown here, on the page of each message, and
        searched with <code>label:</code>.
      </p>
    </>
  );
}

function Summary({ facts: { judged, messages, bodies } }: { facts: VerificationFacts }) {
  return (
    <p class="lead">
      {judged === messages
        ? `All ${countOf(messages, 'message')} were judged. `
        : `${formatCount(judged)} of ${countOf(messages, 'message')} were judged. `}
      {bodies.signed === 0
        ? 'None carries a DKIM signature.'
        : `${formatCount(bodies.signed)} ${bodies.signed === 1 ? 'carries' : 'carry'} a DKIM signature, of ${countOf(bodies.domains, 'domain')}; in ${formatCount(bodies.intact)} of them the body is still the one that was signed.`}
    </p>
  );
}

function Labels({ facts: { labels, judged } }: { facts: VerificationFacts }) {
  return (
    <section>
      <h2>Labels</h2>
      <dl class="labels">
        {labels.map(({ label, count }) => (
          <div>
            <dt>
              <a href={searchLabel(label)}>{labelNames[label]}</a>
            </dt>
            <dd class="amount">
              <meter min="0" max={judged} value={count} aria-hidden="true" />
              <span class="number">{formatCount(count)}</span>
              <span class="share number">{share(count, judged)}</span>
            </dd>
            <dd class="facts">{labelWords[label]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((part / whole) * 100).toFixed(1)} %`;

function Missing({ missing: { keys, count } }: { missing: MissingKeys }) {
  if (count === 0) return undefined;
  return (
    <section id="missing-keys">
      <h2>Keys worth finding</h2>
      <p class="prose">
        {`${countOf(count, 'key')} ${count === 1 ? 'is' : 'are'} named by signatures and not at hand, or another than those at hand. The first below would tell most: messages whose body is intact and of which nothing else shows where they come from.`}
      </p>
      <ol class="missing-keys">
        {keys.map((key) => (
          <MissingItem missing={key} />
        ))}
      </ol>
      {count > keys.length ? (
        <p class="hint">{`And ${formatCount(count - keys.length)} more; impart verify --dns asks for all.`}</p>
      ) : undefined}
      <HowToFind name={keyName(keys[0]?.domain ?? '', keys[0]?.selector ?? '')} />
    </section>
  );
}

function MissingItem({ missing }: { missing: MissingKey }) {
  const { domain, selector, messages, intact, first, last, hasOthers } = missing;
  const name = keyName(domain, selector);
  return (
    <li>
      <Code text={name} />
      <span class="facts">
        <a href={urls.search({ q: `selector:${name}` })}>{countOf(messages, 'message')}</a>
        <span>{`${formatCount(intact)} with intact body`}</span>
        {first === undefined || last === undefined ? undefined : (
          <span>{first === last ? formatDay(first) : `${formatDay(first)} to ${formatDay(last)}`}</span>
        )}
        {hasOthers ? <span>keys are known, none of them fits</span> : undefined}
      </span>
    </li>
  );
}

function HowToFind({ name }: { name: string }) {
  return (
    <details class="prose">
      <summary>How to find and import a key</summary>
      <p>
        Domains publish keys in DNS for as long as they sign with them, and many for years after. Write down
        who gave you a key, and when they saw it: the label of a message depends on it.
      </p>
      <ul>
        <li>
          Ask DNS now; what it says is recorded with its time:
          <CommandLine text="impart verify --dns --trove DIR" />
        </li>
        <li>
          Ask an archive of DKIM keys for a signed statement, save it with the archive’s key set, and import
          both:
          <CommandLine text="impart keys import statement.jws --jwks archive-jwks.json --trove DIR" />
        </li>
        <li>
          Ask whoever ran a mail server or a resolver then for old zone files or logs:
          <CommandLine text="impart keys import old.zone --observer 'who saw it' --provenance single-archive --trove DIR" />
        </li>
        <li>
          A single record by hand:
          <CommandLine text={`impart keys import --record '${name}=v=DKIM1; p=…' --trove DIR`} />
        </li>
      </ul>
      <p>
        Then run <code>impart verify</code> again: it judges anew only what the key touches.
      </p>
    </details>
  );
}

function Domains({ facts: { domains, bodies } }: { facts: VerificationFacts }) {
  if (domains.length === 0) return undefined;
  const cell = (count: number) => (
    <td class={count === 0 ? 'number zero' : 'number'}>{formatCount(count)}</td>
  );
  return (
    <section>
      <h2>By domain that signed</h2>
      <div class="scroll">
        <table class="domains">
          <thead>
            <tr>
              <th scope="col">Domain</th>
              {['Messages', 'Verified', 'Headers only', 'Failed', 'No key', 'Unread', 'Body intact'].map(
                (name) => (
                  <th scope="col" class="number">
                    {name}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {domains.map((each) => (
              <tr>
                <th scope="row">
                  {each.domain === '' ? (
                    <span class="absent">no readable domain</span>
                  ) : (
                    <Name text={each.domain} />
                  )}
                </th>
                {cell(each.messages)}
                <td class={each.verified === 0 ? 'number zero' : 'number'}>
                  {each.verified === 0 ? (
                    '0'
                  ) : (
                    <a href={urls.search({ q: `signed-by:${each.domain}` })}>{formatCount(each.verified)}</a>
                  )}
                </td>
                {cell(each.headersOnly)}
                {cell(each.failed)}
                {cell(each.noKey)}
                {cell(each.unread)}
                {cell(each.bodyIntact)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {bodies.domains > domains.length ? (
        <p class="hint">{`And ${countOf(bodies.domains - domains.length, 'domain')} more.`}</p>
      ) : undefined}
      <p class="hint">
        Signatures are counted but for the first column: a message can have several of one domain.
      </p>
    </section>
  );
}

function Findings({ findings }: Pick<VerificationFacts, 'findings'>) {
  if (findings.length === 0) return undefined;
  return (
    <section>
      <h2>Findings from context</h2>
      <table class="narrow">
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Level</th>
            <th scope="col" class="number">
              Messages
            </th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ code, level, count }) => (
            <tr>
              <th scope="row">
                <a href={urls.finding(code)}>{findingRules[code].title}</a>
              </th>
              <td class="nowrap">{level}</td>
              <td class="number">
                <a href={urls.search({ q: `finding:${code} finding:${level}` })}>{formatCount(count)}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Authors({
  author,
  keys,
}: {
  author: readonly AuthorCount[];
  keys: VerificationFacts['missingAuthorKeys'];
}) {
  if (author.length === 0) return undefined;
  return (
    <section>
      <h2>Signatures of authors</h2>
      <ul class="plain-list">
        {author.map(({ kind, result, count }) => (
          <li>{`${kind}: ${countOf(count, 'message')} ${result}`}</li>
        ))}
      </ul>
      {keys.length === 0 ? undefined : (
        <>
          <p>OpenPGP keys that are named and not at hand, those of the most messages first:</p>
          <ol class="missing-keys">
            {keys.map(({ issuer, messages }) => (
              <li>
                <Code text={issuer} />
                <span class="facts">{countOf(messages, 'message')}</span>
              </li>
            ))}
          </ol>
          <p class="hint">
            <code>impart keys import key.asc</code> takes keys in armour, and certificates (PEM) that S/MIME
            signatures may lead to.
          </p>
        </>
      )}
    </section>
  );
}
