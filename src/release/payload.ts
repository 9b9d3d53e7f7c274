/**
 * The first half of a release: a decision for each message, its record and files in `data/`, its entry in the log.
 *
 * New messages are numbered in the order of their dates. Those whose date is hidden, and those that are withheld, come
 * after all others in an order that tells nothing: their place must not say when they were sent.
 */
import { hash } from 'node:crypto';
import { formatEntry, type LogEntry } from '../proof/entry.js';
import { messageCommitment, originalPath, recordPath } from '../proof/record.js';
import { segmentCommitment, segmentSalt } from '../proof/segment.js';
import type { RedactedMessage } from '../redact/redacted-message.js';
import type { NumberedMessage } from '../store/release-log.js';
import type { FolderWriter } from './folder-writer.js';
import type { PreviousRelease } from './previous.js';
import { attachmentPath, factsOf, parseFacts, publishedRecord, recordBytes } from './published.js';
import type { Chosen, ReleaseSource } from './source.js';

export interface PayloadOptions {
  readonly source: ReleaseSource;
  readonly folder: FolderWriter;
  /** Of the trove. */
  readonly saltKey: Buffer;
  /** Entries that the log has. */
  readonly size: number;
  /** Of the release that is being made. */
  readonly release: number;
  /** What stands, by SHA-256 in hex; the caller's, changed in place. */
  readonly numbered: Map<string, NumberedMessage>;
  readonly previous: PreviousRelease | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What one run adds to the log. */
export interface Payload {
  readonly entries: readonly Buffer[];
  /** Of each new entry that is about a message, its number, by index in `entries`. */
  readonly numbers: readonly number[];
  /** What changed, also what is decided on another basis with the same outcome. */
  readonly changed: readonly NumberedMessage[];
}

export async function writePayload(options: PayloadOptions): Promise<Payload> {
  const run = new PayloadRun(options);
  await run.all();
  return run;
}

class PayloadRun implements Payload {
  readonly entries: Buffer[] = [];
  readonly numbers: number[] = [];
  readonly changed: NumberedMessage[] = [];
  readonly #options: PayloadOptions;
  /** New ones that are withheld. */
  readonly #withheld: { readonly sha256: string; readonly reason: string; readonly commitment: Buffer }[] =
    [];

  constructor(options: PayloadOptions) {
    this.#options = options;
  }

