/** What changed between two versions of an article: paragraphs as they were, gone, or new; words within a changed one. */
import { diffArrays, diffWordsWithSpace } from 'diff';
import { limits } from '../limits.js';

export interface DifferencePart {
  readonly text: string;
  readonly kind: 'same' | 'gone' | 'new';
}
export interface DifferenceParagraph {
  readonly parts: readonly DifferencePart[];
}

/** Paragraphs that did not change are left out. undefined: too different to tell in words. */
export function textDifference(before: string, after: string): DifferenceParagraph[] | undefined {
  const changes = diffArrays(before.split(/\n+/), after.split(/\n+/), {
    maxEditLength: limits.maxQuotationEdits,
  });
  if (changes === undefined) return undefined;
  const found: DifferenceParagraph[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const change = changes[at];
    if (change === undefined || (!change.added && !change.removed)) continue;
    const next = changes[at + 1];
    if (change.removed && next?.added === true) {
      found.push(...changed(change.value, next.value));
      at += 1;
    } else found.push(...change.value.map((text) => whole(text, change.added ? 'new' : 'gone')));
  }
  return found;
}

function changed(before: readonly string[], after: readonly string[]): DifferenceParagraph[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) => {
    const old = before[at];
    const fresh = after[at];
    if (old === undefined) return whole(fresh ?? '', 'new');
    if (fresh === undefined) return whole(old, 'gone');
    const words = diffWordsWithSpace(old, fresh, { maxEditLength: limits.maxQuotationEdits });
    if (words === undefined)
      return {
        parts: [
          { text: old, kind: 'gone' },
          { text: fresh, kind: 'new' },
        ],
      };
    return {
      parts: words.map(({ value, added, removed }) => ({
        text: value,
        kind: added ? 'new' : removed ? 'gone' : 'same',
      })),
    };
  });
}

const whole = (text: string, kind: DifferencePart['kind']): DifferenceParagraph => ({
  parts: [{ text, kind }],
});
