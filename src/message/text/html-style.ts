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
    const found = style.indexOf(";", i);
    const end = found < 0 ? style.length : found;
    if (isInteresting(style.charCodeAt(i) | 0x20)) facts = applyDeclaration(facts, style, i, end);
    i = end + 1;
  }
  const clipped = fact.noHeight | fact.noOverflow;
  return (facts & clipped) === clipped ? facts | fact.unseen : facts;
}

/** First letters of the properties below, so that `color:`, `padding:`, `text-align:` cost nothing. */
function isInteresting(letter: number): boolean {
  return (
    letter === 0x64 || // display
    letter === 0x66 || // font, font-size
    letter === 0x6d || // margin, max-height
    letter === 0x62 || // border, border-left
    letter === 0x76 || // visibility
    letter === 0x77 || // white-space, width
    letter === 0x68 || // height
    letter === 0x6f // opacity, overflow
  );
}

function applyDeclaration(facts: number, style: string, from: number, to: number): number {
  const colon = style.indexOf(":", from);
  // A declaration of a kilobyte is no display: none; it must not be copied for every element.
  if (colon < 0 || colon >= to || colon - from > 16) return facts;
  const property = style.slice(from, colon).trimEnd().toLowerCase();
  const value = () =>
    style
      .slice(colon + 1, Math.min(to, colon + 65))
      .trim()
      .toLowerCase();
  switch (property) {
    case "display":
      return display(facts, value());
    case "visibility":
      return value().startsWith("visible")
        ? (facts & ~fact.invisible) | fact.visible
        : set(facts, fact.invisible, /^(hidden|collapse)/.test(value()));
    case "font-size":
      return isNothing(value(), 1)
        ? (facts & ~fact.someFontSize) | fact.noFontSize
        : (facts & ~fact.noFontSize) | (isRelativeSize(value()) ? 0 : fact.someFontSize);
    case "opacity":
      return set(facts, fact.unseen, isNothing(value(), 0));
    case "max-height":
    case "height":
    case "max-width":
    case "width":
      return isNothing(value(), 0) ? facts | fact.noHeight : facts;
    case "overflow":
      return set(facts, fact.noOverflow, value().startsWith("hidden"));
    case "white-space":
      return value().startsWith("pre")
        ? (facts & ~fact.collapse) | fact.preserve
        : (facts & ~fact.preserve) | fact.collapse;
    case "margin":
    case "margin-bottom":
      return set(facts, fact.noMargin, isNothing(value().split(" ", 1)[0] ?? "", 1));
    case "border":
      return set(facts, fact.noBorder, /^(none|0|medium none)/.test(value()));
    case "border-left":
      return set(facts, fact.leftBorder, !/^(none|0|medium none)/.test(value()));
    default:
      return facts;
  }
}

function display(facts: number, value: string): number {
  const others = facts & ~(fact.unseen | fact.block | fact.inline);
  if (value.startsWith("none")) return others | fact.unseen;
  if (value.startsWith("inline")) return others | fact.inline;
  return /^(block|table|list-item|flex|grid|flow-root)(?!-c|-r)/.test(value) ? others | fact.block : others;
}

function set(facts: number, bit: number, holds: boolean): number {
  return holds ? facts | bit : facts & ~bit;
}

/** A length too small to see: zero, or up to `atMost` in px or pt. */
function isNothing(value: string, atMost: number): boolean {
  const number = Number.parseFloat(value);
  if (Number.isNaN(number)) return false;
  if (number === 0) return true;
  return number > 0 && number <= atMost && /^[\d.]+(px|pt)/.test(value);
}

/** A size in em or per cent of nothing is nothing. */
function isRelativeSize(value: string): boolean {
  return /^[\d.]+(em|%)/.test(value) || value.startsWith("inherit") || value.startsWith("smaller");
}
