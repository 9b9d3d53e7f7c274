/**
 * One pass of the rules over messages that they have not read: header fields, text, HTML where it says more, file names,
 * and the text of attachments (`impart extract` first). It may be stopped at any time and goes on where it was.
 */
import { OperatorError } from '../errors.js';
import { decodeEntityText } from '../message/body.js';
import { decodeEncodedWords } from '../message/encoded-word.js';
import type { Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { bodyEntities, readableText } from '../message/readable.js';
import { htmlToText } from '../message/text/html-text.js';
import { Archive } from '../read/archive.js';
import { passageText } from '../read/passage.js';
import { readRaw } from '../read/raw.js';
import { rules } from '../redact/rules/all.js';
import type { RuleContext } from '../redact/rules/rule.js';
import type { MessageRow } from '../store/catalog-reader.js';
import { lockTrove, type Trove } from '../store/trove.js';
import { CandidateStore, type FoundPlace } from './candidate-store.js';

export interface ScanProgress {
  readonly done: number;
  readonly total: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Messages that could not be read. */
  readonly failed: number;
  /** Places found in this run. */
  readonly found: number;
}

export interface ScanOptions {
  readonly regions: readonly string[];
  readonly onProgress?: (progress: ScanProgress) => void;
  readonly onFailure?: (number: number, error: OperatorError) => void;
  /** Ends the pass after the message that is being read. */
  readonly signal?: AbortSignal;
}

/** Messages of one transaction: half a second of work that a kill costs. */
const batchMessages = 500;
/** Characters of context kept on either side of a place. */
const contextCharacters = 60;

/** Throws OperatorError `trove-locked` while another pass runs. */
export async function scanCandidates(trove: Trove, options: ScanOptions): Promise<ScanProgress> {
  const unlock = lockTrove(trove, 'candidates.lock');
  const store = new CandidateStore(trove, options.regions);
  const archive = new Archive(trove);
  try {
    const messages = await scanMessages(archive, store, options);
    const found = options.signal?.aborted === true ? 0 : scanAttachments(archive, store, options);
    return { ...messages, found: messages.found + found };
  } finally {
    archive.close();
    store.close();
    unlock();
  }
}

async function scanMessages(
  archive: Archive,
  store: CandidateStore,
  options: ScanOptions,
): Promise<ScanProgress> {
  const { catalog } = archive.index;
  const first = store.last + 1;
  const count = catalog.messageCount();
  const bytesTotal = catalog.totals().bytes;
  let progress: ScanProgress = {
    done: 0,
    total: Math.max(0, count - first + 1),
    bytesDone: 0,
    bytesTotal,
    failed: 0,
    found: 0,
  };
  let batch: FoundPlace[] = [];
  for (let number = first; number <= count && options.signal?.aborted !== true; number++) {
    const row = catalog.findMessage(number);
    const places = row === undefined ? [] : await placesOf(archive, row, options);
    for (const place of places ?? []) batch.push(place);
    progress = {
      ...progress,
      done: progress.done + 1,
      bytesDone: progress.bytesDone + (row?.size ?? 0),
      failed: progress.failed + (places === undefined ? 1 : 0),
      found: progress.found + (places?.length ?? 0),
    };
    if (progress.done % batchMessages !== 0 && number !== count) continue;
    store.save(batch, number, []);
    batch = [];
    options.onProgress?.(progress);
  }
  // Stopped between two batches: what the unfinished one found is found again.
  return progress;
}

/** undefined where the message cannot be read; it is told, and the pass goes on. */
async function placesOf(
  archive: Archive,
  row: MessageRow,
  options: ScanOptions,
): Promise<FoundPlace[] | undefined> {
  try {
    const message = parseMessage(await readRaw(archive.trove, archive.index, row));
    return Array.from(scanMessage(message, row.number, options));
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    options.onFailure?.(row.number, error);
    return undefined;
  }
}

/** All that the rules find in one message, its attachments' content left out. */
export function* scanMessage(message: Message, number: number, context: RuleContext): Generator<FoundPlace> {
  for (const { part, text } of textsOf(message)) yield* scanText(text, part, number, context);
}

/** Fields in which what has an @ is an id. */
const idFields =
  /^(?:message-id|in-reply-to|references|content-id|x-.*message-?id|dkim-signature|domainkey-signature|arc-.*)$/i;

function* textsOf(message: Message): Generator<{ part: string; text: string }> {
  for (const { name, body } of message.fields)
    if (!idFields.test(name)) yield { part: `field ${name}`, text: decodeEncodedWords(body).text };
  const readable = readableText(message);
  yield { part: 'text', text: passageText(readable) };
  const shown = new Set(bodyEntities(message));
  for (const [index, entity] of message.entities.entries()) {
    if (entity.filename !== '') yield { part: 'file name', text: entity.filename };
    // Text that is only in an alternative beside the one that is read.
    const isAside = !shown.has(index) && entity.filename === '' && entity.disposition !== 'attachment';
    if (isAside && entity.mediaType === 'text/html')
      yield { part: 'html', text: htmlToText(decodeEntityText(entity).text) };
    if (isAside && entity.mediaType === 'text/plain')
      yield { part: 'other text', text: decodeEntityText(entity).text };
  }
}

function* scanText(text: string, part: string, number: number, context: RuleContext): Generator<FoundPlace> {
  for (const { name, find } of rules) {
    for (const { start, end, value } of find(text, context)) {
      yield {
        rule: name,
        value: value.toWellFormed().replaceAll('\0', ''),
        number,
        part,
        start,
        before: text.slice(Math.max(0, start - contextCharacters), start).toWellFormed(),
        exact: text.slice(start, end).toWellFormed().replaceAll('\0', ''),
        after: text.slice(end, end + contextCharacters).toWellFormed(),
      };
    }
  }
}

/** Pieces of an attachment read at a time. */
const piecesAtOnce = 50;

/** What `impart extract` read out of attachments. A file that is attached to many messages is read once, and all bear it. */
function scanAttachments(archive: Archive, store: CandidateStore, options: ScanOptions): number {
  const { attachments } = archive.index;
  attachments.refresh();
  let found = 0;
  for (const { id, sha256, pieces } of attachments.extracted()) {
    const key = Buffer.from(sha256, 'hex');
    if (options.signal?.aborted === true) break;
    if (store.hasScanned(key)) continue;
    const bearers = attachments.places(id, 0, maxBearers).map(({ number }) => number);
    const places: FoundPlace[] = [];
    for (let from = 0; from < pieces; from += piecesAtOnce)
      for (const { text, where } of attachments.pieces(id, from, piecesAtOnce))
        for (const place of scanText(
          text,
          `attachment ${sha256}${where === '' ? '' : ` ${where}`}`,
          0,
          options,
        ))
          for (const number of bearers) places.push({ ...place, number });
    store.save(places, undefined, [key]);
    found += places.length;
  }
  return found;
}

/** Messages with one file that are named as bearing what is in it. */
const maxBearers = 10_000;
