/**
 * RTF (Rich Text Format 1.9.1): text, notes, headers, properties. No group nests on the call stack.
 *
 *   {\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset238 Arial;}}\f0 Dvo\'f8\'e1k\par \u1071?}
 *   → 'Dvořák', 'Я'
 *
 * Bytes above 127 are in the charset of the font that is on, or the code page of the file. A destination after `\*`
 * that is not known here is left out, as the specification wants it.
 */
import iconv from 'iconv-lite';
import type { Extraction } from './extraction.js';
import { Flow } from './flow.js';

/** Code pages by the number of a font's charset (1.9.1, Font Table). */
const charsets: ReadonlyMap<number, string> = new Map([
  [77, 'macintosh'],
  [128, 'shift_jis'],
  [129, 'cp949'],
  [130, 'cp949'],
  [134, 'gbk'],
  [136, 'big5'],
  [161, 'windows-1253'],
  [162, 'windows-1254'],
  [163, 'windows-1258'],
  [177, 'windows-1255'],
  [178, 'windows-1256'],
  [186, 'windows-1257'],
  [204, 'windows-1251'],
  [222, 'cp874'],
  [238, 'windows-1250'],
]);

/** Destinations whose content is no text of the document. */
const leftOut = new Set(
  'colortbl stylesheet pict object objdata objclass fldinst listtable listoverridetable rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl filetbl revtbl pgptbl bkmkstart bkmkend operator shpinst template wgrffmtfilter listtext2 nonshppict blipuid picprop sp sn sv panose falt fontemb datafield ftnsep ftnsepc aftnsep aftnsepc mmathPr atnid atnref atnparent atrfstart atrfend'.split(
    ' ',
  ),
);
/** Destinations after `\*` that hold text all the same. */
const starredText = new Set([
  'shptxt',
  'annotation',
  'atnauthor',
  'atndate',
  'shprslt',
  'shppict2',
  'docvar',
]);

const places: ReadonlyMap<string, string> = new Map([
  ['footnote', 'footnotes'],
  ['annotation', 'comments'],
  ['header', 'header'],
  ['headerl', 'header'],
  ['headerr', 'header'],
  ['headerf', 'header'],
  ['footer', 'footer'],
  ['footerl', 'footer'],
  ['footerr', 'footer'],
  ['footerf', 'footer'],
]);

const infoNames: ReadonlyMap<string, string> = new Map([
  ['title', 'Title'],
  ['subject', 'Subject'],
  ['author', 'Author'],
  ['operator', 'Last saved by'],
  ['keywords', 'Keywords'],
  ['doccomm', 'Comments'],
  ['company', 'Company'],
  ['manager', 'Manager'],
]);

const characters: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  ['line', '\n'],
  ['cell', '\t'],
  ['nestcell', '\t'],
  ['emdash', '—'],
  ['endash', '–'],
  ['emspace', ' '],
  ['enspace', ' '],
  ['bullet', '•'],
  ['lquote', '‘'],
  ['rquote', '’'],
  ['ldblquote', '“'],
  ['rdblquote', '”'],
]);

/** Groups inside one another; deeper ones are read as if they were this deep. */
const maxDepth = 1_000;

interface Group {
  readonly isLeftOut: boolean;
  /** Where its text goes: '' the body, `font` the font table, else a place or a property. */
  readonly target: string;
  readonly font: number;
  /** Bytes that stand for one `\u` in programs that do not know it. */
  readonly skip: number;
}

const token =
  /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|[\s\S]/g;

export function extractRtf(bytes: Buffer, extraction: Extraction): void {
  new RtfReader(extraction).run(bytes.toString('latin1'));
}

class RtfReader {
  readonly #extraction: Extraction;
  readonly #body: Flow;
  readonly #aside = new Map<string, string>();
  readonly #fonts = new Map<number, string>();
  #charset = 'windows-1252';
  #groups: Group[] = [];
  #group: Group = { isLeftOut: false, target: '', font: -1, skip: 1 };
  #tooDeep = 0;
  #text = '';
  /** Bytes above 127, not decoded yet: two may be one character. */
  #bytes: number[] = [];
  #isStarred: boolean = false;
  #isStart: boolean = false;
  #toSkip = 0;
  #definedFont = 0;

  constructor(extraction: Extraction) {
    this.#extraction = extraction;
    this.#body = new Flow(extraction);
  }

