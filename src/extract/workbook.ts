/**
 * XLSX (ECMA-376 part 1, 18): each sheet as rows of cells with the values that were last computed.
 *
 *   <c r="B2" t="s"><v>0</v></c>    the first of the shared strings
 *   <c r="C2" s="3"><v>42507</v></c>  a date, if format 3 is one
 */
import { limits } from '../limits.js';
import type { Extraction } from './extraction.js';
import { drawingText, extractProperties, noteRemoteParts, relationsOf } from './office-parts.js';
import { formatNumber, formatSerial, isDateFormat } from './sheet-format.js';
import { cellRange, Table } from './table.js';
import { type Attributes, readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

interface Sheet {
  readonly name: string;
  readonly part: string;
}

interface Workbook {
  readonly strings: readonly string[];
  /** By cell style: whether numbers are dates. */
  readonly isDate: readonly boolean[];
  readonly epoch: 1900 | 1904;
}

export function extractWorkbook(zip: ZipMembers, extraction: Extraction): void {
  extractProperties(zip, extraction);
  const main =
    relationsOf(zip, '', extraction).find(({ type }) => type === 'officeDocument')?.target ??
    'xl/workbook.xml';
  const part = zip.has(main) ? main : 'xl/workbook.xml';
  if (part.toLowerCase().endsWith('.bin')) extraction.note('not-read', 'a binary workbook (XLSB)');
  const { sheets, epoch } = readSheets(zip, part, extraction);
  const workbook: Workbook = {
    strings: readStrings(zip.readNamed('xl/sharedStrings.xml', extraction)),
    isDate: readDateStyles(zip.readNamed('xl/styles.xml', extraction)),
    epoch,
  };
  for (const sheet of sheets) {
    const bytes = zip.readNamed(sheet.part, extraction);
    if (bytes !== undefined) extractSheet(bytes, sheet.name, workbook, extraction);
  }
  extractBeside(zip, extraction);
  noteRemoteParts(zip, extraction);
}

/** Comments, text boxes and charts are in parts of their own. */
function extractBeside(zip: ZipMembers, extraction: Extraction): void {
  for (const entry of zip.matching(
    /^xl\/(?:comments\d*|threadedcomments\/[^/]+)\.xml$|^xl\/comments\/[^/]+\.xml$/,
  ))
    extraction.add('comments', commentText(zip.read(entry, extraction)));
  for (const entry of zip.matching(/^xl\/(?:drawings\/drawing|diagrams\/data)\d*\.xml$/))
    extraction.add('drawing', drawingText(zip.read(entry, extraction)));
  for (const entry of zip.matching(/^xl\/charts\/chart\d*\.xml$/))
    extraction.add('chart', drawingText(zip.read(entry, extraction)));
}

function commentText(bytes: Buffer): string {
  let text = '';
  let isText = false;
  readXml(bytes, {
    open(name) {
      isText = name === 't' || name === 'text';
    },
    text(more) {
      if (isText) text += more;
    },
    close(name) {
      isText = false;
      if (name === 'comment' || name === 'threadedComment') text += '\n';
    },
  });
  return text;
}

function readSheets(
  zip: ZipMembers,
  part: string,
  extraction: Extraction,
): { sheets: Sheet[]; epoch: 1900 | 1904 } {
  const bytes = zip.readNamed(part, extraction);
  const relations = relationsOf(zip, part, extraction);
  const sheets: Sheet[] = [];
  let epoch: 1900 | 1904 = 1900;
  if (bytes === undefined) extraction.note('damaged', 'the workbook’s main part is missing');
  else {
    readXml(bytes, {
      open(name, attributes) {
        if (name === 'workbookPr' && /^(?:1|true)$/.test(attributes.date1904 ?? '')) epoch = 1904;
        if (name !== 'sheet') return;
        const target = relations.find(({ id }) => id === attributes.id)?.target;
        const sheetName = attributes.name ?? '';
        if (/hidden/i.test(attributes.state ?? ''))
          extraction.note('hidden-content', `the sheet ${sheetName} is hidden`);
        if (target !== undefined) sheets.push({ name: sheetName, part: target });
      },
    });
  }
  if (sheets.length > 0) return { sheets, epoch };
  const found = zip.matching(/^xl\/worksheets\/sheet\d*\.xml$/);
  return { sheets: found.map(({ name }, at) => ({ name: `Sheet${at + 1}`, part: name })), epoch };
}

/** Runs of one string are joined; phonetic readings (`rPh`) are not part of it. */
function readStrings(bytes: Buffer | undefined): string[] {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let phonetic = false;
  if (bytes === undefined) return strings;
  readXml(bytes, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') isText = true;
      else if (name === 'rPh') phonetic = true;
    },
    text(more) {
      if (isText && !phonetic) text += more;
    },
    close(name) {
      if (name === 'si') strings.push(text);
      else if (name === 't') isText = false;
      else if (name === 'rPh') phonetic = false;
    },
  });
  return strings;
}

