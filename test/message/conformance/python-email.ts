/**
 * What Python's email package finds in the corpora that come without expected results: test/message/oracles/*.json,
 * written by test/message/oracles/describe.py.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { decodeBody } from '../../../src/message/body.js';
import type { Entity, Mailbox, Message } from '../../../src/message/message.js';
import { parseMessage } from '../../../src/message/parse.js';
import { type Comparison, readCorpus, Tally } from './comparison.js';

interface TheirPart {
  readonly depth: number;
  readonly type: string;
  readonly name: string | null;
  readonly bytes?: number;
  readonly sha256?: string;
}

interface Facts {
  readonly subject: string | null;
  readonly date: number | null;
  readonly from: [string, string][] | null;
  readonly to: [string, string][] | null;
  readonly cc: [string, string][] | null;
  readonly parts: readonly TheirPart[];
}

/** The sets compared, as folders of the corpora. */
export const pythonSets = [
  'python-email',
  'ruby-mail',
  'rspamd',
  'postal-mime',
  'tika-mail',
  'email-outlook-message',
] as const;

export function compareWithPython(set: (typeof pythonSets)[number]): Comparison {
  const tally = new Tally(set);
  const oracle = JSON.parse(readFileSync(`test/message/oracles/${set}.json`, 'utf8')) as Record<
    string,
    Facts
  >;
  for (const [path, facts] of Object.entries(oracle)) {
    tally.startCase();
    compareFacts(tally, path, facts, parseMessage(readCorpus(`${set}/${path}`)));
  }
  return tally.finish();
}

function compareFacts(tally: Tally, path: string, facts: Facts, message: Message): void {
  if (facts.subject !== null) tally.compare(`${path} subject`, facts.subject, message.subject);
  const seconds = message.date === undefined ? null : Math.floor(message.date.time / 1_000);
  tally.compare(`${path} date`, facts.date, seconds);
  for (const name of ['from', 'to', 'cc'] as const) {
    const theirs = facts[name];
    if (theirs !== null) tally.compare(`${path} ${name}`, theirs, message[name].map(pairOf));
  }
  const ours = message.entities.filter(({ section }) => !section.includes('uu'));
  const structure = facts.parts.map(({ depth, type }) => `${String(depth)} ${type}`);
  tally.compare(
    `${path} structure`,
    structure,
    ours.map(({ depth, mediaType }) => `${String(depth)} ${mediaType}`),
  );
  if (facts.parts.length !== ours.length) return;
  for (const [index, part] of facts.parts.entries())
    comparePart(tally, `${path} ${String(index)}`, part, ours[index]);
}

function comparePart(tally: Tally, id: string, part: TheirPart, entity: Entity | undefined): void {
  if (entity === undefined) return;
  if (part.name !== null) tally.compare(`${id} name`, part.name, entity.filename);
  if (part.sha256 === undefined) return;
  const { bytes } = decodeBody(entity);
  const sha256 = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  tally.compare(`${id} content`, [part.bytes, part.sha256], [bytes.length, sha256]);
}

function pairOf({ displayName, addrSpec }: Mailbox): [string, string] {
  return [displayName, addrSpec];
}
