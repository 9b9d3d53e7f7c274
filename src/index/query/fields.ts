/**
 * The fields of the query language, `name:value`, and what becomes of a name that is none.
 *
 *   from:anna   a field            10:30, http://example.net   text
 *   form:anna   a slip: an error   re:budget                   text, with a note
 */
import { editDistance } from './suggest.js';
import { type Column, columns as everyColumn } from './tokens.js';

/** Fields whose value is searched as text, and where. */
export const textFields: ReadonlyMap<string, readonly Column[]> = new Map([
  ['from', ['sender']],
  ['to', ['recipient']],
  ['cc', ['copied']],
  ['any', ['sender', 'recipient', 'copied']],
  ['subject', ['subject']],
  ['body', ['own', 'quoted']],
  ['own', ['own']],
  ['quoted', ['quoted']],
  ['filename', ['filename']],
]);

/** Fields whose value is a condition. */
export const conditionFields = [
  'date',
  'size',
  'has',
  'type',
  'folder',
  'container',
  'msgid',
  'thread',
  'person',
  'writer',
  'addressee',
  'between',
  'recipients',
  'weekday',
  'hour',
  'tag',
  'note',
  'is',
  'label',
  'signed-by',
  'selector',
  'finding',
] as const;

export type ConditionField = (typeof conditionFields)[number];

/** The field whose value is searched as text, but in attachments. */
export const attachmentField = 'attachment';

export type Field =
  | { readonly name: string; readonly columns: readonly Column[] }
  | { readonly name: typeof attachmentField }
  | { readonly name: ConditionField };

export const fieldNames: readonly string[] = [...textFields.keys(), attachmentField, ...conditionFields];

/** Names that other mail programs have, and what to write here. */
const elsewhere = new Map([
  ['sender', 'from:'],
  ['recipient', 'to:'],
  ['bcc', 'cc:, which searches Cc and Bcc'],
  ['in', 'folder:'],
  ['labels', 'label:, or folder: for what Gmail calls labels'],
  ['signedby', 'signed-by:'],
  ['dkim', 'signed-by: or label:'],
  ['verdict', 'label:'],
  ['mailbox', 'folder:'],
  ['before', 'date:..2016-05-31'],
  ['until', 'date:..2016-05-31'],
  ['older', 'date:..2016-05-31'],
  ['after', 'date:2016-03-01..'],
  ['since', 'date:2016-03-01..'],
  ['newer', 'date:2016-03-01..'],
  ['larger', 'size:>1M'],
  ['smaller', 'size:<1M'],
  ['file', 'filename:'],
  ['mimetype', 'type:'],
  ['mid', 'msgid:'],
  ['messageid', 'msgid:'],
  ['tags', 'tag:'],
  ['tagged', 'tag:'],
  ['notes', 'note:'],
  ['seen', 'is:read'],
  ['unread', 'is:unread'],
]);

/** The field of that name in any letter case, or undefined. */
export function findField(name: string): Field | undefined {
  const lower = name.toLowerCase();
  const textColumns = textFields.get(lower);
  if (textColumns !== undefined) return { name: lower, columns: textColumns };
  if (lower === attachmentField) return { name: attachmentField };
  const condition = conditionFields.find((field) => field === lower);
  return condition === undefined ? undefined : { name: condition };
}

/** What to write instead of a name that is no field, or undefined where it is likely to be text (`re:`, `10:`). */
export function findIntendedField(name: string): string | undefined {
  const lower = name.toLowerCase();
  const known = elsewhere.get(lower);
  if (known !== undefined) return known;
  const close = fieldNames.find((field) => isUnusual(field) && editDistance(lower, field, 1) <= 1);
  return close === undefined ? undefined : `${close}:`;
}

/** Short names and `note` have everyday words for neighbours: was: now: one: vote: node: */
const isUnusual = (field: string): boolean => field.length > 3 && field !== 'note';

/** The field that searches these columns and no others. */
export function findTextField(columns: readonly Column[]): string | undefined {
  const wanted = everyColumn.filter((column) => columns.includes(column)).join();
  for (const [name, those] of textFields) {
    if (those.join() === wanted) return name;
  }
  return undefined;
}
