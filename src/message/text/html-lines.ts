/**
 * Turns runs of HTML text and breaks into lines of plain text: white space collapsed as a browser does
 * (CSS Text 3, 4.1), blank lines between paragraphs, `> ` before every quoted line.
 *
 *   text("a\n  b"), break(), text("c"), paragraph(), text("d")   →   "a b\nc\n\nd"
 */

import { isCleaned, isCopied, isPlain } from './html-characters.js';
import { readReference } from './html-references.js';

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const ampersand = 0x26;

/** What stands between the content so far and the next. */
const nothingPending = 0;
const linePending = 1;
const blankPending = 2;

export class HtmlLines {
  /** Marks of the quotations around the next line, `> ` each. */
  private prefix = '';
  private out = '';
  private line = '';
  /** Blanks at the end of `line`, counted as they come: looking at a growing string's end would copy it each time. */
  private blanks = 0;
  private pending = nothingPending;
  private pendingSpace: boolean = false;
  /** `line` as it was when the table cell began: a break here would part the cell from its row. */
  private cellStart = -1;
  private cellLines = 0;
  private lines = 0;
  private lastLineBlank = true;
  /** List marker that the next content starts with. */
  private marker = '';
  private readonly maxCharacters: number;

  constructor(maxCharacters: number) {
    this.maxCharacters = maxCharacters;
  }

  /** True once there is more text than the caller wants; the rest of the markup need not be read. */
  get full(): boolean {
    return this.out.length + this.line.length > this.maxCharacters;
  }

  /** Everything so far, without blank lines at either end. */
  finish(): string {
    if (this.line.length > 0) this.endLine();
    let end = this.out.length;
    while (end > 0 && this.out.charCodeAt(end - 1) === lineFeed) end--;
    if (end > this.maxCharacters) {
      end = this.maxCharacters;
      // Half a surrogate pair is no character.
      if ((this.out.charCodeAt(end - 1) & 0xfc00) === 0xd800) end--;
    }
    return this.out.slice(0, end);
  }

  /** Starts a new line before the next content; without effect where nothing is on the line. */
  break(): void {
    if (this.line.length === 0 || this.line.length === this.cellStart) return;
    if (this.pending === nothingPending) this.pending = linePending;
  }

  /** Leaves a blank line before the next content. */
  paragraph(): void {
    if (this.line.length === this.cellStart) return;
    if (this.line.length > 0 || this.lines > 0) this.pending = blankPending;
  }

  /** `<br>`: ends the line even where it is empty. */
  lineBreak(): void {
    this.settle();
    this.endLine();
  }

  /** A table cell begins: a tab after the cell before it, a new line where that one had several lines. */
  cell(): void {
    if (this.line.length > 0 && this.lines === this.cellLines) {
      this.pending = nothingPending;
      this.line += '\t';
      this.blanks++;
    } else {
      this.break();
    }
    this.pendingSpace = false;
    this.cellStart = this.line.length > 0 && this.pending === nothingPending ? this.line.length : -1;
    this.cellLines = this.lines;
  }

  /** A table row or the whole table ends or begins. */
  row(): void {
    if (this.line.length > 0) {
      this.endLine();
      if (this.pending === linePending) this.pending = nothingPending;
    }
    this.cellLines = this.lines;
  }

  /** The next content is the start of a list item. */
  item(marker: string): void {
    this.break();
    this.marker = marker;
  }

  /** Level of quotation of what follows. */
  quote(level: number): void {
    this.cellStart = -1;
    this.break();
    if (this.pending !== nothingPending) {
      // The blank line between own and quoted text belongs to the outer level.
      const blank = this.pending === blankPending;
      this.pending = nothingPending;
      if (this.line.length > 0) this.endLine();
      if (blank && level * 2 > this.prefix.length && !this.lastLineBlank) this.blankLine();
      else if (blank) this.pending = blankPending;
    }
    this.prefix = '> '.repeat(level);
  }

  /** A word that the markup stands for: an image's alternative text, a rule. */
  word(text: string): void {
    this.append(text, 0, text.length);
  }

  /** Text of the markup with its character references, white space collapsed. */
  collapsed(html: string, from: number, to: number): void {
    let start = from;
    let i = from;
    while (i < to) {
      const code = html.charCodeAt(i);
      if (code > space && code < 0x80 && code !== ampersand) {
        i++;
        continue;
      }
      if (code === space && i > start && i + 1 < to && isCopied(html.charCodeAt(i + 1))) {
        i++;
        continue;
      }
      if (code >= 0x80 && !isCleaned(code)) {
        i++;
        continue;
      }
      if (i > start) this.append(html, start, i);
      if (code <= space) {
        this.collapse();
        i++;
        while (i < to && html.charCodeAt(i) <= space) i++;
      } else if (code === ampersand) i = this.reference(html, i, to, false);
      else {
        this.single(code, false);
        i++;
      }
      start = i;
    }
    if (i > start) this.append(html, start, i);
  }

