/**
 * tar, read as a stream of 512-byte blocks (POSIX.1-2008 pax; GNU tar).
 *
 *   header · content · zeros to 512 │ header · … │ two blocks of zeros
 *
 * Names are data: nothing is written by them and nothing opened. A damaged header costs the entries up to
 * the next header that is whole; entries after the end mark (joined archives) are read like the others.
 */
import { expectationOf, folderInside } from './folder-name.js';
import {
  type ContainerEnd,
  type Entry,
  failed,
  failedStream,
  type Opened,
  type Reader,
  type Walk,
  wholeFile,
} from './reader.js';
import { messageEvent } from './single.js';
import { sniff, sniffBytes } from './sniff.js';
import type { Place, SourceEvent } from './source.js';
import { StreamFailure } from './stream.js';
import { parsePax, parseTarHeader, type TarExtension, type TarHeader, untilNul } from './tar-entry.js';
import { blockBytes, paddingAfter } from './tar-header.js';
import { chunkBytes, Window } from './window.js';
import { WindowPart } from './window-part.js';

/** Entries up to this size are looked at in the tar's own window; larger ones are streamed. */
const smallEntryBytes = chunkBytes / 2;
const maxBatchEvents = 1000;

const extensionTypes = 'xgLK';
/** Links, devices, FIFOs: no data. */
const linkTypes = '12346';
/** Folder, list of a folder, old long name, volume label, continued file: data that is no file. */
const otherTypes = '5DNVM';

/** An entry as its header and what stood before it say. */
interface Member {
  readonly type: string;
  readonly path: string;
  readonly link: string;
  readonly size: number;
  readonly isFile: boolean;
  readonly isSparse: boolean;
}

export function readTar(opened: Opened, walk: Walk): Reader {
  return new TarReader(opened, walk).read();
}

class TarReader {
  readonly #opened: Opened;
  readonly #window: Window;
  readonly #walk: Walk;
  #batch: SourceEvent[] = [];
  #extension: TarExtension = {};
  #entries = 0;
  /** An end mark was seen. */
  #ended: boolean = false;
  /** Where blocks started that are no header. */
  #damageStart: number | undefined;

  constructor(opened: Opened, walk: Walk) {
    this.#opened = opened;
    this.#window = opened.window;
    this.#walk = walk;
  }

