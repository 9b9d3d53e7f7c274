/** What pages of claims show: the ledger, captures with what the rules propose of them, the queue. */
import { findCandidates } from '../capture/candidates.js';
import { knownPeople } from '../capture/known-people.js';
import { extentOf, type Proposal, proposalsOf } from '../capture/proposals.js';
import { findAnchor } from '../claims/anchor.js';
import { OperatorError } from '../errors.js';
import { captureMissing, captureText, versionsOf } from '../store/desk/claims/captures.js';
import type { Capture } from '../store/desk/claims/kinds.js';
import {
  emptyLedger,
  type Ledger,
  type LedgerProposition,
  type LedgerUtterance,
  readLedger,
} from '../store/desk/claims/ledger.js';
import type { LiveArchive } from './live-archive.js';

export const ledgerOf = (live: LiveArchive): Ledger => live.desk.read(readLedger, emptyLedger);

export interface CaptureProposals {
  readonly capture: Capture;
  readonly text: string;
  readonly proposals: readonly Proposal[];
}

/** Throws OperatorError `capture-missing`, `capture-damaged`. */
export function readCaptureOf(live: LiveArchive, ledger: Ledger, id: string): CaptureProposals {
  const capture = ledger.captures.find((one) => one.id === id);
  if (capture === undefined) throw captureMissing(id);
  const text = live.desk.read((db) => captureText(db, capture), '');
  return { capture, text, proposals: proposalsOf(id, text, knownOf(live), ledger.reviews) };
}

/** The archive's people, by name; nobody before anything was received. */
function knownOf(live: LiveArchive): ReadonlyMap<string, string> {
  const open = live.current();
  if (open === undefined) return new Map();
  return open.derived('known people', () => knownPeople(open.archive.index));
}

export const isWaiting = ({ decided, isShownByDefault }: Proposal): boolean =>
  decided === undefined && isShownByDefault;

export interface QueueLine {
  readonly capture: Capture;
  readonly waiting: number;
  readonly decided: number;
  readonly lessCertain: number;
}

export function queueOf(live: LiveArchive, ledger: Ledger): QueueLine[] {
  return ledger.captures.map((capture) => {
    const { proposals } = readCaptureOf(live, ledger, capture.id);
    return {
      capture,
      waiting: proposals.filter(isWaiting).length,
      decided: proposals.filter(({ decided }) => decided !== undefined).length,
      lessCertain: proposals.filter(
        ({ decided, isShownByDefault }) => decided === undefined && !isShownByDefault,
      ).length,
    };
  });
}

export function getProposal({ proposals, capture }: CaptureProposals, place: string): Proposal {
  const found = proposals.find(({ subject }) => subject === `${capture.id}:${place}`);
  if (found !== undefined) return found;
  throw new OperatorError(
    'claim-missing',
    'Nothing is proposed at this place of the article.',
    'The rules may have changed since: open the article, and choose the statement there.',
  );
}

export const placeOf = (proposal: Proposal): string => {
  const { start, end } = extentOf(proposal.statement);
  return `${start}-${end}`;
};

/** Messages that hold the quoted words, or that the sentence names. */
export function candidatesOf(live: LiveArchive, { text }: CaptureProposals, { statement }: Proposal) {
  const open = live.current();
  if (open === undefined) return [];
  return findCandidates(open.archive.index, text, statement.verbatim, extentOf(statement)).map(
    (candidate) => {
      const row = open.archive.index.findRow(candidate.number);
      return { ...candidate, subject: row?.subject ?? '', sentAt: row?.sentAt };
    },
  );
}
export type CandidateLine = ReturnType<typeof candidatesOf>[number];

export function getUtterance(ledger: Ledger, id: string): LedgerUtterance {
  const found = ledger.utterances.find(({ row }) => row.id === id);
  if (found !== undefined) return found;
  throw claimMissing();
}

export function getProposition(ledger: Ledger, id: string): LedgerProposition {
  const found = ledger.propositions.find(({ row }) => row.id === id);
  if (found !== undefined) return found;
  throw claimMissing();
}

const claimMissing = (): OperatorError =>
  new OperatorError(
    'claim-missing',
    'The ledger has nothing of that id.',
    'Go to /claims: what is there is listed.',
  );

export interface VersionLine {
  readonly capture: Capture;
  readonly text: string;
}

/** What was recorded from another version of an article, looked for in this one's text. */
export interface CarriedStatement {
  readonly utterance: LedgerUtterance;
  readonly from: Capture;
  readonly words: string;
  /** `moved`: the same words with the same neighbours stand elsewhere; `lost`: not all of its words stand here so. */
  readonly how: 'exact' | 'moved' | 'lost';
}

export function carriedStatements(
  { capture, text }: CaptureProposals,
  versions: readonly VersionLine[],
  ledger: Ledger,
): CarriedStatement[] {
  const others = new Set(versions.map(({ capture: { id } }) => id));
  others.delete(capture.id);
  const carried: CarriedStatement[] = [];
  for (const utterance of ledger.utterances)
    for (const { capture: from, anchors } of utterance.appearances) {
      if (from === undefined || !others.has(from.id)) continue;
      const found = anchors.map((anchor) => findAnchor(text, anchor));
      const how = found.includes(undefined)
        ? 'lost'
        : found.some((span) => span?.how === 'moved')
          ? 'moved'
          : 'exact';
      carried.push({ utterance, from, words: anchors.map(({ exact }) => exact).join(' … '), how });
    }
  return carried;
}

export function versionLines(live: LiveArchive, capture: Capture): VersionLine[] {
  return live.desk.read(
    (db) => versionsOf(db, capture).map((version) => ({ capture: version, text: captureText(db, version) })),
    [],
  );
}
