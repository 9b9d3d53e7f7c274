/** A trove as its readers see it: search, messages, threads, accounts. The web pages and the CLI stand on this. */
import { OperatorError } from '../errors.js';
import type { Query } from '../index/query/query.js';
import {
  type CandidateRange,
  candidateRanges,
  likelyRanges,
  nearnessTo,
  suggest,
} from '../index/query/suggest.js';
import { queryTokens } from '../index/query/tokens.js';
import { type HitRow, SearchIndex } from '../index/search.js';
import { type Attachment, listAttachments } from '../message/attachment.js';
import type { Message } from '../message/message.js';
import { parseMessage } from '../message/parse.js';
import { type ReadableText, readableText } from '../message/readable.js';
import type { Segment } from '../message/text/segments.js';
import type { MessageRow, OccurrenceRow } from '../store/catalog-reader.js';
import type { Trove } from '../store/trove.js';
import { hash52 } from '../thread/hash.js';
import { type ThreadNode, threadTree } from '../thread/tree.js';
import { type AttachmentHit, attachmentHitFinder } from './attachment-hits.js';
import { readRaw, readRawForList } from './raw.js';
import { type SnippetPart, snippet, type Wanted, wantedTokens } from './snippet.js';

export interface ArchivedMessage {
  readonly number: number;
  /** Hex. */
  readonly sha256: string;
  readonly raw: Buffer;
  readonly message: Message;
  readonly text: ReadableText;
  readonly attachments: readonly Attachment[];
  readonly occurrences: readonly OccurrenceRow[];
  /** Lowest number in its thread. */
  readonly thread: number;
}

export interface Hit extends HitRow {
  readonly sha256: string;
  readonly snippet: readonly SnippetPart[];
  /** Where the query's `attachment:` words stand; none where it has no such words. */
  readonly attachmentHits: readonly AttachmentHit[];
}

export interface ThreadEntry extends ThreadNode {
  /** undefined for a gap. */
  readonly row: HitRow | undefined;
}

/** Bytes of a message that are read for a snippet, before all of it is. */
const snippetBytes = 128 * 1024;

export class Archive {
  readonly trove: Trove;
  readonly index: SearchIndex;

  constructor(trove: Trove) {
    this.trove = trove;
    this.index = new SearchIndex(trove);
  }

  close(): void {
    this.index.close();
  }

  /** The message that a number or the beginning of a SHA-256 (4 hex digits or more) names. Throws OperatorError `message-missing`, `id-ambiguous`. */
  resolve(id: string): MessageRow {
    const { catalog } = this.index;
    const byNumber = /^\d{1,15}$/.test(id) ? catalog.findMessage(Number(id)) : undefined;
    if (byNumber !== undefined) return byNumber;
    const found = /^[0-9a-f]{4,64}$/i.test(id) ? catalog.findByHash(id.toLowerCase()) : [];
    if (found.length > 1)
      throw new OperatorError(
        'id-ambiguous',
        `more than one message has a SHA-256 that begins with ${id}`,
        'Give more digits.',
      );
    const [only] = found;
    if (only === undefined)
      throw new OperatorError(
        'message-missing',
        `no message ${id} in this trove`,
        'Give a number from a search, or the first digits of a SHA-256.',
      );
    return only;
  }

  async read(row: MessageRow): Promise<ArchivedMessage> {
    const raw = await readRaw(this.trove, this.index, row);
    const message = parseMessage(raw);
    return {
      number: row.number,
      sha256: row.sha256,
      raw,
      message,
      text: readableText(message),
      attachments: listAttachments(message),
      occurrences: this.index.catalog.occurrences(row.number),
      thread: this.index.threadOf(row.number),
    };
  }

  /** The rows of these messages with snippets, in the order given. */
  async hits(numbers: readonly number[], query: Query): Promise<Hit[]> {
    const wanted = wantedTokens(query);
    const inAttachments = attachmentHitFinder(this.index.attachments, query);
    const hits: Hit[] = [];
    for (const number of numbers) {
      const row = this.index.findRow(number);
      const stored = this.index.catalog.findMessage(number);
      if (row === undefined || stored === undefined) continue;
      hits.push({
        ...row,
        sha256: stored.sha256,
        snippet: await this.#snippet(stored, wanted),
        attachmentHits: inAttachments(number),
      });
    }
    return hits;
  }

  /** The text of a message in segments; none where there is no such message. */
  async segmentsOf(number: number): Promise<readonly Segment[]> {
    const row = this.index.catalog.findMessage(number);
    return row === undefined ? [] : this.#segments(row, row.size);
  }

  async #segments(row: MessageRow, maxBytes: number): Promise<readonly Segment[]> {
    return readableText(parseMessage(await readRawForList(this.trove, this.index, row, maxBytes))).segments;
  }

  /** From the beginning of the message where its words are there: large attachments come after the text. */
  async #snippet(row: MessageRow, wanted: Wanted): Promise<readonly SnippetPart[]> {
    const first = snippet(await this.#text(row, snippetBytes), wanted);
    const looksForWords = wanted.whole.size + wanted.prefixes.length > 0;
    if (row.size <= snippetBytes || !looksForWords || first.some((part) => part.isHit)) return first;
    return snippet(await this.#text(row, row.size), wanted);
  }

  async #text(row: MessageRow, maxBytes: number): Promise<string> {
    const segments = await this.#segments(row, maxBytes);
    const own = segments.filter((segment) => segment.kind === 'own' || segment.kind === 'signature');
    const quoted = segments.filter((segment) => segment.kind !== 'own' && segment.kind !== 'signature');
    return [...own, ...quoted].map((segment) => segment.text).join('\n');
  }

  /** The thread with this number in reading order, gaps included; undefined where no message has it. Reads no mail. */
  thread(thread: number): readonly ThreadEntry[] | undefined {
    const numbers = this.index.evaluate({ kind: 'thread', number: thread }).toArray();
    if (numbers.length === 0) return undefined;
    const members = this.index.features(numbers).map(({ number, sentAt, features }) => ({
      number,
      sentAt: sentAt ?? undefined,
      id: features.id,
      ancestors: features.ancestors,
    }));
    return threadTree(members, this.index.inferredEdges(thread)).map((node) => ({
      ...node,
      row: node.number === undefined ? undefined : this.index.findRow(node.number),
    }));
  }

  /** The msg-id of an entry; '' where it has none. That of a gap is read from a message that refers to it. */
  async messageIdOf(entry: Pick<ThreadEntry, 'row' | 'namedBy' | 'id'>): Promise<string> {
    if (entry.row !== undefined) return entry.row.messageId;
    const referring = this.index.catalog.findMessage(entry.namedBy);
    if (referring === undefined) return '';
    const { references, inReplyTo } = parseMessage(await readRawForList(this.trove, this.index, referring));
    return [...references, ...inReplyTo].find((id) => hash52(id) === entry.id) ?? '';
  }

  /** A near spelling of the query's first word that is in no message, undefined where there is none. */
  suggest(query: Query): { word: string; instead: string } | undefined {
    for (const word of wantedTokens(query).whole) {
      const ranges = candidateRanges(word);
      if (ranges.length === 0) continue;
      const [token] = queryTokens(word);
      if (token === undefined || this.index.hasWord(token)) continue;
      const among = (some: readonly CandidateRange[]): string | undefined =>
        suggest(token, this.index.words(some, nearnessTo(token)));
      const instead = among(likelyRanges(word)) ?? among(ranges);
      if (instead !== undefined && instead !== token) return { word, instead };
    }
    return undefined;
  }
}
