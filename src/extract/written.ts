/**
 * Files that are text: plain, HTML, XML, and the pages of EPUB and XPS.
 *
 *   <?xml version="1.0"?><a><b>one</b><b>two</b></a> → 'one\ntwo'
 */
import { decodeText } from '../message/charset.js';
import { htmlToText } from '../message/text/html-text.js';
import type { Extraction } from './extraction.js';
import { Flow } from './flow.js';
import { readXml } from './xml.js';
import type { ZipMembers } from './zip-members.js';

export function extractPlain(text: string, extraction: Extraction): void {
  const flow = new Flow(extraction, 'line');
  for (const line of text.trimEnd().split(/\r\n?|\n/)) flow.paragraph(line);
  flow.end();
}

export function extractHtml(bytes: Buffer, extraction: Extraction): void {
  const html = decodeHtml(bytes);
  const title = /<title[^>]{0,200}>([^<]{0,2000})/i.exec(html.slice(0, 64 * 1024))?.[1];
  extraction.addFacts([['Title', title === undefined ? undefined : htmlToText(title)]]);
  extractPlain(htmlToText(html), extraction);
}

/** HTML Standard 13.2.3.2: the charset of a meta element among the first bytes, unless a mark says otherwise. */
function decodeHtml(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 4_096);
  const declared = /<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1] ?? '';
  // Such a declaration was read as single bytes: it cannot be UTF-16.
  return decodeText(bytes, /^utf-?16/i.test(declared) ? 'utf-8' : declared).text;
}

/** Text of every element, in lines; SVG's attributes and other markup are no text. */
export function extractXml(bytes: Buffer, extraction: Extraction): void {
  const lines: string[] = [];
  let line = '';
  let unread = 0;
  const end = (): void => {
    if (line.trim() !== '') lines.push(line.trim());
    line = '';
  };
  const damage = readXml(bytes, {
    open(name) {
      if (name === 'script' || name === 'style' || name === 'binData') unread += 1;
      if (!isInline.has(name)) end();
    },
    text(text) {
      if (unread === 0) line += text;
    },
    close(name) {
      if (name === 'script' || name === 'style' || name === 'binData') unread -= 1;
      if (!isInline.has(name)) end();
    },
  });
  end();
  extractPlain(lines.join('\n'), extraction);
  if (damage !== '') extraction.note('damaged', `XML: ${damage}`);
}

/** Elements inside a line: runs of Word 2003, spans of SVG and OpenDocument. */
const isInline = new Set(['r', 't', 'rPr', 'span', 'tspan', 'a', 'b', 'i', 's', 'em', 'strong']);

export function extractEpub(zip: ZipMembers, extraction: Extraction): void {
  for (const entry of zip.matching(/^(?!meta-inf\/|__macosx\/).*\.(?:x?html?|xml)$/)) {
    extraction.enter(entry.name);
    extractHtml(zip.read(entry, extraction), extraction);
    extraction.leave();
  }
}

/** ECMA-388 12.1: text is in an attribute of each run of glyphs. */
export function extractXps(zip: ZipMembers, extraction: Extraction): void {
  const pages = zip.matching(/\.fpage$/);
  for (const [at, entry] of pages.entries()) {
    let text = '';
    readXml(zip.read(entry, extraction), {
      open(name, attributes) {
        if (name === 'Glyphs') text += `${attributes.UnicodeString ?? ''}\n`;
      },
    });
    extraction.add(`page ${at + 1}`, text);
  }
}
