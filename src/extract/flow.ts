/**
 * Running text in pieces of a screen or two, cut at paragraphs, and at pages where the file has them.
 *
 *   'paragraphs 1–40'   'paragraphs 41–92'          without page breaks
 *   'page 1'   'page 2'                             with them
 */
import { limits } from '../limits.js';
import type { Extraction } from './extraction.js';

export class Flow {
  readonly #extraction: Extraction;
  readonly #unit: string;
  readonly #lead: string;
  #open = '';
  #first = 1;
  #count = 0;
  #page = 0;

  /** `unit` names what is counted: paragraph, line. `lead` stands before every place: 'footnotes'. */
  constructor(extraction: Extraction, unit = 'paragraph', lead = '') {
    this.#extraction = extraction;
    this.#unit = unit;
    this.#lead = lead;
  }

  /** The file is in pages from here on: places are pages. */
  startPages(): void {
    this.#page = 1;
  }

  paragraph(text: string): void {
    this.#count += 1;
    if (this.#open.length > 0 && this.#open.length + text.length > limits.maxPieceCharacters) {
      this.#count -= 1;
      this.#flush();
      this.#count += 1;
    }
    this.#open += `${text}\n`;
    if (this.#open.length > limits.maxPieceCharacters) this.#flush();
  }

  pageBreak(): void {
    this.#flush();
    if (this.#page > 0) this.#page += 1;
  }

  end(): void {
    this.#flush();
  }

  #flush(): void {
    // A single paragraph may be longer than a piece: it is cut where words end.
    for (const part of cutAtWords(this.#open, limits.maxPieceCharacters))
      this.#extraction.add(this.#where(), part);
    this.#open = '';
    this.#first = this.#count + 1;
  }

  #where(): string {
    if (this.#page > 0) return `page ${this.#page}`;
    const range =
      this.#first >= this.#count
        ? `${this.#unit} ${this.#first}`
        : `${this.#unit}s ${this.#first}–${this.#count}`;
    return this.#lead === '' ? range : `${this.#lead}, ${range}`;
  }
}

function cutAtWords(text: string, length: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > length * 1.25) {
    const space = rest.lastIndexOf(' ', length);
    const at = space > length / 2 ? space : length;
    // Not between the halves of a character.
    const end = /[\ud800-\udbff]/.test(rest[at - 1] ?? '') ? at + 1 : at;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  parts.push(rest);
  return parts;
}
