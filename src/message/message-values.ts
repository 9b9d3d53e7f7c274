/**
 * From a message's own header fields to the values everyone reads (RFC 5322 3.6): originators, destinations, date,
 * identification, subject. Fields that may stand once and stand more often keep the first, destinations are joined
 * (RFC 5322 4.5.3).
 */
import { limits } from '../limits.js';
import { parseMailboxes } from './address.js';
import { parseDate } from './date.js';
import { addDefect } from './defect.js';
import { decodeEncodedWords } from './encoded-word.js';
import type { Defect, HeaderField, Mailbox, Message, MessageDate } from './message.js';
import { parseMessageIds } from './msg-id.js';

export type MessageValues = Pick<
  Message,
  | 'subject'
  | 'from'
  | 'sender'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'bcc'
  | 'date'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
>;

type Name = keyof MessageValues;

const none: readonly never[] = [];

/** Which value a field gives; by length first, because most fields of a message are none of these. */
function findValueName(name: string): Name | undefined {
  switch (name.length) {
    case 2:
      return pick(name, 'to', 'to') ?? pick(name, 'cc', 'cc');
    case 3:
      return pick(name, 'bcc', 'bcc');
    case 4:
      return pick(name, 'from', 'from') ?? pick(name, 'date', 'date');
    case 6:
      return pick(name, 'sender', 'sender');
    case 7:
      return pick(name, 'subject', 'subject');
    case 8:
      return pick(name, 'reply-to', 'replyTo');
    case 10:
      return pick(name, 'message-id', 'messageId') ?? pick(name, 'references', 'references');
    case 11:
      return pick(name, 'in-reply-to', 'inReplyTo');
    default:
      return undefined;
  }
}

function pick(name: string, lower: string, value: Name): Name | undefined {
  return (name.charCodeAt(0) | 32) === lower.charCodeAt(0) && name.toLowerCase() === lower
    ? value
    : undefined;
}

interface Collected {
  subject: string;
  from: readonly Mailbox[];
  sender: readonly Mailbox[];
  replyTo: readonly Mailbox[];
  to: readonly Mailbox[];
  cc: readonly Mailbox[];
  bcc: readonly Mailbox[];
  date: MessageDate | undefined;
  messageId: string;
  inReplyTo: readonly string[];
  references: readonly string[];
}

export function readMessageValues(fields: readonly HeaderField[], defects: Defect[]): MessageValues {
  const values: Collected = {
    subject: '',
    from: none,
    sender: none,
    replyTo: none,
    to: none,
    cc: none,
    bcc: none,
    date: undefined,
    messageId: '',
    inReplyTo: none,
    references: none,
  };
  // A handful of names: an array is cheaper than a set here.
  const seen: Name[] = [];
  for (const field of fields) {
    const name = findValueName(field.name);
    if (name === undefined) continue;
    const repeated = seen.includes(name);
    if (repeated) addDefect(defects, 'duplicate-field', field.offset, field.name);
    if (!repeated) seen.push(name);
    readValue(values, name, field, repeated, defects);
  }
  if (!seen.includes('from')) addDefect(defects, 'missing-field', -1, 'From');
  if (!seen.includes('date')) addDefect(defects, 'missing-field', -1, 'Date');
  return values;
}

function readValue(
  values: Collected,
  name: Name,
  field: HeaderField,
  repeated: boolean,
  defects: Defect[],
): void {
  switch (name) {
    case 'to':
    case 'cc':
    case 'bcc':
    case 'replyTo': {
      const earlier = values[name];
      const found = readMailboxes(field, limits.maxMailboxes - earlier.length, defects);
      values[name] = earlier.length === 0 ? found : [...earlier, ...found];
      return;
    }
    case 'from':
    case 'sender':
      if (values[name].length === 0) values[name] = readMailboxes(field, limits.maxMailboxes, defects);
      return;
    case 'inReplyTo':
    case 'references':
      if (values[name].length === 0) values[name] = readIds(field, defects);
      return;
    case 'messageId':
      if (values.messageId === '') values.messageId = readMessageId(field, defects);
      return;
    case 'subject':
      if (!repeated) values.subject = readSubject(field, defects);
      return;
    case 'date':
      values.date ??= readDate(field, defects);
  }
}

function readMailboxes(field: HeaderField, max: number, defects: Defect[]): readonly Mailbox[] {
  if (field.body === '') return none;
  if (max <= 0) {
    addDefect(defects, 'addresses-too-many', field.offset, field.name);
    return none;
  }
  const parsed = parseMailboxes(field.body, max);
  if (parsed.malformed)
    addDefect(defects, 'address-malformed', field.offset, `${field.name}: ${field.body.slice(0, 80)}`);
  if (parsed.truncated)
    addDefect(
      defects,
      'addresses-too-many',
      field.offset,
      `${field.name}: more than ${String(limits.maxMailboxes)}`,
    );
  return parsed.mailboxes;
}

function readIds(field: HeaderField, defects: Defect[]): readonly string[] {
  if (field.body === '') return none;
  const parsed = parseMessageIds(field.body);
  if (parsed.malformed)
    addDefect(defects, 'msg-id-malformed', field.offset, `${field.name}: ${field.body.slice(0, 80)}`);
  if (parsed.truncated)
    addDefect(
      defects,
      'references-too-many',
      field.offset,
      `${field.name}: more than ${String(limits.maxReferences)}`,
    );
  return parsed.ids;
}

/** One msg-id; what stands beside it is damage. */
function readMessageId(field: HeaderField, defects: Defect[]): string {
  const { body } = field;
  // The common form without a search through the whole body.
  const plain =
    body.charCodeAt(0) === 60 && body.indexOf('>') === body.length - 1 && body.lastIndexOf('<') === 0;
  if (plain && body.length > 2 && body.length <= limits.maxMessageIdCharacters && !/\s/.test(body))
    return body.slice(1, -1);
  const parsed = parseMessageIds(body);
  addDefect(defects, 'msg-id-malformed', field.offset, `${field.name}: ${body.slice(0, 80)}`);
  return parsed.ids[0] ?? '';
}

function readSubject(field: HeaderField, defects: Defect[]): string {
  if (!field.body.includes('=?')) return field.body;
  const decoded = decodeEncodedWords(field.body);
  if (decoded.malformed > 0)
    addDefect(defects, 'encoded-word-malformed', field.offset, `Subject: ${field.body.slice(0, 80)}`);
  return decoded.text;
}

function readDate(field: HeaderField, defects: Defect[]): MessageDate | undefined {
  const parsed = parseDate(field.body);
  if (parsed === undefined) {
    addDefect(defects, 'date-malformed', field.offset, field.body.slice(0, 80));
    return undefined;
  }
  if (parsed.obsolete) addDefect(defects, 'date-obsolete', field.offset, field.body.slice(0, 80));
  return { time: parsed.time, zoneMinutes: parsed.zoneMinutes };
}
