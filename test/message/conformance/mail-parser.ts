/**
 * Expected results of Stalwart's mail-parser (../shared/corpora/mail-parser): single header bodies as JSON lists, and
 * whole messages with every part, in LF and CRLF form.
 */
import { createHash } from 'node:crypto';
import { decodeBody, decodeEntityText } from '../../../src/message/body.js';
import { parseDate } from '../../../src/message/date.js';
import type { Entity, Mailbox, Message } from '../../../src/message/message.js';
import { parseParameterized } from '../../../src/message/parameters.js';
import { parseMessage } from '../../../src/message/parse.js';
import { type Comparison, listCorpus, readCorpus, Tally } from './comparison.js';

interface ValueCase<T> {
  readonly header: string;
  readonly expected: T;
}

function readCases<T>(name: string): ValueCase<T>[] {
  return JSON.parse(readCorpus(`mail-parser/${name}.json`).toString('utf8')) as ValueCase<T>[];
}

function parseField(name: string, header: string): Message {
  return parseMessage(Buffer.from(`${name}:${header}`, 'utf8'));
}

interface TheirMailbox {
  readonly name: string | null;
  readonly address: string | null;
}
interface TheirAddresses {
  readonly List?: readonly TheirMailbox[];
  readonly Group?: readonly { readonly name: string | null; readonly addresses: readonly TheirMailbox[] }[];
}

function flattenAddresses(theirs: TheirAddresses): Mailbox[] {
  const groups = theirs.Group ?? [{ name: '', addresses: theirs.List ?? [] }];
  return groups.flatMap(({ name, addresses }) =>
    addresses.map((mailbox) => ({
      displayName: mailbox.name ?? '',
      addrSpec: mailbox.address ?? '',
      group: name ?? '',
    })),
  );
}

export function compareAddresses(): Comparison {
  const tally = new Tally('mail-parser/address');
  for (const [index, { header, expected }] of readCases<TheirAddresses>('address').entries()) {
    tally.startCase();
    tally.compare(String(index), flattenAddresses(expected), parseField('To', header).to);
  }
  return tally.finish();
}

interface TheirDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly tz_before_gmt: boolean;
  readonly tz_hour: number;
  readonly tz_minute: number;
}

function timeOf(date: TheirDate | null | undefined): number | null {
  if (date === null || date === undefined) return null;
  const zone = (date.tz_hour * 60 + date.tz_minute) * (date.tz_before_gmt ? -1 : 1);
  return Date.UTC(date.year, date.month - 1, date.day, date.hour, date.minute, date.second) - zone * 60_000;
}

export function compareDates(): Comparison {
  const tally = new Tally('mail-parser/date');
  for (const [index, { header, expected }] of readCases<TheirDate | null>('date').entries()) {
    tally.startCase();
    const body = parseField('Date', header).fields[0]?.body ?? '';
    tally.compare(String(index), timeOf(expected), parseDate(body)?.time ?? null);
  }
  return tally.finish();
}

interface TheirContentType {
  readonly c_type: string;
  readonly c_subtype: string | null;
  readonly attributes?: readonly (readonly [string, string])[] | null;
}

export function compareContentTypes(): Comparison {
  const tally = new Tally('mail-parser/content_type');
  for (const [index, { header, expected }] of readCases<TheirContentType | null>('content_type').entries()) {
    tally.startCase();
    const parsed = parseParameterized(parseField('Content-Type', header).fields[0]?.body ?? '');
    tally.compare(`${String(index)} value`, joinType(expected).toLowerCase(), parsed.value);
    tally.compare(`${String(index)} parameters`, expected?.attributes ?? [], parsed.parameters);
  }
  return tally.finish();
}

function joinType(type: TheirContentType | null): string {
  if (type === null) return '';
  return type.c_subtype === null ? type.c_type : `${type.c_type}/${type.c_subtype}`;
}

export function compareMessageIds(): Comparison {
  const tally = new Tally('mail-parser/id');
  for (const [index, { header, expected }] of readCases<string[] | null>('id').entries()) {
    tally.startCase();
    tally.compare(String(index), expected ?? [], parseField('References', header).references);
  }
  return tally.finish();
}

export function compareUnstructured(): Comparison {
  const tally = new Tally('mail-parser/unstructured');
  for (const [index, { header, expected }] of readCases<string>('unstructured').entries()) {
    tally.startCase();
    tally.compare(String(index), expected, parseField('Subject', header).subject);
  }
  return tally.finish();
}

interface TheirHeader {
  readonly name: string | { readonly other: string };
  readonly value: {
    readonly Address?: TheirAddresses;
    readonly DateTime?: TheirDate;
    readonly Text?: string;
    readonly TextList?: readonly string[];
    readonly ContentType?: {
      readonly c_type: string;
      readonly c_subtype: string | null;
      readonly attributes: readonly { readonly name: string; readonly value: string }[] | null;
    };
  };
}
interface TheirPart {
  readonly headers: readonly TheirHeader[];
  readonly body: {
    readonly Text?: string;
    readonly Html?: string;
    readonly Binary?: readonly number[];
    readonly InlineBinary?: readonly number[];
    readonly Multipart?: readonly number[];
    readonly Message?: TheirMessage;
  };
  readonly offset_header: number;
  readonly offset_body: number;
  readonly offset_end: number;
}
interface TheirMessage {
  readonly parts: readonly TheirPart[];
}

