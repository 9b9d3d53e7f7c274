/**
 * The desk as JSON Lines, and back (docs/desk-format.md): one row a line, undone ones too, with who and when.
 *
 *   {"format":"impart-desk","version":1}
 *   {"kind":"tag","id":"…","act":"…","at":"2026-03-01T10:00:00.000Z","by":"Ida Moss","undone":null,"message":"9f86…","name":"Pump","key":"pump"}
 *
 * Importing is adding what is not there and undoing what was undone elsewhere: it can be repeated, and two desks that
 * import from each other hold the same in the end. A line that cannot be read is told, and the rest goes on.
 */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { kinds } from './kinds.js';
import { listContent } from './lists.js';
import { nameOf } from './name.js';
import { noteText } from './notes.js';
import { type ColumnType, fromSql, type Kind, type Row, toSql } from './row.js';
import { findReaderName } from './settings.js';
import { tagKey } from './tags.js';

export const deskFormat = { format: 'impart-desk', version: 1 } as const;
/** The first line of an export, and all of it where nobody wrote anything yet. */
export const headingLine: string = JSON.stringify(deskFormat);

/** All lines of an export, the heading first, without line ends. In order of time within a kind. */
export function* exportLines(db: DatabaseSync): Generator<string> {
  yield headingLine;
  for (const kind of kinds) {
    const rows = db.prepare(`SELECT * FROM ${kind.name} ORDER BY made_at, id`);
    for (const row of rows.iterate()) yield JSON.stringify(lineOf(kind, fromSql(kind, row)));
  }
}

function lineOf(kind: Kind, row: Row<Kind>): object {
  const { id, act, madeAt, madeBy, undone, ...own } = row;
  const values = Object.fromEntries(Object.keys(kind.columns).map((name) => [name, own[name] ?? null]));
  return {
    kind: kind.name,
    id,
    act,
    at: timeText(madeAt),
    by: madeBy,
    undone: undone === undefined ? null : { at: timeText(undone.at), by: undone.by },
    ...values,
  };
}

const timeText = (time: number): string => new Date(time).toISOString();

export type ImportOutcome = 'heading' | 'added' | 'undone' | 'known';

/** Takes in one line of an export. Throws OperatorError `desk-line-malformed`. */
export function importLine(db: DatabaseSync, line: string): ImportOutcome {
  const value = parseLine(line);
  // A capture has a format too, and a kind.
  if ('format' in value && !('kind' in value)) {
    if (value.format !== deskFormat.format || value.version !== deskFormat.version)
      throw malformed('it is of another format, or of a newer version');
    return 'heading';
  }
  const kind = kinds.find(({ name }) => name === value.kind);
  if (kind === undefined) throw malformed(`its kind is not known here: ${String(value.kind).slice(0, 40)}`);
  const head = headOf(value);
  if (kind.isAppendOnly === true && head.undone !== undefined)
    throw malformed(`rows of the kind ${kind.name} are never taken back`);
  // Whoever reads here has a name already; a colleague's desk must not sign for them.
  if (kind.name === 'setting' && head.undone === undefined && findReaderName(db) !== undefined)
    return 'known';
  return importRow(db, kind, head, ownValues(kind, value));
}

function parseLine(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw malformed('it is no JSON object');
}

interface Head {
  readonly id: string;
  readonly act: string;
  readonly at: number;
  readonly by: string;
  readonly undone: { readonly at: number; readonly by: string } | undefined;
}

function headOf(value: Record<string, unknown>): Head {
  const { undone } = value;
  const isUndone = typeof undone === 'object' && undone !== null && 'at' in undone && 'by' in undone;
  if (!isUndone && undone !== null && undone !== undefined)
    throw malformed('undone is not null or at and by');
  return {
    id: idOf(value.id),
    act: idOf(value.act),
    at: timeOf(value.at),
    by: personOf(value.by),
    undone: isUndone ? { at: timeOf(undone.at), by: personOf(undone.by) } : undefined,
  };
}

function idOf(value: unknown): string {
  if (typeof value === 'string' && /^[\w-]{22}$/.test(value)) return value;
  throw malformed('its id or act is not 22 characters of base64url');
}

function timeOf(value: unknown): number {
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw malformed('a time is not written as 2026-03-01T10:00:00.000Z');
}

function personOf(value: unknown): string {
  if (typeof value === 'string') return nameOf(value, 'name');
  throw malformed('it does not say who');
}

/** Values as the functions of the kinds would have written them. */
function ownValues(kind: Kind, value: Record<string, unknown>): Record<string, string | number | undefined> {
  const own: Record<string, string | number | undefined> = {};
  for (const [name, type] of Object.entries(kind.columns)) own[name] = columnValue(name, type, value[name]);
  if (kind.name === 'tag') {
    own.name = nameOf(String(own.name), 'tag');
    own.key = tagKey(own.name);
  }
  if (kind.name === 'note') own.text = noteText(String(own.text));
  if (kind.name === 'list') own.content = listContent(String(own.content));
  return own;
}

function columnValue(name: string, type: ColumnType, value: unknown): string | number | undefined {
  if (value === null || value === undefined) {
    if (type.startsWith('optional ')) return undefined;
    throw malformed(`${name} is missing`);
  }
  if (type === 'integer' || type === 'optional integer') {
    if (Number.isSafeInteger(value)) return Number(value);
    throw malformed(`${name} is not a whole number`);
  }
  if (typeof value !== 'string') throw malformed(`${name} is not text`);
  if (type.endsWith('sha256') && !/^[0-9a-f]{64}$/.test(value))
    throw malformed(`${name} is no SHA-256 in hex`);
  if (value.length > limits.maxListCharacters) throw malformed(`${name} is too long`);
  return value.toWellFormed().replaceAll('\0', '');
}

function importRow(
  db: DatabaseSync,
  kind: Kind,
  { id, act, at, by, undone }: Head,
  own: Readonly<Record<string, string | number | undefined>>,
): ImportOutcome {
  const names = Object.keys(kind.columns);
  const known = db.prepare(`SELECT * FROM ${kind.name} WHERE id = ?`).get(id);
  if (known === undefined) {
    const columns = ['id', 'act', 'made_at', 'made_by', 'undone_at', 'undone_by', ...names];
    db.prepare(
      `INSERT INTO ${kind.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(
      ...[id, act, at, by, undone?.at ?? null, undone?.by ?? null],
      ...names.map((name) => toSql(kind.columns[name] ?? 'text', own[name])),
    );
    return 'added';
  }
  const row = fromSql(kind, known);
  if (names.some((name) => row[name] !== own[name]) || row.madeAt !== at || row.madeBy !== by)
    throw malformed('this desk has another row under the same id; it was left as it is');
  if (undone === undefined || row.undone !== undefined) return 'known';
  db.prepare(`UPDATE ${kind.name} SET undone_at = ?, undone_by = ? WHERE id = ?`).run(
    undone.at,
    undone.by,
    id,
  );
  return 'undone';
}

const malformed = (why: string): OperatorError =>
  new OperatorError('desk-line-malformed', why, 'docs/desk-format.md says how lines are written.');
