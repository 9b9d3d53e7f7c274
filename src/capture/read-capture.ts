/** Bytes of a page or file → what it says, by content. Runs in the reader's process (reader-main.ts). */
import { extract } from '../extract/extract.js';
import { limits } from '../limits.js';
import { decodeText } from '../message/charset.js';
import { readArticlePage } from './article-page.js';
import { tidy } from './plain.js';
import { type CaptureFinding, type CaptureHint, type CaptureReading, emptyReading } from './reading.js';
import { firstPage, isGzip, isWarc } from './warc.js';

export async function readCapture(
  bytes: Buffer,
  hint: CaptureHint,
  now: () => number,
): Promise<CaptureReading> {
  if (isWarc(bytes) || isGzip(bytes)) return readWarc(bytes, hint, now);
  if (bytes.subarray(0, 1_024).includes('%PDF-')) return readPdf(bytes, hint, now);
  return readText(bytes, hint);
}

async function readWarc(bytes: Buffer, hint: CaptureHint, now: () => number): Promise<CaptureReading> {
  try {
    const page = firstPage(bytes);
    if (page === undefined)
      return failed('warc', hint, 'damaged', 'no page that a server answered with is in this WARC');
    const reading = await readCapture(page.body, { url: page.url, contentType: page.contentType }, now);
    return { ...reading, format: 'warc', url: page.url };
  } catch (error) {
    return failed('warc', hint, 'damaged', `this WARC cannot be unpacked: ${String(error).slice(0, 160)}`);
  }
}

async function readPdf(bytes: Buffer, hint: CaptureHint, now: () => number): Promise<CaptureReading> {
  const { pieces, findings } = await extract(bytes, now);
  const text = unwrapped(
    tidy(
      pieces
        .filter(({ kind }) => kind === 'text')
        .map((piece) => piece.text)
        .join('\n\n'),
    ),
  );
  const told: CaptureFinding[] = findings.map(({ note }) => ({ code: 'damaged', note }));
  if (text === '')
    told.push({ code: 'no-text', note: 'no text is in this PDF: it may be a picture of an article' });
  return {
    ...emptyReading,
    format: 'pdf',
    url: hint.url,
    text,
    title: titleOf(text),
    extractor: 'pdf.js',
    findings: told,
  };
}

function readText(bytes: Buffer, hint: CaptureHint): CaptureReading {
  const isPage =
    /\bx?html\b/i.test(hint.contentType) ||
    /<(?:!doctype html|html|head|body|article|p|div)\b/i.test(bytes.toString('latin1', 0, 4_096));
  const declared =
    charsetOf(hint.contentType) || (isPage ? charsetOf(bytes.toString('latin1', 0, 4_096)) : '');
  const { text, charset, defect } = decodeText(bytes, declared);
  // Bytes that can only be UTF-8 need no declaration.
  const isPlain = declared === '' && /^(?:utf-8|us-ascii)$/.test(charset);
  const findings: CaptureFinding[] =
    defect === undefined || isPlain ? [] : [{ code: 'charset', note: `read as ${charset}: ${defect.note}` }];
  if (isPage) {
    const reading = readArticlePage(text, hint.url);
    return bounded({ ...reading, findings: [...findings, ...reading.findings] });
  }
  const clean = unwrapped(tidy(text));
  if (clean === '') findings.push({ code: 'no-text', note: 'this file holds no text' });
  return bounded({
    ...emptyReading,
    format: 'text',
    url: hint.url,
    text: clean,
    title: titleOf(clean),
    extractor: 'plain text',
    findings,
  });
}

function bounded(reading: CaptureReading): CaptureReading {
  if (reading.text.length <= limits.maxCaptureCharacters) return reading;
  const finding: CaptureFinding = {
    code: 'truncated',
    note: `only the first ${limits.maxCaptureCharacters} characters of its text are read`,
  };
  return {
    ...reading,
    text: reading.text.slice(0, limits.maxCaptureCharacters).toWellFormed(),
    findings: [...reading.findings, finding],
  };
}

const charsetOf = (text: string): string => /charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(text)?.[1] ?? '';

/** The first line that reads like a headline: a few words, no full stop. */
function titleOf(text: string): string {
  const lines = text
    .slice(0, 2_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const found = lines
    .slice(0, 5)
    .find((line) => line.length <= 160 && line.split(' ').length >= 3 && !/^skip to\b/i.test(line));
  return found ?? lines[0]?.slice(0, 160) ?? '';
}

/** Text that an editor broke into lines of even length: the lines of a paragraph are put together. */
export function unwrapped(text: string): string {
  const paragraphs = text.split(/\n{2,}/);
  const lines = paragraphs.flatMap((paragraph) => paragraph.split('\n').slice(0, -1));
  const isWrapped =
    lines.length >= 3 &&
    lines.filter(({ length }) => length >= 50 && length <= 100).length >= lines.length * 0.7;
  if (!isWrapped) return text;
  return paragraphs.map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ')).join('\n\n');
}

function failed(
  format: CaptureReading['format'],
  hint: CaptureHint,
  code: CaptureFinding['code'],
  note: string,
): CaptureReading {
  return { ...emptyReading, format, url: hint.url, findings: [{ code, note }] };
}
