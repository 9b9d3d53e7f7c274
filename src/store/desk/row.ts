/**
 * What all kinds of rows share: columns, writing, reading what stands, undoing.
 *
 *   const tagKind = { name: 'tag', columns: { message: 'sha256', name: 'text', key: 'text' } } as const satisfies Kind
 *
 * The columns named here are those of the kind's own; `id`, `act` and the rest are every row's (001-desk.sql).
 */
import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite';

/** `sha256` is hex here and 32 bytes in the database. */
export type ColumnType =
  | 'sha256'
  | 'optional sha256'
  | 'text'
  | 'optional text'
  | 'integer'
  | 'optional integer';

/** A kind's table has the kind's name; its columns have the names of the export (docs/desk-format.md). */
export interface Kind {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Its rows are never taken back: what corrects one is another row, which names it. */
  readonly isAppendOnly?: true;
}

interface ColumnValues {
  readonly sha256: string;
  readonly 'optional sha256': string | undefined;
  readonly text: string;
  readonly 'optional text': string | undefined;
  readonly integer: number;
  readonly 'optional integer': number | undefined;
}

export type Values<K extends Kind> = { readonly [C in keyof K['columns']]: ColumnValues[K['columns'][C]] };

/** One press of a button: who, when. */
export interface Act {
  readonly id: string;
  readonly at: number;
  readonly by: string;
}

export interface RowHead {
  readonly id: string;
  readonly act: string;
  readonly madeAt: number;
  readonly madeBy: string;
  /** undefined while the row stands. */
  readonly undone: { readonly at: number; readonly by: string } | undefined;
}

export type Row<K extends Kind> = RowHead & Values<K>;

/** 128 random bits: 22 characters of A-Z a-z 0-9 - _. */
export const newId = (): string => randomBytes(16).toString('base64url');

/** Prepared once for many rows of one act. Returns the id of each. */
export function rowAdder<K extends Kind>(db: DatabaseSync, kind: K, act: Act): (values: Values<K>) => string {
  const names = Object.keys(kind.columns);
  const columns = ['id', 'act', 'made_at', 'made_by', ...names];
  const statement = db.prepare(
    `INSERT INTO ${kind.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (values) => {
    const id = newId();
    const own = names.map((name) => toSql(kind.columns[name] ?? 'text', values[name]));
    statement.run(id, act.id, act.at, act.by, ...own);
    return id;
  };
}

export function addRow<K extends Kind>(db: DatabaseSync, kind: K, act: Act, values: Values<K>): string {
  return rowAdder(db, kind, act)(values);
}

/** Rows that nobody has undone. `rest` is SQL after WHERE: a condition, then ORDER BY and LIMIT. */
export function standing<K extends Kind>(
  db: DatabaseSync,
  kind: K,
  rest: string,
  ...parameters: SQLInputValue[]
): Row<K>[] {
  return prepared(db, `SELECT * FROM ${kind.name} WHERE undone_at IS NULL AND ${rest}`)
    .all(...parameters)
    .map((row) => fromSql(kind, row));
}

/** By database, by SQL: lists of hits ask three things of each message, and preparing costs more than asking. */
const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

function prepared(db: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(db) ?? new Map<string, StatementSync>();
  statements.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}

/** Takes back the standing rows of a kind that fulfil an SQL condition. Returns how many. */
export function undoWhere(
  db: DatabaseSync,
  kind: Kind,
  act: Act,
  condition: string,
  ...parameters: SQLInputValue[]
): number {
  const result = db
    .prepare(
      `UPDATE ${kind.name} SET undone_at = ?, undone_by = ? WHERE undone_at IS NULL AND (${condition})`,
    )
    .run(act.at, act.by, ...parameters);
  return Number(result.changes);
}

export const sha256Bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

export function toSql(type: ColumnType, value: string | number | undefined): SQLInputValue {
  if (value === undefined) return null;
  return type === 'sha256' || type === 'optional sha256' ? sha256Bytes(String(value)) : value;
}

export function fromSql<K extends Kind>(kind: K, row: Record<string, SQLOutputValue>): Row<K> {
  const values: Record<string, string | number | undefined> = {};
  for (const [name, type] of Object.entries(kind.columns)) values[name] = valueFromSql(type, row[name]);
  const head: RowHead = {
    id: String(row.id),
    act: String(row.act),
    madeAt: Number(row.made_at),
    madeBy: String(row.made_by),
    undone: row.undone_at === null ? undefined : { at: Number(row.undone_at), by: String(row.undone_by) },
  };
  // The columns of the kind say what each value is.
  return { ...head, ...values } as Row<K>;
}

function valueFromSql(type: ColumnType, value: SQLOutputValue | undefined): string | number | undefined {
  if (value === null || value === undefined) return undefined;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return type === 'integer' || type === 'optional integer' ? Number(value) : String(value);
}
