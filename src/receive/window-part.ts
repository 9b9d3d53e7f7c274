/**
 * The next bytes of a window as a stream of their own: an entry inside an archive that is itself a stream.
 *
 * While it is read, the window below belongs to it: the archive's reader waits.
 */
import type { ByteStream, StreamFailure } from './stream.js';
import type { Window } from './window.js';

export class WindowPart implements ByteStream {
  readonly #window: Window;
  readonly #cutOff: () => StreamFailure;
  #rest: number;

  /** `cutOff` says what happened where the window ends before `bytes` were read. */
  constructor(window: Window, bytes: number, cutOff: () => StreamFailure) {
    this.#window = window;
    this.#rest = bytes;
    this.#cutOff = cutOff;
  }

  async read(target: Buffer): Promise<number> {
    if (this.#rest === 0) return 0;
    if (!(await this.#window.fill(1))) throw this.#window.failure ?? this.#cutOff();
    const bytes = this.#window.view().copy(target, 0, 0, Math.min(this.#rest, this.#window.length));
    this.#window.skip(bytes);
    this.#rest -= bytes;
    return bytes;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
