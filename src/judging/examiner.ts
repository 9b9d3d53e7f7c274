/** Hands every message that has no judgement to the judging threads, in the order in which they lie, and stores what comes back. */
import { OperatorError } from '../errors.js';
import type { Archive } from '../read/archive.js';
import type { MessageRow } from '../store/catalog-reader.js';
import { Batch } from './batch.js';
import type { Answer } from './job.js';
import type { Judges } from './judges.js';
import { OriginalsInOrder } from './originals-in-order.js';
import type { JudgementStore } from './store.js';

export interface PassProgress {
  readonly done: number;
  readonly total: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Messages that could not be judged. */
  readonly failed: number;
}

export interface ExaminerEvents {
  readonly onProgress?: (progress: PassProgress) => void;
  /** Told of each message whose bytes are not there, or on which the program itself broke. */
  readonly onFailure?: (number: number, note: string) => void;
}

export class Examiner {
  readonly #archive: Archive;
  readonly #store: JudgementStore;
  readonly #judges: Judges;
  readonly #options: ExaminerEvents;
  readonly #hashes = new Map<number, string>();
  readonly #damaged: MessageRow[] = [];
  #done = 0;
  #bytesDone = 0;
  #failed = 0;
  #total = { messages: 0, bytes: 0 };

  constructor(archive: Archive, store: JudgementStore, judges: Judges, options: ExaminerEvents) {
    this.#archive = archive;
    this.#store = store;
    this.#judges = judges;
    this.#options = options;
  }

  async run(): Promise<{ judged: number; failed: number }> {
    this.#total = this.#count();
    if (this.#total.messages === 0) return { judged: 0, failed: 0 };
    const originals = new OriginalsInOrder(this.#archive);
    try {
      let batch = new Batch();
      for (const row of this.#waiting()) {
        const raw = originals.peek(row);
        if (raw === undefined) {
          this.#damaged.push(row);
          continue;
        }
        if (!batch.fits(raw)) {
          await this.#give(batch);
          batch = new Batch();
        }
        batch.add(row.number, raw);
        this.#hashes.set(row.number, row.sha256);
      }
      await this.#give(batch);
      await this.#judges.settle();
      await this.#retry(originals);
    } finally {
      originals.close();
    }
    return { judged: this.#done, failed: this.#failed };
  }

  /** Each is looked for where else it may be: in another container, in an archive that is unpacked anew. */
  async #retry(originals: OriginalsInOrder): Promise<void> {
    for (const row of this.#damaged) {
      try {
        const batch = new Batch();
        batch.add(row.number, await originals.find(row));
        this.#hashes.set(row.number, row.sha256);
        await this.#give(batch);
      } catch (error) {
        if (!(error instanceof OperatorError)) throw error;
        this.#fail(row.number, error.message);
      }
    }
    await this.#judges.settle();
  }

  #count(): { messages: number; bytes: number } {
    let messages = 0;
    let bytes = 0;
    for (const { size } of this.#waiting()) {
      messages += 1;
      bytes += size;
    }
    return { messages, bytes };
  }

  /** In order of number, which is that of arrival. A page at a time: nothing else may use the catalog meanwhile. */
  *#waiting(): Generator<MessageRow> {
    const { catalog } = this.#archive.index;
    for (let last = 0; ; ) {
      const rows = catalog.messagesAfter(last, 1_000);
      for (const row of rows) if (!this.#store.isJudged(row.number)) yield row;
      const newest = rows.at(-1);
      if (newest === undefined) return;
      last = newest.number;
    }
  }

  async #give(batch: Batch): Promise<void> {
    if (batch.numbers.length === 0) return;
    const hashes = batch.numbers.map((number) => this.#hashes.get(number) ?? '');
    await this.#judges.give({ kind: 'examine', hashes, ...batch.messages() }, (answer) =>
      this.#take(answer, batch),
    );
  }

  #take(answer: Answer, batch: Batch): void {
    if (answer.kind !== 'examined') throw new Error('the answer is not to this job');
    this.#store.save(answer.examined, (number) => this.#hashes.get(number) ?? '');
    for (const { number, note } of answer.failed) this.#fail(number, note);
    for (const number of answer.damaged) {
      const row = this.#archive.index.catalog.findMessage(number);
      if (row !== undefined) this.#damaged.push(row);
    }
    for (const number of batch.numbers) this.#hashes.delete(number);
    this.#done += answer.examined.length;
    this.#bytesDone += batch.size;
    this.#report();
  }

  #fail(number: number, note: string): void {
    this.#failed += 1;
    this.#options.onFailure?.(number, note);
    this.#report();
  }

  #report(): void {
    this.#options.onProgress?.({
      done: this.#done,
      total: this.#total.messages,
      bytesDone: Math.min(this.#bytesDone, this.#total.bytes),
      bytesTotal: this.#total.bytes,
      failed: this.#failed,
    });
  }
}
