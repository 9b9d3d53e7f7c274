/**
 * What comes out of an attachment: its type by content, and its text in pieces that say where they stand.
 *
 *   { where: 'page 3', kind: 'text', text: 'The cost overrun …' }
 *   { where: 'Budget!A1:D20', kind: 'table', text: 'Item\tCost\nPrinter\t400' }
 *   { where: 'annex.zip › letter.pdf › page 1', … }
 *
 * The text of a piece is what is indexed, shown and quoted in snippets: one text for all three.
 */
import { limits } from '../limits.js';

/** `table` and `facts` have a line for each row and a tab between cells; `facts` are a name and its value. */
export type PieceKind = 'text' | 'table' | 'facts';

export interface Piece {
  /** Place inside the file, as a person would say it. */
  readonly where: string;
  readonly kind: PieceKind;
  readonly text: string;
}

export type FindingCode =
  | 'macros'
  | 'executable'
  | 'encrypted'
  | 'damaged'
  | 'truncated'
  | 'hidden-content'
  | 'remote-content'
  | 'scanned'
  | 'not-read';

/** Something that a reader should know of the file. */
export interface Finding {
  readonly code: FindingCode;
  /** One sentence or less; where it was, and how much. */
  readonly note: string;
}

export type ExtractionStatus = 'extracted' | 'empty' | 'encrypted' | 'unsupported' | 'failed';

export interface Extracted {
  readonly status: ExtractionStatus;
  /** By content. */
  readonly mediaType: string;
  /** What a person calls the type: `PDF document`. */
  readonly typeName: string;
  readonly pieces: readonly Piece[];
  readonly findings: readonly Finding[];
}

/** The file cannot be read on; what came before is kept. */
export class ExtractionStop extends Error {
  readonly code: FindingCode;

  constructor(code: FindingCode, note: string) {
    super(note);
    this.name = 'ExtractionStop';
    this.code = code;
  }
}

/** Findings of one file: a workbook of a thousand hidden sheets is told in a few lines. */
const maxFindings = 20;

/** Gathers the pieces of one attachment and of everything inside it, within its bounds. */
export class Extraction {
  readonly pieces: Piece[] = [];
  readonly findings: Finding[] = [];
  readonly #now: () => number;
  readonly #deadline: number;
  #characters = 0;
  #unpacked = 0;
  #members = 0;
  #path: string[] = [];

  /** `now` in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#deadline = now() + limits.maxExtractionMilliseconds;
  }

  /** Adds text; blank text is left out. Throws ExtractionStop where a bound is reached. */
  add(where: string, text: string, kind: PieceKind = 'text'): void {
    const clean = cleanText(text, kind);
    if (clean === '') return;
    this.checkTime();
    const room = limits.maxAttachmentCharacters - this.#characters;
    if (this.pieces.length >= limits.maxAttachmentPieces)
      throw new ExtractionStop('truncated', `more than ${limits.maxAttachmentPieces} pieces of text`);
    const kept = clean.length > room ? clean.slice(0, room).toWellFormed() : clean;
    this.#characters += kept.length;
    this.pieces.push({ where: [...this.#path, where].filter(Boolean).join(' › '), kind, text: kept });
    if (kept !== clean)
      throw new ExtractionStop('truncated', `more than ${limits.maxAttachmentCharacters} characters of text`);
  }

  /** Adds names and values; values that are not there are left out. */
  addFacts(
    facts: readonly (readonly [name: string, value: string | undefined])[],
    where = 'properties',
  ): void {
    const lines = facts.flatMap(([name, value]) => {
      const told = oneLine(value ?? '').slice(0, 2_000);
      return told === '' ? [] : [`${oneLine(name)}\t${told}`];
    });
    this.add(where, lines.join('\n'), 'facts');
  }

  note(code: FindingCode, note: string): void {
    const place = this.#path.join(' › ');
    const told = oneLine(place === '' ? note : `${place}: ${note}`).slice(0, 300);
    const isKnown = this.findings.some((finding) => finding.code === code && finding.note === told);
    if (!isKnown && this.findings.length < maxFindings) this.findings.push({ code, note: told });
  }

  /** Before unpacking `bytes` more. Throws ExtractionStop. */
  unpacking(bytes: number): void {
    this.checkTime();
    this.#unpacked += bytes;
    if (this.#unpacked > limits.maxAttachmentUnpackedBytes)
      throw new ExtractionStop(
        'truncated',
        `unpacks to more than ${limits.maxAttachmentUnpackedBytes} bytes`,
      );
  }

  /** Bytes that may still be unpacked. */
  get unpackRoom(): number {
    return Math.max(0, limits.maxAttachmentUnpackedBytes - this.#unpacked);
  }

  checkTime(): void {
    if (this.#now() > this.#deadline)
      throw new ExtractionStop(
        'truncated',
        `not read to its end within ${limits.maxExtractionMilliseconds / 1000} s`,
      );
  }

  /** Files around the one that is being read. */
  get nesting(): number {
    return this.#path.length;
  }

  /** Counts a file inside the attachment. Throws ExtractionStop. */
  enter(name: string): void {
    this.#members += 1;
    if (this.#members > limits.maxAttachmentMembers)
      throw new ExtractionStop('truncated', `more than ${limits.maxAttachmentMembers} files inside`);
    this.#path.push(oneLine(name).slice(0, 200) || '(no name)');
  }

  leave(): void {
    this.#path.pop();
  }
}

/** Control characters would break rows of tables, and hide text from a reader. */
function cleanText(text: string, kind: PieceKind): string {
  const plain = text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ' ')
    .replace(/\u00ad/g, '');
  return kind === 'text'
    ? plain
        .replace(/[ \t\u00a0]+\n/g, '\n')
        .replace(/\n{4,}/g, '\n\n\n')
        .replace(/^\n+|\s+$/g, '')
    : plain.replace(/[ \t]+$/gm, '').replace(/^\n+|\n+$/g, '');
}

/** A cell, a name or a value: no tab, no line end. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u0000-\u0020\u007f-\u00a0]+/g, ' ')
    .trim();
}