  async *read(): Reader {
    for (;;) {
      if (this.#window.length < blockBytes || this.#batch.length >= maxBatchEvents) yield* this.#flush();
      if (!(await this.#window.fill(blockBytes))) break;
      const header = this.#nextHeader();
      if (header === undefined) continue;
      this.#entries += 1;
      if (this.#entries > this.#walk.limits.maxArchiveEntries) {
        this.#fail(
          this.#here(),
          'entry-limit',
          `more than ${this.#walk.limits.maxArchiveEntries} entries; the rest is not read`,
        );
        this.#ended = true;
        break;
      }
      if (extensionTypes.includes(header.type)) {
        yield* this.#readExtension(header);
        continue;
      }
      const member = this.#takeMember(header);
      if (!this.#pushMessage(member)) yield* this.#readMember(member);
    }
    this.#finish();
    yield* this.#flush();
    return this.#end();
  }

  *#flush(): Generator<SourceEvent[]> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length > 0) yield batch;
  }

  #end(): ContainerEnd {
    return { variant: undefined, bytes: this.#window.offset };
  }

  /** Takes one block from the window; undefined where it is no header. */
  #nextHeader(): TarHeader | undefined {
    const block = this.#window.view().subarray(0, blockBytes);
    const header = parseTarHeader(block);
    if (header === undefined) {
      const isZero = block.every((byte) => byte === 0);
      if (isZero && this.#damageStart === undefined) this.#ended = true;
      else if (!this.#ended) this.#damageStart ??= this.#window.offset;
    } else {
      this.#ended = false;
      this.#reportDamage();
    }
    this.#window.skip(blockBytes);
    return header;
  }

  #reportDamage(): void {
    if (this.#damageStart === undefined) return;
    const bytes = this.#window.offset - this.#damageStart;
    const place = { path: '', offset: this.#damageStart, length: bytes, direct: undefined };
    this.#fail(place, 'damaged', `${bytes} bytes that are no tar entry`);
    this.#damageStart = undefined;
  }

  /** The entry with what was said of it beforehand. */
  #takeMember({ type, name, link, size }: TarHeader): Member {
    const extension = this.#extension;
    this.#extension = {};
    const isSparse = type === 'S' || extension.isSparse === true;
    const hasData = !linkTypes.includes(type) && type !== '5';
    return {
      type,
      path: extension.path ?? name,
      link: extension.linkPath ?? link,
      size: hasData ? (extension.size ?? size) : 0,
      isFile: hasData && !isSparse && !otherTypes.includes(type),
      isSparse,
    };
  }

  /** The common case, a message that is in the window as a whole, without a pause. False for everything else. */
  #pushMessage({ isFile, path, size }: Member): boolean {
    if (!isFile || size > smallEntryBytes || size + paddingAfter(size) > this.#window.length) return false;
    const bytes = this.#window.view().subarray(0, size);
    const format = sniff(bytes.subarray(0, sniffBytes), expectationOf(path));
    if (format.type !== 'message') return false;
    const { container } = this.#opened;
    const direct = this.#direct(this.#window.offset);
    const found = { container: container.index, path, folder: folderInside(container, path), direct };
    this.#batch.push(messageEvent(bytes, format, found, this.#walk.limits));
    this.#window.skip(size + paddingAfter(size));
    return true;
  }

  async *#readMember(member: Member): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    const { type, path, size } = member;
    const start = this.#window.offset;
    const place = wholeFile(path, size, this.#direct(start));
    if (linkTypes.includes(type)) this.#other(path, member.link, type);
    else if (member.isSparse)
      this.#fail(place, 'unsupported-format', 'a sparse file of GNU tar: its holes are not filled in here');
    else if (type === 'M')
      this.#fail(place, 'unsupported-format', 'a file that started in another volume of a split tar');
    else if (member.isFile && size <= smallEntryBytes) yield* this.#readSmall(path, size);
    else if (member.isFile) yield* this.#readLarge(path, size);
    yield* this.#skipTo(start + size + paddingAfter(size));
  }

  /** A pax header or a long name, which changes the entry after it. */
  async *#readExtension(header: TarHeader): AsyncGenerator<SourceEvent[], void, void> {
    const start = this.#window.offset;
    if (header.size > this.#walk.limits.maxEntryNameBytes) {
      const note = `${header.size} bytes of name or extended header; the bound is ${this.#walk.limits.maxEntryNameBytes}`;
      this.#fail(this.#here(), 'too-large', note);
    } else {
      if (this.#window.length < header.size) yield* this.#flush();
      await this.#window.fill(header.size);
      const data = this.#window.view().subarray(0, header.size);
      if (header.type === 'x') parsePax(data, this.#extension);
      if (header.type === 'L') this.#extension.path = untilNul(data);
      if (header.type === 'K') this.#extension.linkPath = untilNul(data);
    }
    yield* this.#skipTo(start + header.size + paddingAfter(header.size));
  }

  async *#readSmall(path: string, size: number): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    const padded = size + paddingAfter(size);
    if (this.#window.length < padded) yield* this.#flush();
    const direct = this.#direct(this.#window.offset);
    if (!(await this.#window.fill(padded)) && this.#window.length < size) {
      const failure = this.#window.failure ?? this.#truncated();
      this.#batch.push(
        failedStream(this.#opened.container.index, wholeFile(path, this.#window.length, direct), failure),
      );
      return;
    }
    // A message is taken the short way, now that it is there.
    if (this.#pushMessage({ type: '0', path, link: '', size, isFile: true, isSparse: false })) return;
    const bytes = this.#window.view().subarray(0, size);
    const expectation = expectationOf(path);
    yield* this.#flush();
    yield { type: 'entry', path, window: Window.over(bytes), expectation, direct, size };
  }

  async *#readLarge(path: string, size: number): AsyncGenerator<SourceEvent[] | Entry, void, void> {
    yield* this.#flush();
    const direct = this.#direct(this.#window.offset);
    const window = new Window(new WindowPart(this.#window, size, () => this.#truncated()));
    const expectation = expectationOf(path);
    yield { type: 'entry', path, window, expectation, direct, size };
  }

  async *#skipTo(offset: number): AsyncGenerator<SourceEvent[], void, void> {
    const bytes = offset - this.#window.offset;
    if (bytes > this.#window.length) yield* this.#flush();
    if (bytes > 0) await this.#window.discard(bytes);
  }

  #other(path: string, link: string, type: string): void {
    const note =
      type === '1'
        ? `a hard link to ${link}`
        : type === '2'
          ? `a symbolic link to ${link}: not followed`
          : 'a device or FIFO';
    this.#batch.push({
      type: 'other',
      container: this.#opened.container.index,
      place: wholeFile(path, 0),
      note,
    });
  }

  #finish(): void {
    const rest = this.#window.view();
    this.#window.skip(rest.length);
    this.#reportDamage();
    if (this.#window.failure !== undefined) {
      this.#batch.push(failedStream(this.#opened.container.index, this.#here(), this.#window.failure));
    } else if (!this.#ended && this.#window.ended) {
      this.#fail(
        this.#here(),
        'truncated',
        `the tar stops at byte ${this.#window.offset} without its end mark; entries may be missing`,
      );
    }
  }

  #truncated(): StreamFailure {
    return new StreamFailure(
      'truncated',
      `the tar stops at byte ${this.#window.offset + this.#window.length}, inside this entry`,
    );
  }

  #fail(
    place: Place,
    code: 'damaged' | 'truncated' | 'entry-limit' | 'unsupported-format' | 'too-large',
    note: string,
  ): void {
    this.#batch.push(failed(this.#opened.container.index, place, code, note));
  }

  #here(): Place {
    return { path: '', offset: this.#window.offset, length: 0, direct: undefined };
  }

  #direct(offset: number): number | undefined {
    return this.#opened.direct === undefined ? undefined : this.#opened.direct + offset;
  }
}
