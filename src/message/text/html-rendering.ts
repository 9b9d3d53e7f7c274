/**
 * What an element does to the text inside it: hides it, keeps its blanks, quotes it, sets it apart (HTML Standard 15.3,
 * and the habits of webmail for quotations).
 *
 *   <div style="display:none">  → hidden      <blockquote type=cite>  → quotation      <p class=MsoNormal>  → no margins
 */

import { elementIds, type HtmlElement, role } from './html-elements.js';
import { fact } from './html-style.js';
import { isHiddenBySheet } from './html-style-sheet.js';
import type { TagAttributes } from './html-tag.js';

/** Bits of the state of the text inside an element; each is inherited by the elements in it. */
export const hidden = 1;
const invisible = 2;
const noFontSize = 4;
export const preserved = 8;
/** Any of these and the text is not shown. */
export const unseen = hidden | invisible | noFontSize;

/** Classes and ids of the elements that webmail puts around what a reply quotes, where it uses no blockquote. */
const quotationNames = /(?:^|\s)(?:yahoo_quoted|yahoo_quote|ntes-flashmail-quote)(?:\s|$)/;

/** Word's paragraphs have no margins: each line of an Outlook message is one of them. */
const wordParagraph = /mso|^x?p\d$|plaintext/i;

/** The state inside `element`, which stands in text of the state `outer`. */
export function stateInside(
  outer: number,
  element: HtmlElement,
  facts: number,
  attributes: TagAttributes,
  hiddenBySheet: ReadonlySet<string>,
): number {
  let state = outer;
  if (element.role === role.preformatted) state |= preserved;
  if (element.id === elementIds.font && attributes.size !== '') state &= ~noFontSize;
  if (element.role === role.unseen || attributes.hidden) state |= hidden;
  if (hiddenBySheet.size > 0 && isHiddenBySheet(hiddenBySheet, element.name, attributes)) state |= hidden;
  if (element.role === role.dialog && !attributes.open) state |= hidden;
  if (facts === 0) return state;
  if ((facts & fact.unseen) !== 0) state |= hidden;
  if ((facts & fact.invisible) !== 0) state |= invisible;
  if ((facts & fact.visible) !== 0) state &= ~invisible;
  if ((facts & fact.noFontSize) !== 0) state |= noFontSize;
  if ((facts & fact.someFontSize) !== 0) state &= ~noFontSize;
  if ((facts & fact.preserve) !== 0) state |= preserved;
  if ((facts & fact.collapse) !== 0) state &= ~preserved;
  return state;
}

/** Whether blank lines set the element apart; `lists` is the number of open lists, itself among them. */
export function isSpaced(element: HtmlElement, facts: number, className: string, lists: number): boolean {
  if ((facts & fact.noMargin) !== 0) return false;
  switch (element.role) {
    case role.paragraph:
      return className === '' || !wordParagraph.test(className);
    case role.spaced:
    case role.quotation:
      return true;
    case role.list:
      return lists <= 1;
    default:
      return false;
  }
}

/** A blockquote, unless it only indents (Gmail's indent button removes the border). */
export function isQuotation(element: HtmlElement, facts: number, attributes: TagAttributes): boolean {
  if (element.role === role.quotation) {
    const indents = (facts & fact.noBorder) !== 0 && (facts & fact.leftBorder) === 0;
    return !indents || /cite/i.test(attributes.type) || attributes.className.includes('quote');
  }
  if (element.id !== elementIds.div) return false;
  if (attributes.className !== '' && quotationNames.test(attributes.className)) return true;
  const outlook = fact.noBorder | fact.leftBorder;
  return (facts & outlook) === outlook;
}
