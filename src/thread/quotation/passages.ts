/**
 * What a message quotes: blocks that its writer's program marked as quoted, and sentences that the writer put between
 * quotation marks.
 *
 *   The Harbour Master wrote “The bar has lost 1.4 m on average since October.”
 */
import type { Segment } from '../../message/text/segments.js';

export interface QuotedPassage {
  /** Index of the segment that it is or stands in. */
  readonly segment: number;
  readonly isInline: boolean;
  readonly text: string;
}

/** Characters between quotation marks: fewer are a title or a turn of phrase. */
const inline = /(["“„«])((?:[^"“”„«»]){24,1200})["”“»]/gu;
/** Passages of one message that are looked at. */
const maxPassages = 60;

export function quotedPassages(segments: readonly Segment[]): QuotedPassage[] {
  const passages: QuotedPassage[] = [];
  for (const [index, { kind, text }] of segments.entries()) {
    if (passages.length >= maxPassages) break;
    if (kind === 'quoted') passages.push({ segment: index, isInline: false, text });
    if (kind !== 'own') continue;
    for (const [, , quoted = ''] of text.matchAll(inline))
      if (quoted.includes(' ')) passages.push({ segment: index, isInline: true, text: quoted });
  }
  return passages.slice(0, maxPassages);
}

/** What the writer of a message wrote, as others would quote it: signature included, quotations left out. */
export function originalText(segments: readonly Segment[]): string {
  return segments
    .filter(({ kind }) => kind === 'own' || kind === 'signature')
    .map(({ text }) => text)
    .join('\n');
}