function readDateStyles(bytes: Buffer | undefined): boolean[] {
  const codes = new Map<number, string>();
  const isDate: boolean[] = [];
  let inCells = false;
  if (bytes === undefined) return isDate;
  readXml(bytes, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        isDate.push(isDateFormat(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return isDate;
}

function extractSheet(bytes: Buffer, name: string, workbook: Workbook, extraction: Extraction): void {
  const reader = new SheetReader(new Table(extraction, cellRange(name)), workbook);
  const damage = readXml(bytes, reader);
  reader.end();
  extraction.add(`${name}, header and footer`, reader.margins.join('\n'));
  if (damage !== '') extraction.note('damaged', `sheet ${name}: ${damage}`);
}

class SheetReader {
  readonly margins: string[] = [];
  readonly #table: Table;
  readonly #workbook: Workbook;
  #row = 0;
  #cells: string[] = [];
  #column = 0;
  #type: string = '';
  #style = 0;
  #value = '';
  #reading: 'value' | 'margin' | undefined;

  constructor(table: Table, workbook: Workbook) {
    this.#table = table;
    this.#workbook = workbook;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'row') {
      this.#row = Number(attributes.r ?? this.#row + 1);
      this.#cells = [];
      this.#column = 0;
    } else if (name === 'c') {
      this.#column = columnOf(attributes.r ?? '') ?? this.#column + 1;
      this.#type = attributes.t ?? 'n';
      this.#style = Number(attributes.s ?? 0);
      this.#value = '';
    } else if (name === 'v' || name === 't') this.#reading = 'value';
    else if (/^(?:odd|even|first)(?:Header|Footer)$/.test(name)) {
      this.#reading = 'margin';
      this.#value = '';
    }
  }

  text(text: string): void {
    if (this.#reading !== undefined) this.#value += text;
  }

  close(name: string): void {
    if (name === 'row') this.#table.row(this.#row, this.#cells);
    else if (name === 'c') this.#endCell();
    else if (this.#reading === 'margin') {
      // &L, &C and &R begin the three sections; &"Arial,Bold" and &12 are fonts.
      this.margins.push(this.#value.replace(/&(?:[LCR]|"[^"]*"|\d+)/g, ' ').trim());
      this.#reading = undefined;
    } else if (name === 'v' || name === 't') this.#reading = undefined;
  }

  end(): void {
    this.#table.end();
  }

  #endCell(): void {
    if (this.#column > limits.maxSheetColumns || this.#value === '') return;
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells[this.#column - 1] = this.#shown();
    this.#value = '';
  }

  #shown(): string {
    const { strings, isDate, epoch } = this.#workbook;
    switch (this.#type) {
      case 's':
        return strings[Number(this.#value)] ?? '';
      case 'b':
        return this.#value === '1' ? 'TRUE' : 'FALSE';
      case 'n': {
        const number = Number(this.#value);
        return isDate[this.#style] === true ? formatSerial(number, epoch) : formatNumber(number);
      }
      default:
        return this.#value;
    }
  }
}

/** `AB12` → 28 */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
