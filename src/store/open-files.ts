/** Files that bytes are read out of again and again: a page of hits reads some twenty messages from one mailbox. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** Files held open. Messages in files of their own would fill any number. */
const keptFiles = 16;

export class OpenFiles {
  /** By path, the file opened last at the end. */
  readonly #files = new Map<string, { readonly handle: number; readonly inode: number }>();

  /** undefined where there is no such file, or it ends before. */
  read(path: string, { offset, length }: { offset: number; length: number }): Buffer | undefined {
    const file = this.#open(path);
    if (file === undefined) return undefined;
    const bytes = Buffer.allocUnsafe(length);
    for (let read = 0; read < length; ) {
      const n = readSync(file, bytes, read, length - read, offset + read);
      if (n === 0) return undefined;
      read += n;
    }
    return bytes;
  }

  close(): void {
    for (const { handle } of this.#files.values()) closeSync(handle);
    this.#files.clear();
  }

  /** The handle of a file that still stands there. */
  #open(path: string): number | undefined {
    const inode = statSync(path, { throwIfNoEntry: false })?.ino;
    const known = this.#files.get(path);
    if (known !== undefined && known.inode === inode) return known.handle;
    if (known !== undefined) this.#close(path);
    if (inode === undefined) return undefined;
    const handle = openSync(path, 'r');
    const opened = fstatSync(handle);
    if (!opened.isFile()) {
      closeSync(handle);
      return undefined;
    }
    this.#files.set(path, { handle, inode: opened.ino });
    const [oldest] = this.#files.keys();
    if (this.#files.size > keptFiles && oldest !== undefined) this.#close(oldest);
    return handle;
  }

  #close(path: string): void {
    const known = this.#files.get(path);
    if (known === undefined) return;
    closeSync(known.handle);
    this.#files.delete(path);
  }
}
