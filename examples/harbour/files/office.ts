/**
 * Minimal office files (ECMA-376): a ZIP of XML parts, with the document properties that often say more
 * than the text does.
 *
 *   docProps/core.xml   <dc:creator>S Reilly (Calder Marine)</dc:creator>
 */
import { zip } from './zip.ts';

export interface OfficeProperties {
  readonly title: string;
  readonly creator: string;
  readonly lastModifiedBy: string;
  /** `2015-02-18T16:40:00Z` */
  readonly created: string;
  readonly modified: string;
}

export type Cell = string | number;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const packageTypes = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const sheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const typePrefix = 'application/vnd.openxmlformats-officedocument';

function xml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function part(name: string, content: string): { name: string; bytes: Buffer } {
  return { name, bytes: Buffer.from(declaration + content, 'utf8') };
}

function contentTypes(overrides: readonly (readonly [string, string])[]): string {
  const list = overrides
    .map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`)
    .join('');
  const rels = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`;
  const plain = '<Default Extension="xml" ContentType="application/xml"/>';
  return `<Types xmlns="${packageTypes}/content-types">${rels}${plain}${list}</Types>`;
}

function relationships(list: readonly (readonly [string, string])[]): string {
  const items = list.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${packageTypes}/relationships">${items.join('')}</Relationships>`;
}

function core(properties: OfficeProperties): string {
  const date = (name: string, value: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${value}</dcterms:${name}>`;
  const spaces = [
    `xmlns:cp="${packageTypes}/metadata/core-properties"`,
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    'xmlns:dcterms="http://purl.org/dc/terms/"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(' ');
  const names = `<dc:title>${xml(properties.title)}</dc:title><dc:creator>${xml(properties.creator)}</dc:creator>`;
  const last = `<cp:lastModifiedBy>${xml(properties.lastModifiedBy)}</cp:lastModifiedBy>`;
  const dates = date('created', properties.created) + date('modified', properties.modified);
  return `<cp:coreProperties ${spaces}>${names}${last}${dates}</cp:coreProperties>`;
}

function packageParts(
  main: string,
  mainType: string,
  more: readonly (readonly [string, string])[],
): ReturnType<typeof part>[] {
  const coreType = 'application/vnd.openxmlformats-package.core-properties+xml';
  const types = [[`/${main}`, mainType], ['/docProps/core.xml', coreType], ...more] as const;
  const roots = [
    [`${office}/officeDocument`, main],
    [`${packageTypes}/relationships/metadata/core-properties`, 'docProps/core.xml'],
  ] as const;
  return [part('[Content_Types].xml', contentTypes(types)), part('_rels/.rels', relationships(roots))];
}

/** A WordprocessingML document; a paragraph that starts with `# ` is set bold. */
export function docx(paragraphs: readonly string[], properties: OfficeProperties): Buffer {
  const body = paragraphs
    .map((text) => {
      const bold = text.startsWith('# ') ? '<w:rPr><w:b/></w:rPr>' : '';
      return `<w:p><w:r>${bold}<w:t xml:space="preserve">${xml(text.replace(/^# /, ''))}</w:t></w:r></w:p>`;
    })
    .join('');
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>';
  return zip([
    ...packageParts('word/document.xml', `${typePrefix}.wordprocessingml.document.main+xml`, []),
    part('docProps/core.xml', core(properties)),
    part('word/document.xml', `<w:document xmlns:w="${word}"><w:body>${body}${page}</w:body></w:document>`),
  ]);
}

function cell(value: Cell, row: number, column: number): string {
  const reference = `${String.fromCharCode(65 + column)}${row + 1}`;
  if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t>${xml(value)}</t></is></c>`;
}

/** A SpreadsheetML workbook of one sheet, at most 26 columns. */
export function xlsx(name: string, rows: readonly (readonly Cell[])[], properties: OfficeProperties): Buffer {
  const body = rows
    .map(
      (row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, at, column)).join('')}</row>`,
    )
    .join('');
  const book = `<sheets><sheet name="${xml(name)}" sheetId="1" r:id="rId1"/></sheets>`;
  const sheetPath = 'xl/worksheets/sheet1.xml';
  const main = `${typePrefix}.spreadsheetml.sheet.main+xml`;
  const sheetType = `${typePrefix}.spreadsheetml.worksheet+xml`;
  return zip([
    ...packageParts('xl/workbook.xml', main, [[`/${sheetPath}`, sheetType]]),
    part('docProps/core.xml', core(properties)),
    part('xl/workbook.xml', `<workbook xmlns="${sheet}" xmlns:r="${office}">${book}</workbook>`),
    part('xl/_rels/workbook.xml.rels', relationships([[`${office}/worksheet`, 'worksheets/sheet1.xml']])),
    part(sheetPath, `<worksheet xmlns="${sheet}"><sheetData>${body}</sheetData></worksheet>`),
  ]);
}
