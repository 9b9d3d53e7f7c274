/**
 * The threads that judge, as the pass sees them: a job goes to the least busy one and its answer is a promise.
 * Each has at most `maxWaiting` jobs, which is the back-pressure that keeps memory flat.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Answer, Job } from './job.js';
import type { JudgeSettings } from './judge.js';

/** Jobs that wait or run per thread. */
const maxWaiting = 3;
const maxThreads = 16;

interface Thread {
  readonly worker: Worker;
  /** In the order in which the thread answers. */
  readonly waiting: ((answer: Answer) => void)[];
}

export class Judges {
  readonly #threads: Thread[] = [];
  #failure: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(settings: JudgeSettings, threads = Math.min(maxThreads, availableParallelism())) {
    for (let i = 0; i < threads; i++) this.#start(settings);
  }

  #start(settings: JudgeSettings): void {
    const worker = new Worker(new URL('./judge.js', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    });
    const thread: Thread = { worker, waiting: [] };
    worker.on('message', (answer: Answer) => {
      thread.waiting.shift()?.(answer);
      this.#notify();
    });
    worker.on('error', (error: Error) => {
      this.#failure ??= error;
      this.#notify();
    });
    this.#threads.push(thread);
  }

  #notify(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  /** Hands a job over; `onAnswer` gets what comes back. Waits while all threads have enough to do. */
  async give(job: Job, onAnswer: (answer: Answer) => void): Promise<void> {
    let thread = this.#leastBusy();
    while (thread.waiting.length >= maxWaiting) {
      await this.#change();
      thread = this.#leastBusy();
    }
    thread.waiting.push(onAnswer);
    thread.worker.postMessage(job, [job.bytes]);
  }

  #leastBusy(): Thread {
    return this.#threads.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
  }

  /** Waits until every job was answered. */
  async settle(): Promise<void> {
    while (this.#threads.some(({ waiting }) => waiting.length > 0)) await this.#change();
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  /** Until a thread reports something. Throws what killed a thread. */
  async #change(): Promise<void> {
    if (this.#failure === undefined)
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    if (this.#failure !== undefined) throw this.#failure;
  }
}