  async all(): Promise<void> {
    const { source, numbered, saltKey, onProgress } = this.#options;
    const chosen = inOrder(source.chosen, numbered);
    const undated: string[] = [];
    for (const [at, { sha256, sentAt }] of chosen.entries()) {
      if (!(await this.#decide(sha256, sentAt !== undefined))) undated.push(sha256);
      onProgress?.(at + 1, chosen.length);
    }
    const blind = new Map(undated.map((sha256) => [sha256, withheldCommitment(saltKey, sha256)]));
    const order = [...blind].sort(([, a], [, b]) => Buffer.compare(a, b));
    for (const [sha256] of order) await this.#decide(sha256, false);
    this.#withheld.sort((a, b) => Buffer.compare(a.commitment, b.commitment));
    for (const { sha256, reason, commitment } of this.#withheld) {
      const number = this.#next;
      this.#log({ type: 'withheld', number, commitment: commitment.toString('hex'), reason });
      const basis = source.basis(sha256);
      this.#stand({ sha256, number, state: 'withheld', record: '', facts: '', reason, basis });
    }
  }

  /** Returns false where a new message has to wait: its date is known to us and hidden from others. */
  async #decide(sha256: string, isDated: boolean): Promise<boolean> {
    const { source, saltKey, numbered } = this.#options;
    const standing = numbered.get(sha256);
    if (standing !== undefined && this.#isAsBefore(standing)) return true;
    const decision = await source.decide(sha256, saltKey);
    if ('withheld' in decision) {
      this.#withhold(sha256, decision.withheld, standing);
      return true;
    }
    if (standing === undefined && isDated && decision.published.sentAt === undefined) return false;
    this.#publish(sha256, decision.published, standing);
    return true;
  }

  /** Nothing was decided otherwise since the last release, and its files are there to be linked. */
  #isAsBefore({ sha256, basis, state, facts }: NumberedMessage): boolean {
    const { source, folder, previous } = this.#options;
    if (source.basis(sha256) !== basis) return false;
    if (state !== 'published') return true;
    return previous?.link(folder, parseFacts(facts).files) ?? false;
  }

  #withhold(sha256: string, reason: string, standing: NumberedMessage | undefined): void {
    const commitment = withheldCommitment(this.#options.saltKey, sha256);
    const basis = this.#options.source.basis(sha256);
    if (standing === undefined) {
      this.#withheld.push({ sha256, reason, commitment });
    } else if (standing.state === 'published') {
      this.#log({ type: 'withdrawn', number: standing.number, reason });
      this.#stand({ ...standing, state: 'withdrawn', record: '', facts: '', reason, basis });
    } else if (standing.state === 'withheld' && standing.reason !== reason) {
      const { number } = standing;
      this.#log({ type: 'withheld', number, commitment: commitment.toString('hex'), reason });
      this.#stand({ ...standing, reason, basis });
    } else this.#keep(standing, basis);
  }

  #publish(sha256: string, message: RedactedMessage, standing: NumberedMessage | undefined): void {
    const { folder, source } = this.#options;
    const number = standing?.number ?? this.#next;
    const { raw } = message;
    const original = raw === null ? undefined : hash('sha256', raw, 'hex');
    const published = publishedRecord(message, number, original);
    if (raw !== null) folder.write(originalPath(number), Buffer.from(raw));
    this.#writeAttachments(message);
    const record = folder.write(recordPath(number), recordBytes(published));
    const basis = source.basis(sha256);
    if (standing?.state === 'published' && standing.record === record) {
      this.#keep(standing, basis);
      return;
    }
    const commitment = messageCommitment(message.segments.map((segment) => commitmentOf(segment)));
    this.#log({ type: 'message', number, commitment: commitment.toString('hex'), record });
    const facts = JSON.stringify(factsOf(published));
    this.#stand({ sha256, number, state: 'published', record, facts, reason: '', basis });
  }

  #writeAttachments(message: RedactedMessage): void {
    const { folder } = this.#options;
    for (const attachment of message.attachments) {
      if (!attachment.cleared) continue;
      for (const { sha256, mediaType, bytes } of attachment.files) {
        const path = attachmentPath(sha256, mediaType);
        if (!folder.files.has(path)) folder.write(path, Buffer.from(bytes));
      }
    }
  }

  get #next(): number {
    return this.#options.size + this.entries.length;
  }

  #log(entry: Exclude<LogEntry, { type: 'release' }>): void {
    this.entries.push(formatEntry(entry));
    this.numbers.push(entry.number);
  }

  /** It came to the same from another basis. */
  #keep(standing: NumberedMessage, basis: string): void {
    const kept = { ...standing, basis };
    this.#options.numbered.set(standing.sha256, kept);
    this.changed.push(kept);
  }

  #stand(message: Omit<NumberedMessage, 'release'>): void {
    const standing = { ...message, release: this.#options.release };
    this.#options.numbered.set(message.sha256, standing);
    this.changed.push(standing);
  }
}

/** What was published before is decided on again, chosen now or not: only a decision takes it back. */
function inOrder(chosen: readonly Chosen[], numbered: ReadonlyMap<string, NumberedMessage>): Chosen[] {
  const fresh = chosen.filter(({ sha256 }) => !numbered.has(sha256));
  const time = ({ sentAt }: Chosen): number => sentAt ?? Number.MAX_SAFE_INTEGER;
  fresh.sort((a, b) => time(a) - time(b) || (a.sha256 < b.sha256 ? -1 : 1));
  const known = [...numbered.values()].map(({ sha256 }) => ({ sha256, sentAt: undefined }));
  return [...known, ...fresh];
}

const commitmentOf = (segment: RedactedMessage['segments'][number]): Uint8Array =>
  segment.shown ? segmentCommitment(segment.salt, segment.bytes) : segment.commitment;

/** To the message's identity, in a place that no segment has. */
function withheldCommitment(saltKey: Buffer, sha256: string): Buffer {
  const bytes = Buffer.from(sha256, 'hex');
  return segmentCommitment(segmentSalt(saltKey, bytes, 0xffff_ffff, bytes), bytes);
}
