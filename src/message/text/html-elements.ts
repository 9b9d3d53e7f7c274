/**
 * What each HTML element does to the text that a reader sees (HTML Standard, 15.3 "Non-replaced elements"):
 * which start a line, which start a paragraph, which are never shown.
 *
 *   <P>, <p>  → { id: 7, role: paragraph }      <o:p>  → inline      <script> → unseenText
 */

/** Roles are numbers because the pass over the markup switches on them for every tag. */
export const role = {
  inline: 0,
  block: 1,
  paragraph: 2,
  /** Paragraph margins, but an end tag is needed (headings, dl). */
  spaced: 3,
  lineBreak: 4,
  rule: 5,
  image: 6,
  list: 7,
  item: 8,
  table: 9,
  row: 10,
  cell: 11,
  preformatted: 12,
  quotation: 13,
  /** Content is text up to the end tag, never shown: a `<p>` inside is no element. */
  unseenText: 14,
  /** Content is markup, never shown. */
  unseen: 15,
  /** No content, nothing shown. */
  nothing: 16,
  /** Content is text up to the end tag, shown. */
  seenText: 17,
  /** html, body: their end tags close nothing (HTML Standard 13.2.6.4.7). */
  page: 18,
  /** Shows its content only with the attribute `open`. */
  dialog: 19,
} as const;

export interface HtmlElement {
  /** Small and dense, 0 for any name not listed. */
  readonly id: number;
  readonly name: string;
  readonly role: number;
}

const names: readonly (readonly [number, string])[] = [
  [
    role.inline,
    'a b i u em font span strong small big tt code s o:p st1 sub sup label abbr q cite var samp kbd',
  ],
  [role.inline, 'ins del strike mark time bdo bdi noscript button select ruby rt svg math object nobr w:sdt'],
  [
    role.block,
    'div center address article aside section header footer nav main figure figcaption form legend',
  ],
  [role.block, 'fieldset dd dt option optgroup caption details summary hgroup search'],
  [role.paragraph, 'p'],
  [role.spaced, 'h1 h2 h3 h4 h5 h6 dl'],
  [role.lineBreak, 'br'],
  [role.rule, 'hr'],
  [role.image, 'img image'],
  [role.list, 'ul ol menu dir'],
  [role.item, 'li'],
  [role.table, 'table'],
  [role.row, 'tr thead tbody tfoot'],
  [role.cell, 'td th'],
  [role.preformatted, 'pre listing'],
  [role.quotation, 'blockquote'],
  [role.unseenText, 'script style title iframe noembed noframes'],
  [role.unseen, 'template datalist rp audio video canvas'],
  [
    role.nothing,
    'head meta link base wbr col colgroup area param source track embed input frame basefont bgsound',
  ],
  [role.seenText, 'xmp textarea plaintext'],
  [role.page, 'html body'],
  [role.dialog, 'dialog'],
];

export const unknownElement: HtmlElement = { id: 0, name: '', role: role.inline };

/** Names up to this length are looked up as packed numbers, without making a string of every tag. */
const packedLength = 5;
const longestName = 10;

const elements: HtmlElement[] = [unknownElement];
/** Open addressing by packed name: a built-in map takes as long as all the rest of a tag. */
const tableSize = 1024;
const packedNames = new Int32Array(tableSize).fill(-1);
const packedElements: HtmlElement[] = new Array<HtmlElement>(tableSize).fill(unknownElement);
const byLongName = new Map<string, HtmlElement>();
const sixBits = packingTable();

for (const [itsRole, list] of names) {
  for (const name of list.split(' ')) {
    const element: HtmlElement = { id: elements.length, name, role: itsRole };
    elements.push(element);
    if (name.length <= packedLength) keepPacked(packName(name, 0, name.length), element);
    else byLongName.set(name, element);
  }
}

/** Role by element id. */
export const elementRoles = Uint8Array.from(elements, (element) => element.role);

export const elementIds = {
  p: idOf('p'),
  table: idOf('table'),
  row: idOf('tr'),
  cell: idOf('td'),
  headerCell: idOf('th'),
  caption: idOf('caption'),
  item: idOf('li'),
  ordered: idOf('ol'),
  div: idOf('div'),
  font: idOf('font'),
  title: idOf('title'),
  style: idOf('style'),
  plaintext: idOf('plaintext'),
};

/** The element whose name stands at `from` up to `to` in `html`, whatever its letter case. */
export function findElement(html: string, from: number, to: number): HtmlElement {
  const length = to - from;
  if (length > packedLength) {
    if (length > longestName) return unknownElement;
    return byLongName.get(html.slice(from, to).toLowerCase()) ?? unknownElement;
  }
  return packedElement(packName(html, from, to));
}

function packedElement(packed: number): HtmlElement {
  for (let slot = slotOf(packed); ; slot = (slot + 1) % tableSize) {
    const found = packedNames[slot];
    if (found === packed) return packedElements[slot] ?? unknownElement;
    if (found === -1) return unknownElement;
  }
}

function keepPacked(packed: number, element: HtmlElement): void {
  let slot = slotOf(packed);
  while (packedNames[slot] !== -1) slot = (slot + 1) % tableSize;
  packedNames[slot] = packed;
  packedElements[slot] = element;
}

function slotOf(packed: number): number {
  return Math.imul(packed, 0x9e3779b1) >>> 22;
}

function packName(text: string, from: number, to: number): number {
  let packed = 0;
  for (let i = from; i < to; i++) packed = (packed << 6) | sixBitsOf(text.charCodeAt(i));
  return packed;
}

function sixBitsOf(code: number): number {
  return code < 128 ? (sixBits[code] ?? 63) : 63;
}

/** Letters 1 to 26, digits 27 to 36, colon 37; 63 stands for everything that no listed name contains. */
function packingTable(): Uint8Array {
  const table = new Uint8Array(128).fill(63);
  for (let i = 0; i < 26; i++) {
    table[0x61 + i] = i + 1;
    table[0x41 + i] = i + 1;
  }
  for (let i = 0; i < 10; i++) table[0x30 + i] = 27 + i;
  table[0x3a] = 37;
  return table;
}

function idOf(name: string): number {
  const found =
    name.length <= packedLength ? packedElement(packName(name, 0, name.length)) : byLongName.get(name);
  return found === undefined ? 0 : found.id;
}
