/**
 * HTML to the text that a reader of it would see, in one pass over the markup (HTML Standard, 13.2 parsing and
 * 15.3 rendering, as far as text goes).
 *
 *   <style>…</style><p>Dear&nbsp;Bob,<p style="display:none">x</p><blockquote type=cite>Hi</blockquote>
 *   → "Dear Bob,\n\n> Hi"
 *
 * Quotations become lines with `> ` so that `segmentText` treats them as it treats quoted plain text.
 */

import { limits } from '../../limits.js';
import { elementIds, elementRoles, findElement, type HtmlElement, role } from './html-elements.js';
import { HtmlLines } from './html-lines.js';
import { hidden, isQuotation, isSpaced, preserved, stateInside, unseen } from './html-rendering.js';
import { afterDeclaration, afterNext, findEndTag, nameEnd } from './html-scan.js';
import { fact, styleFacts } from './html-style.js';
import { collectHidden } from './html-style-sheet.js';
import { TagAttributes } from './html-tag.js';

const lessThan = 0x3c;
const exclamation = 0x21;
const slash = 0x2f;
const greaterThan = 0x3e;
const question = 0x3f;

/** Outlook writes this rule, as text, above the header lines of the message that it answers. */
const rule = '_'.repeat(32);

/** Bits kept with an open element: what its end must do. */
const endsQuotation = 1;
const endsWithBlank = 2;
const endsList = 4;
const endsWithBreak = 8;
const endsInline = 16;

/** Levels of nested lists that are indented. */
const maxIndent = 10;

/**
 * The text of an HTML body. Whatever the markup, the work grows with its length alone, open elements beyond
 * `limits.maxHtmlDepth` are not tracked, and the text ends at `limits.maxTextCharacters`.
 */
export function htmlToText(html: string): string {
  return new HtmlPass(html).run();
}

class HtmlPass {
  private readonly html: string;
  private readonly lines = new HtmlLines(limits.maxTextCharacters);
  private readonly attributes = new TagAttributes();
  private state = 0;
  private quotations = 0;
  /** Open elements that matter, outermost first: plain inline ones are not tracked. */
  private readonly open: number[] = [];
  private readonly outerState: number[] = [];
  private readonly endings: number[] = [];
  private readonly openOf: number[] = new Array<number>(elementRoles.length).fill(0);
  private depth = 0;
  /** Elements opened beyond the deepest tracked one, whose end tags must not close an outer element. */
  private untracked = 0;
  /** For each open list the number of its next item, -1 for bullets. */
  private readonly lists: number[] = [];
  /** Simple selectors that a style sheet in the message hides. */
  private readonly hiddenBySheet = new Set<string>();

  constructor(html: string) {
    this.html = html;
  }

  run(): string {
    const { html, lines } = this;
    let i = 0;
    while (i < html.length && !lines.full) {
      const tag = html.charCodeAt(i) === lessThan ? i : html.indexOf('<', i);
      if (tag !== i) this.text(i, tag < 0 ? html.length : tag);
      if (tag < 0) break;
      i = this.markup(tag);
    }
    while (this.depth > 0) this.pop();
    return lines.finish();
  }

  /** Reads what starts with the `<` at `at` and returns where the next text starts. */
  private markup(at: number): number {
    const { html } = this;
    const code = html.charCodeAt(at + 1);
    const letter = code | 0x20;
    if (letter >= 0x61 && letter <= 0x7a) return this.startTag(at + 1);
    if (code === slash) {
      const first = html.charCodeAt(at + 2) | 0x20;
      if (first >= 0x61 && first <= 0x7a) return this.endTag(at + 2);
      return at + 2 < html.length ? afterNext(html, '>', at + 2) : this.literal(at, at + 2);
    }
    if (code === exclamation) return afterDeclaration(html, at);
    if (code === question) return afterNext(html, '>', at + 2);
    return this.literal(at, at + 1);
  }

  private literal(from: number, to: number): number {
    this.text(from, to);
    return to;
  }

  private text(from: number, to: number): void {
    if ((this.state & unseen) !== 0) return;
    if ((this.state & preserved) !== 0) this.lines.preserved(this.html, from, to, true);
    else this.lines.collapsed(this.html, from, to);
  }

