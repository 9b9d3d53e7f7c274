/**
 * The messages of a result in one of the forms of formats.ts, as a stream: one message at a time is in memory, however
 * many there are. A message whose bytes cannot be had is told to the caller, and the rest goes on.
 */
import { OperatorError } from '../errors.js';
import type { Query } from '../index/query/query.js';
import type { Mailbox } from '../message/message.js';
import type { Archive, ArchivedMessage } from '../read/archive.js';
import { readRaw } from '../read/raw.js';
import type { MessageRow } from '../store/catalog-reader.js';
import { tagsOn } from '../store/desk/tags.js';
import type { Desk } from '../store/desk.js';
import { byteOrderMark, csvLine } from './csv.js';
import { type EmlFile, emlZip, type NotExported } from './eml-zip.js';
import { deskFacts, messageFacts } from './facts.js';
import type { ExportFormat } from './formats.js';
import { fitsMbox, mboxEntry } from './mboxrd.js';

export interface ExportHooks {
  /** Called after each message. */
  onMessage?(done: number, total: number, bytes: number): void;
  /** A message that is left out, or that comes out with other bytes, and why. */
  onProblem?(problem: NotExported): void;
}

/** Bytes of text that are sent at a time. */
const chunkCharacters = 32 * 1024;

/** In the order in which messages were received. Ends early where the caller stops asking. */
export function exportResult(
  archive: Archive,
  desk: Desk,
  query: Query,
  format: ExportFormat,
  hooks: ExportHooks = {},
): AsyncGenerator<Uint8Array> {
  const result = new Result(archive, query, hooks);
  switch (format) {
    case 'csv':
      return result.text(csvHeading, (message) => csvOf(message, desk));
    case 'jsonl':
      return result.text(
        '',
        (message) => `${JSON.stringify({ ...messageFacts(message), ...deskFacts(desk, message.sha256) })}\n`,
      );
    case 'mbox':
      return result.mbox();
    case 'eml-zip':
      return emlZip(result.files(), result.missing);
  }
}

class Result {
  readonly missing: NotExported[] = [];
  readonly #archive: Archive;
  readonly #numbers: readonly number[];
  readonly #hooks: ExportHooks;

  constructor(archive: Archive, query: Query, hooks: ExportHooks) {
    this.#archive = archive;
    this.#numbers = archive.index.evaluate(query).toArray();
    this.#hooks = hooks;
  }

  async *text(heading: string, lineOf: (message: ArchivedMessage) => string): AsyncGenerator<Uint8Array> {
    let pending = heading;
    for await (const message of this.#each((row) => this.#archive.read(row))) {
      pending += lineOf(message);
      if (pending.length < chunkCharacters) continue;
      yield Buffer.from(pending);
      pending = '';
    }
    if (pending !== '') yield Buffer.from(pending);
  }

  async *mbox(): AsyncGenerator<Uint8Array> {
    for await (const { number, sha256, raw } of this.files()) {
      if (!fitsMbox(raw))
        this.#hooks.onProblem?.({
          number,
          sha256,
          reason: 'ends without a line end; an mbox gives it one, which changes its SHA-256',
        });
      yield mboxEntry(raw);
    }
  }

  files(): AsyncGenerator<EmlFile> {
    const { index, trove } = this.#archive;
    return this.#each(async (row) => ({
      number: row.number,
      sha256: row.sha256,
      sentAt: index.findRow(row.number)?.sentAt,
      raw: await readRaw(trove, index, row),
    }));
  }

  async *#each<T>(read: (row: MessageRow) => Promise<T>): AsyncGenerator<T> {
    let bytes = 0;
    for (const [at, number] of this.#numbers.entries()) {
      const row = this.#archive.index.catalog.findMessage(number);
      if (row === undefined) continue;
      const found = await read(row).catch((error: unknown) => {
        if (!(error instanceof OperatorError)) throw error;
        return this.#leaveOut({ number, sha256: row.sha256, reason: error.message });
      });
      bytes += row.size;
      if (found !== undefined) yield found;
      this.#hooks.onMessage?.(at + 1, this.#numbers.length, bytes);
    }
  }

  #leaveOut(problem: NotExported): undefined {
    this.missing.push(problem);
    this.#hooks.onProblem?.(problem);
    return undefined;
  }
}

const csvHeading =
  byteOrderMark +
  csvLine([
    ...['number', 'sha256', 'date', 'from_name', 'from_address', 'to', 'cc', 'subject', 'message_id'],
    ...['thread', 'bytes', 'attachments', 'folders', 'tags'],
  ]);

function csvOf(
  { number, sha256, message, thread, attachments, occurrences }: ArchivedMessage,
  desk: Desk,
): string {
  const [from] = message.from;
  const folders = new Set(occurrences.flatMap(({ folder }) => (folder === undefined ? [] : [folder])));
  return csvLine([
    number,
    sha256,
    message.date === undefined ? '' : new Date(message.date.time).toISOString(),
    from?.displayName,
    from?.addrSpec,
    addresses(message.to),
    addresses(message.cc),
    message.subject,
    message.messageId,
    thread,
    message.size,
    attachments.map(({ name, mediaType }) => name || mediaType).join('; '),
    [...folders].join('; '),
    desk
      .read((db) => tagsOn(db, sha256), [])
      .map(({ name }) => name)
      .join('; '),
  ]);
}

const addresses = (mailboxes: readonly Mailbox[]): string =>
  mailboxes.map(({ addrSpec }) => addrSpec).join('; ');