  /** Text inside `pre`: line feeds end lines, blanks stay. */
  preserved(html: string, from: number, to: number, references: boolean): void {
    let start = from;
    let i = from;
    while (i < to) {
      const code = html.charCodeAt(i);
      if (code >= space && (code !== ampersand || !references) && (code < 0x80 || !isCleaned(code))) {
        i++;
        continue;
      }
      if (i > start) this.appendPreserved(html, start, i);
      if (code === ampersand) i = this.reference(html, i, to, true);
      else {
        this.single(code, true);
        i++;
      }
      start = i;
    }
    if (i > start) this.appendPreserved(html, start, i);
  }

  /** Adds what the reference at `at` stands for and returns its end. */
  private reference(html: string, at: number, limit: number, preserve: boolean): number {
    // By far the most frequent one.
    if (html.startsWith('nbsp;', at + 1) && at + 6 <= limit) {
      this.appendBlank(' ');
      return at + 6;
    }
    const reference = readReference(html, at, limit);
    this.decoded(reference.text, preserve);
    return reference.end;
  }

  private decoded(text: string, preserve: boolean): void {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (isPlain(code)) this.append(text, i, i + 1);
      else this.single(code, preserve);
    }
  }

  /** One character that is not copied as it stands. */
  private single(code: number, preserve: boolean): void {
    if (code === lineFeed && preserve) this.lineBreak();
    else if (code === tab && preserve) this.appendBlank('\t');
    else if (code === space && preserve) this.appendBlank(' ');
    else if (code === 0xa0 || code === 0x202f || code === 0x2007) this.appendBlank(' ');
    else if (code === 0x200c || code === 0x200d) this.joiner(code);
    else if (code === space || (code >= tab && code <= carriageReturn)) this.collapse();
    else if (code >= 0x80 && !isCleaned(code)) this.append(String.fromCharCode(code), 0, 1);
    else if (code === ampersand) this.append('&', 0, 1);
  }

  private collapse(): void {
    if (this.line.length > 0 && this.pending === nothingPending) this.pendingSpace = true;
  }

  /** Joiners shape Persian, Indic and emoji text; between Latin letters they only pad preheaders. */
  private joiner(code: number): void {
    if (this.blanks === 0 && this.line.charCodeAt(this.line.length - 1) > 0x5ff) {
      this.line += String.fromCharCode(code);
    }
  }

  private append(text: string, from: number, to: number): void {
    this.settle();
    this.line += text.slice(from, to);
    this.blanks = 0;
  }

  private appendPreserved(text: string, from: number, to: number): void {
    let last = to;
    while (last > from && text.charCodeAt(last - 1) === space) last--;
    this.settle();
    this.line += text.slice(from, to);
    this.blanks = to - last + (last === from ? this.blanks : 0);
  }

  private appendBlank(blank: string): void {
    this.settle();
    this.line += blank;
    this.blanks++;
  }

  /** Does what is pending, so that content can follow. */
  private settle(): void {
    if (this.pending !== nothingPending) {
      const blank = this.pending === blankPending;
      this.pending = nothingPending;
      if (this.line.length > 0) this.endLine();
      if (blank && !this.lastLineBlank) {
        // A blank line above the row is no line of its cell.
        if (this.cellLines === this.lines) this.cellLines++;
        this.blankLine();
      }
    }
    if (this.marker !== '') {
      this.line += this.marker;
      this.marker = '';
      this.blanks = 1;
      this.pendingSpace = false;
    } else if (this.pendingSpace) {
      if (this.blanks === 0) {
        this.line += ' ';
        this.blanks = 1;
      }
      this.pendingSpace = false;
    }
  }

  /**
   * Writes nothing beyond the maximum: 512 nested quotations turn each `<br>` into a kilobyte of marks.
   */
  private endLine(): void {
    const line = this.trimmedLine();
    this.line = '';
    this.blanks = 0;
    this.pendingSpace = false;
    this.cellStart = -1;
    if (line === '') this.blankLine();
    else if (this.out.length <= this.maxCharacters) {
      this.out += `${this.prefix}${line}\n`;
      this.lines++;
      this.lastLineBlank = false;
    }
  }

  /** Without blanks at the end, except the one that makes `-- ` the start of a signature (RFC 3676 4.3). */
  private trimmedLine(): string {
    const { line, blanks } = this;
    const length = line.length - blanks;
    if (length === 2 && (blanks > 0 || this.pendingSpace) && line.startsWith('--')) return '-- ';
    return blanks === 0 ? line : line.slice(0, length);
  }

  private blankLine(): void {
    if (this.lines === 0 || this.out.length > this.maxCharacters) return;
    this.out += this.prefix === '' ? '\n' : `${this.prefix.slice(0, -1)}\n`;
    this.lines++;
    this.lastLineBlank = true;
  }
}
