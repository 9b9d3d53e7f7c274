/**
 * Bytes of text in a named or unnamed charset (RFC 2045 2.2, RFC 2046 4.1.2) to characters.
 *
 *   decodeText(63 61 66 c3 a9, '')            → 'café', read as utf-8
 *   decodeText(63 61 66 e9, 'us-ascii')       → 'café', read as windows-1252, defect charset-wrong
 *
 * Labels are those of the WHATWG Encoding Standard, plus what iconv-lite knows (UTF-7, IBM code pages, Macintosh
 * sets), plus the stateful 7-bit sets of `charset-escapes.ts`. Nothing throws: the last resort is windows-1252,
 * in which every byte is a character.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeEscaped, sniffEscapes, withoutIdleEscapes } from './charset-escapes.js';
import { sniffCharset } from './charset-sniff.js';
import type { DefectCode } from './message.js';

export interface DecodedText {
  readonly text: string;
  /** What the bytes were read as, lower case; not always what was declared. */
  readonly charset: string;
  /** Why `charset` is not what was declared, or that characters were replaced; undefined where all is well. */
  readonly defect: { readonly code: DefectCode; readonly note: string } | undefined;
}

/** Declared names that say nothing: the bytes decide. */
const meaningless = new Set([
  '',
  '8bit',
  '7bit',
  'binary',
  'default',
  'default_charset',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  '_autodetect_all',
  'none',
  'x-user-defined',
]);

