/**
 * Conditions on what people made of the messages (store/desk.ts), not on the messages.
 *
 *   tag:pump   tag:"to ask"   tag:fund*   tag:*   note:bank   note:"paid twice"   note:*   is:read   is:unread
 */
import { Refusal, type Value } from './lex.js';
import { formatPhrase, parsePhrase, quote } from './phrase.js';
import type { DeskCondition, Phrase } from './query.js';

export type DeskField = 'tag' | 'note' | 'is';

/** Throws a Refusal that points at the value. */
export function parseDeskCondition(field: DeskField, value: Value): DeskCondition {
  const isAny = !value.quoted && value.text === '*';
  if (field === 'tag') return isAny ? { kind: 'tag', name: '', prefix: true } : parseTag(value);
  if (field === 'note') return { kind: 'note', match: isAny ? undefined : parseNote(value) };
  if (/^(?:un)?read$/i.test(value.text)) return { kind: 'read', isRead: /^read$/i.test(value.text) };
  throw new Refusal('is: knows only is:read and is:unread.', value, '');
}

function parseTag({ text, prefix }: Value): DeskCondition {
  return { kind: 'tag', name: text.normalize('NFC').replace(/\s+/gu, ' ').trim(), prefix };
}

function parseNote(value: Value): Phrase {
  const phrase = parsePhrase(value, []);
  if (phrase !== undefined) return phrase;
  throw new Refusal('note: has no letters or digits to look for.', value, 'note:* finds every note.');
}

export function describeDeskCondition(condition: DeskCondition): string {
  switch (condition.kind) {
    case 'tag':
      if (condition.name === '') return 'with any tag';
      return condition.prefix
        ? `with a tag that starts with "${condition.name}"`
        : `tagged "${condition.name}"`;
    case 'note':
      return condition.match === undefined
        ? 'with a note'
        : `with ${formatPhrase(condition.match)} in a note`;
    case 'read':
      return condition.isRead ? 'marked as read' : 'not marked as read';
  }
}

export function formatDeskCondition(condition: DeskCondition): string {
  switch (condition.kind) {
    case 'tag':
      if (condition.name === '') return 'tag:*';
      return `tag:${quoted(condition.name)}${condition.prefix ? '*' : ''}`;
    case 'note':
      return `note:${condition.match === undefined ? '*' : formatPhrase(condition.match)}`;
    case 'read':
      return condition.isRead ? 'is:read' : 'is:unread';
  }
}

/** Plain where it reads back as one word and not as an operator or a pattern. */
const quoted = (name: string): string =>
  /^[\p{L}\p{N}_.#/-]+$/u.test(name) && !/^-|^(?:AND|OR|NOT|NEAR.*)$/.test(name) ? name : quote(name);
