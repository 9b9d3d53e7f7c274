/**
 * Where a quoted passage comes from, and where it differs from its original both texts side by side. What differs is
 * said, never why: the causes that are named are those that do no harm.
 */
import type { FoundQuotation } from '../../read/quotations.js';
import type { Agreement, Part } from '../../thread/quotation/compare.js';
import { countOf } from '../figures.js';
import { visibleText } from '../visible-text.js';
import { Name, When } from './text.js';

export type AddressOf = (message: number) => string;

export function Origins({ found, addressOf }: { found: readonly FoundQuotation[]; addressOf: AddressOf }) {
  return (
    <>
      {found.map((each) =>
        each.quotation.agreement === 'same' ? (
          <SameWords found={each} addressOf={addressOf} />
        ) : (
          <Difference found={each} addressOf={addressOf} />
        ),
      )}
    </>
  );
}

interface OriginProps {
  readonly found: FoundQuotation;
  readonly addressOf: AddressOf;
}

function SameWords({ found, addressOf }: OriginProps) {
  return (
    <p class="origin">
      {found.isInline ? <Beginning text={found.text} /> : undefined}
      <Source found={found} addressOf={addressOf} />
    </p>
  );
}

/** Of several sentences between quotation marks, the one that is meant. */
function Beginning({ text }: { text: string }) {
  const shown = text.replace(/\s+/gu, ' ').slice(0, 40).toWellFormed();
  return (
    <>
      “<bdi>{visibleText(shown)}</bdi>
      {shown.length < text.length ? '…”' : '”'} is in{' '}
    </>
  );
}

function Source({ found, addressOf }: OriginProps) {
  const { quotation, by, sentAt } = found;
  return (
    <>
      <a href={addressOf(quotation.of)}>message {quotation.of}</a>
      {by === '' ? undefined : (
        <>
          {', '}
          <Name text={by} />
        </>
      )}
      {', '}
      <When time={sentAt} />
    </>
  );
}

const differences: Readonly<Record<Exclude<Agreement, 'same'>, string>> = {
  words: 'Differs from',
  characters: 'Differs, in characters that another charset can change, from',
  links: 'Differs, in addresses of web pages, from',
  shortened: 'Leaves out words of',
  extended: 'Has more words at its ends than',
};

const causes: Readonly<Record<Exclude<Agreement, 'same'>, string>> = {
  words: 'Quotations differ when they are edited on reply, wrapped anew, or read in another charset.',
  characters: 'A mail program that read the original in another charset quotes it so.',
  links: 'Mail filters replace the addresses of web pages by their own, and mail programs write them out.',
  shortened: 'What a reply has no need of is often cut.',
  extended: 'What stands around a quotation is not always marked as the writer’s own.',
};

function Difference({ found, addressOf }: OriginProps) {
  const { agreement, parts, of } = found.quotation;
  if (agreement === 'same') return undefined;
  const changes = parts.filter((part) => !part.isSame).length;
  return (
    <aside class="difference" aria-label={`Beside message ${of}`}>
      <p>
        {found.isInline ? <Beginning text={found.text} /> : undefined}
        <strong>{differences[agreement]}</strong> <Source found={found} addressOf={addressOf} />
      </p>
      <details open={agreement === 'words' || agreement === 'characters'}>
        <summary>{`Both texts, ${countOf(changes, 'place')}`}</summary>
        <div class="side-by-side">
          <section>
            <h3>Message {of}</h3>
            <p dir="auto">
              <Side parts={parts} of="original" />
            </p>
          </section>
          <section>
            <h3>As quoted here</h3>
            <p dir="auto">
              <Side parts={parts} of="quoted" />
            </p>
          </section>
        </div>
        <p class="hint">{causes[agreement]}</p>
      </details>
    </aside>
  );
}

function Side({ parts, of }: { parts: readonly Part[]; of: 'original' | 'quoted' }) {
  return (
    <>
      {parts.map((part, at) =>
        part.isSame ? (
          visibleText(` ${around(part[of], at > 0, at < parts.length - 1)} `)
        ) : part[of] === '' ? undefined : of === 'original' ? (
          <del>{visibleText(cut(part[of]))}</del>
        ) : (
          <ins>{visibleText(cut(part[of]))}</ins>
        ),
      )}
    </>
  );
}

/** Characters of common text shown next to a difference, and of one difference. */
const shownAround = 120;
const shownDifference = 1_000;

function around(text: string, afterDifference: boolean, beforeDifference: boolean): string {
  const start = afterDifference ? text.slice(0, shownAround) : '';
  const end = beforeDifference ? text.slice(-shownAround) : '';
  if (start.length + end.length >= text.length) return text;
  return `${start} … ${end}`.trim().toWellFormed();
}

const cut = (text: string): string =>
  text.length <= shownDifference ? text : `${text.slice(0, shownDifference).toWellFormed()} …`;
