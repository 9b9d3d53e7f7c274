/**
 * The full text of one shard, read below FTS5: the doclists of a word, or of all words that start alike, segment by
 * segment. FTS5 writes the table; reading its two shadow tables directly is several times as fast as MATCH and bm25(),
 * and gives the places that ranking needs (docs/decisions/020-reading-postings.md).
 *
 * All postings of a message lie in one segment: FTS5 writes segments out between two rows, and shard.ts turns off
 * merging in steps.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Doclist, Postings } from './doclist.js';
import { TermScan } from './leaf.js';
import { type Segment, Segments } from './segments.js';

/** Words are stored behind this byte; others would be an index of prefixes. */
const wordByte = '0';
/** Above every byte of UTF-8: a prefix and this come after all words that start with the prefix. */
const lastByte = Buffer.of(0xff);
/** Segments that are read together: a call for each would cost more than what it reads. Bounds what a long phrase holds. */
const groupSegments = 64;

export type SegmentGroup = readonly Segment[];

/** Leaf pages of a segment, from one to another. */
interface PageRange {
  readonly segment: Segment;
  readonly from: number;
  readonly to: number;
}

export class FullText {
  readonly #db: DatabaseSync;
  readonly #version: StatementSync;
  readonly #leaves: StatementSync;
  readonly #segments: Segments;
  #groups: readonly SegmentGroup[] = [];
  #groupsVersion = -1;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#version = db.prepare('PRAGMA data_version');
    this.#leaves = db.prepare(
      'SELECT block FROM json_each(?) AS wanted CROSS JOIN text_data AS leaf ON leaf.id = wanted.value',
    );
    this.#leaves.setReturnArrays(true);
    this.#segments = new Segments(db);
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
    this.#segments.refresh();
    const segments = this.#segments.present;
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
    const ranges = group.map((segment) => {
      const from = segment.firstPage(wanted);
      const after = segment.pageAfter(wanted);
      // Pages between begin with no term: the doclist before them runs through to where the next term begins.
      return { segment, from, to: after > from + 1 ? after : from };
    });
    const pages = this.#read(ranges);
    const scans = pages.map((each) => new TermScan(wanted, each, false));
    // Of the terms that start with the word, the word itself is the first.
    const isThere = scans.map((scan) => scan.next() && scan.termLength === wanted.length);
    const further = this.#read(
      ranges.map(({ segment, to }, at) => ({
        segment,
        from: to + 1,
        to: isThere[at] && scans[at]?.isCut ? segment.pageAfter(wanted) : to,
      })),
    );
    for (const [at, scan] of scans.entries()) scan.append(further[at] ?? []);
    return scans.map((scan, at) => (isThere[at] ? scan.doclist() : undefined));
  }

  /** Opens `postings` on the doclist of each word that starts with `prefix`, segment by segment, and calls `visit`. */
  prefixLists(group: SegmentGroup, prefix: string, postings: Postings, visit: () => void): void {
    this.#scan(group, prefix, false, (scan) => {
      while (scan.next()) {
        scan.open(postings);
        visit();
      }
    });
  }

  /**
   * Calls `visit` with each word of so many bytes that starts with `prefix`, segment by segment, in order; `list` gives
   * its doclist.
   */
  words(
    group: SegmentGroup,
    { prefix, minBytes, maxBytes }: { prefix: string; minBytes: number; maxBytes: number },
    visit: (word: string, list: () => Doclist) => void,
  ): void {
    const least = minBytes + wordByte.length;
    const most = maxBytes + wordByte.length;
    this.#scan(group, prefix, true, (scan) => {
      const list = (): Doclist => scan.doclist();
      while (scan.next())
        if (scan.termLength >= least && scan.termLength <= most) visit(scan.text(wordByte.length), list);
    });
  }

  #scan(group: SegmentGroup, prefix: string, keepsText: boolean, visit: (scan: TermScan) => void): void {
    const wanted = Buffer.from(wordByte + prefix);
    const beyond = Buffer.concat([wanted, lastByte]);
    const ranges = group.map((segment) => ({
      segment,
      from: segment.firstPage(wanted),
      to: segment.pageAfter(beyond),
    }));
    for (const pages of this.#read(ranges)) visit(new TermScan(wanted, pages, keepsText));
  }

  /** The pages of each range. */
  #read(ranges: readonly PageRange[]): Uint8Array[][] {
    const ids: number[] = [];
    for (const { segment, from, to } of ranges)
      for (let page = from; page <= to; page++) ids.push(segment.rowid(page));
    const leaves = ids.length === 0 ? [] : this.#readLeaves(ids);
    let at = 0;
    return ranges.map(({ from, to }) => {
      const start = at;
      at += Math.max(0, to - from + 1);
      return leaves.slice(start, at);
    });
  }

  #readLeaves(ids: readonly number[]): Uint8Array[] {
    const rows = this.#leaves.all(JSON.stringify(ids)) as unknown as [Uint8Array][];
    return rows.map(([block]) => block);
  }
}