/** Whole messages: structure, types, values of the header and decoded content of every part. */
export function compareMessages(): Comparison {
  const tally = new Tally('mail-parser/eml');
  for (const path of listCorpus('mail-parser/eml', (name) => name.endsWith('.eml'))) {
    const raw = readCorpus(`mail-parser/eml/${path}`);
    const base = path.replace(/\.eml$/, '');
    compareMessage(tally, `${base} lf`, raw, readExpected(`${base}.json`));
    const crlf = Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
    compareMessage(tally, `${base} crlf`, crlf, readExpected(`${base}.crlf.json`));
  }
  return tally.finish();
}

function readExpected(path: string): TheirMessage {
  return JSON.parse(readCorpus(`mail-parser/eml/${path}`).toString('utf8')) as TheirMessage;
}

function compareMessage(tally: Tally, id: string, raw: Buffer, theirs: TheirMessage): void {
  tally.startCase();
  const message = parseMessage(raw);
  const ours = message.entities.filter((entity) => entity.transferEncoding !== 'x-uuencode');
  const parts = flattenParts(theirs, 0);
  compareTop(tally, id, message, theirs.parts[0]);
  tally.compare(`${id} structure`, parts.map(describePart), ours.map(describeEntity));
  if (parts.length !== ours.length) return;
  for (const [index, { part }] of parts.entries()) {
    const entity = ours[index];
    if (entity === undefined || part.body.Multipart !== undefined || part.body.Message !== undefined)
      continue;
    tally.compare(`${id} content ${String(index)}`, theirContent(part), ourContent(part, entity));
  }
}

interface FlatPart {
  readonly part: TheirPart;
  readonly depth: number;
}

/** Test data only: the expected trees are a few levels deep. */
function flattenParts(message: TheirMessage, depth: number): FlatPart[] {
  const flat: FlatPart[] = [];
  const visit = (index: number, level: number): void => {
    const part = message.parts[index];
    if (part === undefined) return;
    flat.push({ part, depth: level });
    for (const child of part.body.Multipart ?? []) visit(child, level + 1);
    if (part.body.Message !== undefined) flat.push(...flattenParts(part.body.Message, level + 1));
  };
  visit(0, depth);
  return flat;
}

function describePart({ part, depth }: FlatPart): string {
  const kind =
    part.body.Multipart !== undefined ? 'multipart' : part.body.Message !== undefined ? 'message' : 'leaf';
  return `${String(depth)} ${kind}`;
}

function describeEntity(entity: Entity, _index: number, all: readonly Entity[]): string {
  const hasChildren = all.some((other) => other.parent === all.indexOf(entity));
  const kind = !hasChildren ? 'leaf' : entity.mediaType.startsWith('multipart/') ? 'multipart' : 'message';
  return `${String(entity.depth)} ${kind}`;
}

function theirContent(part: TheirPart): string {
  const text = part.body.Text ?? part.body.Html;
  if (text !== undefined) return hashOf(Buffer.from(text.replace(/\r\n?/g, '\n'), 'utf8'));
  return hashOf(Buffer.from(part.body.Binary ?? part.body.InlineBinary ?? []));
}

function ourContent(part: TheirPart, entity: Entity): string {
  const isText = part.body.Text !== undefined || part.body.Html !== undefined;
  return isText
    ? hashOf(Buffer.from(decodeEntityText(entity).text, 'utf8'))
    : hashOf(decodeBody(entity).bytes);
}

function hashOf(bytes: Buffer): string {
  return `${String(bytes.length)} bytes, sha256 ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
}

function compareTop(tally: Tally, id: string, message: Message, part: TheirPart | undefined): void {
  const seen = new Set<string>();
  for (const { name, value } of part?.headers ?? []) {
    if (typeof name !== 'string' || seen.has(name)) continue;
    seen.add(name);
    const mailboxes = {
      from: message.from,
      to: message.to,
      cc: message.cc,
      bcc: message.bcc,
      reply_to: message.replyTo,
      sender: message.sender,
    };
    if (name in mailboxes) {
      const ours = mailboxes[name as keyof typeof mailboxes];
      tally.compare(`${id} ${name}`, flattenAddresses(value.Address ?? {}), ours);
    } else if (name === 'subject') tally.compare(`${id} subject`, value.Text ?? '', message.subject);
    else if (name === 'date') tally.compare(`${id} date`, timeOf(value.DateTime), message.date?.time ?? null);
    else if (name === 'message_id')
      tally.compare(`${id} message-id`, value.Text ?? value.TextList?.[0] ?? '', message.messageId);
    else if (name === 'references')
      tally.compare(
        `${id} references`,
        value.TextList ?? (value.Text === undefined ? [] : [value.Text]),
        message.references,
      );
    else if (name === 'content_type') compareType(tally, id, value.ContentType, message);
  }
}

function compareType(
  tally: Tally,
  id: string,
  theirs: TheirHeader['value']['ContentType'],
  message: Message,
): void {
  const body = message.fields.find((field) => field.name.toLowerCase() === 'content-type')?.body ?? '';
  const parsed = parseParameterized(body);
  const type = theirs === undefined ? '' : `${theirs.c_type}/${theirs.c_subtype ?? ''}`.toLowerCase();
  tally.compare(`${id} content-type`, type, parsed.value);
  tally.compare(
    `${id} parameters`,
    (theirs?.attributes ?? []).map(({ name, value }) => [name, value]),
    parsed.parameters,
  );
}
