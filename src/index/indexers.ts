/**
 * The indexing threads as the pipeline sees them: hand over messages, commit, close. Batches are bounded in
 * bytes and each thread has at most `maxWaiting` of them, which is the back-pressure that keeps memory flat.
 */
import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { IndexerReply, IndexerRequest, IndexerSettings } from './worker.js';

const batchBytes = 1024 * 1024;
const batchMessages = 512;
/** Batches that wait or run per thread. */
const maxWaiting = 3;
const maxThreads = 8;
/**
 * Calls after which V8 compiles a function with its slowest compiler (3,000 by default), in each thread anew. Most of
 * ours run once a message: for a receive of a few seconds that compiler costs more than its code gains.
 */
const callsBeforeTurbofan = 30_000;

interface Thread {
  readonly worker: Worker;
  /** Memory of the batches that wait or run there, in their order. */
  readonly memory: SharedArrayBuffer[];
  waiting: number;
}

interface Open {
  readonly numbers: number[];
  readonly ends: number[];
  readonly spool: number[];
  bytes: Buffer;
  size: number;
}

export class Indexers {
  readonly #threads: Thread[] = [];
  /** Memory of batches that are done: fresh memory costs a page fault every 4 KiB. */
  readonly #spare: SharedArrayBuffer[] = [];
  readonly #onFailed: (number: number, note: string) => void;
  #open: Open | undefined;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #pending = 0;

  /** `onFailed` is told of messages on which the parser itself broke. */
  constructor(
    dir: string,
    onFailed: (number: number, note: string) => void,
    threads = Math.min(maxThreads, availableParallelism()),
  ) {
    this.#onFailed = onFailed;
    setFlagsFromString(`--invocation-count-for-turbofan=${callsBeforeTurbofan}`);
    for (let thread = 0; thread < threads; thread++) this.#start({ dir, thread });
  }

  #start(settings: IndexerSettings): void {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    const thread: Thread = { worker, memory: [], waiting: 0 };
    worker.on('message', (reply: IndexerReply) => this.#onReply(thread, reply));
    worker.on('error', (error: Error) => {
      this.#failure ??= error;
      this.#notify();
    });
    this.#threads.push(thread);
  }

  #onReply(thread: Thread, reply: IndexerReply): void {
    if (reply.type === 'batch') {
      thread.waiting -= 1;
      const memory = thread.memory.shift();
      if (memory?.byteLength === batchBytes) this.#spare.push(memory);
      for (const { number, note } of reply.failed) this.#onFailed(number, note);
    } else {
      this.#pending -= 1;
    }
    this.#notify();
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  /** Hands over one message; its bytes are copied. Waits while all threads have enough to do. */
  async add(number: number, raw: Buffer, spool: boolean): Promise<void> {
    if (
      this.#open !== undefined &&
      (this.#open.size + raw.length > batchBytes || this.#open.numbers.length >= batchMessages)
    )
      await this.flush();
    this.#open ??= {
      numbers: [],
      ends: [],
      spool: [],
      bytes: Buffer.from(this.#memoryFor(raw.length)),
      size: 0,
    };
    const open = this.#open;
    raw.copy(open.bytes, open.size);
    open.size += raw.length;
    open.numbers.push(number);
    open.ends.push(open.size);
    open.spool.push(spool ? 1 : 0);
  }

  #memoryFor(bytes: number): SharedArrayBuffer {
    const spare = bytes > batchBytes ? undefined : this.#spare.pop();
    return spare ?? new SharedArrayBuffer(Math.max(batchBytes, bytes));
  }

  /** Sends what was handed over so far to the least busy thread. */
  async flush(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    let thread = this.#leastBusy();
    while (thread.waiting >= maxWaiting) {
      await this.#change();
      thread = this.#leastBusy();
    }
    thread.waiting += 1;
    const bytes = open.bytes.buffer as SharedArrayBuffer;
    thread.memory.push(bytes);
    const request: IndexerRequest = {
      type: 'batch',
      numbers: Uint32Array.from(open.numbers),
      ends: Float64Array.from(open.ends),
      spool: Uint8Array.from(open.spool),
      bytes,
    };
    thread.worker.postMessage(request);
  }

  #leastBusy(): Thread {
    const best = this.#threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    return best;
  }

  /** Makes what was sent so far searchable, in the background: call it after the catalog's commit. */
  commit(): void {
    for (const thread of this.#threads) this.#post(thread, { type: 'commit' });
  }

  #post(thread: Thread, request: IndexerRequest): void {
    this.#pending += 1;
    thread.worker.postMessage(request);
  }

  /** Waits until everything handed over is indexed, commits and ends the threads. */
  async close(): Promise<void> {
    await this.flush();
    for (const thread of this.#threads) this.#post(thread, { type: 'close' });
    while (this.#pending > 0 || this.#threads.some((thread) => thread.waiting > 0)) await this.#change();
    // What follows needs their memory.
    await this.abort();
  }

  /** Ends the threads at once; what was not committed is indexed again by the next run. */
  async abort(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.worker.terminate()));
  }

  /** Until a thread reports something. Throws what killed a thread. */
  async #change(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#failure !== undefined) throw this.#failure;
  }
}
