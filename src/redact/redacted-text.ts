/** The readable text of a message with placeholders: masked as one text, so that nothing hides on the border of two segments. */
import type { Segment } from '../message/text/segments.js';
import type { MaskedSpan, Masker, TermPassages } from './masker.js';

export interface RedactedText {
  readonly segments: readonly Segment[];
  readonly spans: readonly MaskedSpan[];
}

export function redactText(
  segments: readonly Segment[],
  masker: Masker,
  passages: TermPassages | undefined,
): RedactedText {
  const spans = masker.spans(segments.map(({ text }) => text).join(''), passages);
  const redacted: Segment[] = [];
  let start = 0;
  let first = 0;
  for (const segment of segments) {
    const end = start + segment.text.length;
    while ((spans[first]?.end ?? end) <= start) first++;
    redacted.push({ ...segment, text: maskPart(segment.text, start, spans, first) });
    start = end;
  }
  return { segments: redacted, spans };
}

/** The part of the text from `offset` on. The placeholder stands where its span begins. */
function maskPart(text: string, offset: number, spans: readonly MaskedSpan[], first: number): string {
  let result = '';
  let done = 0;
  for (let at = first; at < spans.length; at++) {
    const span = spans[at];
    if (span === undefined || span.start >= offset + text.length) break;
    const from = Math.max(0, span.start - offset);
    result += text.slice(done, from) + (span.start >= offset ? span.placeholder : '');
    done = Math.min(text.length, span.end - offset);
  }
  return result + text.slice(done);
}
