/**
 * An indexing thread: takes batches of raw messages, parses them and writes them to its own shard.
 * Batches and commits arrive in one queue, so that a shard never holds a message that the catalog does not.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { NumberedFeatures } from '../thread/pack.js';
import { indexedDocument } from './document.js';
import { listShards, ShardWriter, sealAtMessages } from './shard.js';

export interface IndexerSettings {
  readonly dir: string;
  /** 0, 1, … */
  readonly thread: number;
}

/**
 * To the thread. `ends[i]` is where message i ends in `bytes`; `spool[i]` is 1 when its raw bytes must be kept.
 * With the reply `bytes` belong to the sender again: nothing may hold on to them.
 */
export type IndexerRequest =
  | {
      readonly type: 'batch';
      readonly numbers: Uint32Array;
      readonly ends: Float64Array;
      readonly spool: Uint8Array;
      readonly bytes: SharedArrayBuffer;
    }
  | { readonly type: 'commit' }
  | { readonly type: 'close' };

/** From the thread. */
export type IndexerReply =
  | { readonly type: 'batch'; readonly failed: readonly { readonly number: number; readonly note: string }[] }
  | { readonly type: 'committed' }
  | { readonly type: 'closed' };

class Indexer {
  readonly #settings: IndexerSettings;
  #shard: ShardWriter | undefined;
  #next = 0;

  constructor(settings: IndexerSettings) {
    this.#settings = settings;
    const mine = listShards(settings.dir).filter((name) => name.startsWith(`w${settings.thread}-`));
    this.#next = Math.max(0, mine.length - 1);
  }

  #current(): ShardWriter {
    this.#shard ??= new ShardWriter(this.#settings.dir, this.#name());
    return this.#shard;
  }

  #name(): string {
    return `w${this.#settings.thread}-${String(this.#next).padStart(3, '0')}`;
  }

  batch(request: Extract<IndexerRequest, { type: 'batch' }>): IndexerReply {
    const shard = this.#current();
    const bytes = Buffer.from(request.bytes);
    const features: NumberedFeatures[] = [];
    const failed: { number: number; note: string }[] = [];
    let start = 0;
    for (const [i, number] of request.numbers.entries()) {
      const end = request.ends[i] ?? start;
      const raw = bytes.subarray(start, end);
      start = end;
      if (request.spool[i] === 1) shard.spool(number, raw);
      try {
        const document = indexedDocument(raw);
        shard.add(number, document);
        features.push({ number, sentAt: document.sentAt, features: document.features });
      } catch (error) {
        // Only a bug of ours comes here: the message keeps its number and bytes, and its outcome says what happened.
        failed.push({
          number,
          note: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
    }
    shard.endBatch(features);
    return { type: 'batch', failed };
  }

  /** A full shard is sealed here and nowhere else: closing it before the catalog's commit would put the index ahead. */
  commit(): void {
    this.#shard?.commit();
    if (this.#shard === undefined || this.#shard.messages < sealAtMessages) return;
    this.#shard.close();
    this.#shard = undefined;
    this.#next += 1;
  }

  close(): void {
    this.#shard?.close();
    this.#shard = undefined;
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const indexer = new Indexer(workerData as IndexerSettings);
  port.on('message', (request: IndexerRequest) => {
    if (request.type === 'batch') {
      port.postMessage(indexer.batch(request));
    } else if (request.type === 'commit') {
      indexer.commit();
      port.postMessage({ type: 'committed' } satisfies IndexerReply);
    } else {
      indexer.close();
      port.postMessage({ type: 'closed' } satisfies IndexerReply);
      port.close();
    }
  });
}
