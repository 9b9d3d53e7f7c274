/**
 * What some bytes are, by content and never by name.
 *
 *   1f 8b 08              gzip          50 4b 03 04          zip
 *   "From a@b Mon Oct …"  mbox          21 42 44 4e          PST, OST
 *   "Received: from …"    message       d0 cf 11 e0 …        Outlook .msg, or an old office file
 */
import { limits } from '../limits.js';
import { gradeFromLine, resemblesField } from './from-line.js';
import { startsLikeMessage } from './header-start.js';
import type { Compression } from './source.js';
import { isTarHeader } from './tar-header.js';

/** As many bytes as a decision may need; fewer where the file is smaller. */
export const sniffBytes = 64 * 1024;

/** Of these, as many are searched for header fields; the rest only for a From_ line. */
const headerBytes = 8 * 1024;

export type Format =
  | { readonly type: 'compressed'; readonly compression: Compression }
  | { readonly type: 'mbox' | 'tar' | 'zip' | 'compound' | 'empty' }
  /** `start`: bytes before the message proper (a byte count line of Apple Mail). `length`: bytes of it where that line says so. */
  | { readonly type: 'message'; readonly start: number; readonly length: number | undefined }
  | { readonly type: 'unreadable'; readonly name: string }
  | { readonly type: 'other'; readonly name: string };

/** How much benefit of the doubt: a file among others, the file that someone handed over, a file in a Maildir. */
export type Expectation = 'file' | 'source' | 'maildir';

