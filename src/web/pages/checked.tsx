/** What was checked of a message: its label in the margin, and below the text everything that the label was given from. */
import type { ArcChain } from '../../verify/arc.js';
import type { AuthorSignature } from '../../verify/author/author-signature.js';
import { type Finding, findingRules } from '../../verify/finding.js';
import type { SignatureJudgement } from '../../verify/judgement.js';
import { keyName } from '../../verify/keys/found-record.js';
import { labelNames } from '../../verify/label.js';
import type { MessageJudgement } from '../../verify/message-judgement.js';
import { otherTools } from '../../verify/other-tools.js';
import { flagWord, provenanceWords, resultWords } from '../checked-words.js';
import { countOf, formatDay, formatTime, machineTime } from '../figures.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Code, CommandLine, Name } from './text.js';

/** What the message page knows of the verification. */
export interface Checked {
  /** undefined where this message was not judged. */
  readonly judgement: MessageJudgement | undefined;
  /** Bodies of Authentication-Results fields, top to bottom. */
  readonly testimony: readonly string[];
}

export function LabelSection({ checked: { judgement } }: { checked: Checked }) {
  return (
    <section class="label-note">
      <h2>Verification</h2>
      {judgement === undefined ? (
        <p class="hint">
          Not verified yet. <code>impart verify</code> says what signatures and context show.
        </p>
      ) : (
        <>
          <p class={judgement.label === 'conflict' ? 'label conflict' : 'label'}>
            <a href={urls.search({ q: `label:${judgement.label}` })}>{labelNames[judgement.label]}</a>
          </p>
          <p>{visibleText(judgement.sentence)}</p>
          <p>
            <a href="#checked">What was checked</a>
          </p>
        </>
      )}
    </section>
  );
}

export function CheckedPanel({ checked: { judgement, testimony } }: { checked: Checked }) {
  if (judgement === undefined) return undefined;
  const { signatures, arc, author, findings, number } = judgement;
  return (
    <section id="checked" class="checked" aria-labelledby="checked-title">
      <h2 id="checked-title">What was checked</h2>
      <Signatures signatures={signatures} />
      {arc.result === 'none' ? undefined : <Chain arc={arc} />}
      {author.length === 0 ? undefined : <AuthorSignatures author={author} />}
      <Findings findings={findings} />
      <Testimony testimony={testimony} />
      <Evidence judgement={judgement} number={number} />
    </section>
  );
}

function Signatures({ signatures }: { signatures: readonly SignatureJudgement[] }) {
  if (signatures.length === 0) return <p>The message has no DKIM signature.</p>;
  return (
    <>
      <table class="signatures">
        <caption>{countOf(signatures.length, 'DKIM signature')}, top to bottom</caption>
        <thead>
          <tr>
            <th scope="col">Signed by</th>
            <th scope="col">Result</th>
            <th scope="col">Headers</th>
            <th scope="col">Body</th>
            <th scope="col">Algorithm</th>
            <th scope="col">Key</th>
          </tr>
        </thead>
        {signatures.map((signature) => (
          <tbody>
            <SignatureRow signature={signature} />
            <SignatureNotes signature={signature} />
          </tbody>
        ))}
      </table>
      <p class="hint">
        A DKIM signature shows that a server with the domain’s key signed the message. It does not show who
        typed, received or meant it, nor that its date is true.
      </p>
    </>
  );
}

function SignatureRow({ signature }: { signature: SignatureJudgement }) {
  const { domain, selector, result, header, body, algorithm, canonicalization } = signature;
  return (
    <tr>
      <th scope="row" data-name="Signed by">
        {domain === '' ? <span class="absent">no readable domain</span> : <Name text={domain} />}
        {selector === '' ? undefined : (
          <a
            class="facts"
            href={urls.search({ q: `selector:${domain === '' ? selector : keyName(domain, selector)}` })}
          >
            {'selector '}
            <Name text={selector} />
          </a>
        )}
      </th>
      <td data-name="Result" title={resultWords[result]}>
        <strong>{result}</strong>
      </td>
      <td data-name="Headers">{header}</td>
      <td data-name="Body">{body}</td>
      <td data-name="Algorithm">
        <Name text={algorithm} />
        <span class="facts">
          <Name text={canonicalization} />
        </span>
      </td>
      <td data-name="Key">
        <KeyCell signature={signature} />
      </td>
    </tr>
  );
}

