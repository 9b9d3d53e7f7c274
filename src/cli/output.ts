/** Writing to stdout without filling memory: a million hits wait for the reader of the pipe. */
import { once } from 'node:events';

const pendingBytes = 64 * 1024;

export class Output {
  #pending = '';

  async line(text: string): Promise<void> {
    this.#pending += `${text}\n`;
    if (this.#pending.length >= pendingBytes) await this.flush();
  }

  async json(value: object): Promise<void> {
    await this.line(JSON.stringify(value));
  }

  async flush(): Promise<void> {
    const text = this.#pending;
    this.#pending = '';
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}

/** Control characters of hostile mail must not drive the terminal. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units, as storage is sold and files are listed. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export const formatCount = (count: number): string => count.toLocaleString('en-US');
