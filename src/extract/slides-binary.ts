/**
 * Text of PowerPoint 97–2003 ([MS-PPT]): a tree of records, in which each slide is a container.
 *
 *   header(8): version and instance(2) type(2) length(4)      TextCharsAtom 0x0fa0 UTF-16, TextBytesAtom 0x0fa8 one byte
 *
 * Text stands in the slides themselves, or, for outlines, in the list of slides of the document (SlideListWithText),
 * where a SlidePersistAtom begins each slide's.
 */
import type { Compound } from './compound.js';
import { type Extraction, ExtractionStop } from './extraction.js';

const record = {
  document: 0x03e8,
  slide: 0x03ee,
  notes: 0x03f0,
  mainMaster: 0x03f8,
  slidePersist: 0x03f3,
  slideListWithText: 0x0ff0,
  textChars: 0x0fa0,
  textBytes: 0x0fa8,
  comment: 0x2ee0,
  cString: 0x0fba,
} as const;

/** Containers inside one another; deeper ones are not looked into. */
const maxDepth = 32;

interface Context {
  /** What the text belongs to: `slide 3`, `slide 3, notes`, `master`. */
  readonly where: string;
  readonly end: number;
  readonly type: number;
}

export function extractSlidesBinary(compound: Compound, extraction: Extraction): void {
  const bytes = compound.find('PowerPoint Document');
  if (bytes === undefined) throw new ExtractionStop('damaged', 'the stream PowerPoint Document is missing');
  if (compound.find('EncryptedSummary') !== undefined || isEncrypted(compound))
    throw new ExtractionStop('encrypted', 'a password is needed to open it');
  const texts = readTexts(bytes, extraction);
  for (const [where, lines] of texts) extraction.add(where, lines.join('\n'));
}

/** [MS-PPT] 2.3.2: the token of the current user says whether the document is encrypted. */
function isEncrypted(compound: Compound): boolean {
  const user = compound.find('Current User');
  return user !== undefined && user.length >= 16 && user.readUInt32LE(12) === 0xf3d1c4df;
}

function readTexts(bytes: Buffer, extraction: Extraction): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  const stack: Context[] = [{ where: 'document', end: bytes.length, type: 0 }];
  const counts = { slides: 0, notes: 0, listed: 0 };
  for (let at = 0; at + 8 <= bytes.length; ) {
    while (stack.length > 1 && at >= (stack.at(-1)?.end ?? 0)) stack.pop();
    const version = bytes.readUInt16LE(at) & 0x0f;
    const instance = bytes.readUInt16LE(at) >>> 4;
    const type = bytes.readUInt16LE(at + 2);
    const end = Math.min(bytes.length, at + 8 + bytes.readUInt32LE(at + 4));
    const top = stack.at(-1);
    const where = top?.where ?? '';
    if (version === 0x0f && stack.length < maxDepth) {
      stack.push({ where: placeOf(type, instance, where, counts), end, type });
      at += 8;
      continue;
    }
    if (type === record.slidePersist && top?.type === record.slideListWithText && top.where !== 'master') {
      counts.listed += 1;
      stack[stack.length - 1] = {
        ...top,
        where: `slide ${counts.listed}${top.where.includes('notes') ? ', notes' : ''}`,
      };
    }
    const text = textOf(type, bytes.subarray(at + 8, end), top?.type);
    if (text !== '') addTo(texts, stack.at(-1)?.where ?? '', text);
    at = end;
    extraction.checkTime();
  }
  return texts;
}

function addTo(texts: Map<string, string[]>, where: string, text: string): void {
  const known = texts.get(where);
  if (known === undefined) texts.set(where, [text]);
  else known.push(text);
}

function placeOf(
  type: number,
  instance: number,
  outer: string,
  counts: { slides: number; notes: number; listed: number },
): string {
  if (type === record.slide) {
    counts.slides += 1;
    return `slide ${counts.slides}`;
  }
  if (type === record.notes) {
    counts.notes += 1;
    return `notes ${counts.notes}`;
  }
  if (type === record.mainMaster) return 'master';
  if (type === record.slideListWithText) {
    counts.listed = 0;
    return instance === 1 ? 'master' : instance === 2 ? 'notes' : 'outline';
  }
  return type === record.comment ? 'comments' : outer;
}

function textOf(type: number, data: Buffer, container: number | undefined): string {
  if (type === record.textChars) return lines(data.toString('utf16le'));
  if (type === record.textBytes) return lines(data.toString('latin1'));
  // Names of fonts and programs are such strings as well.
  return type === record.cString && container === record.comment ? lines(data.toString('utf16le')) : '';
}

const lines = (text: string): string => text.replace(/[\r\u000b]/g, '\n').trimEnd();