function KeyCell({ signature: { key, sighting } }: { signature: SignatureJudgement }) {
  if (key === undefined) return <span class="absent">none verified it</span>;
  return (
    <>
      {sighting === undefined ? 'of unknown origin' : sighting.provenance}
      <details>
        <summary>{sighting === undefined ? 'SHA-256' : windowText(sighting)}</summary>
        {sighting === undefined ? undefined : (
          <p>
            {`Its record was ${provenanceWords[sighting.provenance]}: `}
            <Name text={sighting.observers.join('; ')} />.
          </p>
        )}
        <Code text={key} />
      </details>
    </>
  );
}

function windowText({ firstSeen, lastSeen }: NonNullable<SignatureJudgement['sighting']>): string {
  if (firstSeen === undefined || lastSeen === undefined) return 'not dated';
  const [from, to] = [formatDay(firstSeen), formatDay(lastSeen)];
  return from === to ? `seen ${from}` : `seen ${from} to ${to}`;
}

/** The reason, when it was made, what it covers, and each flag in words. */
function SignatureNotes({ signature }: { signature: SignatureJudgement }) {
  const { reason, signedAt, flags, signedFields, unsignedBytes, result } = signature;
  return (
    <tr class="notes">
      <td colspan={6}>
        <p class="meaning">{`${resultWords[result]}${reason === '' ? '' : `: ${reason}`}.`}</p>
        {signedAt === undefined ? undefined : <SignedAt seconds={signedAt} />}
        {signedFields.length === 0 ? undefined : (
          <p class="facts">
            {'Signed fields: '}
            <Name text={signedFields.join(', ')} />
          </p>
        )}
        <Flags flags={flags} />
        {unsignedBytes > 0 ? (
          <p>{`${countOf(unsignedBytes, 'byte')} at the end are not signed.`}</p>
        ) : undefined}
      </td>
    </tr>
  );
}

function SignedAt({ seconds }: { seconds: number }) {
  const time = seconds * 1_000;
  if (!(Math.abs(time) <= 8.64e15)) return undefined;
  return (
    <p class="facts">
      Signed, by its own word, on <time datetime={machineTime(time)}>{formatTime(time)}</time>
    </p>
  );
}

function Flags({ flags }: { flags: readonly string[] }) {
  if (flags.length === 0) return undefined;
  return (
    <ul class="flags">
      {flags.map((flag) => (
        <li>
          <code>{visibleText(flag)}</code> <span>{visibleText(flagWord(flag))}</span>
        </li>
      ))}
    </ul>
  );
}

const chainWords: Readonly<Record<ArcChain['result'], string>> = {
  none: '',
  pass: 'The chain of receivers (ARC) holds: each domain below sealed what it found.',
  fail: 'The chain of receivers (ARC) does not hold',
  'no-key': 'The chain of receivers (ARC) cannot be checked',
};

function Chain({ arc: { result, reason, sets } }: { arc: ArcChain }) {
  return (
    <>
      <h3>Receivers that sealed it</h3>
      <p>{`${chainWords[result]}${reason === '' ? '' : `: ${visibleText(reason)}.`}`}</p>
      <ol class="seals">
        {sets.map(({ domain, selector, seal, testimony, flags }) => (
          <li>
            <Name text={domain} />{' '}
            <span class="facts">
              {'selector '}
              <Name text={selector} />
              {`, seal ${seal}`}
            </span>
            <Flags flags={flags} />
            <blockquote>{visibleText(testimony.slice(0, 600))}</blockquote>
          </li>
        ))}
      </ol>
    </>
  );
}

