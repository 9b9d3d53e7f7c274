/**
 * Expected results of Apache James Mime4J (../shared/corpora/mime4j), which include Perl's MIME-tools test messages:
 * the tree of each message as XML, the decoded content of each part in a file of its own.
 */

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBody, decodeEntityText } from '../../../src/message/body.js';
import type { Entity } from '../../../src/message/message.js';
import { parseMessage } from '../../../src/message/parse.js';
import { type Comparison, corpora, listCorpus, readCorpus, Tally } from './comparison.js';

interface Node {
  readonly kind: 'multipart' | 'message' | 'leaf';
  readonly depth: number;
  /** Names of the header fields, in order. */
  readonly fields: readonly string[];
  /** File with the decoded content, '' where there is none. */
  readonly file: string;
}

/** Reads the few tags that the expected files use; text between tags is entity-escaped. */
function readTree(xml: string): Node[] {
  const nodes: Node[] = [];
  const open: { depth: number; fields: string[]; at: number }[] = [];
  const tag =
    /<(\/?)(message|body-part|multipart|text-body|binary-body|field)(?: name="([^"]*)")?(\/?)>([^<]*)/g;
  for (const [, closing, name, file, , text] of xml.matchAll(tag)) {
    const entity = open.at(-1);
    if (name === 'message' || name === 'body-part') {
      if (closing === '/') open.pop();
      else {
        if (name === 'message' && entity !== undefined) setKind(nodes, entity.at, 'message');
        open.push({ depth: open.length, fields: [], at: nodes.length });
        nodes.push({ kind: 'leaf', depth: open.length - 1, fields: open.at(-1)?.fields ?? [], file: '' });
      }
    } else if (entity !== undefined && closing !== '/') {
      if (name === 'multipart') setKind(nodes, entity.at, 'multipart');
      else if (name === 'field') entity.fields.push((text ?? '').trim().split(':')[0]?.trim() ?? '');
      else nodes[entity.at] = { ...(nodes[entity.at] as Node), file: file ?? '' };
    }
  }
  return nodes;
}

function setKind(nodes: Node[], at: number, kind: Node['kind']): void {
  const node = nodes[at];
  if (node !== undefined) nodes[at] = { ...node, kind };
}

function describeEntity(entity: Entity, index: number, all: readonly Entity[]): string {
  const hasParts = all.some(({ parent }) => parent === index);
  const kind = entity.mediaType.startsWith('multipart/') ? 'multipart' : hasParts ? 'message' : 'leaf';
  return `${String(entity.depth)} ${kind}`;
}

export function compareMime4j(): Comparison {
  const tally = new Tally('mime4j/testmsgs');
  compareFolder(tally, 'testmsgs');
  return tally.finish();
}

export function compareMimeTools(): Comparison {
  const tally = new Tally('mime4j/mimetools-testmsgs');
  compareFolder(tally, 'mimetools-testmsgs');
  return tally.finish();
}

function compareFolder(tally: Tally, folder: string): void {
  for (const path of listCorpus(`mime4j/${folder}`, (name) => name.endsWith('.msg'))) {
    tally.startCase();
    const base = path.replace(/\.msg$/, '');
    const raw = readCorpus(`mime4j/${folder}/${path}`);
    const expected = readTree(readCorpus(`mime4j/${folder}/${base}_decoded.xml`).toString('utf8'));
    const entities = parseMessage(raw).entities.filter(
      ({ transferEncoding }) => transferEncoding !== 'x-uuencode',
    );
    const structure = expected.map(({ depth, kind }) => `${String(depth)} ${kind}`);
    tally.compare(`${base} structure`, structure, entities.map(describeEntity));
    if (structure.length !== entities.length) continue;
    for (const [index, node] of expected.entries())
      compareNode(tally, folder, `${base} ${String(index)}`, node, entities[index]);
  }
}

function compareNode(tally: Tally, folder: string, id: string, node: Node, entity: Entity | undefined): void {
  if (entity === undefined) return;
  tally.compare(
    `${id} fields`,
    node.fields,
    entity.fields.map(({ name }) => name),
  );
  if (node.file === '' || !existsSync(join(corpora, 'mime4j', folder, node.file))) return;
  const expected = readCorpus(`mime4j/${folder}/${node.file}`);
  // Text files hold characters as UTF-8 bytes of the decoded text in some cases and its raw bytes in others.
  const bytes = decodeBody(entity).bytes;
  const candidates = [
    hashOf(bytes),
    hashOf(Buffer.from(decodeEntityText(entity).text, 'utf8')),
    hashOf(unifyLines(bytes)),
  ];
  const wanted = [hashOf(expected), hashOf(unifyLines(expected))];
  const same = wanted.find((hash) => candidates.includes(hash));
  tally.compare(`${id} content`, wanted[0], same === undefined ? candidates[0] : wanted[0]);
}

function unifyLines(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1');
}

function hashOf(bytes: Buffer): string {
  return `${String(bytes.length)} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}
