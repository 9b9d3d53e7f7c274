/**
 * Excel 97–2003 ([MS-XLS], BIFF8) and its ancestors (BIFF 2 to 5): cells with the values that were last computed.
 *
 *   record: type(2) length(2) data      LABELSST row(2) column(2) format(2) index(4)
 */

import { BiffStrings } from './biff-strings.js';
import type { Compound } from './compound.js';
import { type Extraction, ExtractionStop } from './extraction.js';
import { formatNumber, formatSerial, isDateFormat } from './sheet-format.js';
import { cellRange, Table } from './table.js';

const record = {
  formula: 0x0006,
  eof: 0x000a,
  header: 0x0014,
  footer: 0x0015,
  dateMode: 0x0022,
  filePass: 0x002f,
  continue: 0x003c,
  codePage: 0x0042,
  boundSheet: 0x0085,
  mulRk: 0x00bd,
  rString: 0x00d6,
  xf: 0x00e0,
  sst: 0x00fc,
  labelSst: 0x00fd,
  textObject: 0x01b6,
  number: 0x0203,
  label: 0x0204,
  boolErr: 0x0205,
  string: 0x0207,
  rk: 0x027e,
  format: 0x041e,
  seriesText: 0x100d,
} as const;

/** Kinds of substreams ([MS-XLS] 2.4.21). */
const substream = { workbook: 0x0005, sheet: 0x0010, chart: 0x0020 } as const;
const beginnings = new Set([0x0009, 0x0209, 0x0409, 0x0809]);
/** BIFF 2 writes its cells under numbers of their own, with three bytes of attributes. */
const oldCells = { integer: 0x0002, number: 0x0003, label: 0x0004 } as const;

export function extractWorkbookBinary(stream: Buffer, extraction: Extraction): void {
  new BiffReader(stream, extraction).run();
}

/** The stream of a compound file. Throws ExtractionStop where it has none. */
export function workbookStream(compound: Compound): Buffer {
  const stream = compound.find('Workbook') ?? compound.find('Book');
  if (stream === undefined) throw new ExtractionStop('damaged', 'the stream Workbook is missing');
  return stream;
}

class BiffReader {
  readonly #stream: Buffer;
  readonly #extraction: Extraction;
  readonly #strings = new BiffStrings();
  #epoch: 1900 | 1904 = 1900;
  readonly #formats = new Map<number, string>();
  readonly #styles: number[] = [];
  readonly #names: string[] = [];
  #shared: string[] = [];
  /** Substreams begun: workbook, sheet, chart inside a sheet. */
  #depth = 0;
  #sheet = -1;
  #isChart: boolean = false;
  #rows = new Map<number, string[]>();
  #texts: string[] = [];
  #margins: string[] = [];
  /** Cell of a formula whose text follows. */
  #awaited: { row: number; column: number } | undefined;

  constructor(stream: Buffer, extraction: Extraction) {
    this.#stream = stream;
    this.#extraction = extraction;
  }

  run(): void {
    for (let at = 0; at + 4 <= this.#stream.length; ) {
      const type = this.#stream.readUInt16LE(at);
      const end = at + 4 + this.#stream.readUInt16LE(at + 2);
      const data = this.#stream.subarray(at + 4, end);
      // Padding, or bytes after the last record.
      if (type === 0 && data.length === 0) break;
      this.#take(type, data, end);
      at = end;
    }
    this.#endSheet();
  }

