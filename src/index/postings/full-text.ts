/**
 * The full text of one shard, read below FTS5: the doclists of a word, or of all words that start alike, segment by
 * segment. FTS5 writes the table; reading its two shadow tables directly is several times as fast as MATCH and bm25(),
 * and gives the places that ranking needs (docs/decisions/020-reading-postings.md).
 *
 * All postings of a message lie in one segment: FTS5 writes segments out between two rows, and shard.ts turns off
 * merging in steps.
 */
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { Doclist } from './doclist.js';
import { TermScan } from './leaf.js';

/** Words are stored behind this byte; others would be an index of prefixes. */
const wordByte = '0';
/** Above every byte of UTF-8: a prefix and this come after all words that start with the prefix. */
const lastByte = Buffer.of(0xff);
/** A leaf's rowid is its segment's number times this, plus the number of its page, which is below `leafSpan`. */
const segmentSpan = 2 ** 37;
const leafSpan = 2 ** 31;
/** Segments that are read together: a call for each would cost more than what it reads. Bounds what a long phrase holds. */
const groupSegments = 64;

/** Pages leave SQLite as one blob, with their lengths: a fifth of the cost of a row each. As text, blobs keep their bytes. */
const joined = "CAST(group_concat(block, '') AS BLOB), group_concat(length(block))";

export type SegmentGroup = readonly number[];

export class FullText {
  readonly #db: DatabaseSync;
  readonly #version: StatementSync;
  readonly #firstLeaves: StatementSync;
  readonly #furtherLeaves: StatementSync;
  #groups: readonly SegmentGroup[] = [];
  #groupsVersion = -1;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#version = db.prepare('PRAGMA data_version');
    // Of each segment the leaf that holds a term, if the segment does. The lowest bit of pgno is a flag.
    this.#firstLeaves = db.prepare(`SELECT ${joined}, group_concat(leaf.id)
      FROM json_each(?1) AS segment CROSS JOIN text_data AS leaf ON leaf.id = segment.value * ${segmentSpan} +
        (SELECT pgno >> 1 FROM text_idx WHERE segid = segment.value AND term <= ?2 ORDER BY term DESC LIMIT 1)`);
    // Those after it, up to the first that begins with a term beyond `?3`: what is looked for ends there at the latest.
    this.#furtherLeaves =
      db.prepare(`SELECT ${joined} FROM text_data WHERE id > ?2 AND id <= ?1 * ${segmentSpan} + coalesce(
        (SELECT pgno >> 1 FROM text_idx WHERE segid = ?1 AND term > ?3 ORDER BY term LIMIT 1), ${leafSpan - 1})`);
    this.#firstLeaves.setReturnArrays(true);
    this.#furtherLeaves.setReturnArrays(true);
  }

  /** Runs `read` with the segments of one state of the shard, whatever is written meanwhile. */
  reading<T>(read: (groups: readonly SegmentGroup[]) => T): T {
    this.#db.exec('BEGIN');
    try {
      return read(this.#presentGroups());
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  #presentGroups(): readonly SegmentGroup[] {
    // Changes when another connection committed.
    const version = Number(this.#version.get()?.data_version);
    if (version === this.#groupsVersion) return this.#groups;
    // The lowest segment, then the next above, by the key of the table.
    const segments = this.#db
      .prepare(`WITH RECURSIVE segment(id) AS (
        SELECT min(segid) FROM text_idx
        UNION ALL SELECT (SELECT min(segid) FROM text_idx WHERE segid > id) FROM segment WHERE id IS NOT NULL)
        SELECT id FROM segment WHERE id IS NOT NULL`)
      .all()
      .map((row) => Number(row.id));
    const groups: SegmentGroup[] = [];
    for (let at = 0; at < segments.length; at += groupSegments)
      groups.push(segments.slice(at, at + groupSegments));
    this.#groups = groups;
    this.#groupsVersion = version;
    return groups;
  }

  /** The doclist of a word in each segment of a group; undefined where it has none. */
  lists(group: SegmentGroup, word: string): (Doclist | undefined)[] {
    const wanted = Buffer.from(wordByte + word);
    const lists: (Doclist | undefined)[] = [];
    this.#scan(group, wanted, wanted, (scan) => {
      // Of the terms that start with the word, the word itself is the first.
      lists.push(scan.next() && scan.termLength === wanted.length ? scan.doclist() : undefined);
    });
    return lists;
  }

  /** Calls `visit` with the doclist of each word that starts with `prefix`, segment by segment, in order of the words. */
  prefixLists(group: SegmentGroup, prefix: string, visit: (list: Doclist) => void): void {
    const wanted = Buffer.from(wordByte + prefix);
    this.#scan(group, wanted, Buffer.concat([wanted, lastByte]), (scan) => {
      while (scan.next()) visit(scan.doclist());
    });
  }

  /** Calls `visit` with each word that starts with `prefix`, segment by segment, in order; `list` gives its doclist. */
  words(group: SegmentGroup, prefix: string, visit: (word: string, list: () => Doclist) => void): void {
    const wanted = Buffer.from(wordByte + prefix);
    this.#scan(group, wanted, Buffer.concat([wanted, lastByte]), (scan) => {
      while (scan.next()) visit(scan.text(wordByte.length), () => scan.doclist());
    });
  }

  #scan(group: SegmentGroup, prefix: Buffer, beyond: Buffer, visit: (scan: TermScan) => void): void {
    const row = this.#firstLeaves.get(JSON.stringify(group), prefix) as unknown as SQLOutputValue[];
    const leaves = pages(row);
    const ids = String(row[2]).split(',');
    for (const [at, segment] of group.entries()) {
      const further = (): Uint8Array[] =>
        pages(this.#furtherLeaves.get(segment, Number(ids[at]), beyond) as unknown as SQLOutputValue[]);
      visit(new TermScan(prefix, leaves[at] ?? new Uint8Array(0), further));
    }
  }
}

/** What `joined` selected, apart again. */
function pages(row: readonly SQLOutputValue[]): Uint8Array[] {
  const [bytes, lengths] = row;
  if (!(bytes instanceof Uint8Array)) return [];
  let at = 0;
  return String(lengths)
    .split(',')
    .map((length) => {
      const start = at;
      at += Number(length);
      return bytes.subarray(start, at);
    });
}
