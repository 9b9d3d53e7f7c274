/** The progress of going through many things on stderr: a bar on a terminal, a line now and then elsewhere. */
import cliProgress from 'cli-progress';
import { formatBytes, formatCount } from '../web/figures.js';

export interface ItemCounts {
  readonly done: number;
  readonly total: number;
  /** Where bytes tell better than items how much is left. */
  readonly bytesDone?: number;
  readonly bytesTotal?: number;
  readonly failed?: number;
  /** What is being done, where several things are done one after the other. */
  readonly step?: string;
}

const plainEvery = 5_000;

export class ItemProgress {
  readonly #what: string;
  #bar: cliProgress.SingleBar | undefined;
  #lastPlain = Date.now();

  constructor(what: string) {
    this.#what = what;
  }

  update({ done, total, bytesDone, bytesTotal, failed = 0, step }: ItemCounts): void {
    const facts = {
      items: `${step === undefined ? '' : `${step}: `}${formatCount(done)} of ${formatCount(total)} ${this.#what}`,
      bytes:
        bytesDone === undefined || bytesTotal === undefined
          ? ''
          : `, ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
      failures: failed === 0 ? '' : `, ${formatCount(failed)} failed`,
    };
    if (process.stderr.isTTY) {
      this.#bar ??= this.#start(Math.max(1, bytesTotal ?? total));
      this.#bar.update(bytesDone ?? done, facts);
    } else if (Date.now() - this.#lastPlain >= plainEvery) {
      this.#lastPlain = Date.now();
      process.stderr.write(`${facts.items}${facts.bytes}${facts.failures}\n`);
    }
  }

  #start(total: number): cliProgress.SingleBar {
    const bar = new cliProgress.SingleBar({
      stream: process.stderr,
      format: '{bar} {percentage}%  {items}{bytes}{failures}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      fps: 8,
    });
    bar.start(total, 0, { items: '', bytes: '', failures: '' });
    return bar;
  }

  /** A failure is shown as it happens, above the bar. */
  failed(line: string): void {
    process.stderr.write(this.#bar === undefined ? `failed: ${line}\n` : `\r\u001b[Kfailed: ${line}\n`);
  }

  stop(): void {
    this.#bar?.stop();
  }
}
