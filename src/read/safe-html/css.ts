/**
 * Keeps of a style what lays out text and colours it, drops what loads, runs or covers (CSS Syntax 3 for the shape).
 *
 *   color:red; position:fixed; background:#fff url(https://t.example/x.png)
 *   → color:red;background:#fff none
 *
 * The filter is lexical and allows by list: a value with a backslash (escapes can spell `url` in many ways), an
 * unknown function or an unexpected character is dropped whole.
 */

import { safeProperties } from './policy.js';
import type { RemoteKind, RemoteNotes } from './remote.js';

/** Characters of one declaration; longer ones hold data, not layout. */
const maxDeclarationCharacters = 2_000;
/** Rules kept of all style sheets of one message. */
const maxRules = 5_000;

const importString = /^@import\s+(?:"([^"]*)"|'([^']*)')/i;

/** Letters of any script (font names), digits, and the punctuation of values. No `<`, backslash, `@`, braces. */
const safeValue = /^[\p{L}\p{N}\s#%.,()'"+*/!_-]*$/u;
const safeFunctions = new Set([
  '',
  'rgb',
  'rgba',
  'hsl',
  'hsla',
  'hwb',
  'lab',
  'lch',
  'calc',
  'min',
  'max',
  'clamp',
  'linear-gradient',
  'radial-gradient',
]);
const safeSelector = /^[\w\s.#*>+~,:()[\]="'-]+$/;
const safeMediaPrelude = /^@media[\w\s():,./-]+$/i;

/** Safe declarations of a style attribute, `a:b;c:d`, '' where none is left. */
export function safeDeclarations(style: string, notes: RemoteNotes): string {
  const kept: string[] = [];
  for (const declaration of splitDeclarations(withoutComments(style))) {
    const colon = declaration.indexOf(':');
    if (colon < 0 || declaration.length > maxDeclarationCharacters) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = safeDeclarationValue(property, declaration.slice(colon + 1).trim(), notes);
    if (value !== undefined) kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}

/** Safe rules of a style sheet, without `<` anywhere; `@media` blocks stay, all other at-rules go. */
export function safeStyleSheet(sheet: string, notes: RemoteNotes): string {
  const text = withoutComments(sheet).replace(/<!--|-->/g, '');
  let out = '';
  let rules = 0;
  let insideMedia = false;
  for (let at = 0; at < text.length && rules < maxRules; ) {
    const mark = nextOf(text, '{};', at);
    const prelude = text.slice(at, mark.at).trim();
    at = mark.at + 1;
    if (mark.character === '}') {
      if (insideMedia) out += '}';
      insideMedia = false;
    } else if (mark.character === ';') noteAtRule(prelude, '', notes);
    else if (mark.character === '{' && !insideMedia && isMedia(prelude)) {
      out += `${prelude}{`;
      insideMedia = true;
    } else if (mark.character === '{') {
      const end = blockEnd(text, at);
      out += safeRule(prelude, text.slice(at, end), notes);
      rules++;
      at = end + 1;
    } else break;
  }
  return insideMedia ? `${out}}` : out;
}

function safeRule(selector: string, body: string, notes: RemoteNotes): string {
  if (selector.startsWith('@')) {
    noteAtRule(selector, body, notes);
    return '';
  }
  // A nested block has no place in mail; its braces must not end the rule early.
  const declarations = body.includes('{') ? '' : safeDeclarations(body, notes);
  return declarations === '' || !safeSelector.test(selector) ? '' : `${selector}{${declarations}}`;
}

function isMedia(prelude: string): boolean {
  return safeMediaPrelude.test(prelude);
}

function noteAtRule(prelude: string, body: string, notes: RemoteNotes): void {
  if (!prelude.startsWith('@')) return;
  const name = /^@[\w-]+/.exec(prelude)?.[0].toLowerCase() ?? '@';
  notes.removed(`style ${name}`);
  const kind: RemoteKind = name === '@font-face' ? 'font' : 'style';
  const imported = importString.exec(prelude);
  if (imported !== null) notes.blocked('style', imported[1] ?? imported[2] ?? '');
  noteUrls(prelude + body, kind, notes);
}

function safeDeclarationValue(property: string, value: string, notes: RemoteNotes): string | undefined {
  const { plain, urls } = withoutUrls(value);
  const kind = property.startsWith('background') || property.startsWith('list') ? 'image' : 'style';
  for (const url of urls) notes.blocked(kind, url);
  if (!safeProperties.has(property)) {
    if (/^[a-z]/.test(property) && !property.startsWith('mso-')) notes.removed(`style ${property}`);
    return undefined;
  }
  const safe = safeValue.test(plain) && hasBalancedMarks(plain) && hasSafeFunctions(plain);
  return safe && !isCovering(property, plain) ? plain : undefined;
}

interface ValueWithoutUrls {
  /** `none` stands where an address was. */
  readonly plain: string;
  readonly urls: readonly string[];
}

/** Takes `url(…)` out of a value; searches forward only, so that a hostile value costs its length. */
function withoutUrls(value: string): ValueWithoutUrls {
  if (!value.includes('(')) return { plain: value, urls: [] };
  const lower = value.toLowerCase();
  const urls: string[] = [];
  let plain = '';
  let at = 0;
  for (;;) {
    const open = lower.indexOf('url(', at);
    const close = open < 0 ? -1 : value.indexOf(')', open);
    if (close < 0) return { plain: plain + value.slice(at), urls };
    urls.push(
      value
        .slice(open + 4, close)
        .trim()
        .replace(/^["']|["']$/g, ''),
    );
    plain += `${value.slice(at, open)}none`;
    at = close + 1;
  }
}

function noteUrls(text: string, kind: RemoteKind, notes: RemoteNotes): void {
  for (const url of withoutUrls(text).urls) notes.blocked(kind, url);
}

/** Every `name(` is one of the functions that only compute a colour or a length. */
function hasSafeFunctions(value: string): boolean {
  for (let open = value.indexOf('('); open >= 0; open = value.indexOf('(', open + 1)) {
    let from = open;
    while (from > 0 && /[\w-]/.test(value.charAt(from - 1))) from--;
    if (!safeFunctions.has(value.slice(from, open).toLowerCase())) return false;
  }
  return true;
}

/** Quotation marks and parentheses closed within the value, or the rest of the sheet would change its meaning. */
function hasBalancedMarks(value: string): boolean {
  let depth = 0;
  for (let i = 0; i < value.length; i++) {
    const character = value[i];
    if (character === '"' || character === "'") {
      i = value.indexOf(character, i + 1);
      if (i < 0) return false;
    } else if (character === '(') depth++;
    else if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

/** A margin far to the negative lays the element over what stands before it. */
function isCovering(property: string, value: string): boolean {
  return property.startsWith('margin') && /-\d{3,}/.test(value);
}

/** Declarations between semicolons that are not inside quotation marks or parentheses (data: addresses hold some). */
function splitDeclarations(style: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let depth = 0;
  for (let i = 0; i < style.length; i++) {
    const character = style[i];
    if (character === '"' || character === "'") {
      const close = style.indexOf(character, i + 1);
      // A mark that is never closed: CSS drops the declaration up to the end of the line; here, the rest.
      if (close < 0) return parts;
      i = close;
    } else if (character === '(') depth++;
    else if (character === ')') depth = Math.max(0, depth - 1);
    else if (character === ';' && depth === 0) {
      parts.push(style.slice(from, i));
      from = i + 1;
    }
  }
  if (depth === 0) parts.push(style.slice(from));
  return parts;
}

/** The first of `marks` from `from` on that is outside quotation marks, or the end of the text. */
function nextOf(text: string, marks: string, from: number): { at: number; character: string } {
  for (let i = from; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"' || character === "'") {
      const close = text.indexOf(character, i + 1);
      if (close < 0) break;
      i = close;
    } else if (marks.includes(character)) return { at: i, character };
  }
  return { at: text.length, character: '' };
}

/** Index of the brace that closes the block whose content starts at `from`. */
function blockEnd(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; ) {
    const mark = nextOf(text, '{}', at);
    if (mark.character === '') return text.length;
    depth += mark.character === '{' ? 1 : -1;
    if (depth === 0) return mark.at;
    at = mark.at + 1;
  }
  return text.length;
}

function withoutComments(text: string): string {
  if (!text.includes('/*')) return text;
  let kept = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('/*', at);
    if (open < 0) return kept + text.slice(at);
    kept += `${text.slice(at, open)} `;
    const close = text.indexOf('*/', open + 2);
    if (close < 0) return kept;
    at = close + 2;
  }
}
