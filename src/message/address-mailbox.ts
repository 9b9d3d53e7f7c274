/**
 * From the pieces between two separators of an address list to mailboxes (RFC 5322 3.4, RFC 2047 5(3)).
 *
 *   John Q. Public  <john@x.test>       → angle address, phrase as display name
 *   john@x.test (John)                  → addr-spec alone, the comment names the person (RFC 822)
 *   john@x.test jane@x.test             → two mailboxes, the comma is missing
 */
import { unquote, withoutComments } from './comment.js';
import { decodeEncodedWords } from './encoded-word.js';
import type { Mailbox } from './message.js';

interface Piece {
  readonly text: string;
  readonly quoted: boolean;
  /** Nothing stood between this piece and the one before. */
  readonly glued: boolean;
}

/** What was read since the last separator. */
export interface Gathered {
  readonly pieces: Piece[];
  readonly comments: string[];
  /** Content of the angle brackets; undefined where there were none. */
  angle: string | undefined;
  blank: boolean;
}

export interface MadeMailboxes {
  readonly mailboxes: readonly Mailbox[];
  /** The pieces as a display name or group name. */
  readonly phrase: string;
  readonly malformed: boolean;
}

export function newGathered(): Gathered {
  return { pieces: [], comments: [], angle: undefined, blank: false };
}

export function makeMailboxes(gathered: Gathered, group: string): MadeMailboxes {
  if (gathered.angle !== undefined) return makeFromAngle(gathered, gathered.angle, group);
  const words = glueWords(gathered.pieces);
  const addresses = words.filter((word) => word.isAddress);
  if (addresses.length === 0) return makeWithoutAddress(gathered, group);
  if (addresses.length === 1 && words.length === 1) {
    const displayName = decodeWords(gathered.comments.join(' '));
    const addrSpec = (words[0]?.text ?? '').replace(/^'(.*)'$/, '$1');
    return {
      mailboxes: [{ displayName, addrSpec, group }],
      phrase: '',
      malformed: words[0]?.quotedWhole ?? false,
    };
  }
  return makeFromWords(words, group);
}

function makeFromAngle(gathered: Gathered, angle: string, group: string): MadeMailboxes {
  const phrase = phraseOf(gathered.pieces);
  const content = cleanAddrSpec(angle);
  // `<Saved by Browser 7>` and `<Undisclosed-Recipient:@gateway;>` name nobody's mailbox; an Exchange name does.
  const words = namesNobody(content) ? content.replace(/:@?[^@]*;$/, '') : '';
  const addrSpec = words === '' ? content : '';
  const displayName = phrase || words || decodeWords(gathered.comments.join(' '));
  const malformed = !addrSpec.includes('@');
  return { mailboxes: [{ displayName, addrSpec, group }], phrase, malformed };
}

function namesNobody(content: string): boolean {
  if (/^[^@:]+:@?[^@]*;$/.test(content)) return true;
  return !content.includes('@') && /\s/.test(content) && !/[/=]/.test(content);
}

interface Word {
  text: string;
  isAddress: boolean;
  /** The address stood in quotes: `"a@b.example"`. */
  quotedWhole: boolean;
}

/**
 * Joins what belongs together: `"john doe"@x.test`, `jdoe @ test . example` (RFC 5322 4.4). Looks at the ends of the
 * pieces only, so that a word of a million pieces costs a million steps.
 */
function glueWords(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [];
  let parts: string[] = [];
  let quotedWhole = false;
  let hasAt = false;
  let tail = '';
  let lastPiece = '';
  const close = () => {
    if (parts.length === 0) return;
    const text = parts.join('');
    words.push({ text, isAddress: looksLikeAddress(text), quotedWhole });
  };
  for (const { text, quoted, glued } of pieces) {
    const dotted = text.startsWith('.') || (tail === '.' && (!hasAt || lastPiece === '.'));
    const joins = parts.length > 0 && (glued || tail === '@' || text.startsWith('@') || dotted);
    if (joins) {
      if (quotedWhole && text.startsWith('@')) parts[0] = quoteLocalPart(parts[0] ?? '');
      parts.push(text);
      quotedWhole = false;
    } else {
      close();
      parts = [text];
      quotedWhole = quoted;
      hasAt = false;
    }
    hasAt ||= !quoted && text.includes('@');
    tail = text.slice(-1);
    lastPiece = text;
  }
  close();
  return words;
}

