/**
 * Key records in zone data: master files (RFC 1035 5.1), response policy zones, and unbound's `local-data`.
 *
 *   s1._domainkey.example.org. 3600 IN TXT ( "v=DKIM1; k=rsa; "
 *                                            "p=MIGf…" )
 *   local-data: 's1._domainkey.example.org. IN TXT "v=DKIM1; p=MIGf…"'
 */
import { limits } from '../../limits.js';
import {
  type FoundRecord,
  type KeyFile,
  type KeyFileProblem,
  keyName,
  splitKeyName,
} from './found-record.js';

interface Entry {
  /** Words and strings; strings are marked so that "TXT" in quotes is no type. */
  readonly tokens: readonly Token[];
  readonly line: number;
  readonly text: string;
}

interface Token {
  readonly text: string;
  readonly quoted: boolean;
}

/** Reads every TXT record whose name has a `_domainkey` label; anything else in the zone is stepped over. */
export function readZone(text: string): KeyFile {
  const records: FoundRecord[] = [];
  const problems: KeyFileProblem[] = [];
  let origin = '';
  let owner = '';
  for (const entry of entriesOf(text, problems)) {
    const [first, second] = entry.tokens;
    if (first?.text.toUpperCase() === '$ORIGIN') {
      origin = second?.text ?? '';
      continue;
    }
    if (!/^[ \t]/.test(entry.text) && first !== undefined) owner = first.text;
    const type = entry.tokens.findIndex(({ text: word, quoted }) => !quoted && word.toUpperCase() === 'TXT');
    if (type === -1) continue;
    const names = splitKeyName(absoluteName(owner, origin));
    if (names === undefined) continue;
    if (records.length >= limits.maxImportedKeys) {
      problems.push({ place: `line ${entry.line}`, note: `more than ${limits.maxImportedKeys} records` });
      break;
    }
    const strings = entry.tokens.slice(type + 1);
    const txt = strings.map(({ text: string }) => string).join('');
    if (txt.length > limits.maxKeyRecordCharacters)
      problems.push({ place: `line ${entry.line}`, note: `a record of ${txt.length} characters` });
    else records.push({ ...names, txt, source: 'zone', ...unsaid, evidence: entry.text.trim() });
  }
  return { records, problems };
}

const unsaid = { provenance: undefined, observer: undefined, firstSeen: undefined, lastSeen: undefined };

/** In a policy zone names are whole and the origin is where the policy lies; in others they are relative to it. */
function absoluteName(owner: string, origin: string): string {
  const zone = origin.replace(/\.$/, '').toLowerCase();
  const isPolicy = zone.split('.').some((label) => label.startsWith('rpz'));
  const name = owner.replace(/\.$/, '').toLowerCase();
  if (isPolicy) return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name;
  return owner.endsWith('.') || zone === '' ? name : `${name}.${zone}`;
}

/** Entries end with their line unless parentheses are open. Comments are gone. */
function entriesOf(text: string, problems: KeyFileProblem[]): Entry[] {
  const entries: Entry[] = [];
  let open: { tokens: Token[]; line: number; text: string; depth: number } | undefined;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = readLocalData(whole.replace(/\r$/, ''));
    open ??= { tokens: [], line: index + 1, text: line, depth: 0 };
    const depth = addTokens(line, open.tokens);
    if (depth === undefined) problems.push({ place: `line ${index + 1}`, note: 'a string without its end' });
    open.depth = Math.max(0, open.depth + (depth ?? -open.depth));
    if (open.depth > 0 && open.tokens.length < maxTokens) continue;
    if (open.tokens.length > 0) entries.push(open);
    open = undefined;
  }
  if (open !== undefined && open.tokens.length > 0)
    problems.push({ place: `line ${open.line}`, note: 'a parenthesis without its end' });
  return entries;
}

/** Strings of 255 bytes, in the longest record that is read, and some. */
const maxTokens = 1_000;

/** The record inside an unbound line, whose quotes are not those of the record. */
function readLocalData(line: string): string {
  const found = /^\s{0,200}local-data:\s{0,200}(['"])(.*)\1\s{0,200}$/.exec(line);
  return found?.[2] ?? line;
}

/** Adds the tokens of a line. Returns by how much the parentheses changed, or undefined for an open string. */
function addTokens(line: string, into: Token[]): number | undefined {
  let depth = 0;
  let at = 0;
  while (at < line.length) {
    const character = line[at] ?? '';
    if (character === ';') break;
    if (character === '(' || character === ')') {
      depth += character === '(' ? 1 : -1;
      at++;
    } else if (character === '"') {
      const { text, end } = readString(line, at + 1);
      into.push({ text, quoted: true });
      if (end > line.length) return undefined;
      at = end;
    } else if (character === ' ' || character === '\t') {
      at++;
    } else {
      const start = at;
      while (at < line.length && !' \t;()"'.includes(line[at] ?? '')) at++;
      into.push({ text: line.slice(start, at), quoted: false });
    }
  }
  return depth;
}

/** A string from after its quote, with `\"` and `\DDD` resolved. `end` is beyond the line where it is open. */
function readString(line: string, start: number): { text: string; end: number } {
  let text = '';
  let at = start;
  while (at < line.length) {
    const character = line[at] ?? '';
    if (character === '"') return { text, end: at + 1 };
    if (character !== '\\') {
      text += character;
      at++;
      continue;
    }
    const decimal = /^\d{3}/.exec(line.slice(at + 1, at + 4))?.[0];
    text += decimal === undefined ? (line[at + 1] ?? '') : String.fromCharCode(Number(decimal) % 256);
    at += decimal === undefined ? 2 : 4;
  }
  return { text, end: line.length + 1 };
}

/** Records as a master file with absolute names: what unbound, BIND, or a test's DNS server reads. */
export function formatZone(
  records: readonly { readonly domain: string; readonly selector: string; readonly txt: string }[],
): string {
  const lines = records.map(
    ({ domain, selector, txt }) => `${keyName(domain, selector)}. 3600 IN TXT ${quoted(txt)}`,
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** Strings of at most 255 bytes (RFC 1035 3.3.14). */
function quoted(txt: string): string {
  const bytes = Buffer.from(txt, 'utf8').toString('latin1');
  const strings = bytes.match(/[\s\S]{1,255}/g) ?? [''];
  return strings
    .map((string) => `"${string.replace(/["\\]/g, '\\$&').replace(/[^ -~]/g, escapeByte)}"`)
    .join(' ');
}

const escapeByte = (character: string): string => `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
