/**
 * The index that scripts/search.js searches, in parts of 2,048 numbers, so that a release rewrites only parts in which
 * something changed. Within a part, words are in order, in files of about 16 kB; each word has its messages as steps
 * from one to the next, with how much it says there (0 once in the text, 1 more often, 2 in the subject, 3 the sender):
 *
 *     impartData("0/t7","berth CIAE\nbollard mB…")        (step - 1) × 4 + weight, in groups of 5 bits, lowest first
 */
import { runInNewContext } from 'node:vm';
import { formatDay } from '../../web/figures.js';
import { visibleName } from '../../web/visible-text.js';
import type { PublishedRecord } from '../published.js';
import type { PageFile } from './places.js';
import { scriptText } from './scripts.js';

/** scripts/search.js has the same. */
export const numbersPerPart = 2_048;
const numbersPerChunk = 32;

/** A query loads one or two such files for each word and part. */
const maxFileCharacters = 16 * 1024;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The browser's own cutting of texts into words, run here. */
export const wordsOf = runInNewContext(`${scriptText('words')};impartWords`) as (text: string) => string[];

export const partOf = (number: number): number => Math.floor(number / numbersPerPart);

/** The files of one part. `records` in the order of their numbers. */
export function searchPart(part: number, records: readonly PublishedRecord[]): PageFile[] {
  const terms = new Map<string, Map<number, number>>();
  for (const record of records) addWords(terms, record.number - part * numbersPerPart, record);
  const files: PageFile[] = [];
  const firsts: string[] = [];
  let lines: string[] = [];
  let length = 0;
  const end = (): void => {
    if (lines.length > 0) files.push(dataFile(`${part}/t${firsts.length - 1}`, lines.join('\n')));
    lines = [];
    length = 0;
  };
  for (const [term, messages] of [...terms].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (lines.length === 0) firsts.push(term);
    const line = `${term} ${postings(messages)}`;
    lines.push(line);
    length += line.length + 2;
    if (length >= maxFileCharacters) end();
  }
  end();
  return [dataFile(`${part}/terms`, firsts), ...files, ...chunks(part, records)];
}

/** What a hit shows. */
function chunks(part: number, records: readonly PublishedRecord[]): PageFile[] {
  const rows = new Map<number, unknown[]>();
  for (const { number, sent, from, subject } of records) {
    const chunk = Math.floor((number % numbersPerPart) / numbersPerChunk);
    const [sender] = from;
    const row = [
      number,
      sent === null ? '' : formatDay(Date.parse(sent)),
      visibleName(sender?.name || sender?.address || ''),
      visibleName(subject),
    ];
    rows.set(chunk, [...(rows.get(chunk) ?? []), row]);
  }
  return Array.from(rows, ([chunk, value]) => dataFile(`${part}/m${chunk}`, value));
}

const dataFile = (name: string, value: unknown): PageFile => ({
  path: `search/${name}.js`,
  content: `impartData(${JSON.stringify(name)},${JSON.stringify(value)});\n`,
});

/** Weights, highest last: a word that is in the subject and the text counts as of the subject. */
const weight = { text: 0, often: 1, subject: 2, sender: 3 } as const;

function addWords(terms: Map<string, Map<number, number>>, at: number, record: PublishedRecord): void {
  const { subject, from, to, cc, text, attachments } = record;
  const add = (words: string, value: number): void => {
    for (const word of wordsOf(words)) {
      const messages = terms.get(word) ?? new Map<number, number>();
      const before = messages.get(at);
      const again = before === weight.text && value === weight.text ? weight.often : value;
      messages.set(at, Math.max(before ?? 0, again));
      terms.set(word, messages);
    }
  };
  for (const { name, address } of from) add(`${name} ${address}`, weight.sender);
  add(subject, weight.subject);
  for (const { name, address } of [...to, ...cc]) add(`${name} ${address}`, weight.text);
  for (const segment of text) add(segment.text, weight.text);
  for (const attachment of attachments) if ('name' in attachment) add(attachment.name, weight.text);
}

/** Messages come in the order of their numbers. */
function postings(messages: ReadonlyMap<number, number>): string {
  let before = -1;
  let text = '';
  for (const [at, value] of messages) {
    let rest = (at - before - 1) * 4 + value;
    for (; rest >= 32; rest = Math.floor(rest / 32)) text += digits[32 + (rest % 32)] ?? '';
    text += digits[rest] ?? '';
    before = at;
  }
  return text;
}
