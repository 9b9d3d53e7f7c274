/**
 * What a file is, by content: never by its name, never by what the mail declares.
 *
 *   25 50 44 46 2d      PDF          50 4b 03 04 … word/document.xml        DOCX
 *   d0 cf 11 e0 …       compound: its streams say Word, Excel, PowerPoint or Outlook
 *   7b 5c 72 74 66      RTF          4d 5a                                  Windows program
 */

import { decodeText } from '../message/charset.js';
import { gradeFromLine } from '../receive/from-line.js';
import { startsLikeMessage } from '../receive/header-start.js';
import { isTarHeader } from '../receive/tar-header.js';
import { sniffDelimiter } from './csv.js';
import { fileTypes, type TypeKey } from './type.js';
import type { ZipMembers } from './zip-members.js';

/** Bytes that text is told by. */
const sampleBytes = 64 * 1024;

/** Hex at the start of the file. */
const magics: readonly (readonly [string, TypeKey])[] = [
  ['7b5c727466', 'rtf'],
  ['89504e470d0a1a0a', 'png'],
  ['ffd8ff', 'jpeg'],
  ['474946383761', 'gif'],
  ['474946383961', 'gif'],
  ['49492a00', 'tiff'],
  ['4d4d002a', 'tiff'],
  ['38425053', 'psd'],
  ['00000100', 'ico'],
  ['00000200', 'ico'],
  ['d7cdc69a', 'emf'],
  ['1f8b08', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['fd377a585a00', 'xz'],
  ['377abcaf271c', 'sevenZip'],
  ['526172211a07', 'rar'],
  ['4d53434600000000', 'cab'],
  ['789f3e22', 'tnef'],
  ['7f454c46', 'elf'],
  ['cefaedfe', 'machO'],
  ['cffaedfe', 'machO'],
  ['4c0000000114020000000000c000000000000046', 'shortcut'],
  ['494433', 'mp3'],
  ['fffb', 'mp3'],
  ['fff3', 'mp3'],
  ['4f676753', 'ogg'],
  ['664c6143', 'flac'],
  ['2321414d52', 'amr'],
  ['1a45dfa3', 'matroska'],
  ['3026b2758e66cf11', 'asf'],
  ['000001ba', 'mpeg'],
  ['000001b3', 'mpeg'],
  ['465753', 'flash'],
  ['435753', 'flash'],
  ['53514c69746520666f726d61742033', 'sqlite'],
  ['000100005374616e64617264', 'access'],
  ['2142444e', 'pst'],
  ['252150532d', 'postscript'],
  ['c5d0d3c6', 'postscript'],
  ['ff575043', 'wordPerfect'],
  ['0001000000', 'font'],
  ['4f54544f', 'font'],
  ['774f4646', 'font'],
  ['774f4632', 'font'],
];

/** `zip` and `compound` are starting points: `recognizeZip` and `recognizeCompound` say more. */
export function recognize(bytes: Buffer): TypeKey {
  if (bytes.length === 0) return 'empty';
  return recognizeBinary(bytes) ?? recognizeText(bytes) ?? 'unknown';
}

function recognizeBinary(bytes: Buffer): TypeKey | undefined {
  const head = bytes.toString('latin1', 0, 1024);
  // PDF 32000-1, Annex H.3.4.1: readers accept the header within the first 1,024 bytes.
  if (/%PDF-\d/.test(head) && !/^\s*(?:<|From )/.test(head)) return 'pdf';
  if (/^PK(?:\x03\x04|\x05\x06|\x07\x08)/.test(head)) return 'zip';
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'compound';
  const start = bytes.toString('hex', 0, 24);
  const known = magics.find(([magic]) => start.startsWith(magic))?.[1];
  if (known !== undefined) return known;
  if (/^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(head)) return 'bzip2';
  if (isTarHeader(bytes.subarray(0, 512))) return 'tar';
  return recognizeBox(head, bytes);
}

/** Formats whose mark is not at the very start, or is short and needs a second look. */
function recognizeBox(head: string, bytes: Buffer): TypeKey | undefined {
  const riff = head.startsWith('RIFF') ? head.slice(8, 12) : '';
  if (riff === 'WEBP') return 'webp';
  if (riff === 'WAVE') return 'wav';
  if (riff === 'AVI ') return 'avi';
  if (head.slice(4, 8) === 'ftyp') {
    if (/^(?:heic|heix|hevc|mif1|msf1)/.test(head.slice(8, 12))) return 'heic';
    return head.slice(8, 12) === 'avif' ? 'avif' : 'mp4';
  }
  if (
    head.startsWith('BM') &&
    bytes.length > 26 &&
    bytes.readUInt32LE(14) <= 124 &&
    bytes.readUInt32LE(14) >= 12
  )
    return 'bmp';
  if (head.startsWith('\x01\0\0\0') && head.slice(40, 44) === ' EMF') return 'emf';
  if (head.startsWith('MZ') && isWindowsProgram(bytes)) return 'windowsProgram';
  if (head.startsWith('\xca\xfe\xba\xbe')) return bytes.readUInt32BE(4) < 0x20 ? 'machO' : 'javaClass';
  return recognizeRecords(bytes);
}

/** A DOS header names where the next one is; text may start with MZ as well. */
function isWindowsProgram(bytes: Buffer): boolean {
  if (bytes.length < 64) return bytes.includes(0);
  const next = bytes.readUInt32LE(60);
  const mark = bytes.toString('latin1', next, next + 2);
  return mark === 'PE' || mark === 'NE' || mark === 'LE' || bytes.subarray(2, 64).includes(0);
}

/** Excel 2 to 4 ([MS-XLS] 2.4.21, older BOF records) and Word for DOS or 2, without a compound file around them. */
function recognizeRecords(bytes: Buffer): TypeKey | undefined {
  if (bytes.length < 8) return undefined;
  const record = bytes.readUInt16LE(0);
  const length = bytes.readUInt16LE(2);
  const isBof = record === 0x0009 || record === 0x0209 || record === 0x0409 || record === 0x0809;
  if (isBof && length >= 4 && length <= 16) return 'xls';
  return record === 0xa5db || record === 0xa5dc ? 'doc' : undefined;
}

function recognizeText(bytes: Buffer): TypeKey | undefined {
  const sample = bytes.subarray(0, sampleBytes);
  if (!isText(sample)) return undefined;
  const { text } = decodeText(sample, '');
  const start = text
    .replace(/^\ufeff/, '')
    .trimStart()
    .slice(0, 4_096);
  if (/^-----BEGIN PGP (?:MESSAGE|SIGNATURE)/.test(start)) return 'pgp';
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'calendar';
  if (/^BEGIN:VCARD/i.test(start)) return 'vcard';
  if (start.startsWith('{\\rtf')) return 'rtf';
  if (/^#!\s?\//.test(start)) return 'script';
  if (start.startsWith('<')) return recognizeMarkup(start) ?? 'text';
  const latin = sample.toString('latin1');
  if (gradeFromLine(latin.slice(0, 1_000).split(/\r?\n/, 1)[0] ?? '') === 'strict') return 'mbox';
  if (startsLikeMessage(latin.slice(0, 8_192), false)) return 'message';
  if (/<html[\s>]|<body[\s>]/i.test(start) && /<\/[a-z]/i.test(text)) return 'html';
  return sniffDelimiter(text) === undefined ? 'text' : 'csv';
}

function recognizeMarkup(start: string): TypeKey | undefined {
  const body = start.replace(/^<\?xml[^>]{0,300}\?>\s*/i, '').replace(/^(?:<!--[\s\S]{0,2000}?-->\s*)+/, '');
  if (
    /^<!doctype\s+html|^<(?:html|head|body|title|meta|table|div|p|br|font|center|script|style)\b/i.test(body)
  )
    return 'html';
  if (/^(?:<!doctype\s+svg|<(?:\w+:)?svg[\s>])/i.test(body)) return 'svg';
  if (/^<\?xml\b/i.test(start) || /^<[\w:-]+(?:\s[^<>]*)?>/.test(body))
    return /<html[\s>]/i.test(start) ? 'html' : 'xml';
  return /<html[\s>]/i.test(start) ? 'html' : undefined;
}

/** UTF-16 with a mark, or hardly any control characters. */
export function isText(sample: Buffer): boolean {
  const mark = sample.length > 1 ? sample.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) return true;
  let odd = 0;
  for (const byte of sample) {
    if (byte === 0) return false;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) odd += 1;
  }
  return odd * 50 <= sample.length;
}

