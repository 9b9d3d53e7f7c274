/** What pages of claims have in common: words that were said, badges in words, speakers, tabs. */
import type { Anchor } from '../../claims/anchor.js';
import { assessmentsOf, fidelityWords, invocationWords } from '../../export/claims/badges.js';
import type { LedgerAppearance, LedgerProposition, LedgerUtterance } from '../../store/desk/claims/ledger.js';
import { urls } from '../urls.js';
import { visibleText } from '../visible-text.js';
import { Name } from './text.js';

/** Three families, each with its name: how it was said, what was offered for it, what the archive shows. */
export function Badges({
  family,
  words,
}: {
  family: 'said' | 'offered' | 'archive';
  words: readonly string[];
}) {
  if (words.length === 0) return undefined;
  const name = family === 'said' ? 'As said' : family === 'offered' ? 'Offered' : 'Archive';
  return (
    <span class={`badges ${family}`}>
      <span class="family">{name}</span>
      {words.map((word) => (
        <span class="badge">{word}</span>
      ))}
    </span>
  );
}

export function AppearanceBadges({ appearance }: { appearance: LedgerAppearance }) {
  const offered = [...new Set(appearance.invocations.map(({ offers }) => invocationWords(offers)))];
  return (
    <p class="badge-row">
      <Badges family="said" words={fidelityWords(appearance)} />
      <Badges family="offered" words={offered} />
    </p>
  );
}

export const ArchiveBadges = ({ proposition }: { proposition: LedgerProposition }) => (
  <Badges family="archive" words={assessmentsOf(proposition)} />
);

/** What is attributed, in the outlet's own words; gaps between its spans are marked. */
export function Words({ anchors }: { anchors: readonly Anchor[] }) {
  return (
    <blockquote class="said-words">
      {anchors.map(({ exact }, at) => (
        <>
          {at === 0 ? undefined : <span class="gap"> […] </span>}
          {visibleText(exact)}
        </>
      ))}
    </blockquote>
  );
}

export function SpeakerLink({ utterance }: { utterance: LedgerUtterance }) {
  return (
    <a class="said-by" href={urls.claimsSpeaker(utterance.row.speaker)}>
      <Name text={utterance.speaker?.name ?? 'Somebody'} />
    </a>
  );
}

export const actWords = (does: string): string => (does === 'no_comment' ? 'no comment' : does);

export function doesWords({ statements }: LedgerUtterance): string {
  return [...new Set(statements.map(({ does }) => actWords(does)))].join(', ');
}

export function OpenMark({ state }: { state: string }) {
  if (state === 'settled') return undefined;
  return <strong class="open-mark">{state === 'open' ? 'awaits a second person' : 'withdrawn'}</strong>;
}

/** By day, or as far as it is known. */
export function SaidDate({ utterance }: { utterance: LedgerUtterance }) {
  if (utterance.date === '') return <span class="absent">no date</span>;
  const isPublished = utterance.row.said_at === '';
  return (
    <>
      <time datetime={utterance.date}>{utterance.date}</time>
      {isPublished ? <span class="facts"> (published)</span> : undefined}
    </>
  );
}
