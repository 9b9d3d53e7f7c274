/**
 * The text a reader sees: what was typed, the signature, and what the writer's program quoted.
 *
 *   On 23/03/15 09:14, Duncan Ferrie wrote:        From: Duncan Ferrie
 *   > The bar lost 0.4 m, not 1.4.                 Sent: 23 March 2015 09:14
 */
import { formatSent, formatShort, parseMoment } from './dates.ts';
import { wrap } from './encode.ts';
import type { Letter, Person } from './letter.ts';

export type Find = (key: string) => Letter;

const quotedLevels = 2;

function names(people: readonly Person[]): string {
  return people.map((person) => person.name).join('; ');
}

export function typedText(letter: Letter): string {
  const signature = letter.signature === 'none' ? undefined : letter.from.signature;
  if (signature === undefined) return letter.text;
  const isDashed = letter.from.client === 'thunderbird' || letter.from.client === 'mutt';
  return `${letter.text}\n\n${isDashed ? '-- \n' : ''}${signature}`;
}

function checkedExcerpt(letter: Letter, parent: Letter, lines: readonly string[]): string {
  for (const line of lines) {
    const original = letter.misquote?.[1] === line ? letter.misquote[0] : line;
    if (!parent.text.includes(original))
      throw new Error(`${letter.key} quotes what ${parent.key} does not say: ${line}`);
  }
  return lines.join('\n');
}

/** What of the parent is quoted, before any quote marks; undefined where nothing is. */
function quotedText(letter: Letter, find: Find, level: number): string | undefined {
  if (letter.answers === undefined || letter.quote === 'none' || level > quotedLevels) return undefined;
  const parent = find(letter.answers);
  if (Array.isArray(letter.quote)) return checkedExcerpt(letter, parent, letter.quote);
  const text = fullText(parent, find, level + 1);
  if (!letter.misquote) return text;
  if (!text.includes(letter.misquote[0])) throw new Error(`${letter.key} misquotes nothing`);
  return text.replace(letter.misquote[0], letter.misquote[1]);
}

function outlookHead(parent: Letter): string {
  const copy = parent.cc ? `\nCc: ${names(parent.cc)}` : '';
  const sent = formatSent(parseMoment(parent.at));
  return `From: ${parent.from.name}\nSent: ${sent}\nTo: ${names(parent.to)}${copy}\nSubject: ${parent.subject}`;
}

function attribution(letter: Letter, parent: Letter): string {
  const moment = parseMoment(parent.at);
  if ((letter.client ?? letter.from.client) !== 'webmail')
    return `On ${formatShort(moment)}, ${parent.from.name} wrote:`;
  return `On ${formatSent(moment)}, ${parent.from.name} <${parent.from.address}> wrote:`;
}

/** The complete text of a letter as its reader sees it, paragraphs unwrapped. */
export function fullText(letter: Letter, find: Find, level = 1): string {
  const typed = typedText(letter);
  const quoted = quotedText(letter, find, level);
  if (quoted === undefined || letter.answers === undefined) return typed;
  const parent = find(letter.answers);
  const client = letter.client ?? letter.from.client;
  if (client === 'outlook' || client === 'device')
    return `${typed}\n\n-----Original Message-----\n${outlookHead(parent)}\n\n${quoted}`;
  const marked = wrap(quoted, 70)
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n');
  const head = attribution(letter, parent);
  return client === 'webmail' || client === 'apple'
    ? `${typed}\n\n${head}\n\n${marked}`
    : `${head}\n${marked}\n\n${typed}`;
}