const aliases = new Map([
  ['ansi_x3.4-1968', 'us-ascii'],
  ['ascii', 'us-ascii'],
  ['iso646-us', 'us-ascii'],
  ['646', 'us-ascii'],
  ['us_ascii', 'us-ascii'],
  ['usascii', 'us-ascii'],
  ['utf8', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['unicode-1-1-utf-8', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['unicode-1-1-utf-7', 'utf-7'],
  ['x-unicode-2-0-utf-7', 'utf-7'],
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['ms949', 'euc-kr'],
  ['x-windows-949', 'euc-kr'],
  ['iso-2022-jp-1', 'iso-2022-jp'],
  ['iso-2022-jp-2', 'iso-2022-jp'],
  ['iso-2022-jp-ms', 'iso-2022-jp'],
  ['cp50220', 'iso-2022-jp'],
  ['cp50221', 'iso-2022-jp'],
  ['x-mac-roman', 'macintosh'],
  ['iso-8859-8-e', 'iso-8859-8'],
  ['iso-8859-6-e', 'iso-8859-6'],
  ['iso-8859-6-i', 'iso-8859-6'],
  ['hz', 'hz-gb-2312'],
  ['csiso2022kr', 'iso-2022-kr'],
]);

/** Charsets whose 7-bit bytes are not ASCII characters: the ASCII short cut is closed to them. */
const notAsciiBelow128 = /^(?:iso-2022-|hz-|utf-?7|utf-?16|utf-?32|ucs-|ebcdic|ibm037|csiso2022)/;

/** Charsets of one byte a character, where any bytes decode and a wrong label cannot show itself. */
const decoders = new Map<string, TextDecoder | undefined>();

/** Lower case, without quotes, RFC 2231 language and well-known misspellings. */
export function normalizeCharset(label: string): string {
  const name = label
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .toLowerCase();
  const known = aliases.get(name);
  if (known !== undefined) return known;
  const codePage = /^(?:cp|windows|win|x-cp|microsoft-cp|ms)[-_]?(125\d|874)$/.exec(name);
  if (codePage) return `windows-${codePage[1] ?? ''}`;
  const iso = /^iso[-_]?8859[-_]?(\d{1,2})$/.exec(name);
  return iso ? `iso-8859-${iso[1] ?? ''}` : name;
}

function decoderFor(charset: string): TextDecoder | undefined {
  if (decoders.has(charset)) return decoders.get(charset);
  try {
    const decoder = new TextDecoder(charset);
    decoders.set(charset, decoder);
    return decoder;
  } catch {
    // Unknown labels are the sender's choice and must not fill the map.
    return undefined;
  }
}

/**
 * Decodes bytes of text. `declared` is the label as it stands in the mail, '' where none.
 * Line ends are left as they are.
 */
export function decodeText(bytes: Buffer, declared: string): DecodedText {
  const charset = normalizeCharset(declared);
  if (isAscii(bytes)) return decodeAscii(bytes, charset);
  if (charset === 'utf-8') {
    if (isUtf8(bytes)) return { text: withoutBom(bytes.toString('utf8')), charset, defect: undefined };
    return decodeDamagedUtf8(bytes);
  }
  if (meaningless.has(charset)) return decodeSniffed(bytes, 'charset-undeclared', 'no charset declared');
  if (charset === 'us-ascii')
    return decodeSniffed(bytes, 'charset-wrong', 'declared us-ascii, bytes above 127');
  return decodeDeclared(bytes, charset);
}

function decodeAscii(bytes: Buffer, charset: string): DecodedText {
  const text = bytes.toString('latin1');
  const named = meaningless.has(charset) ? '' : charset;
  if (named !== '' && notAsciiBelow128.test(named)) return decodeDeclared(bytes, named);
  if (text.includes('\x1b') || text.includes('~{')) {
    const escaped = named === '' || named === 'us-ascii' ? sniffEscapes(bytes) : undefined;
    if (escaped !== undefined) {
      const code = named === '' ? 'charset-undeclared' : 'charset-wrong';
      return {
        ...decodeDeclared(bytes, escaped),
        charset: escaped,
        defect: { code, note: `read as ${escaped}` },
      };
    }
  }
  if (named === '') return { text, charset: 'us-ascii', defect: undefined };
  if (named === 'us-ascii' || named === 'utf-8' || isKnownCharset(named))
    return { text, charset: named, defect: undefined };
  return { text, charset: 'us-ascii', defect: { code: 'charset-unknown', note: named.slice(0, 60) } };
}

/** Whether text in this charset can be read here; the name is already normalised. */
export function isKnownCharset(charset: string): boolean {
  return decoderFor(charset) !== undefined || decodesEscapes(charset) || isIconvCharset(charset);
}

/** iconv-lite also answers to "base64" and "hex", which would turn a text into its own encoding. */
function isIconvCharset(charset: string): boolean {
  return (
    charset.length <= 60 &&
    !/base64|hex|internal/.test(charset.replace(/[^a-z0-9]/g, '')) &&
    iconv.encodingExists(charset)
  );
}

function decodesEscapes(charset: string): boolean {
  return charset === 'iso-2022-kr' || charset === 'iso-2022-cn' || charset === 'hz-gb-2312';
}

function decodeDeclared(bytes: Buffer, charset: string): DecodedText {
  const text = decodeAs(bytes, charset);
  if (text === undefined) return decodeSniffed(bytes, 'charset-unknown', charset.slice(0, 60));
  const first = text.indexOf('\ufffd');
  if (first === -1) return { text, charset, defect: undefined };
  // A multi-byte charset that does not fit its bytes: UTF-8 never fits by accident, so it wins where it fits.
  if (!isAscii(bytes) && isUtf8(bytes)) {
    const note = `declared ${charset}, read as utf-8`;
    return {
      text: withoutBom(bytes.toString('utf8')),
      charset: 'utf-8',
      defect: { code: 'charset-wrong', note },
    };
  }
  return { text, charset, defect: { code: 'charset-wrong', note: `bytes that are no ${charset}` } };
}

/** Decodes with one charset; undefined where nobody here knows it. Bytes that do not fit become U+FFFD. */
function decodeAs(bytes: Buffer, charset: string): string | undefined {
  if (charset === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff)
    return decoderFor('utf-16be')?.decode(bytes);
  const decoder = decoderFor(charset);
  if (decoder !== undefined)
    return decoder.decode(charset === 'iso-2022-jp' ? withoutIdleEscapes(bytes) : bytes);
  if (decodesEscapes(charset)) return decodeEscaped(bytes, charset);
  if (!isIconvCharset(charset)) return undefined;
  try {
    return iconv.decode(bytes, charset);
  } catch {
    // iconv-lite promises no exception, but it is fed by strangers.
    return undefined;
  }
}

/** Bytes in which good and bad UTF-8 sequences are counted. */
const maxDamageSample = 64 * 1024;

/**
 * Declared UTF-8, but not valid. Text cut in the middle of a character, or with a few foreign bytes, is still UTF-8
 * with replacements; text without one good sequence for each bad one never was.
 */
function decodeDamagedUtf8(bytes: Buffer): DecodedText {
  const sample = bytes.subarray(0, maxDamageSample).toString('utf8');
  let good = 0;
  let bad = 0;
  for (let at = 0; at < sample.length; at++) {
    const code = sample.charCodeAt(at);
    if (code === 0xfffd) bad++;
    else if (code > 0x7f) good++;
  }
  if (good < bad) return decodeSniffed(bytes, 'charset-wrong', 'declared utf-8, bytes are not');
  const note = 'bytes that are no utf-8';
  return {
    text: withoutBom(bytes.toString('utf8')),
    charset: 'utf-8',
    defect: { code: 'charset-wrong', note },
  };
}

function decodeSniffed(bytes: Buffer, code: DefectCode, reason: string): DecodedText {
  const charset = sniffCharset(bytes);
  const text = charset === 'utf-8' ? withoutBom(bytes.toString('utf8')) : decodeAs(bytes, charset);
  const defect = { code, note: `${reason}; read as ${charset}` };
  if (text !== undefined) return { text, charset, defect };
  return { text: bytes.toString('latin1'), charset: 'iso-8859-1', defect };
}

function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const windows1252 = new TextDecoder('windows-1252');

/** Header bytes (RFC 5322 with RFC 6532): UTF-8 where they are, else windows-1252. */
export function decodeHeaderBytes(bytes: Buffer): { text: string; utf8: boolean } {
  const utf8 = isUtf8(bytes);
  return { text: utf8 ? bytes.toString('utf8') : windows1252.decode(bytes), utf8 };
}
