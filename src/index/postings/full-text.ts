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
/** A leaf's rowid is its segment's number times this, plus the number of its page, which is below `leafSpan`. */
const segmentSpan = 2 ** 37;
const leafSpan = 2 ** 31;

export class FullText {
  readonly #db: DatabaseSync;
  readonly #segments: StatementSync;
  readonly #firstLeaf: StatementSync;
  readonly #leaves: StatementSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
    // The lowest segment, then the next above, by the key of the table.
    this.#segments = db.prepare(`WITH RECURSIVE segment(id) AS (
      SELECT min(segid) FROM text_idx
      UNION ALL SELECT (SELECT min(segid) FROM text_idx WHERE segid > id) FROM segment WHERE id IS NOT NULL)
      SELECT id FROM segment WHERE id IS NOT NULL`);
    // The leaf that holds a term, if the segment does. The lowest bit of pgno is a flag.
    this.#firstLeaf = db.prepare(`SELECT id, block FROM text_data WHERE id = ?1 * ${segmentSpan} +
      (SELECT pgno >> 1 FROM text_idx WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1)`);
    this.#firstLeaf.setReturnArrays(true);
    this.#leaves = db.prepare('SELECT block FROM text_data WHERE id > ? AND id < ?');
    this.#leaves.setReturnArrays(true);
  }

  /** Runs `read` on one state of the shard, whatever is written meanwhile. */
  reading<T>(read: () => T): T {
    this.#db.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  segments(): number[] {
    return this.#segments.all().map((row) => Number(row.id));
  }

  /** The doclist of a word; undefined where the segment has none. */
  list(segment: number, word: string): Doclist | undefined {
    const wanted = Buffer.from(wordByte + word);
    return this.#scan(segment, wanted, (scan) =>
      // Of the terms that start with the word, the word itself is the first.
      scan.next() && scan.termLength === wanted.length ? scan.doclist() : undefined,
    );
  }

  /** Calls `visit` with the doclist of each word that starts with `prefix`, in order of the words. */
  lists(segment: number, prefix: string, visit: (list: Doclist) => void): void {
    this.#scan(segment, Buffer.from(wordByte + prefix), (scan) => {
      while (scan.next()) visit(scan.doclist());
    });
  }

  /** Calls `visit` with each word that starts with `prefix`, in order. */
  words(segment: number, prefix: string, visit: (word: string) => void): void {
    this.#scan(segment, Buffer.from(wordByte + prefix), (scan) => {
      while (scan.next()) visit(scan.text(wordByte.length));
    });
  }

  #scan<T>(segment: number, prefix: Buffer, use: (scan: TermScan) => T): T | undefined {
    const row = this.#firstLeaf.get(segment, prefix) as unknown as SQLOutputValue[] | undefined;
    if (row === undefined) return undefined;
    const pages = this.#pages(segment, Number(row[0]), row[1] as Uint8Array);
    try {
      return use(new TermScan(pages, prefix));
    } finally {
      // A statement left half-way would hold on to this state of the file.
      pages.return(undefined);
    }
  }

  *#pages(segment: number, rowid: number, first: Uint8Array): Generator<Uint8Array, undefined> {
    yield first;
    const below = segment * segmentSpan + leafSpan;
    for (const row of this.#leaves.iterate(rowid, below) as unknown as Iterable<SQLOutputValue[]>)
      yield row[0] as Uint8Array;
  }
}
