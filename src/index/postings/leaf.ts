/**
 * Leaf pages of an FTS5 segment: terms in order of their bytes, each with its doclist. The format is SQLite's own,
 * version 4, told at the head of ext/fts5/fts5_index.c ("SEGMENT LEAF NODE"):
 *
 *   00 00  01 2c    first number before any term (0: none), end of the content, both big-endian
 *   04 30 67 61 73  a term, its length first
 *   8a 2f 06 …      its doclist (doclist.ts)
 *   02 02 74 65     the next term: bytes in common with the one before, length of the rest, rest
 *   …
 *   04 2e           after the content: the place of the first term, then the distance from each to the next
 *
 * A doclist may run over several pages; the first number on each of them is written whole, not as a difference.
 */
import type { Doclist, Postings } from './doclist.js';

const headerBytes = 4;
const noPage = new Uint8Array(headerBytes);
const noWhole: readonly number[] = [];

/** The terms of one segment that start with given bytes, in order. */
export class TermScan {
  readonly #prefix: Uint8Array;
  readonly #keepsText: boolean;
  #pages: readonly Uint8Array[];
  /** How many of them were opened. */
  #opened = 0;
  #page: Uint8Array = noPage;
  /** Where the content of the page ends and the places of its terms begin. */
  #contentEnd = headerBytes;
  /** Where the place of the next term stands in the page. */
  #footerAt = headerBytes;
  /** Where the present term stands; 0 before the first of the page. */
  #place = 0;
  /** Where the next number is read. */
  #at = 0;
  /** Bytes that the present term has in common with the prefix. */
  #shared = 0;
  #term: Buffer;
  #termLength = 0;

  /**
   * `pages`: from the last that begins with a term at or before `prefix`, in order. Without `keepsText`, `text` gives
   * nothing.
   */
  constructor(prefix: Uint8Array, pages: readonly Uint8Array[], keepsText: boolean) {
    this.#prefix = prefix;
    this.#keepsText = keepsText;
    this.#pages = pages;
    this.#term = Buffer.allocUnsafe(prefix.length + 64);
    this.#term.set(prefix);
  }

  /** The present term without its first `from` bytes. */
  text(from: number): string {
    return this.#term.toString('utf8', from, this.#termLength);
  }

  get termLength(): number {
    return this.#termLength;
  }

