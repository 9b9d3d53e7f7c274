/**
 * Tables of separated values (RFC 4180, and what programs write instead).
 *
 *   name;amount\r\n"Müller; Söhne";"1.200,00"\r\n → rows ['name', 'amount'], ['Müller; Söhne', '1.200,00']
 */
import type { Extraction } from './extraction.js';
import { Table } from './table.js';

const delimiters = [',', ';', '\t', '|'] as const;

/** Rows looked at to tell a table from text. */
const sampledRows = 20;
/** Characters that hold them. */
const sampledCharacters = 32 * 1024;
/** A quotation that is never closed must not swallow the file. */
const maxCellCharacters = 32 * 1024;

/** The delimiter of a table; undefined for text that merely has commas. */
export function sniffDelimiter(text: string): string | undefined {
  const sample = text.slice(0, sampledCharacters);
  let best: string | undefined;
  let bestWidth = 1;
  for (const delimiter of delimiters) {
    const rows: string[][] = [];
    for (const row of readRows(sample, delimiter)) {
      if (row.length > 1 || row[0]?.trim() !== '') rows.push(row);
      if (rows.length > sampledRows) break;
    }
    // The last row of the sample may be cut off.
    if (rows.length > 2 && sample.length < text.length) rows.pop();
    const width = rows[0]?.length ?? 0;
    const isTable = rows.length >= 2 && width > 1 && rows.every((row) => row.length === width);
    // Two columns by commas in two lines of prose are an accident.
    const isConvincing = delimiter === '\t' || rows.length * (width - 1) >= 3;
    const isProse = delimiter === ',' && rows.flat().some((cell) => cell.length > 400);
    if (isTable && isConvincing && !isProse && width > bestWidth) {
      best = delimiter;
      bestWidth = width;
    }
  }
  return best;
}

export function extractCsv(text: string, extraction: Extraction): void {
  const delimiter = sniffDelimiter(text) ?? ',';
  const table = new Table(extraction, (first, last) =>
    first === last ? `row ${first}` : `rows ${first}–${last}`,
  );
  let number = 0;
  for (const row of readRows(text, delimiter)) {
    number += 1;
    table.row(number, row);
  }
  table.end();
}

export function* readRows(text: string, delimiter: string): Generator<string[]> {
  let row: string[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length; ) {
    const cell = text[at] === '"' ? readQuoted(text, at, delimiter) : readPlain(text, at, delimiter);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    } else if (text[at] === '\r' && text[at + 1] === '\n') at += 2;
    else at += 1;
    yield row;
    row = [];
  }
}

interface Cell {
  readonly value: string;
  /** Where the delimiter or the line end stands. */
  readonly end: number;
}

function readPlain(text: string, start: number, delimiter: string): Cell {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(start, end), end };
}

function readQuoted(text: string, start: number, delimiter: string): Cell {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || quote - start > maxCellCharacters) return readPlain(text, start, delimiter);
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const rest = readPlain(text, quote + 1, delimiter);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    at = quote + 2;
  }
}
