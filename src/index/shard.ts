/**
 * A shard: one SQLite file with the full text and rows of some of the messages, written by one indexing
 * thread, read by anyone. A shard is sealed when it holds `sealAtMessages`, so that no file, merge or
 * dictionary grows with the trove.
 */
import { closeSync, fdatasyncSync, fstatSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { constants as zlib, zstdCompressSync } from 'node:zlib';
import type { Mailbox } from '../message/message.js';
import type { DirectoryEntry } from '../people/directory-name.js';
import { openOrMake } from '../store/open-database.js';
import { packageRoot } from '../store/package-root.js';
import { formatFeatures, type NumberedFeatures } from '../thread/pack.js';
import type { IndexedDocument } from './document.js';

/** Messages after which a shard takes no more. */
export const sealAtMessages = 250_000;
/**
 * Bytes of postings that FTS5 gathers before it writes a segment. What fits into the processor's own cache is
 * gathered a quarter faster than what does not; the price is more segments, which cost a query a few microseconds
 * each, and disk, since each has a dictionary of its own (2 MiB: 2 % more).
 */
const ftsHashBytes = 3 * 1024 * 1024;
/** Segments of one level at which FTS5 merges them after all: far below its limit of 2,000. */
const ftsCrisisSegments = 400;
/** Raw bytes packed into one frame of the spool: small enough to unpack one message in well under a millisecond. */
const spoolFrameBytes = 192 * 1024;
/** Bytes by which a zstd frame can be longer than what is in it, so that one buffer takes all of it (ZSTD_compressBound). */
const packedOverhead = 4 * 1024;
/** Longer display names and addr-specs are cut in lists and facets; the message itself shows them whole. */
const maxNameCharacters = 200;
const maxAddrCharacters = 320;

export const shardPath = (dir: string, shard: string): string => join(dir, `${shard}.db`);
export const spoolPath = (dir: string, shard: string): string => join(dir, `${shard}.raw`);

/** Names of the shards in an index directory, in order. `w1-003` is the fourth shard of indexing thread 1. */
export function listShards(dir: string): string[] {
  return readdirSync(dir)
    .filter((file) => /^w\d+-\d+\.db$/.test(file))
    .map((file) => file.slice(0, -'.db'.length))
    .sort();
}

interface Spooled {
  readonly number: number;
  readonly offset: number;
  readonly length: number;
}

export class ShardWriter {
  messages: number;
  readonly #db: DatabaseSync;
  readonly #insertText: StatementSync;
  readonly #insertDoc: StatementSync;
  readonly #insertMailbox: StatementSync;
  readonly #insertAttachment: StatementSync;
  readonly #insertDirectory: StatementSync;
  readonly #insertSpooled: StatementSync;
  readonly #insertBatch: StatementSync;
  /** By addr-spec and display name. */
  readonly #mailboxes = new Map<string, number>();
  readonly #directory = new Map<number, DirectoryEntry>();
  readonly #folders = new Map<string, number>();
  readonly #spool: number;
  #spoolSize: number;
  /** Raw bytes that wait to be packed; used again for the next frame. */
  #frame = Buffer.allocUnsafeSlow(2 * spoolFrameBytes);
  #frameMessages: Spooled[] = [];
  #frameSize = 0;

  constructor(dir: string, shard: string) {
    // Before the shard, whose making puts both names on disk: a row must not outlive the file that it points into.
    this.#spool = openSync(spoolPath(dir, shard), 'a');
    this.#spoolSize = fstatSync(this.#spool).size;
    this.#db = openOrMake(shardPath(dir, shard), makeTables);
    this.#db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4000;
      PRAGMA wal_autocheckpoint = 4000; PRAGMA busy_timeout = 10000`);
    this.#insertText = this.#db.prepare(
      'INSERT INTO text (rowid, sender, recipient, copied, subject, own, quoted, filename) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#insertDoc = this.#db.prepare('INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#insertMailbox = this.#db.prepare('INSERT INTO mailbox (id, name, addr) VALUES (?, ?, ?)');
    this.#insertAttachment = this.#db.prepare('INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#insertDirectory = this.#db.prepare('INSERT OR IGNORE INTO directory VALUES (?, ?, ?)');
    this.#insertSpooled = this.#db.prepare('INSERT INTO spooled VALUES (?, ?, ?, ?, ?)');
    this.#insertBatch = this.#db.prepare('INSERT INTO batch VALUES (?, ?)');
    for (const row of this.#db.prepare('SELECT id, name, addr FROM mailbox').iterate())
      this.#mailboxes.set(mailboxKey(String(row.addr), String(row.name)), Number(row.id));
    for (const row of this.#db.prepare('SELECT id, name FROM folder').all())
      this.#folders.set(String(row.name), Number(row.id));
    this.messages = Number(this.#db.prepare('SELECT count(*) AS n FROM doc').get()?.n);
    this.#db.exec('BEGIN');
  }

  add(number: number, document: IndexedDocument): void {
    this.#insertText.run(number, ...document.columns);
    const recipients = document.recipients.map((mailbox) => this.#mailboxId(mailbox));
    const sender = document.sender === undefined ? null : this.#mailboxId(document.sender);
    if (sender !== null && document.directory !== undefined) this.#addDirectory(sender, document.directory);
    this.#insertDoc.run(
      number,
      document.sentAt,
      document.size,
      sender,
      formatIds(recipients),
      document.subject,
      document.messageId,
      document.attachments.length,
      document.defects,
      document.folders.length === 0 ? null : formatIds(document.folders.map((name) => this.#folderId(name))),
    );
    for (const attachment of document.attachments) {
      const { entity, name, mediaType, size, sha256 } = attachment;
      this.#insertAttachment.run(
        number,
        entity,
        name,
        mediaType,
        size,
        Buffer.from(sha256, 'hex'),
        attachment.contentId !== '' && attachment.disposition !== 'attachment' ? 1 : 0,
      );
    }
    this.messages += 1;
  }

  /** Keeps raw bytes for reading back quickly. They are copied. */
  spool(number: number, raw: Buffer): void {
    if (raw.length > this.#frame.length - this.#frameSize) this.#writeFrame();
    this.#frameMessages.push({ number, offset: this.#frameSize, length: raw.length });
    if (raw.length > this.#frame.length) {
      this.#packFrame(raw);
      return;
    }
    raw.copy(this.#frame, this.#frameSize);
    this.#frameSize += raw.length;
    if (this.#frameSize >= spoolFrameBytes) this.#writeFrame();
  }

  #writeFrame(): void {
    if (this.#frameMessages.length > 0) this.#packFrame(this.#frame.subarray(0, this.#frameSize));
  }

  #packFrame(raw: Buffer): void {
    const bytes = zstdCompressSync(raw, {
      chunkSize: raw.length + packedOverhead,
      params: { [zlib.ZSTD_c_compressionLevel]: 1 },
    });
    const packed = bytes.length;
    writeSync(this.#spool, bytes);
    // As garbage it would wait until V8 sees a need, tens of megabytes later.
    const memory = bytes.buffer;
    if (memory instanceof ArrayBuffer && memory.byteLength >= spoolFrameBytes) memory.transfer(0);
    for (const { number, offset, length } of this.#frameMessages) {
      this.#insertSpooled.run(number, this.#spoolSize, packed, offset, length);
    }
    this.#spoolSize += packed;
    this.#frameMessages = [];
    this.#frameSize = 0;
  }

  /** Ends a batch: its features become one row. Buffers given to `spool` may be reused afterwards. */
  endBatch(features: readonly NumberedFeatures[]): void {
    this.#writeFrame();
    const first = features[0];
    if (first !== undefined) this.#insertBatch.run(first.number, formatFeatures(features));
  }

  commit(): void {
    // A row must not outlive, through power loss, the bytes that it points at.
    fdatasyncSync(this.#spool);
    this.#db.exec('COMMIT; BEGIN');
  }

  close(): void {
    this.#db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
    this.#db.close();
    closeSync(this.#spool);
  }

  #folderId(name: string): number {
    const known = this.#folders.get(name);
    if (known !== undefined) return known;
    const id = this.#folders.size + 1;
    this.#db.prepare('INSERT INTO folder VALUES (?, ?)').run(id, name);
    this.#folders.set(ownCopy(name), id);
    return id;
  }

  #mailboxId(mailbox: Mailbox): number {
    const name = mailbox.displayName.slice(0, maxNameCharacters);
    const addr = mailbox.addrSpec.slice(0, maxAddrCharacters);
    const key = mailboxKey(addr, name);
    const known = this.#mailboxes.get(key);
    if (known !== undefined) return known;
    const id = this.#mailboxes.size + 1;
    this.#insertMailbox.run(id, name, addr);
    this.#mailboxes.set(ownCopy(key), id);
    return id;
  }

  /** Most messages of a mailbox say the same: the last that was written is remembered. */
  #addDirectory(mailbox: number, { name, dn }: DirectoryEntry): void {
    const known = this.#directory.get(mailbox);
    if (known !== undefined && known.name === name && known.dn === dn) return;
    const entry = { name: ownCopy(name), dn: ownCopy(dn) };
    this.#directory.set(mailbox, entry);
    this.#insertDirectory.run(mailbox, entry.name, entry.dn);
  }
}

function makeTables(db: DatabaseSync): void {
  const schema = readFileSync(join(packageRoot, 'src', 'index', 'schema.sql'), 'utf8');
  db.exec(`BEGIN; ${schema}; INSERT INTO text (text, rank) VALUES ('hashsize', ${ftsHashBytes});
    INSERT INTO text (text, rank) VALUES ('automerge', 0); INSERT INTO text (text, rank) VALUES ('crisismerge', ${ftsCrisisSegments}); COMMIT`);
}

/** A line feed can be in neither: header fields are unfolded. */
const mailboxKey = (addr: string, name: string): string => `${addr}\n${name}`;

/** A string cut from a header section keeps all of it alive: a dictionary would hold every header ever read. */
const ownCopy = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Unsigned LEB128, one after another. */
export function formatIds(ids: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (let id of ids) {
    while (id > 0x7f) {
      bytes.push((id & 0x7f) | 0x80);
      id >>>= 7;
    }
    bytes.push(id);
  }
  return Uint8Array.from(bytes);
}

export function parseIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let id = 0;
  let shift = 0;
  for (const byte of bytes) {
    id |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte < 0x80) {
      ids.push(id);
      id = 0;
      shift = 0;
    }
  }
  return ids;
}