/** By members: office documents and books are zips. */
export function recognizeZip(zip: ZipMembers, mimetype: string): TypeKey {
  const openDocument = /^application\/(?:vnd\.oasis\.opendocument|vnd\.sun\.xml)\.([a-z-]+)/.exec(
    mimetype,
  )?.[1];
  if (openDocument !== undefined) return openDocumentType(openDocument);
  if (mimetype.startsWith('application/epub')) return 'epub';
  const hasMacros = zip.matching(/vbaproject\.bin$/).length > 0;
  if (zip.has('[Content_Types].xml') || zip.has('word/document.xml')) {
    if (zip.matching(/^(?:word\/document\d*\.xml|word\/_rels\/)/).length > 0)
      return hasMacros ? 'docm' : 'docx';
    if (zip.matching(/^xl\/workbook\.(?:xml|bin)$/).length > 0) return hasMacros ? 'xlsm' : 'xlsx';
    if (zip.has('ppt/presentation.xml')) return hasMacros ? 'pptm' : 'pptx';
    if (zip.matching(/fixeddoc(?:ument)?seq(?:uence)?\.fdseq$|\.fpage$/).length > 0) return 'xps';
  }
  if (
    zip.matching(/^(?:index\/document\.iwa|index\.zip|index\.apxl(?:\.gz)?|index\.xml|index\/.*\.iwa)$/)
      .length > 0
  )
    return 'iwork';
  if (zip.has('content.xml') && zip.has('META-INF/manifest.xml')) return 'odt';
  if (zip.has('META-INF/MANIFEST.MF')) return 'jar';
  return 'zip';
}

function openDocumentType(name: string): TypeKey {
  if (name.startsWith('spreadsheet') || name === 'calc') return 'ods';
  if (name.startsWith('presentation') || name === 'impress') return 'odp';
  return name.startsWith('text') || name === 'writer' ? 'odt' : 'odg';
}

/** By streams ([MS-DOC] 2.1, [MS-XLS] 2.1, [MS-PPT] 2.1, [MS-OXMSG] 2, [MS-OFFCRYPTO] 2.3.4). Names in any order. */
export function recognizeCompound(streams: readonly string[]): TypeKey {
  const names = new Set(streams.map((name) => name.slice(name.lastIndexOf('/') + 1).toLowerCase()));
  if (names.has('encryptedpackage')) return 'protectedOffice';
  if (names.has('__properties_version1.0')) return 'msg';
  if (names.has('worddocument')) return 'doc';
  if (names.has('workbook') || names.has('book')) return 'xls';
  return names.has('powerpoint document') ? 'ppt' : 'compound';
}

export const typeOf = (key: TypeKey) => fileTypes[key];
