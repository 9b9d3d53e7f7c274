/**
 * The segments of an FTS5 table, and where in each a term is to be looked for. Segments are listed in the structure
 * record, row 10 of the data table (ext/fts5/fts5_index.c, "STRUCTURE RECORD"), in variable-length integers:
 *
 *   00 00 00 07    cookie, four bytes
 *   02 03 8b 10    levels, segments, writes so far
 *   00 02          of each level: segments that are being merged, segments of it;
 *   01 01 81 30    of each of those: number, first page, last page
 *   …
 *
 * The first term of each leaf page is in text_idx (often only as much of it as tells it from the term before).
 */
import type { DatabaseSync } from 'node:sqlite';

/** A leaf's rowid is its segment's number times this, plus the number of its page. */
const segmentSpan = 2 ** 37;
const cookieBytes = 4;

export class Segment {
  readonly #id: number;
  readonly #lastPage: number;
  /** First terms of leaves, one after another; where each starts; the page it is on. */
  readonly #terms: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #pages: Uint32Array;

  constructor(id: number, lastPage: number, terms: Uint8Array, starts: Uint32Array, pages: Uint32Array) {
    this.#id = id;
    this.#lastPage = lastPage;
    this.#terms = terms;
    this.#starts = starts;
    this.#pages = pages;
  }

  rowid(page: number): number {
    return this.#id * segmentSpan + page;
  }

  /** The page where terms from `term` on begin: the last that begins with a term at or before it. */
  firstPage(term: Uint8Array): number {
    return this.#pages[Math.max(0, this.#place(term) - 1)] ?? this.#lastPage;
  }

  /** The first page that begins with a term after `term`: what there is of it ends there at the latest. */
  pageAfter(term: Uint8Array): number {
    return this.#pages[this.#place(term)] ?? this.#lastPage;
  }

  /** How many leaves begin with a term at or before `term`. */
  #place(term: Uint8Array): number {
    let low = 0;
    let high = this.#pages.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(middle, term) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** As bytes: below 0 where the first term of the leaf comes before `term`. */
  #compare(leaf: number, term: Uint8Array): number {
    const terms = this.#terms;
    const start = this.#starts[leaf] ?? 0;
    const length = (this.#starts[leaf + 1] ?? start) - start;
    for (let i = 0; i < length && i < term.length; i++) {
      const difference = (terms[start + i] ?? 0) - (term[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return length - term.length;
  }
}

interface Listed {
  readonly id: number;
  readonly lastPage: number;
}

/** The segments of one shard, followed while it is written. */
export class Segments {
  readonly #db: DatabaseSync;
  #levels: readonly (readonly Listed[])[] = [];
  readonly #known = new Map<number, Segment>();
  #present: readonly Segment[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get present(): readonly Segment[] {
    return this.#present;
  }

  /** Reads what is new of them. Called inside a transaction, when something was committed. */
  refresh(): void {
    const levels = this.#readStructure();
    // A number is given again once its segment was merged away: then a higher level has changed too.
    if (!isGrown(this.#levels, levels)) this.#known.clear();
    this.#levels = levels;
    const listed = levels.flat();
    this.#load(listed.filter(({ id }) => !this.#known.has(id)));
    this.#present = listed.flatMap(({ id }) => this.#known.get(id) ?? []);
  }

  #readStructure(): Listed[][] {
    const record = this.#db.prepare('SELECT block FROM text_data WHERE id = 10').get()?.block;
    return record instanceof Uint8Array ? parseStructure(record) : [];
  }

  #load(listed: readonly Listed[]): void {
    const lastPages = new Map(listed.map(({ id, lastPage }) => [id, lastPage]));
    // The lowest bit of pgno is a flag. As text, blobs keep their bytes.
    const rows = this.#db
      .prepare(`SELECT segid, CAST(group_concat(term, '') AS BLOB) terms, json_group_array(length(term)) lengths,
        json_group_array(pgno >> 1) pages FROM (SELECT * FROM text_idx WHERE segid IN (SELECT value FROM json_each(?))
        ORDER BY segid, term) GROUP BY segid`)
      .all(JSON.stringify([...lastPages.keys()]));
    for (const { segid, terms, lengths, pages } of rows) {
      const id = Number(segid);
      const starts = startsOf(JSON.parse(String(lengths)) as number[]);
      this.#known.set(
        id,
        new Segment(
          id,
          lastPages.get(id) ?? 0,
          terms instanceof Uint8Array ? terms : new Uint8Array(0),
          starts,
          Uint32Array.from(JSON.parse(String(pages)) as number[]),
        ),
      );
    }
  }
}

function startsOf(lengths: readonly number[]): Uint32Array {
  const starts = new Uint32Array(lengths.length + 1);
  for (const [i, length] of lengths.entries()) starts[i + 1] = (starts[i] ?? 0) + length;
  return starts;
}

/** Whether segments were only added, at the lowest level. */
function isGrown(before: readonly (readonly Listed[])[], after: readonly (readonly Listed[])[]): boolean {
  return before.every((level, at) => {
    const now = after[at] ?? [];
    const isSame = level.every(({ id, lastPage }, i) => now[i]?.id === id && now[i]?.lastPage === lastPage);
    return isSame && (at === 0 || now.length === level.length);
  });
}

/** Levels, the lowest first, each with its segments in the order in which they were written. */
export function parseStructure(record: Uint8Array): Listed[][] {
  let at = cookieBytes;
  const varint = (): number => {
    let value = 0;
    for (;;) {
      const byte = record[at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
  };
  const levels: Listed[][] = [];
  const count = varint();
  // Segments in all, and writes: not needed.
  varint();
  varint();
  for (let level = 0; level < count && at < record.length; level++) {
    varint();
    const segments: Listed[] = [];
    for (let left = varint(); left > 0 && at < record.length; left--) {
      const id = varint();
      varint();
      segments.push({ id, lastPage: varint() });
    }
    levels.push(segments);
  }
  return levels;
}
