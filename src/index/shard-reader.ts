/** A shard as its readers see it: rows of hits, raw bytes from the spool, words. */
import { statSync } from 'node:fs';
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { openForReading } from '../store/open-database.js';
import { type NumberedFeatures, parseFeatures } from '../thread/pack.js';
import { FullText } from './postings/full-text.js';
import { shardPath, spoolPath } from './shard.js';
import { SpoolReader } from './spool.js';

/** What a list of hits shows of a message, without reading the message. */
export interface DocRow {
  readonly number: number;
  readonly sentAt: number | undefined;
  readonly size: number;
  readonly fromName: string;
  readonly fromAddr: string;
  readonly subject: string;
  readonly messageId: string;
  readonly attachments: number;
  readonly defects: number;
}

export class ShardReader {
  readonly db: DatabaseSync;
  readonly text: FullText;
  readonly name: string;
  /** Highest number whose columns were loaded, and the batches up to it. */
  loadedTo = 0;
  loadedBatches = 0;
  readonly #dir: string;
  readonly #file: number;
  /** Prepared once: preparing costs more than running them. */
  readonly #findRow: StatementSync;
  readonly #findSpooled: StatementSync;
  readonly #version: StatementSync;
  #seenVersion = -1;
  #spool: SpoolReader | undefined;

  private constructor(dir: string, name: string, db: DatabaseSync) {
    this.#dir = dir;
    this.name = name;
    this.db = db;
    this.text = new FullText(db);
    this.#file = fileNumber(shardPath(dir, name));
    this.#findRow = db.prepare(
      'SELECT sent_at, size, name, addr, subject, msgid, attachments, defects FROM doc LEFT JOIN mailbox ON mailbox.id = doc.sender WHERE number = ?',
    );
    this.#findRow.setReturnArrays(true);
    this.#version = db.prepare('PRAGMA data_version');
    this.#findSpooled = db.prepare('SELECT * FROM spooled WHERE number = ?');
  }

  static open(dir: string, name: string): ShardReader {
    const db = openForReading(shardPath(dir, name));
    db.exec('PRAGMA cache_size = -16000; PRAGMA mmap_size = 1073741824');
    return new ShardReader(dir, name, db);
  }

  close(): void {
    this.db.close();
    this.#spool?.close();
  }

  /** A reindex put another file, or none, in its place. */
  get isReplaced(): boolean {
    return fileNumber(shardPath(this.#dir, this.name)) !== this.#file;
  }

  /** Whether something was committed since the last call. */
  hasCommits(): boolean {
    const version = Number(this.#version.get()?.data_version);
    const changed = version !== this.#seenVersion;
    this.#seenVersion = version;
    return changed;
  }

  /** Batches with numbers up to `number`: there are more of them once a resumed receive made good what lay before. */
  batchesTo(number: number): number {
    return Number(this.db.prepare('SELECT count(*) n FROM batch WHERE first <= ?').get(number)?.n);
  }

  attachmentCount(): number {
    return Number(this.db.prepare('SELECT count(*) n FROM attachment').get()?.n);
  }

  findRow(number: number): DocRow | undefined {
    const row = this.#findRow.get(number) as unknown as SQLOutputValue[] | undefined;
    if (row === undefined) return undefined;
    const [sentAt, size, fromName, fromAddr, subject, messageId, attachments, defects] = row;
    return {
      number,
      sentAt: sentAt === null ? undefined : Number(sentAt),
      size: Number(size),
      fromName: String(fromName ?? ''),
      fromAddr: String(fromAddr ?? ''),
      subject: String(subject),
      messageId: String(messageId),
      attachments: Number(attachments),
      defects: Number(defects),
    };
  }

  /** Raw bytes from the spool; undefined where the message was not spooled or the spool is damaged: it is only a cache. */
  findSpooled(number: number): Buffer | undefined {
    const row = this.#findSpooled.get(number);
    if (row === undefined) return undefined;
    try {
      this.#spool ??= new SpoolReader(spoolPath(this.#dir, this.name));
      return this.#spool.read(
        Number(row.frame),
        Number(row.frame_length),
        Number(row.offset),
        Number(row.length),
      );
    } catch {
      return undefined;
    }
  }

  /**
   * What threading needs of these messages, found batch by batch. A message lies in the last batch that begins at or
   * before it, except where a resumed receive made good lower numbers later.
   */
  features(numbers: readonly number[]): NumberedFeatures[] {
    const missing = new Set(numbers);
    const found: NumberedFeatures[] = [];
    const firsts = this.db.prepare('SELECT first FROM batch ORDER BY first DESC').all();
    const batches = firsts.map(({ first }) => ({ first: Number(first), isRead: false }));
    const read = this.db.prepare('SELECT features FROM batch WHERE first = ?');
    for (const number of numbers) {
      for (const batch of batches) {
        if (!missing.has(number)) break;
        if (batch.isRead || batch.first > number) continue;
        batch.isRead = true;
        for (const entry of parseFeatures(read.get(batch.first)?.features as Uint8Array, missing)) {
          found.push(entry);
          missing.delete(entry.number);
        }
      }
    }
    return found;
  }
}

/** 0 where there is no file. */
export function fileNumber(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? 0;
}
