/**
 * Messages of an mbox that wait until it is known how the file quotes: in memory, then in a file.
 *
 * Only messages that hold a `>From ` line wait. Their bytes decide their identity (SHA-256), so guessing
 * early would be wrong for good.
 */
import { closeSync, readSync } from 'node:fs';
import { unquote } from './mbox-quoting.js';
import type { SourceEvent } from './source.js';
import { openUnlinked, writeWhole } from './unlinked.js';

type MessageEvent = Extract<SourceEvent, { type: 'message' }>;

/** Where a waiting message's bytes are: in memory, or in the file from `offset` on. */
interface Waiting {
  readonly event: Omit<MessageEvent, 'raw'>;
  readonly bytes: number;
  raw: Buffer | undefined;
  offset: number;
}

const batchBytes = 1024 * 1024;

export class Deferred {
  readonly #tmpDir: string;
  readonly #maxBytes: number;
  #waiting: Waiting[] = [];
  #heldBytes = 0;
  #file: number | undefined;
  #fileBytes = 0;

  constructor(tmpDir: string, maxBytes: number) {
    this.#tmpDir = tmpDir;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Copies the message's bytes. */
  add({ raw, ...event }: MessageEvent): void {
    this.#waiting.push({ event, bytes: raw.length, raw: Buffer.from(raw), offset: 0 });
    this.#heldBytes += raw.length;
    if (this.#heldBytes > this.#maxBytes) this.#spill();
  }

  /** Gives all messages that waited, in their order; with `quoted`, one level of quoting is taken off each. */
  *drain(quoted: boolean): Generator<SourceEvent[]> {
    let batch: SourceEvent[] = [];
    let bytes = 0;
    for (const waiting of this.#waiting) {
      batch.push(finishQuoted(waiting.event, this.#load(waiting), quoted));
      bytes += waiting.bytes;
      if (bytes < batchBytes) continue;
      yield batch;
      batch = [];
      bytes = 0;
    }
    this.#waiting = [];
    this.#heldBytes = 0;
    if (batch.length > 0) yield batch;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #load(waiting: Waiting): Buffer {
    if (waiting.raw !== undefined || this.#file === undefined) return waiting.raw ?? Buffer.alloc(0);
    const raw = Buffer.allocUnsafe(waiting.bytes);
    for (let done = 0; done < raw.length; ) {
      const got = readSync(this.#file, raw, done, raw.length - done, waiting.offset + done);
      if (got === 0) throw new Error('the file of deferred messages is shorter than what was written to it');
      done += got;
    }
    return raw;
  }

  #spill(): void {
    this.#file ??= openUnlinked(this.#tmpDir);
    for (const waiting of this.#waiting) {
      if (waiting.raw === undefined) continue;
      waiting.offset = this.#fileBytes;
      writeWhole(this.#file, waiting.raw);
      this.#fileBytes += waiting.bytes;
      waiting.raw = undefined;
    }
    this.#heldBytes = 0;
  }
}

/** The event as it is handed out, its place naming the original only where the bytes are the same there. */
export function finishQuoted(event: Omit<MessageEvent, 'raw'>, raw: Buffer, quoted: boolean): SourceEvent {
  if (!quoted) return { ...event, raw };
  return { ...event, place: { ...event.place, direct: undefined }, raw: unquote(raw) };
}
