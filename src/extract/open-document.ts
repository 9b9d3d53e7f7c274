/**
 * OpenDocument text, sheets and slides (OASIS OpenDocument 1.3 part 3), and their ancestors of OpenOffice 1.
 *
 *   <table:table table:name="Costs"><table:table-row><table:table-cell table:number-columns-repeated="3">…
 *   <draw:page draw:name="page1">…<text:p>Overrun</text:p>
 */
import { limits } from '../limits.js';
import type { Extraction } from './extraction.js';
import { Flow } from './flow.js';
import { cellRange, Table } from './table.js';
import { type Attributes, readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

export type OpenDocumentKind = 'text' | 'sheet' | 'slides';

export function extractOpenDocument(zip: ZipMembers, kind: OpenDocumentKind, extraction: Extraction): void {
  const manifest = zip.readNamed('META-INF/manifest.xml', extraction);
  if (manifest?.includes('encryption-data') === true) {
    extraction.note('encrypted', 'the document is encrypted');
    return;
  }
  extractMeta(zip.readNamed('meta.xml', extraction), extraction);
  if (zip.matching(/^(?:basic|scripts)\/.+\.(?:xml|xba|py|js|bsh)$/).length > 0)
    extraction.note('macros', 'the document carries macros');
  const content = zip.readNamed('content.xml', extraction);
  if (content === undefined) extraction.note('damaged', 'content.xml is missing');
  else read(content, kind, '', extraction);
  const styles = zip.readNamed('styles.xml', extraction);
  if (styles !== undefined) read(styles, 'text', 'header and footer', extraction);
  for (const entry of zip.matching(/^object [^/]+\/content\.xml$/))
    read(zip.read(entry, extraction), 'text', 'embedded object', extraction);
}

function read(bytes: Buffer, kind: OpenDocumentKind, lead: string, extraction: Extraction): void {
  const reader = new OpenDocumentReader(extraction, kind, lead);
  const damage = readXml(bytes, reader);
  reader.end();
  if (damage !== '') extraction.note('damaged', `XML: ${damage}`);
}

const metaNames: ReadonlyMap<string, string> = new Map([
  ['title', 'Title'],
  ['subject', 'Subject'],
  ['description', 'Comments'],
  ['keyword', 'Keyword'],
  ['initial-creator', 'Author'],
  ['creator', 'Last saved by'],
  ['creation-date', 'Created'],
  ['date', 'Last saved'],
  ['generator', 'Program'],
  ['editing-duration', 'Time edited'],
]);

function extractMeta(bytes: Buffer | undefined, extraction: Extraction): void {
  const facts: [string, string][] = [];
  let name = '';
  if (bytes === undefined) return;
  readXml(bytes, {
    open(element, attributes) {
      name = element === 'user-defined' ? (attributes.name ?? '') : (metaNames.get(element) ?? '');
    },
    text(value) {
      if (name !== '' && value.trim() !== '') facts.push([name, value]);
    },
    close() {
      name = '';
    },
  });
  extraction.addFacts(facts);
}

class OpenDocumentReader {
  readonly #extraction: Extraction;
  readonly #kind: OpenDocumentKind;
  #flow: Flow;
  #text = '';
  /** Paragraphs inside which the text is; in comments and boxes they are inside one another. */
  #paragraphs = 0;
  readonly #outer: string[] = [];
  #slide = 0;
  #isNotes: boolean = false;
  #table: Table | undefined;
  #row = 0;
  #rowRepeat = 1;
  #cells: string[] = [];
  #cell = '';
  #cellRepeat = 1;
  #tables = 0;

  constructor(extraction: Extraction, kind: OpenDocumentKind, lead: string) {
    this.#extraction = extraction;
    this.#kind = kind;
    this.#flow = new Flow(extraction, 'paragraph', lead);
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'p':
      case 'h':
        this.#outer.push(this.#text);
        this.#text = '';
        this.#paragraphs += 1;
        break;
      case 's':
        this.#text += ' '.repeat(Math.min(200, Number(attributes.c ?? 1) || 1));
        break;
      case 'tab':
      case 'tab-stop':
        this.#text += '\t';
        break;
      case 'line-break':
        this.#text += '\n';
        break;
      case 'page':
        this.#startSlide();
        break;
      case 'notes':
        this.#endSlide();
        this.#isNotes = true;
        break;
      case 'table':
      case 'table-row':
      case 'table-cell':
      case 'covered-table-cell':
        if (this.#kind === 'sheet') this.#openTable(name, attributes);
        break;
    }
  }

  text(text: string): void {
    if (this.#paragraphs > 0) this.#text += text.replace(/[ \t\r\n]+/g, ' ');
  }

  close(name: string): void {
    if (name === 'p' || name === 'h') this.#endParagraph();
    else if (name === 'notes' || (name === 'page' && this.#kind === 'slides')) {
      this.#endSlide();
      this.#isNotes = false;
    } else if (this.#kind === 'sheet') this.#closeTable(name);
  }

  end(): void {
    this.#table?.end();
    this.#flow.end();
    this.#endSlide();
  }

  #endParagraph(): void {
    if (this.#paragraphs === 0) return;
    this.#paragraphs -= 1;
    const paragraph = this.#text;
    this.#text = this.#outer.pop() ?? '';
    if (this.#table !== undefined) this.#cell += this.#cell === '' ? paragraph : ` ${paragraph}`;
    else if (this.#slide > 0) this.#slideText += `${paragraph}\n`;
    else this.#flow.paragraph(paragraph);
  }

  #slideText = '';

  #startSlide(): void {
    if (this.#kind !== 'slides') return;
    this.#endSlide();
    this.#slide += 1;
    this.#isNotes = false;
  }

  #endSlide(): void {
    if (this.#slide > 0)
      this.#extraction.add(`slide ${this.#slide}${this.#isNotes ? ', notes' : ''}`, this.#slideText);
    this.#slideText = '';
  }

  #openTable(name: string, attributes: Attributes): void {
    if (name === 'table') {
      this.#table?.end();
      this.#tables += 1;
      this.#table = new Table(this.#extraction, cellRange(attributes.name ?? `Sheet${this.#tables}`));
      this.#row = 0;
    } else if (name === 'table-row') {
      this.#cells = [];
      this.#rowRepeat = repeat(attributes['number-rows-repeated']);
    } else {
      this.#cell = '';
      this.#cellRepeat = repeat(attributes['number-columns-repeated']);
    }
  }

  #closeTable(name: string): void {
    if (name === 'table') {
      this.#table?.end();
      this.#table = undefined;
    } else if (name === 'table-row') {
      this.#table?.row(this.#row + 1, this.#cells);
      this.#row += this.#rowRepeat;
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      // The rest of a row is one empty cell, repeated a thousand times.
      const room = limits.maxSheetColumns - this.#cells.length;
      for (let count = Math.min(room, this.#cellRepeat); count > 0; count--) this.#cells.push(this.#cell);
      this.#cell = '';
    }
  }
}

const repeat = (value: string | undefined): number => Math.max(1, Math.min(2 ** 20, Number(value ?? 1) || 1));
