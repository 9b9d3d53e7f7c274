/**
 * Text of Word 97–2003 ([MS-DOC]) and of Word 6 and 95 before it.
 *
 *   FIB: fcClx → CLX → PlcPcd: pieces of text, each in one byte a character (windows-1252) or two (UTF-16)
 *   0x0d paragraph   0x07 cell or row   0x0c page   0x13 field code 0x14 its result 0x15
 *
 * The text of the document runs on into footnotes, headers, comments, endnotes and text boxes; the FIB says how much is what.
 */
import iconv from 'iconv-lite';
import type { Compound } from './compound.js';
import { type Extraction, ExtractionStop } from './extraction.js';
import { Flow } from './flow.js';

const encryptedFlag = 0x0100;
const secondTableFlag = 0x0200;
const word97 = 0x00c1;

/** Parts of the text in their order ([MS-DOC] 2.5.4, FibRgLw97), by offset of their length in the FIB. */
const parts: readonly (readonly [offset: number, where: string])[] = [
  [0x4c, ''],
  [0x50, 'footnotes'],
  [0x54, 'headers and footers'],
  [0x5c, 'comments'],
  [0x60, 'endnotes'],
  [0x64, 'text boxes'],
  [0x68, 'text boxes of headers'],
];

export function extractWordBinary(compound: Compound, extraction: Extraction): void {
  const main = compound.find('WordDocument');
  if (main === undefined || main.length < 0x80)
    throw new ExtractionStop('damaged', 'the stream WordDocument is missing');
  const flags = main.readUInt16LE(10);
  if ((flags & encryptedFlag) !== 0) throw new ExtractionStop('encrypted', 'a password is needed to open it');
  if (main.readUInt16LE(2) < word97) {
    extractOld(main, extraction);
    return;
  }
  const table = compound.find((flags & secondTableFlag) !== 0 ? '1Table' : '0Table');
  const text = table === undefined ? undefined : piecedText(main, table);
  if (text === undefined) throw new ExtractionStop('damaged', 'the table of text pieces is missing');
  let at = 0;
  for (const [offset, where] of parts) {
    const length = main.length >= offset + 4 ? Math.max(0, main.readInt32LE(offset)) : 0;
    addText(text.slice(at, at + length), where, extraction);
    at += length;
  }
}

/** The pieces of text joined; undefined where the table is damaged. */
function piecedText(main: Buffer, table: Buffer): string | undefined {
  if (main.length < 0x1aa) return undefined;
  const start = main.readUInt32LE(0x1a2);
  const clx = table.subarray(start, start + main.readUInt32LE(0x1a6));
  const plc = pieceTable(clx);
  if (plc === undefined) return undefined;
  const count = Math.floor((plc.length - 4) / 12);
  let text = '';
  for (let piece = 0; piece < count; piece++) {
    const characters = plc.readUInt32LE(4 * piece + 4) - plc.readUInt32LE(4 * piece);
    const fc = plc.readUInt32LE(4 * (count + 1) + 8 * piece + 2);
    if (characters <= 0) continue;
    const isNarrow = (fc & 0x40000000) !== 0;
    const offset = isNarrow ? (fc & 0x3fffffff) / 2 : fc & 0x3fffffff;
    const bytes = main.subarray(offset, offset + characters * (isNarrow ? 1 : 2));
    text += isNarrow ? iconv.decode(bytes, 'windows-1252') : bytes.toString('utf16le');
  }
  return text;
}

/** [MS-DOC] 2.9.38: property records, then the table of pieces. */
function pieceTable(clx: Buffer): Buffer | undefined {
  for (let at = 0; at + 5 <= clx.length; ) {
    const kind = clx[at];
    if (kind === 2) return clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1));
    if (kind !== 1) return undefined;
    at += 3 + clx.readUInt16LE(at + 1);
  }
  return undefined;
}

/** Word 6 and 95: one run of bytes between two offsets; fast-saved files hold it out of order. */
function extractOld(main: Buffer, extraction: Extraction): void {
  const bytes = main.subarray(main.readUInt32LE(0x18), main.readUInt32LE(0x1c));
  addText(iconv.decode(bytes, 'windows-1252'), '', extraction);
}

function addText(text: string, where: string, extraction: Extraction): void {
  if (text.trim() === '') return;
  const flow = new Flow(extraction, 'paragraph', where);
  for (const paragraph of withoutFieldCodes(text).split(/[\r\u0007]/)) {
    const [first = '', ...pages] = paragraph.split('\f');
    if (first !== '' || pages.length === 0) flow.paragraph(readable(first));
    for (const page of pages) {
      flow.pageBreak();
      flow.paragraph(readable(page));
    }
  }
  flow.end();
}

function readable(text: string): string {
  return text
    .replace(/\u000b/g, '\n')
    .replace(/\u001e/g, '-')
    .replace(/[\u0001-\u0008\u000e-\u0012\u0016-\u001d\u001f]/g, '');
}

/** `\x13 HYPERLINK "…" \x14 shown \x15` → `shown`; fields stand inside one another. */
function withoutFieldCodes(text: string): string {
  if (!text.includes('\u0013')) return text;
  let out = '';
  const isResult: boolean[] = [];
  for (const part of text.split(/([\u0013-\u0015])/)) {
    if (part === '\u0013') isResult.push(false);
    else if (part === '\u0014') {
      if (isResult.length > 0) isResult[isResult.length - 1] = true;
    } else if (part === '\u0015') isResult.pop();
    else if (!isResult.includes(false)) out += part;
  }
  return out;
}
