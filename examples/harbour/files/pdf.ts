/**
 * A minimal PDF 1.4 (ISO 32000-1): text pages in Helvetica, uncompressed, so that any extractor reads it.
 *
 *   BT /F1 10 Tf 56 780 Td (S7  Inner Basin) Tj ET
 */
export interface PdfInfo {
  readonly title: string;
  readonly author: string;
  readonly producer: string;
  /** `D:20150602141500+01'00'` */
  readonly created: string;
  readonly modified?: string;
}

const linesPerPage = 52;

/** A literal string; what is outside ASCII becomes an octal escape in WinAnsiEncoding (Latin-1 part). */
function literal(text: string): string {
  let out = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 63;
    if ('()\\'.includes(character)) out += `\\${character}`;
    else out += code < 127 ? character : `\\${code.toString(8).padStart(3, '0')}`;
  }
  return `(${out})`;
}

function pageContent(lines: readonly string[]): string {
  const shown = lines.map((line) => {
    const isHeading = line.startsWith('# ');
    return `/${isHeading ? 'F2 13' : 'F1 10'} Tf ${literal(isHeading ? line.slice(2) : line)} Tj T*`;
  });
  return `BT 14 TL 56 780 Td\n${shown.join('\n')}\nET`;
}

function chunk(lines: readonly string[]): string[][] {
  const pages: string[][] = [];
  for (let at = 0; at < lines.length; at += linesPerPage) pages.push(lines.slice(at, at + linesPerPage));
  return pages;
}

function infoObject(info: PdfInfo): string {
  const dates = `/CreationDate (${info.created})${info.modified ? ` /ModDate (${info.modified})` : ''}`;
  return `<< /Title ${literal(info.title)} /Author ${literal(info.author)} /Producer ${literal(info.producer)} ${dates} >>`;
}

/** Text lines to a PDF; a line that starts with `# ` is set as a heading. */
export function pdf(lines: readonly string[], info: PdfInfo): Buffer {
  const pages = chunk(lines);
  const firstPage = 6;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const font = (name: string) =>
    `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Courier'),
    font('Helvetica-Bold'),
    infoObject(info),
  ];
  for (const [index, page] of pages.entries()) {
    const content = pageContent(page);
    const resources = '/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>';
    const contents = `/Contents ${firstPage + index * 2 + 1} 0 R`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${resources} ${contents} >>`);
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
  }
  return Buffer.from(assemble(objects), 'latin1');
}

function assemble(objects: readonly string[]): string {
  let out = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(out.length);
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${out.length}\n%%EOF\n`;
  return `${out}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`;
}