function AuthorSignatures({ author }: { author: readonly AuthorSignature[] }) {
  return (
    <>
      <h3>Signatures of the author</h3>
      <ul class="author-signatures">
        {author.map(({ kind, result, reason, signer, trust, key, flags, section, signedAt }) => (
          <li>
            <strong>{result}</strong> <span>{kind}</span>
            {section === '' ? undefined : <span class="facts">{` over part ${section}`}</span>}
            {signer === '' ? undefined : (
              <>
                {', by '}
                <Name text={signer} />
              </>
            )}
            {[reason, trust]
              .filter((text) => text !== '')
              .map((text) => (
                <p class="meaning">{`${visibleText(text)}.`}</p>
              ))}
            {signedAt === undefined ? undefined : <SignedAt seconds={signedAt / 1_000} />}
            <Flags flags={flags} />
            {key === undefined ? undefined : <Code text={key} />}
          </li>
        ))}
      </ul>
      <p class="hint">Such a signature covers the content. Subject, From, To and Date are outside of it.</p>
    </>
  );
}

function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <p>Its context was compared, and nothing was found.</p>;
  return (
    <>
      <h3>{`${countOf(findings.length, 'finding')} from context`}</h3>
      <ul class="findings">
        {findings.map(({ code, level, facts, others }) => (
          <li class={level}>
            <a href={urls.finding(code)}>{findingRules[code].title}</a> <span class="level">{level}</span>
            <ul>
              {facts.map((fact) => (
                <li>{visibleText(fact)}</li>
              ))}
            </ul>
            {others.length === 0 ? undefined : (
              <p class="facts">
                {'Compared with '}
                {others.slice(0, 10).map((number) => (
                  <>
                    <a href={urls.message(number)}>{`message ${number}`}</a>{' '}
                  </>
                ))}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Testimony({ testimony }: { testimony: readonly string[] }) {
  if (testimony.length === 0) return undefined;
  return (
    <>
      <h3>What receivers wrote</h3>
      <p class="hint">
        Testimony of Authentication-Results fields. Anyone can write such a field: it is quoted here and
        counts for nothing above.
      </p>
      {testimony.map((text) => (
        <blockquote>{visibleText(text)}</blockquote>
      ))}
    </>
  );
}

function Evidence({ judgement, number }: { judgement: MessageJudgement; number: number }) {
  const { under } = judgement;
  const tools = Object.entries(under.tools).map(([name, version]) => `${name} ${version}`);
  return (
    <>
      <h3>Check it yourself</h3>
      <p>
        {'The '}
        <a href={urls.evidence(number, 'record.json')} download>
          evidence record
        </a>
        {
          ' says which bytes were compared with which key, under which rules. Other programs come to the same result with '
        }
        <a href={urls.evidence(number, 'message.eml')} download>
          the message
        </a>
        {' and '}
        <a href={urls.evidence(number, 'keys.json')} download>
          its keys
        </a>
        {judgement.author.some(({ kind }) => kind === 'PGP/MIME') ? (
          <>
            {', '}
            <a href={urls.evidence(number, 'content.txt')} download>
              what is signed
            </a>
            {', '}
            <a href={urls.evidence(number, 'signature.asc')} download>
              the signature
            </a>
          </>
        ) : undefined}
        .
      </p>
      {otherTools(judgement).map(({ tool, about, command }) => (
        <div class="tool">
          <p>
            <strong>{tool}</strong> <span class="facts">{about}</span>
          </p>
          <CommandLine text={command} />
        </div>
      ))}
      <p class="facts">
        {`Judged ${formatTime(under.at)} with ${tools.join(', ')}; rules: signatures ${String(under.rules.signatures)}, label ${String(under.rules.label)}.`}
      </p>
    </>
  );
}
