/**
 * What a style attribute says about seeing the text of its element:
 *
 *   style="display:none; max-height:0"          → unseen
 *   style="border:none;border-left:solid blue"  → outlookQuotation
 */

/** Bits of `styleFacts`. */
export const fact = {
  unseen: 1,
  /** `visibility` inherits and may be set back inside. */
  invisible: 2,
  visible: 4,
  /** So does `font-size`: newsletters set 0 on a row to close gaps and a real size in its cells. */
  noFontSize: 8,
  someFontSize: 16,
  preserve: 32,
  collapse: 64,
  noMargin: 128,
  noBorder: 256,
  leftBorder: 512,
  noHeight: 1024,
  noOverflow: 2048,
  /** `display` makes a line of an inline element, or a part of a line of a block. */
  block: 4096,
  inline: 8192,
} as const;

/** Facts from the value of a style attribute; a later declaration wins over an earlier one. */
export function styleFacts(style: string): number {
  let facts = 0;
  let i = 0;
  while (i < style.length) {
    while (style.charCodeAt(i) <= 0x20) i++;
    const found = style.indexOf(';', i);
    const end = found < 0 ? style.length : found;
    const colon = colonWithin(style, i, end);
    if (colon > 0 && isInteresting(style.charCodeAt(i) | 0x20, colon - i)) {
      facts = applyDeclaration(facts, style, i, colon, end);
    }
    i = end + 1;
  }
  const clipped = fact.noHeight | fact.noOverflow;
  return (facts & clipped) === clipped ? facts | fact.unseen : facts;
}

/** The colon after a property's name, which has at most 13 letters here and maybe a blank; -1 for longer names. */
function colonWithin(style: string, from: number, to: number): number {
  const limit = Math.min(to, from + 15);
  for (let i = from; i < limit; i++) if (style.charCodeAt(i) === 0x3a) return i;
  return -1;
}

/** First letters and lengths of the properties below, so that `color:`, `padding:`, `font-family:` cost nothing. */
function isInteresting(letter: number, length: number): boolean {
  switch (letter) {
    case 0x64: // display
      return length >= 7;
    case 0x66: // font-size
      return length === 9 || length === 10;
    case 0x6d: // margin, max-width, max-height, margin-bottom
      return length === 6 || length === 7 || length >= 9;
    case 0x62: // border, border-left
      return length === 6 || length === 7 || length === 11 || length === 12;
    case 0x76: // visibility
      return length >= 10;
    case 0x77: // width, white-space
      return length === 5 || length === 6 || length >= 11;
    case 0x68: // height
      return length <= 7;
    case 0x6f: // opacity, overflow
      return length >= 7;
    default:
      return false;
  }
}

function applyDeclaration(facts: number, style: string, from: number, colon: number, to: number): number {
  const property = style.slice(from, colon).trimEnd().toLowerCase();
  // A value of a kilobyte is no `none`; it must not be copied for every element.
  const value = () =>
    style
      .slice(colon + 1, Math.min(to, colon + 65))
      .trim()
      .toLowerCase();
  switch (property) {
    case 'display':
      return display(facts, value());
    case 'visibility':
      return visibility(facts, value());
    case 'font-size':
      return fontSize(facts, value());
    case 'opacity':
      return set(facts, fact.unseen, isNothing(value(), 0));
    case 'max-height':
    case 'height':
    case 'max-width':
    case 'width':
      return isNothing(value(), 0) ? facts | fact.noHeight : facts;
    case 'overflow':
      return set(facts, fact.noOverflow, value().startsWith('hidden'));
    case 'white-space':
      return value().startsWith('pre')
        ? (facts & ~fact.collapse) | fact.preserve
        : (facts & ~fact.preserve) | fact.collapse;
    case 'margin':
    case 'margin-bottom':
      return set(facts, fact.noMargin, isNothing(value().split(' ', 1)[0] ?? '', 1));
    case 'border':
      return set(facts, fact.noBorder, isNone(value()));
    case 'border-left':
      return set(facts, fact.leftBorder, !isNone(value()));
    default:
      return facts;
  }
}

function visibility(facts: number, value: string): number {
  if (value.startsWith('visible')) return (facts & ~fact.invisible) | fact.visible;
  return set(facts, fact.invisible, value.startsWith('hidden') || value.startsWith('collapse'));
}

function fontSize(facts: number, value: string): number {
  if (isNothing(value, 1)) return (facts & ~fact.someFontSize) | fact.noFontSize;
  return (facts & ~fact.noFontSize) | (isRelativeSize(value) ? 0 : fact.someFontSize);
}

function display(facts: number, value: string): number {
  const others = facts & ~(fact.unseen | fact.block | fact.inline);
  if (value.startsWith('none')) return others | fact.unseen;
  if (value.startsWith('inline')) return others | fact.inline;
  return /^(block|table|list-item|flex|grid|flow-root)(?!-c|-r)/.test(value) ? others | fact.block : others;
}

function set(facts: number, bit: number, holds: boolean): number {
  return holds ? facts | bit : facts & ~bit;
}

function isNone(value: string): boolean {
  return value.startsWith('none') || value.startsWith('0') || value.startsWith('medium none');
}

/** A length too small to see: zero, or up to `atMost` in px or pt. */
function isNothing(value: string, atMost: number): boolean {
  const first = value.charCodeAt(0);
  // Most lengths start with a digit from 2 to 9, or a name: no need to read them as numbers.
  if (first > 0x31) return false;
  const number = Number.parseFloat(value);
  if (number === 0) return true;
  return number > 0 && number <= atMost && (value.endsWith('px') || value.endsWith('pt'));
}

/** A size in em or per cent of nothing is nothing. */
function isRelativeSize(value: string): boolean {
  return (
    value.endsWith('em') || value.endsWith('%') || value.startsWith('inherit') || value.startsWith('smaller')
  );
}
