/**
 * Tells what the author of a message wrote from what the message quotes, line by line.
 *
 *   Fine with me.                             own, depth 0
 *   On Wed, Aug 21, 2019, Bob wrote:          attribution, depth 0
 *   > Shall we meet?                          quoted, depth 1, text "Shall we meet?"
 *   Yes.                                      own, depth 0
 *   -- ⏎Ann                                   signature, depth 0
 *
 * Quoting is a custom, not a standard (RFC 3676 4.5 comes nearest): the rules here were tuned on real mail, for
 * precision first: text is taken for quoted only where something says so.
 */

import { type Attribution, findAttribution } from './attribution.js';
import { afterSeparator, readHeaderBlock, readLotusBlock, standsAlone } from './header-block.js';
import { findHeaderLine, headerKind } from './header-names.js';
import { Line } from './lines.js';
import { SegmentList } from './segment-list.js';
import { signatureStrength } from './signature.js';

export interface Segment {
  readonly kind: 'own' | 'quoted' | 'attribution' | 'signature';
  /** 0 for the author's level, 1 for what is quoted there, 2 for what that quotes, … */
  readonly depth: number;
  /** With line ends, without the quote marks of `depth`. */
  readonly text: string;
  /** The version of the letter that alone says this, where the one that is read does not (alternative.ts). */
  readonly onlyIn?: 'plain' | 'html';
}

/** Splits a text into segments, in order; together they hold every line of it. */
export function segmentText(text: string): Segment[] {
  return new Segmenter(text).run();
}

/** What the author wrote, without signature. */
export function ownText(segments: readonly Segment[]): string {
  return joined(segments, (segment) => segment.kind === 'own');
}

/** What the author quoted, at any depth, with the attributions that introduce it. */
export function quotedText(segments: readonly Segment[]): string {
  return joined(segments, (segment) => segment.kind === 'quoted' || segment.kind === 'attribution');
}

function joined(segments: readonly Segment[], wanted: (segment: Segment) => boolean): string {
  let text = '';
  for (const segment of segments) if (wanted(segment)) text += segment.text;
  return text;
}

/** Below header lines everything is the carried message, without quote marks, to the end of the outer quotation. */
interface CarriedMessage {
  /** Quote marks in front of its header lines; a line with fewer ends it. */
  readonly marks: number;
}

class Segmenter {
  private readonly text: string;
  private readonly line = new Line();
  private readonly below = new Line();
  private readonly list: SegmentList;
  private readonly carried: CarriedMessage[] = [];
  /** The line before, where it was quoted with marks: its depth and whether its sentence goes on. */
  private brokenDepth = 0;

  constructor(text: string) {
    this.text = text;
    this.list = new SegmentList(text);
  }

  run(): Segment[] {
    const { text, line, list } = this;
    let at = 0;
    while (at < text.length) {
      line.read(text, at);
      at = line.blank ? this.blankLine() : this.fullLine();
    }
    return list.finish();
  }

  private blankLine(): number {
    const { line, list } = this;
    this.brokenDepth = 0;
    if (line.depth === 0 || list.continuesQuotation) list.extend(line.content, line.next);
    else list.add('quoted', line.depth + this.carried.length, line.content, line.next);
    return line.next;
  }

  private fullLine(): number {
    const { line, list, carried } = this;
    while (carried.length > 0 && (carried[carried.length - 1]?.marks ?? 0) > line.depth) carried.pop();
    const depth = line.depth + carried.length;
    if (this.mayIntroduce()) {
      const next = this.introduction(depth);
      if (next >= 0) return next;
    }
    if (depth === 0) return this.ownLine();
    list.add('quoted', depth, line.content, line.next);
    this.brokenDepth = line.depth > 0 && this.isBroken() ? line.depth : 0;
    return line.next;
  }

  private ownLine(): number {
    const { text, line, list } = this;
    const strength = signatureStrength(text, line);
    if (strength > 0) list.startSignature(strength, line.from, line.next);
    else if (this.brokenDepth > 0 && this.isFragment())
      list.add('quoted', this.brokenDepth, line.from, line.next);
    else list.addOwn(line.from, line.next);
    this.brokenDepth = 0;
    return line.next;
  }

  /** Whether the line is worth a closer look: by its first character, a colon near its start or at its end. */
  private mayIntroduce(): boolean {
    const { text, line } = this;
    const first = text.charCodeAt(line.start);
    if (first >= 0x80 || first === 0x2d || first === 0x5f || first === 0x2a) return true;
    const last = text.charCodeAt(line.to - 1);
    if (last === 0x3a || last >= 0x3000) return true;
    if (first >= 0x61 && first <= 0x7a) return first === 0x63 || first === 0x66 || first === 0x6f;
    if (first <= 0x22 || (first >= 0x30 && first <= 0x39)) return true;
    return first >= 0x41 && first <= 0x5a;
  }

  /** Handles a separator, header lines or an attribution at the line; returns the next line's start, -1 for none. */
  private introduction(depth: number): number {
    const { text, line, list } = this;
    const separated = afterSeparator(text, line);
    if (separated >= 0) return this.afterSeparator(depth, separated);
    const header = isDigit(text.charCodeAt(line.start))
      ? undefined
      : findHeaderLine(text, line.start, line.to);
    if (header !== undefined && header.kind !== headerKind.other) {
      const block = readHeaderBlock(text, line, false);
      if (block !== undefined) return this.introduce(depth, block.next, block.quotesWithMarks);
      if (header.kind === headerKind.from && this.goesOnQuoted()) {
        list.add('attribution', depth, line.content, line.next);
        return line.next;
      }
    }
    const lotus = readLotusBlock(text, line);
    if (lotus !== undefined) return this.introduce(depth, lotus.next, lotus.quotesWithMarks);
    const attribution = this.mayAttribute() ? findAttribution(text, line) : undefined;
    return attribution === undefined ? -1 : this.attribute(depth, attribution);
  }

