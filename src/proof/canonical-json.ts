/**
 * JSON of which there is only one spelling, so that it can be hashed and signed: RFC 8785, JSON Canonicalization Scheme.
 *
 *     {"b": 1.0, "a": "é"}   →   {"a":"é","b":1}
 *
 * Names are ordered by their UTF-16 code units (section 3.2.3); numbers and strings are spelled as ECMAScript spells
 * them (3.2.2), which is what JSON.stringify does.
 */

/** What JSON can say (RFC 8259). A property that is `undefined` is left out, as JSON.stringify leaves it out. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/**
 * The canonical text of `value`, without a line break at its end; its UTF-8 is what gets hashed.
 * Throws TypeError for what has no canonical spelling: a number that is not finite, a string with a lone surrogate
 * (RFC 8785, 3.2.2.2). Values come from this program and nest no deeper than it makes them.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no spelling in JSON`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return canonicalString(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  // Array.prototype.sort without a comparison orders by UTF-16 code units.
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member !== undefined) members.push(`${canonicalString(name)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('a string with a lone surrogate has no spelling in UTF-8');
  return JSON.stringify(text);
}

/** Array.isArray does not narrow readonly arrays. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
