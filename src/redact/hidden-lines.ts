/**
 * Which lines of the raw bytes hold what was masked in the text that they encode.
 *
 *   Please ring 0770=          text line 0 "Please ring 07700 900345": both raw lines are hidden
 *   0 900345
 *
 * Where lines of the text and lines of the bytes do not answer to one another (base64, a charset with line ends of its
 * own, uuencoded files within), all lines of the part are hidden if anything in it is.
 */
import type { Entity } from '../message/message.js';
import type { MaskedSpan } from './masker.js';
import type { RawSegment } from './raw-segments.js';

/** `text` with `\n` as line ends, as `decodeEntityText` gives it; `lines` are the part's own, in order. */
export function hiddenLines(
  raw: Buffer,
  entity: Entity,
  text: string,
  spans: readonly MaskedSpan[],
  lines: readonly RawSegment[],
): readonly RawSegment[] {
  if (spans.length === 0) return [];
  // Tags stand between the words of HTML, in any number of lines.
  if (entity.mediaType !== 'text/plain' || entity.transferEncoding === 'base64') return lines;
  const groups =
    entity.transferEncoding === 'quoted-printable' ? softGroups(raw, lines) : lines.map((line) => [line]);
  const starts = lineStarts(text);
  if (starts.length !== groups.length) return lines;
  const hidden: RawSegment[] = [];
  let at = 0;
  for (const [index, group] of groups.entries()) {
    const start = starts[index] ?? 0;
    const end = starts[index + 1] ?? text.length + 1;
    while (at < spans.length && (spans[at]?.end ?? 0) <= start) at++;
    const span = spans[at];
    if (span !== undefined && span.start < end) hidden.push(...group);
  }
  return hidden;
}

/** Where each line begins; a line end at the very end begins none. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0 && at + 1 < text.length; at = text.indexOf('\n', at + 1))
    starts.push(at + 1);
  return starts;
}

/** Raw lines that soft line breaks (RFC 2045 6.7, rule 5) join to one. */
function softGroups(raw: Buffer, lines: readonly RawSegment[]): RawSegment[][] {
  const groups: RawSegment[][] = [];
  let goesOn = false;
  for (const line of lines) {
    if (goesOn) groups.at(-1)?.push(line);
    else groups.push([line]);
    goesOn = /=[ \t]*\r?\n?$/.test(raw.toString('latin1', Math.max(line.start, line.end - 200), line.end));
  }
  return groups;
}