  private afterSeparator(depth: number, next: number): number {
    const { text, line } = this;
    const alone = standsAlone(text, line);
    const above = new Line(line.mark);
    above.read(text, next);
    above.depth = line.depth;
    const block = next < text.length ? readHeaderBlock(text, above, true) : undefined;
    if (block !== undefined) return this.introduce(depth, block.next, block.quotesWithMarks);
    return alone ? this.introduce(depth, next, true) : -1;
  }

  /** Some programs quote the header lines of the message they answer, all but the first. */
  private goesOnQuoted(): boolean {
    const { text, line, below } = this;
    if (line.next >= text.length) return false;
    below.read(text, line.next);
    if (below.depth !== line.depth + 1) return false;
    const header = findHeaderLine(text, below.start, below.to);
    return header !== undefined && (header.kind === headerKind.date || header.kind === headerKind.to);
  }

  /** Header lines end at `next`; what follows is the carried message, unless it is quoted with marks of its own. */
  private introduce(depth: number, next: number, quotesWithMarks: boolean): number {
    const { line } = this;
    this.addLines('attribution', depth, next);
    if (!(quotesWithMarks && this.depthBelow(next) > line.depth)) this.carried.push({ marks: line.depth });
    return next;
  }

  private attribute(depth: number, attribution: Attribution): number {
    const { line } = this;
    const below = this.depthBelow(attribution.next);
    if (below <= line.depth && !(line.depth === 0 && this.findMark(attribution.next))) {
      // "He wrote:" alone introduces nothing; nor does an attribution at the end of the text.
      if (!attribution.strong || below < 0) return -1;
      this.addLines('attribution', depth, attribution.next);
      this.carried.push({ marks: line.depth });
      return attribution.next;
    }
    this.addLines('attribution', depth, attribution.next);
    return attribution.next;
  }

  /** Quote marks of the next line that is not blank, -1 at the end of the text. */
  private depthBelow(from: number): number {
    const { text, below } = this;
    for (let at = from; at < text.length; at = below.next) {
      below.read(text, at);
      if (!below.blank) return below.depth;
    }
    return -1;
  }

  private addLines(kind: Segment['kind'], depth: number, next: number): void {
    const { text, below, list } = this;
    for (let at = this.line.from; at < next; at = below.next) {
      below.read(text, at);
      list.add(kind, depth, Math.min(below.content, below.next), below.next);
    }
    this.brokenDepth = 0;
  }

  /** After an attribution, lines that start with `|` or initials are quoted, or, from Outlook on a Mac, indented ones. */
  private findMark(from: number): boolean {
    const { text, below } = this;
    if (this.depthBelow(from) < 0) return false;
    const found = /^(?:(?:\||:|[A-Z]{1,4}>)(?=\s|$)| {4}(?=\S))/.exec(
      text.slice(below.content, Math.min(below.to, below.content + 8)),
    );
    if (found === null) return false;
    this.line.mark = found[0];
    below.mark = found[0];
    return true;
  }

  /** An attribution starts in few ways, or ends on this line, or goes on with "wrote:" on the next. */
  private mayAttribute(): boolean {
    const { text, line } = this;
    const last = text.charCodeAt(line.to - 1);
    if (last === 0x3a || last === 0xff1a || last >= 0x3000) return true;
    if (text.startsWith('wrote:', line.next)) return true;
    return startsLikeAttribution(text, line);
  }

  /** A quoted line that a mail program may have broken: long, and its sentence goes on. */
  private isBroken(): boolean {
    const { text, line } = this;
    return line.to - line.content >= 55 && !'.?!:;)>'.includes(text.charAt(line.to - 1));
  }

  /** The rest of a broken quoted line: no marks, small letter, and the quotation goes on below. */
  private isFragment(): boolean {
    const { text, line, below } = this;
    if (line.to - line.from > 60 || line.next >= text.length) return false;
    below.read(text, line.next);
    if (below.depth !== this.brokenDepth || below.blank) return false;
    const first = text.charCodeAt(line.content);
    return first >= 0x61 && first <= 0x7a;
  }
}

const leads = new Set(
  (
    'on at in le am il el em op den dne dňa på quoting vào pada från mon tue wed thu fri sat sun mo di mi do fr sa so lun mar mer jeu' +
    ' ven sam dim ons tor fre man tir lør søn mån tis lör sön w ср чт пт сб вс пн вт'
  ).split(' '),
);

const longestLead = 4;

function startsLikeAttribution(text: string, line: Line): boolean {
  const first = text.charCodeAt(line.content);
  if (isDigit(first) || first === 0x22 || first === 0x3c || first === 0xfeff) return true;
  if (first === 0x2d) return text.charCodeAt(line.content + 1) === 0x2d;
  let end = line.content;
  const most = Math.min(line.to, end + longestLead + 1);
  while (end < most && isLetter(text.charCodeAt(end))) end++;
  const length = end - line.content;
  return length > 0 && length <= longestLead && leads.has(text.slice(line.content, end).toLowerCase());
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || code >= 0x80;
}
