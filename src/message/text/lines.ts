/**
 * One line of a text seen as mail: how deeply it is quoted and where its content starts. Fields are read in place;
 * no line is copied.
 *
 *   "> > Hello"  → depth 2, content from 4        "JS> Hello" → depth 1 where the line before has JS> too
 */

import { limits } from '../../limits.js';

const tab = 0x09;
const space = 0x20;
const carriageReturn = 0x0d;
const greaterThan = 0x3e;

/** Place of a line; one object is moved along the text. */
export class Line {
  from = 0;
  /** End of the content: without line end and without trailing blanks. */
  to = 0;
  /** Start of the line after it. */
  next = 0;
  /** Quote marks in front. */
  depth = 0;
  /** First character after the quote marks and the one blank after them. */
  content = 0;
  /** First character of the content that is no blank. */
  start = 0;
  blank: boolean = true;
  /** A quote mark of this text other than `>`: `|`, `JS>`, four blanks; '' for none. */
  mark: string;

  constructor(mark = '') {
    this.mark = mark;
  }

  /** Moves to the line that starts at `from`. */
  read(text: string, from: number): void {
    const found = text.indexOf('\n', from);
    let to = found < 0 ? text.length : found;
    this.from = from;
    this.next = found < 0 ? to : to + 1;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    this.to = to;
    this.depth = 0;
    this.content = from;
    const first = text.charCodeAt(from);
    if (to > from && (first === greaterThan || first === space)) this.readMarks(text, from);
    this.settle(text);
    if (this.mark !== '') this.readOtherMark(text);
  }

  private readOtherMark(text: string): void {
    const { mark } = this;
    if (this.depth > 0 || !text.startsWith(mark, this.content) || this.content + mark.length > this.to)
      return;
    this.depth = 1;
    this.content += mark.length;
    if (text.charCodeAt(this.content) === space && mark.trim() !== '') this.content++;
    this.readMarks(text, this.content);
    this.settle(text);
  }

  private settle(text: string): void {
    let start = this.content;
    while (start < this.to && isBlank(text.charCodeAt(start))) start++;
    this.start = start;
    this.blank = start >= this.to;
  }

  /** `>`, `> >`, `>>`, ` >`: marks with at most one blank between them. */
  private readMarks(text: string, from: number): void {
    let i = from;
    const outer = this.depth;
    if (text.charCodeAt(i) === space && text.charCodeAt(i + 1) === greaterThan) i++;
    while (i < this.to && text.charCodeAt(i) === greaterThan && this.depth < limits.maxQuoteDepth) {
      i++;
      this.depth++;
      if (text.charCodeAt(i) === space && text.charCodeAt(i + 1) === greaterThan) i++;
    }
    if (this.depth > outer) this.content = text.charCodeAt(i) === space ? i + 1 : i;
  }
}

export function isBlank(code: number): boolean {
  return code === space || code === tab || code === carriageReturn || code === 0xa0;
}
