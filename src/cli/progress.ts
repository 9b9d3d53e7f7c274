/** The progress of a receive on stderr: a bar on a terminal, a line now and then elsewhere. */
import cliProgress from 'cli-progress';
import type { Progress } from '../pipeline.js';
import { formatBytes, formatCount } from '../web/figures.js';
import { printable } from './output.js';

const plainEvery = 5_000;

export class ProgressLine {
  readonly #bytesTotal: number;
  readonly #startedAt = Date.now();
  readonly #bar: cliProgress.SingleBar | undefined;
  #lastPlain = Date.now();

  constructor(bytesTotal: number) {
    this.#bytesTotal = bytesTotal;
    if (!process.stderr.isTTY) return;
    this.#bar = new cliProgress.SingleBar({
      stream: process.stderr,
      format: '{bar} {percentage}%  {bytes}  {messages} messages  {rate}/s  {left}{failures}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      hideCursor: true,
      fps: 8,
    });
    this.#bar.start(Math.max(1, bytesTotal), 0, {
      bytes: '',
      messages: '0',
      rate: '…',
      left: '',
      failures: '',
    });
  }

  update(progress: Progress): void {
    const seconds = Math.max(0.001, (Date.now() - this.#startedAt) / 1000);
    const left =
      progress.bytesDone === 0
        ? Number.NaN
        : ((this.#bytesTotal - progress.bytesDone) / progress.bytesDone) * seconds;
    const facts = {
      bytes: `${formatBytes(progress.bytesDone)} of ${formatBytes(this.#bytesTotal)}`,
      messages: formatCount(progress.messages),
      rate: formatCount(Math.round(progress.messages / seconds)),
      left: formatLeft(left),
      failures: progress.failed === 0 ? '' : `  ${formatCount(progress.failed)} failed`,
    };
    if (this.#bar !== undefined) {
      this.#bar.update(Math.min(progress.bytesDone, this.#bytesTotal), facts);
    } else if (Date.now() - this.#lastPlain >= plainEvery) {
      this.#lastPlain = Date.now();
      process.stderr.write(
        `${facts.bytes}, ${facts.messages} messages, ${facts.rate}/s, ${facts.left}${facts.failures}\n`,
      );
    }
  }

  /** A failure is shown as it happens, above the bar. */
  failed(path: string, note: string): void {
    const line = `failed: ${printable(path === '' ? note : `${path}: ${note}`)}\n`;
    process.stderr.write(this.#bar === undefined ? line : `\r\u001b[K${line}`);
  }

  stop(): void {
    this.#bar?.stop();
  }
}

function formatLeft(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '';
  if (seconds < 60) return `${Math.ceil(seconds)} s left`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min left`;
  return `${(seconds / 3600).toFixed(1)} h left`;
}
