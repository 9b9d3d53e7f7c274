/**
 * Passages of a message's text that notes are anchored to, made and found again (W3C Web Annotation Data Model 4.2).
 *
 *   text "The invoice is paid twice, as you know.", selected "paid  twice"
 *     → { exact: 'paid twice', prefix: 'The invoice is ', suffix: ', as you know.', start: 15, digest: '…' }
 *
 * A text changes only when a later version of this program reads the same bytes otherwise. Then the passage is looked
 * for by what it says and what stood around it, and where it is not there any more, that is said.
 */
import { hash } from 'node:crypto';
import type { ReadableText } from '../message/readable.js';
import type { Anchor } from '../store/desk/notes.js';

/** Characters kept on either side. */
const contextCharacters = 40;

const blanks = /\s+/gu;

/** The one text of a message that notes are anchored in. */
export const passageText = (text: ReadableText): string =>
  text.segments.map((segment) => segment.text).join('');

const digestOf = (text: string): string => hash('sha256', text, 'hex');

/**
 * The passage that someone selected or pasted, blanks and line ends not counted; the occurrence nearest to `near`.
 * undefined where the text does not hold it.
 */
export function anchorFor(text: string, selected: string, near = 0): Anchor | undefined {
  const wanted = selected.trim().replace(blanks, ' ');
  if (wanted === '') return undefined;
  const collapsed = text.replace(blanks, ' ');
  const nearCollapsed = text.slice(0, near).replace(blanks, ' ').length;
  const found = nearest(occurrences(collapsed, wanted), (position) => Math.abs(position - nearCollapsed));
  if (found === undefined) return undefined;
  const start = expandedPosition(text, found);
  const exact = text.slice(start, expandedPosition(text, found + wanted.length)).trimEnd();
  const end = start + exact.length;
  return {
    exact,
    prefix: text.slice(Math.max(0, start - contextCharacters), start).toWellFormed(),
    suffix: text.slice(end, end + contextCharacters).toWellFormed(),
    start,
    digest: digestOf(text),
  };
}

/** Where the passage stands now; undefined where the text does not hold it any more. */
export function findPassage(text: string, anchor: Anchor): { start: number; end: number } | undefined {
  const { exact, start } = anchor;
  const at = (position: number): { start: number; end: number } => ({
    start: position,
    end: position + exact.length,
  });
  if (exact === '') return undefined;
  if (text.startsWith(exact, start) && digestOf(text) === anchor.digest) return at(start);
  // What stands around it says more than how far it has moved.
  const best = nearest(
    occurrences(text, exact),
    (position) => Math.abs(position - start) - contextAgreement(text, anchor, position) * text.length,
  );
  return best === undefined ? undefined : at(best);
}

/** Places of a passage that are looked at: beyond, any of them is as good as another. */
const maxOccurrences = 1_000;

function occurrences(text: string, wanted: string): number[] {
  const positions: number[] = [];
  for (
    let found = text.indexOf(wanted);
    found >= 0 && positions.length < maxOccurrences;
    found = text.indexOf(wanted, found + wanted.length)
  )
    positions.push(found);
  return positions;
}

/** The position in `text` of what stands at `position` once every run of blanks is one blank. */
function expandedPosition(text: string, position: number): number {
  let removed = 0;
  for (const { 0: run, index } of text.matchAll(blanks)) {
    if (index - removed >= position) break;
    removed += run.length - 1;
  }
  return position + removed;
}

/** Characters that are the same before and after. */
function contextAgreement(text: string, { exact, prefix, suffix }: Anchor, position: number): number {
  let same = 0;
  while (same < prefix.length && text[position - 1 - same] === prefix.at(-1 - same)) same += 1;
  let after = 0;
  while (after < suffix.length && text[position + exact.length + after] === suffix[after]) after += 1;
  return same + after;
}

function nearest<T>(items: readonly T[], distance: (item: T) => number): T | undefined {
  let best: T | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const far = distance(item);
    if (far < least) {
      least = far;
      best = item;
    }
  }
  return best;
}
