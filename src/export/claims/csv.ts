/** A line for each appearance of each utterance, for spreadsheets. */
import type { Ledger } from '../../store/desk/claims/ledger.js';
import { byteOrderMark, csvLine } from '../csv.js';
import { fidelityWords, invocationWords } from './badges.js';

const heading = [
  'date',
  'speaker',
  'does',
  'words',
  'mode',
  'fidelity',
  'relayed by',
  'evidence invoked',
  'outlet',
  'title',
  'published',
  'address',
  'capture',
  'state',
  'utterance',
];

export function claimsAsCsv({ utterances }: Ledger): string {
  const lines = utterances.flatMap((utterance) =>
    utterance.appearances.map((appearance) =>
      csvLine([
        utterance.date,
        utterance.speaker?.name,
        utterance.statements.map(({ does }) => does).join(', '),
        appearance.anchors.map(({ exact }) => exact).join(' … '),
        appearance.row.mode,
        fidelityWords(appearance).join(', '),
        appearance.hops.map(({ name }) => name).join(' ← '),
        appearance.invocations.map(({ offers }) => invocationWords(offers)).join(', '),
        appearance.capture?.outlet,
        appearance.capture?.title,
        appearance.capture?.published_at,
        appearance.capture?.canonical_url || appearance.capture?.url,
        appearance.row.capture,
        utterance.state,
        utterance.row.id,
      ]),
    ),
  );
  return byteOrderMark + csvLine(heading) + lines.join('');
}
