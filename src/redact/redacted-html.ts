/**
 * Placeholders in safe HTML (read/safe-html.ts): text is masked across the tags in its midst, and attributes that say
 * something that is hidden lose their value or go.
 *
 *   <p>Ring <b>07700</b> 900345, <a href="mailto:dave@postbox.example" title="Dave">write</a></p>
 *   → <p>Ring <b>[phone 2]</b>, <a title="Dave">write</a></p>
 *
 * The input was written by safe-html.ts: every tag is closed by its `>`, no text and no value has a bare `<` or `"`.
 */
import { decodeAttribute, readReference } from '../message/text/html-references.js';
import { applySpans, type MaskedSpan, type Masker, type TermPassages } from './masker.js';

/** A run of text between two tags, or what one reference stands for. */
interface Piece {
  /** In the HTML. */
  readonly from: number;
  readonly to: number;
  /** In the text. */
  readonly start: number;
  /** Whether it is one reference, which is replaced whole or not at all. */
  readonly isReference: boolean;
}

export interface RedactedHtml {
  readonly html: string;
  readonly spans: readonly MaskedSpan[];
}

export function redactHtml(html: string, masker: Masker, passages: TermPassages | undefined): RedactedHtml {
  const { text, pieces, tags } = textOf(html);
  const spans = masker.spans(text, passages);
  const found: MaskedSpan[] = [...spans];
  const edits: Edit[] = maskPieces(pieces, spans);
  for (const { from, to } of tags) {
    const tag = html.slice(from, to);
    const redacted = redactTag(tag, masker, passages, found);
    if (redacted !== tag) edits.push({ from, to, by: redacted });
  }
  edits.sort((a, b) => a.from - b.from || a.to - b.to);
  return { html: applyEdits(html, edits), spans: found };
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** Elements that end a line: words on both sides are not one word. */
const breaks =
  /^<\/?(?:p|div|br|li|ul|ol|tr|td|th|table|h[1-6]|blockquote|pre|hr|dl|dt|dd|center|address|section|article|header|footer)\b/i;

function textOf(html: string): { text: string; pieces: Piece[]; tags: { from: number; to: number }[] } {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  const tags: { from: number; to: number }[] = [];
  let length = 0;
  const add = (from: number, to: number, text: string, isReference: boolean): void => {
    pieces.push({ from, to, start: length, isReference });
    parts.push(text);
    length += text.length;
  };
  for (let at = 0; at < html.length; ) {
    if (html[at] === '<') {
      const end = html.indexOf('>', at);
      const to = end < 0 ? html.length : end + 1;
      tags.push({ from: at, to });
      if (breaks.test(html.slice(at, at + 12))) {
        parts.push('\n');
        length += 1;
      }
      at = to;
      continue;
    }
    if (html[at] === '&') {
      const { text, end } = readReference(html, at, html.length);
      add(at, end, text, true);
      at = end;
      continue;
    }
    let to = at + 1;
    while (to < html.length && html[to] !== '<' && html[to] !== '&') to++;
    add(at, to, html.slice(at, to), false);
    at = to;
  }
  return { text: parts.join(''), pieces, tags };
}

/** The placeholder stands where the span begins; the rest of the span goes, in whichever pieces it lies. */
function maskPieces(pieces: readonly Piece[], spans: readonly MaskedSpan[]): Edit[] {
  const edits: Edit[] = [];
  let first = 0;
  for (const { start, end, placeholder } of spans) {
    let by = placeholder;
    while (first + 1 < pieces.length && (pieces[first + 1]?.start ?? 0) <= start) first++;
    for (let at = first; at < pieces.length; at++) {
      const piece = pieces[at];
      if (piece === undefined || piece.start >= end) break;
      const whole = { from: piece.from, to: piece.to };
      const inPiece = piece.isReference
        ? whole
        : {
            from: Math.max(piece.from, piece.from + start - piece.start),
            to: Math.min(piece.to, piece.from + end - piece.start),
          };
      if (inPiece.from >= inPiece.to) continue;
      edits.push({ ...inPiece, by });
      by = '';
    }
  }
  return edits;
}

function applyEdits(html: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const { from, to, by } of edits) {
    if (from < done) continue;
    result += html.slice(done, from) + by;
    done = to;
  }
  return result + html.slice(done);
}

/** Values that a reader sees get placeholders, all others that hide something go. */
function redactTag(
  tag: string,
  masker: Masker,
  passages: TermPassages | undefined,
  found: MaskedSpan[],
): string {
  if (!tag.includes('="')) return tag;
  return tag.replace(/ ([\w:-]{1,40})="([^"]*)"/g, (written, name: string, value: string) => {
    const meant = decodeAttribute(value);
    const spans = masker.spans(meant, passages);
    const hidden = spans.length > 0 ? spans : masker.spans(withoutPercent(meant), passages);
    if (hidden.length === 0) return written;
    found.push(...hidden);
    if (spans.length === 0 || (name !== 'title' && name !== 'alt')) return '';
    return ` ${name}="${applySpans(meant, spans).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`;
  });
}

function withoutPercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}
