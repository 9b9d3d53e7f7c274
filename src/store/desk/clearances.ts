/** Attachments that may be published: as they are, or as pictures of their pages with boxes over what stays hidden. */
import type { DatabaseSync } from 'node:sqlite';
import { OperatorError } from '../../errors.js';
import { limits } from '../../limits.js';
import { type Act, addRow, type Kind, type Row, sha256Bytes, standing, undoWhere } from './row.js';

export const clearanceKind = {
  name: 'clearance',
  columns: { attachment: 'sha256', form: 'text', boxes: 'text' },
} as const satisfies Kind;

/** `draft`: boxes are being drawn, and it is withheld still. */
export type ClearanceForm = 'original' | 'pages' | 'draft';

export type ClearanceRow = Row<typeof clearanceKind>;

/** In thousandths of the page's width and height. */
export interface PageBox {
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** An earlier clearance of the same file is taken back. Throws OperatorError `clearance-malformed`. */
export function clear(
  db: DatabaseSync,
  act: Act,
  attachment: string,
  form: ClearanceForm,
  boxes: readonly PageBox[],
): string {
  if (boxes.length > limits.maxBoxes || !boxes.every(isBox))
    throw new OperatorError(
      'clearance-malformed',
      `a box is five whole numbers, page, left, top, width and height, the last four up to 1000; at most ${limits.maxBoxes} boxes`,
      'Nothing was written.',
    );
  withdrawClearance(db, act, attachment);
  return addRow(db, clearanceKind, act, { attachment, form, boxes: JSON.stringify(boxes) });
}

export const withdrawClearance = (db: DatabaseSync, act: Act, attachment: string): boolean =>
  undoWhere(db, clearanceKind, act, 'attachment = ?', sha256Bytes(attachment)) > 0;

export const standingClearances = (db: DatabaseSync): ClearanceRow[] =>
  standing(db, clearanceKind, 'true ORDER BY made_at, id');

export const clearanceOf = (db: DatabaseSync, attachment: string): ClearanceRow | undefined =>
  standing(db, clearanceKind, 'attachment = ?', sha256Bytes(attachment))[0];

/** Of an imported row, what is no box is left out: a file without its boxes must not be published, see `clearancesOf`. */
export function boxesOf(row: ClearanceRow): readonly PageBox[] | undefined {
  try {
    const value: unknown = JSON.parse(row.boxes);
    return Array.isArray(value) && value.every(isBox) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBox(value: unknown): value is PageBox {
  if (typeof value !== 'object' || value === null) return false;
  const { page, left, top, width, height } = value as Record<string, unknown>;
  const isShare = (part: unknown): boolean =>
    Number.isInteger(part) && Number(part) >= 0 && Number(part) <= 1_000;
  return Number.isInteger(page) && Number(page) >= 1 && [left, top, width, height].every(isShare);
}
