/**
 * Messages with one Message-ID and other bytes, beside each other: what a reader takes for the message (From, Date,
 * Subject, text, files) is compared, not what servers put around it.
 *
 *   copy 2: signature holds     … 1.42 mg/kg …      copy 1: signature does not hold     … 0.42 mg/kg …
 *   → 1: conflict, here "0.42", there "1.42"        → 2: notice
 */
import { listAttachments } from '../message/attachment.js';
import type { Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { readableText } from '../message/readable.js';
import { compareWords } from '../thread/quotation/compare.js';
import { type Words, wordsOf } from '../thread/quotation/words.js';
import { show } from '../verify/context-time.js';
import type { Finding, FindingLevel } from '../verify/finding.js';
import type { Copy, Found } from './job.js';
import { tellSpans } from './spans.js';

/** `framed`: only something before or after the text, as lists and gateways add it. */
type Difference = 'none' | 'framed' | 'changed' | 'other';

interface Compared {
  readonly difference: Difference;
  readonly facts: readonly string[];
}

/** What of a message is compared. */
interface Content {
  readonly message: Message;
  readonly words: Words;
  readonly files: readonly string[];
}

/** Compares each of `raws` with the first of them. */
export function compareCopies(copies: readonly Copy[], raws: readonly Buffer[]): Found[] {
  const [first] = copies;
  const [firstRaw] = raws;
  if (first === undefined || firstRaw === undefined) return [];
  const original = contentOf(firstRaw);
  const found: Found[] = [];
  const unlike: { number: number; difference: Difference }[] = [];
  for (const [index, copy] of copies.entries()) {
    const raw = raws[index];
    if (index === 0 || raw === undefined) continue;
    const { difference, facts } = compare(contentOf(raw), original);
    if (difference === 'none') continue;
    unlike.push({ number: copy.number, difference });
    const level = levelOf(difference, first.isVerified && !copy.isVerified);
    const source = `message ${first.number} has the same Message-ID${first.isVerified ? ', and its signature holds' : ''}`;
    found.push({ number: copy.number, finding: finding(level, [source, ...facts], [first.number]) });
  }
  if (unlike.length === 0) return found;
  const numbers = unlike.map(({ number }) => number);
  const level = unlike.some(({ difference }) => difference !== 'framed') ? 'notice' : 'info';
  const told = `${numbers.length === 1 ? `message ${numbers[0]} has` : `messages ${numbers.slice(0, 5).join(', ')} have`} the same Message-ID and another content`;
  found.push({ number: first.number, finding: finding(level, [told], numbers.slice(0, maxOthers)) });
  return found;
}

const maxOthers = 100;

const finding = (level: FindingLevel, facts: readonly string[], others: readonly number[]): Finding => ({
  code: 'copies-differ',
  level,
  facts,
  others,
});

function levelOf(difference: Difference, isAgainstSignature: boolean): FindingLevel {
  if (difference === 'framed') return 'info';
  return isAgainstSignature ? 'conflict' : 'notice';
}

function contentOf(raw: Buffer): Content {
  const message = parseMessage(raw);
  const text = readableText(message)
    .segments.map((segment) => segment.text)
    .join('\n');
  const files = listAttachments(message).map(({ sha256 }) => sha256);
  return { message, words: wordsOf(text), files: files.sort() };
}

function compare(copy: Content, original: Content): Compared {
  const fields = [
    differing('From', addresses(copy.message), addresses(original.message)),
    differing('Date', dateOf(copy.message), dateOf(original.message)),
    differing('Subject', subjectOf(copy.message), subjectOf(original.message)),
  ].flat();
  const text = compareTexts(copy.words, original.words);
  const files =
    copy.files.join() === original.files.join()
      ? []
      : [`here it has ${tellFiles(copy.files)}, there ${tellFiles(original.files)}`];
  const facts = [...fields, ...text.facts, ...files];
  const isChanged = fields.length > 0 || files.length > 0;
  return { difference: isChanged && text.difference !== 'other' ? 'changed' : text.difference, facts };
}

const tellFiles = (files: readonly string[]): string =>
  files.length === 0
    ? 'no files'
    : `files with SHA-256 ${files
        .slice(0, 5)
        .map((sha256) => sha256.slice(0, 12))
        .join(', ')}`;

const differing = (name: string, here: string, there: string): string[] =>
  here === there ? [] : [`${name} is here "${here.slice(0, 200)}", there "${there.slice(0, 200)}"`];

const addresses = ({ from }: Message): string =>
  from.map(({ addrSpec }) => addrSpec.toLowerCase()).join(', ');

const dateOf = ({ date }: Message): string => (date === undefined ? 'none' : show(date.time));

/** Lists put their tag in front, and sometimes the number of the message. */
const subjectOf = ({ subject }: Message): string =>
  subject
    .slice(0, 1_000)
    .replace(/\[[^\]]{1,60}\]/g, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** Words of footers and warnings: more is another text. */
const maxFrameWords = 200;

function compareTexts(copy: Words, original: Words): Compared {
  if (copy.keys.join(' ') === original.keys.join(' ')) return { difference: 'none', facts: [] };
  const found = compareWords(copy, original, 0, original.keys.length);
  if (found === undefined || found.common * 2 < Math.min(copy.keys.length, original.keys.length))
    return { difference: 'other', facts: ['the texts have little in common'] };
  const { parts, from, to, agreement } = found;
  const inner = parts.filter(({ isSame }, at) => !isSame && at > 0 && at < parts.length - 1);
  const lost = from + original.keys.length - to;
  const added = copy.keys.length - found.common;
  if (agreement === 'same' || agreement === 'characters' || agreement === 'links')
    return lost === 0
      ? { difference: 'none', facts: [] }
      : { difference: 'framed', facts: [`here ${lost} words fewer`] };
  const isFramed = inner.length === 0 && lost <= maxFrameWords && added <= maxFrameWords;
  if (isFramed && parts.every(({ isSame, original: was }) => isSame || was === ''))
    return { difference: 'framed', facts: [`here ${added} words more before or after the text`] };
  return { difference: 'changed', facts: tellSpans(parts, 'here', 'there') };
}
