/**
 * All attributes of a start tag (HTML Standard 13.2.5.32 and after), decoded, names in lower case, in one search
 * forward.
 *
 *   <IMG Src='a&amp;b' alt=x alt=y>  → src "a&b", alt "x" (of two with one name the first counts)
 */

import { decodeAttribute } from '../../message/text/html-references.js';

const greaterThan = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
const doubleQuote = 0x22;
const singleQuote = 0x27;

/** Attributes of one tag that are looked at. */
const maxAttributes = 100;
const noAttributes: ReadonlyMap<string, string> = new Map();

export interface StartTag {
  /** Place after the `>`; the end of the markup where the tag is never closed. */
  readonly end: number;
  /** A map, since names come from the message: `constructor` is one like any other. */
  readonly attributes: ReadonlyMap<string, string>;
  /** False where the markup ends inside the tag: then there is no tag. */
  readonly closed: boolean;
}

/** Reads from the end of the tag's name. */
export function readStartTag(html: string, from: number): StartTag {
  if (html.charCodeAt(from) === greaterThan) return { end: from + 1, attributes: noAttributes, closed: true };
  const attributes = new Map<string, string>();
  let i = from;
  for (;;) {
    while (html.charCodeAt(i) <= 0x20 || html.charCodeAt(i) === slash) i++;
    if (html.charCodeAt(i) === greaterThan) return { end: i + 1, attributes, closed: true };
    if (i >= html.length) return { end: html.length, attributes: noAttributes, closed: false };
    const nameFrom = i++;
    while (isNameCharacter(html.charCodeAt(i))) i++;
    const name = html.slice(nameFrom, Math.min(i, nameFrom + 64)).toLowerCase();
    while (html.charCodeAt(i) <= 0x20) i++;
    let value = '';
    if (html.charCodeAt(i) === equals) {
      i++;
      while (html.charCodeAt(i) <= 0x20) i++;
      const quote = html.charCodeAt(i);
      const quoted = quote === doubleQuote || quote === singleQuote;
      const valueFrom = quoted ? i + 1 : i;
      const valueTo = quoted
        ? html.indexOf(quote === doubleQuote ? '"' : "'", valueFrom)
        : unquotedEnd(html, i);
      if (valueTo < 0) return { end: html.length, attributes: noAttributes, closed: false };
      value = html.slice(valueFrom, valueTo);
      i = quoted ? valueTo + 1 : valueTo;
    }
    if (attributes.size < maxAttributes && !attributes.has(name))
      attributes.set(name, decodeAttribute(value));
  }
}

function isNameCharacter(code: number): boolean {
  return code > 0x20 && code !== equals && code !== greaterThan && code !== slash;
}

function unquotedEnd(html: string, from: number): number {
  let i = from;
  while (html.charCodeAt(i) > 0x20 && html.charCodeAt(i) !== greaterThan) i++;
  return i;
}
