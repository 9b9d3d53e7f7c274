/**
 * Whether an HTML body has words that the plain text beside it has not: a first look at the bytes of both, far faster
 * than making text of the HTML. What it says yes to is compared for good (alternative.ts), so it may say yes where there
 * is nothing (charsets that differ, words broken by markup). It must not say no where a reader would see another word.
 *
 *   plain  "The bar lost 0.4 m."     html  "<p>The bar lost <b>0.4</b>&nbsp;m.</p>"     → false
 *                                    html  "<p>The bar lost 1.4 m.</p>"                 → true
 */
import { WordSet } from './word-set.js';

const lessThan = 0x3c;
const greaterThan = 0x3e;
const ampersand = 0x26;

/** Of a byte that is part of a word: what it is compared as, letter case aside; 0 of any other. */
const folded = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 || /[A-Za-z0-9]/.test(String.fromCharCode(byte)) ? byte | 0x20 : 0,
);

/** Those of one message, one after another: a set of its own for each would have to be emptied. */
const known = new WordSet();

export function hasOtherWords(html: Buffer, plain: readonly Buffer[]): boolean {
  known.clear();
  for (const bytes of plain) learnWords(bytes);
  return known.isFull || hasUnknownWord(html);
}

function learnWords(bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    at = wordFrom(bytes, at, bytes.length);
    if (at < bytes.length) at = readWord(bytes, at);
    known.add(wordHash);
  }
}

function hasUnknownWord(html: Buffer): boolean {
  for (let at = 0; at < html.length; ) {
    if (html[at] === lessThan) {
      at = afterMarkup(html, at);
      if (at < 0) return true;
      continue;
    }
    const value = folded[html[at] ?? 0] ?? 0;
    if (value === 0 || (value >= 0xa0 && markLength(html, at) > 0)) {
      at += value === 0 ? 1 : markLength(html, at);
      continue;
    }
    const from = at;
    at = readWord(html, at);
    if (!known.has(wordHash) && !isReferenceToMark(html, from, at)) return true;
  }
  return false;
}

function wordFrom(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const value = folded[bytes[at] ?? 0] ?? 0;
    const length = value === 0 ? 1 : value < 0xa0 ? 0 : markLength(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

/** Of the word that was read last. */
let wordHash = 0;

/** Reads the word at `from`; returns where it ends. */
function readWord(bytes: Buffer, from: number): number {
  let hash = 0x811c9dc5;
  let at = from;
  for (; at < bytes.length; at++) {
    const value = folded[bytes[at] ?? 0] ?? 0;
    if (value === 0 || (value >= 0xa0 && markLength(bytes, at) > 0)) break;
    hash = Math.imul(hash ^ value, 0x01000193);
  }
  wordHash = hash >>> 0;
  return at;
}

/** Bytes of a blank or mark beyond ASCII, as UTF-8 has them: C2 80 to C2 BF, E2 80 80 to E2 80 BF. */
function markLength(bytes: Buffer, at: number): number {
  if (bytes[at] === 0xc2) return 2;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 ? 3 : 0;
}

const marks = new Set(
  'nbsp amp lt gt quot apos lsquo rsquo ldquo rdquo ndash mdash hellip bull middot ensp emsp thinsp zwnj shy laquo raquo'.split(
    ' ',
  ),
);

/** `&nbsp;`, `&#8217;`: blanks and punctuation are written so most of the time. A letter written so is looked at for good. */
function isReferenceToMark(html: Buffer, from: number, end: number): boolean {
  if (html[from - 1] === ampersand) return marks.has(html.toString('latin1', from, end));
  if (html[from - 1] !== 0x23 || html[from - 2] !== ampersand) return false;
  const code = Number(html.toString('latin1', from, end));
  return code < 0x80 ? folded[code] === 0 : code === 0xa0 || (code >= 0x2000 && code <= 0x206f);
}

/** The first three letters of the names of elements whose content is no markup, or that show what is in their tag. */
const special = new Set(['!--', 'sty', 'scr', 'tit', 'img', 'ima', 'tex', 'xmp', 'pla'].map(packed));

function packed(name: string): number {
  return (
    (name.charCodeAt(0) | 0x20) * 0x10000 + (name.charCodeAt(1) | 0x20) * 0x100 + (name.charCodeAt(2) | 0x20)
  );
}

/** Where text goes on after the `<` at `tag`; -1 where what is inside may be read as text. */
function afterMarkup(html: Buffer, tag: number): number {
  const first = html[tag + 1] ?? 0;
  // "a < b": no tag.
  if (folded[first] === 0 && first !== 0x2f && first !== 0x21 && first !== 0x3f) return tag + 1;
  const name =
    (first | 0x20) * 0x10000 + ((html[tag + 2] ?? 0) | 0x20) * 0x100 + ((html[tag + 3] ?? 0) | 0x20);
  return special.has(name) ? afterSpecial(html, tag) : afterTag(html, tag);
}

function afterSpecial(html: Buffer, tag: number): number {
  const name = /^[a-z]+|^!--/.exec(html.toString('latin1', tag + 1, tag + 12).toLowerCase())?.[0] ?? '';
  switch (name) {
    case '!--':
      return Math.min(after(html, '-->', tag + 2), after(html, '--!>', tag + 2));
    case 'style':
    case 'script':
    case 'title':
      return afterElement(html, name, tag);
    case 'img':
    case 'image':
      return afterPicture(html, tag);
    case 'textarea':
    case 'xmp':
    case 'plaintext':
      return -1;
    default:
      return afterTag(html, tag);
  }
}

/** A picture is read as its alternative text. */
function afterPicture(html: Buffer, tag: number): number {
  const end = afterTag(html, tag);
  const alternative = /\salt\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]+))/i.exec(
    html.toString('latin1', tag, end),
  );
  if (alternative === null) return end;
  const text = Buffer.from(alternative[1] ?? alternative[2] ?? alternative[3] ?? '', 'latin1');
  return hasUnknownWord(text) ? -1 : end;
}

function afterElement(html: Buffer, name: string, from: number): number {
  for (let at = html.indexOf('</', from, 'latin1'); at >= 0; at = html.indexOf('</', at + 2, 'latin1'))
    if (html.toString('latin1', at + 2, at + 2 + name.length).toLowerCase() === name)
      return after(html, '>', at);
  return html.length;
}

/** A loop: tags are short, and a call into the machine's own search costs as much as twenty bytes. */
function afterTag(html: Buffer, tag: number): number {
  let at = tag;
  while (at < html.length && html[at] !== greaterThan) at += 1;
  return at + 1;
}

function after(html: Buffer, what: string, from: number): number {
  const at = html.indexOf(what, from, 'latin1');
  return at < 0 ? html.length : at + what.length;
}
