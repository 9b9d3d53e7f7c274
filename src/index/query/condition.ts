/**
 * The value of a field that is no text search → condition.
 *
 *   date:2016-03..2016-05   size:>1M   type:pdf   has:attachment   folder:Sent   container:3   msgid:<a@b>   thread:12
 *   person:anna@x.example   weekday:sat..sun   hour:22..5@Europe/Berlin   has:gap
 *   tag:pump   note:bank   is:unread   label:conflict   signed-by:gmail.com
 */
import { parseAttachmentType } from './attachment-type.js';
import { parseClock } from './clock-range.js';
import { parseDateRange } from './date-range.js';
import { parseDeskCondition } from './desk-condition.js';
import type { ConditionField } from './fields.js';
import { parseJudgementCondition } from './judgement-condition.js';
import { Refusal, type Value } from './lex.js';
import { parseBetween, parsePerson, parseRecipients } from './person-condition.js';
import type { Condition, PathPattern } from './query.js';
import { parseSizeRange } from './size-range.js';

/** A folder or container may go on; `type:image/*` is a family. */
const mayEndInStar: ReadonlySet<ConditionField> = new Set([
  'folder',
  'container',
  'type',
  'tag',
  'note',
] as const);

/** Throws a Refusal that points at the value. */
export function parseCondition(field: ConditionField, value: Value): Condition {
  const parse = parsers[field];
  if (value.prefix && !mayEndInStar.has(field)) {
    throw new Refusal(`${field}: does not take a *.`, value, '');
  }
  if (value.text.trim() === '') {
    throw new Refusal(
      `${field}: has no value.`,
      value,
      `Write what to look for between the quotation marks.`,
    );
  }
  return parse(value);
}

const parsers: Readonly<Record<ConditionField, (value: Value) => Condition>> = {
  date: parseDateRange,
  size: parseSizeRange,
  type: parseAttachmentType,
  has: parseHas,
  folder: (value) => ({ kind: 'folder', pattern: parsePath('folder', value) }),
  container: parseContainer,
  msgid: parseMsgid,
  thread: (value) => ({ kind: 'thread', number: parseThread(value) }),
  person: (value) => parsePerson('person', value),
  writer: (value) => parsePerson('writer', value),
  addressee: (value) => parsePerson('addressee', value),
  between: parseBetween,
  recipients: parseRecipients,
  weekday: (value) => parseClock('weekday', value),
  hour: (value) => parseClock('hour', value),
  tag: (value) => parseDeskCondition('tag', value),
  note: (value) => parseDeskCondition('note', value),
  is: (value) => parseDeskCondition('is', value),
  label: (value) => parseJudgementCondition('label', value),
  'signed-by': (value) => parseJudgementCondition('signed-by', value),
  selector: (value) => parseJudgementCondition('selector', value),
  finding: (value) => parseJudgementCondition('finding', value),
};

function parseHas(value: Value): Condition {
  if (/^attachments?$/i.test(value.text)) return { kind: 'has-attachment' };
  if (/^gaps?$/i.test(value.text)) return { kind: 'has-gap' };
  throw new Refusal(
    'has: knows only has:attachment and has:gap.',
    value,
    'For a kind of attachment, write type:pdf.',
  );
}

function parseContainer(value: Value): Condition {
  const number = value.quoted || value.prefix ? undefined : parseNumber(value.text);
  return { kind: 'container', which: number ?? parsePath('container', value) };
}

function parsePath(field: string, value: Value): PathPattern {
  const path = value.text
    .split('/')
    .map((name) => name.trim())
    .filter(Boolean)
    .join('/');
  if (path === '') {
    throw new Refusal(`${field}: has no name.`, value, `Write ${field}:Sent or ${field}:"Deleted Items".`);
  }
  return { path, prefix: value.prefix };
}

function parseMsgid(value: Value): Condition {
  const id = value.text.trim().replace(/^<(.*)>$/s, '$1');
  if (id !== '') return { kind: 'msgid', id };
  throw new Refusal('msgid: has no value.', value, 'Write msgid:<20160513.1@example.net>.');
}

function parseThread(value: Value): number {
  const number = parseNumber(value.text);
  if (number !== undefined) return number;
  throw new Refusal(
    'thread: takes the number of a thread.',
    value,
    'It is in the address of the thread’s page.',
  );
}

function parseNumber(text: string): number | undefined {
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