function quoteLocalPart(text: string): string {
  return /^[^\s"(),:;<>@[\\\]]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function looksLikeAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 && (!/\s/.test(text) || text.startsWith('"'));
}

/** Words without an "@" are no addr-spec: they name someone. */
function makeWithoutAddress(gathered: Gathered, group: string): MadeMailboxes {
  const phrase = phraseOf(gathered.pieces);
  const hidden = phrase.includes('@') ? splitHiddenAddress(phrase) : undefined;
  const displayName = phrase || decodeWords(gathered.comments.join(' '));
  const mailbox = { ...(hidden ?? { displayName, addrSpec: '' }), group };
  return { mailboxes: [mailbox], phrase, malformed: true };
}

/** An encoded word or quoted string that holds a whole `Name <a@b.example>`, or an address among words. */
function splitHiddenAddress(phrase: string): { displayName: string; addrSpec: string } | undefined {
  const angle = /<([^<>\s]+@[^<>\s]+)>/.exec(phrase.slice(0, 2_000));
  if (angle !== null) return { displayName: phrase.slice(0, angle.index).trim(), addrSpec: angle[1] ?? '' };
  const words = phrase.split(/\s+/);
  const at = words.findIndex((word) => /^[^@]+@[^@]+$/.test(word));
  if (at === -1) return undefined;
  const addrSpec = (words[at] ?? '').replace(/^['"<(]+|['">)]+$/g, '');
  return { displayName: words.toSpliced(at, 1).join(' '), addrSpec };
}

/** Words and addresses without angle brackets: each address takes the words before it as its name. */
function makeFromWords(words: readonly Word[], group: string): MadeMailboxes {
  const mailboxes: Mailbox[] = [];
  let names: string[] = [];
  for (const word of words) {
    if (word.isAddress) {
      const addrSpec = word.text.replace(/^'(.*)'$/, '$1');
      mailboxes.push({ displayName: decodeWords(names.join(' ')), addrSpec, group });
      names = [];
    } else names.push(word.text);
  }
  const last = mailboxes.at(-1);
  if (names.length > 0 && last !== undefined && last.displayName === '') {
    mailboxes[mailboxes.length - 1] = { ...last, displayName: decodeWords(names.join(' ')) };
  }
  return { mailboxes, phrase: '', malformed: true };
}

function phraseOf(pieces: readonly Piece[]): string {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return decodeWords(only.text);
  let text = '';
  for (const piece of pieces) text += piece.glued || text === '' ? piece.text : ` ${piece.text}`;
  return decodeWords(text);
}

function decodeWords(text: string): string {
  return text.includes('=?') ? decodeEncodedWords(text).text : text;
}

/** Content of angle brackets: no source route (RFC 5322 4.4), comments or blanks around "." and "@". */
function cleanAddrSpec(content: string): string {
  if (!/[\s()"']|^@|^mailto:/i.test(content)) return content;
  let text = withoutComments(content)
    .trim()
    .replace(/^mailto:/i, '');
  const route = /^@[^:"]{0,1000}:/.exec(text);
  if (route !== null) text = text.slice(route[0].length).trim();
  if (text.includes('"')) return withPlainLocalPart(text);
  const joined = text.replace(/[ \t]*([.@])[ \t]*/g, '$1');
  return joined.replace(/^'(.*)'$/, '$1');
}

/** Quotes that change nothing go, as comparing addresses needs it (RFC 5322 3.4.1): `walker"."blair@x.test`. */
function withPlainLocalPart(addrSpec: string): string {
  const at = addrSpec.lastIndexOf('@');
  if (at === -1) return addrSpec;
  const domain = addrSpec.slice(at + 1).trim();
  const local = addrSpec.slice(0, at).trim();
  const plain = local.replace(/"((?:[^"\\]|\\.)*)"/g, (_whole, content: string) => unquote(content));
  return `${quoteLocalPart(plain)}@${domain}`;
}
