/**
 * Notes on a message, or on a passage of its text. A passage is kept as the Web Annotation Data Model has it
 * (w3.org/TR/annotation-model, 4.2.4 TextQuoteSelector and 4.2.5 TextPositionSelector):
 *
 *   text "The invoice is [paid twice], as you know."
 *   exact "paid twice", prefix "The invoice is ", suffix ", as you know.", start 15, digest SHA-256 of the whole text
 */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { type Act, addRow, type Kind, type Row, sha256Bytes, standing, undoWhere } from './row.js';

export const noteKind = {
  name: 'note',
  columns: {
    message: 'sha256',
    text: 'text',
    exact: 'optional text',
    prefix: 'optional text',
    suffix: 'optional text',
    start: 'optional integer',
    digest: 'optional text',
    replaces: 'optional text',
  },
} as const satisfies Kind;

export type Note = Row<typeof noteKind>;

/** Where a passage stands in a text. */
export interface Anchor {
  readonly exact: string;
  readonly prefix: string;
  readonly suffix: string;
  /** UTF-16 units from the start of the text. */
  readonly start: number;
  /** SHA-256 (hex) of the whole text in UTF-8. */
  readonly digest: string;
}

/** Returns the note's id. Throws OperatorError `note-malformed`. */
export function addNote(
  db: DatabaseSync,
  act: Act,
  message: string,
  text: string,
  anchor: Anchor | undefined,
): string {
  return addRow(db, noteKind, act, noteValues(message, text, anchor, undefined));
}

/** The note with another text: the old one is undone, the new one names it. undefined where it stands no more. */
export function rewriteNote(db: DatabaseSync, act: Act, id: string, text: string): string | undefined {
  const old = findNote(db, id);
  if (old === undefined) return undefined;
  const values = noteValues(old.message, text, anchorOf(old), id);
  undoWhere(db, noteKind, act, 'id = ?', id);
  return addRow(db, noteKind, act, values);
}

function noteValues(
  message: string,
  written: string,
  anchor: Anchor | undefined,
  replaces: string | undefined,
) {
  return {
    message,
    text: noteText(written),
    exact: anchor?.exact,
    prefix: anchor?.prefix,
    suffix: anchor?.suffix,
    start: anchor?.start,
    digest: anchor?.digest,
    replaces,
  };
}

/** Throws OperatorError `note-malformed`. */
export function noteText(written: string): string {
  const text = written.toWellFormed().replaceAll('\0', '').trim();
  if (text === '') throw new OperatorError('note-malformed', 'a note cannot be empty', 'Write something.');
  if (text.length > limits.maxNoteCharacters)
    throw new OperatorError(
      'note-malformed',
      `this note is longer than ${limits.maxNoteCharacters} characters`,
      'Make two of it.',
    );
  return text;
}

/** undefined where the note is on the whole message. */
export function anchorOf({ exact, prefix, suffix, start, digest }: Note): Anchor | undefined {
  if (exact === undefined || start === undefined) return undefined;
  return { exact, prefix: prefix ?? '', suffix: suffix ?? '', start, digest: digest ?? '' };
}

export function undoNote(db: DatabaseSync, act: Act, id: string): boolean {
  return undoWhere(db, noteKind, act, 'id = ?', id) > 0;
}

export function findNote(db: DatabaseSync, id: string): Note | undefined {
  return standing(db, noteKind, 'id = ?', id)[0];
}

/** In the order in which they were written. */
export function notesOn(db: DatabaseSync, message: string): Note[] {
  return standing(db, noteKind, 'message = ? ORDER BY made_at, id', sha256Bytes(message));
}

/** Newest first, from the `from`-th on. */
export function newestNotes(db: DatabaseSync, limit: number, from = 0): Note[] {
  return standing(db, noteKind, 'true ORDER BY made_at DESC, id LIMIT ? OFFSET ?', limit, from);
}

/** What all standing notes say, for searching in them. */
export function* standingNotes(db: DatabaseSync): Generator<{ message: Uint8Array; text: string }> {
  for (const row of db.prepare('SELECT message, text FROM note WHERE undone_at IS NULL').iterate())
    if (row.message instanceof Uint8Array) yield { message: row.message, text: String(row.text) };
}

export function noteCount(db: DatabaseSync): number {
  return Number(db.prepare('SELECT count(*) n FROM note WHERE undone_at IS NULL').get()?.n);
}
