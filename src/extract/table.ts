/**
 * Rows of a sheet or a CSV file in pieces that name their cells.
 *
 *   rows 1 to 60 of the sheet Budget, columns A to D → 'Budget!A1:D60'
 */
import { limits } from '../limits.js';
import { type Extraction, oneLine } from './extraction.js';

/** Rows of one piece. */
const maxRows = 200;

export class Table {
  readonly #extraction: Extraction;
  readonly #place: (first: number, last: number, width: number) => string;
  #lines: string[] = [];
  #length = 0;
  #first = 0;
  #last = 0;
  #width = 0;

  constructor(extraction: Extraction, place: (first: number, last: number, width: number) => string) {
    this.#extraction = extraction;
    this.#place = place;
  }

  /** `row` counts from 1. Cells are in their columns; blank rows are left out. */
  row(row: number, cells: readonly string[]): void {
    const told = cells.slice(0, limits.maxSheetColumns).map(oneLine);
    while (told.at(-1) === '') told.pop();
    if (told.length === 0) return;
    const line = told.join('\t');
    const isFull = this.#lines.length >= maxRows || this.#length + line.length > limits.maxPieceCharacters;
    if (this.#lines.length > 0 && isFull) this.end();
    if (this.#lines.length === 0) this.#first = row;
    this.#last = row;
    this.#width = Math.max(this.#width, told.length);
    this.#lines.push(line);
    this.#length += line.length + 1;
  }

  end(): void {
    if (this.#lines.length > 0)
      this.#extraction.add(
        this.#place(this.#first, this.#last, this.#width),
        this.#lines.join('\n'),
        'table',
      );
    this.#lines = [];
    this.#length = 0;
    this.#width = 0;
  }
}

/** 1 → A, 27 → AA */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

export const cellRange = (sheet: string): ((first: number, last: number, width: number) => string) => {
  return (first, last, width) => `${oneLine(sheet)}!A${first}:${columnName(width)}${last}`;
};