const compressions: readonly (readonly [string, Compression])[] = [
  ['1f8b08', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['fd377a585a00', 'xz'],
];

/** Formats that can hold mail and that nothing here reads: what they are called. */
const unreadable: readonly (readonly [string, string])[] = [
  ['377abcaf271c', '7-Zip archive'],
  ['526172211a07', 'RAR archive'],
  ['cfad12fe', 'Outlook Express folder (DBX)'],
  ['2a6d62782a0d0a', 'UW IMAP mbx mailbox'],
  ['424142594c204f5054494f4e53', 'Babyl mailbox'],
  ['010101010a', 'MMDF mailbox'],
  ['1a0000040000', 'Lotus Notes database (NSF)'],
  ['4d53434600000000', 'Cabinet archive'],
  ['04224d18', 'LZ4 compressed file'],
  ['1f9d', 'compress (.Z) file'],
  ['4c5a4950', 'lzip compressed file'],
];

/** Files that often lie beside mail, for a note that says more than "other". */
const others: readonly (readonly [string, string])[] = [
  ['25504446', 'PDF document'],
  ['ffd8ff', 'JPEG image'],
  ['89504e470d0a1a0a', 'PNG image'],
  ['47494638', 'GIF image'],
  ['7b5c727466', 'RTF document'],
  ['789f3e22', 'TNEF (winmail.dat)'],
  ['53514c69746520666f726d617420', 'SQLite database'],
  ['7f454c46', 'ELF program'],
  ['4d5a', 'Windows program'],
];

/** `head` holds the first `sniffBytes` bytes or the whole file. */
export function sniff(head: Buffer, expectation: Expectation): Format {
  if (head.length === 0) return { type: 'empty' };
  return sniffCompression(head) ?? sniffArchive(head) ?? sniffMail(head, expectation) ?? sniffOther(head);
}

function sniffCompression(head: Buffer): Format | undefined {
  const known = findMagic(head, compressions);
  if (known !== undefined) return { type: 'compressed', compression: known };
  if (/^BZh[1-9](?:1AY&SY|\x17rE8P\x90)/.test(head.toString('latin1', 0, 10)))
    return { type: 'compressed', compression: 'bzip2' };
  if (isSkippableZstd(head)) return { type: 'compressed', compression: 'zstd' };
  return undefined;
}

/** RFC 8878 3.1.2: frames of other data (`pzstd`, seekable format) may come before the first zstd frame. */
function isSkippableZstd(head: Buffer): boolean {
  if (head.length < 12 || (head.readUInt32LE(0) & 0xfffffff0) >>> 0 !== 0x184d2a50) return false;
  const next = 8 + head.readUInt32LE(4);
  return next + 4 <= head.length && head.readUInt32LE(next) === 0xfd2fb528;
}

function sniffArchive(head: Buffer): Format | undefined {
  const signature = head.length < 4 ? 0 : head.readUInt32BE(0);
  if (signature === 0x504b0304 || signature === 0x504b0506 || signature === 0x504b0708)
    return { type: 'zip' };
  if (signature === 0x2142444e) return { type: 'unreadable', name: outlookName(head) };
  if (head.toString('latin1', 0, 8) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return { type: 'compound' };
  const name = findMagic(head, unreadable);
  if (name !== undefined) return { type: 'unreadable', name };
  return isTarHeader(head) ? { type: 'tar' } : undefined;
}

/** [MS-PST] 2.2.2.6 wMagicClient. */
function outlookName(head: Buffer): string {
  return head.toString('latin1', 8, 10) === 'SO'
    ? 'Outlook offline folders (OST)'
    : 'Outlook data file (PST)';
}

function sniffMail(head: Buffer, expectation: Expectation): Format | undefined {
  const text = decodeStart(head);
  if (text === undefined) return expectation === 'maildir' ? whole() : undefined;
  if (expectation === 'maildir') return whole();
  const counted = /^\s{0,16}(\d{1,10})[ \t]{0,20}\r?\n/.exec(text);
  if (counted !== null && startsLikeMessage(text.slice(counted[0].length), false)) {
    return { type: 'message', start: counted[0].length, length: Number(counted[1]) };
  }
  if (startsWithFromLine(text)) return { type: 'mbox' };
  if (startsLikeMessage(text, expectation === 'source')) return whole();
  return holdsFromLine(head.toString('latin1')) ? { type: 'mbox' } : undefined;
}

function whole(): Format {
  return { type: 'message', start: 0, length: undefined };
}

/** The bytes as text for the header rules; undefined for data that cannot be a header. Byte-order marks are taken off. */
function decodeStart(head: Buffer): string | undefined {
  if (head.length > 1 && head[0] === 0xff && head[1] === 0xfe)
    return head.toString('utf16le', 2, Math.min(head.length, headerBytes));
  if (head.length > 1 && head[0] === 0xfe && head[1] === 0xff) {
    const even = Math.min(head.length, headerBytes) & ~1;
    return Buffer.from(head.subarray(2, even)).swap16().toString('utf16le');
  }
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  // A NUL among the first bytes is no header, however the rest looks.
  if (head.subarray(0, start + 64).includes(0)) return undefined;
  return head.toString('latin1', start, Math.min(head.length, headerBytes));
}

function lineAt(text: string, at: number): { readonly line: string; readonly next: number } {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  const line = text.slice(at, Math.min(end, at + limits.maxFromLineBytes));
  return { line: line.endsWith('\r') ? line.slice(0, -1) : line, next: end + 1 };
}

function startsWithFromLine(text: string): boolean {
  const start = Math.max(0, text.search(/\S/));
  if (!text.startsWith('From ', start)) return false;
  return isFromLine(text, start, false);
}

function isFromLine(text: string, at: number, needsField: boolean): boolean {
  const { line, next } = lineAt(text, at);
  const grade = gradeFromLine(line);
  if (grade === 'strict' && !needsField) return true;
  return grade !== undefined && resemblesField(lineAt(text, next).line);
}

/** A piece of an mbox that starts in the middle of a message (`split -b`): a whole From_ line comes later. */
function holdsFromLine(text: string): boolean {
  for (let at = text.search(/\n\r?\nFrom /); at >= 0; ) {
    const start = text.indexOf('From ', at);
    if (gradeFromLine(lineAt(text, start).line) === 'strict' && isFromLine(text, start, true)) return true;
    const next = text.slice(start + 5).search(/\n\r?\nFrom /);
    at = next < 0 ? -1 : start + 5 + next;
  }
  return false;
}

function sniffOther(head: Buffer): Format {
  const name = findMagic(head, others);
  if (name !== undefined) return { type: 'other', name };
  return {
    type: 'other',
    name: head.includes(0) ? 'data of no known mail format' : 'text without a header section',
  };
}

function findMagic<T>(head: Buffer, table: readonly (readonly [string, T])[]): T | undefined {
  const start = head.subarray(0, 16).toString('hex');
  return table.find(([magic]) => start.startsWith(magic))?.[1];
}
