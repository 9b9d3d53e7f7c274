/**
 * PDF (ISO 32000-1) by Mozilla's PDF.js, page by page: text, form fields and annotations, attached files, properties.
 *
 *   'page 3': text in the order in which the file draws it, lines as PDF.js finds them
 *
 * Nothing is drawn and no script runs. PDF.js wants three classes of browsers to be there at the time it is loaded;
 * they are never used for text.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { type Extraction, ExtractionStop } from './extraction.js';

/** A file inside the PDF. */
export interface Embedded {
  readonly name: string;
  readonly bytes: Buffer;
}

type PdfJs = typeof import('pdfjs-dist');

let loaded: Promise<PdfJs> | undefined;

async function load(): Promise<PdfJs> {
  const absent = class {};
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData'] as const)
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: absent });
  const pdfjs = (await import('pdfjs-dist/legacy/build/pdf.mjs')) as PdfJs;
  // Once it is loaded, PDF.js works in this thread and starts none.
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
  return pdfjs;
}

const packageDir = dirname(fileURLToPath(import.meta.resolve('pdfjs-dist/package.json')));

/** Adds the text, and returns the files that are attached. */
export async function extractPdf(bytes: Buffer, extraction: Extraction): Promise<Embedded[]> {
  loaded ??= load();
  const pdfjs = await loaded;
  const task = pdfjs.getDocument({
    // PDF.js takes the memory over.
    data: Uint8Array.from(bytes),
    verbosity: 0,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    stopAtErrors: false,
    cMapUrl: `${join(packageDir, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(packageDir, 'standard_fonts')}/`,
  });
  try {
    const document = await task.promise;
    await extractInfo(document, extraction);
    await extractPages(document, extraction);
    return await attachmentsOf(document);
  } catch (error) {
    throw error instanceof ExtractionStop ? error : stopFor(error);
  } finally {
    await task.destroy();
  }
}

/** PDF.js names what went wrong; anything else is its own fault on a damaged file. */
function stopFor(error: unknown): ExtractionStop {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') return new ExtractionStop('encrypted', 'a password is needed to open it');
  return new ExtractionStop(
    'damaged',
    error instanceof Error ? `PDF: ${error.message}` : 'not readable as PDF',
  );
}

async function extractInfo(document: PDFDocumentProxy, extraction: Extraction): Promise<void> {
  const { info } = (await document.getMetadata().catch(() => ({ info: {} }))) as {
    info: Record<string, unknown>;
  };
  const told = (name: string): string | undefined =>
    typeof info[name] === 'string' ? info[name] : undefined;
  extraction.addFacts([
    ['Title', told('Title')],
    ['Author', told('Author')],
    ['Subject', told('Subject')],
    ['Keywords', told('Keywords')],
    ['Program', told('Creator')],
    ['PDF made by', told('Producer')],
    ['Created', pdfDate(told('CreationDate'))],
    ['Last saved', pdfDate(told('ModDate'))],
    ['PDF version', told('PDFFormatVersion')],
    ['Pages', String(document.numPages)],
  ]);
  if (info.EncryptFilterName !== null && info.EncryptFilterName !== undefined)
    extraction.note('encrypted', 'restricted by its owner, readable without a password');
}

/** `D:20070915110231+02'00'` → `2007-09-15 11:02:31 +02:00` (ISO 32000-1, 7.9.4) */
function pdfDate(date: string | undefined): string | undefined {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(Z|[+-]\d\d'?\d?\d?)?/.exec(date ?? '');
  if (match === null) return date;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone = ''] = match;
  const offset = zone.length >= 3 ? `${zone.slice(0, 3)}:${zone.slice(3).replace(/'/g, '') || '00'}` : zone;
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${offset}`.trim();
}

async function extractPages(document: PDFDocumentProxy, extraction: Extraction): Promise<void> {
  let bare = 0;
  for (let number = 1; number <= document.numPages; number++) {
    extraction.checkTime();
    try {
      const page = await document.getPage(number);
      const text = await pageText(page);
      if (text.trim() === '') bare += 1;
      extraction.add(`page ${number}`, text);
      extraction.add(`page ${number}, annotations`, await annotationText(page));
      page.cleanup();
    } catch (error) {
      if (error instanceof ExtractionStop) throw error;
      // One page that cannot be read: the others can.
      extraction.note(
        'damaged',
        `page ${number}: ${error instanceof Error ? error.message : 'not readable'}`,
      );
    }
  }
  if (bare > 0)
    extraction.note(
      'scanned',
      `${bare} of ${document.numPages} pages have no text: pictures of pages, or blank`,
    );
}

async function pageText(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  let text = '';
  for (const item of items) if ('str' in item) text += item.hasEOL ? `${item.str}\n` : item.str;
  return text;
}

/** Notes of readers, and what was filled into forms (ISO 32000-1, 12.5 and 12.7). */
async function annotationText(page: PDFPageProxy): Promise<string> {
  const lines: string[] = [];
  for (const annotation of (await page.getAnnotations()) as Record<string, unknown>[]) {
    const { contentsObj, fieldName, fieldValue } = annotation;
    const contents =
      typeof contentsObj === 'object' && contentsObj !== null && 'str' in contentsObj
        ? String(contentsObj.str)
        : '';
    if (contents.trim() !== '') lines.push(contents);
    const value = [fieldValue]
      .flat()
      .filter((each) => typeof each === 'string')
      .join(', ');
    if (value.trim() !== '') lines.push(typeof fieldName === 'string' ? `${fieldName}: ${value}` : value);
  }
  return lines.join('\n');
}

async function attachmentsOf(document: PDFDocumentProxy): Promise<Embedded[]> {
  const found = (await document.getAttachments().catch(() => null)) as
    | Record<string, { filename?: unknown; content?: unknown }>
    | Map<string, { filename?: unknown; content?: unknown }>
    | null;
  const files = found instanceof Map ? [...found.values()] : Object.values(found ?? {});
  return files.flatMap(({ filename, content }) =>
    content instanceof Uint8Array ? [{ name: String(filename ?? ''), bytes: Buffer.from(content) }] : [],
  );
}