  private startTag(nameFrom: number): number {
    const { html, attributes } = this;
    const nameTo = nameEnd(html, nameFrom);
    const element = findElement(html, nameFrom, nameTo);
    let end = nameTo + 1;
    if (html.charCodeAt(nameTo) === greaterThan) attributes.clear();
    else end = attributes.read(html, nameTo);
    if (end < 0) return html.length;
    if (element.role === role.unseenText || element.role === role.seenText) return this.rawText(element, end);
    const facts = attributes.style === '' ? 0 : styleFacts(attributes.style);
    this.element(element, facts);
    const skipsFirstLine = element.role === role.preformatted && html.charCodeAt(end) === 0x0a;
    return skipsFirstLine ? end + 1 : end;
  }

  /** An element begins: what it closes, what it breaks, what it hides. */
  private element(element: HtmlElement, facts: number): void {
    const { lines } = this;
    const state = stateInside(this.state, element, facts, this.attributes, this.hiddenBySheet);
    const shown = (state & hidden) === 0;
    switch (element.role) {
      case role.nothing:
        return;
      case role.inline:
      case role.page:
        this.inline(element, state, facts);
        return;
      case role.lineBreak:
        if ((state & unseen) === 0) lines.lineBreak();
        return;
      case role.rule:
        this.closeParagraph();
        if ((state & unseen) === 0) this.rule();
        return;
      case role.image:
        if ((state & unseen) === 0 && this.attributes.alt !== '') this.image();
        return;
      case role.item:
        this.closeNearest(elementIds.item, elementIds.item);
        this.push(element, state, 0);
        if ((state & unseen) === 0) lines.item(this.nextMarker());
        return;
      case role.row:
        this.closeNearest(elementIds.row, elementIds.row);
        if (shown) lines.row();
        this.push(element, state, 0);
        return;
      case role.cell:
        this.closeNearest(elementIds.cell, elementIds.headerCell);
        if (shown) lines.cell();
        this.push(element, state, 0);
        return;
      default:
        this.block(element, facts, state);
    }
  }

  /** Elements that start on a line of their own. */
  private block(element: HtmlElement, facts: number, state: number): void {
    const { lines } = this;
    if (element.role !== role.dialog) this.closeParagraph();
    if ((facts & fact.inline) !== 0 && element.role <= role.spaced) {
      this.push(element, state, endsInline);
      return;
    }
    let endings = 0;
    if (element.role === role.list) endings = this.startList(element);
    else if (element.role === role.table) lines.row();
    if (isSpaced(element, facts, this.attributes.className, this.lists.length)) endings |= endsWithBlank;
    if ((state & hidden) === 0) {
      if ((endings & endsWithBlank) !== 0) lines.paragraph();
      else lines.break();
    }
    if (isQuotation(element, facts, this.attributes) && this.depth < limits.maxHtmlDepth) {
      endings |= endsQuotation;
      lines.quote(++this.quotations);
    }
    this.push(element, state, endings);
  }

  private inline(element: HtmlElement, state: number, facts: number): void {
    const breaks = (facts & fact.block) !== 0 && (state & hidden) === 0;
    if (breaks) this.lines.break();
    // Inside hidden content every element counts, or the end tag of an inner one would end the hiding.
    if (breaks || state !== this.state || (state & unseen) !== 0)
      this.push(element, state, breaks ? endsWithBreak : 0);
  }

  private rule(): void {
    this.lines.break();
    this.lines.word(rule);
    this.lines.break();
  }

  private image(): void {
    const text = this.attributes.alternative;
    if (text !== '') this.lines.word(`[${text}]`);
  }

  private startList(element: HtmlElement): number {
    const start = Number.parseInt(this.attributes.start, 10);
    this.lists.push(element.id === elementIds.ordered ? (Number.isNaN(start) ? 1 : start) : -1);
    if (this.depth < limits.maxHtmlDepth) return endsList;
    this.lists.pop();
    return 0;
  }

  private nextMarker(): string {
    const level = this.lists.length;
    const indent = '  '.repeat(Math.min(maxIndent, Math.max(0, level - 1)));
    const next = this.lists[level - 1] ?? -1;
    if (next < 0) return `${indent}• `;
    const value = Number.parseInt(this.attributes.value, 10);
    const number = Number.isNaN(value) ? next : value;
    this.lists[level - 1] = number + 1;
    return `${indent}${number}. `;
  }

