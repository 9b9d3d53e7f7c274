/**
 * Raw messages by number, read as they lie: messages have their numbers in order of arrival, so that one after the
 * other is a walk through each original from its start to its end, a window at a time.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Archive } from '../read/archive.js';
import { bytesPath, readRaw } from '../read/raw.js';
import type { MessageRow } from '../store/catalog-reader.js';

const windowBytes = 1024 * 1024;

export class OriginalsInOrder {
  readonly #archive: Archive;
  readonly #window = Buffer.allocUnsafe(windowBytes);
  #path = '';
  #file: number | undefined;
  /** What of the file is in the window. */
  #from = 0;
  #to = 0;

  constructor(archive: Archive) {
    this.#archive = archive;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /**
   * Bytes that should be the message's: whoever takes them compares their SHA-256. They are valid until the next call.
   * undefined where they do not lie in an original as they are, or are not there.
   */
  peek({ number, size }: MessageRow): Buffer | undefined {
    const { index, trove } = this.#archive;
    const [first] = index.catalog.occurrences(number);
    if (first?.direct === undefined || first.direct.length !== size) return index.findSpooled(number);
    const container = index.catalog.container(first.container);
    const accession = container === undefined ? undefined : index.catalog.accession(container.accession);
    if (accession === undefined) return undefined;
    const path = bytesPath(trove, accession);
    return this.#open(path) ? this.#read(first.direct.offset, size) : undefined;
  }

  /** The bytes wherever they can be had, compared with their SHA-256. Throws OperatorError as `readRaw`. */
  async find(row: MessageRow): Promise<Buffer> {
    return await readRaw(this.#archive.trove, this.#archive.index, row);
  }

  #open(path: string): boolean {
    if (path === this.#path) return this.#file !== undefined;
    this.close();
    this.#path = path;
    this.#from = 0;
    this.#to = 0;
    // A folder that was received in place is no file.
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) this.#file = openSync(path, 'r');
    return this.#file !== undefined;
  }

  #read(offset: number, length: number): Buffer | undefined {
    if (length > windowBytes) return this.#fill(Buffer.allocUnsafe(length), offset, length);
    if (offset < this.#from || offset + length > this.#to) {
      const read = this.#readInto(this.#window, offset);
      this.#from = offset;
      this.#to = offset + read;
      if (read < length) return undefined;
    }
    return this.#window.subarray(offset - this.#from, offset - this.#from + length);
  }

  #fill(bytes: Buffer, offset: number, length: number): Buffer | undefined {
    return this.#readInto(bytes, offset) === length ? bytes : undefined;
  }

  #readInto(bytes: Buffer, offset: number): number {
    let read = 0;
    while (this.#file !== undefined && read < bytes.length) {
      const n = readSync(this.#file, bytes, read, bytes.length - read, offset + read);
      if (n === 0) break;
      read += n;
    }
    return read;
  }
}
