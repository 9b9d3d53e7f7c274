/**
 * What is said of a statement in a few words: never true or false, never both families in one.
 *
 *   fidelity   verbatim · partial quote · paraphrase · headline · relayed twice · hedged
 *   invoked    cites archive document · cites unnamed source · no evidence cited in this text
 *   assessed   archive supports · archive silent: searched for … · not checked
 */
import type {
  LedgerAppearance,
  LedgerAssessment,
  LedgerProposition,
} from '../../store/desk/claims/ledger.js';

const fidelityOfMode: Readonly<Record<string, string>> = {
  direct: 'verbatim',
  partial: 'partial quote',
  mixed: 'partly verbatim',
  indirect: 'paraphrase',
  headline: 'headline',
};

export const modeWords = (mode: string): string => fidelityOfMode[mode] ?? mode;

export function relayWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? 'relayed once' : count === 2 ? 'relayed twice' : `relayed ${count} times`;
}

export function fidelityWords({ row, hops, hedges }: LedgerAppearance): string[] {
  return [
    modeWords(row.mode),
    relayWords(hops.length),
    hedges.length > 0 ? 'hedged' : undefined,
    row.negation === undefined ? undefined : 'negated',
  ].filter((word) => word !== undefined);
}

const invoked: Readonly<Record<string, string>> = {
  archive_document: 'cites archive document',
  other_document: 'cites evidence elsewhere',
  named_source: 'cites named source',
  unnamed_source: 'cites unnamed source',
  own_knowledge: 'cites own knowledge',
  none_in_this_text: 'no evidence cited in this text',
};
export const invocationWords = (kind: string): string => invoked[kind] ?? kind;

const assessed: Readonly<Record<string, string>> = {
  supports: 'archive supports',
  contradicts: 'archive contradicts',
  partly: 'archive supports in part',
  silent: 'archive silent',
  not_checkable: 'not checkable in the archive',
};

export function assessmentWords({ row, state }: LedgerAssessment): string {
  const words = assessed[row.relation] ?? row.relation;
  const what = row.relation === 'silent' ? `${words}: searched for ${row.search}` : words;
  return state === 'open' ? `${what} (awaits a second person)` : what;
}

/** Of a whole proposition: `not checked` is a blank that is shown. */
export function assessmentsOf({ assessments }: LedgerProposition): string[] {
  const standing = assessments.filter(({ state }) => state !== 'withdrawn');
  return standing.length === 0 ? ['not checked'] : standing.map(assessmentWords);
}