  private endTag(nameFrom: number): number {
    const { html } = this;
    const nameTo = nameEnd(html, nameFrom);
    let end = nameTo + 1;
    if (html.charCodeAt(nameTo) !== greaterThan) end = this.attributes.read(html, nameTo);
    if (end < 0) return html.length;
    const element = findElement(html, nameFrom, nameTo);
    switch (element.role) {
      case role.page:
      case role.nothing:
        break;
      case role.lineBreak:
        // HTML Standard 13.2.6.4.7: `</br>` is a `<br>`.
        if ((this.state & unseen) === 0) this.lines.lineBreak();
        break;
      case role.paragraph:
        if (this.openOf[element.id] === 0 && (this.state & hidden) === 0) this.lines.paragraph();
        else this.close(element);
        break;
      default:
        this.close(element);
    }
    return end;
  }

  /** Closes the innermost open element of that name, and all inside it; a table cell is closed only from within. */
  private close(element: HtmlElement): void {
    if (this.untracked > 0 && element.role !== role.inline) {
      this.untracked--;
      this.lines.break();
      return;
    }
    if (this.openOf[element.id] === 0) return;
    const passesCells = element.role >= role.table && element.role <= role.cell;
    for (let at = this.depth - 1; at >= 0; at--) {
      const id = this.open[at] ?? 0;
      if (id === element.id) {
        while (this.depth > at) this.pop();
        return;
      }
      if (id === elementIds.table ? element.id !== elementIds.table : !passesCells && isCell(id)) return;
    }
  }

  /** The end tags of p, li, tr, td may be left out: a new one closes the one before it in the same table. */
  private closeNearest(id: number, orId: number): void {
    if (this.openOf[id] === 0 && this.openOf[orId] === 0) return;
    for (let at = this.depth - 1; at >= 0; at--) {
      const found = this.open[at] ?? 0;
      if (found === id || found === orId) {
        while (this.depth > at) this.pop();
        return;
      }
      if (found === elementIds.table) return;
      if (id === elementIds.item && (isCell(found) || ((this.endings[at] ?? 0) & endsList) !== 0)) return;
    }
  }

  private closeParagraph(): void {
    if (this.depth > 0 && this.open[this.depth - 1] === elementIds.p) this.pop();
  }

  private push(element: HtmlElement, state: number, endings: number): void {
    if (this.depth >= limits.maxHtmlDepth) {
      this.untracked++;
      return;
    }
    this.open[this.depth] = element.id;
    this.outerState[this.depth] = this.state;
    this.endings[this.depth] = endings;
    this.depth++;
    this.openOf[element.id] = (this.openOf[element.id] ?? 0) + 1;
    this.state = state;
  }

  private pop(): void {
    this.depth--;
    const id = this.open[this.depth] ?? 0;
    const endings = this.endings[this.depth] ?? 0;
    this.openOf[id] = (this.openOf[id] ?? 1) - 1;
    if ((endings & endsList) !== 0) this.lists.pop();
    if ((this.state & hidden) === 0) this.endBlock(id, endings);
    if ((endings & endsQuotation) !== 0) this.lines.quote(--this.quotations);
    this.state = this.outerState[this.depth] ?? 0;
  }

  private endBlock(id: number, endings: number): void {
    const itsRole = elementRoles[id];
    if ((endings & endsInline) !== 0) return;
    if ((endings & endsWithBlank) !== 0) this.lines.paragraph();
    else if (itsRole === role.table || itsRole === role.row) this.lines.row();
    else if (itsRole !== role.cell && (itsRole !== role.inline || (endings & endsWithBreak) !== 0))
      this.lines.break();
  }

  /** Elements whose content is no markup: skipped or copied up to their end tag. */
  private rawText(element: HtmlElement, from: number): number {
    const { html } = this;
    const close = element.id === elementIds.plaintext ? html.length : findEndTag(html, element.name, from);
    if (element.role === role.seenText && (this.state & unseen) === 0) {
      this.lines.break();
      this.lines.preserved(html, from, close, false);
      this.lines.break();
    }
    if (element.id === elementIds.style) collectHidden(html.slice(from, close), this.hiddenBySheet);
    return afterNext(html, '>', close);
  }
}

function isCell(id: number): boolean {
  return elementRoles[id] === role.cell;
}
