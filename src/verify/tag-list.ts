/**
 * Tag lists (RFC 6376 3.2), as DKIM signatures, ARC fields and key records are written.
 *
 *   v=1; a=rsa-sha256; d=example.org;\r\n s=2014; b=dGhl IHNp   → v → '1', a → 'rsa-sha256', …, b → 'dGhl IHNp'
 *
 * Names are case-sensitive and occur once. A broken list still gives the tags that could be read, beside what is
 * wrong with it: a signature that cannot be read is reported as malformed, never as absent.
 */
import { limits } from '../limits.js';

export interface TagList {
  readonly tags: ReadonlyMap<string, string>;
  /** The first thing that breaks the grammar, as the end of a sentence. */
  readonly problem: string | undefined;
}

/** Reads the body of a field, or the text of a record. Values keep inner blanks; those around them are removed. */
export function parseTags(text: string): TagList {
  const tags = new Map<string, string>();
  let problem: string | undefined;
  // One look at all of it, instead of one at each value.
  const isClean = characters.test(text);
  let at = 0;
  while (at < text.length) {
    const semicolon = text.indexOf(';', at);
    const end = semicolon === -1 ? text.length : semicolon;
    const spec = text.slice(at, end);
    at = end + 1;
    // One semicolon may end the list; a second one has nothing before it.
    if (spec.trim() === '') {
      if (at <= text.length) problem ??= 'a tag is empty';
      continue;
    }
    if (tags.size >= limits.maxTags) return { tags, problem: problem ?? `more than ${limits.maxTags} tags` };
    problem = readTag(spec, tags, isClean) ?? problem;
  }
  return { tags, problem: tags.size === 0 ? (problem ?? 'no tags') : problem };
}

const tagName = /^[A-Za-z][A-Za-z0-9_]*$/;
const characters = /^[\t\n\r\x20-\x7e\u0080-\uffff]*$/;
const valueCharacters = /^[\t\n\r\x20-\x3a\x3c-\x7e\u0080-\uffff]*$/;

function readTag(spec: string, tags: Map<string, string>, isClean: boolean): string | undefined {
  const equals = spec.indexOf('=');
  if (equals === -1) return `no "=" in ${quote(spec)}`;
  const name = spec.slice(0, equals).trim();
  if (!tagName.test(name)) return `${quote(name)} is no tag name`;
  if (tags.has(name)) return `tag ${quote(name)} occurs twice`;
  const value = spec.slice(equals + 1).trim();
  tags.set(name, value);
  return isClean || valueCharacters.test(value) ? undefined : `tag ${quote(name)} holds a control character`;
}

const quote = (text: string): string => JSON.stringify(text.trim().slice(0, 40));

const blank = /[ \t\r\n]/;
const blanks = /[ \t\r\n]+/g;

/** A value without any blanks: base64, and lists with colons, may be folded anywhere. */
export const withoutBlanks = (value: string): string =>
  blank.test(value) ? value.replace(blanks, '') : value;

/** Parts of a colon-separated value (h=, q=, t=), blanks removed, empty parts dropped. */
export function listOf(value: string): string[] {
  return withoutBlanks(value)
    .split(':')
    .filter((part) => part !== '');
}

const base64 = /^[A-Za-z0-9+/ \t\r\n]+(?:=[ \t\r\n]*){0,2}$/;

/** Bytes of a base64 value, blanks within it or not; undefined where it is none. Missing padding is forgiven, as everyone does. */
export function base64Bytes(value: string): Buffer | undefined {
  if (!base64.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === 0 ? undefined : bytes;
}
