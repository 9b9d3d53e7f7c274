/**
 * Containers as the catalog's one writer sees them: a row for each, and what became of the things in it.
 * The sums of an open container are in memory and written with each commit; received = parsed + duplicate + failed.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Container, MboxVariant } from '../receive/source.js';

interface Tally {
  received: number;
  parsed: number;
  duplicate: number;
  failed: number;
  other: number;
}

interface OpenContainer {
  readonly row: number;
  readonly tally: Tally;
  changed: boolean;
}

/** The outcomes that are counted. */
type Counted = 'parsed' | 'duplicate' | 'failed';

export class Containers {
  readonly #db: DatabaseSync;
  readonly #updateTally: StatementSync;
  /** By ordinal: the order in which the walk announced them. */
  readonly #open = new Map<number, OpenContainer>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#updateTally = db.prepare(
      'UPDATE container SET received = ?, parsed = ?, duplicate = ?, failed = ?, other = ? WHERE id = ?',
    );
  }

  add(accession: number, container: Container): void {
    const result = this.#db
      .prepare(
        'INSERT INTO container (accession, ordinal, parent, kind, path, compressions, folder) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        accession,
        container.index,
        container.parent < 0 ? null : this.#parentRow(accession, container.parent),
        container.kind,
        container.path,
        container.compressions.join(' '),
        container.folder,
      );
    const tally = { received: 0, parsed: 0, duplicate: 0, failed: 0, other: 0 };
    this.#open.set(container.index, { row: Number(result.lastInsertRowid), tally, changed: false });
  }

  #parentRow(accession: number, ordinal: number): number {
    return this.#open.get(ordinal)?.row ?? Number(this.#stored(accession, ordinal)?.id);
  }

  #stored(accession: number, ordinal: number) {
    return this.#db
      .prepare('SELECT * FROM container WHERE accession = ? AND ordinal = ?')
      .get(accession, ordinal);
  }

  /** Takes up a container that a former run began. */
  resume(accession: number, ordinal: number): void {
    const row = this.#stored(accession, ordinal);
    if (row === undefined)
      throw new Error(`container ${ordinal} of accession ${accession} is not in the catalog`);
    const tally = {
      received: Number(row.received),
      parsed: Number(row.parsed),
      duplicate: Number(row.duplicate),
      failed: Number(row.failed),
      other: Number(row.other),
    };
    this.#open.set(ordinal, { row: Number(row.id), tally, changed: false });
  }

  end(ordinal: number, variant: MboxVariant | undefined, bytes: number): void {
    const container = this.#get(ordinal);
    this.#write(container);
    this.#db
      .prepare('UPDATE container SET variant = ?, bytes = ? WHERE id = ?')
      .run(variant ?? null, bytes, container.row);
    this.#open.delete(ordinal);
  }

  /** Counts one thing that was received, and returns the container's row. */
  count(ordinal: number, outcome: Counted): number {
    const container = this.#get(ordinal);
    container.tally.received += 1;
    container.tally[outcome] += 1;
    container.changed = true;
    return container.row;
  }

  /** Counts one file that is no mail, and returns the container's row. */
  countOther(ordinal: number): number {
    const container = this.#get(ordinal);
    container.tally.other += 1;
    container.changed = true;
    return container.row;
  }

  /** An outcome turned out to be another one; `row` may be a container that ended long ago. */
  recount(row: number, from: Counted, to: Counted): void {
    const open = [...this.#open.values()].find((container) => container.row === row);
    if (open === undefined) {
      this.#db.prepare(`UPDATE container SET ${from} = ${from} - 1, ${to} = ${to} + 1 WHERE id = ?`).run(row);
      return;
    }
    open.tally[from] -= 1;
    open.tally[to] += 1;
    open.changed = true;
  }

  /** Before a commit. */
  writeAll(): void {
    for (const container of this.#open.values()) this.#write(container);
  }

  /** An accession ended, or what was not committed is dropped. */
  closeAll(): void {
    this.#open.clear();
  }

  #get(ordinal: number): OpenContainer {
    const container = this.#open.get(ordinal);
    if (container === undefined)
      throw new Error(`the walk used container ${ordinal} before announcing it or after its end`);
    return container;
  }

  #write(container: OpenContainer): void {
    if (!container.changed) return;
    const { received, parsed, duplicate, failed, other } = container.tally;
    this.#updateTally.run(received, parsed, duplicate, failed, other, container.row);
    container.changed = false;
  }
}
