/**
 * Attachments as a list to look through: by kind, date, size, or number of places; all of them, or those of the
 * messages that a search found.
 */
import type { SQLInputValue } from 'node:sqlite';
import { type AttachmentText, type BlobRow, blobRow } from './attachment-text.js';
import type { Bitset } from './bitset.js';

export const gallerySorts = ['newest', 'oldest', 'largest', 'smallest', 'places', 'name'] as const;

export type GallerySort = (typeof gallerySorts)[number];

export interface GalleryPage {
  readonly blobs: readonly BlobRow[];
  /** Files of the kind that was asked for. */
  readonly count: number;
  /** Of every kind, most frequent first; '' are those that were not read yet. */
  readonly kinds: readonly { readonly kind: string; readonly count: number; readonly bytes: number }[];
}

/** Files without a date come last in either direction. */
const orders: Readonly<Record<GallerySort, string>> = {
  newest: 'last_at IS NULL, last_at DESC, id',
  oldest: 'first_at IS NULL, first_at, id',
  largest: 'size DESC, id',
  smallest: 'size, id',
  places: 'places DESC, size DESC, id',
  name: "name = '', name COLLATE NOCASE, id",
};

/** `within`: message numbers; undefined for every message. */
export function galleryPage(
  attachments: AttachmentText,
  options: {
    readonly kind: string | undefined;
    readonly sort: GallerySort;
    readonly from: number;
    readonly limit: number;
  },
  within: Bitset | undefined,
): GalleryPage {
  const { db } = attachments;
  if (db === undefined) return { blobs: [], count: 0, kinds: [] };
  const { from, parameters } = source(within);
  const kinds = db
    .prepare(`SELECT grp, count(*) AS n, sum(size) AS bytes FROM ${from} GROUP BY grp ORDER BY n DESC, grp`)
    .all(...parameters)
    .map((row) => ({ kind: String(row.grp), count: Number(row.n), bytes: Number(row.bytes) }));
  const where = options.kind === undefined ? '' : 'WHERE grp = ?';
  const rows = db
    .prepare(`SELECT * FROM ${from} ${where} ORDER BY ${orders[options.sort]} LIMIT ? OFFSET ?`)
    .all(...parameters, ...(options.kind === undefined ? [] : [options.kind]), options.limit, options.from);
  const wanted = kinds.filter(({ kind }) => options.kind === undefined || kind === options.kind);
  return { blobs: rows.map(blobRow), count: wanted.reduce((sum, { count }) => sum + count, 0), kinds };
}

/** Files, with names, dates and places as far as they are within these messages. */
function source(within: Bitset | undefined): { from: string; parameters: SQLInputValue[] } {
  if (within === undefined) return { from: '(SELECT * FROM blob WHERE places > 0)', parameters: [] };
  const from = `(SELECT blob.id, sha256, size, status, note, blob.media_type, grp, pieces, characters, excerpt,
      place.name, count(*) AS places, min(sent_at) AS first_at, max(sent_at) AS last_at
    FROM json_each(?) AS wanted JOIN place ON place.number = wanted.value JOIN blob ON blob.id = place.blob GROUP BY blob.id)`;
  return { from, parameters: [JSON.stringify(within.toArray())] };
}
