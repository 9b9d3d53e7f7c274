/**
 * DOCX (ECMA-376 part 1, 17): body, headers, footers, notes, comments, text boxes, and what tracked changes deleted.
 *
 *   <w:p><w:r><w:t>Dear</w:t></w:r><w:r><w:tab/><w:delText>Bob</w:delText></w:r></w:p>
 *
 * Places are pages where Word left marks of its last layout, else paragraphs.
 */
import type { Extraction } from './extraction.js';
import { Flow } from './flow.js';
import { drawingText, extractProperties, noteRemoteParts, relationsOf } from './office-parts.js';
import { type Attributes, readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

const sideParts: readonly (readonly [RegExp, string])[] = [
  [/^word\/header\d*\.xml$/, 'header'],
  [/^word\/footer\d*\.xml$/, 'footer'],
  [/^word\/footnotes\d*\.xml$/, 'footnotes'],
  [/^word\/endnotes\d*\.xml$/, 'endnotes'],
  [/^word\/comments\d*\.xml$/, 'comments'],
  [/^word\/glossary\/document\.xml$/, 'building blocks'],
];

export function extractWord(zip: ZipMembers, extraction: Extraction): void {
  extractProperties(zip, extraction);
  const deleted: string[] = [];
  const main = mainPart(zip, extraction);
  const body = main === undefined ? undefined : zip.readNamed(main, extraction);
  if (body === undefined) extraction.note('damaged', 'the document’s main part is missing');
  else extractPart(body, new Flow(extraction), deleted, extraction);
  for (const [pattern, where] of sideParts) {
    for (const entry of zip.matching(pattern))
      extractPart(zip.read(entry, extraction), new Flow(extraction, 'paragraph', where), deleted, extraction);
  }
  for (const entry of zip.matching(/^word\/(?:diagrams\/data|charts\/chart)\d*\.xml$/))
    extraction.add('diagram', drawingText(zip.read(entry, extraction)));
  if (deleted.length > 0) {
    extraction.add('deleted text (tracked changes)', deleted.join('\n'));
    extraction.note('hidden-content', 'tracked changes keep deleted text');
  }
  noteRemoteParts(zip, extraction);
}

function mainPart(zip: ZipMembers, extraction: Extraction): string | undefined {
  const named = relationsOf(zip, '', extraction).find(({ type }) => type === 'officeDocument')?.target;
  if (named !== undefined && zip.has(named)) return named;
  return zip.matching(/^word\/document\d*\.xml$/)[0]?.name;
}

function extractPart(bytes: Buffer, flow: Flow, deleted: string[], extraction: Extraction): void {
  const reader = new WordReader(flow, deleted, bytes.includes('lastRenderedPageBreak'));
  const damage = readXml(bytes, reader);
  reader.end();
  if (damage !== '') extraction.note('damaged', `XML: ${damage}`);
}

/** Text of `mc:Fallback` repeats that of `mc:Choice` for older programs. */
class WordReader {
  readonly #flow: Flow;
  readonly #deleted: string[];
  #paragraph = '';
  /** Paragraphs in text boxes stand inside the paragraph that they hang on. */
  readonly #outer: string[] = [];
  #removed = '';
  #reading: 'text' | 'deleted' | undefined;
  #skipped = 0;

  constructor(flow: Flow, deleted: string[], hasPages: boolean) {
    this.#flow = flow;
    this.#deleted = deleted;
    if (hasPages) flow.startPages();
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'Fallback') this.#skipped += 1;
    if (this.#skipped > 0) return;
    switch (name) {
      case 't':
        this.#reading = 'text';
        break;
      case 'delText':
        this.#reading = 'deleted';
        break;
      case 'tab':
      case 'ptab':
        this.#paragraph += '\t';
        break;
      case 'cr':
        this.#paragraph += '\n';
        break;
      case 'br':
        this.#paragraph += '\n';
        break;
      case 'noBreakHyphen':
        this.#paragraph += '-';
        break;
      case 'sym':
        this.#paragraph += symbol(attributes.char ?? '');
        break;
      case 'lastRenderedPageBreak':
        this.#breakPage();
        break;
      case 'p':
        this.#outer.push(this.#paragraph);
        this.#paragraph = '';
        break;
    }
  }

  text(text: string): void {
    if (this.#skipped > 0) return;
    if (this.#reading === 'text') this.#paragraph += text;
    else if (this.#reading === 'deleted') this.#removed += text;
  }

  close(name: string): void {
    if (name === 'Fallback') this.#skipped = Math.max(0, this.#skipped - 1);
    if (this.#skipped > 0) return;
    if (name === 't' || name === 'delText') this.#reading = undefined;
    else if (name === 'p') this.#endParagraph();
  }

  end(): void {
    if (this.#paragraph !== '') this.#flow.paragraph(this.#paragraph);
    this.#flow.end();
  }

  /** A page may end inside a paragraph: what stands before the mark is on the page before. */
  #breakPage(): void {
    if (this.#paragraph !== '') this.#flow.paragraph(this.#paragraph);
    this.#paragraph = '';
    this.#flow.pageBreak();
  }

  #endParagraph(): void {
    this.#flow.paragraph(this.#paragraph);
    this.#paragraph = this.#outer.pop() ?? '';
    if (this.#removed !== '') this.#deleted.push(this.#removed);
    this.#removed = '';
  }
}

/** Fonts of symbols have their characters in the private use area. */
function symbol(hex: string): string {
  const code = Number.parseInt(hex, 16);
  return Number.isNaN(code) || code >= 0xf000 || code < 32 ? ' ' : String.fromCharCode(code);
}
