/**
 * One start tag's attributes (HTML Standard 13.2.5.32 and after), read in a single pass without regular
 * expressions: only what matters to the text is kept, as places in the markup.
 *
 *   <td class=x style="display:none" hidden>
 */

import { decodeAttribute } from './html-references.js';

const greaterThan = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
const doubleQuote = 0x22;
const singleQuote = 0x27;

/** Reused for every tag: a message can have a million. */
export class TagAttributes {
  /** Values as written, '' where absent. */
  style = '';
  className = '';
  idName = '';
  type = '';
  alt = '';
  start = '';
  value = '';
  size = '';
  hidden = false;
  open = false;
  /** True where any attribute that matters was there. */
  any: boolean = false;

  clear(): void {
    if (!this.any) return;
    this.any = false;
    this.style = '';
    this.hidden = false;
    this.open = false;
    this.className = '';
    this.idName = '';
    this.type = '';
    this.alt = '';
    this.start = '';
    this.value = '';
    this.size = '';
  }

  /**
   * Reads from the end of the tag's name. Returns the place after the `>`, or -1 where the markup ends inside the
   * tag: the rest is then no text (HTML Standard 13.2.5, "eof-in-tag").
   */
  read(html: string, from: number): number {
    this.clear();
    const length = html.length;
    let i = from;
    for (;;) {
      let code = html.charCodeAt(i);
      while (code <= 0x20 || code === slash) code = html.charCodeAt(++i);
      if (code === greaterThan) return i + 1;
      if (i >= length) return -1;
      const nameFrom = i++;
      code = html.charCodeAt(i);
      while (code > 0x20 && code !== equals && code !== greaterThan && code !== slash)
        code = html.charCodeAt(++i);
      const nameTo = i;
      while (code <= 0x20) code = html.charCodeAt(++i);
      if (code !== equals) {
        this.keep(html, nameFrom, nameTo, i, i);
        continue;
      }
      code = html.charCodeAt(++i);
      while (code <= 0x20) code = html.charCodeAt(++i);
      if (i >= length) return -1;
      const quoted = code === doubleQuote || code === singleQuote;
      const valueFrom = quoted ? i + 1 : i;
      const valueTo = quoted
        ? html.indexOf(code === doubleQuote ? '"' : "'", valueFrom)
        : unquotedEnd(html, i);
      if (valueTo < 0) return -1;
      this.keep(html, nameFrom, nameTo, valueFrom, valueTo);
      i = quoted ? valueTo + 1 : valueTo;
    }
  }

  /** Of two attributes with one name the first counts. */
  private keep(html: string, nameFrom: number, nameTo: number, from: number, to: number): void {
    const letter = html.charCodeAt(nameFrom) | 0x20;
    switch (nameTo - nameFrom) {
      case 2:
        if (letter === 0x69 && this.idName === '' && isNamed(html, nameFrom, 'id'))
          this.idName = this.word(html, from, to);
        return;
      case 3:
        if (letter === 0x61 && this.alt === '' && isNamed(html, nameFrom, 'alt'))
          this.alt = this.word(html, from, to);
        return;
      case 4:
        if (letter === 0x74 && isNamed(html, nameFrom, 'type')) this.type = this.word(html, from, to);
        else if (letter === 0x73 && isNamed(html, nameFrom, 'size')) this.size = this.word(html, from, to);
        else if (letter === 0x6f && isNamed(html, nameFrom, 'open')) this.open = this.any = true;
        return;
      case 5:
        this.keepFive(html, letter, nameFrom, from, to);
        return;
      case 6:
        if (letter === 0x68 && isNamed(html, nameFrom, 'hidden')) this.hidden = this.any = true;
        return;
      default:
    }
  }

  private keepFive(html: string, letter: number, nameFrom: number, from: number, to: number): void {
    if (letter === 0x73) {
      if (this.style === '' && isNamed(html, nameFrom, 'style')) this.style = this.word(html, from, to);
      else if (isNamed(html, nameFrom, 'start')) this.start = this.word(html, from, to);
    } else if (letter === 0x63) {
      if (this.className === '' && isNamed(html, nameFrom, 'class'))
        this.className = this.word(html, from, to);
    } else if (letter === 0x76 && isNamed(html, nameFrom, 'value')) this.value = this.word(html, from, to);
  }

  private word(html: string, from: number, to: number): string {
    this.any = true;
    return html.slice(from, to);
  }

  /** Alternative text as a reader sees it, on one line. */
  get alternative(): string {
    return this.alt === '' ? '' : decodeAttribute(this.alt).replace(/\s+/g, ' ').trim();
  }
}

/** The name at `from` in `html`, whatever its letter case; `name` is in lower case and as long. */
function isNamed(html: string, from: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if ((html.charCodeAt(from + i) | 0x20) !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** Where an unquoted value ends: at a blank or `>`. */
function unquotedEnd(html: string, from: number): number {
  let i = from;
  for (let code = html.charCodeAt(i); code > 0x20 && code !== greaterThan; ) code = html.charCodeAt(++i);
  return i;
}