  #take(type: number, data: Buffer, end: number): void {
    if (beginnings.has(type)) this.#begin(type, data);
    else if (type === record.eof) this.#end();
    else if (type === record.filePass)
      throw new ExtractionStop('encrypted', 'a password is needed to open it');
    else if (data.length > 0)
      this.#takeGlobal(type, data, end) || this.#takeText(type, data, end) || this.#takeCell(type, data);
  }

  #begin(type: number, data: Buffer): void {
    if (this.#depth === 0) {
      const version = type === 0x0809 && data.length >= 2 ? data.readUInt16LE(0) : 0;
      this.#strings.setVersion(version >= 0x0600 ? 8 : type === 0x0009 ? 2 : 5);
      // The workbook's own records come first; before BIFF 5, a file is one sheet.
      const kind = data.length >= 4 ? data.readUInt16LE(2) : substream.sheet;
      if (kind !== substream.workbook) this.#sheet += 1;
      this.#isChart = kind === substream.chart;
    }
    this.#depth += 1;
  }

  #end(): void {
    this.#depth = Math.max(0, this.#depth - 1);
    if (this.#depth === 0) this.#endSheet();
  }

  #takeGlobal(type: number, data: Buffer, end: number): boolean {
    switch (type) {
      case record.codePage:
        if (data.length >= 2) this.#strings.setCodePage(data.readUInt16LE(0));
        return true;
      case record.dateMode:
        if (data.length >= 2 && data.readUInt16LE(0) === 1) this.#epoch = 1904;
        return true;
      case record.boundSheet:
        this.#takeSheetName(data);
        return true;
      case record.sst:
        this.#shared = this.#strings.sharedStrings([data, ...this.#continued(end)]);
        return true;
      case record.format:
        if (data.length > 3) this.#formats.set(data.readUInt16LE(0), this.#strings.formatCode(data));
        return true;
      case record.xf:
        this.#styles.push(data.length >= 4 ? data.readUInt16LE(2) : 0);
        return true;
      default:
        return false;
    }
  }

  #takeSheetName(data: Buffer): void {
    if (data.length < 7) return;
    const name = this.#strings.short(data.subarray(6));
    this.#names.push(name);
    if ((data.readUInt8(4) & 3) !== 0) this.#extraction.note('hidden-content', `the sheet ${name} is hidden`);
  }

  /** CONTINUE records from there on. */
  #continued(start: number): Buffer[] {
    const found: Buffer[] = [];
    for (
      let at = start;
      at + 4 <= this.#stream.length && this.#stream.readUInt16LE(at) === record.continue;
    ) {
      const end = at + 4 + this.#stream.readUInt16LE(at + 2);
      found.push(this.#stream.subarray(at + 4, end));
      at = end;
    }
    return found;
  }

  #takeText(type: number, data: Buffer, end: number): boolean {
    if (type === record.textObject) {
      const length = data.length >= 12 ? data.readUInt16LE(10) : 0;
      if (length > 0) this.#texts.push(this.#strings.continuedText(this.#continued(end), length));
      return true;
    }
    if (type === record.header || type === record.footer) {
      this.#margins.push(
        this.#strings
          .margin(data)
          .replace(/&(?:[LCR]|"[^"]*"|\d+)/g, ' ')
          .trim(),
      );
      return true;
    }
    if (type !== record.seriesText) return false;
    this.#texts.push(this.#strings.short(data.subarray(2)));
    return true;
  }

  #takeCell(type: number, data: Buffer): void {
    if (type === record.string && this.#awaited !== undefined) {
      this.#set(this.#awaited.row, this.#awaited.column, this.#strings.long(data));
      this.#awaited = undefined;
      return;
    }
    // Charts keep copies of the numbers that they draw, at places of their own.
    if (data.length < 7 || this.#depth > 1 || this.#isChart) return;
    const row = data.readUInt16LE(0);
    const column = data.readUInt16LE(2);
    const value = this.#value(type, data, row, column);
    if (value !== undefined) this.#set(row, column, value);
  }

  #value(type: number, data: Buffer, row: number, column: number): string | undefined {
    const style = data.readUInt16LE(4);
    switch (type) {
      case record.labelSst:
        return data.length >= 10 ? this.#shared[data.readUInt32LE(6)] : undefined;
      case record.label:
      case record.rString:
        return this.#strings.long(data.subarray(6));
      case record.number:
        return data.length >= 14 ? this.#number(data.readDoubleLE(6), style) : undefined;
      case record.rk:
        return data.length >= 10 ? this.#number(rkNumber(data.readInt32LE(6)), style) : undefined;
      case record.boolErr:
        return data[7] === 1 ? '' : data[6] === 1 ? 'TRUE' : 'FALSE';
      case oldCells.integer:
        return data.length >= 9 ? String(data.readUInt16LE(7)) : undefined;
      case oldCells.number:
        return data.length >= 15 ? formatNumber(data.readDoubleLE(7)) : undefined;
      case oldCells.label:
        return this.#strings.short(data.subarray(7));
      case record.mulRk:
        this.#takeMany(data, row, column);
        return undefined;
      case record.formula:
        return this.#formula(data, row, column, style);
      default:
        return undefined;
    }
  }

  #takeMany(data: Buffer, row: number, column: number): void {
    for (let at = 4, next = column; at + 6 <= data.length - 2; at += 6, next++)
      this.#set(row, next, this.#number(rkNumber(data.readInt32LE(at + 2)), data.readUInt16LE(at)));
  }

  /** [MS-XLS] 2.5.133: a number, or, with ff ff at its end, something else. */
  #formula(data: Buffer, row: number, column: number, style: number): string | undefined {
    if (data.length < 14) return undefined;
    if (data.readUInt16LE(12) !== 0xffff) return this.#number(data.readDoubleLE(6), style);
    if (data[6] === 0) this.#awaited = { row, column };
    return data[6] === 1 ? (data[8] === 1 ? 'TRUE' : 'FALSE') : undefined;
  }

  #number(value: number, style: number): string {
    const format = this.#styles[style] ?? 0;
    return isDateFormat(format, this.#formats.get(format))
      ? formatSerial(value, this.#epoch)
      : formatNumber(value);
  }

  #set(row: number, column: number, value: string): void {
    if (column > 255 || value === '') return;
    let cells = this.#rows.get(row);
    if (cells === undefined) {
      cells = [];
      this.#rows.set(row, cells);
    }
    while (cells.length < column) cells.push('');
    cells[column] = value;
  }

  #endSheet(): void {
    const name = this.#names[this.#sheet] ?? `Sheet${Math.max(0, this.#sheet) + 1}`;
    const table = new Table(this.#extraction, cellRange(name));
    for (const [row, cells] of [...this.#rows].sort(([a], [b]) => a - b)) table.row(row + 1, cells);
    table.end();
    this.#extraction.add(`${name}, comments and text boxes`, this.#texts.join('\n'));
    this.#extraction.add(`${name}, header and footer`, this.#margins.join('\n'));
    this.#rows = new Map();
    this.#texts = [];
    this.#margins = [];
  }
}

/** [MS-XLS] 2.5.217: 30 bits of a whole number or of a double, perhaps times 100. */
function rkNumber(rk: number): number {
  let value: number;
  if ((rk & 2) !== 0) value = rk >> 2;
  else {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(rk & ~3, 4);
    value = bytes.readDoubleLE(0);
  }
  return (rk & 1) !== 0 ? value / 100 : value;
}