  run(source: string): void {
    token.lastIndex = 0;
    for (let match = token.exec(source); match !== null; match = token.exec(source)) {
      const [, word, number, hex, symbol, brace, plain] = match;
      if (brace !== undefined) this.#brace(brace);
      else if (word !== undefined) {
        const value = number === undefined ? undefined : Number(number);
        if (word === 'bin') token.lastIndex += Math.max(0, Math.min(value ?? 0, source.length));
        else this.#word(word, value);
      } else if (hex !== undefined) this.#byte(Number.parseInt(hex, 16));
      else if (symbol !== undefined) this.#symbol(symbol);
      else if (plain !== undefined) this.#plain(plain);
    }
    this.#flushBytes();
    if (this.#text !== '') this.#body.paragraph(this.#text);
    this.#body.end();
    this.#tellAside();
  }

  #tellAside(): void {
    this.#extraction.addFacts([...infoNames].map(([name, told]) => [told, this.#aside.get(name)] as const));
    for (const [place, text] of this.#aside) if (!infoNames.has(place)) this.#extraction.add(place, text);
  }

  #brace(brace: string): void {
    this.#flushBytes();
    this.#toSkip = 0;
    if (brace === '{') {
      if (this.#groups.length >= maxDepth) this.#tooDeep += 1;
      else this.#groups.push(this.#group);
      this.#isStart = true;
      this.#isStarred = false;
    } else if (this.#tooDeep > 0) this.#tooDeep -= 1;
    else this.#group = this.#groups.pop() ?? this.#group;
  }

  #word(word: string, value: number | undefined): void {
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return;
    }
    const isStart = this.#isStart;
    this.#isStart = false;
    if (word !== 'u') this.#flushBytes();
    if (isStart && this.#destination(word)) return;
    switch (word) {
      case 'ansicpg':
        this.#charset = codePage(value ?? 0) ?? this.#charset;
        break;
      case 'mac':
        this.#charset = 'macintosh';
        break;
      case 'f':
        if (this.#group.target === 'font') this.#definedFont = value ?? 0;
        else this.#group = { ...this.#group, font: value ?? 0 };
        break;
      case 'fcharset':
        this.#fonts.set(this.#definedFont, charsets.get(value ?? 0) ?? '');
        break;
      case 'cpg':
        if (this.#group.target === 'font') this.#fonts.set(this.#definedFont, codePage(value ?? 0) ?? '');
        break;
      case 'plain':
        break;
      case 'uc':
        this.#group = { ...this.#group, skip: Math.max(0, Math.min(16, value ?? 1)) };
        break;
      case 'u':
        this.#unicode(value ?? 63);
        break;
      case 'par':
      case 'row':
      case 'nestrow':
      case 'sect':
        this.#endParagraph();
        break;
      case 'page':
        this.#endParagraph();
        if (this.#group.target === '' && !this.#group.isLeftOut) this.#body.pageBreak();
        break;
      default:
        this.#write(characters.get(word) ?? '');
    }
  }

  /** Whether the first word of a group made it a destination. */
  #destination(word: string): boolean {
    const isStarred = this.#isStarred;
    this.#isStarred = false;
    if (this.#group.isLeftOut) return false;
    if (word === 'fonttbl') this.#group = { ...this.#group, target: 'font' };
    else if (places.has(word)) this.#group = { ...this.#group, target: places.get(word) ?? '' };
    else if (infoNames.has(word) && word !== 'operator') this.#group = { ...this.#group, target: word };
    else if (leftOut.has(word) || (isStarred && !starredText.has(word) && this.#group.target !== 'font'))
      this.#group = { ...this.#group, isLeftOut: true };
    else return false;
    return true;
  }

  #symbol(symbol: string): void {
    if (symbol === '*') {
      this.#isStarred = this.#isStart;
      return;
    }
    this.#isStart = false;
    if (this.#toSkip > 0) {
      this.#toSkip -= 1;
      return;
    }
    this.#flushBytes();
    if (symbol === '~') this.#write('\u00a0');
    else if (symbol === '_') this.#write('-');
    else if (symbol === '\n' || symbol === '\r') this.#endParagraph();
    else if (symbol === '\\' || symbol === '{' || symbol === '}') this.#write(symbol);
  }

  #byte(byte: number): void {
    this.#isStart = false;
    if (this.#toSkip > 0) this.#toSkip -= 1;
    else this.#bytes.push(byte);
  }

  #plain(text: string): void {
    this.#isStart = false;
    let rest = text;
    if (this.#toSkip > 0) {
      rest = text.slice(this.#toSkip);
      this.#toSkip = Math.max(0, this.#toSkip - text.length);
    }
    // The second byte of a character may be an ordinary letter.
    if (this.#bytes.length > 0 && isDoubleByte(this.#fontCharset()) && isLead(this.#bytes)) {
      this.#bytes.push(rest.charCodeAt(0) || 32);
      rest = rest.slice(1);
    }
    this.#flushBytes();
    this.#write(/[\x80-\xff]/.test(rest) ? this.#decode(Buffer.from(rest, 'latin1')) : rest);
  }

  #unicode(value: number): void {
    this.#flushBytes();
    this.#write(String.fromCharCode(value < 0 ? value + 0x10000 : value & 0xffff));
    this.#toSkip = this.#group.skip;
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const bytes = Buffer.from(this.#bytes);
    this.#bytes = [];
    this.#write(this.#decode(bytes));
  }

  #fontCharset(): string {
    return this.#fonts.get(this.#group.font) || this.#charset;
  }

  #decode(bytes: Buffer): string {
    return iconv.decode(bytes, this.#fontCharset());
  }

  #write(text: string): void {
    const { isLeftOut, target } = this.#group;
    if (text === '' || isLeftOut || target === 'font') return;
    if (target === '') this.#text += text;
    else this.#aside.set(target, (this.#aside.get(target) ?? '') + text);
  }

  #endParagraph(): void {
    const { isLeftOut, target } = this.#group;
    if (isLeftOut || target === 'font') return;
    if (target !== '') {
      this.#write('\n');
      return;
    }
    this.#body.paragraph(this.#text);
    this.#text = '';
  }
}

function codePage(number: number): string | undefined {
  const name = number === 10_000 ? 'macintosh' : number === 65_001 ? 'utf-8' : `cp${number}`;
  return iconv.encodingExists(name) ? name : undefined;
}

const isDoubleByte = (charset: string): boolean =>
  /^(?:shift_jis|gbk|big5|cp9(?:32|36|49|50))$/.test(charset);

/** Whether an odd number of lead bytes waits for its second. */
function isLead(bytes: readonly number[]): boolean {
  let isWaiting = false;
  for (const byte of bytes) isWaiting = !isWaiting && byte >= 0x81 && byte !== 0xff;
  return isWaiting;
}
