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