  /** Goes to the next term that starts with the prefix; false where there is none. */
  next(): boolean {
    const known = this.#nextAlike();
    if (known !== undefined) return known;
    for (;;) {
      while (this.#footerAt >= this.#page.length) if (!this.#turn()) return false;
      const isFirst = this.#place === 0;
      if (!isFirst) this.#skipTermsBefore();
      if (this.#footerAt >= this.#page.length) continue;
      this.#place = this.#nextPlace();
      this.#at = this.#place;
      const kept = isFirst ? 0 : this.#varint();
      const added = this.#varint();
      if (isFirst) this.#shared = 0;
      if (kept > this.#shared && this.#shared < this.#prefix.length) continue;
      if (kept < this.#shared) return false;
      const order = this.#compare(this.#at, this.#at + added);
      if (order > 0) return false;
      if (order < 0) continue;
      this.#keepTerm(kept, added);
      return true;
    }
  }

  /**
   * Where the present term starts with the prefix, the next one does if it keeps as much of it: told without comparing.
   * undefined where it has to be looked at more closely.
   */
  #nextAlike(): boolean | undefined {
    const page = this.#page;
    const prefixLength = this.#prefix.length;
    if (this.#shared < prefixLength || this.#place === 0 || this.#footerAt >= page.length) return undefined;
    const place = this.#place + (page[this.#footerAt] ?? 0);
    const kept = page[place] ?? 0;
    const added = page[place + 1] ?? 0;
    // Longer numbers are left to the slow way.
    if (((page[this.#footerAt] ?? 0) | kept | added) >= 0x80) return undefined;
    this.#place = place;
    this.#footerAt += 1;
    this.#at = place + 2;
    if (kept < prefixLength) return false;
    this.#keepTerm(kept, added);
    return true;
  }

  /**
   * Terms ascend: one that keeps more of the term before it than that had of the prefix comes before the prefix too.
   * Nearly all terms of a page are passed by here, one byte of each looked at.
   */
  #skipTermsBefore(): void {
    const page = this.#page;
    const shared = this.#shared;
    if (shared >= this.#prefix.length) return;
    let place = this.#place;
    let at = this.#footerAt;
    while (at < page.length) {
      const distance = page[at] ?? 0;
      // Longer numbers are left to the slow way.
      const kept = distance < 0x80 ? (page[place + distance] ?? 0) : 0x80;
      if (kept >= 0x80 || kept <= shared) break;
      place += distance;
      at += 1;
    }
    this.#place = place;
    this.#footerAt = at;
  }

  /** Compares the present term from the byte `#shared` on with the prefix. 0: it starts with it. */
  #compare(at: number, end: number): number {
    const prefix = this.#prefix;
    while (this.#shared < prefix.length) {
      if (at >= end) return -1;
      const difference = (this.#page[at++] ?? 0) - (prefix[this.#shared] ?? 0);
      if (difference !== 0) return difference;
      this.#shared++;
    }
    return 0;
  }

  #keepTerm(kept: number, added: number): void {
    this.#termLength = kept + added;
    if (!this.#keepsText) {
      this.#at += added;
      return;
    }
    if (this.#termLength > this.#term.length) {
      const longer = Buffer.allocUnsafe(this.#termLength * 2);
      longer.set(this.#term);
      this.#term = longer;
    }
    for (let i = 0; i < added; i++) this.#term[kept + i] = this.#page[this.#at + i] ?? 0;
    this.#at += added;
  }

  /** The doclist of the present term, once. Reads on to the page where it ends. */
  doclist(): Doclist {
    return this.#footerAt < this.#page.length
      ? { bytes: this.#page, start: this.#at, end: this.#peekPlace(), whole: noWhole }
      : this.#longDoclist();
  }

  /** Opens `postings` on what `doclist` gives. */
  open(postings: Postings): void {
    if (this.#footerAt < this.#page.length) postings.openAt(this.#page, this.#at, this.#peekPlace(), noWhole);
    else postings.open(this.#longDoclist());
  }

  /** The last of its page: it may run on. */
  #longDoclist(): Doclist {
    const start = this.#at;
    const pieces = [this.#page.subarray(start, this.#contentEnd)];
    const whole: number[] = [];
    let end = this.#contentEnd - start;
    while (this.#turn()) {
      const firstNumber = uint16(this.#page, 0);
      if (firstNumber > 0) whole.push(end + firstNumber - headerBytes);
      const hasTerm = this.#footerAt < this.#page.length;
      const piece = this.#page.subarray(headerBytes, hasTerm ? this.#peekPlace() : this.#contentEnd);
      pieces.push(piece);
      end += piece.length;
      if (hasTerm) break;
    }
    return { bytes: Buffer.concat(pieces, end), start: 0, end, whole };
  }

  /** Whether the doclist of the present term runs to the end of the pages, and perhaps on. */
  get isCut(): boolean {
    return this.#opened === this.#pages.length && this.#footerAt >= this.#page.length;
  }

  /** Pages that follow those given before. */
  append(pages: readonly Uint8Array[]): void {
    if (pages.length > 0) this.#pages = [...this.#pages, ...pages];
  }

  #turn(): boolean {
    const page = this.#pages[this.#opened];
    if (page === undefined) return false;
    this.#opened += 1;
    this.#open(page);
    return true;
  }

  #open(page: Uint8Array): void {
    this.#page = page;
    this.#contentEnd = uint16(page, 2);
    this.#footerAt = this.#contentEnd;
    this.#place = 0;
  }

  #nextPlace(): number {
    this.#at = this.#footerAt;
    const place = this.#place + this.#varint();
    this.#footerAt = this.#at;
    return place;
  }

  /** Where the next term stands: the doclist of the present one ends there. */
  #peekPlace(): number {
    const footerAt = this.#footerAt;
    const distance = this.#page[footerAt] ?? 0;
    if (distance < 0x80) return this.#place + distance;
    const at = this.#at;
    const place = this.#nextPlace();
    this.#footerAt = footerAt;
    this.#at = at;
    return place;
  }

  #varint(): number {
    let value = 0;
    for (;;) {
      const byte = this.#page[this.#at++] ?? 0;
      value = (value << 7) | (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  }
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
